"""``assistant doctor``: what a user sees."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import assistant
from wcwidth import wcswidth

from assistant.cli import doctor
from assistant.cli.diagnostics import Exit
from assistant.cli.parser import Parser
from assistant.doctor.findings import Finding, Level
from assistant.maths.types import Lang
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
    found += [FINE, BAD, Finding("llamacpp", Level.NOTE, Text("x", "x"))]
    run("--lang", lang)
    lines = capsys.readouterr().out.splitlines()
    texts = ["Python is fine", "m�[2J is away", "x"]
    if lang == "zh":
        texts = ["Python 正常", "m�[2J 不在", "x"]
    rows = [line for line in lines if line.endswith(tuple(texts))]
    assert len(rows) == 3
    starts = {wcswidth(row.removesuffix(text)) for row, text in zip(rows, texts, strict=True)}
    assert len(starts) == 1


def test_json(found: list[Finding], capsys: pytest.CaptureFixture[str]) -> None:
    found += [FINE, BAD]
    assert run("--json", "--lang", "zh") == Exit.UNAVAILABLE
    record = json.loads(capsys.readouterr().out)
    assert record["problems"] == 1
    assert record["findings"][0] == {
        "topic": "python", "level": "ok", "text": "Python 正常", "remedy": None,
    }  # fmt: skip
    assert record["findings"][1]["remedy"] == "下载"


def test_the_real_thing_looks_at_everything_and_shows_no_secret(tmp_path: Path) -> None:
    secret = "sk-do-not-show-me"
    done = assistant(
        "doctor", "--json", "--offline", ASSISTANT_HOME=str(tmp_path), HF_TOKEN=secret,
        OLLAMA_HOST="127.0.0.1:9",
    )  # fmt: skip
    assert done.returncode in (Exit.OK, Exit.UNAVAILABLE), done.stderr
    record = json.loads(done.stdout)
    topics = {finding["topic"] for finding in record["findings"]}
    assert topics >= {"python", "packages", "memory", "gpu", "folders", "disk", "catalogue", "keys"}
    assert topics >= {"llamacpp", "checkpoint", "ollama", "server", "scripted", "hub"}
    assert secret not in done.stdout + done.stderr
    assert not any("this check failed" in finding["text"] for finding in record["findings"])
    bad = [f for f in record["findings"] if f["level"] in ("warning", "problem")]
    assert all(finding["remedy"] for finding in bad)
    assert (done.returncode == Exit.UNAVAILABLE) == bool(record["problems"])
