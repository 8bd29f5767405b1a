"""What trying a finished program takes: a line of the report, and a person at its app."""

from __future__ import annotations

import os
import pty
import select
import sys
import time
from pathlib import Path

PATIENCE = 120.0
"""Seconds for the app to start, to answer and to end."""


def say(line: str) -> None:
    """A line of the report."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def use_app(command: list[str], work: Path) -> None:
    """Start the app on a terminal, ask, and leave.  Ends the program where that fails."""
    process, terminal = pty.fork()
    if not process:
        os.chdir(work)
        os.execvp(command[0], command)  # noqa: S606 - a new process of a terminal
    seen, end = b"", time.monotonic() + PATIENCE
    steps = [
        (b"Ask something", b"Explain how to solve 3x = 15\r"),
        ("✓ ".encode(), b"\x11"),
        (b"\x1b[?1049l", b""),
    ]
    while steps and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                seen += os.read(terminal, 65536)
            except OSError:
                break
        while steps and steps[0][0] in seen:
            os.write(terminal, steps.pop(0)[1])
            seen = b""
    os.close(terminal)
    _, status = os.waitpid(process, 0)
    if steps or os.waitstatus_to_exitcode(status) not in (0, -1):
        raise SystemExit(f"the app: {seen[-2000:]!r}")
    say("ok  assistant (the app on a terminal)")
