"""What somebody has or does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Kind
from assistant.maths.reading.stories.narrated.facts import (
    Charge,
    Did,
    Fact,
    Object,
    Rate,
    Ref,
    Size,
    Tail,
)
from assistant.maths.reading.stories.narrated.lexis import (
    COMES_IN,
    LEAVES,
    PARTICIPLES,
    PERIODS,
    SAME,
    VERBS,
    Does,
)
from assistant.maths.reading.stories.narrated.phrases import (
    ARTICLES,
    MONEY,
    NOTHING,
)
from assistant.maths.reading.stories.narrated.rates import Rates, Reading, part_of

ADVERBS = "also|then|now|already|currently|only|still|just|later|initially|originally"


class Deeds(Rates):
    """Predicates: a verb and what goes with it."""

    def _happened(self, at: int) -> Iterator[Reading]:
        """``9 tulips died``, ``20 liters leak out every hour``, ``45 books are borrowed``."""
        for size, kind, before, end in self.sized(at):
            if (size.value is None and size.share is None) or size.ref is not None or before:
                continue
            passive = self.said(end, "are|were|is|was")
            word = self.word(passive or end)
            if passive and word not in (
                "sold",
                "eaten",
                "used",
                "lost",
                "given",
                "borrowed",
                "stolen",
                "broken",
                "taken",
                "removed",
                "thrown",
                "donated",
                "added",
                "returned",
                "born",
                "bought",
                "delivered",
            ):
                continue
            does = Does.LOSE if word in LEAVES else Does.GET if word in COMES_IN else None
            stop = (passive or end) + 1
            moved = self.said(stop, "away|out|off|away")
            if (
                word in ("flew", "fly", "ran", "run", "went", "got", "fell", "given", "thrown")
                and not moved
            ):
                does = Does.GET if word == "got" and (moved := self.said(stop, "on")) else None
            for tails, last in self.tails(moved or stop) if does else ():
                assert does is not None
                yield (Did(("",), word, does, (Object(size, kind, tails),)),), ("",), last

    def predicate(self, at: int, who: tuple[str, ...]) -> Iterator[tuple[tuple[Fact, ...], int]]:
        """A verb and what goes with it."""
        at = self.said(at, ADVERBS) or at
        yield from self._be(at, who)
        yield from self._go(at)
        yield from self._charged(at)
        if kept := self.said(at, "keeps|kept", "the", "rest"):
            yield (), kept
        for verb, does, end in self.verb(at):
            if does is Does.COST:
                if len(who) == 1:
                    yield from self._costs(end, who)
                continue
            yield from self._given(end, who, verb, does)
            for objects, stop in self.objects(end):
                yield (Did(who, verb, does, objects),), stop
            yield from self._for_each(end, verb)
            yield from self._sold(end, who, verb, does)
            yield from self._lasting(end, who, verb, does)

    def verb(self, at: int) -> Iterator[tuple[str, Does, int]]:
        """The base of a verb and what it does."""
        at = self.said(at, ADVERBS) or at
        will = self.said(at, "will")
        start = will or self.said(at, "decides|decided", "to") or at
        perfect = (
            self.said(at, "has|have", "already|also|just")
            or self.said(at, "has|have")
            or self.said(at, "had", "already")
        )
        if wish := self.said(at, "wants|wanted|needs|needed|plans|planned", "to", "buy|purchase"):
            yield "want", Does.NEED, wish
        for place, forms in ((start, VERBS), *([(perfect, PARTICIPLES)] if perfect else [])):
            if found := forms.get(self.word(place)):
                base, does = found
                if does is Does.HAVE and will:
                    continue  # not yet
                end = self.said(place + 1, "away|up|out") or place + 1
                yield SAME.get(base, base), does, end

    def _given(
        self, at: int, who: tuple[str, ...], verb: str, does: Does
    ) -> Iterator[tuple[tuple[Fact, ...], int]]:
        """``gave Bob 3 apples``, ``gave each of her 5 friends 2 pens``."""
        if does is not Does.GIVE:
            return
        if of := self.said(at, "each", "of", "his|her|their|the"):
            for value, _, end in self.number(of):
                for kind, stop in self.thing(end):
                    for objects, last in self.objects(stop):
                        tails = Tail("each of", kind.thing, value)
                        yield (Did(who, verb, does, _with(objects, tails)),), last
        for name, end in self.name(at):
            for objects, stop in self.objects(end):
                yield (Did(who, verb, does, _with(objects, Tail("to", name))),), stop
        for objects, stop in self.objects(at):
            if of := self.said(stop, "to", "each", "of", "his|her|their|the"):
                for value, _, end in self.number(of):
                    for kind, last in self.thing(end):
                        yield (
                            (
                                Did(
                                    who,
                                    verb,
                                    does,
                                    _with(objects, Tail("each of", kind.thing, value)),
                                ),
                            ),
                            last,
                        )

    def _for_each(self, at: int, verb: str) -> Iterator[tuple[tuple[Fact, ...], int]]:
        """``uses 3 eggs for each cake``, ``pays $2 per book``."""
        for value, money, end in self.number(at):
            for kind, stop in [(MONEY, end)] if money else self.thing(end):
                each = self.said(stop, "for|to|in|on|with", "each|every") or self.said(stop, "per")
                each = self.said(each, "of", "his|her|the|their") or each if each else 0
                for base, last in self.thing(each) if each else ():
                    if base.unit not in PERIODS:
                        yield (Rate(base, kind, value, verb=verb),), last

    def _sold(
        self, at: int, who: tuple[str, ...], verb: str, does: Does
    ) -> Iterator[tuple[tuple[Fact, ...], int]]:
        """``sells each cake for $5``, ``sells the cakes for $5 each``."""
        word = self.word(at)
        if does is not Does.SELL or word not in ("each", "every", "the", "his", "her", "their"):
            return
        for kind, end in self.thing(at + 1):
            opened = self.said(end, "for|at")
            for value, money, stop in self.number(opened) if opened else ():
                each = self.said(stop, "each|apiece")
                if money and (each or word in ("each", "every")):
                    one = Object(
                        Size(share=t.integer(1), of="any"), kind, (Tail("each", value=value),)
                    )
                    yield (Did(who, verb, does, (one,)),), each or stop

    def _costs(self, at: int, who: tuple[str, ...]) -> Iterator[tuple[tuple[Fact, ...], int]]:
        for size, _, tails, end in self.sized(at):
            if size.ref is not None and not tails:
                yield (Did(who, "cost", Does.HAVE, (Object(size, MONEY),)),), end

    def _lasting(
        self, at: int, who: tuple[str, ...], verb: str, does: Does
    ) -> Iterator[tuple[tuple[Fact, ...], int]]:
        """``works for 5 hours a day``; ``drove for 8 hours at 45 miles per hour``; ``does this for 9 days``."""
        this = self.said(at, "this|that|it|so") if verb == "do" else 0
        for tails, end in self.tails(this or at):
            spans = [tail for tail in tails if tail.says.startswith("span")]
            if len(spans) != 1 or does is not Does.ACT:
                continue
            if this:
                yield (Did(who, "again", does, (Object(Size(), NOTHING, tails),)),), end
                continue
            span = spans[0]
            others = tuple(tail for tail in tails if tail is not span)
            if span.says == "span":
                yield (
                    (Did(who, verb, does, (Object(Size(span.value), Kind(span.word), others),)),),
                    end,
                )
            else:
                per = Tail("per", span.word, t.integer(1))
                kind = Kind(span.says.removeprefix("span "))
                yield (
                    (Did(who, verb, does, (Object(Size(span.value), kind, (per, *others)),)),),
                    end,
                )
            yield from self._speed(end, who, verb, tails)
        yield from self._speed(at, who, verb, ())

    def _speed(
        self, at: int, who: tuple[str, ...], verb: str, tails: tuple[Tail, ...]
    ) -> Iterator[tuple[tuple[Fact, ...], int]]:
        opened = self.said(at, "at")
        named = (
            self.said(opened, "a|an", "average|constant|steady", "speed|rate|pace", "of")
            if opened
            else 0
        )
        named = named or (self.said(opened, "a|an", "speed|rate|pace", "of") if opened else 0)
        for value, money, end in self.number(named or opened) if opened else ():
            for kind, stop in self.thing(end):
                if (
                    not money
                    and self.said(stop, "per|a|an|each|every")
                    and self.word(stop + 1) in PERIODS
                ):
                    per = Tail("per", PERIODS[self.word(stop + 1)], t.integer(1))
                    for more, last in self.tails(stop + 2):
                        yield (
                            (
                                Did(
                                    who,
                                    verb,
                                    Does.ACT,
                                    (Object(Size(value), kind, (per, *tails, *more)),),
                                ),
                            ),
                            last,
                        )

    def _be(self, at: int, who: tuple[str, ...]) -> Iterator[tuple[tuple[Fact, ...], int]]:
        """Ages and measures."""
        end = self.said(at, "is|are")
        if not end:
            return
        end = self.said(end, "now|currently") or end
        year = Kind("year")
        for value, money, stop in self.number(end):
            last = (
                self.said(stop, "years", "old")
                or (0 if self.word(stop) else stop)
                or (stop if self.word(stop) in (",", "and") else 0)
            )
            if last and not money:
                yield (Did(who, "be", Does.HAVE, (Object(Size(value), year),)),), last
            if way := self.said(stop, "years", "older|younger", "than"):
                older = "more" if self.word(way - 2) == "older" else "less"
                for ref, last in self.ref(way):
                    yield (
                        (Did(who, "be", Does.HAVE, (Object(Size(value, older, ref=ref), year),)),),
                        last,
                    )
                for times, after in self.factor(way):
                    if age := self.said(after, "the", "age", "of"):
                        for ref, last in self.ref(age):
                            yield (
                                (
                                    Did(
                                        who,
                                        "be",
                                        Does.HAVE,
                                        (Object(Size(value, older, times, ref=ref), year),),
                                    ),
                                ),
                                last,
                            )
        for times, stop in self.factor(end):
            if age := self.said(stop, "as", "old", "as") or self.said(stop, "the", "age", "of"):
                for ref, last in self.ref(age):
                    yield (
                        (Did(who, "be", Does.HAVE, (Object(Size(times=times, ref=ref), year),)),),
                        last,
                    )
            for name, after in self.name(stop):
                if self.said(after, "'s", "age"):
                    continue
                if name.startswith("age of "):
                    ref = Ref(who=name.removeprefix("age of "))
                    yield (
                        (Did(who, "be", Does.HAVE, (Object(Size(times=times, ref=ref), year),)),),
                        after,
                    )

    def _charged(self, at: int) -> Iterator[tuple[tuple[Fact, ...], int]]:
        """``leaves a 20% tip``, ``gets a 10% discount``, ``the store gives a 10% discount``."""
        given = self.said(at, "gives|gave|offers|offered", "a|an")
        cut = self.said(given + 1, "discount") if given else 0
        if cut and self.tokens[given].percent:
            yield (Charge(part_of(self.tokens[given]), added=False),), cut
        end = self.said(at, "leaves|left|gives|gave|pays|paid|adds|added", "a|an")
        if (
            end
            and self.tokens[at + 2 :]
            and self.tokens[end].percent
            and (tip := self.said(end + 1, "tip|tax"))
        ):
            yield (Charge(part_of(self.tokens[end])),), tip
        end = self.said(at, "gets|got|receives|received|has|had|uses|used", "a|an")
        if end and self.tokens[end:] and self.tokens[end].percent:
            cut = self.said(end + 1, "discount") or self.said(end + 1, "off", "coupon")
            if cut := cut or self.said(end + 1, "coupon"):
                yield (Charge(part_of(self.tokens[end]), added=False),), cut

    def _go(self, at: int) -> Iterator[tuple[tuple[Fact, ...], int]]:
        """``went to the market``: a scene."""
        if self.word(at) in ("goes", "went", "is", "was", "came", "comes", "walked", "walks"):
            end = self.said(at + 1, "to|at|in|into")
            if end and self.word(end) in ARTICLES:
                for _, stop in self.noun(end + 1):
                    yield (), self.said(stop, "to", "buy") or stop


def _with(objects: tuple[Object, ...], tail: Tail) -> tuple[Object, ...]:
    return tuple(replace(one, tails=(*one.tails, tail)) for one in objects)
