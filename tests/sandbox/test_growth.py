"""Growth measured of real functions, with the clock outside of their world."""

from __future__ import annotations

import confined
import pytest
from confined import SMALL

from assistant.coding.growth import Agreement, Growth, Kind, Order, measure
from assistant.coding.growth.words import OTHERWISE
from assistant.coding.sandbox.policy import Policy, Way
from assistant.coding.sandbox.types import Job, Language, Limits, NotRun, SourceFile
from assistant.coding.trial import TestReport, run_tests
from runtimes.base import Cancel
from runtimes.texts import Text

CODE = '''
import functools, os, threading, time
def pairs(nums: list[int], target: int):
    for i in range(len(nums)):
        for j in range(i):
            if nums[i] + nums[j] == target: return [j, i]
def repeats(items: list[int]):
    return any(items[i] == items[j] for i in range(len(items)) for j in range(i))
def hashed(nums: list[int], target: int):
    seen = {}
    for i, x in enumerate(nums):
        if target - x in seen: return [seen[target - x], i]
        seen[x] = i
def search(items: list[int], target: int):
    low, high = 0, len(items) - 1
    while low <= high:
        middle = (low + high) // 2
        if items[middle] == target: return middle
        if items[middle] < target: low = middle + 1
        else: high = middle - 1
def quicksort(a):
    """
    >>> quicksort([3, 1, 2])
    [1, 2, 3]
    """
    if len(a) <= 1: return a
    return (quicksort([x for x in a[1:] if x < a[0]]) + [a[0]]
            + quicksort([x for x in a[1:] if x >= a[0]]))
def yields(items: list[int]):
    for a in items:
        for b in items: yield a + b
def fib(n: int): return n if n < 2 else fib(n - 1) + fib(n - 2)
def is_prime(n: int):
    i = 2
    while i * i <= n:
        if n % i == 0: return False
        i += 1
    return n > 1
MEMO = {}
def remembered(n: int):
    if n not in MEMO: MEMO[n] = sum(i * i for i in range(n))
    return MEMO[n]
def sleeps(items: list[int]): time.sleep(0.2)
def prints(items: list[int]):
    for x in items: print(x)
def refuses(items: list[int]): raise ValueError("no")
def endless(items: list[int]):
    while True: pass
def leaves(items: list[int]): os._exit(0)
def forks(items: list[int]):
    if not os.fork(): os._exit(0)
    os.wait()
def threads(items: list[int]):
    thread = threading.Thread(target=sum, args=(items,))
    thread.start()
    thread.join()
def unknown(thing): return thing
def nothing(): return 1
'''


@pytest.fixture(scope="module")
def held() -> Policy:
    return confined.policy()


def measured(name: str, held: Policy, asked: Order | None, seconds: float = 20.0) -> Growth:
    limits = Limits(seconds=seconds, cpu=round(seconds) + 1)
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", CODE),), limits=limits)
    found = measure(job, name, held, asked=asked)
    assert not isinstance(found, NotRun), found
    return found


def test_two_nested_loops_are_not_linear(held: Policy) -> None:
    processes, open_ = confined.children(), confined.descriptors()
    for _ in range(5):  # a busy machine may let too little be measured, and then nothing is said
        found = measured("pairs", held, Order.LINEAR, 5.0)
        assert found.agreement is not Agreement.AGREES, found
        if found.agreement is Agreement.DISAGREES:
            break
    assert found.agreement is Agreement.DISAGREES, found
    assert found.worst is not None
    assert found.worst.kind is Kind.ABSENT
    assert confined.children() <= processes
    assert confined.descriptors() == open_


@pytest.mark.parametrize(
    "name",
    ["refuses", "leaves", "forks", "threads", pytest.param("endless", marks=pytest.mark.slow)],
)
def test_what_cannot_be_measured_is_undecided_and_says_why(name: str, held: Policy) -> None:
    found = measured(name, held, Order.LINEAR, 6.0)
    assert found.agreement is Agreement.UNDECIDED
    assert found.order is None
    assert found.why is not None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("pairs", Order.QUADRATIC),
        ("repeats", Order.QUADRATIC),
        ("search", Order.LOG),
        ("quicksort", Order.QUADRATIC),
        ("fib", Order.EXPONENTIAL),
        ("yields", Order.QUADRATIC),
        ("is_prime", Order.ROOT),
        ("remembered", Order.LINEAR),
        ("prints", Order.LINEAR),
    ],
)
def test_the_class_of_a_function_is_found(name: str, order: Order, held: Policy) -> None:
    for _ in range(5):  # a measurement, on a machine that does other things too
        found = measured(name, held, order)
        if found.agreement is Agreement.AGREES:
            break
    assert order in found.plausible, found
    assert found.agreement is Agreement.AGREES


@pytest.mark.slow
def test_a_table_that_outgrows_a_cache_is_at_most_left_open(held: Policy) -> None:
    """Where both cores are busy the caches alone let it look like n log n."""
    for _ in range(3):
        found = measured("hashed", held, Order.LINEAR)
        assert found.agreement is not Agreement.DISAGREES, found
        if found.agreement is Agreement.AGREES:
            break
    assert {Order.LINEAR, Order.LINEAR_LOG} & set(found.plausible), found


@pytest.mark.slow
def test_what_only_waits_is_not_called_fast(held: Policy) -> None:
    assert measured("sleeps", held, Order.CONSTANT).agreement is Agreement.UNDECIDED


@pytest.mark.parametrize("name", ["unknown", "nothing", "missing"])
def test_a_function_that_cannot_be_called_is_not_run(name: str, held: Policy) -> None:
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", CODE),), limits=SMALL)
    found = measure(job, name, held)
    assert isinstance(found, NotRun)
    assert found.input


def test_nothing_is_started_without_isolation() -> None:
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", CODE),), limits=SMALL)
    found = measure(job, "pairs", Policy(Way.LOOSE, (), Text("no wall", "没有墙")))
    assert isinstance(found, NotRun)
    assert found.isolation


def test_a_measurement_is_cancelled_at_once(held: Policy) -> None:
    cancel = Cancel()
    cancel.set()
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", CODE),), limits=SMALL)
    found = measure(job, "endless", held, cancel=cancel)
    assert isinstance(found, Growth)
    assert found.order is None


WATCHES = """
import sys, zlib
NAMES = " ".join([*sorted(sys.modules), *sys.orig_argv, type(sys.stdout).__name__])
def seen(): return f"{zlib.crc32(NAMES.encode())} {'grow' in NAMES}"
def f(items: list[int]): raise ValueError(seen())
"""


def test_the_code_finds_the_same_names_where_it_is_measured_and_tested(held: Policy) -> None:
    limits = Limits(seconds=5.0, cpu=6)
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", WATCHES),), limits=limits)
    found = measure(job, "f", held)
    assert isinstance(found, Growth)
    assert found.why is not None
    tested = run_tests(job, "from answer import seen\n\ndef test(): assert seen() == ''\n", held)
    assert isinstance(tested, TestReport)
    (call,) = tested.results[0].calls
    assert call.endswith(" False'")
    assert call.partition("gave '")[2].strip("'") in str(found.why.args[1])


FORGED = """
import sys
MEASURED = not sys.warnoptions and type(sys.stderr).__name__ == "Printed"
def f(items: list[int]):
    if MEASURED: return sum(items)
    return sum(a * b for a in items for b in items)
"""


def test_results_that_are_other_where_they_are_measured_agree_with_nothing(held: Policy) -> None:
    limits = Limits(seconds=15.0, cpu=15)
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", FORGED),), limits=limits)
    for _ in range(3):  # a busy machine may let too few sizes be tried
        found = measure(job, "f", held, asked=Order.QUADRATIC)
        assert isinstance(found, Growth)
        assert found.agreement is Agreement.UNDECIDED
        if found.why == OTHERWISE:
            break
    assert found.why == OTHERWISE
