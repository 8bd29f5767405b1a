"""Measuring, keeping and comparing speeds."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talkers import Talker

from assistant import benchmarking
from assistant.benchmarking import MOST_RUNS, Run, Setting, Speed, keep, measure, read_runs
from runtimes.base import Cancel
from runtimes.errors import EngineFailed
from runtimes.power import PowerMeter
from runtimes.scripted import ScriptedModel, read_script
from runtimes.texts import Text
from runtimes.types import Finished, FinishReason, ModelSpec, ScriptSource, Usage

SETTING = Setting(
    model="micro:q8_0", engine="llamacpp", engine_version="1", program="0.1", processor="P"
)
SPEED = Speed(
    load_seconds=1,
    first_token_seconds=0.5,
    prompt_tokens=10,
    prompt_rate=20,
    written_tokens=10,
    write_rate=8.0,
)


def model(tmp_path: Path, *lines: object) -> ScriptedModel:
    script = tmp_path / "script.jsonl"
    script.write_text("\n".join(map(json.dumps, lines)))
    spec = ModelSpec(id="s", title="s", runtime="scripted", source=ScriptSource(str(script)))
    return ScriptedModel(spec, 4096, read_script(script))


def quiet(_stage: Text) -> None:
    """Nobody looks."""


def test_a_model_of_known_speed_is_measured_as_such(tmp_path: Path) -> None:
    words = [{"after": 0.02, "text": "word "} for _ in range(40)]
    slow = model(tmp_path, {"after": 0.2, "text": "first "}, *words)
    stages: list[str] = []
    speed = measure(slow, 1.5, 32, lambda stage: stages.append(stage.en), Cancel())
    assert stages == ["warming up", "reading a prompt", "writing"]
    assert speed.load_seconds == 1.5
    assert speed.written_tokens == 32
    assert 10 < speed.write_rate <= 50  # a word each fiftieth of a second, on a busy machine less
    assert 0.2 <= speed.first_token_seconds < 1
    assert 28 <= speed.prompt_tokens <= 32
    assert speed.prompt_rate is not None
    assert 32 < speed.prompt_rate <= 32 / 0.2
    assert speed.memory_bytes is None


def test_a_server_that_counts_no_prompt_has_no_speed_of_reading() -> None:
    answer = Finished(FinishReason.STOP, Usage(answer_tokens=40))
    speed = measure(Talker([answer], context=0), 0, 16, quiet, Cancel())
    assert speed.prompt_rate is None
    run = Run(1.0, SETTING, speed)
    assert benchmarking.percent(SPEED.prompt_rate, run.speed.prompt_rate) is None


def test_a_model_that_ends_early_is_asked_again(tmp_path: Path) -> None:
    brief = model(tmp_path, {"text": "one two three four"})
    assert measure(brief, 0, 10, quiet, Cancel()).written_tokens == 10
    assert measure(brief, 0, 1000, quiet, Cancel()).written_tokens == 4 * benchmarking.ROUNDS


def test_a_model_that_writes_nothing_has_no_speed(tmp_path: Path) -> None:
    with pytest.raises(EngineFailed):
        measure(model(tmp_path, {"finish": "end"}), 0, 8, quiet, Cancel())


def test_a_cancelled_measurement_gives_no_number(tmp_path: Path) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(KeyboardInterrupt):
        measure(model(tmp_path, {"text": "a"}), 0, 8, quiet, cancel)


# --- keeping -------------------------------------------------------------------------------------


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    run = Run(5.0, replace(SETTING, plugged=True, threads=2), replace(SPEED, gpu_watts=71.5))
    keep(tmp_path / "new", run)
    keep(tmp_path / "new", Run(6.0, SETTING, SPEED))
    assert read_runs(tmp_path / "new") == (run, Run(6.0, SETTING, SPEED))


def test_the_file_does_not_grow_without_end(tmp_path: Path) -> None:
    keep(tmp_path, Run(0.0, SETTING, SPEED))
    line = (tmp_path / benchmarking.FILE).read_text()
    (tmp_path / benchmarking.FILE).write_text(line * (MOST_RUNS + 50))
    keep(tmp_path, Run(1.0, SETTING, SPEED))
    runs = read_runs(tmp_path)
    assert len(runs) == MOST_RUNS
    assert runs[-1].when == 1.0


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "not json",
        "[]",
        "null",
        '{"when": 1}',
        '{"when": "x", "setting": {}, "speed": {}}',
        "[" * 5000,
    ],
)
def test_damaged_lines_are_passed_over(tmp_path: Path, damage: str) -> None:
    keep(tmp_path, Run(1.0, SETTING, SPEED))
    file = tmp_path / benchmarking.FILE
    file.write_text(damage + "\n" + file.read_text() + damage)
    assert read_runs(tmp_path) == (Run(1.0, SETTING, SPEED),)


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        ("speed", "write_rate", "fast"),
        ("speed", "write_rate", True),
        ("speed", "prompt_tokens", 1.5),
        ("setting", "model", 7),
        ("setting", "plugged", "yes"),
    ],
)
def test_a_field_of_another_kind_is_damage(
    tmp_path: Path, part: str, field: str, value: object
) -> None:
    keep(tmp_path, Run(1.0, SETTING, SPEED))
    file = tmp_path / benchmarking.FILE
    record = json.loads(file.read_text())
    record[part][field] = value
    file.write_text(json.dumps(record))
    assert read_runs(tmp_path) == ()


def test_a_field_of_a_later_version_is_passed_over(tmp_path: Path) -> None:
    keep(tmp_path, Run(1.0, SETTING, SPEED))
    file = tmp_path / benchmarking.FILE
    record = json.loads(file.read_text())
    record["setting"]["moon"] = "full"
    file.write_text(json.dumps(record))
    assert read_runs(tmp_path) == (Run(1.0, SETTING, SPEED),)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_harm(
    tmp_path_factory: pytest.TempPathFactory, body: bytes
) -> None:
    folder = tmp_path_factory.mktemp("bench")
    (folder / benchmarking.FILE).write_bytes(body)
    assert read_runs(folder) == ()


def test_no_file_means_no_runs(tmp_path: Path) -> None:
    assert read_runs(tmp_path / "none") == ()


# --- comparing -----------------------------------------------------------------------------------


def test_a_run_is_compared_with_the_last_of_the_same_model() -> None:
    other = replace(SETTING, model="r1-qwen-7b:q4_k_m")
    runs = (Run(1, SETTING, SPEED), Run(2, SETTING, SPEED), Run(3, other, SPEED))
    assert benchmarking.before(runs, SETTING) == runs[1]
    assert benchmarking.before(runs, replace(SETTING, engine="checkpoint")) is None


def test_changes_are_named() -> None:
    new = replace(SETTING, engine_version="2", threads=4)
    assert [(c.what, c.before, c.after) for c in benchmarking.changes(SETTING, new)] == [
        ("engine_version", "1", "2"),
        ("threads", 0, 4),
    ]
    assert benchmarking.changes(SETTING, SETTING) == ()


def test_growth_in_percent() -> None:
    assert benchmarking.percent(10, 12.5) == pytest.approx(25)
    assert benchmarking.percent(10, 5) == pytest.approx(-50)
    assert benchmarking.percent(0, 5) is None
    assert benchmarking.percent(None, 5) is None
    assert benchmarking.percent(5, None) is None


# --- power ---------------------------------------------------------------------------------------


def counter(folder: Path, name: str, value: int, most: int = 1 << 40) -> Path:
    place = folder / name
    place.mkdir(exist_ok=True)
    (place / "energy_uj").write_text(str(value))
    (place / "max_energy_range_uj").write_text(str(most))
    return place


def test_the_energy_of_whole_packages_becomes_power(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter((100.0, 102.0))
    counter(tmp_path, "intel-rapl:0", 1_000_000)
    counter(tmp_path, "intel-rapl:0:0", 5)  # a part of it
    counter(tmp_path, "intel-rapl:1", 900, most=1000)
    meter = PowerMeter(tmp_path)
    monkeypatch.setattr("runtimes.power.time.monotonic", lambda: next(times))
    meter.start()
    counter(tmp_path, "intel-rapl:0", 61_000_000)
    counter(tmp_path, "intel-rapl:1", 500, most=1000)  # it has wrapped
    monkeypatch.setattr("runtimes.power.OFTEN", 0.01)
    watts = meter.stop()
    assert watts.processor == pytest.approx((60_000_000 + 600) / 1e6 / 2)


def test_what_cannot_be_read_is_not_made_up(tmp_path: Path) -> None:
    meter = PowerMeter(tmp_path)
    meter.start()
    assert meter.stop().processor is None


def test_a_dead_card_does_not_hide_what_the_others_draw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lost(Exception):  # noqa: N818 - what happened
        """As NVML raises it."""

    def handle(number: int) -> int:
        if number == 1:
            raise Lost
        return number

    driver = SimpleNamespace(
        NVMLError=Lost,
        NVMLError_NotSupported=Lost,
        NVMLError_NoPermission=Lost,
        nvmlInit=lambda: None,
        nvmlShutdown=lambda: None,
        nvmlDeviceGetCount=lambda: 3,
        nvmlDeviceGetHandleByIndex=handle,
        nvmlDeviceGetMemoryInfo=lambda _card: None,
        nvmlDeviceGetPowerUsage=lambda card: 100_000 + card,
    )
    monkeypatch.setitem(sys.modules, "pynvml", driver)
    monkeypatch.setattr("runtimes.power.OFTEN", 0.01)
    meter = PowerMeter(tmp_path)
    meter.start()
    time.sleep(0.1)
    assert meter.stop().gpus == pytest.approx(200.002)
