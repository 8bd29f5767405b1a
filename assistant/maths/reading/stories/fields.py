"""Rectangular and square things of Chinese stories: fields, rooms, sheets of paper."""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading.stories.lengths import CHINESE as SIZES
from assistant.maths.reading.stories.quantities import Quantities
from assistant.maths.reading.stories.telling import NUMBER, Hit, Tongues, exact, literal, told
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Text

UNIT = rf"(?P<sq>平方)?(?P<u>{'|'.join(sorted(SIZES, key=len, reverse=True))})"
THINGS = (
    r"(?:菜地|果园|花坛|花圃|草坪|草地|操场|稻田|麦田|田地|地|土地|空地|广场|会议室|教室|客厅|房间|书房|餐厅|卧室|游泳池|水池|池塘"
    r"|喷水池|广告牌|黑板|桌面|玻璃|铁皮|木板|纸片|彩纸|白纸|纸|手帕|桌布|地毯|瓷砖|地砖|方砖|水泥砖|钢板|相框|画|试验田|场地|停车场)"
)
SHAPE = r"(?P<shape>长方形|正方形)"
FIGURE = rf"(?:(?:(?:有|已知)?(?P<article>一)(?:个|块|间|张|片|幅|座|条)(?:{SHAPE}的?)?{THINGS}?|(?:这|该|此)(?:个|块|间|张|片|幅|座|条)?(?:{SHAPE}的?)?{THINGS}?|{SHAPE}(?:的)?{THINGS}?|{THINGS}|它)(?:的|地面|占地)?)"
PART = r"(?P<what>周长|面积|边长|长|宽)"
CHINESE = (
    ("is", rf"{FIGURE}?的?{PART}(?:度)?(?:是|为|有)?\s*(?P<n>{NUMBER})\s*{UNIT}"),
    ("figure", rf"{FIGURE}(?:是{SHAPE}的?)?"),
    ("times", rf"{FIGURE}?的?长是宽的(?P<n>{NUMBER})倍"),
    ("ask", rf"(?:求)?{FIGURE}?的?{PART}(?:度)?(?:是|为|有)?(?:多少|几){UNIT}"),
)  # fmt: skip
PHRASES = Tongues(r"长方形|正方形", CHINESE)
NAMES = {"周长": "perimeter", "面积": "area", "边长": "side", "长": "length", "宽": "width"}
CALLED = {
    "perimeter": Text("the perimeter", "周长"), "area": Text("the area", "面积"),
    "side": Text("the side", "边长"), "length": Text("the length", "长"), "width": Text("the width", "宽"),
}  # fmt: skip
RECTANGLE = Text(
    "The perimeter is twice the sum of length and width, the area their product.",
    "周长 =（长 + 宽）× 2，面积 = 长 × 宽，由题意得",
)
SQUARE = Text(
    "The perimeter is four times the side, the area the side times itself.",
    "周长 = 边长 × 4，面积 = 边长 × 边长，由题意得",
)


def read_fields(tale: Tale) -> list[Request] | None:
    """A side, the perimeter or the area of one rectangle or square."""
    found = told(tale, PHRASES)
    if found is None or sum(len(hit.every("article")) for hit in found) > 1:
        return None
    shapes = {shape for hit in found for shape in hit.every("shape")}
    asked = [hit for hit in found if hit.says == "ask"]
    if len(shapes) != 1 or len(asked) != 1:
        return None
    unit = SIZES[asked[0].one("u")]
    book = Quantities(tale, CALLED)
    if not all(_tell(book, hit, unit) for hit in found):
        return None
    wanted = NAMES[asked[0].one("what")]
    square = shapes == {"正方形"}
    sides = {"side"} if square else {"length", "width"}
    if not {wanted, *book.told} - {"times"} <= {"perimeter", "area", *sides}:
        return None
    if square:
        return _square(book, wanted)
    return _rectangle(book, wanted)


def _square(book: Quantities, wanted: str) -> list[Request] | None:
    if len(book.told) != 1:
        return None
    side, said = book.of("side", "a"), []
    names = {wanted, *book.told}
    if "perimeter" in names:
        said.append(t.equation(book.of("perimeter", "C"), t.Mul((t.integer(4), side))))
    if "area" in names:
        said.append(t.equation(book.of("area", "S"), t.Mul((side, side))))
    return book.requests(SQUARE, said, [wanted])


def _rectangle(book: Quantities, wanted: str) -> list[Request] | None:
    if len(book.told) != 2 or not {"length", "width", "times"} & set(book.told):
        return None
    length, width, said = book.of("length", "a"), book.of("width", "b"), []
    names = {wanted, *book.told}
    if "times" in names:
        said.append(t.equation(length, t.Mul((book.of("times"), width))))
    if "perimeter" in names:
        double = t.Mul((t.integer(2), t.Add((length, width))))
        said.append(t.equation(book.of("perimeter", "C"), double))
    if "area" in names:
        said.append(t.equation(book.of("area", "S"), t.Mul((length, width))))
    return book.requests(RECTANGLE, said, [wanted])


def _tell(book: Quantities, hit: Hit, unit: Fraction) -> bool:
    squared = hit.one("what") == "面积"
    if hit.says in ("is", "ask") and bool(hit.one("sq")) != squared:
        return False
    if hit.says == "times":
        return book.tell("times", literal(hit.one("n")))
    if hit.says != "is":
        return True
    number = literal(hit.one("n"))
    value = None if number is None else exact(number)
    factor = (SIZES[hit.one("u")] / unit) ** (2 if squared else 1)
    if value is None:
        return False
    return book.tell(NAMES[hit.one("what")], number if factor == 1 else t.rational(value * factor))
