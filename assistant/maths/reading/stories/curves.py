"""Curves with named points: what is said clause by clause about ``y = …``, and what is asked.

``f(h + 1) = f(h - 1)`` says that a parabola has its axis at ``h``: no coefficient need be
named for that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.text import Tale, number, positive
from assistant.maths.types import Request, Task, Text

KIND = r"(?:二次函数|一次函数|正比例函数|反比例函数|函数|抛物线|直线|双曲线|曲线)"
NAME = r"(?:[A-Zl](?:_\{?\d\}?|\d)?)"
POINT = rf"(?:点)?({NAME}'?)?\s*\(([^(),&]+),([^(),&]+)\)"
ONE = re.compile(POINT)
POINTS = rf"((?:点)?{NAME}?'?\s*\([^(),&]+,[^(),&]+\)(?:&(?:点)?{NAME}?'?\s*\([^(),&]+,[^(),&]+\))*)(?:这?[两三]个?点)?"
BODY = r"([^\u4e00-\u9fff,;:?]+?)"
SUBJECT = rf"(?:且|并且|已知|若|它|其|该|此|这个|这条)*(?:{KIND})?(?:{NAME})?(?:的)?(?:图象|顶点)?(?:恰好|都|分别)?"
INTRO = late(
    rf"(?:在平面直角坐标系(?:xOy)?中,?)?(?:如图\d?,?)?(?:已知|若|设|如果)?(?:{KIND})?(?:的)?(?:关系式|解析式)?\s*({NAME})?\s*:?\s*([a-zA-Z])\s*=\s*{BODY}(?=[\u4e00-\u9fff,;?]|\.?\s*$|\.\s|\.(?=[\u4e00-\u9fff]))(?:的图象|的)?"
)
NONZERO = late(r"\(\s*([a-z])\s*(?:≠|\\neq?|!=)\s*0\s*\)")
CONSTANTS = late(
    r"[(,]?\s*其中[a-z](?:[,、][a-z])*(?:为|是)(?:常数)(?:,且[a-z]\s*[>≥<≠]\s*[-\d]+)?\s*\)?"
)
JOIN = late(rf"(?<=\))\s*[,、和与及]\s*(?=(?:点)?{NAME}?'?\s*\([^()]*\)(?!\s*(?:都|均)?在))")
AXIS_NAMES = late(
    rf"{SUBJECT}与\s*[xy]\s*轴(?:的(?:一个|两个)?交点(?:分别)?(?:为|是)|(?:分别)?(?:相)?交于)(?:点)?\s*({NAME}(?:\s*[、,和与]\s*{NAME})*)\s*(?:两点)?"
)
SPLIT = late(r"(?:[,;?]|\.(?!\d))(?![^()]*\))")
ASK = late(
    r"(?:请|试|直接|则|那么|求|求出|写出|确定|解答下列问题|:|\(\d\))*(.+?)(?:是|为|=|等于)?(?:多少)?\s*(?:_*|\(\s*\))\s*$"
)
WANT_CURVE = late(rf"(?:该|此|这个|这条|其|它)?的?{KIND}?的?(?:函数)?(?:解析式|表达式|关系式)")
WANT_VERTEX = late(rf"(?:该|此|这个|这条|其|它)?的?{KIND}?(?:图象)?的?顶点(?:{NAME})?的?坐标")
WANT_AXIS = late(rf"(?:该|此|这个|这条|其|它)?的?{KIND}?(?:图象)?的?对称轴")
WANT_LETTERS = late(r"([a-z](?:\s*[,、和与]\s*[a-z])*)(?:的值)?")
WANT_POINT = late(rf"点({NAME}'?)的坐标")


@dataclass
class Curve:
    """``value = body`` in the variable ``by``."""

    body: t.Expr
    by: str = "x"

    def at(self, place: t.Expr) -> t.Expr:
        """The body with another formula for its variable."""
        return t.substitute(self.body, self.by, place)

    def axis_at(self, place: t.Expr) -> t.Relation:
        """The axis of the parabola is at a place."""
        one = t.integer(1)
        return t.equation(self.at(t.Add((place, one))), self.at(t.Add((place, t.Neg(one)))))


@dataclass
class Sketch:
    """What has been said up to now."""

    tale: Tale
    curves: list[Curve] = field(default_factory=list)
    facts: list[t.Expr] = field(default_factory=list)
    keep: list[t.Expr] = field(default_factory=list)
    on_curve: dict[str, Curve] = field(default_factory=dict)
    vertex: dict[str, Curve] = field(default_factory=dict)

    def formula(self, text: str) -> t.Expr:
        """A formula of the story."""
        return self.tale.formula(text.strip())

    def through(self, curve: Curve, points: str) -> None:
        """The curve goes through points."""
        for _, x, y in ONE.findall(points):
            self.facts.append(t.equation(curve.at(self.formula(x)), self.formula(y)))


def read_curves(tale: Tale) -> list[Request] | None:
    """The requests about the curves of a text that was understood clause by clause."""
    if not re.search(r"[a-zA-Z]\s*=", tale.text) or not re.search(KIND, tale.text):
        return None
    sketch = Sketch(tale)
    text = CONSTANTS.sub("", tale.text)
    for found in NONZERO.finditer(text):
        sketch.keep.append(t.Relation(t.Comparison.NE, t.Symbol(found[1]), t.integer(0)))
    text = JOIN.sub("&", NONZERO.sub("", text))
    clauses = [c.strip() for c in SPLIT.split(text)]
    clauses = [c for c in clauses if c]
    for n, clause in enumerate(clauses):
        if not _fact(sketch, clause):
            return _asked(sketch, clauses[n:])
    return None


def _fact(sketch: Sketch, clause: str) -> bool:
    """Whether a clause is understood as a fact."""
    rest = clause
    if intro := INTRO.match(clause):
        if intro[2] != "y":
            return False
        body = sketch.formula(intro[3])
        if isinstance(body, t.Relation | t.Junction):
            return False
        sketch.curves.append(Curve(body))
        rest = clause[intro.end() :].lstrip()
        if not rest:
            return True
    elif re.fullmatch(r"如图\d?|在平面直角坐标系(?:xOy)?中|请?解答下列问题:?", clause):
        return True
    return bool(sketch.curves) and any(rule(sketch, sketch.curves[-1], rest) for rule in RULES)


def _through(sketch: Sketch, curve: Curve, text: str) -> bool:
    found = re.fullmatch(
        rf"{SUBJECT}(?:(?:经过|过|通过)|与\s*[xy]\s*轴(?:的(?:一个|两个)?交点(?:坐标)?(?:分别)?(?:为|是)|(?:分别)?(?:相)?交于)|上有一?点)\s*{POINTS}",
        text,
    )
    if found:
        sketch.through(curve, found[1])
    return bool(found)


def _axis_names(sketch: Sketch, curve: Curve, text: str) -> bool:
    found = AXIS_NAMES.fullmatch(text)
    if found:
        names = re.findall(NAME, found[1])
        sketch.on_curve.update(dict.fromkeys(names, curve))
    return bool(found)


def _named_point(sketch: Sketch, curve: Curve, text: str) -> bool:
    del curve
    found = re.fullmatch(
        rf"(?:其中|若|且|已知)?点?\s*({NAME})\s*(?:的坐标)?(?:为|是)?\s*\(([^()]+)\)", text
    )
    if not found or found[1] not in sketch.on_curve:
        return False
    sketch.through(sketch.on_curve[found[1]], f"({found[2]})")
    return True


def _point_on(sketch: Sketch, curve: Curve, text: str) -> bool:
    found = re.fullmatch(
        rf"(?:若|且|已知|如果)*{POINTS}(?:都|均)?在(?:该|此|这个)?(?:{KIND})?(?:的)?(?:图象)?上",
        text,
    )
    if found:
        sketch.through(curve, found[1])
    return bool(found)


def _vertex(sketch: Sketch, curve: Curve, text: str) -> bool:
    found = re.fullmatch(
        rf"{SUBJECT}的?顶点(?:坐标)?(?:为|是)?(?:点)?\s*({NAME})?\s*(\([^()]+\))?", text
    )
    if not found or not (found[1] or found[2]):
        return False
    if found[1]:
        sketch.vertex[found[1]] = curve
    if found[2]:
        point = ONE.fullmatch(found[2])
        if point is None:
            return False
        sketch.through(curve, found[2])
        sketch.facts.append(curve.axis_at(sketch.formula(point[2])))
    return True


def _axis(sketch: Sketch, curve: Curve, text: str) -> bool:
    found = re.fullmatch(rf"{SUBJECT}的?对称轴(?:为|是)?(?:直线)?\s*x\s*=\s*{BODY}", text)
    if found:
        sketch.facts.append(curve.axis_at(sketch.formula(found[1])))
    return bool(found)


def _at_value(sketch: Sketch, curve: Curve, text: str) -> bool:
    found = re.fullmatch(
        r"(?:且|并且)?当?\s*x\s*=\s*([^,=]+?)\s*时\s*,?\s*(?:y|函数值)\s*(?:=|为|是)\s*([^,=]+)",
        text,
    )
    if found:
        sketch.through(curve, f"({found[1]},{found[2]})")
    return bool(found)


RULES = (_through, _axis_names, _named_point, _point_on, _vertex, _axis, _at_value)


def _asked(sketch: Sketch, clauses: list[str]) -> list[Request] | None:
    """The last clauses are questions, every one understood."""
    if not sketch.curves:
        return None
    found: list[Request] = []
    for clause in clauses:
        asked = ASK.fullmatch(clause)
        if asked is None:
            return None
        for part in _parts(asked[1]):
            request = _request(sketch, part)
            if request is None:
                return None
            found.extend(request)
    if sketch.facts:
        why = Text(
            "Every fact about the curve is an equation for its letters.",
            "把已知条件代入函数解析式，得",
        )
        sketch.tale.says(why, *sketch.facts, keep=tuple(sketch.keep))
        for name in {n for f in sketch.facts for n in t.symbols(f)}:
            sketch.tale.scan.names.add(name)
    sketch.tale.text = ""
    return found


def _parts(text: str) -> list[str]:
    """Several things asked at once: ``a 的值和点 Q 的坐标``."""
    if WANT_LETTERS.fullmatch(text):
        return [text]
    return [
        p
        for p in re.split(
            r"(?<=[值标式轴])\s*(?:和|与|及|以及|、|并)\s*(?:直接)?(?:求|写出)?", text
        )
        if p
    ]


def _request(sketch: Sketch, text: str) -> list[Request] | None:
    curve = sketch.curves[-1] if len(sketch.curves) == 1 else None
    if (named := WANT_POINT.fullmatch(text)) and named[1] in sketch.vertex:
        return [_vertex_of(sketch.vertex[named[1]])]
    if letters := WANT_LETTERS.fullmatch(text):
        names = re.findall(r"[a-z]", letters[1])
        known = {n for f in sketch.facts for n in t.symbols(f)}
        return [value_of(t.Symbol(n)) for n in names] if set(names) <= known else None
    if curve is None:
        return None
    if WANT_CURVE.fullmatch(text):
        return [Request(task=Task.SIMPLIFY, topic=topics.CURVE, operands=(curve.body,))]
    if WANT_VERTEX.fullmatch(text):
        return [_vertex_of(curve)]
    if WANT_AXIS.fullmatch(text):
        return [
            Request(task=Task.FUNCTION, topic=topics.AXIS, operands=(curve.body,), variables=("x",))
        ]
    return None


def _vertex_of(curve: Curve) -> Request:
    return Request(
        task=Task.FUNCTION, topic=topics.VERTEX, operands=(curve.body,), variables=(curve.by,)
    )


# a formula for a height ------------------------------------------------------------------

LAW = late(
    r"([a-zA-Z])\s*(?:\(\s*(?:单位:)?(?:m|米)\s*\))?(?:与[^,.;\n]*?([a-z])\s*(?:\(\s*(?:单位:)?(?:s|秒)\s*\))?[^,.;\n]{0,6}?)?(?:之间)?(?:近似)?(?:的)?(?:函数)?(?:满足|是|为)(?:的)?(?:函数)?(?:关系式|关系|解析式)?(?:是|为)?:?\s*\1\s*=\s*([^\u4e00-\u9fff,;.]+(?:\.\d[^\u4e00-\u9fff,;.]*)*)"
)
MEANING = late(
    r"(?:其中)?([a-z](?:_\{?\d\}?)?)\s*(?:\(\s*[^()]*\))?(?:是|为|表示)[^,.;\n]*?(时间|速度|高度)"
)
BODY_OF = r"(?:小球|物体|球|炮弹|烟花|火箭|石块|它)?"
WANT_TIME = late(
    rf"{BODY_OF}(?:被)?(?:发射|抛出|运动|飞行)?(?:后)?\s*(?:_+|多少|几)?\s*(?:s|秒)\s*(?:时|后)?,?(?:{BODY_OF}离地面的)?高度(?:达到)?(?:最大|最高)(?:\(用含\s*[a-z](?:_\{{?\d\}}?)?\s*的(?:代数式|式子)表示\))?"
    rf"|{BODY_OF}(?:运动|飞行|上升)?到(?:达)?最高点(?:所)?(?:需要?的?|用的?)时间(?:是|为)?\s*(?:多少秒?|_*\s*(?:s|秒))?"
)
HIGHEST = late(
    r"(?:若|如果)?(?:小球|物体|球|炮弹|烟花|石块|它)?(?:离地面)?(?:的)?最大高度(?:为|是)\s*(\d+(?:\.\d+)?)\s*(?:m|米)"
)
WANT_SPEED = late(r"求?(?:小球|物体|球|炮弹|石块)?(?:被)?(?:发射|抛出)时的(?:初)?速度")
WANT_HIGHEST = late(
    r"求?(?:小球|物体|球|炮弹|烟花|石块|它)?(?:离地面|飞行)?的?最大高度(?:是|为)?(?:多少)?(?:_*\s*(?:m|米))?"
)
WANT_GROUND = late(
    r"(?:求)?(?:小球|物体|球|炮弹|石块|它)从?(?:被)?(?:发射|抛出|飞出)到(?:落地|落回地面)(?:共)?(?:所?用的?时间|需要?_*\s*(?:s|秒))(?:是|为)?(?:多少)?"
)


def read_height(tale: Tale) -> list[Request] | None:
    """The height of a thing that was thrown, told as a formula in the time."""
    law = tale.take(LAW)
    if law is None or "高度" not in tale.text + law[0]:
        return None
    body = tale.formula(law[3])
    meanings = {m[1].replace("{", "").replace("}", ""): m[2] for m in tale.take_all(MEANING)}
    times = [n for n, what in meanings.items() if what == "时间"] or [law[2] or "t"]
    if len(times) != 1 or times[0] not in t.symbols(body):
        return None
    curve = Curve(body, times[0])
    found = _about_height(tale, curve, law[3], meanings)
    tale.take_all(r"(?<=\n)的函数|(?:离地面的)高度(?=\n)|\(\d\)|的物体|物体(?=离)|从地面(?=竖直)")
    tale.take_all(r"\(\s*(?:m|s|m\s*/\s*s|米|秒)\s*\)|(?:\)|\()")
    return found


def _about_height(
    tale: Tale, curve: Curve, law: str, meanings: dict[str, str]
) -> list[Request] | None:
    others = [n for n in t.symbols(curve.body) if n != curve.by]
    axis = Request(
        task=Task.SOLVE, operands=(curve.axis_at(t.Symbol(curve.by)),), variables=(curve.by,)
    )
    if high := tale.take(HIGHEST):
        if tale.take(WANT_SPEED) is None or len(others) != 1 or meanings.get(others[0]) != "速度":
            return None
        place, speed = t.Symbol(curve.by), others[0]
        height = number(high[1])
        why = Text(
            "At the highest point the heights a second before and after are equal.",
            "在最高点处，前后相同时间的高度相等，且高度为最大值，得",
        )
        tale.says(
            why,
            t.equation(curve.body, height),
            curve.axis_at(place),
            keep=(positive(speed), positive(curve.by)),
        )
        tale.scan.names.update((speed, curve.by))
        return [value_of(t.Symbol(speed))]
    falls = rf"-\s*[\d./]*(?:\\frac\{{\d+\}}\{{\d+\}})?\s*{curve.by}\s*\^\s*(?:2|\{{2\}})"
    if not re.search(falls, law):
        return None
    if tale.take(WANT_TIME):
        return [axis]
    if others:
        return None
    if tale.take(WANT_HIGHEST):
        return [
            Request(
                task=Task.FUNCTION,
                topic=topics.MAXIMUM,
                operands=(curve.body,),
                variables=(curve.by,),
            )
        ]
    if tale.take(WANT_GROUND):
        why = Text("On the ground the height is 0.", "落地时高度为 0，得")
        tale.says(why, t.equation(curve.body, t.integer(0)), keep=(positive(curve.by),))
        tale.scan.names.add(curve.by)
        return [value_of(t.Symbol(curve.by))]
    return None
