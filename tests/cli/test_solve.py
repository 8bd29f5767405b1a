"""The command as a user runs it, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command import assistant


def test_an_equation_is_solved_and_proved() -> None:
    done = assistant("solve", "2x + 3 = 11")
    assert done.returncode == 0
    assert "x = 4" in done.stdout
    assert "\x1b" not in done.stdout  # piped output is plain


@pytest.mark.slow
def test_the_command_alone_says_how_another_method_is_asked_for() -> None:
    assert "--method" in assistant("solve", "x^2 - 5x + 6 = 0").stdout
    assert "--method" in assistant("solve", "x + y = 3, x - y = 1").stdout
    assert "--method" in assistant("solve", "解方程 x^2 - 5x + 6 = 0").stdout
    assert "--method" not in assistant("solve", "--json", "x^2 - 5x + 6 = 0").stdout
    assert "--method" not in assistant("solve", "2x + 3 = 11").stdout


def test_json_follows_the_contract() -> None:
    record = json.loads(assistant("solve", "--json", "2x + 3 = 11").stdout)
    assert record["kind"] == "solve"
    assert record["answer"] == {"text": "4", "latex": "4", "srepr": "FiniteSet(Integer(4))"}
    assert record["verdict"] == "proved"
    assert record["error"] is None
    assert {s["verdict"] for s in record["steps"]} == {"proved"}


@pytest.mark.slow
def test_the_problem_comes_from_stdin_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "problem.txt"
    file.write_text("解方程 x + 1 = 3", encoding="utf-8")
    for done in (
        assistant("solve", "-", "--brief", stdin="x + 1 = 3"),
        assistant("solve", "--file", str(file), "--brief"),
    ):
        assert done.returncode == 0
        assert "x = 2" in done.stdout


@pytest.mark.parametrize("text", ["2x + * 3 = 1", "(x + 1", "hello world", ""])
def test_what_is_not_understood_is_said_and_ends_with_2(text: str) -> None:
    done = assistant("solve", text)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr


def test_the_caret_stands_under_the_place() -> None:
    lines = assistant("solve", "2x + * 3 = 1").stderr.splitlines()
    place = next(n for n, line in enumerate(lines) if "2x + * 3 = 1" in line)
    assert lines[place + 1].index("^") == lines[place].index("*")


@pytest.mark.slow
def test_a_time_limit_ends_with_4() -> None:
    assert assistant("solve", "x = factorial(10^9)", "--timeout", "1").returncode == 4


def test_a_missing_file_is_a_usage_error() -> None:
    done = assistant("solve", "--file", "/no/such/file")
    assert done.returncode == 2
    assert "/no/such/file" in done.stderr


def test_errors_speak_the_language_of_the_question() -> None:
    assert any("\u4e00" <= c <= "\u9fff" for c in assistant("solve", "解方程 2x + * 3 = 1").stderr)


BATCH = [
    {"id": "a", "input": "2x + 3 = 11", "extra": [1]},
    {"id": 2, "input": "2 +* 2"},
    "not json",
    {"id": "c"},
    {"id": "d", "input": "12/18 + 5/6", "task": "evaluate"},
    [1, 2],
    {"id": "e", "input": "x = 1", "task": "no such task"},
]


@pytest.mark.slow
def test_batch_answers_every_line_in_order() -> None:
    lines = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in BATCH)
    done = assistant("solve", "--batch", "-", "--jobs", "2", stdin=lines + "\n\n")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [r["id"] for r in records] == ["a", 2, None, "c", "d", None, "e"]
    assert [bool(r["error"]) for r in records] == [False, True, True, True, False, True, True]
    assert records[1]["error"]["code"] == "unreadable"
    assert records[1]["error"]["at"] == 3
    assert records[4]["answer"]["text"] == "3/2"
    assert all(isinstance(r["seconds"], float) for r in records)


def test_batch_answers_a_line_before_the_next_one_comes() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "solve", "--batch", "-", "--jobs", "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for n in (1, 2):
        process.stdin.write(json.dumps({"id": n, "input": f"x + {n} = 5"}) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["answer"]["text"] == str(5 - n)
    process.stdin.close()
    assert process.wait(10) == 0
    process.stdout.close()


@pytest.mark.slow
def test_a_closed_pipe_ends_the_command_quietly() -> None:
    rows = "\n".join(json.dumps({"id": n, "input": "x = 1"}) for n in range(2000))
    done = subprocess.run(
        f"{sys.executable} -m tui solve --batch - | head -n 1",
        shell=True,
        input=rows,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert json.loads(done.stdout)["id"] == 0
    assert done.stderr == ""


def test_hostile_text_reaches_the_terminal_escaped() -> None:
    done = assistant("solve", "x \x1b[31m\u202e = 2")
    assert done.returncode == 2
    assert not {"\x1b", "\u202e"} & set(done.stderr + done.stdout)
