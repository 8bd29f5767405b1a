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
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from assistant.coding.inside import pytest_words, shapes
from assistant.coding.inside.examiner import Examiner, UnjudgedError
from assistant.coding.inside.making import examples, least
from assistant.coding.inside.probing import (
    LONGEST,
    PLAN,
    MissingError,
    Silent,
    Values,
    function_of,
    plain,
    same,
    say,
    told,
)
from assistant.coding.inside.tester import Subject
from assistant.coding.inside.testing import ALIASES, Finder

READ, WRITE = 3, 4
ORACLE = "oracle.py"


class Discarded(Exception):  # noqa: N818 - the example, not the code, is at fault
    """The oracle itself does not take this example."""


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
