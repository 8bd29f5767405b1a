"""What is known of a purchase: prices by their goods, the basket, the money."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.system import Account
from assistant.maths.reading.stories.accounts.words_zh import FILLED
from assistant.maths.reading.stories.shopping_phrases import WEIGHED
from assistant.maths.reading.stories.telling import Hit, exact


@dataclass(frozen=True)
class Good:
    """A sort of things, and by what it is counted where that is said."""

    thing: str
    unit: str = ""

    def may_be(self, other: Good) -> bool:
        """Whether both may be the same: what is not named may be any that is counted so."""
        if self.unit != other.unit and ((self.unit and other.unit) or self.thing.isascii()):
            return False
        held = {self.unit, other.unit} & (FILLED | set(WEIGHED))
        if held and not (self.unit and other.unit):
            return False  # a price without its unit is that of one piece
        one, two = self.thing, other.thing
        return not one or not two or one == two


@dataclass
class Shop:
    """The prices and the basket of a story."""

    account: Account = field(default_factory=Account)
    prices: dict[Good, t.Expr] = field(default_factory=dict)
    basket: list[tuple[Good, t.Expr]] = field(default_factory=list)
    unit: str = "元"
    have: t.Expr | None = None
    paid: t.Expr | None = None
    change: t.Expr | None = None
    people: set[str] = field(default_factory=set)
    late: set[int] = field(default_factory=set)
    """The phrases behind the first thing that is bought: a price there is no part of a list."""
    after: dict[int, Hit] = field(default_factory=dict)
    """What stands before each phrase."""
    sold: bool = False
    """Whether the things of the basket are sold, not bought."""
    used: set[Good] = field(default_factory=set)
    """Those whose price was needed."""
    spent: list[Good] = field(default_factory=list)
    """Those whose price may be that of something else that was paid for."""
    bills: int = 0
    """How many totals are told."""

    def tell(self, good: Good, price: t.Expr) -> bool:
        """A thing costs so much; false where it has a price already."""
        if any(good.may_be(other) for other in self.prices):
            return False
        self.prices[good] = price
        return True

    def price(self, good: Good) -> t.Expr | None:
        """The price of a thing, an unknown one where it is not told; ``None`` where two may be meant."""
        found = [other for other in self.prices if good.may_be(other)]
        if len(found) > 1:
            found = [other for other in found if good.thing and other.thing == good.thing]
        if len(found) == 1:
            self.used.add(found[0])
            return self.prices[found[0]]
        if found or not good.thing:
            return None
        self.prices[good] = self.account.unknown(good.thing, self.unit)
        return self.prices[good]

    def cost(self, goods: list[tuple[Good, t.Expr]]) -> t.Expr | None:
        """What a basket costs."""
        parts = []
        for good, count in goods:
            price = self.price(good)
            if price is None:
                return None
            parts.append(price if exact(count) == 1 else t.Mul((count, price)))
        return t.add(*parts) if parts else None
