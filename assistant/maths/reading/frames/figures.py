"""The figures of school and the words for their quantities."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.frames.frame import Build, frame
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task

AREA = r"area|面积"
PERIMETER = r"perimeter|周长"
VOLUME = r"volume|体积|容积"
SURFACE = r"(?:total )?surface(?: area)?|表面积|全面积"
LATERAL = r"(?:lateral|curved)(?: surface)?(?: area)?|侧面积"
RADIUS = r"radius|半径|底面半径|r"
DIAMETER = r"diameter|直径|底面直径|d"
HEIGHT = r"(?:perpendicular )?height|altitude|高|h"
SIDE = r"sides?(?: lengths?)?|edges?(?: lengths?)?|side length|边长|棱长"
LENGTH, WIDTH = "length|长|l", "width|breadth|宽|w"
BASE_AREA = "base area|area of (?:the |its )?base|底面积"


def _is_angle(value: t.Expr) -> bool:
    """In degrees, or with a π in it: a bare number may be either."""
    pi = t.Constant(t.ConstantName.PI)
    return any(n == pi or (isinstance(n, t.Call) and n.name == "degrees") for n in t.walk(value))


def measured(figure: str) -> Build:
    """The request for one quantity of a figure."""

    def build(scan: Scan, values: dict[str, t.Expr], wanted: str) -> Request | None:
        del scan
        known = {k: v for k, v in values.items() if not t.symbols(v)}
        if " " in wanted or len(known) != len(values) or not known:
            return None
        if "angle" in known and not _is_angle(known["angle"]):
            return None
        return Request(
            task=Task.GEOMETRY,
            topic=topics.MEASURE_OF,
            operands=tuple(known.values()),
            words=(wanted, figure, *known),
        )

    return build


frame("circles?|圆(?![柱锥台心周])",
      {"radius": RADIUS, "diameter": DIAMETER, "area": AREA, "circumference": "circumference|perimeter|周长"},
      measured("circle"))  # fmt: skip
frame("(?:circular )?sectors?|扇形",
      {"radius": "radius|半径|r", "angle": "(?:central )?angle|圆心角|angle at the cent(?:re|er)", "area": AREA,
       "arc": "arc(?: length)?|length of (?:its|the) arc|弧长", "perimeter": PERIMETER},
      measured("sector"))  # fmt: skip
frame("rectangles?|rectangular (?:field|garden|room|plot)|长方形|矩形",
      {"length": LENGTH, "width": WIDTH, "area": AREA, "perimeter": PERIMETER, "diagonal": "diagonals?|对角线",
       "length width": "sides|dimensions|长宽"},
      measured("rectangle"), "length width")  # fmt: skip
frame("squares?|正方形", {"side": SIDE, "area": AREA, "perimeter": PERIMETER, "diagonal": "diagonals?|对角线"},
      measured("square"))  # fmt: skip
frame("equilateral triangles?|等边三角形|正三角形", {"side": SIDE, "area": AREA, "perimeter": PERIMETER, "height": HEIGHT},
      measured("equilateral"))  # fmt: skip
frame(
    "triangles?|三角形",
    {"base": "base|底边?|b", "height": HEIGHT, "area": AREA},
    measured("triangle"),
)
frame(
    "parallelograms?|平行四边形",
    {"base": "base|底边?|b", "height": HEIGHT, "area": AREA},
    measured("parallelogram"),
)
frame("rhombus(?:es)?|rhombi|菱形",
      {"diagonal1 diagonal2": "(?:two )?diagonals|两?条?对角线", "side": SIDE, "area": AREA, "perimeter": PERIMETER, "height": HEIGHT},
      measured("rhombus"))  # fmt: skip
frame("trapez(?:ium|oid)s?|梯形",
      {"base1 base2": "bases|parallel sides|上下底|两底", "base1": "上底|top(?: base)?|upper base", "base2": "下底|bottom(?: base)?|lower base",
       "height": HEIGHT, "area": AREA, "midline": "midline|median|mid-?segment|中位线"},
      measured("trapezium"))  # fmt: skip
frame("ellipse|椭圆", {"semi_major": "semi-?major axis|长半轴", "semi_minor": "semi-?minor axis|短半轴", "area": AREA},
      measured("ellipse"))  # fmt: skip
frame("cubes?|正方体|立方体", {"side": SIDE, "volume": VOLUME, "surface": SURFACE, "diagonal": "(?:space )?diagonals?|体对角线|对角线"},
      measured("cube"))  # fmt: skip
frame("cuboids?|rectangular (?:prism|box|solid|tank)s?|box|长方体",
      {"length": LENGTH, "width": WIDTH, "height3": HEIGHT, "volume": VOLUME, "surface": SURFACE, "base_area": BASE_AREA,
       "diagonal": "(?:space )?diagonals?|体对角线|对角线", "length width height3": "dimensions|edges|长宽高|长[、,，]宽[、,，]高|棱长"},
      measured("cuboid"), "length width height3")  # fmt: skip
SOLID = {"radius": RADIUS, "diameter": DIAMETER, "height": HEIGHT, "volume": VOLUME, "lateral": LATERAL,
         "surface": SURFACE, "base_area": BASE_AREA, "base_circumference": "底面周长|(?:base )?circumference"}  # fmt: skip
frame("(?:right )?(?:circular )?cylinders?|圆柱体?", SOLID, measured("cylinder"))
frame(
    "(?:right )?(?:circular )?cones?|圆锥体?",
    SOLID | {"slant": "slant(?: height)?|母线"},
    measured("cone"),
)
frame("spheres?|balls?|球体?", {"radius": "radius|半径|r", "diameter": "diameter|直径", "volume": VOLUME, "surface": SURFACE},
      measured("sphere"))  # fmt: skip
frame("(?:triangular |right )?prisms?|[三四]?棱柱", {"base_area": BASE_AREA, "height": HEIGHT, "volume": VOLUME},
      measured("prism"))  # fmt: skip
frame("(?:square |triangular )?pyramids?|[三四]?棱锥", {"base_area": BASE_AREA, "height": HEIGHT, "volume": VOLUME},
      measured("pyramid"))  # fmt: skip

# polygons ------------------------------------------------------------------------------

SIDED = {
    3: "triangle|三角形", 4: "quadrilateral|四边形", 5: "pentagon|五边形", 6: "hexagon|六边形",
    7: "heptagon|七边形", 8: "octagon|八边形", 9: "nonagon|九边形", 10: "decagon|十边形",
    12: "dodecagon|十二边形",
}  # fmt: skip
POLYGON = "|".join(f"{w}s?" for words in reversed(SIDED.values()) for w in words.split("|"))


def _polygon(scan: Scan, values: dict[str, t.Expr], wanted: str) -> Request | None:
    """The angles in degrees as plain numbers; the count of sides from the polygon's name."""
    named = [
        n
        for n, words in SIDED.items()
        if re.search(rf"(?<!十)(?:{words})", scan.source, re.IGNORECASE)
    ]
    if named and "sides" not in values:
        values = {"sides": t.integer(named[0]), **values}
    regular = re.search(r"regular|正|equal", scan.source, re.IGNORECASE)
    one_angle = {"interior", "exterior"} & {*values, wanted}
    if len(named) > 1 or len(values) != 1 or (one_angle and not regular
            and not re.search(r"每|each|every", scan.source)):  # fmt: skip
        return None
    plain = {
        k: v.args[0] if isinstance(v, t.Call) and v.name == "degrees" else v
        for k, v in values.items()
    }
    return Request(task=Task.GEOMETRY, topic=topics.MEASURE_OF, operands=tuple(plain.values()),
                   words=(wanted, "polygon", *plain))  # fmt: skip


frame(rf"(?:regular |convex |正)?(?:polygons?|正?(?:凸)?多边形|{POLYGON})",
      {"angle_sum": "sum of (?:the |its |all )*(?:measures of )?(?:the )?(?:interior |internal )?angles|(?:interior )?angle sum|内角和",
       "interior": "(?:interior|internal) angles?|内角(?!和)(?:的度数)?", "exterior": "(?:exterior|external) angles?|外角(?!和)(?:的度数)?",
       "sides": "(?:number of )?sides|边数|边", "diagonals": "(?:number of )?diagonals|对角线(?:的?条数)?"},
      _polygon)  # fmt: skip
