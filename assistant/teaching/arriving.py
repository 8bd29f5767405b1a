"""Whether the answer has been reached, and what is still missing of it.

The checker of answers decides; what it says about a wrong one is not passed on, for it names the
exact answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.maths import terms as t
from assistant.maths.pool import Runner
from assistant.maths.showing.plain import plain
from assistant.maths.types import (
    AnswerClaim,
    AnswerMark,
    EqualResult,
    Proved,
    Supported,
    Task,
    Text,
    Verdict,
)
from assistant.teaching.reading import as_set, is_worked_out, settles, values_in
from assistant.teaching.types import BEGUN, Lesson, Progress, Stage, Standing, Written

SOME_FOUND = Text(
    "{0} of {1} solutions found; what is still missing?", "已求出 {1} 个解中的 {0} 个，还缺哪些？"
)
NAMES_LEFT = Text("{0} is known; {1} is still to be found.", "{0} 已求出，还需要求 {1}。")
NO_CONSTANT = Text(
    "Right up to one thing: an indefinite integral is a whole family of functions.",
    "只差一点：不定积分表示的是一族函数。",
)
TO_WORK_OUT = Text("Right; what is left is to work it out.", "正确，还需要算出结果。")
DONE = Text("This is the answer.", "这就是答案。")
MAX_ROOTS = 12
MAX_VALUES = 24
CONSTANT = "C"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Asks the checker of answers."""

    runner: Runner

    def progress(self, lesson: Lesson) -> Progress:
        """How far the lesson has come with its last line."""
        if not lesson.written or lesson.written[-1].standing is Standing.REFUSED:
            return lesson.progress
        last = lesson.written[-1]
        if lesson.stated:
            return self._stated(lesson, last)
        return self._expression(lesson, last)

    def answers(self, lesson: Lesson, line: Written) -> Verdict | None:
        """How it is known that one line, by itself, is the whole answer; ``None`` if it is not."""
        formula = line.formula
        if lesson.stated:
            if formula is None or not settles(formula, lesson.names):
                return None
            if not is_worked_out(formula, lesson.solution.answer.value):
                return None
            written = as_set(formula, lesson.names)
            own = None if written is None else self._claimed(lesson, written)
            return own or self._claimed(lesson, line.text)
        if formula is not None and not is_worked_out(formula, lesson.solution.answer.value):
            return None
        said = line.text if formula is None else plain(formula)
        return self._claimed(lesson, said)

    def _claimed(self, lesson: Lesson, answer: str) -> Verdict | None:
        mark = self.runner.run("answer", AnswerClaim(lesson.source, answer))
        if isinstance(mark, AnswerMark) and isinstance(mark.verdict, Proved | Supported):
            return mark.verdict
        return None

    def _expression(self, lesson: Lesson, last: Written) -> Progress:
        if (verdict := self.answers(lesson, last)) is not None:
            return Progress(Stage.REACHED, DONE, verdict)
        request = lesson.problem.request
        indefinite = request.task is Task.INTEGRATE and len(request.operands) == 1
        if indefinite and last.formula is not None and is_worked_out(last.formula, None):
            whole = plain(t.add(last.formula, t.Symbol(CONSTANT)))
            if self._claimed(lesson, whole) is not None:
                return Progress(Stage.PARTLY, NO_CONSTANT)
        return BEGUN

    def _stated(self, lesson: Lesson, last: Written) -> Progress:
        names = lesson.names
        if last.formula is None or not settles(last.formula, names):
            if lesson.story and (verdict := self._claimed(lesson, last.text)) is not None:
                return Progress(Stage.REACHED, DONE, verdict)
            return lesson.progress if lesson.progress.stage is Stage.PARTLY else BEGUN
        if (verdict := self.answers(lesson, last)) is not None:
            return Progress(Stage.REACHED, DONE, verdict)
        values = _values(lesson)
        if lesson.problem.more and self._all_found(lesson, values):
            return Progress(Stage.REACHED, DONE, lesson.solution.verdict)
        if not is_worked_out(last.formula, lesson.solution.answer.value):
            right = last.standing is Standing.FIRM
            return Progress(Stage.PARTLY, TO_WORK_OUT) if right else lesson.progress
        if len(names) > 1:
            return self._point(lesson, values)
        joined = " or ".join(f"{name} = {plain(value)}" for name, value in values)
        if len(values) > 1 and (verdict := self._claimed(lesson, joined)) is not None:
            return Progress(Stage.REACHED, DONE, verdict)
        return self._some(lesson, values)

    def _point(self, lesson: Lesson, values: tuple[tuple[str, t.Expr], ...]) -> Progress:
        """Several unknowns: found one after the other."""
        names = lesson.names
        known = [n for n in names if any(name == n for name, _ in values)]
        if len(known) == len(names) == len(values):
            joined = ", ".join(f"{name} = {plain(value)}" for name, value in values)
            if (verdict := self._claimed(lesson, joined)) is not None:
                return Progress(Stage.REACHED, DONE, verdict)
        missing = [n for n in names if n not in known]
        if known and missing:
            told = NAMES_LEFT.of(", ".join(known), ", ".join(missing))
            return Progress(Stage.PARTLY, told)
        return BEGUN

    def _all_found(self, lesson: Lesson, values: tuple[tuple[str, t.Expr], ...]) -> bool:
        """Whether every letter that is asked for has its exact value, and no other."""
        exact = lesson.solution.answer.value
        letters = [r.operands for r in (lesson.problem.request, *lesson.problem.more)]
        if not isinstance(exact, t.Collection) or len(exact.items) != len(letters):
            return False
        for operands, value in zip(letters, exact.items, strict=True):
            given = [v for name, v in values if (t.Symbol(name),) == operands]
            if len(given) != 1 or not self._equal(value, given[0]):
                return False
        return True

    def _some(self, lesson: Lesson, values: tuple[tuple[str, t.Expr], ...]) -> Progress:
        """One unknown with several values."""
        match lesson.solution.answer.value:
            case t.Collection(t.Bracket.SET, roots) if 1 < len(roots) <= MAX_ROOTS:
                found = sum(any(self._equal(r, v) for _, v in values) for r in roots)
                if 0 < found < len(roots):
                    told = SOME_FOUND.of(str(found), str(len(roots)))
                    return Progress(Stage.PARTLY, told)
        return BEGUN

    def _equal(self, one: t.Expr, other: t.Expr) -> bool:
        if one == other:
            return True
        result = self.runner.run("equal", (plain(one), plain(other)))
        return isinstance(result, EqualResult) and result.equal is True


def _values(lesson: Lesson) -> tuple[tuple[str, t.Expr], ...]:
    """The values that the student's lines give to the unknowns, each once."""
    found: dict[tuple[str, t.Expr], None] = {}
    for line in lesson.written:
        if line.formula is None or line.standing is Standing.REFUSED:
            continue
        for pair in values_in(line.formula, lesson.names):
            found.setdefault(pair)
    return tuple(found)[-MAX_VALUES:]
