"""Ellipses, hyperbolas and parabolas with axes along x and y: centre, foci, vertices, directrix."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.types import Link, Request, Rule, Step, Text

STANDARD = Rule("conic.standard", "Bring it to the standard form", "化为标准方程")
AXES = Rule("conic.axes", "Read off the numbers", "读出各参数")
READ = Rule("conic.read", "Read off what is asked", "得出所求")
X, Y = sp.Symbol("x", real=True), sp.Symbol("y", real=True)
ONE, TWO = t.integer(1), t.integer(2)


@dataclass(frozen=True, slots=True)
class Central:
    """``(x - h)²/across + (y - k)²/along = 1``; one of them is negative for a hyperbola."""

    h: sp.Expr
    k: sp.Expr
    across: sp.Expr
    along: sp.Expr

    @property
    def kind(self) -> str:
        """Its name."""
        if self.across == self.along:
            return "circle"
        return "ellipse" if min(self.across, self.along) > 0 else "hyperbola"

    @property
    def lying(self) -> bool:
        """Whether the foci lie beside one another."""
        return bool(self.across > self.along)

    def beside(self, distance: sp.Expr, *, main: bool = True) -> list[sp.Expr]:
        """Two points so far from the centre, on the main axis or on the other one."""
        if self.lying == main:
            return [(self.h - distance, self.k), (self.h + distance, self.k)]
        return [(self.h, self.k - distance), (self.h, self.k + distance)]


@dataclass(frozen=True, slots=True)
class Parabola:
    """``(y - k)² = 4p(x - h)`` where it is lying, else ``(x - h)² = 4p(y - k)``."""

    h: sp.Expr
    k: sp.Expr
    p: sp.Expr
    lying: bool
    kind: str = "parabola"


def conic_parts(request: Request) -> Draft | None:
    """What ``words`` names, of the curve of the equation; the second word is its kind, if said."""
    if request.topic != topics.CONIC or len(request.operands) != 1:
        return None
    (equation,), (wanted, kind) = request.operands, request.words
    if not isinstance(equation, t.Relation) or equation.op is not t.Comparison.EQ:
        return None
    try:
        curve = _curve(sp.expand(to_sympy(t.sub(equation.left, equation.right), real=True)))
    except (NotConvertible, sp.PolynomialError):
        return None
    if curve is None or kind not in ("", curve.kind):
        return None
    answer = _wanted(curve, wanted)
    if answer is None:
        return None
    trail = Trail(equation, Link.EQUIVALENT, "x, y")
    trail.to(
        _standard(curve),
        STANDARD,
        Text("Complete the squares, and divide.", "配方，并化为标准形式。"),
    )
    numbers = _numbers(curve)
    axes = Step(rule=AXES, why=Text("From the standard form.", "由标准方程得。"), before=trail.line,
                after=numbers, link=Link.FORMULA)  # fmt: skip
    read = Step(rule=READ, why=Text("Counted from the centre or vertex.", "由中心（顶点）量出。"),
                before=numbers, after=answer, link=Link.FORMULA)  # fmt: skip
    return Draft(answer=answer, steps=(*trail.steps, axes, read), method=curve.kind)


def _curve(whole: sp.Expr) -> Central | Parabola | None:
    poly = sp.Poly(whole, X, Y)
    if poly.total_degree() != 2 or poly.nth(1, 1) != 0 or not poly.domain.is_Numerical:
        return None
    a, c, d, e, f = (poly.nth(*n) for n in ((2, 0), (0, 2), (1, 0), (0, 1), (0, 0)))
    if a == 0 or c == 0:
        return _parabola((a, c), (d, e), f)
    h, k = -d / (2 * a), -e / (2 * c)
    rest = sp.expand(a * h**2 + c * k**2 - f)
    if rest == 0:
        return None
    across, along = sp.simplify(rest / a), sp.simplify(rest / c)
    if max(across, along) <= 0:
        return None
    return Central(h, k, across, along)


def _parabola(
    squares: tuple[sp.Expr, sp.Expr], linear: tuple[sp.Expr, sp.Expr], f: sp.Expr
) -> Parabola | None:
    (a, c), (d, e) = squares, linear
    if a != 0:
        if e == 0:
            return None
        h, p = -d / (2 * a), -e / (4 * a)
        return Parabola(h, sp.expand((a * h**2 - f) / e), p, lying=False)
    if d == 0:
        return None
    k, p = -e / (2 * c), -d / (4 * c)
    return Parabola(sp.expand((c * k**2 - f) / d), k, p, lying=True)


def _points(points: list[tuple[sp.Expr, sp.Expr]]) -> t.Expr:
    pairs = [t.Collection(t.Bracket.TUPLE, (from_sympy(a), from_sympy(b))) for a, b in points]
    return pairs[0] if len(pairs) == 1 else t.Collection(t.Bracket.LIST, tuple(pairs))


def _wanted(curve: Central | Parabola, wanted: str) -> t.Expr | None:
    if isinstance(curve, Parabola):
        focus = (curve.h + curve.p, curve.k) if curve.lying else (curve.h, curve.k + curve.p)
        letter, place = ("x", curve.h) if curve.lying else ("y", curve.k)
        found: dict[str, t.Expr] = {
            "foci": _points([focus]),
            "vertices": _points([(curve.h, curve.k)]),
            "directrix": t.equation(t.Symbol(letter), from_sympy(place - curve.p)),
        }
        return found.get(wanted)
    main, other = (curve.across, curve.along) if curve.lying else (curve.along, curve.across)
    match wanted, curve.kind:
        case "foci", "ellipse" | "hyperbola":
            return _points(curve.beside(sp.sqrt(main - other)))
        case "center", _:
            return _points([(curve.h, curve.k)])
        case ("vertices", "ellipse" | "hyperbola") | ("ends", "hyperbola"):
            return _points(curve.beside(sp.sqrt(main)))
        case "ends", "ellipse":
            ends = [*curve.beside(sp.sqrt(main)), *curve.beside(sp.sqrt(other), main=False)]
            return _points(ends)
        case "asymptotes", "hyperbola":
            slope = sp.sqrt(-curve.along / curve.across)
            lines = (sp.expand(s * (X - curve.h) + curve.k) for s in (-slope, slope))
            return t.Collection(
                t.Bracket.LIST, tuple(t.equation(t.Symbol("y"), from_sympy(v)) for v in lines)
            )
    return None


def _shifted(letter: str, place: sp.Expr) -> t.Expr:
    """``(x - h)²``."""
    moved = from_sympy(sp.Symbol(letter, real=True) - place)
    return t.Pow(moved, TWO)


def _standard(curve: Central | Parabola) -> t.Relation:
    x, y = _shifted("x", curve.h), _shifted("y", curve.k)
    if isinstance(curve, Parabola):
        square, other, place = (y, X, curve.h) if curve.lying else (x, Y, curve.k)
        return t.equation(square, from_sympy(sp.Mul(4 * curve.p, other - place, evaluate=False)))
    parts = []
    for square, size in ((x, curve.across), (y, curve.along)):
        over = square if abs(size) == 1 else t.Div(square, from_sympy(abs(size)))
        parts.append(t.Neg(over) if size < 0 else over)
    if curve.across < 0:
        parts.reverse()
    return t.equation(t.add(*parts), ONE)


def _numbers(curve: Central | Parabola) -> t.Expr:
    if isinstance(curve, Parabola):
        return t.equation(t.Symbol("p"), from_sympy(2 * abs(curve.p)))
    main, other = sorted((curve.across, curve.along), reverse=True)
    named = {"a": main, "b": abs(other), "c": main - other}
    return t.Junction(t.Connective.AND, tuple(
        t.equation(t.Pow(t.Symbol(n), TWO), from_sympy(v)) for n, v in named.items()))  # fmt: skip
