"""Runs a program, or one call of it, and takes down what its lines do."""

from __future__ import annotations

from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, NotRun
from assistant.coding.tracing.types import Trace
from runtimes.base import Cancel


def trace(
    job: Job, policy: Policy, *, call: str = "", cancel: Cancel | None = None
) -> Trace | NotRun:
    """Trace a Python program, or the call of a function of it (one expression: ``f([3, 1], 2)``).

    ``NotRun`` with ``input`` where the file or the call is no Python.
    """
    raise NotImplementedError
