"""Which class of growth fits some measurements.

For each class ``g`` the model ``a + c·g(n)`` (``a``, ``c`` not negative: a fixed cost of the call,
and what grows) is fitted by least squares of the *relative* errors, so that small sizes count as
much as large ones; classes that fit about as well as the best cannot be told apart.  The way is
that of empirical complexity (Goldsmith, Aiken and Wilkerson, *Measuring empirical computational
complexity*, ESEC/FSE 2007), with a given set of classes in the place of a free exponent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.coding.growth.types import Agreement, Order, Point

FEWEST = 5
"""Points; fewer tell no class from another."""
LAST = 7
"""Points that are fitted, the largest ones: small sizes often take another way through the code."""
LEAST_SIZE, LEAST_RISE = 1024, 30.0
"""The largest size must be that large, or its time that many times the first: below, what a call
costs in any case hides what grows."""
MOST_CLASSES = 3
"""Where more fit, nothing is known."""
WORST_FIT = 0.25
"""Relative error (root of the mean square) of the best class, past which it is only noise."""
NEAR_FACTOR, NEAR_MORE = 1.6, 0.03
"""A class fits about as well as the best: at most that many times its error, and so much more."""
LINEAR_FIT = 0.16
"""Error up to which ``n`` stays plausible beside ``n log n``: the caches of a processor alone let
linear work look a little like it, and never the other way.  Over seven doubling sizes ``n log n``
itself is off by 0.2."""
LEAST_SHARE = 0.5
"""Of the time at the largest size, that must be due to what grows."""
LEAST_TAIL = 0.35
"""By how much the exponent over the largest sizes must be above that of a class to exclude it."""
BASES = [1.1 * 1.05**step for step in range(60)]
EVERY = list(Order)
RATE: dict[Order, Callable[[float], float]] = {
    Order.CONSTANT: lambda _: 1.0,
    Order.LOG: math.log,
    Order.ROOT: math.sqrt,
    Order.LINEAR: lambda n: n,
    Order.LINEAR_LOG: lambda n: n * math.log(n),
    Order.QUADRATIC: lambda n: n * n,
    Order.CUBIC: lambda n: n**3,
}


@dataclass(frozen=True, slots=True)
class Fit:
    """What fits: the best class, and all that fit about as well; none where nothing does."""

    order: Order | None
    plausible: tuple[Order, ...]


def fitted(points: Sequence[Point]) -> Fit:
    """The classes that fit the largest sizes.  Points are of growing sizes."""
    used = [point for point in points if point.size >= 2 and point.seconds > 0]
    if not used or not _reaches(used):
        return Fit(None, ())
    count = max(FEWEST, min(LAST, 3 * len(used) // 4))
    found = _fitted(used[-count:])
    if found.order is None and count > FEWEST:  # another way through the code ends further up
        return _fitted(used[-FEWEST:])
    return found


def _reaches(points: Sequence[Point]) -> bool:
    """Are the sizes, or the times, far enough apart to tell anything?"""
    first, last = points[0], points[-1]
    return last.size >= LEAST_SIZE or last.seconds >= LEAST_RISE * first.seconds


def _fitted(used: Sequence[Point]) -> Fit:
    if len(used) < FEWEST:
        return Fit(None, ())
    errors = {order: _error(order, used) for order in EVERY}
    known = {order: error for order, error in errors.items() if error is not None}
    if not known:
        return Fit(None, ())
    best = min(known.values())
    if best > WORST_FIT:
        return Fit(None, ())
    near = max(best * NEAR_FACTOR, best + NEAR_MORE)
    plausible = [order for order in EVERY if order in known and known[order] <= near]
    linear = known.get(Order.LINEAR, math.inf) <= LINEAR_FIT
    if Order.LINEAR_LOG in plausible and Order.LINEAR not in plausible and linear:
        plausible.insert(plausible.index(Order.LINEAR_LOG), Order.LINEAR)
    if len(plausible) > MOST_CLASSES:
        return Fit(None, ())
    order = min(plausible, key=lambda order: (round(known[order], 2), EVERY.index(order)))
    return Fit(order, tuple(plausible))


def _error(order: Order, points: Sequence[Point]) -> float | None:
    """The relative error of the best model of a class; ``None`` where the class says nothing."""
    if order is Order.EXPONENTIAL:
        if points[-1].size >= 64:  # nobody could have waited for it
            return None
        errors = [_fit(points, lambda n, b=base: b**n) for base in BASES]  # type: ignore[misc]
        found = [error for error in errors if error is not None]
        return min(found) if found else None
    return _fit(points, RATE[order], constant=order is Order.CONSTANT)


def _fit(
    points: Sequence[Point], rate: Callable[[float], float], *, constant: bool = False
) -> float | None:
    """Least squares of ``(a + c·g)/t - 1``, with ``a`` and ``c`` not negative."""
    rows = [(1 / p.seconds, rate(p.size) / p.seconds) for p in points]
    pairs = [] if constant else [_both(rows), (0.0, _only(rows, 1))]
    if constant:
        pairs = [(_only(rows, 0), 0.0)]
    best: float | None = None
    for pair in pairs:
        if pair is None or min(pair) < 0:
            continue
        a, c = pair
        last = points[-1]
        if not constant and c * rate(last.size) < LEAST_SHARE * (a + c * rate(last.size)):
            continue
        error = math.sqrt(sum((a * u + c * v - 1) ** 2 for u, v in rows) / len(rows))
        best = error if best is None else min(best, error)
    return best


def _only(rows: Sequence[tuple[float, float]], which: int) -> float:
    total = sum(row[which] ** 2 for row in rows)
    return sum(row[which] for row in rows) / total if total else -1.0


def _both(rows: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """Cramer's rule for the two normal equations."""
    uu, uv, vv = (
        sum(u * u for u, _ in rows),
        sum(u * v for u, v in rows),
        sum(v * v for _, v in rows),
    )
    su, sv = sum(u for u, _ in rows), sum(v for _, v in rows)
    whole = uu * vv - uv * uv
    if whole <= 1e-12 * uu * vv:
        return None
    return (su * vv - sv * uv) / whole, (uu * sv - uv * su) / whole


def agreement(fit: Fit, points: Sequence[Point], asked: Order | None) -> Agreement:
    """Does it grow no faster than was asked for?"""
    if asked is None:
        return Agreement.NOT_ASKED
    if fit.order is None:
        return Agreement.UNDECIDED
    faster = _tail(points) - _tail_of(asked, points)
    rank = EVERY.index
    if rank(fit.order) <= rank(asked) or asked in fit.plausible:
        return Agreement.AGREES if faster <= LEAST_TAIL else Agreement.UNDECIDED
    near = asked is Order.LINEAR and Order.LINEAR_LOG in fit.plausible  # one slow size is enough
    beyond = all(rank(order) > rank(asked) for order in fit.plausible)
    if faster > LEAST_TAIL and beyond and not near:
        return Agreement.DISAGREES
    return Agreement.UNDECIDED


def _ends(points: Sequence[Point]) -> tuple[Point, Point]:
    """The last point, and one some way before it."""
    return points[-min(4, len(points))], points[-1]


def _tail(points: Sequence[Point]) -> float:
    """The exponent over the largest sizes."""
    first, last = _ends(points)
    return math.log(last.seconds / first.seconds) / math.log(last.size / first.size)


def _tail_of(order: Order, points: Sequence[Point]) -> float:
    """The same, if it grew exactly as a class does."""
    first, last = _ends(points)
    if order is Order.EXPONENTIAL:
        return math.inf
    rate = RATE[order]
    ratio = rate(last.size) / rate(max(first.size, 2))
    return math.log(ratio) / math.log(last.size / first.size) if ratio > 0 else 0.0
