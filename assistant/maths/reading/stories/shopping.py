"""Several things at a price each: what a basket costs, the change, and prices that follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from assistant.maths import terms as t
from assistant.maths.reading.scan import HAN
from assistant.maths.reading.stories.accounts.system import TOTAL, WANTED, Account
from assistant.maths.reading.stories.accounts.words_en import singular
from assistant.maths.reading.stories.shopping_ledger import Good, Shop
from assistant.maths.reading.stories.shopping_phrases import PHRASES
from assistant.maths.reading.stories.telling import Hit, exact, literal, told
from assistant.maths.reading.stories.text import Tale, with_dollars
from assistant.maths.types import Request

FACTORS = {"half": Fraction(1, 2), "twice": Fraction(2), "two": Fraction(2), "three": Fraction(3),
           "four": Fraction(4), "five": Fraction(5)}  # fmt: skip
BASKETS = frozenset("cart cart_each cart_priced bill sale".split())
PIECES = frozenset("piece item unit person one".split())
"""What one thing is, by whatever name it is sold."""
HE = frozenset("he she they 他 她 我".split())


def read_shopping(tale: Tale) -> list[Request] | None:
    """The cost of a basket, the change, what is left or missing, or a price."""
    tale.text = with_dollars(tale.text, tale.scan.source) if not tale.options else tale.text
    found = told(tale, PHRASES)
    if found is None:
        return None
    shop = Shop(unit="元" if HAN.search(tale.text) else "dollar")
    asked = found[-1]
    if {"sale", "cart"} <= {hit.says for hit in found}:
        return None
    if sum(hit.says.startswith("ask") for hit in found) != 1 or not _one_coin(found):
        return None
    shop.after = {id(hit): before for before, hit in pairwise(found)}
    first = next((n for n, hit in enumerate(found) if hit.says in BASKETS), len(found))
    shop.late = {id(hit) for hit in found[first:]}
    if not all(_tell(shop, hit) for hit in sorted(found[:-1], key=_late)) or not _meets(
        shop, asked
    ):
        return None
    account = _asked(shop, asked)
    value = None if account is None else account.answer()
    if account is None or value is None or value <= 0 or not account.units:
        return None
    if any(good not in shop.used for good in (shop.prices if shop.sold else shop.spent)):
        return None
    return account.requests(tale)


def _late(hit: Hit) -> bool:
    """What can only be understood when all prices are."""
    return hit.says != "price"


def _one_coin(found: list[Hit]) -> bool:
    coins = {coin.lower().rstrip("s") for hit in found for coin in hit.every("coin")}
    return coins <= {"dollar"}


def _meets(shop: Shop, hit: Hit) -> bool:
    """Whether all may be told of one customer."""
    names = {name.lower() for name in hit.every("who")} - HE
    shop.people |= names
    return len(shop.people) <= 1


def _good(thing: str, unit: str = "") -> Good:
    if thing.isascii():
        thing = singular(thing.lower())
    return Good(thing, {"公斤": "千克", "枝": "支", "位": "人"}.get(unit, unit).lower())


def _goods(hit: Hit) -> list[tuple[Good, t.Expr]] | None:
    """What is in a basket, with how many of each."""
    if HAN.search(hit.text):
        names, units, counts = (hit.every(name) for name in ("t", "u", "k"))
        if len(units) != len(counts) or (len(names) != len(units) and (names or len(units) > 1)):
            return None
        names = names or [""]
        values = [literal(count) for count in counts]
        if any(value is None for value in values):
            return None
        return [
            (_good(n, u), v) for n, u, v in zip(names, units, values, strict=True) if v is not None
        ]
    return _english_goods(hit)


def _items(hit: Hit) -> list[Callable[[str], str]]:
    """For each item of a basket, what stands in it under a name."""
    groups = {name: hit.match.span(name) for name, said in hit.match.groupdict().items() if said}

    def item(start: int, end: int) -> Callable[[str], str]:
        def within(name: str) -> str:
            spans = [span for group, span in groups.items() if group.rpartition("_")[0] == name]
            inside = [hit.story[a:b] for a, b in spans if start <= a and b <= end]
            return inside[0] if inside else ""

        return within

    found = sorted(span for name, span in groups.items() if name.rpartition("_")[0] == "item")
    return [item(*span) for span in found]


def _english_goods(hit: Hit) -> list[tuple[Good, t.Expr]] | None:
    found: list[tuple[Good, t.Expr]] = []
    last: Fraction | None = None
    for within in _items(hit):
        said, times = within("k"), within("as").lower()
        if times:
            last = None if last is None else FACTORS[times.split()[0]] * last
        else:
            number = literal(said) if said else t.integer(1)
            last = None if number is None else exact(number)
        if last is None or last.denominator != 1:
            return None
        found.append((_good(within("t"), _held(within("box"))), t.rational(last)))
    return found or None


def _told_prices(shop: Shop, hit: Hit) -> t.Expr | None:
    """Take the prices that stand in a basket; what is left is one for all of it, 0 where there is none.
    ``None`` where it is not told which of the two a price is."""
    nothing: t.Expr = t.integer(0)
    goods = _english_goods(hit) if hit.every("at") else []
    if goods is None:
        return None
    items = _items(hit)
    for n, (within, (good, count)) in enumerate(zip(items, goods, strict=False)):
        price = literal(within("at")) if within("at") else None
        if price is None:
            continue
        if within("single") or exact(count) == 1:
            if not shop.tell(good, price):
                return None
        elif n + 1 == len(items) and len(hit.every("at")) == 1:
            return price
        else:
            return None
    return nothing


def _tell(shop: Shop, hit: Hit) -> bool:
    if not _meets(shop, hit):
        return False
    money = literal(hit.one("n")) if hit.one("n") else None
    match hit.says:
        case "scene":
            return True
        case "price":
            return money is not None and _priced(shop, hit, money)
        case "cart_priced":
            single = literal(hit.one("k"))
            one = single is not None and exact(single) == 1
            return (
                money is not None and one and _priced(shop, hit, money) and _filled(shop, hit, None)
            )
        case "paid" | "have" | "change":
            if money is None or getattr(shop, hit.says) is not None:
                return False
            setattr(shop, hit.says, money)
            return True
        case "more":
            before = shop.after.get(id(hit))
            return (
                before is not None
                and before.says == "price"
                and bool(shop.basket)
                and _filled(shop, hit, None)
            )
        case "sale":
            shop.sold = True
            return _filled(shop, hit, None)
        case "cart" | "bill":
            return _filled(shop, hit, money)
        case "cart_each":
            return _each(shop, hit) is not None
        case "total":
            return money is not None and _billed(shop, shop.basket, money)
    return _compared(shop, hit, money)


def _priced(shop: Shop, hit: Hit, money: t.Expr) -> bool:
    """The price of a thing; one that is not named is the last that was put into the basket."""
    per, box = _per(hit), hit.one("box")
    if per and box:
        return False  # of a bag of them, or of a pound of what is in it?
    good = _good(hit.one("t"), hit.one("u") or _held(box) or per)
    before = shop.after.get(id(hit))
    plural = good.thing != hit.one("t").lower() and good.thing.isascii()
    if plural and not re.search(r"\b(?:each|apiece|every|per|an?)\b", hit.text, re.IGNORECASE):
        return False  # for each, or for all of them?
    if not good.thing and before is not None and before.says in ("cart", "more"):
        goods = _goods(before) or []
        good = next((g for g, _ in goods[-1:] if g.unit == good.unit and g.thing), good)
    if id(hit) in shop.late or re.match("the ", hit.text, re.IGNORECASE):
        shop.spent.append(good)
    return shop.tell(good, money)


def _per(hit: Hit) -> str:
    """By what a thing is sold, ``per pound``; empty where by the piece."""
    per, thing = singular(hit.one("per").lower()), singular(hit.one("t").lower())
    return "" if per in PIECES or thing.endswith(per) else per


def _held(box: str) -> str:
    """What things are in, in the singular."""
    return singular(re.sub(r"\s+of\s*$", "", box).lower()) if box else ""


def _filled(shop: Shop, hit: Hit, money: t.Expr | None) -> bool:
    goods = _goods(hit)
    if goods is None or (hit.one("if") and shop.basket):
        return False
    whole = _told_prices(shop, hit)
    if whole is None or (exact(whole) and money is not None):
        return False
    shop.basket += goods
    money = whole if exact(whole) else money
    return money is None or _billed(shop, goods, money)


def _billed(shop: Shop, goods: list[tuple[Good, t.Expr]], money: t.Expr) -> bool:
    cost = shop.cost(goods)
    shop.bills += 1
    if cost is None or exact(cost) is not None or shop.bills > 1:
        return False
    shop.account.says(cost, money)
    return True


def _each(shop: Shop, hit: Hit) -> list[tuple[Good, t.Expr]] | None:
    count = literal(hit.one("k"))
    if count is None:
        return None
    names, things = hit.every("t"), {good.thing for good in shop.prices}
    full = [one + names[-1][len(one) :] for one in names]  # A、B套餐 are A套餐 and B套餐
    names = [one if one in things else long for one, long in zip(names, full, strict=True)]
    found = [(_good(name, hit.one("u")), count) for name in names]
    shop.basket += found
    return found


def _compared(shop: Shop, hit: Hit, money: t.Expr | None) -> bool:
    """One price by another."""
    units = hit.every("u")
    if len(units) > 2:
        return False
    left = shop.price(_good(hit.one("t"), units[0] if len(units) == 2 else ""))
    right = shop.price(_good(hit.one("t2"), units[1] if len(units) == 2 else ""))
    if left is None or right is None or left == right:
        return False
    if hit.says == "times":
        said = hit.one("k").lower().removesuffix(" times")
        factor = t.rational(FACTORS[said]) if said in FACTORS else literal(said)
        if factor is None:
            return False
        shop.account.says(left, t.Mul((factor, right)))
        return True
    if money is None:
        return False
    less = hit.one("way").lower() in ("便宜", "少", "less")
    shop.account.says(left, t.add(right, t.Neg(money) if less else money))
    return True


def _asked(shop: Shop, hit: Hit) -> Account | None:
    account = shop.account
    if hit.says in ("ask_dearer", "ask_on"):
        return _difference(shop, hit)
    if hit.says == "ask_price":
        good = _good(hit.one("t"), hit.one("u") or _held(hit.one("box")))
        price = None if shop.sold else shop.price(good)
        if price is None or exact(price) is not None or not _balanced(shop):
            return None
        account.asked = price
        return account
    goods = _asked_goods(shop, hit)
    cost = None if goods is None else shop.cost(goods)
    if cost is None or (shop.bills and goods is shop.basket):
        return None
    if shop.sold != (hit.says == "ask_earned") or (shop.sold and shop.have is not None):
        return None
    match hit.says:
        case "ask_cost" | "ask_each" | "ask_earned":
            return account.ask(TOTAL, shop.unit, cost) if shop.change is None else None
        case "ask_change" if shop.change is None:
            paid = shop.have if shop.paid is None and shop.unit == "元" else shop.paid
            return None if paid is None else account.ask(WANTED, shop.unit, t.sub(paid, cost))
        case "ask_left" if shop.change is None and (shop.have is None) != (shop.paid is None):
            money = shop.have if shop.have is not None else shop.paid
            return None if money is None else account.ask(WANTED, shop.unit, t.sub(money, cost))
        case "ask_short" if shop.have is not None and shop.paid is None:
            return account.ask(WANTED, shop.unit, t.sub(cost, shop.have))
    return None


def _balanced(shop: Shop) -> bool:
    """What was paid and came back as change, as the cost of the basket."""
    if shop.change is None:
        return True
    cost, money = shop.cost(shop.basket), shop.paid if shop.paid is not None else shop.have
    if cost is None or money is None or exact(cost) is not None:
        return False
    shop.account.says(t.add(cost, shop.change), money)
    return True


def _asked_goods(shop: Shop, hit: Hit) -> list[tuple[Good, t.Expr]] | None:
    """The basket of the question, or the one of the story."""
    if hit.says == "ask_each":
        return None if shop.basket else _each(shop, hit)
    if hit.every("k") or hit.every("item"):
        goods = _goods(hit)
        priced = goods is not None and _told_prices(shop, hit)
        return goods if not shop.basket and priced and not exact(priced) else None
    if hit.says == "ask_short" and hit.one("t"):
        return None if shop.basket else [(_good(hit.one("t")), t.integer(1))]
    return shop.basket


def _difference(shop: Shop, hit: Hit) -> Account | None:
    units = hit.every("u")
    if len(units) not in (0, 2):
        units = []
    goods = [_good(hit.one(name), units[n] if units else "") for n, name in enumerate(("t", "t2"))]
    if hit.says == "ask_on":
        baskets = [[item for item in shop.basket if item[0].thing == good.thing] for good in goods]
        if any(len(basket) != 1 for basket in baskets):
            return None
        left, right = (shop.cost(basket) for basket in baskets)
    else:
        left, right = (shop.price(good) for good in goods)
    if (
        left is None
        or right is None
        or left == right
        or exact(left) is None
        or exact(right) is None
    ):
        return None
    less = hit.one("way").lower() in ("便宜", "less")
    difference = t.sub(right, left) if less else t.sub(left, right)
    return shop.account.ask(WANTED, shop.unit, difference)
