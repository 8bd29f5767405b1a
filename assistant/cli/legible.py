"""Text for an encoding that has not all of its signs: ``x^2`` for ``x²``, and never ``x?``.

A pipe of Windows, and a machine without a locale, take an older encoding than UTF-8.  What a
formula means must not depend on that, so each sign that is missing there is put in letters.
"""

from __future__ import annotations

import re
import unicodedata

DRAWN = "²√│⎛"
"""Signs without which formulas are written on one line: ``sqrt(x + 2)`` has no bar above it."""
_RAISED = r"[\u00b2\u00b3\u00b9\u2070\u2071\u2074-\u207f\u02b0-\u02e3\u1d2c-\u1d61]"
_LOWERED = r"[\u2080-\u209c\u1d62-\u1d6a\u2c7c]"
SMALL = re.compile(rf"(?P<root>{_RAISED}+)(?=√)|(?P<raised>{_RAISED}+)|(?P<lowered>{_LOWERED}+)")
SIGNS = {
    **dict.fromkeys("┌┐└┘┬┤┼├┴", "+"), **dict.fromkeys("─—–", "-"), "│": "|",
    "·": "*", "×": "*", "÷": "/", "−": "-", "±": "+-", "∓": "-+", "●": "o", "•": "*",
    "√": "sqrt", "∞": "oo", "∫": "int ", "∑": "sum", "Σ": "sum", "∏": "prod", "∂": "d",
    "≠": "!=", "≤": "<=", "≥": ">=", "⩽": "<=", "⩾": ">=", "≈": "~", "≡": "==",
    "→": "->", "⇒": "=>", "∴": "so", "∈": "in", "∉": "not in", "∪": "U", "∩": "intersect",
    "∖": "\\", "∅": "{}", "ℝ": "RR", "ℤ": "ZZ", "ℕ": "NN", "ℚ": "QQ", "ℂ": "CC",
    "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "‖": "||", "∣": "|", "′": "'", "″": "''",
    "°": " deg", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "½": "1/2",
}  # fmt: skip


def fits(text: str, encoding: str) -> bool:
    """Whether an encoding has all signs of a text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def legible(text: str, encoding: str) -> str:
    """The text in the signs that an encoding has; ``?`` for what has no other spelling."""
    if fits(text, encoding):
        return text
    text = SMALL.sub(lambda found: _small(found, encoding), text)
    signs = {char: char if fits(char, encoding) else _spelt(char) for char in set(text)}
    return "".join(map(signs.__getitem__, text)).encode(encoding, "replace").decode(encoding)


def _small(found: re.Match[str], encoding: str) -> str:
    """Raised and lowered signs as people type them, all of a run or none."""
    if fits(found[0], encoding):
        return found[0]
    plain = unicodedata.normalize("NFKC", found[0]).replace("−", "-")
    if found["root"]:
        return f"root[{plain}] of "
    short = plain.isdecimal() or len(plain) == 1
    return ("_" if found["lowered"] else "^") + (plain if short else f"({plain})")


def _spelt(char: str) -> str:
    if char in SIGNS:
        return SIGNS[char]
    name = unicodedata.name(char, "")
    if found := re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (?:FINAL )?(\w+)", name):
        return found[2].lower() if found[1] == "SMALL" else found[2].capitalize()
    return char
