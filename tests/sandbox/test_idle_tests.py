"""Tests of a model's own that check nothing of its code decide nothing, and are named."""

from __future__ import annotations

import pytest

from assistant.coding.echoes import without_echoes
from assistant.coding.judging import judge
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import (
    Brief,
    Code,
    CodeReport,
    Effort,
    Failed,
    Origin,
    Passed,
    Undecided,
)

TWICE = "def f(x):\n    return 2 * x\n"
IDLE = {
    "a constant": "def test_idle():\n    assert True\n",
    "itself": "def test_idle():\n    assert f(2) == f(2)\n",
    "itself, by a method": (
        "import unittest\nclass TestIt(unittest.TestCase):\n"
        "    def test_idle(self):\n        self.assertEqual(f(2), f(2))\n"
    ),
    "other things": "def test_idle():\n    x = 3\n    assert x + 1 == 4\n",
}
REAL = "def test_real():\n    assert f(2) == {}\n"


def by_own(policy: Policy, tests: str, user_tests: str = "") -> CodeReport:
    code = Code(Language.PYTHON, (SourceFile("solution.py", TWICE),))
    brief = Brief(question="Double a number.", model_tests=tests, user_tests=user_tests)
    return judge(code, brief, policy, Effort(seconds=10, lint=False, growth=False))


@pytest.mark.parametrize("kind", IDLE)
def test_such_tests_decide_nothing(kind: str, policy: Policy) -> None:
    assert isinstance(by_own(policy, IDLE[kind]).verdict, Undecided)
    report = by_own(policy, IDLE[kind] + REAL.format(4))
    assert report.verdict == Passed(1, Origin.MODEL)
    assert "test_idle" in str(report.notes[0].args[0])
    failed = by_own(policy, IDLE[kind] + REAL.format(5)).verdict
    assert isinstance(failed, Failed)
    assert (failed.passed, failed.total) == (0, 1)


def test_a_users_tests_are_taken_as_they_are(policy: Policy) -> None:
    report = by_own(policy, "", user_tests=IDLE["itself"])
    assert report.verdict == Passed(1, Origin.USER)


@pytest.mark.parametrize(
    ("test", "left"),
    [
        ("assert f(2) == f(2)", "assert True"),
        ("def test_a(): assert f('é') == f('é'); x = 1", "def test_a(): assert True; x = 1"),
        ("assert f(\n    2\n) == f(2)  # 两", "assert True  # 两\n\n"),
        ("assert f(1) == f(1); assert f('é') == f('é')", "assert True; assert True"),
        ("x = 1\r\rassert f(2) == f(2)", "x = 1\n\nassert True"),
        ("assert f(1) == f(2)", ""),
        ("assert P(1) == P(1)", ""),
        ("assert s.pop() == s.pop()", ""),
        ("assert 2 == 2", ""),
        ("assert f(2 ==", ""),
    ],
)
def test_what_is_compared_with_itself(test: str, left: str) -> None:
    program = "def f(x): return x\nclass P: pass\n"
    assert without_echoes(test, program) == (left or test)
