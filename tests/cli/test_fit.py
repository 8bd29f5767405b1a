"""``assistant fit`` as a user runs it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command import assistant, on_terminal
from hub import Hub
from storing import REPO, sealed_hub
from tiny_gguf import gguf, small
from wcwidth import wcswidth

from runtimes.memory import record_measurement
from runtimes.types import Fit, KvType, MemoryPlan, MemoryReport, Placement

GIB = 1 << 30


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "small.gguf"
    path.write_bytes(gguf(small()))
    return path


def record(*args: str) -> dict[str, Any]:
    done = assistant("fit", *args, "--json")
    assert done.returncode in (0, 4), done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_a_file_that_fits(model: Path) -> None:
    done = assistant("fit", f"file:{model}", "--gpu-memory", "0")
    assert (done.returncode, done.stderr) == (0, "")
    head, _, titles, row, *_ = done.stdout.splitlines()
    assert head.endswith("fits, on the processor")
    assert titles.split()[:3] == ["device", "layers", "weights"]
    assert row.startswith("computer       3 ")
    assert row.rstrip().endswith("%")
    assert "why:" in done.stdout


def test_the_record_has_all_of_it(model: Path) -> None:
    found = record(f"file:{model}", "--context", "2048", "--kv", "f16", "--gpu-layers", "0")
    assert (found["fit"], found["context"], found["kv"]) == ("host", 2048, "f16")
    (host,) = found["placements"]
    parts = ("weights", "kv_cache", "computing", "reserve")
    assert host["total"] == sum(host[part] for part in parts)
    assert host["kv_cache"] == 2048 * 2 * (32 + 32) * 2
    assert found["because"]
    assert found["measured"] is None


def test_what_does_not_fit_is_refused_with_the_nearest() -> None:
    done = assistant("fit", "qwen2-72b", "--offline")
    if done.returncode == 0:
        pytest.skip("a machine with room for 72 billion parameters")
    assert done.returncode == 4
    assert "does not fit" in done.stdout
    assert "too little" in done.stdout
    assert "what would fit:" in done.stdout
    assert "server:URL#NAME" in done.stdout


def test_layers_on_a_gpu_that_is_not_there_are_refused(model: Path) -> None:
    done = assistant("fit", f"file:{model}", "--gpu-layers", "2")
    if "GPU" in done.stdout and done.returncode == 0:
        pytest.skip("there is a GPU that CUDA_VISIBLE_DEVICES does not hide")
    assert done.returncode == 4
    assert "there is none that can be used" in done.stdout


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.gguf").write_bytes(gguf(small(counts=(1 << 60, 3))))
    done = assistant("fit", f"file:{tmp_path / 'bad.gguf'}")
    assert done.returncode == 2
    assert "announces 1152921504606846976 entries" in done.stderr
    assert done.stdout == ""


def test_no_such_model() -> None:
    done = assistant("fit", "no-such-model")
    assert done.returncode == 2
    assert "no model" in done.stderr


@pytest.mark.parametrize("wrong", [("--context", "x"), ("--kv", "q5"), ("--parallel", "0")])
def test_wrong_options(wrong: tuple[str, str]) -> None:
    assert assistant("fit", "micro", *wrong).returncode == 2


def test_bounds_are_told_digit_by_digit() -> None:
    assert "from 64 to 4194304" in assistant("fit", "micro", "--context", "0").stderr
    said = assistant("fit", "micro", "--context", "0", "--lang", "zh").stderr
    assert "64 到 4194304" in said


def test_a_file_that_is_gone_says_so(model: Path) -> None:
    assert assistant("models", "add", f"file:{model}", "--id", "mine").returncode == 0
    model.unlink()
    done = assistant("fit", "mine")
    assert done.returncode == 3
    assert str(model) in done.stderr
    assert "moved" in done.stderr


def test_a_model_that_is_not_here_is_reckoned_without_the_network() -> None:
    done = assistant("fit", "r1-qwen-1.5b", "--offline", "--context", "8192", "--kv", "f16")
    assert done.stderr == ""
    assert "reckoned from the model's dimensions" in done.stdout
    found = record("r1-qwen-1.5b", "--offline", "--context", "8192", "--kv", "f16")
    assert found["kv_cache"] == 224 << 20


def test_chinese_columns_stand_under_each_other(model: Path) -> None:
    done = assistant("fit", f"file:{model}", "--lang", "zh", "--gpu-memory", "0")
    lines = done.stdout.splitlines()
    (head,) = (n for n, line in enumerate(lines) if line.startswith("设备"))
    titles, row = lines[head], lines[head + 1]
    for word, end in (("合计", "iB"), ("可用", "iB")):
        place = wcswidth(titles[: titles.index(word) + len(word)])
        cut = next(n for n in range(len(row) + 1) if wcswidth(row[:n]) == place)
        assert row[:cut].endswith(end), (word, row)
    assert "原因：" in done.stdout


def test_bars_for_a_terminal_of_ascii(model: Path) -> None:
    done = assistant("fit", f"file:{model}", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0
    assert "█" not in done.stdout
    assert "------" in done.stdout


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_table_keeps_to_the_width_of_the_terminal(model: Path, width: int) -> None:
    code, shown = on_terminal(["fit", f"file:{model}"], columns=width)
    assert code == 0
    (row,) = (line for line in shown.splitlines() if line.startswith("computer"))
    assert wcswidth(row) <= width
    assert row.rstrip().endswith("%") or width == 60
    assert shown.count("reserve") == (width == 120)


def test_nothing_moves_the_cursor(model: Path) -> None:
    code, shown = on_terminal(["fit", f"file:{model}"], columns=100)
    assert code == 0
    assert "\x1b" not in shown


@pytest.mark.slow
def test_the_error_of_the_last_forecast_is_shown(model: Path, tmp_path: Path) -> None:
    there = Placement(
        accelerator=None,
        layers=3,
        weight_bytes=GIB,
        kv_bytes=0,
        compute_bytes=0,
        reserve_bytes=256 << 20,
        free=8 * GIB,
    )
    plan = MemoryPlan(
        fit=Fit.HOST,
        context=2048,
        kv_type=KvType.F16,
        layers_on=0,
        weight_bytes=GIB,
        kv_bytes=0,
        compute_bytes=0,
        reserve_bytes=256 << 20,
        placements=(there,),
    )
    report = MemoryReport(weight_bytes=0, kv_bytes=0, compute_bytes=0, host_peak=GIB * 100 // 104)
    name = str(record(f"file:{model}")["id"])
    record_measurement(tmp_path / "home" / "state", name, plan, report)
    done = assistant("fit", f"file:{model}")
    assert "1 GiB forecast, 985 MiB used (+4.0 %)" in done.stdout
    measured = record(f"file:{model}")["measured"]
    assert isinstance(measured, dict)
    assert measured["error"] == pytest.approx(0.04, abs=0.001)


# --- on the hub ------------------------------------------------------------------------------


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with sealed_hub(tmp_path, monkeypatch) as hub:
        hub.add(REPO, {"m-Q8_0.gguf": gguf(small())})
        monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
        yield hub


def test_a_header_on_the_hub_is_read_and_nothing_kept(hub: Hub, tmp_path: Path) -> None:
    found = record(f"hf:{REPO}:m-Q8_0.gguf")
    assert found["fit"] == "host"
    assert "reckoned" not in " ".join(map(str, found["because"]))
    assert not list((tmp_path / "home").rglob("*.gguf*"))


def test_offline_opens_no_socket(hub: Hub) -> None:
    done = assistant("fit", f"hf:{REPO}:m-Q8_0.gguf", "--offline")
    assert done.returncode == 3
    assert "assistant pull" in done.stderr
    assert hub.requests == []


@pytest.mark.slow
def test_a_hub_that_cannot_be_asked_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    done = assistant("fit", "r1-qwen-1.5b", "--context", "4096")
    assert done.returncode == 0
    assert "the hub cannot be asked" in done.stderr
    assert "reckoned from the model's dimensions" in done.stdout
    said = assistant("fit", "r1-qwen-1.5b", "--context", "4096", "--lang", "zh").stderr
    assert "无法询问模型站（无法连接 127.0.0.1：" in said
    assert "Errno" not in said


def test_a_replay_takes_no_memory() -> None:
    script = Path(__file__).resolve().parents[2] / "packaging/demo/wrong_step.jsonl"
    assert "no memory" in assistant("fit", f"scripted:{script}").stdout
    assert "不占用内存" in assistant("fit", f"scripted:{script}", "--lang", "zh").stdout
