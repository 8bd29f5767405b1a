"""Widgets that show formulas, on terminals that draw pictures and on others; light to load."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual._context import active_app

if TYPE_CHECKING:
    from textual.app import App

    from assistant.maths.terms import Expr
    from runtimes.texts import Lang
    from tui.pictures.studio import Studio


@dataclass(frozen=True, slots=True)
class Formula:
    """LaTeX, or (not ``tex``) MathML of our own, and what copying its picture gives."""

    source: str
    tex: bool
    copied: str


@runtime_checkable
class Shows(Protocol):
    """A widget that shows formulas."""

    def pictures_came(self) -> None:
        """Draw it again: there are pictures that were not there, or there are none any more."""


def studio_of(app: App[object]) -> Studio | None:
    """Where formulas become pictures; nowhere in most terminals."""
    return getattr(app, "studio", None)


def pictured() -> bool:
    """Are formulas pictures in the running app?"""
    app = active_app.get(None)
    studio = None if app is None else studio_of(app)
    return studio is not None and studio.on


def left(who: Shows, app: App[object]) -> None:
    """It shows nothing any more."""
    studio = studio_of(app)
    if studio is not None:
        studio.left(who)


def copied(found: tuple[str, str] | None, app: App[object]) -> tuple[str, str] | None:
    """What is selected, pictures as their sources."""
    studio = studio_of(app)
    if found is None or studio is None:
        return found
    return studio.copied(found[0]), found[1]


class Drawing:
    """Draws the formulas of one widget as pictures, where there are such."""

    def __init__(self, who: Shows, app: App[object], lang: Lang) -> None:
        self._who = who
        self._studio = studio_of(app)
        self._lang = lang

    def __call__(self, formula: Expr, room: int) -> tuple[str, ...] | None:
        """The cells within so many columns; ``None`` where it is to be drawn as text."""
        if self._studio is None:
            return None
        from assistant.maths.showing.linear import flat
        from assistant.maths.showing.mathml import displayed
        from assistant.maths.showing.notation import Notation

        line = flat(Notation(self._lang)(formula))
        made = Formula(displayed(formula, self._lang), tex=False, copied=line)
        return self._studio.lines(made, room, self._who)
