"""The letter for which a polynomial is an even or odd function; the mean value of a function."""

from __future__ import annotations

import re
from math import ceil

from assistant.maths import terms as t
from assistant.maths.polynomial_form import is_polynomial
from assistant.maths.reading.requests.functions import ZH_F, interval
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.types import Request, Task, Text

MOST_DEGREE = 12
COUNTING = ("i", "j", "k", "m", "n")
"""Letters that mostly are whole numbers: the mean of some values is no mean of a function."""
FIND = "(?:find|determine|calculate|what is)(?: the)?(?: real)?(?: values?)?(?: of)?(?: the)?(?: constants?| parameters?)?"


def _register(sign: int, en: str, zh: str) -> None:
    def build(s: Slots) -> Request:
        return _parity(s, sign)

    order(
        f"(?:if|given(?: that)?|suppose(?: that)?)? ?(?:the )?(?:function )?<f> is (?:an )?{en}(?: function)?[,.;]? (?:then )?{FIND} <v>",
        f"{FIND} <v>,? (?:if|such that|so that|given that|for which) (?:the )?(?:function )?<f> is (?:an )?{en}(?: function)?",
        f"(?:若|已知|设|如果)?(?:函数)? ?<f> ?(?:是|为)(?:R ?上的?|定义在 ?R ?上的)?{zh}函数[,，。]? ?(?:则|求|试求)(?:实数|常数)? ?<v> ?(?:的值)?(?:是|为|等于)?",
    )(build)


def _parity(s: Slots, sign: int) -> Request:
    """``f(x) = ± f(-x)`` at so many places that it holds everywhere.

    The difference of both sides is an odd or even polynomial: with ``j`` also ``-j`` is a zero,
    so that half as many places as its degree (and 0) leave it no choice.
    """
    if "=" not in s.span("f").text and not re.search("function|函数", s.scan.source):
        raise s.scan.error(s.span("f"), "say “the function …”, or f(x) = …", "请写成 f(x) = …")
    body, names = s.function("f"), s.scan.names_in(s.span("v"))
    others = [n for n in t.symbols(body) if n not in names]
    if len(others) != 1 or not {*names} <= {*t.symbols(body)}:
        raise s.scan.error(s.span("f"), "a function of one variable with these letters is expected",
                           "此处应为含这些字母的一元函数")  # fmt: skip
    (x,) = others
    degree = _degree(body, x) if is_polynomial(body, x) else MOST_DEGREE + 1
    if degree > MOST_DEGREE:
        raise s.scan.error(s.span("f"), "a polynomial is expected here", "此处应为多项式")
    # as many lines as letters, so that a letter that may be any number is told
    enough = max(1, ceil(degree / 2), len(names))
    places = range(1 if sign > 0 else 0, enough + 1)
    lines = tuple(_at(body, x, sign, place) for place in places)
    s.scan.notes.append(
        Text("f(-{0}) = {1}f({0}) at these places is enough for a polynomial of this degree",
             "对该次数的多项式，f(-{0}) = {1}f({0}) 在这些点成立即恒成立",
             (t.Symbol(x), "" if sign > 0 else "-"))
    )  # fmt: skip
    return Request(task=Task.SOLVE, operands=lines, variables=names)


def _at(body: t.Expr, x: str, sign: int, place: int) -> t.Expr:
    here, there = (t.substitute(body, x, t.integer(p)) for p in (place, -place))
    if not place:
        return t.equation(here, t.integer(0))
    return t.equation(there, here if sign > 0 else t.Neg(here))


def _degree(body: t.Expr, x: str) -> int:
    """At most the degree of a polynomial in ``x``, as it is written."""
    match body:
        case t.Symbol(name):
            return int(name == x)
        case t.Neg(arg) | t.Div(arg, _):
            return _degree(arg, x)
        case t.Add(parts):
            return max(_degree(p, x) for p in parts)
        case t.Mul(parts):
            return sum(_degree(p, x) for p in parts)
        case t.Pow(base, t.Number(n)):
            return _degree(base, x) * int(n) if x in t.symbols(base) else 0
    return 0


_register(1, "even", "偶")
_register(-1, "odd", "奇")


@noun("(?:average|mean)(?: value)? of (?:the )?(?:function )?<f> (?:on|over|in)(?: the)?(?: closed)?(?: interval)? <d>",
      "(?:average|mean)(?: value)? of (?:the )?(?:function )?<f> from <p> to <q>",
      f"{ZH_F} ?<f>[,，]? ?在(?:闭?区间)? ?<d> ?[上内]?的(?:积分)?平均值")  # fmt: skip
def average(s: Slots) -> t.Expr:
    """The integral over the length of the interval."""
    body = s.function("f")
    if isinstance(body, t.Collection | t.Matrix):
        raise s.scan.error(s.span("f"), "a function is expected here", "此处应为函数")
    if "d" in s.taken:
        within = interval(s, "d", s.variable(body))
        if not isinstance(within, t.Interval):
            raise s.scan.error(s.span("d"), "an interval is expected here", "此处应为区间")
        low, high = within.low, within.high
    else:
        low, high = s.expr("p"), s.expr("q")
        if s.variable(body) in COUNTING and "function" not in s.scan.source.lower():
            raise s.scan.error(s.span("f"), "of whole numbers or of a function? Say “the function …”",
                               "是指整数还是函数？请写明“函数”")  # fmt: skip
    if any(n == t.Constant(t.ConstantName.INFINITY) for e in (low, high) for n in t.walk(e)):
        raise s.scan.error(s.span("f"), "an interval with two ends is expected", "此处应为有限区间")
    whole = Request(task=Task.INTEGRATE, operands=(body, low, high), variables=(s.variable(body),))
    return t.Div(s.scan.fresh(whole), t.sub(high, low))
