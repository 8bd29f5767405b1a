"""Whom the pronouns of a narrated story mean: one only, or the story is not understood."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.maths.reading.stories.narrated.facts import (
    Ask,
    Did,
    Fact,
    Last,
    Object,
    Ref,
    Scene,
    Tail,
)
from assistant.maths.reading.stories.narrated.lexis import (
    FEMALE,
    FEMALE_NAMES,
    KIN,
    MALE,
    MALE_NAMES,
)

OBJECTS = frozenset(
    "school store shop farm theater cinema pool park garden library zoo box bag basket bowl shelf class room bus train car "
    "truck building shelter bakery market restaurant company factory team band pond tree house box jar tank field".split()
)
"""Who is no ``he`` or ``she``."""


class UnclearError(Exception):
    """A pronoun that may mean several, or none."""


@dataclass
class Persons:
    """All who were told of, in order."""

    known: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    """Those of the sentence before."""
    now: list[str] = field(default_factory=list)
    gender: dict[str, str] = field(default_factory=dict)
    subject: str = ""
    """Who did the last that was told."""
    called: dict[str, str] = field(default_factory=dict)
    """Whom a pronoun meant before."""

    def next_sentence(self) -> None:
        """What follows is another sentence."""
        self.before, self.now = self.now or self.before, []

    def _sex(self, name: str) -> str:
        """By which pronoun one is meant; empty where that is not known."""
        words = name.partition(" of ")[0].split()
        head = words[-1] if words else ""
        first = words[0] if words and " of " not in name else ""
        if head in FEMALE or first in FEMALE_NAMES:
            return "she"
        if head in MALE or first in MALE_NAMES:
            return "he"
        return "it" if head in OBJECTS else self.gender.get(name, "")

    def _one(self, pronoun: str) -> str:
        """The one that a pronoun means: the subject that it meant already, the only one it can
        mean, or the only one of the sentence before."""
        if self.subject and self.called.get(pronoun) == self.subject:
            return self.subject
        able = [name for name in self.known if self._sex(name) in ("", pronoun)]
        certain = [name for name in able if self._sex(name) == pronoun]
        if pronoun == "it":
            able = certain or able
        for found in (able, [n for n in able if n in (self.now or self.before)], certain):
            if len(found) == 1:
                if pronoun != "it":
                    self.gender[found[0]] = pronoun
                self.called[pronoun] = found[0]
                return found[0]
        raise UnclearError

    def meant(self, name: str) -> str:
        """The one that a name means."""
        if " of " in name:
            head, _, owner = name.rpartition(" of ")
            if owner in ("he", "she", "it", "they"):
                return self._seen(f"{head} of {self.meant(owner)}")
            return self._seen(name)
        if name in ("he", "she", "it"):
            return self._seen(self._one(name))
        if name in KIN:
            kin = [one for one in self.known if one.startswith(f"{name} of ")]
            if len(kin) == 1:
                return self._seen(kin[0])
        return self._seen(name)

    def _seen(self, name: str) -> str:
        if name and name != "they":
            if name not in self.known:
                self.known.append(name)
            if name not in self.now:
                self.now.append(name)
        return name

    def all(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Several; ``they`` are all that are known."""
        if len(names) == 1 and names[0].startswith("they"):
            people = [name for name in self.known if self._sex(name) != "it"]
            people = people or self.known
            one = people[0] if len(people) == 1 else ""
            if (
                one
                and self._sex(one) != "it"
                and not one.endswith(("s", "people", "men", "children"))
            ):
                raise UnclearError
            count = names[0].removeprefix("they").strip()
            if any(" of they" in name for name in people):
                raise UnclearError
            if not people or (count and count != str(len(people))):
                raise UnclearError
            return tuple(people)
        return tuple(self.meant(name) if name else "" for name in names)


def resolved(fact: Fact, persons: Persons) -> Fact:
    """The fact with names in place of pronouns.  Raises ``UnclearError``."""
    match fact:
        case Did():
            who = persons.all(fact.who)
            persons.subject = who[0] if len(who) == 1 else ""
            return replace(
                fact, who=who, objects=tuple(_object(one, persons) for one in fact.objects)
            )
        case Scene():
            return replace(fact, who=persons.meant(fact.who) if fact.who else "")
        case Last():
            return replace(fact, size=replace(fact.size, ref=_ref(fact.size.ref, persons)))
        case Ask():
            who = persons.all(fact.who) if fact.who else ()
            other = fact.other if fact.on else persons.all(fact.other) if fact.other else ()
            return replace(fact, who=who, other=other, tails=_tails(fact.tails, persons))
    return fact


def _object(one: Object, persons: Persons) -> Object:
    size = replace(one.size, ref=_ref(one.size.ref, persons))
    return replace(one, size=size, tails=_tails(one.tails, persons))


def _ref(ref: Ref | None, persons: Persons) -> Ref | None:
    return replace(ref, who=persons.meant(ref.who)) if ref is not None and ref.who else ref


def _tails(tails: tuple[Tail, ...], persons: Persons) -> tuple[Tail, ...]:
    return tuple(
        replace(tail, word=persons.meant(tail.word)) if tail.says in ("to", "source") else tail
        for tail in tails
    )
