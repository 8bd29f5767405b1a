"""Questions of calculus and about functions."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading import numerals
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.requests.productions import Slots, noun, order, value
from assistant.maths.reading.requests.regions import curves_and_limits
from assistant.maths.types import Definition, Request, Task

BY = "(?:with respect to|w\\.?r\\.?t\\.?)"
OF = "(?: of)?(?: the)?(?: function| curve| graph| expression)?"
ZH_F = "(?:函数|曲线|抛物线)?"

# derivatives ---------------------------------------------------------------------------


def derivative_of(s: Slots, name: str = "", rank: int = 1) -> Request:
    """Differentiate ``<f>``, an expression or ``y = …``."""
    body = s.function("f") if _is_formula(s, "f") else s.expr("f")
    return Request(
        task=Task.DIFFERENTIATE,
        operands=(body,),
        variables=(name or s.variable(body),),
        order=rank,
    )


def _is_formula(s: Slots, place: str) -> bool:
    try:
        s.scan.formula(s.span(place))
    except ReadingError:
        return False
    return True


def rank_of(s: Slots) -> int:
    """Which derivative is meant by ``<k>``: ``second``, ``二``."""
    word = s.text("k")
    rank = numerals.ordinal(word) or numerals.chinese_integer(word)
    if not rank or rank > 100:
        raise s.scan.error(s.span("k"), "first, second, … is expected here", "此处应为阶数")
    return rank


@noun(f"(?:partial )?derivative of <f> {BY} <v>", "<f>(?:关于|对)<v>的(?:偏导数|导数|偏导)")
@order(f"differentiate <f> {BY} <v>", f"differentiate {BY} <v>:? <f>", "d/d<v> (?:of )?<f>",
       "对<v>求(?:偏)?导[:：]?<f>", "(?:将|把)?<f>对<v>求(?:偏)?导")  # fmt: skip
def derivative_by(s: Slots) -> Request:
    return derivative_of(s, s.name("v"))


@noun(f"<k> (?:partial )?derivative of <f> {BY} <v>", "<f>(?:关于|对)<v>的<k>阶(?:偏)?导数?")
def higher_by(s: Slots) -> Request:
    return derivative_of(s, s.name("v"), rank_of(s))


@noun("<k> derivative of <f>", f"{ZH_F}<f>的<k>阶导(?:数|函数)?")
def higher(s: Slots) -> Request:
    return derivative_of(s, "", rank_of(s))


@noun(
    "derivative of the (?:function|curve|expression) <f>",
    "derivative of <f>",
    f"{ZH_F}<f>的导(?:数|函数)",
)
@order("(?:differentiate|derive)[:]? <f>", "求导(?:数)?[:：，,]?<f>", f"(?:对)?{ZH_F}<f>求导",
       "求?<f>的微分")  # fmt: skip
def derivative(s: Slots) -> Request:
    return derivative_of(s)


@noun("derivative of <f> (?:at|when|for) <a>", "<f>在<a>处的导数(?:值)?")
def derivative_at(s: Slots) -> t.Expr:
    """The derivative, worked out at a point."""
    return derivative_value(s, 1)


def derivative_value(s: Slots, rank: int) -> t.Expr:
    """A derivative of ``<f>``, worked out at ``<a>``."""
    asked = derivative_of(s, "", rank)
    place = s.span("a")
    if found := re.match(r"([a-zA-Z])\s*=\s*", place.text):
        if found[1] not in asked.variables:
            raise s.scan.error(place, "this is not the letter to derive by", "此处不是求导的变量")
        place = place.cut(place.start + found.end(), place.end)
    point = s.scan.expression(place)
    name = s.scan.fresh(asked).name
    named = s.scan.definitions.pop()
    s.scan.definitions.append(Definition(name, asked.variables, named.body))
    s.scan.functions.add(name)
    return t.Call(name, (point,))


DYDX = r"(?:dy/dx|\\frac\{dy\}\{dx\}|\\frac\{\\mathrm\{d\}y\}\{\\mathrm\{d\}x\}|y')"
FIND = "(?:find|calculate|compute|determine|work out|what is|get)"


@order(f"(?:{FIND} )?{DYDX} ?[:,]? ?(?:if|when|for|where|given(?: that)?|of|from)?[:]? ?<f>",
       f"(?:if|given(?: that)?|for|suppose(?: that)?|let)? ?<f>[,;.]? {FIND} {DYDX}",
       "implicitly differentiate <f>", f"(?:已知|设|若)?(?:方程)?<f>[,，;；]? ?(?:求|则) ?{DYDX}",
       f"(?:由)?(?:方程|曲线)? ?<f>(?:所)?(?:确定|决定)的?(?:隐)?函数 ?(?:y ?(?:=|＝)? ?(?:y\\(x\\))?)? ?的导数(?: ?{DYDX})?",
       f"隐函数 ?<f> ?的导数(?: ?{DYDX})?", f"求?由(?:方程)? ?<f>(?:所)?确定的隐函数的?(?:导数)? ?{DYDX}")  # fmt: skip
def implicit(s: Slots) -> Request:
    whole = s.scan.formula(s.span("f"))
    match whole:
        case t.Relation(t.Comparison.EQ, t.Symbol("y"), right) if "y" not in t.symbols(right):
            return Request(task=Task.DIFFERENTIATE, operands=(right,),
                           variables=(s.variable(right),), order=1)  # fmt: skip
        case t.Relation(t.Comparison.EQ) if {"x", "y"} <= set(t.symbols(whole)):
            return Request(
                task=Task.DIFFERENTIATE, operands=(whole,), variables=("x", "y"), order=1
            )
    raise s.scan.error(s.span("f"), "an equation is expected here", "此处应为方程")


# integrals -----------------------------------------------------------------------------


def integral_of(s: Slots, *limits: t.Expr, named: str = "") -> Request:
    """Integrate ``<f>`` by the letter that is named beside it, in ``<v>`` or in a bound."""
    span = s.span("f")
    name = ""
    found = re.search(r"[\s)\d*·]d([a-zA-Z])$", span.text)
    if found and not re.search(r"∫|\\int", span.text):
        name, span = found[1], span.cut(span.start, span.start + found.start() + 1)
        if span.text.endswith("*"):
            span = span.strip("*")
    body = s.scan.expression(span)
    if isinstance(body, t.Call) and body.name == "integrate":
        body, by, *ends = body.args
        name = _symbol(by)
        if ends and limits:
            raise s.scan.error(span, "this integral has its bounds already", "该积分已有上下限")
        limits = limits or tuple(ends)
    said = {n for n in (s.name("v") if "v" in s.taken else "", name, named) if n}
    if len(said) > 1:
        raise s.scan.error(span, "two variables of integration are named", "积分变量不一致")
    chosen = said.pop() if said else s.variable(body)
    return Request(task=Task.INTEGRATE, operands=(body, *limits), variables=(chosen,))


ENDLESS = re.compile(r"\+?\s*(-?)\s*(?:infinity|inf|oo|∞|\\infty|无穷大?|正无穷大?)|负无穷大?")


def bound_of(s: Slots, place: Span) -> tuple[str, t.Expr]:
    """The letter, if it is named, and the value of ``x = 3``, ``3`` or ``infinity``."""
    name = ""
    if found := re.match(r"([a-zA-Z])\s*=\s*", place.text):
        name, place = found[1], place.cut(place.start + found.end(), place.end)
    endless = ENDLESS.fullmatch(place.text)
    if endless is None:
        return name, value(s.scan, place)
    point: t.Expr = t.Constant(t.ConstantName.INFINITY)
    return name, t.Neg(point) if endless[1] or place.text[0] == "负" else point


def between(s: Slots) -> Request:
    """Integrate from ``<a>`` to ``<b>``; the letter may stand in them (``from x=0 to 1``)."""
    (first, low), (second, high) = (bound_of(s, s.span(place)) for place in "ab")
    if first and second and first != second:
        raise s.scan.error(s.span("b"), "two variables of integration are named", "积分变量不一致")
    return integral_of(s, low, high, named=first or second)


def _symbol(expr: t.Expr) -> str:
    assert isinstance(expr, t.Symbol)
    return expr.name


INTEGRAL = "(?:definite |indefinite )?(?:integral|antiderivative|primitive)"


@noun(f"{INTEGRAL} of <f> {BY} <v>")
@order(f"integrate <f> {BY} <v>")
def integral_by(s: Slots) -> Request:
    return integral_of(s)


@noun(f"{INTEGRAL} of <f> {BY} <v> (?:from|between) <a> (?:to|and) <b>",
      f"{INTEGRAL} of <f> (?:from|between) <a> (?:to|and) <b>",
      f"{INTEGRAL} from <a> to <b> of <f>",
      "<f>(?:从|由)<a>到<b>的(?:定)?积分", "<f>在 ?(?:区间)? ?\\[<a>[,，]<b>\\] ?上的(?:定)?积分")  # fmt: skip
@order(f"integrate <f> {BY} <v> (?:from|between) <a> (?:to|and) <b>",
       "integrate <f> (?:from|between) <a> (?:to|and) <b>",
       "integrate <f> (?:from|between) <v>=<a> (?:to|and) <b>")  # fmt: skip
def definite(s: Slots) -> Request:
    return between(s)


@noun(f"{INTEGRAL} of <f>", f"{ZH_F}<f>的(?:不定积分|积分|定积分|原函数)")
@order("integrate[:]? <f>", "(?:求|计算)?(?:不定积分|定积分|积分)[:：，,]?<f>", "对?<f>(?:求)?积分")
def integral(s: Slots) -> Request:
    return integral_of(s)


# limits and series ---------------------------------------------------------------------

TENDS = r"(?:approaches|approaching|tends to|tending to|goes to|going to|->|→|⟶|\\to|\\rightarrow)"


@noun(f"limit of <f> as <v> ?{TENDS} ?<a>", f"limit as <v> ?{TENDS} ?<a> of <f>",
      "<f>当<v>(?:趋于|趋近于|趋向于|趋向|→|->)<a>时?的极限", "当?<v>(?:趋于|趋近于|趋向于|趋向|→|->)<a>时[,，]?<f>的极限")  # fmt: skip
def limit(s: Slots) -> Request:
    return limit_at(s, s.span("a"))


def limit_at(s: Slots, place: Span, direction: str = "") -> Request:
    """The limit with the direction that stands behind its point."""
    sides = {
        "+": r"\s*(?:from (?:the )?(?:right|above)|\^?\+)$",
        "-": r"\s*(?:from (?:the )?(?:left|below)|\^?-)$",
    }
    for sign, pattern in sides.items():
        if found := re.search(pattern, place.text):
            direction, place = sign, place.cut(place.start, place.start + found.start())
    _, point = bound_of(s, place)
    return Request(
        task=Task.LIMIT,
        operands=(s.expr("f"), point),
        variables=(s.name("v"),),
        direction=direction,
    )


@order("(?:find |evaluate |compute )?(?:the )?limit[:]? <f>", "(?:求)?极限[:：]?<f>", "求<f>的极限")
def limit_formula(s: Slots) -> t.Expr:
    whole = s.scan.expression(s.span("f"))
    if not (isinstance(whole, t.Call) and whole.name.startswith("limit")):
        raise s.scan.error(
            s.span("f"), "where the variable goes is not said", "没有说明自变量的趋向"
        )
    return whole


SERIES = "(?:power |taylor )?(?:series|polynomial|expansion)"


@noun(f"{SERIES} (?:expansion )?(?:of|for) <f> (?:at|about|around|centered at) <a>",
      f"{SERIES} (?:expansion )?(?:of|for) <f> (?:at|about|around|centered at) <a> (?:to|up to) (?:order|degree) <n>",
      "<f>在<a>处的(?:泰勒|幂级数)(?:展开式|展开|级数)")  # fmt: skip
def taylor(s: Slots) -> Request:
    place = s.span("a")
    if found := re.match(r"[a-zA-Z]\s*=\s*", place.text):
        place = place.cut(place.start + found.end(), place.end)
    return series_at(s, s.scan.expression(place))


@noun("maclaurin (?:series|polynomial|expansion) (?:of|for) <f>",
      "maclaurin (?:series|polynomial|expansion) (?:of|for) <f> (?:to|up to) (?:order|degree) <n>",
      "<f>的麦克劳林(?:展开式|展开|级数)")  # fmt: skip
def maclaurin(s: Slots) -> Request:
    return series_at(s, t.integer(0))


def series_at(s: Slots, point: t.Expr) -> Request:
    """The series of ``<f>`` at a point, up to the power ``<n>``."""
    body = s.function("f")
    return Request(
        task=Task.SERIES,
        operands=(body, point),
        variables=(s.variable(body),),
        order=s.count("n") if "n" in s.taken else None,
    )


# functions -----------------------------------------------------------------------------


def _about(topic: str, *patterns: str) -> None:
    """A question about ``<f>``, an expression or ``y = …``."""

    def build(s: Slots) -> Request:
        body = s.function("f")
        if isinstance(body, t.Collection | t.Matrix):
            raise s.scan.error(s.span("f"), "a function is expected here", "此处应为函数")
        return Request(
            task=Task.FUNCTION,
            topic=topic,
            operands=(body,),
            variables=(s.variable_of(topic, body),),
        )

    noun(*patterns)(build)


_about(topics.DOMAIN, f"(?:natural )?domain{OF} <f>", f"{ZH_F}<f>的定义域",
       f"{ZH_F} ?<f> ?中? ?[,，]? ?(?:自变量)? ?[a-z]? ?的取值范围")  # fmt: skip
_about(topics.RANGE, f"range{OF} <f>", f"{ZH_F}<f>的值域")
_about(topics.INVERSE_FUNCTION, f"inverse(?: function)?{OF} <f>", f"{ZH_F}<f>的反函数")
_about(topics.ASYMPTOTES, f"(?:all )?asymptotes?{OF} <f>",
       f"{ZH_F}<f>的渐近线")  # fmt: skip
_about(topics.EXTREMA, f"(?:local |relative |all )?(?:extrema|extreme values|extremum|turning points)(?: points)?{OF} <f>",
       "(?:local )?(?:maxima|maximum) and (?:minima|minimum)(?: values| points)? of <f>",
       f"{ZH_F}<f>的极(?:值|值点|大值与极小值|大值和极小值)")  # fmt: skip
_about(topics.MAXIMUM, f"(?:absolute |global )?(?:maximum|max|largest value)(?: value)?{OF} <f>",
       f"{ZH_F}<f>的最大值")  # fmt: skip
_about(topics.MINIMUM, f"(?:absolute |global )?(?:minimum|min|smallest value|least value)(?: value)?{OF} <f>",
       f"{ZH_F}<f>的最小值")  # fmt: skip
_about(
    topics.CRITICAL_POINTS, f"(?:critical|stationary) points{OF} <f>", f"{ZH_F}<f>的(?:驻点|临界点)"
)
_about(
    topics.INFLECTION, f"(?:points? of inflection|inflection points?){OF} <f>", f"{ZH_F}<f>的拐点"
)
_about(topics.MONOTONICITY, f"(?:monotonicity|monotonic intervals|intervals of (?:increase|monotonicity)(?: and decrease)?){OF} <f>",
       f"{ZH_F}<f>的单调(?:性|区间|递增区间|递减区间)")  # fmt: skip
_about(topics.CONVEXITY, f"(?:convexity|concavity){OF} <f>", f"{ZH_F}<f>的(?:凹凸性|凹凸区间)")
_about(
    topics.INTERCEPTS,
    f"(?:x-? ?and y-?)?\\s*intercepts{OF} <f>",
    f"{ZH_F}<f>与坐标轴的交点(?:坐标)?",
)
_about(topics.PARITY, f"parity{OF} <f>", f"{ZH_F}<f>的奇偶性")
_about(topics.PERIOD, f"(?:fundamental )?period{OF} <f>", f"{ZH_F}<f>的(?:最小正)?周期")
_about(topics.VERTEX, f"vertex(?: of the parabola)?{OF} <f>", f"{ZH_F}<f>的顶点(?:坐标)?")
_about(topics.AXIS, f"axis of symmetry{OF} <f>", f"{ZH_F}<f>的对称轴")


@order(
    "(?:sketch|plot|graph|draw)(?: the)?(?: graph| curve)?(?: of)?:? <f>",
    "(?:画出?|作出?)(?:函数)?<f>的(?:图象|图像|草图)",
)
def sketch(s: Slots) -> Request:
    body = s.function("f")
    return Request(task=Task.FUNCTION, topic=topics.SKETCH, operands=(body,),
                   variables=(s.variable(body),))  # fmt: skip


@order("is <f> (?:an )?(?:even or odd|odd or even)(?: function)?", "(?:判断)(?:函数)?<f>的奇偶性")
def parity(s: Slots) -> Request:
    body = s.function("f")
    return Request(task=Task.FUNCTION, topic=topics.PARITY, operands=(body,),
                   variables=(s.variable(body),))  # fmt: skip


ZH_CURVE = "(?:函数|曲线|抛物线|圆|椭圆|双曲线)?"
TO = "(?: to| of)?(?: the)?(?: graph of| curve| circle| ellipse| hyperbola| parabola)?"


def _at_point(topic: str, *patterns: str) -> None:
    def build(s: Slots) -> Request:
        whole = s.scan.formula(s.span("f"))
        body = whole
        if isinstance(whole, t.Relation) and isinstance(whole.left, t.Symbol | t.Call):
            body = whole.right
        place = s.span("a")
        if found := re.match(r"[a-zA-Z]\s*=\s*", place.text):
            place = place.cut(place.start + found.end(), place.end)
        point = s.scan.expression(place)
        return Request(task=Task.FUNCTION, topic=topic, operands=(body, point),
                       variables=(s.variable(body),))  # fmt: skip

    noun(*patterns)(build)


_at_point(topics.TANGENT, f"(?:equation of (?:the )?)?tangent(?: line)?{TO} <f> at(?: the point)? <a>",
          f"{ZH_CURVE}<f>在(?:点)?<a>(?:处)?的切线(?:方程)?")  # fmt: skip
_at_point(topics.NORMAL, f"(?:equation of (?:the )?)?normal(?: line)?{TO} <f> at(?: the point)? <a>",
          f"{ZH_CURVE}<f>在(?:点)?<a>(?:处)?的法线(?:方程)?")  # fmt: skip


@noun("area (?:of the region )?(?:between|bounded by|enclosed by)(?: the curves?| the graphs of)? <items> (?:from|between) <a> (?:to|and) <b>",
      "area (?:of the region )?(?:between|bounded by|enclosed by)(?: the curves?| the graphs of)? <items>",
      "(?:由)?(?:曲线|直线|抛物线|函数)?<items>(?:所)?围成的?(?:封闭)?(?:平面)?(?:图形|区域)?的面积")  # fmt: skip
def area(s: Slots) -> Request:
    bodies, limits = curves_and_limits(s, s.span("items"))
    if "a" in s.taken:
        limits = [_end(s, "a"), _end(s, "b")]
    if len(limits) == 2 and len(bodies) == 1:
        bodies.append(t.integer(0))
    if len(bodies) != 2 or len(limits) > 2:
        raise s.scan.error(s.span("items"), "two curves are expected here", "此处应为两条曲线")
    return Request(task=Task.FUNCTION, topic=topics.AREA_BETWEEN, operands=(*bodies, *limits),
                   variables=(s.variable(*bodies),))  # fmt: skip


def _end(s: Slots, place: str) -> t.Expr:
    span = s.span(place)
    if found := re.match(r"[a-zA-Z]\s*=\s*", span.text):
        span = span.cut(span.start + found.end(), span.end)
    return s.scan.expression(span)
