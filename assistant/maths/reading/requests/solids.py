"""Solids of revolution and lengths of curves, said in words."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.bounds import in_order
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.reading.requests.regions import curves_and_limits
from assistant.maths.types import Request, Task, Text

FROM = "(?:from|between|over|for)(?: the interval)? ?<i>"
CURVE = "(?:the )?(?:region |area )?(?:under |bounded by |enclosed by |between )?(?:the )?(?:curve |graph |function |line |region )?(?:of )?"
AXIS = "(?:about|around|round) (?:the )?x-?\\s?axis"
TURN = "(?:rotating|revolving|turning|rotation of|revolution of)"
SOLID = "volume(?: of (?:the )?(?:solid|body)(?: of revolution)?)?(?: of revolution)?(?: (?:obtained|generated|formed|produced|made))?(?: by| when| of| if)?"
BOUNDS = (
    re.compile(r"\s*[\[(]\s*(?P<a>[^,\[\]]+?)\s*[,，]\s*(?P<b>[^,\[\]]+?)\s*[\])]\s*"),
    re.compile(
        r"\s*(?:(?P<v>[a-z])\s*=\s*)?(?P<a>.+?)\s*(?:to|and|到|至)\s*(?:[a-z]\s*=\s*)?(?P<b>.+?)\s*"
    ),
    re.compile(
        r"\s*(?P<a>[^<>≤≥=]+?)\s*(?:<=?|≤)\s*(?P<v>[a-z])\s*(?:<=?|≤)\s*(?P<b>[^<>≤≥=]+?)\s*"
    ),
)


def _bounds(s: Slots) -> tuple[t.Expr, t.Expr]:
    """The two ends in ``[0, 1]``, ``x = 0 to 1``, ``0 <= x <= 1``."""
    span = s.span("i")
    hit = next((h for p in BOUNDS if (h := p.fullmatch(span.text))), None)
    if hit is None:
        raise s.scan.error(span, "two ends are expected here", "此处应有两个端点")
    ends = [
        s.scan.expression(span.cut(span.start + hit.start(n), span.start + hit.end(n)))
        for n in "ab"
    ]
    if any(map(t.symbols, ends)):
        raise s.scan.error(span, "two numbers are expected here", "此处应为两个数")
    return in_order(ends[0], ends[1])


def _curve(s: Slots) -> tuple[t.Expr, str]:
    """The right side of ``y = …`` and its variable; the x-axis beside it may be named."""
    span = s.span("f")
    if cut := re.search(
        r"\s*(?:,|and|、|与|和)\s*(?:the\s+)?(?:x-?\s?axis|y\s*=\s*0|x\s*轴)\s*$", span.text
    ):
        span = span.cut(span.start, span.start + cut.start())
    whole = s.scan.formula(span)
    match whole:
        case t.Relation(t.Comparison.EQ, t.Symbol("y") | t.Call(_, (t.Symbol(),)), body):
            whole = body
        case t.Relation() | t.Junction():
            raise s.scan.error(span, "a curve y = … is expected here", "此处应为曲线 y = …")
    if t.Constant(t.ConstantName.I) in t.walk(whole):
        raise s.scan.error(
            span, "a curve of real points is expected here", "此处应为实数范围内的曲线"
        )
    return whole, s.variable(whole)


@noun(f"{SOLID} {TURN} {CURVE}<f> {AXIS} {FROM}", f"{SOLID} {TURN} {CURVE}<f>,? {FROM},? {AXIS}",
      f"{SOLID} {CURVE}<f>,? {FROM},? is (?:rotated|revolved|turned) {AXIS}",
      f"{SOLID} {CURVE}<f>,? is (?:rotated|revolved|turned) {AXIS},? {FROM}",
      f"{SOLID} {CURVE}<f>,? <i>,? is (?:rotated|revolved|turned) {AXIS}",
      "(?:由)?(?:曲线|函数|抛物线|直线)? ?<f>[,，]? ?(?:在(?:区间)?)? ?<i> ?(?:上|内)?(?:的部分|的图[形象像])?[,，]?绕 ?x ?轴旋转(?:一周)?(?:所(?:得|成|形成|围成)|形成|得到)?的?(?:旋转体|立体)?的?体积")  # fmt: skip
@order(f"{TURN} {CURVE}<f> {AXIS} {FROM}[:,;.]? find the volume")
def volume(s: Slots) -> Request:
    """By discs: the integral of π y^2."""
    body, name = _curve(s)
    low, high = _bounds(s)
    square = t.Mul((t.Constant(t.ConstantName.PI), t.Pow(body, t.integer(2))))
    law = Text("by discs: V = ∫ π y² dx", "圆盘法：V = ∫ π y² dx")
    s.scan.notes.append(law)
    return Request(task=Task.INTEGRATE, operands=(square, low, high), variables=(name,))


REGION = "(?:the )?(?:finite |plane )?(?:region|area) (?:bounded by|enclosed by|enclosed between|between) (?:the )?(?:curves? |graphs? of |lines? |parabolas? )?<items>"
UNDER = "(?:the )?(?:region|area) (?:under|below) (?:the )?(?:curve |graph of )?<items>"
TURNED = "is (?:rotated|revolved|turned)(?: through)?(?: 360 ?(?:°|degrees))?"
ZH_TURNED = "旋转(?:一周|360°)?[,，]?(?:所(?:得|成|形成|围成)|形成|得到|而成)?的?(?:旋转体|立体|几何体)?的?体积"


def _about(letter: str) -> None:
    """The volume of a region that is turned about an axis."""
    axis = f"(?:about|around|round) (?:the )?{letter}-?\\s?axis"

    def build(s: Slots) -> Request:
        bodies, limits = curves_and_limits(s, s.span("items"))
        if "i" in s.taken:
            limits = [*_bounds(s)]
            bodies += [t.integer(0)] if len(bodies) == 1 else []
        if len(limits) == 2 and len(bodies) == 1:
            bodies.append(t.integer(0))
        if len(bodies) != 2 or len(limits) > 2:
            raise s.scan.error(s.span("items"), "two curves are expected here", "此处应为两条曲线")
        ends = in_order(*limits) if len(limits) == 2 else limits
        s.scan.notes.append(
            Text(
                "the region is turned about the {0}-axis", "图形绕 {0} 轴旋转", (t.Symbol(letter),)
            )
        )
        name = s.variable(*bodies)
        own = (letter == "y") == (name == "y")
        topic = topics.VOLUME_X if own else topics.VOLUME_Y
        return Request(task=Task.FUNCTION, topic=topic, operands=(*bodies, *ends),
                       variables=(name,))  # fmt: skip

    noun(
        f"{SOLID} {TURN} {REGION} {axis}",
        f"{SOLID} {REGION} {TURNED} {axis}",
        f"{SOLID} {TURN} {UNDER},? {FROM},? {axis}",
        f"{SOLID} {UNDER},? {FROM},? {TURNED} {axis}",
        f"(?:由|将|把)?(?:曲线|直线|抛物线|函数)? ?<items> ?(?:所)?围成的?(?:封闭)?(?:平面)?"
        f"(?:图形|区域)[,，]?绕 ?{letter} ?轴{ZH_TURNED}",
    )(build)


_about("x")
_about("y")


@noun(f"(?:arc )?length of (?:the )?(?:arc |curve |graph )?(?:of )?<f>,? {FROM}",
      "(?:曲线|函数)? ?<f> ?在 ?(?:区间)? ?<i> ?(?:上|内)?(?:的一段)?的?(?:弧长|长度)")  # fmt: skip
def arc_length(s: Slots) -> Request:
    body, name = _curve(s)
    low, high = _bounds(s)
    return Request(task=Task.FUNCTION, topic=topics.ARC_LENGTH, operands=(body, low, high),
                   variables=(name,))  # fmt: skip
