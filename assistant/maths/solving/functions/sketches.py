"""What a sketch of a curve needs, gathered from the questions about functions."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Proved, Request, Rule, Solution, Step, Task, Text

PARTS: tuple[tuple[str, Rule], ...] = (
    (topics.DOMAIN, Rule("sketch.domain", "Domain", "定义域")),
    (topics.INTERCEPTS, Rule("sketch.intercepts", "Intercepts", "与坐标轴的交点")),
    (topics.PARITY, Rule("sketch.parity", "Symmetry", "奇偶性")),
    (topics.PERIOD, Rule("sketch.period", "Period", "周期")),
    (topics.ASYMPTOTES, Rule("sketch.asymptotes", "Asymptotes", "渐近线")),
    (topics.EXTREMA, Rule("sketch.extrema", "Extrema", "极值")),
    (topics.MONOTONICITY, Rule("sketch.monotonicity", "Where it rises and falls", "单调性")),
    (topics.INFLECTION, Rule("sketch.inflection", "Inflection points", "拐点")),
    (topics.RANGE, Rule("sketch.range", "Range", "值域")),
)


def sketch(request: Request) -> Draft | None:
    """``y = f(x)`` with every property that was proved; each is a step of its own."""
    from assistant.maths.solving.engine import solve_request

    if request.topic != topics.SKETCH or len(request.operands) != 1 or request.domain:
        return None
    expr = request.operands[0]
    names = request.variables or t.symbols(expr)
    if len(names) != 1 or set(t.symbols(expr)) - set(names):
        return None
    steps: list[Step] = []
    said: list[Text] = []
    for topic, rule in PARTS:
        asked = Request(task=Task.FUNCTION, topic=topic, operands=(expr,), variables=names)
        found = solve_request(asked)
        if not isinstance(found, Solution) or not isinstance(found.verdict, Proved):
            continue
        text = answer_text(found)
        said.append(Text(f"{rule.en}: {{0}}", f"{rule.zh}：{{0}}", (found.answer.value or text,)))
        steps.append(Step(rule=rule, why=said[-1], before=expr, after=found.answer.value or expr,
                          link=Link.FORMULA, substeps=found.steps))  # fmt: skip
    if len(steps) < 2:
        return None
    return Draft(answer=t.equation(t.Symbol("y"), expr), steps=tuple(steps), method="properties",
                 variables=names, notes=tuple(said), curves=(expr,))  # fmt: skip
