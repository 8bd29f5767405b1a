"""Notes found by their meaning: vectors of one model, kept with the passages they are of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.notes.meaning import Question, fused, read_whole
from assistant.notes.notes import Notes, open_notes
from assistant.notes.types import Progress
from runtimes.base import Cancel
from runtimes.embedding import Vector, direction, embeds_not, packed, spoken, too_long, unpacked
from runtimes.errors import EngineFailed, Overflow, RuntimeFailure
from runtimes.types import ModelSpec, ScriptSource

AXES = ("cat", "slope", "money", "rain")
LIKE = {"kitten": "cat", "derivative": "slope", "bank": "money", "storm": "rain"}


class Reader:
    """Knows four things, and which words mean them; ``window`` is in words."""

    spec = ModelSpec(id="reader", title="reader", runtime="scripted", source=ScriptSource(""))

    def __init__(self, window: int = 1000, fails: RuntimeFailure | None = None) -> None:
        self.window, self.fails = window, fails
        self.read: list[str] = []

    def embed(self, texts: Sequence[str], cancel: Cancel) -> tuple[Vector, ...]:
        if self.fails:
            raise self.fails
        if any(len(text.split()) > self.window for text in texts):
            raise too_long("many", self.window)
        if cancel.is_set():
            raise EngineFailed(embeds_not("x").message)
        self.read += texts
        return spoken(texts, lambda said: [self._one(text) for text in said])

    def _one(self, text: str) -> Vector:
        words = [LIKE.get(w.strip(".,#"), w.strip(".,#")) for w in text.lower().split()]
        return direction([0.1 + words.count(axis) for axis in AXES])

    def close(self) -> None:
        pass


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[Notes]:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "a.md").write_text("The kitten sleeps.\n", encoding="utf-8")
    (papers / "b.md").write_text("The derivative of a line is constant.\n", encoding="utf-8")
    (papers / "c.md").write_text("A storm is coming.\n", encoding="utf-8")
    with open_notes(tmp_path / "notes.db") as opened:
        opened.add([papers], quiet, Cancel())
        yield opened


def quiet(_: Progress) -> None:
    pass


def asked(reader: Reader, text: str, model: str = "m") -> Question:
    return Question(model, reader.embed((text,), Cancel())[0])


def names(notes: Notes, text: str, meant: Question | None, limit: int = 8) -> list[str]:
    return [Path(found.path).name for found in notes.search(text, limit, meant)]


def test_what_shares_no_word_is_found_by_its_meaning(notes: Notes) -> None:
    reader = Reader()
    assert names(notes, "cat", None) == []
    assert notes.understand(reader, "m", quiet, Cancel()) == 3
    assert names(notes, "cat", asked(reader, "cat"), 1) == ["a.md"]
    assert names(notes, "slope", asked(reader, "slope"), 1) == ["b.md"]


def test_words_and_meaning_that_agree_come_first(notes: Notes) -> None:
    reader = Reader()
    notes.understand(reader, "m", quiet, Cancel())
    assert names(notes, "storm", asked(reader, "storm"))[0] == "c.md"


def test_nothing_is_read_twice_and_what_is_new_is_read(notes: Notes, tmp_path: Path) -> None:
    reader = Reader()
    notes.understand(reader, "m", quiet, Cancel())
    before = len(reader.read)
    assert notes.understand(reader, "m", quiet, Cancel()) == 0
    assert len(reader.read) == before
    (tmp_path / "papers" / "a.md").write_text("Now about the bank.\n", encoding="utf-8")
    (tmp_path / "papers" / "c.md").unlink()
    notes.refresh(quiet, Cancel())
    assert (notes.coverage("m").done, notes.coverage("m").total) == (1, 2)
    assert notes.understand(reader, "m", quiet, Cancel()) == 1
    assert names(notes, "money", asked(reader, "money"), 1) == ["a.md"]
    assert "c.md" not in names(notes, "rain", asked(reader, "rain"))


def test_vectors_of_another_model_are_never_compared(notes: Notes) -> None:
    reader = Reader()
    notes.understand(reader, "old", quiet, Cancel())
    assert notes.coverage("new").done == 0
    assert names(notes, "cat", asked(reader, "cat", "new")) == []
    assert names(notes, "cat", Question("old", (1.0, 0.0))) == []  # nor of another size
    notes.understand(reader, "new", quiet, Cancel())
    assert notes.coverage("old").done == 0
    assert names(notes, "cat", asked(reader, "cat", "old")) == []


def test_what_is_too_long_to_be_read_at_once_is_read_in_parts(notes: Notes, tmp_path: Path) -> None:
    long = "word " * 40 + "kitten. " + "word " * 40
    (tmp_path / "papers" / "d.md").write_text(long, encoding="utf-8")
    notes.refresh(quiet, Cancel())
    reader = Reader(window=10)
    notes.understand(reader, "m", quiet, Cancel())
    read = "".join(text for text in reader.read if "word" in text or "kitten" in text)
    assert read.count("word") == 80
    assert notes.coverage("m").done == 4
    with pytest.raises(Overflow):
        read_whole(Reader(window=0), ("cat",), Cancel())


def test_a_failure_keeps_what_was_read(notes: Notes) -> None:
    with pytest.raises(EngineFailed):
        notes.understand(Reader(fails=EngineFailed(embeds_not("x").message)), "m", quiet, Cancel())
    assert notes.coverage("m").done == 0
    assert names(notes, "storm", None) == ["c.md"]


def test_cancelled_it_stops(notes: Notes) -> None:
    cancel = Cancel()
    cancel.set()
    assert notes.understand(Reader(), "m", quiet, cancel) == 0


def test_forgotten_the_words_stay(notes: Notes) -> None:
    notes.understand(Reader(), "m", quiet, Cancel())
    notes.forget_meanings()
    assert notes.coverage("m").done == 0
    assert names(notes, "storm", None) == ["c.md"]


def test_an_index_of_the_first_version_gets_its_vectors(notes: Notes, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "notes.db")) as old:
        old.executescript("DROP TRIGGER no_vector_alone; DROP TABLE vectors; DROP TABLE models")
        old.execute("PRAGMA user_version = 1")
    with open_notes(tmp_path / "notes.db") as opened:
        assert names(opened, "storm", None) == ["c.md"]
        reader = Reader()
        assert opened.understand(reader, "m", quiet, Cancel()) == 3
        assert names(opened, "cat", asked(reader, "cat"), 1) == ["a.md"]
        opened.remove([tmp_path / "papers"])
    with closing(sqlite3.connect(tmp_path / "notes.db")) as new:
        assert new.execute("SELECT count(*) FROM vectors").fetchone() == (0,)


@given(st.lists(st.lists(st.integers(0, 20), unique=True), max_size=4))
def test_rankings_are_put_together(rankings: list[list[int]]) -> None:
    best = fused(rankings)
    assert {number for number, _ in best} == {n for ranking in rankings for n in ranking}
    assert [score for _, score in best] == sorted((s for _, s in best), reverse=True)
    if len(rankings) == 1:
        assert [number for number, _ in best] == rankings[0]


def test_what_two_rankings_share_comes_before_the_best_of_either() -> None:
    assert fused(([1, 2, 3], [4, 2, 5]))[0][0] == 2


@given(st.lists(st.floats(-1e3, 1e3, width=32), min_size=1, max_size=9))
def test_a_vector_crosses_a_border_as_it_is(values: list[float]) -> None:
    assert unpacked(packed(tuple(values))) == tuple(values)


@pytest.mark.parametrize("values", [(), (0.0, 0.0), (float("nan"), 1.0), (float("inf"), 1.0)])
def test_what_points_nowhere_is_no_direction(values: tuple[float, ...]) -> None:
    with pytest.raises(EngineFailed):
        direction(values)
