"""Parts of a whole by their shares: 45% of the class, three eighths of the road, and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import (
    Amount,
    Ask,
    Asked,
    Fact,
    Portion,
    Rest,
    Sense,
)
from assistant.maths.reading.stories.accounts.system import (
    DIFFERENCE,
    LEFT,
    RATIO,
    TOTAL,
    WANTED,
    Account,
)
from assistant.maths.reading.stories.accounts.things import (
    IS_PLACE,
    RATIO_UNIT,
    belongs,
    complement,
    may_divide,
    plain_name,
)
from assistant.maths.reading.stories.telling import exact

ONE = t.integer(1)


def read_portions(facts: list[Fact], ask: Ask) -> Account | None:
    """The account of the parts of one whole, which is told or follows from one of its parts."""
    portions = [fact for fact in facts if isinstance(fact, Portion)]
    amounts = [fact for fact in facts if isinstance(fact, Amount)]
    rests = [fact for fact in facts if isinstance(fact, Rest)]
    if not portions or len(amounts) != 1 or len(rests) > 1 or ask.kind is None or ask.later:
        return None
    if len(facts) > len(portions) + len(amounts) + len(rests) or ask.marks - {"whole", "can"}:
        return None
    amount = amounts[0]
    named = _named(facts, amount)
    if named is None or amount.value is None or not _simple(amount):
        return None
    if ask.kind.unit != amount.kind.unit or sum(map(_size, named.values())) > 1:
        return None
    owner = plain_name(amount.owners[0]) if len(amount.owners) == 1 else ""
    called = _called(amount)
    own = next((name for name in (called, owner) if name and name in named), "")
    others = t.sub(ONE, t.add(*named.values()))
    opposite = len(named) == 1 and bool(called) and _opposite(called, next(iter(named)))
    if own or (opposite and not rests and exact(others)):
        value: t.Expr = t.Div(amount.value, named[own] if own else others)
    elif _is_whole(facts, amount, owner, named):
        value = amount.value
    else:
        return None
    place = owner if owner != own else ""
    rest = plain_name(rests[0].name) if rests else ""
    return _asked(Parts(value, value is not amount.value, named, rest, place), ask, amount)


@dataclass(frozen=True)
class Parts:
    """The whole and the shares of its parts."""

    whole: t.Expr
    found: bool
    """Whether the whole follows from one of its parts, and is not told."""
    shares: dict[str, t.Expr]
    rest: str
    place: str
    """Where, or whose, all of it is."""

    def share(self, name: str) -> t.Expr | None:
        """The share of a part, or of the rest."""
        if name in self.shares:
            return self.shares[name]
        others = list(self.shares)
        other = len(others) == 1 and _opposite(name, others[0])
        if name and (name == self.rest or (other and not self.rest)):
            return t.sub(ONE, t.add(*self.shares.values()))
        return None


def _named(facts: list[Fact], amount: Amount) -> dict[str, t.Expr] | None:
    """The shares by the names of the parts; ``占45%`` right behind an amount is that amount's."""
    found: dict[str, t.Expr] = {}
    for n, fact in enumerate(facts):
        if not isinstance(fact, Portion):
            continue
        name = plain_name(fact.name)
        if not name:
            if not n or facts[n - 1] is not amount:
                return None
            name = _called(amount)
        share = exact(fact.share)
        if not _of(fact.of, amount.owners):
            return None
        if fact.of == "them" and (not n or facts[n - 1] is not amount):
            return None  # of those just told of?
        if not name or name in found or share is None or not 0 < share <= 1:
            return None
        found[name] = fact.share
    return found


SCOPES = {"全班": "班", "全年级": "年级", "全校": "校|学", "全厂": "厂"}
SCOPE = re.compile("班|年级|校|学|厂")


def _of(whole: str, owners: tuple[str, ...]) -> bool:
    """Whether a word for the whole may mean what an amount is told of: no class is a school."""
    told = "".join(owners)
    return whole not in SCOPES or not SCOPE.search(told) or bool(re.search(SCOPES[whole], told))


def _called(amount: Amount) -> str:
    """By what name a part is meant: its things, at a place; else who has it."""
    owner = plain_name(amount.owners[0]) if amount.owners else ""
    thing = amount.kind.thing
    return thing if thing and (not owner or IS_PLACE.search(owner)) else owner


def _opposite(one: str, other: str) -> bool:
    """Whether two names divide a whole, as ``男生`` and ``六年级女生`` do."""
    short, long = sorted((one, other), key=len)
    return bool(short) and complement(short, long[-len(short) :])


GROUP = re.compile("班|年级|[校学厂园家村队组店场站]")


def _is_whole(facts: list[Fact], amount: Amount, owner: str, named: dict[str, t.Expr]) -> bool:
    """Whether an amount is all of which shares are told: told before them, of all such things."""
    first = next(n for n, fact in enumerate(facts) if isinstance(fact, Portion))
    before = facts.index(amount) < first
    group = not owner or bool(IS_PLACE.search(owner) or GROUP.search(owner))
    thing = amount.kind.thing
    fits = not thing or amount.kind.unit == "人" or all(belongs(name, thing) for name in named)
    fits = fits or all(f.of in ("them", thing) for f in facts if isinstance(f, Portion))
    fits = fits and may_divide(named, thing)
    whole = owner in WHOLES or (before and group)
    return whole and fits and not any(_opposite(_called(amount), name) for name in named)


def _size(share: t.Expr) -> Fraction:
    value = exact(share)
    return Fraction(2) if value is None else value


def _simple(amount: Amount) -> bool:
    there = amount.sense in (Sense.HAVE, Sense.DO, Sense.IN)
    return there and amount.marks <= {"whole"} and len(amount.owners) <= 1 and not amount.when


WHOLES = frozenset("全班 全校 全年级 全厂 全书 总共 这个班 这个年级 这个学校".split())


def _asked(parts: Parts, ask: Ask, amount: Amount) -> Account | None:
    account, unit = Account(), amount.kind.unit
    names = [plain_name(name) for name in ask.names]
    if ask.what is Asked.DIFFERENCE:
        shares = [parts.share(name) for name in names]
        if len(shares) != 2 or None in shares:
            return None
        one, other = (share for share in shares if share is not None)
        step = t.sub(one, other) if ask.more else t.sub(other, one)
        return account.ask(DIFFERENCE, unit, t.Mul((parts.whole, step)))
    if ask.what is Asked.TOTAL or (len(names) == 1 and names[0] in WHOLES):
        whole = not names or names[0] in WHOLES or names[0] == parts.place
        return account.ask(TOTAL, unit, parts.whole) if parts.found and whole else None
    name = names[0] if len(names) == 1 else ask.kind.thing if ask.kind and not names else ""
    share = parts.share(name)
    if ask.what is not Asked.VALUE or share is None:
        return None
    return account.ask(WANTED, unit, t.Mul((parts.whole, share)))


def read_shares(facts: list[Fact], ask: Ask) -> Account | None:
    """What part of the whole is done, or left, when parts of it were done one after the other."""
    if "of the whole" not in ask.marks or not facts:
        return None
    done: t.Expr | None = None
    for fact in facts:
        if not isinstance(fact, Amount) or fact.value is None:
            return None
        if not fact.marks & {"of all", "of rest"} or fact.marks - {"of all", "of rest"}:
            return None
        share = fact.value
        if "of rest" in fact.marks:
            if done is None:
                return None
            share = t.Mul((t.sub(ONE, done), share))
        done = share if done is None else t.add(done, share)
    size = None if done is None else exact(done)
    acts = {fact.verb[:1] for fact in facts if isinstance(fact, Amount)} | {ask.verb[:1]}
    if done is None or size is None or size > 1 or len(acts - {""}) != 1:
        return None
    left = ask.what is Asked.LEFT
    return Account().ask(LEFT if left else RATIO, RATIO_UNIT, t.sub(ONE, done) if left else done)
