"""Systems that are not linear: substitution, cases of absolute values, resultants.

Every candidate is put into all the equations; the ways in which candidates are made lose
none (a resultant vanishes at every common zero).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.equations.core import find
from assistant.maths.solving.equations.domains import conditions
from assistant.maths.solving.equations.found import real_symbol, written, zero_form
from assistant.maths.solving.equations.linear import compare_numbers
from assistant.maths.solving.equations.solution_sets import (
    EMPTY,
    compare,
    ordered,
    sign_of,
    value_tree,
)
from assistant.maths.solving.equations.unknowns import statements, system_unknowns
from assistant.maths.types import Link, Request, Rule, Step, Text

EXPRESS = Rule("system.express_other", "Express one unknown by the other", "用一个未知数表示另一个")
INSERT = Rule("system.substitute", "Substitute", "代入消元")
SOLVE_ONE = Rule("system.solve_one", "Solve for one unknown", "求一个未知数")
RESULTANT = Rule("system.resultant", "Eliminate an unknown", "消元（结式）")
CASES = Rule("system.absolute_cases", "Cases for the absolute values", "按绝对值分情况")
CHECK = Rule("system.check", "Check the pairs", "检验")
FACTOR = Rule("system.factor", "Factor one equation", "因式分解其中一个方程")

Pair = tuple[sp.Expr, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Tuples that contain every solution, and how they were found."""

    values: tuple[Pair, ...]
    steps: tuple[Step, ...]
    method: str


def nonlinear_system(request: Request) -> Draft | None:
    """``x^2 + y^2 = 25; x + y = 7``, ``|x| + y = 3; x + |y| = 1``."""
    given = statements(request)
    equations = tuple(g for g in given if isinstance(g, t.Relation) and g.op is t.Comparison.EQ)
    names, asked = system_unknowns(request)
    if len(equations) != len(given) or len(given) < 2 or names != asked:
        return None
    if set(names) != {n for g in given for n in t.symbols(g)} or len(names) < 2:
        return None
    try:
        found = _candidates(equations, names)
        if found is None:
            return None
        kept = [v for v in found.values if _holds(equations, names, v)]
    except (ArithmeticError, NotConvertible):
        return None
    return _draft(equations, names, found, kept)


def _candidates(equations: Sequence[t.Relation], names: tuple[str, ...]) -> Candidates | None:
    ways = (_absolute, _substitution) if len(names) == 2 else (_substitution,)
    for way in ways:
        found = way(equations, names)
        if found is not None:
            return found
    return _resultant(equations, names) if len(names) == len(equations) == 2 else None


def _holds(equations: Sequence[t.Relation], names: tuple[str, ...], values: Pair) -> bool:
    """Whether a tuple satisfies every equation, where it is defined.

    Raises ``ArithmeticError`` where that cannot be decided.
    """
    places = dict(zip(map(real_symbol, names), values, strict=True))
    for equation in equations:
        for name in names:
            for wanted in conditions(equation, name):
                sign = sign_of(zero_form(wanted).subs(places))
                if sign is None:
                    raise ArithmeticError
                if not compare_numbers(wanted.op, sp.Integer(sign)):
                    return False
        sign = sign_of(zero_form(equation).subs(places))
        if sign is None:
            raise ArithmeticError
        if sign != 0:
            return False
    return True


def _draft(
    equations: Sequence[t.Relation], names: tuple[str, ...], found: Candidates, kept: list[Pair]
) -> Draft:
    kept = _sorted(kept)
    items = tuple(t.Collection(t.Bracket.TUPLE, tuple(map(value_tree, v))) for v in kept)
    answer: t.Expr = t.Collection(t.Bracket.SET, items) if items else EMPTY
    lost = [v for v in found.values if v not in kept]
    why = Text("Every pair satisfies all the equations.", "经检验，各组值都满足方程组。")
    if lost:
        why = Text(
            "Not every candidate satisfies all the equations; {0} does not.",
            "并非每组值都满足方程组，舍去 {0}。",
            (t.Collection(t.Bracket.TUPLE, tuple(map(value_tree, lost[0]))),),
        )
    before = t.Junction(t.Connective.AND, tuple(equations))
    last = Step(
        rule=CHECK,
        why=why,
        before=before,
        after=_statement(names, kept),
        link=Link.EQUIVALENT,
        variable=", ".join(names),
    )
    return Draft(
        answer=answer,
        steps=(*found.steps, last),
        method=found.method,
        variables=names,
    )


def _sorted(values: Sequence[Pair]) -> list[Pair]:
    from functools import cmp_to_key

    def order(left: Pair, right: Pair) -> int:
        return next((c for a, b in zip(left, right, strict=True) if (c := compare(a, b))), 0)

    result: list[Pair] = []
    for value in sorted(set(values), key=cmp_to_key(order)):
        if not result or order(result[-1], value):
            result.append(value)
    return result


def _statement(names: tuple[str, ...], values: Sequence[Pair]) -> t.Expr:
    lines = [
        t.Junction(
            t.Connective.AND,
            tuple(t.equation(t.Symbol(n), value_tree(v)) for n, v in zip(names, one, strict=True)),
        )
        for one in values
    ]
    if not lines:
        return t.Truth(value=False)
    return lines[0] if len(lines) == 1 else t.Junction(t.Connective.OR, tuple(lines))


def _solvable(equation: t.Relation, names: tuple[str, ...]) -> Iterator[tuple[str, sp.Expr]]:
    """Unknowns that occur once and linearly, with the value that the equation gives them."""
    value = sp.expand(zero_form(equation))
    for name in reversed(names):
        x = real_symbol(name)
        if not value.has(x) or not value.is_polynomial(x) or sp.degree(value, x) != 1:
            continue
        a = value.coeff(x, 1)
        if a.is_number:
            yield name, sp.expand(-value.coeff(x, 0) / a)


def _substitution(equations: Sequence[t.Relation], names: tuple[str, ...]) -> Candidates | None:
    """One unknown by the others from one equation, put into the rest."""
    if len(names) == 1:
        return None
    for at, equation in enumerate(equations):
        if any(equation.left == t.Symbol(n) for n in names) or not _has_parts(equation):
            for name, value in _solvable(equation, names):
                found = _inserted(equations, names, at, (name, value))
                if found is not None:
                    return found
    return None


def _has_parts(equation: t.Relation) -> bool:
    """Whether something in it limits the unknowns, so that expressing one could lose that."""
    return any(
        isinstance(n, t.Call) and n.name not in ("sin", "cos", "abs", "exp")
        for n in t.walk(equation)
    )


def _inserted(
    equations: Sequence[t.Relation], names: tuple[str, ...], at: int, known: tuple[str, sp.Expr]
) -> Candidates | None:
    name, value = known
    rest_names = tuple(n for n in names if n != name)
    tree = written(value)
    others = [e for n, e in enumerate(equations) if n != at]
    inserted = [t.substitute(e, name, tree) for e in others]
    chosen = t.equation(t.Symbol(name), tree)
    before = t.Junction(t.Connective.AND, tuple(equations))
    middle = t.Junction(t.Connective.AND, (chosen, *others))
    after = t.Junction(t.Connective.AND, (chosen, *inserted))
    trail = Trail(before, Link.EQUIVALENT, ", ".join(names))
    why = Text("Solve {0} for {1}.", "由 {0} 解出 {1}。", (equations[at], t.Symbol(name)))
    trail.to(middle, EXPRESS, why)
    trail.to(after, INSERT, Text("Put {0} into the rest.", "把 {0} 代入其余方程。", (chosen,)))
    relations = [e for e in inserted if isinstance(e, t.Relation)]
    solved = _rest(relations, rest_names)
    if solved is None:
        return None
    places = [dict(zip(map(real_symbol, rest_names), v, strict=True)) for v in solved.values]
    values = tuple(
        tuple(
            sp.radsimp(sp.expand(value.subs(p))) if n == name else p[real_symbol(n)] for n in names
        )
        for p in places
    )
    return Candidates(values, (*trail.steps, *solved.steps), "substitution")


def _rest(relations: Sequence[t.Relation], names: tuple[str, ...]) -> Candidates | None:
    """What remains after one unknown is gone."""
    if len(names) > 1:
        return _candidates(relations, names)
    first = next((r for r in relations if t.symbols(r)), None)
    if first is None:
        return None
    found = find(first, names[0])
    if found is None or not found.finite:
        return None
    return Candidates(tuple((r,) for r in found.roots), found.steps, "substitution")


def _absolute(equations: Sequence[t.Relation], names: tuple[str, ...]) -> Candidates | None:
    """Every choice of signs for the absolute values gives a system without them."""
    values = [zero_form(e) for e in equations]
    bars = sorted({b for v in values for b in v.atoms(sp.Abs)}, key=str)
    if not bars or len(bars) > 5:
        return None
    found: list[Pair] = []
    steps: list[Step] = []
    for signs in product((1, -1), repeat=len(bars)):
        changes = {b: b.args[0] * s for b, s in zip(bars, signs, strict=True)}
        plain = [t.equation(written(sp.expand(v.xreplace(changes))), t.integer(0)) for v in values]
        inner = _linear_pair(plain, names) or _candidates_of_case(plain, names)
        if inner is None:
            return None
        found += inner
        steps.append(_case_step(plain, names, (bars, signs), inner))
    why = Text(
        "Each absolute value is its inside or the opposite; solve every case.",
        "每个绝对值等于其内部或相反数，逐一讨论。",
    )
    before = t.Junction(t.Connective.AND, tuple(equations))
    after = _statement(names, _sorted(found))
    one = Step(
        rule=CASES,
        why=why,
        before=before,
        after=after,
        link=Link.IMPLIES,
        variable=", ".join(names),
        substeps=tuple(steps),
    )
    return Candidates(tuple(_sorted(found)), (one,), "cases")


def _case_step(
    plain: Sequence[t.Expr],
    names: tuple[str, ...],
    case: tuple[Sequence[sp.Expr], Sequence[int]],
    values: Sequence[Pair],
) -> Step:
    bars, signs = case
    parts = tuple(
        t.Relation(t.Comparison.GE if s > 0 else t.Comparison.LE, written(b.args[0]), t.integer(0))
        for b, s in zip(bars, signs, strict=True)
    )
    why = Text("The case {0}.", "情形 {0}。", (t.Junction(t.Connective.AND, parts),))
    before = t.Junction(t.Connective.AND, tuple(plain))
    return Step(
        rule=SOLVE_ONE,
        why=why,
        before=before,
        after=_statement(names, values),
        link=Link.EQUIVALENT,
        variable=", ".join(names),
    )


def _linear_pair(equations: Sequence[t.Relation], names: tuple[str, ...]) -> list[Pair] | None:
    """A linear system with exactly one solution, or with none."""
    unknowns = [real_symbol(n) for n in names]
    rows = []
    for equation in equations:
        value = sp.expand(zero_form(equation))
        if not value.is_polynomial(*unknowns) or sp.total_degree(value, *unknowns) > 1:
            return None
        rows.append(
            [*(value.coeff(u, 1) for u in unknowns), -value.subs(dict.fromkeys(unknowns, 0))]
        )
    matrix = sp.Matrix([r[:-1] for r in rows])
    whole = sp.Matrix(rows)
    if matrix.rank() < whole.rank():
        return []
    if matrix.rank() < len(names):
        return None
    solved = next(iter(sp.linsolve(whole, *unknowns)))
    return [tuple(solved)]


def _candidates_of_case(
    equations: Sequence[t.Relation], names: tuple[str, ...]
) -> list[Pair] | None:
    found = _substitution(equations, names) or _resultant(equations, names)
    if found is None:
        return None
    return [v for v in found.values if _holds(equations, names, v)]


def _resultant(equations: Sequence[t.Relation], names: tuple[str, ...]) -> Candidates | None:
    """Two polynomial equations: a polynomial in one unknown that vanishes at every solution."""
    x, y = map(real_symbol, names)
    polys = []
    for equation in equations:
        value = sp.fraction(sp.together(zero_form(equation)))[0]
        value = sp.expand(value)
        if not value.is_polynomial(x, y) or not all(
            c.is_Rational for c in sp.Poly(value, x, y).coeffs()
        ):
            return None
        polys.append(sp.Poly(value, x, y))
    sides = [_roots_of_resultant(polys, gone) for gone in (y, x)]
    first, second = sides
    if first is None or second is None:
        return None
    (res_x, roots_x), (_, roots_y) = first, second
    if len(roots_x) * len(roots_y) > 64:
        return None
    values = tuple(
        (a, b)
        for a in roots_x
        for b in roots_y
        if all(_near_zero(p.as_expr().subs({x: a, y: b})) for p in polys)
    )
    equation = t.equation(written(res_x), t.integer(0))
    before = t.Junction(t.Connective.AND, tuple(equations))
    why = Text(
        "Eliminating {0} leaves an equation in {1} that every solution satisfies.",
        "消去 {0}，得到只含 {1} 的方程，每个解都满足它。",
        (t.Symbol(names[1]), t.Symbol(names[0])),
    )
    step = Step(
        rule=RESULTANT,
        why=why,
        before=before,
        after=equation,
        link=Link.IMPLIES,
        variable=", ".join(names),
    )
    return Candidates(values, (step,), "elimination")


def _near_zero(value: sp.Expr) -> bool:
    return bool(abs(value.evalf(30)) < sp.Float("1e-15"))


def _roots_of_resultant(
    polys: Sequence[sp.Poly], gone: sp.Symbol
) -> tuple[sp.Expr, list[sp.Expr]] | None:
    """The polynomial without one unknown, square-free, and its real roots."""
    left, right = (p.as_expr() for p in polys)
    if not left.has(gone) or not right.has(gone):
        kept = next((e for e in (left, right) if not e.has(gone)), None)
        value = kept
    else:
        value = sp.resultant(left, right, gone)
    if value is None or value == 0 or value.is_number:
        return (value, []) if value is not None and value != 0 else None
    kept_name = next(iter(value.free_symbols)).name
    free = sp.prod(f for f, _ in sp.factor_list(value)[1])
    free = sp.expand(free)
    found = find(t.equation(written(free), t.integer(0)), kept_name)
    if found is None or not found.finite:
        return None
    return free, ordered(found.roots)
