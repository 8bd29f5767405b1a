"""The notes of a user: documents added, looked through, kept up to date, taken out."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath

from assistant.notes.chunking import chunks, fitted, text_of
from assistant.notes.index import Entry, Hit
from assistant.notes.kinds import Kind, kind_by_name
from assistant.notes.meaning import Coverage, Question, fused, read_whole
from assistant.notes.reading import Opened, Reader, open_file
from assistant.notes.shelf import Shelf, State, failure
from assistant.notes.types import (
    Document,
    FileReport,
    NoteFile,
    Outcome,
    Passage,
    Place,
    Progress,
    Unreadable,
)
from assistant.notes.walking import readable
from assistant.notes.words import snippet, terms
from runtimes.base import Cancel
from runtimes.embedding import Embedder
from runtimes.errors import EngineFailed
from runtimes.texts import Text

READERS = "1"
"""Changes when a file would be read otherwise than before, so that it is read again."""
BATCH = 64
"""Files between two commits: what a crash can lose."""
EMPTY = Text("there is no text in it", "没有文字内容")
GENERATED = Text("no person wrote it: its lines are endless", "是自动生成的文件：行过长")
ENDLESS = 2000
"""Bytes of an average line of code that a person does not write."""
GONE_AWAY = Text(
    "its folder is not there now; it is kept (to remove it: assistant notes rm PATH)",
    "所在文件夹现在不可用，已保留（移除请用：assistant notes rm 路径）",
)
LONGEST = 1.0
"""Seconds for which another process that wants to write is kept waiting."""
LARGE = 1 << 20
"""Bytes of a file that may take long to read."""
DEEP = 100
"""Passages of each ranking that are put together."""
TOGETHER = 32
"""Passages that a model reads before they are stored."""
OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _Task:
    """A file to read.  ``quick``: trust size and time where they have not changed."""

    path: str
    named: bool
    why: Text | None = None
    quick: bool = False


@contextmanager
def open_notes(path: Path, *, make: bool = True) -> Iterator[Notes]:
    """The notes in a database file, private to its user.

    Without ``make``, a file that is not there is not made: the notes are empty then.  Raises
    ``RuntimeFailure`` where it cannot be opened or is damaged.
    """
    notes = Notes(path if make or path.exists() else None)
    try:
        yield notes
    except sqlite3.Error as wrong:
        raise failure(wrong, path) from wrong
    finally:
        notes.close()


class Notes:
    """An open index.  For one thread at a time."""

    def __init__(self, path: Path | None) -> None:
        self._shelf = Shelf(path)

    def close(self) -> None:
        """Close it."""
        self._shelf.close()

    def add(
        self, paths: Sequence[Path], on_progress: OnProgress, cancel: Cancel
    ) -> tuple[FileReport, ...]:
        """Read files, and folders with all below them; one report a file.

        What was cancelled keeps the files that are done.
        """
        reports: list[FileReport] = []
        tasks: list[_Task] = []
        for path in paths:
            tasks += self._wanted(path, cancel)
        return self._work(tasks, reports, on_progress, cancel)

    def refresh(self, on_progress: OnProgress, cancel: Cancel) -> tuple[FileReport, ...]:
        """Read again what has changed, take out what was deleted, add what is new in folders.

        Where a whole folder is not there (a stick, a share) nothing is taken out.
        """
        roots, reports, tasks = self._shelf.roots(), list[FileReport](), dict[str, _Task]()
        for file in self._shelf.files():
            if os.path.lexists(file.path):
                tasks[file.path] = _Task(file.path, named=False, quick=True)
                continue
            home = next((r for r in roots if _below(file.path, r)), os.path.dirname(file.path))  # noqa: PTH120
            if os.path.isdir(home):  # noqa: PTH112
                self._shelf.take(file.path)
                reports.append(FileReport(file.path, Outcome.REMOVED))
            else:
                reports.append(FileReport(file.path, Outcome.SKIPPED, file.passages, GONE_AWAY))
        left_out = self._shelf.left_out()
        for root in roots:
            for found in readable(Path(root), cancel) if os.path.isdir(root) else ():  # noqa: PTH112
                path = os.fspath(found.path)
                if not any(_below(path, out) for out in left_out):
                    tasks.setdefault(path, _Task(path, named=False, why=found.why, quick=True))
        return self._work(list(tasks.values()), reports, on_progress, cancel)

    def search(
        self, question: str, limit: int = 8, meant: Question | None = None
    ) -> tuple[Passage, ...]:
        """The passages that suit a question best, the best one first: by its words, and by its
        meaning where a model has read it (``meant``)."""
        wanted, index = terms(question), self._shelf.index
        if meant is None:
            hits = index.search(question, limit)
        else:
            deep = max(limit, DEEP)
            by_words = [hit.id for hit in index.search(question, deep)]
            by_meaning = [number for number, _ in self._shelf.meanings.search(meant, deep)]
            best = fused((by_words, by_meaning))[:limit]
            hits = [Hit(number, index.entry(number), score) for number, score in best]
        return tuple(self._passage(hit, wanted) for hit in hits)

    def coverage(self, model: str) -> Coverage:
        """How many passages a model has read (``model`` as in ``Question``)."""
        return self._shelf.meanings.coverage(model)

    def understand(
        self, embedder: Embedder, model: str, on_progress: OnProgress, cancel: Cancel
    ) -> int:
        """Have a model read what it has not read yet; the result is how many passages it was.

        Raises ``runtimes.errors``; what was read until then is kept, as it is after a cancel.
        """
        meanings, before = self._shelf.meanings, self.coverage(model)
        done = after = 0
        while found := meanings.missing(model, after, TOGETHER):
            on_progress(Progress(before.done + done, before.total, model))
            try:
                vectors = read_whole(embedder, [text for _, text in found], cancel)
            except EngineFailed:
                if cancel.is_set():
                    break
                raise
            numbers = [number for number, _ in found]
            meanings.put(model, zip(numbers, vectors, strict=True))
            self._shelf.commit()
            done, after = done + len(found), numbers[-1]
        return done

    def forget_meanings(self) -> None:
        """Take out all that models have made of the passages; the words stay."""
        self._shelf.meanings.forget()
        self._shelf.commit()

    def files(self) -> tuple[NoteFile, ...]:
        """All files, by path."""
        return tuple(self._shelf.files())

    def holds(self, path: Path) -> bool:
        """Is this file, this folder or something below it in the notes?"""
        place = _absolute(path)
        known = [*self._shelf.roots(), *(file.path for file in self._shelf.files())]
        return any(_below(one, place) for one in known)

    def remove(self, paths: Sequence[Path]) -> tuple[str, ...]:
        """Take files, and all below folders, out; the result is what was there.

        What belongs to an added folder does not come back with ``refresh``, only with ``add``.
        """
        removed: list[str] = []
        known = [file.path for file in self._shelf.files()]
        roots = self._shelf.roots()
        for path in map(_absolute, paths):
            below = [file for file in known if _below(file, path)]
            gone = [root for root in roots if _below(root, path)]
            for root in gone:
                self._shelf.drop_root(root)
            removed += [file for file in below if self._shelf.take(file)]
            if (below or gone) and any(_below(path, r) for r in self._shelf.roots()):
                self._shelf.leave_out(path)
        if removed:
            self._shelf.index.tidy()
        self._shelf.commit()
        return tuple(removed)

    # --- adding ------------------------------------------------------------------------------

    def _wanted(self, path: Path, cancel: Cancel) -> Iterator[_Task]:
        place = _absolute(path)
        for out in self._shelf.left_out():
            if _below(out, place):
                self._shelf.let_in(out)
        if not os.path.isdir(place):  # noqa: PTH112 - names may hold what no text can
            yield _Task(place, named=True)
            return
        self._shelf.add_root(place)
        for found in readable(Path(place), cancel):
            yield _Task(os.fspath(found.path), named=found.path == Path(place), why=found.why)

    def _work(
        self,
        tasks: Sequence[_Task],
        reports: list[FileReport],
        on_progress: OnProgress,
        cancel: Cancel,
    ) -> tuple[FileReport, ...]:
        begun = time.monotonic()
        with Reader() as reader:
            for done, task in enumerate(tasks):
                if cancel.is_set():
                    break
                on_progress(Progress(done, len(tasks), task.path))
                reports.append(self._take(task, reader, cancel))
                if done % BATCH == BATCH - 1 or time.monotonic() - begun > LONGEST:
                    self._shelf.commit()
                    begun = time.monotonic()
        self._shelf.commit()
        return tuple(reports)

    def _take(self, task: _Task, reader: Reader, cancel: Cancel) -> FileReport:
        path, state = task.path, self._shelf.state(task.path)
        try:
            if task.why is not None:
                raise Unreadable(task.why)
            if task.quick and state is not None and not _changed(path, state.size, state.stamp):
                return FileReport(path, Outcome.UNCHANGED, state.passages)
            opened = open_file(Path(path))
            digest = hashlib.sha256(READERS.encode() + opened.body).hexdigest()
            if state is not None and state.digest == digest:
                self._shelf.touch(state.id, opened.size, opened.stamp)
                return FileReport(path, Outcome.UNCHANGED, state.passages, None, task.named)
            if not task.named and _generated(path, opened.body):
                raise Unreadable(GENERATED)
            if len(opened.body) > LARGE or kind_by_name(path) is Kind.PDF:
                self._shelf.commit()  # it may take minutes, in which others want to write
            document = reader.read(os.path.basename(path), opened.body, cancel)  # noqa: PTH119
            count = self._enter(path, document, opened, digest)
        except Unreadable as wrong:
            return FileReport(path, Outcome.SKIPPED, 0, wrong.why, task.named)
        outcome = Outcome.ADDED if state is None else Outcome.UPDATED
        return FileReport(path, outcome, count, document.note, task.named)

    def _enter(self, path: str, document: Document, opened: Opened, digest: str) -> int:
        rows = fitted(document.rows)
        found = [
            chunk
            for chunk in chunks(rows, document.unit)
            if any(row.text.strip() for row in rows[chunk.start : chunk.end])
        ]
        if not found:
            raise Unreadable(EMPTY)
        state = State(0, digest, opened.size, opened.stamp, len(found))
        number = self._shelf.put(path, state, document.unit, document.title)
        name = PurePath(path).stem.encode("utf-8", "replace").decode()
        self._shelf.add(
            [
                Entry(
                    number,
                    rows[chunk.start].number,
                    rows[chunk.end - 1].number,
                    chunk.heading or document.title or name,
                    text_of(rows[chunk.start : chunk.end]),
                )
                for chunk in found
            ]
        )
        return len(found)

    def _passage(self, hit: Hit, wanted: Sequence[str]) -> Passage:
        entry, source = hit.entry, self._shelf.source(hit.entry.file)
        return Passage(
            source.path,
            Place(source.unit, entry.first, entry.last),
            entry.text,
            entry.heading,
            hit.score,
            snippet(entry.text, wanted),
            _changed(source.path, source.size, source.stamp),
        )


def _generated(path: str, body: bytes) -> bool:
    """Is it packed code, which would crowd out what was written to be read?"""
    return kind_by_name(path) is Kind.CODE and len(body) > ENDLESS * (body.count(b"\n") + 1)


def _changed(path: str, size: int, stamp: int) -> bool:
    """Is the file another one by its size and time, or gone?"""
    try:
        found = os.stat(path)  # noqa: PTH116 - names may hold what no text can
    except (OSError, ValueError):
        return True
    return (found.st_size, found.st_mtime_ns) != (size, stamp)


def _absolute(path: Path) -> str:
    """The one name of a file, whatever links lead to it."""
    try:
        return os.fspath(path.expanduser().resolve())
    except (OSError, RuntimeError, ValueError):
        return os.path.abspath(path)  # noqa: PTH100 - a loop of links is no file, but has a name


def _below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
