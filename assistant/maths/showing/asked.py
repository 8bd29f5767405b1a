"""What a problem asks, as formulas and in a few words: how it was read is shown back."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.showing.answers import Line
from assistant.maths.showing.notation_calls import COMMAS, ELEMENT
from assistant.maths.types import Definition, Problem, Request, Task, Text

OPERATORS = {
    Task.INTEGRATE: "integrate",
    Task.LIMIT: "limit",
    Task.SUM: "sum",
    Task.PRODUCT: "product",
}
"""Tasks whose operator is written before the formula."""
ORDERS = {
    Task.SOLVE: Text("solve for {0}", "求 {0}"),
    Task.SIMPLIFY: Text("simplify", "化简"),
    Task.FACTOR: Text("factor", "因式分解"),
    Task.EXPAND: Text("expand", "展开"),
    Task.DIFFERENTIATE: Text("differentiate", "求导"),
    Task.SERIES: Text("series", "级数"),
    Task.DSOLVE: Text("solve the differential equation", "解微分方程"),
    Task.EVALUATE: Text("work out", "计算"),
    Task.PROVE: Text("true or false?", "判断是否成立"),
}
TOPICS = {
    "determinant": Text("determinant", "求行列式"),
    "inverse": Text("inverse matrix", "求逆矩阵"),
    "transpose": Text("transpose", "求转置"),
    "trace": Text("trace", "求迹"),
    "rank": Text("rank", "求秩"),
    "rref": Text("reduced row echelon form", "化为行最简形"),
    "eigenvalues": Text("eigenvalues", "求特征值"),
    "eigenvectors": Text("eigenvectors", "求特征向量"),
    "mean": Text("mean", "求平均数"),
    "median": Text("median", "求中位数"),
    "mode": Text("mode", "求众数"),
    "quartiles": Text("quartiles", "求四分位数"),
    "spread": Text("range of the data", "求极差"),
    "variance": Text("variance", "求方差"),
    "sample_variance": Text("sample variance", "求样本方差"),
    "standard_deviation": Text("standard deviation", "求标准差"),
    "domain": Text("domain", "求定义域"),
    "range": Text("range", "求值域"),
    "inverse_function": Text("inverse function", "求反函数"),
    "asymptotes": Text("asymptotes", "求渐近线"),
    "extrema": Text("extrema", "求极值"),
    "maximum": Text("largest value", "求最大值"),
    "minimum": Text("smallest value", "求最小值"),
    "critical_points": Text("critical points", "求驻点"),
    "inflection": Text("inflection points", "求拐点"),
    "monotonicity": Text("where it rises and falls", "求单调区间"),
    "convexity": Text("where it is convex or concave", "求凹凸区间"),
    "intercepts": Text("intercepts", "求截距"),
    "zeros": Text("zeros", "求零点"),
    "parity": Text("even or odd?", "判断奇偶性"),
    "period": Text("period", "求周期"),
    "tangent": Text("tangent line", "求切线"),
    "normal": Text("normal line", "求法线"),
    "area_between": Text("area between the curves", "求所围面积"),
    "arc_length": Text("arc length", "求弧长"),
    "gcd": Text("greatest common divisor", "求最大公约数"),
    "lcm": Text("least common multiple", "求最小公倍数"),
    "remainder": Text("remainder", "求余数"),
    "least": Text("the least such number", "求最小的数"),
    "whole_pairs": Text("whole-number solutions", "求整数解"),
    "radius": Text("radius of convergence", "求收敛半径"),
    "prime_factors": Text("prime factors", "求质因数"),
    "factorization": Text("prime factorisation", "分解质因数"),
    "divisors": Text("divisors", "求因数"),
    "convergence": Text("convergence", "判断敛散性"),
    "next": Text("next term", "求下一项"),
    "nth": Text("general term", "求通项公式"),
    "complete_square": Text("complete the square", "配方"),
    "partial_fractions": Text("partial fractions", "分解为部分分式"),
    "rationalize": Text("rationalise the denominator", "分母有理化"),
}
"""Topics that have a short name; the others speak for themselves in their steps."""


FOR_ALL = Text("find {0} so that it holds for every {1}", "求 {0}，使其对每个 {1} 都成立")
FOR_SOME = Text("find {0} so that it holds for some {1}", "求 {0}，使其对某个 {1} 成立")


def reading(problem: Problem) -> tuple[Line, ...]:
    """How a problem was read: what is asked, the formulas, the domain, what was ambiguous."""
    request = problem.request
    given = map(_definition, problem.definitions)
    letters = _letters(problem)
    order = Text("find {0}", "求 {0}", (letters,)) if letters else ordered(request)
    lines: list[Line | None] = [order, *given, None if letters else asked(request)]
    if request.domain is not None and request.variables:
        about = len(request.variables) if request.topic == topics.WHOLE_PAIRS else 1
        names = map(t.Symbol, request.variables[:about])
        lines += [t.Call(ELEMENT, (name, request.domain)) for name in names]
    formulas = [line for line in lines if line is not None]
    return () if formulas == [order] else (*formulas, *problem.notes)


def _letters(problem: Problem) -> t.Expr | None:
    """The letters whose values are asked for, where what is given fixes them."""
    wanted = [r.operands for r in (problem.request, *problem.more) if r.task is Task.EVALUATE]
    names = tuple(o for operands in wanted for o in operands if isinstance(o, t.Symbol))
    if not problem.definitions or not len(names) == len(wanted) == 1 + len(problem.more):
        return None
    return names[0] if len(names) == 1 else t.Call(COMMAS, names)


def ordered(request: Request) -> Text | None:
    """The order in a few words, where the formula does not say it itself."""
    if found := TOPICS.get(request.topic):
        return found
    if request.topic == topics.ALWAYS:
        unknown, parameter = map(t.Symbol, request.variables)
        text = FOR_SOME if "some" in request.words else FOR_ALL
        return Text(text.en, text.zh, (parameter, unknown))
    if request.topic in (topics.RECURRENCE, topics.PARTIAL_SUM):
        letter, place = request.words
        return Text("find {0}", "求 {0}", (t.Symbol(f"{letter}_{place}"),))
    if request.task is Task.SOLVE:
        names: tuple[t.Expr, ...] = tuple(map(t.Symbol, request.variables))
        if not names:
            return None
        order = ORDERS[Task.SOLVE]
        return Text(order.en, order.zh, (names[0] if len(names) == 1 else t.Call(COMMAS, names),))
    if request.task is Task.DIFFERENTIATE and not isinstance(request.operands[0], t.Relation):
        return None
    return ORDERS.get(request.task)


def _definition(definition: Definition) -> t.Expr | None:
    if isinstance(definition.body, Request):
        right = asked(definition.body)
        if right is None:
            return None
    else:
        right = definition.body
    if not definition.name:
        return right
    head: t.Expr = t.Symbol(definition.name)
    if definition.parameters:
        head = t.Call(definition.name, tuple(map(t.Symbol, definition.parameters)))
    return t.equation(head, right)


def asked(request: Request) -> t.Expr | None:
    """The formula of a request, with the operator that it asks for."""
    match request:
        case Request(operands=()):
            return None
        case Request(topic=topics.RECURRENCE, operands=(rule, *first), words=(letter, _)):
            return _recurrence(rule, first, letter)
        case Request(topic=topics.PARTIAL_SUM, operands=(given,), words=(letter, _)):
            return t.substitute(
                t.substitute(given, "sum", t.Symbol("S_n")), "term", t.Symbol(f"{letter}_n")
            )
        case Request(task=Task.DIFFERENTIATE, operands=(body, *_), variables=(name, *_)) if (
            not isinstance(body, t.Relation)
        ):
            order = t.integer(request.order or 1)
            return t.Call("diff", (body, t.Symbol(name), order))
        case Request(task=task, operands=(body, *ends), variables=(name, *_)) if task in OPERATORS:
            called = OPERATORS[task]
            if task is Task.LIMIT and request.direction:
                called += "_right" if request.direction == "+" else "_left"
            return t.Call(called, (body, t.Symbol(name), *ends))
        case Request(operands=(only,)):
            return only
        case Request(task=Task.SOLVE | Task.DSOLVE, operands=several):
            return t.Junction(t.Connective.AND, several)
    return t.Call(COMMAS, request.operands)


def _recurrence(rule: t.Expr, first: list[t.Expr], letter: str) -> t.Expr:
    """The rule with the names of its terms, and the first terms."""
    body = t.substitute(rule, "p0", t.Symbol(f"{letter}_n"))
    body = t.substitute(body, "p1", t.Symbol(f"{letter}_{{n-1}}"))
    terms = (t.equation(t.Symbol(f"{letter}_{k}"), v) for k, v in enumerate(first, start=1))
    return t.Call(COMMAS, (*terms, t.equation(t.Symbol(f"{letter}_{{n+1}}"), body)))
