"""An engine for ``runtimes.child`` that does what it is told, the worst things too.

The last message is its order: ``say N`` writes N words, ``segfault``, ``abort``, ``starve``,
``exit``, ``hang``, ``stubborn`` (goes on writing when cancelled), ``garbage`` (writes nonsense
into the pipe of the frames), ``chatter`` (prints to standard output, as a library may),
``memory`` (raises ``MemoryError``), ``spawn FILE`` (starts a process of its own and writes its
number), ``fail`` (raises), ``complain`` (says that memory ran out, and goes on). ``…-once`` does it
only out of the safe mode.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from runtimes.base import Cancel, OnProgress
from runtimes.errors import EngineFailed, Unsupported
from runtimes.texts import Text
from runtimes.types import (
    Finished,
    FinishReason,
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
    TextDelta,
    Usage,
)


def load(
    spec: ModelSpec,
    plan: MemoryPlan,
    options: LoadOptions,
    on_progress: OnProgress,
    cancel: Cancel,
) -> Faulty:
    """Load nothing; ``spec.title`` may be an order for the loading itself."""
    on_progress(LoadProgress(0.5))
    if spec.title == "slow":
        if cancel.wait(30):
            raise EngineFailed(Text("loading was cancelled", "已取消加载"))
    else:
        obey(spec.title, options)
    return Faulty(spec, plan, options)


def obey(order: str, options: LoadOptions) -> None:
    """Do the worst."""
    if order.endswith("-once") and options.safe_mode:
        return
    match order.removesuffix("-once"):
        case "segfault":
            ctypes.string_at(0)
        case "abort":
            os.write(2, b"GGML_ASSERT(planted) failed\n")
            os.abort()
        case "starve":
            os.write(2, b"CUDA error: out of memory\nggml-cuda.cu:97: CUDA error\n")
            os.abort()
        case "complain":
            os.write(2, b"ggml: failed to allocate a buffer of 5 MiB, trying another\n")
        case "exit":
            os._exit(7)
        case "hang":
            time.sleep(60)
        case "memory":
            raise MemoryError
        case "fail":
            raise ValueError("planted")
        case "garbage":
            for number in range(3, 20):
                try:
                    os.write(number, b'{"": "Surprise"}\n')
                except OSError:
                    continue
            time.sleep(5)


class Faulty:
    """A model that obeys."""

    def __init__(self, spec: ModelSpec, plan: MemoryPlan, options: LoadOptions) -> None:
        self.spec = spec
        self.context = plan.context
        self._options = options

    def count_tokens(self, messages: Sequence[Message]) -> int:
        return sum(len(m.text.split()) for m in messages)

    def memory(self) -> MemoryReport:
        return MemoryReport(weight_bytes=1, kv_bytes=2, compute_bytes=3, host_peak=4)

    def close(self) -> None:
        """Nothing is held."""

    def stream(
        self, messages: Sequence[Message], params: GenerationParams, cancel: Cancel
    ) -> Iterator[StreamEvent]:
        order = messages[-1].text
        if order == "unsupported":
            raise Unsupported(Text("not {0}", "不是 {0}", ("this",)))
        yield PromptProgress(1, 1)
        if order.startswith("say"):
            yield from self._say(int(order.split()[1]), params, cancel)
            return
        if order.startswith("late "):
            yield TextDelta("first ")
            order = order.removeprefix("late ")
        if order.startswith("recover "):
            obey("complain", self._options)
            for _ in range(15):
                time.sleep(0.1)
                yield TextDelta("on ")
            order = order.removeprefix("recover ")
        if order.startswith("spawn "):
            started = subprocess.Popen(["sleep", "60"])  # it holds our pipes
            Path(order.removeprefix("spawn ")).write_text(str(started.pid), encoding="ascii")
        if order == "chatter":
            os.write(1, b"a library prints\n")
            print("and so does Python")
        if order == "stubborn":
            for _ in range(3000):
                yield TextDelta("no ")
                time.sleep(0.01)
        obey(order, self._options)
        mode = "safe" if self._options.safe_mode else "usual"
        yield TextDelta(mode)
        yield Finished(FinishReason.STOP, Usage(answer_tokens=1))

    def _say(self, count: int, params: GenerationParams, cancel: Cancel) -> Iterator[StreamEvent]:
        for n in range(count):
            if cancel.is_set():
                yield Finished(FinishReason.CANCELLED, Usage(answer_tokens=n))
                return
            yield TextDelta(f"{n} ")
            if params.temperature > 1:
                time.sleep(0.01)
        yield Finished(FinishReason.STOP, Usage(answer_tokens=count, seed=params.seed))

    @property
    def parallel(self) -> int:
        return 1

    def stream_many(
        self, messages: Sequence[Message], n: int, params: GenerationParams, cancel: Cancel
    ) -> Iterator[SampleEvent]:
        for sample in range(n):
            for event in self.stream(messages, params, cancel):
                yield SampleEvent(sample, event)
