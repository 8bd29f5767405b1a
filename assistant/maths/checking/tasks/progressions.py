"""Quantities of arithmetic and geometric sequences, by writing the terms down one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import sympy as sp

from assistant.maths.cas.convert import to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Proved, Refuted, Request, Undecided, Verdict

FIRST, STEP, N = sp.Dummy("first"), sp.Dummy("step"), sp.Symbol("n")
MANY = 1000
TRIED = range(1, 9)
UNKNOWN = Undecided(Doubt.NO_METHOD)


def check_progression_parts(request: Request, draft: Draft) -> Verdict:
    """First term and step from what is given; then what is wanted, term after term."""
    if draft.answer is None:
        return UNKNOWN
    wanted, kind, *names = request.words
    given = dict(zip(names, map(to_sympy, request.operands), strict=True))
    equations = [
        _quantity(name, kind, FIRST, STEP) - value
        for name, value in given.items()
        if name not in ("last", "count", "sum:n")
    ]
    if any(e.has(sp.nan) for e in equations):
        return UNKNOWN
    free = sorted({s for e in equations for s in e.free_symbols}, key=str)
    solutions = [
        s for s in sp.solve(equations, free, dict=True) if all(v.is_real for v in s.values())
    ]
    if kind == "geometric":
        solutions = [s for s in solutions if s.get(STEP, 1) != 0 and s.get(FIRST, 1) != 0]
    answer = to_sympy(draft.answer)
    answers = set(answer) if isinstance(answer, sp.FiniteSet) else {answer}
    expected: set[sp.Expr] = set()
    for solution in solutions:
        if len(solution) != 2:
            return UNKNOWN
        fits = [a for a in answers if _fits(wanted, kind, solution, a, given)]
        if not fits:
            return Refuted("the sequence", str(answer), "term after term")
        expected.update(fits)
    return Proved("term after term") if solutions and expected == answers else UNKNOWN


def _terms(kind: str, first: sp.Expr, step: sp.Expr) -> Iterator[sp.Expr]:
    value = first
    while True:
        yield value
        value = sp.expand(value + step) if kind == "arithmetic" else value * step


def _up_to(terms: Iterator[sp.Expr], last: sp.Expr) -> sp.Expr:
    """The sum of the terms up to one of them; ``nan`` where it is none of the first."""
    total: sp.Expr = sp.S.Zero
    for term in islice(terms, MANY):
        total += term
        if term == last:
            return total
    return sp.nan


def _quantity(name: str, kind: str, first: sp.Expr, step: sp.Expr) -> sp.Expr:
    """A term or a sum by writing down; ``nan`` for what is none."""
    head, _, index = name.partition(":")
    if name == "step":
        return step
    if name == "infinite":
        return first / (1 - step)  # where a = S - qS
    if head not in ("term", "sum") or not index.isdigit() or int(index) > MANY:
        return sp.nan
    terms = list(islice(_terms(kind, first, step), int(index)))
    return terms[-1] if head == "term" else sp.Add(*terms)


def _fits(
    wanted: str, kind: str, solution: dict[sp.Symbol, sp.Expr], answer: sp.Expr,
    given: dict[str, sp.Expr],
) -> bool:  # fmt: skip
    first, step = solution[FIRST], solution[STEP]
    if wanted == "count":
        count = int(answer) if answer.is_Integer and 0 < answer <= MANY else 0
        if not count or not {"last", "sum:n"} & set(given):
            return False
        terms = list(islice(_terms(kind, first, step), count))
        if "sum:n" in given:
            return _same(sp.Add(*terms), given["sum:n"])
        return bool(terms[-1] == given["last"]) and given["last"] not in terms[:-1]
    if wanted == "total":
        return _same(answer, _up_to(_terms(kind, first, step), given.get("last", sp.nan)))
    if wanted in ("general", "sum:n"):
        head = "term" if wanted == "general" else "sum"
        return all(
            _same(answer.subs(N, k), _quantity(f"{head}:{k}", kind, first, step)) for k in TRIED
        )
    if wanted == "infinite" and not abs(step) < 1:
        return False
    return _same(answer, _quantity(wanted, kind, first, step))


def _same(a: sp.Expr, b: sp.Expr) -> bool:
    return bool(sp.simplify(a - b) == 0)


def check_recurrence(request: Request, draft: Draft) -> Verdict:
    """The formula begins with the first terms and obeys the recurrence (induction); a single
    term is computed once more, by substitution into the whole."""
    if draft.answer is None:
        return UNKNOWN
    rule, *first = map(to_sympy, request.operands)
    answer, wanted = to_sympy(draft.answer), request.words[1]
    if wanted == "n":
        return _by_induction(rule, first, answer)
    values = [sp.Rational(v) if v.is_Rational else v for v in first]
    while len(values) < int(wanted):
        put = {
            "p0": values[-1],
            "n": len(values),
            **({"p1": values[-2]} if len(values) > 1 else {}),
        }
        values.append(sp.simplify(rule.subs({sp.Symbol(k): v for k, v in put.items()})))
    if _same(values[int(wanted) - 1], answer):
        return Proved("term after term")
    return Refuted(f"term {wanted}", str(answer), str(values[int(wanted) - 1]))


def _by_induction(rule: sp.Expr, first: list[sp.Expr], answer: sp.Expr) -> Verdict:
    """The formula gives the first terms, and with two terms (or one) the next."""
    if answer.free_symbols - {N} or not never_undefined(answer):
        return UNKNOWN
    if not all(_same(answer.subs(N, k), v) for k, v in enumerate(first, start=1)):
        return Refuted("induction", str(answer), "")
    put = {sp.Symbol("p0"): answer.subs(N, N + 1), sp.Symbol("p1"): answer, N: N + 1}
    if len(first) == 1:
        put = {sp.Symbol("p0"): answer}
    following = rule.subs(put, simultaneous=True) - answer.subs(N, N + len(first))
    if vanishes(following):
        return Proved("induction")
    return UNKNOWN


def vanishes(value: sp.Expr) -> bool:
    """Whether an expression in n is surely zero for all n."""
    n = sp.Symbol("n", integer=True, positive=True)
    whole = sp.expand(sp.powsimp(sp.expand(value.subs(N, n))))
    return bool(sp.radsimp(sp.simplify(sp.combsimp(whole))) == 0)


def never_undefined(answer: sp.Expr) -> bool:
    """Whether every denominator is surely not zero for n = 1, 2, 3, …: it has one sign there,
    or is a polynomial without such a root."""
    n = sp.Symbol("n", integer=True, nonnegative=True)
    den = sp.denom(sp.together(answer))
    if den.is_polynomial(N):
        poly = sp.Poly(den, N)
        if not all(c.is_Rational for c in poly.all_coeffs()):
            return bool(den.is_number and den.is_nonzero)
        return not any(r.is_Integer and r > 0 for r in poly.ground_roots())
    begun = sp.expand(sp.powsimp(den.subs(N, n + 1)))
    if begun.is_positive or begun.is_negative:
        return True
    growth = sp.expand(sp.powsimp(den.subs(N, N + 1) - den)).subs(N, n + 1)
    start = den.subs(N, 1)
    return bool(
        (start.is_positive and growth.is_nonnegative)
        or (start.is_negative and growth.is_nonpositive)
    )
