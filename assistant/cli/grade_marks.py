"""The signs and words of marks, as every form of a marked class has them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.maths.showing.look import Badge
from assistant.maths.types import Text
from assistant.teaching.marking.tally import score, total
from assistant.teaching.marking.types import Mark, MarkedPaper, Outcome, Question

SEALS = {
    Outcome.RIGHT: ("✓", Badge.PROVED, Text("right", "正确")),
    Outcome.WRONG: ("✗", Badge.REFUTED, Text("wrong", "错误")),
    Outcome.UNFINISHED: ("…", Badge.SUPPORTED, Text("unfinished", "未完成")),
    Outcome.OPEN: ("?", Badge.UNDECIDED, Text("look", "待定")),
    Outcome.MISSING: ("–", Badge.NEUTRAL, Text("missing", "未答")),
}
AGREES = ("≈", Badge.SUPPORTED, Text("agrees in numbers", "数值吻合"))
STUDENT, POINTS = Text("student", "学生"), Text("points", "得分")
QUESTION = Text("question {0}", "第 {0} 题")
STRAY = Text(
    "{0} lines stand under no question of the key; the first: {1}",
    "有 {0} 行不属于任何题目，首行：{1}",
)
QUESTIONS = Text("The questions:", "各题情况：")
LINE = Text("line {0}: {1}", "第 {0} 行：{1}")
GAVE = Text("{0} ({1}×)", "{0}（{1} 人）")
LEGEND = Text(
    "✓ right, proved · ≈ agrees in numbers · ✗ wrong, shown · … unfinished · ? a person must look",
    "✓ 正确（已证明）· ≈ 数值吻合 · ✗ 错误（已证明）· … 未完成 · ? 需人工查看",
)


def seal(mark: Mark) -> tuple[str, Badge, Text]:
    """The sign of a mark, its colour and its word."""
    return AGREES if mark.outcome is Outcome.RIGHT and not mark.sure else SEALS[mark.outcome]


def remarks(mark: Mark) -> Iterator[Text]:
    """What there is to say of an answer that is not just right, or missing."""
    if mark.outcome not in (Outcome.RIGHT, Outcome.MISSING):
        yield mark.why
    if mark.wrong_line is not None and mark.fault is not None:
        fault = mark.fault
        at = f"{{{len(fault.args)}}}"
        number = str(mark.wrong_line + 1)
        yield Text(
            LINE.en.replace("{0}", at).replace("{1}", fault.en),
            LINE.zh.replace("{0}", at).replace("{1}", fault.zh),
            (*fault.args, number),
        )
    if mark.slip is not None:
        yield mark.slip


def stray(paper: MarkedPaper) -> Text | None:
    """What a paper holds that was not looked at."""
    lines = paper.paper.stray
    return STRAY.of(str(len(lines)), lines[0][:60]) if lines else None


def points_of(paper: MarkedPaper, questions: tuple[Question, ...]) -> str:
    """``7 / 10``, with what is open: ``7–9 / 10``."""
    had = score(paper, questions)
    most = f"–{number(had.points + had.open)}" if had.open else ""
    return f"{number(had.points)}{most} / {number(total(questions))}"


def number(points: Decimal) -> str:
    """Without zeros that say nothing."""
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
