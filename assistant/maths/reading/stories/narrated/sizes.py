"""How much of what: every way in which the tokens may be read."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Kind
from assistant.maths.reading.stories.narrated.facts import (
    Ref,
    Size,
    Tail,
)
from assistant.maths.reading.stories.narrated.lexis import (
    VERBS,
)
from assistant.maths.reading.stories.narrated.phrases import (
    ARTICLES,
    MONEY,
    NOTHING,
    PERSONS,
)
from assistant.maths.reading.stories.narrated.places import Places
from assistant.maths.reading.stories.telling import exact

AUXILIARY = "does|did|do|has|had|have|is|was|are|were"


class Sizes(Places):
    """Sizes with what they are of."""

    def sized(self, at: int) -> Iterator[tuple[Size, Kind, tuple[Tail, ...], int]]:
        """How much of what, with what stands between them."""
        yield from self._plain(at)
        yield from self._stepped(at)
        yield from self._times(at)
        yield from self._shared(at)

    def _plain(self, at: int) -> Iterator[tuple[Size, Kind, tuple[Tail, ...], int]]:
        if article := self.said(at, "a|an|one"):
            for value, money, end in self.number(article):
                for kind, last in self.thing(end) if money else ():
                    yield Size(t.integer(1)), kind, (Tail("each", value=value),), last
        more = self.said(at, "another|additional") or self.said(at, "an", "additional")
        for value, money, end in self.number(more or at):
            if money:
                yield Size(value), MONEY, (), end
                continue
            extra = self.said(end, "more|additional|extra")
            size = Size(value, "extra" if extra or more else "")
            after = extra or end
            many = exact(value)
            counted = many is not None and many.denominator == 1  # else it is a share
            if counted and (start := self.said(after, "of", "them|these|those")):
                yield size, NOTHING, (), start
            if counted and self.said(after, "of", "his|her|their|the|its"):
                for kind, last in self.thing(after + 2):
                    yield size, kind, (), last
            for kind, last in self.thing(after):
                yield size, kind, (), last
            yield size, NOTHING, (), after
        if self.word(at) in ("a", "an", "another", "one"):
            way = "extra" if self.word(at) == "another" else ""
            for kind, end in self.thing(at + 1):
                yield Size(t.integer(1), way), kind, (), end
        if some := self.said(at, "some|several"):
            for kind, end in self.thing(some):
                yield Size(), kind, (), end

    def _stepped(self, at: int) -> Iterator[tuple[Size, Kind, tuple[Tail, ...], int]]:
        """``5 more apples than Ann``, ``20% fewer than Ann``, ``3 more than twice as many``."""
        for value, money, end in self.number(at):
            after = self.said(end, "more|fewer|less")
            way = "more" if self.word(end) == "more" else "less"
            kinds = [(MONEY, after)] if money else [*self.thing(after), (NOTHING, after)]
            kinds = kinds if after else []
            for kind, stop in kinds:
                between = [(Tail("when", when), then) for when, then in self.when(stop)]
                for tail, then in (*between, *self.periods(stop), *self.places(stop)):
                    for ref, last in self.ref(then + 1) if self.said(then, "than") else ():
                        yield Size(value, way, ref=ref), kind, (tail,), last
                than = self.said(stop, "than")
                if not than:
                    continue
                for ref, last in self.ref(than):
                    yield Size(value, way, ref=ref), kind, (), last
                for size, what, tails, last in self._times(than):
                    if size.times is not None:
                        yield (
                            Size(value, way, size.times, ref=size.ref),
                            kind if kind.unit else what,
                            tails,
                            last,
                        )
            for kind, stop in self.thing(end):
                if not money and self.said(stop, "more|fewer|less", "than"):
                    for ref, last in self.ref(stop + 2):
                        yield (
                            Size(value, "more" if self.word(stop) == "more" else "less", ref=ref),
                            kind,
                            (),
                            last,
                        )
        for part, end in self.share(at):
            after = self.said(end, "more|fewer|less")
            if after and isinstance(part, t.Call):
                sign: t.Expr = part if self.word(end) == "more" else t.Neg(part)
                for kind, stop in (*self.thing(after), (NOTHING, after)):
                    than = self.said(stop, "than")
                    for ref, last in self.ref(than) if than else ():
                        yield Size(times=t.add(t.integer(1), sign), ref=ref), kind, (), last

    def _times(self, at: int) -> Iterator[tuple[Size, Kind, tuple[Tail, ...], int]]:
        """``twice as many apples as Ann``, ``3 times that much``, ``the same number of pens as Ann``."""
        factors = [
            *self.factor(at),
            *([(t.integer(1), at)] if self.word(at) in ("as", "the") else []),
        ]
        for times, end in factors:
            plain = end == at
            if many := self.said(end, "as", "many|much|far|long"):
                for kind, stop in (*self.thing(many), (NOTHING, many)):
                    times_between = ((Tail("when", when), stop_) for when, stop_ in self.when(stop))
                    for place, after in (
                        ((), stop),
                        *(((tail,), stop_) for tail, stop_ in (*self.places(stop), *times_between)),
                    ):
                        for ref, last in self.ref(of) if (of := self.said(after, "as")) else ():
                            yield Size(times=times, ref=ref), kind, place, last
                    if self.said(stop, "as"):
                        continue
                    if not plain:
                        yield Size(times=times, ref=Ref()), kind, (), stop
            of = self.said(end, "the", "number|amount", "of") or (
                plain and self.said(end, "the", "same", "number|amount", "of")
            )
            if of and (not plain or self.word(end + 1) == "same"):
                for kind, stop in self.thing(of):
                    that = self.said(stop, "that|as") or stop
                    for ref, last in self.ref(that):
                        yield Size(times=times, ref=ref), kind, (), last
            what = self.said(end, "the", "number|amount") or self.said(end, "what")
            for name, stop in self.name(what) if what and not plain else ():
                if self.word(stop) in VERBS:
                    yield (
                        Size(times=times, ref=Ref(who=name)),
                        NOTHING,
                        (),
                        self.said(stop + 1, "him|her|them") or stop + 1,
                    )
            if not plain and (
                last := self.said(end, "that", "much|many|amount|number")
                or self.said(end, "the", "amount")
            ):
                yield Size(times=times, ref=Ref()), NOTHING, (), last

    def _shared(self, at: int) -> Iterator[tuple[Size, Kind, tuple[Tail, ...], int]]:
        """``half of them``, ``1/3 of the remaining apples``, ``all of them``, ``the rest``."""
        whole = self.said(at, "all")
        shares = [*self.share(at), *([(t.integer(1), whole)] if whole else [])]
        if end := self.said(at, "them"):
            yield Size(share=t.integer(1), of="any"), NOTHING, (), end
        if rest := self.said(at, "the", "rest|others|remainder"):
            yield Size(share=t.integer(1), of="rest"), NOTHING, (), rest
        for share, end in shares:
            if end != whole and (end >= len(self.tokens) or self.word(end) in (",", "and", "to")):
                yield Size(share=share, of="all"), NOTHING, (), end
            of = self.said(end, "of") or end
            if last := self.said(of, "them|it|that|these|those"):
                yield (
                    Size(share=share, of="any" if end == whole else "all", them=True),
                    NOTHING,
                    (),
                    last,
                )
            if last := self.said(of, "the", "rest|remainder"):
                yield Size(share=share, of="rest"), NOTHING, (), last
            if what := self.said(of, "what", "is|was", "left"):
                yield Size(share=share, of="rest"), NOTHING, (), what
            of = self.said(of, "all") or of
            if self.word(of) not in ARTICLES:
                continue
            left = self.said(of + 1, "remaining")
            for kind, last in self.thing(left or of + 1):
                yield (
                    Size(share=share, of="rest" if left else "any" if end == whole else "all"),
                    kind,
                    (),
                    last,
                )

    def _did(self, at: int) -> int:
        """Behind ``he did`` or ``she read``; 0 where that does not stand here."""
        after = self.said(at, "he|she|they|it")
        known = after and (self.word(after) in AUXILIARY.split("|") or self.word(after) in VERBS)
        return after + 1 if known else 0

    def ref(self, at: int) -> Iterator[tuple[Ref, int]]:
        """Behind ``than`` or ``as``."""
        if self.said(at, "that"):
            yield Ref(), at + 1
            return
        for when, end in self.when(at):
            yield Ref(when=when), end
            if after := self._did(end):
                yield Ref(when=when), after
        if after := self._did(at):
            for when, end in self.when(after):
                yield Ref(when=when), end
        for name, end in self.name(at):
            if not self.tokens[at].named and self.word(at) not in ARTICLES | PERSONS:
                continue
            yield Ref(who=name), end
            if self.word(end).split("|")[0] in AUXILIARY.split("|"):
                yield Ref(who=name), end + 1
                for when, last in self.when(end + 1):
                    yield Ref(who=name, when=when), last
            elif self.word(end) in VERBS:
                yield Ref(who=name), end + 1
                for _, last in self.places(end + 1):
                    yield Ref(who=name), last
        for kind, end in self.thing(at):
            if kind.thing:
                yield Ref(thing=kind.thing), end
