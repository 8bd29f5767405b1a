"""A file of the user's that is mended: read with all that must be kept, written as a whole."""

from __future__ import annotations

import contextlib
import difflib
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from assistant.cli.diagnostics import because
from assistant.cli.sources import Unreadable, read_source
from runtimes.texts import Text

MARK = b"\xef\xbb\xbf"
MOST_COPIES = 1000
NOT_READ = Text("cannot read the file", "无法读取文件")
NOT_WRITTEN = Text("cannot write the file", "无法写入文件")
NO_PIPE = Text("--fix needs a file with a name", "--fix 需要一个文件名")
CHANGED = Text("{0} was changed meanwhile, and is left as it is", "{0} 在此期间已被修改，保持原样")
READ_ONLY = Text(
    "{0} is read-only, and is left as it is; make it writable first, or copy it",
    "{0} 是只读文件，保持原样；请先改为可写，或复制一份",
)
NO_COPY = Text("there are too many copies beside {0}", "{0} 旁的备份过多")


@dataclass(frozen=True, slots=True)
class OwnFile:
    """``text`` has plain ends of lines; what the file has instead is put back when writing."""

    path: Path
    text: str
    raw: bytes

    @property
    def name(self) -> str:
        """Its name without the folder."""
        return self.path.name


def read_own(name: str) -> OwnFile:
    """Raises ``Unreadable``."""
    if name == "-":
        raise Unreadable(NO_PIPE)
    text = read_source(name, NOT_READ)
    path = Path(os.path.realpath(name))  # what a link points at is the file
    try:
        raw = path.read_bytes()
    except OSError as wrong:
        raise Unreadable(because(NOT_READ, wrong)) from wrong
    return OwnFile(path, text.replace("\r\n", "\n"), raw)


def write_own(own: OwnFile, text: str) -> Path:
    """Put the new text in the file's place in one step; the result is the copy of the old one.

    Lines that were not changed keep the ends that they had.  Raises ``Unreadable``; then the file
    is as it was.
    """
    body = (MARK if own.raw.startswith(MARK) else b"") + _with_ends(own, text).encode("utf-8")
    try:
        if not own.path.stat().st_mode & stat.S_IWUSR or not os.access(own.path, os.W_OK):
            raise Unreadable(READ_ONLY.of(str(own.path)))
        if own.path.read_bytes() != own.raw:
            raise Unreadable(CHANGED.of(str(own.path)))
        copy = _copied(own)
        number, temporary = tempfile.mkstemp(dir=own.path.parent, prefix=f".{own.name[:100]}.")
        try:
            with os.fdopen(number, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            shutil.copymode(own.path, temporary)
            os.replace(temporary, own.path)  # noqa: PTH105 - a name, no path of ours
        except OSError:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as wrong:
        raise Unreadable(because(NOT_WRITTEN, wrong)) from wrong
    return copy


def _with_ends(own: OwnFile, text: str) -> str:
    """The text with the ends of lines that the file has; new lines end like most of it."""
    returns, all_ends = own.raw.count(b"\r\n"), own.raw.count(b"\n")
    usual = "\r\n" if returns * 2 > all_ends else "\n"
    if returns in (0, all_ends):
        return text.replace("\n", usual)
    before, after = own.text.split("\n"), text.split("\n")
    old = own.raw.removeprefix(MARK).decode("utf-8").split("\n")
    ends = [usual] * len(after)
    for block in difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        for n in range(block.size):
            ends[block.b + n] = "\r\n" if old[block.a + n].endswith("\r") else "\n"
    return "".join(line + end for line, end in zip(after, [*ends[:-1], ""], strict=True))


def _copied(own: OwnFile) -> Path:
    """The old text beside the file, under a name that nothing has yet."""
    for number in range(MOST_COPIES):
        copy = own.path.with_name(f"{own.name}.bak{number or ''}")
        try:
            with copy.open("xb") as file:
                file.write(own.raw)
        except FileExistsError:
            continue
        shutil.copymode(own.path, copy)
        return copy
    raise Unreadable(NO_COPY.of(str(own.path)))
