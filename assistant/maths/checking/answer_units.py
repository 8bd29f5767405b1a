"""Units of answers."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

MONEY = {
    "dollar": ("dollars", Fraction(100)), "cent": ("dollars", Fraction(1)),
    "yuan": ("yuan", Fraction(10)), "jiao": ("yuan", Fraction(1)),
}  # fmt: skip


@lru_cache(maxsize=64)
def conversion(source: tuple[str, int], target: tuple[str, int]) -> Fraction | None:
    """By how much a number in the one unit is multiplied for the other; ``None`` where they
    measure different things."""
    if source == target:
        return Fraction(1)
    if source[0] in MONEY or target[0] in MONEY:
        one, other = MONEY.get(source[0]), MONEY.get(target[0])
        alike = one is not None and other is not None and one[0] == other[0]
        return one[1] / other[1] if alike and one and other else None
    from pint import DimensionalityError

    registry = _registry()
    unit, other = (registry.Unit(name) ** power for name, power in (source, target))
    try:
        return Fraction(registry.Quantity(Fraction(1), unit).to(other).magnitude)
    except DimensionalityError:
        return None


@lru_cache(maxsize=1)
def _registry():  # type: ignore[no-untyped-def]
    from pint import UnitRegistry

    return UnitRegistry(non_int_type=Fraction)
