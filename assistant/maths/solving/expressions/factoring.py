"""Factoring, one method at a time: common factor, formulas, quadratics, grouping, roots.

SymPy says whether a polynomial can be factored at all; the methods here say how, and each
line is a product that can be multiplied out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.ordering import sort_factors
from assistant.maths.solving.common import Draft
from assistant.maths.solving.expressions.engine import EXPANDING, derive
from assistant.maths.solving.expressions.factor_rules import METHODS, Found, square_roots
from assistant.maths.solving.expressions.numbers import chain
from assistant.maths.solving.expressions.shape import Product, is_symbolic, normal, product
from assistant.maths.solving.rewriting import context_of
from assistant.maths.types import Request, Rule, Step, Text

PRIME_FACTORS = Rule("factor.primes", "Divide by primes", "分解质因数")
COMPLETE = Rule("factor.complete", "Factor completely", "分解彻底")
IRREDUCIBLE = Text(
    "{0} cannot be factored further over the rational numbers.", "{0} 在有理数范围内不能再分解。"
)
MAX_STEPS = 40


@dataclass(slots=True)
class Piece:
    """A factor on the way: a polynomial and how often it stands there."""

    value: sp.Expr
    power: int = 1


@dataclass(slots=True)
class Factors:
    """A number times powers of polynomials."""

    number: sp.Rational
    pieces: list[Piece]

    def build(self) -> t.Expr:
        """The product as it is written."""
        self._gather()
        size = abs(self.number)
        top = [] if size.p == 1 and self.pieces else [t.integer(int(size.p))]
        shown = [
            t.Pow(from_sympy(p.value), t.integer(p.power)) if p.power > 1 else from_sympy(p.value)
            for p in self.pieces
        ]
        top += sort_factors(shown)
        below = [t.integer(int(size.q))] if size.q != 1 else []
        return normal(Product(1 if self.number > 0 else -1, top, below).build())

    def _gather(self) -> None:
        """Equal factors become a power."""
        found: dict[sp.Expr, int] = {}
        for piece in self.pieces:
            found[piece.value] = found.get(piece.value, 0) + piece.power
        self.pieces = [Piece(v, n) for v, n in found.items()]


def factor(request: Request) -> Draft | None:
    """Factor an expression, or a whole number into primes."""
    if len(request.operands) != 1:
        return None
    expr = normal(request.operands[0])
    if not is_symbolic(expr):
        return _number(expr)
    steps: list[Step] = []
    reals = request.domain == t.Constant(t.ConstantName.REALS)
    line = factor_steps(expr, steps, reals=reals)
    if line is None:
        return None
    notes = () if steps else (Text(IRREDUCIBLE.en, IRREDUCIBLE.zh, (expr,)),)
    return Draft(answer=line, steps=tuple(steps), method="factor", notes=notes)


def factor_steps(expr: t.Expr, steps: list[Step], *, reals: bool = False) -> t.Expr | None:
    """The last line of factoring ``expr``; the lines before it are added to ``steps``.

    ``None`` where the expression is no polynomial with rational coefficients.
    """
    line = expr
    factors = _start(line)
    if factors is None:
        derivation = derive(line, context_of(line, expand=True), EXPANDING)
        steps += derivation.steps
        line = derivation.line
        factors = _start(line, collected=True)
    if factors is None:
        return expr if _is_atomic(line) and not steps else None
    for _ in range(MAX_STEPS):
        found = _next(factors, reals=reals)
        if found is None:
            break
        place, change = found
        piece = factors.pieces.pop(place)
        factors.number *= change.number**piece.power
        new = [Piece(v, n * piece.power) for v, n in change.factors if v != 1]
        factors.pieces[place:place] = new
        after = factors.build()
        if after != line:
            steps.append(
                Step(
                    rule=change.rule,
                    why=change.why,
                    before=line,
                    after=after,
                    substeps=change.substeps,
                )
            )
        line = after
    return line


def _is_atomic(line: t.Expr) -> bool:
    """Not a polynomial, and SymPy's factoring finds nothing either."""
    try:
        value = to_sympy(line)
    except NotConvertible:
        return False
    return bool(value.is_Add and sp.factor(value) == value)


def _start(line: t.Expr, *, collected: bool = False) -> Factors | None:
    """The factors that stand there, if each is a collected polynomial."""
    view = product(line)
    factors = Factors(sp.Integer(view.sign), [])
    try:
        for below in view.den:
            factors.number /= to_sympy(below)
        for part in view.num:
            base, exp = (part.base, part.exp) if isinstance(part, t.Pow) else (part, t.integer(1))
            value, count = to_sympy(base), to_sympy(exp)
            if value.is_Rational and count.is_Integer:
                factors.number *= value**count
            elif not _is_piece(base, value, count, collected=collected):
                return None
            else:
                factors.pieces.append(Piece(sp.expand(value), int(count)))
    except (NotConvertible, ZeroDivisionError):
        return None
    return factors if factors.number.is_Rational and factors.number != 0 else None


def _is_piece(base: t.Expr, value: sp.Expr, count: sp.Expr, *, collected: bool) -> bool:
    if not count.is_Integer or count < 1 or not _is_polynomial(value):
        return False
    return collected or not isinstance(base, t.Add) or _is_collected(base, value)


def _is_collected(base: t.Add, value: sp.Expr) -> bool:
    expanded = sp.expand(value)
    return len(base.terms) == len(sp.Add.make_args(expanded)) and not any(
        isinstance(n, t.Add) and n is not base for n in t.walk(base)
    )


def _is_polynomial(value: sp.Expr) -> bool:
    if not value.free_symbols or not value.is_polynomial(*value.free_symbols):
        return False
    return all(c.is_Rational for c in sp.Poly(value, *value.free_symbols).coeffs())


def _next(factors: Factors, *, reals: bool) -> tuple[int, Found] | None:
    """The first factor that a method takes apart."""
    for place, piece in enumerate(factors.pieces):
        if piece.value.is_Symbol:
            continue
        change = next(_changes(piece.value, reals=reals), None)
        if change is not None:
            return place, change
    return None


def _changes(value: sp.Expr, *, reals: bool) -> Iterator[Found]:
    terms = sp.Add.make_args(value)
    if len(terms) == 1 or not _is_polynomial(value):
        return
    _, parts = sp.factor_list(value)
    irreducible = len(parts) == 1 and parts[0][1] == 1
    for method in METHODS[:1] if irreducible else METHODS:
        found = method(value)
        if found is not None and not (irreducible and _only_form(value, found)):
            yield found
    if irreducible:
        if reals and (found := square_roots(value)) is not None:
            yield found
        return
    yield _complete(value)


def _only_form(value: sp.Expr, found: Found) -> bool:
    """Taking this out of a factor that cannot be factored would not make it simpler."""
    alone = len(found.factors) == 1
    leading = from_sympy(value)
    monic = isinstance(leading, t.Add) and isinstance(leading.terms[0], t.Symbol)
    return alone and (found.number == -1 or monic)


def _complete(value: sp.Expr) -> Found:
    """No school method fits: the product that SymPy found, to be multiplied out again."""
    number, parts = sp.factor_list(value)
    why = Text(
        "Comparing coefficients gives these factors; multiplying out confirms them.",
        "用待定系数法得到这些因式，展开即可验证。",
    )
    return Found(COMPLETE, why, [(f, int(n)) for f, n in parts], number)


def _number(expr: t.Expr) -> Draft | None:
    """``360 = 2^3*3^2*5`` by dividing by the smallest prime again and again."""
    try:
        value = to_sympy(expr)
    except NotConvertible:
        return None
    if not value.is_Integer or abs(value) > 10**40:
        return None
    primes = sorted(sp.factorint(abs(int(value))).items()) if abs(value) > 1 else []
    if not primes or (len(primes) == 1 and primes[0][1] == 1):
        note = Text("{0} is a prime number.", "{0} 是质数。", (expr,))
        return Draft(
            answer=from_sympy(value), method="primes", notes=(note,) if primes and value > 0 else ()
        )
    shown = [t.Pow(t.integer(p), t.integer(n)) if n > 1 else t.integer(p) for p, n in primes]
    answer = t.mul(*shown)
    ladder = _ladder(abs(int(value)), primes)
    before: t.Expr = t.integer(abs(int(value)))
    why = Text("Divide by the smallest prime as long as it goes.", "从最小的质数开始，依次去除。")
    steps = _ladder_steps(before, ladder, why)
    if ladder[-1] != answer:
        steps += chain(
            [
                (ladder[-1], PRIME_FACTORS, why),
                (
                    answer,
                    PRIME_FACTORS,
                    Text("Write equal factors as powers.", "相同的因数写成乘方。"),
                ),
            ]
        )
    if value < 0:
        answer = t.Neg(answer)
        steps = tuple(_negative(s) for s in steps)
    return Draft(answer=answer, steps=steps, method="primes")


def _negative(step: Step) -> Step:
    return Step(rule=step.rule, why=step.why, before=t.Neg(step.before), after=t.Neg(step.after))


def _ladder(value: int, primes: Sequence[tuple[int, int]]) -> list[t.Expr]:
    """``360``, ``2*180``, ``2*2*90``, …"""
    lines: list[t.Expr] = [t.integer(value)]
    taken: list[t.Expr] = []
    for prime, count in primes:
        for _ in range(count):
            value //= prime
            taken.append(t.integer(prime))
            rest = [t.integer(value)] if value > 1 else []
            lines.append(t.mul(*taken, *rest))
    return lines[:-1] if len(lines) > 1 and lines[-1] == lines[-2] else lines


def _ladder_steps(before: t.Expr, ladder: list[t.Expr], why: Text) -> tuple[Step, ...]:
    return chain(
        [(before, PRIME_FACTORS, why), *[(line, PRIME_FACTORS, why) for line in ladder[1:]]]
    )


Method = Callable[[sp.Expr], Found | None]
