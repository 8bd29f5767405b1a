"""Runs a function on made-up examples, and tells the smallest that fails."""

from __future__ import annotations

from assistant.coding.properties.types import Oracle, PropertyReport
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, NotRun
from runtimes.base import Cancel

EXAMPLES = 200


def check_property(
    job: Job,
    function: str,
    oracle: Oracle,
    policy: Policy,
    *,
    examples: str = "",
    cancel: Cancel | None = None,
) -> PropertyReport | NotRun:
    """Try a function of the job's first file on ``EXAMPLES`` inputs, always the same ones.

    ``examples`` as for ``signature_of``; they are tried too.  ``NotRun`` where nothing was
    started, with ``input`` where there is no such function or a parameter tells no shape.
    """
    raise NotImplementedError
