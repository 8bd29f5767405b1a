"""A process that stands still, as one that works without an end does for whoever waits."""

from __future__ import annotations

import os
import signal

from assistant.maths.reader import Reader


def suspend(reader: Reader) -> None:
    """Its process, which has read something before, answers nothing any more."""
    worker = reader._worker
    assert worker is not None
    os.kill(worker._process.pid, signal.SIGSTOP)
