"""``assistant doctor``: what a user sees."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import PROGRAM
from wcwidth import wcswidth

from assistant.cli import doctor
from assistant.cli.diagnostics import Exit
from assistant.cli.parser import Parser
from assistant.doctor.findings import Finding, Level
from assistant.maths.types import Lang
from runtimes.installer.trial import Trial
from runtimes.texts import Text

FINE = Finding("python", Level.OK, Text("Python is fine", "Python 正常"))
BAD = Finding(
    "default model",
    Level.PROBLEM,
    Text("{0} is away", "{0} 不在", ("m\x1b[2J",)),
    Text("get it", "下载"),
)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    findings: list[Finding] = []

    def examine(_try: object, *, offline: bool) -> Iterator[Finding]:
        assert isinstance(offline, bool)
        yield from findings

    monkeypatch.setattr("assistant.doctor.examination.examine", examine)
    return findings


def run(*words: str) -> int:
    parser = Parser("assistant doctor", doctor.USAGE, "", Lang.EN)
    doctor.configure(parser)
    return int(doctor.run(parser.read(words, argparse.Namespace())))


def test_no_problem_is_said_and_the_exit_code_is_0(
    found: list[Finding], capsys: pytest.CaptureFixture[str]
) -> None:
    found += [
        FINE,
        Finding("disk", Level.WARNING, Text("little", "不足"), Text("make room", "清理")),
    ]
    assert run("--lang", "en") == Exit.OK
    out = capsys.readouterr().out
    assert "Try: make room" in out
    assert out.endswith("no problem was found\n")


def test_a_problem_is_counted_and_the_exit_code_is_3(
    found: list[Finding], capsys: pytest.CaptureFixture[str]
) -> None:
    found += [FINE, BAD]
    assert run("--lang", "en") == Exit.UNAVAILABLE
    out = capsys.readouterr().out
    assert out.endswith("problems: 1\n")
    assert "\x1b" not in out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_columns_are_aligned(
    lang: str, found: list[Finding], capsys: pytest.CaptureFixture[str]
) -> None:
    found += [FINE, BAD, Finding("checkpoint", Level.NOTE, Text("x", "x"))]
    run("--lang", lang)
    lines = capsys.readouterr().out.splitlines()
    texts = ["Python is fine", "m�[2J is away", "x"]
    if lang == "zh":
        texts = ["Python 正常", "m�[2J 不在", "x"]
    rows = [line for line in lines if line.endswith(tuple(texts))]
    assert len(rows) == 3
    starts = {wcswidth(row.removesuffix(text)) for row, text in zip(rows, texts, strict=True)}
    assert len(starts) == 1
    assert " checkpoint " in rows[2]
    advice = "建议：下载" if lang == "zh" else "Try: get it"
    assert any(line.strip() == advice for line in lines)


def test_json(found: list[Finding], capsys: pytest.CaptureFixture[str]) -> None:
    found += [FINE, BAD]
    assert run("--json", "--lang", "zh") == Exit.UNAVAILABLE
    record = json.loads(capsys.readouterr().out)
    assert record["problems"] == 1
    assert record["findings"][0] == {
        "topic": "python", "level": "ok", "text": "Python 正常", "remedy": None,
    }  # fmt: skip
    assert record["findings"][1]["remedy"] == "下载"


TOPICS = {
    "python", "packages", "memory", "gpu", "folders", "disk", "catalogue", "keys", "hub",
    "llamacpp", "checkpoint", "ollama", "server", "scripted",
}  # fmt: skip
SECRET = "sk-do-not-show-me"


def sound(code: int, out: str) -> None:
    record = json.loads(out)
    assert {finding["topic"] for finding in record["findings"]} >= TOPICS
    assert SECRET not in out
    assert not any("this check failed" in finding["text"] for finding in record["findings"])
    bad = [f for f in record["findings"] if f["level"] in ("warning", "problem")]
    assert all(finding["remedy"] for finding in bad)
    assert code == (Exit.UNAVAILABLE if record["problems"] else Exit.OK)


def test_everything_is_looked_at_and_no_secret_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("assistant.probing.try_engine", lambda name: Trial(name, 0.1))
    for name, value in (("HF_TOKEN", SECRET), ("OLLAMA_HOST", "127.0.0.1:9")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    code = run("--json", "--offline", "--lang", "en")
    sound(code, capsys.readouterr().out)
    assert not (tmp_path / "home").exists()


@pytest.mark.slow
def test_the_real_thing_with_the_engines_that_are_here(tmp_path: Path) -> None:
    env = {"ASSISTANT_HOME": str(tmp_path), "HF_TOKEN": SECRET, "OLLAMA_HOST": "127.0.0.1:9"}
    done = subprocess.run(
        [*PROGRAM, "doctor", "--json", "--offline", "--lang", "en"],
        capture_output=True, text=True, timeout=500, check=False, env={**os.environ, **env},
    )  # fmt: skip
    assert SECRET not in done.stderr
    sound(done.returncode, done.stdout)
