"""``a x + b y = c`` in whole numbers, by Euclid's algorithm: one pair, and the steps between all.

With one pair (x, y) all others are (x + b k, y - a k), where a and b have no common divisor.
"""

from __future__ import annotations

from math import gcd

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.domains import hull
from assistant.maths.solving.common import Draft
from assistant.maths.solving.numbers.quantities import integer
from assistant.maths.solving.several_unknowns.linear_rows import rows_of, whole
from assistant.maths.types import Link, Request, Rule, Step, Text

NONE = Rule("pairs.none", "A common divisor that does not fit", "公因数不整除常数项")
DIVIDE = Rule("pairs.divide", "Divide by the common divisor", "约去公因数")
ONE = Rule("pairs.one", "One solution by Euclid's algorithm", "用辗转相除法求一组特解")
ALL = Rule("pairs.all", "All solutions from one", "由特解写出通解")
KEEP = Rule("pairs.keep", "Keep those in the bounds", "取符合范围的解")
EMPTY = t.Constant(t.ConstantName.EMPTY)
MOST = 200
"""So many pairs are listed."""
LARGEST = 10**12


def whole_pairs(request: Request) -> Draft | None:
    """All pairs of whole numbers, or of those from a bound on."""
    if request.topic != topics.WHOLE_PAIRS or len(request.variables) != 2:
        return None
    (equation,) = request.operands
    rows = rows_of((equation,), request.variables)
    row = whole(rows[0]) if rows else []
    if not row or not all(v.is_Integer and abs(v) < LARGEST for v in row) or 0 in row[:2]:
        return None
    names, (a, b, c) = request.variables, map(int, row)
    common = gcd(a, b)
    if c % common:
        why = Text("{0} divides the left side, but not {1}.", "左边总被 {0} 整除，而 {1} 不能。",
                   (t.integer(common), t.integer(c)))  # fmt: skip
        none = Step(rule=NONE, why=why, before=_equation(names, (a, b, c)), after=EMPTY,
                    link=Link.FORMULA)  # fmt: skip
        return Draft(answer=EMPTY, steps=(none,), method="euclid", variables=names)
    a, b, c = a // common, b // common, c // common
    line = _equation(names, (a, b, c))
    steps: list[Step] = []
    if line != equation:
        why = Text("Divide by what divides all.", "两边同除以公因数。")
        steps.append(Step(rule=DIVIDE, why=why, before=equation, after=line, link=Link.EQUIVALENT,
                          variable=", ".join(names)))  # fmt: skip
    x = c * pow(a, -1, abs(b)) % abs(b)
    pair = x, (c - a * x) // b
    step = (b, -a) if b > 0 else (-b, a)
    family, told = _family(names, line, pair, step)
    if hull(request.domain) is not None:
        return _kept(request, (pair, step), family, [*steps, *told])
    return Draft(answer=family, steps=(*steps, *told), method="euclid", variables=names)


Whole = tuple[int, int]


def _family(
    names: tuple[str, ...], line: t.Expr, pair: Whole, step: Whole
) -> tuple[t.Expr, tuple[Step, Step]]:
    """All the pairs from one of them."""
    index = next(n for n in "kntm" if n not in names)
    shifted = (_shifted(start, size, index) for start, size in zip(pair, step, strict=True))
    one, family = (
        _pair(*map(t.integer, pair)),
        t.Call("imageset", (_pair(*shifted), t.Symbol(index))),
    )
    put_in = Text("{0} is a solution: put it in.", "{0} 是一组解，可代入检验。", (one,))
    every = Text("Two solutions differ by a multiple of {0}: the factors have no common divisor.",
                 "任意两组解相差 {0} 的整数倍，因为两系数互质。",
                 (_pair(*map(t.integer, step)),))  # fmt: skip
    return family, (
        Step(rule=ONE, why=put_in, before=line, after=one, link=Link.FORMULA),
        Step(rule=ALL, why=every, before=one, after=family, link=Link.FORMULA),
    )


def _kept(
    request: Request, line: tuple[Whole, Whole], family: t.Expr, steps: list[Step]
) -> Draft | None:
    """The pairs both of whose numbers are from the bound on, where these have an end."""
    (x, y), (u, v) = line
    bound = hull(request.domain)
    low = integer(bound.low) if bound is not None else None
    if bound is None or low is None or v >= 0 or bound.low_open:
        return None
    if bound.high != t.Constant(t.ConstantName.INFINITY):
        return None
    first, last = -((x - low) // u), (y - low) // -v
    if last - first >= MOST:
        return None
    found = [_pair(t.integer(x + u * k), t.integer(y + v * k)) for k in range(first, last + 1)]
    answer: t.Expr = t.Collection(t.Bracket.SET, tuple(found)) if found else EMPTY
    why = Text("Both numbers must be at least {0}.", "两数都不小于 {0}。", (t.integer(low),))
    steps.append(Step(rule=KEEP, why=why, before=family, after=answer, link=Link.FORMULA))
    return Draft(answer=answer, steps=tuple(steps), method="euclid", variables=request.variables)


def _times(factor: int, value: t.Expr) -> t.Expr:
    size = value if abs(factor) == 1 else t.mul(t.integer(abs(factor)), value)
    return t.Neg(size) if factor < 0 else size


def _equation(names: tuple[str, ...], row: tuple[int, int, int]) -> t.Relation:
    parts = (_times(f, t.Symbol(n)) for f, n in zip(row, names, strict=False))
    return t.equation(t.add(*parts), t.integer(row[2]))


def _pair(first: t.Expr, second: t.Expr) -> t.Expr:
    return t.Collection(t.Bracket.TUPLE, (first, second))


def _shifted(start: int, step: int, index: str) -> t.Expr:
    """``2 + 5k``."""
    part = _times(step, t.Symbol(index))
    return t.add(part, t.integer(start)) if start else part
