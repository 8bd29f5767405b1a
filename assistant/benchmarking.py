"""Speed on this machine: measured through the normal path, kept, and compared with before."""

from __future__ import annotations

import importlib.util
import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from runtimes.base import Cancel, Model
from runtimes.errors import EngineFailed
from runtimes.files import replace_file
from runtimes.power import PowerMeter, Watts
from runtimes.texts import Text
from runtimes.types import Finished, FinishReason, GenerationParams, Message, Role, Usage

FILE = "bench.jsonl"
MOST_RUNS = 500
"""Runs that are kept; the oldest go first."""
MOST_BYTES = 4 << 20
ROUNDS = 8
"""Answers that are asked for at most, where a model ends them early."""
WORDS = (
    "A train leaves the station and a second one follows on the same line an hour later. Each"
    " stops at every village for two minutes, and the passengers count the fields, the rivers and"
    " the bridges between them. "
)
"""The prompt that is read, over and over, cut to its length."""
QUESTIONS = (
    "Tell me how a bridge is built, from the first drawing to the last stone.",
    "Explain step by step how to solve 2x + 3 = 11, and check the answer.",
    "Write a long story about a lighthouse.",
    "List the planets and say something about each of them.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a measurement depends on, beside the machine.

    ``build`` is when the engine was installed: two builds of one version differ.  ``threads`` 0:
    as many as the engine chooses.  ``plugged``: on mains power; ``None`` where there is no
    battery.
    """

    model: str
    engine: str
    engine_version: str
    program: str
    processor: str
    build: str = ""
    threads: int = 0
    context: int = 0
    safe_mode: bool = False
    plugged: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """What was measured; times in seconds, rates in tokens a second, memory in bytes, power in
    watts.  ``None``: it could not be read."""

    load_seconds: float
    first_token_seconds: float
    prompt_tokens: int
    prompt_rate: float | None
    written_tokens: int
    write_rate: float
    memory_bytes: int | None = None
    device_bytes: int | None = None
    processor_watts: float | None = None
    gpu_watts: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One benchmark; ``when`` is in seconds since the epoch."""

    when: float
    setting: Setting
    speed: Speed


@dataclass(frozen=True, slots=True)
class Change:
    """Something that differs from the run before, in its own words."""

    what: str
    before: object
    after: object


OnStage = Callable[[Text], None]
WARMING = Text("warming up", "预热")
READING = Text("reading a prompt", "读取提示")
WRITING = Text("writing", "生成")


# --- measuring -----------------------------------------------------------------------------------


def measure(
    model: Model, load_seconds: float, tokens: int, on_stage: OnStage, cancel: Cancel
) -> Speed:
    """Read a prompt of ``tokens`` tokens and write as many.

    Raises ``runtimes.errors``; ``EngineFailed`` where nothing is written.
    """
    on_stage(WARMING)
    _ask(model, QUESTIONS[0], 1, cancel)  # the first touch of the weights is the disk's speed
    on_stage(READING)
    # without a seed: what must be repeatable is read in smaller steps
    read = _ask(model, _prompt(model, tokens), 1, cancel, seed=None)
    on_stage(WRITING)
    meter = PowerMeter()
    meter.start()
    try:
        answers = list(_answers(model, tokens, cancel))
    finally:
        watts = meter.stop()
    return _speed(model, load_seconds, (read, *answers), watts)


def _speed(model: Model, load: float, usages: tuple[Usage, ...], watts: Watts) -> Speed:
    read, *answers = usages
    written = sum(_written(usage) for usage in answers)
    # the first token of an answer is the end of its prompt
    steps = sum(max(0, _written(usage) - 1) for usage in answers)
    seconds = sum(usage.seconds - usage.first_token_seconds for usage in answers)
    fresh = read.prompt_tokens - read.cached_tokens
    report = model.memory()
    return Speed(
        load_seconds=load,
        first_token_seconds=answers[0].first_token_seconds,
        prompt_tokens=fresh,
        prompt_rate=_rate(fresh, read.first_token_seconds) if fresh > 0 else None,
        written_tokens=written,
        write_rate=_rate(steps, seconds),
        memory_bytes=report.host_peak if report else None,
        device_bytes=report.device_bytes if report else None,
        processor_watts=watts.processor,
        gpu_watts=watts.gpus,
    )


def _rate(count: int, seconds: float) -> float:
    return count / seconds if seconds > 0 else 0.0


def _written(usage: Usage) -> int:
    return usage.reasoning_tokens + usage.answer_tokens


def _answers(model: Model, tokens: int, cancel: Cancel) -> Iterator[Usage]:
    """Answers until so many tokens are written, or until the model has had its say."""
    left = tokens
    for number in range(ROUNDS):
        usage = _ask(model, QUESTIONS[number % len(QUESTIONS)], left, cancel, seed=number)
        yield usage
        left -= _written(usage)
        if left <= 0:
            return


def _ask(model: Model, text: str, tokens: int, cancel: Cancel, seed: int | None = 0) -> Usage:
    params = GenerationParams(max_tokens=tokens, temperature=0.8, top_p=1.0, seed=seed)
    usage = None
    for event in model.stream((Message(Role.USER, text),), params, cancel):
        if isinstance(event, Finished):
            if event.reason is FinishReason.CANCELLED:
                raise KeyboardInterrupt
            usage = event.usage
    if usage is None or not _written(usage):
        raise EngineFailed(Text("the engine wrote nothing", "引擎没有输出"))
    return usage


def _prompt(model: Model, tokens: int) -> str:
    """Text of about so many tokens, which begins like no other prompt."""
    most = min(tokens, model.context // 2) if model.context else tokens
    words = (WORDS * math.ceil(most / 20)).split(" ")
    low, high = 1, len(words)
    while low < high:  # the most words whose tokens are not too many
        middle = (low + high + 1) // 2
        count = model.count_tokens((Message(Role.USER, " ".join(words[:middle])),))
        if (middle if count is None else count) <= most:
            low = middle
        else:
            high = middle - 1
    return " ".join(words[:low])


# --- keeping -------------------------------------------------------------------------------------


def read_runs(folder: Path) -> tuple[Run, ...]:
    """All runs that are kept, the oldest first; lines that are damaged are passed over."""
    try:
        with (folder / FILE).open("rb") as file:
            lines = file.read(MOST_BYTES).splitlines()
    except OSError:
        return ()
    runs = []
    for line in lines:
        try:
            record = json.loads(line)
            runs.append(
                Run(
                    float(record["when"]),
                    Setting(**_known(Setting, record["setting"])),
                    Speed(**_known(Speed, record["speed"])),
                )
            )
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
    return tuple(runs)


KINDS = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "bool | None": (bool, type(None)),
    "int | None": (int, type(None)),
    "float | None": (int, float, type(None)),
}
"""What may stand in a field, by the words of its annotation."""


def _known(kind: type[Setting] | type[Speed], values: dict[str, object]) -> dict[str, Any]:
    """The fields that this version knows.  Raises ``TypeError`` for a value of another kind."""
    found = {}
    for field in fields(kind):
        if field.name in values:
            value, allowed = values[field.name], KINDS[str(field.type)]
            if not isinstance(value, allowed) or (type(value) is bool and bool not in allowed):
                raise TypeError(field.name)
            found[field.name] = value
    return found


def keep(folder: Path, run: Run) -> None:
    """Add a run; the oldest give way.  Raises ``OSError``."""
    runs = (*read_runs(folder), run)[-MOST_RUNS:]
    lines = (json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in runs)
    replace_file(folder / FILE, "".join(lines))


# --- comparing -----------------------------------------------------------------------------------


def before(runs: tuple[Run, ...], setting: Setting) -> Run | None:
    """The last run of the same model through the same engine."""
    same = (
        run
        for run in reversed(runs)
        if (run.setting.model, run.setting.engine) == (setting.model, setting.engine)
    )
    return next(same, None)


def percent(old: float | None, new: float | None) -> float | None:
    """By how many percent it grew; ``None`` where there is nothing to compare."""
    return None if not old or new is None else 100 * (new / old - 1)


def changes(old: Setting, new: Setting) -> tuple[Change, ...]:
    """What else is different, so that a different speed has its reason."""
    return tuple(
        Change(field.name, getattr(old, field.name), getattr(new, field.name))
        for field in fields(Setting)
        if getattr(old, field.name) != getattr(new, field.name)
    )


def setting_of(model: Model, version: str, program: str, threads: int | None) -> Setting:
    """What this run depends on."""
    from runtimes.host import HostedModel
    from runtimes.machine import probe_machine

    return Setting(
        model=model.spec.id,
        engine=model.spec.runtime,
        engine_version=version,
        program=program,
        processor=probe_machine().host.processor,
        build=_build(model.spec.runtime),
        threads=threads or 0,
        context=model.context,
        safe_mode=isinstance(model, HostedModel) and model.safe_mode,
        plugged=_plugged(),
    )


def _build(engine: str) -> str:
    """When the engine's library was installed; empty for what is no library of ours."""
    from runtimes.crashes import LIBRARIES

    name = LIBRARIES.get(engine)
    library = importlib.util.find_spec(name) if name is not None else None
    if library is None or library.origin is None:
        return ""
    seconds = Path(library.origin).stat().st_mtime
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


def _plugged() -> bool | None:
    import psutil

    sensors = getattr(psutil, "sensors_battery", None)  # not on every system
    battery = sensors() if sensors is not None else None
    return None if battery is None else bool(battery.power_plugged)


def now(setting: Setting, speed: Speed) -> Run:
    """A run that has just ended."""
    return Run(time.time(), setting, speed)
