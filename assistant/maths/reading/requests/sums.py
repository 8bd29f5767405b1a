"""Sums named in words: the first n odd numbers, the integers from 1 to 100, 前n个正整数的平方和."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.types import Request, Task, Text

ALL = "(?:all )?(?:of )?(?:the )?"
MEMBERS = {
    "whole": (
        "(?:positive |consecutive )*(?:integers|whole numbers|natural numbers|counting numbers|numbers)",
        "(?:正整数|自然数|整数|数)",
    ),
    "even": ("(?:positive )?even (?:positive )?(?:integers|numbers|natural numbers)", "正?偶数"),
    "odd": ("(?:positive )?odd (?:positive )?(?:integers|numbers|natural numbers)", "正?奇数"),
}
POWERS = {1: ("", ""), 2: ("squares of ", "平方"), 3: ("cubes of ", "立方")}
TWO = t.integer(2)
FROM_ONE = Text("counted from 1", "从 1 开始计")
BOTH_ENDS = Text("both ends are counted", "包含两端的数")


def member(kind: str, name: str) -> t.Expr:
    """The number at a place: k, 2k, 2k - 1."""
    place: t.Expr = t.Symbol(name)
    if kind == "whole":
        return place
    double = t.Mul((TWO, place))
    return double if kind == "even" else t.sub(double, t.integer(1))


def _power(base: t.Expr, exponent: int) -> t.Expr:
    return base if exponent == 1 else t.Pow(base, t.integer(exponent))


def _request(body: Callable[[str], t.Expr], low: t.Expr, high: t.Expr) -> Request:
    name = "k" if "k" not in (*t.symbols(low), *t.symbols(high)) else "i"
    return Request(task=Task.SUM, operands=(body(name), low, high), variables=(name,))


def _first(kind: str, exponent: int, *patterns: str) -> None:
    """The first ``<n>`` of a kind, each to a power."""

    def build(s: Slots) -> Request:
        spoken = s.scan.spoken(s.span("n"))
        count = t.rational(spoken) if spoken is not None else s.scan.expression(s.span("n"))
        match count:
            case t.Number(value) if value.denominator == 1 and value > 0:
                pass
            case t.Symbol():
                pass
            case _:
                raise s.scan.error(s.span("n"), "a whole number is expected here", "此处应为整数")
        if re.search("natural|whole|自然", s.scan.source, re.IGNORECASE):
            s.scan.notes.append(FROM_ONE)
        return _request(lambda name: _power(member(kind, name), exponent), t.integer(1), count)

    noun(*patterns)(build)


for _kind, (_en, _zh) in MEMBERS.items():
    for _exponent, (_of, _power_zh) in POWERS.items():
        _patterns = [
            f"sum of {ALL}{_of}{ALL}first <n> {_en}",
            f"前 ?<n> ?个{_zh}的?{_power_zh}(?:的|之)?和",
        ]
        if _exponent > 1 and _kind == "whole":
            word = "squares" if _exponent == 2 else "cubes"
            _patterns += [f"sum of {ALL}first <n> (?:perfect |square |positive )*(?:{word})"]
        _first(_kind, _exponent, *_patterns)


def _between(kind: str, exponent: int, *patterns: str) -> None:
    """All of a kind from ``<a>`` to ``<b>``, both ends counted."""

    def build(s: Slots) -> Request:
        low, high = _whole(s, "a"), _whole(s, "b")
        if "between" in s.scan.source.lower():
            s.scan.notes.append(BOTH_ENDS)
        if isinstance(high, t.Symbol) and kind != "whole":
            raise s.scan.error(s.span("b"), "a number is expected here", "此处应为数")
        if kind != "whole":
            assert isinstance(low, int)
            assert isinstance(high, int)
            step = int(kind == "odd")
            low, high = (low + step + 1) // 2, (high + step) // 2
        ends = [end if isinstance(end, t.Symbol) else t.integer(end) for end in (low, high)]
        return _request(lambda name: _power(member(kind, name), exponent), *ends)

    noun(*patterns)(build)
    order(*(p for p in patterns if p.startswith("从")))(build)


def _whole(s: Slots, place: str) -> int | t.Symbol:
    value = s.scan.spoken(s.span(place))
    if value is None:
        match s.scan.expression(s.span(place)):
            case t.Number(number):
                value = number
            case t.Symbol() as letter if place == "b":
                return letter
    if not isinstance(value, Fraction) or value.denominator != 1:
        raise s.scan.error(s.span(place), "a whole number is expected here", "此处应为整数")
    return int(value)


FROM = "(?:from|between) <a> (?:to|through|up to|and) <b>(?: inclusive)?"
for _kind, (_en, _zh) in MEMBERS.items():
    for _exponent, (_of, _power_zh) in POWERS.items():
        _zh_from = f"<a>到<b>(?:的|之间的|中)?(?:所有|全部|全体|连续)?的?{_zh}的?{_power_zh}(?:的|之)?(?:总和|和)"
        _between(_kind, _exponent, f"sum of {ALL}{_of}{ALL}{_en} {FROM}", f"从?{_zh_from}")
_between(
    "whole", 1, "从 ?<a> ?(?:一直|连续)?加到 ?<b>", "<a>(?:一直|连续)?加到<b>(?:的和)?",
    r"sum (?:of|from) (?=\d+ (?:to|through|up to) \d+$)<a> (?:to|through|up to) <b>",
)  # fmt: skip


@noun(
    f"sum of {ALL}first <n> (?:positive )?multiples of <m>",
    "前 ?<n> ?个<m>的(?:正)?倍数(?:的|之)?和",
)
def multiples(s: Slots) -> Request:
    count, factor = s.scan.expression(s.span("n")), _whole(s, "m")
    if isinstance(factor, t.Symbol) or re.search(r"[^\da-z]", s.text("n")):
        raise s.scan.error(s.span("m"), "a whole number is expected here", "此处应为整数")
    return _request(lambda name: t.Mul((t.integer(factor), t.Symbol(name))), t.integer(1), count)
