"""Words of the printers in both languages, and the cleaning of words from outside."""

from __future__ import annotations

import unicodedata

from assistant.maths.types import Text

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
GIVEN = Text("where", "其中")
PLOT = Text("Graph", "图像")
OR = Text("or", "或")
AND = Text("and", "且")
OTHERWISE = Text("otherwise", "其他情形")
IF = Text("if", "当")
NO_SOLUTION = Text("no solution", "无解")
NO_REAL_SOLUTION = Text("no real solution", "无实数解")
EVERY_REAL = Text("every real number", "全体实数")
EVERY_COMPLEX = Text("every complex number", "全体复数")
UNDEFINED = Text("undefined", "无意义")
TRUE = Text("true", "真")
FALSE = Text("false", "假")
CORRECT = Text("The statement is true.", "命题成立。")
CAUGHT = Text("Error", "错误")
TRY = Text("Try", "建议")
