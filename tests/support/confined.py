"""Python programs run in the sandbox by each way that this machine has."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from assistant.coding.sandbox import bubblewrap, probe, runner
from assistant.coding.sandbox.policy import Policy, Way
from assistant.coding.sandbox.types import Job, Language, Limits, NotRun, Outcome, SourceFile

SMALL = Limits(seconds=3, cpu=3, memory=96 << 20, workspace=8 << 20, processes=16, output=1 << 16)
"""Limits for an attempt: a program of a few lines, that may try to take everything."""
GRACE = 0.5
"""Seconds past its limit by which an attempt must be over."""


def policy() -> Policy:
    """What this machine enforces; the test is skipped where that is too little."""
    found = probe.try_all()
    if not found.isolated:
        pytest.skip(f"this machine isolates no code: {found.lacking}")
    return found


def python(
    text: str, held: Policy, limits: Limits = SMALL, stdin: str = ""
) -> tuple[Outcome, float]:
    """A program in Python, and the seconds that it took all told."""
    job = Job(
        language=Language.PYTHON,
        files=(SourceFile("attempt.py", text),),
        stdin=stdin,
        limits=limits,
    )
    start = time.monotonic()
    result = runner.run(job, held)
    seconds = time.monotonic() - start
    assert not isinstance(result, NotRun), result
    return result, seconds


def descriptors() -> set[str]:
    """The open files of this process."""
    return {f"{name} {_target(name)}" for name in os.listdir("/proc/self/fd")}  # noqa: PTH208


def _target(name: str) -> str:
    try:
        target = str(Path(f"/proc/self/fd/{name}").readlink())
    except OSError:
        return ""
    return target if not target.startswith("/proc/") else ""


def children() -> set[int]:
    """All processes that descend from this one."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(folder.name)] = int(fields[1])
    ours = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return ours - {os.getpid()}


def mounts() -> str:
    """The mounts that are seen here."""
    return Path("/proc/self/mounts").read_text()


__all__ = ["GRACE", "SMALL", "Policy", "Way", "bubblewrap", "children", "descriptors", "mounts"]
