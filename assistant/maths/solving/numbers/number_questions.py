"""Digits, rounding, roots to the nearest whole number, bases."""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.solving.common import Draft
from assistant.maths.solving.numbers.divisors import worked_out
from assistant.maths.solving.numbers.quantities import (
    decimals,
    has_decimals,
    integer,
    integers,
    rational,
    written,
)
from assistant.maths.types import Link, Request, Rule, Step, Text

DIGIT = Rule("number.digit", "Read the digit off", "找出该数位上的数字")
NEXT_DIGIT = Rule("number.round", "Look at the digit behind the last one kept", "看保留位的后一位")
BETWEEN = Rule("number.between", "Between two whole numbers", "夹在两个整数之间")
EXPAND = Rule("number.base_value", "Value of the digits", "按位权展开")
DIVIDE = Rule("number.base_digits", "Divide by the base again and again", "除基取余")
FORMULA = Rule("number.formula", "Use the formula", "使用公式")
WORK_OUT = Rule("number.work_out", "Work it out", "计算")
CALCULATE = Text("Work it out.", "计算。")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MAX_PLACES = 1000


def _n(value: int) -> t.Expr:
    return t.integer(value)


def digit(request: Request) -> Draft | None:
    """One digit of a whole number."""
    values = integers(request.operands)
    place = request.order
    if request.topic != topics.DIGIT or values is None or place is None or place > MAX_PLACES:
        return None
    n = abs(values[0])
    unit = 10**place
    found = n // unit % 10
    step = Step(
        rule=DIGIT,
        why=Text(
            "The digit of the place {0} is {1}.",
            "位值为 {0} 的数位上的数字是 {1}。",
            (_n(unit), _n(found)),
        ),
        before=_n(n),
        after=t.Add((_n(n // (unit * 10) * unit * 10), t.Mul((_n(found), _n(unit))), _n(n % unit))),
    )
    return Draft(
        answer=_n(found), steps=(*worked_out(request.operands), step), method="place value"
    )


# rounding ------------------------------------------------------------------------------


def rounded(value: Fraction, places: int) -> Fraction:
    """Rounded half away from zero, as in school."""
    scale = Fraction(10) ** places
    size = (abs(value) * scale + Fraction(1, 2)).__floor__()
    return Fraction(-size if value < 0 else size) / scale


def round_number(request: Request) -> Draft | None:
    """Rounding to decimals or to tens, hundreds, …; and to significant figures."""
    if request.topic not in (topics.ROUND, topics.ROUND_SIGNIFICANT) or request.order is None:
        return None
    value = _value_to_round(request.operands[0], abs(request.order))
    if value is None or abs(request.order) > MAX_PLACES:
        return None
    places = request.order
    if request.topic == topics.ROUND_SIGNIFICANT:
        if value == 0 or places < 1:
            return None
        places -= magnitude(value) + 1
    result = rounded(value, places)
    shown = written(result, decimal=True)
    exact = _padded(result, places)
    if result == 0:
        shown = _n(0)
    step = Step(
        rule=NEXT_DIGIT,
        why=Text(
            "The next digit is {0}: round {1}.",
            "后一位数字是 {0}：{2}。",
            (_n(_digit_behind(value, places)), *_direction(value, places)),
        ),
        before=request.operands[0],
        after=exact,
        link=Link.FORMULA,
    )
    return Draft(answer=shown, steps=(*_exact_steps(request), step), method="rounding")


def _exact_steps(request: Request) -> tuple[Step, ...]:
    operand = request.operands[0]
    value = rational(operand)
    if (
        value is None
        or isinstance(operand, t.Number)
        or (isinstance(operand, t.Neg) and isinstance(operand.arg, t.Number))
    ):
        return ()
    shown = written(value, decimal=has_decimals(operand))
    return (Step(rule=WORK_OUT, why=CALCULATE, before=operand, after=shown),)


def _value_to_round(operand: t.Expr, places: int) -> Fraction | None:
    """The exact value, or for an irrational one an enclosure that rounds one way only."""
    value = rational(operand)
    if value is not None or t.symbols(operand):
        return value
    import sympy as sp

    from assistant.maths.cas.convert import NotConvertible, to_sympy

    try:
        exact = to_sympy(operand)
    except NotConvertible:
        return None
    number = exact.evalf(places + 40)
    if not number.is_Float or not number.is_real or exact.is_rational:
        return None
    found = Fraction(int(sp.floor(number * 10 ** (places + 20))), 10 ** (places + 20))
    error = Fraction(1, 10 ** (places + 18))
    same = rounded(found - error, places) == rounded(found + error, places)
    return found if same else None


def magnitude(value: Fraction) -> int:
    """The exponent of ten in scientific notation: 2 for 384, -3 for 0.002."""
    size, exponent = abs(value), 0
    while size >= 10:
        size, exponent = size / 10, exponent + 1
    while size < 1:
        size, exponent = size * 10, exponent - 1
    return exponent


def _digit_behind(value: Fraction, places: int) -> int:
    return int(abs(value) * Fraction(10) ** (places + 1)) % 10


def _direction(value: Fraction, places: int) -> tuple[str, str]:
    up = _digit_behind(value, places) >= 5
    return ("up", "进一") if up else ("down", "舍去")


def _padded(value: Fraction, places: int) -> t.Expr:
    """With the zeros that rounding asks for: ``3.00``."""
    literal = t.Number(abs(value), places) if places > 0 else t.Number(abs(value))
    return t.Neg(literal) if value < 0 else literal


def nearest_root(request: Request) -> Draft | None:
    """The n-th root to the nearest whole number, by bracketing."""
    values = integers(request.operands)
    if request.topic != topics.NEAREST_ROOT or values is None or len(values) != 2:
        return None
    x, n = values
    if x < 0 or not 2 <= n <= 100:
        return None
    low = _floor_root(x, n)
    up = 2**n * x >= (2 * low + 1) ** n  # the root is at least low + 1/2
    found = low + 1 if up else low
    root = t.Call("sqrt", (_n(x),)) if n == 2 else t.Call("root", (_n(x), _n(n)))
    powers = (t.Pow(_n(low), _n(n)), _n(x), t.Pow(_n(low + 1), _n(n)))
    half = t.Pow(t.Div(_n(2 * low + 1), _n(2)), _n(n))
    steps = (
        Step(
            rule=BETWEEN,
            why=Text(
                "{0} lies between {1} and {2}.",
                "{0} 在 {1} 与 {2} 之间。",
                (root, _n(low), _n(low + 1)),
            ),
            before=t.Junction(
                t.Connective.AND,
                (
                    t.Relation(t.Comparison.LE, powers[0], powers[1]),
                    t.Relation(t.Comparison.LT, powers[1], powers[2]),
                ),
            ),
            after=t.Truth(value=True),
            link=Link.EQUIVALENT,
        ),
        Step(
            rule=BETWEEN,
            why=Text(
                "Compare with the middle {0}.",
                "与中点 {0} 比较。",
                (t.Div(_n(2 * low + 1), _n(2)),),
            ),
            before=t.Relation(t.Comparison.GE if up else t.Comparison.LT, _n(x), half),
            after=t.Truth(value=True),
            link=Link.EQUIVALENT,
        ),
    )
    return Draft(
        answer=_n(found), steps=(*worked_out(request.operands), *steps), method="bracketing"
    )


def _floor_root(x: int, n: int) -> int:
    """The largest whole number whose n-th power is at most x (bisection)."""
    low, high = 0, 1 << (x.bit_length() // n + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**n <= x else (low, middle - 1)
    return low


def scientific(request: Request) -> Draft | None:
    """``a * 10^n`` with ``1 <= a < 10``."""
    value = rational(request.operands[0]) if request.operands else None
    if request.topic != topics.SCIENTIFIC or not value or decimals(value) is None:
        return None
    exponent = magnitude(value)
    if abs(exponent) > MAX_PLACES:
        return None
    front = written(value / Fraction(10) ** exponent, decimal=True)
    answer = t.Mul((front, t.Pow(_n(10), _n(exponent))))
    step = Step(
        rule=FORMULA,
        why=Text("Move the point {0} places.", "小数点移动 {0} 位。", (_n(abs(exponent)),)),
        before=request.operands[0],
        after=answer,
    )
    return Draft(answer=answer, steps=(step,), method="scientific notation")


def rewritten(request: Request) -> Draft | None:
    """A number as a decimal, fraction or percentage."""
    value = rational(request.operands[0]) if request.operands else None
    if value is None:
        return None
    match request.topic:
        case topics.TO_FRACTION:
            answer: t.Expr = t.rational(value)
        case topics.TO_DECIMAL if decimals(value) is not None:
            answer = written(value, decimal=True)
        case topics.TO_PERCENT if decimals(value) is not None:
            answer = t.Call("percent", (written(value * 100, decimal=True),))
        case _:
            return None
    step = Step(rule=WORK_OUT, why=CALCULATE, before=request.operands[0], after=answer)
    return Draft(answer=answer, steps=(step,), method="number")


# bases ---------------------------------------------------------------------------------


def in_base(value: int, base: int) -> str:
    """The digits of a whole number in a base."""
    digits, left = "", abs(value)
    while left:
        left, last = divmod(left, base)
        digits = DIGITS[last] + digits
    return ("-" if value < 0 else "") + (digits or "0")


def _expanded(digits: str, base: int) -> t.Expr:
    """``2*8^1 + 7*8^0`` for ``27`` in base 8."""
    body = digits.lstrip("-")
    terms = tuple(
        t.Mul((_n(int(d, 36)), t.Pow(_n(base), _n(len(body) - 1 - k)))) for k, d in enumerate(body)
    )
    total = t.add(*terms)
    return t.Neg(total) if digits.startswith("-") else total


def _to_decimal(digits: str, base: int) -> tuple[Step, ...]:
    if base == 10:
        return ()
    value = int(digits, base)
    why = Text(
        "Each digit counts with a power of {0}.", "每位数字乘以 {0} 的相应次幂。", (_n(base),)
    )
    return (Step(rule=EXPAND, why=why, before=_expanded(digits, base), after=_n(value)),)


def _from_decimal(value: int, base: int) -> tuple[Step, ...]:
    if base == 10:
        return ()
    steps, left = [], abs(value)
    while left:
        whole, last = divmod(left, base)
        why = Text(
            "The remainder {0} is the digit {1}.",
            "余数 {0} 就是数字 {1}。",
            (_n(last), DIGITS[last]),
        )
        after = t.Add((t.Mul((_n(whole), _n(base))), _n(last)))
        steps.append(Step(rule=DIVIDE, why=why, before=_n(left), after=after))
        left = whole
    return tuple(steps)


def base(request: Request) -> Draft | None:
    """A whole number written in another base."""
    match request:
        case Request(topic=topics.BASE, operands=(operand,), words=(target, *given)):
            value = integer(operand)
        case _:
            return None
    if value is None:
        return None
    steps = _to_decimal(given[0], int(given[1])) if given else ()
    return Draft(
        answer=_n(value),
        text=in_base(value, int(target)),
        steps=(*steps, *_from_decimal(value, int(target))),
        method="base",
    )


def base_sum(request: Request) -> Draft | None:
    """A sum or difference of numbers written in a base."""
    match request:
        case Request(topic=topics.BASE_SUM, operands=(p, q), words=(given, first, sign, second)):
            a, b, size = integer(p), integer(q), int(given)
        case _:
            return None
    if a is None or b is None:
        return None
    value = a + b if sign == "+" else a - b
    whole = t.Add((p, q if sign == "+" else t.Neg(q)))
    added = Step(
        rule=WORK_OUT, why=Text("In decimal.", "用十进制计算。"), before=whole, after=_n(value)
    )
    return Draft(
        answer=_n(value),
        text=in_base(value, size),
        steps=(
            *_to_decimal(first, size),
            *_to_decimal(second, size),
            added,
            *_from_decimal(value, size),
        ),
        method="base",
    )
