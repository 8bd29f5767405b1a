"""Code that wants to be told right without being right."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import time
from pathlib import Path

import confined
import pytest
from confined import GRACE, SMALL
from forgeries import IN_PROCESS, OTHERS, RIGHT, TESTS

from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, NotRun, SourceFile
from assistant.coding.trial import TestOutcome, TestReport, Verdict, expected_tests, run_tests

LIMITS = dataclasses.replace(SMALL, seconds=2.0, memory=192 << 20)
EVERY = {**IN_PROCESS, **OTHERS}


@pytest.fixture(scope="module")
def held() -> Policy:
    return confined.policy()


def report(code: str, tests: str, held: Policy) -> TestReport:
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", code),), limits=LIMITS)
    found = run_tests(job, tests, held)
    assert not isinstance(found, NotRun), found
    return found


def test_what_is_right_passes(held: Policy) -> None:
    found = report(RIGHT, TESTS, held)
    assert found.verdict is Verdict.PASSED, found
    assert [result.name for result in found.results] == [
        "test_two_sum",
        "TestArea.test_area",
        "TestArea.test_near",
    ]


ROWS = [
    *IN_PROCESS,
    *(pytest.param(name, marks=pytest.mark.slow) for name in OTHERS),
]


@pytest.mark.parametrize("name", ROWS)
def test_no_forgery_passes(name: str, held: Policy) -> None:
    processes, open_ = confined.children(), confined.descriptors()
    start = time.monotonic()
    found = report(EVERY[name], TESTS, held)
    assert found.verdict is not Verdict.PASSED, found
    assert found.passed < 3, found.results
    assert "GOT" not in found.printed
    assert time.monotonic() - start < LIMITS.seconds + GRACE + 2.0
    assert confined.children() <= processes
    assert confined.descriptors() == open_


RUNNER = """
import unittest
from tests import *
import tests
tests.test_two_sum()
result = unittest.TestResult()
unittest.TestLoader().loadTestsFromModule(tests).run(result)
raise SystemExit(not result.wasSuccessful())
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", IN_PROCESS)
def test_the_forgery_deceives_a_runner_in_the_same_process(name: str, tmp_path: Path) -> None:
    """Otherwise it would show nothing that it fails here."""
    (tmp_path / "answer.py").write_text(EVERY[name])
    (tmp_path / "tests.py").write_text(TESTS)
    (tmp_path / "runner.py").write_text(RUNNER)
    done = subprocess.run(
        [sys.executable, "runner.py"], cwd=tmp_path, capture_output=True, timeout=60, check=False
    )
    skipped = b"SkipTest" in done.stderr
    assert done.returncode == 0 or skipped, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "tests",
    [
        "import os\ndef test_two_sum(): os._exit(0)",
        "import sys\ndef test_two_sum(): pass\nsys.exit(0)",
        "import os\nprint('passed')\nos._exit(0)\ndef test_two_sum(): pass",
        "import os, signal\ndef test_two_sum(): os.kill(1, signal.SIGKILL); os.abort()",
        "from answer import nothing\ndef test_two_sum(): pass",
        "def test_two_sum(): raise KeyboardInterrupt",
    ],
)
def test_tests_that_end_early_decide_nothing(tests: str, held: Policy) -> None:
    assert report(RIGHT, tests, held).verdict is Verdict.FAILED


@pytest.mark.parametrize("end", ["del test_two_sum", "test_two_sum = 1"])
def test_a_test_that_the_tests_take_away_themselves_is_not_held_against_the_code(
    end: str, held: Policy
) -> None:
    tests = f"def test_two_sum(): pass\n{end}\ndef test_b(): assert area(1, 1) == 1"
    found = report(RIGHT, tests, held)
    assert found.verdict is Verdict.NOT_RUN
    assert found.failed is None


@pytest.mark.slow
def test_a_test_in_the_middle_of_which_time_runs_out_is_named(held: Policy) -> None:
    code = RIGHT.replace("return width * height", "import time; time.sleep(9)")
    found = report(code, TESTS, held)
    assert found.verdict is Verdict.FAILED
    assert found.results[0].outcome is TestOutcome.PASSED
    assert found.failed is not None
    assert found.failed.name == "TestArea.test_area"
    assert "time" in found.failed.detail


def test_the_failing_call_and_line_are_told(held: Policy) -> None:
    code = RIGHT.replace("[j, i]", "[i, j]")
    failed = report(code, TESTS, held).failed
    assert failed is not None
    assert failed.calls == ("two_sum([2, 7, 11, 15], 9) gave [1, 0]",)
    assert "assert two_sum([2, 7, 11, 15], 9) == [0, 1]" in failed.detail


def test_an_error_in_the_code_is_told_with_the_codes_own_line(held: Policy) -> None:
    failed = report("def two_sum(v, t):\n    return v[99]\n", TESTS, held).failed
    assert failed is not None
    found = report("area = None\ndef two_sum(v, t):\n    return v[99]\n", TESTS, held).failed
    assert found is not None
    assert "IndexError" in found.detail
    assert 'answer.py", line 3' in found.detail


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def test_a(): pass\ndef helper(): pass", ("test_a",)),
        ("assert f(1) == 2", ("(the whole file)",)),
        ("assert 1\ndef test_a(): pass", ("(the whole file)", "test_a")),
        ("class TestX:\n def test_a(self): pass", ("TestX.test_a",)),
        ("import unittest\nclass X(unittest.TestCase):\n def test_a(self): pass", ("X.test_a",)),
        ("x = 1", ()),
    ],
)
def test_the_tests_of_a_file_are_found_without_running_it(
    text: str, names: tuple[str, ...]
) -> None:
    assert expected_tests(text) == names


@pytest.mark.parametrize("text", ["def (", "x" * (2 << 20), "(" * 5000, "\0"])
def test_what_is_no_python_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        expected_tests(text)
