"""``pull``, ``verify`` and ``rm`` as a user runs them, against a hub on loopback."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import PROGRAM, assistant
from hub import Accident, Hub
from ollama_replayer import replaying
from storing import FILE, REPO, noise, sealed_hub

import runtimes
from assistant.cli.main import run
from runtimes.llamacpp.runtime import LlamaCpp
from runtimes.texts import Text
from runtimes.types import Availability

DATA = noise(400_000)
NAME = f"hf:{REPO}:{FILE}"
MICRO = Path(runtimes.__file__).parent / "micro"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with sealed_hub(tmp_path, monkeypatch) as hub:
        monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
        hub.add(REPO, {FILE: DATA})
        yield hub


@pytest.mark.slow
def test_pull_verify_and_rm(hub: Hub, tmp_path: Path) -> None:
    done = assistant("pull", NAME)
    assert done.returncode == 0, done.stderr
    path = Path(done.stdout.removesuffix("\n"))
    assert path.read_bytes() == DATA
    assert path.is_relative_to(tmp_path / "home" / "data" / "models")
    assert f"assistant ask -m {NAME}" in done.stderr
    assert "100 %" in done.stderr
    assert not set(done.stderr) & set("\r\x1b")

    done = assistant("verify", NAME)
    assert (done.returncode, done.stdout) == (0, f"{path} (400 kB): good\n")

    done = assistant("rm", NAME)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"add --yes to remove {NAME}" in done.stderr
    assert path.exists()
    done = assistant("rm", NAME, stdin="y\n")  # a pipe is nobody who agrees
    assert done.returncode == 2
    assert path.exists()
    done = assistant("rm", NAME, "--yes")
    assert (done.returncode, done.stdout) == (
        0,
        f"{NAME} is removed, 400 kB are free again\n",
    )
    assert not path.exists()
    done = assistant("rm", NAME, "--yes")
    assert done.returncode == 3
    assert "not on this disk" in done.stderr


@pytest.mark.slow
def test_rm_names_the_forms_that_go_with_the_same_files(hub: Hub) -> None:
    repo = "deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B"
    files = {"config.json": b"{}", "tokenizer.json": b"{}", "model.safetensors": noise(9_000)}
    hub.add(repo, files)
    assert assistant("pull", "r1-qwen-1.5b:bf16").returncode == 0
    done = assistant("rm", "r1-qwen-1.5b:nf4")
    assert done.returncode == 2
    assert "r1-qwen-1.5b:bf16" in done.stderr
    done = assistant("rm", "r1-qwen-1.5b:nf4", "--yes", "--json")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["id"] == "r1-qwen-1.5b:nf4"
    assert {"r1-qwen-1.5b:bf16", "r1-qwen-1.5b:int8"} <= {*record["also_removed"]}
    assert record["freed"] == sum(map(len, files.values()))


def test_a_pull_without_its_engine_says_what_to_install(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = Availability(
        ready=False, detail=Text("none", "没有"), remedy=Text("get it", "安装它")
    )
    monkeypatch.setattr(LlamaCpp, "probe", lambda _: missing)
    assert run(["pull", NAME, "--lang", "zh"]) == 0
    said = capsys.readouterr().err
    assert "没有" in said
    assert "建议：安装它" in said
    assert "assistant ask" not in said


@pytest.mark.slow
def test_what_is_here_is_not_to_be_downloaded_first(hub: Hub) -> None:
    assert "assistant pull mine" in assistant("models", "add", NAME, "--id", "mine").stdout
    assert assistant("pull", NAME).returncode == 0
    assert "pull" not in assistant("models", "add", NAME, "--id", "again").stdout


def test_a_second_pull_asks_nobody(hub: Hub) -> None:
    assert assistant("pull", NAME).returncode == 0
    hub.requests.clear()
    done = assistant("pull", NAME, "--offline", "--json")
    assert done.returncode == 0
    record = json.loads(done.stdout)
    assert record["id"] == NAME
    assert Path(record["path"]).read_bytes() == DATA
    assert hub.requests == []


@pytest.mark.slow
def test_verify_finds_the_bad_file_and_pull_repairs_it(hub: Hub) -> None:
    path = Path(assistant("pull", NAME).stdout.strip())
    with path.open("r+b") as out:
        out.write(b"bad")
    done = assistant("verify", NAME)
    assert done.returncode == 1
    assert "its bytes have changed" in done.stdout
    assert f"assistant pull {NAME}" in done.stderr
    done = assistant("verify", "--all", "--json")
    assert done.returncode == 1
    record = json.loads(done.stdout)
    assert (record["state"], record["id"]) == ("wrong digest", NAME)
    assert record["sha256"] != record["expected_sha256"]
    assert assistant("pull", NAME).returncode == 0
    assert path.read_bytes() == DATA
    assert assistant("verify", "--all").returncode == 0


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("pull", "hf:org/none:a.gguf"), 3, "org/none"),
        (("pull", "no-such-model"), 2, "no-such-model"),
        (("rm", "no-such-model", "--yes"), 2, "no-such-model"),
        (("pull", f"hf:{REPO}:none.gguf"), 3, "none.gguf"),
        (("pull", f"hf:{REPO}:{FILE}", "--offline"), 3, "network must not be used"),
        (("pull", "ollama:some", "--offline"), 3, "network must not be used"),
        (("verify", "hf:org/none:a.gguf"), 3, "not on this disk"),
        (("ask", "-m", NAME, "1 + 1"), 3, "not on this disk"),
        (("verify",), 2, "--all"),
        (("verify", "--all"), 0, "no model"),
        (("rm", "micro"), 2, "left as it is"),
    ],
)
def test_what_cannot_be_done_is_told(
    hub: Hub, args: tuple[str, ...], code: int, words: str
) -> None:
    done = assistant(*args)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_failures_have_a_json_form_and_chinese_words(hub: Hub) -> None:
    hub.repos[REPO].gated = True
    done = assistant("pull", NAME, "--json")
    record = json.loads(done.stdout)
    assert (done.returncode, record["kind"]) == (3, "Denied")
    assert f"{hub.url}/{REPO}" in record["remedy"]
    done = assistant("pull", NAME, "--lang", "zh")
    assert "许可条款" in done.stderr
    assert "HF_TOKEN" in done.stderr


def test_no_network_is_said_in_one_line(hub: Hub) -> None:
    done = assistant("pull", NAME, HF_ENDPOINT="http://127.0.0.1:9")
    said = [line for line in done.stderr.splitlines() if line.startswith("assistant: ")]
    assert done.returncode == 3
    assert len(said) == 1
    assert "no connection to 127.0.0.1" in said[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("endpoint", "words"),
    [("https://hub:99999", "no address"), ("https://me:hush@hub:99999", "password")],
)
def test_a_bad_mirror_is_said_without_its_password(hub: Hub, endpoint: str, words: str) -> None:
    for command in (("pull", NAME), ("pull", NAME, "--json"), ("fit", NAME), ("doctor",)):
        done = assistant(*command, HF_ENDPOINT=endpoint)
        assert words in done.stdout + done.stderr, command
        assert "hush" not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_doctor_asks_no_hub_where_its_own_variables_forbid_it(hub: Hub) -> None:
    hub.requests.clear()
    done = assistant("doctor", HF_HUB_OFFLINE="1")
    assert "not asked: offline" in done.stdout
    assert hub.requests == []


@pytest.mark.slow
def test_offline_asks_nobody_and_does_not_say_that_it_does(hub: Hub) -> None:
    assert assistant("pull", NAME).returncode == 0
    for name in (NAME, "hf:org/other"):
        assert "asking" not in assistant("pull", name, "--offline").stderr
    hub.requests.clear()
    done = assistant("fit", "r1-qwen-1.5b", HF_HUB_OFFLINE="1")
    assert done.returncode in (0, 4)
    assert "network must not be used" in done.stderr
    assert hub.requests == []


def test_the_licence_is_shown_before_anything_comes(hub: Hub, tmp_path: Path) -> None:
    done = assistant("pull", "r1-qwen-1.5b", "--offline")
    assert done.returncode == 3
    assert "licence of DeepSeek-R1" in done.stderr
    assert "MIT" in done.stderr


def test_micro_ships_and_needs_no_pull(hub: Hub) -> None:
    done = assistant("pull", "micro")
    assert done.returncode == 0
    assert "nothing to download" in done.stderr
    assert hub.requests == []


@pytest.mark.parametrize("form", ["q8_0", "f16", "checkpoint"])
def test_micro_is_what_was_shipped(hub: Hub, form: str) -> None:
    done = assistant("verify", f"micro:{form}")
    assert done.returncode == 0, done.stdout
    assert "all good" in done.stderr
    assert "nobody" not in done.stdout


def test_own_files_that_are_not_what_was_promised_are_not_pulled_again(
    hub: Hub, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    shutil.copytree(MICRO, folder)
    good = assistant("verify", f"file:{folder / 'micro-q8_0.gguf'}")
    assert (good.returncode, good.stdout.split(": ")[-1]) == (0, "good\n")
    with (folder / "micro-q8_0.gguf").open("r+b") as out:
        out.seek(-100, os.SEEK_END)
        out.write(b"bad")
    done = assistant("verify", f"file:{folder / 'micro-q8_0.gguf'}")
    assert done.returncode == 1
    assert "from where they came" in done.stderr
    assert "assistant pull" not in done.stderr


@pytest.mark.slow
def test_a_model_of_ollama_is_pulled_and_removed_by_its_server(hub: Hub) -> None:
    with replaying() as server:
        done = assistant("pull", "ollama:fresh", OLLAMA_HOST=server.url)
        assert done.returncode == 0, done.stderr
        assert "fresh:latest" in server.have
        assert "100 %" in done.stderr
        assert done.stdout == ""
        assert assistant("rm", "ollama:fresh", OLLAMA_HOST=server.url).returncode == 2
        assert "fresh:latest" in server.have
        done = assistant("rm", "ollama:fresh", "--yes", OLLAMA_HOST=server.url)
        assert done.returncode == 0, done.stderr
        assert "ollama:fresh is removed" in done.stdout
        assert "Hugging Face" not in done.stdout
        assert "fresh:latest" not in server.have
        done = assistant("pull", "ollama:unknown", OLLAMA_HOST=server.url)
        assert done.returncode == 3
        assert "no model" in done.stderr


@pytest.mark.slow
def test_ctrl_c_keeps_what_came_and_says_so(hub: Hub, tmp_path: Path) -> None:
    hub.plan(FILE, Accident(cut_at=200_000, hold=60))
    process = subprocess.Popen(
        [*PROGRAM, "pull", NAME],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    end = time.monotonic() + 30
    while _partial(tmp_path) < 200_000 and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, told = process.communicate(timeout=10)
    assert process.returncode == 130
    assert out == b""
    assert b"stopped at 200 kB of 400 kB; what came is kept" in told
    assert b"Traceback" not in told
    kept = _partial(tmp_path)
    done = assistant("pull", NAME)
    assert done.returncode == 0
    assert hub.fetched(FILE)[-1].start == kept == 200_000


def _partial(folder: Path) -> int:
    return sum(p.stat().st_size for p in folder.rglob("partial/*"))
