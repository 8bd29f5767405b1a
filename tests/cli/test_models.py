"""``assistant models`` as a user runs it: listed, shown, and read by a script."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command import assistant, on_terminal
from wcwidth import wcswidth

import runtimes
from assistant.cli.main import run

MICRO = Path(runtimes.__file__).parent / "micro"


def listed(home: Path, *options: str) -> dict[str, dict[str, object]]:
    done = assistant("models", "--json", *options, ASSISTANT_HOME=str(home))
    assert (done.returncode, done.stderr) == (0, "")
    return {model["id"]: model for model in json.loads(done.stdout)["models"]}


def test_the_list_of_a_new_user(tmp_path: Path) -> None:
    done = assistant("models", ASSISTANT_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("this machine: ")
    micro = next(line for line in lines if " micro " in line)
    assert micro.lstrip().startswith("●")
    assert micro.split()[1:3] == ["micro", "742"]
    assert "MIT" in micro
    assert list(tmp_path.iterdir()) == []  # looking writes nothing


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_columns_stand_under_each_other(tmp_path: Path, lang: str) -> None:
    done = assistant("models", "--all", "--lang", lang, ASSISTANT_HOME=str(tmp_path))
    table = done.stdout.splitlines()[1:42]
    starts = set()
    for line in table[1:]:
        licence = max(line.find(f"  {word}") for word in ("MIT", "Apache", "Qwen", "Tong", "Llama"))
        at = max(licence, line.find("  GLM-4 "))
        starts.add(wcswidth(line[:at]) if at >= 0 else -1)
    assert len(starts) == 1
    assert -1 not in starts
    assert all(line == line.rstrip() for line in table)


def test_a_terminal_gets_lines_of_its_width(tmp_path: Path) -> None:
    code, out = on_terminal(
        ["models", "--all", "--lang", "zh"], columns=72, env={"ASSISTANT_HOME": str(tmp_path)}
    )
    assert code == 0
    table = out.splitlines()[1:42]
    assert len([line for line in table if " B " in line or "GB" in line or "MB" in line]) == 39
    assert all(wcswidth(line) <= 72 for line in table)
    assert any(line.endswith("…") for line in table)


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "left_out"), [(80, "MIT"), (60, "Q4_K_M")])
def test_what_a_model_is_good_for_is_told_on_a_narrow_terminal_too(
    tmp_path: Path, columns: int, left_out: str
) -> None:
    env = {"ASSISTANT_HOME": str(tmp_path)}
    wide = on_terminal(["models", "--lang", "zh"], columns=140, env=env)[1]
    narrow = on_terminal(["models", "--lang", "zh"], columns=columns, env=env)[1]
    (full,) = [line for line in wide.splitlines() if " r1-qwen-1.5b " in line]
    (line,) = [line for line in narrow.splitlines() if " r1-qwen-1.5b " in line]
    assert left_out in full
    assert left_out not in line
    told = line.split()[-1].rstrip("…")
    assert len(told) >= 6
    assert told in full


def test_the_record_of_the_list(tmp_path: Path) -> None:
    done = assistant("models", "--json", ASSISTANT_HOME=str(tmp_path))
    record = json.loads(done.stdout)
    models = {model["id"]: model for model in record["models"]}
    assert len(models) == 40
    assert models["micro"]["on_disk"] == ["q8_0", "f16", "checkpoint", "nf4"]
    assert models["micro"]["size"] == (MICRO / "micro-q8_0.gguf").stat().st_size
    assert models["micro"]["fit"] in ("gpu", "split", "host")
    assert models["r1-qwen-1.5b"]["on_disk"] == []
    assert 0.9e9 < models["r1-qwen-1.5b"]["size"] < 1.4e9
    assert models["mixtral-8x22b"]["size"] > 60e9
    assert all(model["fit"] for model in models.values())
    assert record["default"] is None
    assert record["others"] == []
    taken = record["recommended"]
    assert taken["why"]
    if taken["id"] is not None:
        assert models[taken["id"]]["fit"] in ("gpu", "split", "host")
        assert models[taken["id"]]["context"] >= 8192


@pytest.mark.slow
def test_only_what_is_here(tmp_path: Path) -> None:
    assert list(listed(tmp_path, "--installed")) == ["micro"]
    source = f"file:{MICRO / 'micro-f16.gguf'}"
    added = assistant("models", "add", source, "--id", "copy", ASSISTANT_HOME=str(tmp_path))
    assert added.returncode == 0
    here = listed(tmp_path, "--installed")
    assert list(here) == ["micro", "copy"]
    assert here["copy"]["origin"] == "own"
    assert here["copy"]["size"] == (MICRO / "micro-f16.gguf").stat().st_size


@pytest.mark.slow
def test_a_broken_file_of_the_user_spoils_no_list(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + b"\xff" * 100)
    added = assistant("models", "add", f"file:{broken}", ASSISTANT_HOME=str(tmp_path))
    assert added.returncode == 0
    models = listed(tmp_path)
    assert len(models) == 41
    assert models["broken"]["fit"] is None
    assert models["broken"]["trouble"]
    done = assistant("models", "show", "broken", ASSISTANT_HOME=str(tmp_path))
    assert done.returncode == 0
    assert str(models["broken"]["trouble"]) in done.stdout


@pytest.mark.parametrize(
    ("name", "lang", "words"),
    [
        (
            "r1-qwen-7b",
            "en",
            (
                "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B",
                "temperature 0.6, top-p 0.95",
                "no system prompt",
                "r1-qwen-7b:nf4",
                "92.8 %",
                "131072",
            ),
        ),
        ("qwen2.5-3b", "en", ("non-commercial", "top-k 20, repeat penalty 1.05")),
        ("llama-3.1-70b", "zh", ("Built with Llama", "7 亿", "vLLM", "2×24 GB")),
        ("mixtral-8x7b", "en", ("8 experts of which 2 work",)),
        ("micro:nf4", "zh", ("离线试用", "micro:checkpoint")),
    ],
)
def test_one_model_with_all_that_is_known(
    tmp_path: Path, name: str, lang: str, words: tuple[str, ...]
) -> None:
    done = assistant("models", "show", name, "--lang", lang, ASSISTANT_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    for word in words:
        assert word in done.stdout


@pytest.mark.parametrize("name", ["r1-qwen-7b", "micro:nf4"])
def test_one_model_as_a_record(tmp_path: Path, name: str) -> None:
    done = assistant("models", "show", name, "--json", ASSISTANT_HOME=str(tmp_path))
    record = json.loads(done.stdout)
    assert record["id"] == name.partition(":")[0]
    assert record["variant"] == (name.partition(":")[2] or "q4_k_m")
    assert record["forms"]
    assert record["because"] or record["fit"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show",), "which model"),
        (("show", "r1-qwen-8b"), "r1-qwen"),
        (("show", "ollama:phi4"), "models add ollama:phi4"),
        (("list", "micro"), "show"),
        (("--clear",), "default"),
        (("--id", "x"), "add"),
        (("show", "micro", "--installed"), "list"),
        (("--all", "--installed"), "exclude"),
        (("shwo",), "show"),
    ],
)
def test_what_is_asked_wrongly(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    assert run(["models", *words, "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert said in err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_damaged_catalogue_is_told_by_its_place(tmp_path: Path, lang: str) -> None:
    overlay = tmp_path / "config" / "models.toml"
    overlay.parent.mkdir()
    overlay.write_text('[model.r1-qwen-7b]\nsampling.temperatur = 0.5\nlicense = "mit"\n')
    done = assistant("models", "--lang", lang, ASSISTANT_HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    for word in (str(overlay), "model.r1-qwen-7b.sampling", "temperature"):
        assert word in done.stderr


def test_no_socket_is_opened_and_no_engine_is_loaded(tmp_path: Path) -> None:
    code = f"""
import os, sys
os.environ["ASSISTANT_HOME"] = {str(tmp_path)!r}
def audit(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind"):
        raise SystemExit(f"{{event}} {{args}}")
sys.addaudithook(audit)
from assistant.cli.main import run
assert run(["models", "--all"]) == 0
assert run(["models", "show", "r1-qwen-7b"]) == 0
heavy = {{"torch", "transformers", "llama_cpp", "sympy", "ollama"}} & set(sys.modules)
assert not heavy, heavy
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
