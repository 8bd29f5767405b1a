"""The way on from where the student is.

On the path of our solution that is its next move.  Elsewhere the problem is solved again from
the student's own line.  A line that the checker would not accept from the student is not
suggested: such a move is only thought.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.maths import terms as t
from assistant.maths.pool import Runner
from assistant.maths.reading.claims.line import read_line
from assistant.maths.showing import words
from assistant.maths.showing.answers import Line, answer_text
from assistant.maths.showing.plain import plain
from assistant.maths.types import (
    Doubt,
    EqualResult,
    Lang,
    NextLine,
    NextMark,
    Problem,
    Proved,
    Refuted,
    Request,
    Rule,
    Solution,
    Supported,
    Task,
    Text,
    Undecided,
)
from assistant.teaching.moves import moves_of
from assistant.teaching.reading import OPERATORS, is_bound, values_in, without_constant
from assistant.teaching.shapes import same_line
from assistant.teaching.types import Guide, Lesson, Move, Standing, Written

PUT_IN = Rule("tutor.put_in", "Put in what is known", "代入已知的值")
PUT_WHY = Text("Put {0} into {1}.", "把 {0} 代入 {1}。")
SOLVED_AGAIN = 3
"""How many of the last lines are solved from, before our own path is taken up again."""
SAME_TASK = frozenset({Task.SIMPLIFY, Task.FACTOR, Task.EXPAND, Task.EVALUATE, Task.SOLVE})
SAID = {words.NO_SOLUTION.en: "no solution", words.EVERY_REAL.en: "all real numbers"}


@dataclass(frozen=True, slots=True)
class Way:
    """Finds the way on, with the solver and the checker."""

    runner: Runner

    def guide(self, lesson: Lesson) -> Guide | None:
        """The next move from the last line that is sure; ``None`` if none is known."""
        tried = 0
        for base in range(len(lesson.written), -1, -1):
            line = lesson.written[base - 1] if base else None
            formula = None if line is None else line.formula
            ahead = lesson.moves[_reached(lesson, base) :]
            if line is not None and line.standing is not Standing.FIRM:
                # what our own path goes through is right, if not the whole of it
                if line.standing is not Standing.OPEN or not _is_on_path(lesson, line):
                    continue
            elif line is not None and not _is_on_path(lesson, line):
                ahead = ()
                if formula is not None and tried < SOLVED_AGAIN:
                    tried += 1
                    ahead = self._solved_from(lesson, formula)
            if ahead and (found := self._accepted(lesson, base, ahead)) is not None:
                return found
        return None

    def _accepted(self, lesson: Lesson, base: int, moves: tuple[Move, ...]) -> Guide | None:
        """The first move whose line the checker takes; else the first that it does not refute."""
        state = lesson.written[base - 1].state if base else lesson.opening
        second: int | None = None
        for n, move in enumerate(moves):
            if n < len(moves) - 1 and (_is_condition(move) or _is_written(lesson, move)):
                continue
            taken = self._taken(lesson, move.line, state)
            if taken is None and second is None:
                second = n
            if taken:
                return _guide(base, moves, n)
        return None if second is None else _guide(base, moves, second)

    def _taken(self, lesson: Lesson, line: Line, state: bytes) -> bool | None:
        """Whether the checker accepts a line; ``None``: it does not decide."""
        said = SAID.get(line.en, "") if isinstance(line, Text) else plain(line)
        read = read_line(said)
        if not read.claims:
            return None
        said = without_constant(lesson.problem, read) or said
        result = self.runner.run("next", NextLine(state, said))
        if not isinstance(result, NextMark):
            return None
        match result.mark.verdict:
            case Proved() | Supported() | Undecided(Doubt.NOT_A_CLAIM):
                return True
            case Refuted():
                return False
        return None

    def _solved_from(self, lesson: Lesson, formula: t.Expr) -> tuple[Move, ...]:
        """The moves of a solution that begins with the student's line; none where there is no
        such solution, or where it comes to another answer."""
        if lesson.story:
            return self._of_story(lesson, formula)
        if lesson.problem.definitions or lesson.problem.more:
            return ()
        request = lesson.problem.request
        if len(request.variables) > 1 and request.task is Task.SOLVE:
            return tuple(self._of_system(lesson, formula))
        new = _from_line(request, formula)
        if new is None:
            return ()
        problem = Problem(request=new, lang=lesson.problem.lang)
        result = self.runner.run("solve", problem)
        if not isinstance(result, Solution) or not isinstance(result.verdict, Proved | Supported):
            return ()
        return moves_of(problem, result) if self._agrees(lesson.solution, result) else ()

    def _of_story(self, lesson: Lesson, formula: t.Expr) -> tuple[Move, ...]:
        """The moves that solve an equation which the student has found in a text."""
        if not isinstance(formula, t.Relation | t.Junction) or values_in(formula, lesson.names):
            return ()
        found = dict.fromkeys(
            w.formula for w in lesson.written if w.names and w.formula is not None
        )
        parts = tuple(part for line in found for part in _equations(line))
        if formula in found and len(parts) > 1:
            formula = t.Junction(t.Connective.AND, parts)
        if len(_equations(formula)) < len(t.symbols(formula)):
            return ()  # more is to be found in the text
        problem = statement_of(formula, lesson.problem.lang)
        result = self.runner.run("solve", problem)
        if not isinstance(result, Solution) or not isinstance(result.verdict, Proved | Supported):
            return ()
        return moves_of(problem, result)

    def _agrees(self, exact: Solution, found: Solution) -> bool:
        """Whether a solution from a later line has the same answer, or one that holds it: the
        candidates are tested at the end."""
        gold, text = answer_text(exact), answer_text(found)
        if gold == text:
            return True
        match exact.answer.value, found.answer.value:
            case t.Collection(t.Bracket.SET, few), t.Collection(t.Bracket.SET, many):
                return all(any(self._equal(plain(a), plain(b)) for b in many) for a in few)
        return self._equal(gold, text)

    def _equal(self, one: str, other: str) -> bool:
        if one == other:
            return True
        result = self.runner.run("equal", (one, other))
        return isinstance(result, EqualResult) and result.equal is True

    def _of_system(self, lesson: Lesson, formula: t.Expr) -> Iterator[Move]:
        """One unknown is to be found from a line with it alone, or put in where it is known."""
        request = lesson.problem.request
        names = [n for n in t.symbols(formula) if n in request.variables]
        if len(names) != 1 or not isinstance(formula, t.Relation):
            return
        known = values_in(formula, request.variables)
        target = formula
        if known:
            if (put := _put_in(lesson, formula, known[0])) is None:
                return
            yield put
            assert isinstance(put.line, t.Relation)
            target = put.line
            names = [n for n in t.symbols(target) if n in request.variables]
        alone = Request(task=Task.SOLVE, operands=(target,), variables=tuple(names))
        problem = Problem(request=alone, lang=lesson.problem.lang)
        result = self.runner.run("solve", problem)
        if isinstance(result, Solution) and isinstance(result.verdict, Proved | Supported):
            yield from moves_of(problem, result)


def _is_condition(move: Move) -> bool:
    """Whether a move only says where an equation is defined."""
    return not isinstance(move.line, Text) and is_bound(move.line) and not is_bound(move.before)


def _is_written(lesson: Lesson, move: Move) -> bool:
    """Whether the student has it already."""
    for line in lesson.written:
        if line.standing is Standing.REFUSED:
            continue
        formula = line.formula
        if formula is not None and any(same_line(end, formula) for end in _ends(move.line)):
            return True
        if line.text in _said(move.line):
            return True
    return False


def _said(line: Line) -> set[str]:
    """A line as it may be typed."""
    if isinstance(line, Text):
        return {words.filled(line, lang, plain) for lang in Lang}
    return {plain(line)}


def statement_of(formula: t.Relation | t.Junction, lang: Lang) -> Problem:
    """The problem to solve a statement, or several together."""
    names = t.symbols(formula)
    request = Request(task=Task.SOLVE, operands=_equations(formula), variables=names)
    return Problem(request=request, lang=lang)


def _equations(formula: t.Expr) -> tuple[t.Expr, ...]:
    """What is said together, one by one."""
    both = isinstance(formula, t.Junction) and formula.op is t.Connective.AND
    return formula.args if both and isinstance(formula, t.Junction) else (formula,)


def _put_in(lesson: Lesson, line: t.Expr, known: tuple[str, t.Expr]) -> Move | None:
    """A value in the first equation of the problem that then has one unknown left."""
    found = {n for w in lesson.written if w.formula is not None
             for n, _ in values_in(w.formula, lesson.names)}  # fmt: skip
    for equation in lesson.problem.request.operands:
        others = [n for n in t.symbols(equation) if n in lesson.names]
        if known[0] in others and len(others) == 2 and not set(others) <= found:
            put = t.substitute(equation, known[0], known[1])
            both = t.Junction(t.Connective.AND, (equation, line))
            return Move(both, put, PUT_IN, PUT_WHY.of(line, equation))
    return None


def _reached(lesson: Lesson, base: int) -> int:
    """How many moves of our path are made with this line, and with what was calculated beside
    it since."""
    made = _place(lesson.moves, lesson.written[base - 1].formula) if base else 0
    for line in lesson.written[base:]:
        if line.standing is Standing.ASIDE:
            made = max(made, _place(lesson.moves, line.formula))
    return made


def _is_on_path(lesson: Lesson, line: Written) -> bool:
    return _place(lesson.moves, line.formula) > 0


def _place(moves: tuple[Move, ...], formula: t.Expr | None) -> int:
    """How many moves lead to this line; 0 where none does."""
    if formula is None:
        return 0
    for n in range(len(moves) - 1, -1, -1):
        if any(same_line(end, formula) for end in _ends(moves[n].line)):
            return n + 1
    return 0


def _ends(line: Line) -> tuple[t.Expr, ...]:
    match line:
        case Text():
            return ()
        case t.Relation(t.Comparison.EQ, _, right):
            return (line, right)
    return (line,)


def _guide(base: int, moves: tuple[Move, ...], at: int) -> Guide:
    return Guide(base, moves[:at], moves[at], tuple(m.line for m in moves[at + 1 :]))


def _from_line(request: Request, formula: t.Expr) -> Request | None:
    """The same question about a later line."""
    known = {n for part in request.operands for n in t.symbols(part)} | set(request.variables)
    if not set(t.symbols(formula)) <= known:
        return None
    if request.task in SAME_TASK:
        parts: tuple[t.Expr, ...] = (formula,)
        if isinstance(formula, t.Junction) and formula.op is t.Connective.AND:
            parts = formula.args
        return replace(request, operands=parts, method="")
    if request.task in (Task.DIFFERENTIATE, Task.INTEGRATE, Task.LIMIT, Task.SUM, Task.PRODUCT):
        open_ = any(isinstance(n, t.Call) and n.name in OPERATORS for n in t.walk(formula))
        task = Task.EVALUATE if open_ or not t.symbols(formula) else Task.SIMPLIFY
        return Request(task=task, operands=(formula,))
    return None
