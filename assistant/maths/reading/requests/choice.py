"""Choices among statements, and what is asked about a curve that was described."""

from __future__ import annotations

from collections.abc import Callable

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.facts import CURVES, GRAPH, curve, points, through
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.requests.productions import Slots, order
from assistant.maths.reading.scan import unknown_word
from assistant.maths.types import Request, Task

ZH_SET = (
    r"(?:(?:在)?(?:下列|以下)?(?:各|[一二三四五]个|的)*(?:实数|有理数|数|式子|点)?(?:中)?[,，]? ?)"
)
KINDS = {
    "无理数": "irrational", "有理数": "rational", "整数": "integer", "负数": "negative",
    "正数": "positive", "irrational": "irrational", "rational": "rational",
    "an integer": "integer", "negative": "negative", "positive": "positive",
}  # fmt: skip


def _select(s: Slots, statement: Callable[[Span], t.Expr]) -> Request:
    """One statement an option; the true one is wanted."""
    options = s.scan.options
    if len(options) < 2:
        raise s.scan.error(s.scan.whole(), "there is nothing to choose from", "没有可供选择的选项")
    statements = tuple(statement(o) for o in options.values())
    s.scan.options = {}
    return Request(
        task=Task.COMPARE, topic=topics.SELECT, operands=statements, words=tuple(options)
    )


def _statement(s: Slots, option: Span) -> t.Expr:
    value = s.scan.formula(option)
    if not isinstance(value, t.Relation | t.Junction):
        raise s.scan.error(option, "an equation or inequality is expected", "此处应为等式或不等式")
    return value


@order(
    "下列(?:各式|计算|运算|等式|式子|各式计算|各式运算)?(?:中)?[,，]?(?:的是)?(?:计算|运算|结果)?(?:正确|成立)的(?:是|有)?",
    "which (?:of the following )?(?:equations? |calculations? |statements? )?is (?:correct|true)",
)
def true_statement(s: Slots) -> Request:
    return _select(s, lambda option: _statement(s, option))


@order(
    f"{ZH_SET}比<a>(?:小|大)的(?:数|有理数|实数)?", f"{ZH_SET}(?:大|小)于<a>的(?:数|有理数|实数)?"
)
def beyond(s: Slots) -> Request:
    bound = s.expr("a")
    around = s.scan.source[s.scan.whole().start : s.span("a").end + 3]
    smaller = "小于" in around or s.scan.source[s.span("a").end :].lstrip().startswith("小")
    op = t.Comparison.LT if smaller else t.Comparison.GT
    return _select(s, lambda option: t.Relation(op, s.scan.expression(option), bound))


@order(f"{ZH_SET}(?:是|属于|为)<kind>(?:的)?", f"{ZH_SET}<kind>",
       "which (?:of the following |number |of these )*is <kind>(?: number)?")  # fmt: skip
def of_kind(s: Slots) -> Request:
    kind = KINDS.get(s.text("kind").removesuffix("的").removeprefix("an ").strip())
    if kind is None:
        raise unknown_word(s.scan.whole(), 0)
    return _select(s, lambda option: t.Call(kind, (s.scan.expression(option),)))


@order(rf"<e>{GRAPH}(?:一定|必|必定)?(?:经过|过)的点", rf"{ZH_SET}在<e>{GRAPH}上的(?:点)?")
def point_on(s: Slots) -> Request:
    body = curve(s.scan, s.span("e"))

    def statement(option: Span) -> t.Expr:
        found = points(s.scan, option)
        if len(found) != 1:
            raise s.scan.error(option, "a point is expected here", "此处应为点")
        return through(body, found[0])

    return _select(s, statement)


@order("(?:实数)?<v>的(?:取值|大致|大小)?范围", "(?:估计)?<v>(?:的值)?(?:在|应在)")
def within(s: Slots) -> Request:
    s.name("v")
    return _select(s, lambda option: _statement(s, option))


@order(rf"(?:求)?(?:出)?(?:该|此|这个|这条|条)?{CURVES}的(?:函数)?(?:解析式|表达式|关系式|方程)",
       "(?:find )?the equation of the (?:curve|line|parabola|function)")  # fmt: skip
def equation_of_curve(s: Slots) -> Request:
    if s.scan.curve is None:
        raise s.scan.error(s.scan.whole(), "no curve was described", "没有给出曲线")
    return Request(task=Task.SIMPLIFY, topic=topics.CURVE, operands=(s.scan.curve,))
