"""Runs a file of tests and the code that they test in one process, as they run elsewhere.

What the code hands out is here the thing itself, and no copy.  Nothing that is reported from
here can be believed alone, for the code may have written it: it only ever takes from what was
found where the two were apart.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import sys
import types

from assistant.coding.inside import pytest_words
from assistant.coding.inside.testing import (
    ALIASES,
    LONGEST,
    WHOLE,
    Finder,
    Report,
    Test,
    collected,
    load,
)

REPORT = 3


class Beside:
    """The code is here: there is nothing to watch."""

    def __init__(self) -> None:
        self.unjudged: list[tuple[str, str]] = []
        self.calls: list[str] = []
        self.gone = ""
        self.asked = True


class Code:
    """The code's module, loaded when it is first asked for."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.stem = name.rpartition(".")[0]
        self._module: types.ModuleType | None = None

    def __call__(self) -> types.ModuleType:
        """The module."""
        if self._module is None:
            spec = importlib.util.spec_from_file_location(self.stem, self._name)
            assert spec is not None
            assert spec.loader is not None
            module = importlib.util.module_from_spec(spec)
            sys.modules[self.stem] = module
            try:
                spec.loader.exec_module(module)
            except BaseException:
                del sys.modules[self.stem]
                raise
            self._module = module
        return self._module

    def holds(self, value: object) -> bool:
        """Is it the code's own?"""
        held = vars(self._module) if self._module is not None else {}
        return any(value is item for item in held.values())


def main() -> None:
    """Run the tests (the second argument) beside the code (the first), both names of files."""
    name, file = sys.argv[1:3]
    del sys.argv[2:]
    report = Report(REPORT, file, Beside())
    code = Code(name)
    sys.path.insert(0, "")
    sys.modules["pytest"] = pytest_words.module()
    sys.meta_path.insert(0, Finder((code.stem,), code))
    sys.meta_path.append(Finder(ALIASES, code))
    printed = io.StringIO()
    found: list[Test] = []

    def whole() -> None:
        tests = load(file, report.checks, code)
        pytest_words.hook(tests, "setup_module", tests)
        found.extend(collected(tests, code.holds))

    with contextlib.redirect_stdout(printed):
        report.run(WHOLE, whole, found=found)
        for name, test in found:
            report.run(name, test, found=[])
    report.say(end=len(found), printed=printed.getvalue()[:LONGEST])
    os._exit(0)
