"""Inequalities for all whole numbers: ``n^2 >= n``, and ``2^n > n^2`` from 5 on by induction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.domains import Numbers, numbers
from assistant.maths.exact_values import NotKnownError, exact_value
from assistant.maths.solving.common import Draft
from assistant.maths.solving.expressions.counterexamples import broken
from assistant.maths.solving.expressions.factoring import factor_steps
from assistant.maths.solving.numbers.whole_ratios import growth, told
from assistant.maths.types import Link, Request, Rule, Step, Text
from assistant.maths.whole_claims import counted, whole_ends

DIFFERENCE = Rule("prove.difference", "Look at the difference of the sides", "考察两边之差")
OUTSIDE = Rule("whole.outside", "Beyond the real roots", "在实根之外")
LIST = Rule("whole.list", "Put the numbers in", "逐个代入")
EXAMPLE = Rule("whole.counterexample", "A counterexample", "反例")
INDUCTION = Rule("whole.induction", "From one number to the next", "归纳递推")
MOST = 300
"""So many numbers are put in."""
SHOWN = 12
LOOK = 20
"""So many numbers are looked at for a counterexample where nothing is known of the others."""
FAR = 2000
"""Numbers for which functions are worked out."""
DEGREE = 20
UP = {t.Comparison.GE: t.Comparison.GE, t.Comparison.GT: t.Comparison.GT,
      t.Comparison.LE: t.Comparison.GE, t.Comparison.LT: t.Comparison.GT}  # fmt: skip


NEXT = (
    Text(
        "If it holds for {0}, the left side for {0} + 1, which is {1} times as large, is more than"
        " {1} times the right side. Compare this with the right side for {0} + 1.",
        "若对 {0} 成立，则 {0} + 1 时的左边是原来的 {1} 倍，大于右边的 {1} 倍；"
        "再与 {0} + 1 时的右边比较。",
    ),
    Text(
        "If it holds for {0}, the left side for {0} + 1, which is {1} times as large, is at least"
        " {1} times the right side. Compare this with the right side for {0} + 1.",
        "若对 {0} 成立，则 {0} + 1 时的左边是原来的 {1} 倍，不小于右边的 {1} 倍；"
        "再与 {0} + 1 时的右边比较。",
    ),
)
"""For ``>`` and for ``>=``."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """``more >= less`` or ``more > less`` for whole numbers from ``low`` to ``high``."""

    statement: t.Relation
    more: t.Expr
    less: t.Expr
    letter: sp.Symbol
    low: int | None
    high: int | None

    @property
    def strict(self) -> bool:
        return UP[self.statement.op] is t.Comparison.GT

    @property
    def value(self) -> sp.Expr:
        return to_sympy(self.more) - to_sympy(self.less)

    def holds(self, value: sp.Expr) -> bool:
        return bool(value > 0 if self.strict else value >= 0)


def inequality(request: Request) -> Draft | None:
    """An inequality in one letter that stands for a whole number."""
    claim = _claim(request)
    if claim is None:
        return None
    try:
        value = sp.expand(claim.value)
        if value.is_polynomial(claim.letter):
            return _by_roots(claim, sp.Poly(value, claim.letter, domain=sp.QQ))
        return _by_induction(claim) or _by_growth(claim)
    except (NotConvertible, sp.PolynomialError, sp.CoercionFailed):
        return None


def _claim(request: Request) -> _Claim | None:
    match request.operands:
        case (t.Relation(op, left, right) as statement,) if op in UP:
            pass
        case _:
            return None
    names = t.symbols(statement)
    domain = counted(statement, request.domain) or request.domain
    if domain is None or numbers(domain) is not Numbers.WHOLE or len(names) != 1:
        return None
    ends = whole_ends(domain)
    if ends is None:
        return None
    more, less = (left, right) if UP[op] is op else (right, left)
    return _Claim(statement, more, less, sp.Symbol(names[0]), *ends)


# polynomials ----------------------------------------------------------------------------


def _by_roots(claim: _Claim, poly: sp.Poly) -> Draft | None:
    """The sign beyond the real roots, and each whole number between them."""
    if not 0 < poly.degree() <= DEGREE:
        return None
    cells = [ends for ends, _ in poly.intervals()]
    first = int(sp.floor(min((a for a, _ in cells), default=0)))
    last = int(sp.ceiling(max((b for _, b in cells), default=0)))
    if last - first > MOST:
        return None
    low = first - 1 if claim.low is None else claim.low
    high = max(last, low) + 1 if claim.high is None else claim.high
    near = [n for n in range(first - 1, last + 2) if low <= n <= high] or [low]
    for n in sorted(near, key=abs):
        if not claim.holds(poly.eval(n)):
            return _false(claim, n)
    difference = t.sub(claim.more, claim.less)
    goal = t.Relation(UP[claim.statement.op], difference, t.integer(0))
    steps = [_formula(DIFFERENCE, Text("Show that {0}.", "只需证明 {0}。", (goal,)),
                      claim.statement, goal)]  # fmt: skip
    lines: list[t.Expr] = [difference]
    if (line := factor_steps(difference, steps)) is not None:
        lines.append(line)
    name = t.Symbol(claim.letter.name)
    if cells:
        why = Text(
            "All real roots lie from {0} to {1}; for other {2} that are meant it is positive.",
            "所有实根都在 {0} 到 {1} 之间；对范围内其余的 {2}，它为正。",
            (t.integer(first), t.integer(last), name),
        )
        steps.append(_formula(OUTSIDE, why, goal, t.Relation(goal.op, lines[-1], t.integer(0))))
    inside = [k for k in near if first <= k <= last]
    if inside and len(inside) <= SHOWN:
        why = Text(
            "For {0} = {1} it is {2}.",
            "{0} = {1} 时，其值为 {2}。",
            (name, _listed(inside), _listed(poly.eval(k) for k in inside)),
        )
    else:
        why = Text("Each whole number between was put in.", "其间的整数已逐个代入。")
    if inside:
        steps.append(_formula(LIST, why, goal, t.Relation(goal.op, lines[-1], t.integer(0))))
    return _true(steps, "whole numbers")


def _listed(values: Iterable[object]) -> str:
    return ", ".join(map(str, values))


def _formula(rule: Rule, why: Text, before: t.Expr, after: t.Expr) -> Step:
    return Step(rule=rule, why=why, before=before, after=after, link=Link.FORMULA)


def _true(steps: list[Step], method: str) -> Draft:
    return Draft(answer=t.Truth(value=True), steps=tuple(steps), method=method)


def _false(claim: _Claim, n: int) -> Draft:
    """Both sides at a number that breaks it."""
    sides = [
        from_sympy(to_sympy(side).subs(claim.letter, n)) for side in (claim.statement.left,
                                                                      claim.statement.right)
    ]  # fmt: skip
    where = t.equation(t.Symbol(claim.letter.name), t.integer(n))
    return broken(EXAMPLE, where, t.Relation(claim.statement.op, *sides))


# growth ---------------------------------------------------------------------------------


def _by_growth(claim: _Claim) -> Draft | None:
    """``n! > 2^n``: the first side is multiplied by more from a number on."""
    if claim.low is None or claim.high is not None:
        return None
    more, less = to_sympy(claim.more), to_sympy(claim.less)
    found = growth(more, less, claim.letter, claim.low)
    last = claim.low + LOOK if found is None else found.start
    if last - claim.low > MOST:
        return None
    for k in range(claim.low, last + 1):
        sides = [_value(side, claim.letter, k) for side in (claim.more, claim.less)]
        if sides[0] is None or sides[1] is None:
            return None
        if not claim.holds(sides[0] - sides[1]):
            return _false(claim, k)
    if found is None:
        return None
    return _true(told(found, claim.statement, claim.low), "induction")


def _value(side: t.Expr, letter: sp.Symbol, k: int) -> sp.Rational | None:
    """The value for a number, where it is no larger than anybody works out."""
    try:
        return sp.Rational(exact_value(side, letter.name, k))
    except NotKnownError:
        calls = {n.name for n in t.walk(side) if isinstance(n, t.Call)}
        if not calls or "factorial" in calls or abs(k) > FAR:
            return None
    if any(isinstance(n, t.Pow) and t.symbols(n.exp) for n in t.walk(side)):
        return None
    found = to_sympy(side).subs(letter, k)
    return found if found.is_Rational else None


# powers ---------------------------------------------------------------------------------


def _by_induction(claim: _Claim) -> Draft | None:
    """``c b^n > R(n)``: it stays so, as ``b R(n) >= R(n+1)`` from a number on."""
    if claim.low is None or claim.high is not None:
        return None
    n = claim.letter
    powers, rest = _parts(claim.value, n)
    if powers is None or not rest.is_polynomial(n):
        return None
    base = sp.simplify(powers.subs(n, n + 1) / powers)
    factor = sp.simplify(powers / base**n) if base.is_Integer else sp.S.Zero
    bound = sp.expand(-rest)
    if not (factor.is_Rational and factor > 0 and base >= 2 and bound.is_polynomial(n)):
        return None
    gap = sp.Poly(base * bound - bound.subs(n, n + 1), n, domain=sp.QQ)
    if gap.is_zero or gap.degree() > DEGREE or gap.LC() <= 0:
        return None
    ends = [b for (_, b), _ in gap.intervals()]
    start = max([claim.low, *(int(sp.ceiling(b)) for b in ends)])
    if start - claim.low > MOST:
        return None
    for k in range(claim.low, start + 1):
        if not claim.holds(claim.value.subs(n, k)):
            return _false(claim, k)
    return _told(claim, start, (powers, base, bound, gap))


def _parts(value: sp.Expr, n: sp.Symbol) -> tuple[sp.Expr | None, sp.Expr]:
    """What has the letter in an exponent, and the rest."""
    value = sp.expand(value)
    powers = [a for a in sp.Add.make_args(value)
              if any(n in p.exp.free_symbols for p in a.atoms(sp.Pow))]  # fmt: skip
    if not powers:
        return None, value
    return sp.Add(*powers), sp.expand(value - sp.Add(*powers))


def _told(claim: _Claim, start: int, found: tuple[sp.Expr, sp.Expr, sp.Expr, sp.Poly]) -> Draft:
    """The first numbers, then why each next one follows."""
    powers, base, bound, gap = found
    n, name = claim.letter, t.Symbol(claim.letter.name)
    op = UP[claim.statement.op]
    goal = t.Relation(op, from_sympy(powers), from_sympy(bound))
    steps = []
    if goal != t.Relation(claim.statement.op, claim.statement.left, claim.statement.right):
        why = Text("Show that {0}.", "只需证明 {0}。", (goal,))
        steps.append(_formula(DIFFERENCE, why, claim.statement, goal))
    places = range(claim.low or 0, start + 1)
    shown = list(places)[-SHOWN:]
    why = Text(
        "For {0} = {1} the sides are {2} and {3}.",
        "{0} = {1} 时，左边依次为 {2}，右边依次为 {3}。",
        (name, _listed(shown), _listed(powers.subs(n, k) for k in shown),
         _listed(bound.subs(n, k) for k in shown)),
    )  # fmt: skip
    steps.append(_formula(LIST, why, goal, goal))
    grown = t.sub(t.mul(from_sympy(base), from_sympy(bound)), from_sympy(bound.subs(n, n + 1)))
    left = from_sympy(gap.as_expr())
    strict, at_least = NEXT
    why = replace(strict if claim.strict else at_least, args=(name, from_sympy(base)))
    steps.append(Step(rule=INDUCTION, why=why, before=grown, after=left))
    last = t.Relation(t.Comparison.GE, left, t.integer(0))
    why = Text(
        "This is not negative for {0}, so that each next number follows.",
        "当 {0} 时它非负，所以可以逐个递推下去。",
        (t.Relation(t.Comparison.GE, name, t.integer(start)),),
    )
    steps.append(_formula(INDUCTION, why, last, claim.statement))
    return _true(steps, "induction")
