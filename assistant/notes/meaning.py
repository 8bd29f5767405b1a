"""Passages by their meaning: a vector of each in the database, and what is near to a question's.

Vectors of one model say nothing beside those of another, so each row names its model, and only
rows of the model that has read the question are looked at.  All of them are: ten thousand
passages take a tenth of a second, and nothing is missed as by an approximate index.
"""

from __future__ import annotations

import heapq
import math
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runtimes.embedding import Vector, direction, mean
from runtimes.errors import Overflow

if TYPE_CHECKING:
    from runtimes.base import Cancel
    from runtimes.embedding import Embedder

TABLES = """
CREATE TABLE IF NOT EXISTS models(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS vectors(
    passage INTEGER PRIMARY KEY, model INTEGER NOT NULL, vector BLOB NOT NULL);
CREATE TRIGGER IF NOT EXISTS no_vector_alone AFTER DELETE ON passages BEGIN
    DELETE FROM vectors WHERE passage = old.id; END;
"""
_MISSING = """
SELECT p.id, p.heading, p.text FROM passages AS p
    LEFT JOIN vectors AS v ON v.passage = p.id AND v.model = ?
    WHERE v.passage IS NULL AND p.id > ? ORDER BY p.id LIMIT ?
"""
_COUNTS = """
SELECT (SELECT count(*) FROM vectors WHERE model = ?), (SELECT count(*) FROM passages)
"""
SMOOTHING = 60
"""The constant k of reciprocal rank fusion, as its authors chose it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a model has read it.  ``model`` names that model for good: another file under
    the same name is another model."""

    model: str
    vector: Vector


@dataclass(frozen=True, slots=True)
class Coverage:
    """So many of all passages have a vector of a model."""

    done: int
    total: int


class Meanings:
    """The vectors of a database.  What it changes is for the owner of the database to commit."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def make(self) -> None:
        """The tables, where they are missing."""
        self._database.executescript(TABLES)

    def coverage(self, model: str) -> Coverage:
        """How many passages have a vector of this model."""
        return Coverage(*self._database.execute(_COUNTS, (self._number(model),)).fetchone())

    def missing(self, model: str, after: int, most: int) -> list[tuple[int, str]]:
        """Numbers and texts of passages behind number ``after`` that have no vector of it."""
        rows = self._database.execute(_MISSING, (self._number(model), after, most))
        return [
            (number, f"{heading}\n{text}" if heading else text) for number, heading, text in rows
        ]

    def put(self, model: str, vectors: Iterable[tuple[int, Vector]]) -> None:
        """Store vectors, in place of those of any other model."""
        self._database.execute("INSERT OR IGNORE INTO models(name) VALUES (?)", (model,))
        number = self._number(model)
        self._database.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
            ((passage, number, array("f", vector).tobytes()) for passage, vector in vectors),
        )

    def forget(self) -> None:
        """Take all vectors out."""
        self._database.execute("DELETE FROM vectors")
        self._database.execute("DELETE FROM models")

    def search(self, question: Question, most: int) -> list[tuple[int, float]]:
        """Numbers of the nearest passages with the cosine of the angle, the nearest first."""
        rows = self._database.execute(
            "SELECT passage, vector FROM vectors WHERE model = ?", (self._number(question.model),)
        )
        near = heapq.nsmallest(most, self._distances(rows, question.vector))
        return [(passage, 1 - distance * distance / 2) for distance, passage in near]

    @staticmethod
    def _distances(
        rows: Iterable[tuple[int, bytes]], vector: Vector
    ) -> Iterator[tuple[float, int]]:
        """Between points of the unit sphere: the fastest that Python has, and as good as the
        angle.  A vector of another size is not comparable, whatever it is called."""
        size = len(vector) * array("f").itemsize
        for passage, stored in rows:
            if len(stored) == size > 0:
                yield math.dist(vector, memoryview(stored).cast("f").tolist()), passage

    def _number(self, model: str) -> int:
        row = self._database.execute("SELECT id FROM models WHERE name = ?", (model,)).fetchone()
        return int(row[0]) if row else 0


def read_whole(embedder: Embedder, texts: Sequence[str], cancel: Cancel) -> tuple[Vector, ...]:
    """The vector of each text, however long: of one that the model cannot read at once, the mean
    of its halves'.  Raises ``runtimes.errors``."""
    try:
        return embedder.embed(texts, cancel)
    except Overflow:
        if len(texts) > 1:
            return tuple(read_whole(embedder, (text,), cancel)[0] for text in texts)
        halves = _halves(texts[0])
        if not all(halves):
            raise
        found = [v for v in read_whole(embedder, halves, cancel) if v]
        return (direction(mean(found)) if found else (),)


def _halves(text: str) -> tuple[str, str]:
    """Cut behind the line or the word that ends nearest before the middle."""
    middle = len(text) // 2
    at = max(text.rfind("\n", 0, middle), text.rfind(" ", middle // 2, middle)) + 1
    return text[: at or middle], text[at or middle :]


def fused(rankings: Sequence[Sequence[int]]) -> list[tuple[int, float]]:
    """One ranking out of several, the best first, by reciprocal rank fusion.

    Each ranking gives 1 / (k + rank) to what is in it; ranks alone count, so that scores of
    different kinds need not be made comparable (Cormack, Clarke and Büttcher, "Reciprocal Rank
    Fusion Outperforms Condorcet and Individual Rank Learning Methods", SIGIR 2009).
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, number in enumerate(ranking, 1):
            scores[number] = scores.get(number, 0.0) + 1 / (SMOOTHING + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
