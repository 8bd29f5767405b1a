"""How many there are: the divisors of a number, the subsets of a set."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.types import Text

MAX_NUMBER = 10**9
"""Larger numbers take too long to factor here."""
KINDS = r"(?:(?:positive |different |distinct )*)"
ZH_HOW_MANY = "(?:一?共?有(?:多少个?|几个?)|的?个数(?:是多少|为|是)?)"
PROPER = {"真": 1, "非空": 1, "非空真": 2, "proper": 1, "non-empty": 1, "nonempty": 1}


@noun(
    f"number of {KINDS}(?:divisors|factors) of <a>",
    f"<a>的正?(?:因数|约数){ZH_HOW_MANY}",
    "<a>有(?:多少|几)个(?:不同的)?正?(?:因数|约数)",
)
@order(f"how many {KINDS}(?:divisors|factors) does <a> have")
def divisors(s: Slots) -> t.Expr:
    """Each exponent may be taken from 0 up to its own: (e + 1) ways for every prime."""
    value = s.expr("a")
    whole = value.value if isinstance(value, t.Number) else None
    if whole is None or whole.denominator != 1 or not 1 <= whole <= MAX_NUMBER:
        raise s.scan.error(s.span("a"), "a whole number is expected here", "此处应为整数")
    powers = _powers(int(whole))
    if not powers:
        return t.integer(1)
    factors = tuple(t.Pow(t.integer(p), t.integer(e)) for p, e in powers)
    shown = factors[0] if len(factors) == 1 else t.Mul(factors)
    s.scan.notes.append(Text("{0} = {1}", "{0} = {1}", (value, shown)))
    ways = tuple(t.Add((t.integer(e), t.integer(1))) for _, e in powers)
    return ways[0] if len(ways) == 1 else t.Mul(ways)


def _powers(number: int) -> list[tuple[int, int]]:
    """The primes of a number with their exponents."""
    found, prime = [], 2
    while prime * prime <= number:
        power = 0
        while number % prime == 0:
            number, power = number // prime, power + 1
        if power:
            found.append((prime, power))
        prime += 1 if prime == 2 else 2
    return [*found, (number, 1)] if number > 1 else found


@noun("number of <kind> subsets of(?: the set)? <c>", "number of subsets of(?: the set)? <c>",
      f"(?:集合)?<c>的<zh>子集{ZH_HOW_MANY}", f"(?:集合)?<c>的子集{ZH_HOW_MANY}")  # fmt: skip
@order("how many <kind> subsets does(?: the set)? <c> have",
       "how many subsets does(?: the set)? <c> have")  # fmt: skip
def subsets(s: Slots) -> t.Expr:
    """Each element is in it or not; proper and non-empty ones leave one out."""
    value = s.expr("c")
    kind = s.text("kind") if "kind" in s.taken else s.text("zh") if "zh" in s.taken else ""
    if not isinstance(value, t.Collection) or value.kind is not t.Bracket.SET:
        raise s.scan.error(s.span("c"), "a set is expected here", "此处应为集合")
    items = {item.value if isinstance(item, t.Number) else item for item in value.items}
    if len(items) < len(value.items) or (kind and kind not in PROPER):
        raise s.scan.error(s.span("c"), "these subsets are not known", "不清楚是哪些子集")
    if len({type(item) for item in value.items}) > 1 or not all(
        isinstance(item, t.Number | t.Symbol) for item in value.items
    ):
        raise s.scan.error(s.span("c"), "the elements may be equal", "元素可能相等")
    all_ = t.Pow(t.integer(2), t.integer(len(value.items)))
    return t.sub(all_, t.integer(PROPER[kind])) if kind else all_
