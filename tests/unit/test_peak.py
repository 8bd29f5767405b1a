"""A process's peak is its own, not that of the one which started it."""

from __future__ import annotations

import subprocess
import sys

import pytest

MIB = 1 << 20
FILL = "held = bytearray(200 << 20); held[::4096] = b'x' * len(held[::4096])"
TELL = "from runtimes.peak import host_peak; print(host_peak())"


def told(code: str) -> list[int]:
    """What a process of its own tells.

    Any ``preexec_fn`` makes Python fork: until it becomes the other program, the child shares
    the pages of this one.
    """
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        timeout=60,
        preexec_fn=None if sys.platform == "win32" else lambda: None,
    )
    return [int(line) for line in done.stdout.split()]


def test_what_was_given_back_counts() -> None:
    before, after = told(f"{TELL}\n{FILL}\ndel held\nprint(host_peak())")
    assert 1 * MIB < before < 150 * MIB
    assert 190 * MIB < after - before < 250 * MIB


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux carries it over")
def test_the_parents_peak_is_not_carried_over() -> None:
    held = bytearray(300 * MIB)
    held[::4096] = b"x" * len(held[::4096])
    (peak,) = told(TELL)
    assert 1 * MIB < peak < 150 * MIB
    assert len(held) == 300 * MIB
