"""How much some tests notice, by running them against faults."""

from __future__ import annotations

import dataclasses

import confined
import pytest
from confined import SMALL

from assistant.coding.mutation import MutationReport, check_mutations
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, NotRun, SourceFile
from runtimes.base import Cancel

CODE = "def larger(a, b):\n    if a > b:\n        return a\n    return b\n"
WEAK = "from answer import larger\ndef test_larger():\n    assert larger(2, 1) == 2\n"
STRONG = WEAK + "    assert larger(1, 2) == 2\n"


@pytest.fixture(scope="module")
def held() -> Policy:
    return confined.policy()


def checked(
    code: str, tests: str, held: Policy, cancel: Cancel | None = None, seconds: float = 20.0
) -> MutationReport:
    """``seconds``: of a run; enough of them for a busy machine where nothing runs on and on."""
    limits = dataclasses.replace(SMALL, seconds=seconds)
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", code),), limits=limits)
    found = check_mutations(job, tests, held, cancel=cancel)
    assert not isinstance(found, NotRun), found
    return found


@pytest.mark.slow
def test_weak_tests_let_faults_through_and_strong_ones_only_what_means_the_same(
    held: Policy,
) -> None:
    weak, strong = checked(CODE, WEAK, held), checked(CODE, STRONG, held)
    assert weak.possible == weak.tried == strong.tried == 4
    assert [mutant.after.strip() for mutant in weak.survivors] == ["if a >= b:", "return None"]
    assert weak.noticed == 2
    assert [mutant.after.strip() for mutant in strong.survivors] == ["if a >= b:"]
    assert strong.survivors[0].diff("answer.py") == (
        "--- answer.py\n+++ answer.py\n@@ -2,1 +2,1 @@\n-    if a > b:\n+    if a >= b:\n"
    )


@pytest.mark.slow
def test_a_fault_that_never_ends_is_noticed_by_the_clock(held: Policy) -> None:
    code = "def f(n):\n    while n:\n        n -= 1\n    return n\n"
    found = checked(code, "from answer import f\nassert f(3) == 0", held, seconds=0.6)
    assert found.timed_out >= 1
    assert found.noticed >= found.timed_out
    assert found.undecided == 0


def test_nothing_is_said_where_the_tests_fail_already(held: Policy) -> None:
    found = checked(CODE, "from answer import larger\nassert larger(1, 2) == 1", held)
    assert (found.tried, found.why is not None) == (0, True)


def test_a_cancelled_check_ends_at_once(held: Policy) -> None:
    cancel = Cancel()
    cancel.set()
    assert checked(CODE, STRONG, held, cancel).tried == 0


def test_what_is_no_python_is_not_run(held: Policy) -> None:
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", "def ("),))
    found = check_mutations(job, STRONG, held)
    assert isinstance(found, NotRun)
    assert found.input
