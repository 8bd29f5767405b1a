"""A model whose numbers have run over says so, and writes no nonsense that looks like an answer."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("llama_cpp")

from micro_llama import GREEDY, MICRO, opened, user, write

from runtimes.base import Cancel
from runtimes.errors import EngineFailed
from runtimes.ggufs import read_file
from runtimes.llamacpp.sampling import Sampler
from runtimes.types import GenerationParams

pytestmark = pytest.mark.xdist_group("llamacpp")
WAYS = (
    GREEDY,
    GenerationParams(temperature=0.6),
    GenerationParams(temperature=0.6, top_k=40, top_p=0.9),
    GenerationParams(temperature=0.6, top_p=0.9, repeat_penalty=1.1),
    GenerationParams(temperature=0.6, top_p=1.0, min_p=0.1),
    GenerationParams(temperature=1.0, top_p=1.0),
)


@pytest.fixture(scope="module")
def overrun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The micro model with a last norm that is no number."""
    import numpy as np

    norm = next(t for t in read_file(MICRO).tensors if t.name == "output_norm.weight")
    data = bytearray(MICRO.read_bytes())
    data[norm.offset : norm.offset + norm.size] = np.full(norm.count, np.nan, "<f4").tobytes()
    path = tmp_path_factory.mktemp("overrun") / "overrun.gguf"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("params", WAYS)
def test_a_model_that_computes_no_numbers_fails_with_its_reason(
    overrun: Path, params: GenerationParams
) -> None:
    with opened(overrun) as model:
        for _ in range(2):  # and is in no strange state after it
            with pytest.raises(EngineFailed, match="no numbers") as caught:
                write(model, "Solve 2x + 3 = 11", replace(params, max_tokens=8))
        assert caught.value.remedy is not None
        assert "verify" in caught.value.remedy.en
        assert "verify" in caught.value.remedy.zh
        with pytest.raises(EngineFailed, match="no numbers"):
            list(model.stream_many(user("Hello"), 3, params, Cancel()))


@pytest.mark.filterwarnings("ignore:invalid value")
@pytest.mark.parametrize("params", WAYS)
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_no_token_is_chosen_of_what_is_no_number(params: GenerationParams, value: float) -> None:
    import numpy as np

    with opened() as model:
        sampler = Sampler(model._library, model._vocabulary, params, 1)
        with pytest.raises(EngineFailed, match="no numbers"):
            sampler.sample(np.full(model._vocabulary.size, value, dtype=np.float32))
        row = np.full(model._vocabulary.size, -math.inf, dtype=np.float32)
        row[7] = 1.0  # all but one are ruled out: that is no fault
        assert sampler.sample(row) == 7
        sampler.close()


@pytest.mark.parametrize("params", WAYS)
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_neither_in_transformers(params: GenerationParams, value: float) -> None:
    torch = pytest.importorskip("torch")
    from runtimes.checkpoint.sampling import choose

    good = torch.full((1, 600), -math.inf)
    good[0, 7] = 1.0
    assert choose(good, params, [0.5]) == [7]
    for bad in (torch.full((1, 600), value), torch.cat((good, torch.full((1, 600), value)))):
        with pytest.raises(EngineFailed, match="no numbers"):
            choose(bad, params, [0.5] * len(bad))
