"""Runs the tests against each fault."""

from __future__ import annotations

import dataclasses
import random
import time
from collections.abc import Callable

from assistant.coding.mutation.faults import mutants
from assistant.coding.mutation.types import Mutant, MutationReport
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Limit, NotRun, SourceFile
from assistant.coding.trial import TestReport, Verdict, run_tests
from runtimes.base import Cancel
from runtimes.texts import Text

LEAST_SECONDS = 1.0
SLOWER = 8.0
"""How much longer than the code itself a fault may take, before it counts as without end."""
OVER = (Limit.TIME, Limit.CPU)
NO_PYTHON = Text("the code is no Python: {0}", "代码不是 Python：{0}")
NOTHING = Text("there is nothing in the code to put a fault into", "代码中没有可以引入错误的地方")
FAILING = Text(
    "the tests do not pass on the code as it is, so that they notice nothing",
    "原代码本身没有通过测试，因此无法判断测试能发现什么",
)


def check_mutations(
    job: Job,
    tests: str,
    policy: Policy,
    *,
    budget: float = 20.0,
    on_progress: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
) -> MutationReport | NotRun:
    """Put faults into the job's first file, at most for ``budget`` seconds, in an order that is
    shuffled but always the same.  ``on_progress`` is told how many of how many were tried."""
    start = time.monotonic()
    stop = cancel or Cancel()
    try:
        every = mutants(job.files[0].text)
    except ValueError as wrong:
        return NotRun(NO_PYTHON.of(str(wrong)), input=True)
    first = run_tests(job, tests, policy, stop)
    if isinstance(first, NotRun):
        return first
    if first.verdict is not Verdict.PASSED or not every:
        why = NOTHING if first.verdict is Verdict.PASSED else first.why or FAILING
        return _report([], every, time.monotonic() - start, why)
    seconds = min(job.limits.seconds, max(LEAST_SECONDS, SLOWER * first.outcome.seconds))
    limits = dataclasses.replace(job.limits, seconds=seconds, cpu=max(1, round(seconds + 0.5)))
    short = dataclasses.replace(job, limits=limits)
    order = list(every)
    random.Random(0).shuffle(order)  # noqa: S311 - no secret
    tried: list[tuple[Mutant, TestReport]] = []
    for number, mutant in enumerate(order):
        if stop.is_set() or time.monotonic() - start > budget:
            break
        found = run_tests(_with(short, mutant), tests, policy, stop, failing_once=True)
        if isinstance(found, NotRun):
            return found
        tried.append((mutant, found))
        if on_progress is not None:
            on_progress(number + 1, len(order))
    return _report(tried, every, time.monotonic() - start, None)


def _with(job: Job, mutant: Mutant) -> Job:
    first, *others = job.files
    return dataclasses.replace(job, files=(SourceFile(first.name, mutant.text), *others))


def _report(
    tried: list[tuple[Mutant, TestReport]],
    every: tuple[Mutant, ...],
    seconds: float,
    why: Text | None,
) -> MutationReport:
    noticed = [found for _, found in tried if found.verdict is Verdict.FAILED]
    survivors = [mutant for mutant, found in tried if found.verdict is Verdict.PASSED]
    return MutationReport(
        possible=len(every),
        noticed=len(noticed),
        timed_out=sum(any(limit in OVER for limit in f.outcome.limits) for f in noticed),
        undecided=len(tried) - len(noticed) - len(survivors),
        survivors=tuple(sorted(survivors, key=lambda mutant: mutant.line)),
        seconds=seconds,
        why=why,
    )
