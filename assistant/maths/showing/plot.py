"""What a graph shows: the window, the curves in pieces, the points worth a mark.

The window is chosen from what is found numerically: roots, crossings, extrema and
intercepts; a curve is broken at poles, jumps and the ends of its domain.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.maths import terms as t
from assistant.maths.numeric import evaluate
from assistant.maths.types import Request, Solution, Task

Point = tuple[float, float]
Function = Callable[[float], "float | None"]
REACH = 50.0
"""How far from zero points of interest are looked for."""
SCAN = 1600
SAMPLES = 600
MOST_MARKS = 12
MOST_CURVES = 6


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the plane that is shown."""

    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A function's graph as unbroken pieces."""

    source: t.Expr
    pieces: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A window, the curves in it, and the marked points (roots or crossings)."""

    variable: str
    window: Window
    curves: tuple[Curve, ...]
    marks: tuple[Point, ...]


def curves_of(request: Request, solution: Solution) -> tuple[t.Expr, ...]:
    """What a solution says should be drawn, else the sides of its equation."""
    if solution.curves:
        return solution.curves
    match request:
        case Request(task=Task.SOLVE, operands=(t.Relation() as only,)):
            return (only,)
        case Request(operands=(only,)) if not isinstance(only, t.Matrix | t.Collection):
            return (only,)
    return ()


def picture(curves: Iterable[t.Expr]) -> Picture | None:
    """The graph of functions of one variable, or ``None`` where there is nothing to draw."""
    bodies = list(dict.fromkeys(body for curve in curves for body in _bodies(curve)))
    names = list(dict.fromkeys(name for body in bodies for name in t.symbols(body)))
    if len(names) != 1:
        return None
    name = names[0]
    bodies = [b for b in bodies if _function(b, name)(0.5) is not None or _anywhere(b, name)]
    bodies = bodies[:MOST_CURVES]
    if not bodies:
        return None
    functions = [_function(body, name) for body in bodies]
    marks, interesting = _points(functions)
    left, right = _span([x for x, _ in interesting], functions)
    xs = [left + (right - left) * n / SAMPLES for n in range(SAMPLES + 1)]
    shown = [p for p in (*marks, *interesting) if left <= p[0] <= right]
    bottom, top = _heights(functions, xs, [y for _, y in shown])
    window = Window(left, right, bottom, top)
    drawn = tuple(
        Curve(body, _pieces(f, xs, top - bottom)) for body, f in zip(bodies, functions, strict=True)
    )
    inside = tuple(p for p in marks if left <= p[0] <= right and bottom <= p[1] <= top)
    return Picture(name, window, drawn, inside[:MOST_MARKS])


def _bodies(curve: t.Expr) -> tuple[t.Expr, ...]:
    """The functions of a curve: ``y = f(x)`` is ``f``; another equation is its two sides."""
    match curve:
        case t.Relation(_, t.Symbol("y") | t.Call("f" | "g" | "h" | "y", (t.Symbol(),)), right):
            return (right,)
        case t.Relation(_, left, right):
            return (left, right)
    return (curve,)


def _function(body: t.Expr, name: str) -> Function:
    return lambda x: evaluate(body, {name: x})


def _anywhere(body: t.Expr, name: str) -> bool:
    f = _function(body, name)
    return any(f(n * 0.37 - REACH) is not None for n in range(int(2 * REACH / 0.37)))


def _points(functions: list[Function]) -> tuple[list[Point], list[Point]]:
    """The roots (of one function) or crossings (of several), and all that is worth seeing."""
    if len(functions) == 1:
        marks = _zeros(functions[0])
    else:
        first, second = functions[:2]
        marks = [
            (x, value)
            for x, _ in _zeros(lambda x: _minus(first(x), second(x)))
            if (value := first(x)) is not None
        ]
    interesting = list(marks)
    for f in functions:
        interesting += _turns(f)
        if len(interesting) < 2 and (start := f(0.0)) is not None:
            interesting.append((0.0, start))
    return marks, interesting


def _minus(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else a - b


def _grid() -> list[float]:
    """Points that lie closer near zero: the sinh of even steps, off the round numbers."""
    steep = 4.0
    return [
        REACH * math.sinh(steep * (2 * n / SCAN - 1 + 1e-4)) / math.sinh(steep)
        for n in range(SCAN + 1)
    ]


def _zeros(f: Function) -> list[Point]:
    """Where the sign changes without a jump, and where the curve touches the axis."""
    out: list[Point] = []
    xs = _grid()
    ys = [f(x) for x in xs]
    if sum(y == 0 for y in ys) > SCAN // 4:
        return []  # zero on whole intervals: no single points
    for n in range(SCAN):
        a, b = ys[n], ys[n + 1]
        if a is None or b is None:
            continue
        if a == 0:
            out.append((xs[n], 0.0))
        elif a * b < 0:
            root = _bisected(f, xs[n], xs[n + 1])
            if root is not None:
                out.append((root, 0.0))
    out += [(x, 0.0) for x, y in _turns(f) if abs(y) < 1e-9]
    return sorted(set(out), key=lambda p: abs(p[0]))[:MOST_MARKS]


def _bisected(f: Function, low: float, high: float) -> float | None:
    """The root between, or ``None`` where the sign changes by a jump or a pole."""
    start = f(low)
    assert start is not None
    limit = 1e-6 * (1 + abs(start))
    for _ in range(60):
        middle = (low + high) / 2
        value = f(middle)
        if value is None:
            return None
        if value == 0:
            return middle
        low, high = (middle, high) if value * start > 0 else (low, middle)
    value = f(low)
    return _tidy((low + high) / 2) if value is not None and abs(value) < limit else None


def _tidy(x: float) -> float:
    """A root that is a short decimal but for rounding."""
    return round(x, 9) + 0.0


def _turns(f: Function) -> list[Point]:
    """Local extrema, by golden-section search between three samples."""
    xs = _grid()
    ys = [f(x) for x in xs]
    out: list[Point] = []
    for n in range(1, SCAN):
        a, b, c = ys[n - 1], ys[n], ys[n + 1]
        if a is None or b is None or c is None or (b - a) * (c - b) >= 0:
            continue
        x = _extremum(f, xs[n - 1], xs[n + 1], 1 if b > a else -1)
        y = f(x)
        if y is not None and abs(y - b) <= 10 * (abs(b - a) + abs(c - b)):
            out.append((x, y))
    return sorted(out, key=lambda p: abs(p[0]))[:MOST_MARKS]


def _extremum(f: Function, low: float, high: float, sign: int) -> float:
    """Golden-section search (Kiefer 1953)."""
    ratio = (math.sqrt(5) - 1) / 2

    def height(x: float) -> float:
        value = f(x)
        return -math.inf if value is None else sign * value

    for _ in range(45):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, b) if height(a) > height(b) else (a, high)
    return _tidy((low + high) / 2)


def _span(xs: list[float], functions: list[Function]) -> tuple[float, float]:
    """The sides of the window."""
    near = sorted(xs, key=abs)[:9]
    if near:
        left, right = min(near), max(near)
        room = max(0.35 * (right - left), 2.0)
        left, right = left - room, right + room
        if left > 0 and left < right - left:  # the axis is worth having in sight
            left = -0.1 * right
        if right < 0 and -right < right - left:
            right = -0.1 * left
    else:
        middle = min(
            (x for x in _grid() if any(f(x) is not None for f in functions)), key=abs, default=0.0
        )
        left, right = middle - 10.0, middle + 10.0
    defined = [
        x
        for n in range(401)
        if any(f(x := left + (right - left) * n / 400) is not None for f in functions)
    ]
    if not defined:
        return left, right
    room = 0.05 * (defined[-1] - defined[0] + 1e-9)
    low, high = max(left, defined[0] - room), min(right, defined[-1] + room)
    return (low, high) if high - low > 1e-6 else (left, right)


def _heights(functions: list[Function], xs: list[float], seen: list[float]) -> tuple[float, float]:
    """Bottom and top: the points of interest, and the middle of what the curves do."""
    ys = sorted(y for f in functions for x in xs if (y := f(x)) is not None)
    if not ys:
        return -1.0, 1.0
    low, high = ys[len(ys) // 10], ys[-1 - len(ys) // 10]
    spread = high - low
    if ys[-1] - ys[0] <= 3 * spread:
        low, high = ys[0], ys[-1]
    low, high = min([low, *seen]), max([high, *seen])
    if low > 0 and low < 1.5 * (high - low):
        low = 0.0
    if high < 0 and -high < 1.5 * (high - low):
        high = 0.0
    room = 0.08 * (high - low) or max(1.0, abs(high))
    return low - room, high + room


def _pieces(f: Function, xs: list[float], height: float) -> tuple[tuple[Point, ...], ...]:
    out: list[list[Point]] = [[]]
    for x in xs:
        y = f(x)
        if y is None:
            out.append([])
            continue
        if out[-1] and _jumps(f, out[-1][-1], (x, y), height):
            out.append([])
        out[-1].append((x, y))
    return tuple(tuple(piece) for piece in out if piece)


def _jumps(f: Function, before: Point, after: Point, height: float) -> bool:
    """Whether a great step stays great however closely it is looked at."""
    gap = abs(after[1] - before[1])
    if gap < height / 60:
        return False
    (a, low), (b, high) = before, after
    for _ in range(30):
        x = (a + b) / 2
        y = f(x)
        if y is None:
            return True
        if abs(y - low) > abs(high - y):
            b, high = x, y
        else:
            a, low = x, y
    return abs(high - low) > gap / 4


def ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Round numbers between two values: steps of 1, 2 or 5 times a power of ten."""
    span = high - low
    if not (span > 0 and math.isfinite(span)):
        return ()
    rough = span / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough)
    first = math.ceil(low / step)
    return tuple(n * step for n in range(first, first + most + 2) if n * step <= high)


def label(value: float) -> str:
    """A short number."""
    return f"{value:.6g}".replace("e+0", "e").replace("e-0", "e-")
