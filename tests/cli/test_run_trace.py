"""``assistant run`` looking closer: tracing, growth, made-up examples, small faults."""

from __future__ import annotations

import json
from pathlib import Path

import confined
import pytest

from assistant.cli.diagnostics import Exit
from assistant.cli.main import run

CODE = """def fact(n):
    if n <= 1:
        return 1
    return n * fact(n - 1)

def mean(xs: list[float]) -> float:
    return sum(xs) / len(xs)

def loses(items: list[int]) -> list[int]:
    return sorted(set(items))

def pairs(items: list[int]) -> int:
    return sum(a == b for a in items for b in items)

def brute(items):
    return sorted(items)

if __name__ == "__main__":
    print("\\x1b[2J")
    mean([])
"""
TESTS = """from program import fact

def test_fact():
    assert fact(3) == 6

def by_hand(items):
    return sorted(items)
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    confined.policy()
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    (tmp_path / "program.py").write_text(CODE)
    (tmp_path / "tests.py").write_text(TESTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_call_is_shown_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["run", "program.py", "--call", "fact(2)", "--lang", "en"]) == Exit.OK
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0].split() == ["line", "source", "values"]
    assert "given n = 2" in lines[1]
    assert lines[3].split()[1] == "│"
    assert "returns 1" in lines[4]
    assert lines[-1] == "fact(2) gave 2"
    assert "could tell anything" in err


def test_a_function_on_one_line_is_traced_as_any_other(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "short.py").write_text(
        "def double(x): return x * 2\nadd = lambda a, b: a + b\n\nprint(double(add(1, 2)))\n"
    )
    assert run(["run", "short.py", "--call", "double(3)", "--lang", "en"]) == Exit.OK
    assert "given x = 3 · returns 6" in capsys.readouterr().out
    assert run(["run", "short.py", "--trace", "--lang", "en"]) == Exit.OK
    out, _ = capsys.readouterr()
    assert "given a = 1, b = 2 · returns 3" in out
    assert "given x = 3 · returns 6" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--call", "fact("], "'(' was never closed, at character 5"),
        (["--call", "1 +"], "the call 1 + is no expression"),
        (["--growth", "O(n)"], "--growth FUNCTION --expect 'O(n)'"),
        (["--growth", "fact(5)"], "--growth fact; to trace this one call: --call 'fact(5)'"),
        (["--try", "fact(5)"], "--try fact; to trace this one call: --call 'fact(5)'"),
        (["--try", "2 names"], "2 names is none"),
        (["--try", "fcat"], "no function fcat in the file; it has fact, "),
        (["--try", "fact", "--against", "idempotant"], "idempotent, same-items"),
        (["--try", "fact", "--against", "back:nothing"], "no function nothing"),
    ],
)
def test_a_name_or_a_call_of_the_wrong_form_is_told_how_it_is_meant(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["run", "program.py", *words, "--lang", "en"]) == Exit.USAGE
    out, err = capsys.readouterr()
    assert said in err
    assert "unknown" not in err
    assert out == ""


def test_a_trace_is_not_offered_for_what_cannot_be_read(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "bad.py").write_text("def f(:\n    pass\n")
    assert run(["run", "bad.py", "--lang", "en"]) == Exit.REFUTED
    err = capsys.readouterr().err
    assert "line 1" in err
    assert "--trace" not in err
    (home / "late.py").write_text("def f():\n    return 1 / 0\n\nf()\n")
    assert run(["run", "late.py", "--lang", "en"]) == Exit.REFUTED
    assert "--trace" in capsys.readouterr().err


def test_what_went_wrong_is_explained_in_both_languages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["run", "program.py", "--trace", "--lang", "zh"]) == Exit.REFUTED
    out = capsys.readouterr().out
    assert "除数为零" in out
    assert "`xs` 是空的" in out
    assert "第 7 行" in out
    assert "\x1b" not in out
    assert run(["run", "program.py", "--trace", "--lang", "en"]) == Exit.REFUTED
    assert "something was divided by zero\n`xs` is empty\n" in capsys.readouterr().out


def test_the_record_of_a_trace(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["run", "program.py", "--call", "mean([])", "--json"]) == Exit.REFUTED
    record = json.loads(capsys.readouterr().out)
    assert (record["verdict"], record["exit"]) == ("failed", 1)
    told = record["trace"]
    assert told["call"] == "mean([])"
    assert told["value"] is None
    assert told["steps"][0]["given"] == {"xs": "[]"}
    assert told["steps"][0]["end"] == "raised"
    assert told["raised"]["kind"] == "ZeroDivisionError"
    assert told["raised"]["frames"][-1]["variables"] == {"xs": "[]"}


def test_made_up_examples(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", "program.py", "--lang", "en", "--try"]
    assert run([*words, "loses", "--against", "sorted"]) == Exit.REFUTED
    assert "and [0, 0] was expected" in capsys.readouterr().out.replace("1, 1", "0, 0")
    assert run([*words, "loses", "--against", "by_hand", "--tests", "tests.py"]) == Exit.REFUTED
    assert run([*words, "mean", "--against", "statistics.mean"]) == Exit.OK
    assert "that is no proof" in capsys.readouterr().out
    assert run([*words, "loses", "--against", "no_such"]) == Exit.USAGE
    capsys.readouterr()
    assert run([*words, "loses", "--against", "same-length", "--json"]) == Exit.REFUTED
    record = json.loads(capsys.readouterr().out)
    assert record["verdict"] == "failed"
    assert record["property"]["failing"]["call"].startswith("loses([")
    assert run(["run", "program.py", "--lang", "zh", "--try", "mean"]) == Exit.REFUTED
    assert "应满足：不抛出异常" in capsys.readouterr().out


@pytest.mark.slow
def test_small_faults(capsys: pytest.CaptureFixture[str]) -> None:
    (Path.cwd() / "program.py").write_text(
        "def fact(n):\n    if n <= 1:\n        n = 1\n    return n * 2\n"
    )
    words = ["run", "program.py", "--tests", "tests.py", "--mutate", "--time", "5"]
    assert run([*words, "--json"]) == Exit.OK
    record = json.loads(capsys.readouterr().out)["mutation"]
    assert record["tried"] == record["noticed"] + len(record["survivors"]) > 4
    assert record["survivors"][0]["before"] == "    if n <= 1:"
    (Path.cwd() / "tests.py").write_text(TESTS.replace("6", "7"))
    assert run([*words, "--lang", "zh"]) == Exit.UNDECIDED
    assert "没有通过测试" in capsys.readouterr().out


@pytest.mark.slow
def test_growth(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", "program.py", "--growth", "pairs", "--time", "5"]
    assert run([*words, "--expect", "O(n)", "--lang", "en"]) == Exit.REFUTED
    out = capsys.readouterr().out
    assert "pairs grows like n^2" in out
    assert "does not agree with O(n)" in out
    assert "× " in out


@pytest.mark.slow
def test_the_record_of_growth(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["run", "program.py", "--growth", "pairs", "--json"]) == Exit.OK
    record = json.loads(capsys.readouterr().out)
    assert record["verdict"] == "not asked"
    assert "O(n^2)" in record["growth"]["plausible"]
    assert record["growth"]["series"][0]["points"][0]["seconds"] > 0


@pytest.mark.parametrize(
    "words",
    [
        ["--expect", "O(n)"],
        ["--against", "sorted"],
        ["--mutate"],
        ["--growth", "pairs", "--expect", "O(n!)"],
        ["--growth", "no_such"],
        ["--trace", "--growth", "pairs"],
        ["--trace", "--tests", "tests.py"],
        ["--growth", "pairs", "--call", "f(1)"],
        ["--call", "f("],
        ["--try", "no_such"],
        ["--try", "fact", "--mutate"],
        ["--trace", "--lang", "sh"],
        ["--growth", "f", "--lang", "sh"],
    ],
)
def test_options_that_do_not_go_together_are_said(words: list[str]) -> None:
    assert run(["run", "program.py", *words]) == Exit.USAGE


def test_a_file_that_breaks_off_before_the_call_is_told(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "broken.py").write_text("def f(n): return n\nf(1)[0]\n")
    words = ["run", "broken.py", "--trace", "--call", "f(2)"]
    assert run([*words, "--lang", "en"]) == Exit.REFUTED
    assert "breaks off while it is loaded, before the call" in capsys.readouterr().out
    assert run([*words, "--lang", "zh"]) == Exit.REFUTED
    assert "在加载时就中断" in capsys.readouterr().out
