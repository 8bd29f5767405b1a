"""The questions of narrated stories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.maths.reading.stories.accounts.facts import Kind
from assistant.maths.reading.stories.narrated.clauses import Clauses
from assistant.maths.reading.stories.narrated.facts import Ask, Did, Fact, Tail
from assistant.maths.reading.stories.narrated.lexis import PERIODS, SAME, VERBS, Does
from assistant.maths.reading.stories.narrated.phrases import MONEY, NOTHING, OWNED
from assistant.maths.reading.stories.narrated.sizes import AUXILIARY

HELP = f"{AUXILIARY}|will|would|can|must|should|could"
LEFT = Tail("left")
TOTAL = Tail("total")
COST = Ask("value", MONEY, (), "spend", Does.SPEND)
BOUGHT = "meal|purchase|order|shopping|trip|purchases"


class Questions(Clauses):
    """The last sentence, with what it tells before it asks."""

    def asked(self) -> Iterator[tuple[Fact, ...]]:
        """All readings that take every token; the question is the last fact."""
        start = self.opened(0)
        yield from self._taking()
        for ask, end in self.ask(self.said(start, "calculate|find|determine") or start):
            if end == len(self.tokens):
                yield (ask,)
        for facts, _, end in self.several(start, ()):
            comma = self.said(end, ",")
            begin = (self.said(comma, "and|then|so") or comma) if comma else 0
            begin = (self.said(begin, "calculate|find|determine") or begin) if begin else 0
            for ask, stop in self.ask(begin) if begin else ():
                if stop == len(self.tokens):
                    yield (*facts, ask)

    def ask(self, at: int) -> Iterator[tuple[Ask, int]]:
        """One question."""
        for ask, end in self._ask(at):
            yield ask, end
            if stop := self.said(self.said(end, ",") or end, "in", "dollars"):
                yield ask, stop

    def _ask(self, at: int) -> Iterator[tuple[Ask, int]]:
        yield from self._old(at)
        yield from self._needed(at)
        yield from self._profit(at)
        yield from self._sorts(at)
        yield from self._called(at)
        for ask, end in self._heads(at):
            yield from self._are(end, ask)
            yield from self._acts(end, ask)
            if ask == Ask("value", MONEY):
                yield from self._cost(end)

    def _heads(self, at: int) -> Iterator[tuple[Ask, int]]:
        """``how many more apples``: whether a difference is asked for, and of what."""
        if many := self.said(at, "how", "many"):
            more = self.said(many, "more|fewer|less")
            head = Ask(
                "more" if more else "value", NOTHING, less=self.word(many) in ("fewer", "less")
            )
            for kind, end in self.thing(more or self.said(many, "total") or many):
                coin = MONEY if kind == Kind("dollar") else kind
                yield replace(head, kind=coin), self.said(end, "in", "total") or end
                if not kind.thing and (far := self.said(end, "farther|further|longer")):
                    yield Ask("more", kind), far
            if more:
                yield head, more
        if much := self.said(at, "how", "much"):
            more = self.said(much, "more|less")
            head = Ask("more" if more else "value", MONEY, less=self.word(much) == "less")
            yield head, self.said(more or much, "money") or more or much
        if far := self.said(at, "how", "far"):
            yield Ask("value", Kind("far")), far

    def _are(self, at: int, head: Ask) -> Iterator[tuple[Ask, int]]:
        """``are there in the box``, ``are left``."""
        if head.how != "value":
            return
        base = replace(head, who=("",), verb="have")
        left = (
            self.said(at, "remain|remained|remains")
            or self.said(at, "are|were|is|will", "left|remaining")
            or self.said(at, "will", "be", "left")
        )
        for name, end in self.name(left + 1) if left and self.said(left, "with|for|to") else ():
            yield replace(base, who=(name,), tails=(LEFT,)), end
        for tails, end in self.tails(left) if left else ():
            yield replace(base, tails=(*tails, LEFT)), end
        inside = self.said(at, "are|were")
        for tails, end in self.tails(inside) if inside else ():
            if tails and tails[0].says == "where":
                yield replace(base, tails=tails), end
        there = self.said(at, "are|were|is|was", "there") or self.said(at, "will", "there", "be")
        for tails, end in self.tails(there) if there else ():
            yield replace(base, tails=tails), end

    def _acts(self, at: int, head: Ask) -> Iterator[tuple[Ask, int]]:
        """``does Tom have than Ann``, ``did she spend on pens``."""
        if self.word(at) not in HELP.split("|"):
            return
        for who, begin in self.names(at + 1):
            start = self.said(begin, "still|now") or begin
            start = (
                self.said(start, "have|need", "to") or self.said(start, "be", "able", "to") or start
            )
            base, does = VERBS.get(self.word(start), ("", Does.ACT))
            if not base or self.word(start) not in (base, "have"):
                continue
            verb = SAME.get(base, base)
            for tails, end in self.tails(self.said(start + 1, "away|up") or start + 1):
                ask = replace(head, who=who, verb=verb, does=does, tails=tails)
                yield ask, end
                if does is Does.SPEND:
                    yield from self._spent_on(end, ask)
                for day, last in self.when(end + 1) if self.said(end, "than") else ():
                    if any(tail.says == "when" for tail in tails):
                        yield replace(ask, other=(day,), on="when"), last
                for other, last in self.names(end + 1) if self.said(end, "than") else ():
                    yield replace(ask, other=other), self.said(last, AUXILIARY) or last

    def _spent_on(self, at: int, ask: Ask) -> Iterator[tuple[Ask, int]]:
        """``on pens``, ``on pens than on books``."""
        on = self.said(at, "on", "the") or self.said(at, "on")
        for thing, end in self.thing(on) if on else ():
            one = replace(ask, on=thing.thing)
            yield one, end
            than = self.said(end, "than", "on") or self.said(end, "than")
            for other, last in self.thing(self.said(than, "the") or than) if than else ():
                yield replace(one, other=(other.thing,)), last

    def _cost(self, at: int) -> Iterator[tuple[Ask, int]]:
        """``does everything cost``, ``did the meal cost``."""
        end = self.said(at, "did|does|do|will|would")
        if not end:
            return
        all_ = self.said(end, "everything|it|they|all", "cost") or self.said(
            end, "it", "all", "cost"
        )
        all_ = all_ or self.said(end, "the|his|her|their", BOUGHT, "cost")
        for tails, stop in self.tails(all_) if all_ else ():
            yield replace(COST, tails=(*tails, TOTAL)), stop
        for who, begin in self.names(all_) if all_ else ():
            for tails, stop in self.tails(begin):
                yield replace(COST, who=who, tails=(*tails, TOTAL)), stop

    def _called(self, at: int) -> Iterator[tuple[Ask, int]]:
        """``what is the total cost``, ``the total number of apples``."""
        whose = self.said(self.said(at, "what", "is|was|are|were") or at, "the|his|her|their")
        if not whose:
            return
        if left := self.said(whose, "remaining", "balance") or self.said(whose, "balance"):
            owner = OWNED.get(self.word(whose - 1), "they")
            yield Ask("value", MONEY, (owner,), "have", tails=(LEFT,)), left
        total = self.said(whose, "total|combined")
        cost = self.said(total, "cost|price|bill") if total else 0
        if cost:
            cost = self.said(cost, "of", "his|her|the|their", BOUGHT) or cost
            for tails, end in self.tails(cost):
                yield replace(COST, tails=(*tails, TOTAL)), end
        number = self.said(total, "number|amount", "of") if total else 0
        for kind, end in self.thing(number) if number else ():
            ask = Ask("value", kind, ("",), "have")
            for tails, stop in self.tails(end):
                yield replace(ask, tails=(*tails, TOTAL)), stop
            for who, stop in self.names(self.said(end, "that") or end):
                base, does = VERBS.get(self.word(stop), ("", Does.ACT))
                for tails, last in self.tails(stop + 1) if base else ():
                    verb = SAME.get(base, base)
                    yield replace(ask, who=who, verb=verb, does=does, tails=(*tails, TOTAL)), last

    def _needed(self, at: int) -> Iterator[tuple[Ask, int]]:
        """``how many vans are needed``, ``how much more money does she need``."""
        many, much = self.said(at, "how", "many"), self.said(at, "how", "much")
        if not (start := many or much):
            return
        more = self.said(start, "more")
        begin = more or start
        kinds = (
            [(MONEY, begin)] if much and self.word(begin) != "money" else list(self.thing(begin))
        )
        for kind, end in kinds:
            ask = Ask("short" if more else "need", kind)
            if stop := self.said(end, "are|is", "needed|required") or self.said(
                end, "will", "be", "needed"
            ):
                yield ask, stop
            for who, stop in self.names(end + 1) if self.word(end) in HELP.split("|") else ():
                if last := self.said(stop, "still", "need") or self.said(stop, "need"):
                    yield replace(ask, who=who), last
                    if spent := self.said(last, "to", "save|earn|buy|make|collect|get"):
                        yield replace(ask, who=who), self.said(spent, "it|them") or spent

    def _profit(self, at: int) -> Iterator[tuple[Ask, int]]:
        """``how much profit did she make``."""
        named = self.said(at, "how", "much", "profit")
        head = named or self.said(at, "how", "much", "money") or self.said(at, "how", "much")
        for who, end in self.names(head + 1) if head and self.word(head) in HELP.split("|") else ():
            made = self.said(end, "make|earn|get")
            made = made if named or not made else self.said(made, "in|as", "profit")
            for tails, stop in self.tails(made) if made else ():
                yield Ask("profit", MONEY, who, "make", Does.EARN, tails), stop

    def _sorts(self, at: int) -> Iterator[tuple[Ask, int]]:
        """``how many more red balls than blue balls does Tom have``."""
        start = self.said(at, "how", "many", "more|fewer")
        for kind, end in self.thing(start) if start else ():
            for other, stop in self.thing(end + 1) if self.said(end, "than") else ():
                ask = Ask("sorts", kind, ("",), "have", other=(other.thing,), on="thing")
                ask = replace(ask, less=self.word(start - 1) == "fewer")
                there = self.said(stop, "are|were", "there")
                for tails, last in self.tails(there) if there else ():
                    yield replace(ask, tails=tails), last
                for who, after in (
                    self.names(stop + 1) if self.word(stop) in HELP.split("|") else ()
                ):
                    base, does = VERBS.get(self.word(after), ("", Does.ACT))
                    for tails, last in self.tails(after + 1) if base else ():
                        verb = SAME.get(base, base)
                        yield replace(ask, who=who, verb=verb, does=does, tails=tails), last

    def _old(self, at: int) -> Iterator[tuple[Ask, int]]:
        """``how old is Tom``, ``how old will Tom be in 5 years``."""
        old = self.said(at, "how", "old", "is|are")
        for who, end in self.names(old) if old else ():
            yield Ask("value", Kind("year"), who, "be"), self.said(end, "now|today") or end
        later = self.said(at, "how", "old", "will")
        for who, end in self.names(later) if later else ():
            start = self.said(end, "be", "in")
            for value, money, stop in self.number(start) if start else ():
                last = 0 if money else self.said(stop, "years|year")
                if last:
                    tails = (Tail("later", value=value),)
                    yield Ask("value", Kind("year"), who, "be", tails=tails), last

    def _taking(self) -> Iterator[tuple[Fact, ...]]:
        """``how long does it take her to paint 9 tiles``, ``how many days to read the book``."""
        starts = [
            (Kind("time"), self.said(0, "how", "long") or self.said(0, "how", "much", "time"))
        ]
        if many := self.said(0, "how", "many"):
            starts += [one for one in self.thing(many) if one[0].unit in PERIODS]
        for kind, head in starts:
            start = self.said(head, "does|will|did|would", "it", "take") if head else 0
            begins = (start, *(end for _, end in self.name(start))) if start else ()
            for begin in begins:
                if to := self.said(begin, "to"):
                    yield from self._work(to, kind)

    def _work(self, at: int, kind: Kind) -> Iterator[tuple[Fact, ...]]:
        """What is to be done: so many of a thing, or all that was told of."""
        if self.word(at) not in VERBS:
            return
        whole = [self.said(at + 1, "it|them"), self.said(at + 1, "all", "of", "them")]
        if self.word(at + 1) in ("the", "this", "his", "her", "their"):
            whole += [end for _, end in self.noun(at + 2)]
        if len(self.tokens) in whole:
            yield (Ask("need", kind),)
        verb = VERBS[self.word(at)][0]
        for objects, end in self.objects(at + 1):
            if end == len(self.tokens):
                done = Did(("",), verb, Does.NEED, objects)
                yield done, Ask("value", kind, ("",), verb, Does.NEED)
