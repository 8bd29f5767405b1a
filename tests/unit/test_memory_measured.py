"""What loaded models took is noted, and the notes of anybody are read without trust."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_cases import MIB, card, machine, needs

from assistant.forecast import measured_text
from runtimes.memory import expected_use, measurements, planning, record_measurement
from runtimes.memory.measured import FILE, MOST_NOTES, MOST_OF_ONE
from runtimes.memory.pieces import HOST_MARGIN
from runtimes.memory.planning import plan_parts
from runtimes.types import KvType, MemoryReport, Wish

PLAN = plan_parts(needs("r1-1.5b"), machine(16), Wish(context=4096, kv_type=KvType.Q8_0))
REPORT = MemoryReport(weight_bytes=1, kv_bytes=2, compute_bytes=3, host_peak=1300 * MIB)


def test_a_load_is_noted(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    assert measurements(folder, "m") == ()
    made = record_measurement(folder, "m", PLAN, REPORT)
    assert measurements(folder, "m") == (made,)
    assert measurements(folder, "other") == ()
    assert (made.context, made.kv_type, made.host_used) == (4096, KvType.Q8_0, 1300 * MIB)
    assert made.host_forecast == sum(p.total for p in PLAN.placements) - HOST_MARGIN
    assert made.error == pytest.approx(made.host_forecast / (1300 * MIB) - 1)


def test_several_answers_side_by_side_are_told(tmp_path: Path) -> None:
    made = record_measurement(tmp_path, "m", replace(PLAN, parallel=8), REPORT)
    assert measurements(tmp_path, "m") == (made,)
    assert "8 × 4096" in str(measured_text(made).args)
    records = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    del records[0]["parallel"]  # as an earlier version has written it
    (tmp_path / FILE).write_text(json.dumps(records), encoding="utf-8")
    assert measurements(tmp_path, "m") == (replace(made, parallel=1),)


def test_the_margin_is_no_part_of_the_forecast() -> None:
    host, device = expected_use(PLAN)
    assert host == sum(p.total for p in PLAN.placements) - HOST_MARGIN
    assert device == 0


def test_the_drivers_own_memory_is_no_part_of_it_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "usable", lambda _engine, _there: (0,))
    there = machine(16, card(24))
    plan = plan_parts(needs("r1-1.5b"), there, Wish(layers_on_gpu=29))
    (on_card,) = (p for p in plan.placements if p.accelerator is not None)
    _, device = expected_use(plan)
    assert device == on_card.weight_bytes + on_card.kv_bytes + on_card.compute_bytes


def test_old_notes_give_way(tmp_path: Path) -> None:
    for n in range(MOST_OF_ONE + 3):
        record_measurement(tmp_path, "m", PLAN, replace(REPORT, host_peak=n))
    assert [m.host_used for m in measurements(tmp_path, "m")] == list(range(3, MOST_OF_ONE + 3))
    for n in range(MOST_NOTES + 5):
        record_measurement(tmp_path, f"model {n}", PLAN, REPORT)
    assert len(json.loads((tmp_path / FILE).read_text())) == MOST_NOTES
    assert measurements(tmp_path, "model 0") == ()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file, not a folder")
    record_measurement(tmp_path / "state", "m", PLAN, REPORT)
    assert measurements(tmp_path / "state", "m") == ()


def test_no_reader_ever_sees_half_a_file(tmp_path: Path) -> None:
    record_measurement(tmp_path, "m", PLAN, REPORT)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            record_measurement(tmp_path, "m", PLAN, REPORT)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        for _ in range(200):
            assert measurements(tmp_path, "m")
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert [p.name for p in tmp_path.iterdir()] == [FILE]


GOOD = {
    "model": "m",
    "when": 1.0,
    "context": 1,
    "kv": "f16",
    "layers_on": 0,
    "batch": 1,
    "host_forecast": 1,
    "host_used": 1,
    "device_forecast": 0,
    "device_used": 0,
}


@pytest.mark.parametrize(
    "record",
    [
        {**GOOD, "kv": "f99"},
        {**GOOD, "host_used": -1},
        {**GOOD, "host_used": 10**40},
        {**GOOD, "context": "4096"},
        {**GOOD, "when": float("nan")},
        {**GOOD, "batch": True},
        {k: v for k, v in GOOD.items() if k != "kv"},
        5,
        None,
    ],
)
def test_a_bad_note_is_passed_over(record: object, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps([record, GOOD]))
    assert len(measurements(tmp_path, "m")) == 1


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_a_file_of_any_bytes(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, FILE).write_bytes(data)
        assert measurements(Path(folder), "m") == ()


def test_a_deep_file(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[" * 200_000)
    assert measurements(tmp_path, "m") == ()
