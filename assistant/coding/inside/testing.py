"""Loads a file of tests, finds the tests in it, and reports what became of each.

It serves both ways in which tests are run: apart from the code, and in one process with it.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import json
import os
import symtable
import sys
import traceback
import types
import unittest
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.coding.inside import pytest_words
from assistant.coding.inside.checks import Checks, Loader
from assistant.coding.inside.unjudged import (
    CAUGHT,
    MODULE,
    NO_CHECK,
    NO_QUESTION,
    OBJECT,
    RETURNS,
    WORDS,
    NotJudgedError,
    unknown,
)

ALIASES = ("solution", "main", "your_module", "my_module")
"""Names under which tests look for the code, beside its own."""
LONGEST = 4000
WHOLE = "(the whole file)"
SAYING = {OBJECT: "an object of the code would have to judge itself: ", WORDS: "not known here: "}
PREPARING = ("setup_class", "teardown_class", "setup", "teardown", "pytestmark")
"""Words of pytest in a class that are not known here."""
Test = tuple[str, Callable[[], object]]


class Watch(Protocol):
    """What is known of the code while a test runs."""

    unjudged: list[tuple[str, str]]
    """Reasons for which the test decides nothing, with words."""
    calls: list[str]
    gone: str
    """Why the code has gone, where it has."""
    asked: bool
    """Was it asked for anything yet, beyond its names?"""


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module under some names."""

    def __init__(self, names: Sequence[str], module: Callable[[], types.ModuleType]) -> None:
        self._names = names
        self._module = module

    def find_spec(
        self,
        name: str,
        path: object = None,  # noqa: ARG002 - the protocol's
        target: object = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        """The module, where it is asked for."""
        if name not in self._names:
            return None
        return importlib.machinery.ModuleSpec(name, self)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:  # noqa: ARG002
        """Always the same."""
        return self._module()

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing to do: the code is loaded elsewhere."""


class Report:
    """Where the results go: lines of JSON on a descriptor."""

    def __init__(self, place: int, file: str, watch: Watch) -> None:
        self._place = place
        self._file = file
        self._watch = watch
        self.checks = Checks()
        self._write = os.write
        self._dumps = json.dumps

    def say(self, **fields: object) -> None:
        """One line."""
        view = memoryview(self._dumps(fields).encode() + b"\n")
        while view:
            view = view[self._write(self._place, view) :]

    def run(self, name: str, test: Callable[[], object], *, found: list[Test]) -> bool:
        """One test, and what became of it; false where the code has gone.

        ``found`` are the tests that it has found: one that finds others need check nothing.
        """
        watch = self._watch
        watch.calls.clear()
        watch.unjudged.clear()
        self.checks.clear()
        self.say(start=name)
        outcome, detail, reason = "passed", "", ""
        try:
            test()
        except (unittest.SkipTest, pytest_words.Skipped) as wrong:
            outcome, detail = "skipped", str(wrong)
        except NotJudgedError as wrong:
            watch.unjudged.append((wrong.reason, str(wrong)))
        except ModuleNotFoundError as wrong:
            watch.unjudged.append((MODULE, self._told(wrong)))
        except BaseException as wrong:  # noqa: BLE001 - whatever it is, the test did not pass
            outcome, detail = "failed", self._told(wrong)
        if outcome == "passed" and self.checks.open:
            watch.unjudged.append((CAUGHT, "an assert failed, and the test went on"))
        if outcome == "passed" and not found and not watch.unjudged:
            if not self.checks.made:
                watch.unjudged.append((NO_CHECK, "the test checks nothing"))
            elif not watch.asked:
                watch.unjudged.append((NO_QUESTION, "the test asks the code for nothing"))
        if watch.gone:
            outcome, detail = "failed", f"{detail}\n{watch.gone}".strip()
        elif watch.unjudged:
            outcome = "unjudged"
            reason, words = watch.unjudged[0]
            detail = SAYING.get(reason, "") + words
        told = detail[-LONGEST:]
        self.say(name=name, outcome=outcome, detail=told, calls=list(watch.calls), reason=reason)
        return not watch.gone

    def _told(self, wrong: BaseException) -> str:
        """What failed: the lines of the tests that led there, and the reason."""
        frames = traceback.extract_tb(wrong.__traceback__)
        lines = [f"line {f.lineno}: {f.line}" for f in frames if f.filename.endswith(self._file)]
        notes = [str(note) for note in getattr(wrong, "__notes__", ())]
        if isinstance(wrong, SyntaxError):
            lines.append(f"line {wrong.lineno}: {wrong.text or ''}")
        try:
            reason = f"{type(wrong).__name__}: {wrong}".removesuffix(": ")
        except Exception:  # noqa: BLE001 - its own words fail
            reason = type(wrong).__name__
        return "\n".join([*lines[-3:], reason, *notes[-1:]])


def missing_names(source: str, file: str) -> set[str]:
    """Names that the tests use and nobody defines: they mean the code's."""
    table = symtable.symtable(source, file, "exec")
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


def load(file: str, checks: Checks, code: Callable[[], object]) -> types.ModuleType:
    """The tests' own module, run once; ``code`` is asked for what the tests do not define."""
    with open(file, encoding="utf-8") as opened:  # noqa: PTH123
        source = opened.read()
    loader = Loader("tests", file, checks)
    spec = importlib.util.spec_from_file_location("tests", file, loader=loader)
    assert spec is not None
    tests = importlib.util.module_from_spec(spec)
    sys.modules["tests"] = tests
    for name in sorted(missing_names(source, file) - {"__file__", "__name__"}):
        with contextlib.suppress(AttributeError):
            setattr(tests, name, getattr(code(), name))
    loader.exec_module(tests)
    if hasattr(tests, "pytestmark"):
        raise unknown("pytestmark")
    return tests


def collected(
    tests: types.ModuleType, strange: Callable[[object], bool] = lambda _: False
) -> Iterator[Test]:
    """All tests of the file, in its order; ``strange`` says what is the code's own."""
    fixtures = Fixtures(tests)
    for name, value in list(vars(tests).items()):
        if strange(value):
            continue
        if isinstance(value, type) and issubclass(value, unittest.TestCase):
            for method in unittest.TestLoader().getTestCaseNames(value):
                fixtures.expect(value)
                yield f"{name}.{method}", _case(value, method, fixtures)
        elif isinstance(value, type) and name.startswith("Test"):
            for method, function in inspect.getmembers(value, inspect.isfunction):
                if method.startswith("test"):
                    yield from _cases(f"{name}.{method}", function, tests, value)
        elif name.startswith("test") and inspect.isfunction(value):
            yield from _cases(name, value, tests, None)


class Fixtures:
    """What ``unittest`` does once for a class, or for the file: before the first of the tests that
    need it, and after the last.  Where it fails, each of them fails."""

    def __init__(self, tests: types.ModuleType) -> None:
        self._tests = tests
        self._left: dict[object, int] = {}
        """Tests to come: of each class, and of the file."""
        self._wrong: dict[object, BaseException | None] = {}
        """What has been set up, each with what it raised."""

    def expect(self, kind: type[unittest.TestCase]) -> None:
        """There is a test more."""
        for owner in (self._tests, kind):
            self._left[owner] = self._left.get(owner, 0) + 1

    def enter(self, kind: type[unittest.TestCase]) -> None:
        """Before a test; raises what setting up has raised, also for those that come later."""
        if getattr(kind, "__unittest_skip__", False):
            return
        module = getattr(self._tests, "setUpModule", _nothing)
        self._once(self._tests, module, unittest.case.doModuleCleanups)
        self._once(kind, kind.setUpClass, kind.doClassCleanups)

    def _once(self, owner: object, begin: Callable[[], object], undo: Callable[[], object]) -> None:
        if owner not in self._wrong:
            self._wrong[owner] = None
            try:
                begin()
            except BaseException as wrong:
                self._wrong[owner] = wrong
                undo()
                raise
        earlier = self._wrong[owner]
        if earlier is not None:
            raise earlier

    def leave(self, kind: type[unittest.TestCase]) -> None:
        """After a test; raises what ending raises."""
        for owner in (self._tests, kind):
            self._left[owner] -= 1
        if not self._left[kind] and self._stands(kind):
            kind.tearDownClass()
            kind.doClassCleanups()
            for _, wrong, _ in getattr(kind, "tearDown_exceptions", ()):
                raise wrong
        if not self._left[self._tests] and self._stands(self._tests):
            getattr(self._tests, "tearDownModule", _nothing)()
            unittest.case.doModuleCleanups()

    def _stands(self, owner: object) -> bool:
        return owner in self._wrong and self._wrong[owner] is None


def _nothing() -> None:
    """There is no such function."""


def _case(kind: type[unittest.TestCase], method: str, fixtures: Fixtures) -> Callable[[], object]:
    def run() -> None:
        try:
            fixtures.enter(kind)
            _run_case(kind, method)
        except BaseException:
            with contextlib.suppress(Exception):  # the first thing that went wrong is told
                fixtures.leave(kind)
            raise
        fixtures.leave(kind)

    return run


def _run_case(kind: type[unittest.TestCase], method: str) -> None:
    result = unittest.TestResult()
    result.failfast = True
    holder: list[BaseException] = []

    def keep(_: object, error: tuple[object, BaseException, object]) -> None:
        holder.append(error[1])

    result.addError = result.addFailure = keep  # type: ignore[method-assign,assignment]
    result.addSubTest = lambda _, __, error: error and holder.append(error[1])  # type: ignore
    it = kind(method)
    returned: list[object] = []
    if not isinstance(it, unittest.IsolatedAsyncioTestCase):
        setattr(it, method, _looked_at(getattr(it, method), returned))
    it.run(result)
    if holder:
        raise holder[0]
    if returned:
        raise NotJudgedError(RETURNS, "the test returns something, which nobody looks at")
    if result.unexpectedSuccesses:
        raise AssertionError("it passed, and was expected to fail")
    if result.skipped:
        raise unittest.SkipTest(result.skipped[0][1])
    if result.testsRun != 1:
        raise AssertionError("it did not run")


def _looked_at(method: Callable[..., object], returned: list[object]) -> Callable[..., object]:
    @functools.wraps(method)
    def run() -> None:
        result = method()
        if result is not None:
            returned.append(True)
            if inspect.iscoroutine(result):
                result.close()

    return run


def _cases(
    name: str, function: Callable[..., object], tests: types.ModuleType, kind: type | None
) -> Iterator[Test]:
    rows = list(pytest_words.parameters(function))
    if not rows:
        yield name, pytest_words.no_rows
    for label, given in rows:

        def run(given: dict[str, object] = given) -> None:
            target = function
            if kind is not None:
                _known(kind)
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


def _known(kind: type) -> None:
    """Is all known that the class asks of pytest?"""
    for word in PREPARING:
        if hasattr(kind, word):
            raise unknown(f"{word} in a class")
    functions = (value for value in vars(kind).values() if inspect.isfunction(value))
    if any(hasattr(function, pytest_words.FIXTURE) for function in functions):
        raise unknown("a fixture in a class")
