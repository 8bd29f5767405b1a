"""One figure or solid thing of which some measures are told: a field, a room, a box, a wire frame."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading.stories.figures_phrases import NAMES, PHRASES, SHAPES
from assistant.maths.reading.stories.lengths import METRES
from assistant.maths.reading.stories.quantities import Quantities
from assistant.maths.reading.stories.telling import Hit, exact, literal, told
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Text

Law = Callable[[Quantities], t.Expr]
"""What a measure is of the sides."""
CALLED = {
    "perimeter": Text("the perimeter", "周长"), "area": Text("the area", "面积"),
    "side": Text("the side", "边长"), "length": Text("the length", "长"), "width": Text("the width", "宽"),
    "height": Text("the height", "高"), "base": Text("the base", "底"), "upper": Text("one parallel side", "上底"),
    "lower": Text("the other parallel side", "下底"), "edge": Text("the edge", "棱长"),
    "volume": Text("the volume", "体积"), "surface": Text("the surface area", "表面积"),
    "floor": Text("the area of the base", "底面积"), "edges": Text("all edges together", "棱长总和"),
}  # fmt: skip
DIMENSION = {"area": 2, "surface": 2, "floor": 2, "volume": 3}
"""Of a measure; all others are lengths."""
CUBES = {"升": "分米", "毫升": "厘米"}
"""Units of volume, and the edges of their cubes."""
FEET = {"inch": "1/12", "inche": "1/12", "foot": "1", "feet": "1", "ft": "1", "yard": "3", "mile": "5280"}  # fmt: skip
SIZES = {**METRES, **{name: Fraction(size) for name, size in FEET.items()}, "unit": Fraction(1)}
"""Lengths in metres or, in the other system, in feet; one story tells of one of them."""


@dataclass(frozen=True)
class Shape:
    """The sides of a shape, its laws, and the law in words."""

    sides: tuple[str, ...]
    laws: dict[str, Law]
    why: Text


def _times(*parts: str, factor: Fraction = Fraction(1)) -> Law:
    def law(book: Quantities) -> t.Expr:
        values = tuple(book.of(part, *LETTERS.get(part, "x")) for part in parts)
        return t.Mul(values if factor == 1 else (t.rational(factor), *values))

    return law


def _sum(factor: int, *parts: str) -> Law:
    def law(book: Quantities) -> t.Expr:
        return t.Mul(
            (t.integer(factor), t.Add(tuple(book.of(p, *LETTERS.get(p, "x")) for p in parts)))
        )

    return law


def _trapezium(book: Quantities) -> t.Expr:
    ends = t.Add((book.of("upper", "a"), book.of("lower", "b")))
    return t.Div(t.Mul((ends, book.of("height", "h"))), t.integer(2))


def _surface(tops: int) -> Law:
    def law(book: Quantities) -> t.Expr:
        a, b, h = (book.of(name, *LETTERS[name]) for name in ("length", "width", "height"))
        walls = t.Mul((t.integer(2), t.Add((t.Mul((a, h)), t.Mul((b, h))))))
        return t.Add((t.Mul((a, b)) if tops == 1 else t.Mul((t.integer(2), a, b)), walls))

    return law


LETTERS = {
    "perimeter": "C", "area": "S", "volume": "V", "surface": "S", "floor": "S", "edges": "L", "side": "a",
    "edge": "a", "length": "a", "width": "b", "height": "h", "base": "a", "upper": "a", "lower": "b",
}  # fmt: skip
HALF = Fraction(1, 2)
FORMS = {
    "rectangle": Shape(
        ("length", "width"),
        {"perimeter": _sum(2, "length", "width"), "area": _times("length", "width")},
        Text("The perimeter is twice the sum of length and width, the area their product.",
             "周长 =（长 + 宽）× 2，面积 = 长 × 宽，由题意得"),
    ),
    "square": Shape(
        ("side",),
        {"perimeter": _times("side", factor=Fraction(4)), "area": _times("side", "side")},
        Text("The perimeter is four times the side, the area the side times itself.",
             "周长 = 边长 × 4，面积 = 边长 × 边长，由题意得"),
    ),
    "triangle": Shape(
        ("base", "height"),
        {"area": _times("base", "height", factor=HALF)},
        Text("The area of a triangle is half of base times height.", "三角形的面积 = 底 × 高 ÷ 2，由题意得"),
    ),
    "parallelogram": Shape(
        ("base", "height"),
        {"area": _times("base", "height")},
        Text("The area of a parallelogram is base times height.", "平行四边形的面积 = 底 × 高，由题意得"),
    ),
    "trapezium": Shape(
        ("upper", "lower", "height"),
        {"area": _trapezium},
        Text("The area of a trapezium is half the sum of its parallel sides, times the height.",
             "梯形的面积 =（上底 + 下底）× 高 ÷ 2，由题意得"),
    ),
    "cuboid": Shape(
        ("length", "width", "height"),
        {"volume": _times("length", "width", "height"), "surface": _surface(2), "floor": _times("length", "width"),
         "edges": _sum(4, "length", "width", "height")},
        Text("Of a box: volume = length × width × height; the surface is that of its six faces.",
             "长方体的体积 = 长 × 宽 × 高，表面积是六个面的面积之和，由题意得"),
    ),
    "cube": Shape(
        ("edge",),
        {"volume": _times("edge", "edge", "edge"), "surface": _times("edge", "edge", factor=Fraction(6)),
         "floor": _times("edge", "edge"), "edges": _times("edge", factor=Fraction(12))},
        Text("Of a cube: twelve equal edges, six equal faces; the volume is the third power of the edge.",
             "正方体有 12 条相等的棱、6 个相等的面，体积 = 棱长 × 棱长 × 棱长，由题意得"),
    ),
}  # fmt: skip
SHEET = Text(
    "Without a lid, the surface is that of five faces.", "无盖，表面积只有五个面，由题意得"
)
UPRIGHT = re.compile(
    r"(?:窗户|窗|玻璃|黑板|教室|会议室|客厅|房间|卧室|书房|餐厅|操场|课桌|桌面|篮球场|足球场|铁皮|广告牌|相框|地砖|瓷砖|手帕|\b(?:room|classroom|bedroom|kitchen|window|wall|blackboard|rug|carpet|sheet|poster))$"
)
"""Things that are rectangles where nothing else is said of them."""
ROUND = {"rectangle": "perimeter", "square": "perimeter", "cuboid": "edges", "cube": "edges"}
"""What a wire or a fence is long that goes round a figure, or makes the frame of a solid."""


def read_figures(tale: Tale) -> list[Request] | None:
    """A side, the perimeter, the area, the surface or the volume of one figure."""
    found = told(tale, PHRASES)
    if found is None or sum(len(hit.every("article")) for hit in found) > 1:
        return None
    shapes = {SHAPES[s.lower().removeprefix("直角")] for hit in found for s in hit.every("shape")}
    if not shapes and _upright(found):
        shapes = {"rectangle"}
    asked = [hit for hit in found if hit.says.startswith("ask")]
    if len(asked) != 1 or any(hit.one("right") for hit in found) or not _one_thing(found):
        return None
    deep = any(_part(hit) in ("height", "volume") for hit in found)
    if shapes == {"rectangle"} and deep and not {"height"}.isdisjoint(map(_part, found)):
        shapes = {"cuboid"}  # a rectangular pool, so long, so wide, so deep
    shape = FORMS.get(shapes.pop()) if len(shapes) == 1 else None
    units = _units(found, asked[0])
    if shape is None or units is None:
        return None
    return _asked(Figure(Quantities(tale, CALLED), shape, units), found, asked[0])


@dataclass
class Figure:
    """A figure that is being read."""

    book: Quantities
    shape: Shape
    unit: Fraction
    """In which all is reckoned."""

    def knows(self, name: str) -> bool:
        """Whether the shape has such a measure."""
        return name in self.shape.sides or name in self.shape.laws

    def of(self, name: str) -> t.Expr:
        """A measure, by its letter where it is not told."""
        return self.book.of(name, *LETTERS[name])

    def size(self, number: str, hit: Hit, name: str) -> t.Expr | None:
        """A number with its unit, in the unit of the figure."""
        value = literal(number)
        exactly = None if value is None else exact(value)
        unit, power = _unit(hit), _power(hit)
        if exactly is None or unit is None or power != DIMENSION.get(name, 1):
            return None
        factor = (SIZES[unit] / self.unit) ** power
        return value if factor == 1 else t.rational(exactly * factor)


def _one_thing(found: list[Hit]) -> bool:
    """Whether all names of things may mean the same, and of the same owner: a brick, a tile of brick."""
    names = {name.lower() for hit in found for name in hit.every("thing")}
    if len({owner for hit in found for owner in hit.every("whose")}) > 1:
        return False
    longest = max(names, key=len, default="")
    if longest.isascii():
        return all(f" {longest}".endswith(f" {name}") for name in names)
    return all(longest.endswith(name) or longest.startswith(name) for name in names)


def _upright(found: list[Hit]) -> bool:
    """Whether length and width are told of what is made with right angles, as a classroom is."""
    names = {name for hit in found for name in hit.every("thing")}
    parts = {_part(hit) for hit in found if hit.says in ("is", "times", "more")}
    return bool(names) and all(map(UPRIGHT.search, names)) and {"length", "width"} <= parts


def _part(hit: Hit) -> str:
    return NAMES.get(hit.one("what").lower(), "")


def _unit(hit: Hit) -> str | None:
    unit = hit.one("u").lower()
    unit = CUBES.get(unit, unit)
    return next((one for one in (unit, unit.rstrip("s")) if one in SIZES), None)


def _power(hit: Hit) -> int:
    said = f"{hit.one('dim')}{hit.one('raised')}".lower()
    if hit.one("u") in CUBES or any(mark in said for mark in ("立方", "cubic", "3")):
        return 3
    return 2 if any(mark in said for mark in ("平方", "sq", "²", "2")) else 1


def _units(found: list[Hit], asked: Hit) -> Fraction | None:
    """The unit that is asked for, or the one in which all is told; ``None`` where that is not one."""
    named = {unit for hit in found if hit.one("u") and (unit := _unit(hit))}
    systems = {unit in METRES for unit in named}
    wanted = _unit(asked) if asked.one("u") else None
    if len(systems) != 1 or (wanted is None and len(named) != 1):
        return None
    return SIZES[wanted or named.pop()]


def _asked(figure: Figure, found: list[Hit], asked: Hit) -> list[Request] | None:
    shape, book = figure.shape, figure.book
    opened = any(hit.one("open") for hit in found)
    name = next(one for one, form in FORMS.items() if form is shape)
    if opened and name != "cuboid":
        return None
    wanted = {"ask_around": ROUND.get(name, ""), "ask_sheet": "surface"}.get(
        asked.says, _part(asked)
    )
    equations: list[t.Expr] = []
    for hit in sorted(found, key=lambda hit: hit.says in RELATIONS):
        if hit is not asked and not _tell(figure, hit, name, equations):
            return None
    if (
        not figure.knows(wanted)
        or wanted in book.told
        or (asked.says == "ask_around" and wanted == "edges")
    ):
        return None
    if asked.one("u") and _power(asked) != DIMENSION.get(wanted, 1):
        return None
    if opened and not {wanted, *book.told} <= {"surface", "volume", "floor", *shape.sides}:
        return None
    why = shape.why
    flat = "floor" in {*book.told, wanted} and "volume" in {*book.told, wanted}
    flat = flat and name == "cuboid" and not {"length", "width"} & set(book.told)
    """Whether the floor stands for length and width."""
    for law in sorted({*book.told, wanted} & set(shape.laws)):
        if law == "floor" and flat:
            continue
        value = shape.laws[law](book)
        if law == "surface" and opened:
            value, why = _surface(1)(book), SHEET
        if law == "volume" and flat:
            value = t.Mul((figure.of("floor"), figure.of("height" if name == "cuboid" else "edge")))
        equations.append(t.equation(figure.of(law), value))
    return book.requests(why, equations, [wanted])


RELATIONS = frozenset(("times", "more", "ratio"))
"""Of two sides: what one of them is may be told later."""


def _tell(figure: Figure, hit: Hit, name: str, equations: list[t.Expr]) -> bool:
    book, part, other = figure.book, _part(hit), NAMES.get(hit.one("other").lower(), "")
    match hit.says:
        case "is":
            return figure.knows(part) and book.tell(part, figure.size(hit.one("n"), hit, part))
        case "wire":
            around = ROUND.get(name, "")
            framed = bool(hit.one("frame")) == (around == "edges")
            return (
                bool(around)
                and framed
                and book.tell(around, figure.size(hit.one("n"), hit, around))
            )
        case "figure":
            return True
    if part not in figure.shape.sides or other not in figure.shape.sides or part == other:
        return False
    left, right = figure.of(part), figure.of(other)
    if hit.says == "ratio":
        one, two = literal(hit.one("n")), literal(hit.one("k"))
        if one is None or two is None or not exact(one) or not exact(two):
            return False
        equations.append(t.equation(t.Mul((two, left)), t.Mul((one, right))))
        return True
    factor = _factor(hit.one("n")) if hit.one("n") else t.integer(1)
    step = figure.size(hit.one("k"), hit, part) if hit.one("k") else t.integer(0)
    if factor is None or step is None:
        return False
    grown = t.Mul((factor, right)) if hit.one("n") else right
    if hit.one("k"):
        less = hit.one("more").lower() in ("少", "短", "小", "less", "shorter", "smaller")
        grown = t.add(grown, t.Neg(step) if less else step)
    equations.append(t.equation(left, grown))
    return True


def _factor(said: str) -> t.Expr | None:
    said = said.lower().removesuffix(" times")
    if said in ("twice", "half"):
        return t.integer(2) if said == "twice" else t.Div(t.integer(1), t.integer(2))
    return literal(said)
