"""The problems that were solved, and the one that was being typed, over the end of the program."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from textual.message import Message

from runtimes.files import replace_file
from runtimes.reasons import because_of
from runtimes.texts import Text
from tui.messages import Told

FILE = "problems.json"
MOST = 50
MOST_CHARACTERS = 20_000
"""Of one problem, as its field has them."""
MOST_BYTES = 8 << 20
SOON = 0.5
"""Seconds from a key to its way to the disk."""
NOT_SAVED = Text("the problems are not kept for the next start: {0}", "题目无法保留到下次启动：{0}")


@dataclass(frozen=True, slots=True)
class Remembered:
    """The oldest first; ``draft`` is what stood in the field."""

    solved: tuple[str, ...] = ()
    draft: str = ""


class Problems:
    """The file of them, for any thread.  Two apps share it: who writes last keeps what the other
    has written.

    ``folder`` is ``None`` where nothing may be kept.
    """

    def __init__(self, folder: Path | None, post: Callable[[Message], object]) -> None:
        self._path = None if folder is None else folder / FILE
        self._post = post
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._draft = ""
        self._timer: threading.Timer | None = None
        self._told = False

    def read(self) -> Remembered:
        """What was left; nothing where there is none, or it is not as we write it."""
        if self._path is None:
            return Remembered()
        try:
            if self._path.stat().st_size > MOST_BYTES:
                return Remembered()
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return Remembered()
        values = found if isinstance(found, dict) else {}
        solved, draft = values.get("solved"), values.get("draft")
        texts = solved if isinstance(solved, list) else []
        kept = tuple(text for text in texts if _is_problem(text))
        return Remembered(kept[-MOST:], draft if _is_problem(draft) else "")

    def solved(self, text: str) -> None:
        """It was solved just now."""
        self._start(text)

    def typed(self, text: str) -> None:
        """It stands in the field; it is written a little later."""
        with self._lock:
            self._draft = text[:MOST_CHARACTERS]
            if self._timer is not None or self._path is None:
                return
            self._timer = threading.Timer(SOON, self._write)
            self._timer.daemon = True
            self._timer.start()

    def forget(self) -> None:
        """Keep none of them."""
        self._start(None)

    def close(self) -> None:
        """Write what still waits."""
        with self._lock:
            waits = self._timer is not None
        if waits:
            self._write()

    def _start(self, text: str | None) -> None:
        if self._path is not None:
            args = (text, text is None)
            threading.Thread(target=self._write, args=args, daemon=True).start()

    def _write(self, new: str | None = None, anew: bool = False) -> None:  # noqa: FBT001, FBT002 - of a thread
        with self._writing:
            with self._lock:
                timer, self._timer = self._timer, None
                draft = self._draft
            if timer is not None:
                timer.cancel()
            assert self._path is not None
            kept = () if anew else self.read().solved
            if new is not None:
                kept = (*(text for text in kept if text != new), new)[-MOST:]
            words = {"solved": kept, "draft": draft}
            try:
                replace_file(self._path, json.dumps(words))
            except OSError as wrong:
                self._tell(wrong)

    def _tell(self, wrong: OSError) -> None:
        if not self._told:
            self._told = True
            self._post(Told(because_of(wrong, NOT_SAVED), wrong=True))


def _is_problem(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and len(value) <= MOST_CHARACTERS
