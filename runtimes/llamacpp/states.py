"""Prompts that were read once, kept on the disk for the next process.

A file holds the keys and values of the tokens that a conversation begins with: the instructions,
which are the same for many.  It belongs to one model file, one build of the library and one kind
of cache, and is checked before llama.cpp sees it.  While it is read in, it bears another name:
should it crash the engine nevertheless, nobody reads it a second time.
"""

from __future__ import annotations

import array
import hashlib
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from runtimes.files import private_folder

if TYPE_CHECKING:
    from runtimes.llamacpp.context import Context

MAGIC = b"prompt-state-1\x00\x00"
LEAST_TOKENS = 256
"""Fewer are read again faster than a file is handled."""
LARGEST = 1 << 29
"""Bytes of one file."""
MOST_BYTES = 1 << 30
"""Bytes of all files; the ones unused for longest go first."""
STALE = 3600.0
"""Seconds after which a file that somebody took and did not put back is a wreck."""
SUFFIX, TAKEN = ".state", ".taken"
DIGEST = 32


@dataclass(frozen=True, slots=True)
class _Header:
    tokens: tuple[int, ...]
    digest: bytes

    def begins(self, prompt: Sequence[int]) -> bool:
        return tuple(prompt[: len(self.tokens)]) == self.tokens


class PromptStates:
    """The kept prompts of one model in one folder.  Nothing here ever fails a stream."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._name = key.hex()[:32]
        self._key = key

    def restore(self, context: Context, prompt: Sequence[int], known: int) -> int:
        """Put the longest kept beginning of a prompt into the empty or shorter sequence 0.

        ``known`` tokens are there already.  The result is how many are there now: ``known``
        where no file saves at least ``LEAST_TOKENS``; the sequence is empty where one failed
        (then 0).
        """
        best, length = None, known + LEAST_TOKENS - 1
        for path in self._files():
            header = self._header(path)
            if header is None:
                _remove(path)
            elif length < len(header.tokens) < len(prompt) and header.begins(prompt):
                best, length = path, len(header.tokens)
        if best is None:
            return known
        return self._load(context, best, length)

    def save(self, context: Context, tokens: Sequence[int]) -> None:
        """Keep sequence 0, which holds exactly these tokens."""
        if len(tokens) < LEAST_TOKENS or self._path(tokens).exists():
            return
        state = context.state(LARGEST)
        if state is None:
            return
        with suppress(OSError):
            private_folder(self._folder)
            self._write(self._path(tokens), tokens, state)
            self._tidy()

    # --- files -------------------------------------------------------------------------------

    def _path(self, tokens: Sequence[int]) -> Path:
        return (
            self._folder
            / f"{self._name}-{hashlib.sha256(_packed(tokens)).hexdigest()[:16]}{SUFFIX}"
        )

    def _files(self) -> list[Path]:
        try:
            return [p for p in self._folder.glob(f"{self._name}-*{SUFFIX}") if p.is_file()]
        except OSError:
            return []

    def _write(self, path: Path, tokens: Sequence[int], state: bytes | memoryview) -> None:
        packed = _packed(tokens)
        digest = hashlib.sha256(packed)
        digest.update(state)
        number, name = tempfile.mkstemp(dir=self._folder, suffix=".part")  # of mode 0600
        try:
            with os.fdopen(number, "wb") as file:
                count = len(tokens).to_bytes(4, "little")
                file.write(MAGIC + self._key + digest.digest() + count + packed)
                file.write(state)
            Path(name).replace(path)
        except BaseException:
            _remove(Path(name))
            raise

    def _header(self, path: Path) -> _Header | None:
        """The head of a file; ``None`` for one that is not ours."""
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_size > LARGEST + (1 << 24):
                    return None
                head = file.read(len(MAGIC) + 2 * DIGEST + 4)
                count = int.from_bytes(head[-4:], "little")
                if not head.startswith(MAGIC + self._key) or not 0 < count < 1 << 22:
                    return None
                packed = file.read(4 * count)
        except OSError:
            return None
        if len(packed) != 4 * count:
            return None
        return _Header(tuple(array.array("i", packed)), head[len(MAGIC) + DIGEST : -4])

    def _load(self, context: Context, path: Path, length: int) -> int:
        """The number of tokens that are in sequence 0 now."""
        taken = path.with_name(f"{path.name}{TAKEN}")
        try:
            path.replace(taken)  # another process that wants it at this moment reads its prompt
            header = self._header(taken)
            data = taken.read_bytes()
        except OSError:
            context.clear()
            return 0
        skip = len(MAGIC) + 2 * DIGEST + 4
        whole = header is not None and hashlib.sha256(data[skip:]).digest() == header.digest
        state = memoryview(data)[skip + 4 * length :]
        context.clear()
        if whole and context.restore(state) and context.length() == length:
            with suppress(OSError):
                taken.replace(path)
                os.utime(path)
            return length
        context.clear()
        _remove(taken)
        return 0

    def _tidy(self) -> None:
        """Hold the folder to its size, and remove what others left half-done."""
        now = time.time()
        files: list[tuple[float, int, Path]] = []
        for path in self._folder.iterdir():
            with suppress(OSError):
                status = path.stat()
                if path.suffix == SUFFIX:
                    files.append((status.st_mtime, status.st_size, path))
                elif path.suffix in (".part", TAKEN) and now - status.st_mtime > STALE:
                    _remove(path)
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if total <= MOST_BYTES:
                break
            _remove(path)
            total -= size


def key_of(parts: Sequence[str], model: Path) -> bytes:
    """The identity of a model file with everything else that a state depends on."""
    status = model.stat()
    digest = hashlib.sha256()
    for part in (*parts, str(status.st_size), str(status.st_mtime_ns)):
        digest.update(part.encode("utf-8", "replace") + b"\x00")
    with model.open("rb") as file:
        digest.update(file.read(1 << 16))
        file.seek(max(status.st_size - (1 << 16), 0))
        digest.update(file.read(1 << 16))
    return digest.digest()


def _packed(tokens: Sequence[int]) -> bytes:
    return array.array("i", tokens).tobytes()


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
