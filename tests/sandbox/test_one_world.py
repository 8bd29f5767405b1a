"""What the run beside the code takes from the run apart from it, and never gives."""

from __future__ import annotations

import dataclasses

import confined
import pytest
from confined import SMALL

from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, NotRun, SourceFile
from assistant.coding.trial import TestOutcome, TestReport, Verdict, run_tests

LIMITS = dataclasses.replace(SMALL, seconds=3.0, memory=256 << 20)


@pytest.fixture(scope="module")
def held() -> Policy:
    return confined.policy()


def tried(code: str, tests: str, held: Policy, *others: SourceFile) -> TestReport:
    files = (SourceFile("answer.py", code), *others)
    found = run_tests(Job(language=Language.PYTHON, files=files, limits=LIMITS), tests, held)
    assert not isinstance(found, NotRun), found
    return found


SHARED = {
    "rows that are one list": (
        "def grid(n): return [[0] * n] * n",
        "def test_a():\n    g = grid(2)\n    g[0][0] = 1\n    assert g == [[1, 0], [0, 0]]",
    ),
    "a copy that is shallow": (
        "def dup(g): return list(g)",
        "def test_a():\n    a = [[1], [2]]\n    b = dup(a)\n    b[0].append(9)\n"
        "    assert a == [[1], [2]]",
    ),
    "a default that is handed out": (
        "def add(x, to=[]):\n    to.append(x)\n    return to",
        "def test_a():\n    a = add(1)\n    a.clear()\n    assert add(2) == [1, 2]",
    ),
    "an end that is not told of an exception": (
        "class Tx:\n    def __enter__(self): return self\n"
        "    def __exit__(self, t, v, trace): return t is None",
        "def test_a():\n    import pytest\n    with Tx(): pass\n"
        "    with Tx(): raise ValueError\n    assert True == (Tx() is not None)",
    ),
}


@pytest.mark.parametrize("name", SHARED)
def test_what_passes_only_for_being_copied_has_not_passed(name: str, held: Policy) -> None:
    found = tried(*SHARED[name], held)
    assert found.verdict is not Verdict.PASSED
    assert found.passed == 0


APART = {
    "the environment": (
        "import os\ndef home(): return os.environ.get('PLACE')",
        "import os\ndef test_a():\n    os.environ['PLACE'] = 'x'\n    assert home() == 'x'",
    ),
    "chance": (
        "import random\ndef roll(): return random.randint(1, 10**9)",
        "import random\ndef test_a():\n    random.seed(1)\n    a = roll()\n    random.seed(1)\n"
        "    assert a == roll()",
    ),
    "a file in memory": (
        "def lines(file): return [line for line in file]",
        "import io\ndef test_a(): assert lines(io.StringIO('a\\nb')) == ['a\\n', 'b']",
    ),
    "an abstract class": (
        "import abc\nclass Shape(abc.ABC):\n    @abc.abstractmethod\n    def area(self): ...\n"
        "    def twice(self): return 2 * self.area()",
        "class Square(Shape):\n    def area(self): return 4\n"
        "def test_a(): assert Square().twice() == 8",
    ),
    "a list in a tuple": (
        "def fill(pair): pair[0].append(1)",
        "def test_a():\n    a = ([],)\n    fill(a)\n    assert a == ([1],)",
    ),
    "another file of the code": (
        "def f(x): return x",
        "import part\nfrom answer import f\ndef test_a(): assert f(part.y) == 5",
    ),
}


@pytest.mark.parametrize("name", APART)
def test_what_fails_only_for_being_apart_has_not_failed(name: str, held: Policy) -> None:
    found = tried(*APART[name], held, SourceFile("part.py", "y = 5"))
    assert found.verdict is not Verdict.FAILED, found
    assert found.failed is None


RIGHT = "def f(x): return x + 1"
TESTS = "from answer import f\ndef test_a(): assert f(1) == 2\ndef test_b(): assert f(2) == 3"
FORGED = """
import json, os
for record in (
    {{"start": "(the whole file)"}},
    {{"name": "(the whole file)", "outcome": "passed", "detail": "", "calls": [], "reason": ""}},
    {{"name": "test_a", "outcome": "{0}", "detail": "", "calls": [], "reason": "words"}},
    {{"name": "test_b", "outcome": "{0}", "detail": "", "calls": [], "reason": "words"}},
    {{"end": 2, "printed": ""}},
):
    try: os.write(3, json.dumps(record).encode() + b"\\n")
    except OSError: pass
"""
BESIDE = "import sys\nBESIDE = 'tests' in sys.modules\n"
GAINS = {
    "writes that it passed": FORGED.format("passed")
    + BESIDE
    + "import os\nif BESIDE: os._exit(0)\ndef f(x): return 9",
    "writes that it was skipped": BESIDE
    + f"if BESIDE:\n    exec({FORGED.format('skipped')!r})\n    os._exit(0)\ndef f(x): return 9",
    "is right beside the tests alone": BESIDE + "def f(x): return x + 1 if BESIDE else 9",
    "takes the tests' numbers": BESIDE
    + "def f(x):\n    if BESIDE: sys.modules['tests'].f = lambda x: x + 1\n    return 9",
    "stops the check of tests": BESIDE
    + "import builtins\nclass Nice(int):\n    def __eq__(self, other): return True\n"
    "    __hash__ = int.__hash__\ndef f(x): return Nice() if BESIDE else 9",
}


@pytest.mark.parametrize("name", GAINS)
def test_code_that_deceives_the_run_beside_it_gains_nothing(name: str, held: Policy) -> None:
    found = tried(GAINS[name], TESTS, held)
    assert found.verdict is not Verdict.PASSED
    assert found.passed == 0


@pytest.mark.parametrize("outcome", ["failed", "skipped", "unjudged"])
def test_the_run_beside_the_code_makes_nothing_fail_by_itself(outcome: str, held: Policy) -> None:
    code = f"{BESIDE}if BESIDE:\n    exec({FORGED.format(outcome)!r})\n    os._exit(0)\n{RIGHT}"
    found = tried(code, TESTS, held)
    assert found.verdict is Verdict.NOT_RUN
    assert {result.outcome for result in found.results} == {TestOutcome.UNJUDGED}
    assert found.why is not None


def test_what_both_say_is_said(held: Policy) -> None:
    assert tried(RIGHT, TESTS, held).verdict is Verdict.PASSED
    wrong = tried("def f(x): return 2", TESTS, held)
    assert wrong.verdict is Verdict.FAILED
    assert [result.outcome.value for result in wrong.results] == ["passed", "failed"]
    assert wrong.failed is not None
    assert wrong.failed.calls == ("f(2) gave 2",)


def test_a_file_of_the_code_with_the_name_of_the_tests(held: Policy) -> None:
    other = SourceFile("tests.py", "def test_z(): assert False")
    assert tried(RIGHT, TESTS, held, other).verdict is Verdict.PASSED


ENDLESS = "def f(x):\n    a = []\n    a.append(a)\n    return a"
UNCARRIED = {
    "an answer that holds itself": (ENDLESS, "ValueError"),
    "an answer that is too large": ("def f(x): return 'a' * (33 << 20)", "ValueError"),
    "an answer that is too large, and caught": (
        "def f(x):\n    try: x('a' * (33 << 20))\n    except BaseException: raise ValueError",
        "ValueError",
    ),
    "calls without end": ("def f(x): return x(x)", "RecursionError"),
    "an attribute that is denied": ("def f(x): return x.__globals__", "PermissionError"),
}


@pytest.mark.parametrize("name", UNCARRIED)
def test_what_does_not_get_across_is_no_exception_of_the_code(name: str, held: Policy) -> None:
    code, kind = UNCARRIED[name]
    tests = f"""
import pytest
def back(g, *_): return f(g) if callable(g) else g
def test_a():
    with pytest.raises({kind}): f(back)
def test_b():
    try: f(back)
    except {kind}: assert f is not None
    else: raise AssertionError
"""
    found = tried(code, tests, held)
    assert found.verdict is Verdict.NOT_RUN, found.results
    assert found.passed == 0


IDLE = """
import unittest
from answer import f
def test_nothing(): pass
def test_a_comparison_alone(): f(1) == 9
def test_a_value_returned(): return f(1) == 9
def test_a_pair_that_is_always_true(): assert (f(1) == 9, 'no')
def test_an_assert_that_is_caught():
    try: assert f(1) == 9
    except AssertionError: print("no")
def test_a_loop_over_nothing():
    for x in []: assert f(x) == 9
class A(unittest.TestCase):
    async def test_coroutine(self): self.assertEqual(f(1), 9)
    def test_generator(self): yield self.assertEqual(f(1), 9)
    def test_returned(self): return f(1) == 9
"""


def test_a_test_that_tests_nothing_has_not_passed(held: Policy) -> None:
    found = tried(RIGHT, IDLE, held)
    assert [result.outcome for result in found.results] == [TestOutcome.UNJUDGED] * 9
    assert all(result.why for result in found.results)
    assert found.verdict is Verdict.NOT_RUN


@pytest.mark.parametrize(
    "tests", ["def check(): assert f(1) == 9", "def test_a():\n    x = 1\n    assert x == 1"]
)
def test_a_file_that_asks_nothing_has_not_passed(tests: str, held: Policy) -> None:
    found = tried(RIGHT, f"from answer import f\n{tests}", held)
    assert found.verdict is Verdict.NOT_RUN
    assert found.why is not None


CHECKING = """
import pytest, unittest
from unittest import mock
from answer import f
kept = f(1)
def expect_two(x):
    if x != 2: raise AssertionError
def test_helper(): expect_two(f(1))
def test_raise():
    if f(1) != 2: raise ValueError
def test_kept(): assert kept == 2
def test_mock():
    g = mock.Mock(return_value=f(1))
    g(3)
    g.assert_called_once_with(3)
def test_raises():
    with pytest.raises(TypeError): f("a")
def test_raises_at_once(): pytest.raises(TypeError, f, None)
class A(unittest.TestCase):
    def test_equal(self): self.assertEqual(f(1), 2)
    def test_raises(self):
        with self.assertRaises(TypeError): f("a")
class B(unittest.IsolatedAsyncioTestCase):
    async def test_awaited(self): self.assertEqual(f(1), 2)
"""


def test_every_usual_way_to_check_is_one(held: Policy) -> None:
    found = tried(RIGHT, CHECKING, held)
    assert found.verdict is Verdict.PASSED, found
    assert found.passed == 9


ORDINARY = """
import functools
def ask(): return int(input("n? ")) * 2
def memo(f):
    kept = {}
    @functools.wraps(f)
    def run(*a):
        if a not in kept: kept[a] = f(*a)
        return kept[a]
    run.kept = kept
    return run
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
async def later(x): return x
if __name__ == "__main__": print(ask())
"""
USUAL = """
import itertools, pytest
from unittest.mock import patch
from answer import *
def test_input():
    with patch("builtins.input", return_value="4"): assert ask() == 8
@patch("builtins.input", side_effect=["1"])
def test_patched(asked): assert ask() == 2
def test_decorator():
    seen = []
    @memo
    def square(x):
        seen.append(x)
        return x * x
    assert square(3) == 9 == square(3) and seen == [3] and square.kept == {(3,): 9}
def test_endless(): assert list(itertools.islice(fib(), 5)) == [0, 1, 1, 2, 3]
@pytest.mark.asyncio
async def test_awaited(): assert await later(2) == 2
"""


def test_ordinary_code_passes_in_both(held: Policy) -> None:
    found = tried(ORDINARY, USUAL, held)
    assert found.verdict is Verdict.PASSED, found
    assert found.passed == 5


@pytest.mark.parametrize("terms", [300, 2000])
def test_tests_that_are_nested_deeply_are_not_held_against_the_code(
    terms: int, held: Policy
) -> None:
    tests = f"from answer import f\ndef test_a(): assert f({'+'.join('1' * terms)}) == {terms + 1}"
    assert tried(RIGHT, tests, held).verdict is not Verdict.FAILED


def test_near_infinity_is_only_infinity(held: Policy) -> None:
    tests = """
import math, pytest
from answer import f
def test_a(): assert f(5) == pytest.approx(float("inf"))
def test_b(): assert f(math.inf) == pytest.approx(math.inf)
def test_c(): assert f(-math.inf) == pytest.approx(math.inf)
def test_d(): assert f(1) == pytest.approx(math.nan)
"""
    found = tried(RIGHT, tests, held)
    assert [r.outcome.value for r in found.results] == ["failed", "passed", "failed", "failed"]
