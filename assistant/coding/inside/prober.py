"""Tries code in another world on made-up examples, and reports the smallest that fails.

It is the tests' end of the conversation: the oracle runs here and is believed; what the code
says is only ever an answer, and an object of its own, which would judge itself, decides nothing.
"""

from __future__ import annotations

import builtins
import copy
import importlib.util
import itertools
import json
import math
import os
import sys
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

from assistant.coding.inside import pytest_words, shapes
from assistant.coding.inside.examiner import Examiner, UnjudgedError
from assistant.coding.inside.making import examples, least
from assistant.coding.inside.tester import Subject
from assistant.coding.inside.testing import ALIASES, Finder

READ, WRITE, REPORT = 3, 4, 5
PLAN, ORACLE = "plan.json", "oracle.py"
LONGEST = 400
NEAR = 1e-9
"""Relative; two decimals nearer than that are the same to an oracle."""
Values = tuple[Any, ...]


class Discarded(Exception):  # noqa: N818 - the example, not the code, is at fault
    """The oracle itself does not take this example."""


class MissingError(Exception):
    """There is no such function."""


class Wrong(Exception):  # noqa: N818 - a finding, no error
    """The code fails on an example: what it gave, and what was expected."""

    def __init__(self, gave: str, expected: str) -> None:
        super().__init__(gave)
        self.gave = gave
        self.expected = expected


class Prober:
    """One function of the code against one oracle."""

    def __init__(self, plan: dict[str, Any], peer: Examiner) -> None:
        self._plan = plan
        self._peer = peer
        self._shapes = [shapes.read(text) for text in plan["shapes"]]
        self._module: Any = None
        self._like: Callable[..., Any] | None = None
        self.tried = 0
        self.discarded = 0

    def load(self) -> None:
        """The code and the oracle.  ``MissingError`` where one of them is not there."""
        if self._plan["kind"] == "reference":
            offer_code(self._plan["file"], self._peer)
            self._like = _reference(self._plan["name"])
        self._module = self._peer.ask("module")
        function_of(self._module, self._plan["function"])
        if self._plan["kind"] == "back":
            function_of(self._module, self._plan["name"])

    def run(self) -> dict[str, Any]:
        """All examples; the record of what came of them."""
        until = time.monotonic() + self._plan["seconds"]
        plan = self._plan
        made = examples(self._shapes, plan["given"], plan["examples"], plan["seed"])
        for values in made:
            if time.monotonic() > until:
                break
            try:
                self._try(values)
            except Discarded:
                self.discarded += 1
            except Wrong as wrong:
                tried = self.tried + 1
                found = self._least(values, wrong, until)
                self.tried = tried  # what was tried to make it smaller is not counted
                return found
        return {"failing": None}

    def _try(self, values: Values) -> None:
        """One example.  Raises ``Wrong`` or ``Discarded``."""
        say(open=self._call(values))
        match self._plan["kind"]:
            case "reference":
                self._compare(values)
            case "back":
                self._go_back(values)
            case _:
                self._hold(values)
        self.tried += 1

    def _ask(self, values: Values, expected: str) -> Any:
        given = copy.deepcopy(values)
        try:
            return function_of(self._module, self._plan["function"])(*given)
        except UnjudgedError:
            raise
        except Exception as wrong:  # noqa: BLE001 - it is what the code answers
            raise Wrong(f"raised {told(wrong)}", expected) from None

    def _compare(self, values: Values) -> None:
        assert self._like is not None
        try:
            expected = self._like(*copy.deepcopy(values))
        except Exception:  # noqa: BLE001 - it says nothing of this example
            raise Discarded from None
        word = self._peer.word(expected)
        gave = plain(self._ask(values, word), self._peer)
        if not same(gave, expected):
            raise Wrong(self._peer.word(gave), word)

    def _go_back(self, values: Values) -> None:
        word = self._peer.word(values[0])
        gave = self._ask(values, "a result")
        try:
            back = function_of(self._module, self._plan["name"])(gave)
        except UnjudgedError:
            raise
        except Exception as wrong:  # noqa: BLE001 - it is what the code answers
            raise Wrong(f"{self._peer.word(gave)}, back: raised {told(wrong)}", word) from None
        if not same(plain(back, self._peer), values[0]):
            raise Wrong(f"{self._peer.word(gave)}, back: {self._peer.word(back)}", word)

    def _hold(self, values: Values) -> None:
        law = self._plan["name"]
        gave = self._ask(values, law)
        if law == "no error":
            return
        word = self._peer.word(plain(gave, self._peer))
        match law:
            case "idempotent":
                again = plain(self._ask((copy.deepcopy(gave), *values[1:]), law), self._peer)
                if not same(again, gave):
                    raise Wrong(f"{word}, again: {self._peer.word(again)}", law)
            case "same items":
                if not same_items(_items(gave, law), _items(values[0], law)):
                    raise Wrong(word, f"{law} as {self._peer.word(values[0])}")
            case "same length":
                if len(_items(gave, law)) != len(_items(values[0], law)):
                    raise Wrong(word, f"{law} as {self._peer.word(values[0])}")
            case "sorted":
                items = _items(gave, law)
                if any(b < a for a, b in itertools.pairwise(items)):
                    raise Wrong(word, law)
            case _:
                raise MissingError(law)

    def _least(self, values: Values, wrong: Wrong, until: float) -> dict[str, Any]:
        """The smallest example that fails too; the first is known to."""

        def fails(less: Values) -> Wrong | None:
            try:
                self._try(less)
            except (Discarded, UnjudgedError):
                return None
            except Wrong as found:
                return found if _kind(found.gave) == _kind(wrong.gave) else None
            return None

        first = values
        values, wrong = least(shapes.Row(tuple(self._shapes)), (values, wrong), fails, until)
        failing = {
            "call": self._call(values),
            "gave": wrong.gave[:LONGEST],
            "expected": wrong.expected[:LONGEST],
            "shrunk": values != first,
        }
        return {"failing": failing}

    def _call(self, values: Values) -> str:
        words = ", ".join(self._peer.word(value) for value in values)
        return f"{self._plan['function']}({words})"


def function_of(module: Any, name: str) -> Any:
    """A function of the code, or a method of an object of a class of its, made anew.

    ``MissingError`` where there is none; whatever is raised as the object is made is the code's.
    """
    owner, _, word = name.rpartition(".")
    holder = _part(module, owner, name)() if owner else module
    return _part(holder, word, name)


def _part(holder: Any, word: str, name: str) -> Any:
    try:
        return getattr(holder, word)
    except AttributeError:
        raise MissingError(name) from None


def plain(value: Any, peer: Examiner) -> Any:
    """The value.  ``UnjudgedError`` where it holds an object of the code's, which would judge
    itself."""
    left = [value]
    while left:
        part = left.pop()
        if peer.number_of(part) is not None:
            raise UnjudgedError(peer.word(part))
        if isinstance(part, dict):
            left += [*part.keys(), *part.values()]
        elif isinstance(part, list | tuple | set | frozenset | deque):
            left += list(part)
    return value


def _kind(gave: str) -> str:
    """An example that raises is not made smaller into one that merely answers wrongly."""
    return gave.partition(":")[0] if gave.startswith("raised ") else ""


def offer_code(file: str, peer: Examiner) -> None:
    """Let a file of tests that holds the oracle import the code, and the words of pytest."""
    stem = file.rpartition(".")[0]
    sys.modules["pytest"] = pytest_words.module()
    module = Subject(stem, peer)
    sys.meta_path.insert(0, Finder((stem, *ALIASES), lambda: module))


def _reference(name: str) -> Callable[..., Any]:
    """The user's own function of that name, or that of the language."""
    found: Any = None
    if os.path.exists(ORACLE):  # noqa: PTH110
        spec = importlib.util.spec_from_file_location("oracle", ORACLE)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["oracle"] = module
        spec.loader.exec_module(module)
        found = getattr(module, name, None)
    if found is None and "." in name:
        library, _, word = name.rpartition(".")
        if library.split(".")[0] in sys.stdlib_module_names:
            found = getattr(importlib.import_module(library), word, None)
    if found is None:
        found = getattr(builtins, name, None)
    if not callable(found):
        raise MissingError(name)
    return found  # type: ignore[no-any-return]


def same(gave: Any, expected: Any) -> bool:
    """Equal in type and value, decimals up to rounding."""
    if isinstance(gave, float | int) and isinstance(expected, float | int):
        if isinstance(gave, bool) != isinstance(expected, bool):
            return False
        if isinstance(gave, int) and isinstance(expected, int):
            return gave == expected
        if math.isnan(gave) or math.isnan(expected):
            return math.isnan(gave) and math.isnan(expected)
        try:
            return math.isclose(gave, expected, rel_tol=NEAR, abs_tol=NEAR)
        except OverflowError:
            return False
    if isinstance(expected, list | tuple):
        return (
            type(gave) is type(expected)
            and len(gave) == len(expected)
            and all(same(a, b) for a, b in zip(gave, expected, strict=True))
        )
    if isinstance(expected, dict):
        return (
            isinstance(gave, dict)
            and gave.keys() == expected.keys()
            and all(same(gave[key], expected[key]) for key in expected)
        )
    return type(gave) is type(expected) and bool(gave == expected)


def same_items(one: list[Any], other: list[Any]) -> bool:
    """The same items, each as often; they need not be hashable."""
    try:
        return Counter(one) == Counter(other)
    except TypeError:
        left = list(other)
        for item in one:
            if item not in left:
                return False
            left.remove(item)
        return not left


def _items(value: Any, law: str) -> list[Any]:
    if not isinstance(value, list | tuple | str | bytes | set | frozenset | dict):
        raise Wrong(repr(value)[:LONGEST], law)
    return list(value)


def told(wrong: BaseException) -> str:
    """An exception in one line, even where its own words fail."""
    try:
        return f"{type(wrong).__name__}: {wrong}".removesuffix(": ")[:LONGEST]
    except Exception:  # noqa: BLE001 - its own words fail
        return type(wrong).__name__


_write = os.write


def say(**fields: object) -> None:
    """One line of the report."""
    view = memoryview(json.dumps(fields).encode() + b"\n")
    while view:
        view = view[_write(REPORT, view) :]


class Silent:
    """Takes what the oracle or the code prints."""

    def write(self, text: str) -> int:
        """Nothing is kept."""
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


def main() -> None:
    """Try the code whose file's name is the only argument, as ``plan.json`` says."""
    with open(PLAN, encoding="utf-8") as file:  # noqa: PTH123
        plan = json.load(file)
    sys.stdout = Silent()
    peer = Examiner(READ, WRITE)
    plan["file"] = sys.argv[1]
    prober = Prober(plan, peer)
    end: dict[str, Any]
    try:
        prober.load()
        end = prober.run()
    except UnjudgedError as wrong:
        end = {"unjudged": str(wrong)}
    except MissingError as wrong:
        end = {"missing": str(wrong)}
    except BaseException as wrong:  # noqa: BLE001 - whatever it is, nothing was decided
        end = {"error": told(wrong), "gone": peer.gone}
    say(end=end, tried=prober.tried, discarded=prober.discarded)
    os._exit(0)
