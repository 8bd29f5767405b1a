"""Functions tried on made-up examples, and what they may do to be called right."""

from __future__ import annotations

import dataclasses

import confined
import pytest
from confined import SMALL

from assistant.coding.properties import (
    Law,
    Oracle,
    PropertyReport,
    Reference,
    RoundTrip,
    check_property,
)
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, NotRun, SourceFile
from assistant.coding.trial import Verdict
from runtimes.base import Cancel

LIMITS = dataclasses.replace(SMALL, seconds=2.5, memory=256 << 20)
BRUTE = """
import answer
def brute(nums, target):
    for j in range(len(nums)):
        for i in range(j):
            if nums[i] + nums[j] == target: return [i, j]
    raise ValueError("no answer")
"""
CODE = '''
def sort(items: list[int]): return sorted(items)
def loses(items: list[int]): return sorted(set(items))
def changes(items: list[int]):
    items.sort()
    return items
def in_place(items: list[int]): items.sort()
def mean(xs: list[float]): return sum(xs) / len(xs)
def two_sum(nums: list[int], target: int):
    for j in range(len(nums)):
        for i in range(j):
            if nums[i] + nums[j] == target: return [i, j]
def first_sum(nums, target):
    """
    >>> first_sum([2, 7], 9)
    [0, 1]
    """
    for i in range(len(nums)):
        for j in range(i + 1, len(nums)):
            if nums[i] + nums[j] == target: return [i, j]
def pack(text: str): return text.encode().hex()
def unpack(words): return bytes.fromhex(words).decode()
def strip(text: str): return text.strip()
def same(text): return text
def find(items: list[int], target: int):
    """Look for it in a sorted list."""
    assert items == sorted(items)
    return target in items
def shapes(a: int | None, b: dict[str, list[float]], c: tuple[int, str], d: set[bytes], e: bool):
    assert a is None or type(a) is int
    assert all(type(k) is str and all(type(x) is float for x in v) for k, v in b.items())
    assert type(c[0]) is int and type(c[1]) is str and all(type(x) is bytes for x in d)
    assert type(e) is bool
class Solution:
    def __init__(self): self.seen = 0
    def sorted_list(self, items: list[int]):
        self.seen += 1
        return sorted(items) if self.seen == 1 else None
    @staticmethod
    def apart(items: list[int]): return sorted(items)
class Evil:
    def __eq__(self, other): return True
    def __lt__(self, other): return False
    def __hash__(self): return 0
def evil(items: list[int]): return Evil()
def evils(items: list[int]): return [Evil() for _ in items]
class Sly(list):
    def __eq__(self, other): return True
def sly(items: list[int]): return Sly(items)
def endless(items: list[int]):
    while len(items) > 3: pass
    return sorted(items)
def leaves(items: list[int]):
    import os
    if items: os._exit(0)
    return items
def bomb(items: list[int]): return bytearray(1 << 40)
def looks(items: list[int]):
    import sys
    for name in list(sys.modules): sys.modules.pop(name, None)
    return None
'''


@pytest.fixture(scope="module")
def held() -> Policy:
    return confined.policy()


def tried(name: str, oracle: Oracle, held: Policy, code: str = CODE) -> PropertyReport:
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", code),), limits=LIMITS)
    found = check_property(job, name, oracle, held)
    assert not isinstance(found, NotRun), found
    return found


@pytest.mark.parametrize(
    ("name", "oracle"),
    [
        ("sort", Reference("sorted")),
        pytest.param("changes", Reference("sorted"), marks=pytest.mark.slow),
        ("sort", Law.IDEMPOTENT),
        pytest.param("sort", Law.SAME_ITEMS, marks=pytest.mark.slow),
        pytest.param("sort", Law.SORTED, marks=pytest.mark.slow),
        ("mean", Reference("statistics.mean")),
        ("two_sum", Reference("brute", BRUTE)),
        ("pack", RoundTrip("unpack")),
        ("find", Law.NO_ERROR),
        ("Solution.sorted_list", Reference("sorted")),
        ("Solution.apart", Reference("sorted")),
        ("shapes", Law.NO_ERROR),
    ],
)
def test_what_is_right_does_not_fail(name: str, oracle: Oracle, held: Policy) -> None:
    found = tried(name, oracle, held)
    assert found.verdict is Verdict.PASSED, found
    assert found.tried + found.discarded >= 200


@pytest.mark.parametrize(
    ("name", "oracle", "call", "gave"),
    [
        ("loses", Reference("sorted"), "loses([0, 0])", "[0]"),
        pytest.param("loses", Law.SAME_LENGTH, "loses([0, 0])", "[0]", marks=pytest.mark.slow),
        pytest.param(
            "in_place", Reference("sorted"), "in_place([])", "None", marks=pytest.mark.slow
        ),
        ("mean", Law.NO_ERROR, "mean([])", "raised ZeroDivisionError: division by zero"),
        ("strip", RoundTrip("same"), "strip('\\n')", "'', back: ''"),
    ],
)
def test_what_is_wrong_fails_with_a_small_example(
    name: str, oracle: Oracle, call: str, gave: str, held: Policy
) -> None:
    found = tried(name, oracle, held)
    assert found.verdict is Verdict.FAILED, found
    assert found.failing is not None
    assert len(found.failing.call) <= len(call)
    assert len(found.failing.gave) <= len(gave)


def test_the_examples_of_the_user_tell_what_a_function_takes(held: Policy) -> None:
    found = tried("first_sum", Reference("brute", BRUTE), held)
    assert found.shapes == ("list[int]", "int")
    assert found.verdict is Verdict.FAILED  # of several pairs it gives another one
    assert found.failing is not None
    assert found.failing.call.startswith("first_sum([")


@pytest.mark.parametrize(
    ("name", "oracle"),
    [
        ("evil", Reference("sorted")),
        pytest.param("evil", Law.SORTED, marks=pytest.mark.slow),
        ("evils", Law.SORTED),
        pytest.param("evils", Law.IDEMPOTENT, marks=pytest.mark.slow),
        ("sly", Reference("sorted")),
        pytest.param("endless", Reference("sorted"), marks=pytest.mark.slow),
        ("leaves", Reference("sorted")),
        pytest.param("bomb", Reference("sorted"), marks=pytest.mark.slow),
        pytest.param("looks", Reference("sorted"), marks=pytest.mark.slow),
        pytest.param("sort", Reference("os._exit"), marks=pytest.mark.slow),
    ],
)
def test_what_would_judge_itself_or_ends_early_does_not_pass(
    name: str, oracle: Oracle, held: Policy
) -> None:
    found = tried(name, oracle, held)
    assert found.verdict is not Verdict.PASSED, found
    assert (found.why is not None) or (found.failing is not None)


@pytest.mark.parametrize("oracle", [Reference("no_such_function"), RoundTrip("no_such_function")])
def test_an_oracle_that_is_not_there_is_a_fault_of_the_input(oracle: Oracle, held: Policy) -> None:
    job = Job(language=Language.PYTHON, files=(SourceFile("code.py", "def f(n: int): return n"),))
    found = check_property(job, "f", oracle, held)
    assert isinstance(found, NotRun)
    assert found.input
    assert "no_such_function" in found.why.args


def test_a_function_that_is_not_there_is_told_with_those_that_are(held: Policy) -> None:
    text = "def factorial(n: int): return n\ndef main(): pass\nclass A:\n  def do(self, n): pass\n"
    job = Job(language=Language.PYTHON, files=(SourceFile("code.py", text),))
    found = check_property(job, "factoral", Law.NO_ERROR, held)
    assert isinstance(found, NotRun)
    assert found.why.args == ("factoral", "factorial, main, A.do")


def test_an_object_that_cannot_be_made_does_not_hide_the_function(held: Policy) -> None:
    text = "class A:\n  def __init__(self): self.gone\n  def do(self, n: int): return n\n"
    job = Job(language=Language.PYTHON, files=(SourceFile("code.py", text),))
    found = check_property(job, "A.do", Law.NO_ERROR, held)
    assert isinstance(found, PropertyReport)
    assert found.verdict is Verdict.NOT_RUN
    assert found.why is not None
    assert "'gone'" in str(found.why.args)


@pytest.mark.parametrize(
    ("code", "oracle", "verdict"),
    [
        ("def f(items): return ''.join(items)", Law.NO_ERROR, Verdict.NOT_RUN),
        ("def f(items): return items[0]", Law.NO_ERROR, Verdict.NOT_RUN),
        ("def f(items): return [x.upper() for x in items]", Reference("sorted"), Verdict.NOT_RUN),
        ("def f(items): return items[::-1]", Reference("sorted"), Verdict.FAILED),
        ("def f(items: list[int]): return items[0]", Law.NO_ERROR, Verdict.FAILED),
    ],
)
def test_a_guess_is_not_held_against_the_code(
    code: str, oracle: Oracle, verdict: Verdict, held: Policy
) -> None:
    assert tried("f", oracle, held, code).verdict is verdict


@pytest.mark.parametrize(
    "code",
    ["def f(thing): return thing", "def f(): pass", "def g(n): pass", "def f(*, n): pass", "def ("],
)
def test_a_function_that_cannot_be_called_is_not_run(code: str, held: Policy) -> None:
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", code),), limits=SMALL)
    found = check_property(job, "f", Law.NO_ERROR, held)
    assert isinstance(found, NotRun)
    assert found.input


def test_a_trial_is_cancelled_at_once(held: Policy) -> None:
    cancel = Cancel()
    cancel.set()
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", CODE),), limits=SMALL)
    found = check_property(job, "endless", Law.NO_ERROR, held, cancel=cancel)
    assert isinstance(found, PropertyReport)
    assert found.verdict is Verdict.NOT_RUN
