"""What the sentences of a narrated story say, before it is known whom their pronouns mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Kind
from assistant.maths.reading.stories.narrated.lexis import Does


@dataclass(frozen=True, slots=True)
class Ref:
    """With what an amount is compared: what another has or did, another thing, another time; or,
    where all are empty, what was told just before."""

    who: str = ""
    thing: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Size:
    """How much: a number; a number ``more`` or less than ``times`` what is at ``ref``; or a
    ``share`` of what is there (``of``: all or the rest)."""

    value: t.Expr | None = None
    way: str = ""
    times: t.Expr | None = None
    share: t.Expr | None = None
    of: str = ""
    ref: Ref | None = None
    them: bool = False
    """Whether it is a share of ``them``, of what was told last."""


@dataclass(frozen=True, slots=True)
class Tail:
    """What is said besides: ``when``, ``where``, ``to``, ``source``, ``per``, ``span``, ``each``
    price, ``cost`` in all, contents, or a mark such as ``total`` and ``left``."""

    says: str
    word: str = ""
    value: t.Expr | None = None
    within: str = ""
    """In each of what, where that is said."""


@dataclass(frozen=True, slots=True)
class Object:
    """So much of a thing."""

    size: Size
    kind: Kind
    tails: tuple[Tail, ...] = ()

    def tail(self, says: str) -> Tail | None:
        """The one tail that says this."""
        return next((tail for tail in self.tails if tail.says == says), None)


@dataclass(frozen=True, slots=True)
class Did:
    """Somebody does something with so much."""

    who: tuple[str, ...]
    verb: str
    does: Does
    objects: tuple[Object, ...]
    each: bool = False
    """Whether each of them does."""


@dataclass(frozen=True, slots=True)
class Rate:
    """For each of one kind so much of another."""

    base: Kind
    kind: Kind
    value: t.Expr
    who: str = ""
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Last:
    """What was told just before is so much."""

    size: Size
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """The question: ``how`` is value, more (a difference), price."""

    how: str
    kind: Kind
    who: tuple[str, ...] = ()
    verb: str = ""
    does: Does = Does.HAVE
    tails: tuple[Tail, ...] = ()
    other: tuple[str, ...] = ()
    """The other side of a difference: who, or on what."""
    less: bool = False
    on: str = ""
    """On what money is spent."""

    def marked(self, says: str) -> bool:
        """Whether a tail says this."""
        return any(tail.says == says for tail in self.tails)

    def tail(self, says: str) -> Tail | None:
        """The one tail that says this."""
        return next((tail for tail in self.tails if tail.says == says), None)


@dataclass(frozen=True, slots=True)
class Charge:
    """A part of what all costs is added to it, or taken off."""

    share: t.Expr
    added: bool = True


@dataclass(frozen=True, slots=True)
class Scene:
    """Who acts in what follows; empty where that is not said."""

    who: str = ""


Fact = Did | Rate | Last | Charge | Ask | Scene


@dataclass
class Story:
    """All facts of a story in their order."""

    facts: list[Fact] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """How names are written."""
