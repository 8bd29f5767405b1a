"""``x = pi/6 + 2k*pi``: a letter that counts whole turns makes the line a set of solutions."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.checking.lines.course import Course
from assistant.maths.checking.lines.marks import UNKNOWN, Finding, linked, on, proved, undecided
from assistant.maths.checking.logic.half_angle import FUNCTIONS
from assistant.maths.checking.logic.statements import split_signs
from assistant.maths.reading.claims import Line
from assistant.maths.types import Link, Proved, Refuted, Supported, Text

COUNTERS = ("k", "n", "m", "l")
PI = t.Constant(t.ConstantName.PI)
ALL = ("all solutions of the line before; {0} is any integer", "上一行的全部解，{0} 为任意整数")
SOME = undecided(
    "not all solutions of the line before; the next lines may hold the others",
    "不是上一行的全部解，其余的解可能在后面各行",
)
APART = Text(
    "{0} belongs to this line, but does not satisfy the line before",
    "{0} 属于本行，但不满足上一行",
)


def whole_turns(course: Course, statement: t.Expr, line: Line) -> Finding | None:
    """The finding on such a line behind an equation or inequality; ``None`` where it is none."""
    if not course.statements or line.supposed or line.denied or course.domain is not None:
        return None
    told = as_turns(statement)
    before = course.statements[-1]
    if told is None:
        return None
    name, counter, members = told
    known = as_turns(before)
    if known is None and (not isinstance(before, t.Relation) or set(t.symbols(before)) != {name}):
        return None
    if counter in {n for s in course.statements if as_turns(s) is None for n in t.symbols(s)}:
        return None
    course.say(statement)
    whole = before if known is None else known[2]
    if known is not None and known[0] != name:
        return UNKNOWN
    verdict = linked(whole, members, Link.SOLUTION, (name,))
    match verdict:
        case Proved(method):
            return on(proved(method, *ALL, t.Symbol(counter)), before)
        case Supported():
            return Finding(verdict, Text(*ALL, (t.Symbol(counter),)), (before,))
        case Refuted(witness, "false", _) if known is None:
            return Finding(verdict, Text(APART.en, APART.zh, (witness,)))
        case Refuted() if known is None:
            return SOME
    return UNKNOWN


def repeats(statement: t.Expr) -> bool:
    """Whether it is one equation or inequality of angles, with no end of solutions: who writes
    only some of them may mean those of one turn, or of a triangle."""
    return isinstance(statement, t.Relation) and any(
        isinstance(n, t.Call) and n.name in FUNCTIONS and t.symbols(n) for n in t.walk(statement)
    )


def as_turns(statement: t.Expr) -> tuple[str, str, t.Expr] | None:
    """The unknown, the letter that counts, and the set of all values for whole numbers."""
    parts = [part for part in _cases(split_signs(statement)) if not _names_the_counter(part)]
    pairs = [_family(part) for part in parts]
    found = [pair for pair in pairs if pair is not None]
    if not found or len(found) != len(parts):
        return None
    names, counters = {name for name, _, _ in found}, {counter for _, counter, _ in found}
    if len(names) != 1 or len(counters) != 1:
        return None
    sets = tuple(members for _, _, members in found)
    whole = sets[0] if len(sets) == 1 else t.Call("union", sets)
    return names.pop(), counters.pop(), whole


def _cases(statement: t.Expr) -> list[t.Expr]:
    match statement:
        case t.Junction(t.Connective.OR, args):
            return [case for arg in args for case in _cases(arg)]
    return [statement]


def _names_the_counter(part: t.Expr) -> bool:
    """``…, k ∈ ℤ`` behind the values."""
    match part:
        case t.Relation(_, _, t.Call("in", (t.Symbol(name), members))) | t.Call(
            "in", (t.Symbol(name), members)
        ):
            return name in COUNTERS and members == t.Constant(t.ConstantName.INTEGERS)
    return False


def _family(part: t.Expr) -> tuple[str, str, t.Expr] | None:
    """One equation or one pair of bounds as a set."""
    match part:
        case t.Relation(t.Comparison.EQ, t.Symbol(name), value):
            body: t.Expr = value
        case t.Junction(t.Connective.AND, (one, other)):
            span = _between(one, other)
            if span is None:
                return None
            name, body = span
        case _:
            return None
    letters = set(t.symbols(body))
    if len(letters) != 1 or PI not in t.walk(body) or name in letters:
        return None
    counter = letters.pop()
    if counter not in COUNTERS or name in COUNTERS:
        return None
    return name, counter, t.Call("imageset", (body, t.Symbol(counter)))


def _between(one: t.Expr, other: t.Expr) -> tuple[str, t.Interval] | None:
    """``a < x < b``."""
    less = (t.Comparison.LT, t.Comparison.LE)
    match one, other:
        case t.Relation(first, low, t.Symbol(x)), t.Relation(second, t.Symbol(y), high) if (
            x == y and first in less and second in less
        ):
            return x, t.Interval(low, high, first is less[0], second is less[0])
    return None
