"""What a narrated story tells, reckoned as it goes on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Kind
from assistant.maths.reading.stories.accounts.things import belongs, counts
from assistant.maths.reading.stories.accounts.words_en import ITEM, plural
from assistant.maths.reading.stories.narrated.entries import (
    COMES,
    GOES,
    STATES,
    Entry,
    fits,
)
from assistant.maths.reading.stories.narrated.facts import (
    Charge,
    Did,
    Last,
    Object,
    Rate,
    Ref,
    Size,
    Tail,
)
from assistant.maths.reading.stories.narrated.lexis import (
    Does,
)
from assistant.maths.reading.stories.narrated.phrases import (
    MONEY,
    NOTHING,
)
from assistant.maths.reading.stories.narrated.stocks import Stocks
from assistant.maths.reading.stories.telling import exact


@dataclass
class World(Stocks):
    """All that is told, in order."""

    charge: Charge | None = None
    charged_at: int = 0
    """How many amounts had been told when it was."""
    beside: tuple[Tail, ...] = ()
    """When and where what is told now happened."""

    def tell(self, fact: Did | Rate | Last | Charge) -> bool:
        """Take in one fact; false where it is not clear."""
        match fact:
            case Rate():
                return self._rate(fact)
            case Last():
                return self._last(fact)
            case Charge():
                one = self.charge is None and bool(self.entries)
                self.charge, self.charged_at = fact, len(self.entries)
                return one
            case Did():
                return all(
                    self._did(fact, who, one)
                    for one in fact.objects
                    for who in (
                        fact.who if len(fact.who) == 1 or fact.each else ("&".join(fact.who),)
                    )
                )

    def _rate(self, rate: Rate) -> bool:
        base = rate.base
        if base == NOTHING:
            if not self.entries:
                return False
            base = self.entries[-1].kind
        rate = replace(rate, base=base)
        if rate.kind.unit == rate.base.unit and rate.kind.thing == rate.base.thing:
            return False
        if any(one.base == rate.base and one.kind == rate.kind for one in self.rates):
            return False
        self.rates.append(rate)
        return True

    def _last(self, fact: Last) -> bool:
        if not self.entries:
            return False
        last = self.entries[-1]
        self.beside = tuple(tail for tail in last.tails if tail.says in ("when", "where"))
        value = self.size(fact.size, last.who, last.verb, last.does, last.kind)
        if value is None:
            return False
        self.account.says(last.value, value)
        return True

    def _did(self, fact: Did, who: str, one: Object) -> bool:
        if fact.verb == "again":
            return self._again(who, one)
        kind = one.kind
        if kind == NOTHING:
            if not self.entries or (fact.does in STATES and one.size.ref is None):
                return False
            kind = self.entries[-1].kind
        kind = self.same_kind(kind)
        self.beside = ()
        value = self.size(one.size, who, fact.verb, fact.does, kind)
        if value is None:
            return False
        number = exact(value)
        if number is not None and counts(kind.unit) and number.denominator != 1:
            return False
        extra = one.size.way == "extra"
        if extra and not self._on_top(who, kind, one):
            return False  # than another or at another time, or on top of that?
        if one.size.ref == Ref() and not any(tail.says == "when" for tail in one.tails):
            when = self.entries[-1].tail("when")
            one = one if when is None else replace(one, tails=(*one.tails, when))
        if (
            not extra
            and (again := self._told_again(fact, who, replace(one, kind=kind), value)) is not None
        ):
            return again
        if one.size.of == "any":
            one = replace(one, tails=(*one.tails, *self._time_of(who, kind)))
        if one.size.ref is not None:
            value = self._named(who, fact.verb, kind, one, value)
        self.entries.append(Entry(who, fact.verb, fact.does, kind, value, one.tails, extra))
        return True

    def _on_top(self, who: str, kind: Kind, one: Object) -> bool:
        """Whether somebody had some of a kind before, to which more comes now."""
        times_told = {tail.word for tail in one.tails if tail.says == "when"}
        before = [e for e in self.entries if e.who == who and self.holds(e, kind)]
        return bool(before) and not times_told

    def _told_again(self, fact: Did, who: str, one: Object, value: t.Expr) -> bool | None:
        """Whether what was told or compared with before is told in another way, which is an
        equation; ``None`` where it is new."""
        mine = [e for e in self.entries if e.who == who and e.verb == fact.verb]
        told = [e for e in mine if not e.open and e.kind == one.kind and e.tails == one.tails]
        known = [e for e in mine if e.open and fits(one.kind, e.kind)]
        if told and fact.does is Does.HAVE:
            if len(told) > 1 or one.size.ref is None or self.moved(who, one.kind):
                return False
            self.account.says(told[0].value, value)
            return True
        if not known:
            return None
        if len(known) > 1 or one.tails not in ((), known[0].tails):
            return False
        self.account.says(known[0].value, value)
        known[0].open = False
        return True

    def _time_of(self, who: str, kind: Kind) -> tuple[Tail, ...]:
        """Over what time that comes of which all is meant."""
        mine = [e for e in self.entries if e.who == who and fits(e.kind, kind)]
        return (
            tuple(x for x in mine[-1].tails if x.says.startswith(("per", "span"))) if mine else ()
        )

    def own(self, who: str, group: Entry) -> t.Expr | None:
        """What one of a group has, an unknown where it is not told."""
        mine = [
            e
            for e in self.entries
            if e.who == who and e.verb == group.verb and fits(e.kind, group.kind)
        ]
        if len(mine) > 1 or (self.moved(who, group.kind) and group.does is Does.HAVE):
            return None
        if mine:
            self.used.add(id(mine[0]))
            mine[0].open = False
            return mine[0].value
        value = self.compared(Ref(who=who), "", group.verb, group.does, group.kind)
        if value is not None:
            self.entries[-1].open = False
        return value

    def same_kind(self, kind: Kind) -> Kind:
        """``pieces`` behind ``pieces of candy`` are those."""
        kinds = {e.kind.thing for e in self.entries if e.kind.unit == kind.unit}
        inside = {thing for thing in kinds if thing.startswith(f"{kind.thing} of ")}
        if kind.thing in kinds or len(inside) != 1:
            return kind
        return replace(kind, thing=inside.pop())

    def short_kind(self, kind: Kind) -> Kind:
        """``slices of pizza`` where each pizza has so many ``slices``."""
        inside, of, whole = kind.thing.partition(" of ")
        parts = [
            r for r in self.rates if of and r.kind.thing == inside and belongs(r.base.thing, whole)
        ]
        return replace(kind, thing=inside) if parts else kind

    def _again(self, who: str, one: Object) -> bool:
        """``He does this for 9 days``: what was told before goes on so long."""
        before = [e for e in self.entries if e.who == who]
        if (
            not before
            or before[-1] is not self.entries[-1]
            or before[-1].tail("per") is None
            or before[-1].tail("span")
        ):
            return False
        before[-1].tails += one.tails
        return True

    def _named(self, who: str, verb: str, kind: Kind, one: Object, value: t.Expr) -> t.Expr:
        """A name for an amount that is told by another."""
        tail = next((x.word for x in one.tails if x.says in ("when", "where", "source", "to")), "")
        called = name_of(who, verb, kind, tail)
        if called in self.account.units:
            return value
        symbol = self.account.unknown(called, kind.unit)
        self.account.says(symbol, value)
        return symbol

    def size(self, size: Size, who: str, verb: str, does: Does, kind: Kind) -> t.Expr | None:
        """A size in numbers, or by what it is compared with."""
        if size.share is not None:
            return self._share(size, who, does, kind)
        if size.ref is None:
            return size.value
        base = self.compared(size.ref, who, verb, does, kind)
        if base is None:
            return None
        value = base if size.times is None else t.Mul((size.times, base))
        if size.value is None or not size.way:
            return value
        return t.add(value, size.value if size.way == "more" else t.Neg(size.value))

    def compared(self, ref: Ref, who: str, verb: str, does: Does, kind: Kind) -> t.Expr | None:
        """What another amount is, an unknown one where it is told later."""
        if ref == Ref():
            last = self.entries[-1] if self.entries else None
            if last is None or not fits(last.kind, kind) or last.does is not does:
                return None
            self.used.add(id(last))
            return last.value
        owner, thing = ref.who or who, Kind(kind.unit, ref.thing) if ref.thing else kind
        found = [
            e for e in self.entries
            if e.who == owner and e.verb == verb and fits(e.kind, thing) and (not ref.when or e.word("when") == ref.when)
        ]  # fmt: skip
        if does is Does.HAVE and any(
            e.who == owner and e.does in COMES | GOES and fits(e.kind, thing) for e in self.entries
        ):
            return None
        spread = ("per", "span", "contents", "each of")
        if len(found) > 1 or any(x.says.startswith(spread) for e in found for x in e.tails):
            return None
        if found:
            self.used.add(id(found[0]))
            return found[0].value
        if owner == who and not (ref.thing or ref.when):
            return None
        if thing.unit == ITEM and not thing.thing:
            return None
        tails = (Tail("when", ref.when),) if ref.when else self.beside
        called = name_of(owner, verb, thing, ref.when)
        if called in self.account.units:
            return None
        entry = Entry(
            owner,
            verb,
            does,
            thing,
            self.account.unknown(called, thing.unit),
            tails,
            open=True,
        )
        self.entries.append(entry)
        self.used.add(id(entry))
        return entry.value

    def _share(self, size: Size, who: str, does: Does, kind: Kind) -> t.Expr | None:
        """A part of what somebody has."""
        if does not in GOES | {Does.ACT, Does.TAKE, Does.SPEND} or size.share is None:
            return None
        mine = [e for e in self.entries if e.who == who and fits(e.kind, kind)]
        if size.of == "any" and len(mine) == 1 and mine[0].tail("per"):
            self.used.add(id(mine[0]))
            return mine[0].value
        there = self.stock(who, kind)
        if there is None:
            return None
        value, changed = there
        if kind == MONEY and any(
            e.does in (Does.BUY, Does.SELL) and e.kind != MONEY and e.who == who
            for e in self.entries
        ):
            return None
        if size.of == "all" and size.them and len(mine) > 1:
            return None
        if (size.of == "all" and changed) or (size.of == "rest" and not changed):
            return None
        number = exact(size.share)
        if number is None or number > 1:
            return None
        return value if number == 1 else t.Mul((size.share, value))


def name_of(who: str, verb: str, kind: Kind, when: str = "") -> str:
    """What an amount is called in the steps: ``Ann: apples``, ``Ann (buy): apples, monday``."""
    owner = " ".join(word if word in ("of", "the") else word.capitalize() for word in who.split())
    done = f" ({verb})" if verb not in ("have", "be") else ""
    what = "age" if verb == "be" and kind == Kind("year") else plural(kind.thing or kind.unit)
    return ", ".join(filter(None, (f"{owner}{done}: {what}", when)))
