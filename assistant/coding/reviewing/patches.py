"""Reads a diff of any number of files, as ``git diff`` and ``diff -u`` write it (``diffs`` reads
what a model writes, whose counts are wrong, and applies it).

Outside text: its size is bounded, and its counts and names are held against the lines that follow.
Paths are words here, and lead nowhere; ``sides`` says which of them may be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.coding import diffs
from assistant.coding.diffs import HEADER, STRANGE, DiffError
from runtimes.texts import Text

MOST_LINES = 200_000
MOST_FILES = 500
LONGEST_LINE = 20_000
NOWHERE = "/dev/null"
_BINARY = re.compile(r"Binary files (.*) and (.*) differ")
_INDEX = re.compile(r"index ([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})(?: .*)?")
_ESCAPE = re.compile(rb'\\([0-7]{1,3}|[abfnrtv"\\])')
_SIGNS = {b"a": 7, b"b": 8, b"f": 12, b"n": 10, b"r": 13, b"t": 9, b"v": 11, b'"': 34, b"\\": 92}
SIDES = {" ": (0, 1), "-": (0,), "+": (1,)}
"""On which sides (0 before, 1 after) a line with this sign stands."""
_PREFIX = re.compile(r"[abciow]/")
_GIT_WORDS = {
    "old mode ": "old_mode", "new mode ": "new_mode", "rename from ": "old", "rename to ": "new",
    "copy from ": "old", "copy to ": "new",
}  # fmt: skip
NO_DIFF = Text(
    "this is no unified diff; make one with: git diff, or diff -u OLD NEW",
    "这不是统一格式的差异；可用 git diff 或 diff -u 旧文件 新文件 生成",
)
CUT = Text(
    "the diff is cut off: the change that begins in line {0} announces more lines",
    "差异不完整：第 {0} 行开始的修改还缺少后续行",
)
NO_FILE = Text("line {0} of the diff changes a file without a name", "差异的第 {0} 行没有说明文件")
COMBINED = Text(
    "line {0}: a diff of a merge with several parents cannot be reviewed; compare with one of "
    "them: git diff PARENT",
    "第 {0} 行：无法审阅合并提交的组合差异；请只与其中一个父提交比较：git diff 父提交",
)
TOO_LONG = Text(
    "the diff has more than {0} lines; review it in parts",
    "差异超过 {0} 行；请分成几部分审阅",
)
TOO_MANY = Text(
    "the diff changes more than {0} files; review it in parts",
    "差异涉及超过 {0} 个文件；请分成几部分审阅",
)
LONG_LINE = Text(
    "line {0} of the diff is longer than {1} characters", "差异的第 {0} 行超过 {1} 个字符"
)


class Change(StrEnum):
    """What becomes of a file as a whole."""

    CHANGED = "changed"
    NEW = "new"
    DELETED = "deleted"
    RENAMED = "renamed"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a change: ``sign`` is a space, ``+`` or ``-``; ``old`` and ``new`` are its numbers
    (from 1) before and after, 0 where it is not there."""

    sign: str
    text: str
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines that stand together.  ``old`` and ``new`` are where they begin before and after; of a
    side without lines, the line behind which they would stand."""

    old: int
    new: int
    lines: tuple[Line, ...]

    def side(self, sign: str) -> tuple[str, ...]:
        """The text before (``-``) or after (``+``)."""
        return tuple(line.text for line in self.lines if line.sign in (" ", sign))

    @property
    def forth(self) -> diffs.Hunk:
        """As it is applied to the text before."""
        return diffs.Hunk(self.old, self.side("-"), self.side("+"))

    @property
    def back(self) -> diffs.Hunk:
        """As it is taken back from the text after."""
        return diffs.Hunk(self.new, self.side("+"), self.side("-"))

    def count(self, sign: str) -> int:
        """How many lines of this sign."""
        return sum(line.sign == sign for line in self.lines)


@dataclass(frozen=True, slots=True)
class FilePatch:
    """What the diff does to one file.

    ``old`` and ``new`` are paths as they are written, without ``a/`` and ``b/``; empty where the
    file is not there.  ``blobs`` are the beginnings of git's names for both contents, where told.
    ``ends``: the ends of lines, or that of the file, differ too.
    """

    old: str
    new: str
    change: Change = Change.CHANGED
    hunks: tuple[Hunk, ...] = ()
    binary: bool = False
    modes: tuple[str, str] = ("", "")
    blobs: tuple[str, str] = ("", "")
    ends: bool = False

    @property
    def name(self) -> str:
        """The path to show: that after the change, where there is one."""
        return self.new or self.old

    @property
    def added(self) -> int:
        """Lines that come in."""
        return sum(hunk.count("+") for hunk in self.hunks)

    @property
    def removed(self) -> int:
        """Lines that go."""
        return sum(hunk.count("-") for hunk in self.hunks)


def read_patches(text: str) -> tuple[FilePatch, ...]:
    """The files that a diff changes; none where the text is empty.  Raises ``DiffError``."""
    if not text.strip():
        return ()
    patches = tuple(_Reader(_lines(text)).files())
    if not patches:
        raise DiffError(NO_DIFF)
    return patches


def _lines(text: str) -> list[str]:
    """As they are; of a diff whose own words end in CRLF, all of them without."""
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) > MOST_LINES:
        raise DiffError(TOO_LONG.of(MOST_LINES))
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise DiffError(LONG_LINE.of(number, LONGEST_LINE))
    if any(line.startswith(("--- ", "@@ -")) and line.endswith("\r") for line in lines):
        return [line.removesuffix("\r") for line in lines]
    return lines


@dataclass(slots=True)
class _Draft:
    """A file whose part of the diff is being read."""

    git: bool
    old: str = ""
    new: str = ""
    change: Change = Change.CHANGED
    old_mode: str = ""
    new_mode: str = ""
    blobs: tuple[str, str] = ("", "")
    binary: bool = False
    named: bool = False
    """By ``---`` and ``+++``."""
    hunks: list[Hunk] = field(default_factory=list)
    ends: bool = False

    def done(self) -> FilePatch:
        """The same, finished."""
        change = self.change
        if change is Change.CHANGED and self.named and not (self.old and self.new):
            change = Change.DELETED if self.old else Change.NEW
        return FilePatch(
            old="" if change is Change.NEW else self.old,
            new="" if change is Change.DELETED else self.new,
            change=change,
            hunks=tuple(self.hunks),
            binary=self.binary,
            modes=(self.old_mode, self.new_mode),
            blobs=self.blobs,
            ends=self.ends,
        )


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0
        self._draft: _Draft | None = None

    def files(self) -> Iterator[FilePatch]:
        """One after the other."""
        count = 0
        while self._at < len(self._lines):
            ended = self._step()
            if ended is not None:
                count += 1
                if count >= MOST_FILES:  # for another one has begun
                    raise DiffError(TOO_MANY.of(MOST_FILES))
                yield ended.done()
        if self._draft is not None:
            yield self._draft.done()

    def _step(self) -> _Draft | None:
        """Read the next line, or a hunk; the file that has ended with it, if one has."""
        line, number = self._lines[self._at], self._at + 1
        if line.startswith(("diff --cc ", "diff --combined ", "@@@ ")):
            raise DiffError(COMBINED.of(number))
        if line.startswith("diff --git "):
            return self._begin(_git_names(line.removeprefix("diff --git ")))
        follows = self._lines[number] if number < len(self._lines) else ""
        if line.startswith("--- ") and follows.startswith("+++ "):
            return self._named(line[4:], follows[4:])
        if HEADER.fullmatch(line):
            self._hunk()
            return None
        self._at += 1
        if self._draft is not None:
            self._note(self._draft, line)
        return None

    def _begin(self, names: tuple[str, str]) -> _Draft | None:
        ended, self._draft = self._draft, _Draft(git=True, old=names[0], new=names[1])
        self._at += 1
        return ended

    def _named(self, old: str, new: str) -> _Draft | None:
        """The two lines before the first hunk, which say more surely what the file is called."""
        ended = None
        if self._draft is None or not self._draft.git or self._draft.named:
            ended, self._draft = self._draft, _Draft(git=False)
        draft = self._draft
        renamed = draft.change in (Change.RENAMED, Change.COPIED)
        if not renamed:  # else both stand there, without a prefix
            draft.old, draft.new = _bare(_path(old), _path(new))
        draft.named = True
        self._at += 2
        return ended

    def _note(self, draft: _Draft, line: str) -> None:
        """What git says of a file besides its lines."""
        index = _INDEX.fullmatch(line)
        if index:
            draft.blobs = index[1], index[2]
        elif line.startswith("new file mode "):
            draft.change, draft.new_mode = Change.NEW, line.rpartition(" ")[2][:20]
        elif line.startswith("deleted file mode "):
            draft.change = Change.DELETED
        elif line == "GIT binary patch" or _BINARY.fullmatch(line):
            draft.binary = True
        for word, name in _GIT_WORDS.items():
            if line.startswith(word):
                rest = line.removeprefix(word)
                setattr(draft, name, rest[:20] if "mode" in name else _path(rest))
                if word == "rename from ":
                    draft.change = Change.RENAMED
                elif word == "copy from ":
                    draft.change = Change.COPIED

    def _hunk(self) -> None:
        begun = self._at + 1
        found = HEADER.fullmatch(self._lines[self._at])
        assert found is not None
        if self._draft is None:
            raise DiffError(NO_FILE.of(begun))
        old, new = int(found[1]), int(found[3])
        left = [int(found[2] or 1), int(found[4] or 1)]
        at = [old + (not left[0]), new + (not left[1])]
        self._at += 1
        lines: list[Line] = []
        raw: list[str] = []
        while any(left):
            text = self._lines[self._at] if self._at < len(self._lines) else "@@ "
            self._at += 1
            if text.startswith("\\"):
                self._note_end(lines)
                continue
            sign = text[:1] or " "  # an empty line may have lost its space
            sides = SIDES.get(sign, ())
            if not sides or any(not left[side] for side in sides):
                cut = text.startswith(("@@ ", "diff ", "--- "))
                raise DiffError(CUT.of(begun) if cut else STRANGE.of(self._at))
            raw.append(text)
            numbers = (at[side] if side in sides else 0 for side in (0, 1))
            lines.append(Line(sign, text[1:].removesuffix("\r"), *numbers))
            for side in sides:
                left[side] -= 1
                at[side] += 1
        if self._at < len(self._lines) and self._lines[self._at].startswith("\\"):
            self._note_end(lines)
            self._at += 1
        self._draft.ends |= _ends_differ(raw)
        self._draft.hunks.append(Hunk(old, new, tuple(lines)))

    def _note_end(self, lines: list[Line]) -> None:
        """The line before ends its file without a newline."""
        if self._draft is not None and lines:
            self._draft.ends |= lines[-1].sign != " "


def _ends_differ(raw: list[str]) -> bool:
    """Do lines go that end in CR, and others come that do not, or the other way round?"""
    gone = {text.endswith("\r") for text in raw if text.startswith("-")}
    come = {text.endswith("\r") for text in raw if text.startswith("+")}
    return bool(gone and come and gone != come)


def _git_names(rest: str) -> tuple[str, str]:
    """Both names of ``diff --git``; they differ only where later lines say so."""
    if rest.startswith('"') or rest.endswith('"'):
        parts = re.findall(r'"(?:[^"\\]|\\.)*"|\S+', rest)
        if len(parts) == 2:
            return _bare(_path(parts[0]), _path(parts[1]))
    half = len(rest) // 2
    if rest[half : half + 1] == " ":
        return _bare(_path(rest[:half]), _path(rest[half + 1 :]))
    one, _, other = rest.partition(" ")
    return _bare(_path(one), _path(other))


def _path(text: str) -> str:
    """A path as it is written there: behind a tab stands a date; quoted, it has escapes."""
    if text.startswith('"'):
        end = re.match(r'"((?:[^"\\]|\\.)*)"', text)
        if end:
            raw = _ESCAPE.sub(_unescaped, end[1].encode("utf-8", "surrogateescape"))
            return raw.decode("utf-8", "replace")
    return text.partition("\t")[0].removesuffix("\r")


def _unescaped(found: re.Match[bytes]) -> bytes:
    word = found[1]
    return bytes([_SIGNS[word] if word in _SIGNS else int(word, 8) & 0xFF])


def _bare(old: str, new: str) -> tuple[str, str]:
    """Without git's ``a/`` and ``b/``, where all names that are there have such a prefix; a side
    that does not exist is empty."""
    names = ["" if name == NOWHERE else name for name in (old, new)]
    if all(_PREFIX.match(name) for name in names if name) and any(names):
        prefixes = [name[0] for name in names if name]
        if len(set(prefixes)) == len(prefixes):  # noprefix, and a folder called "a", has one twice
            names = [name[2:] for name in names]
    return names[0], names[1]
