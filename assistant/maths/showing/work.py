"""Marked lines of work, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.maths.showing import words
from assistant.maths.showing.boxes import columns
from assistant.maths.showing.fitting import inline, wrapped
from assistant.maths.showing.notation import Notation
from assistant.maths.showing.story import badge
from assistant.maths.showing.terminal import BOLD, COLOURS, DIM, Look, painted
from assistant.maths.types import Text, WorkReport

FIRST_WRONG = Text("The first wrong line is line {0}.", "第一处错误在第 {0} 行。")
NONE_WRONG = Text("No line was refuted.", "没有发现错误的行。")


def work_text(lines: Sequence[str], report: WorkReport, look: Look) -> str:
    """Each line with its mark and the reason, then the first wrong one by its number."""
    width = max(look.width, 20)
    out: list[str] = []
    for number, (line, mark) in enumerate(zip(lines, report.marks, strict=False), 1):
        seal = badge(mark.verdict)
        word = words.filled(seal.word, look.lang, lambda e: inline(Notation(look.lang)(e)))
        sign = seal.sign if look.colour else f"[{word}]"
        head = f"{number:>3}  "
        text = wrapped(words.clean(line), width - columns(sign) - 1 - len(head))
        out += [head + text[0], *(" " * len(head) + more for more in text[1:])]
        out[-1] += " " + painted(sign, COLOURS[seal], look)
        reason = words.filled(mark.why, look.lang, lambda e: inline(Notation(look.lang)(e)))
        if reason:
            out += [
                " " * len(head) + painted(more, DIM, look)
                for more in wrapped(reason, width - len(head))
            ]
    verdict = NONE_WRONG
    if report.first_wrong is not None:
        verdict = Text(FIRST_WRONG.en, FIRST_WRONG.zh, (str(report.first_wrong + 1),))
    out += ["", painted(words.filled(verdict, look.lang, lambda _: ""), BOLD, look)]
    return "\n".join(out) + "\n"
