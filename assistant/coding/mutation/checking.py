"""Runs the tests against each fault."""

from __future__ import annotations

from collections.abc import Callable

from assistant.coding.mutation.types import MutationReport
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, NotRun
from runtimes.base import Cancel


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
    raise NotImplementedError
