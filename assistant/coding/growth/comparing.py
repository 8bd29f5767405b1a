"""Does the function answer where it is measured as it does where it is tested?

Code that finds out that it is measured could leave its work undone there.  So a few results of
the measured world are held against those of the worlds of a test, where no clock is read.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from assistant.coding.growth.clock import RaisedError, Timed
from assistant.coding.growth.types import Kind
from assistant.coding.inside import shapes
from assistant.coding.inside.grower import Inputs
from assistant.coding.properties.signature import Signature
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job
from assistant.coding.trial import TestReport, Verdict, run_tests
from runtimes.base import Cancel

SECONDS = 5.0
MOST_TEXT = 20_000
"""Characters of a result that is still compared."""
Call = tuple[int, Kind]
"""The size and kind of the inputs of a call."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a call gave where it was measured, with its arguments after the call, as a literal."""

    size: int
    kind: Kind
    gave: str


def shown(timed: Timed, calls: list[Call]) -> tuple[Shown, ...]:
    """What some calls give, where they give the same twice and plain values."""
    found = []
    for size, kind in calls:
        order: dict[str, object] = {"size": size, "kind": kind.value, "seed": 0}
        said: list[object] = []
        try:
            for _ in range(2):
                timed.ask(do="load")
                said.append(timed.ask(do="show", **order).get("gave"))
        except RaisedError:
            continue
        gave = said[0]
        if gave == said[1] and isinstance(gave, str) and (text := _literal(gave)):
            found.append(Shown(size, kind, text))
    return tuple(found)


def differs(
    job: Job, policy: Policy, signature: Signature, results: tuple[Shown, ...], cancel: Cancel
) -> bool:
    """Does a test of the same calls fail?  One that cannot be decided is no difference."""
    owner, _, word = signature.name.rpartition(".")
    call = f"{owner}().{word}" if owner else word
    stem = job.files[0].name.rpartition(".")[0]
    wanted = [shapes.read(parameter.shape) for parameter in signature.parameters]
    parts = [f"from {stem} import {owner or word}\n"]
    for number, result in enumerate(results):
        values = list(Inputs(wanted, result.size, result.kind.value, 0).make())
        parts.append(
            f"def test_{number}():\n    values = {values!r}\n    got = {call}(*values)\n"
            "    got = list(got) if hasattr(got, '__next__') else got\n"
            f"    assert [got, *values] == {result.gave}\n"
        )
    limits = replace(job.limits, seconds=min(job.limits.seconds, SECONDS))
    report = run_tests(replace(job, limits=limits), "\n".join(parts), policy, cancel)
    failed = isinstance(report, TestReport) and report.verdict is Verdict.FAILED
    return failed and not cancel.is_set() and _plainly(report)


def _plainly(report: object) -> bool:
    """By what was compared, and not at a limit."""
    assert isinstance(report, TestReport)
    return report.failed is not None and "AssertionError" in report.failed.detail


def _literal(text: str) -> str:
    """The text as a literal that we have written; empty where it is none."""
    try:
        return repr(ast.literal_eval(text)) if 0 < len(text) <= MOST_TEXT else ""
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return ""
