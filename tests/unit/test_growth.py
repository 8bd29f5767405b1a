"""What is said of measurements: by those of known classes, with noise, and by what is asked."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.coding.growth import Agreement, Order, Point, asked_in, read_order
from assistant.coding.growth.fitting import Fit, agreement, fitted

SIZES = [16 << step for step in range(11)]
RATES: dict[Order, Callable[[float], float]] = {
    Order.CONSTANT: lambda n: 1e-7,
    Order.LOG: lambda n: 2e-7 + 1e-7 * math.log2(n),
    Order.ROOT: lambda n: 5e-7 + 1e-7 * math.sqrt(n),
    Order.LINEAR: lambda n: 1e-6 + 3e-8 * n,
    Order.LINEAR_LOG: lambda n: 1e-6 + 2e-8 * n * math.log2(n),
    Order.QUADRATIC: lambda n: 1e-5 + 3e-8 * n * n,
    Order.CUBIC: lambda n: 1e-5 + 3e-8 * n**3,
}


def series(
    rate: Callable[[float], float], noise: float = 0.0, seed: int = 0, sizes: list[int] = SIZES
) -> list[Point]:
    dice = random.Random(seed)
    return [Point(n, rate(n) * (1 + noise * dice.random())) for n in sizes]


@pytest.mark.parametrize("order", RATES)
@pytest.mark.parametrize("noise", [0.0, 0.06])
def test_each_class_is_recognised(order: Order, noise: float) -> None:
    for seed in range(10):
        found = fitted(series(RATES[order], noise, seed))
        assert order in found.plausible, (seed, found)
        assert len(found.plausible) <= 2, (seed, found)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from([o for o in RATES if o is not Order.CONSTANT]),
    st.floats(1e-9, 1e-4),
    st.floats(0, 0.12),
    st.integers(0, 1000),
)
def test_the_right_class_is_never_said_not_to_agree(
    order: Order, scale: float, noise: float, seed: int
) -> None:
    points = series(lambda n: scale * RATES[order](n), noise, seed)
    assert agreement(fitted(points), points, order) is not Agreement.DISAGREES


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(list(RATES)),
    st.floats(0, 0.08),
    st.integers(0, 1000),
    st.integers(0, len(SIZES) - 1),
    st.floats(0.6, 1.9),
)
def test_one_size_that_was_disturbed_makes_no_disagreement(
    order: Order, noise: float, seed: int, place: int, factor: float
) -> None:
    points = series(RATES[order], noise, seed)
    points[place] = Point(points[place].size, points[place].seconds * factor)
    assert agreement(fitted(points), points, order) is not Agreement.DISAGREES


@pytest.mark.parametrize(
    ("real", "asked", "said"),
    [
        (Order.QUADRATIC, Order.LINEAR, Agreement.DISAGREES),
        (Order.LINEAR, Order.QUADRATIC, Agreement.AGREES),
        (Order.LINEAR, Order.LOG, Agreement.DISAGREES),
        (Order.LINEAR, Order.CONSTANT, Agreement.DISAGREES),
        (Order.CUBIC, Order.QUADRATIC, Agreement.DISAGREES),
        (Order.LINEAR_LOG, Order.LINEAR, Agreement.UNDECIDED),
        (Order.LINEAR, Order.LINEAR, Agreement.AGREES),
        (Order.CONSTANT, Order.CONSTANT, Agreement.AGREES),
    ],
)
def test_what_was_asked_for_is_held_against_it(real: Order, asked: Order, said: Agreement) -> None:
    points = series(RATES[real], 0.03)
    assert agreement(fitted(points), points, asked) is said


@pytest.mark.parametrize("base", [1.6, 2.0, 3.0])
def test_a_constant_factor_for_each_step_is_exponential(base: float) -> None:
    points = series(lambda n: 1e-6 * base**n, 0.05, sizes=list(range(8, 20)))
    found = fitted(points)
    assert found.order is Order.EXPONENTIAL
    assert agreement(found, points, Order.CUBIC) is Agreement.DISAGREES


def test_noise_and_few_points_say_nothing() -> None:
    dice = random.Random(1)
    wild = [Point(n, dice.choice([1e-6, 1e-3])) for n in SIZES]
    assert fitted(wild) == Fit(None, ())
    assert fitted(series(RATES[Order.LINEAR])[:4]) == Fit(None, ())
    assert fitted(series(RATES[Order.LOG], sizes=[2, 3, 4, 6, 8, 12, 16, 32])) == Fit(None, ())
    assert agreement(Fit(None, ()), wild, Order.LINEAR) is Agreement.UNDECIDED
    assert agreement(Fit(None, ()), wild, None) is Agreement.NOT_ASKED


def test_linear_work_that_caches_slow_down_still_agrees_with_linear() -> None:
    points = series(lambda n: 6.5e-8 * n * (1 + 0.04 * math.log2(n / 16)))
    assert agreement(fitted(points), points, Order.LINEAR) is Agreement.AGREES


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("O(1)", Order.CONSTANT), ("O(log n)", Order.LOG), ("O(log2(n))", Order.LOG),
        ("O(√n)", Order.ROOT), ("O(sqrt(n))", Order.ROOT), ("O(n)", Order.LINEAR),
        ("o(N)", Order.LINEAR), ("O(n log n)", Order.LINEAR_LOG), ("n*log(n)", Order.LINEAR_LOG),
        ("O(n·log n)", Order.LINEAR_LOG), ("O(n^2)", Order.QUADRATIC), ("O(n²)", Order.QUADRATIC),
        ("O(n**2)", Order.QUADRATIC), (r"O(n^{2})", Order.QUADRATIC), ("O(n^3)", Order.CUBIC),
        ("O(2^n)", Order.EXPONENTIAL), ("O(2ⁿ)", Order.EXPONENTIAL), ("O(n + m)", Order.LINEAR),
        ("O(n!)", None), ("", None), ("fast", None), ("O(" * 50, None), ("n" * 10_000, None),
    ],
)  # fmt: skip
def test_an_order_is_read(text: str, order: Order | None) -> None:
    assert read_order(text) is order


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("Write two_sum in O(n) time.", Order.LINEAR),
        ("Sort a list in O(n log n) time and O(1) extra space", Order.LINEAR_LOG),
        ("时间复杂度 O(n)，空间复杂度 O(1)", Order.LINEAR),
        ("要求时间复杂度为 O(log n)。", Order.LOG),
        ("Find the median in linear time", Order.LINEAR),
        ("请用线性时间实现", Order.LINEAR),
        ("Use O(1) extra space", None),
        ("Improve it from O(n^2) to O(n)", Order.LINEAR),
        ("Is it O(n) or O(n^2)?", None),
        ("not O(n^2)", None),
        ("reverse a list", None),
        ("OO(n) " + "O(" * 5000, None),
    ],
)
def test_what_a_question_asks_for(question: str, order: Order | None) -> None:
    assert asked_in(question) is order
