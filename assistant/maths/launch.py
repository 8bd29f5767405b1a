"""Starts a worker process, and imports next to nothing: this is the first thing that the
command does, so that SymPy loads on one core while the rest of the program loads on
another."""

from __future__ import annotations

import os
import subprocess
import sys


def launch() -> subprocess.Popen[bytes]:
    """A process of ``assistant.maths.worker``, which waits for its limits on its pipe."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "assistant.maths.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is the parent's to handle
        env={**os.environ, "PYTHONHASHSEED": "0"},  # the same problem, the same steps
    )
