"""Claims about the remainder that a value leaves for every whole number: what is asked.

``n^3 - n is divisible by 6`` is read as the statement ``mod(n^3 - n, 6) = 0``; a claim that it is
never divisible has ``!=``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from assistant.maths import terms as t
from assistant.maths.domains import Numbers, hull, numbers
from assistant.maths.types import Request

_INFINITY = t.Constant(t.ConstantName.INFINITY)


@dataclass(frozen=True, slots=True)
class Claim:
    """For each whole ``letter`` from ``low`` to ``high`` (``None``: without end) the value is whole
    and leaves the remainder, or (``never``) it leaves another one."""

    letter: str
    value: t.Expr
    modulus: int
    remainder: int
    never: bool
    low: int | None
    high: int | None

    @property
    def powers(self) -> bool:
        """Whether the letter stands in an exponent."""
        return any(
            isinstance(n, t.Pow) and self.letter in t.symbols(n.exp) for n in t.walk(self.value)
        )

    def statement(self, value: t.Expr) -> t.Expr:
        """What it says of a value."""
        return divisible(value, t.integer(self.modulus), self.remainder, never=self.never)

    def nearly(self, wrong: int) -> Claim | None:
        """The claim about what a person may have meant, where it is wrong for a number at the
        border: natural numbers from 1 on, or no negative exponents."""
        if self.high is not None:
            return None
        if self.low == 0 and wrong == 0:
            return replace(self, low=1)
        return replace(self, low=0) if self.low is None and wrong < 0 and self.powers else None

    def order(self, most: int) -> list[int]:
        """Numbers that are meant, the smallest in size first."""
        if self.low is not None and self.low > 0:
            start = self.low
        else:
            start = self.high if self.high is not None and self.high < 0 else 0
        found = [start]
        for n in range(1, most):
            found += [start + n, start - n]
        return [n for n in found if self.has(n)]

    def has(self, n: int) -> bool:
        """Whether a whole number is meant."""
        return (self.low is None or n >= self.low) and (self.high is None or n <= self.high)


def divisible(value: t.Expr, modulus: t.Expr, remainder: int = 0, *, never: bool = False) -> t.Expr:
    """The statement of such a claim."""
    op = t.Comparison.NE if never else t.Comparison.EQ
    return t.Relation(op, t.Call("mod", (value, modulus)), t.integer(remainder))


def is_claim(request: Request) -> bool:
    """Whether a request makes such a claim, be it understood or not."""
    match request.operands:
        case (t.Relation(op, t.Call("mod", (value, _)), t.Number()),) if t.symbols(value):
            return op in (t.Comparison.EQ, t.Comparison.NE)
    return False


def claimed(request: Request) -> Claim | None:
    """The claim of a request, or ``None`` if it makes none that is understood.

    Where no numbers are named, all whole ones are meant, or 0, 1, 2, … beside powers such as 3^n,
    which are not whole for other ones.
    """
    told = _told(request)
    if told is None or len(names := t.symbols(told[0])) != 1:
        return None
    found = Claim(names[0], *told, None, None)
    if request.domain is None:
        return replace(found, low=0) if found.powers else found
    ends = whole_ends(request.domain)
    if ends is None:
        return None
    low, high = ends
    empty = low is not None and high is not None and low > high
    return None if empty else replace(found, low=low, high=high)


def _told(request: Request) -> tuple[t.Expr, int, int, bool] | None:
    """What is claimed to leave which remainder by which number, and whether that is denied."""
    match request.operands:
        case (t.Relation(op, t.Call("mod", (value, modulus)), t.Number(rest)),) if op in (
            t.Comparison.EQ,
            t.Comparison.NE,
        ):
            size = _whole(modulus)
            if size and rest.denominator == 1 and 0 <= rest < abs(size):
                return value, abs(size), int(rest), op is t.Comparison.NE
    return None


def whole_ends(domain: t.Expr) -> tuple[int | None, int | None] | None:
    """The first and the last whole number of a domain; ``None`` if they are not known."""
    if numbers(domain) not in (Numbers.WHOLE, Numbers.RANGE):
        return None
    interval = hull(domain)
    if interval is None:
        return None, None
    low = _end(interval.low, opened=interval.low_open)
    high = _end(interval.high, opened=interval.high_open, up=True)
    return None if "unknown" in (low, high) else (_or_none(low), _or_none(high))


def counted(statement: t.Expr, domain: t.Expr | None) -> t.Expr | None:
    """The whole numbers that a statement about ``n!`` is meant for: those of its domain, or 1, 2,
    3, …; ``None`` for another statement, or a domain of which it is not known."""
    letters = t.symbols(statement)
    inside = {
        name
        for n in t.walk(statement)
        if isinstance(n, t.Call) and n.name == "factorial"
        for name in t.symbols(n)
    }
    if len(letters) != 1 or not inside:
        return None
    whole = t.Constant(t.ConstantName.INTEGERS)
    if domain is None:
        return t.Call(
            "intersection",
            (t.Interval(t.integer(1), _INFINITY, low_open=False, high_open=True), whole),
        )
    match numbers(domain):
        case Numbers.RANGE:
            return t.Call("intersection", (domain, whole))
        case Numbers.WHOLE:
            return domain
    return None


def _or_none(end: int | str) -> int | None:
    return end if isinstance(end, int) else None


def _end(end: t.Expr, *, opened: bool, up: bool = False) -> int | str:
    """The whole number at an end of an interval, "none" for an infinite one, or "unknown"."""
    sign, size = (-1, end.arg) if isinstance(end, t.Neg) else (1, end)
    if size == t.Constant(t.ConstantName.INFINITY):
        return "none" if (sign == 1) == up else "unknown"
    if (
        isinstance(size, t.Div)
        and isinstance(size.num, t.Number)
        and isinstance(size.den, t.Number)
    ):
        value: Fraction | None = sign * size.num.value / size.den.value if size.den.value else None
    else:
        value = sign * size.value if isinstance(size, t.Number) else None
    if value is None:
        return "unknown"
    if up:
        return ceil(value) - 1 if opened else floor(value)
    return floor(value) + 1 if opened else ceil(value)


def _whole(expr: t.Expr) -> int | None:
    sign, size = (-1, expr.arg) if isinstance(expr, t.Neg) else (1, expr)
    if isinstance(size, t.Number) and size.value.denominator == 1:
        return sign * int(size.value)
    return None


@dataclass(frozen=True, slots=True)
class JointClaim:
    """A claim about a polynomial in several letters, each of which stands for all whole numbers
    from ``start`` on, or up to its like: as many in a row as the modulus has speak for all."""

    letters: tuple[str, ...]
    value: t.Expr
    modulus: int
    remainder: int
    never: bool
    start: int | None
    end: int | None

    def numbers(self, period: int) -> range:
        """So many numbers in a row that are meant."""
        if self.start is not None:
            return range(self.start, self.start + period)
        last = 0 if self.end is None else self.end
        return range(period) if self.end is None else range(last - period + 1, last + 1)

    def statement(self, value: t.Expr) -> t.Expr:
        """What it says of a value."""
        return divisible(value, t.integer(self.modulus), self.remainder, never=self.never)


def jointly(request: Request) -> JointClaim | None:
    """The claim of a request about two or three letters, or ``None``."""
    told = _told(request)
    if told is None or not 2 <= len(names := t.symbols(told[0])) <= 3:
        return None
    ends = (None, None) if request.domain is None else whole_ends(request.domain)
    if ends is None or None not in ends:
        return None
    return JointClaim(names, *told, *ends)
