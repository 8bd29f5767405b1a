"""``assistant run --tests`` for other languages than Python: what a user sees."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import confined
import pytest
from command import assistant

from assistant.cli.diagnostics import Exit

TESTS = "#include <assert.h>\nint main(void) {\n  assert(next(2147483647) != 0);\n  return 0;\n}\n"
CASES = (
    "CREATE TABLE people(name TEXT, age INT);\n"
    "INSERT INTO people VALUES ('Ann', 41), ('Bob', 12);\n"
    "-- test: grown up\n-- expect:\n-- Ann\n"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    confined.policy()
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


@pytest.mark.slow
def test_tests_in_c_are_run_and_what_the_sanitizers_see_is_told(tmp_path: Path) -> None:
    if shutil.which("gcc") is None:
        pytest.skip("gcc is not installed here")
    program = written(tmp_path, "next.c", "int next(int n)\n{\n  int u;\n  return n + 1;\n}\n")
    done = assistant("run", program, "--tests", written(tmp_path, "t.c", TESTS), "--lang", "en")
    told = (done.returncode, done.stdout.splitlines()[-1])
    assert told == (Exit.REFUTED, "passed 0 of 1")  # it gave what was wanted, by chance
    assert "next.c:4: UBSan: signed integer overflow" in done.stdout
    assert "next.c:3:7: the compiler warns: unused variable" in done.stderr
    assert "undefined behaviour on line 4 (UBSan): signed integer overflow" in done.stderr


def test_cases_of_sql_are_run(tmp_path: Path) -> None:
    cases = written(tmp_path, "cases.sql", CASES)
    query = written(tmp_path, "query.sql", "SELECT name FROM people;\n")
    done = assistant("run", query, "--tests", cases, "--json")
    assert done.returncode == Exit.REFUTED
    (result,) = json.loads(done.stdout)["tests"]["results"]
    assert (result["name"], result["outcome"]) == ("grown up", "failed")
    assert result["detail"] == "gave [(Ann), (Bob)]\nexpected [(Ann)]"


def test_a_language_whose_tests_cannot_be_run_is_named(tmp_path: Path) -> None:
    script = written(tmp_path, "a.sh", "echo 1\n")
    done = assistant("run", script, "--tests", script, "--lang", "zh")
    assert done.returncode == Exit.USAGE
    assert "目前只能运行 Python、C、C++ 和 SQL 的测试文件" in done.stderr
