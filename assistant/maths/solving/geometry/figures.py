"""Lengths, areas and volumes of the figures of school, both ways through their formulas.

A figure is a list of laws between its quantities.  A law of which all but one quantity are
known gives that one; so the way from what is given to what is wanted is found law by law.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.problems.known import put_in
from assistant.maths.types import Link, Request, Rule, Step, Text

LAW = Rule("figure.law", "The formula", "公式")
PUT_IN = Rule("figure.put_in", "Put in what is known", "代入已知量")
WORK_OUT = Rule("figure.work_out", "Work it out", "计算")
SOLVE = Rule("figure.solve", "Solve for what is missing", "解出未知量")
LONGEST_WAY = 4

LETTERS: Final = {
    "area": "S", "perimeter": "C", "circumference": "C", "volume": "V", "surface": "S",
    "lateral": "L", "base_area": "B", "radius": "r", "diameter": "d", "height": "h", "side": "a",
    "length": "a", "width": "b", "base": "a", "base1": "a", "base2": "b", "diagonal": "d",
    "diagonal1": "d_1", "diagonal2": "d_2", "slant": "l", "arc": "l", "angle": "theta",
    "midline": "m", "sides": "n", "angle_sum": "S", "interior": "alpha", "exterior": "beta",
    "diagonals": "D", "height3": "c", "semi_major": "a", "semi_minor": "b", "base_circumference": "C",
}  # fmt: skip
"""The letters in which a teacher writes the quantities."""


@dataclass(frozen=True, slots=True)
class Law:
    """``value = of`` where ``of`` is built of the letters of other quantities."""

    value: str
    of: t.Expr
    names: tuple[str, ...]

    @property
    def quantities(self) -> tuple[str, ...]:
        """All quantities that it joins."""
        return (self.value, *self.names)


def _letter(name: str) -> t.Symbol:
    return t.Symbol(LETTERS[name])


def _law(value: str, formula: str, *names: str) -> Law:
    """A law from our own formula; the places ``{0}``… are quantities."""
    from assistant.maths.reading.formulas.formula import read_formula

    written = formula.format(*(f"({LETTERS[n]})" for n in names))
    return Law(value, read_formula(written), names)


CIRCLE = ("diameter", "2{0}", "radius"), ("circumference", "2pi*{0}", "radius"), ("area", "pi*{0}^2", "radius")  # fmt: skip
LAWS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "circle": CIRCLE,
    "sector": (("arc", "{0}*{1}", "angle", "radius"), ("area", "{0}*{1}^2/2", "angle", "radius"),
               ("area", "{0}*{1}/2", "arc", "radius"), ("perimeter", "2{0}+{1}", "radius", "arc"),
               ("diameter", "2{0}", "radius")),
    "rectangle": (("area", "{0}*{1}", "length", "width"), ("perimeter", "2({0}+{1})", "length", "width"),
                  ("diagonal", "sqrt({0}^2+{1}^2)", "length", "width")),
    "square": (("area", "{0}^2", "side"), ("perimeter", "4{0}", "side"), ("diagonal", "sqrt(2)*{0}", "side")),
    "triangle": (("area", "{0}*{1}/2", "base", "height"),),
    "equilateral": (("area", "sqrt(3)/4*{0}^2", "side"), ("perimeter", "3{0}", "side"),
                    ("height", "sqrt(3)/2*{0}", "side")),
    "parallelogram": (("area", "{0}*{1}", "base", "height"), ("perimeter", "2({0}+{1})", "length", "width")),
    "rhombus": (("area", "{0}*{1}/2", "diagonal1", "diagonal2"), ("perimeter", "4{0}", "side"),
                ("side", "sqrt({0}^2+{1}^2)/2", "diagonal1", "diagonal2"), ("area", "{0}*{1}", "side", "height")),
    "trapezium": (("area", "({0}+{1})*{2}/2", "base1", "base2", "height"), ("midline", "({0}+{1})/2", "base1", "base2"),
                  ("area", "{0}*{1}", "midline", "height")),
    "ellipse": (("area", "pi*{0}*{1}", "semi_major", "semi_minor"),),
    "cube": (("volume", "{0}^3", "side"), ("surface", "6{0}^2", "side"), ("diagonal", "sqrt(3)*{0}", "side")),
    "cuboid": (("volume", "{0}*{1}*{2}", "length", "width", "height3"),
               ("surface", "2({0}*{1}+{1}*{2}+{0}*{2})", "length", "width", "height3"),
               ("diagonal", "sqrt({0}^2+{1}^2+{2}^2)", "length", "width", "height3"),
               ("base_area", "{0}*{1}", "length", "width"), ("volume", "{0}*{1}", "base_area", "height3")),
    "prism": (("volume", "{0}*{1}", "base_area", "height"),),
    "pyramid": (("volume", "{0}*{1}/3", "base_area", "height"),),
    "cylinder": (("diameter", "2{0}", "radius"), ("base_circumference", "2pi*{0}", "radius"),
                 ("base_area", "pi*{0}^2", "radius"), ("volume", "pi*{0}^2*{1}", "radius", "height"),
                 ("volume", "{0}*{1}", "base_area", "height"), ("lateral", "2pi*{0}*{1}", "radius", "height"),
                 ("surface", "2pi*{0}*({0}+{1})", "radius", "height")),
    "cone": (("diameter", "2{0}", "radius"), ("base_circumference", "2pi*{0}", "radius"),
             ("base_area", "pi*{0}^2", "radius"), ("slant", "sqrt({0}^2+{1}^2)", "radius", "height"),
             ("volume", "pi*{0}^2*{1}/3", "radius", "height"), ("volume", "{0}*{1}/3", "base_area", "height"),
             ("lateral", "pi*{0}*{1}", "radius", "slant"), ("surface", "pi*{0}*({0}+{1})", "radius", "slant")),
    "sphere": (("diameter", "2{0}", "radius"), ("surface", "4pi*{0}^2", "radius"), ("volume", "4/3*pi*{0}^3", "radius")),
    "polygon": (("angle_sum", "({0}-2)*180", "sides"), ("exterior", "360/{0}", "sides"),
                ("interior", "{0}/{1}", "angle_sum", "sides"), ("interior", "180-{0}", "exterior"),
                ("diagonals", "{0}({0}-3)/2", "sides")),
}  # fmt: skip
"""Figure to laws: the quantity, its formula, the quantities in it.  The angles of a polygon
are counted in degrees."""


def measure_of(request: Request) -> Draft | None:
    """The wanted quantity, law by law."""
    if request.topic != topics.MEASURE_OF or len(request.words) != len(request.operands) + 2:
        return None
    wanted, figure, *names = request.words
    laws = [_law(*entry) for entry in LAWS.get(figure, ())]
    values = dict(zip(names, request.operands, strict=True))
    way = _way(laws, frozenset(values), wanted)
    if way is None or len(values) != len(names) or not all(map(_positive, values.values())):
        return None
    steps: list[Step] = []
    for law, missing in way:
        found = _use(law, missing, values, steps)
        if found is None:
            return None
        values[missing] = found
    answer = values[wanted]
    if wanted == "angle":
        answer = in_degrees(answer)
    if figure == "polygon" and wanted in ("angle_sum", "exterior", "interior"):
        answer = t.Call("degrees", (answer,))
    return Draft(answer=answer, steps=tuple(steps), method="formulas of the figure")


def _positive(value: t.Expr) -> bool:
    number = to_sympy(value, real=True)
    return bool(number.is_number and number.is_positive)


def in_degrees(angle: t.Expr) -> t.Expr:
    """An angle in degrees, where it is a rational number of them."""
    turn = sp.simplify(to_sympy(angle, real=True) * 180 / sp.pi)
    return t.Call("degrees", (from_sympy(turn),)) if turn.is_Rational else angle


def _way(laws: list[Law], known: frozenset[str], wanted: str) -> list[tuple[Law, str]] | None:
    """The fewest laws that lead from the known quantities to the wanted one."""
    queue = deque([(known, list[tuple[Law, str]]())])
    seen = {known}
    while queue:
        have, way = queue.popleft()
        if wanted in have:
            return way
        if len(way) == LONGEST_WAY:
            continue
        for law in laws:
            missing = [q for q in law.quantities if q not in have]
            more = have | set(missing)
            if len(missing) == 1 and more not in seen:
                seen.add(more)
                queue.append((more, [*way, (law, missing[0])]))
    return None


def _use(law: Law, missing: str, values: dict[str, t.Expr], steps: list[Step]) -> t.Expr | None:
    """The steps of one law; the value that it gives."""
    general = t.equation(_letter(law.value), law.of)
    why = Text("The formula for {0}.", "{0} 的公式。", (_letter(law.value),))
    steps.append(Step(rule=LAW, why=why, before=general.left, after=general, link=Link.FORMULA))
    known = {LETTERS[q]: values[q] for q in law.quantities if q in values}
    put = put_in(law.of, known)
    if missing == law.value:
        value = from_sympy(sp.simplify(to_sympy(put, real=True)))
        told = Text("Put in what is known and calculate.", "代入已知量并计算。")
        steps.append(Step(rule=WORK_OUT, why=told, before=put, after=value))
        return value
    filled = t.equation(values[law.value], put)
    told = Text("Put in what is known.", "代入已知量。")
    steps.append(Step(rule=PUT_IN, why=told, before=general, after=filled, link=Link.FORMULA))
    return _solved(filled, _letter(missing), steps)


def _solved(filled: t.Relation, letter: t.Symbol, steps: list[Step]) -> t.Expr | None:
    x = sp.Dummy("x", positive=True)
    name = sp.Symbol(letter.name, real=True)
    sides = [to_sympy(e, real=True).subs(name, x) for e in (filled.left, filled.right)]
    roots = [r for r in sp.solve(sides[0] - sides[1], x) if r.is_positive]
    if len(roots) != 1:
        return None
    value = from_sympy(sp.simplify(roots[0]))
    positive = t.Relation(t.Comparison.GT, letter, t.integer(0))
    why = Text("Solve for {0}, which is positive.", "解出 {0}（取正值）。", (letter,))
    steps.append(
        Step(rule=SOLVE, why=why, before=filled, after=t.equation(letter, value),
             link=Link.EQUIVALENT, variable=letter.name, given=(positive,))
    )  # fmt: skip
    return value
