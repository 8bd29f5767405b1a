"""``if n is odd``, ``Let n be an even positive integer.``, 设 n 为奇数: claims about odd or even
numbers, put as claims about the whole numbers k of n = 2k + 1 or n = 2k."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.quantifiers import BOUND, CLOSED, LETTER, beyond, without
from assistant.maths.reading.scan import Scan
from assistant.maths.terms import (
    Add,
    Call,
    Constant,
    ConstantName,
    Expr,
    Interval,
    Mul,
    Neg,
    Relation,
    Symbol,
    equation,
    integer,
    substitute,
    symbols,
)
from assistant.maths.types import Request, Text
from assistant.maths.whole_claims import whole_ends

SIGN = r"(?:strictly\s+)?positive|negative|non-?\s?negative|natural|whole"
NUMBER = r"(?:\s+(?:integers?|numbers?|values?))?"


def _kind(place: int) -> str:
    """``odd positive integer``, the sign on either side."""
    return (
        rf"(?:(?P<s{place}>{SIGN})\s+)?(?P<p{place}>odd|even)"
        rf"(?:\s+(?P<t{place}>{SIGN}))?{NUMBER}(?![A-Za-z])"
    )


def _zh_kind(place: int) -> str:
    return rf"(?P<s{place}>正|负|非负)?的?(?P<p{place}>奇数|偶数)"


THAT = r"(?:\s+that)?"
AHEAD = (
    rf"(?<![A-Za-z])(?:if|when|whenever|for|where|given{THAT}|suppose{THAT}|assume{THAT}|let)\s+(?:"
    rf"(?:all|any|every|each)\s+{_kind(1)}\s+(?:of\s+)?{LETTER.format('1')}{BOUND}{CLOSED}"
    rf"|(?:all|any|every|each)\s+integers?\s+{LETTER.format('2')}{CLOSED}\s+(?:that\s+(?:is|are)\s+)?{_kind(2)}"
    rf"|{LETTER.format('3')}{CLOSED}\s+(?:is|be)\s+(?:an?\s+|any\s+|some\s+)?{_kind(3)}"
    rf"|{_kind(4)}\s+{LETTER.format('4')}{CLOSED})"
)
ZH = (
    rf"(?:{LETTER.format('1')}{CLOSED}\s*[是为](?:任意|一个)*的?{_zh_kind(1)}时?"
    rf"|(?:任意|一切|所有)的?{_zh_kind(2)}\s*{LETTER.format('2')}{CLOSED})"
)
PATTERNS = (
    late(AHEAD + r"\s*(?:[,，.;:：]|(?=then\s))\s*(?:then\s+)?(?=\S)", re.IGNORECASE),
    late(r"[\s,，]*" + AHEAD + r"\s*$", re.IGNORECASE),
    late(
        rf"(?:若|如果|当|设|已知|假设|令|对于?)\s*{ZH}\s*[,，.。;；:：]\s*(?:则|那么|都有|有)?\s*(?=\S)"
    ),
    late(rf"\s*(?:[,，]?\s*其中\s*|[(（]\s*(?:其中)?\s*){ZH}\s*[)）]?$"),
)
"""Ahead of the claim and behind it; first in English, then in Chinese."""
ODD = ("odd", "奇数")
POSITIVE = ("positive", "strictly positive", "正")
NEGATIVE = ("negative", "负")
INFINITY = Constant(ConstantName.INFINITY)
INTEGERS = Constant(ConstantName.INTEGERS)


@dataclass(frozen=True, slots=True)
class Parity:
    """A letter that was called odd (1) or even (0), and the first and last number that the words
    beside it allow."""

    letter: str
    odd: int
    low: int | None = None
    high: int | None = None


def parity(span: Span) -> tuple[Span, Parity] | None:
    """The text without such words, and what they say."""
    for pattern in PATTERNS:
        if (hit := pattern.search(span.text)) is None:
            continue
        said = {k: v for k, v in hit.groupdict().items() if v}
        kind, sign = _first(said, "p"), (_first(said, "s") or _first(said, "t"))
        found = Parity(_first(said, "v"), int(kind.lower() in ODD), *_ends(sign.lower()))
        if "s" in {k[0] for k in said} and "t" in {k[0] for k in said}:
            continue  # "positive odd negative"
        if op := said.get("op"):
            bound = beyond(op, int(said["end"]))
            found = _narrowed(found, whole_ends(bound))
        if rest := without(span, hit):
            return rest, found
    return None


def _first(said: dict[str, str], prefix: str) -> str:
    return next((v for k, v in said.items() if k[0] == prefix and k[1:].isdigit()), "")


def _ends(sign: str) -> tuple[int | None, int | None]:
    if sign in POSITIVE:
        return 1, None
    if sign in NEGATIVE:
        return None, -1
    return (0, None) if sign else (None, None)


def _narrowed(found: Parity, ends: tuple[int | None, int | None] | None) -> Parity:
    low, high = ends or (None, None)
    lows = [n for n in (low, found.low) if n is not None]
    highs = [n for n in (high, found.high) if n is not None]
    return replace(found, low=max(lows, default=None), high=min(highs, default=None))


def of_parity(scan: Scan, request: Request, said: Parity) -> Request:
    """The claim with ``2k + 1`` or ``2k`` for the letter.  Raises ``ReadingError``."""
    match request.operands:
        case (Relation(_, Call("mod", (value, _))) as statement,) if said.letter in symbols(value):
            pass
        case _:
            raise scan.error(
                scan.whole(),
                "odd and even are only understood in claims about division",
                "只有关于整除的命题才能限定奇偶",
            )
    for domain in (request.domain, scan.said.get(said.letter)):
        if domain is None:
            continue
        if (ends := whole_ends(domain)) is None:
            raise scan.error(scan.whole(), "only whole numbers are odd or even", "奇偶只对整数而言")
        said = _narrowed(said, ends)
    new = next(c for c in "kmjtpqrs" if c not in {*symbols(value), *scan.names})
    double = Mul((integer(2), Symbol(new)))
    put = Add((double, integer(1))) if said.odd else double
    scan.notes.append(Text("write {0}", "设 {0}", (equation(Symbol(said.letter), put),)))
    return replace(
        request,
        operands=(substitute(statement, said.letter, put),),
        variables=(new,),
        domain=_halved(said),
    )


def _halved(said: Parity) -> Expr | None:
    """The numbers k whose 2k (+ 1) lies between the ends; ``None`` for all."""
    if said.low is None and said.high is None:
        return None
    low: Expr = Neg(INFINITY)
    high: Expr = INFINITY
    if said.low is not None:
        low = integer(-((said.odd - said.low) // 2))
    if said.high is not None:
        high = integer((said.high - said.odd) // 2)
    interval = Interval(low, high, said.low is None, said.high is None)
    return Call("intersection", (interval, INTEGERS))
