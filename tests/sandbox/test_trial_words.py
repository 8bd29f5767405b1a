"""The words of pytest and unittest that tests may use, and what becomes of others."""

from __future__ import annotations

import confined
import pytest
from confined import SMALL

from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, NotRun, SourceFile
from assistant.coding.trial import TestReport, Verdict, run_tests

CODE = """
class Stack:
    def __init__(self, *items): self.items = list(items)
    def pop(self): return self.items.pop()
    def __len__(self): return len(self.items)
    @property
    def top(self): return self.items[-1]
def same(x): return x
def fail(): raise ValueError("no", 3)
"""
WORDS = """
import unittest, pytest
from answer import Stack, same

@pytest.fixture
def stack(): return Stack(1, 2)

@pytest.fixture
def emptied(stack):
    while len(stack): stack.pop()
    yield stack

@pytest.mark.parametrize("given, expected", [(1, 1), pytest.param("a", "a")])
@pytest.mark.parametrize("twice", [True, False])
def test_same(given, expected, twice):
    assert same(same(given) if twice else given) == expected

def test_fixtures(stack, emptied): assert len(stack) == 2 and len(emptied) == 0
def test_printed(capsys):
    print(same("x"))
    assert capsys.readouterr().out == "x\\n"
@pytest.mark.skip(reason="later")
def test_later(): assert False
@pytest.mark.slow
def test_marked(): assert same(1) == 1
async def helper(): pass
class TestStack:
    def setup_method(self): self.stack = Stack(5)
    def test_pop(self): assert self.stack.pop() == 5
    def teardown_method(self, method): assert method.__name__ == "test_pop"
made = []
def setup_module(module): made.append(module.__name__)
def setup_function(function): made.append(function.__name__)
def test_hooks(): assert made[0] == "tests" and "test_hooks" in made
@pytest.fixture(autouse=True)
def always():
    made.append("always")
    yield
def test_awaited_and_always(): assert "always" in made
class Cases(unittest.TestCase):
    @classmethod
    def setUpClass(cls): cls.shared = Stack(9)
    def setUp(self): self.stack = Stack(4)
    def test_top(self): self.assertEqual((self.stack.top, self.shared.top), (4, 9))
    def test_each(self):
        for k in range(3):
            with self.subTest(k=k): self.assertEqual(same(k), k)
    @unittest.skip("later")
    def test_later(self): self.fail()
    @unittest.expectedFailure
    def test_expected(self): self.assertEqual(same(1), 2)
"""

ORDINARY = """
import pytest, sys
from answer import fail, same
@pytest.mark.parametrize("x", [])
def test_no_rows(x): assert same(x) == 1
class TestTwice:
    def test_first(self): assert same(1) == 2
class TestTwice:
    def test_second(self): assert same(1) == 1
made = []
@pytest.fixture(scope="module")
def shared():
    made.append(1)
    yield same(len(made))
def test_shared(shared): assert shared == 1
def test_shared_again(shared): assert shared == 1
def test_both_streams(capsys):
    print(same("x"))
    print("y", file=sys.stderr)
    out, err = capsys.readouterr()
    assert (out, err) == ("x\\n", "y\\n")
def test_caught():
    with pytest.raises(ValueError) as caught: fail()
    assert caught.match("no") and caught.typename == "ValueError"
"""


SOUND = "def test_sound(): assert same(1) == 1"
BROKEN = """
import pytest
async def test_awaited(): assert False
def test_yields(): yield 1
def test_unknown_fixture(tmpdir_factory): pass
class TestMore:
    def setup_method(self): raise OSError
    def test_setup(self): pass
@pytest.fixture
def broken(): raise OSError
def test_fixture(broken): pass
@pytest.fixture
def after():
    yield
    raise OSError
def test_after(after): pass
"""


@pytest.fixture(scope="module")
def held() -> Policy:
    return confined.policy()


def tried(tests: str, held: Policy) -> TestReport:
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", CODE),), limits=SMALL)
    found = run_tests(job, tests, held)
    assert not isinstance(found, NotRun), found
    return found


def test_the_words_of_pytest_and_unittest(held: Policy) -> None:
    found = tried(WORDS, held)
    outcomes = {result.name: result.outcome.value for result in found.results}
    skipped = {"test_later", "Cases.test_later"}
    assert {name for name, outcome in outcomes.items() if outcome == "skipped"} == skipped
    assert {name: o for name, o in outcomes.items() if o not in ("passed", "skipped")} == {}
    assert len(outcomes) == 15
    assert found.verdict is Verdict.PASSED


def test_nothing_passes_for_want_of_being_run(held: Policy) -> None:
    outcomes = {result.name: result.outcome.value for result in tried(BROKEN, held).results}
    unjudged = {"test_yields", "test_unknown_fixture"}
    assert {name for name, outcome in outcomes.items() if outcome == "unjudged"} == unjudged
    assert len(outcomes) == 6
    assert set(outcomes.values()) == {"failed", "unjudged"}


@pytest.mark.parametrize(
    "line",
    [
        "@pytest.fixture(params=[1])\ndef f(): pass",
        "@pytest.mark.xfail\ndef test_b(): pass",
        "@pytest.mark.parametrize('x', [1], indirect=True)\ndef test_b(x): pass",
        "@pytest.mark.skipif('sys.platform')\ndef test_b(): pass",
        "pytest.importorskip('numpy')",
        "from pytest import MonkeyPatch",
        "def test_b(tmp_path): assert same(1) == 1",
        "def test_b(monkeypatch): assert same(1) == 1",
        "class TestB:\n    @classmethod\n    def setup_class(cls): cls.x = 1\n"
        "    def test_b(self): assert same(self.x) == 1",
        "class TestB:\n    @pytest.fixture(autouse=True)\n    def x(self): self.x = 1\n"
        "    def test_b(self): assert same(self.x) == 1",
        "@pytest.mark.parametrize('x', [1])\nclass TestB:\n"
        "    def test_b(self, x): assert same(x) == 1",
        "@pytest.mark.skip\nclass TestB:\n    def test_b(self): assert False",
        "pytestmark = pytest.mark.slow",
        "def test_b(): assert same(1) == pytest.approx(1, nan_ok=True)",
        "@pytest.fixture\nasync def x(): return 1\ndef test_b(x): assert same(x) == 1",
        "import hypothesis_that_is_not_there",
        "def test_b(capsys):\n    with capsys.disabled(): assert same(1) == 1",
    ],
)
def test_a_word_of_pytest_that_is_not_known_is_not_held_against_the_code(
    line: str, held: Policy
) -> None:
    found = tried(f"import pytest\nfrom answer import same\n{line}\n{SOUND}", held)
    assert found.verdict is Verdict.NOT_RUN
    assert {result.outcome.value for result in found.results} <= {"passed", "unjudged"}
    assert found.why is not None


def test_ordinary_words_that_were_once_mistaken(held: Policy) -> None:
    found = tried(ORDINARY, held)
    assert {r.name: r.outcome.value for r in found.results} == {
        "test_no_rows": "skipped",
        "TestTwice.test_second": "passed",
        "test_shared": "passed",
        "test_shared_again": "passed",
        "test_both_streams": "passed",
        "test_caught": "passed",
    }
    assert found.verdict is Verdict.PASSED
