r"""Where formulas stand in a text, and how a page draws them.

LaTeX is found between its usual marks (``$…$``, ``$`…`$``, ``$$…$$``, ``\(…\)``, ``\[…\]``),
outside of code.  It is drawn in characters, which need no script, with its source beside it for
whoever copies or listens; what cannot be read stays as it was written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.maths.showing.tex.typeset import typeset

WIDTH = 76
"""Columns of a formula on a page."""
_OPENING = re.compile(r"```|`|\$`|\$\$|\\\[|\\\(|(?<![\\$A-Za-z0-9])\$(?=[^\s$])")
_CLOSING = {"```": "```", "`": "`", "$`": "`$", "$$": "$$", r"\[": r"\]", r"\(": r"\)", "$": "$"}
_DISPLAYED = {"$$", r"\["}
_CODE = {"```", "`"}
_ON_ONE_LINE = {"`", "$`", "$", r"\("}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text as it stands there; ``tex`` is its formula, if it is one."""

    text: str
    tex: str | None = None
    display: bool = False


def pieces(text: str) -> Iterator[Piece]:
    """The text in words and formulas, all of it, in linear time."""
    at = said = 0
    missing: dict[str, int] = {}  # marks that close nothing from there on
    while (opening := _OPENING.search(text, at)) is not None:
        mark = opening[0]
        end = _end(text, mark, opening.end(), missing)
        if end is None:
            at = opening.end()
            continue
        at = end + len(_CLOSING[mark])
        if mark in _CODE:
            continue
        if said < opening.start():
            yield Piece(text[said : opening.start()])
        yield Piece(text[opening.start() : at], text[opening.end() : end], mark in _DISPLAYED)
        said = at
    if said < len(text):
        yield Piece(text[said:])


def _end(text: str, mark: str, start: int, missing: dict[str, int]) -> int | None:
    closing = _CLOSING[mark]
    if missing.get(mark, len(text) + 1) <= start:
        return None
    end = text.find(closing, start)
    if end < 0:
        missing[mark] = start
        return None
    if mark in _ON_ONE_LINE and text.find("\n", start, end) >= 0:
        return None
    after = text[end + 1 : end + 2]
    money = mark == "$" and (text[end - 1].isspace() or after.isdigit())
    return None if end == start or money else end


def page_of(text: str) -> str:
    """The text as HTML: everything in it is escaped, and its formulas are drawn."""
    return "".join(map(_drawn, pieces(text)))


def claim_of(text: str) -> str:
    """The same of a claim, which may be LaTeX without any marks: ``x = \\frac{1}{2}``."""
    found = list(pieces(text))
    if "\\" in text and "\n" not in text and all(piece.tex is None for piece in found):
        return _drawn(Piece(text, text))
    return "".join(map(_drawn, found))


def _drawn(piece: Piece) -> str:
    if piece.tex is None:
        return html.escape(piece.text)
    formula = typeset(piece.tex)
    if formula.piece is None:
        return html.escape(piece.text)
    source = html.escape(formula.source, quote=True)
    if piece.display:
        rows = html.escape("\n".join(formula.lines(WIDTH)))
        return f'<pre role="math" aria-label="{source}" title="{source}">{rows}</pre>'
    line = html.escape(formula.line)
    return f'<span role="math" aria-label="{source}" title="{source}">{line}</span>'
