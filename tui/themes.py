"""Colours: dark, light, high contrast, and those of the terminal itself."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from textual.theme import BUILTIN_THEMES, Theme

from runtimes.texts import Text


@dataclass(frozen=True, slots=True)
class Scheme:
    """A theme by its name for the user, and Textual's name for it."""

    name: str
    textual: str
    title: Text


SCHEMES = (
    Scheme("dark", "textual-dark", Text("dark", "深色")),
    Scheme("light", "textual-light", Text("light", "浅色")),
    Scheme("contrast", "high-contrast", Text("high contrast", "高对比度")),
    Scheme("terminal", "ansi-dark", Text("the terminal's colours, dark", "终端配色（深）")),
    Scheme("terminal-light", "ansi-light", Text("the terminal's colours, light", "终端配色（浅）")),
)
LIGHT = replace(
    BUILTIN_THEMES["textual-light"],
    success="#12662f",
    warning="#7f5000",
    accent="#7f5000",
    error="#a22e4b",
    variables={"footer-key-foreground": "#004578", "text-muted": "auto 66%"},
)
"""Textual's own, with keys, marks and bars dark enough for its light ground."""
CONTRAST = Theme(
    name="high-contrast",
    primary="#00ffff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff8080",
    success="#00ff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    dark=True,
    text_alpha=1.0,
    variables={
        "border": "#ffffff",
        "border-blurred": "#c0c0c0",
        "block-cursor-text-style": "bold reverse",
    },
)


def scheme_named(name: str | None) -> Scheme:
    """The scheme of that name; the terminal's own colours where it has no more than those, dark
    or light as the terminal says that it is."""
    for scheme in SCHEMES:
        if scheme.name == name:
            return SCHEMES[4] if name == "terminal" and _light() else scheme
    few = os.environ.get("TERM", "") in ("linux", "xterm", "vt100", "ansi")
    if few and not os.environ.get("COLORTERM"):
        return SCHEMES[4] if _light() else SCHEMES[3]
    return SCHEMES[0]


def _light() -> bool:
    """Does the terminal say that its background is light?  ``COLORFGBG`` of rxvt, Konsole, …:
    the numbers of its colours; 7 and 15 are white."""
    return os.environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")
