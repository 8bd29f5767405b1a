"""What kind of block a line of Markdown belongs to, by how it begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.maths.reading.claims.marks import signed

QUOTE = re.compile(r"[ \t]*>[ \t]?(?![=\d])")
FENCE = re.compile(r"[ \t]*(?:[-*+]\s+|\d{1,3}[.)]\s+)?(`{3,}|~{3,})([^\n]*)$")
HEADING = re.compile(r"[ \t]*#{1,6}(?:[ \t]+|$)")
RULE = re.compile(r"[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|={3,}[ \t]*)$")
BULLET = re.compile(r"[ \t]*[-*+•●○▪◦][ \t]+")
NUMBER = re.compile(
    r"[ \t]*(?:\d{1,3}(?:\\?[.)．][ \t]+|、[ \t]*|）[ \t]*)(?![-+*/×÷=<>])"
    r"|\(\d{1,2}\)[ \t]+(?![-+*/×÷=<>(\[])|（\d{1,2}）[ \t]*(?![-+*/×÷=<>（(\[])"
    r"|[①-⑳][ \t]*(?![-+*/×÷=<>\s])"
    r"|\(?[a-hA-H]\)[ \t]+(?![-+*/×÷=<>^]))"
)
DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
REFERENCE = re.compile(r"[ \t]*\[[^\]]{1,200}\]:[ \t]")
BRACKETS = re.compile(r"\s*\[\s(?=.*(?:\\[A-Za-z]|[=<>≤≥]))(.*)\s\]\s*[.,。，]?\s*$")
MAX_MARKS = 4


class Kind(StrEnum):
    """How a line begins."""

    BLANK = "blank"
    TEXT = "text"
    ITEM = "item"
    HEADING = "heading"
    RULE = "rule"
    FENCE = "fence"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Head:
    """``at`` is where the text begins behind the marks; ``quoted``: in a block quote."""

    kind: Kind
    at: int
    quoted: bool = False
    fence: str = ""


def head(line: str, *, plus: bool = True) -> Head:
    """How a line begins; a ``+`` is a bullet only where ``plus`` allows it, a dash where it is
    not the sign of a number."""
    at = quote_end(line)
    quoted = at > 0
    if not line[at:].strip():
        return Head(Kind.BLANK, at, quoted)
    if (match := FENCE.match(line, at)) and not (match[1][0] == "`" and "`" in match[2]):
        return Head(Kind.FENCE, at, quoted, match[1])
    if RULE.match(line, at):
        return Head(Kind.RULE, at, quoted)
    if REFERENCE.match(line, at):
        return Head(Kind.REFERENCE, at, quoted)
    kind = Kind.TEXT
    for _ in range(MAX_MARKS):
        if match := HEADING.match(line, at):
            kind = Kind.HEADING
        elif match := BULLET.match(line, at):
            if not plus and match[0].lstrip().startswith("+"):
                break
            if signed(line[at:]):
                break
            kind = Kind.ITEM if kind is Kind.TEXT else kind
        elif match := NUMBER.match(line, at):
            kind = Kind.ITEM if kind is Kind.TEXT else kind
        else:
            break
        at = match.end()
    return Head(kind, at, quoted)


def quote_end(line: str) -> int:
    """Where the marks of block quotes end."""
    at = 0
    for _ in range(MAX_MARKS):
        match = QUOTE.match(line, at)
        if match is None:
            break
        at = match.end()
    return at


def closes_fence(line: str, fence: str) -> bool:
    """Whether a line ends a code block."""
    text = line.strip()
    return len(text) >= len(fence) and set(text) == {fence[0]}


def may_head_table(line: str) -> bool:
    """Whether a line may be the first of a table."""
    text = line.strip()
    return text.startswith("|") and text.endswith("|") and text.count("|") > 1


def delimits_table(line: str) -> bool:
    """Whether a line is the rule below the head of a table."""
    return "|" in line and DELIMITER.match(line) is not None


def bracketed(line: str) -> tuple[int, int] | None:
    """Where the inside of ``[ x = 3 ]`` stands, a display whose backslashes were lost."""
    match = BRACKETS.match(line) if line.lstrip()[:1] == "[" else None
    return match.span(1) if match else None
