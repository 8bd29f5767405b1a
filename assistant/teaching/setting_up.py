"""Is the equation that a student found in a text the one that we read there?

Students choose their own letters, so each way to match them with ours is tried; all lines of a
lesson that were found right so far must fit the same one.  What the letters then stand for is
said with the verdict: an equation says what the text says only under that meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from assistant.maths import terms as t
from assistant.maths.pool import Runner
from assistant.maths.showing.plain import plain
from assistant.maths.types import EqualResult, Mark, NextLine, NextMark, Proved, Text
from assistant.teaching.reading import values_in
from assistant.teaching.shapes import same_line
from assistant.teaching.types import Lesson, Standing

SET_UP = Text("this is what the text says", "与题意相符")
FOLLOWS = Text("this follows from what the text says", "由题意可得")
AS_READ = Proved("the same formula")
MOST_LETTERS = 3
SPARE = "abcdefghkmnpqrstuvwxyz"
"""Letters for what a student has not named."""

Names = tuple[tuple[str, str], ...]
"""Each letter of the student with ours."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """A line that says what the text says."""

    mark: Mark
    state: bytes
    told: Text
    names: Names


@dataclass(frozen=True, slots=True)
class SettingUp:
    """Compares a line with what was read in the text."""

    runner: Runner

    def found(self, lesson: Lesson, formula: t.Expr) -> SetUp | None:
        """How a line says what the text says; ``None`` where that is not shown."""
        if not isinstance(formula, t.Relation | t.Junction):
            return None
        told = tuple(_told(lesson))
        earlier = [line for line in lesson.written if line.names]
        lines = [line.formula for line in earlier if line.formula is not None] + [formula]
        letters = tuple(dict.fromkeys(n for line in lines for n in t.symbols(line)))
        if not told or not 0 < len(letters) <= min(len(lesson.names), MOST_LETTERS):
            return None
        is_value = bool(values_in(formula, letters))
        if (is_value and not earlier) or self._is_empty(formula):
            return None
        meaning = _meaning(lesson)
        for names in _matches(letters, lesson.names):
            if meaning is None and len(lesson.names) > 1 and any(a != b for a, b in names):
                continue  # what the letters stand for could not be said
            ours = dict(names)
            if all(self._follows(told, renamed(line, ours)) for line in lines):
                theirs = _renaming(names, lesson.names)
                mark = Mark(AS_READ, 1, _said(FOLLOWS if is_value else SET_UP, meaning, theirs))
                return SetUp(mark, self._after(lesson, formula), mark.why, names)
        return None

    def _is_empty(self, formula: t.Expr) -> bool:
        """Whether a part of a line holds whatever the text says."""
        sides = [
            (plain(part.left), plain(part.right))
            for part in t.walk(formula)
            if isinstance(part, t.Relation) and part.op is t.Comparison.EQ
        ]
        found = (self.runner.run("equal", pair) for pair in sides)
        return any(isinstance(one, EqualResult) and one.equal is True for one in found)

    def _follows(self, told: tuple[t.Expr, ...], line: t.Expr) -> bool:
        """Whether each part of a line stands in the text, or follows from it."""
        for part in _parts(line):
            if any(same_line(one, part) for one in told):
                continue
            mark, _ = self._taken((*told, part))
            if mark is None or not isinstance(mark.verdict, Proved):
                return False
        return True

    def _after(self, lesson: Lesson, formula: t.Expr) -> bytes:
        """What is known after the student's own sure lines and this one: nothing that was only
        read by us."""
        sure = (w.formula for w in lesson.written if w.standing is Standing.FIRM)
        _, state = self._taken((*(line for line in sure if line is not None), formula))
        return state or lesson.state

    def _taken(self, lines: tuple[t.Expr, ...]) -> tuple[Mark | None, bytes]:
        """The mark of the last of some lines, and what is known after it."""
        state = self.runner.run("open", "")
        mark: Mark | None = None
        for line in (part for whole in lines for part in _parts(whole)):
            if not isinstance(state, bytes):
                return None, b""
            result = self.runner.run("next", NextLine(state, plain(line)))
            if not isinstance(result, NextMark):
                return None, b""
            mark, state = result.mark, result.state
        return mark, state if isinstance(state, bytes) else b""


def renaming(lesson: Lesson) -> dict[str, str]:
    """What the student calls each of our letters; the same where nothing is known of that."""
    for line in reversed(lesson.written):
        if line.names:
            return _renaming(line.names, lesson.names)
    return {name: name for name in lesson.names}


def renamed(expr: t.Expr, called: dict[str, str]) -> t.Expr:
    """An expression with other letters."""

    def other(node: t.Expr) -> t.Expr:
        return t.Symbol(called.get(node.name, node.name)) if isinstance(node, t.Symbol) else node

    return t.transform(expr, other)


def _told(lesson: Lesson) -> Iterator[t.Expr]:
    """The equations that we read in the text, one by one."""
    for one in lesson.problem.definitions:
        if one.why is not None and isinstance(one.body, t.Relation | t.Junction):
            yield from _parts(one.body)


def _parts(line: t.Expr) -> tuple[t.Expr, ...]:
    both = isinstance(line, t.Junction) and line.op is t.Connective.AND
    return line.args if both and isinstance(line, t.Junction) else (line,)


def _matches(letters: tuple[str, ...], ours: tuple[str, ...]) -> Iterator[Names]:
    """The ways to match letters with ours, the same letters first."""
    found = (tuple(zip(letters, one, strict=True)) for one in permutations(ours, len(letters)))
    yield from sorted(found, key=lambda names: sum(a != b for a, b in names))


def _renaming(names: Names, ours: tuple[str, ...]) -> dict[str, str]:
    """What each of our letters is called by the student; what was not named gets a letter that
    is still free."""
    theirs = {our: own for own, our in names}
    free = (s for s in (*ours, *SPARE) if s not in theirs.values())
    return theirs | {our: next(free) for our in ours if our not in theirs}


def _meaning(lesson: Lesson) -> Text | None:
    """The sentence that says what our letters stand for."""
    whys = [one.why for one in lesson.problem.definitions if one.why is not None]
    known = len(whys) == 1 and whys[0].args
    letters = all(isinstance(arg, t.Symbol) for arg in whys[0].args) if whys else False
    return whys[0] if known and letters else None


def _said(head: Text, meaning: Text | None, theirs: dict[str, str]) -> Text:
    if meaning is None:
        return head
    args = tuple(renamed(arg, theirs) for arg in meaning.args if not isinstance(arg, str))
    zh = meaning.zh.rstrip("。").removesuffix("，由题意得")
    return Text(f"{head.en}: {meaning.en}", f"{head.zh}：{zh}", args)
