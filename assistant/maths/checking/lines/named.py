"""What the problem names or asks for, taken up by a worked line: ``f(3) = 10`` where the problem
says ``f(x) = x^2 + 1``, and the next form of the expression that is asked for.
"""

from __future__ import annotations

import re
from fractions import Fraction

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.lines.arithmetic import numeric
from assistant.maths.checking.lines.course import Course
from assistant.maths.checking.lines.expressions import APART
from assistant.maths.checking.lines.marks import Finding, linked, on, proved, undecided
from assistant.maths.checking.lines.rounding import value_of
from assistant.maths.reading.claims.harmless import is_harmless
from assistant.maths.reading.claims.line import Claim, Line, read_line
from assistant.maths.types import Definition, Link, Problem, Proved, Refuted, Request, Text

NAMED = re.compile(r"(?<![A-Za-z\\])([A-Za-z])\s{0,3}\(\s{0,3}[a-z]\s{0,3}\)\s{0,3}=")
"""A function is perhaps defined."""
CONDITIONS = re.compile(
    r"[<>≤≥∈]|\\(?:[lg]eq?|in|begin)(?![a-z])|\b(?:if(?!\s+[A-Za-z]\s?\([a-z]\)\s?=)|when(?!\s+(?:is|are|does|do|will)\b)|whenever|otherwise|piecewise|unless|except|period\w*|even|odd|inverse"
    r"|satisf\w+|instead|positive|negative|suppose|not|could|whether|which)\b"
    r"|[!！]|(?<![A-Za-z])log(?![a-z_])|当|时|(?:若|如果)(?!\s*[A-Za-z]\s?\([a-z]\)\s?=)|否则|分段|周期|奇函数|偶函数|满足|正|负|是否|哪|不",
    re.IGNORECASE,
)
"""Words that say more of a function than its formula."""
SENTENCES = re.compile(r"(?<=[.?!])\s+|(?<=[。？！；;])|\n|[,，]\s*(?=[求则])")
QUESTIONS = re.compile(
    r"\b(?:what|evaluate|calculate|compute|given|maximum|minimum|extreme|tangent|zeros?|of|for|consider|do|does)\b"
    r"|已知|求|计算|最[大小]值|极[大小]?值|切线|零点|解析式|设",
    re.IGNORECASE,
)
"""Words that ask something of a function and leave it as it is."""
SMOOTH = frozenset({"sqrt", "exp", "ln", "log", "sin", "cos", "tan", "asin", "acos", "atan"})
"""Functions with a derivative at every inner point of where they are defined."""
NEAR = Fraction(1, 10**6)
PLAIN = frozenset({"sqrt", "abs", "exp"})
"""Functions whose values nobody writes otherwise: an angle may be in degrees."""
COMMON = "fy"
"""Names that a function has where the problem gives it none."""
VALUE = ("what {0} gives", "由 {0} 得到的值")
DOUBTED = undecided(
    "not what {0} gives, but the words of the problem may change that",
    "与 {0} 不符，但题中文字可能另有含义",
)
NOT_SO = Text("from {0} it is {1}", "由 {0} 得 {1}")


def defined(problem: str, read: Problem | None) -> dict[str, t.Relation]:
    """The functions that the problem defines once and for all numbers: ``f(x) = x^2 + 1``;
    ``read``: as it was understood."""
    named = NAMED.findall(problem)
    if not named or CONDITIONS.search(problem.rstrip("!！")):
        return {}
    found: dict[str, t.Relation] = {}
    for one in read.definitions if read is not None else ():
        match one:
            case Definition(name, (x,), body) if not isinstance(body, Request):
                if t.symbols(body) == (x,) and not _applied(body):
                    found[name] = t.equation(t.Call(name, (t.Symbol(x),)), body)
    for sentence in SENTENCES.split(problem):
        for claim in read_line(sentence.rstrip("?？ ")).claims:
            match claim.statement:
                case t.Relation(
                    t.Comparison.EQ, t.Call(name, (t.Symbol(x),)), body
                ) as definition if claim.sure and t.symbols(body) == (x,) and not _applied(body):
                    found[name] = definition
    return {name: one for name, one in found.items() if named.count(name) == 1}


def is_left(problem: str) -> bool:
    """Whether all words of a problem are known to leave its functions as they are."""
    return is_harmless(QUESTIONS.sub(" ", problem))


def of_function(course: Course, claim: Claim, line: Line) -> Finding | None:
    """The finding on a chain with a function of the problem in it: proved where all sides are
    the same with its formula put in, refuted where numbers differ, or derivatives do."""
    if None in claim.sides or claim.signs[:1] != ("=",):
        return None
    equal = claim.equals
    sides = [side for side in claim.sides[: equal + 1] if side is not None]
    compared = [side for side in claim.sides[equal + 1 :] if side is not None]
    names = {name for side in sides for name in _applied(side)}
    if not names or not names <= set(course.functions) or not all(map(numeric, compared)):
        return None
    try:
        first, *others = (_put_in(side, course) for side in sides)
    except NotConvertible:
        return None
    ground = [course.functions[name] for name in sorted(names)]
    verdicts = [linked(first, other, Link.EQUAL) for other in others]
    if all(isinstance(v, Proved) for v in verdicts):
        return on(proved("substitution", *VALUE, ground[0]), *ground)
    if any(map(t.symbols, (first, *others))):
        _named_anew(course, sides)
        if not _is_slope(sides[0], course):
            return None
        letters = set(t.symbols(first))
        told = zip(others, verdicts, strict=True)  # that it is a number is a condition
        verdicts = [v for side, v in told if t.symbols(side) and set(t.symbols(side)) <= letters]
    wrong = next((v for v in verdicts if isinstance(v, Refuted)), None)
    if wrong is None or "undefined" in (wrong.left, wrong.right) or line.rounded:
        return None
    parts = [n for side in (first, *others) for n in t.walk(side)]
    if any(isinstance(n, t.Number) and n.decimals for n in parts):
        return None
    slope = _is_slope(sides[0], course)
    sure = claim.sure and not (line.supposed or line.denied or line.negated)
    sure &= slope or all(n.name in PLAIN for n in parts if isinstance(n, t.Call))
    if sure and all(map(course.is_firm, ground)):
        args = (wrong.witness, wrong.left, wrong.right)
        why = Text(NOT_SO.en, NOT_SO.zh, (ground[0], wrong.left))
        return on(Finding(wrong, Text(APART.en, APART.zh, args) if slope else why), *ground)
    return Finding(DOUBTED.verdict, Text(DOUBTED.why.en, DOUBTED.why.zh, (ground[0],)))


def _applied(expr: t.Expr) -> set[str]:
    """The names of functions that are no known ones."""
    return {n.name for n in t.walk(expr) if isinstance(n, t.Call) and len(n.name) == 1}


def _is_slope(side: t.Expr, course: Course) -> bool:
    """Whether it is the derivative of a function of the problem: ``f'(x)``."""
    match side:
        case t.Call("diff", (t.Call(name, (t.Symbol(x),)), t.Symbol(by), *_)):
            return name in course.functions and x == by
    return False


def _put_in(side: t.Expr, course: Course) -> t.Expr:
    """With the formulas in place of the functions.  Raises ``NotConvertible``."""

    def change(node: t.Expr) -> t.Expr:
        match node:
            case t.Call(name, (argument,)) if name in course.functions:
                x, body = _formula_of(course.functions[name])
                return t.substitute(body, x, argument)
        return node

    def slope(node: t.Expr) -> t.Expr:
        match node:
            case t.Call("diff", (t.Call(name, (argument,)), t.Symbol(by), t.Number(order))) if (
                name in course.functions and argument != t.Symbol(by)
            ):
                if by in t.symbols(argument):
                    raise NotConvertible("f'(2x), or the derivative of f(2x)?")
                x, body = _formula_of(course.functions[name])
                return slope_at(body, x, int(order), argument)
        return node

    return t.transform(t.transform(side, slope), change)


def slope_at(body: t.Expr, name: str, order: int, point: t.Expr) -> t.Expr:
    """The derivative of a formula by its letter, at a point.  Raises ``NotConvertible`` where it
    may have none there: at a corner, at an end, or where the formula has no value."""
    if not all(n.name in SMOOTH for n in t.walk(body) if isinstance(n, t.Call)):
        raise NotConvertible("perhaps a corner")
    beside = (t.add(point, t.rational(h)) for h in (-NEAR, NEAR))
    if not t.symbols(point) and None in [value_of(t.substitute(body, name, x)) for x in beside]:
        raise NotConvertible("perhaps an end")
    slope = from_sympy(sp.diff(to_sympy(body), sp.Symbol(name), order))
    return t.substitute(slope, name, point)


def _formula_of(definition: t.Relation) -> tuple[str, t.Expr]:
    """The letter and the body of ``f(x) = x^2 + 1``."""
    match definition.left:
        case t.Call(_, (t.Symbol(x),)):
            return x, definition.right
    raise NotConvertible("no definition of a function")


def _named_anew(course: Course, sides: list[t.Expr]) -> None:
    """The name of a function may stand for another one from here on."""
    match sides:
        case [t.Call(name, (t.Symbol(),)), body, *_] if t.symbols(body) and not _applied(body):
            course.functions.pop(name, None)


def other_form(course: Course, claim: Claim, line: Line) -> Finding | None:
    """A chain that begins with what the problem asks for, the expression in another form or the
    derivative under its name: wrong where a side has another value."""
    if course.asked is None or set(claim.signs) != {"="} or None in claim.sides:
        return None
    first, *others = (s for s in claim.sides if s is not None)
    named = _is_derivative(first, course)
    if line.supposed or line.denied or not claim.sure or not (named or first == course.asked):
        return None
    if not named and course.used & set(t.symbols(course.asked)):
        return None  # what was said of its letters may fix its value
    if t.integer(0) in others and t.symbols(course.asked):
        return None  # where is it zero?
    told = [course.in_letters_of(course.asked, side) for side in others]
    verdicts = [linked(course.asked, side, Link.EQUAL) for side in told]
    if named and not course.function and _of_a_part(course.asked, others[-1]):
        return None
    for side, verdict in zip(told, verdicts, strict=True):
        if not set(t.symbols(side)) <= set(t.symbols(course.asked)):
            continue  # what its letters are was perhaps said in words
        if isinstance(verdict, Refuted) and "undefined" not in (verdict.left, verdict.right):
            args = (verdict.witness, verdict.left, verdict.right)
            return Finding(verdict, Text(APART.en, APART.zh, args))
    if named and all(isinstance(v, Proved) for v in verdicts):
        return proved("derivative", "equal to what is asked for", "与所求相等")
    return None


def _is_derivative(side: t.Expr, course: Course) -> bool:
    """``f'(x)`` where the problem asks for the derivative of a function of this name, or of one
    that nobody has named otherwise."""
    match side, course.asked:
        case t.Call("diff", (t.Call(name, (x,)), *rest)), t.Call("diff", (_, *wanted)):
            told = rest == wanted and x == wanted[0]
            return told and name in (course.function or _unnamed(course))
    return False


def _unnamed(course: Course) -> str:
    """The names that a function has which nobody has named otherwise."""
    calls = {n.name for s in course.statements for n in t.walk(s) if isinstance(n, t.Call)}
    return "".join(name for name in COMMON if name not in calls | course.names())


def _of_a_part(asked: t.Expr, slope: t.Expr) -> bool:
    """Whether it is the derivative of a part of the function: of one of two factors."""
    match asked:
        case t.Call("diff", (whole, *by)):
            parts = {n for n in t.walk(whole) if n != whole and t.symbols(n)}
            slopes = [t.Call("diff", (part, *by)) for part in parts]
            return any(isinstance(linked(s, slope, Link.EQUAL), Proved) for s in slopes)
    return False
