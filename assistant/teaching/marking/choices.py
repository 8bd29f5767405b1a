"""Answers that are the letters of options: “B”, “(B)”, “AC”, “A、C”, “选B”, “B. 5”."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = re.compile(r"\(?\s*([A-H](?:\s*(?:[,、;&和与]|and\b)?\s*[A-H]){0,7})\s*\)?\s*[.。]?")
_LED = re.compile(
    r"\s*(?:(?:故|应|所以)?选(?:项|择)?|答案?|(?:the )?(?:answer|option|choice))"
    r"\s*(?:是|为|is\b)?\s*[:]?\s*(?=[(A-Ha-h])",
    re.IGNORECASE,
)
_WITH_TEXT = re.compile(r"\s*\(?([A-H])\s*[.)、:(]\s*\S.*", re.DOTALL)


def chosen(gold: str, given: str) -> bool | None:
    """Are the options of the key taken, and no others?  ``None`` where either is no option.

    Of the key they are capitals; a class writes them as it likes.
    """
    right = letters(gold)
    if right is None:
        return None
    taken = letters(given)
    if taken is None:
        taken = letters(given.upper()) if len(given) <= 2 * len(gold) + 4 else None
    return None if taken is None else taken == right


def letters(text: str) -> frozenset[str] | None:
    """The options that a text is, or that stand before their own words in it."""
    text = _LED.sub("", unicodedata.normalize("NFKC", text).strip(), count=1)
    if found := _LETTERS.fullmatch(text):
        named = re.sub(r"and|[^A-H]", "", found[1])
        return frozenset(named) if len(set(named)) == len(named) else None
    if found := _WITH_TEXT.fullmatch(text):
        return frozenset(found[1])
    return None
