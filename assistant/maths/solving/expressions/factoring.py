"""Factoring, one method at a time: common factor, formulas, quadratics, grouping, roots.

SymPy says whether a polynomial can be factored at all; the methods here say how, and each
line is a product that can be multiplied out again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.ordering import rational_value, sort_factors
from assistant.maths.solving.common import Draft
from assistant.maths.solving.expressions.abstraction import Letters
from assistant.maths.solving.expressions.engine import EXPANDING, derive
from assistant.maths.solving.expressions.factor_rules import (
    COMMON,
    METHODS,
    SQUARES,
    Found,
    square_roots,
)
from assistant.maths.solving.expressions.numbers import chain
from assistant.maths.solving.expressions.primes import prime_factors
from assistant.maths.solving.expressions.roots import take_out
from assistant.maths.solving.expressions.shape import (
    ONE,
    Context,
    Product,
    is_symbolic,
    normal,
    product,
)
from assistant.maths.solving.rewriting import context_of
from assistant.maths.types import Request, Rule, Step, Text

AS_POWERS = Rule("factor.as_powers", "Write as powers of one thing", "看成同一式子的乘方")
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
        return prime_factors(expr)
    steps: list[Step] = []
    reals = request.domain == t.Constant(t.ConstantName.REALS)
    line = factor_steps(expr, steps, reals=reals)
    if line is None or (line == expr and not steps):
        line = _with_functions(expr, steps) or line
    if line is None:
        return None
    notes = () if steps else (Text(IRREDUCIBLE.en, IRREDUCIBLE.zh, (expr,)),)
    return Draft(answer=line, steps=tuple(steps), method="factor", notes=notes)


def _with_functions(expr: t.Expr, steps: list[Step]) -> t.Expr | None:
    """``sin(x)^2 - 1`` as a polynomial in ``sin(x)``."""
    letters = Letters()
    hidden = letters.hidden(expr)
    if not letters.names:
        return None
    inner: list[Step] = []
    line = factor_steps(hidden, inner)
    if line is None or not inner:
        return None
    start = letters.restored(hidden)
    if start != expr:
        why = Text("Write the powers as powers of one thing.", "化成同一个式子的乘方。")
        steps.append(Step(rule=AS_POWERS, why=why, before=expr, after=start))
    steps += [_restored(s, letters) for s in inner]
    return letters.restored(line)


def _restored(step: Step, letters: Letters) -> Step:
    args = tuple(a if isinstance(a, str) else letters.restored(a) for a in step.why.args)
    return Step(
        rule=step.rule,
        why=Text(step.why.en, step.why.zh, args),
        before=letters.restored(step.before),
        after=letters.restored(step.after),
        substeps=tuple(_restored(s, letters) for s in step.substeps),
    )


def factor_steps(expr: t.Expr, steps: list[Step], *, reals: bool = False) -> t.Expr | None:
    """The last line of factoring ``expr``; the lines before it are added to ``steps``.

    ``None`` where the expression is no polynomial with rational coefficients.
    """
    line = _by_brackets(expr, steps)
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
        new = [
            _positive_first(Piece(v, n * piece.power), factors) for v, n in change.factors if v != 1
        ]
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


def _by_brackets(expr: t.Expr, steps: list[Step]) -> t.Expr:
    """``2x(x + 1) - 3(x + 1)`` and ``(x + 1)^2 - 9``, before anything is multiplied out."""
    found = _common_bracket(expr) or _square_of_bracket(expr)
    if found is None:
        return expr
    line, rule, why = found
    factors = line.factors if isinstance(line, t.Mul) else (line,)
    worked = normal(t.mul(*[derive(f, Context(expand=True), EXPANDING).line for f in factors]))
    shown = tuple(chain([(expr, rule, why), (line, rule, why), (worked, rule, why)]))
    steps.append(
        Step(
            rule=rule, why=why, before=expr, after=worked, substeps=shown if len(shown) > 1 else ()
        )
    )
    return worked


def _common_bracket(expr: t.Expr) -> tuple[t.Expr, Rule, Text] | None:
    if not isinstance(expr, t.Add):
        return None
    views = [product(term) for term in expr.terms]
    shared = [f for f in views[0].num if isinstance(f, t.Add) and all(f in v.num for v in views)]
    if not shared or any(v.den for v in views):
        return None
    for view in views:
        view.num.remove(shared[0])
    rest = t.add(*[Product(v.sign, v.num or [ONE], []).build() for v in views])
    why = Text("Every term contains the factor {0}.", "各项都含有公因式 {0}。", (shared[0],))
    return t.Mul((shared[0], rest)), COMMON, why


def _square_of_bracket(expr: t.Expr) -> tuple[t.Expr, Rule, Text] | None:
    match expr:
        case t.Add((first, t.Neg(second))):
            sides = [_root_of_square(side) for side in (first, second)]
        case _:
            return None
    a, b = sides
    if a is None or b is None or not any(isinstance(s, t.Add) for s in sides):
        return None
    why = Text(
        "a^2 - b^2 = (a + b)(a - b) with a = {0}, b = {1}.",
        "a^2 - b^2 = (a + b)(a - b)，其中 a = {0}，b = {1}。",
        (a, b),
    )
    return t.Mul((t.add(a, b), t.add(a, t.Neg(b)))), SQUARES, why


def _root_of_square(side: t.Expr) -> t.Expr | None:
    value = rational_value(side)
    if value is not None:
        root, rest = take_out(int(value), 2)
        return t.integer(root) if value.denominator == 1 and value > 0 and rest == 1 else None
    match side:
        case t.Pow(base, exp) if exp == t.integer(2):
            return base
        case t.Mul((t.Number() as number, t.Pow(base, exp))) if exp == t.integer(2):
            root_of = _root_of_square(number)
            return None if root_of is None else t.mul(root_of, base)
        case _:
            return None


def _positive_first(piece: Piece, factors: Factors) -> Piece:
    """``-(a - x)`` is written ``x - a``; the sign goes to the number."""
    tree = from_sympy(piece.value)
    if isinstance(tree, t.Add) and isinstance(tree.terms[0], t.Neg):
        factors.number *= (-1) ** piece.power
        return Piece(sp.expand(-piece.value), piece.power)
    return piece


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
