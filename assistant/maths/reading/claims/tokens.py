"""The words, numbers and signs of a line of plain prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.maths.reading.formulas.characters import FRACTIONS, SUPERSCRIPTS, ascii_of

SIGNS = {
    "×": "*", "·": "*", "⋅": "*", "∗": "*", "✕": "*", "∕": "/", "⁄": "/",
    "−": "-", "–": "-", "＝": "=", "≒": "≈", "⩽": "≤", "⩾": "≥",
}  # fmt: skip
OPERATORS = {
    "plus": "+", "minus": "-", "times": "*", "multiplied by": "*", "divided by": "÷",
    "加": "+", "加上": "+", "减": "-", "减去": "-", "乘": "*", "乘以": "*", "除以": "÷",
}  # fmt: skip
"""Words between two numbers that calculate."""
FUNCTIONS = frozenset({"sqrt", "abs"})
ARROWS = re.compile(r"[=\-]>|⇒|⟹|→|⟶|∴|∵|<=>|⇔")


class Sort(StrEnum):
    """Kinds of token in prose."""

    NUMBER = "number"
    LETTER = "letter"
    WORD = "word"
    MONEY = "money"
    SIGN = "sign"
    RELATION = "relation"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the line; ``spaced``: white space stood before it."""

    sort: Sort
    text: str
    start: int
    end: int
    spaced: bool


PATTERN = re.compile(
    r"(?P<gap>\.{2,}|…+|⋯)"
    r"|(?P<ratio>(?<=\d)(?:\s+:\s*|:)(?=\d))"
    r"|(?P<comma>(?<![\d.,(\[{])\d+,\d{1,2}(?![\d,.]))"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)|\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<relation><=|>=|!=|==|[=≈<>≤≥≠~])"
    r"|(?P<han>[\u4e00-\u9fff]+)"
    r"|(?P<word>[A-Za-z]{2,}(?:['’\-][A-Za-z]+)*|[A-Za-z](?:['’][a-z]+))"
    r"|(?P<letter>[A-Za-zΔα-ω](?:_\{?\w{1,3}\}?)?)"
    r"|(?P<money>[$£€¥])"
    r"|(?P<sign>\*\*|[-+±*/÷^()\[\]%!√π°])"
    r"|(?P<break>[^\s])"
)


LOOSE_RATIO = re.compile(r"(?<=\d): +(?=\d)")
"""Of one alone the colon ends a phrase, *15% of 80: 0.15 * 80 = 12*; several are ratios."""
RATIO_WORD = re.compile(r"\bratio|\bproportion|\bodds\b|\bscale|比", re.IGNORECASE)
SORTS = {
    "han": Sort.WORD, "ordinal": Sort.WORD, "gap": Sort.SIGN, "ratio": Sort.SIGN,
    "comma": Sort.SIGN,
}  # fmt: skip
"""A gap (1 + 2 + … + 9), a ratio, and ``2,5`` (a decimal to some) are signs that no formula
here has."""


def plain_signs(text: str) -> str:
    """Full-width and typographic signs as ASCII; fractions and powers in one character
    written out."""
    out: list[str] = []
    for char in text:
        if char in FRACTIONS:
            num, den = FRACTIONS[char]
            out.append(f" {num}/{den}" if out and out[-1].isdigit() else f"{num}/{den}")
        elif char in "²³⁴⁵⁶⁷⁸⁹":
            out.append("^" + SUPERSCRIPTS[char])
        elif char in "：；，。！？":
            out.append(f"{ascii_of(char) if char != '。' else '.'} ")
        else:
            out.append(SIGNS.get(char, ascii_of(char)))
    return "".join(out)


def tokens(text: str) -> list[Token]:
    """The tokens of a text in which ``plain_signs`` has been used."""
    found: list[Token] = []
    end = 0
    if len(LOOSE_RATIO.findall(text)) > 1 or RATIO_WORD.search(text):
        text = LOOSE_RATIO.sub(lambda m: m[0][::-1], text)
    for match in PATTERN.finditer(ARROWS.sub(lambda m: ";" * len(m[0]), text)):
        kind = match.lastgroup or "break"
        sort = SORTS.get(kind) or Sort(kind)
        found.append(Token(sort, match[0], match.start(), match.end(), match.start() > end))
        end = match.end()
    return _crosses(_letters(_short_units(found, text)))


METRIC = re.compile(r"\d\s*(?:km|cm|mm|dm|kg|mg|ml|mL|ft|yd|lb|oz|hr|min|sec)(?![A-Za-z])")
"""Abbreviated units: beside them a single letter is one, too."""


MEASURING = re.compile(
    r"\b(?:area|volume|perimeter|circumference|speed|velocity|distance|length|width|height)\b"
    r"[^=]{0,20}=[^=]{0,80}?\d\s+[mgsh](?![A-Za-z])|(?:面积|体积|周长|速度|路程|距离)\s*=[^=]{0,80}?\d\s*[ms](?![A-Za-z])",
    re.IGNORECASE,
)
"""Names of what is measured: behind them a single letter at a number is a unit."""


def _short_units(found: list[Token], text: str) -> list[Token]:
    """``5 km = 5000 m``: the m is no variable."""
    if METRIC.search(text) is None and MEASURING.search(text) is None:
        return found
    return [
        replace(token, sort=Sort.WORD)
        if n
        and token.text in ("m", "g", "s", "h", "l", "L", "t")
        and _is(found[n - 1], Sort.NUMBER)
        else token
        for n, token in enumerate(found)
    ]


def _is(token: Token | None, *sorts: Sort, signs: str = "") -> bool:
    if token is None:
        return False
    return token.sort in sorts or (token.sort is Sort.SIGN and token.text in signs)


def _letters(found: list[Token]) -> list[Token]:
    """A lone letter is a variable only beside a number, a sign or a relation."""
    out: list[Token] = []
    for n, token in enumerate(found):
        before = found[n - 1] if n else None
        after = found[n + 1] if n + 1 < len(found) else None
        if token.sort is Sort.LETTER and not (
            _is(before, Sort.RELATION, signs="+-±*/÷^([√")
            or (_is(before, Sort.NUMBER, signs=")") and not token.spaced)
            or _is(after, Sort.RELATION, signs="+-±*/÷^)](")
            or _is(before, Sort.NUMBER)
        ):
            token = replace(token, sort=Sort.WORD)  # noqa: PLW2901 - the same token, told apart
        out.append(token)
    return out


def _crosses(found: list[Token]) -> list[Token]:
    """``5 x 3`` multiplies: the letter x between two values; operators spelled as words too."""
    out: list[Token] = []
    for n, token in enumerate(found):
        before = out[-1] if out else None
        after = found[n + 1] if n + 1 < len(found) else None
        value = _is(after, Sort.NUMBER, Sort.MONEY, signs="(")
        if (
            token.text in ("x", "X")
            and _is(before, Sort.NUMBER, Sort.WORD, signs=")%")
            and value
            and (token.spaced or _is(after, Sort.NUMBER))
        ) or (token.sort is Sort.WORD and token.text.lower() in OPERATORS and value):
            sign = OPERATORS.get(token.text.lower(), "*")
            token = replace(token, sort=Sort.SIGN, text=sign)  # noqa: PLW2901 - told apart
        if token.sort is Sort.SIGN and token.text == "**":
            token = replace(token, text="^")  # noqa: PLW2901
        out.append(token)
    return out


def shown(text: str, limit: int = 60) -> str:
    """A claim's text on one line, for a message."""
    text = " ".join(plain_signs(text).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
