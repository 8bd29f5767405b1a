"""The whole texts of a file before and after a change: from the disk and the diff together.

A diff is outside text, and may name any path.  Only plain files below the folder of the user's
project are opened, links followed and looked at again; nothing is ever written.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath, PureWindowsPath

from assistant.coding import diffs
from assistant.coding.reviewing.patches import Change, FilePatch, Hunk
from runtimes.reasons import because_of
from runtimes.texts import Text

MOST_BYTES = 4 << 20
"""Of a file on the disk."""
OUTSIDE = Text(
    "the path leads out of this folder ({0}), so the file is not read",
    "路径指向本文件夹（{0}）之外，因此不读取该文件",
)
NO_FILE = Text(
    "the file is not there (looked in {0}), so only the lines of the diff are known",
    "文件不存在（查找位置：{0}），因此只知道差异中的各行",
)
NOT_PLAIN = Text("it is no plain file, so it is not read", "它不是普通文件，因此不读取")
TOO_LARGE = Text("the file is too large to be read", "文件过大，不读取")
NO_TEXT = Text("the file is no text in UTF-8", "文件不是 UTF-8 文本")
NOT_READ = Text("the file cannot be read: {0}", "无法读取文件：{0}")
OTHER = Text(
    "the file here is neither the one before the change nor the one after it, so only the lines "
    "of the diff are known",
    "此处的文件既不是修改前的，也不是修改后的，因此只知道差异中的各行",
)
EITHER = Text(
    "the file here could be the one before the change or the one after it; it is taken for the "
    "one after it",
    "此处的文件可能是修改前的，也可能是修改后的；按修改后的处理",
)


@dataclass(frozen=True, slots=True)
class Sides:
    """The texts, with plain ends of lines; ``None`` where the file is not there on that side.

    ``why`` says why nothing whole is known; both are ``None`` then.  ``note`` says what was taken
    for granted.  ``path`` is the file that was read, where one was.
    """

    before: str | None = None
    after: str | None = None
    why: Text | None = None
    note: Text | None = None
    path: Path | None = None


class UnreadError(Exception):
    """A file that is not read; ``why`` tells the user."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def project(folder: Path) -> Path:
    """The folder that paths in a diff start from: that of the repository, else this one."""
    folder = Path(os.path.realpath(folder))
    return next((up for up in (folder, *folder.parents) if (up / ".git").exists()), folder)


def sides_of(patch: FilePatch, folder: Path) -> Sides:
    """Both texts, of the file found from ``folder``; the diff alone tells those of a new file,
    and of one that goes."""
    whole = "\n".join
    if patch.change is Change.NEW:
        return Sides(None, _ended(whole(t for h in patch.hunks for t in h.side("+"))))
    if patch.change is Change.DELETED:
        return Sides(_ended(whole(t for h in patch.hunks for t in h.side("-"))), None)
    told: list[Text] = []
    for name in dict.fromkeys((patch.new, patch.old)):
        for place in _places(name, folder):
            found = place if isinstance(place, Text) else _fitted(patch, place)
            if isinstance(found, Sides):
                return found
            told.append(found)
    there = [why for why in told if why.en != NO_FILE.en]
    return Sides(why=(there or told)[0])


def beside(path: Path, folder: Path, stem: str) -> str | None:
    """A module that lies beside a file; ``None`` where there is none that may be read."""
    root = project(folder)
    place = Path(os.path.realpath(path.with_name(f"{stem}.py")))
    if not place.is_relative_to(root):
        return None
    try:
        return _content(place).decode("utf-8-sig").replace("\r\n", "\n")
    except (UnreadError, UnicodeDecodeError):
        return None


def _ended(text: str) -> str:
    return f"{text}\n" if text else text


def _places(name: str, folder: Path) -> Iterator[Path | Text]:
    """The files that a path in a diff may mean: from the folder of the project, or from this one.
    Where there is none, why."""
    root = project(folder)
    windows = PureWindowsPath(name)
    parts = PurePosixPath(name).parts
    rooted = name.startswith(("/", "\\", "~")) or bool(windows.drive)
    if not parts or "\0" in name or rooted or ".." in (*parts, *windows.parts):
        yield OUTSIDE.of(str(root))
        return
    there = False
    for start in dict.fromkeys((root, Path(os.path.realpath(folder)))):
        place = Path(os.path.realpath(start / name))
        if not place.is_relative_to(root):
            yield OUTSIDE.of(str(root))
            return
        if os.path.lexists(place):
            there = True
            yield place
    if not there:
        yield NO_FILE.of(str(root))


def _fitted(patch: FilePatch, path: Path) -> Sides | Text:
    """Both texts by way of this file, or why not."""
    try:
        raw = _content(path)
        found = _placed(patch, raw.decode("utf-8-sig").replace("\r\n", "\n"), raw)
    except UnreadError as wrong:
        return wrong.why
    except UnicodeDecodeError:
        return NO_TEXT
    return replace(found, path=path) if found.why is None else found.why


def _content(place: Path) -> bytes:
    """The bytes of a plain file; a pipe is not waited for."""
    try:
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(place, flags), "rb") as file:
            told = os.fstat(file.fileno())
            if not stat.S_ISREG(told.st_mode):
                raise UnreadError(NOT_PLAIN)
            raw = file.read(MOST_BYTES + 1)
    except OSError as wrong:
        if isinstance(wrong, IsADirectoryError):
            raise UnreadError(NOT_PLAIN) from wrong
        raise UnreadError(because_of(wrong, NOT_READ)) from wrong
    if len(raw) > MOST_BYTES:
        raise UnreadError(TOO_LARGE)
    return raw


def _placed(patch: FilePatch, text: str, raw: bytes) -> Sides:
    """Which side the text is, by git's names of the contents, else by where the lines stand."""
    is_before, is_after = (_is_blob(raw, blob) for blob in patch.blobs)
    before = _applied(text, tuple(hunk.back for hunk in patch.hunks))
    after = _applied(text, tuple(hunk.forth for hunk in patch.hunks))
    exact_after, exact_before = (_stands(text, patch.hunks, sign) for sign in ("+", "-"))
    if is_before != is_after:
        before, after = (None, after) if is_before else (before, None)
    elif exact_after != exact_before:
        before, after = (None, after) if exact_before else (before, None)
    if before is not None:
        note = EITHER if after is not None and before != text else None
        return Sides(before, text, note=note)
    if after is not None:
        return Sides(text, after)
    return Sides(why=OTHER)


def _applied(text: str, hunks: tuple[diffs.Hunk, ...]) -> str | None:
    try:
        return diffs.apply_hunks(text, hunks)
    except diffs.DiffError:
        return None


def _stands(text: str, hunks: tuple[Hunk, ...], sign: str) -> bool:
    """Do all lines of one side stand exactly where the diff says?"""
    lines = text.split("\n")
    for hunk in hunks:
        side = hunk.side(sign)
        start = (hunk.new if sign == "+" else hunk.old) - 1
        if side and tuple(lines[max(start, 0) : start + len(side)]) != side:
            return False
    return True


def _is_blob(raw: bytes, blob: str) -> bool:
    """Is it the content that git calls so?"""
    if not blob or not blob.strip("0"):
        return False
    algorithm = "sha256" if len(blob) == 64 else "sha1"
    told = hashlib.new(algorithm, b"blob %d\0" % len(raw) + raw, usedforsecurity=False)
    return told.hexdigest().startswith(blob)
