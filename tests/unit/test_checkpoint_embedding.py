"""Checkpoints that embed: pooled as their files say, and none of their code is run."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from checkpoint_micro import MICRO, plan, spec
from tiny_bert import WIDTH, WINDOW, tiny_bert, write

from runtimes.base import Cancel
from runtimes.checkpoint.embedding import CheckpointEmbedder, load
from runtimes.checkpoint.pooling import Pooling, read_recipe
from runtimes.embedding import Vector
from runtimes.errors import Damaged, EngineFailed, Overflow, Unsupported
from runtimes.types import LoadOptions

TEXTS = ("x squared", "a", "the area under a curve is an integral")
CUSTOM = "sentence_transformers.models"
DENSE = f"{CUSTOM}.Dense"


@pytest.fixture(autouse=True)
def _environment() -> Iterator[None]:
    """An engine changes that of its process, which is this one here."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@contextmanager
def opened(folder: Path, context: int = 1024) -> Iterator[CheckpointEmbedder]:
    with closing(
        load(spec(folder), plan(context), LoadOptions(threads=1), lambda _: None, Cancel())
    ) as embedder:
        yield embedder


def expected(folder: Path, text: str, pooling: str) -> Vector:
    """By transformers alone, a text at a time."""
    import torch
    from transformers import AutoModel, PreTrainedTokenizerFast

    backend = PreTrainedTokenizerFast.from_pretrained(str(folder)).backend_tokenizer
    backend.no_truncation()
    backend.no_padding()
    ids = torch.tensor([backend.encode(text).ids])
    with torch.inference_mode():
        states = AutoModel.from_pretrained(str(folder)).eval()(ids).last_hidden_state[0]
    pooled = {"mean": states.mean(0), "cls": states[0], "last": states[-1], "max": states.amax(0)}
    values = pooled[pooling].tolist()
    return tuple(value / math.hypot(*values) for value in values)


@pytest.mark.slow
@pytest.mark.parametrize("pooling", ["mean", "cls", "last", "max"])
def test_it_pools_as_its_files_say(tmp_path: Path, pooling: str) -> None:
    folder = tiny_bert(tmp_path / "m", pooling=pooling)
    with opened(folder) as embedder:
        found = embedder.embed(TEXTS, Cancel())
    for text, vector in zip(TEXTS, found, strict=True):
        assert len(vector) == WIDTH
        assert vector == pytest.approx(expected(folder, text, pooling), abs=1e-5)


def test_a_plain_encoder_gets_the_mean_and_its_recipe_says_so(tmp_path: Path) -> None:
    folder = tiny_bert(tmp_path / "m", pooling=None)
    recipe = read_recipe(folder)
    assert (recipe.pooling, recipe.stated, recipe.writes) == (Pooling.MEAN, False, False)
    with opened(folder) as embedder:
        (vector,) = embedder.embed(TEXTS[:1], Cancel())
    assert vector == pytest.approx(expected(folder, TEXTS[0], "mean"), abs=1e-5)


def test_what_was_made_to_write_is_known() -> None:
    recipe = read_recipe(MICRO)
    assert recipe.writes
    assert not recipe.stated


@pytest.mark.parametrize("kind", ["bert", "roberta"])
def test_a_text_as_long_as_the_window_is_read_and_a_longer_one_refused(
    tmp_path: Path, kind: str
) -> None:
    with opened(tiny_bert(tmp_path / "m", kind=kind)) as embedder:
        assert len(embedder.embed(("a" * (WINDOW - 2),), Cancel())) == 1
        with pytest.raises(Overflow) as refused:
            embedder.embed(("b", "a" * (WINDOW - 1)), Cancel())
    assert refused.value.message.args == (WINDOW + 1, WINDOW)


def test_its_files_may_bound_the_window_and_want_small_letters(tmp_path: Path) -> None:
    folder = tiny_bert(tmp_path / "m")
    write(folder / "sentence_bert_config.json", {"max_seq_length": 16, "do_lower_case": True})
    with opened(folder) as embedder:
        one, other = embedder.embed(("ABC", "abc"), Cancel())
        assert one == other
        with pytest.raises(Overflow):
            embedder.embed(("a" * 15,), Cancel())


@pytest.mark.parametrize(
    "parts",
    [
        [("", "custom_code.Evil"), ("1_Pooling", f"{CUSTOM}.Pooling")],
        [
            ("", f"{CUSTOM}.Transformer"),
            ("1_Pooling", f"{CUSTOM}.Pooling"),
            ("2", f"{CUSTOM}.Dense"),
        ],
        [("0_Elsewhere", f"{CUSTOM}.Transformer"), ("1_Pooling", f"{CUSTOM}.Pooling")],
        [("", f"{CUSTOM}.Transformer"), ("../1_Pooling", f"{CUSTOM}.Pooling")],
        [("", 7)],
    ],
)
def test_parts_that_are_not_known_are_refused(
    tmp_path: Path, parts: list[tuple[str, object]]
) -> None:
    folder = tiny_bert(tmp_path / "m")
    write(folder / "modules.json", [{"path": path, "type": kind} for path, kind in parts])
    (folder / "custom_code.py").write_text("raise SystemExit(9)\n")
    with pytest.raises(Unsupported):
        read_recipe(folder)


@pytest.mark.parametrize("value", [{}, [], "x", [1] * 50])
def test_a_broken_list_of_parts_is_said(tmp_path: Path, value: object) -> None:
    folder = tiny_bert(tmp_path / "m")
    write(folder / "modules.json", value)
    with pytest.raises(Damaged):
        read_recipe(folder)


@pytest.mark.parametrize(
    "told",
    [
        {"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": True},
        {"pooling_mode_weightedmean_tokens": True},
        {"pooling_mode": "odd"},
        {},
    ],
)
def test_a_pooling_that_is_not_ours_is_refused(tmp_path: Path, told: dict[str, object]) -> None:
    folder = tiny_bert(tmp_path / "m")
    write(folder / "1_Pooling" / "config.json", told)
    with pytest.raises(Unsupported):
        read_recipe(folder)


def test_the_newer_word_for_the_pooling_is_read_too(tmp_path: Path) -> None:
    folder = tiny_bert(tmp_path / "m")
    write(folder / "1_Pooling" / "config.json", {"pooling_mode": "lasttoken"})
    assert read_recipe(folder).pooling is Pooling.LAST


def test_pickles_are_not_read(tmp_path: Path) -> None:
    folder = tiny_bert(tmp_path / "m")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(Unsupported), opened(folder):
        pass


def test_a_load_can_be_stopped(tmp_path: Path) -> None:
    cancel = Cancel()
    cancel.set()
    folder = tiny_bert(tmp_path / "m")
    with pytest.raises(EngineFailed):
        load(spec(folder), plan(), LoadOptions(threads=1), lambda _: None, cancel)
