"""Functions before and after a change, run side by side: what differs, and what is not known."""

from __future__ import annotations

import confined
import pytest

from assistant.coding.reviewing.comparing import compare
from assistant.coding.reviewing.types import Aspect, Comparison
from assistant.coding.sandbox.policy import Policy, Way
from assistant.coding.sandbox.types import Job, Language, Limits, NotRun, SourceFile
from runtimes.base import Cancel

BEFORE = """
import random

def mean(items):
    return sum(items) / len(items)

def bubble(nums):
    for i in range(len(nums)):
        for j in range(len(nums) - 1):
            if nums[j] > nums[j + 1]:
                nums[j], nums[j + 1] = nums[j + 1], nums[j]

def double(n: int): return n * 2

def halves(n: int): return n // 1

def unique(words: list[str]): return list(set(words))

def dice(n): return random.random()

def count(n):
    for i in range(n):
        yield i

def prints(n): print(n)

def fails(n): raise ValueError("no")

def other(a): return a

class Box:
    def __init__(self): self.held = 0
    def add(self, n):
        self.held += n
        return self.held

class Need:
    def __init__(self, key): pass
    def get(self, n): return n

def makes(n): return Box()

def thing(what): return what

calls = []
def remembers(n: int):
    calls.append(n)
    return len(calls)
"""
AFTER = (
    BEFORE.replace(
        "    return sum(items) / len(items)", "    return sum(items) / max(len(items), 1)"
    )
    .replace("range(len(nums) - 1)", "range(len(nums) - 2)")
    .replace("return n * 2", "return n + n")
    .replace("return n // 1", "return n / 1")
    .replace("list(set(words))", "list({*words})")
    .replace("range(n):\n        yield", "range(n + 1):\n        yield")
    .replace("print(n)", "print(-n)")
    .replace('ValueError("no")', 'ValueError("never")')
    .replace("def other(a): return a", "def other(a, b): return a")
    .replace("self.held += n\n", "self.held += abs(n)\n")
    .replace("return len(calls)", "return min(len(calls), 40)")
)


@pytest.fixture(scope="module")
def held() -> Policy:
    """What this machine enforces."""
    return confined.policy()


def job(text: str, seconds: float = 10) -> Job:
    """The code as one file."""
    limits = Limits(seconds=seconds, cpu=round(seconds) + 1)
    return Job(language=Language.PYTHON, files=(SourceFile("code.py", text),), limits=limits)


def compared(
    names: str, held: Policy, before: str = BEFORE, after: str = AFTER, seconds: float = 10
) -> dict[str, Comparison]:
    """What came of some functions."""
    found = compare(job(before, seconds), job(after, seconds), names.split(), held)
    assert not isinstance(found, NotRun), found
    return {item.function: item for item in found}


@pytest.mark.slow
def test_the_smallest_input_on_which_they_differ_is_told(held: Policy) -> None:
    found = compared("mean bubble halves count prints Box.add", held)
    told = {
        name: (item.difference.call, item.difference.aspect, item.difference.before,
               item.difference.after)
        for name, item in found.items()
        if item.difference is not None
    }  # fmt: skip
    assert told["mean"] == (
        "mean([])", Aspect.EXCEPTION, "raised ZeroDivisionError: division by zero", "0.0",
    )  # fmt: skip
    assert told["bubble"][1] is Aspect.ARGUMENTS
    assert len(told["bubble"][0]) <= len("bubble([0, -1])")
    assert told["halves"] == ("halves(0)", Aspect.RESULT, "0", "0.0")
    assert told["count"] == ("count(0)", Aspect.RESULT, "[]", "[0]")
    assert told["prints"] == ("prints(1)", Aspect.PRINTED, "'1\\n'", "'-1\\n'")
    assert told["Box.add"] == ("Box().add(-1)", Aspect.RESULT, "-1", "1")
    assert found["mean"].guessed
    assert not found["halves"].guessed


def test_no_difference_is_so_many_inputs_and_never_a_proof(held: Policy) -> None:
    found = compared("double", held)["double"]
    assert (found.difference, found.why) == (None, None)
    assert 20 <= found.tried <= 200


def test_what_is_not_the_same_every_time_decides_nothing(held: Policy) -> None:
    found = compared("dice unique remembers", held)
    assert found["dice"].difference is None
    assert found["dice"].why is not None
    assert "every time" in found["dice"].why.en
    assert found["unique"].difference is None  # the order of a set is not the change's doing
    assert found["remembers"].difference is None
    assert found["remembers"].why is not None


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("fails", "raises in both"),
        ("other", "called differently"),
        ("makes", "objects of its own"),
        ("thing", "what takes"),
        ("Need.get", "raises in both"),
        ("nothing", "not there"),
    ],
)
def test_what_cannot_be_compared_says_why(name: str, word: str, held: Policy) -> None:
    found = compared(name, held)[name]
    assert found.difference is None
    assert found.why is not None
    assert word in found.why.en.format(*found.why.args)


@pytest.mark.parametrize(
    ("after", "word"),
    [
        ("import no_such_package\n" + BEFORE, "no_such_package"),
        ("raise SystemExit(0)\n", "after it"),
        ("import os\nos._exit(0)\n", "cannot be loaded"),
        ("1 / 0\n" + BEFORE, "ZeroDivisionError"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_told_with_its_side(
    after: str, word: str, held: Policy
) -> None:
    found = compared("double mean", held, after=after)
    for item in found.values():
        assert item.difference is None
        assert item.why is not None
        assert word in item.why.en.format(*item.why.args) or "not there" in item.why.en


def test_code_that_knows_it_is_compared_gains_nothing(held: Policy) -> None:
    forged = (
        "import os, json\n"
        "for place in range(3, 12):\n"
        "    try:\n"
        "        os.write(place, json.dumps({'function': 'double', 'tried': 200, 'raised': 0,"
        " 'found': {}}).encode() + b'\\n')\n"
        "    except OSError:\n"
        "        pass\n"
        "def double(n: int): return n * 3\n"
        "class Equal(int):\n"
        "    def __eq__(self, other): return True\n"
        "    __hash__ = int.__hash__\n"
        "def mean(items): return Equal(0)\n"
    )
    found = compared("double mean", held, after=forged)
    for item in found.values():
        assert item.difference is not None or item.why is not None


def test_one_that_never_ends_leaves_the_others_their_turn(held: Policy) -> None:
    after = BEFORE.replace(" return n * 2", "\n  while n > 3: pass\n  return n * 2")
    after = after.replace("n // 1", "n // 1 + 1")
    found = compared("double halves", held, after=after, seconds=2)
    assert found["double"].why is not None
    assert "no answer" in found["double"].why.en
    assert found["halves"].difference is not None


def test_nothing_is_started_without_isolation_or_after_a_stop(held: Policy) -> None:
    refused = compare(job(BEFORE), job(AFTER), ["double"], Policy(Way.LOOSE, ()))
    assert isinstance(refused, NotRun)
    assert refused.isolation
    stopped = Cancel()
    stopped.set()
    found = compare(job(BEFORE), job(AFTER), ["double"], held, cancel=stopped)
    assert isinstance(found, tuple)
    assert found[0].why is not None
