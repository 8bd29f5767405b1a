"""A terminal that goes away takes the app with it, whatever was being written."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from screens import LONG
from turns import script

from tui.hangup import Lasting

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals here")


class Broken:
    """A file whose terminal is gone."""

    tries = 0

    def write(self, text: str) -> int:
        """Fails."""
        del text
        self.tries += 1
        raise OSError(5, "Input/output error")

    flush = write


def test_what_is_written_to_a_terminal_that_is_gone_is_dropped_and_told_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[int] = []
    monkeypatch.setattr(os, "kill", lambda _, number: told.append(number))
    broken = Broken()
    file = Lasting(broken)  # type: ignore[arg-type]
    assert file.write("a") == 1
    file.flush()
    assert file.write("bc") == 2
    assert told == [signal.SIGHUP]
    assert broken.tries == 1


@pytest.mark.slow
def test_it_ends_where_nobody_tells_it_that_its_terminal_is_gone(tmp_path: Path) -> None:
    """No terminal controls it, so that the system sends no signal."""
    outside, inside = pty.openpty()
    model = script(tmp_path, LONG)
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "-m", model],
        stdin=inside, stdout=inside, stderr=inside, start_new_session=True,
        env={**os.environ, "ASSISTANT_HOME": str(tmp_path / "home"), "TERM": "xterm"},
    )  # fmt: skip
    os.close(inside)
    try:
        shown = b""
        end = time.monotonic() + 30
        while b"Ask something" not in shown:
            assert time.monotonic() < end, shown
            shown += os.read(outside, 65536)
        os.write(outside, b"tell me something\r")
        while b"word1" not in shown:
            assert time.monotonic() < end, shown
            shown += os.read(outside, 65536)
        os.close(outside)
        assert process.wait(20) == 128 + signal.SIGHUP
    finally:
        process.kill()
        process.wait()
