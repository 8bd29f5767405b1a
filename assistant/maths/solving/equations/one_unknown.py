"""From the candidates of the finders to an answer: the domain, and a check of each candidate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible
from assistant.maths.solving.common import Draft
from assistant.maths.solving.equations.core import find
from assistant.maths.solving.equations.domains import conditions, domain_line, first_broken
from assistant.maths.solving.equations.found import (
    Found,
    answer_set,
    is_member,
    last_line,
    real,
    real_symbol,
    step,
    written,
)
from assistant.maths.solving.equations.polynomial_equations import (
    polynomial,
    polynomial_of,
    written_as_polynomial,
)
from assistant.maths.solving.equations.quadratic import NAMES, others
from assistant.maths.solving.equations.sign_chart import restrict
from assistant.maths.solving.equations.solution_sets import (
    LINE,
    K,
    Piece,
    decimal_tree,
    has_decimals,
    ordered,
    points,
    sign_of,
    value_tree,
)
from assistant.maths.solving.equations.unknowns import single_equation
from assistant.maths.types import Link, Request, Rule, Step, Text

DOMAIN = Rule("equation.domain", "Where the equation is defined", "求定义域")
CHECK = Rule("equation.check", "Check each candidate", "检验")
CANDIDATE = Rule("equation.check_candidate", "Put it into the equation", "代入检验")
EXTRANEOUS = Rule("equation.extraneous", "Extraneous root", "增根")
LIST = Rule("equation.list_in_interval", "List the solutions in the interval", "列出区间内的解")


MEMBERS, FEW = 6, 2
"""How many members of a family are tried each way, and how many of them may be left out."""


def real_equation(request: Request) -> Draft | None:
    """An equation in one real unknown without parameters."""
    single = single_equation(request)
    if single is None:
        return None
    equation, name = single
    if t.symbols(equation) != (name,):
        return None
    window = window_of(request.domain)
    if request.domain is not None and window is None:
        return None
    if t.Constant(t.ConstantName.I) in t.walk(equation) and not _linear(equation, name):
        return None
    try:
        draft = _solved(equation, name, window, request.method)
    except ArithmeticError:
        return None
    if window is not None and draft is not None and draft.answer is not None:
        # only real numbers are asked for, and a root with the unit in it may be none
        return None if t.Constant(t.ConstantName.I) in t.walk(draft.answer) else draft
    return draft


def _linear(equation: t.Relation, name: str) -> bool:
    try:
        poly = polynomial_of(equation, name)
    except NotConvertible:
        return False
    return poly is not None and poly.degree() == 1


def window_of(domain: t.Expr | None) -> Piece | None:
    """The interval to which the solutions are limited, if it is one."""
    match domain:
        case t.Interval(low, high, low_open, high_open):
            return Piece(real(low), real(high), low_open, high_open)
        case t.Constant(t.ConstantName.REALS):
            return Piece(-sp.oo, sp.oo)
    return None


def _solved(equation: t.Relation, name: str, window: Piece | None, method: str) -> Draft | None:
    found = None
    if method in NAMES:
        found = polynomial(equation, name, 0, method)
    found = found or find(equation, name)
    if found is None:
        return None
    wanted = conditions(equation, name)
    checked = _checked(equation, name, found, wanted)
    if checked is None:
        return None
    steps = (*_domain_steps(equation, name, wanted), *checked.steps)
    if window is not None and checked.families and sp.oo in (abs(window.low), abs(window.high)):
        from assistant.maths.solving.equations.half_lines import cut_off

        whole = _draft(equation, name, checked, steps)
        return whole if window == LINE else cut_off(whole, checked, (equation, name), window)
    if window is not None:
        listed = _in_window(equation, name, checked, window)
        if listed is None:
            return None
        checked = listed[0]
        steps = (*steps, *listed[1])
    return _draft(equation, name, checked, steps)


def _draft(equation: t.Relation, name: str, found: Found, steps: tuple[Step, ...]) -> Draft:
    notes = list(found.notes)
    if found.families:
        k = t.Symbol(K.name)
        notes.append(Text("{0} is any integer.", "{0} 为任意整数。", (k,)))
    if found.method in ("factoring", "formula", "completing the square", "square roots") and any(
        s.rule.id.startswith("quadratic.") for s in steps
    ):
        rational = bool(found.roots) and all(r.is_Rational for r in found.roots)
        notes.append(others(found.method, rational=rational))
    answer = answer_set(found)
    return Draft(
        answer=decimal_tree(answer) if has_decimals(equation) else answer,
        steps=steps,
        method=found.method,
        variables=(name,),
        conditions=found.conditions if _polynomial_without_roots(equation, name, found) else (),
        notes=tuple(notes),
        curves=(equation.left, equation.right),
    )


def _polynomial_without_roots(equation: t.Relation, name: str, found: Found) -> bool:
    """Where complex solutions are worth telling."""
    nothing = not (found.roots or found.families or found.pieces)
    return nothing and written_as_polynomial(equation, name)


def _domain_steps(
    equation: t.Relation, name: str, wanted: Sequence[t.Relation]
) -> tuple[Step, ...]:
    if not wanted:
        return ()
    line, why = domain_line(wanted, name)
    return (step(equation, line, DOMAIN, why, name=name, link=Link.IMPLIES),)


def _invented(steps: Sequence[Step]) -> bool:
    return any(s.link is Link.IMPLIES or _invented(s.substeps) for s in steps)


def _checked(
    equation: t.Relation, name: str, found: Found, wanted: Sequence[t.Relation]
) -> Found | None:
    """Candidates that are solutions, with the step that tells them from the others."""
    pieces = found.pieces
    if pieces and wanted:
        limited = restrict(pieces, wanted, name)
        if limited is None:
            return None
        pieces = tuple(limited)
    if any(r.is_Float for r in found.roots) or (not wanted and not _invented(found.steps)):
        return replace(found, pieces=pieces)  # decimals come with their own bracket
    kept: list[sp.Expr] = []
    lines: list[Step] = []
    for root in ordered(found.roots):
        truth, line = _candidate(equation, name, root, wanted)
        lines.append(line)
        if truth:
            kept.append(root)
    told = _families(equation, name, found.families, wanted)
    if told is None:
        return None
    families, without = told
    kept = [r for r in kept if not any(is_member(r, f) for f in families)]
    result = replace(
        found, roots=tuple(kept), families=families, pieces=pieces, without=tuple(without)
    )
    if not found.roots and families == found.families and pieces == found.pieces and not without:
        return result
    after, link = last_line(result, name)
    lost = [r for r in ordered((*found.roots, *without)) if not _is_kept(r, result)]
    one = step(equation, after, CHECK, _why_check(name, lost), name=name, link=link)
    return replace(result, steps=(*found.steps, replace(one, substeps=tuple(lines))))


def _is_kept(root: sp.Expr, found: Found) -> bool:
    if root in found.without:
        return False
    return root in found.roots or any(is_member(root, f) for f in found.families)


def _why_check(name: str, lost: Sequence[sp.Expr]) -> Text:
    if not lost:
        return Text("Every candidate satisfies the equation.", "经检验，所求的值都是原方程的解。")
    names = ", ".join(f"{{{n}}}" for n in range(len(lost)))
    return Text(
        f"Extraneous, because the original equation does not hold there: {names}.",
        f"增根（代入原方程不成立，舍去）：{names}。",
        tuple(t.equation(t.Symbol(name), value_tree(r)) for r in lost),
    )


def _candidate(
    equation: t.Relation, name: str, root: sp.Expr, wanted: Sequence[t.Relation]
) -> tuple[bool, Step]:
    """Whether a candidate solves the equation, with the line that shows it."""
    value = value_tree(root)
    here = t.equation(t.Symbol(name), value)
    broken = first_broken(wanted, name, root)
    if broken is not None:
        inserted = t.substitute(broken, name, value)
        why = Text(
            "{0} is extraneous: {1} is required.", "{0} 是增根：必须满足 {1}。", (here, broken)
        )
        return False, step(inserted, t.Truth(value=False), EXTRANEOUS, why, name=name)
    x = real_symbol(name)
    left, right = real(equation.left).subs(x, root), real(equation.right).subs(x, root)
    sign = sign_of(left - right)
    if sign is None:
        raise ArithmeticError(str(root))
    inserted = t.substitute(equation, name, value)
    if sign == 0:
        why = Text("{0} satisfies the equation.", "{0} 是原方程的解。", (here,))
        return True, step(inserted, t.Truth(value=True), CANDIDATE, why, name=name)
    why = Text(
        "{0} is extraneous: the sides are {1} and {2}.",
        "{0} 是增根：左边为 {1}，右边为 {2}。",
        (here, _short(left), _short(right)),
    )
    return False, step(inserted, t.Truth(value=False), EXTRANEOUS, why, name=name)


def _short(value: sp.Expr) -> t.Expr:
    value = sp.sqrtdenest(sp.expand(value))
    return written(value)


def _families(
    equation: t.Relation, name: str, families: Sequence[sp.Expr], wanted: Sequence[t.Relation]
) -> tuple[tuple[sp.Expr, ...], list[sp.Expr]] | None:
    """Families whose members solve the equation, and the few members that do not; ``None``
    where they are mixed."""
    kept: list[sp.Expr] = []
    without: list[sp.Expr] = []
    for one in families:
        members = [one.subs(K, n) for n in range(-MEMBERS, MEMBERS + 1)]
        false = [m for m in members if not _solves(equation, name, m, wanted)]
        if len(false) == len(members):
            continue
        if len(false) > FEW or {members[0], members[-1]} & {*false}:
            return None
        kept.append(one)
        without += false
    return tuple(kept), ordered(without)


def _solves(equation: t.Relation, name: str, value: sp.Expr, wanted: Sequence[t.Relation]) -> bool:
    if first_broken(wanted, name, value) is not None:
        return False
    x = real_symbol(name)
    sign = sign_of((real(equation.left) - real(equation.right)).subs(x, value))
    if sign is None:
        raise ArithmeticError(str(value))
    return sign == 0


def _in_window(
    equation: t.Relation, name: str, found: Found, window: Piece
) -> tuple[Found, tuple[Step, ...]] | None:
    """The solutions in an interval."""
    from assistant.maths.solving.equations.absolute import within

    if found.pieces:
        return None
    values = list(found.roots)
    for one in found.families:
        width, start = one.coeff(K, 1), one.coeff(K, 0)
        first = int(sp.ceiling(((window.low - start) / width).evalf(30) - sp.Rational(1, 10**9)))
        last = int(sp.floor(((window.high - start) / width).evalf(30) + sp.Rational(1, 10**9)))
        if last - first > 60:
            return None
        values += [sp.expand(start + width * n) for n in range(first, last + 1)]
    kept = tuple(v for v in ordered(values) if within(window, v) and v not in found.without)
    result = replace(found, roots=kept, families=(), without=())
    interval = t.Interval(
        written(window.low), written(window.high), window.low_open, window.high_open
    )
    bounded = t.Junction(t.Connective.AND, (equation, *bounds_of(name, window)))
    why = Text("Keep the solutions in {0}.", "取 {0} 内的解。", (interval,))
    one_step = step(bounded, points(kept), LIST, why, name=name, link=Link.SOLUTION)
    return result, (one_step,)


def bounds_of(name: str, window: Piece) -> tuple[t.Relation, ...]:
    """The interval as inequalities."""
    x = t.Symbol(name)
    bounds: list[t.Relation] = []
    if window.low != -sp.oo:
        op = t.Comparison.LT if window.low_open else t.Comparison.LE
        bounds.append(t.Relation(op, written(window.low), x))
    if window.high != sp.oo:
        op = t.Comparison.LT if window.high_open else t.Comparison.LE
        bounds.append(t.Relation(op, x, written(window.high)))
    return tuple(bounds)
