"""Marked lines of work, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.maths.showing import words
from assistant.maths.showing.boxes import columns
from assistant.maths.showing.fitting import inline, wrapped
from assistant.maths.showing.look import BOLD, COLOURS, DIM, Badge, Look, badge, painted
from assistant.maths.showing.notation import Notation
from assistant.maths.types import Proved, Text, WorkReport

FIRST_WRONG = Text("The first wrong line is line {0}.", "第一处错误在第 {0} 行。")
NONE_WRONG = Text(
    "No mistake was found; {0} of {1} lines with something to check are proved.",
    "没有发现错误；{1} 行可检验的步骤中已证明 {0} 行。",
)


def work_text(lines: Sequence[str], report: WorkReport, look: Look) -> str:
    """Each line with its mark and the reason, then the first wrong one by its number."""
    width = max(look.width, 20)
    out: list[str] = []
    for number, (line, mark) in enumerate(zip(lines, report.marks, strict=False), 1):
        seal = badge(mark.verdict)
        word = words.filled(seal.word, look.lang, lambda e: inline(Notation(look.lang)(e)))
        nothing = seal is Badge.NEUTRAL  # no claim, so no word for it
        sign = seal.sign if look.colour else "" if nothing else f"[{word}]"
        head = f"{number:>3}  "
        text = wrapped(words.clean(line), width - columns(sign) - 1 - len(head))
        out += [head + text[0], *(" " * len(head) + more for more in text[1:])]
        out[-1] += f" {painted(sign, COLOURS[seal], look)}" if sign else ""
        reason = words.filled(mark.why, look.lang, lambda e: inline(Notation(look.lang)(e)))
        tone = COLOURS[seal] if seal is Badge.REFUTED else DIM
        if reason:
            out += [
                " " * len(head) + painted(more, tone, look)
                for more in wrapped(reason, width - len(head))
            ]
    proved = sum(isinstance(m.verdict, Proved) for m in report.marks)
    checked = sum(m.claims > 0 for m in report.marks)
    verdict = Text(NONE_WRONG.en, NONE_WRONG.zh, (str(proved), str(checked)))
    if report.first_wrong is not None:
        verdict = Text(FIRST_WRONG.en, FIRST_WRONG.zh, (str(report.first_wrong + 1),))
    out += ["", painted(words.filled(verdict, look.lang, lambda _: ""), BOLD, look)]
    return "\n".join(out) + "\n"
