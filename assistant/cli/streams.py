"""The three standard streams, where whoever started the program has closed some of them."""

from __future__ import annotations

import os
import sys


def ensure_streams() -> None:
    """Put the null device in the place of every closed stream.

    Else the pipes of a worker process would get the numbers 0 to 2, and writing to a stream
    that is ``None`` would fail.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number is this one
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for good
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
