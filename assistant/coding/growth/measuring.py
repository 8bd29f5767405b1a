"""Runs the function over doubling sizes, and reads the clock from outside of its world."""

from __future__ import annotations

from assistant.coding.growth.types import Growth, Order
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, NotRun
from runtimes.base import Cancel


def measure(
    job: Job,
    function: str,
    policy: Policy,
    *,
    asked: Order | None = None,
    examples: str = "",
    cancel: Cancel | None = None,
) -> Growth | NotRun:
    """Measure how the time of a function of the job's first file grows.

    ``examples`` is Python text (tests, doctests) in which calls of the function show what it
    takes, where its annotations do not.  At most ``job.limits.seconds`` are spent.  ``NotRun``
    where nothing was started, with ``input`` where there is no such function or its parameters
    are not understood.
    """
    raise NotImplementedError
