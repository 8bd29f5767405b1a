"""Each filter on a distribution made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtimes.llamacpp import sampling as llamacpp
from runtimes.types import GenerationParams

torch = pytest.importorskip("torch", reason="the checkpoint engine needs torch")

from runtimes.checkpoint.sampling import (  # noqa: E402 - torch may be missing
    HEAD,
    candidates,
    choose,
    draw,
    log_probabilities,
    min_p,
    penalise,
    top_k,
    top_p,
)

FOUR = [0.5, 0.3, 0.15, 0.05]


def row(*probabilities: float) -> Any:
    return torch.tensor([list(probabilities)]).log()


def shares(params: GenerationParams, logits: Any, draws: int = 400) -> dict[int, float]:
    """How often each token is drawn by uniforms that are spread evenly."""
    drawn = [choose(logits, params, [(i + 0.5) / draws])[0] for i in range(draws)]
    return {token: drawn.count(token) / draws for token in set(drawn)}


def test_greedy_takes_the_likeliest() -> None:
    two = torch.cat((row(0.1, 0.6, 0.3), row(0.5, 0.2, 0.3)))
    assert choose(two, GenerationParams(temperature=0.0), [0.99, 0.99]) == [1, 0]


def test_top_k_keeps_the_likeliest_as_a_distribution() -> None:
    assert top_k(torch.tensor(FOUR), 2).tolist() == pytest.approx([0.625, 0.375])
    assert top_k(torch.tensor(FOUR), 0).tolist() == pytest.approx(FOUR)


@pytest.mark.parametrize(
    ("mass", "kept"), [(1.0, 4), (0.96, 4), (0.94, 3), (0.79, 2), (0.49, 1), (0.0, 1)]
)
def test_top_p_keeps_the_fewest_that_hold_the_mass(mass: float, kept: int) -> None:
    assert len(top_p(torch.tensor(FOUR), mass)) == kept


@pytest.mark.parametrize(("ratio", "kept"), [(0.0, 4), (0.09, 4), (0.29, 3), (0.59, 2), (1.0, 1)])
def test_min_p_is_relative_to_the_likeliest(ratio: float, kept: int) -> None:
    assert len(min_p(torch.tensor(FOUR), ratio)) == kept


def test_a_draw_lands_where_the_running_sum_passes() -> None:
    places = [draw(torch.tensor(FOUR), u) for u in (0.0, 0.49, 0.51, 0.79, 0.81, 0.9999999)]
    assert places == [0, 0, 1, 1, 2, 3]


def test_without_filters_a_token_comes_as_often_as_it_is_likely() -> None:
    plain = GenerationParams(temperature=1.0, top_p=1.0)
    assert shares(plain, row(0.15, 0.5, 0.05, 0.3)) == pytest.approx(
        {0: 0.15, 1: 0.5, 2: 0.05, 3: 0.3}, abs=0.01
    )


def test_temperature_comes_after_the_filters() -> None:
    """Hot or cold, the nucleus is that of the model; only the draw among it changes."""
    for temperature in (0.5, 1.0, 4.0):
        params = GenerationParams(temperature=temperature, top_p=0.75)
        assert set(shares(params, row(*FOUR))) == {0, 1}
    cold = GenerationParams(temperature=0.5, top_p=0.75)  # 25 : 9
    assert shares(cold, row(*FOUR)) == pytest.approx({0: 25 / 34, 1: 9 / 34}, abs=0.01)


@pytest.mark.parametrize("temperature", [-1.0, -1e-9, 0.0])
def test_no_temperature_turns_the_distribution_around(temperature: float) -> None:
    params = GenerationParams(temperature=temperature, top_p=1.0)
    assert set(shares(params, row(0.1, 0.6, 0.3), 20)) == {1}


@given(
    seed=st.integers(0, 10**6),
    spread=st.floats(0.1, 8),
    k=st.sampled_from([0, 1, 7, 40]),
    mass=st.sampled_from([1.0, 0.95, 0.5]),
    ratio=st.sampled_from([0.0, 0.05, 0.5]),
)
def test_what_is_left_is_what_the_other_engine_leaves(
    seed: int, spread: float, k: int, mass: float, ratio: float
) -> None:
    params = GenerationParams(top_k=k, top_p=mass, min_p=ratio)
    numbers = torch.randn(1000, generator=torch.Generator().manual_seed(seed)) * spread
    ((ids, _),) = candidates(numbers[None], params)
    others, _ = llamacpp.candidates(numbers.numpy(), params)
    # the sums are rounded otherwise, so that a token on the border may fall on either side
    assert len(set(ids.tolist()) ^ set(others.tolist())) <= 1


def test_a_nucleus_larger_than_the_head_is_found_whole() -> None:
    size = 3 * HEAD
    flat = torch.zeros(1, size)
    drawn = choose(flat, GenerationParams(temperature=1.0, top_p=0.9), [0.9999])
    assert shares(GenerationParams(temperature=1.0, top_p=1.0), flat, 50)
    assert 0 <= drawn[0] < size
    params = GenerationParams(temperature=1.0, top_p=0.9)
    assert len(shares(params, flat, 2 * size)) == pytest.approx(0.9 * size, abs=2)


def test_each_row_uses_its_own_uniform() -> None:
    same = torch.cat((row(*FOUR), row(*FOUR), row(*FOUR)))
    params = GenerationParams(temperature=1.0, top_p=1.0)
    assert choose(same, params, [0.1, 0.6, 0.99]) == [0, 1, 3]


def test_the_penalty_brings_down_what_was_written() -> None:
    logits = torch.tensor([2.0, -1.0, 1.0, 0.5])
    assert penalise(logits, [0, 1, 0], 2.0).tolist() == [1.0, -2.0, 1.0, 0.5]
    assert penalise(logits, [0], 1.0) is logits
    assert logits.tolist() == [2.0, -1.0, 1.0, 0.5]


def test_log_probabilities_are_the_models_own() -> None:
    own, rivals = log_probabilities(row(*FOUR)[0], 1, 2)
    assert own == pytest.approx(-1.204, abs=1e-3)
    assert [token for token, _ in rivals] == [0, 2]
    assert [value for _, value in rivals] == pytest.approx([-0.693, -1.897], abs=1e-3)
