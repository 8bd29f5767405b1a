"""Words of the printers in both languages, and the cleaning of words from outside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from assistant.maths.terms import Expr
from assistant.maths.types import Lang, Text
from runtimes import texts

_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories that can move a cursor, reorder a line or hide: none is shown."""


def clean(text: str) -> str:
    """Text that can be shown anywhere: control and invisible characters become ``�``.

    White space of any kind becomes one space, so that a name cannot break a line.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if c in "\t\n\r\u2028\u2029" else "�" if unicodedata.category(c) in _UNSAFE else c
        for c in text
    )


ANSWER = Text("Answer", "答案")
PROBLEM = Text("Problem", "题目")
STEPS = Text("Steps", "解题步骤")
READ_AS = Text("Read as", "题意")
CONDITIONS = Text("Conditions", "条件")
NOTES = Text("Notes", "说明")
LEGEND = Text("Marks", "标记")
DETAILS = Text("Show the steps within", "展开详细步骤")
GIVEN = Text("where", "其中")
PLOT = Text("Graph", "图像")
OR = Text("or", "或")
AND = Text("and", "且")
OTHERWISE = Text("otherwise", "其他情形")
NO_SOLUTION = Text("no solution", "无解")
EVERY_REAL = Text("every real number", "全体实数")
EVERY_COMPLEX = Text("every complex number", "全体复数")
NTH_ROOT = Text("root no. {0} of {1}", "第 {0} 个根：{1}")
UNDEFINED = Text("undefined", "无意义")
TRUE = Text("true", "真")
FALSE = Text("false", "假")
TRY = Text("Try", "建议")


_PLACE = re.compile(r"\{(\d+)\}")


def segments(text: texts.Text, lang: Lang) -> Iterator[str | Expr]:
    """A sentence as clean words and formulas, in order; a printer draws each its own way."""
    at = 0
    template = text.template(lang)
    for place in _PLACE.finditer(template):
        if int(place[1]) >= len(text.args):
            continue
        if place.start() > at:
            yield clean(template[at : place.start()])
        arg = text.args[int(place[1])]
        yield arg if isinstance(arg, Expr) else clean(str(arg))
        at = place.end()
    if at < len(template):
        yield clean(template[at:])


def filled(
    text: texts.Text,
    lang: Lang,
    formula: Callable[[Expr], str],
    escape: Callable[[str], str] = str,
) -> str:
    """A sentence with its formulas drawn by ``formula`` and its words passed by ``escape``."""
    return "".join(
        escape(part) if isinstance(part, str) else formula(part) for part in segments(text, lang)
    )
