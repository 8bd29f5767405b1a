"""A window of tmux in which a program runs as on a user's terminal."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path


class Terminal:
    """``folder`` holds the socket of a server of its own."""

    def __init__(self, folder: Path) -> None:
        self._socket = str(folder / "tmux")

    def tmux(self, *words: str) -> str:
        """The output of a command of tmux."""
        command = ["tmux", "-S", self._socket, "-f", "/dev/null", *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
        return done.stdout

    def start(self, command: str, width: int, height: int, env: dict[str, str]) -> None:
        """Run a command of the shell; the window stays for a while after its end."""
        size = ("-x", str(width), "-y", str(height))
        settings = [word for name, value in env.items() for word in ("-e", f"{name}={value}")]
        self.tmux("new-session", "-d", *size, *settings, f"{command}; sleep 60")

    @property
    def text(self) -> str:
        """What is on the screen."""
        return self.tmux("capture-pane", "-p")

    def until(self, words: str, seconds: float = 30.0) -> str:
        """Wait for words on the screen; the result is all that is there."""
        end = time.monotonic() + seconds
        while words not in (text := self.text):
            assert time.monotonic() < end, f"it did not come: {words}\n{text}"
            time.sleep(0.1)
        return text

    def keys(self, *keys: str) -> None:
        """Press keys by the names that tmux has for them."""
        self.tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type a text, and send it."""
        self.tmux("send-keys", "-l", text)
        self.keys("Enter")

    def resize(self, width: int, height: int) -> None:
        """Another size."""
        self.tmux("resize-window", "-x", str(width), "-y", str(height))
