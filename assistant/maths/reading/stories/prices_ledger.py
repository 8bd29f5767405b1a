"""What is known of the price of one thing: cost, price before and after changes."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.reading.stories.text import Tale


@dataclass
class Ledger:
    """What is known of the price so far."""

    tale: Tale
    cost: t.Expr | None = None
    start: t.Expr | None = None
    now: t.Expr | None = None
    changed: bool = False
    settled: bool = False
    """Whether something was told of the price after a change."""
    final: bool = False
    """Whether the price that was told is said to be the one after all changes."""
    falls: str = ""
    """The direction of the last change that was told as a percentage."""
    told: set[str] = field(default_factory=set)
    """Quantities that the story tells outright: nobody asks for them."""
    said: list[t.Expr] = field(default_factory=list)
    limits: list[t.Expr] = field(default_factory=list)
    """What must hold of prices that are not known."""
    letters: list[str] = field(default_factory=list)
    things: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    """What is reckoned: a price, a salary; of one thing only."""
    wanted: list[tuple[t.Expr, bool]] = field(default_factory=list)
    """What is asked for, and whether as a percentage."""

    def unknown(self) -> t.Symbol:
        """A new letter."""
        self.letters.append(self.tale.letter("x", "y", "z"))
        return t.Symbol(self.letters[-1])

    def of_cost(self) -> t.Expr:
        """The cost, by a letter where it is not told."""
        self.cost = self.unknown() if self.cost is None else self.cost
        return self.cost

    def of_start(self) -> t.Expr:
        """The price before all changes, by a letter where it is not told."""
        self.start = self.unknown() if self.start is None else self.start
        self.now = self.start if self.now is None else self.now
        return self.start

    def of_now(self) -> t.Expr:
        """The price at this moment."""
        return self.of_start() if self.now is None else self.now

    def becomes(self, price: t.Expr) -> bool:
        """The price changes."""
        self.now, self.changed, self.settled = price, True, False
        self.told.discard("now")
        return True

    def tell(self, quantity: str, value: t.Expr | None) -> bool:
        """A quantity has a value: a new one takes it, for another one it is an equation."""
        if value is None:
            return False
        if quantity == "now" and self.start is not None and self.now is self.start:
            self.changed, self.now = True, None  # the price before and the price now
        known = {"cost": self.cost, "start": self.start, "now": self.now}[quantity]
        self.told.add(quantity)
        if known is not None:
            self.said.append(t.equation(known, value))
        elif quantity == "cost":
            self.cost = value
        elif quantity == "start":
            self.start, self.now = value, value if self.now is None else self.now
        else:
            self.now = value
        self.settled = self.settled or quantity == "now"
        return True

    def ask(self, value: t.Expr, about: str = "", *, percent: bool = False) -> bool:
        """A quantity is asked for, which the story does not tell."""
        if about in self.told:
            return False
        self.wanted.append((value, percent))
        return True
