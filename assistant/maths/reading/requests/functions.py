"""Questions about functions on an interval, one kind of asymptote, one kind of intercept."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.bounds import as_interval
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.types import Request, Task

ZH_F = "(?:函数|曲线|抛物线)?"
ON = re.compile(r"^(?:闭|开)?区间\s*|^(?P<v>[A-Za-z])\s*(?:∈|\\in)\s*")
ENDS = re.compile(r"^\$?\\?(?:left)?([\[(（])\s*(.+?)\s*[,，]\s*(.+?)\s*\\?(?:right)?([\])）])\$?$")


def interval(s: Slots, place: str, variable: str) -> t.Expr:
    """``[0, 3]``, ``x ∈ (0, 1]`` or ``0 ≤ x ≤ 3``.  Raises ``ReadingError`` where it is told of
    another letter than the variable."""
    span = s.span(place).strip("$")
    if found := ON.match(span.text):
        _must_be(s, span, found["v"] or variable, variable)
        span = span.cut(span.start + found.end(), span.end)
    if hit := ENDS.match(span.text):
        low, high = (
            s.scan.expression(Span(span.source, span.start + hit.start(n), span.start + hit.end(n)))
            for n in (2, 3)
        )
        return t.Interval(
            low, high, hit[1] != "[" or t.is_infinite(low), hit[4] != "]" or t.is_infinite(high)
        )
    statement = s.scan.formula(span)
    found_domain = as_interval(statement)
    if found_domain is None:
        raise s.scan.error(span, "an interval is expected here", "此处应为区间")
    _must_be(s, span, t.symbols(statement)[0], variable)
    return found_domain


def _must_be(s: Slots, span: Span, letter: str, variable: str) -> None:
    if letter != variable:
        raise s.scan.error(span, "this letter does not occur", "题中没有这个字母")


def _about(s: Slots, topic: str, *words: str) -> Request:
    body = s.function("f")
    if isinstance(body, t.Collection | t.Matrix):
        raise s.scan.error(s.span("f"), "a function is expected here", "此处应为函数")
    variable = s.variable_of(topic, body)
    domain = interval(s, "d", variable) if "d" in s.taken else None
    return Request(task=Task.FUNCTION, topic=topic, operands=(body,),
                   variables=(variable,), domain=domain, words=words)  # fmt: skip


def _on_interval(topic: str, english: str, chinese: str) -> None:
    @noun(
        f"{english} of (?:the )?(?:function )?<f> (?:on|over|in)(?: the)?(?: closed| open)?(?: interval)? <d>",
        f"{english} of (?:the )?(?:function )?<f>,? (?:for|where|when|if) <d>",
        f"{ZH_F} ?<f>[,，]? ?在 ?<d> ?[上内中]?的{chinese}",
        f"{ZH_F} ?<f>[,，]? ?当<d>时[,，]?的{chinese}",
        f"{ZH_F} ?<f> ?[(（,，] ?<d> ?[)）]? ?的{chinese}",
    )
    def build(s: Slots) -> Request:
        return _about(s, topic)

    del build


_on_interval(topics.RANGE, "range", "(?:值域|取值范围)")
_on_interval(
    topics.MAXIMUM, "(?:absolute |global )?(?:maximum|max|largest|greatest)(?: value)?", "最大值"
)
_on_interval(
    topics.MINIMUM, "(?:absolute |global )?(?:minimum|min|smallest|least)(?: value)?", "最小值"
)


def _one_kind(kind: str, english: str, chinese: str) -> None:
    @noun(
        f"(?:equations? of (?:the )?)?{english} asymptotes? (?:of|for|to) (?:the )?(?:function |curve |graph of |graph )?<f>",
        f"{ZH_F} ?<f> ?的{chinese}渐近线(?:的?方程)?",
    )
    def build(s: Slots) -> Request:
        return _about(s, topics.ASYMPTOTES, *kind.split())

    del build


_one_kind("vertical", "vertical", "(?:垂直|铅直|铅垂|竖直)")
_one_kind("horizontal", "horizontal", "水平")
_one_kind("oblique", "(?:oblique|slant)", "斜")
_one_kind("vertical horizontal", "(?:vertical and horizontal|horizontal and vertical)",
          "(?:水平(?:渐近线)?(?:和|与|及)(?:垂直|铅直|铅垂)|(?:垂直|铅直|铅垂)(?:渐近线)?(?:和|与|及)水平)")  # fmt: skip


@noun("x-? ?intercepts? of (?:the )?(?:function |graph of |curve |line |parabola )?<f>",
      f"{ZH_F} ?<f> ?(?:的图[象像])?与 ?x ?轴的交点(?:的?横坐标)?")  # fmt: skip
def x_intercepts(s: Slots) -> Request:
    return _about(s, topics.ZEROS)


@noun("y-? ?intercepts? of (?:the )?(?:function |graph of |curve |line |parabola )?<f>",
      f"{ZH_F} ?<f> ?(?:的图[象像])?(?:与 ?y ?轴的交点(?:的?纵坐标)|在 ?y ?轴上的截距)")  # fmt: skip
def y_intercept(s: Slots) -> t.Expr:
    body = s.function("f")
    return t.substitute(body, s.variable(body), t.integer(0))


@order(
    "(?:on (?:what|which) intervals?|where|for (?:what|which) values of x) is (?:the )?(?:function |curve )?<f> (?:increasing|decreasing|increasing and decreasing|increasing or decreasing)",
    "(?:find |determine |state |give )?(?:the )?intervals? (?:on which|where|over which|in which) (?:the )?(?:function )?<f> (?:is |are )?(?:increasing and decreasing|increasing and where it is decreasing|increasing or decreasing|increasing|decreasing|increases|decreases)",
    "(?:find |determine )?(?:the )?intervals? of increase and decrease (?:of|for) <f>",
)
def monotone(s: Slots) -> Request:
    return _about(s, topics.MONOTONICITY)
