"""Sentences in both languages, the lowest words of all floors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self


class Lang(StrEnum):
    """The languages in which the product speaks."""

    EN = "en"
    ZH = "zh"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages.

    ``{0}``, ``{1}`` in the templates stand for ``args``: words from outside, which a printer
    cleans, or values that a higher floor knows how to draw.  Templates are written by us, never
    taken from outside.
    """

    en: str
    zh: str
    args: tuple[object, ...] = ()

    def of(self, *args: object) -> Self:
        """The same sentence with these in its places."""
        return replace(self, args=args)

    def template(self, lang: Lang) -> str:
        """The sentence in one language, its places unfilled."""
        return self.zh if lang is Lang.ZH else self.en


@dataclass(frozen=True, slots=True)
class Count:
    """A sentence about a number of things, which is its ``{0}``: about one, or about many."""

    one: Text
    many: Text

    def of(self, number: float, *args: object) -> Text:
        """About so many; ``args`` are in its further places."""
        return (self.one if number == 1 else self.many).of(number, *args)
