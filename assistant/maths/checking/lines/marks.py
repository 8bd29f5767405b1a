"""What the marker says about a line, in both languages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.maths import terms as t
from assistant.maths.checking.verify import check_step
from assistant.maths.types import (
    Doubt,
    Link,
    Proved,
    Refuted,
    Rule,
    Step,
    Supported,
    Text,
    Undecided,
    Verdict,
)

RULE = Rule("work.line", "a line of the work", "解题中的一行")
NO_WHY = Text("", "")


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one claim, with its reason.

    ``rests``: the statements before that a proof stands on; none where it needs no other line.
    """

    verdict: Verdict
    why: Text
    rests: tuple[t.Expr, ...] = ()


NOTHING = Finding(
    Undecided(Doubt.NOT_A_CLAIM), Text("nothing to check here", "这一行没有可检验的内容")
)
GIVEN = Finding(Undecided(Doubt.NOT_A_CLAIM), Text("taken as given", "作为已知条件"))
NEW_NAME = Finding(Undecided(Doubt.NOT_A_CLAIM), Text("{0} is introduced here", "这里引入了 {0}"))
UNKNOWN = Finding(
    Undecided(Doubt.NO_METHOD),
    Text(
        "not decided: no proof and no counterexample was found",
        "未能判定：没有找到证明，也没有找到反例",
    ),
)


def undecided(en: str, zh: str, *args: t.Expr | str) -> Finding:
    """Neither right nor wrong, for a reason."""
    return Finding(Undecided(Doubt.NO_METHOD), Text(en, zh, args))


def proved(method: str, en: str, zh: str, *args: t.Expr | str) -> Finding:
    """Right."""
    return Finding(Proved(method), Text(en, zh, args))


def on(finding: Finding, *statements: t.Expr) -> Finding:
    """The same, standing on statements before."""
    return replace(finding, rests=statements)


def worst(findings: list[Finding]) -> Finding:
    """The finding on all claims of a line: refuted before undecided before supported.

    A claim that only introduces something takes nothing from the others.
    """
    order = (Refuted, Undecided, Supported, Proved)
    telling = [f for f in findings if not is_no_claim(f.verdict)] or findings
    return min(telling, key=lambda f: order.index(type(f.verdict)), default=NOTHING)


def is_no_claim(verdict: Verdict) -> bool:
    """Whether there was nothing to check."""
    return isinstance(verdict, Undecided) and verdict.doubt is Doubt.NOT_A_CLAIM


def linked(before: t.Expr, after: t.Expr, link: Link, names: tuple[str, ...] = ()) -> Verdict:
    """The checker's verdict on a link between two formulas; never raises, ends in time."""
    variable = ",".join(names) or None
    step = Step(rule=RULE, why=NO_WHY, before=before, after=after, link=link, variable=variable)
    return check_step(step)
