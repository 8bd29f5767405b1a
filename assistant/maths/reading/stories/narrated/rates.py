"""So much for each: prices, what is in things, how long it takes."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Kind
from assistant.maths.reading.stories.narrated.facts import (
    Charge,
    Fact,
    Rate,
    Scene,
    Size,
)
from assistant.maths.reading.stories.narrated.lexis import (
    PERIODS,
    VERBS,
)
from assistant.maths.reading.stories.narrated.objects import Objects
from assistant.maths.reading.stories.narrated.phrases import (
    MONEY,
    NOTHING,
)
from assistant.maths.reading.stories.narrated.tokens import Token

Reading = tuple[tuple[Fact, ...], tuple[str, ...], int]
"""What is said, the subject, and where the clause ends."""


OF_ANY = frozenset("holds contains weighs needs requires seats carries costs".split())
"""What is told of any such thing by "a"; but "a farm has 5 cows" tells of this farm."""
OF_EACH = OF_ANY | frozenset(
    "has had have gets takes produces lays eats uses makes reads receives".split()
)


class Rates(Objects):
    """Clauses that tell of one thing how much of another goes with it."""

    def _rates(self, at: int) -> Iterator[Reading]:
        for base, end, single in self._bases(at):
            cost = self.said(end, "costs|cost|sells|sell|is|are|was|were")
            cost = self.said(cost, "for|sold|priced") or cost if cost else 0
            cost = self.said(cost, "for|at") or cost
            for value, money, stop in self.number(cost) if cost else ():
                each = self.said(stop, "each|apiece") or self.said(stop, "per|a|an", "piece|item")
                if money and (single or each):
                    yield (Rate(base, MONEY, value),), (), each or stop
                per = self.said(stop, "per|a|an|for") if money else 0
                per = self.said(per, "each|every|a|an|one") or per if per else 0
                for other, last in self.thing(per) if per else ():
                    if other.unit in PERIODS:
                        continue
                    yield (Rate(_holding(base, other), MONEY, value),), (), last
            cut = self.said(end, "is|was|are|were", "cut|divided|split|sliced", "into")
            for value, _, stop in self.number(cut) if cut else ():
                for kind, last in self.thing(stop):
                    yield (Rate(base, kind, value),), (), last
            for rate, stop in self._holds(end, base, single):
                yield (rate,), (), stop
                if and_ := self.said(stop, "and"):
                    for second, last in self._holds(and_, base, single):
                        yield (rate, second), (), last
                    cost = self.said(and_, "costs")
                    for value, money, last in self.number(cost) if cost and single else ():
                        if money:
                            yield (rate, Rate(base, MONEY, value)), (), last
        yield from self._in_each(at)
        yield from self._price_of(at)

    def _holds(self, end: int, base: Kind, single: str) -> Iterator[tuple[Rate, int]]:
        verb = self.word(end)
        if not single or verb not in (OF_EACH if single == "each" else OF_ANY):
            return
        for size, kind, tails, stop in self.sized(end + 1):
            told = size.value is not None and size == Size(size.value)
            if told and size.value is not None and not tails and kind != NOTHING:
                yield Rate(base, kind, size.value, verb=verb), stop

    def _bases(self, at: int) -> Iterator[tuple[Kind, int, str]]:
        """Of what it is told, and by what word it is one."""
        word = self.word(at)
        if word in ("each", "every", "one", "a", "an"):
            of = self.said(at + 1, "of", "the|his|her|their|these") if word == "each" else 0
            for kind, end in self.thing(of or at + 1):
                yield kind, end, "each" if word in ("each", "every", "one") else "a"
        elif word == "they":
            yield NOTHING, at + 1, ""
        else:
            start = self.said(at, "the|these|all") or at
            for kind, end in self.thing(start):
                yield kind, end, ""

    def _in_each(self, at: int) -> Iterator[Reading]:
        """``There were 12 eggs in each box``; ``2 eggs are needed for each cake``."""
        start = self.said(at, "there", "are|were|is") or at
        for value, money, end in self.number(start):
            if money:
                continue
            for kind, stop in self.thing(end):
                each = self.said(stop, "in|on|per", "each|every") if start > at else 0
                for joint in (("for",), ("to", "make"), ("in",), ("for", "making")):
                    needed = self.said(stop, "are|is", "needed|required|used", *joint)
                    each = each or (self.said(needed, "each|every|one|a|an") if needed else 0)
                for base, last in self.thing(each) if each else ():
                    yield (Rate(base, kind, value),), (), last

    def _price_of(self, at: int) -> Iterator[Reading]:
        of = self.said(at, "the", "price|cost", "of|for", "each|a|an|one|every") or self.said(
            at, "the", "price|cost", "per"
        )
        for kind, end in self.thing(of) if of else ():
            if cost := self.said(end, "is|was"):
                for value, money, stop in self.number(cost):
                    if money:
                        yield (Rate(kind, MONEY, value),), (), stop

    def _sells(self, at: int) -> Iterator[Reading]:
        """``A bakery sells muffins for $2 each and cakes for $15 each``: the prices."""
        for name, end in self.name(at):
            start = self.said(end, "sells|sell")
            for rates, stop in self._list(start) if start else ():
                yield (Scene(name), *rates), (name,), stop

    def _list(self, at: int) -> Iterator[tuple[tuple[Rate, ...], int]]:
        for kind, end in self.thing(self.said(at, "a|an|each") or at):
            opened = self.said(end, "for|at")
            for value, money, stop in self.number(opened) if opened else ():
                each = self.said(stop, "each|apiece") or self.said(stop, "per|a|an", "piece|item")
                if not money:
                    continue
                if per := self.said(stop, "per|a|an"):
                    for box, last in self.thing(per):
                        yield (Rate(_holding(kind, box), MONEY, value),), last
                        yield (Rate(box, MONEY, value),), last
                rate = Rate(kind, MONEY, value)
                yield (rate,), each or stop
                for joint in (("and",), (",", "and"), (",",)):
                    after = self.said(each or stop, *joint)
                    for more, last in self._list(after) if after else ():
                        yield (rate, *more), last

    def _takes(self, at: int) -> Iterator[Reading]:
        """``It takes him 5 minutes to paint a rose``."""
        if not (end := self.said(at, "it", "takes|took")):
            return
        starts = [end, *(stop for _, stop in self.name(end))]
        for start in starts:
            for value, money, stop in self.number(start):
                to = self.said(stop + 1, "to")
                if money or not to or self.word(to) not in VERBS:
                    continue
                for kind, after in self.thing(stop):
                    for base, last in (
                        self.thing(to + 2)
                        if after + 1 == to
                        and kind.unit in PERIODS
                        and self.said(to + 1, "a|an|one|each|every")
                        else ()
                    ):
                        rate = Rate(base, kind, value, verb=VERBS[self.word(to)][0])
                        for more, final in self._more_takes(last):
                            yield (rate, *more), (), final

    def _more_takes(self, at: int) -> Iterator[tuple[tuple[Fact, ...], int]]:
        """``, 7 minutes to paint a rose and 3 minutes to paint an orchid``."""
        yield (), at
        comma = self.said(at, ",") or at
        after = self.said(comma, "and") or comma
        for value, money, stop in self.number(after) if after > at else ():
            to = self.said(stop + 1, "to")
            if (
                money
                or not to
                or self.word(stop).removesuffix("s") not in PERIODS
                or self.word(to) not in VERBS
            ):
                continue
            for base, last in (
                self.thing(to + 2) if self.said(to + 1, "a|an|one|each|every") else ()
            ):
                rate = Rate(
                    base,
                    Kind(self.word(stop).removesuffix("s")),
                    value,
                    verb=VERBS[self.word(to)][0],
                )
                for more, final in self._more_takes(last):
                    yield (rate, *more), final

    def _charge(self, at: int) -> Iterator[Reading]:
        """``There is a 10% discount``, ``the sales tax is 10%``."""
        end = self.said(at, "there", "is|was", "a|an")
        if end and self.tokens[end:] and self.tokens[end].percent:
            cut, tax = (
                self.said(end + 1, "discount"),
                self.said(end + 1, "tax|tip") or self.said(end + 1, "sales|service", "tax|charge"),
            )
            if cut or tax:
                yield (
                    (Charge(part_of(self.tokens[end]), bool(tax)),),
                    (),
                    self.said(cut or tax, "on", "everything|all") or cut or tax,
                )
        tax = self.said(at, "the") or at
        tax = self.said(tax, "tax|tip") or self.said(tax, "sales|service", "tax|charge")
        end = self.said(tax, "is|was") if tax else 0
        if end and self.tokens[end:] and self.tokens[end].percent:
            yield (Charge(part_of(self.tokens[end])),), (), end + 1


def _holding(base: Kind, other: Kind) -> Kind:
    """``Apples cost $2 per pound``: a pound of them."""
    if base == NOTHING or base.thing.endswith(other.thing or "\n"):
        return base if other.thing else Kind(other.unit, base.thing)
    return (
        Kind(other.unit, f"{other.thing} of {base.thing}")
        if other.thing
        else Kind(other.unit, base.thing)
    )


def part_of(token: Token) -> t.Expr:
    """So many percent."""
    assert token.value is not None
    return t.Call("percent", (token.value,))
