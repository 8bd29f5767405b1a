"""What is told of an amount, and when it is of a kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Kind
from assistant.maths.reading.stories.accounts.things import belongs
from assistant.maths.reading.stories.accounts.units import DIMENSIONS
from assistant.maths.reading.stories.narrated.facts import (
    Tail,
)
from assistant.maths.reading.stories.narrated.lexis import (
    LONGER,
    PERIODS,
    Does,
)
from assistant.maths.reading.stories.narrated.phrases import (
    NOTHING,
)
from assistant.maths.reading.stories.telling import exact

STATES = frozenset((Does.HAVE, Does.HOLD))
MAX_CHAIN = 3
COMES = frozenset((Does.GET, Does.MAKE, Does.BUY, Does.TAKE))
GOES = frozenset((Does.LOSE, Does.GIVE, Does.SELL))


@dataclass(eq=False)
class Entry:
    """Somebody has or does so much of a kind."""

    who: str
    verb: str
    does: Does
    kind: Kind
    value: t.Expr
    tails: tuple[Tail, ...] = ()
    extra: bool = False
    """Whether it is more than was told before."""
    open: bool = False
    """Whether it is only compared with, and not told yet."""

    def tail(self, says: str) -> Tail | None:
        """The one tail that says this."""
        return next((tail for tail in self.tails if tail.says == says), None)

    def word(self, says: str) -> str:
        """The word of a tail; empty where there is none."""
        tail = self.tail(says)
        return tail.word if tail else ""


def fits(told: Kind, asked: Kind) -> bool:
    """Whether what is told of is of the kind that is asked for."""
    if asked == NOTHING:
        return True
    if asked.unit == "time":
        return told.unit in PERIODS and not told.thing
    if asked.unit == "far":
        return told.unit in ("mile", "kilometer", "meter", "foot", "yard") and not told.thing
    if told.unit != asked.unit:
        return False
    return (
        not asked.thing
        or told.thing == asked.thing
        or (bool(told.thing) and belongs(told.thing, asked.thing))
    )


def per_unit(one: str, other: str) -> Fraction | None:
    """How many of the other unit are one of this."""
    if one == other:
        return Fraction(1)
    for sizes in DIMENSIONS:
        if one in sizes and other in sizes:
            return sizes[one] / sizes[other]
    for (long, short), many in LONGER.items():
        if (one, other) == (long, short):
            return Fraction(many)
    return None


def is_of(told: Kind, base: Kind) -> bool:
    """Whether so much is told for each of these: of a box, for a box of pens, but not the reverse."""
    return told.unit == base.unit and fits(told, base) and (bool(base.thing) or not told.thing)


def times(value: t.Expr, each: t.Expr) -> t.Expr:
    """A product, of which a factor 1 is left out."""
    if exact(value) == 1:
        return each
    return value if exact(each) == 1 else t.Mul((value, each))


def leaves(*exprs: t.Expr) -> set[int]:
    """The numbers and names in expressions, by their identity."""
    return {id(node) for expr in exprs for node in t.walk(expr) if not t.children(node)}


def total(values: Iterable[t.Expr]) -> t.Expr:
    """A sum."""
    found = list(values)
    return t.add(*found) if len(found) > 1 else found[0]
