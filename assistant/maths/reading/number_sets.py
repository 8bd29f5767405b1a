"""Which numbers an unknown stands for: ``for integers x``, 正整数解.

A set is a value of ``Request.domain``: a named set, an interval, or the whole numbers of an
interval as their intersection.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.terms import (
    Call,
    Comparison,
    Constant,
    ConstantName,
    Expr,
    Interval,
    Neg,
    Number,
    Relation,
    Symbol,
    symbols,
)
from assistant.maths.types import Definition, Request, Task

KINDS = {
    "real": ConstantName.REALS, "complex": ConstantName.COMPLEXES,
    "rational": ConstantName.RATIONALS, "integer": ConstantName.INTEGERS,
    "whole": ConstantName.NATURALS, "natural": ConstantName.NATURALS,
    "实数": ConstantName.REALS, "复数": ConstantName.COMPLEXES, "有理数": ConstantName.RATIONALS,
    "整数": ConstantName.INTEGERS, "自然数": ConstantName.NATURALS, "数": ConstantName.REALS,
}  # fmt: skip
SIGNS = r"(?:strictly )?positive|negative|non-?\s?negative|non-?\s?positive"
EN = (
    rf"(?:(?:{SIGNS})\s+)?(?:reals?|complex|rationals?|integers?|whole|naturals?)(?:\s+numbers?)?"
    rf"|(?:{SIGNS})(?:\s+numbers?)?"
)
ZH = r"(?:正|负|非负|非正)?(?:实数|复数|有理数|整数|自然数|(?<=[正负])数)"
LETTERS = r"[a-zA-Z](?:\s*(?:[,，、]|and|和)\s*[a-zA-Z])*"
BEHIND = late(
    rf"""[\s,，;]*[(（]?(?:
      (?:over|in|on|for|among|within|with)\s+(?:(?:all|every|each|any|the)\s+)*(?:set\s+of\s+(?:the\s+)?)?
        (?P<en>{EN})(?:\s+(?P<v>[a-zA-Z]))?
    |(?:where|if|when|for|with|given(?:\s+that)?|assuming(?:\s+that)?|and)\s+
        (?P<w>{LETTERS})\s+(?:is\s+|are\s+)?(?:an?\s+)?(?P<is>{EN})
    |(?:在|(?<![的有正负非所部]))(?P<zh>{ZH})(?:范围|集|域)?[内中上]?(?:求?解)?
    |(?:其中)?(?P<x>[a-zA-Z])\s*[为是取](?P<be>{ZH})
    )[)）]?$""",
    re.IGNORECASE | re.VERBOSE,
)
"""The words at the end of a request."""
WITHIN = late(
    rf"(?<![A-Za-z])(?P<en>{EN})\s+(?=(?:solutions?|roots?|zeros?|values?)(?![A-Za-z]))"
    rf"|(?P<of>的\s*)?(?:所有|全部)?(?P<zh>{ZH})(?=解(?!集|析)|根)",
    re.IGNORECASE,
)
"""The words before *solutions*: 求…的正整数解."""
REMARK = late(
    rf"\s*(?P<names>{LETTERS})\s*"
    rf"(?:(?:is|are|be)\s+(?:an?\s+|both\s+)?(?P<en>{EN})|均?[为是](?P<zh>{ZH}))$",
    re.IGNORECASE,
)
"""``a and b are positive integers``."""
APART = r"(?:(?<=[,，;；且])\s*|^\s*)"
LIST = r"(?P<names>[a-zA-Z](?:\s*(?:[,，、]|and|和)\s*[a-zA-Z])+)"
SIGNED = (
    late(
        rf"{APART}(?:两个?)?(?P<zh>(?:正|负|非负|非正)?实数|[正负]数|非[正负]数)\s*(?P<names>{LETTERS})"
        r"\s*(?:满足(?!的)|(?=[,，;；且]|$))"
    ),
    late(rf"{APART}{LIST}\s*(?:均|都|皆)?[为是](?P<zh>{ZH})(?=\s*(?:[,，;；且]|$))"),
    late(
        rf"{APART}{LIST}\s*(?:are|be)\s+(?:both\s+)?(?P<en>{EN})"
        r"(?:\s+(?:with|satisfying|such that)\b|(?=\s*(?:[,;]|and\b|$)))",
        re.IGNORECASE,
    ),
    late(
        rf"{APART}(?:the\s+|two\s+)*(?P<en>{EN})\s+{LIST}\s+(?:that\s+|which\s+)?"
        r"(?:satisfy|satisfying|with|such\s+that)(?![a-z])",
        re.IGNORECASE,
    ),
    late(rf"{APART}{LIST}\s*(?P<op>[<>]=?|[≤≥]|\\[lg](?:eq?|t)(?![a-z]))\s*0(?![\d.])"),
    late(
        rf"{APART}{LIST}\s*(?:∈|\\in(?![a-z]))\s*(?:\\mathbb\s*\{{?R\}}?|R|ℝ)"
        r"\s*(?P<plus>[_^]?\s*(?:\{\s*\+\s*\}|\+)|⁺)?"
    ),
    late(rf"{APART}{LIST}\s*满足(?!的)"),
)
"""What is said of several letters at once: 正数 x, y 满足 …, ``x, y > 0``."""
KIND = late(
    rf"(?P<sign>{SIGNS}|非负|非正|正|负)?\s*(?P<kind>[a-z]+|[\u4e00-\u9fff]+|)", re.IGNORECASE
)


def number_set(sign: str, kind: str) -> Expr:
    """The set that a sign and a kind of numbers name; natural numbers begin with 0."""
    name = KINDS[kind]
    if name is ConstantName.NATURALS:
        name, sign = ConstantName.INTEGERS, sign or "non-negative"
    if name is ConstantName.COMPLEXES or not sign:
        return Constant(name)
    interval = _signed(sign, whole=name is ConstantName.INTEGERS)
    if name is ConstantName.REALS:
        return interval
    return Call("intersection", (interval, Constant(name)))


def _signed(sign: str, *, whole: bool) -> Interval:
    sign = re.sub(r"[\s-]|strictly", "", sign.lower())
    infinity = Constant(ConstantName.INFINITY)
    up = sign in ("positive", "nonnegative", "正", "非负")
    strict = sign in ("positive", "negative", "正", "负")
    end: Expr = Number(Fraction(int(whole and strict)))
    opened = strict and not whole
    if up:
        return Interval(end, infinity, opened, high_open=True)
    high = Neg(end) if whole and strict else end
    return Interval(Neg(infinity), high, low_open=True, high_open=opened)


def _named(hit: re.Match[str]) -> Expr:
    """The set that the words of a match name."""
    words = next(w for n, w in hit.groupdict().items() if w and n in ("en", "is", "zh", "be"))
    found = KIND.match(words.strip())
    assert found is not None
    kind = found["kind"].lower()
    singular = kind if kind in KINDS else kind.removesuffix("s")
    return number_set(found["sign"] or "", singular if singular in KINDS else "real")


def behind(span: Span) -> tuple[Span, Expr, str] | None:
    """The text without the set at its end, the set, and the letter it is about, if said."""
    hit = BEHIND.search(span.text)
    if hit is None or hit.start() == 0:
        return None
    about = hit["v"] or hit["w"] or hit["x"] or ""
    about = about if len(about) == 1 else ""
    return span.cut(span.start, span.start + hit.start()), _named(hit), about


def within(span: Span) -> tuple[Span, Expr] | None:
    """The text with the kind of its solutions blanked out, and their set."""
    hit = WITHIN.search(span.text)
    if hit is None:
        return None
    start, end = span.start + hit.start(), span.start + hit.end()
    kept = "的" if hit["of"] else ""
    source = span.source[:start] + kept.rjust(end - start) + span.source[end:]
    return Span(source, span.start, span.end), _named(hit)


def signed(scan: Scan, span: Span) -> Span:
    """Keep what a clause says of several letters at once; the clause without it."""
    for pattern in SIGNED:
        while (hit := pattern.search(span.text)) is not None:
            said = hit.groupdict()
            if op := said.get("op"):
                up = op[0] in ">≥" or op.startswith(r"\g")
                strict = op in ("<", ">", r"\lt", r"\gt")
                sign = ("" if strict else "non-") + ("positive" if up == strict else "negative")
                _keep(scan, hit["names"], number_set(sign, "real"))
            elif said.get("en") or said.get("zh"):
                _keep(scan, hit["names"], _named(hit))
            elif said.get("plus"):
                _keep(scan, hit["names"], number_set("positive", "real"))
            start, end = span.start + hit.start(), span.start + hit.end()
            source = span.source[:start] + " " * (end - start) + span.source[end:]
            span = Span(source, span.start, span.end)
    return span


def _keep(scan: Scan, names: str, said: Expr) -> None:
    for name in re.findall(r"[A-Za-z]", re.sub(r"\band\b", ",", names)):
        scan.said[name] = said


def remark(scan: Scan, text: str) -> bool:
    """Keep what a clause says about its letters; whether it is such a clause."""
    hit = REMARK.match(text)
    if hit is None:
        return False
    _keep(scan, hit["names"], _named(hit))
    return True


def limited(scan: Scan, requests: list[Request]) -> list[Request]:
    """The requests with what was said about the letters they solve for.

    Raises ``ReadingError`` where it cannot be said so: solutions of another kind would be
    told among those that are wanted.
    """
    if not scan.said:
        return requests
    return [_limited(scan, r) for r in requests]


def _limited(scan: Scan, request: Request) -> Request:
    reals = Constant(ConstantName.REALS)
    about = {n: s for n, s in scan.said.items() if s != reals}
    fixed = {n for d in scan.definitions if not d.name for n in _letters(d.body)}
    if request.task is Task.SIMPLIFY and request.domain is None:
        sets = {scan.said.get(n) for n in request.variables}
        only = next(iter(sets), None)
        return replace(request, domain=only) if len(sets) == 1 and only else request
    told = {n: s for n, s in about.items() if n not in fixed}
    if request.task is Task.SOLVE:
        names = request.variables or tuple(n for o in request.operands for n in symbols(o))
        free = request.domain is None and not fixed & {*about}
        if len(names) == 1 and names[0] in about and free:
            return replace(request, domain=about[names[0]])
        fixed |= {*names, *(n for o in request.operands for n in symbols(o))}
    for name in sorted(fixed & {*about}):
        if isinstance(said := about[name], Interval):
            scan.definitions.insert(0, Definition("", (), _bound(name, said)))
            fixed.discard(name)
    if fixed & {*about}:
        raise scan.error(
            scan.whole(),
            "which kind of number an unknown is can only be said of the one unknown of an equation",
            "只有单个未知数的方程可以限定未知数的数集",
        )
    return request if request.task is Task.SOLVE else _of_letters(scan, request, told)


def _of_letters(scan: Scan, request: Request, about: dict[str, Expr]) -> Request:
    """A request with the set that was said of all its letters; another task than solving may not
    pass over what was said of some."""
    names = {n for o in request.operands for n in symbols(o)} | {*request.variables}
    sets = {about.get(n) for n in names}
    if not names & {*about}:
        return request
    if len(sets) == 1 and request.domain is None:
        return replace(request, domain=sets.pop())
    raise scan.error(
        scan.whole(),
        "which kind of number is meant can only be said of all letters at once here",
        "此处只能对所有字母统一限定数的范围",
    )


def _bound(name: str, said: Interval) -> Expr:
    """``x > 0`` for what is called positive."""
    if said.low == Neg(Constant(ConstantName.INFINITY)):
        op, end = (Comparison.LT if said.high_open else Comparison.LE), said.high
    else:
        op, end = (Comparison.GT if said.low_open else Comparison.GE), said.low
    return Relation(op, Symbol(name), end)


def _letters(body: Expr | Request) -> tuple[str, ...]:
    return () if isinstance(body, Request) else symbols(body)
