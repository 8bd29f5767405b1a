"""Inequalities with a parameter: the ends of the solution depend on it, and cases are told."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.polynomial_form import is_polynomial
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.equations.domains import simplified
from assistant.maths.solving.equations.found import real, real_symbol, written
from assistant.maths.solving.equations.parameters import CASES, DIVIDE, FACTOR, ZERO
from assistant.maths.solving.equations.unknowns import choose_unknowns
from assistant.maths.types import Link, Request, Rule, Text

BARS = Rule("absolute.between", "Remove the bars", "去绝对值符号")
LT, LE, GT, GE = t.Comparison.LT, t.Comparison.LE, t.Comparison.GT, t.Comparison.GE
TURNED = {LT: GT, GT: LT, LE: GE, GE: LE}
EMPTY, REALS = t.Constant(t.ConstantName.EMPTY), t.Constant(t.ConstantName.REALS)


def around_letter(request: Request) -> Draft | None:
    """``|x - a| < 2``: the numbers less than 2 from a, for every a."""
    match request.operands:
        case (t.Relation(op, t.Call("abs", (inner,)), size) as given,) if op in (LT, LE):
            names = choose_unknowns(request)
        case _:
            return None
    letters = t.symbols(inner)
    if len(names) != 1 or len(letters) < 2 or t.symbols(size) or request.domain is not None:
        return None
    if not is_polynomial(inner, *letters):
        return None
    x, value, width = real_symbol(names[0]), sp.expand(real(inner)), real(size)
    if not width.is_positive:
        return None
    if sp.degree(value, x) != 1 or not value.coeff(x, 1).is_number:
        return None
    slope, rest = value.coeff(x, 1), value.coeff(x, 0)
    low, high = (written(sp.expand(-rest / slope + sign * width / abs(slope))) for sign in (-1, 1))
    is_open = op is LT
    trail = Trail(given, Link.EQUIVALENT, names[0])
    both = (t.Relation(op, t.Neg(size), inner), t.Relation(op, inner, size))
    why = Text(
        "A value less than {0} from zero.", "绝对值小于 {0} 即在 -{0} 与 {0} 之间。", (size,)
    )
    trail.to(t.Junction(t.Connective.AND, both), BARS, why)
    answer = t.Interval(low, high, low_open=is_open, high_open=is_open)
    symbol = t.Symbol(names[0])
    ends = (t.Relation(op, low, symbol), t.Relation(op, symbol, high))
    why = Text("Solve for {0}.", "解出 {0}。", (symbol,))
    trail.to(t.Junction(t.Connective.AND, ends), DIVIDE, why)
    return Draft(answer=answer, steps=tuple(trail.steps), method="inequality", variables=names)


def literal_inequality(request: Request) -> Draft | None:
    """``x^2 - a x < 0``, ``2x + a >= b``: the ends depend on the parameter."""
    match request.operands:
        case (t.Relation(op, left, right) as given,) if op in TURNED:
            names = choose_unknowns(request)
        case _:
            return None
    if len(names) != 1 or len(t.symbols(given)) < 2 or request.domain is not None:
        return None
    x = real_symbol(names[0])
    value = sp.expand(real(left) - real(right))
    if not value.is_polynomial(*value.free_symbols) or sp.degree(value, x) not in (1, 2):
        return None
    poly = sp.Poly(value, x)
    if not poly.LC().is_number:
        return _by_sign(given, names[0], poly) if poly.degree() == 1 else None
    less = (op in (t.Comparison.LT, t.Comparison.LE)) == bool(poly.LC() > 0)
    is_open = op in (t.Comparison.LT, t.Comparison.GT)
    if poly.degree() == 1:
        return _half_line(given, names[0], poly, less=less, is_open=is_open)
    if poly.nth(1) == 0 and len(sp.factor_list(value)[1]) == 1:
        return _around_zero(given, names[0], poly)
    return _between(given, names[0], value, less=less, is_open=is_open)


INFINITY = t.Constant(t.ConstantName.INFINITY)


def _half_line(given: t.Relation, name: str, poly: sp.Poly, *, less: bool, is_open: bool) -> Draft:
    end = written(sp.expand(-poly.eval(0) / poly.LC()))
    answer = (
        t.Interval(t.Neg(INFINITY), end, low_open=True, high_open=is_open)
        if less
        else t.Interval(end, INFINITY, low_open=is_open, high_open=True)
    )
    signs = (t.Comparison.LT, t.Comparison.LE) if less else (t.Comparison.GT, t.Comparison.GE)
    trail = Trail(given, Link.EQUIVALENT, name)
    why = Text("Gather the terms and divide by {0}.", "移项并除以 {0}。", (written(poly.LC()),))
    trail.to(t.Relation(signs[0 if is_open else 1], t.Symbol(name), end), DIVIDE, why)
    return Draft(answer=answer, steps=tuple(trail.steps), method="inequality", variables=(name,))


def _ray(end: t.Expr, op: t.Comparison) -> t.Interval:
    """All numbers below or above an end."""
    is_open = op in (LT, GT)
    if op in (LT, LE):
        return t.Interval(t.Neg(INFINITY), end, low_open=True, high_open=is_open)
    return t.Interval(end, INFINITY, low_open=is_open, high_open=True)


def _cased(name: str, trail: Trail, cases: Sequence[tuple[t.Expr, t.Expr]]) -> Draft:
    """The answer case by case, as one formula and in words."""
    answer = t.Call("piecewise", tuple(e for condition, part in cases for e in (part, condition)))
    why = Text("Tell the cases of the parameter apart.", "对参数分类讨论。")
    trail.to(answer, CASES, why, link=Link.SOLUTION)
    words: dict[t.Expr, tuple[str, str]] = {
        EMPTY: ("no solution", "无解"),
        REALS: ("every real number", "任意实数"),
    }
    told = []
    for condition, part in cases:
        said = words.get(part, ("{1}", "{1}"))
        told.append(Text(f"If {{0}}: {said[0]}.", f"当 {{0}} 时：{said[1]}。", (condition, part)))
    return Draft(
        answer=answer,
        steps=tuple(trail.steps),
        method="inequality with a parameter",
        variables=(name,),
        conditions=tuple(told),
    )


def _by_sign(given: t.Relation, name: str, poly: sp.Poly) -> Draft | None:
    """``a x > 1``: dividing by a negative number turns the sign."""
    a, b = poly.LC(), poly.eval(0)
    if a.could_extract_minus_sign():
        a, b, op = -a, -b, TURNED[given.op]
    else:
        op = given.op
    if len(a.free_symbols) != 1 or not b.is_number:
        return None
    factor, end = written(sp.factor(a)), written(sp.cancel(-b / a))
    trail = Trail(given, Link.EQUIVALENT, name)
    product = t.Relation(op, t.mul(factor, t.Symbol(name)), written(-b))
    trail.to(product, DIVIDE, Text("Leave the unknown on the left.", "把含未知数的项留在左边。"))
    holds = {LT: b < 0, LE: b <= 0, GT: b > 0, GE: b >= 0}[op]
    letter = next(iter(a.free_symbols)).name
    signs = (GT, LT, t.Comparison.EQ)
    above, below, zero = (simplified(t.Relation(sign, factor, ZERO), letter) for sign in signs)
    cases = (
        (above, _ray(end, op)),
        (below, _ray(end, TURNED[op])),
        (zero, REALS if holds else EMPTY),
    )
    return _cased(name, trail, cases)


def _around_zero(given: t.Relation, name: str, poly: sp.Poly) -> Draft | None:
    """``x^2 < a``: between the two square roots, where there are any."""
    op = given.op if poly.LC() > 0 else TURNED[given.op]
    square = sp.expand(-poly.eval(0) / poly.LC())
    if len(square.free_symbols) != 1:
        return None
    trail = Trail(given, Link.EQUIVALENT, name)
    power, value = t.Pow(t.Symbol(name), t.integer(2)), written(square)
    trail.to(
        t.Relation(op, power, value),
        DIVIDE,
        Text("Leave the square on the left.", "把平方项留在左边。"),
    )
    root = written(sp.sqrt(square))
    is_open = op in (LT, GT)
    if op in (LT, LE):
        there: t.Expr = t.Interval(t.Neg(root), root, is_open, is_open)
        split, other = (GT, LE) if is_open else (GE, LT)
        cases = ((t.Relation(split, value, ZERO), there), (t.Relation(other, value, ZERO), EMPTY))
    else:
        there = t.Call("union", (_ray(t.Neg(root), TURNED[op]), _ray(root, op)))
        split, other = (GE, LT) if is_open else (GT, LE)
        cases = ((t.Relation(split, value, ZERO), there), (t.Relation(other, value, ZERO), REALS))
    return _cased(name, trail, cases)


def _between(
    given: t.Relation, name: str, value: sp.Expr, *, less: bool, is_open: bool
) -> Draft | None:
    x = real_symbol(name)
    factors = [f for f, m in sp.factor_list(value)[1] for _ in range(m) if f.has(x)]
    if len(factors) != 2:
        return None
    roots = [sp.expand(-f.coeff(x, 0) / f.coeff(x, 1)) for f in map(sp.expand, factors)]
    p, q = map(written, roots)
    if p == q:
        return None
    low, high = t.Call("min", (p, q)), t.Call("max", (p, q))
    answer: t.Expr = t.Interval(low, high, is_open, is_open)
    if not less:
        answer = t.Call(
            "union",
            (
                t.Interval(t.Neg(INFINITY), low, low_open=True, high_open=is_open),
                t.Interval(high, INFINITY, low_open=is_open, high_open=True),
            ),
        )
    product = t.Relation(given.op, t.mul(*map(written, factors)), ZERO)
    trail = Trail(given, Link.EQUIVALENT, name)
    trail.to(product, FACTOR, Text("Bring everything to one side and factor.", "移项并因式分解。"))
    why = Text(
        "The zeros are {0} and {1}; which one is smaller depends on the parameter.",
        "零点为 {0} 和 {1}，大小取决于参数，需分类讨论。",
        (p, q),
    )
    trail.to(answer, CASES, why, link=Link.SOLUTION)
    return Draft(
        answer=answer,
        steps=tuple(trail.steps),
        method="inequality with a parameter",
        variables=(name,),
        conditions=tuple(_order_cases(roots, less=less, is_open=is_open)),
    )


def _order_cases(roots: Sequence[sp.Expr], *, less: bool, is_open: bool) -> list[Text]:
    """The answer in words for each order of the two zeros."""
    cases: list[Text] = []
    for low, high in (roots, roots[::-1]):
        order = t.Relation(t.Comparison.LT, written(low), written(high))
        inner = t.Interval(written(low), written(high), is_open, is_open)
        if less:
            cases.append(Text("If {0}: {1}.", "当 {0} 时：{1}。", (order, inner)))
        else:
            cases.append(Text("If {0}: outside {1}.", "当 {0} 时：{1} 之外。", (order, inner)))
    same = t.equation(written(roots[0]), written(roots[1]))
    if less:
        nothing = ("no solution", "无解") if is_open else ("only {1}", "只有 {1}")
    else:
        nothing = ("all reals but {1}", "除 {1} 外的实数") if is_open else ("all reals", "全体实数")
    cases.append(
        Text(f"If {{0}}: {nothing[0]}.", f"当 {{0}} 时：{nothing[1]}。", (same, written(roots[0])))
    )
    return cases
