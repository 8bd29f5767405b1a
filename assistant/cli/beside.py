"""Lets an answer out line by line, each with the marks of its steps.

A terminal cannot be written back into without knowing how it wrapped the lines.  So the end of a
line waits for the marks of its steps (a verdict takes a fraction of a second, while the model is
writing the next line), and what follows waits with it.  Into a file or a pipe a line goes as a
whole, and only once it is certain that it is not taken back: there the answer stands as it ends,
without the steps that were refuted and written again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import takewhile
from typing import TYPE_CHECKING

from assistant.events import SpokenStep
from assistant.maths.types import Mark

if TYPE_CHECKING:
    from assistant.steps import StepParser


class Beside:
    """The answer's text on its way out.

    ``write`` shows text as it is; ``show_marks`` shows what belongs at the end of a line, where
    a person looks; without it whole lines are written that nobody takes back any more.  However
    much waits, a piece and a mark cost the same.
    """

    def __init__(
        self,
        write: Callable[[str], None],
        show_marks: Callable[[list[Mark]], None] | None,
    ) -> None:
        self._write = write
        self._show_marks = show_marks
        self._parser: StepParser | None = None
        self._lines: deque[str] = deque()
        """Lines that wait, each with its end."""
        self._begun: list[str] = []
        """Of the line behind them, what there is."""
        self._at = 0
        """Where in the answer the first of them begins."""
        self._ends: dict[int, int] = {}
        """Of each step that waits, in their order."""
        self._open: dict[int, int] = {}
        """Of those without a mark, up to where a line may end all the same: a person reads on to
        the end of a step, and a pipe is given nothing of it."""
        self._marks: dict[int, Mark] = {}

    def text(self, piece: str) -> None:
        """More of the answer.

        A line that ends with it is only let go at the next event: first its steps are named.
        """
        self._let_go()
        self._parsing().feed(piece)  # only to know what no step can come from any more
        self._take(piece)
        self._show_begun()

    def proposed(self, step: SpokenStep) -> None:
        """This step will get a mark; where it takes the place of another, so will all behind it."""
        if step.index in self._ends:
            self._keep(lambda n: n < step.index)
        self._ends[step.index] = step.end
        self._open[step.index] = step.start + 1 if self._show_marks is None else step.end

    def checked(self, index: int, mark: Mark) -> None:
        """Its mark is there."""
        if index in self._ends:
            if self._show_marks is None:
                self._let_go()  # the marks before this one were followed by no taking back
            self._marks[index] = mark
            self._open.pop(index, None)
            if self._show_marks is not None:
                self._let_go()

    def finish(self) -> None:
        """Show all that waits, with the marks that are there."""
        self._let_go(final=True)
        self._put("".join(self._begun))
        self._begun.clear()
        self._end_line(self._at)

    def rewound(self, kept: str) -> None:
        """The answer goes on from ``kept``; what stands after it is taken back where it can be."""
        waiting = "".join((*self._lines, *self._begun))[: max(len(kept) - self._at, 0)]
        self._lines.clear()
        self._begun.clear()
        self._take(waiting)
        self._at = min(self._at, len(kept))
        ends = self._ends
        self._keep(lambda n: ends[n] <= len(kept))
        self._parser = None
        self._parsing().feed(kept)

    def _keep(self, stands: Callable[[int], bool]) -> None:
        """Forget the steps that do not stand."""
        self._ends = {n: end for n, end in self._ends.items() if stands(n)}
        self._open = {n: end for n, end in self._open.items() if n in self._ends}
        self._marks = {n: mark for n, mark in self._marks.items() if n in self._ends}

    def _parsing(self) -> StepParser:
        """The parser, which is loaded with the first words of an answer."""
        if self._parser is None:
            from assistant.steps import StepParser

            self._parser = StepParser()
        return self._parser

    def _take(self, text: str) -> None:
        *lines, begun = text.split("\n")
        for line in lines:
            self._lines.append("".join((*self._begun, line, "\n")))
            self._begun.clear()
        if begun:
            self._begun.append(begun)

    def _let_go(self, *, final: bool = False) -> None:
        """Show the lines whose marks are all there, and what is begun of the next."""
        self._show_begun()
        while self._lines:
            text = self._lines[0][:-1]
            if not (final or self._settled(self._at + len(text))):
                return
            self._lines.popleft()
            self._put(text)
            self._end_line(self._at)
            self._put("\n")
            self._show_begun()

    def _show_begun(self) -> None:
        """Show a person the text of the first line that waits; its end waits on."""
        if self._show_marks is None:
            return
        if self._lines:
            text, self._lines[0] = self._lines[0][:-1], "\n"
        else:
            text = "".join(self._begun)
            self._begun.clear()
        self._put(text)

    def _put(self, text: str) -> None:
        if text:
            self._write(text)
            self._at += len(text)

    def _settled(self, end: int) -> bool:
        """Are all the marks of this line there, and can no more step come from it?"""
        if self._parsing().settled < end:
            return False
        return next(iter(self._open.values()), end + 1) > end

    def _end_line(self, end: int) -> None:
        here = list(takewhile(lambda n: self._ends[n] <= end, self._ends))
        for n in here:
            del self._ends[n]
            self._open.pop(n, None)
        known = [self._marks.pop(n) for n in here if n in self._marks]
        if known and self._show_marks is not None:
            self._show_marks(known)
