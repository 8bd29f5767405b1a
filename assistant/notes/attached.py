"""What a question brings along: all of it where it fits, else its passages that suit the question,
in the order of the document, and never without saying so."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.notes.chunking import MOST, Chunk, chunks, fitted, text_of
from assistant.notes.decoding import even_lines
from assistant.notes.index import Entry
from assistant.notes.quoting import INSTRUCTION, quoted
from assistant.notes.readers.plain import document
from assistant.notes.reading import Reader, open_file
from assistant.notes.shelf import Shelf
from assistant.notes.types import Document, Passage, Place, Row, Unit, Unreadable
from runtimes.base import Cancel
from runtimes.errors import Unsupported
from runtimes.texts import Text

SMALL_WINDOW, SMALL = 8000, 400
"""Below so many characters of room the passages are of so many bytes."""
PARTLY = Text(
    "{0} does not fit into the window: {1} % of it was given to the model, by the question",
    "{0} 超出上下文窗口：按问题选取了其中 {1} % 交给模型",
)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of an attachment was taken, in characters."""

    name: str
    used: int
    total: int


@dataclass(frozen=True, slots=True)
class Selection:
    """The passages that were taken; ``quoting.quoted`` makes the block of them."""

    passages: tuple[Passage, ...] = ()
    shares: tuple[Share, ...] = ()

    @property
    def whole(self) -> bool:
        """Was everything taken?"""
        return all(share.used >= share.total for share in self.shares)

    def notices(self) -> tuple[Text, ...]:
        """A sentence for each attachment of which only a part was taken."""
        return tuple(
            Text(PARTLY.en, PARTLY.zh, (share.name, 100 * share.used // share.total))
            for share in self.shares
            if share.used < share.total
        )


@dataclass(frozen=True, slots=True)
class _Attached:
    name: str
    unit: Unit
    rows: tuple[Row, ...]
    size: int


class Attachments:
    """The files and texts that go with a question."""

    def __init__(self) -> None:
        self._all: list[_Attached] = []
        self._rankings: dict[tuple[str, int], _Ranking] = {}  # the last one: rooms are tried out

    def add_text(self, name: str, text: str) -> None:
        """A text that was read already, as from standard input.

        Raises ``Unsupported`` where it has more lines than can be looked through.
        """
        safe = text.encode("utf-8", "replace").decode()
        try:
            found = document(even_lines(safe))
        except Unreadable as wrong:
            en, zh = f"{{1}}: {wrong.why.en}", f"{{1}}：{wrong.why.zh}"
            raise Unsupported(Text(en, zh, (*wrong.why.args, name))) from wrong
        self._add(name, found)

    def add_file(self, path: Path, cancel: Cancel) -> Text | None:
        """Any file that the notes can read; the result says what of it could not be read.

        Raises ``Unreadable``.
        """
        with Reader() as reader:
            found = reader.read(path.name, open_file(path).body, cancel)
        self._add(os.fspath(path), found)
        return found.note

    def texts(self) -> tuple[tuple[str, str], ...]:
        """The name and the whole text of each."""
        return tuple((one.name, "\n".join(row.text for row in one.rows)) for one in self._all)

    def select(self, question: str, budget: int) -> Selection:
        """As much as fits into a block of ``budget`` characters."""
        if sum(one.size for one in self._all) <= budget:
            whole = self._selection([range(len(one.rows)) for one in self._all])
            if _length(whole) <= budget:
                return whole
        if budget <= len(INSTRUCTION):
            return self._selection([range(0)] * len(self._all))
        cut, ranked = self._ranked(question, MOST if budget >= SMALL_WINDOW else SMALL)
        low, high = 0, _enough(cut, ranked, budget)  # the longest begin of the ranking that fits
        while low < high:
            middle = (low + high + 1) // 2
            chosen = self._chosen(cut, ranked[:middle])
            low, high = (middle, high) if _length(chosen) <= budget else (low, middle - 1)
        return self._chosen(cut, ranked[:low])

    def _add(self, name: str, found: Document) -> None:
        size = sum(len(row.text) + 1 for row in found.rows)
        self._rankings.clear()
        self._all.append(_Attached(name, found.unit, found.rows, size))

    def _ranked(self, question: str, most: int) -> _Ranking:
        """All passages as (attachment, passage): first what suits the question, then the rest
        from the beginning on, of each attachment in turn."""
        if (question, most) in self._rankings:
            return self._rankings[question, most]
        cut = [_cut(one, most) for one in self._all]
        with closing(Shelf(None)) as shelf:
            keys = [(a, n) for a, one in enumerate(cut) for n in range(len(one.chunks))]
            shelf.add([cut[a].entry(n) for a, n in keys])
            hits = shelf.index.search(question, len(keys))
            found = [keys[hit.id - 1] for hit in hits]
        known = set(found)
        rest = sorted((key for key in keys if key not in known), key=lambda key: (key[1], key[0]))
        self._rankings = {(question, most): (cut, found + rest)}
        return cut, found + rest

    def _chosen(self, cut: Sequence[_Cut], keys: Iterable[tuple[int, int]]) -> Selection:
        taken: list[list[Chunk]] = [[] for _ in cut]
        for a, n in keys:
            taken[a].append(cut[a].chunks[n])
        rows = [
            sorted({n for chunk in found for n in range(chunk.start, chunk.end)}) for found in taken
        ]
        return self._selection(rows, [one.rows for one in cut])

    def _selection(
        self, chosen: Sequence[Sequence[int]], rows: Sequence[Sequence[Row]] | None = None
    ) -> Selection:
        passages: list[Passage] = []
        shares: list[Share] = []
        for at, one in enumerate(self._all):
            all_rows = rows[at] if rows else one.rows
            pieces = [_passage(one, all_rows, run) for run in _runs(chosen[at])]
            passages += [piece for piece in pieces if piece.text.strip()]
            complete = len(chosen[at]) == len(all_rows)
            used = sum(len(all_rows[n].text) + 1 for n in chosen[at])
            shares.append(
                Share(one.name, one.size if complete else min(used, one.size - 1), one.size)
            )
        return Selection(tuple(passages), tuple(shares))


@dataclass(frozen=True, slots=True)
class _Cut:
    rows: tuple[Row, ...]
    chunks: tuple[Chunk, ...]

    def entry(self, n: int) -> Entry:
        chunk = self.chunks[n]
        return Entry(0, 0, 0, chunk.heading, text_of(self.rows[chunk.start : chunk.end]))


_Ranking = tuple[list[_Cut], list[tuple[int, int]]]


def passages(text: str, name: str, question: str, budget: int) -> Selection:
    """One text as a selection for a question, in a block of ``budget`` characters."""
    attached = Attachments()
    attached.add_text(name, text)
    return attached.select(question, budget)


def _cut(one: _Attached, most: int) -> _Cut:
    rows = fitted(one.rows, most)
    return _Cut(rows, tuple(chunks(rows, one.unit, most)))


def _enough(cut: Sequence[_Cut], ranked: Sequence[tuple[int, int]], budget: int) -> int:
    """How many passages are surely more than the budget, their overlaps notwithstanding."""
    size = 0
    for count, (a, n) in enumerate(ranked):
        if size > 2 * budget:
            return count
        size += len(cut[a].entry(n).text)
    return len(ranked)


def _length(selection: Selection) -> int:
    return len(quoted(selection.passages))


def _runs(numbers: Sequence[int]) -> list[range]:
    """Neighbouring numbers together."""
    runs: list[range] = []
    for n in numbers:
        if runs and runs[-1].stop == n:
            runs[-1] = range(runs[-1].start, n + 1)
        else:
            runs.append(range(n, n + 1))
    return runs


def _passage(one: _Attached, rows: Sequence[Row], run: range) -> Passage:
    piece = rows[run.start : run.stop]
    place = Place(one.unit, piece[0].number, piece[-1].number)
    return Passage(one.name, place, text_of(piece))
