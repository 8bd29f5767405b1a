"""Equations with factorials and numbers of choices: the whole numbers that fit, one by one."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.checking.tasks.counting_equations import counting_frame
from assistant.maths.solving.common import Draft
from assistant.maths.solving.equations.solution_sets import points
from assistant.maths.types import Link, Request, Rule, Step, Text

REWRITE = Rule("equation.count_factors", "Write the counts as products", "把阶乘、组合数写成乘积")
TRY = Rule("equation.count_try", "Keep the whole numbers that fit", "取满足条件的整数")
FARTHEST = 300


def counting_equation(request: Request) -> Draft | None:
    """``C(n, 2) = 15``, ``n! = 24``: solved among the whole numbers for which it has a meaning."""
    if len(request.operands) != 1 or len(t.symbols(request.operands[0])) != 1:
        return None
    asked = request.operands[0]
    (name,) = t.symbols(asked)
    if request.variables not in ((), (name,)):
        return None
    frame = counting_frame(asked, name, request.domain)
    if frame is None or not isinstance(asked, t.Relation):
        return None
    last = FARTHEST if frame.high is None else frame.high
    found = [k for k in range(frame.low, last + 1) if frame.holds(k)]
    if frame.high is None and last in found:
        return None  # likely all of them
    answer = points([sp.Integer(k) for k in found])
    steps: list[Step] = []
    simple = sp.combsimp(frame.difference)
    line: t.Expr = asked
    if simple.is_polynomial(frame.n):
        line = t.equation(from_sympy(sp.factor(simple)), t.integer(0))
        why = Text(
            "n! = n·(n − 1)!, and C(n, k) is a product of k factors divided by k!.",
            "n! = n·(n − 1)!，C(n, k) 是 k 个因数之积除以 k!。",
        )
        steps.append(Step(rule=REWRITE, why=why, before=asked, after=line, link=Link.FORMULA))
    condition = _meaning(name, frame.low, frame.high)
    high = t.Constant(t.ConstantName.INFINITY) if frame.high is None else t.integer(frame.high)
    where = t.Interval(t.integer(frame.low), high, low_open=False, high_open=frame.high is None)
    why = Text(
        "It has a meaning for such numbers only: {0}.", "只对这样的数有意义：{0}。", (where,)
    )
    steps.append(Step(rule=TRY, why=why, before=line, after=answer, link=Link.FORMULA))
    return Draft(
        answer=answer, steps=tuple(steps), method="whole numbers", variables=(name,),
        conditions=(condition,),
    )  # fmt: skip


def _meaning(name: str, low: int, high: int | None) -> Text:
    n = t.Symbol(name)
    if high is None:
        return Text("whole {0} ≥ {1}", "整数 {0} ≥ {1}", (n, t.integer(low)))
    args = (n, t.integer(low), t.integer(high))
    return Text("whole {0} from {1} to {2}", "{1} 到 {2} 的整数 {0}", args)
