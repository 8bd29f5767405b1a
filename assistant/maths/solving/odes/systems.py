"""Two linear equations of the first order with constant coefficients: one function is put in.

From ``x' = a x + b y + f`` one has ``y = (x' - a x - f)/b``; put into the other equation that
is one equation of the second order for x.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.tasks.ode_systems import System, read_system
from assistant.maths.solving.common import Draft
from assistant.maths.solving.odes import methods
from assistant.maths.solving.odes.model import CONSTANTS_NOTE
from assistant.maths.types import Link, Request, Rule, Step, Task, Text

SOLVED_FOR = Rule(
    "ode_system.solved_for", "Express one function by the other", "用一个函数表示另一个"
)
ONE_EQUATION = Rule("ode_system.one_equation", "One equation for one function", "消元得一个方程")
FIRST = Rule("ode_system.first", "Solve it", "解此方程")
OTHER = Rule("ode_system.other", "The other function", "求另一个函数")
CONSTANTS = Rule("ode_system.constants", "Use the initial values", "代入初始条件")


@dataclass(frozen=True, slots=True)
class Pair:
    """``p' = a p + b q + f`` and ``q' = c p + d q + g``."""

    system: System
    p: str
    q: str
    rows: tuple[tuple[sp.Expr, sp.Expr, sp.Expr], tuple[sp.Expr, sp.Expr, sp.Expr]]

    @property
    def x(self) -> sp.Symbol:
        """The variable."""
        return sp.Symbol(self.system.by, real=True)

    def slope(self, name: str, order: int = 1) -> t.Expr:
        """``p'`` or ``p''``."""
        x = t.Symbol(self.system.by)
        return t.Call("diff", (self.system.function(name), x, t.integer(order)))


def linear_system(request: Request) -> Draft | None:
    """``x' = 2x + y, y' = x + 2y``, with initial values or without."""
    system = read_system(request)
    if system is None or len(system.names) != 2:
        return None
    try:
        pair = _pair(system)
        if pair is None:
            return None
        return _by_elimination(pair) if pair.rows[0][1] != 0 else _one_after_other(pair)
    except (NotConvertible, ValueError, TypeError, NotImplementedError):
        return None


def _pair(system: System) -> Pair | None:
    """The coefficients; the first function is one whose equation has the other in it."""
    rows = coefficients(system)
    if rows is None:
        return None
    ((a, b), f), ((c, d), g) = rows
    if b == 0 and c != 0:
        return Pair(system, system.names[1], system.names[0], ((d, c, g), (b, a, f)))
    return Pair(system, system.names[0], system.names[1], ((a, b, f), (c, d, g)))


def coefficients(system: System) -> list[tuple[list[sp.Expr], sp.Expr]] | None:
    """For each function the factors of all of them in its derivative, and the rest; ``None``
    where the factors are not constant."""
    x = sp.Symbol(system.by, real=True)
    values = [sp.Function(n)(x) for n in system.names]
    slopes = [sp.Derivative(f, x) for f in values]
    letters = [sp.Dummy() for _ in values]
    marks = [sp.Dummy() for _ in values]
    plain = [
        r.subs(dict(zip(slopes, marks, strict=True))).subs(dict(zip(values, letters, strict=True)))
        for r in system.residuals()
    ]
    if any(v.has(sp.Derivative, sp.core.function.AppliedUndef) for v in plain):
        return None
    found = sp.solve(plain, marks, dict=True)
    if len(found) != 1 or {*found[0]} != {*marks}:
        return None
    rows = []
    for mark in marks:
        value = sp.expand(found[0][mark])
        rates = [sp.diff(value, letter) for letter in letters]
        rest = sp.expand(value - sum(r * u for r, u in zip(rates, letters, strict=True)))
        if any(r.has(x, *letters) for r in rates) or rest.has(*letters):
            return None
        rows.append((rates, rest))
    return rows


def _by_elimination(pair: Pair) -> Draft | None:
    (a, b, f), (c, d, g) = pair.rows
    names = (pair.slope(pair.p), pair.system.function(pair.p))
    whole = _sum([(1 / b, names[0]), (-a / b, names[1])], -f / b)
    equation = t.equation(
        _sum([(sp.Integer(1), pair.slope(pair.p, 2)), (-(a + d), names[0]),
              (a * d - b * c, names[1])], sp.Integer(0)),
        from_sympy(sp.expand(sp.diff(f, pair.x) - d * f + b * g)),
    )  # fmt: skip
    first = _solved(pair, pair.p, equation, methods.constant_coefficients)
    if first is None:
        return None
    value, inner = first
    put = _put(whole, pair, value)
    other = tidy(to_sympy(put, real=True).doit())
    both = t.Junction(t.Connective.AND, pair.system.equations)
    express = Text("{0} from the equation of {1}.", "由 {1} 的方程得 {0}。", (pair.q, pair.p))
    second = t.equation(pair.system.function(pair.q), whole)
    steps = (
        Step(rule=SOLVED_FOR, why=express, before=both, after=second, link=Link.FORMULA),
        Step(rule=ONE_EQUATION, why=PUT_IN, before=second, after=equation, link=Link.FORMULA),
        inner,
        Step(rule=OTHER, why=PUT_BACK, before=put, after=other, link=Link.EQUAL),
    )
    return drafted(pair.system, {pair.p: value, pair.q: other}, steps, "elimination")


PUT_IN = Text("Put it into the other equation.", "代入另一个方程。")
PUT_BACK = Text("Put the function found into the expression.", "将所求函数代入表达式。")
SOLVE_IT = Text("Solve this equation for {0}.", "解关于 {0} 的方程。")


def _one_after_other(pair: Pair) -> Draft | None:
    """Neither, or only the second, has the other function in it."""
    (a, _, f), (c, d, g) = pair.rows
    first = _solved(pair, pair.p, _first_order(pair, pair.p, a, f), methods.linear)
    if first is None:
        return None
    value, inner = first
    value = _renamed(value, pair, "C_1")
    rest = sp.expand(c * to_sympy(value, real=True) + g)
    second = _solved(pair, pair.q, _first_order(pair, pair.q, d, rest), methods.linear)
    if second is None:
        return None
    other = _renamed(second[0], pair, "C_2", but="C_1")
    return drafted(pair.system, {pair.p: value, pair.q: other}, (inner, second[1]), "elimination")


def _first_order(pair: Pair, name: str, rate: sp.Expr, rest: sp.Expr) -> t.Relation:
    left = _sum(
        [(sp.Integer(1), pair.slope(name)), (-rate, pair.system.function(name))], sp.Integer(0)
    )
    return t.equation(left, from_sympy(rest))


def _solved(pair: Pair, name: str, equation: t.Relation, method) -> tuple[t.Expr, Step] | None:  # type: ignore[no-untyped-def]
    """The function that solves one equation, and the step that says so."""
    by = pair.system.by
    draft = method(Request(task=Task.DSOLVE, operands=(equation,), variables=(name, by)))
    match draft:
        case Draft(answer=t.Relation(t.Comparison.EQ, left, value) as answer) if (
            left == pair.system.function(name)
        ):
            why = Text(SOLVE_IT.en, SOLVE_IT.zh, (name,))
            step = Step(rule=FIRST, why=why, before=equation, after=answer,
                        link=Link.SATISFIES, variable=by, substeps=draft.steps)  # fmt: skip
            return value, step
    return None


def _renamed(value: t.Expr, pair: Pair, new: str, but: str = "") -> t.Expr:
    """The one constant under its number."""
    known = {pair.system.by, but, *(n for e in pair.system.equations for n in t.symbols(e))}
    own = [n for n in t.symbols(value) if n not in known]
    if len(own) != 1:
        raise ValueError("constants")
    return t.substitute(value, own[0], t.Symbol(new))


def _sum(parts: list[tuple[sp.Expr, t.Expr]], rest: sp.Expr) -> t.Expr:
    """``2 x' - x + 3`` from coefficients and formulas."""
    terms: list[t.Expr] = []
    for factor, formula in parts:
        if factor == 0:
            continue
        size = from_sympy(abs(factor) if factor.is_number else factor)
        term = formula if size == t.integer(1) else t.mul(size, formula)
        terms.append(t.Neg(term) if factor.is_number and factor < 0 else term)
    if rest != 0:
        terms.append(from_sympy(rest))
    return t.add(*terms)


def tidy(value: sp.Expr) -> t.Expr:
    """As a sum of exponentials."""
    return from_sympy(sp.powsimp(sp.expand(value)))


def _put(formula: t.Expr, pair: Pair, value: t.Expr) -> t.Expr:
    """The formula with a function in place of its name."""
    function = pair.system.function(pair.p)
    return t.transform(formula, lambda node: value if node == function else node)


def drafted(
    system: System, found: dict[str, t.Expr], steps: tuple[Step, ...], method: str
) -> Draft | None:
    """The answer with all steps, and with the initial values, where they can hold."""
    if system.conditions:
        fixed = _with_values(system, found)
        if fixed is None:
            return None
        found, last = fixed
        steps = (*steps, last)
    relations = tuple(t.equation(system.function(n), found[n]) for n in system.names)
    return Draft(
        answer=t.Collection(t.Bracket.TUPLE, relations),
        steps=steps,
        method=method,
        variables=(*system.names, system.by),
        conditions=() if system.conditions else (CONSTANTS_NOTE,),
    )


def _with_values(system: System, found: dict[str, t.Expr]) -> tuple[dict[str, t.Expr], Step] | None:
    """The constants for which the initial values hold."""
    by = sp.Symbol(system.by, real=True)
    known = {system.by, *(n for e in system.equations for n in t.symbols(e))}
    names = sorted({n for value in found.values() for n in t.symbols(value)} - known)
    demands = []
    for condition in system.conditions:
        match condition.left:
            case t.Call(name, (point,)) if name in found:
                place = to_sympy(point, real=True)
                here = to_sympy(found[name], real=True).subs(by, place)
                demands.append(t.equation(from_sympy(sp.simplify(here)), condition.right))
            case _:
                return None
    letters = [sp.Symbol(n, real=True) for n in names]
    gaps = [to_sympy(t.sub(d.left, d.right), real=True) for d in demands]
    solved = sp.solve(gaps, letters, dict=True)
    if len(solved) != 1 or {*solved[0]} != {*letters}:
        return None
    told = tuple(
        t.equation(t.Symbol(s.name), from_sympy(sp.simplify(v))) for s, v in solved[0].items()
    )
    step = Step(
        rule=CONSTANTS,
        why=Text("The initial values determine the constants.", "由初始条件确定常数。"),
        before=t.Junction(t.Connective.AND, tuple(demands)),
        after=t.Junction(t.Connective.AND, told),
        link=Link.EQUIVALENT,
        variable=",".join(names),
    )
    values = {n: to_sympy(v, real=True).subs(solved[0]) for n, v in found.items()}
    return {n: tidy(v) for n, v in values.items()}, step
