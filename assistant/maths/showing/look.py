"""How things look: the mark of each verdict, its colour, and the options of a terminal.

Light to load: whoever streams an answer needs it before the first formula is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from runtimes.texts import Lang, Text

if TYPE_CHECKING:
    from assistant.maths.terms import Expr
    from assistant.maths.types import Verdict


class Badge(Enum):
    """What a verdict looks like: the sign, the word of the contract, a word, its meaning."""

    PROVED = "✓", "proved", Text("proved", "已证明"), Text("proved", "已证明")
    SUPPORTED = (
        "≈",
        "supported",
        Text("supported", "数值支持"),
        Text("supported by numbers, not proved", "数值吻合，未证明"),
    )
    UNDECIDED = "?", "undecided", Text("undecided", "未判定"), Text("undecided", "未判定")
    REFUTED = "✗", "refuted", Text("refuted", "已否定"), Text("refuted", "已否定")
    NEUTRAL = "•", "neutral", Text("law", "公式"), Text("a law or a choice", "公式或选择")

    def __init__(self, sign: str, code: str, word: Text, meaning: Text) -> None:
        self.sign = sign
        self.code = code
        self.word = word
        self.meaning = meaning


def badge(verdict: Verdict | None) -> Badge:
    """The mark of a verdict; a step nobody checked has none of the good ones."""
    from assistant.maths.types import Doubt, Proved, Refuted, Supported, Undecided

    match verdict:
        case Proved():
            return Badge.PROVED
        case Supported():
            return Badge.SUPPORTED
        case Refuted():
            return Badge.REFUTED
        case Undecided(Doubt.NOT_A_CLAIM):
            return Badge.NEUTRAL
        case Undecided() | None:
            return Badge.UNDECIDED


COLOURS = {
    Badge.PROVED: "32",
    Badge.SUPPORTED: "33",
    Badge.UNDECIDED: "35",
    Badge.REFUTED: "31",
    Badge.NEUTRAL: "36",
}
"""ANSI colours (ECMA-48, SGR) by verdict."""
BOLD, DIM = "1", "2"
Drawer: TypeAlias = Callable[["Expr", int], tuple[str, ...] | None]
"""The lines of a formula within so many columns; ``None`` where they are to be drawn as usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a solution is to be shown: language, columns, colours, what is left out or added.

    ``aloud``: for whoever listens, formulas on one line and no frame (and no colour, so that
    marks are words).  ``draw`` may draw a formula of its own within so many columns, in place of
    ours.
    """

    lang: Lang = Lang.EN
    width: int = 80
    colour: bool = False
    brief: bool = False
    plot: bool = False
    aloud: bool = False
    draw: Drawer | None = None


def painted(text: str, code: str, look: Look) -> str:
    """The text in a colour or weight, where colours are wanted."""
    return f"\x1b[{code}m{text}\x1b[0m" if look.colour and text.strip() else text
