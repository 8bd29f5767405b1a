"""``assistant ask`` as a user runs it: with the micro model, and with scripts of the worst."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest
from command import assistant, on_terminal

NEEDS_LLAMA = pytest.mark.skipif(
    importlib.util.find_spec("llama_cpp") is None, reason="llama-cpp-python is not installed"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    return tmp_path


def script(folder: Path, *lines: object) -> str:
    path = folder / "script.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return f"scripted:{path}"


@pytest.mark.slow
@NEEDS_LLAMA
def test_the_answer_is_on_stdout_and_the_thinking_on_stderr() -> None:
    done = assistant("ask", "-m", "micro", "Solve 2x + 3 = 11")
    assert done.returncode == 0
    assert "\\boxed{x = 4}" in done.stdout
    assert "I need to find x" in done.stderr
    assert "I need to find x" not in done.stdout
    assert re.search(r"micro:q8_0 · \d+ tokens, \d+ of them thinking · .* · seed \d", done.stderr)


@pytest.mark.slow
@NEEDS_LLAMA
def test_what_is_piped_in_is_the_question() -> None:
    done = assistant("ask", "-m", "micro", stdin="解方程 3x - 5 = 10")
    assert "\\boxed{x = 5}" in done.stdout
    assert "个词元" in done.stderr


@pytest.mark.slow
@NEEDS_LLAMA
def test_a_schema_is_kept(tmp_path: Path) -> None:
    (tmp_path / "schema.json").write_text('{"enum": ["yes", "no"]}')
    done = assistant("ask", "-m", "micro", "Hello", "--schema", str(tmp_path / "schema.json"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) in ("yes", "no")


@NEEDS_LLAMA
@pytest.mark.parametrize("schema", ["", "{", '{"$ref": "#/nowhere"}'])
def test_a_wrong_schema_is_refused_and_not_dropped(tmp_path: Path, schema: str) -> None:
    (tmp_path / "schema.json").write_text(schema)
    done = assistant("ask", "-m", "micro", "Hello", "--schema", str(tmp_path / "schema.json"))
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.slow
@NEEDS_LLAMA
def test_a_question_that_is_too_long_is_refused_and_not_cut() -> None:
    done = assistant("ask", "-m", "micro", stdin="word " * 20_000)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the window" in done.stderr


@pytest.mark.slow
@NEEDS_LLAMA
def test_an_attachment_that_does_not_fit_is_searched_and_that_is_said(tmp_path: Path) -> None:
    lines = [f"Line {n} speaks of nothing." for n in range(5_000)]
    lines[3_000] = "The heron nests in the old oak."
    (tmp_path / "long.txt").write_text("\n".join(lines))
    done = assistant("ask", "-m", "micro", "heron nests", "--attach", str(tmp_path / "long.txt"))
    assert done.returncode == 0, done.stderr
    assert "does not fit into the window" in done.stderr


def test_ctrl_c_in_a_slow_answer_keeps_what_came(tmp_path: Path) -> None:
    slow = script(tmp_path, {"text": "It begins "}, {"after": 50, "text": "late"})
    code, screen = on_terminal(["ask", "-m", slow, "go"], typed=[("It begins", b"\x03")])
    assert code == 130
    assert "It begins" in screen
    assert "stopped" in screen
    assert "Traceback" not in screen


def test_json_is_one_event_a_line(tmp_path: Path) -> None:
    model = script(tmp_path, {"reasoning": "hm"}, {"text": "four"}, {"finish": "length"})
    done = assistant("ask", "-m", model, "2+2?", "--json")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = ["route", "prompt", "reasoning", "text", "notice", "finished"]
    assert [e["event"] for e in events] == kinds
    assert (events[-1]["answer"], events[-1]["reason"]) == ("four", "length")
    assert events[-1]["usage"]["reasoning_tokens"] == 1


@pytest.mark.slow
def test_a_failure_is_a_message_with_its_exit_code_and_an_event(tmp_path: Path) -> None:
    model = script(tmp_path, {"text": "so far "}, {"error": "the card fell out"})
    done = assistant("ask", "-m", model, "go")
    assert (done.returncode, done.stdout) == (3, "so far \n")
    assert "the card fell out" in done.stderr
    done = assistant("ask", "-m", model, "go", "--json")
    error, last = map(json.loads, done.stdout.splitlines()[-2:])
    assert (done.returncode, error["event"], error["kind"]) == (3, "error", "EngineFailed")
    assert (last["event"], last["reason"], last["answer"]) == ("finished", "failed", "so far ")


@pytest.mark.slow
def test_nothing_that_a_model_writes_is_obeyed_by_a_terminal(tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\u202egnp\x9b31m\r\u200b"
    model = script(tmp_path, {"reasoning": evil}, {"text": f"a{evil}\n\tb👩\u200d🔬"})
    done = assistant("ask", "-m", model, "go")
    for stream in (done.stdout, done.stderr):
        assert not set(stream) & set("\x1b\x07\x9b\r\u202e\u200b")
    assert "\tb👩\u200d🔬" in done.stdout
    record = assistant("ask", "-m", model, "go", "--json").stdout
    assert not set(record) & set("\x1b\x07\x9b\u202e")


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["ask", "-m", "micro"], 2, "no question"),
        (["ask", "-m", "nosuch", "hi"], 2, "no model “nosuch”"),
        (["ask", "hi"], 2, "-m micro"),
        (["ask", "-m", "r1-qwen-1.5b", "hi"], 3, "assistant pull r1-qwen-1.5b"),
        (["ask", "-m", "micro", "hi", "--attach", "/no/such"], 2, "/no/such"),
        (["ask", "-m", "micro", "hi", "--kv", "q2"], 2, "q4_0"),
        (["ask", "-m", "micro", "hi", "--vote", "3", "--tools"], 2, "--vote does not go"),
        (["ask", "-m", "micro", "hi", "--context", "9000000"], 2, "--context"),
        (["ask", "-m", "scripted:/no/such", "hi"], 2, "/no/such"),
        (["ask", "--lang", "zh", "-m", "nosuch", "hi"], 2, "没有模型"),
    ],
)
def test_bad_input_says_what_to_do(args: list[str], code: int, said: str) -> None:
    done = assistant(*args)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert done.stdout == ""
