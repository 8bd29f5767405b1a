"""Angles and diagonals of polygons."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.maths import terms as t
from assistant.maths.reading.patterns import Late, late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.stories.asking import value_of, whole
from assistant.maths.reading.stories.text import NUM, Tale, count, number
from assistant.maths.types import Request, Text

SHAPE = r"(?:这个|该|此|某个?|一个|其|它)?(?:的)?(?:正|凸)?(?:多边形|n边形)?(?:的)?"
DEGREES = r"(\d+(?:\.\d+)?)\s*(?:°|度)"
IS = r"(?:的度数)?(?:都|均)?(?:是|为|等于|=)?\s*"
EACH = r"(?:一个|每个|每一个|任意一个)"
SIDES = late(
    rf"{SHAPE}(?:边数n?(?:是|为|等于|=)?(?:多少)?|是(?:正)?(?:几|_*)边形|(?:有|的)?(?:几|多少)条边|是\s*(?=$|_|\())"
)
ASKED = late(
    rf"(?:求|则|那么)?(?:一个|这个|该)?正?({NUM})边形的(?:{EACH}?(内角|外角)(?:的度数)?|(内角和|外角和)|(?:对角线的?(条数|总数)|(?:共有?|有)?对角线))(?:等于|是|为|有)?(?:多少(?:度|条)?)?"
)
FIGURE = late(rf"({NUM})边形")

Fact = Callable[[re.Match[str], t.Expr], tuple[t.Expr, Text]]


def _sum(n: t.Expr) -> t.Expr:
    return t.Mul((t.Add((n, t.Neg(t.integer(2)))), t.integer(180)))


def _said(n: t.Expr, equation: t.Relation, en: str, zh: str) -> tuple[t.Expr, Text]:
    return equation, Text(
        "Let {0} be the number of sides; " + en, "设边数为 {0}，" + zh + "，由题意得", (n,)
    )


EXTERIOR = ("the exterior angles add up to 360 degrees.", "多边形的外角和为 360°")
INTERIOR = ("the interior angles add up to (n - 2) times 180 degrees.", "内角和为 (n-2)·180°")
FACTS: tuple[tuple[Late, Fact], ...] = (
    (
        late(rf"正多边形的?{EACH}外角{IS}{DEGREES}"),
        lambda m, n: _said(n, t.equation(t.Mul((n, number(m[1]))), t.integer(360)), *EXTERIOR),
    ),
    (
        late(rf"(?:正多边形的?{EACH}|多边形的?每(?:一)?个)内角{IS}{DEGREES}"),
        lambda m, n: _said(n, t.equation(_sum(n), t.Mul((n, number(m[1])))), *INTERIOR),
    ),
    (
        late(rf"多边形的?每(?:一)?个外角{IS}{DEGREES}"),
        lambda m, n: _said(n, t.equation(t.Mul((n, number(m[1]))), t.integer(360)), *EXTERIOR),
    ),
    (
        late(rf"多边形的?内角和{IS}{DEGREES}"),
        lambda m, n: _said(n, t.equation(_sum(n), number(m[1])), *INTERIOR),
    ),
    (
        late(rf"多边形的?内角和(?:是|为|等于)?(?:它的?|其)?外角和的({NUM})倍(?:多{DEGREES})?"),
        lambda m, n: _said(
            n,
            t.equation(
                _sum(n),
                t.add(t.Mul((number(m[1]), t.integer(360))), *([number(m[2])] if m[2] else [])),
            ),
            *INTERIOR,
        ),
    ),
    (
        late(rf"多边形的?内角和比(?:它的?|其)?外角和(?:多|大){DEGREES}"),
        lambda m, n: _said(
            n, t.equation(_sum(n), t.Add((t.integer(360), number(m[1])))), *INTERIOR
        ),
    ),
    (
        late(
            r"多边形的?内角和(?:与|和)(?:它的?|其)?外角和相等|多边形的?内角和等于(?:它的?|其)?外角和(?!的)"
        ),
        lambda _, n: _said(n, t.equation(_sum(n), t.integer(360)), *INTERIOR),
    ),
)


def read_polygons(tale: Tale) -> list[Request] | None:
    """The number of sides, or an angle of a polygon with so many sides."""
    if "边形" not in tale.text:
        return None
    tale.text = re.sub(r"^(?:若|如果|已知)", "", tale.text)
    for pattern, fact in FACTS:
        found = tale.take(pattern)
        if found is None:
            continue
        if tale.take(SIDES) is None:
            return None
        name = tale.letter("n")
        n = t.Symbol(name)
        equation, why = fact(found, n)
        least = t.Relation(t.Comparison.GE, n, t.integer(3))
        tale.says(why, equation, keep=(whole(name), least))
        _plain_options(tale)
        return [value_of(n)]
    return _of_given(tale)


def _of_given(tale: Tale) -> list[Request] | None:
    found = tale.take(ASKED)
    if found is None or not 3 <= count(found[1]) <= 100:
        return None
    n = t.integer(count(found[1]))
    degrees = not re.match(r"\s*_*\s*(?:°|度)", tale.text[found.end() :])
    tale.take(r"(?<=\n)\s*_*\s*(?:°|度)")
    if found[2] and "正" not in found.group():
        return None
    match found[2] or found[3]:
        case "内角":
            value: t.Expr = t.Div(_sum(n), n)
        case "外角":
            value = t.Div(t.integer(360), n)
        case "内角和":
            value = _sum(n)
        case "外角和":
            value = t.integer(360)
        case _:
            value = t.Div(t.Mul((n, t.Add((n, t.Neg(t.integer(3)))))), t.integer(2))
            return [value_of(value)]
    del degrees
    return [value_of(value)]


def _plain_options(tale: Tale) -> None:
    """``八边形`` among the options is 8."""
    figures = {k: FIGURE.fullmatch(s.text.lstrip("正")) for k, s in tale.options.items()}
    if figures and all(figures.values()):
        tale.options = {
            k: Span(str(count(f[1])), 0, len(str(count(f[1])))) for k, f in figures.items() if f
        }
