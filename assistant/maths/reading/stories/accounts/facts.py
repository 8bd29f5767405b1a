"""What a clause of a story says about amounts, in no language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from assistant.maths import terms as t

NOT = "not "
"""A mark of this and an act: it is asked for those to which that was not done."""


class Sense(Enum):
    """What is done with an amount, seen from whoever has it."""

    HAVE = "have"
    IN = "in"
    OUT = "out"
    DO = "do"
    """Work on what is to be done, or any other act: it neither adds nor takes away by itself."""


class Asked(Enum):
    """What a question is after."""

    VALUE = "value"
    TOTAL = "total"
    LEFT = "left"
    BEFORE = "before"
    DIFFERENCE = "difference"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is counted or measured: a unit, and the things where they are named."""

    unit: str
    thing: str = ""

    def fits(self, other: Kind) -> bool:
        """Whether both may be the same: a thing that is not named may be any of its unit."""
        if self.unit != other.unit:
            return False
        return not self.thing or not other.thing or self.thing == other.thing


@dataclass(frozen=True, slots=True)
class Amount:
    """``owner`` does ``verb`` with so much; no ``value`` where it is only "some"."""

    kind: Kind
    value: t.Expr | None
    owners: tuple[str, ...] = ()
    verb: str = ""
    sense: Sense = Sense.HAVE
    receiver: str = ""
    when: str = ""
    marks: frozenset[str] = frozenset()
    """``whole``: all together; ``part``: of the whole before; ``more``: on top of what was there;
    ``further``: more than was told of before, by whomever;
    ``left``: what is still there or to do; ``before``: what was there at first."""


@dataclass(frozen=True, slots=True)
class Per:
    """So much of one kind for each of another."""

    base: Kind
    kind: Kind
    value: t.Expr | None
    marks: frozenset[str] = frozenset()
    """``rest``: what is left is grouped so; ``supposed``: another rate than before;
    ``planned``: which need not have come true; ``grouped``: put together so."""
    owner: str = ""
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """So much of one kind goes with so much of another."""

    first: Amount
    second: Amount
    owner: str = ""
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Compare:
    """``left`` is by so much ``more`` (else less) than ``times`` the ``right``."""

    left: str
    right: str
    kind: Kind | None
    value: t.Expr | None
    more: bool = True
    times: t.Expr | None = None
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of the whole, by its share; of what was told just before where it has no name."""

    name: str
    share: t.Expr
    of: str = ""
    """By what word the whole is named."""


@dataclass(frozen=True, slots=True)
class Members:
    """There are so many that amounts are told of."""

    count: int


@dataclass(frozen=True, slots=True)
class Paid:
    """So much money is handed over for what was bought, or given ``back`` of it."""

    value: t.Expr
    back: bool = False
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """The rest of the whole is this."""

    name: str


@dataclass(frozen=True, slots=True)
class Same:
    """What was told of a rate goes on to hold."""


@dataclass(frozen=True, slots=True)
class Shared:
    """It is shared out, ``even`` where that is said; the number of shares follows by itself, or stands here."""

    among: Amount | None = None
    rest: bool = False
    even: bool = True


@dataclass(frozen=True, slots=True)
class Ask:
    """The question."""

    what: Asked
    kind: Kind | None = None
    names: tuple[str, ...] = ()
    """Whose amount; for a difference or ratio, both sides."""
    verb: str = ""
    base: Kind | None = None
    """For so much of each: of what."""
    more: bool = True
    marks: frozenset[str] = frozenset()
    """Those of an amount; ``they``: of all that are told of; ``other``: compared with the other one; ``down`` and ``up``: only whole groups count, or all must have room."""
    later: t.Expr | None = None
    """So many years on; or the age that is reached."""
    when: str = ""


Fact = Members | Paid | Portion | Amount | Per | Pair | Compare | Rest | Same | Shared | Ask
