"""Runs a file of tests against code in another world, and reports each test as it ends.

What the tests say is believed; what the code under test says is only ever an answer.
"""

from __future__ import annotations

import builtins
import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import io
import json
import os
import symtable
import sys
import traceback
import types
import unittest
from collections.abc import Callable, Iterator, Sequence

from assistant.coding.inside import pytest_words
from assistant.coding.inside.examiner import Examiner, UnjudgedError
from assistant.coding.inside.plain import BrokenChannelError

READ, WRITE, REPORT = 3, 4, 5
FILE = "tests.py"
ALIASES = ("solution", "main", "your_module", "my_module")
"""Names under which tests look for the code, beside its own."""
LONGEST = 4000
WHOLE = "(the whole file)"
Test = tuple[str, Callable[[], object]]


class Subject(types.ModuleType):
    """Stands for the module under test."""

    def __init__(self, name: str, peer: Examiner) -> None:
        super().__init__(name)
        self.__dict__["_peer"] = peer
        self.__dict__["_there"] = None

    def _asked(self) -> object:
        if self.__dict__["_there"] is None:
            self.__dict__["_there"] = self.__dict__["_peer"].ask("module")
        return self.__dict__["_there"]

    def __getattr__(self, name: str) -> object:
        if name == "__all__":
            names = self.__dict__["_peer"].ask("dir", self._asked())
            return [word for word in names if not word.startswith("_")]
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._asked(), name)

    def __setattr__(self, name: str, value: object) -> None:
        if name.startswith("__"):
            super().__setattr__(name, value)
        else:
            setattr(self._asked(), name, value)

    def __delattr__(self, name: str) -> None:
        delattr(self._asked(), name)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the stand-in under the code's name."""

    def __init__(self, names: Sequence[str], module: Subject) -> None:
        self._names = names
        self._module = module

    def find_spec(
        self,
        name: str,
        path: object = None,  # noqa: ARG002 - the protocol's
        target: object = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        """The stand-in, where it is asked for."""
        if name not in self._names:
            return None
        return importlib.machinery.ModuleSpec(name, self)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:  # noqa: ARG002
        """Always the same."""
        return self._module

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing to do: the code is loaded in its own world."""


class Report:
    """Where the results go."""

    def __init__(self, peer: Examiner) -> None:
        self._peer = peer
        self._write = os.write
        self._dumps = json.dumps

    def say(self, **fields: object) -> None:
        """One line."""
        view = memoryview(self._dumps(fields).encode() + b"\n")
        while view:
            view = view[self._write(REPORT, view) :]

    def run(self, name: str, test: Callable[[], object]) -> bool:
        """One test, and what became of it; false where the code has gone."""
        peer = self._peer
        peer.calls.clear()
        peer.unjudged.clear()
        self.say(start=name)
        outcome, detail = "passed", ""
        try:
            test()
        except (unittest.SkipTest, pytest_words.Skipped) as wrong:
            outcome, detail = "skipped", str(wrong)
        except BaseException as wrong:  # noqa: BLE001 - whatever it is, the test did not pass
            outcome, detail = "failed", told(wrong)
        if peer.gone:
            outcome, detail = "failed", f"{detail}\n{peer.gone}".strip()
        elif peer.unjudged:
            outcome = "unjudged"
            detail = f"an object of the code would have to judge itself: {peer.unjudged[0]}"
        self.say(name=name, outcome=outcome, detail=detail[-LONGEST:], calls=list(peer.calls))
        return not peer.gone


def told(wrong: BaseException) -> str:
    """What failed: the lines of the tests that led there, and the reason."""
    frames = traceback.extract_tb(wrong.__traceback__)
    lines = [f"line {f.lineno}: {f.line}" for f in frames if f.filename.endswith(FILE)]
    notes = [str(note) for note in getattr(wrong, "__notes__", ())]
    if isinstance(wrong, SyntaxError):
        lines.append(f"line {wrong.lineno}: {wrong.text or ''}")
    try:
        reason = f"{type(wrong).__name__}: {wrong}".removesuffix(": ")
    except Exception:  # noqa: BLE001 - its own words fail
        reason = type(wrong).__name__
    return "\n".join([*lines[-3:], reason, *notes[-1:]])


def missing_names(source: str) -> set[str]:
    """Names that the tests use and nobody defines: they mean the code's."""
    table = symtable.symtable(source, FILE, "exec")
    bound = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    used: set[str] = set()
    tables = [table]
    while tables:
        scope = tables.pop()
        tables += scope.get_children()
        for symbol in scope.get_symbols():
            if symbol.is_referenced() and (symbol.is_global() or scope is table):
                used.add(symbol.get_name())
            if symbol.is_declared_global() and symbol.is_assigned():
                bound.add(symbol.get_name())
    return {name for name in used - bound if not hasattr(builtins, name)}


def load(module: Subject) -> types.ModuleType:
    """The tests' own module, run once."""
    with open(FILE, encoding="utf-8") as file:  # noqa: PTH123
        source = file.read()
    spec = importlib.util.spec_from_file_location("tests", FILE)
    assert spec is not None
    assert spec.loader is not None
    tests = importlib.util.module_from_spec(spec)
    sys.modules["tests"] = tests
    for name in sorted(missing_names(source) - {"__file__", "__name__"}):
        with contextlib.suppress(AttributeError):
            setattr(tests, name, getattr(module, name))
    spec.loader.exec_module(tests)
    return tests


def collected(tests: types.ModuleType) -> Iterator[Test]:
    """All tests of the file, in its order."""
    for name, value in list(vars(tests).items()):
        if isinstance(value, type) and issubclass(value, unittest.TestCase):
            for method in unittest.TestLoader().getTestCaseNames(value):
                yield f"{name}.{method}", _case(value, method)
        elif isinstance(value, type) and name.startswith("Test"):
            for method, function in inspect.getmembers(value, inspect.isfunction):
                if method.startswith("test"):
                    yield from _cases(f"{name}.{method}", function, tests, value)
        elif name.startswith("test") and inspect.isfunction(value):
            yield from _cases(name, value, tests, None)


def _case(kind: type[unittest.TestCase], method: str) -> Callable[[], object]:
    def run() -> None:
        result = unittest.TestResult()
        result.failfast = True
        holder: list[BaseException] = []

        def keep(_: object, error: tuple[object, BaseException, object]) -> None:
            holder.append(error[1])

        result.addError = result.addFailure = keep  # type: ignore[method-assign,assignment]
        result.addSubTest = lambda _, __, error: error and holder.append(error[1])  # type: ignore
        unittest.TestSuite([kind(method)]).run(result)
        if holder:
            raise holder[0]
        if result.unexpectedSuccesses:
            raise AssertionError("it passed, and was expected to fail")
        if result.skipped:
            raise unittest.SkipTest(result.skipped[0][1])
        if result.testsRun != 1:
            raise AssertionError("it did not run")

    return run


def _cases(
    name: str, function: Callable[..., object], tests: types.ModuleType, kind: type | None
) -> Iterator[Test]:
    for label, given in pytest_words.parameters(function):

        def run(given: dict[str, object] = given) -> None:
            target = function
            if kind is not None:
                it = kind()
                target = getattr(it, function.__name__)
                pytest_words.hook(it, "setup_method", target)
            else:
                pytest_words.hook(tests, "setup_function", target)
            pytest_words.call(target, given, vars(tests))
            if kind is not None:
                pytest_words.hook(it, "teardown_method", target)
            else:
                pytest_words.hook(tests, "teardown_function", target)

        yield f"{name}{label}", run


def main() -> None:
    """Run ``tests.py`` against the code whose file's name is the only argument."""
    peer = Examiner(READ, WRITE)
    report = Report(peer)
    stem = sys.argv[1].rpartition(".")[0]
    module = Subject(stem, peer)
    sys.modules["pytest"] = pytest_words.module()
    sys.meta_path.insert(0, Finder((stem,), module))
    sys.meta_path.append(Finder(ALIASES, module))
    printed = io.StringIO()
    found: list[Test] = []

    def whole() -> None:
        tests = load(module)
        pytest_words.hook(tests, "setup_module", tests)
        found.extend(collected(tests))

    with contextlib.redirect_stdout(printed):
        if report.run(WHOLE, whole):
            for name, test in found:
                if not report.run(name, test):
                    break
    report.say(end=len(found), printed=printed.getvalue()[:LONGEST])
    os._exit(0)


__all__ = ["BrokenChannelError", "UnjudgedError", "main"]
