"""Lets an answer out line by line, each with the marks of its steps.

A terminal cannot be written back into without knowing how it wrapped the lines.  So the end of a
line waits for the marks of its steps (a verdict takes a fraction of a second, while the model is
writing the next line), and what follows waits with it.  Into a file or a pipe a line goes as a
whole, and only once it is certain that it is not taken back: there the answer stands as it ends,
without the steps that were refuted and written again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.events import SpokenStep
from assistant.maths.types import Mark
from assistant.steps import StepParser


@dataclass(slots=True)
class _Waiting:
    step: SpokenStep
    mark: Mark | None = None


class Beside:
    """The answer's text on its way out.

    ``write`` shows text as it is; ``show_marks`` shows what belongs at the end of a line, where
    a person looks; without it whole lines are written that nobody takes back any more.
    """

    def __init__(
        self,
        write: Callable[[str], None],
        show_marks: Callable[[list[Mark]], None] | None,
    ) -> None:
        self._write = write
        self._show_marks = show_marks
        self._parser = StepParser()
        self._buffer = ""
        self._at = 0
        self._waiting: dict[int, _Waiting] = {}

    def text(self, piece: str) -> None:
        """More of the answer.

        A line that ends with it is only let go at the next event: first its steps are named.
        """
        self._let_go()
        self._parser.feed(piece)  # only to know what no step can come from any more
        self._buffer += piece
        self._show_begun()

    def proposed(self, step: SpokenStep) -> None:
        """This step will get a mark."""
        self._waiting[step.index] = _Waiting(step)

    def checked(self, index: int, mark: Mark) -> None:
        """Its mark is there."""
        if index in self._waiting:
            if self._show_marks is None:
                self._let_go()  # the marks before this one were followed by no taking back
            self._waiting[index].mark = mark
            if self._show_marks is not None:
                self._let_go()

    def finish(self) -> None:
        """Show all that waits, with the marks that are there."""
        self._let_go(final=True)
        if self._buffer:
            self._write(self._buffer)
            self._advance(len(self._buffer))
        self._end_line(self._at)

    def rewound(self, kept: str) -> None:
        """The answer goes on from ``kept``; what stands after it is taken back where it can be."""
        self._buffer = self._buffer[: max(len(kept) - self._at, 0)]
        self._at = min(self._at, len(kept))
        self._waiting.clear()
        self._parser = StepParser()
        self._parser.feed(kept)

    def _let_go(self, *, final: bool = False) -> None:
        """Show the lines whose marks are all there, and what is begun of the next."""
        self._show_begun()
        while (end := self._buffer.find("\n")) >= 0:
            if not (final or self._settled(self._at + end)):
                return
            self._write(self._buffer[:end])
            self._advance(end)
            self._end_line(self._at)
            self._write("\n")
            self._advance(1)
            self._show_begun()

    def _show_begun(self) -> None:
        """Show a person the text up to the end of the line, at which the buffer then begins."""
        if self._show_marks is None:
            return
        end = self._buffer.find("\n")
        begun = self._buffer if end < 0 else self._buffer[:end]
        if begun:
            self._write(begun)
            self._advance(len(begun))

    def _advance(self, length: int) -> None:
        self._buffer = self._buffer[length:]
        self._at += length

    def _settled(self, end: int) -> bool:
        """Are all the marks of this line there, and can no more step come from it?"""
        if self._parser.settled < end:
            return False
        return all(w.mark is not None for w in self._waiting.values() if w.step.end <= end)

    def _end_line(self, end: int) -> None:
        here = [n for n, w in self._waiting.items() if w.step.end <= end]
        marks = [self._waiting.pop(n).mark for n in here]
        known = [mark for mark in marks if mark is not None]
        if known and self._show_marks is not None:
            self._show_marks(known)
