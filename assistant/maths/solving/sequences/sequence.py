"""Sequences: the next term, the n-th term, arithmetic and geometric progressions.

Finitely many terms do not fix a sequence.  By the custom of school the polynomial of
least degree through the terms is meant, where at least one term more than its degree
needs confirms it; the answer says so.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.numbers.quantities import rational, rationals
from assistant.maths.types import Link, Request, Rule, Step, Text

DIFFERENCES = Rule("sequence.differences", "Differences of neighbours", "求相邻项之差")
CONTINUE = Rule("sequence.continue", "Continue the constant row", "按常差数列续写")
NEWTON = Rule("sequence.newton", "Newton's formula from the first differences", "用牛顿插值公式")
COLLECT = Rule("sequence.collect", "Expand and collect", "展开并合并同类项")
RATIO = Rule("sequence.ratio", "Ratios of neighbours", "求相邻项之比")
FORMULA = Rule("sequence.formula", "Formula of the progression", "数列公式")
WORK_OUT = Rule("sequence.work_out", "Work it out", "计算")
CUSTOM = Text(
    "Finitely many terms fit many rules; the polynomial of least degree is meant, as is usual.",
    "有限项不能唯一确定数列；按惯例取次数最低的多项式规律。",
)
RATIO_CUSTOM = Text(
    "Finitely many terms fit many rules; the constant ratio is meant.",
    "有限项不能唯一确定数列；按惯例取等比规律。",
)


def _terms(values: list[Fraction] | tuple[Fraction, ...]) -> t.Expr:
    return t.Collection(t.Bracket.LIST, tuple(map(t.rational, values)))


def table(values: tuple[Fraction, ...]) -> list[list[Fraction]] | None:
    """Rows of differences down to a constant row of at least two; ``None`` if there is none."""
    rows = [list(values)]
    while len(rows[-1]) > 1 and any(a != rows[-1][0] for a in rows[-1]):
        last = rows[-1]
        rows.append([b - a for a, b in itertools.pairwise(last)])
    return rows if len(rows[-1]) > 1 else None


def _difference_steps(rows: list[list[Fraction]]) -> list[Step]:
    return [
        Step(
            rule=DIFFERENCES,
            why=Text("Take each term from the next one.", "后一项减前一项。"),
            before=_terms(above),
            after=_terms(below),
            link=Link.FORMULA,
        )
        for above, below in itertools.pairwise(rows)
    ]


def next_term(request: Request) -> Draft | None:
    """The next term, by the table of differences or a constant ratio."""
    values = rationals(request.operands)
    if request.topic != topics.NEXT or values is None or len(values) < 2:
        return None
    rows = table(values)
    if rows is None:
        return _next_by_ratio(values)
    step = rows[-1][-1]
    lasts = [row[-1] for row in rows]
    found = sum(lasts, Fraction(0))
    total = t.add(*(t.rational(v) for v in lasts))
    steps = _difference_steps(rows)
    why = Text(
        "The row of {0} stays constant; add the last numbers of all rows.",
        "{0} 这一行是常数；把各行最后一个数相加。",
        (t.rational(step),),
    )
    steps.append(Step(rule=CONTINUE, why=why, before=total, after=t.rational(found)))
    return Draft(
        answer=t.rational(found), steps=tuple(steps), method="differences", conditions=(CUSTOM,)
    )


def _next_by_ratio(values: tuple[Fraction, ...]) -> Draft | None:
    if len(values) < 3 or 0 in values:
        return None
    ratio = values[1] / values[0]
    if any(b / a != ratio for a, b in itertools.pairwise(values)):
        return None
    line = t.Mul((t.rational(values[-1]), t.rational(ratio)))
    steps = (
        Step(
            rule=RATIO,
            why=Text(
                "Each term is {0} times the one before.",
                "每一项是前一项的 {0} 倍。",
                (t.rational(ratio),),
            ),
            before=_terms(values),
            after=t.rational(ratio),
            link=Link.FORMULA,
        ),
        Step(
            rule=CONTINUE,
            why=Text("Multiply once more.", "再乘一次。"),
            before=line,
            after=t.rational(values[-1] * ratio),
        ),
    )
    return Draft(
        answer=t.rational(values[-1] * ratio),
        steps=steps,
        method="ratio",
        conditions=(RATIO_CUSTOM,),
    )


def nth_term(request: Request) -> Draft | None:
    """The formula of the n-th term: Newton's forward differences, collected."""
    values = rationals(request.operands)
    if request.topic != topics.NTH or values is None or len(values) < 2 or not request.variables:
        return None
    rows = table(values)
    name = t.Symbol(request.variables[0])
    if rows is None:
        return _geometric_formula(values, name)
    coefficients = _newton([row[0] for row in rows])
    answer = _polynomial(coefficients, name)
    newton = _newton_formula([row[0] for row in rows], name)
    steps = _difference_steps(rows)
    trail = Trail(newton)
    trail.to(answer, COLLECT, Text("Expand and collect.", "展开并合并同类项。"))
    start = Step(
        rule=NEWTON,
        why=Text("The first numbers of the rows are the coefficients.", "各行首数就是系数。"),
        before=_terms(values),
        after=newton,
        link=Link.FORMULA,
    )
    return Draft(
        answer=answer,
        steps=(*steps, start, *trail.steps),
        method="differences",
        conditions=(CUSTOM,),
    )


def _newton(heads: list[Fraction]) -> list[Fraction]:
    """Coefficients, lowest first, of the sum of ``heads[k] * binomial(n - 1, k)``."""
    total = [Fraction(0)] * len(heads)
    basis = [Fraction(1)]  # (n-1)(n-2)…(n-k)/k!, lowest power first
    for k, head in enumerate(heads):
        for power, c in enumerate(basis):
            total[power] += head * c
        grown = [Fraction(0)] * (len(basis) + 1)
        for power, c in enumerate(basis):
            grown[power + 1] += c / (k + 1)
            grown[power] -= c * (k + 1) / (k + 1)
        basis = grown
    return total


def _newton_formula(heads: list[Fraction], name: t.Symbol) -> t.Expr:
    parts: list[t.Expr] = []
    for k, head in enumerate(heads):
        factors = [t.Add((name, t.Neg(t.integer(j)))) for j in range(1, k + 1)]
        size = t.rational(head)
        body = t.mul(size, *factors)
        fact = 1
        for j in range(2, k + 1):
            fact *= j
        parts.append(t.Div(body, t.integer(fact)) if fact > 1 else body)
    return t.add(*parts)


def _polynomial(coefficients: list[Fraction], name: t.Symbol) -> t.Expr:
    """Highest power first, as it is written."""
    parts: list[t.Expr] = []
    for power in range(len(coefficients) - 1, -1, -1):
        c = coefficients[power]
        if c == 0:
            continue
        size = abs(c)
        literal: list[t.Expr] = (
            [t.Pow(name, t.integer(power)) if power > 1 else name] if power else []
        )
        if size != 1 or not literal:
            literal.insert(0, t.rational(size))
        term = t.mul(*literal)
        parts.append(t.Neg(term) if c < 0 else term)
    return t.add(*parts)


def _geometric_formula(values: tuple[Fraction, ...], name: t.Symbol) -> Draft | None:
    if _next_by_ratio(values) is None:
        return None
    ratio = values[1] / values[0]
    power = t.Pow(t.rational(ratio), t.Add((name, t.Neg(t.integer(1)))))
    answer = power if values[0] == 1 else t.Mul((t.rational(values[0]), power))
    step = Step(
        rule=RATIO,
        why=Text(
            "Each term is {0} times the one before.",
            "每一项是前一项的 {0} 倍。",
            (t.rational(ratio),),
        ),
        before=_terms(values),
        after=answer,
        link=Link.FORMULA,
    )
    return Draft(answer=answer, steps=(step,), method="ratio", conditions=(RATIO_CUSTOM,))


def progression(request: Request) -> Draft | None:
    """Term and sum of arithmetic and geometric progressions."""
    if len(request.operands) != 3:
        return None
    a, d, n = request.operands
    before = t.Add((n, t.Neg(t.integer(1))))
    match request.topic:
        case topics.ARITHMETIC_TERM:
            line: t.Expr = t.Add((a, t.Mul((before, d))))
        case topics.ARITHMETIC_SUM:
            inner = t.Add((t.Mul((t.integer(2), a)), t.Mul((before, d))))
            line = t.Div(t.Mul((n, inner)), t.integer(2))
        case topics.GEOMETRIC_TERM:
            line = t.Mul((a, t.Pow(d, before)))
        case topics.GEOMETRIC_SUM if rational(d) not in (None, Fraction(1)):
            top = t.Mul((a, t.Add((t.integer(1), t.Neg(t.Pow(d, n))))))
            line = t.Div(top, t.Add((t.integer(1), t.Neg(d))))
        case _:
            return None
    value = rational(line)
    if value is None:
        return None
    trail = Trail(line)
    trail.to(
        t.rational(value), WORK_OUT, Text("Put the numbers into the formula.", "代入公式计算。")
    )
    return Draft(answer=trail.line, steps=tuple(trail.steps), method="progression")
