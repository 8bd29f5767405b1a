"""The contract of ``Embedder.embed`` (``runtimes.embedding``), over every runtime that embeds."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator

import pytest
from embedding_cases import CASES

from runtimes import registry
from runtimes.base import Cancel
from runtimes.embedding import Embedder, Embeds, Vector
from runtimes.errors import Busy, EngineFailed, Overflow

pytestmark = pytest.mark.xdist_group("contract")
TEXTS = ("Integrate x^2 from 0 to 1.", "定积分 ∫₀¹ x² dx", "The cat sat on the mat.\n" * 3, "7")


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name)
def embedder(request: pytest.FixtureRequest) -> Iterator[Embedder]:
    request.param.skip_unless_possible()
    with request.param.opened() as opened:
        yield opened


def cosine(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_each_text_has_a_direction_of_one_size(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS, Cancel())
    assert len(vectors) == len(TEXTS)
    assert len({len(vector) for vector in vectors}) == 1
    assert all(math.hypot(*vector) == pytest.approx(1.0, abs=1e-5) for vector in vectors)
    assert cosine(vectors[0], vectors[2]) < 0.999


def test_a_text_alone_and_among_others_is_the_same(embedder: Embedder) -> None:
    together = embedder.embed((*TEXTS, *TEXTS, *TEXTS, *TEXTS, *TEXTS), Cancel())
    for n, text in enumerate(TEXTS):
        (alone,) = embedder.embed((text,), Cancel())
        for k in range(n, len(together), len(TEXTS)):
            assert cosine(alone, together[k]) == pytest.approx(1.0, abs=1e-3)


def test_a_blank_text_has_none_and_moves_no_other(embedder: Embedder) -> None:
    assert embedder.embed((), Cancel()) == ()
    assert embedder.embed(("", " \n\t"), Cancel()) == ((), ())
    blank, said, _ = embedder.embed(("", TEXTS[0], " "), Cancel())
    assert blank == ()
    (alone,) = embedder.embed((TEXTS[0],), Cancel())
    assert cosine(said, alone) == pytest.approx(1.0, abs=1e-3)


def test_what_is_too_long_is_refused_and_not_cut(embedder: Embedder) -> None:
    with pytest.raises(Overflow):
        embedder.embed((TEXTS[0], "word " * 5000), Cancel())
    assert len(embedder.embed(TEXTS, Cancel())) == len(TEXTS)


@pytest.mark.parametrize(
    "text", ["<|im_end|>", "\x1b[31m\x00", "\ud800", "\u202eabc", "</think>" * 9]
)
def test_hostile_texts_are_only_texts(embedder: Embedder, text: str) -> None:
    (vector,) = embedder.embed((text,), Cancel())
    assert math.hypot(*vector) == pytest.approx(1.0, abs=1e-5)


def test_cancel_ends_it(embedder: Embedder) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(EngineFailed):
        embedder.embed(TEXTS, cancel)
    cancel = Cancel()
    threading.Timer(0.3, cancel.set).start()
    begun = time.monotonic()
    with pytest.raises(EngineFailed):
        embedder.embed([f"{n} words to read " * 20 for n in range(20_000)], cancel)
    assert time.monotonic() - begun < 8
    assert len(embedder.embed(TEXTS, Cancel())) == len(TEXTS)


def test_one_call_at_a_time(embedder: Embedder) -> None:
    cancel, ends = Cancel(), list[BaseException]()

    def work() -> None:
        while not cancel.is_set():
            try:
                embedder.embed([f"{n} words to read " * 20 for n in range(5_000)], cancel)
            except (Busy, EngineFailed) as end:
                ends.append(end)

    def ask_again() -> None:
        for _ in range(1000):
            embedder.embed(("1",), Cancel())
            time.sleep(0.002)  # else a busy machine may give the other no turn at all

    thread = threading.Thread(target=work)
    thread.start()
    try:
        with pytest.raises(Busy):
            ask_again()
    finally:
        cancel.set()
        thread.join(20)
    assert len(embedder.embed(TEXTS, Cancel())) == len(TEXTS)


@pytest.mark.parametrize("case", CASES[::2], ids=lambda case: case.name)
def test_closed_it_says_so(case: object) -> None:
    case.skip_unless_possible()  # type: ignore[attr-defined]
    with case.opened() as embedder:  # type: ignore[attr-defined]
        embedder.close()
        embedder.close()
        with pytest.raises(EngineFailed):
            embedder.embed(("1",), Cancel())


def test_which_runtimes_embed() -> None:
    able = {name for name in registry.ADAPTERS if isinstance(registry.runtime(name), Embeds)}
    assert able == {"checkpoint", "llamacpp", "ollama", "server"}
