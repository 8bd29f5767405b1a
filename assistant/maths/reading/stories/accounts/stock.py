"""One stock, to which something comes and from which something goes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import (
    NOT,
    Amount,
    Ask,
    Asked,
    Fact,
    Kind,
    Sense,
)
from assistant.maths.reading.stories.accounts.people import NOBODY
from assistant.maths.reading.stories.accounts.system import BEFORE, CHANGE, LEFT, Account
from assistant.maths.reading.stories.accounts.things import (
    IS_PLACE,
    ONE,
    PLACE,
    PRONOUNS,
    act,
    belongs,
    plain_name,
    same_place,
    still_there,
    takes,
)
from assistant.maths.reading.stories.accounts.words_zh import VERBS


@dataclass
class Stock:
    """What is there, after all that was told so far."""

    kind: Kind
    owner: str = ""
    todo: bool = False
    """Whether it is work: what is done of it is gone from it."""
    verb: str = ""
    worker: str | None = None
    """Who does the work; empty where nobody is named."""
    sense: Sense = Sense.OUT
    """What the change that was not told does."""
    actors: list[tuple[str, Sense, str]] = field(default_factory=list)
    """What was done by whom."""
    account: Account = field(default_factory=Account)
    terms: list[t.Expr] = field(default_factory=list)
    unknown: dict[str, tuple[str, t.Expr]] = field(default_factory=dict)
    """What was not told: the start, or a change with its verb."""
    brought: bool = False
    """Whether it was not there before, but came."""
    lent: bool = False
    """Whether something went from it."""
    remains: bool = False
    """Whether it is told what is left of it: then what was done was done with it."""
    closed: bool = False
    """Whether the amount that is left was told."""

    def not_told(self, role: str, verb: str) -> t.Expr | None:
        """The one amount that was not told."""
        if self.unknown:
            return None
        value = self.account.unknown(role, self.kind.unit)
        self.unknown[role] = (verb, value)
        return value

    def owned_by(self, name: str) -> bool:
        """Whether a name means the owner of the stock."""
        plain = plain_name(name)
        alike = plain == self.owner or same_place(self.owner, plain)
        alike = alike or name in (f"这{self.owner or self.kind.thing}", f"这{self.kind.thing}")
        bare = name.startswith("这") and not self.owner and not self.kind.thing
        return not plain or plain in PRONOUNS or alike or bare

    def open_to(self, other: str) -> bool:
        """Whether another may well take of it: of what is at a place, or was brought for all; but
        not who has the like (``甲仓`` and ``乙仓``)."""
        if not self.owner:
            return True
        place = IS_PLACE.search(self.owner) or self.brought
        return bool(place) and other[-1:] != self.owner[-1:]

    def holds(self, kind: Kind) -> bool:
        """Whether an amount is of what the stock is of."""
        if not kind.unit:
            return not kind.thing or self.holds(Kind(self.kind.unit, kind.thing))
        people = kind == Kind("个") and self.kind.unit == "人"
        if kind.unit != self.kind.unit and not people:
            return False
        return not kind.thing or not self.kind.thing or belongs(self.kind.thing, kind.thing)


def read_stock(facts: list[Fact], ask: Ask) -> Account | None:
    """The account of a stock and its changes."""
    amounts = [fact for fact in facts if isinstance(fact, Amount)]
    if len(amounts) < len(facts) or not amounts or ask.kind is None or ask.later is not None:
        return None
    if ask.marks & {"up", "down", "change"} or not _answers_to(amounts, ask):
        return None
    stock = _start(amounts, ask)
    if stock is None:
        return None
    stock.remains = any("remains" in amount.marks for amount in amounts)
    rest = amounts[1:] if stock.terms and BEFORE not in stock.unknown else amounts
    if BEFORE in stock.unknown and amounts[0].value is None:
        rest = amounts[1:]
    if not rest or not all(_change(stock, amount) for amount in rest):
        return None
    return _ask(stock, ask)


def _answers_to(amounts: list[Amount], ask: Ask) -> bool:
    """Whether what is asked for is what is left by all that was done: things to which something
    else was not done are other things, and those that went bad are among those that are there."""
    denied = {mark.removeprefix(NOT) for mark in ask.marks if mark.startswith(NOT)}
    named = next((a.kind for a in amounts if a.kind.thing), amounts[0].kind)
    kinds = [
        (a.verb, a.kind if a.kind.thing else replace(named, unit=a.kind.unit or named.unit))
        for a in amounts
    ]
    gone = (
        {"死"} if "remains" in ask.marks else set()
    )  # the dead are not left, though they may be there
    spoilt = {act(verb) for verb, kind in kinds if still_there(verb, kind)} - gone
    return denied <= {act(a.verb) for a in amounts} and spoilt <= denied


def _start(amounts: list[Amount], ask: Ask) -> Stock | None:
    first = amounts[0]
    if first.receiver and not (ask.what is Asked.BEFORE and ask.names == first.owners):
        return None  # what the one who gave has left says nothing of the other
    if len(first.owners) > 1 or "part" in first.marks or "left" in first.marks:
        return None
    owner = plain_name(first.owners[0]) if first.owners else ""
    things = [a.kind.thing for a in amounts if a.kind.thing]
    units = [a.kind.unit for a in amounts if a.kind.unit]
    if not units:
        return None
    kind = Kind(units[0], first.kind.thing or (things[0] if things else ""))
    stock = Stock(kind, owner, brought=first.sense is Sense.IN)
    if (
        ask.what is Asked.BEFORE
        and first.sense in (Sense.OUT, Sense.IN)
        and first.value is not None
    ):
        asked = plain_name(ask.names[0]) if len(ask.names) == 1 else ""
        stock.owner = owner if same_place(owner, asked) else asked
        if first.sense is Sense.IN and "more" not in first.marks:
            return None
        start = stock.not_told(BEFORE, "")
        if start is not None:
            stock.terms.append(start)
        return stock
    if "of all" in first.marks and ask.what in (Asked.VALUE, Asked.TOTAL, Asked.BEFORE):
        stock.owner, stock.todo = "", first.sense is Sense.DO
        start = stock.not_told(BEFORE, "")
        stock.terms += [] if start is None else [start]
        return stock
    if _half_done(amounts, ask):
        stock.todo, stock.verb, stock.owner = True, first.verb, ""
        start = stock.not_told(BEFORE, first.verb)
        stock.terms += [] if start is None else [start]
        return stock
    if first.sense is Sense.OUT or "more" in first.marks or "still" in first.marks:
        return None
    if "todo" in first.marks and first.sense is not Sense.DO:
        return None
    stock.todo = "todo" in first.marks or (first.kind.unit == "页" and first.sense is Sense.HAVE)
    stock.verb = first.verb
    value = first.value if first.value is not None else stock.not_told(BEFORE, "")
    if value is None:
        return None
    stock.terms.append(value)
    return stock


def _half_done(amounts: list[Amount], ask: Ask) -> bool:
    """Whether what is done and what is left of some work are told, and all the work is asked for."""
    this = any(name.startswith("这") for name in ask.names) and ask.verb in ("", "有")
    if this and amounts[0].sense is Sense.DO and len(amounts) == 2 and "left" in amounts[1].marks:
        return amounts[0].value is not None
    wanted = bool(ask.marks & {"todo", "whole"}) and ask.what in (Asked.VALUE, Asked.TOTAL)
    same = len({act(a.verb) for a in (amounts[0], ask) if a.verb}) == 1
    started = amounts[0].sense is Sense.DO and amounts[0].value is not None
    return wanted and same and started and len(amounts) == 2 and "left" in amounts[1].marks


def _change(stock: Stock, amount: Amount) -> bool:
    other = replace(stock, kind=amount.kind) if amount.kind.unit == stock.kind.unit else None
    fits = stock.holds(amount.kind) or (other is not None and other.holds(stock.kind))
    if not fits or len(amount.owners) > 1 or "part" in amount.marks or _wider(stock, amount.kind):
        return False
    owner = amount.owners[0] if amount.owners else ""
    if "left" in amount.marks or (amount.marks & {"still", "now"} and amount.sense is Sense.HAVE):
        return _now(stock, amount, owner)
    if stock.closed or "todo" in amount.marks or "before" in amount.marks:
        return False
    sign = _sign(stock, amount, owner)
    if not sign:
        return False
    value = amount.value if amount.value is not None else stock.not_told(CHANGE, amount.verb)
    if "of first" in amount.marks and len(stock.terms) > 1:
        return False  # of all that there was, or of what is left?
    if "of rest" in amount.marks and len(stock.terms) == 1 and not amount.when:
        return False  # of what remains behind something that is not told
    if value is not None and amount.marks & {"of all", "of rest", "of first"}:
        came = any(not isinstance(x, t.Neg) for x in stock.terms[1:])
        if sign > 0 or ("of all" in amount.marks and came):
            return False  # of what was there at first, with what came, or of another whole?
        of = t.add(*stock.terms) if "of rest" in amount.marks else stock.terms[0]
        value = t.Mul((value, of))
    if value is None:
        return False
    stock.sense = amount.sense if amount.value is None else stock.sense
    stock.terms.append(value if sign > 0 else t.Neg(value))
    stock.lent |= sign < 0
    stock.actors.append((act(amount.verb), amount.sense, plain_name(owner)))
    return True


def _wider(stock: Stock, kind: Kind) -> bool:
    """Whether a change may be of other things as well: of 2 fruits not all need be apples."""
    own = stock.kind.thing
    same = own.removeprefix("小") == kind.thing
    return bool(own and kind.thing) and own != kind.thing and not same and belongs(own, kind.thing)


def _now(stock: Stock, amount: Amount, owner: str) -> bool:
    if "short" in amount.marks and not stock.todo:
        return False
    if len(stock.terms) < 2 and BEFORE in stock.unknown:
        return False  # nothing came or went
    if stock.closed or amount.value is None or not stock.owned_by(owner):
        return False
    stock.account.says(t.add(*stock.terms), amount.value)
    stock.closed = True
    return True


def _sign(stock: Stock, amount: Amount, owner: str) -> int:
    """Whether a change adds or takes away; 0 where that is not clear."""
    mine = stock.owned_by(owner)
    if owner == NOBODY or (stock.todo and (amount.verb == "给" or amount.sense is Sense.IN)):
        return 0
    if amount.verb == "给":
        if owner and mine:
            return -1 if amount.receiver and not _is_owner(stock, amount.receiver) else 0
        if not owner:
            return -1 if amount.receiver and not _is_owner(stock, amount.receiver) else 0
        return 1 if _is_owner(stock, amount.receiver, blank=True) else 0
    if amount.receiver:
        return 0
    match amount.sense:
        case Sense.IN if amount.verb.startswith("还") and not mine:
            borrowed = any(
                verb == "借" and who == plain_name(owner) for verb, _, who in stock.actors
            )
            return 1 if borrowed or not owner else 0
        case Sense.IN:
            return 1 if mine or amount.verb.endswith(("来", "进", "回")) else 0
        case Sense.OUT if mine and "from" not in amount.marks and takes(amount.verb, owner):
            return 0  # whose?
        case Sense.OUT if not stock.todo:
            return -1 if mine or stock.open_to(plain_name(owner)) else 0
        case Sense.DO:
            told = VERBS.get(stock.verb) is Sense.DO  # whose work it is
            able = mine or not told or stock.open_to(plain_name(owner))
            if stock.todo and able and _works(stock, "" if mine else plain_name(owner)):
                same = not stock.verb or act(stock.verb) == act(amount.verb)
                return -1 if same or stock.kind.unit == "页" else 0
            if amount.value is None and stock.remains and "more" not in amount.marks:
                return -1
            if "more" in amount.marks and mine and act(amount.verb) == act(stock.verb):
                return 1
    return 0


def _works(stock: Stock, owner: str) -> bool:
    """Whether all the work is done by the same one."""
    if stock.worker is None:
        stock.worker = owner
    return not owner or stock.worker == owner


def _is_owner(stock: Stock, name: str, *, blank: bool = False) -> bool:
    plain = plain_name(name)
    if not plain:
        return blank
    return plain in PRONOUNS or plain == stock.owner


def _ask(stock: Stock, ask: Ask) -> Account | None:
    account = stock.account
    kind = ask.kind
    if kind is None or not stock.holds(kind):
        return None
    names = [plain_name(name) for name in ask.names]
    free = not stock.owner and PLACE.search("".join(names))
    mine = len(names) == 1 and (free or stock.owned_by(names[0]) or names[0] == stock.worker)
    actor = ask.what is Asked.VALUE and CHANGE in stock.unknown and len(ask.names) == 1
    if ask.names and not mine and not actor:
        return None
    if any(name in PRONOUNS - ONE for name in ask.names) and not _alone(stock):
        return None  # what one has is not what they have
    if ask.what is Asked.BEFORE:
        if not stock.closed or BEFORE not in stock.unknown:
            return None
        account.asked = stock.unknown[BEFORE][1]
        return account
    if CHANGE in stock.unknown:
        verb, value = stock.unknown[CHANGE]
        alike = [
            who for done, sense, who in stock.actors if done == act(verb) and sense is stock.sense
        ]
        if not stock.closed or ask.what is not Asked.VALUE or act(ask.verb) != act(verb):
            return None
        if len(alike) != 1 or (names and alike[0] and names[0] != alike[0]):
            return None
        account.asked = value
        return account
    if BEFORE in stock.unknown:
        if not stock.closed or ask.what not in (Asked.VALUE, Asked.TOTAL):
            return None
        if ask.names and ask.names[0].startswith("这") and ask.verb in ("", "有"):
            account.asked = stock.unknown[BEFORE][1]
            return account
        if act(ask.verb) != act(stock.verb) or not ask.verb:
            return None
        account.asked = stock.unknown[BEFORE][1]
        return account
    if stock.closed or not _asks_now(stock, ask):
        return None
    return account.ask(LEFT, stock.kind.unit, t.add(*stock.terms))


def _alone(stock: Stock) -> bool:
    """Whether nobody else is told of than the owner of the stock."""
    return all(not who or stock.owned_by(who) for _, _, who in stock.actors)


def _asks_now(stock: Stock, ask: Ask) -> bool:
    if ask.what is Asked.LEFT:
        if ask.verb not in ("", "有", "have") and act(ask.verb) != act(stock.verb):
            return False
        return stock.todo or "short" not in ask.marks
    if ask.what is Asked.TOTAL and "now" not in ask.marks and stock.lent:
        return False  # what there is in all may be what there was
    there = not ask.verb or ask.verb == "有"
    return ask.what in (Asked.VALUE, Asked.TOTAL) and there and not stock.todo
