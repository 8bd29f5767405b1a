"""A model whose engine lives in a process of its own.

The engine may crash, be killed for memory or hang: here that is a failure with its reason, the
program goes on, and the next call starts the engine again, after a crash in a safe mode.
Unloading gives every byte back, because the process ends.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace

from runtimes import crashes, frames
from runtimes.base import Cancel, OnProgress
from runtimes.embedding import stopped
from runtimes.errors import Busy, EngineCrashed, EngineFailed, EngineHung, EngineOutOfMemory
from runtimes.process import GRACE, RELOAD, Disobeyed, EngineProcess, Gone, started
from runtimes.relay import cancelled, event_of, is_delta, note_end
from runtimes.texts import Text
from runtimes.types import (
    FileSource,
    GenerationParams,
    LoadOptions,
    LoadProgress,
    MemoryPlan,
    MemoryReport,
    Message,
    ModelSpec,
    PromptProgress,
    SampleEvent,
    StreamEvent,
)

STALL = 180.0
"""Seconds without any event in a stream after which the engine counts as hung.  One chunk of a
prompt is an event, and takes seconds on the slowest machine."""
LOAD_STALL = 900.0
"""The same while a model is loaded: a cold disk and a first compilation take minutes."""
MOST_CRASHES = 3
"""In a row; then the engine is not started again by itself."""

CLOSED = Text("the model was closed", "模型已关闭")
UNLOADED = Text("the model was unloaded", "模型已卸载")
NOT_LOADED = Text("loading was cancelled", "已取消加载")


def load_in_child(
    engine: str,
    spec: ModelSpec,
    plan: MemoryPlan,
    options: LoadOptions,
    on_progress: OnProgress,
    cancel: Cancel,
) -> HostedModel:
    """Load a model in a new process of ``engine`` (a name of ``runtimes.child.ENGINES``).

    Raises ``runtimes.errors``.  An engine that crashes while it loads is started once more in
    the safe mode; one that has crashed here before starts in it.
    """
    model = HostedModel(frames.Load(engine, spec, plan, options))
    model.start(on_progress, cancel)
    return model


class HostedModel:
    """``Model`` over the process border."""

    def __init__(self, order: frames.Load) -> None:
        self._order = order
        path = order.spec.source.path if isinstance(order.spec.source, FileSource) else ""
        self._key = crashes.key_of(order.engine, path)
        self._safe = order.options.safe_mode or crashes.remembered(
            order.options.state_folder, self._key
        )
        self._process: EngineProcess | None = None
        self._loaded = frames.Loaded(order.spec, order.plan.context)
        self._using = threading.Lock()
        self._ending = threading.Lock()
        self._closed = False
        self._expiring = False
        self._crashes = 0
        self._idle: threading.Timer | None = None

    # --- what a model is ---------------------------------------------------------------------

    @property
    def spec(self) -> ModelSpec:
        """What was loaded, with its real capabilities."""
        return self._loaded.spec

    @property
    def context(self) -> int:
        """Tokens of the window."""
        return self._loaded.context

    @property
    def parallel(self) -> int:
        """Answers that are written side by side."""
        return self._order.plan.parallel

    @property
    def safe_mode(self) -> bool:
        """Does the engine run in the safe mode, since it has crashed before?"""
        return self._safe

    @property
    def pid(self) -> int | None:
        """The number of the engine's process; ``None`` while it is unloaded."""
        return self._process.pid if self._process else None

    def count_tokens(self, messages: Sequence[Message]) -> int | None:
        """Tokens of a prompt.  Raises ``Busy`` while the model writes."""
        reply = self.ask(frames.Count(tuple(messages)), Cancel())
        return reply.tokens if isinstance(reply, frames.Counted) else None

    def memory(self) -> MemoryReport | None:
        """What the engine takes now."""
        reply = self.ask(frames.Measure(), Cancel())
        return reply.report if isinstance(reply, frames.Measured) else None

    def stream(
        self, messages: Sequence[Message], params: GenerationParams, cancel: Cancel
    ) -> Iterator[StreamEvent]:
        """The answer as it is written; see ``runtimes.base``."""
        request = frames.Stream(tuple(messages), params)
        with closing(self._stream(request, cancel)) as events:
            for event in events:
                assert not isinstance(event, SampleEvent)
                yield event

    def stream_many(
        self, messages: Sequence[Message], n: int, params: GenerationParams, cancel: Cancel
    ) -> Iterator[SampleEvent]:
        """``n`` answers side by side."""
        if n < 1:
            return
        request = frames.Stream(tuple(messages), params, n)
        with closing(self._stream(request, cancel)) as events:
            for event in events:
                assert isinstance(event, SampleEvent)
                yield event

    def close(self) -> None:
        """End the process.  From any thread; an open stream ends as cancelled."""
        self._closed = True
        self._rest()
        self.unload()

    def unload(self) -> None:
        """Give all memory back; the next call loads again."""
        with self._ending:  # whoever closes second returns when all is free, too
            process, self._process = self._process, None
            if process is not None:
                process.end(grace=GRACE / 4)

    # --- starting ----------------------------------------------------------------------------

    def start(self, on_progress: OnProgress, cancel: Cancel) -> None:
        """Start the engine, if it does not run.  Raises ``runtimes.errors``."""
        if self._closed:
            raise EngineFailed(CLOSED)
        if self._process is not None and self._process.alive():
            return
        self.unload()
        try:
            self._load(on_progress, cancel)
        except EngineCrashed:
            if self._closed or self._crashes >= MOST_CRASHES or cancel.is_set():
                raise
            self._load(on_progress, cancel)

    def _load(self, on_progress: OnProgress, cancel: Cancel) -> None:
        if self._crashes >= MOST_CRASHES:
            raise EngineCrashed(
                Text(
                    "the engine has crashed {0} times in a row and is not started again",
                    "引擎已连续崩溃 {0} 次，不再重新启动",
                    (str(self._crashes),),
                ),
                RELOAD,
            )
        with self._ending:  # ``close`` comes before, or ends this one
            if self._closed:
                raise EngineFailed(CLOSED)
            self._process = process = started()
        options = replace(self._order.options, safe_mode=self._safe)
        try:
            process.send(replace(self._order, options=options), cancel, LOAD_STALL)
            reply = self._progress(process, on_progress, cancel)
        except Disobeyed:
            self.unload()
            raise EngineFailed(NOT_LOADED) from None
        except Gone:
            raise self._died(process) from None
        except EngineHung:
            self._beware("hung while it loaded")
            raise
        except BaseException:
            self.unload()
            raise
        if isinstance(reply, frames.Failed):
            self.unload()
            raise frames.raised(reply)
        assert isinstance(reply, frames.Loaded)
        self._loaded = reply

    def _progress(
        self, process: EngineProcess, on_progress: OnProgress, cancel: Cancel
    ) -> frames.Reply:
        """The first reply that is no progress."""
        for reply in process.replies(cancel, LOAD_STALL):
            if isinstance(reply, LoadProgress):
                on_progress(reply)
            else:
                return reply
        raise Gone

    def _died(self, process: EngineProcess) -> EngineFailed:
        """The failure after ``Gone``; the next start is a safe one if it was a crash."""
        if self._taken(process):
            return EngineFailed(CLOSED if self._closed else UNLOADED)
        failure = process.autopsy()
        self._process = None
        self._crashes += 1
        if process.crashed and not isinstance(failure, EngineOutOfMemory):
            self._beware(
                ": ".join(map(str, failure.message.args))
            )  # want of memory is no fault of how it computes
        return failure

    def _taken(self, process: EngineProcess) -> bool:
        """Was it ended by ``close`` or ``unload``, and not by itself?"""
        return self._process is not process

    def _beware(self, how: str) -> None:
        """From now on, in later runs too, start in the safe mode."""
        crashes.remember(self._order.options.state_folder, self._key, how[:300])
        self._safe = True

    # --- asking ------------------------------------------------------------------------------

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One request at a time.  Raises ``Busy``."""
        wait = GRACE if self._expiring else 0.0  # unloading is no writing, and soon over
        if not self._using.acquire(timeout=wait):
            raise Busy(
                Text("the model is writing already", "模型正在生成中"),
                Text("wait for it, or cancel it", "请等待或取消"),
            )
        self._rest()
        try:
            yield
        finally:
            self._using.release()
            self._watch()

    def ask(self, request: frames.Request, cancel: Cancel) -> frames.Reply:
        """The one reply to a request.  Raises ``runtimes.errors``; cancelled, ``EngineFailed``."""
        with self._turn():
            self.start(_ignored, cancel)
            process = self._process
            assert process is not None
            try:
                process.send(request, cancel, STALL)
                reply = next(process.replies(cancel, STALL))
            except Disobeyed:
                self.unload()
                raise stopped() from None
            except Gone:
                failure = self._died(process)
                raise (stopped() if cancel.is_set() else failure) from None
            except BaseException:
                self.unload()  # its reply must not be taken for that to a later question
                raise
            if isinstance(reply, frames.Embedded):
                self._crashes = 0  # it works
        if isinstance(reply, frames.Failed):
            raise frames.raised(reply)
        return reply

    def _stream(
        self, request: frames.Stream, cancel: Cancel
    ) -> Generator[StreamEvent | SampleEvent]:
        # to be closed by hand: Python 3.12.3 leaves what a closed generator iterates over open
        with self._turn():
            written = False
            while True:
                try:
                    for event in self._events(request, cancel):
                        yield event
                        inner = event.event if isinstance(event, SampleEvent) else event
                        written = written or not isinstance(inner, PromptProgress)
                except EngineCrashed:
                    if written or self._closed or self._crashes >= MOST_CRASHES:
                        raise
                    continue  # nothing was said yet: the safe mode may answer
                self._crashes = 0
                return

    def _events(
        self, request: frames.Stream, cancel: Cancel
    ) -> Iterator[StreamEvent | SampleEvent]:
        """The events of one try.  Closed early, it leaves an idle engine behind."""
        ended: set[int] = set()
        try:
            if not cancel.is_set():
                self.start(_ignored, cancel)
        except EngineFailed:
            if not cancel.is_set():
                raise
        process = self._process
        if cancel.is_set() or process is None:
            yield from cancelled(request, ended)
            return
        over = False
        try:
            process.send(request, cancel, STALL)
            for reply in process.replies(cancel, STALL):
                over = isinstance(reply, frames.Done | frames.Failed)
                event = event_of(reply)
                if event is not None and not (cancel.is_set() and is_delta(event)):
                    note_end(event, ended)
                    yield event
                if over:
                    break
        except EngineHung:
            over = True
            self._beware("hung")
            raise
        except Disobeyed:
            over = True
            self.unload()
            yield from cancelled(request, ended)
        except Gone:
            over = True
            unwanted = cancel.is_set() or self._taken(process)
            failure = self._died(process)
            if not unwanted:
                raise failure from None
            yield from cancelled(request, ended)
        finally:
            if not over and cancel.forced:
                self.unload()
            elif not over:
                self._hush(process)

    def _hush(self, process: EngineProcess) -> None:
        """End an abandoned stream, so that the device goes idle."""
        cancel = Cancel()
        cancel.set()
        process.stop()
        try:
            for reply in process.replies(cancel, STALL):
                if isinstance(reply, frames.Done | frames.Failed):
                    return
        except Disobeyed:
            self.unload()
        except Gone:
            self._died(process)

    # --- keeping it alive --------------------------------------------------------------------

    def _rest(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _watch(self) -> None:
        """Unload when nobody has asked for anything for the keep-alive time."""
        seconds = self._order.options.keep_alive
        if seconds is None or self._closed:
            return
        self._idle = threading.Timer(seconds, self._expire)
        self._idle.daemon = True
        self._idle.start()

    def _expire(self) -> None:
        self._expiring = True
        if self._using.acquire(blocking=False):
            try:
                self.unload()
            finally:
                self._using.release()
        self._expiring = False


def _ignored(_progress: LoadProgress) -> None:
    """Nobody looks at the progress of a restart."""
