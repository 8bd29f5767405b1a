"""The radius of convergence of a power series, as the limit that it is."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.patterns import late
from assistant.maths.reading.requests.productions import Slots, noun
from assistant.maths.types import Request, Task, Text

SIGMA = late(
    r"(?:the )?(?:power )?(?:series|sum)(?: of)?[:：]?\s+(?!_)|[∑Σ]\s*(?!_)|\\sum\s*(?!_|\\limits)"
)
ONE = t.integer(1)


@noun("radius of convergence of (?:the )?(?:power )?(?:series )?<e>",
      "(?:幂)?级数[:：]? ?<e> ?的收敛半径")  # fmt: skip
def radius(s: Slots) -> Request:
    """``lim |a_n / a_{n+1}|`` of the coefficients, where there is such a limit (d'Alembert)."""
    span = s.span("e").strip("$")
    while found := SIGMA.match(span.text):
        span = span.cut(span.start + found.end(), span.end)
    body, index = _terms(s.scan.expression(span))
    factor = _coefficient(body, index) if index in t.symbols(body) else None
    if factor is None or set(t.symbols(factor)) - {index}:
        raise s.scan.error(s.span("e"), "a power series such as sum of x^n/n is expected here",
                           "此处应为形如 sum x^n/n 的幂级数")  # fmt: skip
    after = t.substitute(factor, index, t.add(t.Symbol(index), ONE))
    ratio = t.Call("abs", (t.Div(factor, after),))
    s.scan.notes.append(
        Text("where the coefficients a_n have a limit of |a_n/a_(n+1)|, that is the radius",
             "若系数 a_n 满足 |a_n/a_(n+1)| 有极限，则此极限即为收敛半径")
    )  # fmt: skip
    infinity = t.Constant(t.ConstantName.INFINITY)
    return Request(task=Task.NUMBER, topic=topics.RADIUS, operands=(ratio, infinity),
                   variables=(index,))  # fmt: skip


def _terms(value: t.Expr) -> tuple[t.Expr, str]:
    """The terms of a sum to infinity, and the letter that counts them: n where no sum is written."""
    infinity = t.Constant(t.ConstantName.INFINITY)
    match value:
        case t.Call("sum", (body, t.Symbol(index), _, high)) if high == infinity:
            return body, index
    return value, "n"


def _coefficient(body: t.Expr, index: str) -> t.Expr | None:
    """What stands beside ``x^n`` or ``(x - c)^n``, which must be there once; signs left away."""
    match body:
        case t.Neg(arg):
            return _coefficient(arg, index)
        case t.Div(num, den) if (inner := _coefficient(num, index)) is not None:
            return t.Div(inner, den)
        case t.Mul(factors):
            kept = [f for f in factors if not _is_sign(f, index)]
            powers = [f for f in kept if _coefficient(f, index) is not None]
            if len(powers) != 1:
                return None
            inner = _coefficient(powers[0], index)
            rest = [f for f in kept if f is not powers[0]]
            return None if inner is None else t.mul(*(f for f in (inner, *rest) if f != ONE))
        case t.Pow(base, t.Symbol(name)) if name == index and _is_shifted_letter(base, index):
            return ONE
    return None


def _is_sign(factor: t.Expr, index: str) -> bool:
    """``(-1)^n`` or ``(-1)^(n+1)``: of a real exponent, else it has another size than 1."""
    if not isinstance(factor, t.Pow) or factor.base != t.Neg(ONE):
        return False
    real = t.Symbol | t.Number | t.Add | t.Mul | t.Neg | t.Div
    return {*t.symbols(factor)} == {index} and all(isinstance(n, real) for n in t.walk(factor.exp))


def _is_shifted_letter(base: t.Expr, index: str) -> bool:
    """``x``, ``x - c``."""
    names = t.symbols(base)
    if len(names) != 1 or names[0] == index:
        return False
    parts = base.terms if isinstance(base, t.Add) else (base,)
    letters = [p for p in parts if t.symbols(p)]
    return len(letters) == 1 and isinstance(letters[0], t.Symbol)
