"""Grammars for numbers between two bounds, in the decimal notation of JSON."""

from __future__ import annotations

import math

LONGEST = 15
"""Digits of an integer that every JSON reader keeps exactly."""
FRACTION = '( "." [0-9]{1,16} )?'
Bound = int | float | None


def integers(
    minimum: Bound, exclusive_minimum: Bound, maximum: Bound, exclusive_maximum: Bound
) -> str | None:
    """The integers within the bounds, at most ``LONGEST`` digits long; ``None`` for none."""
    low, high = _limits(minimum, exclusive_minimum, maximum, exclusive_maximum)
    parts = []
    if low < 0:
        parts += [f'"-" ( {_digits(max(1, -min(high, -1)), -low)} )']
    if high >= 0:
        parts += [_digits(max(low, 0), high)]
    return " | ".join(parts) if low <= high else None


def numbers(
    minimum: Bound, exclusive_minimum: Bound, maximum: Bound, exclusive_maximum: Bound
) -> str | None:
    """Decimal numbers within the bounds (a whole number of them where those are no integers).

    A whole part strictly inside may have any fraction; the bounds themselves have none.
    """
    low, high = _limits(minimum, exclusive_minimum, maximum, exclusive_maximum)
    if low > high:
        return None
    parts = []
    if low < 0:
        nearest = max(0, -high)  # the whole part nearest to 0 that may have a fraction
        if nearest <= -low - 1:
            parts.append(f'"-" ( {_digits(nearest, -low - 1)} ) {FRACTION}')
        parts.append(f'"-" ( {_digits(-low, -low)} )')
    if high >= 0:
        if max(low, 0) <= high - 1:
            parts.append(f"( {_digits(max(low, 0), high - 1)} ) {FRACTION}")
        parts.append(_digits(high, high))
    return " | ".join(parts)


def _limits(
    minimum: Bound, exclusive_minimum: Bound, maximum: Bound, exclusive_maximum: Bound
) -> tuple[int, int]:
    """The smallest and the largest integer within the bounds."""
    low, high = -(10**LONGEST) + 1, 10**LONGEST - 1
    if minimum is not None:
        low = max(low, math.ceil(_finite(minimum)))
    if exclusive_minimum is not None:
        low = max(low, math.floor(_finite(exclusive_minimum)) + 1)
    if maximum is not None:
        high = min(high, math.floor(_finite(maximum)))
    if exclusive_maximum is not None:
        high = min(high, math.ceil(_finite(exclusive_maximum)) - 1)
    return low, high


def _finite(bound: float) -> float:
    """``json`` reads ``1e999`` as infinity, and ``NaN`` as a number."""
    most = 1e16
    return most if math.isnan(bound) else max(-most, min(most, bound))


def _digits(low: int, high: int) -> str:
    """The integers from ``low`` to ``high`` (0 <= low <= high) without leading zeros."""
    parts = []
    for length in range(len(str(low)), len(str(high)) + 1):
        first = max(low, 10 ** (length - 1) if length > 1 else 0)
        last = min(high, 10**length - 1)
        parts.append(_same_length(str(first), str(last)))
    return " | ".join(parts)


def _same_length(low: str, high: str) -> str:
    """The numerals between two of the same length."""
    if not low:
        return '""'
    n = len(low) - 1
    if low[1:] == "0" * n and high[1:] == "9" * n:
        return f"{_class(low[0], high[0])} {_any(n)}".rstrip()
    if low[0] == high[0]:
        return f'"{low[0]}" ( {_same_length(low[1:], high[1:])} )'
    parts = [f'"{low[0]}" ( {_same_length(low[1:], "9" * n)} )']
    between = (chr(ord(low[0]) + 1), chr(ord(high[0]) - 1))
    if between[0] <= between[1]:
        parts.append(f"{_class(*between)} {_any(n)}".rstrip())
    parts.append(f'"{high[0]}" ( {_same_length("0" * n, high[1:])} )')
    return " | ".join(parts)


def _class(first: str, last: str) -> str:
    return f'"{first}"' if first == last else f"[{first}-{last}]"


def _any(n: int) -> str:
    return "" if n == 0 else f"[0-9]{{{n}}}"
