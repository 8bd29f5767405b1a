"""More of what is asked about functions: slopes, where they rise, areas, and operators named
before the formula that is one (``the integral ∫ …``)."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.bounds import in_order
from assistant.maths.reading.defaults import operator
from assistant.maths.reading.requests.calculus import (
    DYDX,
    FIND,
    OF,
    ZH_F,
    derivative,
    derivative_at,
    implicit,
    limit,
    maclaurin,
    taylor,
)
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.types import Request, Task

CURVE = "(?: line)?(?: to| of| on)?(?: the)?(?: curve| graph of| graph| function)?"

noun(
    f"slope of(?: the)? tangent{CURVE} <f> (?:at|when|where)(?: the point)? <a>",
    "(?:slope|gradient|rate of change|instantaneous rate of change) of(?: the)?(?: curve| graph of| graph| function)? <f> (?:at|when|where) <a>",
    f"{ZH_F}<f>在<a>处的?切线的?斜率",
    f"{ZH_F}<f>在<a>处的(?:瞬时)?变化率",
)(derivative_at)
order("(?:dy|d)/dx (?:of|for) <f>", "derivative[:]? <f>", "find the derivative[:]? <f>",
      "(?:求)?(?:下列|以下)?(?:函数|各函数)?的?导数[:：，,]? ?<f>")(derivative)  # fmt: skip
order(
    "(?:find )?(?:dy/dx |y' )?(?:by|using) implicit differentiation[:,]?(?: if| for| of| when| where| given)? <f>",
    "implicit derivative of <f>",
    "(?:find )?dy/dx(?: for| of| if)? <f> (?:by|using) implicit differentiation",
)(implicit)
noun("当 ?<v> ?(?:趋于|趋近于|趋向于|趋向|→|->) ?<a> ?时?[,，] ?<f>")(limit)
order("expand <f> (?:in|into|as) (?:a |the |its )?maclaurin (?:series|polynomial)",
      "(?:将|把)?<f>展开(?:成|为) ?(?:[a-z] ?的)?(?:幂级数|麦克劳林级数)")(maclaurin)  # fmt: skip
order("expand <f> (?:in|into|as) (?:a |the |its )?(?:taylor|power) series (?:at|about|around) <a>",
      "(?:将|把)?<f>在<a>处?展开(?:成|为)(?:泰勒级数|幂级数)")(taylor)  # fmt: skip


def _named(s: Slots, *calls: str) -> Request:
    """A formula that is the operator which the words before it name."""
    body = s.scan.expression(s.span("f"))
    if not (isinstance(body, t.Call) and body.name in calls):
        raise s.scan.error(s.span("f"), "the formula is not what the words say", "式子与题意不符")
    found = operator(body)
    if found is None:
        raise s.scan.error(s.span("f"), "the formula is not what the words say", "式子与题意不符")
    return found


@noun("(?:following |given )*(?:definite |indefinite |improper |double )*integral[:]? <f>",
      "(?:下列|以下)?各?(?:不定积分|定积分|反常积分|广义积分|积分)[:：，,]? ?<f>")  # fmt: skip
def this_integral(s: Slots) -> Request:
    return _named(s, "integrate")


@noun(
    "(?:following |given )*(?:one-sided )?limits?[:]? <f>",
    "(?:下列|以下)?(?:函数|数列)?各?的?极限[:：，,]? ?<f>",
)
def this_limit(s: Slots) -> Request:
    return _named(s, "limit", "limit_left", "limit_right")


@noun(
    "(?:following |given |infinite )*(?:sum|series)[:]? <f>",
    "(?:下列|以下)?(?:级数)?和[:：，,]? ?<f>",
    "级数 ?<f> ?的和",
)
def this_sum(s: Slots) -> Request:
    return _named(s, "sum")


@order("(?:integrate )?<f> (?:from|between) <a> (?:to|and) <b>")
def bounded(s: Slots) -> Request:
    """``∫ x^2 dx from 0 to 1``."""
    found = _named(s, "integrate")
    if len(found.operands) > 1:
        raise s.scan.error(s.span("a"), "this integral has its bounds already", "该积分已有上下限")
    return Request(task=Task.INTEGRATE, variables=found.variables,
                   operands=(*found.operands, _value(s, "a"), _value(s, "b")))  # fmt: skip


def _value(s: Slots, place: str) -> t.Expr:
    """The 3 of ``x = 3`` or ``3``."""
    span = s.span(place)
    if found := re.match(r"[a-zA-Z]\s*=\s*", span.text):
        span = span.cut(span.start + found.end(), span.end)
    return s.scan.expression(span)


def _ask_about(topic: str, *patterns: str) -> None:
    def build(s: Slots) -> Request:
        body = s.function("f")
        return Request(
            task=Task.FUNCTION,
            topic=topic,
            operands=(body,),
            variables=(s.variable_of(topic, body),),
        )

    order(*patterns)(build)


_ask_about(topics.MAXIMUM, "maximi[sz]e(?: the function)? <f>")
_ask_about(topics.MINIMUM, "minimi[sz]e(?: the function)? <f>")
RISING = "(?:increasing|decreasing|increasing or decreasing|increasing and decreasing|monotonic)"
_ask_about(topics.MONOTONICITY, f"where is <f> {RISING}", f"(?:on which|for which|find the|the)(?: interval| intervals|s| values of x)* (?:where|on which|in which|for which)? ?<f> is {RISING}",
           f"intervals (?:where|on which) <f> is {RISING}", f"(?:判断|讨论|求)?{ZH_F} ?<f>的单调性",
           "<f>在什么(?:区间|范围)(?:内|上)?(?:单调)?(?:递增|递减)")  # fmt: skip
_ask_about(topics.CONVEXITY, "(?:where|on which intervals?) is <f> (?:concave(?: up| down)?|convex)",
           "(?:the |find the )?intervals (?:where|on which) <f> is (?:concave(?: up| down)?|convex)")  # fmt: skip
_ask_about(topics.PARITY, "is <f> (?:an )?(?:even|odd) function",
           "is the function <f> (?:even|odd)", "<f>是(?:奇|偶)函数吗?",
           "(?:判断|讨论) ?<f> ?的奇偶性")  # fmt: skip


@noun("area (?:under|below|beneath)(?: the)?(?: curve| graph of| graph)?(?: of)? <f> (?:from|between|over|for) <a> (?:to|and) <b>",
      f"{ZH_F}<f>与 ?x ?轴(?:及|和|、)?直线 ?<a>[,，、和] ?<b>所?围成的?(?:图形)?的面积")  # fmt: skip
def area_under(s: Slots) -> Request:
    body = s.function("f")
    return Request(
        task=Task.FUNCTION,
        topic=topics.AREA_BETWEEN,
        operands=(body, t.integer(0), _value(s, "a"), _value(s, "b")),
        variables=(s.variable(body),),
    )


@noun(f"(?:arc )?length{OF} <f> (?:from|between) <a> (?:to|and) <b>",
      f"{ZH_F}<f>从<a>到<b>的(?:一段)?弧长")  # fmt: skip
def arc_length(s: Slots) -> Request:
    body = s.function("f")
    return Request(task=Task.FUNCTION, topic=topics.ARC_LENGTH,
                   operands=(body, *in_order(_value(s, "a"), _value(s, "b"))),
                   variables=(s.variable(body),))  # fmt: skip


# parameters, tangents through a point ----------------------------------------------------

SECOND = (
    r"(?:d\^?\{?2\}? ?y ?/ ?d ?x\^?\{?2\}?|d²y/dx²|\\frac\{d\^\{?2\}? ?y\}\{d ?x\^\{?2\}?\}|y'')"
)
GIVEN = "(?:if|when|for|where|given(?: that)?|of|from|with)?[:]? ?(?:the )?(?:parametric )?(?:equations|curve)?"
ZH_GIVEN = "(?:已知|设|若|由)?(?:参数方程|曲线|函数)*(?:的参数方程)?(?:为|是)?[:：,，]? ?"


def _parametric(order_of: int, derivative: str) -> None:
    def build(s: Slots) -> Request:
        """``x = t^2, y = t^3``: both coordinates in one letter."""
        found = {}
        for statement in s.statements("f"):
            match statement:
                case t.Relation(t.Comparison.EQ, t.Symbol(("x" | "y") as side), body):
                    found[side] = body
                case t.Relation(t.Comparison.EQ, t.Call(("x" | "y") as side, (t.Symbol(),)), body):
                    found[side] = body
                case _:
                    raise s.scan.error(
                        s.span("f"), "x = … and y = … are expected", "此处应为 x = …, y = …"
                    )
        names = {name for body in found.values() for name in t.symbols(body)}
        if set(found) != {"x", "y"} or len(names) != 1 or names & {"x", "y"}:
            raise s.scan.error(
                s.span("f"), "x and y in one parameter are expected", "此处应为含同一参数的 x 与 y"
            )
        return Request(
            task=Task.DIFFERENTIATE,
            topic=topics.PARAMETRIC,
            operands=(found["x"], found["y"]),
            variables=tuple(names),
            order=order_of,
        )

    order(f"(?:{FIND} )?{derivative} ?[:,]? ?{GIVEN} ?<f>",
          f"(?:if|given(?: that)?|for|suppose(?: that)?|let)? ?<f>[,;.]? {FIND} {derivative}",
          f"{ZH_GIVEN}<f>(?:所?确定的函数)?[,，;；]? ?(?:求|则) ?{derivative}")(build)  # fmt: skip


_parametric(1, DYDX)
_parametric(2, SECOND)


@noun("(?:equations? of (?:the |all )?)?tangents?(?: lines?)? (?:to|of)(?: the)?(?: curve| graph of| parabola)? <f> "
      "(?:that |which )?(?:pass(?:es|ing)? through|through|from|going through)(?: the)?(?: point)? <a>",
      "过点? ?<a> ?(?:且|并|，|,)?(?:与|作|做|和)?(?:曲线|抛物线|函数)? ?<f> ?(?:相切的直线|的切线)(?:的?方程)?",
      "(?:曲线|抛物线|函数)? ?<f> ?过点? ?<a> ?的切线(?:的?方程)?",
      "(?:equations? of (?:the |all )?)?tangents?(?: lines?)? (?:to|of)(?: the)?(?: curve| graph of| parabola)? <f> "
      "(?:that |which )?(?:pass(?:es|ing)? through|through|from|going through) the origin",
      r"过(?:坐标)?原点(?:\\(0 ?[,，] ?0\\))? ?(?:且|并|，|,)?(?:与|作|做|和)?(?:曲线|抛物线|函数)? ?<f> ?(?:相切的直线|的切线)(?:的?方程)?",
      "(?:曲线|抛物线|函数)? ?<f> ?过(?:坐标)?原点的切线(?:的?方程)?")  # fmt: skip
def tangents_through(s: Slots) -> Request:
    """Through a point that is named, or the origin."""
    origin = t.Collection(t.Bracket.TUPLE, (t.integer(0), t.integer(0)))
    body, point = s.function("f"), s.scan.expression(s.span("a")) if "a" in s.taken else origin
    if not isinstance(point, t.Collection) or len(point.items) != 2:
        raise s.scan.error(s.span("a"), "a point is expected here", "此处应为点的坐标")
    return Request(task=Task.FUNCTION, topic=topics.TANGENTS_THROUGH, operands=(body, point),
                   variables=(s.variable(body),))  # fmt: skip


# double integrals ------------------------------------------------------------------------

Bounds = dict[str, dict[bool, list[t.Expr]]]


WHERE = "(?: (?:given|defined|described) by| where|:| =)?"
D_XY = r"(?:d ?x ?d ?y|d ?y ?d ?x|d ?σ|d ?A|d ?[\\]sigma)"


@order("(?:evaluate |compute |calculate |find )?(?:the )?(?:double )?(?:integral of|integrate) <f>,? (?:over|on)(?: the)?"
       f"(?: rectangular| triangular)?(?: region| rectangle| domain| square| set)?(?: [RD])?{WHERE} <r>",
       rf"(?:计算|求)?(?:二重积分)?[:：]? ?(?:∬|∫∫|[\\]iint)(?:_\{{?D\}}?)? ?<f> ?{D_XY} ?[,，]? ?(?:其中)? ?"
       "(?:积分)?(?:区域)? ?D ?(?:是由|由|为|是|:|：|=)* ?<r>(?:所?(?:围成|确定|表示))?(?:的(?:闭?区域)?)?",
       "(?:计算|求)? ?<f> ?在区域 ?(?:D)? ?[:：]? ?<r> ?上的(?:二重)?积分")  # fmt: skip
def over_region(s: Slots) -> Request:
    """``x y`` over 0 <= x <= 1, 0 <= y <= x."""
    body = s.scan.expression(s.span("f"))
    found = _iterated_bounds(_region(s))
    if found is None:
        raise s.scan.error(
            s.span("r"), "bounds of two letters are expected here", "此处应为两个变量的范围"
        )
    inner, low, high, outer, first, last = found
    return Request(
        task=Task.INTEGRATE,
        topic=topics.REGION,
        operands=(body, low, high, first, last),
        variables=(inner, outer),
    )


def _region(s: Slots) -> Bounds:
    """For each letter the expressions below it and those above it."""
    found: Bounds = {}
    span = s.span("r")
    if hit := BOX.fullmatch(span.text):
        parts = [span.cut(span.start + hit.start(n), span.start + hit.end(n)) for n in range(1, 5)]
        a, b, c, d = (s.scan.expression(p) for p in parts)
        return {"x": {True: [a], False: [b]}, "y": {True: [c], False: [d]}}
    for statement in s.scan.statements(span.strip("{}")):
        for relation in statement.args if isinstance(statement, t.Junction) else (statement,):
            match relation:
                case t.Relation(t.Comparison.LE | t.Comparison.LT, small, big):
                    pass
                case t.Relation(t.Comparison.GE | t.Comparison.GT, big, small):
                    pass
                case _:
                    raise s.scan.error(span, "inequalities are expected here", "此处应为不等式")
            for side, other, below in ((big, small, True), (small, big, False)):
                if isinstance(side, t.Symbol):
                    sides = found.setdefault(side.name, {True: [], False: []})
                    sides[below].append(other)
    return found


BOX = re.compile(
    r"\[([^\[\],，]+)[,，]([^\[\],，]+)\]\s*(?:×|x|\*|\\times)\s*\[([^\[\],，]+)[,，]([^\[\],，]+)\]"
)


def _iterated_bounds(found: Bounds) -> tuple[str, t.Expr, t.Expr, str, t.Expr, t.Expr] | None:
    """The inner letter with its bounds, and the outer one with numbers as bounds."""
    if len(found) != 2:
        return None
    for outer, inner in (sorted(found), sorted(found, reverse=True)):
        numbers = [[e for e in found[outer][side] if not t.symbols(e)] for side in (True, False)]
        others = [
            [e for e in found[inner][side] if inner not in t.symbols(e)] for side in (True, False)
        ]
        letters = {name for side in others for e in side for name in t.symbols(e)}
        linked = [e for side in (True, False) for e in found[outer][side] if t.symbols(e)]
        told = all(e == t.Symbol(inner) for e in linked)  # said of the inner letter too
        if all(len(e) == 1 for e in (*numbers, *others)) and letters <= {outer} and told:
            return inner, others[0][0], others[1][0], outer, numbers[0][0], numbers[1][0]
    return None
