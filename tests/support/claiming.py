"""Claims, and what is said of them: those of a step, and those that are asked as problems."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.checking.verify import check_step
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.problem import read_problem
from assistant.maths.solving.engine import solve
from assistant.maths.types import Link, Proved, Rule, Solution, Step, Text, verdict_word

RULE, WHY = Rule("test.rule", "a rule", "规则"), Text("because", "因为")


def judged(
    before: str | t.Expr,
    after: str | t.Expr,
    link: Link = Link.EQUIVALENT,
    variable: str | None = "x",
) -> str:
    """The word for a claim about a variable, or about none."""
    one, other = (read_formula(s) if isinstance(s, str) else s for s in (before, after))
    step = Step(rule=RULE, why=WHY, before=one, after=other, link=link, variable=variable)
    return verdict_word(check_step(step))


def families(*bodies: str) -> t.Expr:
    """All their values for whole k."""
    parts = tuple(t.Call("imageset", (read_formula(b), t.Symbol("k"))) for b in bodies)
    return parts[0] if len(parts) == 1 else t.Call("union", parts)


def truth(text: str) -> bool | None:
    """What is proved of a claim that is asked as a problem; ``None``: nothing."""
    try:
        found = solve(read_problem(text))
    except ReadingError:
        return None
    if not isinstance(found, Solution) or not isinstance(found.verdict, Proved):
        return None
    assert isinstance(found.answer.value, t.Truth)
    return found.answer.value.value
