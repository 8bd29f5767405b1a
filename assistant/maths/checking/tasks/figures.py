"""Figures measured without their formulas: by coordinates, and by integrals along an axis.

Areas of polygons come from the corners (Gauss's trapezoid formula), circles and solids of
revolution from the integrals of their profile (``π∫ρ²``, ``2π∫ρ√(1+ρ'²)``).  What is given
must then fix the free dimensions, and the answer must be the measure of that figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy as sp

from assistant.maths.cas.convert import to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Proved, Refuted, Request, Undecided, Verdict

A, B, C, R = (sp.Dummy(n, positive=True) for n in "abcr")
X = sp.Dummy("x", real=True)
Measures = dict[str, Any]


def check_measure_of(request: Request, draft: Draft) -> Verdict:
    """The answer against the measured figure."""
    wanted, figure, *names = request.words
    measure = FIGURES.get(figure)
    if measure is None or draft.answer is None:
        return Undecided(Doubt.NO_METHOD)
    size = to_sympy(draft.answer, real=True)
    if figure == "polygon":
        return _polygon(request, size)
    found = measure()
    given = {n: to_sympy(o, real=True) for n, o in zip(names, request.operands, strict=True)}
    if wanted not in found or not set(given) <= set(found):
        return Undecided(Doubt.NO_METHOD)
    equations = [found[n] - v for n, v in given.items()]
    free = sorted({s for e in (*equations, found[wanted]) for s in e.free_symbols}, key=str)
    values = sp.solve(equations, free, dict=True)
    values = [v for v in values if len(v) == len(free) and all(e.is_positive for e in v.values())]
    sizes = {sp.simplify(found[wanted].subs(v) - size) for v in values}
    if not sizes:
        return Undecided(Doubt.NO_METHOD)
    if sizes == {sp.S.Zero}:
        return Proved("the figure measured")
    if all(d.is_number and abs(sp.N(d)) > sp.Float("1e-9") for d in sizes):
        return Refuted("the figure", str(size), "measured otherwise")
    return Undecided(Doubt.NO_METHOD)


def _shoelace(points: Sequence[tuple[Any, Any]]) -> sp.Expr:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return sp.simplify(sum(a * d - b * c for (a, b), (c, d) in pairs) / 2)


def _around(points: Sequence[tuple[Any, Any]]) -> sp.Expr:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return sp.simplify(sum(_apart(p, q) for p, q in pairs))


def _apart(p: Sequence[Any], q: Sequence[Any]) -> sp.Expr:
    return sp.sqrt(sum((a - b) ** 2 for a, b in zip(p, q, strict=True)))


def _circle() -> Measures:
    area = 2 * sp.integrate(sp.sqrt(R**2 - X**2), (X, -R, R))
    speed = sp.sqrt(sp.simplify((R * sp.sin(X)) ** 2 + (R * sp.cos(X)) ** 2))
    return {"radius": R, "diameter": 2 * R, "area": sp.simplify(area),
            "circumference": sp.integrate(speed, (X, 0, 2 * sp.pi))}  # fmt: skip


def _sector() -> Measures:
    y = sp.Dummy("y", positive=True)
    arc = sp.integrate(R, (X, 0, A))
    area = sp.integrate(sp.integrate(y, (y, 0, R)), (X, 0, A))
    return {"radius": R, "diameter": 2 * R, "angle": A, "arc": arc, "area": area,
            "perimeter": arc + 2 * R}  # fmt: skip


def _quadrilateral(points: Sequence[tuple[Any, Any]]) -> Measures:
    return {"area": _shoelace(points), "perimeter": _around(points),
            "diagonal": sp.simplify(_apart(points[0], points[2]))}  # fmt: skip


def _rectangle() -> Measures:
    return {"length": A, "width": B, **_quadrilateral([(0, 0), (A, 0), (A, B), (0, B)])}


def _square() -> Measures:
    return {"side": A, **_quadrilateral([(0, 0), (A, 0), (A, A), (0, A)])}


def _triangle() -> Measures:
    return {"base": A, "height": B, "area": _shoelace([(0, 0), (A, 0), (C, B)])}


def _equilateral() -> Measures:
    top = sp.sqrt(A**2 - (A / 2) ** 2)
    points = [(0, 0), (A, 0), (A / 2, top)]
    return {"side": A, "height": top, "area": _shoelace(points), "perimeter": _around(points)}


def _parallelogram() -> Measures:
    return {"base": A, "height": B, "area": _shoelace([(0, 0), (A, 0), (A + C, B), (C, B)])}


def _rhombus() -> Measures:
    points = [(A / 2, 0), (0, B / 2), (-A / 2, 0), (0, -B / 2)]
    area, side = _shoelace(points), sp.simplify(_apart(points[0], points[1]))
    return {"diagonal1": A, "diagonal2": B, "area": area, "side": side, "height": area / side,
            "perimeter": _around(points)}  # fmt: skip


def _trapezium() -> Measures:
    points = [(0, 0), (A, 0), (C + B, R), (C, R)]
    middle = _apart((C / 2, R / 2), ((A + C + B) / 2, R / 2))
    return {"base1": A, "base2": B, "height": R, "area": _shoelace(points),
            "midline": sp.simplify(middle)}  # fmt: skip


def _ellipse() -> Measures:
    y = B * sp.sqrt(1 - (X / A) ** 2)
    return {"semi_major": A, "semi_minor": B, "area": sp.simplify(2 * sp.integrate(y, (X, -A, A)))}


def _cuboid() -> Measures:
    faces = [_shoelace([(0, 0), (p, 0), (p, q), (0, q)]) for p, q in ((A, B), (B, C), (A, C))]
    return {"length": A, "width": B, "height3": C, "base_area": faces[0],
            "volume": sp.integrate(faces[0], (X, 0, C)), "surface": 2 * sum(faces),
            "diagonal": _apart((0, 0, 0), (A, B, C))}  # fmt: skip


def _cube() -> Measures:
    found = {n: sp.simplify(v.subs({B: A, C: A})) for n, v in _cuboid().items()}
    return {"side": A, **{n: found[n] for n in ("volume", "surface", "diagonal")}}


def _prism() -> Measures:
    return {"base_area": A, "height": B, "volume": sp.integrate(A, (X, 0, B))}


def _pyramid() -> Measures:
    """Cross-sections shrink with the square of the distance from the apex."""
    return {"base_area": A, "height": B, "volume": sp.integrate(A * (X / B) ** 2, (X, 0, B))}


def _revolved(profile: sp.Expr, end: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    slope = sp.simplify(sp.sqrt(1 + sp.diff(profile, X) ** 2))
    volume = sp.pi * sp.integrate(sp.expand(profile**2), (X, 0, end))
    lateral = 2 * sp.pi * sp.integrate(sp.simplify(profile * slope), (X, 0, end))
    return sp.simplify(volume), sp.simplify(lateral)


def _round(profile: sp.Expr) -> Measures:
    disc = _circle()
    volume, lateral = _revolved(profile, B)
    return {"radius": R, "diameter": 2 * R, "height": B, "base_area": disc["area"],
            "base_circumference": disc["circumference"], "volume": volume,
            "lateral": lateral}  # fmt: skip


def _cylinder() -> Measures:
    found = _round(R)
    return {**found, "surface": found["lateral"] + 2 * found["base_area"]}


def _cone() -> Measures:
    found = _round(R * X / B)
    return {**found, "slant": _apart((0, 0), (R, B)),
            "surface": found["lateral"] + found["base_area"]}  # fmt: skip


def _sphere() -> Measures:
    profile = sp.sqrt(R**2 - X**2)
    volume = sp.pi * sp.integrate(profile**2, (X, -R, R))
    belt = sp.simplify(profile**2 * (1 + sp.diff(profile, X) ** 2))
    surface = 2 * sp.pi * sp.integrate(sp.sqrt(belt), (X, -R, R))
    return {"radius": R, "diameter": 2 * R, "volume": volume, "surface": surface}


def _polygon(request: Request, answer: sp.Expr) -> Verdict:
    """Going round a convex polygon turns by 360° in all."""
    wanted, _, *names = request.words
    given = dict(zip(names, (to_sympy(o, real=True) for o in request.operands), strict=True))
    known = {**given, wanted: answer * 180 / sp.pi if wanted in ANGLES else answer}
    counts = [n for n in range(3, 2000) if all(_in_polygon(n, q) == v for q, v in known.items())]
    if len(counts) == 1:
        return Proved("turning round the polygon")
    fits = [n for n in range(3, 2000) if all(_in_polygon(n, q) == v for q, v in given.items())]
    return Refuted("the polygon", str(answer), "") if fits else Undecided(Doubt.NO_METHOD)


ANGLES = ("angle_sum", "exterior", "interior")


def _in_polygon(n: int, quantity: str) -> sp.Expr:
    turn = sp.Rational(360, n)
    return {
        "sides": sp.Integer(n),
        "exterior": turn,
        "interior": 180 - turn,
        "angle_sum": n * (180 - turn),
        "diagonals": sp.binomial(n, 2) - n,
    }[quantity]


FIGURES: dict[str, Callable[[], Measures]] = {
    "circle": _circle, "sector": _sector, "rectangle": _rectangle, "square": _square,
    "triangle": _triangle, "equilateral": _equilateral, "parallelogram": _parallelogram,
    "rhombus": _rhombus, "trapezium": _trapezium, "ellipse": _ellipse, "cube": _cube,
    "cuboid": _cuboid, "prism": _prism, "pyramid": _pyramid, "cylinder": _cylinder,
    "cone": _cone, "sphere": _sphere, "polygon": dict,
}  # fmt: skip
