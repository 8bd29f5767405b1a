"""The exact solver's stored answer, drawn for a terminal.

It was stored as the Markdown that this program writes of a solution, so only what stands there is
drawn: headings, steps, formulas.  Whatever else a file may hold stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.cli.answering import PLAIN
from assistant.maths.showing.tex.typeset import typeset
from assistant.visible import visible

BOLD = "\x1b[1m"
USUAL_WIDTH = 100
_HEADING = re.compile(r"#{1,4} (.*)")
_FORMULA = re.compile(r"\$`([^`]*)`\$")
_STRONG = re.compile(r"\*\*([^*\n]+)\*\*")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~$])")
_LONGEST = 200


def drawn(text: str, width: int | None, *, bold: bool) -> Iterator[str]:
    """The lines; formulas that stand by themselves in two dimensions."""
    width = width or USUAL_WIDTH
    lines = iter(visible(text).rstrip("\n").split("\n"))
    for line in lines:
        words = line.lstrip(" ")
        indent = len(line) - len(words)
        if words == "$$":
            yield from _display(lines, indent, width)
            continue
        heading = _HEADING.fullmatch(words)
        if heading is not None:
            words = f"**{heading[1]}**"
        yield " " * indent + _inline(words, bold=bold)


def _display(lines: Iterator[str], indent: int, width: int) -> Iterator[str]:
    """The formula up to its closing mark."""
    source: list[str] = []
    for line in lines:
        if line.strip() == "$$":
            break
        source.append(line.strip())
        if len(source) > _LONGEST:
            break
    room = max(width - indent - 2, 8)
    for drawn_line in typeset("\n".join(source)).lines(room):
        yield (" " * (indent + 2) + drawn_line).rstrip()


def _inline(words: str, *, bold: bool) -> str:
    """A line of words, its formulas on the line."""
    strong = (BOLD, PLAIN) if bold else ("", "")
    out: list[str] = []
    at = 0
    for formula in _FORMULA.finditer(words):
        out += [_words(words[at : formula.start()], strong), typeset(formula[1]).line]
        at = formula.end()
    out.append(_words(words[at:], strong))
    return "".join(out)


def _words(text: str, strong: tuple[str, str]) -> str:
    marked = _STRONG.sub(lambda found: f"{strong[0]}{found[1]}{strong[1]}", text)
    return _ESCAPED.sub(r"\1", marked)
