"""How soon does ``assistant`` show its first frame, beside a bare Textual app of one widget?

    python tests/bench/first_frame.py [--rounds 11]

Both are started in turn in a pseudo-terminal of 120 by 40, and are read until a word of theirs
that is drawn in the first frame has come.  Prints milliseconds from the start of the process,
and the ratio of the medians and of the fastest.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import pty
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time

from assistant.firstrun import remember

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("the-only-widget")
Bare().run()
"""
SEEN = {"assistant": "quit", "bare": "the-only-widget"}
"""A word of the first frame; of ours, a key of the last line."""


def started(command: list[str], home: str) -> tuple[int, int]:
    """The process, and its terminal."""
    process, terminal = pty.fork()
    if process == 0:
        given = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "ASSISTANT_HOME": home}
        os.execve(command[0], command, {**os.environ, **given})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    return process, terminal


def once(which: str, home: str) -> float:
    """Seconds from the start to the first frame."""
    tail = ["-m", "tui"] if which == "assistant" else ["-c", BARE]
    begun = time.perf_counter()
    process, terminal = started([sys.executable, *tail], home)
    seen, mark = b"", SEEN[which].encode()
    try:
        while mark not in seen:
            seen += os.read(terminal, 1 << 16)
        took = time.perf_counter() - begun
    finally:
        os.kill(process, signal.SIGKILL)
        with contextlib.suppress(OSError):
            while os.read(terminal, 1 << 16):
                pass
        os.waitpid(process, 0)
        os.close(terminal)
    return took


def main() -> None:
    """Measure, in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as home:
        os.environ["ASSISTANT_HOME"] = home
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's start is not compiled each time
        remember()  # the welcome of the very first start is no usual first frame
        for which in SEEN:
            once(which, home)  # byte code is written once
        pairs = [(once("assistant", home), once("bare", home)) for _ in range(rounds)]
    for name, pick in (("median", statistics.median), ("fastest", min)):
        ours, theirs = (pick(side) * 1000 for side in zip(*pairs, strict=True))
        print(f"{name}: assistant {ours:.0f} ms, bare {theirs:.0f} ms: {ours / theirs:.2f} times")


if __name__ == "__main__":
    main()
