"""The normal distribution: ``X ~ N(100, 15^2), find P(85 < X < 115)``, 随机变量X服从正态分布N(2,9).

As in most textbooks the second number of N(…) is the variance.  What is left of the text when the
distribution and the event are taken away must be words that carry nothing.
"""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.numeric import evaluate
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task, Text

LONGEST = 400
_NAME = r"\$?\s*(?P<x>[A-Z])\s*\$?"
_VALUE = r"\$?\s*(?P<{0}>-?[\d./^{{}}]+|-?(?:\\?sqrt|√)\s*[({{]?\d+[)}}]?)\s*\$?"
_PAIR = (
    r"[(（]\s*(?P<m>[^,，()（）;]+)\s*[,，;]\s*"
    r"(?P<v>[^,，()（）;]+|[^,，()]*\([^()]*\)[^,，()]*)[)）]"
)
_SIGN = r"(?:~|∼|\\sim(?![a-z]))\s*(?:\\mathcal\s*\{\s*N\s*\}|N)\s*"
_SPREAD = (
    rf"(?:an?\s+)?(?P<kind>standard\s+deviation|SD|variance)\s*(?:of|=|is)?\s*{_VALUE.format('v')}"
)
_MEAN = rf"(?:an?\s+)?mean\s*(?:of|=|is)?\s*{_VALUE.format('m')}"
_NORMAL = (
    r"(?:an?\s+|the\s+)?normal(?:ly)?(?:\s+distribut(?:ed|ion))?(?:\s+random)?(?:\s+variable)?"
)
DISTRIBUTIONS = tuple(
    re.compile(source, re.IGNORECASE)
    for source in (
        rf"(?-i:{_NAME})\s*{_SIGN}{_PAIR}",
        rf"{_NORMAL}\s+(?-i:{_NAME})\s+(?:has|with)\s+{_MEAN}\s+and\s+{_SPREAD}",
        rf"(?-i:{_NAME})\s+(?:is|has|follows)\s+{_NORMAL},?\s+(?:with|has)\s+{_MEAN}\s+and\s+{_SPREAD}",
        rf"(?-i:{_NAME})\s+(?:is|has|follows)\s+(?:an?\s+|the\s+)?(?P<standard>standard)\s+normal"
        r"(?:\s+distribution)?(?:\s+random)?(?:\s+variable)?",
        rf"(?-i:{_NAME})\s*服从\s*正态分布\s*N\s*{_PAIR}",
        rf"(?-i:{_NAME})\s*服从\s*(?P<standard>标准)正态分布(?:\s*N\s*\(\s*0\s*[,，]\s*1\s*\))?",
        rf"(?-i:{_NAME})\s*服从\s*(?:均值|期望|平均数)[为是]\s*{_VALUE.format('m')}\s*[,，、]?\s*"
        rf"(?P<kind>标准差|方差)[为是]\s*{_VALUE.format('v')}\s*的正态分布",
    )
)
EVENT = re.compile(
    r"(?<![A-Za-z])\\?(?:P|Pr|Prob|mathrm\{P\}|mathbb\{P\})\s*\\?(?:left)?[(（]"
    r"(?P<e>[^()（）]*)\\?(?:right)?[)）]"
)
FILL = re.compile(
    r"(?:[\s,.;:?!$，。；：？！]|(?:what is|what's|find|calculate|determine|compute|evaluate|the"
    r"|probability|that|of|if|suppose|let|and|then|is|given|value|random variable"
    r"|for|where|when)(?![a-z])"
    r"|已知|随机变量|变量|设|若|求|则|那么|概率|的|是|为|等于|多少|值|如果)*",
    re.IGNORECASE,
)
UNKNOWN = Text("this event is not understood", "无法理解该事件")
READ_AS = Text(
    "the mean is {0}, the variance {1} (the standard deviation {2})",
    "均值为 {0}，方差为 {1}（标准差为 {2}）",
)
INFINITY = t.Constant(t.ConstantName.INFINITY)


def read_normal(scan: Scan, whole: Span) -> Request | None:
    """The request of such a text; ``None`` if it is none.  Raises ``ReadingError`` for an event
    that is not understood."""
    text = whole.text
    if len(text) > LONGEST or not re.search(r"normal|N\s*[(（]|\\mathcal|正态", text):
        return None
    told = next((hit for p in DISTRIBUTIONS if (hit := p.search(text))), None)
    if told is None:
        return None
    rest = text[: told.start()] + " " + text[told.end() :]
    event = EVENT.search(rest)
    if event is None or not FILL.fullmatch(rest[: event.start()] + " " + rest[event.end() :]):
        return None
    said = told.groupdict()
    mean, variance = (t.integer(0), t.integer(1))
    if not said.get("standard"):
        numbers = _number(said["m"]), _number(said["v"])
        if numbers[0] is None or numbers[1] is None:
            return None
        mean, spread = numbers[0], numbers[1]
        by_root = (said.get("kind") or "").lower().startswith(("standard", "sd", "标准差"))
        variance = t.Pow(spread, t.integer(2)) if by_root else spread
        if (size := evaluate(spread, {})) is None or size <= 0:
            raise ReadingError(UNKNOWN, whole.start)
    ends = _ends(event["e"], said["x"])
    if ends is None:
        raise ReadingError(UNKNOWN, whole.start)
    root = t.Call("sqrt", (variance,))
    scan.notes.append(Text(READ_AS.en, READ_AS.zh, (mean, variance, root)))
    return Request(
        task=Task.INTEGRATE,
        topic=topics.NORMAL_CHANCE,
        operands=(_density(mean, variance), *ends),
        variables=("x",),
    )


def _density(mean: t.Expr, variance: t.Expr) -> t.Expr:
    two, x = t.integer(2), t.Symbol("x")
    square = t.Pow(t.sub(x, mean) if mean != t.integer(0) else x, two)
    power = t.Neg(t.Div(square, t.mul(two, variance) if variance != t.integer(1) else two))
    pi = t.Constant(t.ConstantName.PI)
    whole = t.Call(
        "sqrt", (t.mul(two, pi, variance) if variance != t.integer(1) else t.mul(two, pi),)
    )
    return t.Div(t.Pow(t.Constant(t.ConstantName.E), power), whole)


def _number(text: str) -> t.Expr | None:
    try:
        value = read_formula(text.strip(" $"))
    except (ReadingError, RecursionError):
        return None
    return None if t.symbols(value) or isinstance(value, t.Relation | t.Junction) else value


def _ends(text: str, name: str) -> tuple[t.Expr, t.Expr] | None:
    """Between which numbers the event lets the variable be."""
    try:
        event = read_formula(text.strip(" $"), names=frozenset({name}))
    except (ReadingError, RecursionError):
        return None
    parts = event.args if isinstance(event, t.Junction) else (event,)
    if isinstance(event, t.Junction) and event.op is not t.Connective.AND:
        return None
    bounds = [_bound(part, name) for part in parts]
    lows = [value for bound in bounds if bound for side, value in bound if side == "low"]
    highs = [value for bound in bounds if bound for side, value in bound if side == "high"]
    if None in bounds or len(lows) > 1 or len(highs) > 1:
        return None
    low, high = lows[0] if lows else t.Neg(INFINITY), highs[0] if highs else INFINITY
    ends = [evaluate(e, {}) for e in (*lows, *highs)]
    known = [e for e in ends if e is not None]
    ordered = len(known) == len(ends) and known == sorted({*known})
    return (low, high) if ordered and ends else None


def _bound(part: t.Expr, name: str) -> list[tuple[str, t.Expr]] | None:
    """``X < 3`` or ``|X - 1| < 2``."""
    less = (t.Comparison.LT, t.Comparison.LE)
    match part:
        case t.Relation(op, left, right) if op in less:
            small, large = left, right
        case t.Relation(t.Comparison.GT | t.Comparison.GE, left, right):
            small, large = right, left
        case _:
            return None
    if small == t.Symbol(name) and not t.symbols(large):
        return [("high", large)]
    if large == t.Symbol(name) and not t.symbols(small):
        return [("low", small)]
    match small:
        case t.Call("abs", (inner,)) if not t.symbols(large):
            center = _center(inner, name)
            if center is not None:
                return [("low", t.sub(center, large)), ("high", t.add(center, large))]
    return None


def _center(inner: t.Expr, name: str) -> t.Expr | None:
    """``c`` of ``X - c``."""
    match inner:
        case t.Symbol(x) if x == name:
            return t.integer(0)
        case t.Add((t.Symbol(x), t.Neg(value))) if x == name and not t.symbols(value):
            return value
        case t.Add((t.Symbol(x), value)) if x == name and not t.symbols(value):
            return t.Neg(value)
    return None
