"""Draws problems and solves them: what the exact solver does not prove is drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from assistant.maths import terms as t
from assistant.maths.pool import Runner
from assistant.maths.showing.answers import answer_text
from assistant.maths.showing.asked import asked
from assistant.maths.showing.plain import plain
from assistant.maths.types import Failure, Problem, Proved, Question, Solution, Task, Text, Trouble
from assistant.teaching.worksheets.patterns import BadPattern, Pattern, Patterns

MOST_DRAWS = 120
"""Draws after which a pattern is given up."""
MOST_SLOW = 3
"""Draws that took too long, after which it is."""
NONE_WORKED = Text(
    "line {0}: {1} draw(s) gave no problem with a proved answer of the kind that is asked for; the "
    "last was “{2}”",
    "第 {0} 行：抽取 {1} 次都没有得到答案已证明且符合要求的题目，最后一次为“{2}”",
)
NOT_PROVED = Text("its answer is not proved", "答案未被证明")
NO_ANSWER = Text("it has no solution", "无解")
NOT_WHOLE = Text("its answer is not made of whole numbers", "答案不全是整数")
TOO_SLOW = Text("it takes too long (--timeout)", "求解超时（--timeout）")
THERE = Text("its answer is what is given: there is nothing to do", "题目本身就是答案，无需变形")
SEEN = Text("it was drawn before", "已经抽到过")
NO_VALUE = Text("a place in it is zero or has no value", "其中有一处为零或没有值")
OnMade = Callable[[int, int], object]
"""Told how many of how many problems there are."""


@dataclass(frozen=True, slots=True)
class Item:
    """A problem with its solution."""

    text: str
    problem: Problem
    solution: Solution
    points: str

    @property
    def answer(self) -> str:
        """In plain text, which the program reads again."""
        return answer_text(self.solution)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the variants: ``A``, ``B``, …"""

    name: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """So many problems on each of so many sheets; the same ``seed`` gives the same ones."""

    count: int
    variants: int
    seed: int


def make_sheets(
    runner: Runner, patterns: Patterns, wanted: Wanted, on_made: OnMade
) -> tuple[Sheet, ...]:
    """The sheets, the patterns taken in turn.  Raises ``BadPattern`` for one that gives nothing."""
    maker, sheets = _Maker(runner), []
    whole = wanted.count * wanted.variants
    on_made(0, whole)
    for variant in range(wanted.variants):
        items: list[Item] = []
        for n in range(wanted.count):
            pattern = patterns.listed[n % len(patterns.listed)]
            items.append(maker.item(pattern, Random(f"{wanted.seed} {variant} {n}")))  # noqa: S311
            on_made(variant * wanted.count + n + 1, whole)
        sheets.append(Sheet(sheet_name(variant), patterns.title, tuple(items)))
    return tuple(sheets)


def sheet_name(number: int) -> str:
    """``A`` to ``Z``, then ``AA``."""
    name = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


class _Maker:
    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._seen: set[str] = set()

    def item(self, pattern: Pattern, chance: Random) -> Item:
        """A problem that none of the sheets has yet.  Raises ``BadPattern``."""
        text, why, slow, draws = "", NO_VALUE, 0, 0
        while draws < (1 if pattern.fixed else MOST_DRAWS) and slow < MOST_SLOW:
            draws += 1
            drawn = pattern.drawn(chance)
            if drawn is None:
                continue
            text = drawn
            if text in self._seen and not pattern.fixed:
                why = SEEN
                continue
            made = self._solved(text, pattern)
            if isinstance(made, Item):
                self._seen.add(text)
                return made
            why = made
            slow += made == TOO_SLOW
        raise BadPattern(NONE_WORKED.of(str(pattern.line), str(draws), text), why)

    def _solved(self, text: str, pattern: Pattern) -> Item | Text:
        """The problem with its answer, or why it is not taken."""
        problem = self._runner.run("read", Question(text))
        if isinstance(problem, Trouble):
            return _why(problem)
        assert isinstance(problem, Problem)
        solution = self._runner.run("solve", problem)
        if isinstance(solution, Trouble):
            return _why(solution)
        assert isinstance(solution, Solution)
        if not isinstance(solution.verdict, Proved):
            return NOT_PROVED
        if _is_empty(solution):
            return NO_ANSWER
        if problem.request.task in _REWRITTEN and _is_there(problem, solution):
            return THERE
        if pattern.whole and not _is_whole(solution):
            return NOT_WHOLE
        return Item(text, problem, solution, pattern.points)


def _why(trouble: Trouble) -> Text:
    return TOO_SLOW if trouble.code is Failure.TIMEOUT else trouble.message


_REWRITTEN = {Task.FACTOR, Task.EXPAND, Task.SIMPLIFY}


def _is_there(problem: Problem, solution: Solution) -> bool:
    """Is there nothing to do: ``factor x^2 - 10``, ``simplify sqrt(106)``?"""
    formula = asked(problem.request)
    return (
        formula is not None
        and solution.answer.value is not None
        and (plain(formula) == plain(solution.answer.value))
    )


def _is_empty(solution: Solution) -> bool:
    return solution.answer.value == t.Constant(t.ConstantName.EMPTY)


def _is_whole(solution: Solution) -> bool:
    """Is the answer made of whole numbers, letters and signs: no fraction, no root, no ``π``?"""
    value = solution.answer.value
    if value is None:
        return solution.answer.text.lstrip("-").isdigit()
    return all(
        not isinstance(part, t.Div | t.Call | t.Constant)
        and not (isinstance(part, t.Number) and part.value.denominator != 1)
        for part in t.walk(value)
    )
