"""The command as a user runs it: in a process of its own, piped or on a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence

PROGRAM = [sys.executable, "-m", "tui"]


def assistant(*args: str, stdin: str | bytes = "", **env: str) -> subprocess.CompletedProcess[str]:
    """One run with its output piped."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [*PROGRAM, *args],
        input=given,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8", **env},
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def on_terminal(
    args: Sequence[str],
    *,
    columns: int = 80,
    stdout: int | None = None,
    typed: Sequence[tuple[float | str, bytes]] = (),
    env: dict[str, str] | None = None,
) -> tuple[int, str]:
    """The exit code and all that a terminal of this width was sent.

    ``typed`` are keys with the seconds after which they are pressed, or the text that is waited
    for; ``stdout`` is a file number that takes the place of the terminal there.
    """
    import fcntl
    import pty
    import select
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    usual = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR")}
    process = subprocess.Popen(
        ["/bin/sh", "-c", f'exec "$0" "$@" <{os.ttyname(theirs)}', *PROGRAM, *args],
        stdout=theirs if stdout is None else stdout,
        stderr=theirs,
        env={**usual, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(env or {})},
        start_new_session=True,  # its first terminal is the one whose keys become signals
    )
    os.close(theirs)
    out, keys, start = b"", list(typed), time.monotonic()
    while time.monotonic() - start < 60:
        if keys and _due(keys[0][0], time.monotonic() - start, out):
            os.write(ours, keys.pop(0)[1])
        if not select.select([ours], [], [], 0.05)[0]:
            continue
        try:
            got = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not got:
            break
        out += got
    os.close(ours)
    return process.wait(10), out.decode().replace("\r\n", "\n")


def _due(when: float | str, passed: float, shown: bytes) -> bool:
    return when.encode() in shown if isinstance(when, str) else passed > when
