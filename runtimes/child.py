"""The engine's side of the process border: ``python -m runtimes.child``.

One request is worked on at a time, on the main thread; another thread reads the pipe, so that a
``Stop`` is heard in the middle of one.  When the pipe closes, the program is gone, and so are we.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from importlib import import_module
from queue import SimpleQueue
from typing import BinaryIO, Protocol, assert_never

from runtimes import frames, wire
from runtimes.base import Cancel, Model, OnProgress
from runtimes.embedding import Embedder, packed
from runtimes.errors import EngineFailed, EngineOutOfMemory, RuntimeFailure
from runtimes.texts import Text
from runtimes.types import LoadOptions, LoadProgress, MemoryPlan, ModelSpec

ENGINES = {
    "llamacpp": "runtimes.llamacpp.engine",
    "checkpoint": "runtimes.checkpoint.engine",
}
"""Modules with a function ``load``; any other word is the name of such a module itself."""
EMBEDDERS = {
    "llamacpp": "runtimes.llamacpp.embedding",
    "checkpoint": "runtimes.checkpoint.embedding",
}
"""The same of those that embed."""


class Engine(Protocol):
    """What a module of an engine offers."""

    def load(
        self,
        spec: ModelSpec,
        plan: MemoryPlan,
        options: LoadOptions,
        on_progress: OnProgress,
        cancel: Cancel,
    ) -> Model:
        """Load a model into this process."""


class EmbeddingEngine(Protocol):
    """What a module of an engine that embeds offers."""

    def load(
        self,
        spec: ModelSpec,
        plan: MemoryPlan,
        options: LoadOptions,
        on_progress: OnProgress,
        cancel: Cancel,
    ) -> Embedder:
        """Load a model into this process."""


class Child:
    """Answers requests with one model."""

    def __init__(self, requests: BinaryIO, replies: BinaryIO) -> None:
        self._requests = requests
        self._replies = replies
        self._waiting: SimpleQueue[tuple[frames.Request, Cancel]] = SimpleQueue()
        self._lock = threading.Lock()
        self._open: list[Cancel] = []
        self._model: Model | None = None
        self._embedder: Embedder | None = None

    def run(self) -> None:
        """Work until the pipe closes."""
        threading.Thread(target=self._listen, daemon=True).start()
        while True:
            request, cancel = self._waiting.get()
            try:
                self._answer(request, cancel)
            except RuntimeFailure as failure:
                self._send(frames.failed(failure))
            except MemoryError as wrong:
                self._send(frames.failed(_out_of_memory(wrong)))
            except Exception as wrong:  # noqa: BLE001 - whatever an engine raises is its failure
                self._send(frames.failed(_failure(wrong)))
            finally:
                with self._lock:
                    self._open.remove(cancel)

    def _listen(self) -> None:
        for line in self._requests:
            request: frames.Request = wire.loads(line, frames.Request)
            if isinstance(request, frames.Stop):
                with self._lock:
                    for cancel in self._open:
                        cancel.set()
                continue
            cancel = Cancel()
            with self._lock:
                self._open.append(cancel)
            self._waiting.put((request, cancel))
        os._exit(0)  # nobody is left to answer; a long call into an engine would hold us up

    def _answer(self, request: frames.Request, cancel: Cancel) -> None:
        match request:
            case frames.Load():
                self._load(request, cancel)
            case frames.Count(messages):
                self._send(frames.Counted(self._ready.count_tokens(messages)))
            case frames.Embed(texts):
                self._embed(texts, cancel)
            case frames.Measure():
                self._send(frames.Measured(self._ready.memory()))
            case frames.Stream():
                self._stream(request, cancel)
            case frames.Stop():
                pass  # heard already
            case _:
                assert_never(request)

    @property
    def _ready(self) -> Model:
        if self._model is None:
            raise EngineFailed(Text("no model is loaded", "尚未加载模型"))
        return self._model

    def _load(self, request: frames.Load, cancel: Cancel) -> None:
        def progress(event: LoadProgress) -> None:
            self._send(event)

        if request.embeds:
            place = EMBEDDERS.get(request.engine, request.engine)
            embeds: EmbeddingEngine = import_module(place)
            self._embedder = embeds.load(
                request.spec, request.plan, request.options, progress, cancel
            )
            self._send(frames.Loaded(self._embedder.spec, request.plan.context))
            return
        # a module with a function ``load`` is an Engine
        engine: Engine = import_module(ENGINES.get(request.engine, request.engine))
        model = engine.load(request.spec, request.plan, request.options, progress, cancel)
        self._model = model
        self._send(frames.Loaded(model.spec, model.context))

    def _embed(self, texts: tuple[str, ...], cancel: Cancel) -> None:
        if self._embedder is None:
            raise EngineFailed(Text("no model is loaded", "尚未加载模型"))
        self._send(frames.Embedded(tuple(map(packed, self._embedder.embed(texts, cancel)))))

    def _stream(self, request: frames.Stream, cancel: Cancel) -> None:
        model, messages, params = self._ready, request.messages, request.params
        if request.samples:
            for sample in model.stream_many(messages, request.samples, params, cancel):
                self._send(sample)
        else:
            for event in model.stream(messages, params, cancel):
                self._send(frames.Event(event))
        self._send(frames.Done())

    def _send(self, reply: frames.Reply) -> None:
        self._replies.write(wire.dumps(reply))
        self._replies.flush()


def _failure(wrong: Exception) -> RuntimeFailure:
    failure = EngineFailed(
        Text("the engine failed: {0}", "引擎出错：{0}", (f"{type(wrong).__name__}: {wrong}"[:500],))
    )
    failure.__cause__ = wrong
    return failure


def _out_of_memory(wrong: MemoryError) -> RuntimeFailure:
    failure = EngineOutOfMemory(
        Text("the engine ran out of memory", "引擎内存不足"),
        Text("choose a smaller model or a smaller context", "请选择更小的模型或更短的上下文"),
    )
    failure.__cause__ = wrong
    return failure


def _prefer_for_killing() -> None:
    """Where memory runs out, Linux shall end the engine, not the program with the user's text."""
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:  # noqa: PTH123
            file.write("500")
    except OSError:
        pass  # not Linux, or not allowed: then nothing is different from other programs


def main() -> None:
    """Keep the pipe for ourselves: what an engine prints goes to stderr, never between frames."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a console on Windows sends it to all
    _prefer_for_killing()
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    Child(sys.stdin.buffer, replies).run()


if __name__ == "__main__":
    main()
