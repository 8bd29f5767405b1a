"""The marks of steps, their words and colours, and how a step was judged."""

from __future__ import annotations

from assistant.maths.showing.checks import way
from assistant.maths.showing.look import Badge, badge
from assistant.maths.types import Doubt, Proved, Refuted, Supported, Undecided, Verdict
from runtimes.texts import Lang, Text
from tui.rendering.plain import sign_of, word_of
from tui.words import say

STYLES = {
    Badge.PROVED: "$text-success",
    Badge.SUPPORTED: "$text-warning",
    Badge.UNDECIDED: "$text-muted",
    Badge.REFUTED: "bold $text-error",
    Badge.NEUTRAL: "$text-muted",
}
BY = Text("how: {0}", "方法：{0}")
POINTS = Text("the numbers agree at {0} points; this is no proof", "{0} 个点上数值吻合，并非证明")
ONE_POINT = Text("the numbers agree at one point; this is no proof", "1 个点上数值吻合，并非证明")
COUNTER = Text("counterexample: {0}", "反例：{0}")
SIDES = Text("there the left side is {0}, and the right side {1}", "此时左边为 {0}，右边为 {1}")
DOUBTS = {
    Doubt.NO_METHOD: Text("no method decides it", "没有可判定的方法"),
    Doubt.TIME: Text("the time ran out", "检查超时"),
    Doubt.NO_POINTS: Text("no points to try it at were found", "找不到可供检验的取值"),
    Doubt.NOT_A_CLAIM: Text("nothing is claimed that could be checked", "没有可检查的断言"),
}
QUOTED = Text("{0}", "{0}")


def seal(verdict: Verdict | None, lang: Lang) -> tuple[str, str, str]:
    """Sign, word and style of a verdict; for a screen reader a word in the sign's place."""
    mark = badge(verdict)
    return sign_of(mark, lang), word_of(mark, lang), STYLES[mark]


def how(verdict: Verdict, lang: Lang) -> list[str]:
    """How a step was judged, a line each."""
    match verdict:
        case Proved(method):
            told = [BY.of(way(method, lang))] if method else []
        case Supported(1):
            told = [ONE_POINT]
        case Supported(points):
            told = [POINTS.of(points)]
        case Refuted(witness, left, right):
            told = [COUNTER.of(witness)] if witness else []
            if {left, right} - {"true", "false", ""}:
                told.append(SIDES.of(left, right))
        case Undecided(doubt, detail):
            told = [DOUBTS[doubt]]
            if detail:
                told.append(QUOTED.of(detail))
    return [say(line, lang) for line in told]
