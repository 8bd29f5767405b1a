"""Units of measure: what each is of, and how much.  Exact by definition (SI brochure 2019;
international yard and pound 1959).

Months and years have no fixed number of days, so they are a kind of their own.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

UNITS: dict[str, tuple[str, Fraction]] = {
    "meter": ("length", Fraction(1)),
    "kilometer": ("length", Fraction(1000)),
    "decimeter": ("length", Fraction(1, 10)),
    "centimeter": ("length", Fraction(1, 100)),
    "millimeter": ("length", Fraction(1, 10**3)),
    "micrometer": ("length", Fraction(1, 10**6)),
    "nanometer": ("length", Fraction(1, 10**9)),
    "inch": ("length", Fraction(254, 10**4)),
    "foot": ("length", Fraction(3048, 10**4)),
    "yard": ("length", Fraction(9144, 10**4)),
    "mile": ("length", Fraction(1609344, 1000)),
    "second": ("time", Fraction(1)),
    "minute": ("time", Fraction(60)),
    "hour": ("time", Fraction(3600)),
    "day": ("time", Fraction(86400)),
    "week": ("time", Fraction(604800)),
    "millisecond": ("time", Fraction(1, 10**3)),
    "microsecond": ("time", Fraction(1, 10**6)),
    "nanosecond": ("time", Fraction(1, 10**9)),
    "month": ("calendar", Fraction(1, 12)),
    "year": ("calendar", Fraction(1)),
    "decade": ("calendar", Fraction(10)),
    "century": ("calendar", Fraction(100)),
    "millennium": ("calendar", Fraction(1000)),
    "kilogram": ("mass", Fraction(1)),
    "tonne": ("mass", Fraction(1000)),
    "gram": ("mass", Fraction(1, 10**3)),
    "milligram": ("mass", Fraction(1, 10**6)),
    "microgram": ("mass", Fraction(1, 10**9)),
    "nanogram": ("mass", Fraction(1, 10**12)),
    "pound": ("mass", Fraction(45359237, 10**8)),
    "ounce": ("mass", Fraction(45359237, 16 * 10**8)),
}
MADE_OF: dict[str, tuple[str, Fraction]] = {
    "litre": ("decimeter**3", Fraction(1)),
    "millilitre": ("centimeter**3", Fraction(1)),
    "hectare": ("meter**2", Fraction(10**4)),
}
"""Units that are others by another name."""
Kind = tuple[tuple[str, int], ...]


def measure(name: str) -> tuple[Kind, Fraction] | None:
    """What ``kilometer/hour`` or ``meter**2`` is of, and how much of the basic unit."""
    kinds, scale = Counter[str](), Fraction(1)
    above, _, below = name.partition("/")
    for part, sign in ((above, 1), (below, -1)):
        if not part:
            continue
        base, _, power = part.partition("**")
        times = sign * int(power or 1)
        if base in MADE_OF:
            inner, factor = MADE_OF[base]
            base, _, deep = inner.partition("**")
            scale *= factor**times
            times *= int(deep or 1)
        if base not in UNITS:
            return None
        kind, size = UNITS[base]
        kinds[kind] += times
        scale *= size**times
    return tuple(sorted((k, n) for k, n in kinds.items() if n)), scale
