"""How fast is llama.cpp through our own process, against its own benchmark?

    python tests/bench/decode_speed.py FILE.gguf --bench PATH/llama-bench [--rounds 5] [--only …]

Prints the README's rows: decoding and reading against ``llama-bench``, the second turn of a long
conversation, samples side by side, cancelling, the process border.  The two sides of each ratio
take turns, round by round, so that whatever else the machine does falls on both; the ratio is
the median of the rounds.

``llama-bench`` must come from the same source as the library that is measured.  Without
``--bench`` it is built from the source package of the installed version (about ten minutes),
with AMX off, and the library that is built with it is used on both sides.  Files with the true
shape of published models are made by ``packaging/true_shape.py``; speed does not depend on the
weights.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from runtimes.base import Cancel, Model
from runtimes.types import (
    Defaults,
    FileSource,
    Finished,
    Fit,
    GenerationParams,
    KvType,
    LoadOptions,
    MemoryPlan,
    Message,
    ModelSpec,
    PromptProgress,
    ReasoningDelta,
    Role,
    StreamEvent,
    TextDelta,
    Thinking,
)

PROMPT, DECODE = 512, 64
"""Tokens of one measurement."""
DECODE_ON_GPU = 512
"""There 64 are over in a tenth of a second, and in each answer llama.cpp takes the first steps one
by one, before it has recorded them as a graph for the card."""
LONG_PROMPT = 4096
SAMPLES, SAMPLE_LENGTH = 8, 32
SAMPLE_LENGTH_ON_GPU = 256
GREEDY = GenerationParams(temperature=0.0, max_tokens=DECODE)
NO_AMX = "-mno-amx-tile -mno-amx-int8 -mno-amx-bf16"
SIGNS = "!#%&*+,-/"
WORDS = "one two three four five six seven eight nine ten red blue green old new big small".split()


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table."""

    what: str
    value: float
    goal: str
    reached: bool
    detail: str

    def __str__(self) -> str:
        mark = "yes" if self.reached else "NO"
        return f"| {self.what} | {self.value:.3f} | {self.goal} | {mark} | {self.detail} |"


@dataclass(frozen=True, slots=True)
class Setup:
    """What is measured, and how."""

    path: Path
    bench: Path
    threads: int
    on_gpu: bool
    rounds: int

    @property
    def repeats(self) -> int:
        """Measurements in a round: a GPU takes a moment for each, and its first ones are slow."""
        return 7 if self.on_gpu else 1

    @property
    def decode(self) -> int:
        """Tokens that are written."""
        return DECODE_ON_GPU if self.on_gpu else DECODE

    @property
    def sample_length(self) -> int:
        """Tokens of each sample."""
        return SAMPLE_LENGTH_ON_GPU if self.on_gpu else SAMPLE_LENGTH

    def plan(self, *, context: int, parallel: int = 1) -> MemoryPlan:
        """Everything on the device that is measured."""
        return MemoryPlan(
            fit=Fit.GPU if self.on_gpu else Fit.HOST,
            context=context,
            kv_type=KvType.F16,
            layers_on=0,
            weight_bytes=0,
            kv_bytes=0,
            compute_bytes=0,
            reserve_bytes=0,
            parallel=parallel,
            table_on_gpu=self.on_gpu,
        )

    @contextmanager
    def model(
        self, *, in_child: bool = True, parallel: int = 1, context: int = 6144
    ) -> Iterator[Model]:
        """A loaded model, in its own process or in this one."""
        spec = ModelSpec(
            id="measured",
            title="",
            runtime="llamacpp",
            source=FileSource(str(self.path)),
            defaults=Defaults(thinking=Thinking.ALWAYS),
        )
        plan = self.plan(context=context, parallel=parallel)
        options = LoadOptions(threads=self.threads)
        if in_child:
            from runtimes.host import load_in_child

            made: Model = load_in_child("llamacpp", spec, plan, options, lambda _p: None, Cancel())
        else:
            from runtimes.llamacpp.engine import load

            made = load(spec, plan, options, lambda _p: None, Cancel())
        try:
            yield made
        finally:
            made.close()


# --- measuring ---------------------------------------------------------------------------------


def words(model: Model, tokens: int, seed: int) -> tuple[Message, ...]:
    """A question of so many tokens, which nobody has asked before."""
    chance = random.Random(seed)

    def question(text: str) -> tuple[Message, ...]:
        return (Message(Role.USER, text),)

    def size(text: str) -> int:
        return model.count_tokens(question(text)) or 0

    text = " ".join(chance.choice(WORDS) for _ in range(tokens))
    while size(text) > tokens:
        text = text.rsplit(" ", 4)[0]
    for _ in range(tokens - size(text)):  # a sign is a token, or joins the one before it
        text += chance.choice(SIGNS)
    return question(text)


def is_text(event: StreamEvent) -> bool:
    return isinstance(event, TextDelta | ReasoningDelta)


def prompt_speed(model: Model, question: tuple[Message, ...]) -> float:
    """Tokens of a prompt that are read in a second."""
    times: list[float] = []
    for event in model.stream(question, replace(GREEDY, max_tokens=1), Cancel()):
        if isinstance(event, PromptProgress):
            times.append(time.perf_counter())
            read = event.total - event.cached
    return read / (times[-1] - times[0])


def decode_speed(model: Model, question: tuple[Message, ...], tokens: int) -> float:
    """So many tokens a second are written, from the end of the prompt on.

    The first one is there when the prompt is read, so it does not count.
    """
    for event in model.stream(question, replace(GREEDY, max_tokens=tokens), Cancel()):
        if isinstance(event, PromptProgress):
            read = time.perf_counter()
        elif isinstance(event, Finished):
            usage = event.usage
    return (usage.reasoning_tokens + usage.answer_tokens - 1) / (time.perf_counter() - read)


def bench_speeds(setup: Setup) -> tuple[float, float]:
    """The same of ``llama-bench``."""
    command = [
        str(setup.bench), "-m", str(setup.path), "-p", str(PROMPT), "-n", str(setup.decode),
        "-r", str(setup.repeats), "-t", str(setup.threads), "-o", "json",
        "-ngl", "99" if setup.on_gpu else "0",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = json.loads(done.stdout)
    prompt = next(r["samples_ts"] for r in rows if r["n_prompt"])
    decode = next(r["samples_ts"] for r in rows if r["n_gen"])
    return statistics.median(prompt), statistics.median(decode)


def against_bench(setup: Setup) -> Iterator[Figure]:
    """Decoding (from an empty window on, as ``llama-bench`` does it) and reading."""
    ours: list[tuple[float, float]] = []
    theirs: list[tuple[float, float]] = []
    for number in range(setup.rounds):
        with setup.model(context=2048) as model:  # anew, as ``llama-bench``: pages lie differently
            warm = replace(GREEDY, max_tokens=2)  # a prompt and a step, as `llama-bench` does
            end(model.stream(words(model, PROMPT, -1), warm, Cancel()))
            seeds = range(number * setup.repeats, (number + 1) * setup.repeats)
            prompts = [prompt_speed(model, words(model, PROMPT, seed)) for seed in seeds]
            decodes = [decode_speed(model, words(model, 16, seed), setup.decode) for seed in seeds]
            ours.append((statistics.median(prompts), statistics.median(decodes)))
        theirs.append(bench_speeds(setup))
    for index, what in ((1, "decode"), (0, "prompt")):
        ratio = statistics.median(a[index] / b[index] for a, b in zip(ours, theirs, strict=True))
        mine, other = (statistics.median(x[index] for x in side) for side in (ours, theirs))
        detail = f"{mine:.2f} and {other:.2f} tokens/s"
        yield Figure(f"{what} ÷ llama-bench", ratio, ">= 0.97", ratio >= 0.97, detail)


def second_turn(setup: Setup) -> Iterator[Figure]:
    """First token on a second turn of a long conversation."""
    ratios = []
    with setup.model() as model:
        for number in range(max(1, setup.rounds // 3)):
            first = words(model, LONG_PROMPT, 1000 + number)
            before = end(model.stream(first, GREEDY, Cancel())).usage
            turns = (*first, Message(Role.ASSISTANT, "x = 4"), Message(Role.USER, "Why?"))
            after = end(model.stream(turns, GREEDY, Cancel())).usage
            ratios.append(after.first_token_seconds / before.first_token_seconds)
    ratio = statistics.median(ratios)
    waits = f"{before.first_token_seconds:.1f} s, then {after.first_token_seconds:.2f} s"
    detail = f"{before.prompt_tokens} tokens: {waits}"
    yield Figure("second turn ÷ first turn", ratio, "<= 0.1", ratio <= 0.1, detail)


def side_by_side(setup: Setup) -> Iterator[Figure]:
    """Samples in one batch against one after another."""
    params = replace(GREEDY, max_tokens=setup.sample_length, temperature=0.6, top_k=40, seed=1)
    ratios: list[float] = []
    with setup.model(parallel=SAMPLES, context=4096) as model:
        question = words(model, 64, 7)
        end(model.stream(question, params, Cancel()))
        for _ in range(max(1, setup.rounds // 2)):
            start = time.perf_counter()
            for _event in model.stream_many(question, SAMPLES, params, Cancel()):
                pass
            middle = time.perf_counter()
            for k in range(SAMPLES):
                end(model.stream(question, replace(params, seed=1 + k), Cancel()))
            ratios.append((time.perf_counter() - middle) / (middle - start))
    ratio = statistics.median(ratios)
    goal = 5.0 if setup.on_gpu else 2.0
    total = SAMPLES * setup.sample_length / (middle - start)
    yield Figure(
        f"{SAMPLES} samples ÷ one by one", ratio, f">= {goal}", ratio >= goal,
        f"{total:.1f} tokens/s in total",
    )  # fmt: skip


def cancelling(setup: Setup) -> Iterator[Figure]:
    """From ``cancel`` to the last event, which comes when the engine has stopped."""
    chance = random.Random(3)
    with setup.model() as model:
        for what, tokens, wait in (("decoding", 16, is_text), ("a prompt", 3000, None)):
            delays = []
            for number in range(setup.rounds * 6):
                question = words(model, tokens, 5000 + number)
                # a GPU reads the whole prompt in a few tenths of a second
                most = 0.1 if setup.on_gpu else 0.6
                delays.append(cancel_delay(model, question, wait, chance.uniform(0.01, most)))
            delays.sort()
            late = delays[min(len(delays) - 1, int(0.99 * len(delays)))]
            detail = f"seconds, p99 of {len(delays)}; median {statistics.median(delays):.3f}"
            yield Figure(f"cancel while {what}", late, "<= 0.2", late <= 0.2, detail)


def cancel_delay(
    model: Model,
    question: tuple[Message, ...],
    begins: Callable[[StreamEvent], bool] | None,
    after: float,
) -> float:
    """Seconds from the cancel to the end, when it is set some time after the beginning."""
    cancel, told = Cancel(), 0.0

    def stop() -> None:
        nonlocal told
        told = time.perf_counter()
        cancel.set()

    timer = threading.Timer(after, stop)
    params = replace(GREEDY, max_tokens=400)
    for event in model.stream(question, params, cancel):
        if not timer.is_alive() and not told and (begins is None or begins(event)):
            timer.start()
    now = time.perf_counter()
    timer.cancel()
    return now - told if told else 0.0


def border(setup: Setup) -> Iterator[Figure]:
    """Decoding in a process of its own against decoding in this one."""
    ratios = []
    with setup.model(context=1024) as child, setup.model(context=1024, in_child=False) as here:
        for number in range(setup.rounds * 2):
            question = words(here, 32, 9000 + number)
            order = (child, here) if number % 2 else (here, child)
            results = {id(m): decode_speed(m, question, setup.decode) for m in order}
            ratios.append(results[id(child)] / results[id(here)])
    ratio = statistics.median(ratios)
    yield Figure("in a child ÷ in process", ratio, ">= 0.99", ratio >= 0.99, "decode tokens/s")


def end(events: Iterator[StreamEvent]) -> Finished:
    """The last event of a stream."""
    *_, last = events
    assert isinstance(last, Finished)
    return last


# --- building llama-bench ----------------------------------------------------------------------


def build_bench(folder: Path) -> Path:
    """``llama-bench`` with its libraries, from the source package of the installed version."""
    package = "llama-cpp-python"
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", package]
    name = f"{package}=={version(package)}"
    subprocess.run([*pip, "-d", str(folder), name], check=True)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    source = next(folder.glob("llama_cpp_python-*/vendor/llama.cpp"))
    flags = [f"-DCMAKE_C_FLAGS={NO_AMX}", f"-DCMAKE_CXX_FLAGS={NO_AMX}"]
    if os.uname().machine != "x86_64":
        flags = []
    build = folder / "build"
    configure = ["cmake", "-S", str(source), "-B", str(build), "-DBUILD_SHARED_LIBS=ON"]
    subprocess.run([*configure, "-DLLAMA_CURL=OFF", *flags], check=True)
    subprocess.run(
        ["cmake", "--build", str(build), "--target", "llama-bench", "-j", "2"], check=True
    )
    return build / "bin" / "llama-bench"


PARTS: dict[str, Callable[[Setup], Iterator[Figure]]] = {
    "bench": against_bench,
    "turn": second_turn,
    "samples": side_by_side,
    "cancel": cancelling,
    "border": border,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", type=Path)
    parser.add_argument("--bench", type=Path, help="llama-bench of the same source")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--gpu", action="store_true")
    parser.add_argument("--only", choices=list(PARTS), nargs="*", default=list(PARTS))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = options.bench or build_bench(Path(folder))
        # both sides on the libraries that were built together
        os.environ["LLAMA_CPP_LIB_PATH"] = str(bench.parent.resolve())
        setup = Setup(options.file, bench, options.threads, options.gpu, options.rounds)
        print("| what | value | goal | reached | |\n| --- | ---: | --- | --- | --- |", flush=True)
        reached = True
        for name in options.only:
            for figure in PARTS[name](setup):
                print(figure, flush=True)
                reached = reached and figure.reached
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
