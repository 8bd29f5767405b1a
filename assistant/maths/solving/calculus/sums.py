"""Finite and infinite sums, and finite products."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.cas.guard import OutOfTime, time_limit
from assistant.maths.solving.calculus.tidy import INFINITY, number, plus, times
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.equations.domains import simplified
from assistant.maths.types import Request, Rule, Text

WRITE_OUT = Rule("sum.write_out", "Write out the terms", "写出各项")
ADD_UP = Rule("sum.add_up", "Add up", "求和")
SPLIT = Rule("sum.split", "Split the sum", "拆成几个和")
POWERS = Rule("sum.powers", "Sums of powers", "自然数幂和公式")
GEOMETRIC = Rule("sum.geometric", "Geometric series", "等比数列求和公式")
ARITHMETIC = Rule("sum.arithmetic", "Arithmetic series", "等差数列求和公式")
SHIFTED = Rule("sum.shifted", "Subtract the sum times the ratio", "错位相减法")
TELESCOPE = Rule("sum.telescope", "The terms cancel", "裂项相消")
PARTIAL = Rule("sum.partial_fractions", "Partial fractions", "裂项")
WAVES = Rule("sum.waves", "Multiply by 2·sin(half the step)", "乘以 2·sin(半个公差)")
CLOSED = Rule("sum.closed", "Closed form", "求和公式")
PARTIAL_SUM = Rule("sum.limit", "Limit of the partial sums", "部分和的极限")
SIMPLIFY = Rule("sum.simplify", "Simplify", "化简")

FEW = 12
SECONDS = 4.0


class Sum:
    """A sum in both worlds."""

    def __init__(self, body: t.Expr, name: str, low: t.Expr, high: t.Expr) -> None:
        self.parts = body, name, low, high
        self.k = sp.Symbol(name, integer=True)
        plain = sp.Symbol(name)
        self.names = {
            sp.Symbol(n): sp.Symbol(n, integer=True, positive=True)
            for n in t.symbols(high)
            if n != name
        }
        self.body = to_sympy(body).xreplace({plain: self.k}).xreplace(self.names)
        self.low, self.high = (to_sympy(e).xreplace(self.names) for e in (low, high))

    @property
    def line(self) -> t.Expr:
        """The sum as it is written."""
        body, name, low, high = self.parts
        return t.Call("sum", (body, t.Symbol(name), low, high))

    def of(self, body: Any) -> t.Expr:
        """Another sum with the same bounds."""
        _, name, low, high = self.parts
        return t.Call("sum", (from_sympy(body), t.Symbol(name), low, high))

    def value(self, body: Any | None = None) -> Any:
        """SymPy's closed form, or ``None``."""
        try:
            with time_limit(SECONDS):
                found = sp.summation(
                    self.body if body is None else body, (self.k, self.low, self.high)
                )
        except (OutOfTime, NotImplementedError, ValueError, RecursionError, TypeError):
            return None
        if isinstance(found, sp.Piecewise):
            found = next((v for v, c in found.args if c == sp.true), None)
        if found is None or found.has(sp.Sum, sp.nan, sp.zoo, self.k, sp.Piecewise):
            return None
        return found


def summation(request: Request) -> Draft | None:
    """``sum(k^2, k, 1, n)`` and its like."""
    match request:
        case Request(topic=topics.CONVERGENCE):
            return None
        case Request(operands=(t.Call("sum", (body, t.Symbol(name), low, high)),)):
            pass
        case Request(operands=(body, low, high), variables=(name, *_)):
            pass
        case _:
            return None
    try:
        given = Sum(body, name, low, high)
        steps = _written_out(given) or _told(given)
    except NotConvertible:
        return None
    if steps is None:
        return None
    trail, method = steps
    return Draft(
        answer=trail.line,
        steps=tuple(trail.steps),
        method=method,
        variables=(name,),
        conditions=tuple(_apart(body, name, trail.line)),
    )


def _apart(body: t.Expr, name: str, value: t.Expr) -> Iterator[Text]:
    """For which letters of the terms the formula holds: ``(1 - a^n)/(1 - a)`` needs a ≠ 1."""
    given = {f for n in t.walk(body) if isinstance(n, t.Div) for f in _factors(n.den)}
    letters = {*t.symbols(body)} - {name}
    parts = [f for n in t.walk(value) if isinstance(n, t.Div) for f in _factors(n.den)]
    for bottom in dict.fromkeys(parts):
        own = {*t.symbols(bottom)}
        if bottom not in given and own & letters:
            relation = t.Relation(t.Comparison.NE, bottom, t.integer(0))
            relation = simplified(relation, min(own)) if len(own) == 1 else relation
            yield Text("for {0}", "当 {0} 时", (relation,))


def _factors(bottom: t.Expr) -> Iterator[t.Expr]:
    """The bases of what a denominator is a product of."""
    match bottom:
        case t.Mul(parts):
            for part in parts:
                yield from _factors(part)
        case t.Pow(base, _) | t.Neg(base):
            yield from _factors(base)
        case _:
            yield bottom


def _written_out(given: Sum) -> tuple[Trail, str] | None:
    """A few terms, one by one."""
    body, name, low, high = given.parts
    ends = number(low), number(high)
    if ends[0] is None or ends[1] is None or {e.denominator for e in ends if e is not None} != {1}:
        return None
    if not 0 <= ends[1] - ends[0] < FEW:
        return None
    terms = [
        t.substitute(body, name, t.rational(Fraction(k)))
        for k in range(int(ends[0]), int(ends[1]) + 1)
    ]
    trail = Trail(given.line)
    trail.to(
        t.add(*terms),
        WRITE_OUT,
        Text("Put {0} = {1}, …, {2}.", "依次令 {0} = {1}, …, {2}。", (t.Symbol(name), low, high)),
    )
    values = [sp.nsimplify(to_sympy(term)) for term in terms]
    trail.to(t.add(*map(from_sympy, values)), ADD_UP, Text("Work out each term.", "计算各项。"))
    trail.to(from_sympy(sp.Add(*values)), ADD_UP, Text("Add.", "相加。"))
    return trail, "term by term"


def _told(given: Sum) -> tuple[Trail, str] | None:
    for way in (_powers, _geometric, _shifted, _telescoping, _waves, _closed):
        found = way(given)
        if found is not None:
            return found
    return None


def _finish(trail: Trail, value: Any) -> Trail:
    short = min((value, sp.factor(value), sp.simplify(value)), key=sp.count_ops)
    trail.to(from_sympy(short), SIMPLIFY, Text("Simplify.", "化简。"))
    return trail


def _powers(given: Sum) -> tuple[Trail, str] | None:
    """Polynomials, by the formulas for the sums of powers."""
    if not given.body.is_polynomial(given.k) or given.high.is_infinite:
        return None
    value = given.value()
    if value is None:
        return None
    trail = Trail(given.line)
    pieces = sp.Poly(sp.expand(given.body), given.k).terms()
    if len(pieces) == 2 and pieces[0][0][0] == 1:
        first, last = (given.body.subs(given.k, e) for e in (given.low, given.high))
        count = sp.expand(given.high - given.low + 1)
        trail.to(
            t.Div(
                t.mul(from_sympy(count), t.add(from_sympy(first), from_sympy(last))), t.integer(2)
            ),
            ARITHMETIC,
            Text(
                "An arithmetic series: number of terms times the mean of first and last term.",
                "等差数列求和：项数乘以首末项的平均值。",
            ),
        )
        return _finish(trail, value), "arithmetic series"
    trail.to(
        plus(*(times(from_sympy(c), given.of(given.k ** e[0])) for e, c in pieces)),
        SPLIT,
        Text("Split, and take constants outside.", "拆开，并把常数提到外面。"),
    )
    closed = [(c, given.value(given.k ** e[0])) for e, c in pieces]
    trail.to(
        plus(*(times(from_sympy(c), from_sympy(sp.factor(v))) for c, v in closed)),
        POWERS,
        Text(
            "1+…+n = n(n+1)/2, 1²+…+n² = n(n+1)(2n+1)/6, 1³+…+n³ = n²(n+1)²/4, and so on.",
            "1+…+n = n(n+1)/2，1²+…+n² = n(n+1)(2n+1)/6，1³+…+n³ = n²(n+1)²/4 等。",
        ),
    )
    return _finish(trail, value), "sums of powers"


def _ratio(body: Any, k: Any) -> Any | None:
    ratio = sp.simplify(body.subs(k, k + 1) / body) if body != 0 else None
    return None if ratio is None or ratio.has(k) else ratio


def _geometric(given: Sum) -> tuple[Trail, str] | None:
    """A constant quotient of neighbours."""
    ratio = _ratio(given.body, given.k)
    if ratio is None or ratio == 1 or (ratio.free_symbols and given.high.is_infinite):
        return None
    first = sp.simplify(given.body.subs(given.k, given.low))
    trail = Trail(given.line)
    a, r = from_sympy(first), from_sympy(ratio)
    rest = t.sub(t.integer(1), r)
    if given.high.is_infinite:
        if not abs(ratio) < 1:
            return None
        told = Text(
            "Geometric with first term {0} and ratio {1}, which is below 1 in size: a/(1 - r).",
            "首项 {0}、公比 {1} 的无穷等比级数，|r| < 1：a/(1 - r)。",
            (a, r),
        )
        trail.to(t.Div(a, rest), GEOMETRIC, told)
        return _finish(trail, first / (1 - ratio)), "geometric series"
    count = sp.expand(given.high - given.low + 1)
    told = Text(
        "Geometric with first term {0}, ratio {1} and {2} terms: a·(1 - r^m)/(1 - r).",
        "首项 {0}、公比 {1}、共 {2} 项的等比数列：a·(1 - r^m)/(1 - r)。",
        (a, r, from_sympy(count)),
    )
    numerator = t.sub(t.integer(1), t.Pow(r, from_sympy(count)))
    trail.to(t.Div(t.mul(a, numerator), rest), GEOMETRIC, told)
    return _finish(trail, first * (1 - ratio**count) / (1 - ratio)), "geometric series"


def _shifted(given: Sum) -> tuple[Trail, str] | None:
    """A polynomial times a geometric part: S - r·S."""
    power = [p for p in given.body.atoms(sp.Pow) if p.exp.has(given.k) and not p.base.has(given.k)]
    if not power or given.high.is_infinite:
        return None
    rest = sp.simplify(given.body / sp.Mul(*power))
    value = given.value()
    if value is None or not rest.is_polynomial(given.k):
        return None
    trail = Trail(given.line)
    trail.to(
        from_sympy(min((value, sp.factor(value), sp.simplify(value)), key=sp.count_ops)),
        SHIFTED,
        Text(
            "Call the sum S, and r the ratio of the geometric part; in S - r·S the polynomial part "
            "loses a degree, until a geometric series is left.",
            "设和为 S，公比为 r；用错位相减 S - r·S 逐步化为等比数列求和。",
        ),
    )
    return trail, "shifted difference"


def _telescoping(given: Sum) -> tuple[Trail, str] | None:
    """Partial fractions whose neighbours cancel."""
    if not given.body.is_rational_function(given.k) or given.body.is_polynomial(given.k):
        return None
    parts = sp.apart(given.body, given.k)
    if not parts.is_Add:
        return None
    last = "n" if given.parts[1] != "n" else "N"
    n = sp.Symbol(last, integer=True, positive=True)
    finite = Sum(given.parts[0], given.parts[1], given.parts[2], t.Symbol(last))
    value = finite.value() if given.high.is_infinite else given.value()
    if value is None or value.has(sp.harmonic, sp.polygamma):
        return None
    trail = Trail(given.line)
    why = Text("Write each term as a difference.", "把每一项写成差的形式。")
    trail.to(given.of(parts), PARTIAL, why)
    cancelled = Text(
        "In the sum each term cancels with one further on; the ends are left.",
        "相加时中间各项相互抵消，只剩首尾。",
    )
    if not given.high.is_infinite:
        trail.to(from_sympy(sp.factor(value)), TELESCOPE, cancelled)
        return trail, "telescoping"
    shown = from_sympy(value.subs(n, sp.Symbol(last)))
    trail.to(t.Call("limit", (shown, t.Symbol(last), INFINITY)), TELESCOPE, cancelled)
    limit = sp.limit(value, n, sp.oo)
    trail.to(from_sympy(limit), PARTIAL_SUM, Text("Let n grow.", "令 n 趋于无穷。"))
    return trail, "telescoping"


def _waves(given: Sum) -> tuple[Trail, str] | None:
    """``sin(ak+b)`` and ``cos(ak+b)``."""
    coefficient, wave = given.body.as_independent(given.k, as_Add=False)
    if not isinstance(wave, sp.sin | sp.cos) or given.high.is_infinite:
        return None
    argument = wave.args[0]
    step = sp.expand(argument).coeff(given.k, 1)
    if sp.expand(argument - step * given.k).has(given.k) or step == 0 or sp.sin(step / 2) == 0:
        return None
    low, high = (
        argument.subs(given.k, e)
        for e in (given.low - sp.Rational(1, 2), given.high + sp.Rational(1, 2))
    )
    low, high = sp.expand(low), sp.expand(high)
    top = sp.cos(low) - sp.cos(high) if isinstance(wave, sp.sin) else sp.sin(high) - sp.sin(low)
    trail = Trail(given.line)
    trail.to(
        from_sympy(coefficient * top / (2 * sp.sin(step / 2))),
        WAVES,
        Text(
            "Times 2·sin({0}) each term is a difference of neighbours, and the sum telescopes.",
            "乘以 2·sin({0}) 后每项化为相邻两项之差，相加后相消。",
            (from_sympy(step / 2),),
        ),
    )
    return trail, "telescoping"


def _closed(given: Sum) -> tuple[Trail, str] | None:
    """What the tables know."""
    value = given.value()
    if value is None:
        return None
    short = min((value, sp.simplify(value)), key=sp.count_ops)
    trail = Trail(given.line)
    told = Text("A known sum.", "已知的求和公式。")
    if value == sp.oo:
        told = Text(
            "The partial sums grow without bound: the series diverges.",
            "部分和无限增大，级数发散。",
        )
    trail.to(from_sympy(short), CLOSED, told)
    return trail, "known sum"


def product(request: Request) -> Draft | None:
    """``product(k, k, 1, 5)``: written out, or in closed form."""
    match request:
        case Request(operands=(t.Call("product", (body, t.Symbol(name), low, high)),)):
            pass
        case Request(operands=(body, low, high), variables=(name, *_)):
            pass
        case _:
            return None
    trail = Trail(t.Call("product", (body, t.Symbol(name), low, high)))
    ends = number(low), number(high)
    try:
        if None not in ends and 0 <= ends[1] - ends[0] < FEW:  # type: ignore[operator]
            factors = [
                t.substitute(body, name, t.integer(k))
                for k in range(int(ends[0] or 0), int(ends[1] or 0) + 1)
            ]
            why = Text("Write out the factors.", "写出各因子。")
            trail.to(t.Mul(tuple(factors)) if len(factors) > 1 else factors[0], WRITE_OUT, why)
            value = sp.Mul(*map(to_sympy, factors))
        else:
            with time_limit(SECONDS):
                given = Sum(body, name, low, high)
                value = sp.product(given.body, (given.k, given.low, given.high))
                value = sp.gammasimp(value) if value.has(sp.RisingFactorial) else value
                value = sp.simplify(value)
        if value.has(sp.Product, sp.nan):
            return None
        trail.to(from_sympy(value), CLOSED, Text("Multiply.", "相乘。"))
    except (NotConvertible, OutOfTime, NotImplementedError):
        return None
    return Draft(answer=trail.line, steps=tuple(trail.steps), method="product", variables=(name,))
