"""For a screen reader: a mark is said by its word, not by a sign that is read out as it may."""

from __future__ import annotations

from textual._context import active_app

from assistant.maths.showing.look import Badge
from runtimes.texts import Lang


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
