"""Units of answers."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=64)
def conversion(source: tuple[str, int], target: tuple[str, int]) -> Fraction | None:
    """By how much a number in the one unit is multiplied for the other; ``None`` where they
    measure different things."""
    if source == target:
        return Fraction(1)
    if "dollar" in (source[0], target[0]) or "cent" in (source[0], target[0]):
        scale = {"dollar": Fraction(100), "cent": Fraction(1)}
        if source[0] in scale and target[0] in scale:
            return scale[source[0]] / scale[target[0]]
        return None
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
