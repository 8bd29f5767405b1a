"""Facts of school geometry in words that are equations: a point on a curve, a known root."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.phrases import Phrase, Span
from assistant.maths.reading.requests.productions import Slots
from assistant.maths.reading.scan import Scan
from assistant.maths.terms import (
    Add,
    Bracket,
    Call,
    Collection,
    Comparison,
    Expr,
    Neg,
    Number,
    Relation,
    Symbol,
    symbols,
    transform,
)

Fact = Callable[[Slots], tuple[Expr, ...]]
FACTS: list[tuple[Phrase, Fact]] = []
CURVES = r"(?:反比例|正比例|一次|二次|三次)?(?:函数|抛物线|拋物线|直线|曲线|双曲线|图[象像])"
CURVE_HEAD = re.compile(
    rf"\s*(?:该|此)?(?:{CURVES})(?:的图[象像])?\s*(?:[A-Za-zl](?:_\{{?\d\}}?)?\s*[:：])?\s*"
)
EXCEPT = re.compile(r"\s*[(（]\s*([A-Za-z])\s*(?:≠|!=|\\neq?|\\ne)\s*0\s*[)）]\s*$")
POINT = re.compile(r"(?:点)?\s*[A-Z]?'?\s*([(（][^()（）]*[)）])")
GRAPH = r"(?:的图[象像])?"


def fact(*patterns: str) -> Callable[[Fact], Fact]:
    """Register phrases that state a fact."""

    def register(build: Fact) -> Fact:
        FACTS.extend((Phrase(p), build) for p in patterns)
        return build

    return register


def curve(scan: Scan, span: Span) -> Expr:
    """The right side of ``y = …``, the kind of curve and the letters not zero left away."""
    if head := CURVE_HEAD.match(span.source, span.start, span.end):
        span = span.cut(head.end(), span.end)
    if found := EXCEPT.search(span.text):
        scan.nonzero.add(found[1])
        span = span.cut(span.start, span.start + found.start())
    if not span and scan.curve is not None:
        return scan.curve
    whole = scan.formula(span)
    match whole:
        case Relation(Comparison.EQ, Symbol("y") | Call(_, (Symbol("x"),)), body):
            scan.curve = body
            return body
    raise scan.error(span, "a curve y = … is expected here", "此处应为曲线 y = …")


def points(scan: Scan, span: Span) -> tuple[Collection, ...]:
    """Points with or without names: ``A(-1,0), B(3,0)``."""
    found = []
    rest = POINT.sub("", span.text)
    if re.sub(r"[\s,，、和与及两三点]", "", rest):
        raise scan.error(span, "points like (1, 2) are expected here", "此处应为点的坐标")
    for hit in POINT.finditer(span.source, span.start, span.end):
        value = scan.formula(Span(span.source, hit.start(1), hit.end(1)))
        if not isinstance(value, Collection) or len(value.items) != 2:
            raise scan.error(span, "points like (1, 2) are expected here", "此处应为点的坐标")
        found.append(Collection(Bracket.TUPLE, value.items))
    return tuple(found)


def through(body: Expr, point: Collection) -> Relation:
    """The equation that says a point is on ``y = body``."""
    x, y = point.items
    moved = transform(body, lambda n: x if n == Symbol("x") else n)
    return Relation(Comparison.EQ, moved, y)


def _on(s: Slots, body: Expr) -> tuple[Expr, ...]:
    found = tuple(through(body, p) for p in points(s.scan, s.span("p")))
    if not found:
        raise s.scan.error(s.span("p"), "points like (1, 2) are expected here", "此处应为点的坐标")
    return found


@fact(
    rf"(?:点)?<p>(?:都)?在<e>{GRAPH}上",
    rf"<e>{GRAPH}(?:经过|过|通过)(?:点)?<p>",
    rf"<e>{GRAPH}与 ?[xy] ?轴(?:相)?交于(?:点)?<p>",
    "the (?:graph|curve|line|parabola)(?: of)? <e> (?:passes|goes) through(?: the)?(?: points?)? <p>",
    "(?:the )?points? <p> (?:lies?|is|are) on(?: the)?(?: graph of| curve| line| parabola)? <e>",
)
def _point_on_curve(s: Slots) -> tuple[Expr, ...]:
    return _on(s, curve(s.scan, s.span("e")))


@fact(
    rf"(?:把|将)?<e>{GRAPH}(?:先)?向<d>平移<k>个?单位(?:长度)?后?[,，]?(?:所得|得到)?的?(?:图[象像]|抛物线|直线)?(?:恰好)?(?:经过|过)(?:点)?<p>",
)
def _moved(s: Slots) -> tuple[Expr, ...]:
    body, size, x = curve(s.scan, s.span("e")), s.expr("k"), Symbol("x")
    match s.text("d"):
        case "上":
            body = Add((body, size))
        case "下":
            body = Add((body, Neg(size)))
        case "左" | "右" as side:
            inner = Add((x, size if side == "左" else Neg(size)))
            body = transform(body, lambda n: inner if n == x else n)
        case _:
            raise s.scan.error(s.span("d"), "up, down, left or right", "此处应为上、下、左或右")
    s.scan.curve = body
    return _on(s, body)


@fact(
    r"(?:关于 ?[a-z] ?的)?(?:一元二次|一元一次|分式)?(?:方程)? ?<e>(?:的|有)?(?:一个|其中一个|一)?(?:实数)?(?:根|解)(?:是|为|:)(?:[a-z]\s*=)?<a>",
    "<a>是(?:关于 ?[a-z] ?的)?(?:一元二次|一元一次|分式)?(?:方程)? ?<e>的(?:一个|一)?(?:实数)?(?:根|解)",
    "(?:one root|a root|one solution|a solution)(?: of)?(?: the)?(?: equation)? <e> is <a>",
    "<a> is a (?:root|solution) of(?: the equation)? <e>",
)
def _known_root(s: Slots) -> tuple[Expr, ...]:
    whole = s.scan.formula(s.span("e"))
    value = s.scan.formula(s.span("a"))
    if isinstance(value, Relation):
        value = value.right
    names = symbols(whole)
    if not isinstance(whole, Relation) or "x" not in names or symbols(value):
        raise s.scan.error(s.span("e"), "an equation in x is expected", "此处应为关于 x 的方程")
    return (transform(whole, lambda n: value if n == Symbol("x") else n),)


@fact(
    "<g> is a (?:linear )?factor of(?: the)?(?: polynomial| expression)? <e>",
    "<e> (?:is divisible by|has the factor|has a factor) <g>",
    "<g> ?是(?:多项式)? ?<e> ?的(?:一个)?因式",
    "(?:多项式)? ?<e> ?(?:能被|可以被) ?<g> ?整除",
    "(?:多项式)? ?<e> ?有(?:一个)?因式 ?<g>",
)
def _factor(s: Slots) -> tuple[Expr, ...]:
    """The factor theorem: the zero of ``x - c`` is one of the polynomial."""
    whole = s.scan.expression(s.span("e"))
    match s.scan.expression(s.span("g")):
        case Add((Symbol(name), Neg(value))) if not symbols(value):
            zero: Expr = value
        case Add((Symbol(name), value)) if not symbols(value):
            zero = Neg(value)
        case _:
            raise s.scan.error(
                s.span("g"), "a factor like x - 2 is expected", "此处应为 x - 2 形式的因式"
            )
    if name not in symbols(whole):
        raise s.scan.error(s.span("e"), "a polynomial in this letter is expected", "此处应为多项式")
    at_zero = transform(whole, lambda n: zero if n == Symbol(name) else n)
    return (Relation(Comparison.EQ, at_zero, Number(Fraction(0))),)


def read_fact(scan: Scan, span: Span) -> tuple[Expr, ...] | None:
    """The equations that a clause states; ``None`` if it is no such clause."""
    state = scan.curve, set(scan.nonzero)
    for phrase, build in FACTS:
        for taken in phrase.matches(span):
            scan.spend()
            try:
                return build(Slots(scan, taken))
            except ReadingError:
                scan.curve, scan.nonzero = state[0], set(state[1])
                continue
    return None
