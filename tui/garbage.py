"""When Python looks for garbage: in the pauses.

A full search walks over every object there is.  In a program of this size that takes 0.1 seconds
in which no key is drawn, and it came every few seconds while an answer was written.  So what is
alive after the start, and after each turn, is left alone until the next pause; and within a turn
what is new is searched when no key was pressed for a while.
"""

from __future__ import annotations

import gc

OFTEN = (3_000, 8, 60)
"""New objects before a search among the new; such searches before one among those that stayed; and
such before a full one, if no pause came before.  Python's own numbers are 700, 10 and 10; more make
the searches longer.  60 come with 4,500 tokens of an answer, which leave 45 MB of garbage."""
FEW, MANY = 2, 30
"""Searches among those that stayed, after which a pause is used: between turns, within one."""


def starting() -> None:
    """From here on few searches: what is loaded and built for the first frame stays."""
    gc.set_threshold(*OFTEN)


def pause() -> None:
    """Collect all garbage now, and leave alone what is left; for a moment in which nobody waits."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def tidy(*, busy: bool) -> None:
    """Use a moment without a key, if there is enough to collect; ``busy``: an answer is drawn."""
    _, _, searches = gc.get_count()
    if busy and searches >= MANY:
        gc.collect()
    elif not busy and searches >= FEW:
        pause()
