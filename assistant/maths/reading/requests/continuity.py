"""Whether a function told in cases is continuous where they meet, and for which letters it is.

Functions made of the usual ones are continuous wherever they have values, so the two values at the
place where the cases meet must be the same.
"""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.ordering import rational_value
from assistant.maths.reading.bounds import bound
from assistant.maths.reading.requests.always import applied
from assistant.maths.reading.requests.conditions import FIND, VALUES
from assistant.maths.reading.requests.productions import Slots, order
from assistant.maths.types import Request, Task, Text

SMOOTH = frozenset(["sin", "cos", "exp", "abs", "atan", "sinh", "cosh"])
"""Continuous everywhere."""
MEETING = Text(
    "continuous exactly where the values of both cases agree as they meet",
    "分段函数在分界点连续，当且仅当两段在该点的值相等",
)
AT = "(?:at|for|in) (?:the point )?<p>"
EVERYWHERE = "(?:everywhere|for all (?:real )?(?:numbers )?x|on R|on ℝ)?"
ZH_AT = "(?:在|于)(?:点)? ?<p> ?(?:处|点)?连续"
ZH_ALL = "(?:在 ?(?:R|ℝ|\\\\mathbb ?\\{?R\\}?|实数集|定义域) ?(?:上|内)?|处处)?连续"
ZH_ASK = "(?:则|求|试求)+(?:实数|常数)? ?<k> ?(?:的值)?(?:为|是)?(?:多少)?"


def _meetings(s: Slots) -> list[tuple[t.Expr, t.Relation]]:
    """The places where two cases meet, with the equation of the values there."""
    value = s.scan.formula(s.span("f"))
    match value:
        case t.Relation(t.Comparison.EQ, t.Symbol() | t.Call(_, (t.Symbol(),)), body):
            value = body
        case t.Symbol(name) if (known := _defined(s, name)) is not None:
            value = known
    value = applied(s, value)
    match value:
        case t.Call("piecewise", args) if len(args) % 2 == 0:
            cases = list(zip(args[::2], args[1::2], strict=True))
        case _:
            raise s.scan.error(s.span("f"), "a function in cases is expected here",
                               "此处应为分段函数")  # fmt: skip
    names = {n for _, c in cases for n in t.symbols(c)}
    if len(names) != 1:
        raise s.scan.error(s.span("f"), "the cases are not understood", "无法理解各段的范围")
    (name,) = names
    ends = [(body, *end) for body, c in cases for end in _ends(c)]
    found = []
    for place in dict.fromkeys(at for _, at, _, _ in ends):
        here = [(body, up, closed) for body, at, up, closed in ends if at == place]
        sides = sorted(up for _, up, _ in here)
        reached = any(closed for _, _, closed in here)
        if place is None or sides != [False, True] or not reached:
            raise s.scan.error(s.span("f"), "the cases do not meet there", "各段在该点不相接")
        if not all(_alike(body) for body, _, _ in here):
            raise s.scan.error(s.span("f"), "of these functions continuity is not decided here",
                               "此处不判断这类函数的连续性")  # fmt: skip
        values = [t.substitute(body, name, t.rational(place)) for body, _, _ in here]
        found.append((t.rational(place), t.equation(values[0], values[1])))
    return found


def _defined(s: Slots, name: str) -> t.Expr | None:
    for definition in s.scan.definitions:
        if definition.name == name and definition.parameters:
            return None if isinstance(definition.body, Request) else definition.body
    return None


def _ends(condition: t.Expr) -> list[tuple[Fraction | None, bool, bool]]:
    """The numbers at which a case ends, whether that is its upper end, and belongs to it."""
    parts = condition.args if isinstance(condition, t.Junction) else (condition,)
    found: list[tuple[Fraction | None, bool, bool]] = []
    for part in parts:
        known = bound(part)
        if known is None:
            found.append((None, False, False))
            continue
        _, op, end = known
        upper = op in (t.Comparison.LT, t.Comparison.LE)
        closed = op in (t.Comparison.LE, t.Comparison.GE)
        found.append((rational_value(end), upper, closed))
    return found


def _alike(body: t.Expr) -> bool:
    """Whether an expression is made of what is continuous everywhere."""
    for node in t.walk(body):
        match node:
            case t.Call(name):
                if name not in SMOOTH:
                    return False
            case t.Div(_, below) if t.symbols(below):
                return False
            case t.Pow(base, exp):
                whole = rational_value(exp)
                number = rational_value(base)
                positive = base == t.Constant(t.ConstantName.E) or (number or 0) > 0
                if not positive and (whole is None or whole.denominator != 1 or whole < 1):
                    return False
            case t.Number() | t.Symbol() | t.Constant() | t.Add() | t.Mul() | t.Neg() | t.Div():
                pass
            case _:
                return False
    return True


def _wanted(s: Slots) -> list[t.Relation]:
    """The equations at the place that is asked about, or at all."""
    found = _meetings(s)
    if "p" in s.taken:
        place = s.scan.formula(s.span("p"))
        if isinstance(place, t.Relation):
            place = place.right
        found = [(at, e) for at, e in found if rational_value(at) == rational_value(place)]
    if not found or any(rational_value(at) is None for at, _ in found):
        raise s.scan.error(s.span("f"), "the cases do not meet there", "各段在该点不相接")
    s.scan.notes.append(MEETING)
    return [e for _, e in found]


@order(
    f"{FIND} {VALUES}<k>,? (?:if|such that|given that|for which|so that|that makes?) (?:the function )?<f> (?:is |be )?continuous {AT}",
    f"{FIND} {VALUES}<k>,? (?:if|such that|given that|for which|so that|that makes?) (?:the function )?<f> (?:is |be )?continuous ?{EVERYWHERE}",
    f"for (?:what|which) {VALUES}<k> is (?:the function )?<f> continuous {AT}",
    f"for (?:what|which) {VALUES}<k> is (?:the function )?<f> continuous ?{EVERYWHERE}",
    f"(?:if|suppose|given that)? ?(?:the function )?<f> is continuous {AT}[,.;] {FIND} {VALUES}<k>",
    f"(?:if|suppose|given that)? ?(?:the function )?<f> is continuous ?{EVERYWHERE}[,.;] {FIND} {VALUES}<k>",
    f"(?:若|已知|设|如果)?(?:函数)? ?<f> ?{ZH_AT}[,，] ?{ZH_ASK}",
    f"(?:若|已知|设|如果)?(?:函数)? ?<f> ?{ZH_ALL}[,，] ?{ZH_ASK}",
)
def made_continuous(s: Slots) -> Request:
    equations = _wanted(s)
    letters = s.scan.names_in(s.span("k"))
    open_ = {n for e in equations for n in t.symbols(e)}
    if open_ != {*letters}:
        raise s.scan.error(s.span("k"), "this letter does not occur", "题中没有这个字母")
    return Request(task=Task.SOLVE, operands=tuple(equations), variables=letters)


@order(
    f"(?:is|determine (?:whether|if)) (?:the function )?<f> (?:is )?continuous {AT}",
    "(?:判断|讨论|问|试问)?(?:函数)? ?<f> ?(?:在|于)(?:点)? ?<p> ?(?:处|点)?(?:是否连续|的连续性|连续吗)",
)
def is_continuous(s: Slots) -> Request:
    """Whether the values agree where the cases meet."""
    (equation,) = _wanted(s)
    if t.symbols(equation):
        raise s.scan.error(s.span("f"), "its letters are not known", "含有未知字母")
    return Request(task=Task.COMPARE, topic=topics.IS_TRUE, operands=(equation,))
