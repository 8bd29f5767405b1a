"""The batch contract where the input is hostile, and the commands that have no other test."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from command import PROGRAM, assistant

HOSTILE = [
    rb'{"id": "\ud800", "input": "x = \ud800"}',
    rb'{"id": 1, "input": "\u0000x = 1"}',
    b'{"id": 2, "input": "\xff"}',
    b"[" * 50_000,
    b'{"id": [' + b"[" * 5_000 + b"]" * 5_000 + b'], "input": "x = 1"}',
    rb'{"id": 3, "input": "\u001b[31m"}',
    b'{"id": 4, "input": "x = 1"}' + b" " * 5_000_000,
    b'{"id": NaN, "input": "x = 1"}',
    b'{"id": 1e999, "input": "x = 1"}',
    b'{"id": 5, "input": "x = 1", "variable": 7}',
    b'{"id": 6, "input": ""}',
    b"null",
]
GOOD = b'{"id": "end", "input": "x + 1 = 3", "task": null, "more": {}}'


def records(*words: str, lines: list[bytes]) -> list[dict[str, Any]]:
    done = assistant(*words, "--batch", "-", stdin=b"\n".join(lines) + b"\n")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    return [json.loads(line, parse_constant=str) for line in done.stdout.split("\n") if line]


@pytest.mark.slow
def test_no_line_ends_the_run() -> None:
    found = records("solve", lines=[*HOSTILE, GOOD])
    assert len(found) == len(HOSTILE) + 1
    assert all(r["error"]["code"] == "unreadable" for r in found[:-1])
    assert found[0]["id"] == "\ud800"
    assert found[-1]["answer"]["text"] == "2"
    assert found[-1]["id"] == "end"


@pytest.mark.slow
def test_shells_of_windows_write_marks_and_utf_16() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        body = '{"id": 1, "input": "解方程 2x = 4"}\r\n{"id": 2, "input": "x = 1"}\r\n'
        done = assistant("solve", "--batch", "-", stdin=body.encode(encoding))
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert [(r["id"], r["answer"]["text"]) for r in found] == [(1, "2"), (2, "1")]


def test_a_line_that_is_no_record_is_said_in_the_readers_language() -> None:
    lines = b'[1\n{"input": 3}\n[]\n' + b"[" * 50_000 + b"\n"
    for locale, told in (("zh_CN.UTF-8", "不是可用的记录：第 4 个字符处不是 JSON"),
                         ("C.UTF-8", "not a usable record: no JSON at character 4")):  # fmt: skip
        done = assistant("equal", "--batch", "-", stdin=lines, LC_ALL=locale)
        found = [json.loads(line)["error"]["message"] for line in done.stdout.splitlines()]
        assert found[0] == told
        assert all(message.split(":")[0].split("：")[0] == told.split(":")[0].split("：")[0]
                   for message in found)  # fmt: skip


def test_a_line_without_an_end_takes_no_memory() -> None:
    process = subprocess.Popen(
        [*PROGRAM, "equal", "--batch", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    for _ in range(40):
        process.stdin.write(b"x" * 1_000_000)
    out, _ = process.communicate(timeout=60)
    assert json.loads(out)["error"]["code"] == "unreadable"


@pytest.mark.slow
def test_how_an_ambiguous_text_was_read_is_told() -> None:
    (found,) = records("solve", lines=[b'{"input": "1/2x = 4"}'])
    assert found["answer"]["text"] == "8"
    assert any("read as" in note for note in found["notes"])
    assert "read as" in assistant("solve", "1/2x = 4").stdout
    assert "读作" in assistant("solve", "解方程 1/2x = 4").stdout


@pytest.mark.slow
def test_a_pair_is_equal_different_or_undecided() -> None:
    found = records(
        "equal",
        lines=[
            b'{"id": 1, "gold": "1/2", "answer": "0.5"}',
            b'{"id": 2, "gold": "x + 1", "answer": "x + 2"}',
            b'{"id": 3, "gold": "1"}',
            b'{"id": 4, "gold": "1", "answer": "(("}',
        ],
    )
    assert [r["equal"] for r in found] == [True, False, None, None]
    assert all(set(r) >= {"id", "equal", "method", "seconds"} for r in found)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["solve", "x = 1"], 0),
        (["solve", "x = 1", "--strict"], 0),
        (["equal", "1/2", "0.5"], 0),
        (["equal", "1/2", "0.6"], 1),
        (["equal", "1/2", "0.6", "--json"], 1),
        (["solve", "x = ("], 2),
        (["solve", "x = 1", "--batch", "-"], 2),
        (["check", "--problem", "x = 1", "--batch", "-"], 2),
        (["equal", "1", "1", "--batch", "-"], 2),
        (["solve", "x = factorial(10^9)", "--timeout", "0.5"], 4),
        (["solve", "x = factorial(10^9)", "--memory", "300M", "--timeout", "3"], 4),
    ],
)
def test_exit_codes(words: list[str], code: int) -> None:
    assert assistant(*words).returncode == code


def test_json_and_a_page_come_together(tmp_path: Any) -> None:
    page = tmp_path / "page.html"
    done = assistant("solve", "x = 1", "--json", "--html", str(page))
    assert json.loads(done.stdout)["verdict"] == "proved"
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.slow
def test_reasons_are_in_the_language_of_the_work() -> None:
    lines = [
        '{"steps": ["2x = 8", "x = 5"], "problem": "解方程 2x = 8"}'.encode(),
        b'{"steps": ["2x = 8", "x = 5"]}',
    ]
    zh, en = records("check", lines=lines)
    assert "不满足上一行" in zh["verdicts"][1]["why"]
    assert "does not satisfy the line before" in en["verdicts"][1]["why"]


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        (("1/2", "0.5"), "相同（代数数的精确运算）"),
        (("sin(x)", "x"), "不同（在 x = 3/7 处不同）"),
        (("3", "{1, 2}"), "不同（"),
    ],
)
def test_a_comparison_is_explained_in_chinese(pair: tuple[str, str], told: str) -> None:
    assert assistant("equal", *pair, "--lang", "zh").stdout.startswith(told)
