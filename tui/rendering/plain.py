"""For a screen reader: words in the place of signs, which are read out as they may."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual._context import active_app

from assistant.maths.showing.look import Badge
from runtimes.texts import Lang, Text

if TYPE_CHECKING:
    from assistant.history import Message

SEAM = " · "
_SIGNS = str.maketrans("", "", "→←↑↓▸▾▤⎇●○★▶■")
_MARKS = re.compile(rf"(?:(?<=\()|^)[{''.join(mark.sign for mark in Badge)}] (?=\w)", re.MULTILINE)
KEYS = {
    "↑": Text("Up", "上箭头"),
    "↓": Text("Down", "下箭头"),
    "←": Text("Left", "左箭头"),
    "→": Text("Right", "右箭头"),
    "Esc": Text("Escape", "Esc"),
    "Del": Text("Delete", "Delete"),
    "PgUp": Text("Page Up", "Page Up"),
    "PgDn": Text("Page Down", "Page Down"),
}
"""The signs of keys in words."""


def plain() -> bool:
    """Is the running app meant for a screen reader?"""
    app = active_app.get(None)
    return app is not None and app.has_class("-plain")


def sign_of(mark: Badge, lang: Lang) -> str:
    """What stands before a step: its sign, or its word; nothing where there is nothing to say."""
    if not plain():
        return mark.sign
    if mark is Badge.NEUTRAL:
        return ""
    return f"{mark.word.template(lang)}{'：' if lang is Lang.ZH else ':'}"


def word_of(mark: Badge, lang: Lang) -> str:
    """What stands behind a step: its word, where it does not stand before it."""
    return "" if plain() or mark is Badge.NEUTRAL else mark.word.template(lang)


def lead(sign: str, word: str = "") -> str:
    """A sign before a line, or the word for it; nothing where the line says it itself."""
    told = word if plain() else sign
    return f"{told} " if told else ""


def seam() -> str:
    """Between the parts of a line."""
    return ", " if plain() else SEAM


def joined(parts: Iterable[str]) -> str:
    """The parts of a line that are not empty."""
    return seam().join(part for part in parts if part)


def aloud(text: Text) -> Text:
    """A sentence of ours without its signs; what comes into its places stays as it is."""
    if not plain():
        return text
    en, zh = (
        words.replace(SEAM, ", ").translate(_SIGNS).strip(" ") for words in (text.en, text.zh)
    )
    return Text(en, zh, text.args)


def answer_aloud(answer: Message, text: str) -> str:
    """A part of an answer out of the history: where the exact solver wrote it, its marks are
    left out for a screen reader, for their words stand beside them."""
    from assistant.history.labels import EXACT

    return _MARKS.sub("", text) if plain() and answer.label == EXACT else text


def key_in_words(written: str, lang: Lang) -> str:
    """A key, or one with others that are held, as it is said."""
    head, seam, key = written.rpartition("-")
    if not key:  # it is the hyphen itself
        return written
    return f"{head}{seam}{KEYS[key].template(lang) if key in KEYS else key}"
