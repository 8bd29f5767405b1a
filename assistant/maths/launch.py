"""Starts a worker process, and imports next to nothing: this is the first thing that the
command does, so that SymPy loads on one core while the rest of the program loads on
another."""

from __future__ import annotations

import os
import subprocess
import sys
import threading


class Process(subprocess.Popen[bytes]):
    """A process of ``assistant.maths.worker``, which waits for its limits on its pipe.

    It holds the reading end of a pipe that nobody writes to, its lifeline: the end of this
    program, however it comes, closes the other end, and the system then ends the worker even
    inside one long operation of C code, where no thread of its own would get a turn.
    """

    def __init__(self, *, light: bool = False) -> None:
        """``light``: it is for reading, and loads no computer algebra."""
        held, lifeline = None, ""
        passed: tuple[int, ...] = ()
        if os.name == "posix":
            end, held = os.pipe()
            passed, lifeline = (end,), str(end)
        super().__init__(
            [
                sys.executable,
                "-P",
                "-m",
                "assistant.maths.worker",
                lifeline,
                *(["light"] * light),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=passed,
            start_new_session=True,  # Ctrl-C is the parent's to handle
            env={**os.environ, "PYTHONHASHSEED": "0"},  # the same problem, the same steps
        )
        for end in passed:
            os.close(end)
        self._held = held
        self._ending = threading.Lock()

    def end(self) -> None:
        """Kill the process and wait for its end.  Any thread may call it, any number of times."""
        self.kill()
        self.wait()
        with self._ending:  # closed twice, the number could be another file's already
            held, self._held = self._held, None
        if held is not None:
            os.close(held)
