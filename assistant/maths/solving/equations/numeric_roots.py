"""Transcendental equations without a closed form: count the roots by monotonicity, then name
them exactly where a simple number fits, and by decimals otherwise.

A continuous function that rises (or falls) strictly on an interval has at most one zero
there; a change of sign at the ends shows that it has one (intermediate value theorem).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.solving.equations.absolute import within
from assistant.maths.solving.equations.bounds import sign_on_line
from assistant.maths.solving.equations.core import find
from assistant.maths.solving.equations.domains import conditions
from assistant.maths.solving.equations.found import (
    Found,
    last_line,
    real_symbol,
    step,
    written,
    zero_form,
)
from assistant.maths.solving.equations.solution_sets import (
    LINE,
    Piece,
    decimal_tree,
    ordered,
    pieces_statement,
    sign_of,
    value_tree,
)
from assistant.maths.types import Link, Rule, Step, Text

MONOTONE = Rule("numeric.monotone", "At most one zero on each interval", "利用单调性")
SIGN_CHANGE = Rule("numeric.sign_change", "The sides change their order", "两边大小关系改变")
DIGITS = 15


def lambert(value: sp.Expr, x: sp.Symbol) -> tuple[sp.Expr, ...]:
    """The zeros of ``c b^(r x + s) + m x + n`` by the real branches of Lambert's W.

    With w = -r (x + n/m) it is w e^w = (r c / m) e^(s - r n / m).  Empty where it is no such
    function.
    """
    value = sp.expand(value)
    powers = [n for n in value.atoms(sp.Pow, sp.exp) if n.has(x) and not n.is_polynomial(x)]
    if len(powers) != 1:
        return ()
    base, h = (sp.E, powers[0].args[0]) if isinstance(powers[0], sp.exp) else powers[0].args
    c = value.coeff(powers[0])
    rest = sp.expand(value - c * powers[0])
    if base.has(x) or c.has(x) or not (h.is_polynomial(x) and rest.is_polynomial(x)):
        return ()
    if sp.degree(h, x) != 1 or sp.degree(rest, x) != 1:
        return ()
    m, n = rest.coeff(x, 1), rest.coeff(x, 0)
    rate = h.coeff(x, 1) * sp.log(base)
    inside = rate * c / m * sp.exp(h.coeff(x, 0) * sp.log(base) - rate * n / m)
    branches = (0, -1) if sign_of(inside) == -1 else (0,)
    return tuple(-sp.LambertW(inside, k) / rate - n / m for k in branches)


@dataclass(frozen=True, slots=True)
class Profile:
    """A function's zeros, and the places between which it is monotone."""

    roots: tuple[sp.Expr, ...]
    turning: tuple[sp.Expr, ...]


def monotone(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``2^x + 3^x = 13``, ``cos x = x``: zeros between the turning points."""
    x = real_symbol(name)
    value = zero_form(equation)
    if value.free_symbols - {x} or depth > 1 or value.has(sp.Abs, sp.floor, sp.ceiling, sp.sign):
        return None
    window = _domain(equation, name)
    if window is None:
        return None
    profile = _zeros(value, name, window, 0)
    if profile is None:
        return None
    if any(r.is_Float for r in profile.roots):
        return _by_decimals(equation, name, profile)
    found = Found(roots=profile.roots, method="monotonicity")
    after, link = last_line(found, name)
    one = step(equation, after, MONOTONE, _why_monotone(value, x), name=name, link=link)
    return Found(steps=(one,), roots=profile.roots, method="monotonicity")


def _why_monotone(value: sp.Expr, x: sp.Symbol) -> Text:
    return Text(
        "The derivative of left minus right, {0}, tells where it rises and falls; each monotone "
        "stretch has at most one zero, and the signs at its ends tell whether it has one.",
        "左边减右边的导数 {0} 决定单调区间；每个单调区间上至多一个零点，由端点符号判断是否存在。",
        (written(sp.diff(value, x)),),
    )


def _by_decimals(equation: t.Relation, name: str, profile: Profile) -> Found:
    """Each root between two decimals at which the sides compare differently."""
    x = real_symbol(name)
    value = zero_form(equation)
    pieces = [_digits(r) if r.is_Float else Piece(r, r) for r in profile.roots]
    line = decimal_tree(pieces_statement(name, pieces))
    one = step(equation, line, MONOTONE, _why_monotone(value, x), name=name, link=Link.IMPLIES)
    ends = [
        _end_step(equation, name, end, sign_of(value.subs(x, end)))
        for p in pieces
        if p.low != p.high
        for end in (p.low, p.high)
    ]
    note = Text(
        "No closed form: the solutions are given by decimals.",
        "没有初等的精确表达式，解以小数近似给出。",
    )
    named = lambert(value, x)
    if len(named) == len(profile.roots):
        note = Text(
            "The decimals are values of the Lambert W function: {0}.",
            "这些小数可用朗伯 W 函数表示：{0}。",
            (t.Collection(t.Bracket.SET, tuple(map(written, named))),),
        )
    return Found(
        steps=(replace(one, substeps=tuple(ends)),),
        roots=profile.roots,
        method="monotonicity",
        notes=(note,),
    )


def _digits(root: sp.Expr) -> Piece:
    """What the digits of a decimal leave open: one in the last of them, on either side."""
    value = sp.Rational(str(root))
    before_point = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    gap = sp.Rational(1, 10 ** (DIGITS - before_point))
    return Piece(value - gap, value + gap)


def _end_step(equation: t.Relation, name: str, end: sp.Expr, sign: int | None) -> Step:
    op = t.Comparison.GT if sign == 1 else t.Comparison.LT
    place = decimal_tree(value_tree(end))
    before = t.substitute(t.Relation(op, equation.left, equation.right), name, place)
    why = Text(
        "At {0} the left side is {1} the right.", "在 {0} 处左边 {1} 右边。", (place, op.value)
    )
    return step(before, t.Truth(value=True), SIGN_CHANGE, why, name=name)


def _domain(equation: t.Relation, name: str) -> Piece | None:
    """The domain where it is one interval."""
    wanted = conditions(equation, name)
    if not wanted:
        return LINE
    from assistant.maths.solving.equations.sign_chart import chart

    try:
        charted = chart(wanted, name)
    except ArithmeticError:
        return None
    if charted is None or len(charted[1]) != 1:
        return None
    return charted[1][0]


def _zeros(value: sp.Expr, name: str, window: Piece, level: int) -> Profile | None:
    """All zeros in an interval on which the function is smooth."""
    x = real_symbol(name)
    slope = sp.diff(value, x)
    if sign_on_line(slope, x, window) is not None:
        return _between(value, name, window, [])
    narrow = _bounded_window(value, x) if window == LINE else None
    turning = _turning(slope, name, narrow or window, level)
    if turning is None:
        return None
    return _between(value, name, narrow or window, turning)


def _turning(slope: sp.Expr, name: str, window: Piece, level: int) -> list[sp.Expr] | None:
    from assistant.maths.solving.equations.sign_chart import candidate_places

    try:
        found = find(t.equation(written(slope), t.integer(0)), name, 2)
    except RecursionError:
        return None
    if found is not None:
        places = candidate_places(found, window)
        if places is None:
            return None
    elif level < 2:
        deeper = _zeros(slope, name, window, level + 1)
        if deeper is None:
            return None
        places = list(deeper.roots)
    else:
        return None
    return [p for p in ordered(places) if within(window, p)]


def _bounded_window(value: sp.Expr, x: sp.Symbol) -> Piece | None:
    """``cos x = x``: outside some interval the bounded part cannot make up for the rest."""
    bounded = {n: sp.Dummy() for n in value.atoms(sp.sin, sp.cos)}
    rest = value.xreplace(bounded)
    if not bounded or not rest.is_polynomial(x, *bounded.values()):
        return None
    poly = sp.Poly(rest, x)
    coeffs = poly.all_coeffs()
    if poly.degree() < 1 or not coeffs[0].is_number:
        return None
    sizes = [sum(abs(c) for c in sp.Poly(k, *bounded.values()).coeffs()) for k in coeffs]
    # Cauchy's bound with the largest values that the bounded parts can give
    limit = sp.ceiling(1 + max(s / abs(coeffs[0]) for s in sizes[1:]))
    return Piece(-limit, limit, low_open=False, high_open=False) if limit < 60 else None


def _between(
    value: sp.Expr, name: str, window: Piece, turning: Sequence[sp.Expr]
) -> Profile | None:
    x = real_symbol(name)
    inner = [p for p in turning if p not in (window.low, window.high)]
    ends = [window.low, *inner, window.high]
    roots: list[sp.Expr] = []
    signs = [_end_sign(value, x, e, window) for e in ends]
    if any(s is None for s in signs):
        return None
    for n, place in enumerate(ends):
        closed = (
            place in inner
            or (place == window.low and not window.low_open)
            or (place == window.high and not window.high_open)
        )
        if signs[n] == 0 and closed and abs(place) != sp.oo:
            roots.append(place)
        if n and signs[n - 1] * signs[n] < 0:  # type: ignore[operator]
            root = _locate(value, x, ends[n - 1], place)
            if root is None:
                return None
            roots.append(root)
    return Profile(tuple(ordered(roots)), tuple(inner))


def _end_sign(value: sp.Expr, x: sp.Symbol, place: sp.Expr, window: Piece) -> int | None:
    """The sign of the function at a place, or near an end where it is not defined."""
    open_end = (place == window.low and window.low_open) or (
        place == window.high and window.high_open
    )
    if not open_end:
        return sign_of(value.subs(x, place))
    side = "-" if place == window.high else "+"
    near = sp.limit(_with_exp(value), x, place, side)
    if near in (sp.oo, -sp.oo):
        return _confirmed(value, x, place, 1 if near == sp.oo else -1, window)
    sign = sign_of(near) if near.is_number else None
    return _confirmed(value, x, place, sign, window) if sign else sign


def _with_exp(value: sp.Expr) -> sp.Expr:
    """Powers of numbers as exp: SymPy's limits of ``2**x`` at −∞ are wrong."""
    return value.replace(
        lambda n: n.is_Pow and n.base.is_number and not n.exp.is_number,
        lambda n: sp.exp(n.exp * sp.log(n.base)),
    )


def _confirmed(
    value: sp.Expr, x: sp.Symbol, place: sp.Expr, sign: int, window: Piece
) -> int | None:
    """A limit is believed where numbers near the place agree with it."""
    if place == sp.oo:
        points = [sp.Integer(30), sp.Integer(50)]
    elif place == -sp.oo:
        points = [sp.Integer(-30), sp.Integer(-50)]
    else:
        side = 1 if place == window.low else -1
        points = [place + side * sp.Rational(1, 10**n) for n in (12, 20)]
    signs = {sign_of(value.subs(x, p)) for p in points}
    return sign if signs == {sign} else None


def _locate(value: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> sp.Expr | None:
    """The one zero between two places where the signs differ: exact if simple, else decimals."""
    a = low.evalf(30) if low != -sp.oo else _reach(value, x, high, -1)
    b = high.evalf(30) if high != sp.oo else _reach(value, x, low, 1)
    if a is None or b is None:
        return None
    f = sp.lambdify(x, value, modules="mpmath")
    import mpmath

    with mpmath.workdps(40):
        left, right = mpmath.mpf(str(a)), mpmath.mpf(str(b))
        if low != -sp.oo:
            left += mpmath.mpf(10) ** -25
        if high != sp.oo:
            right -= mpmath.mpf(10) ** -25
        start = mpmath.sign(f(left))
        if start == mpmath.sign(f(right)):
            return None
        for _ in range(110):
            middle = (left + right) / 2
            if mpmath.sign(f(middle)) == start:
                left = middle
            else:
                right = middle
        number = (left + right) / 2
        near = _simple(number, value, x)
        return near if near is not None else sp.Float(str(mpmath.nstr(number, 25)), DIGITS)


def _reach(value: sp.Expr, x: sp.Symbol, start: sp.Expr, side: int) -> sp.Expr | None:
    """A number on the far side of the zero, where an interval has no end."""
    base = sp.Integer(0) if abs(start) == sp.oo else sp.floor(start)
    far_sign = sign_of(value.subs(x, base + side * 64))
    for n in range(8):
        place = base + side * 2**n
        if sign_of(value.subs(x, place)) == far_sign:
            return sp.Float(place, 30)
    return None


def _simple(number: object, value: sp.Expr, x: sp.Symbol) -> sp.Expr | None:
    """An exact zero nearby: a small fraction, or one of e, π and their fractions."""
    close = sp.Float(str(number), 30)
    for unit in (sp.Integer(1), sp.pi, sp.E, 1 / sp.E):
        for den in (1, 2, 3, 4, 5, 6):
            near = sp.Integer(round(close * den / unit.evalf(30)))
            guess = sp.Rational(near, den) * unit
            if (
                abs((guess - close).evalf(30)) < sp.Float("1e-20")
                and sign_of(value.subs(x, guess)) == 0
            ):
                return guess
    return None
