"""Programs of C and C++ made and run in worlds of their own, and what was said over their pipes."""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from assistant.coding.inside.orders import Orders
from assistant.coding.native.sources import KEY_SIZE, wire
from assistant.coding.sandbox import languages, runner
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.process import Process
from assistant.coding.sandbox.types import Job, Language, Limits, NotRun, Outcome
from assistant.coding.worlds import Files, Pipes, files_of
from runtimes.base import Cancel
from runtimes.texts import Text

COMPILING_SECONDS = 60.0
"""At least so much for the compiler: what it takes says nothing of the code."""
COMPILING_MEMORY = 768 << 20
MOST_PROGRAM = 48 << 20
MOST_ANSWER = 4 << 20
PROGRAM = "program"
WIRE, AROUND, ASKED = "assistant_wire", "assistant_around", "assistant_asked"
FETCH = ("/bin/sh", "-c", f"exec cat {languages.PROGRAM} >&3")
START = ("/bin/sh", "-c", f'chmod 700 {PROGRAM} && exec ./{PROGRAM} "$@"', "sh")
SANITIZED = (
    "-O0",
    "-g",
    "-fno-omit-frame-pointer",
    "-fsanitize=undefined,address",
    "-fsanitize-recover=address",
    "-D_GLIBCXX_ASSERTIONS",
    "-D_GLIBCXX_SANITIZE_VECTOR=1",
)
FILLED = "-ftrivial-auto-var-init=pattern"
"""What was never set is no 0, lest it be read unnoticed; older compilers know no such thing."""
WATCH = "assistant_watch"
WATCHED = """#ifdef __cplusplus
extern "C"
#endif
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
  return "halt_on_error=0:handle_abort=1:detect_leaks=0:detect_stack_use_after_return=1"
         ":max_malloc_fill_size=1048576";
}
"""
"""All that is seen is told, a failed assertion and an exception too; but no leak."""
COMPILING_LIMIT = Text("the compiler was ended at a limit", "编译器因达到限制而被终止")
WROTE = Text(
    "the code writes into the pipe by which it answers", "代码向用于返回结果的管道写入了其他内容"
)


@dataclass(frozen=True, slots=True)
class Built:
    """A program, and what the compiler said."""

    program: bytes
    said: str


@dataclass(frozen=True, slots=True)
class Maker:
    """Code to make programs of, and how they are held."""

    job: Job
    policy: Policy
    cancel: Cancel
    tool: str

    @property
    def limits(self) -> Limits:
        """Those of the job."""
        return self.job.limits

    def file(self, stem: str) -> str:
        """A name for a file of this language."""
        return f"{stem}{'.cpp' if self.job.language is Language.CPP else '.c'}"

    def build(
        self,
        files: Files,
        sources: tuple[str, ...],
        options: tuple[str, ...] = (),
        *,
        beside_code: bool = True,
        wired: bool = True,
    ) -> Built | Outcome | NotRun:
        """A program of the code, of ``files`` and of the wire.

        ``sources`` are compiled, and all files of the code's language but its first; nothing of
        the code where the program is not ``beside_code``, and no wire where it is not ``wired``.
        An ``Outcome`` where it cannot be made.  ``UnsuitableError`` as in ``worlds``.
        """
        others = self.job.files[1:] if beside_code else ()
        more = [f.name for f in others if languages.language_of(f.name) is self.job.language]
        taken = {name for name, _ in files}
        own = files_of(self.job) if beside_code else ()
        own = tuple((name, data) for name, data in own if name not in taken)
        if wired:
            files = (*files, (self.file(WIRE), wire().encode()))
            sources = (*sources, self.file(WIRE))
        standard, kind = self._standard
        warned = ("-O1", "-Wall", "-Wextra", *options)
        words = (self.tool, standard, *warned, "-x", kind, *sources, *more)
        words = (*words, "-o", languages.PROGRAM, "-lm")
        pipes = Pipes(1)
        try:
            outcome, program = self._fetched(pipes, (*own, *files), words)
        finally:
            pipes.close()
        if isinstance(outcome, NotRun) or not outcome.succeeded or not program:
            return outcome
        return Built(program, outcome.stderr)

    def sanitized(
        self, files: Files, sources: tuple[str, ...], *, wired: bool = True
    ) -> Built | None:
        """The same with the sanitizers in it; ``None`` where the compiler here has none."""
        place = self.file(WATCH)
        files, sources = (*files, (place, WATCHED.encode())), (*sources, place)
        for options in ((*SANITIZED, FILLED), SANITIZED):
            built = self.build(files, sources, options, wired=wired)
            if isinstance(built, Built):
                return built
        return None

    def alone(self) -> Outcome | NotRun:
        """The compiler's word on the code by itself: is it a program, or a part of one?"""
        standard, kind = self._standard
        words = (self.tool, standard, "-fsyntax-only", "-x", kind, self.job.files[0].name)
        limits = self._compiling
        with self.started(files_of(self.job), (words,), (), limits) as process:
            found = process.communicate(b"", limits.seconds, self.cancel)
        return runner.outcome(found, limits, 1)

    @property
    def _standard(self) -> tuple[str, str]:
        plus = self.job.language is Language.CPP
        return ("-std=gnu++17", "c++") if plus else ("-std=gnu17", "c")

    @property
    def _compiling(self) -> Limits:
        """What the compiler may take."""
        return replace(
            self.limits,
            seconds=max(COMPILING_SECONDS, self.limits.seconds),
            cpu=max(round(COMPILING_SECONDS), self.limits.cpu),
            memory=max(COMPILING_MEMORY, self.limits.memory),
        )

    def _fetched(
        self, pipes: Pipes, files: Files, words: tuple[str, ...]
    ) -> tuple[Outcome | NotRun, bytes]:
        ((read, write),) = pipes.ends
        limits = self._compiling
        heard = Heard(read, MOST_PROGRAM)
        try:
            with self.started(files, (words, FETCH), (write,), limits) as process:
                pipes.close(write)
                heard.start()
                found = process.communicate(b"", limits.seconds, self.cancel)
        finally:
            program = heard.all()
        return runner.outcome(found, limits, 2), program

    @contextmanager
    def started(
        self,
        files: Files,
        steps: tuple[tuple[str, ...], ...],
        keep: tuple[int, ...],
        limits: Limits,
        *,
        reserving: bool = False,
    ) -> Iterator[Process]:
        """A world with these files, in which programs run one after the other."""
        if not all(languages.is_plain(file.name) for file in self.job.files):
            raise ValueError("files need plain names")
        with runner.folder(self.policy) as place:
            orders = Orders(
                bounds=runner.bounds(limits, whole_address_space=None if reserving else True),
                files=files,
                keep=keep,
                need=runner.needed(self.policy),
                scene=runner.scene((self.tool,), self.policy, place),
                steps=steps,
            )
            with Process(orders, self.policy.way, limits.output) as process:
                yield process

    def ask(
        self, program: bytes, requests: list[bytes], *, reserving: bool = False
    ) -> tuple[Outcome | NotRun, list[bytes] | None]:
        """A world for a program that answers, some questions, and its answers as they came.

        ``None`` in place of answers where what came is none: the code wrote into the pipe itself.
        """
        key = secrets.token_hex(KEY_SIZE // 2)
        pipes = Pipes(2)
        asks, answers = pipes.ends
        heard = Heard(answers[0], MOST_ANSWER)
        said = Said(asks[1], b"".join(message(key, request) for request in requests))
        try:
            step = (*START, key)
            files = ((PROGRAM, program),)
            keep = (asks[0], answers[1])
            with self.started(files, (step,), keep, self.limits, reserving=reserving) as process:
                pipes.close(asks[0], answers[1])
                heard.start()
                said.start()
                pipes.close(asks[1])
                found = process.communicate(b"", self.limits.seconds, self.cancel)
        finally:  # an interrupt, too, must find nobody at the pipes when they are closed
            said.join()
            data = heard.all()
            pipes.close()
        return runner.outcome(found, self.limits, 1), unwrapped(key, data, len(requests))


def message(key: str, body: bytes) -> bytes:
    """As the wire sends it."""
    return key.encode() + len(body).to_bytes(8, "little") + body


def unwrapped(key: str, data: bytes, most: int) -> list[bytes] | None:
    """The bodies of what came, in their order; ``None`` where that is no message, or one more than
    ``most``."""
    head, at = KEY_SIZE + 8, 0
    found: list[bytes] = []
    while at < len(data):
        size = int.from_bytes(data[at + KEY_SIZE : at + head], "little")
        whole = len(data) - at >= head + size
        if not whole or data[at : at + KEY_SIZE] != key.encode() or len(found) == most:
            return None
        found.append(data[at + head : at + head + size])
        at += head + size
    return found


class Heard:
    """All that comes out of a pipe, up to a limit; read in a thread from ``start`` on."""

    def __init__(self, place: int, most: int) -> None:
        self._place, self._most = place, most
        self._parts: list[bytes] = []
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Read from now on; those who write are other processes alone."""
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        left = self._most
        while left > 0 and (part := os.read(self._place, 1 << 16)):
            self._parts.append(part)
            left -= len(part)

    def all(self) -> bytes:
        """Wait for the end; those who write are gone, so it comes."""
        if self._thread is not None:
            self._thread.join()
        return b"".join(self._parts)


class Said:
    """Some bytes for a pipe, written in a thread from ``start`` on, as long as somebody reads."""

    def __init__(self, place: int, data: bytes) -> None:
        self._place, self._data = place, data
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Write into an end of one's own, which is closed at the end."""
        place = os.dup(self._place)
        self._thread = threading.Thread(target=self._write, args=(place,), daemon=True)
        self._thread.start()

    def _write(self, place: int) -> None:
        data = memoryview(self._data)
        with contextlib.suppress(BrokenPipeError):
            while data:
                data = data[os.write(place, data) :]
        os.close(place)

    def join(self) -> None:
        """Wait until nobody reads any more, or all was read."""
        if self._thread is not None:
            self._thread.join()
