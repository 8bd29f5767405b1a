"""Statistics of a list of numbers: centre, spread, quartiles, regression line.

Quartiles are the medians of the lower and the upper half, the middle value left out where the
count is odd (Moore and McCabe), as most school books have it.
"""

from __future__ import annotations

from collections import Counter

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.types import Link, Request, Rule, Step, Text

ADD_DIVIDE = Rule("statistics.mean", "Add and divide by the count", "求和再除以个数")
SORT = Rule("statistics.sort", "Put the values in order", "从小到大排列")
MIDDLE = Rule("statistics.median", "Take the middle", "取中间的数")
COUNT = Rule("statistics.mode", "Count how often each value occurs", "统计各数出现的次数")
HALVES = Rule(
    "statistics.quartiles", "Medians of the lower and the upper half", "分别取前后两半的中位数"
)
EXTREMES = Rule("statistics.spread", "Largest minus smallest", "最大值减最小值")
DEVIATIONS = Rule("statistics.variance", "Mean of the squared deviations", "离差平方的平均数")
ROOT = Rule("statistics.deviation", "Square root of the variance", "方差的算术平方根")
SUMS = Rule("statistics.sums", "The sums that are needed", "计算各项和")
LINE = Rule(
    "statistics.regression", "Slope and intercept of least squares", "最小二乘法求斜率与截距"
)
CORRELATION = Rule("statistics.correlation", "Coefficient of correlation", "相关系数")
CALCULATE = Text("Calculate.", "计算。")
MOST = 10_000


def describe(request: Request) -> Draft | None:
    """The method for the topic, where the data are real numbers."""
    data = _data(request.operands[0]) if len(request.operands) == 1 else None
    if data is None or not 0 < len(data) <= MOST:
        return None
    match request.topic:
        case topics.MEAN:
            return _mean(data)
        case topics.MEDIAN:
            return _median(data)
        case topics.MODE:
            return _mode(data)
        case topics.QUARTILES if len(data) > 1:
            return _quartiles(data)
        case topics.INTERQUARTILE if len(data) > 1:
            return _between_quartiles(data)
        case topics.SPREAD:
            return _spread(data)
        case topics.VARIANCE | topics.STANDARD_DEVIATION:
            return _variance(data, request.topic == topics.STANDARD_DEVIATION, len(data))
        case topics.SAMPLE_VARIANCE | topics.SAMPLE_DEVIATION if len(data) > 1:
            return _variance(data, request.topic == topics.SAMPLE_DEVIATION, len(data) - 1)
    return None


def _data(expr: t.Expr) -> list[t.Expr] | None:
    """The values as they were written, if each is a real number."""
    if not isinstance(expr, t.Collection):
        return None
    values = [to_sympy(item, real=True) for item in expr.items]
    return list(expr.items) if all(v.is_number and v.is_real for v in values) else None


def _value(expr: t.Expr) -> sp.Expr:
    return to_sympy(expr, real=True)


def _ordered(data: list[t.Expr]) -> list[t.Expr]:
    return sorted(data, key=_value)


def _listed(data: list[t.Expr]) -> t.Collection:
    return t.Collection(t.Bracket.LIST, tuple(data))


def _mean_line(data: list[t.Expr]) -> t.Expr:
    return t.Div(t.add(*data), t.integer(len(data)))


def _mean(data: list[t.Expr]) -> Draft:
    trail = Trail(_mean_line(data))
    total = sum(map(_value, data), sp.S.Zero)
    why = Text(
        "{0} values with the sum {1}.",
        "共 {0} 个数，和为 {1}。",
        (str(len(data)), from_sympy(total)),
    )
    trail.to(from_sympy(sp.nsimplify(total / len(data))), ADD_DIVIDE, why)
    return Draft(answer=trail.line, steps=tuple(trail.steps), method="mean")


def _sorting(data: list[t.Expr]) -> Step:
    why = Text("From the smallest to the largest.", "按从小到大的顺序。")
    return Step(
        rule=SORT, why=why, before=_listed(data), after=_listed(_ordered(data)), link=Link.FORMULA
    )


def _middle(ordered: list[t.Expr]) -> tuple[t.Expr, Text]:
    """The line for the median of sorted values, and why."""
    half = len(ordered) // 2
    if len(ordered) % 2:
        why = Text("The middle of {0} values.", "{0} 个数的中间一个。", (str(len(ordered)),))
        return ordered[half], why
    why = Text(
        "The mean of the two in the middle of {0} values.",
        "{0} 个数中间两个的平均数。",
        (str(len(ordered)),),
    )
    return t.Div(t.add(ordered[half - 1], ordered[half]), t.integer(2)), why


def _median(data: list[t.Expr]) -> Draft:
    ordered = _ordered(data)
    line, why = _middle(ordered)
    value = from_sympy(_value(line))
    before = line if line != value else _listed(ordered)
    link = Link.EQUAL if line != value else Link.FORMULA
    step = Step(rule=MIDDLE, why=why, before=before, after=value, link=link)
    return Draft(answer=value, steps=(_sorting(data), step), method="median")


def _mode(data: list[t.Expr]) -> Draft:
    counts = Counter(_value(item) for item in data)
    most = max(counts.values())
    modes = sorted(value for value, n in counts.items() if n == most)
    if most == 1:
        why = Text("Each of these occurs once.", "这些数各出现 1 次。")
    elif len(modes) == 1:
        why = Text("It occurs {0} times.", "该数出现 {0} 次。", (str(most),))
    else:
        why = Text("Each of these occurs {0} times.", "这些数各出现 {0} 次。", (str(most),))
    items = tuple(from_sympy(m) for m in modes)
    answer = items[0] if len(items) == 1 else t.Collection(t.Bracket.SET, items)
    step = Step(rule=COUNT, why=why, before=_listed(data), after=answer, link=Link.FORMULA)
    every = len(modes) == len(counts) > 1
    note = Text("Every value occurs equally often.", "各数出现次数相同。")
    return Draft(answer=answer, steps=(step,), method="mode", conditions=(note,) if every else ())


def _quartiles(data: list[t.Expr]) -> Draft:
    ordered = _ordered(data)
    half = len(ordered) // 2
    parts = [ordered[:half], ordered, ordered[len(ordered) - half :]]
    names = ("Q1", "Q2", "Q3")
    steps, values = [_sorting(data)], []
    for name, part in zip(names, parts, strict=True):
        line, why = _middle(part)
        value = from_sympy(_value(line))
        values.append(value)
        told = Text(f"{name}: {why.en}", f"{name}：{why.zh}", why.args)
        before, link = (line, Link.EQUAL) if line != value else (_listed(part), Link.FORMULA)
        steps.append(Step(rule=HALVES, why=told, before=before, after=value, link=link))
    convention = Text(
        "Quartiles as medians of the halves, without the middle value where the count is odd.",
        "四分位数取前后两半的中位数；个数为奇数时不含中间的数。",
    )
    return Draft(
        answer=t.Collection(t.Bracket.TUPLE, tuple(values)),
        steps=tuple(steps),
        method="quartiles",
        conditions=(convention,),
    )


def _between_quartiles(data: list[t.Expr]) -> Draft | None:
    """The third quartile minus the first."""
    quartiles = _quartiles(data)
    if not isinstance(quartiles.answer, t.Collection):
        return None
    first, _, third = quartiles.answer.items
    trail = Trail(t.sub(third, first))
    trail.to(from_sympy(_value(trail.line)), EXTREMES, Text("Q3 − Q1.", "Q3 − Q1。"))
    return Draft(
        answer=from_sympy(_value(t.sub(third, first))),
        method="quartiles",
        steps=(*quartiles.steps, *trail.steps),
        conditions=quartiles.conditions,
    )


def _spread(data: list[t.Expr]) -> Draft:
    ordered = _ordered(data)
    trail = Trail(t.sub(ordered[-1], ordered[0]))
    why = Text("Largest minus smallest value.", "最大值减去最小值。")
    trail.to(from_sympy(_value(trail.line)), EXTREMES, why)
    return Draft(answer=from_sympy(_value(trail.line)), steps=tuple(trail.steps), method="range")


def _variance(data: list[t.Expr], root: bool, divisor: int) -> Draft:  # noqa: FBT001
    mean = from_sympy(sum(map(_value, data), sp.S.Zero) / len(data))
    first = Trail(_mean_line(data))
    first.to(mean, ADD_DIVIDE, Text("The mean.", "平均数。"))
    squares = t.add(*(t.Pow(t.sub(item, mean), t.integer(2)) for item in data))
    line: t.Expr = t.Div(squares, t.integer(divisor))
    why = Text(
        "Deviations from {0}, squared, added, divided by {1}.",
        "与 {0} 的差的平方和除以 {1}。",
        (mean, str(divisor)),
    )
    trail = Trail(line)
    variance = from_sympy(_value(line))
    trail.to(variance, DEVIATIONS, why)
    steps = [*first.steps, *trail.steps]
    answer = variance
    if root:
        asked = t.Call("sqrt", (variance,))
        answer = from_sympy(sp.sqrt(_value(variance)))
        if answer != asked:
            steps.append(Step(rule=ROOT, why=CALCULATE, before=asked, after=answer))
    return Draft(answer=answer, steps=tuple(steps), method="definition")


def regression(request: Request) -> Draft | None:
    """The line of least squares, or the coefficient of correlation, of points."""
    points = _points(request)
    if points is None or request.topic not in (topics.REGRESSION, topics.CORRELATION):
        return None
    xs, ys = ([p[k] for p in points] for k in range(2))
    n = len(points)
    mean_x, mean_y = sum(xs) / n, sum(ys) / n
    sxx = sum((x - mean_x) ** 2 for x in xs)
    sxy = sum((x - mean_x) * (y - mean_y) for x, y in points)
    syy = sum((y - mean_y) ** 2 for y in ys)
    if sxx == 0 or (request.topic == topics.CORRELATION and syy == 0):
        return None
    means = Text(
        "Means {0} and {1}; Σ(x−x̄)² = {2}, Σ(x−x̄)(y−ȳ) = {3}, Σ(y−ȳ)² = {4}.",
        "平均数 {0}、{1}；Σ(x−x̄)² = {2}，Σ(x−x̄)(y−ȳ) = {3}，Σ(y−ȳ)² = {4}。",
        tuple(from_sympy(v) for v in (mean_x, mean_y, sxx, sxy, syy)),
    )
    if request.topic == topics.CORRELATION:
        line = t.Div(from_sympy(sxy), t.Call("sqrt", (t.mul(from_sympy(sxx), from_sympy(syy)),)))
        trail = Trail(line)
        trail.to(from_sympy(sxy / sp.sqrt(sxx * syy)), CORRELATION, means)
        return Draft(answer=trail.line, steps=tuple(trail.steps), method="least squares")
    slope = sxy / sxx
    trail = Trail(t.Div(from_sympy(sxy), from_sympy(sxx)))
    trail.to(from_sympy(slope), SUMS, means)
    start = Trail(t.sub(from_sympy(mean_y), t.mul(from_sympy(slope), from_sympy(mean_x))))
    through = Text("The line passes through the point of the means.", "直线经过样本中心点。")
    start.to(from_sympy(mean_y - slope * mean_x), LINE, through)
    answer = t.equation(t.Symbol("y"), from_sympy(slope * sp.Symbol("x") + mean_y - slope * mean_x))
    steps = (*trail.steps, *start.steps)
    return Draft(answer=answer, steps=steps, method="least squares", variables=("x", "y"))


def _points(request: Request) -> list[tuple[sp.Expr, sp.Expr]] | None:
    """The points of a list of pairs, or of two lists of one length."""
    lists = [o.items for o in request.operands if isinstance(o, t.Collection)]
    if len(lists) == 1:
        pairs = [p.items for p in lists[0] if isinstance(p, t.Collection) and len(p.items) == 2]
        if len(pairs) != len(lists[0]):
            return None
    elif len(lists) == 2 and len(lists[0]) == len(lists[1]):
        pairs = list(zip(*lists, strict=True))
    else:
        return None
    values = [(_value(a), _value(b)) for a, b in pairs]
    exact = all(v.is_number and v.is_real for pair in values for v in pair)
    return values if exact and 2 <= len(values) <= MOST else None
