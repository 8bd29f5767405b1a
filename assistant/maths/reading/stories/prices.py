"""The price of one thing: cost, marked price, discounts and rises one after the other, profit.

A percentage of a profit or loss is one of the cost; a discount or rise changes the price as it is
at that moment.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading import numerals
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.prices_asked import ASKED, ask_fall, ask_fold
from assistant.maths.reading.stories.prices_ledger import Ledger
from assistant.maths.reading.stories.prices_phrases import PHRASES
from assistant.maths.reading.stories.telling import Hit, amount, ends, exact, literal, told
from assistant.maths.reading.stories.text import Tale, positive
from assistant.maths.types import Request, Task, Text

ONE, HUNDRED = t.integer(1), t.integer(100)
GENERIC = frozenset("商品 产品 物品 货物 article item product goods thing".split())
TIMES = {"两": 2, "二": 2, "2": 2, "三": 3, "3": 3}


def tenths(text: str) -> t.Expr | None:
    """``八折``, ``八五折``, ``8.5折``: the part of the price that is paid."""
    if re.fullmatch(r"[一二三四五六七八九]{2}", text):
        first, second = (amount(c) for c in text)
        if first is None or second is None:
            return None
        return t.Div(t.rational(first * 10 + second), HUNDRED)
    value = amount(text)
    if (
        value is None
        or not 0 < value < 100
        or value == 10
        or (value > 10 and value.denominator != 1)
    ):
        return None
    return t.Div(t.rational(value), t.integer(10) if value < 10 else HUNDRED)


def _share(hit: Hit) -> t.Expr | None:
    """The percentage of a phrase, however it is said."""
    said = hit.one("p") or hit.one("c")
    if tenth := hit.one("t"):
        said = f"{numerals.chinese(tenth)}0"
    value = amount(said) if said else None
    return None if value is None else t.Call("percent", (t.rational(value),))


def _money(hit: Hit) -> t.Expr | None:
    said = hit.one("n")
    return literal(said) if said else None


def _now(book: Ledger, hit: Hit) -> bool:
    """The price at this moment, or the one that is paid in the end."""
    book.final = book.final or bool(hit.one("final"))
    return book.tell("now", _money(hit))


def _base(book: Ledger, hit: Hit) -> t.Expr | None:
    """The price that is changed.  A second change says that it follows the first, or from which
    price it is reckoned; else it may be another possibility."""
    again = bool(hit.one("again"))
    if hit.one("base"):
        return None if again and book.changed else book.of_start()
    if book.final:
        return book.of_start() if hit.one("described") and not book.changed else None
    if (book.changed or book.settled) and not again:
        return None if book.changed else _started(book)
    return _started(book)


def _started(book: Ledger) -> t.Expr:
    """The price now; where nothing else was told it is the old one, too."""
    if book.start is None and book.now is not None:
        book.start = book.now
        book.told.add("start")
    return book.of_now()


def _scaled(book: Ledger, hit: Hit, factor: t.Expr | None) -> bool:
    base = _base(book, hit)
    if base is None or factor is None:
        return False
    price = t.Mul((base, factor))
    after = hit.one("base") or hit.one("described")
    if "now" in book.told and after and not book.changed:
        return book.tell("now", price)  # told before it is said how it came about
    return book.becomes(price)


def _fold(book: Ledger, hit: Hit) -> bool:
    return _scaled(book, hit, tenths(hit.one("d")))


def _part(book: Ledger, hit: Hit) -> bool:
    return _scaled(book, hit, _share(hit))


def _down(book: Ledger, hit: Hit) -> bool:
    share = _share(hit)
    book.falls = "down"
    return share is not None and _scaled(book, hit, t.sub(ONE, share))


def _up(book: Ledger, hit: Hit) -> bool:
    share = _share(hit)
    book.falls = "up"
    return share is not None and _scaled(book, hit, t.Add((ONE, share)))


def _by(book: Ledger, hit: Hit, *, up: bool) -> bool:
    step, base = _money(hit), _base(book, hit)
    if step is None or base is None:
        return False
    return book.becomes(t.Add((base, step)) if up else t.sub(base, step))


def _likewise(book: Ledger, hit: Hit) -> bool:
    """``then by a further 10%``: in the direction of the change before."""
    if not book.falls:
        return False
    return (_down if book.falls == "down" else _up)(book, hit)


def _saved(book: Ledger, hit: Hit) -> bool:
    """How much less the price is than it was."""
    money = _money(hit)
    if money is None or not book.changed:
        return False
    book.settled = True
    book.said.append(t.equation(t.sub(book.of_start(), book.of_now()), money))
    return True


def _to(book: Ledger, hit: Hit) -> bool:
    """The price becomes so much; by how much it changes is not said."""
    price = _money(hit)
    if price is None or book.changed:
        return False
    _started(book)
    book.becomes(price)
    book.told.add("now")
    return True


def _from_to(book: Ledger, hit: Hit) -> bool:
    if book.start is not None or book.now is not None:
        return False
    return book.tell("start", _money(hit)) and _to_value(book, literal(hit.every("n")[1]))


def _to_value(book: Ledger, price: t.Expr | None) -> bool:
    if price is None:
        return False
    book.becomes(price)
    book.told.add("now")
    return True


def _after(book: Ledger, hit: Hit) -> bool:
    """``costs 48 after a 20% discount``."""
    if book.changed or book.now is not None:
        return False
    return _down(book, hit) and book.tell("now", _money(hit))


def _repeat(book: Ledger, hit: Hit) -> bool:
    share = _share(hit)
    if share is None or book.changed:
        return False
    factor = t.sub(ONE, share) if hit.one("way") == "降价" else t.Add((ONE, share))
    return book.becomes(t.Mul((_started(book), t.Pow(factor, t.integer(TIMES[hit.one("k")])))))


def _series(book: Ledger, hit: Hit) -> bool:
    up = hit.one("way").lower() == "increases"
    price = None if book.changed else _started(book)
    for said in hit.every("p"):
        value = amount(said) if said else None
        if price is None or (said and value is None):
            return False
        if value is not None:
            share = t.Call("percent", (t.rational(value),))
            price = t.Mul((price, t.Add((ONE, share)) if up else t.sub(ONE, share)))
    return price is not None and book.becomes(price)


def _markup(book: Ledger, hit: Hit) -> bool:
    share = _share(hit)
    if share is None or book.changed:
        return False
    price = t.Mul((book.of_cost(), t.Add((ONE, share))))
    if book.start is not None:
        book.said.append(t.equation(book.start, price))
    else:
        book.start, book.now = price, price if book.now is None else book.now
    return True


def _markup_told(book: Ledger, hit: Hit) -> bool:
    """A rise to the marked price is one from the cost, where that was just told."""
    return book.cost is not None and book.start is None and book.now is None and _markup(book, hit)


def _gain(book: Ledger, hit: Hit, *, loss: bool) -> bool:
    """The profit or loss, in money or as a part of the cost."""
    share, money = _share(hit), _money(hit)
    step = t.Mul((book.of_cost(), share)) if share is not None else money
    if step is None:
        return False
    cost = book.of_cost()
    book.told.add("rate" if share is not None else "profit")
    price = t.sub(cost, step) if loss else t.Add((cost, step))
    book.settled = True
    if book.now is None:
        book.now = price
    else:
        book.said.append(t.equation(book.now, price))
    return True


def _fold_unknown(book: Ledger, _hit: Hit) -> bool:
    if book.changed:
        return False
    start, price = book.of_start(), book.unknown()
    book.limits.append(t.Relation(t.Comparison.LE, price, start))
    return book.becomes(price)


def _ask_fold_for(book: Ledger, hit: Hit) -> bool:
    """The discount that leaves so much profit."""
    return _fold_unknown(book, hit) and _gain(book, hit, loss=False) and ask_fold(book, hit)


Handler = Callable[[Ledger, Hit], bool]
HANDLERS: dict[str, Handler] = {
    **ASKED,
    "scene": lambda _b, _h: True,
    "start": lambda b, h: b.tell("start", _money(h)),
    "now": _now,
    "cost": lambda b, h: b.tell("cost", _money(h)),
    "fold": _fold, "part": _part, "down": _down, "up": _up, "repeat": _repeat, "series": _series,
    "less": lambda b, h: _by(b, h, up=False), "more": lambda b, h: _by(b, h, up=True),
    "to": _to, "from_to": _from_to, "after": _after, "markup": _markup,
    "profit": lambda b, h: _gain(b, h, loss=False), "loss": lambda b, h: _gain(b, h, loss=True),
    "fold_unknown": _fold_unknown, "likewise": _likewise, "saved": _saved,
    "ask_series": lambda b, h: _series(b, h) and ask_fall(b, h),
    "markup_told": _markup_told, "ask_fold_for": _ask_fold_for,
}  # fmt: skip


def read_prices(tale: Tale) -> list[Request] | None:
    """What is asked of a price."""
    known = told(tale, PHRASES)
    if known is None:
        return None
    book = Ledger(tale)
    for before, hit in pairwise([None, *known]):
        if hit is None or (before is not None and _leans(before, hit)):
            return None
        if book.wanted and not hit.says.startswith("ask"):
            return None
        book.things |= _things(hit)
        book.values |= {value.lower() for value in hit.every("value")}
        if len(book.things) > 1 or len(book.values) > 1 or not HANDLERS[hit.says](book, hit):
            return None
    return _requests(book)


LEANING = re.compile(r"after|with|at|for\b", re.IGNORECASE)


def _leans(before: Hit, hit: Hit) -> bool:
    """``costs 40 with a 20% discount``: is 40 the price before it, or the one after?"""
    gap = hit.match.string[before.match.end() : hit.match.start()]
    told_and_changed = before.says == "now" and hit.says in ("down", "up")
    return told_and_changed and bool(LEANING.match(hit.text)) and not gap.strip()


def _things(hit: Hit) -> set[str]:
    """The thing that is named, if it has a name of its own."""
    singular = {re.sub(r"(?<=[a-z]{2})s$", "", name.lower()) for name in hit.every("thing")}
    return {name for name in singular if name not in GENERIC}


def _requests(book: Ledger) -> list[Request] | None:
    if not book.wanted:
        return None
    used = {n for value, _ in book.wanted for n in t.symbols(value)}
    if used and not book.said:
        if len(book.wanted) != 1 or not book.wanted[0][1]:
            return None
        same = _whatever(book.wanted[0][0], used.pop())
        return None if same is None else [_as_percent(book, t.rational(same))]
    if not used:
        if any(not _holds(said) for said in book.said):
            return None
        values = [exact(value) for value, _ in book.wanted]
        if any(
            v is None or (v < 0 and not p) for v, (_, p) in zip(values, book.wanted, strict=True)
        ):
            return None
    elif book.said:
        why = Text(
            "Let {0} be what is not known of the prices.",
            "设未知的价格为 {0}，由题意得",
            (t.Symbol(book.letters[0]),),
        )
        keep = (*(positive(name) for name in book.letters), *book.limits)
        book.tale.says(why, *book.said, keep=keep)
    book.tale.text = ""
    return [_as_percent(book, v) if percent else value_of(v) for v, percent in book.wanted]


def _holds(said: t.Expr) -> bool:
    """Whether a statement about numbers alone is true."""
    match said:
        case t.Relation(t.Comparison.EQ, left, right):
            return exact(left) is not None and exact(left) == exact(right)
    return False


def _whatever(value: t.Expr, name: str) -> Fraction | None:
    """The value of a ratio that is the same for every price."""
    tried = [exact(t.substitute(value, name, t.integer(n))) for n in (100, 300, 700)]
    return tried[0] if tried[0] is not None and len(set(tried)) == 1 else None


def _as_percent(book: Ledger, ratio: t.Expr) -> Request:
    book.tale.text = ""
    value = exact(ratio)
    if value is not None and not ends(value):
        return value_of(ratio)
    return Request(task=Task.NUMBER, topic=topics.TO_PERCENT, operands=(ratio,))
