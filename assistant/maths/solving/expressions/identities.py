"""Statements about all values of the letters: proved line by line, or refuted by an example."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product as combinations
from math import lcm
from typing import Any

import mpmath
import sympy as sp
from sympy.core.function import AppliedUndef

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.cas.guard import OutOfTime, time_limit
from assistant.maths.checking.logic.domains import guards, poles
from assistant.maths.domains import Numbers, hull, numbers
from assistant.maths.hyperbolic import in_exponentials
from assistant.maths.solving.common import Draft
from assistant.maths.solving.expressions.counterexamples import broken
from assistant.maths.solving.expressions.engine import (
    BOTH_SIDES,
    PROVING,
    TIERS,
    Derivation,
    derive,
)
from assistant.maths.solving.expressions.factoring import factor_steps
from assistant.maths.solving.expressions.functions import TRIG
from assistant.maths.solving.expressions.meaning import exceptions, least, powers, unsaid
from assistant.maths.solving.expressions.methods import (
    COMPLETE,
    conditions,
    lost,
    positive_letters,
    positive_statement,
    told_once,
    with_given,
)
from assistant.maths.solving.expressions.shape import UNDEFINED, ZERO, Context
from assistant.maths.solving.rewriting import context_of
from assistant.maths.types import Link, Request, Rule, Step, Text

SAME = Rule("prove.same", "Both sides are the same", "两边相同")
DIFFERENCE = Rule("prove.difference", "Look at the difference of the sides", "考察两边之差")
SQUARE = Rule("prove.square", "A square is never negative", "平方非负")
EXPONENTIALS = Rule("prove.exponentials", "Write it with exponentials", "化为指数函数")
PARTS = Rule("prove.parts", "Take a part of the angle", "取角的一部分为新变量")
EXAMPLE = Rule("prove.counterexample", "A counterexample", "反例")

POINTS = tuple(map(Fraction, ("2", "1", "3", "1/2", "-1", "0", "-2", "1/3", "5")))
MAX_POINTS = 60
DIGITS = 30
MAX_PART = 4
AT_ONCE_SECONDS = 2.0
SMOOTH = TRIG | frozenset(
    "exp ln log sqrt root abs asin acos atan sinh cosh tanh asinh acosh atanh".split()
)
"""Functions without a jump within their domain."""
COMPARE = {
    t.Comparison.EQ: lambda a, b: a == b,
    t.Comparison.NE: lambda a, b: a != b,
    t.Comparison.LT: lambda a, b: a < b,
    t.Comparison.LE: lambda a, b: a <= b,
    t.Comparison.GT: lambda a, b: a > b,
    t.Comparison.GE: lambda a, b: a >= b,
}


def prove(request: Request) -> Draft | None:
    """An identity, or an inequality that some values break."""
    match request.operands:
        case (t.Relation() as statement,):
            if (found := _counterexample(statement, request)) is not None:
                return found
            equal = statement.op is t.Comparison.EQ
            shown = _identity(statement, request) if equal else _by_squares(statement)
            if shown is None:
                return None
            return replace(shown, conditions=unsaid(shown.conditions, statement, request.domain))
        case _:
            return None


def _identity(statement: t.Relation, request: Request) -> Draft | None:
    """Both sides to one form, if need be for those letters only for which they have a value."""
    positive = frozenset(map(_signed, guards(statement))) - {""} | positive_letters(request)
    shown = _same_form(statement, context_of(statement, expand=True))
    if shown is not None or not positive:
        return shown
    shown = _same_form(statement, context_of(statement, expand=True, positive=positive))
    if shown is None:
        return None
    given = tuple(map(positive_statement, sorted(positive)))
    return replace(shown, steps=tuple(with_given(step, given) for step in shown.steps))


def _signed(guard: t.Expr) -> str:
    """The letter that a condition calls positive, or not negative: there a formula without jumps
    ends as it is beside it."""
    match guard:
        case t.Relation(t.Comparison.GT | t.Comparison.GE, t.Symbol(name), right) if right == ZERO:
            return name
    return ""


def _same_form(statement: t.Relation, context: Context) -> Draft | None:
    """First as one simplifies, then in sine and cosine."""
    left, right = (derive(side, context, BOTH_SIDES) for side in (statement.left, statement.right))
    if left.line == right.line and UNDEFINED not in (left.line, right.line):
        return _done([*left.steps, *right.steps], [left, right], statement)
    return _by_difference(statement, context)


def _by_difference(statement: t.Relation, context: Context) -> Draft | None:
    difference = t.sub(statement.left, statement.right)
    for tiers in (PROVING, TIERS):
        whole = derive(difference, context, tiers)
        if whole.line == ZERO:
            return _done([_start(statement, difference), *whole.steps], [whole], statement)
    return (
        _in_exponentials(statement, difference)
        or _in_parts(statement, difference)
        or _at_once(statement, difference, context)
    )


def _start(statement: t.Relation, difference: t.Expr) -> Step:
    why = Text("The sides are equal if their difference is zero.", "两边之差为零，则两边相等。")
    return Step(rule=DIFFERENCE, why=why, before=statement, after=difference, link=Link.FORMULA)


def _at_once(statement: t.Relation, difference: t.Expr, context: Context) -> Draft | None:
    """What the rules do not reach, and SymPy knows."""
    try:
        value = to_sympy(difference, real=True)
        positive = {s: sp.Symbol(s.name, positive=True) for s in value.free_symbols
                    if s.name in context.positive}  # fmt: skip
        with time_limit(AT_ONCE_SECONDS):
            value = value.rewrite(sp.Abs) if value.has(sp.Max, sp.Min) else value
            left = sp.simplify(sp.expand(value.subs(positive)))
    except (NotConvertible, OutOfTime, ValueError, TypeError, NotImplementedError):
        return None
    if left != 0:
        return None
    why = Text("Simplify further: {0}.", "进一步化简得 {0}。", (ZERO,))
    step = Step(rule=COMPLETE, why=why, before=difference, after=ZERO)
    return _done([_start(statement, difference), step], [Derivation(ZERO)], statement)


def _in_exponentials(statement: t.Relation, difference: t.Expr) -> Draft | None:
    """``cosh(x)^2 - sinh(x)^2 = 1``: the functions are written out."""
    written = in_exponentials(difference)
    if written == difference:
        return None
    whole = derive(written, context_of(written, expand=True), TIERS)
    if whole.line != ZERO:
        return None
    why = Text(
        "Write sinh u = (e^u − e^(−u))/2 and cosh u = (e^u + e^(−u))/2.",
        "代入 sinh u = (e^u − e^(−u))/2，cosh u = (e^u + e^(−u))/2。",
    )
    put = Step(rule=EXPONENTIALS, why=why, before=difference, after=written, link=Link.EQUAL)
    return _done([_start(statement, difference), put, *whole.steps], [whole], statement)


def _in_parts(statement: t.Relation, difference: t.Expr) -> Draft | None:
    """``tan(x/2) = sin(x)/(1 + cos(x))``: with x = 2u all angles are whole multiples."""
    parts = _angle_parts(difference)
    if not parts:
        return None
    letters = iter(c for c in "uvwpqrs" if c not in t.symbols(statement))
    names = dict(zip(parts, letters, strict=False))
    inner = difference
    for name, part in parts.items():
        whole_angle = t.mul(t.integer(part), t.Symbol(names[name]))
        inner = t.substitute(inner, name, whole_angle)
    inner = t.transform(inner, _whole_angle)
    whole = derive(inner, context_of(inner, expand=True), PROVING)
    if whole.line != ZERO:
        return None
    put = [
        t.equation(t.Symbol(n), t.mul(t.integer(part), t.Symbol(names[n])))
        for n, part in parts.items()
    ]
    shown = put[0] if len(put) == 1 else t.Junction(t.Connective.AND, tuple(put))
    why = Text(
        "With {0} every angle is a whole multiple.", "令 {0}，各角都化为整数倍角。", (shown,)
    )
    step = Step(rule=PARTS, why=why, before=difference, after=inner, link=Link.FORMULA)
    for old, new in names.items():
        back = t.Div(t.Symbol(old), t.integer(parts[old]))
        whole.nonzero = [t.substitute(e, new, back) for e in whole.nonzero]
    return _done([_start(statement, difference), step, *whole.steps], [whole], statement)


def _angle_parts(expr: t.Expr) -> dict[str, int]:
    """The letters of which parts stand in angles (``x/2``), and how small the parts are."""
    found: dict[str, int] = {}
    for node in t.walk(expr):
        if not (isinstance(node, t.Call) and node.name in TRIG and len(node.args) == 1):
            continue
        try:
            angle = sp.expand(to_sympy(node.args[0]))
        except NotConvertible:
            continue
        for letter in angle.free_symbols:
            rate = angle.coeff(letter, 1)
            if rate.is_Rational and rate.q > 1:
                found[letter.name] = lcm(found.get(letter.name, 1), int(rate.q))
    return found if all(part <= MAX_PART for part in found.values()) else {}


def _whole_angle(node: t.Expr) -> t.Expr:
    """``sin(2u/2 + pi)`` as ``sin(u + pi)``."""
    match node:
        case t.Call(name, (angle,)) if name in TRIG:
            return t.Call(name, (from_sympy(sp.expand(to_sympy(angle))),))
    return node


def _by_squares(statement: t.Relation) -> Draft | None:
    """``a^2 + b^2 >= 2ab``: the difference is a square, or a number times one."""
    if statement.op is t.Comparison.GE:
        difference = t.sub(statement.left, statement.right)
    elif statement.op is t.Comparison.LE:
        difference = t.sub(statement.right, statement.left)
    else:
        return None
    why = Text("Show that the difference is never negative.", "证明两边之差非负。")
    start = Step(rule=DIFFERENCE, why=why, before=statement, after=difference, link=Link.FORMULA)
    steps = [start]
    line = factor_steps(difference, steps)
    if line is None or not _never_negative(line):
        return None
    why = Text("{0} is never negative.", "{0} 恒为非负数。", (line,))
    last = t.Relation(t.Comparison.GE, line, ZERO)
    steps.append(
        Step(rule=SQUARE, why=why, before=last, after=t.Truth(value=True), link=Link.EQUIVALENT)
    )
    return Draft(answer=t.Truth(value=True), steps=tuple(steps), method="squares")


def _never_negative(line: t.Expr) -> bool:
    """A product of even powers and sums of them, with no minus sign."""
    match line:
        case t.Number(value):
            return value >= 0
        case t.Mul(parts) | t.Add(parts):
            return all(map(_never_negative, parts))
        case t.Div(num, den):
            return _never_negative(num) and _never_negative(den)
        case t.Pow(_, t.Number(value)):
            return value.denominator == 1 and value % 2 == 0
        case t.Call("abs", _):
            return True
        case _:
            return False


def _done(steps: list[Step], parts: list[Derivation], statement: t.Relation) -> Draft:
    last = parts[0].line
    why = Text("So the two sides are equal: {0}.", "所以两边相等：{0}。", (statement,))
    same = t.equation(last, parts[-1].line if len(parts) > 1 else ZERO)
    # at a pole the equation has no truth, so that it is no statement equivalent to "true"
    link = Link.FORMULA if poles(same) or guards(same) else Link.EQUIVALENT
    steps.append(Step(rule=SAME, why=why, before=same, after=t.Truth(value=True), link=link))
    left, right = statement.left, statement.right
    needed = least([*lost(left, right), *lost(right, left), *powers(statement)])
    return Draft(
        answer=t.Truth(value=True),
        steps=tuple(steps),
        method="identity",
        conditions=tuple(told_once(needed, _exceptions(statement, parts))),
    )


def _exceptions(statement: t.Relation, parts: list[Derivation]) -> list[Text]:
    """Where the equation has no truth because one side has no value and the other has one.

    Where neither has a value nobody expects one.  Sides without jumps agree wherever both have a
    value, whatever was cancelled on the way.
    """
    left, right = exceptions(statement.left), exceptions(statement.right)
    nodes = [n for n in t.walk(statement) if isinstance(n, t.Call)]
    cancelled = (
        [] if all(n.name in SMOOTH for n in nodes) else [e for p in parts for e in p.nonzero]
    )
    told = dict.fromkeys((*left, *right, *conditions(cancelled, ZERO)))
    return [text for text in told if not (text in left and text in right)]


def _counterexample(statement: t.Relation, request: Request) -> Draft | None:
    """Numbers for which the two sides clearly differ."""
    names = t.symbols(statement)
    try:
        sides = [to_sympy(s, real=True) for s in (statement.left, statement.right)]
    except NotConvertible:
        return None
    if any(side.has(AppliedUndef, sp.Derivative, sp.Integral, sp.Limit) for side in sides):
        return None  # an unknown function has no values to try
    if any(side.has(sp.zoo, sp.nan) for side in sides):
        return None  # a side that never has a value
    letters = [sp.Symbol(n, real=True) for n in names]
    functions = [sp.lambdify(letters, side, "mpmath") for side in sides]
    for count, point in enumerate(combinations(POINTS, repeat=len(names))):
        if count >= MAX_POINTS or not _within(request.domain, point):
            continue
        values = [_value(f, point) for f in functions]
        if any(v is None for v in values) or _holds(statement.op, values[0], values[1]):
            continue
        return _refuted(statement, dict(zip(names, point, strict=True)))
    return None


def _within(domain: t.Expr | None, point: tuple[Fraction, ...]) -> bool:
    if domain is None:
        return True
    if numbers(domain) is Numbers.WHOLE and any(p.denominator != 1 for p in point):
        return False
    interval = hull(domain)
    if interval is None:
        return True
    try:
        inside = to_sympy(interval)
    except NotConvertible:
        return False
    return all(inside.contains(sp.Rational(Fraction(p))) == sp.true for p in point)


def _value(function: Any, point: tuple[Fraction, ...]) -> Any:
    """The real value there, or ``None`` where there is none."""
    with mpmath.workdps(DIGITS):
        try:
            value = mpmath.mpmathify(
                function(*[mpmath.mpf(p.numerator) / p.denominator for p in point])
            )
        except (ArithmeticError, ValueError, TypeError, NameError, AttributeError):
            return None
        if isinstance(value, mpmath.mpc) or not mpmath.isfinite(value) or abs(value) > 1e12:
            return None
        return value


def _holds(op: t.Comparison, left: Any, right: Any) -> bool:
    """Whether it holds, or is too close to tell."""
    if abs(left - right) < 1e-15 * (1 + abs(left)):
        return op is not t.Comparison.NE or left != right
    return bool(COMPARE[op](left, right))


def _refuted(statement: t.Relation, point: dict[str, Fraction]) -> Draft | None:
    """Both sides worked out at the point."""
    shown, steps = [], []
    for side in (statement.left, statement.right):
        put = side
        for name, value in point.items():
            put = t.substitute(put, name, t.rational(Fraction(value)))
        worked = derive(put, context_of(put, expand=True), TIERS)
        steps += worked.steps
        shown.append(worked.line)
    given = [t.equation(t.Symbol(n), t.rational(Fraction(v))) for n, v in point.items()]
    where: t.Expr = statement if not given else given[0]
    if len(given) > 1:
        where = t.Junction(t.Connective.AND, tuple(given))
    return broken(EXAMPLE, where, t.Relation(statement.op, *shown), tuple(steps))
