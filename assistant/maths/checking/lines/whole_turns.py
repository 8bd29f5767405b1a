"""``x = pi/6 + 2k*pi``: a letter that counts whole turns makes the line a set of solutions."""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.checking.lines.course import Course
from assistant.maths.checking.lines.linear import degree
from assistant.maths.checking.lines.marks import UNKNOWN, Finding, linked, on, proved, undecided
from assistant.maths.checking.lines.rounding import value_of
from assistant.maths.checking.logic.half_angle import FUNCTIONS
from assistant.maths.checking.logic.periodic import in_radians
from assistant.maths.checking.logic.statements import split_signs
from assistant.maths.reading.claims.line import Line
from assistant.maths.types import Link, Proved, Refuted, Supported, Text

COUNTERS = ("k", "n", "m", "l")
PI = t.Constant(t.ConstantName.PI)
ALL = ("all solutions of the line before; {0} is any integer", "上一行的全部解，{0} 为任意整数")
SOME = undecided(
    "not all solutions of the line before; the next lines may hold the others",
    "不是上一行的全部解，其余的解可能在后面各行",
)
EVERY = ("all solutions of {0}", "{0} 的全部解")
TOGETHER = (
    "with the lines before, these are all solutions",
    "与前面各行合起来是全部解",
)
APART_FROM = Text(
    "{0} belongs to this line, but does not satisfy {1}", "{0} 属于本行，但不满足 {1}"
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
    earlier = _families_before(course, name)
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
        case Refuted() if known is not None:
            return _with_others(earlier, members, name)
        case Refuted(witness, "false", _):
            return Finding(verdict, Text(APART.en, APART.zh, (witness,)))
        case Refuted():
            return SOME
    return UNKNOWN


def _families_before(course: Course, name: str) -> tuple[t.Expr, list[t.Expr]] | None:
    """The last statement that is no family of values, where it is one about the same unknown, and
    the families behind it."""
    found: list[t.Expr] = []
    for statement in reversed(course.statements):
        told = as_turns(statement)
        if told is None:
            single = isinstance(statement, t.Relation) and set(t.symbols(statement)) == {name}
            return (statement, found) if single else None
        if told[0] != name:
            return None
        found.append(told[2])
    return None


def _with_others(
    earlier: tuple[t.Expr, list[t.Expr]] | None, members: t.Expr, name: str
) -> Finding:
    """A family behind others: together they may be all solutions."""
    if earlier is None:
        return UNKNOWN
    equation, others = earlier
    alone = linked(equation, members, Link.SOLUTION, (name,))
    match alone:
        case Proved(method):
            return on(proved(method, *EVERY, equation), equation)
        case Refuted(witness, "false", _):
            return Finding(alone, Text(APART_FROM.en, APART_FROM.zh, (witness, equation)))
    missing = linked(equation, t.Call("union", tuple(others)), Link.SOLUTION, (name,))
    together = t.Call("union", (*others, members))
    whole = linked(equation, together, Link.SOLUTION, (name,))
    if isinstance(missing, Refuted) and isinstance(whole, Proved):  # not a part of them, anew
        return on(proved(whole.method, *TOGETHER), equation)
    return SOME if isinstance(alone, Refuted) else UNKNOWN


def repeats(statement: t.Expr) -> bool:
    """Whether it is one equation or inequality of angles, with no end of solutions: who writes
    only some of them may mean those of one turn, or of a triangle."""
    return isinstance(statement, t.Relation) and of_angles(statement)


def of_angles(statement: t.Expr) -> bool:
    """Whether it speaks of functions of an angle that is not known."""
    return any(
        isinstance(n, t.Call) and n.name in FUNCTIONS and t.symbols(n) for n in t.walk(statement)
    )


def as_turns(statement: t.Expr) -> tuple[str, str, t.Expr] | None:
    """The unknown, the letter that counts, and the set of all values for whole numbers."""
    turned = split_signs(in_radians(statement))
    parts = [part for part in _cases(turned) if not _names_the_counter(part)]
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
        case t.Relation(t.Comparison.EQ, left, value):
            solved = _solved(left, value)
            if solved is None:
                return None
            name, body = solved
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


def _solved(left: t.Expr, value: t.Expr) -> tuple[str, t.Expr] | None:
    """``2x + π/3 = value`` for x."""
    names = t.symbols(left)
    if len(names) != 1 or degree(left, names[0]) != 1:
        return None
    parts = left.terms if isinstance(left, t.Add) else (left,)
    own = [part for part in parts if t.symbols(part)]
    if len(own) != 1:
        return None
    rate = value_of(t.substitute(own[0], names[0], t.integer(1)))
    if not isinstance(rate, Fraction) or not rate or value_of(_at_zero(own[0], names[0])) != 0:
        return None
    rest = [t.Neg(part) for part in parts if part is not own[0]]
    moved = t.add(value, *rest)
    return names[0], moved if rate == 1 else t.Div(moved, t.rational(rate))


def _at_zero(part: t.Expr, name: str) -> t.Expr:
    return t.substitute(part, name, t.integer(0))


def _between(one: t.Expr, other: t.Expr) -> tuple[str, t.Interval] | None:
    """``a < x < b``."""
    less = (t.Comparison.LT, t.Comparison.LE)
    match one, other:
        case t.Relation(first, low, t.Symbol(x)), t.Relation(second, t.Symbol(y), high) if (
            x == y and first in less and second in less
        ):
            return x, t.Interval(low, high, first is less[0], second is less[0])
    return None
