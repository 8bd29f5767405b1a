"""A solution as it is told: numbered steps, the chain of lines, the answer.

Every printer draws the same story, so that a step reads the same on a terminal, on
paper and in a browser.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.maths import terms as t
from assistant.maths.showing.answers import Line, answer_lines, set_lines
from assistant.maths.showing.asked import asked, reading
from assistant.maths.showing.look import Badge, badge
from assistant.maths.showing.notation_calls import CONTINUED
from assistant.maths.types import (
    Link,
    Problem,
    Proved,
    Refuted,
    Rule,
    Solution,
    Step,
    Supported,
    Text,
    Undecided,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One step.  ``opening`` is the line it starts from, where that is not in sight; then come
    the steps within it and the ``lines`` that it ends with.

    ``echoed`` says that the last step within has just written these lines, ``quiet`` that
    the verdict is that of the step around it: neither need be said twice on paper.
    """

    number: str
    rule: Rule
    why: Text
    mark: Badge
    opening: tuple[t.Expr, ...]
    lines: tuple[Line, ...]
    given: tuple[t.Expr, ...]
    parts: tuple[Told, ...]
    echoed: bool
    quiet: bool


@dataclass(frozen=True, slots=True)
class Story:
    """The whole: how the problem was read, the steps, the answer and its verdict."""

    problem: tuple[Line, ...]
    steps: tuple[Told, ...]
    answer: tuple[Line, ...]
    conditions: tuple[Text, ...]
    notes: tuple[Text, ...]
    mark: Badge
    verdict: Text

    def marks(self) -> tuple[Badge, ...]:
        """The marks that occur, in the order of their strength."""
        found = {self.mark}
        todo = list(self.steps)
        while todo:
            step = todo.pop()
            found.add(step.mark)
            todo += step.parts
        return tuple(m for m in Badge if m in found)


def story(problem: Problem, solution: Solution) -> Story:
    """The solution of a problem, ready to be drawn."""
    return Story(
        problem=reading(problem),
        steps=_told(solution.steps, "", asked(problem.request)),
        answer=answer_lines(solution),
        conditions=solution.conditions,
        notes=solution.notes,
        mark=badge(solution.verdict),
        verdict=sentence(solution.verdict, told=problem.told),
    )


NO_WORDS = Text("", "")


def _told(
    steps: tuple[Step, ...], prefix: str, above: t.Expr | None, around: Step | None = None
) -> tuple[Told, ...]:
    """Steps with their numbers; what has just been written is not written again."""
    out: list[Told] = []
    sight = {above}
    for n, step in enumerate(steps, 1):
        number = f"{prefix}{n}"
        seen = step.before in sight
        opening, lines = _lines(step, seen=seen)
        begun = step.before if opening or seen else None
        out.append(
            Told(
                number=number,
                rule=step.rule,
                why=NO_WORDS if around and step.why == around.why else step.why,
                mark=badge(step.verdict),
                opening=opening,
                lines=lines,
                given=step.given,
                parts=_told(step.substeps, f"{number}.", begun, step),
                echoed=bool(step.substeps) and step.substeps[-1].after == step.after,
                quiet=around is not None and badge(step.verdict) is badge(around.verdict),
            )
        )
        # a law stands beside the chain and does not interrupt it
        sight = {*sight, step.after} if step.link is Link.FORMULA else {step.after}
    return tuple(out)


Lines = tuple[Line, ...]


def _lines(step: Step, *, seen: bool) -> tuple[tuple[t.Expr, ...], Lines]:
    """The line a step starts from, where that is not in sight, and the lines it ends with."""
    before, after = step.before, step.after
    x = t.Symbol(step.variable or "x")
    opening = () if seen else (before,)
    if isinstance(after, t.Truth) and not seen and not step.substeps:
        return (), (_judged(before, HOLDS if after.value else FAILS),)
    match step.link:
        case Link.EQUAL if not _is_statement(after) and not isinstance(after, t.Matrix):
            if opening and not step.substeps:
                return (), (t.equation(before, after),)
            return opening, (t.Call(CONTINUED, (after,)),)
        case Link.DERIVATIVE if not _is_statement(after):
            return (), (t.equation(t.Call("diff", (before, x)), after),)
        case Link.ANTIDERIVATIVE if not _is_statement(after):
            return (), (t.equation(t.Call("integrate", (before, x)), after),)
        case Link.FORMULA:
            return (), (after,)
        case Link.SOLUTION if step.variable:
            return opening, set_lines(after, (step.variable,))
    return opening, (after,)


HOLDS = Text("{0} is true.", "{0} 成立。")
FAILS = Text("{0} is false.", "{0} 不成立。")


def _judged(statement: t.Expr, judgement: Text) -> Text:
    return Text(judgement.en, judgement.zh, (statement,))


def _is_statement(expr: t.Expr) -> bool:
    return isinstance(expr, t.Relation | t.Junction | t.Truth)


def sentence(verdict: Verdict, *, told: bool = False) -> Text:
    """The verdict on the answer in words, to a problem that was ``told`` as a story or not."""
    match verdict:
        case Proved() if told:
            return Text(
                "Proved for the formulas above; whether they say what the story means, see for "
                "yourself.",
                "已证明：对上面列出的算式，答案正确；算式是否符合题意，请自行核对。",
            )
        case Proved(method):
            return (
                Text(
                    "Proved by an independent check: {0}.",
                    "已证明：答案已通过独立的精确验证。",
                    (method,),
                )
                if method
                else Text("Proved by an independent check.", "已证明：答案已通过独立的精确验证。")
            )
        case Supported(1):
            return Text(
                "Supported: numbers agree at one point; this is no proof.",
                "有数值支持：在 1 个点上数值吻合，但未证明。",
            )
        case Supported(points):
            return Text(
                "Supported: numbers agree at {0} points; this is no proof.",
                "有数值支持：在 {0} 个点上数值吻合，但未证明。",
                (str(points),),
            )
        case Refuted(witness, left, right):
            return Text(
                "Refuted: at {0} the sides are {1} and {2}.",
                "已否定：当 {0} 时，两边分别为 {1} 和 {2}。",
                (witness, left, right),
            )
        case Undecided():
            return Text(
                "Undecided: this answer could not be checked; do not rely on it.",
                "未判定：无法验证此答案，请勿依赖。",
            )
