"""What has crashed on this machine, so that it is not tried in the same way again.

A small JSON file in the state folder: for each engine build and model file when it crashed and
how.  A build that is installed anew is another build, and gets a fresh chance.
"""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from runtimes.files import replace_file

FILE = "crashes.json"
MOST = 200
"""Notes that are kept; the oldest go first."""
LIBRARIES = {"llamacpp": "llama_cpp", "checkpoint": "transformers"}


@dataclass(frozen=True, slots=True)
class Crash:
    """One note: what (``key``), when (seconds of the epoch), how (``SIGSEGV``)."""

    key: str
    when: float
    how: str

    @property
    def engine(self) -> str:
        """Which engine crashed."""
        return self.key.partition(" ")[0]

    @property
    def model(self) -> str:
        """The name of the file that it had loaded."""
        *_, rest = self.key.split(" ", 3)
        name, _, place = rest.rpartition(" ")
        return name or place


def key_of(engine: str, model: str) -> str:
    """The name under which a crash is remembered: engine build, processor and model file."""
    library = importlib.util.find_spec(LIBRARIES.get(engine, engine))
    origin = library.origin if library else None
    built = int(os.stat(origin).st_mtime) if origin and os.path.exists(origin) else 0  # noqa: PTH110, PTH116
    place = zlib.crc32(str(Path(model).resolve()).encode("utf-8", "surrogateescape"))
    return f"{engine} {built} {platform.machine()} {Path(model).name} {place:08x}"


def read(folder: str) -> tuple[Crash, ...]:
    """All notes; none where the file is missing or damaged."""
    if not folder:
        return ()
    try:
        data = json.loads(Path(folder, FILE).read_bytes()[: 1 << 20])
        notes = [Crash(str(d["key"]), float(d["when"]), str(d["how"])) for d in data]
    except (OSError, ValueError, TypeError, KeyError):
        return ()
    return tuple(notes[-MOST:])


def remembered(folder: str, key: str) -> bool:
    """Has this crashed here before?"""
    return any(note.key == key for note in read(folder))


def remember(folder: str, key: str, how: str) -> None:
    """Note a crash.  Where it cannot be written, it is not remembered, and that is all."""
    if not folder:
        return
    notes = [note for note in read(folder) if note.key != key] + [Crash(key, time.time(), how)]
    _write(folder, notes[-MOST:])


def forget(folder: str) -> None:
    """Forget all of it: every engine gets a fresh chance."""
    if folder:
        _write(folder, [])


def _write(folder: str, notes: list[Crash]) -> None:
    rows = [{"key": n.key, "when": n.when, "how": n.how} for n in notes]
    with suppress(OSError):
        replace_file(Path(folder, FILE), json.dumps(rows))
