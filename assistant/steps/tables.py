"""The rows of a table."""

from __future__ import annotations

import re

from assistant.steps.inline import EDGE, MATHS, lex
from assistant.steps.sentences import whole_text
from assistant.steps.wording import LEADING, numeric

BAR = re.compile(r"(?<!\\)\|")


def row_text(line: str) -> str:
    """The cells of a row that relate numbers, each a claim of its own; nothing where there is
    none.  A cell with a letter belongs to its column and its case, and is no claim by itself."""
    lexed = lex(line)
    if lexed.display is not None or lexed.comment or len(lexed.mask) != len(line):
        return ""
    cells, start = [], 0
    for match in [*BAR.finditer(lexed.mask), None]:
        end = match.start() if match else len(line)
        text = whole_text(line, lexed.mask, start, end)
        if numeric(text) and not LEADING.match(text):
            cells.append(text.strip(" ;；"))
        start = end + 1
    formulas = MATHS in lexed.mask or EDGE in lexed.mask
    return "; ".join(c if not formulas or "$" in c else f"${c}$" for c in cells)
