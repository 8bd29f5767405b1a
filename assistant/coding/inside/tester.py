"""Runs a file of tests against code in another world, and reports each test as it ends.

What the tests say is believed; what the code under test says is only ever an answer.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import types

from assistant.coding.inside import pytest_words
from assistant.coding.inside.examiner import Examiner
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

READ, WRITE, REPORT = 3, 4, 5
FILE = "tests.py"


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


def main() -> None:
    """Run ``tests.py`` against the code whose file's name is the only argument."""
    peer = Examiner(READ, WRITE)
    report = Report(REPORT, FILE, peer)
    stem = sys.argv[1].rpartition(".")[0]
    module = Subject(stem, peer)
    sys.modules["pytest"] = pytest_words.module()
    sys.meta_path.insert(0, Finder((stem,), lambda: module))
    sys.meta_path.append(Finder(ALIASES, lambda: module))
    printed = io.StringIO()
    found: list[Test] = []

    def whole() -> None:
        tests = load(FILE, report.checks, lambda: module)
        pytest_words.hook(tests, "setup_module", tests)
        found.extend(collected(tests))

    with contextlib.redirect_stdout(printed):
        if report.run(WHOLE, whole, found=found):
            for name, test in found:
                if not report.run(name, test, found=[]):
                    break
    report.say(end=len(found), printed=printed.getvalue()[:LONGEST])
    os._exit(0)
