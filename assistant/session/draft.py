"""The answer of one turn as it stands: its text, its steps, and their marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.events import SpokenStep, StepChecked, StepCounts, StepProposed
from assistant.maths.types import (
    Doubt,
    Mark,
    Proved,
    Refuted,
    Supported,
    Text,
    Undecided,
    Verdict,
)
from assistant.session.checks import StepChecks

if TYPE_CHECKING:
    from assistant.steps import StepParser

BUILT_ON = Text("builds on a step that is wrong", "建立在错误的步骤之上")


class Draft:
    """Grows while the model writes, and is cut back where a step was refuted.

    ``checks`` ``None``: the answer is no mathematics, or nobody wants it checked.
    """

    def __init__(self, checks: StepChecks | None = None) -> None:
        self._checks = checks
        self._parser: StepParser | None = None
        self._reasoning: list[str] = []
        self._text: list[str] = []
        self._kept: list[SpokenStep] = []
        """Steps before a cut that the parser has yet to find again."""
        self.length = 0
        """Characters of the answer."""
        self.steps: list[SpokenStep] = []
        self.marks: dict[int, Mark] = {}
        self._wrong: int | None = None
        """The first step that is refuted."""

    @property
    def reasoning(self) -> str:
        """The thinking so far."""
        return "".join(self._reasoning)

    @property
    def text(self) -> str:
        """The answer so far."""
        return "".join(self._text)

    def think(self, text: str) -> None:
        """More of the thinking."""
        self._reasoning.append(text)

    def unthink(self, length: int) -> None:
        """Keep so many characters of the thinking."""
        self._reasoning = [self.reasoning[:length]]

    def write(self, text: str) -> Iterator[StepProposed]:
        """More of the answer; the steps that are complete with it go to the checker."""
        self._text.append(text)
        self.length += len(text)
        if self._checks is not None:
            yield from self._propose(self._parsing().feed(text))

    def apart(self, text: str, begun: int) -> str:
        """A text that goes on from ``begun``, behind a call of a tool: a paragraph of its own,
        so that no sentence runs on into another."""
        goes_on = not text or not begun or self.length != begun
        if goes_on or text[0].isspace() or self.text[-1:].isspace():
            return text
        return f"\n\n{text}"

    def end(self) -> Iterator[StepProposed]:
        """The answer is whole: what it ends with is a step too."""
        if self._checks is not None:
            if self.length:  # else nobody waits for the parser to be loaded
                yield from self._propose(self._parsing().flush())
            if self._kept:
                self._kept = []
                self._forget(len(self.steps))

    def _parsing(self) -> StepParser:
        """The parser, which is loaded while the model is writing its first words."""
        if self._parser is None:
            from assistant.steps import StepParser

            self._parser = StepParser()
        return self._parser

    def _propose(self, steps: list[SpokenStep]) -> Iterator[StepProposed]:
        assert self._checks is not None
        for step in steps:
            self.steps.append(step)
            if self._kept:
                if self._kept.pop(0) == step:
                    continue  # it was read before the cut, and has its mark
                self._kept.clear()
                self._forget(step.index)
            self._checks.submit(step)
            yield StepProposed(step)

    def note(self, checked: StepChecked) -> Iterator[StepChecked]:
        """Keep a mark, and tell it as it stands; then those after it that fall with it.

        The checker judges a line by the one before it.  Behind a step that is wrong that is no
        proof: only what needs no other line keeps its mark.
        """
        index, mark, wrong = checked.index, checked.mark, self._wrong
        if wrong is not None and wrong < index:
            mark = _behind_a_wrong_step(mark)
        self.marks[index] = mark
        yield StepChecked(index, mark)
        if isinstance(mark.verdict, Refuted) and (wrong is None or index < wrong):
            self._wrong = index
            for later, old in sorted(self.marks.items()):
                if later > index and (now := _behind_a_wrong_step(old)) is not old:
                    self.marks[later] = now
                    yield StepChecked(later, now)

    def line(self, offset: int) -> int:
        """Where the line that holds this character begins; of a display, the line that opens it."""
        from assistant.steps import StepParser

        parser = StepParser()
        parser.feed(self.text[:offset])
        return self.text.rfind("\n", 0, min(offset, parser.settled)) + 1

    def cut(self, offset: int) -> int:
        """Take back the answer from ``offset`` on, and every step that ends after it.

        What stands before is read again, so that the parser goes on from there.  The result is
        how many steps stand.
        """
        kept = self.text[:offset]
        self._text, self.length = [kept], len(kept)
        if self._checks is None:
            return 0
        standing = [step for step in (*self.steps, *self._kept) if step.end <= offset]
        self._parser = None
        self.steps = self._parsing().feed(kept)
        self._kept = standing[len(self.steps) :]
        self._forget(len(standing))
        return len(standing)

    def _forget(self, first: int) -> None:
        """This step and those after it have no marks any more."""
        assert self._checks is not None
        self.marks = {n: mark for n, mark in self.marks.items() if n < first}
        if self._wrong is not None and self._wrong >= first:
            self._wrong = None
        self._checks.rewind(first)

    def counts(self) -> StepCounts:
        """How many steps have which verdict."""
        return counted(mark.verdict for mark in self.marks.values())

    def first_refuted(self) -> SpokenStep | None:
        """The first step that is wrong."""
        steps = (*self.steps, *self._kept)
        return next(
            (s for s in steps if isinstance(_verdict(self.marks.get(s.index)), Refuted)), None
        )


def _behind_a_wrong_step(mark: Mark) -> Mark:
    match mark.verdict:
        case Proved() | Supported() if not mark.alone:
            return replace(mark, verdict=Undecided(Doubt.NO_METHOD), why=BUILT_ON)
        case _:
            return mark


def counted(verdicts: Iterable[Verdict | None]) -> StepCounts:
    """How many there are of each; what claims nothing is left out."""
    found = list(verdicts)
    return StepCounts(
        proved=sum(isinstance(v, Proved) for v in found),
        supported=sum(isinstance(v, Supported) for v in found),
        undecided=sum(isinstance(v, Undecided) and v.doubt is not Doubt.NOT_A_CLAIM for v in found),
        refuted=sum(isinstance(v, Refuted) for v in found),
    )


def _verdict(mark: Mark | None) -> object:
    return None if mark is None else mark.verdict
