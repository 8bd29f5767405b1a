"""Vectors by name: ``a = (1, 2), b = (x, 4)``, and products, lengths, sums, parallel ones."""

from __future__ import annotations

import re
from functools import reduce

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task

ARROW = r"(?:\\(?:vec|overrightarrow|mathbf|boldsymbol)\s*\{?\s*([a-z])\s*\}?|([a-z]))(?:⃗|→)?"
NAMED = late(rf"{ARROW}\s*=\s*\\?(?:left)?([(（\[⟨<][^()（）\[\]]*?\\?(?:right)?[)）\]⟩>])")
WORDS = late(
    r"[\s,，;；.。:：$]|已知|设|若|平面|向量|且|则|和|与|vectors?(?![a-z])|let(?![a-z])|given(?![a-z])|if(?![a-z])|and(?![a-z])|the(?![a-z])|suppose(?![a-z])|are(?![a-z])|that(?![a-z])",
    re.IGNORECASE,
)
ASKED = late(
    r"(?:求|计算|则|find|calculate|compute|what is|determine|evaluate)\s*(?P<what>.+?)\s*(?:的值|的坐标|等于|是多少|=)?[?？.。]?\s*(?:\(\s*\)|（\s*）)?$",
    re.IGNORECASE | re.DOTALL,
)
TERM = rf"(?:(?:\d+(?:/\d+)?|[a-zλμ](?=\s*[a-z\\]))?\s*{ARROW}(?![A-Za-z]))"
SUM = rf"(?<![A-Za-z\\])[-−]?\s*{TERM}(?:\s*[-−+]\s*{TERM})*"
SIDE = rf"(?:[(（]\s*{SUM}\s*[)）]|{SUM})"
ATOM = rf"(?:[-−]?\s*{TERM}|[(（]\s*{SUM}\s*[)）])"
"""A vector, a multiple of one, or a sum in brackets."""
ANGLE = late(
    rf"(?:向量)?(?P<u>{SIDE})\s*(?:与|和|and)\s*(?:向量)?(?P<v>{SIDE})\s*的?夹角(?:的大小|θ)?"
    rf"|(?:the )?angle between (?:the )?(?:vectors )?(?P<p>{SIDE}) and (?P<q>{SIDE})",
    re.IGNORECASE,
)
LENGTH = late(r"\|([^|]+)\||(?:the )?(?:magnitude|length|norm) of (.+)|(.+?)的模长?", re.IGNORECASE)
DOT = late(
    rf"(?:向量)?(?P<u>{ATOM})\s*(?:·|\\cdot|⋅|∙|\.)\s*(?P<v>{ATOM})"
    rf"|(?:the )?(?:dot|scalar|inner) product of (?P<p>{SIDE}) and (?P<q>{SIDE})"
    rf"|(?:向量)?(?P<r>{SIDE})\s*(?:与|和)\s*(?:向量)?(?P<s>{SIDE})的(?:数量积|内积|点积)",
    re.IGNORECASE,
)
CROSS = late(rf"(?:向量)?(?P<u>{ATOM})\s*(?:×|\\times)\s*(?P<v>{ATOM})")
EN_KINDS = "(?:perpendicular|orthogonal|parallel|collinear)"
RELATED = late(
    rf"(?P<u>{SIDE})\s*(?P<how>∥|//|\\parallel|‖|⊥|\\perp|is {EN_KINDS} to)"
    rf"\s*(?:the )?(?:向量|vector )?(?P<v>{SIDE})"
    rf"|(?P<p>{SIDE})\s*(?:与|和)\s*(?:向量)?(?P<q>{SIDE})\s*(?:互相|相互)?(?P<zh>平行|共线|垂直)"
    rf"|(?P<r>{SIDE})\s+and\s+(?:vector )?(?P<s>{SIDE})\s+are\s+(?P<en>{EN_KINDS})",
    re.IGNORECASE,
)
PARALLEL = ("∥", "//", "\\parallel", "‖", "平行", "共线", "parallel", "collinear")
LONE = late(r"(?<![A-Za-z])[a-z](?![A-Za-z])")
Components = tuple[t.Expr, ...]
Vectors = dict[str, Components]
PAIRS = ((ANGLE, topics.ANGLE_BETWEEN), (DOT, topics.DOT), (CROSS, topics.CROSS))


def read_vectors(scan: Scan, whole: Span) -> Request | None:
    """The request of a text that names vectors by their components; ``None`` if it is none."""
    text = whole.text
    named = list(NAMED.finditer(text))
    asked = ASKED.search(text, named[-1].end() if named else 0)
    if not named or asked is None:
        return None
    vectors: Vectors = {}
    between = text[: asked.start()]
    for hit in reversed(named):
        value = scan.expression(Span(text, hit.start(3), hit.end(3)))
        if not isinstance(value, t.Collection):
            return None
        vectors[hit[1] or hit[2]] = value.items
        between = f"{between[: hit.start()]} {hit[1] or hit[2]} {between[hit.end() :]}"
    if len({len(v) for v in vectors.values()}) != 1:
        return None
    related = RELATED.search(between)
    if related is not None:
        between = f"{between[: related.start()]} {between[related.end() :]}"
    if WORDS.sub("", LONE.sub(lambda m: "" if m[0] in vectors else m[0], between)):
        return None
    try:
        if related is not None:
            return _unknown(scan, vectors, related, asked["what"])
        return _value(scan, vectors, asked["what"].strip("$ "))
    except (KeyError, ReadingError):
        return None


def _unknown(scan: Scan, vectors: Vectors, related: re.Match[str], wanted: str) -> Request | None:
    """A letter in the components, from a right angle or from being parallel."""
    first, second = _pair(scan, vectors, related)
    how = (related["how"] or related["zh"] or related["en"]).lower()
    how = how.removeprefix("is ").removesuffix(" to")
    name = re.sub(r"^(?:实数|the value of|参数)\s*", "", wanted.strip("$ "))
    unknowns = {n for v in (*vectors.values(), first, second) for c in v for n in t.symbols(c)}
    if unknowns != {name}:
        return None
    if how in PARALLEL:
        if len(first) != 2:
            return None
        statement = t.equation(t.mul(first[0], second[1]), t.mul(first[1], second[0]))
    else:
        statement = t.equation(_product(first, second), t.integer(0))
    return Request(task=Task.SOLVE, operands=(statement,), variables=(name,))


def _pair(scan: Scan, vectors: Vectors, hit: re.Match[str]) -> tuple[Components, Components]:
    """The two vectors of a pattern whose sides have names of one letter."""
    first, second = (
        _combined(scan, vectors, side)
        for name, side in hit.groupdict().items()
        if len(name) == 1 and side
    )
    return first, second


def _product(first: Components, second: Components) -> t.Expr:
    return t.add(*(t.mul(a, b) for a, b in zip(first, second, strict=True)))


def _value(scan: Scan, vectors: Vectors, wanted: str) -> Request | None:
    for pattern, topic in PAIRS:
        if hit := pattern.fullmatch(wanted):
            operands = tuple(map(_tuple, _pair(scan, vectors, hit)))
            return Request(task=Task.MATRIX, topic=topic, operands=operands)
    if hit := LENGTH.fullmatch(wanted):
        body = _tuple(_combined(scan, vectors, hit[1] or hit[2] or hit[3]))
        return Request(task=Task.MATRIX, topic=topics.NORM, operands=(body,))
    body = _tuple(_combined(scan, vectors, wanted))
    return Request(task=Task.MATRIX, topic=topics.COMBINATION, operands=(body,))


def _tuple(items: tuple[t.Expr, ...]) -> t.Expr:
    return t.Collection(t.Bracket.TUPLE, items)


def _combined(scan: Scan, vectors: Vectors, text: str) -> Components:
    """``2a - b`` component by component.  Raises ``KeyError`` for what is no sum of vectors."""
    plain = re.sub(ARROW, lambda m: m[1] or m[2] or "", text)
    expr = scan.expression(Span(plain, 0, len(plain)))
    terms = expr.terms if isinstance(expr, t.Add) else (expr,)
    parts = [_scaled(vectors, term) for term in terms]
    return tuple(t.add(*(p[i] for p in parts)) for i in range(len(parts[0])))


def _scaled(vectors: Vectors, term: t.Expr) -> Components:
    """A number or another letter times a vector."""
    match term:
        case t.Symbol(name):
            return vectors[name]
        case t.Neg(arg):
            return tuple(t.Neg(c) for c in _scaled(vectors, arg))
        case t.Mul((*numbers, t.Symbol(name))) if not any(
            set(t.symbols(n)) & vectors.keys() for n in numbers
        ):
            factor = reduce(t.mul, numbers)
            return tuple(t.mul(factor, c) for c in vectors[name])
    raise KeyError(term)


@noun("unit vector (?:in the direction of|along|parallel to|of) (?:the )?(?:vector )?<v>",
      "(?:与)?(?:向量)?<v>(?:同向|同方向)的单位向量")  # fmt: skip
def unit(s: Slots) -> Request:
    return _of(s, topics.UNIT_VECTOR, "v")


@noun("(?:vector )?projection of (?:the )?(?:vector )?<u> (?:onto|on) (?:the )?(?:vector )?<v>",
      "(?:向量)?<u>在(?:向量)?<v>(?:方向)?上的投影向量")  # fmt: skip
def projection(s: Slots) -> Request:
    return _of(s, topics.PROJECTION, "u", "v")


def _of(s: Slots, topic: str, *places: str) -> Request:
    values = tuple(s.scan.expression(s.span(p)) for p in places)
    if not all(isinstance(v, t.Collection | t.Matrix) for v in values):
        raise s.scan.error(s.span(places[0]), "a vector is expected here", "此处应为向量")
    return Request(task=Task.MATRIX, topic=topic, operands=values)


@order("are (?:the )?(?:vectors )?<u> and <v> (?:perpendicular|orthogonal|at right angles)")
def perpendicular(s: Slots) -> Request:
    u, v = (s.scan.expression(s.span(p)) for p in ("u", "v"))
    if not (
        isinstance(u, t.Collection) and isinstance(v, t.Collection) and len(u.items) == len(v.items)
    ):
        raise s.scan.error(s.span("u"), "two vectors are expected", "此处应为两个向量")
    products = (t.mul(a, b) for a, b in zip(u.items, v.items, strict=True))
    return Request(task=Task.PROVE, operands=(t.equation(t.add(*products), t.integer(0)),))


@noun("area of (?:the |a )?(?:triangle|polygon|quadrilateral|figure)(?: [A-Z]{3,5})? (?:with|whose|having) (?:corners|vertices)(?: at| are)?:? <items>",
      "area of (?:the )?(?:triangle|quadrilateral|polygon) <items>",
      "(?:以)?(?:点)?<items>为顶点的(?:三角形|四边形|多边形)的面积",
      "(?:△|三角形|四边形|多边形) ?<items> ?的面积")  # fmt: skip
def polygon_area(s: Slots) -> Request:
    corners = s.exprs("items")
    if len(corners) < 3 or not all(isinstance(c, t.Collection) for c in corners):
        raise s.scan.error(s.span("items"), "corner points are expected here", "此处应为顶点坐标")
    return Request(task=Task.GEOMETRY, topic=topics.POLYGON, operands=corners)


# statistics --------------------------------------------------------------------------------


@order("(?:find |calculate |what is )?(?:the )?weighted (?:mean|average) of <items> with (?:the )?weights <w>",
       "<items>的权(?:重)?(?:分别)?(?:为|是)<w>[,，](?:求)?(?:它们的?)?加权平均数")  # fmt: skip
def weighted(s: Slots) -> t.Expr:
    values, weights = s.exprs("items"), s.exprs("w")
    return _weighted(s, values, weights)


@order("(?:the )?(?:values?|scores|numbers|data) <items> (?:have|with|occur with) (?:the )?frequenc(?:y|ies) <w>[.,]? (?:find|calculate|what is) (?:the|its|their) (?:mean|average)",
       "(?:find |calculate |what is )?(?:the )?(?:mean|average) of (?:the )?(?:values? |scores |numbers |data )?<items> with (?:the )?frequenc(?:y|ies) <w>")  # fmt: skip
def with_frequencies(s: Slots) -> t.Expr:
    return _weighted(s, s.exprs("items"), s.exprs("w"))


@order("(?:find |calculate |what is )?(?:the )?(?:expected value|expectation|mean) of [a-z] with values <items> and probabilit(?:y|ies) <w>",
       "(?:a random variable )?[a-z] takes (?:the )?values <items> with probabilit(?:y|ies) <w>[.,]? (?:find|calculate|what is) (?:the|its) (?:expected value|expectation|mean)")  # fmt: skip
def expectation(s: Slots) -> t.Expr:
    return _weighted(s, s.exprs("items"), s.exprs("w"), chances=True)


def _weighted(
    s: Slots, values: tuple[t.Expr, ...], weights: tuple[t.Expr, ...], *, chances: bool = False
) -> t.Expr:
    if len(values) != len(weights) or len(values) < 2:
        raise s.scan.error(
            s.span("w"), "one number for each value is expected", "权数的个数应与数据相同"
        )
    total = t.add(*(t.mul(v, w) for v, w in zip(values, weights, strict=True)))
    if not chances:
        return t.Div(total, t.add(*weights))
    plain = [w.value for w in weights if isinstance(w, t.Number)]
    plain += [w.num.value / w.den.value for w in weights if isinstance(w, t.Div)
              and isinstance(w.num, t.Number) and isinstance(w.den, t.Number)]  # fmt: skip
    if len(plain) != len(weights) or sum(plain) != 1:
        raise s.scan.error(s.span("w"), "probabilities add up to 1", "概率之和应为 1")
    return total


@order("(?:if )?(?:the )?(?:mean|average) of(?: the numbers)? <items> is <m>[,.]? (?:find|then find|what is|determine|calculate) (?:the value of )?<x>",
       "(?:已知|若|如果)?(?:一组)?(?:数据)?[:：]?<items>的平均(?:数|值)(?:是|为|等于)<m>[,，]?(?:则|求|那么)<x>(?:的值)?")  # fmt: skip
def mean_is(s: Slots) -> Request:
    values, name = s.exprs("items"), s.name("x")
    mean = t.Div(t.add(*values), t.integer(len(values)))
    if set(t.symbols(mean)) != {name}:
        raise s.scan.error(s.span("x"), "the unknown must be one of the values", "未知数应在数据中")
    return Request(task=Task.SOLVE, operands=(t.equation(mean, s.expr("m")),), variables=(name,))


STATISTIC = {"平均数": topics.MEAN, "中位数": topics.MEDIAN, "众数": topics.MODE, "方差": topics.VARIANCE,
             "标准差": topics.STANDARD_DEVIATION, "极差": topics.SPREAD}  # fmt: skip


@order(
    "(?:已知|某|有)?一?组?(?:样本)?数据(?:为|是)?[:：]?<items>[,，.。;；]\\s*(?:则|求)?(?:这组数据|它们?|该组数据|其)?的?<what>"
)
def of_data(s: Slots) -> Request:
    topic = STATISTIC.get(re.sub(r"(?:是|为|等于)?[?？_]*$", "", s.text("what")).removeprefix("的"))
    data = s.scan.listed(s.span("items"))
    if topic is None or not isinstance(data, t.Collection) or len(data.items) < 2:
        raise s.scan.error(s.span("what"), "this is not understood", "这里无法理解")
    return Request(task=Task.STATISTICS, topic=topic, operands=(data,))
