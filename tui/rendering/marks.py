"""Where mathematics begins and ends in a text: ``$…$``, ``$$…$$``, ``\\(…\\)``, ``\\[…\\]``,
environments, ``\\boxed{…}``, and GitHub's ``$`…`$``, which the exact solver's answers have.

A dollar sign is also money.  The rule is Pandoc's (*User's Guide*, ``tex_math_dollars``): nothing
blank after the first sign nor before the second, and no digit after the second.  Only a formula
that has a command of LaTeX may have blanks at both ends, as models write it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.maths.showing.tex.grids import ENVIRONMENTS

BEGIN = re.compile(r"\\begin\{([a-zA-Z]+)(\*?)\}")
BOXED = "\\boxed{"
_DISPLAY_DOLLAR = re.compile(r"\\.|\$\$", re.DOTALL)
_GITHUB = re.compile(r"[^`]*(`\$)")
_DOLLAR = re.compile(r"\\.|[$`]", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_COMMAND = re.compile(r"\\[a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Opening:
    """The mark that opens a formula; ``inside`` is where its LaTeX begins.

    What belongs to the formula itself (an environment, ``\\boxed``) stays in its LaTeX.
    """

    mark: str
    inside: int
    display: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """Where the LaTeX of a formula ends, and where the text after it begins."""

    inside: int
    after: int


def opening(text: str, at: int) -> Opening | None:
    """The mark that opens a formula at a place, if one does."""
    if text.startswith("$$", at):
        return Opening("$$", at + 2, display=True)
    if text.startswith("$`", at):
        return Opening("$`", at + 2, display=False)
    if text.startswith("$", at):
        return Opening("$", at + 1, display=False)
    if text.startswith("\\[", at):
        return Opening("\\[", at + 2, display=True)
    if text.startswith("\\(", at):
        return Opening("\\(", at + 2, display=False)
    if text.startswith(BOXED, at):
        return Opening(BOXED, at, display=False)
    found = BEGIN.match(text, at)
    if found is not None and found[1] in ENVIRONMENTS:
        return Opening(found[0], at, display=True)
    return None


def ending(text: str, opened: Opening, at: int | None = None) -> Ending | None:
    """Where a formula ends in a text, looked for from ``at`` on; ``None`` if it does not."""
    start = opened.inside if at is None else at
    match opened.mark:
        case "$$":
            return _dollars(text, start)
        case "$":
            return _dollar(text, start)
        case "$`":
            return _github(text, start)
        case "\\[":
            return _escaped(text, start, "]")
        case "\\(":
            return _escaped(text, start, ")")
        case "\\boxed{":
            return _braced(text, start + len(BOXED) if at is None else start)
        case mark:
            return _environment(text, start, mark)


def _dollars(text: str, start: int) -> Ending | None:
    for found in _DISPLAY_DOLLAR.finditer(text, start):
        if found[0] == "$$":
            return Ending(found.start(), found.end())
    return None


def _dollar(text: str, start: int) -> Ending | None:
    """The next dollar sign, if it can close a formula; code ends the search."""
    for found in _DOLLAR.finditer(text, start):
        if found[0] == "`":
            return None
        if found[0] == "$":
            end = found.start()
            blank = text[start].isspace(), text[end - 1].isspace()
            loose = all(blank) and _COMMAND.search(text, start, end) is not None
            followed = text[end + 1 : end + 2].isdigit()
            fits = end > start and (loose or not any(blank)) and not followed
            return Ending(end, end + 1) if fits else None
    return None


def _github(text: str, start: int) -> Ending | None:
    """The next backtick, if a dollar sign follows."""
    found = _GITHUB.match(text, start)
    return None if found is None else Ending(found.start(1), found.end())


def _escaped(text: str, start: int, sign: str) -> Ending | None:
    for found in _ESCAPE.finditer(text, start):
        if found[1] == sign:
            return Ending(found.start(), found.end())
    return None


def _braced(text: str, start: int) -> Ending | None:
    depth = 1
    for found in _BRACE.finditer(text, start):
        depth += (found[0] == "{") - (found[0] == "}")
        if not depth:
            return Ending(found.end(), found.end())
    return None


def _environment(text: str, start: int, begin: str) -> Ending | None:
    """The end that belongs to a beginning, over others of the same name."""
    end = begin.replace("\\begin", "\\end", 1)
    depth = 0
    for found in re.finditer(f"{re.escape(begin)}|{re.escape(end)}", text[start:]):
        depth += 1 if found[0] == begin else -1
        if depth <= 0 and found[0] == end:
            return Ending(start + found.end(), start + found.end())
    return None
