"""One confined process tree, seen from outside: started, fed, listened to, and ended.

The verdict on a run is what the warden reports over a pipe that no program inside holds, and
what the clock here says; nothing that the code prints takes part in it.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.coding.inside.orders import Orders, packed
from assistant.coding.sandbox import bubblewrap, cgroup
from assistant.coding.sandbox.policy import Way
from assistant.coding.sandbox.types import Layer, Limit
from assistant.coding.sandbox.view import interpreter
from runtimes.base import Cancel

PACKAGE = str(Path(__file__).resolve().parents[1] / "inside")
BEGIN = """import sys
for name in "assistant", "assistant.coding", "assistant.coding.inside":
    sys.modules[name] = type(sys)(name)
    sys.modules[name].__path__ = [{!r}]
from assistant.coding.inside.{} import main
main()
"""
"""Imports one module of ``inside`` where nothing else of ``assistant`` can be read."""
WAITING = ("/bin/sh", "-c", 'read -r _; exec "$@"', "sh")
"""Waits for a line, which it takes off the input: bubblewrap itself would wait for nothing."""
STARTING_SECONDS = 10.0
"""What making the world may take on a busy machine, before the code's own time begins."""
LETTING_GO_SECONDS = 2.0
LAST_WORDS_SECONDS = 0.2
"""How long what is still in the pipes is read for, after everything was ended."""
CHUNK = 1 << 16
REPORT_BYTES = 1 << 16


def environment(home: str) -> tuple[tuple[str, str], ...]:
    """All variables that the code sees; none is the user's."""
    return (
        ("HOME", home),
        ("LANG", "C.UTF-8"),
        ("PATH", "/usr/local/bin:/usr/bin:/bin"),
        ("TMPDIR", home),
        ("USER", "code"),
    )


@dataclass(slots=True)
class Ended:
    """What is known of a run when it is over.  ``step`` is the program that was last started;
    ``status`` as from ``wait``, ``None`` where it did not end by itself."""

    layers: tuple[Layer, ...] = ()
    failure: str = ""
    step: int = -1
    status: int | None = None
    limits: list[Limit] = field(default_factory=list)
    stdout: bytes = b""
    stderr: bytes = b""
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_memory: int = 0


class Process:
    """A run.  A context: when it is left, nothing of the run is left."""

    def __init__(self, orders: Orders, way: Way, output: int) -> None:
        self._orders = orders
        self._way = way
        self._output = output
        self._ended = Ended()
        self._started = 0.0
        self._report = b""
        self._texts = {"out": bytearray(), "err": bytearray()}
        self._group = cgroup.make(orders.bounds)
        leash, self._leash = os.pipe()
        self._say, say = os.pipe()
        try:
            self._process = self._start(leash, say)
        except BaseException:
            os.close(self._leash)
            os.close(self._say)
            if self._group:
                self._group.close()
            raise
        finally:
            os.close(leash)
            os.close(say)

    def _start(self, leash: int, say: int) -> subprocess.Popen[bytes]:
        package = PACKAGE
        how = {Way.BUBBLEWRAP: "inside", Way.DIRECT: "direct", Way.LOOSE: "loose"}[self._way]
        if self._way is Way.BUBBLEWRAP:
            package = bubblewrap.PLACE
        python = (interpreter(), "-I", "-S", "-c", BEGIN.format(package, "launch"))
        launch: tuple[str, ...] = (*python, how, str(leash), str(say))
        if self._way is Way.BUBBLEWRAP:
            program = bubblewrap.found()
            assert program is not None
            launch = bubblewrap.command(program, self._orders, launch)
            launch = (*WAITING, *launch) if self._group else launch
        return subprocess.Popen(  # noqa: S603 - our own launcher; no shell takes part
            launch,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=(leash, say, *self._orders.keep),
            start_new_session=True,
            env={},
            cwd="/",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._kill()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            assert pipe is not None
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        for place in (self._leash, self._say):
            os.close(place)
        self._process.wait()
        if self._group:
            self._group.close()

    def _kill(self) -> None:
        """End the launcher and the warden; with it the kernel ends all of its world.

        Without a world the warden does so itself, when it sees that the leash is let go.
        """
        if self._way is Way.LOOSE and self._process.poll() is None:
            os.dup2(self._say, self._leash)  # closes the leash, and keeps its number taken
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(LETTING_GO_SECONDS)
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    @property
    def pid(self) -> int:
        """The number of the launcher; the code is a descendant of it."""
        return self._process.pid

    def communicate(self, stdin: bytes, seconds: float, cancel: Cancel | None = None) -> Ended:
        """Give the orders and the input, and wait for the end; at most ``seconds`` for a step."""
        if self._group:
            self._join(self._group)
        with contextlib.suppress(BrokenPipeError):  # it has ended: its last words tell why
            _write_all(self._leash, packed(self._orders))
        hear, bell = os.pipe()
        os.set_blocking(bell, False)
        remove = cancel.listen(lambda: _ring(bell)) if cancel else _nothing
        try:
            with selectors.DefaultSelector() as selector:
                self._listen(selector, hear, stdin, seconds)
        finally:
            remove()
            os.close(hear)
            os.close(bell)
        ended = self._ended
        if self._silent and not (ended.limits or ended.failure) and ended.status is None:
            ended.failure = self._last_words()
        ended.stdout, ended.stderr = bytes(self._texts["out"]), bytes(self._texts["err"])
        return ended

    def _join(self, group: cgroup.Group) -> None:
        """Put the launcher into the group, before it has started anything."""
        if group.add(self._process.pid):
            self._ended.layers = (Layer.CGROUP,)
        if self._way is Way.BUBBLEWRAP:
            assert self._process.stdin is not None
            with contextlib.suppress(BrokenPipeError):
                os.write(self._process.stdin.fileno(), b"\n")

    def _listen(
        self, selector: selectors.DefaultSelector, bell: int, stdin: bytes, seconds: float
    ) -> None:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        selector.register(process.stdout, selectors.EVENT_READ, "out")
        selector.register(process.stderr, selectors.EVENT_READ, "err")
        selector.register(self._say, selectors.EVENT_READ, "report")
        selector.register(bell, selectors.EVENT_READ, "bell")
        given = memoryview(stdin)
        if stdin:
            os.set_blocking(process.stdin.fileno(), False)
            selector.register(process.stdin, selectors.EVENT_WRITE, "in")
        else:
            process.stdin.close()
        deadline = time.monotonic() + STARTING_SECONDS
        while not self._over():
            left = deadline - time.monotonic()
            if left <= 0:
                self._late()
                break
            for key, _ in selector.select(left):
                match key.data:
                    case "out" | "err":
                        self._take(selector, key)
                    case "in":
                        given = _feed(selector, key, given)
                    case "report":
                        if self._hear(selector, key):
                            deadline = time.monotonic() + seconds
                    case _:
                        self._limit(Limit.CANCELLED)
        if self._started:
            self._ended.seconds = time.monotonic() - self._started
        if self._group and self._group.out_of_memory():
            self._limit(Limit.MEMORY)
        self._kill()
        self._drain(selector)

    def _over(self) -> bool:
        ended = self._ended
        return bool(ended.failure or ended.limits) or self._say < 0 or self._finished

    _finished = False
    _silent = False
    """The launcher ended without saying that it is the end."""

    def _late(self) -> None:
        if self._started:
            self._limit(Limit.TIME)
        else:
            self._ended.failure = f"it did not start within {STARTING_SECONDS:g} seconds"

    def _limit(self, limit: Limit) -> None:
        if limit not in self._ended.limits:
            self._ended.limits.append(limit)

    def _take(self, selector: selectors.DefaultSelector, key: selectors.SelectorKey) -> None:
        """Read output, no more of it than is allowed."""
        part = os.read(key.fd, CHUNK)
        text = self._texts[key.data]
        text += part[: self._output - len(text)]
        if not part:
            selector.unregister(key.fileobj)
        elif len(text) >= self._output:
            self._limit(Limit.OUTPUT)

    def _hear(self, selector: selectors.DefaultSelector, key: selectors.SelectorKey) -> bool:
        """Take what the warden reports; true where a program has just been started."""
        part = os.read(key.fd, CHUNK)
        if not part or len(self._report) > REPORT_BYTES:
            selector.unregister(key.fileobj)
            self._finished = self._silent = True
            return False
        *lines, self._report = (self._report + part).split(b"\n")
        started = False
        for line in lines:
            word, _, value = line.decode("utf-8", "replace").partition(" ")
            started |= word == "started"
            self._note(word, value)
        return started

    def _note(self, word: str, value: str) -> None:
        ended = self._ended
        match word:
            case "layer":
                layer = Layer(value)
                if layer is Layer.NAMESPACES and self._way is Way.BUBBLEWRAP:
                    layer = Layer.BUBBLEWRAP
                ended.layers = (*dict.fromkeys((*ended.layers, layer)),)
            case "failure":
                ended.failure = value or "unknown"
            case "step":
                ended.step = int(value)
            case "started":
                ended.status = None
                self._started = self._started or time.monotonic()
            case "status":
                ended.status = int(value)
            case "limit":
                self._limit(Limit(value))
            case "cpu":
                ended.cpu_seconds += float(value)
            case "peak":
                ended.peak_memory = int(value)
            case "end":
                self._finished = True
            case _:
                pass

    def _last_words(self) -> str:
        """Why the launcher ended without a report."""
        return bytes(self._texts["err"][-300:]).decode("utf-8", "replace").strip() or "no report"

    def _drain(self, selector: selectors.DefaultSelector) -> None:
        """Read what was written before the end."""
        until = time.monotonic() + LAST_WORDS_SECONDS
        wanted = ("out", "err")
        while any(key.data in wanted for key in selector.get_map().values()):
            left = until - time.monotonic()
            if left <= 0:
                return
            for key, _ in selector.select(left):
                if key.data in wanted:
                    self._take(selector, key)
                else:
                    selector.unregister(key.fileobj)


def _feed(
    selector: selectors.DefaultSelector, key: selectors.SelectorKey, given: memoryview
) -> memoryview:
    """Write some of the input; close it at its end, or where nobody reads."""
    try:
        given = given[os.write(key.fd, given[:CHUNK]) :]
    except BlockingIOError:
        return given
    except BrokenPipeError:
        given = given[len(given) :]
    if not given:
        selector.unregister(key.fileobj)
        assert not isinstance(key.fileobj, int)
        key.fileobj.close()  # type: ignore[attr-defined]
    return given


def _write_all(place: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(place, view) :]


def _ring(bell: int) -> None:
    with contextlib.suppress(OSError):
        os.write(bell, b"!")


def _nothing() -> None:
    """Nobody can cancel."""
