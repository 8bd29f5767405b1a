"""``assistant check`` as a user runs it, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def assistant(*args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", *args],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


def test_the_first_wrong_line_is_named_with_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "work.txt"
    file.write_text("2x + 3 = 11\n2x = 8\nx = 5\n", encoding="utf-8")
    done = assistant("check", str(file))
    assert done.returncode == 1
    assert "line 3" in done.stdout
    assert "x = 5 does not satisfy the line before: there x = 4" in done.stdout
    assert "\x1b" not in done.stdout


def test_chinese_work_is_marked_in_chinese() -> None:
    work = "3×2=6（元）\n12-6=5（元）\n答：还剩5元。\n"
    done = assistant("check", "-", stdin=work)
    assert done.returncode == 1
    assert "第一处错误在第 2 行" in done.stdout
    assert "左边是 6，右边是 5" in done.stdout


def test_right_work_exits_with_zero_and_the_problem_counts() -> None:
    done = assistant("check", "-", "--problem", "Solve 2x = 8", stdin="x = 4\n")
    assert done.returncode == 0, done.stdout
    done = assistant("check", "-", "--problem", "Solve 2x = 8", stdin="x = 3\n")
    assert done.returncode == 1


def test_strict_asks_for_a_proof_of_every_claim() -> None:
    assert assistant("check", "-", "--strict", stdin="2/3 = 0.66\n").returncode == 5


def test_no_lines_and_no_file_are_usage_errors(tmp_path: Path) -> None:
    assert assistant("check", "-", stdin="\n").returncode == 2
    assert assistant("check", str(tmp_path / "missing.txt")).returncode == 2


def test_batch_follows_the_contract() -> None:
    rows = [
        {"id": 1, "steps": ["2x = 8", "x = 4"]},
        {"id": 2, "problem": "How much?", "steps": ["She pays 3 x $4 = $13.", "13"]},
        {"id": 3, "steps": "no list"},
        {"id": 4, "steps": []},
    ]
    done = assistant("check", "--batch", "-", stdin="\n".join(map(json.dumps, rows)))
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["id"] for r in out] == [1, 2, 3, 4]
    assert [r["first_wrong_step"] for r in out] == [None, 0, None, None]
    assert out[0]["verdicts"][1]["verdict"] == "proved"
    assert out[1]["verdicts"][0]["witness"] == "3*4 = 13: 12 ≠ 13"
    assert out[1]["decided"] == 1
    assert out[2]["error"]["code"] == "unreadable"
    assert out[3]["verdicts"] == []


def test_work_in_the_place_of_a_file_is_told_the_way() -> None:
    done = assistant("check", "3x = 12")
    assert done.returncode == 2
    assert "assistant check -" in done.stderr
    assert "请用管道输入" in assistant("check", "解方程 3x = 12").stderr
    assert "check -" not in assistant("check", "nofile.txt").stderr
