"""Units of length by their names in stories, in metres."""

from __future__ import annotations

from fractions import Fraction

CHINESE = {
    "千米": Fraction(1000), "米": Fraction(1), "分米": Fraction(1, 10), "厘米": Fraction(1, 100),
    "毫米": Fraction(1, 1000),
}  # fmt: skip
METRES = {
    **CHINESE,
    "公里": Fraction(1000),
    **dict.fromkeys(("km", "kilometer", "kilometre"), Fraction(1000)),
    **dict.fromkeys(("m", "meter", "metre"), Fraction(1)),
    **dict.fromkeys(("cm", "centimeter", "centimetre"), Fraction(1, 100)),
    **dict.fromkeys(("mm", "millimeter", "millimetre"), Fraction(1, 1000)),
}
