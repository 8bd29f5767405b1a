"""When Python looks for garbage: in the pauses.

A full search walks over every object there is.  In a program of this size that takes 0.1 seconds
in which no key is drawn, and it came every few seconds while an answer was written.  So what is
alive after the start, and after each turn, is left alone until the next pause: between two pauses a
search walks over what is new.
"""

from __future__ import annotations

import gc

OFTEN = (3_000, 8, 10)
"""New objects before a search among the new; such searches before one among those that stayed; and
such before a full one.  Python's own first number is 700; more make the pauses longer."""


def starting() -> None:
    """From here on few searches: what is loaded and built for the first frame stays."""
    gc.set_threshold(*OFTEN)


def pause() -> None:
    """Collect all garbage now, and leave alone what is left; for a moment in which nobody waits."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
