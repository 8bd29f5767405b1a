"""Limits of sums: through a closed form, or as the integral that the sums approach."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.calculus.limit_values import candidate
from assistant.maths.solving.calculus.sums import CLOSED, PARTIAL_SUM, Sum, summation
from assistant.maths.solving.calculus.tidy import INFINITY
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.types import Link, Request, Rule, Solution, Step, Task, Text

AS_MEAN = Rule("limit.riemann_sum", "Write as a Riemann sum", "化为积分和的形式")
INTEGRAL = Rule("limit.integral", "The integral that the sums approach", "由定积分定义")
VALUE = Rule("limit.integral_value", "Work out the integral", "计算定积分")


def limit_of_sum(request: Request) -> Draft | None:
    """``lim sum(n/(n^2+k^2), k, 1, n)`` as ``n`` grows."""
    match request.operands:
        case (t.Call("limit", (body, t.Symbol(name), point)),):
            pass
        case (body, point) if request.variables:
            name = request.variables[0]
        case _:
            return None
    sums = [n for n in t.walk(body) if isinstance(n, t.Call) and n.name == "sum"]
    if point != INFINITY or len(sums) != 1:
        return None
    inner, index, low, high = sums[0].args
    if not isinstance(index, t.Symbol):
        return None
    try:
        given = Sum(inner, index.name, low, high)
        if body == sums[0] and high == t.Symbol(name) and name not in t.symbols(inner):
            return _as_series(request, name)
        return _by_closed_form(body, sums[0], name, given) or _as_integral(body, sums[0], name)
    except NotConvertible:
        return None


def _as_series(request: Request, name: str) -> Draft | None:
    """Partial sums: the limit is the sum of the series."""
    body = request.operands[0]
    assert isinstance(body, t.Call)
    if body.name == "limit":
        body = body.args[0]
        assert isinstance(body, t.Call)
    inner, index, low, _ = body.args
    series = t.Call("sum", (inner, index, low, INFINITY))
    draft = summation(Request(task=Task.SUM, operands=(series,)))
    if draft is None:
        return None
    first = Step(
        rule=PARTIAL_SUM,
        why=Text(
            "The limit of the partial sums is the sum of the series.", "部分和的极限就是级数的和。"
        ),
        before=t.Call("limit", (body, t.Symbol(name), INFINITY)),
        after=series,
        link=Link.FORMULA,
    )
    return replace(draft, steps=(first, *draft.steps), variables=(name,))


def _by_closed_form(body: t.Expr, found: t.Call, name: str, given: Sum) -> Draft | None:
    value = given.value()
    if value is None or value.has(sp.harmonic, sp.polygamma, sp.zeta):
        return None
    plain = value.xreplace({v: k for k, v in given.names.items()})
    closed = t.transform(body, lambda node: from_sympy(plain) if node == found else node)
    limit = candidate(closed, (name, INFINITY, ""))
    if limit is None:
        return None
    trail = Trail(t.Call("limit", (body, t.Symbol(name), INFINITY)))
    after = t.Call("limit", (closed, t.Symbol(name), INFINITY))
    trail.to(after, CLOSED, Text("Put the sum in closed form.", "先求出和的通项公式。"))
    trail.to(limit, PARTIAL_SUM, Text("Let {0} grow.", "令 {0} 趋于无穷。", (t.Symbol(name),)))
    return Draft(answer=limit, steps=tuple(trail.steps), method="closed form", variables=(name,))


def _density(body: t.Expr, found: t.Call, name: str) -> t.Expr | None:
    """``g`` where the body is ``(1/n)·Σ g(k/n)``, in the letter ``x``."""
    inner, index, low, high = found.args
    assert isinstance(index, t.Symbol)
    n, x = sp.Symbol(name, positive=True), sp.Symbol("x", positive=True)
    mark = sp.Dummy("S")
    outside = to_sympy(t.transform(body, lambda node: t.Symbol("S_") if node == found else node))
    outside = outside.subs({sp.Symbol("S_"): mark, sp.Symbol(name): n})
    if outside.coeff(mark, 1).has(mark) or sp.expand(outside - mark * outside.coeff(mark, 1)) != 0:
        return None
    term = to_sympy(inner).subs(sp.Symbol(name), n) * outside.coeff(mark, 1)
    density = sp.simplify(n * term.subs(sp.Symbol(index.name), x * n))
    bounds = (to_sympy(low), sp.expand(to_sympy(high) - sp.Symbol(name)))
    if any(not density.subs(x, end).is_finite for end in (0, 1)):
        return None  # no integral of a continuous function
    if density.has(n) or bounds not in ((1, 0), (0, -1), (0, 0), (1, -1)):
        return None
    return from_sympy(density)


def _as_integral(body: t.Expr, found: t.Call, name: str) -> Draft | None:
    """``(1/n)·Σ g(k/n)`` for ``k`` from 1 (or 0) to ``n`` (or ``n-1``) tends to ``∫ g``."""
    from assistant.maths.solving.engine import solve_request

    g = _density(body, found, name)
    if g is None:
        return None
    _, index, low, high = found.args
    letter = "x" if name != "x" else "u"
    g = t.substitute(g, "x", t.Symbol(letter))
    integral = t.Call("integrate", (g, t.Symbol(letter), t.integer(0), t.integer(1)))
    request = Request(
        task=Task.INTEGRATE, operands=(g, t.integer(0), t.integer(1)), variables=(letter,)
    )
    solved = solve_request(request)
    if not isinstance(solved, Solution) or solved.answer.value is None:
        return None
    whole = t.Call("limit", (body, t.Symbol(name), INFINITY))
    trail = Trail(whole, Link.FORMULA)
    ratio = t.Div(index, t.Symbol(name))
    mean = t.Div(t.Call("sum", (t.substitute(g, letter, ratio), index, low, high)), t.Symbol(name))
    trail.to(
        t.Call("limit", (mean, t.Symbol(name), INFINITY)),
        AS_MEAN,
        Text(
            "Take 1/{0} outside; {1} is left.",
            "提出 1/{0}，其余写成 {1} 的函数。",
            (t.Symbol(name), ratio),
        ),
    )
    trail.to(
        integral,
        INTEGRAL,
        Text(
            "The mean of a continuous function at equally spaced points tends to its integral.",
            "连续函数在等分点处的平均值趋于它在 [0, 1] 上的定积分。",
        ),
    )
    trail.to(
        solved.answer.value,
        VALUE,
        Text("The integral.", "计算积分。"),
        link=Link.EQUAL,
        substeps=solved.steps,
    )
    return Draft(
        answer=solved.answer.value,
        steps=tuple(trail.steps),
        method="Riemann sum",
        variables=(name,),
    )
