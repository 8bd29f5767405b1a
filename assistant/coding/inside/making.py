"""Makes values of a shape by chance, and makes a value that fails smaller.

The way of QuickCheck (Claessen and Hughes, ICFP 2000): small values first, with those that are
often wrong (0, 1, -1, equal items, empty ones) among them; a failing one is replaced by a smaller
one that fails, as long as there is one.
"""

from __future__ import annotations

import ast
import itertools
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, assert_never

from assistant.coding.inside.shapes import Either, Many, Plain, Row, Shape, Table

LETTERS = "abcABCxyz019 _-,.é中\n"
FEW_LETTERS = "ab"
INTS = (0, 1, -1, 2, 3, 10, 100, 255, 256)
LARGE_INTS = (1 << 31, -(1 << 31), (1 << 63) - 1, 10**9 + 7)
FLOATS = (0.0, 1.0, -1.0, 0.5, -2.5, 0.1, 100.0, 1e9, 1e-9)
LARGEST = 30
"""Of a number that stands alone: it may be a count, and cost as much."""
LARGEST_SIZE = 24
"""About as many items a made value has at most."""
MOST_SHRINKS = 400
Found = TypeVar("Found")
"""What is found out about a value that fails."""


class Maker:
    """Values of shapes, always the same for a seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - no secret

    def make(self, shape: Shape, size: int, *, within: bool = False) -> Any:
        """A value; of about ``size`` items where it holds some.  ``within`` a larger one?"""
        match shape:
            case Plain():
                return self._plain(shape, size, within=within)
            case Many(kind=kind, item=item, ordered=ordered):
                count = self._dice.randint(0, max(size, 1))
                narrow = self._dice.random() < 0.3  # many equal items
                items = [self.make(item, size // 2, within=True) for _ in range(count)]
                if narrow and items:
                    few = items[: 1 + len(items) // 4]
                    items = [self._dice.choice(few) for _ in items]
                if ordered:
                    items.sort()
                return _many(kind, items)
            case Row(parts=parts):
                return tuple(self.make(part, size // 2, within=True) for part in parts)
            case Table(key=key, value=value):
                count = self._dice.randint(0, max(size, 1))
                return {
                    self.make(key, size // 2, within=True): self.make(value, size // 2, within=True)
                    for _ in range(count)
                }
            case Either(options=options):
                return self.make(self._dice.choice(options), size, within=within)
            case _:
                assert_never(shape)

    def _plain(self, shape: Plain, size: int, *, within: bool) -> Any:
        dice = self._dice
        match shape.kind:
            case "int":
                value = self._int(size, within=within)
                return abs(value) if shape.natural else value
            case "float":
                if dice.random() < 0.3:
                    return dice.choice(FLOATS)
                return round(dice.uniform(-size - 1, size + 1), dice.randint(0, 3))
            case "str":
                letters = FEW_LETTERS if dice.random() < 0.4 else LETTERS
                return "".join(dice.choice(letters) for _ in range(dice.randint(0, size)))
            case "bool":
                return dice.random() < 0.5
            case "bytes":
                return bytes(dice.randrange(256) for _ in range(dice.randint(0, size)))
            case "complex":
                return complex(dice.randint(-size, size), dice.randint(-size, size))
            case _:
                return None

    def _int(self, size: int, *, within: bool) -> int:
        dice = self._dice
        if not within:
            top = min(size, LARGEST)
            return dice.randint(-top // 2, top)
        if dice.random() < 0.05:
            return dice.choice(LARGE_INTS)
        return dice.choice(INTS) if dice.random() < 0.2 else dice.randint(-size - 2, size + 2)


def _many(kind: str, items: list[Any]) -> Any:
    match kind:
        case "tuple":
            return tuple(items)
        case "set":
            return set(items)
        case "frozenset":
            return frozenset(items)
        case _:
            return items


def examples(
    shapes: Sequence[Shape], given: Iterable[str], number: int, seed: int
) -> Iterator[tuple[Any, ...]]:
    """Arguments for a call: those that are ``given``, each written as a tuple, where they are of
    these shapes; then ``number`` made ones, small ones first."""
    for text in given:
        values = ast.literal_eval(text)
        if all(fits(shape, value) for shape, value in zip(shapes, values, strict=True)):
            yield values
    maker = Maker(seed)
    for count in range(number):
        size = min(count // 3, LARGEST_SIZE)
        yield tuple(maker.make(shape, size) for shape in shapes)


def least(
    shape: Shape, first: tuple[Any, Found], fails: Callable[[Any], Found | None], until: float
) -> tuple[Any, Found]:
    """The smallest value that fails too, and what was found of it.

    ``first`` is known to fail; ``fails`` says how another does, ``None`` where it does not count.
    None is tried after ``until``, of the monotonic clock.
    """
    value, found = first
    left = MOST_SHRINKS
    going = True
    while going and left > 0:
        going = False
        for less in smaller(shape, value):
            left -= 1
            if left <= 0 or time.monotonic() > until:
                break
            wrong = fails(less)
            if wrong is not None:
                value, found, going = less, wrong, True
                break
    return value, found


def smaller(shape: Shape, value: Any) -> Iterator[Any]:
    """Values of the shape that are simpler, the simplest first."""
    match shape:
        case Plain():
            yield from _smaller_plain(shape, value)
        case Many(kind=kind, item=item, ordered=ordered):
            items = list(value) if kind in ("list", "tuple") else sorted(value, key=repr)
            for shorter in _smaller_items(item, items):
                if not ordered or _rises(shorter):
                    yield _many(kind, shorter)
        case Row(parts=parts):
            for place, part in enumerate(parts):
                for new in smaller(part, value[place]):
                    yield (*value[:place], new, *value[place + 1 :])
        case Table(key=key, value=inner):
            for pairs in _smaller_items(Row((key, inner)), list(value.items())):
                made = dict(pairs)
                if made != value:
                    yield made
        case Either(options=options):
            for option in options:
                if fits(option, value):
                    yield from smaller(option, value)
                    break
                yield simplest(option)
        case _:
            assert_never(shape)


def _smaller_items(item: Shape, items: list[Any]) -> Iterator[list[Any]]:
    """Fewer items, then simpler ones."""
    step = len(items)
    while step:
        for start in range(0, len(items), step):
            yield items[:start] + items[start + step :]
        step //= 2
    for place, old in enumerate(items):
        for new in smaller(item, old):
            yield [*items[:place], new, *items[place + 1 :]]


def _smaller_plain(shape: Plain, value: Any) -> Iterator[Any]:
    match shape.kind:
        case "int":
            yield from _smaller_int(value)
        case "float":
            if value == value and abs(value) != float("inf"):  # noqa: PLR0124 - NaN is not itself
                yield from (float(whole) for whole in _smaller_int(int(value)))
                if value != int(value):
                    yield float(int(value))
        case "bool":
            if value:
                yield False
        case "str":
            for parts in _smaller_items(Plain("None"), list(value)):
                yield "".join(parts)
            for place, letter in enumerate(value):
                if letter != "a":
                    yield value[:place] + "a" + value[place + 1 :]
        case "bytes":
            for numbers in _smaller_items(Plain("None"), list(value)):
                yield bytes(numbers)
        case _:
            return


def _smaller_int(value: int) -> Iterator[int]:
    if not value:
        return
    yield 0
    if value < 0:
        yield -value
    half = value
    while abs(half) > 1:
        half = int(half / 2) if abs(half) < 1 << 50 else half // 2
        yield value - half
    yield value - (1 if value > 0 else -1)


def _rises(items: list[Any]) -> bool:
    return all(a <= b for a, b in itertools.pairwise(items))


def fits(shape: Shape, value: Any) -> bool:
    """Is the value of this shape, by its outermost type?"""
    kind = type(value).__name__
    match shape:
        case Plain(kind=name):
            return kind == ("NoneType" if name == "None" else name)
        case Many(kind=name):
            return kind == name
        case Row(parts=parts):
            return kind == "tuple" and len(value) == len(parts)
        case Table():
            return kind == "dict"
        case Either(options=options):
            return any(fits(option, value) for option in options)
        case _:
            assert_never(shape)


def simplest(shape: Shape) -> Any:
    """The value that no other is simpler than."""
    match shape:
        case Plain(kind=kind):
            simple = {"int": 0, "float": 0.0, "str": "", "bool": False, "bytes": b"", "complex": 0j}
            return simple.get(kind)
        case Many(kind=kind):
            return _many(kind, [])
        case Row(parts=parts):
            return tuple(simplest(part) for part in parts)
        case Table():
            return {}
        case Either(options=options):
            return simplest(options[0])
        case _:
            assert_never(shape)
