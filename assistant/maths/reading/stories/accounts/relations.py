"""Amounts side by side: sums, differences, so many times as many, and the parts of a whole."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import (
    Amount,
    Ask,
    Asked,
    Compare,
    Fact,
    Members,
    Per,
    Rest,
    Sense,
)
from assistant.maths.reading.stories.accounts.moments import at_one_time
from assistant.maths.reading.stories.accounts.relations_asked import answered
from assistant.maths.reading.stories.accounts.sides import Side
from assistant.maths.reading.stories.accounts.system import (
    Account,
)
from assistant.maths.reading.stories.accounts.things import (
    act,
    belongs,
    complement,
    may_divide,
    plain_name,
    same_act,
    together,
)
from assistant.maths.reading.stories.accounts.words_zh import FRACTIONAL, MONEY


def read_relations(facts: list[Fact], ask: Ask) -> Account | None:
    """The account of amounts side by side."""
    amounts = [amount for fact in facts if (amount := _priced(fact)) is not None]
    if len(amounts) < sum(isinstance(fact, Amount | Per) for fact in facts):
        return None
    kinds = [a.kind for a in amounts]
    kinds += [f.kind for f in facts if isinstance(f, Compare) and f.kind is not None]
    units = {kind.unit for kind in kinds} | ({ask.kind.unit} if ask.kind else set())
    if ask.marks & {"up", "down", "change"}:
        return None
    tall = any(name.endswith("身高") for amount in amounts for name in amount.owners)
    if tall and ask.what is Asked.TOTAL:
        return None  # a sum of heights means nothing
    added = any("more" in a.marks and not a.owners and not a.when for a in amounts)
    if added and ask.what is not Asked.TOTAL:
        return None  # to whose?
    if not all(isinstance(fact, Amount | Compare | Rest | Members | Per) for fact in facts):
        return None
    if len(units) != 1 or not kinds or not all(map(_plain, amounts)):
        return None
    if not same_act([(a.verb, a.sense) for a in amounts if "whole" not in a.marks]):
        return None
    if not _one_act(amounts, facts, ask) or not at_one_time(amounts, ask):
        return None
    side = Side(units.pop())
    side.place = amounts[0].owners[0] if amounts and amounts[0].owners else ""
    rest = next((fact.name for fact in facts if isinstance(fact, Rest)), "")
    parted = rest or any("part" in a.marks for a in amounts)
    if parted and not _parted(side, amounts, rest, ask):
        return None
    if not parted and not all(_told(side, amount) for amount in amounts):
        return None
    last = ""
    for fact in facts:
        if isinstance(fact, Compare) and not compared(side, fact, last):
            return None
        last = _subject(fact) or last
    _halves(side)
    if not _counted(side, facts, ask):
        return None
    for owners, value in side.wholes:
        members = [side.named(owner) for owner in owners]
        if len(owners) < 2 or any(member is None for member in members):
            return None
        side.account.says(t.add(*(m.value for m in members if m is not None)), value)
    return answered(side, ask, last)


def _alike(side: Side) -> bool:
    """Whether all amounts are those of one kind of members: the first group, the second group."""
    return (
        len(
            {
                tuple(sorted({re.sub(r"^第?[一二三四五六\d]+", "", n) for n in e.names}))
                for e in side.entries
            }
        )
        == 1
    )


def _one_act(amounts: list[Amount], facts: list[Fact], ask: Ask) -> bool:
    """Whether it is compared and asked for what is told: what is there, or what was done."""
    done = {act(a.verb) for a in amounts if a.verb and a.sense is not Sense.HAVE}
    there = not done
    if ask.verb == "have" and any(a.verb == "be" for a in amounts):
        return False  # what one weighs is not what one has
    said = [fact.verb for fact in facts if isinstance(fact, Compare)]
    for verb in (*said, ask.verb):
        spent = bool(amounts) and amounts[0].kind.unit in MONEY and verb in PAYING and there
        if verb and verb not in THERE and act(verb) not in done and not spent:
            return False
    return True


THERE = frozenset("有 养 have has own is cost".split())
PAYING = frozenset("花 用 付 cost spend pay".split())


def _priced(fact: Fact) -> Amount | None:
    """An amount; or the price, weight or length of one thing, as an amount by its name."""
    if isinstance(fact, Amount):
        return fact
    if (
        isinstance(fact, Per)
        and fact.kind.unit in FRACTIONAL
        and fact.base.thing
        and not fact.marks
    ):
        return Amount(fact.kind, fact.value, (fact.base.thing,))
    return None


def _counted(side: Side, facts: list[Fact], ask: Ask) -> bool:
    """Whether there are as many amounts as are told of; a sum of all of them is then an equation."""
    counts = {fact.count for fact in facts if isinstance(fact, Members)}
    for owners, value in tuple(side.wholes):
        many = together(owners[0]) if len(owners) == 1 else None
        if many:
            wanted = side.named(ask.names[0]) if len(ask.names) == 1 else None
            if wanted is None or ask.what is not Asked.VALUE or not _alike(side):
                return False
            counts.add(many)
            side.wholes.remove((owners, value))
            side.account.says(t.add(*(entry.value for entry in side.entries)), value)
    return all(len(side.entries) == count for count in counts)


def _plain(amount: Amount) -> bool:
    """Whether an amount is simply there: nothing is said of before, of what is left or to do."""
    return amount.sense is not Sense.OUT or amount.verb != "给" if not (
        amount.marks & {"left", "before", "todo", "still", "done", "doing", "of all", "of rest", "of first"}
    ) else False  # fmt: skip


def _subject(fact: Fact) -> str:
    match fact:
        case Amount(kind, _, owners):
            return owners[0] if len(owners) == 1 else kind.thing if not owners else ""
        case Compare(left):
            return left
    return ""


def _told(side: Side, amount: Amount) -> bool:
    if len(amount.owners) > 1 or "whole" in amount.marks:
        if amount.value is None or "whole" not in amount.marks:
            return False
        side.wholes.append((amount.owners, amount.value))
        return True
    known = {name for entry in side.entries for name in entry.names}
    if "further" in amount.marks and not {*map(plain_name, amount.owners)} <= known:
        return False  # than the one before has, or did?
    return side.add(amount) is not None


def _parted(side: Side, amounts: list[Amount], rest: str, ask: Ask) -> bool:
    """The first amount is the whole; the others are its parts, and the rest is named or clear."""
    if not amounts:
        return False
    whole, parts = amounts[0], amounts[1:]
    if whole.value is None or not parts or "part" in whole.marks:
        return False
    if any("whole" in part.marks or len(part.owners) > 1 for part in parts):
        return False
    if not _whole(whole, parts):
        return False
    entries = [side.add(part) for part in parts]
    if any(entry is None for entry in entries) or ask.what is not Asked.VALUE:
        return False
    wanted = plain_name(ask.names[0] if len(ask.names) == 1 else ask.kind.thing if ask.kind else "")
    if not wanted:
        return False
    listed = {plain_name(owner) for owner in whole.owners} if len(whole.owners) > 1 else set()
    told = [name for entry in entries if entry is not None for name in entry.names]
    if rest:
        clear = wanted == plain_name(rest)
    elif listed:
        clear = wanted in listed and len(listed) == len(parts) + 1
        clear = clear and all(any(n in listed for n in e.names) for e in entries if e is not None)
    else:
        clear = len(parts) == 1 and any(complement(wanted, name) for name in told)
    if not clear or any(wanted in entry.names for entry in entries if entry is not None):
        return False
    if not rest and "part" not in parts[0].marks:
        return False
    new = side.named(wanted)
    if new is None:
        return False
    side.account.says(t.add(*(e.value for e in side.entries)), whole.value)
    return True


GROUP = re.compile(r"(里|上|中|组|班|校|园|店|厂|队|级|学|家|村|库)(?:有)?$")


def _whole(whole: Amount, parts: list[Amount]) -> bool:
    """Whether the first amount is really the whole of what follows."""
    others = [part.kind.thing for part in parts if part.owners and part.kind.thing]
    if whole.kind.thing and not all(belongs(other, whole.kind.thing) for other in others):
        return False
    names = [name for part in parts for name in (*part.owners, part.kind.thing) if name]
    thing = whole.kind.thing
    if not may_divide(names, thing):
        return False
    if "whole" in whole.marks or "part" in parts[0].marks or not whole.owners:
        return True
    if thing and all(belongs(name, thing) for name in names):
        return True
    group = GROUP.search(whole.owners[0])
    return bool(group) and not any(name.endswith(whole.owners[0][-1]) for name in names)


def _halves(side: Side) -> None:
    """One amount and two unknown ones that divide a whole between them, as boys and girls do: the
    amount is that of the whole."""
    told = [entry for entry in side.entries if entry.told]
    open_ = [entry for entry in side.entries if not entry.told]
    if len(told) != 1 or len(open_) != 2 or side.wholes:
        return
    names = open_[0].names | open_[1].names
    if not may_divide(names, told[0].kind.thing):
        return
    if any(complement(one, other) for one in open_[0].names for other in open_[1].names):
        side.entries.remove(told[0])
        side.account.says(t.add(*(entry.value for entry in open_)), told[0].value)


def compared(side: Side, fact: Compare, last: str) -> bool:
    """Whether one amount is told by another, both of which are clear; the equation is added."""
    before = len(side.entries)
    right = side.named(fact.right)
    if right is not None and len(side.entries) > before:
        right.aside = True
    left = side.named(fact.left or last)
    if left is None or right is None or left is right:
        return False
    if fact.kind is not None and not side.about(fact.kind.thing):
        return False
    base = right.value if fact.times is None else t.Mul((fact.times, right.value))
    if fact.value is not None:
        step = fact.value if fact.more else t.Neg(fact.value)
        base = t.add(base, step)
    side.account.says(left.value, base)
    return True
