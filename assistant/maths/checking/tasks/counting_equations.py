"""All whole numbers that solve an equation with factorials and numbers of choices.

``n!`` asks for n >= 0 and ``C(n, k)`` for 0 <= k <= n, as school has it.  Where that leaves
finitely many numbers each one is tried.  Else the equation is a polynomial one times factorials
that are never zero, whose rational roots are known exactly, or one side grows and the other does
not.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.domains import Numbers, hull, numbers
from assistant.maths.types import Doubt, Proved, Refuted, Undecided, Verdict

MOST = 300
"""So many numbers are tried, of at most this size: factorials grow."""
HIGHEST = 6
"""Powers, and how many times the unknown stands below a factorial."""
COUNTS = ("factorial", "binomial")


@dataclass(frozen=True, slots=True)
class Frame:
    """The equation as ``difference = 0``, and the whole numbers for which it has a meaning."""

    difference: sp.Expr
    n: sp.Symbol
    low: int
    high: int | None
    divisors: tuple[sp.Expr, ...] = ()

    def has_values(self, k: int) -> bool:
        """Whether nothing that is written divides by zero."""
        return all(d.subs(self.n, k) != 0 for d in self.divisors)

    def holds(self, k: int) -> bool:
        """Whether ``k`` solves it, exactly."""
        return self.has_values(k) and bool(self.difference.subs(self.n, k) == 0)


def counting_frame(asked: t.Expr, name: str, domain: t.Expr | None = None) -> Frame | None:
    """What an equation with factorials or choices asks of its unknown; ``None`` for any other."""
    if not isinstance(asked, t.Relation) or asked.op is not t.Comparison.EQ:
        return None
    calls = [n for n in t.walk(asked) if isinstance(n, t.Call)]
    if not any(t.symbols(c) for c in calls) or any(c.name not in COUNTS for c in calls):
        return None
    if set(t.symbols(asked)) != {name} or not all(map(_small, t.walk(asked))):
        return None
    if domain is not None and numbers(domain) is not Numbers.WHOLE:
        return None
    n = sp.Symbol(name)
    try:
        needed = [e for c in calls for e in _needed(c)]
        difference = to_sympy(t.sub(asked.left, asked.right))
        divisors = tuple(to_sympy(d) for d in _divisors(asked))
    except NotConvertible:
        return None
    bounds = _bounds(needed, n, domain)
    plain = difference.replace(sp.factorial, lambda *_: sp.S.One)
    plain = plain.replace(sp.binomial, lambda *_: sp.S.One)
    if bounds is None or not plain.is_rational_function(n):
        return None
    return Frame(difference, n, *bounds, divisors)


def _divisors(asked: t.Expr) -> list[t.Expr]:
    """What is divided by, as it is written: SymPy cancels it."""
    found: list[t.Expr] = []
    for node in t.walk(asked):
        match node:
            case t.Div(_, den):
                found.append(den)
            case t.Pow(base, t.Neg()):
                found.append(base)
            case t.Pow(base, t.Number(exp)) if exp < 0:
                found.append(base)
    return found


def _small(node: t.Expr) -> bool:
    """Whether a part can be tried with many numbers: no high powers."""
    match node:
        case t.Pow(_, t.Number(exp)):
            return exp.denominator == 1 and abs(exp) <= HIGHEST
        case t.Pow(_, t.Neg(t.Number(exp))):
            return exp.denominator == 1 and abs(exp) <= HIGHEST
        case t.Pow():
            return False
    return True


def _needed(call: t.Call) -> list[sp.Expr]:
    """What must be a whole number that is not negative."""
    args = [to_sympy(a) for a in call.args]
    return args if call.name == "factorial" else [args[1], args[0] - args[1]]


def _bounds(
    needed: list[sp.Expr], n: sp.Symbol, domain: t.Expr | None
) -> tuple[int, int | None] | None:
    within = None if domain is None else hull(domain)
    low: int = 0
    high: int | None = None
    for value in needed:
        poly = sp.Poly(value, n) if value.is_polynomial(n) else None
        if poly is None or poly.degree() > 1 or not all(c.is_Integer for c in poly.all_coeffs()):
            return None
        a, b = int(poly.coeff_monomial(n)), int(poly.coeff_monomial(1))
        if abs(a) > HIGHEST or abs(b) > MOST:
            return None
        if a > 0:
            low = max(low, ceil(Fraction(-b, a)))
        elif a < 0:
            high = floor(Fraction(b, -a)) if high is None else min(high, floor(Fraction(b, -a)))
        elif b < 0:
            return None
    if within is not None:
        start, end = to_sympy(within.low), to_sympy(within.high)
        if start.is_Rational:
            low = max(low, int(sp.floor(start)) + 1 if within.low_open else int(sp.ceiling(start)))
        if end.is_Rational:
            last = int(sp.ceiling(end)) - 1 if within.high_open else int(sp.floor(end))
            high = last if high is None else min(high, last)
        if not (start.is_Rational or start == -sp.oo) or not (end.is_Rational or end == sp.oo):
            return None
    if low > MOST or (high is not None and high > MOST):
        return None
    return low, high


def counting_solutions(frame: Frame) -> tuple[int, ...] | None:
    """All of them, in rising order; ``None`` where that is not known for sure, or where some
    call a number of choices with k > n zero and others meaningless."""
    factorials = [f.args[0] for f in frame.difference.atoms(sp.factorial)]
    for k in range(frame.low if frame.difference.has(sp.binomial) else 0):
        if all(f.subs(frame.n, k) >= 0 for f in factorials) and frame.holds(k):
            return None
    if frame.high is not None:
        return tuple(k for k in range(frame.low, frame.high + 1) if frame.holds(k))
    grouped = _grouped(frame)
    if grouped is None:
        return None
    found: list[int] | None = None
    if len(grouped) == 1:
        ((_, rest),) = grouped.items()
        top = sp.fraction(sp.cancel(rest))[0]
        if not top.has(frame.n):
            found = [] if top != 0 else None
        else:
            roots = sp.Poly(top, frame.n).ground_roots()
            found = [int(r) for r in roots if r.is_Integer and frame.low <= r <= MOST]
            if any(r > MOST for r in roots):
                return None
    elif len(grouped) == 2 and sp.S.One in grouped:
        constant = -grouped.pop(sp.S.One)
        ((count, factor),) = grouped.items()
        found = _growing(frame, count, factor, constant)
    if found is None:
        return None
    found = [k for k in found if frame.has_values(k)]
    return tuple(sorted(found)) if all(map(frame.holds, found)) else None


def _grouped(frame: Frame) -> dict[sp.Expr, sp.Expr] | None:
    """The difference as a sum of factorials times rational functions of the unknown."""
    n, found = frame.n, dict[sp.Expr, sp.Expr]()
    for term in sp.Add.make_args(sp.expand(frame.difference.rewrite(sp.factorial))):
        for count in found:
            rest = sp.combsimp(term / count)
            if rest.is_rational_function(n):
                found[count] += rest
                break
        else:
            plain = sp.combsimp(term)
            if plain.is_rational_function(n):
                found[sp.S.One] = plain
                continue
            counts = [f for f in sp.Mul.make_args(term) if f.has(sp.factorial) and f.has(n)]
            rest = term / sp.Mul(*counts)
            if not rest.is_rational_function(n):
                return None
            found[sp.Mul(*counts)] = rest
    found = {count: sp.cancel(sp.together(rest)) for count, rest in found.items()}
    return {count: rest for count, rest in found.items() if rest != 0} or None


def _growing(frame: Frame, count: sp.Expr, factor: sp.Expr, constant: sp.Expr) -> list[int] | None:
    """``count * factor = constant`` where neither factor ever falls: tried until it is passed."""
    n = frame.n
    if not isinstance(count, sp.factorial) or constant.has(n) or not factor.is_polynomial(n):
        return None
    if factor.could_extract_minus_sign():
        factor, constant = -factor, -constant
    if any(not c.is_Rational or c < 0 for c in sp.Poly(factor, n).all_coeffs()):
        return None
    if sp.Poly(count.args[0], n).LC() < 0:
        return None
    found: list[int] = []
    for k in range(frame.low, MOST):
        value = (count * factor).subs(n, k)
        if value > constant:
            return found
        found += [k] if value == constant else []
    return None


def check_counting(frame: Frame, answer: t.Expr) -> Verdict:
    """Whether a set has exactly the solutions."""
    known = counting_solutions(frame)
    if answer == t.Constant(t.ConstantName.EMPTY):
        given: set[sp.Expr] = set()
    elif isinstance(answer, t.Collection) and answer.kind is t.Bracket.SET:
        given = {to_sympy(i) for i in answer.items}
    else:
        return Undecided(Doubt.NO_METHOD)
    if known is None:
        return Undecided(Doubt.NO_METHOD)
    if given == set(map(sp.Integer, known)):
        return Proved("every whole number for which it has a meaning")
    return Refuted(str(frame.n), str(sorted(known)), str(answer)[:80])
