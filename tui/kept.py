"""What outlasts the program, however it ends: the draft that was typed, and where one was.

Each running app has a slot of its own, which it locks; the system frees the lock at its death.
The next app takes the first slot that is free, and finds there what was left.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.message import Message

from runtimes.reasons import because_of
from runtimes.texts import Text
from tui.messages import Told

if TYPE_CHECKING:
    from filelock import FileLock

    from assistant.history import ConversationId

FOLDER = "app"
SLOTS = 16
"""Apps at once whose drafts are kept."""
SOON = 0.4
"""Seconds from a key to its way to the disk."""
MOST_BYTES = 64 << 20
"""Of a file that is read again."""
MOST_PROBLEM = 20_000
"""Characters, as the field of a problem has them."""
NOT_SAVED = Text(
    "what you type is not kept for the next start: {0}", "输入内容无法保留到下次启动：{0}"
)


NO_CODE = ("", "", "")
Pasted = tuple[tuple[str, str], ...]
"""Texts that go with a question, by name."""


@dataclass(frozen=True, slots=True)
class LeftLesson:
    """What a student has written: the problem, the lines under it, the level of help that was
    asked for, the line that was being typed, and the problem that was (``draft``).

    How the lines were judged is not kept: a file can be changed, so they are judged again.
    """

    problem: str = ""
    lines: tuple[str, ...] = ()
    level: int = 0
    typed: str = ""
    draft: str = ""


NO_LESSON = LeftLesson()
TYPED = ("typed", "draft")


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What was left: the words of a question, the texts beside it by name, questions that were sent
    and are in no history, the conversation, the name of the screen, the fields of the code screen
    (task, code, tests), and the lesson."""

    text: str = ""
    pasted: Pasted = ()
    asked: tuple[tuple[str, Pasted], ...] = ()
    conversation: ConversationId | None = None
    room: str = ""
    code: tuple[str, str, str] = NO_CODE
    lesson: LeftLesson = NO_LESSON


class Kept:
    """The slot of this app.  Any thread may use it; nobody but ``open`` and ``close`` waits."""

    def __init__(self, state_folder: Path, post: Callable[[Message], object]) -> None:
        self._folder = state_folder / FOLDER
        self._post = post
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._slot: FileLock | None = None
        self._name = ""
        self._now = Left()
        self._saved = Left()
        self._early: dict[str, Any] = {}
        """What was changed before the slot was open."""
        self._timer: threading.Timer | None = None
        self._closed = self._told = False
        self._read_once = threading.Event()

    def open(self) -> Left:
        """Take a slot; what was left there.  Nothing where none is to be had."""
        try:
            return self._open()
        finally:
            self._read_once.set()

    def _open(self) -> Left:
        from filelock import FileLock, Timeout

        from runtimes.files import private_folder

        try:
            private_folder(self._folder)
            for number in range(SLOTS):
                slot = FileLock(self._folder / f"{number}.lock", timeout=0, thread_local=False)
                with suppress(Timeout):
                    slot.acquire()
                    return self._opened(slot, str(number))
        except OSError as wrong:
            self._tell(wrong)
        return Left()

    def _opened(self, slot: FileLock, name: str) -> Left:
        self._name = name
        left = self._read()
        with self._lock:
            self._slot = slot
            self._now = self._saved = left
            early, self._early = self._early, {}
        self._change(**early)
        return left

    def draft(self, text: str, pasted: Pasted) -> None:
        """The draft is this now."""
        self._change(text=text, pasted=pasted)

    def asked(self, questions: tuple[tuple[str, Pasted], ...]) -> None:
        """These were sent, and are in no history yet."""
        self._change(asked=questions)

    def conversation(self, number: ConversationId | None) -> None:
        """This conversation is shown now."""
        self._change(conversation=number)

    def room(self, name: str) -> None:
        """This screen is shown now."""
        self._change(room=name)

    def code(self, task: str, code: str, tests: str) -> None:
        """These stand in the fields of the code screen now."""
        self._change(code=(task, code, tests))

    def lesson(self, lesson: LeftLesson) -> None:
        """This stands on the screen for practice now."""
        self._change(lesson=lesson)

    @property
    def now(self) -> Left:
        """What is kept; what was left by the last run until it is changed."""
        with self._lock:
            return self._now

    def left(self) -> Left:
        """The same, once it is known; it waits for whoever opens the slot, or closes it."""
        self._read_once.wait()
        return self.now

    def close(self) -> None:
        """Save the last, and free the slot."""
        self._read_once.set()
        with self._lock:
            self._closed = True
            timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
        self._save()
        if self._slot is not None:
            self._slot.release()

    def _change(self, **changed: Any) -> None:
        with self._lock:
            if self._slot is None:
                self._early |= changed
                return
            before, self._now = self._now, replace(self._now, **changed)
            if self._closed or self._timer is not None or self._now == before:
                return
            self._timer = threading.Timer(SOON, self._save)
            self._timer.daemon = True
            self._timer.start()

    def _save(self) -> None:
        with self._writing:
            with self._lock:
                self._timer = None
                now, saved = self._now, self._saved
            if self._slot is None or now == saved:
                return
            try:
                self._write(now, saved)
            except OSError as wrong:
                self._tell(wrong)
                return
            self._saved = now

    def _write(self, now: Left, saved: Left) -> None:
        from runtimes.files import replace_file

        for end, value, old in (
            ("-asked", now.asked, saved.asked),  # before it is gone from the draft
            ("-attached", now.pasted, saved.pasted),
        ):
            if value and value != old:
                replace_file(self._file(end), _text(value))
            elif value != old:
                self._file(end).unlink(missing_ok=True)
        if now.code != saved.code:
            replace_file(self._file("-code"), _text(now.code))
        if now.lesson != saved.lesson:
            replace_file(self._file("-lesson"), _text(asdict(now.lesson)))
        words = {"text": now.text, "conversation": now.conversation, "room": now.room}
        replace_file(self._file(), _text(words))

    def _read(self) -> Left:
        """What the files say; whatever of it is not as we write it is left out."""
        found, asked = _values(self._file()), _values(self._file("-asked"))
        values = found if isinstance(found, dict) else {}
        text, number, room = (values.get(key) for key in ("text", "conversation", "room"))
        code = _values(self._file("-code"))
        return Left(
            text=text if isinstance(text, str) else "",
            pasted=_pairs(_values(self._file("-attached"))),
            asked=tuple(
                (one[0], _pairs(one[1]))
                for one in (asked if isinstance(asked, list) else ())
                if isinstance(one, list) and len(one) == 2 and isinstance(one[0], str)
            ),
            conversation=number if type(number) is int else None,  # type: ignore[arg-type]
            room=room if isinstance(room, str) else "",
            code=tuple(code) if _is_code(code) else NO_CODE,  # type: ignore[arg-type]
            lesson=_lesson(_values(self._file("-lesson"))),
        )

    def _file(self, end: str = "") -> Path:
        return self._folder / f"{self._name}{end}.json"

    def _tell(self, wrong: OSError) -> None:
        if not self._told:
            self._told = True
            self._post(Told(because_of(wrong, NOT_SAVED), wrong=True))


def _text(value: object) -> str:
    """JSON in ASCII: half a pair of surrogates, too, is a text that can be written."""
    return json.dumps(value)


def _values(path: Path) -> object:
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _lesson(value: object) -> LeftLesson:
    found = value if isinstance(value, dict) else {}
    problem, lines, level = map(found.get, ("problem", "lines", "level"))
    typed, draft = (one if isinstance(one := found.get(key), str) else "" for key in TYPED)
    if not (isinstance(problem, str) and isinstance(lines, list) and type(level) is int):
        return NO_LESSON
    if len(problem) > MOST_PROBLEM:
        return NO_LESSON
    return LeftLesson(
        problem=problem,
        lines=tuple(line for line in lines if isinstance(line, str)),
        level=level,
        typed=typed[:MOST_PROBLEM],
        draft=draft[:MOST_PROBLEM],
    )


def _pairs(value: object) -> Pasted:
    found = value if isinstance(value, list) else []
    return tuple((one[0], one[1]) for one in found if _is_pair(one))


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(v, str) for v in value)


def _is_code(value: object) -> bool:
    return isinstance(value, list) and len(value) == 3 and all(isinstance(v, str) for v in value)
