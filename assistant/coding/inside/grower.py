"""Calls a function as often as it is told to, in the code's world; whoever tells it holds the
clock, outside.

Nothing here is trusted: code that finds out that it is measured could answer without doing its
work.  It could not make its processor time look other than it is.  ``measured`` starts this where
no module is loaded that is not loaded where the code is tested.
"""

from __future__ import annotations

import copy
import gc
import importlib.machinery
import importlib.util
import random
import sys
import types
from collections import deque
from collections.abc import Callable
from typing import Any

from assistant.coding.inside import shapes
from assistant.coding.inside.plain import BrokenChannelError, Json, receive, send
from assistant.coding.inside.shapes import Either, Many, Plain, Row, Shape, Table
from assistant.coding.inside.subject import Printed

READ, WRITE = 3, 4
INNER = 3
"""Items of a list within a list, where it is no square."""
WORD = 8
"""Signs of a text within a list."""
MOST_SHOWN = 20_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"
Values = tuple[Any, ...]


class Inputs:
    """Arguments of one size and kind, always the same for a seed."""

    def __init__(self, wanted: list[Shape], size: int, kind: str, seed: int) -> None:
        self._wanted = wanted
        self._size = size
        self._kind = kind
        self._dice = random.Random(f"{size} {kind} {seed}")  # noqa: S311 - no secret
        self._items: list[Any] = []

    def make(self) -> Values:
        """One set of arguments; lists before what may be looked up in them."""
        made: dict[int, Any] = {}
        order = sorted(range(len(self._wanted)), key=lambda n: not grows(self._wanted[n]))
        for place in order:
            made[place] = self._one(self._wanted[place])
        return tuple(made[place] for place in range(len(self._wanted)))

    def _one(self, shape: Shape) -> Any:
        match shape:
            case Either(options=options):
                real = [option for option in options if option != Plain("None")]
                return self._one(real[0] if real else options[0])
            case Many() | Table():
                return self._many(shape)
            case Row(parts=parts):
                return tuple(self._one(part) for part in parts)
            case Plain(kind="str" | "bytes"):
                text = self._text()
                return text.encode() if shape.kind == "bytes" else text
            case _:
                return self._single(shape)

    def _single(self, shape: Plain) -> Any:
        """A number: the size itself, or something to look for in what was made before."""
        dice = self._dice
        if shape.kind == "bool":
            return False
        if shape.kind not in ("int", "float", "complex"):
            return None
        if self._kind in ("size", "prime"):
            return self._size
        numbers = [item for item in self._items if isinstance(item, int | float)]
        if not numbers:
            return min(self._size, INNER)
        if self._kind == "absent":  # among even numbers, an odd one is no item and no sum
            middle = numbers[len(numbers) // 2]
            return type(middle)(int(middle) // 2 * 2 + 1)
        return dice.choice(numbers)

    def _many(self, shape: Many | Table) -> Any:
        if isinstance(shape, Table):
            keys = [self._item(shape.key, number, 1) for number in range(self._size)]
            self._items = keys
            return {key: self._item(shape.value, n, 1) for n, key in enumerate(keys)}
        nested = isinstance(shape.item, Many)
        units: dict[Shape, int | float] = {Plain("int"): 2, Plain("float"): 2.0}
        unit = units.get(shape.item)
        if unit is not None and self._kind != "equal":
            some = range(4 * self._size + 4)
            # in order no two are equal: what looks for such must go on; out of order, so many
            # would show the caches of the processor rather than the code
            mixed = self._kind in ("random", "absent")
            many = (
                self._dice.choices(some, k=self._size)
                if mixed
                else self._dice.sample(some, self._size)
            )
            items = [unit * number for number in many]
        else:
            items = [self._item(shape.item, number, 1) for number in range(self._size)]
        if not nested:
            self._items = items
        if self._kind in ("sorted", "absent") or shape.ordered:
            items.sort(key=_ranked)
        elif self._kind == "reversed":
            items.sort(key=_ranked, reverse=True)
        items = [_anew(item) for item in items]  # so they lie in memory one after the other
        kinds = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}
        return kinds[shape.kind](items)

    def _item(self, shape: Shape, number: int, deep: int) -> Any:
        """One item; all the same where the kind says so."""
        dice = self._dice
        equal = self._kind == "equal"
        match shape:
            case Either(options=options):
                return self._item(options[0], number, deep)
            case Many(kind=kind, item=item):
                items = [self._item(item, n, deep + 1) for n in range(INNER)]
                return tuple(items) if kind != "list" else items
            case Row(parts=parts):
                return tuple(self._item(part, number, deep + 1) for part in parts)
            case Table(key=key, value=value):
                return {self._item(key, 0, deep): self._item(value, 0, deep)}
            case Plain(kind="int"):
                return 2 if equal else 2 * dice.randrange(4 * self._size + 4)
            case Plain(kind="float"):
                return 2.0 if equal else 2.0 * dice.randrange(4 * self._size + 4)
            case Plain(kind="str"):
                return "a" * WORD if equal else "".join(dice.choices(LETTERS, k=WORD))
            case Plain(kind="bytes"):
                return b"a" if equal else bytes(dice.choices(range(256), k=WORD))
            case Plain(kind="bool"):
                return False if equal else dice.random() < 0.5
            case _:
                return None

    def _text(self) -> str:
        if self._kind == "equal":
            return "a" * self._size
        letters = self._dice.choices(LETTERS, k=self._size)
        if self._kind in ("sorted", "absent", "reversed"):
            letters.sort(reverse=self._kind == "reversed")
        return "".join(letters)


def grows(shape: Shape) -> bool:
    """Does a value of this shape hold a number of items?"""
    match shape:
        case Many() | Table() | Plain(kind="str" | "bytes"):
            return True
        case Either(options=options):
            return any(grows(option) for option in options)
        case _:
            return False


def _anew(item: Any) -> Any:
    """A copy at a new place, of what the items here can be."""
    match item:
        case int():
            return type(item)(item + 0)
        case float():
            return item + 0.0
        case str():
            return item[:1] + item[1:]
        case bytes():
            return item[:1] + item[1:]
        case list() | tuple():
            return type(item)([_anew(part) for part in item])
        case _:
            return item


def _ranked(item: Any) -> Any:
    return item if not isinstance(item, dict) else list(item)


class Loader(importlib.machinery.SourceFileLoader):
    """Compiles the code once, however often it is loaded."""

    _code: types.CodeType | None = None

    def get_code(self, fullname: str) -> types.CodeType | None:
        """The compiled code."""
        if self._code is None:
            self._code = super().get_code(fullname)
        return self._code


class Grower:
    """The function, and what it is to be called with."""

    def __init__(self, name: str, plan: dict[str, Any]) -> None:
        self._name = name
        self._function_name = plan["function"]
        self._wanted = [shapes.read(text) for text in plan["shapes"]]
        self._function: Callable[..., Any] | None = None
        self._lazy = False
        self._loader: Loader | None = None
        self._calls: list[Values] = []

    def done(self, order: dict[str, Any]) -> dict[str, Json]:
        """Do what is asked; the answer says what was raised, where something was."""
        try:
            match order["do"]:
                case "load":
                    self._load()
                case "make":
                    self._make(order)
                case "changes":
                    return {"changes": self._changes(order)}
                case "show":
                    return {"gave": self._shown(order)}
                case "nothing":
                    self._calls = []
                    return self._run()
                case "run":
                    return self._run()
                case _:
                    return {}
        except BrokenChannelError:
            raise
        except BaseException as wrong:  # noqa: BLE001 - it is the answer
            return {"raised": _told(wrong)}
        return {}

    def _load(self) -> None:
        """The code anew, so that it remembers no earlier call."""
        stem = self._name.rpartition(".")[0]
        if self._loader is None:
            self._loader = Loader(stem, self._name)
        spec = importlib.util.spec_from_file_location(stem, self._name, loader=self._loader)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[stem] = module
        spec.loader.exec_module(module)
        owner, _, word = self._function_name.rpartition(".")
        self._function = getattr(getattr(module, owner)() if owner else module, word)

    def _inputs(self, order: dict[str, Any], seed: int) -> Values:
        return Inputs(self._wanted, order["size"], order["kind"], seed).make()

    def _make(self, order: dict[str, Any]) -> None:
        """``copies`` sets of arguments, each for ``times`` calls."""
        self._calls = []  # the room of the last ones is needed
        _forget_printed()
        made = [self._inputs(order, order["seed"] + n) for n in range(order["copies"])]
        self._calls = made * order["times"]
        gc.collect()

    def _changes(self, order: dict[str, Any]) -> bool:
        """Does a call change what it is given?"""
        assert self._function is not None
        values = self._inputs(order, order["seed"])
        before = copy.deepcopy(values)
        result = self._function(*values)
        self._lazy = hasattr(type(result), "__next__")  # its work is done as it is asked for
        if self._lazy:
            deque(result, 0)
        return bool(values != before)

    def _shown(self, order: dict[str, Any]) -> str:
        """What a call gives and leaves of its arguments; empty where that is long."""
        assert self._function is not None
        values = self._inputs(order, order["seed"])
        result = self._function(*values)
        text = repr([list(result) if self._lazy else result, *values])
        return text if len(text) <= MOST_SHOWN else ""

    def _run(self) -> dict[str, Json]:
        function = self._function
        gc.disable()  # it would come by chance, and cost more the more there is
        try:
            if self._lazy:
                for values in self._calls:
                    deque(function(*values), 0)  # type: ignore[misc]
            else:
                for values in self._calls:
                    function(*values)  # type: ignore[misc]
        finally:
            gc.enable()
        return {}


def _forget_printed() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, Printed):
            stream.seek(0)
            stream.truncate()


def _told(wrong: BaseException) -> str:
    try:
        return f"{type(wrong).__name__}: {wrong}".removesuffix(": ")[:200]
    except Exception:  # noqa: BLE001 - its own words fail
        return type(wrong).__name__


def serve(name: str) -> None:
    """Serve the file of this name, until the other side has gone."""
    sys.path.insert(0, "")
    sys.stdout = sys.stderr = Printed()
    try:
        grower = Grower(name, receive(READ))
        send(WRITE, {})
        while True:
            send(WRITE, grower.done(receive(READ)))
    except BrokenChannelError:
        return
