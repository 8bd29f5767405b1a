"""Code whose functions and classes are only called like tests is judged like any other."""

from __future__ import annotations

import confined
import pytest

from assistant.coding.judging import judge
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import Brief, Code, Effort, Failed, Passed

BENCH = "class TestBench:\n    def test_load(self): return {0}"


@pytest.fixture(scope="module")
def held() -> Policy:
    return confined.policy()


@pytest.mark.parametrize(
    ("code", "brief"),
    [
        ("def test_prime(n): return n == {0}", Brief(question="test_prime(4) == True")),
        ("def test_me(): return {0}", Brief(question="test_me() == 4")),
        (
            "def test_me(): return {0}",
            Brief(user_tests="from solution import test_me as it\ndef test_a(): assert it() == 4"),
        ),
        (BENCH, Brief(user_tests="def test_a(): assert TestBench().test_load() == 4")),
    ],
)
def test_its_examples_and_tests_decide(code: str, brief: Brief, held: Policy) -> None:
    for value, verdict in (("4", Passed), ("5", Failed)):
        program = SourceFile("solution.py", code.format(value))
        found = judge(Code(Language.PYTHON, (program,)), brief, held, Effort(mutants=0, seconds=5))
        assert isinstance(found.verdict, verdict), found
