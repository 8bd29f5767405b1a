"""``assistant run``: what a user sees."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import confined
import pytest
from command import PROGRAM, assistant

from assistant.cli import run as command
from assistant.cli.diagnostics import Exit
from assistant.cli.main import run as run_command
from assistant.coding.sandbox.policy import Policy, Way
from assistant.coding.sandbox.types import Layer
from runtimes.texts import Text

RIGHT = "def double(x):\n    return 2 * x\n\nif __name__ == '__main__':\n    print(double(21))\n"
TESTS = """from program import double

def test_double():
    print('tried')
    assert double(4) == 8
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    confined.policy()
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    return tmp_path


def written(folder: Path, **files: str) -> str:
    """Files in a folder; the result is the path of the first."""
    paths = []
    for name, text in files.items():
        paths.append(folder / name.replace("_", "."))
        paths[-1].write_text(text, encoding="utf-8")
    return str(paths[0])


def test_a_program_is_run_and_its_output_is_the_output(tmp_path: Path) -> None:
    done = assistant("run", written(tmp_path, program_py=RIGHT), "--lang", "en")
    assert (done.returncode, done.stdout) == (Exit.OK, "42\n")
    assert "exit status 0" in done.stderr
    assert "seccomp" in done.stderr


def test_a_program_that_fails(tmp_path: Path) -> None:
    done = assistant("run", written(tmp_path, program_py="1 / 0"), "--lang", "zh")
    assert done.returncode == Exit.REFUTED
    assert "ZeroDivisionError" in done.stderr
    assert "退出状态 1" in done.stderr
    assert "除数为零" in done.stderr
    assert "--trace" in done.stderr


def test_the_record_has_the_fields_that_are_promised(tmp_path: Path) -> None:
    path = written(tmp_path, program_py="import sys\nprint(input(), sys.argv[1:])")
    (tmp_path / "in.txt").write_text("hello\n")
    done = assistant("run", path, "one", "--json", "--stdin", str(tmp_path / "in.txt"))
    record = json.loads(done.stdout)
    assert record["verdict"] == "passed"
    assert record["stdout"] == "hello ['one']\n"
    assert (record["exit"], record["stderr"], record["limits"], record["tests"]) == (
        0,
        "",
        [],
        None,
    )
    assert {"rlimits", "seccomp"} <= set(record["isolation"])
    assert 0 < record["seconds"] < 10


def test_tests_pass_and_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, program_py=RIGHT, tests_py=TESTS)
    words = ["run", path, "--tests", str(tmp_path / "tests.py"), "--lang", "en"]
    assert run_command(words) == Exit.OK
    assert "passed 1 of 1" in capsys.readouterr().out
    written(tmp_path, program_py=RIGHT.replace("2 * x", "x * x + 1"))
    assert run_command(words) == Exit.REFUTED
    out = capsys.readouterr().out
    assert "double(4) gave 17" in out
    assert "assert double(4) == 8" in out
    assert run_command([*words, "--json"]) == Exit.REFUTED
    record = json.loads(capsys.readouterr().out)
    assert (record["verdict"], record["stdout"]) == ("failed", "tried\n")
    assert (record["tests"]["passed"], record["tests"]["total"]) == (0, 1)
    assert record["tests"]["results"][0]["name"] == "test_double"


def test_an_object_that_would_judge_itself_is_not_decided(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = "class E:\n    def __eq__(self, other): return True\ndef double(x): return E()"
    path = written(tmp_path, program_py=evil, tests_py=TESTS)
    words = ["run", path, "--tests", str(tmp_path / "tests.py"), "--lang", "zh"]
    assert run_command(words) == Exit.UNDECIDED
    assert "通过 0/1" in capsys.readouterr().out


OWN = "def double(x):\n    return 2 * x\n\n\nassert double(1) == %d\n"


def test_a_test_of_the_programs_own_is_told_from_yours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, program_py=OWN % 2, tests_py=TESTS)
    words = ["run", path, "--tests", str(tmp_path / "tests.py"), "--lang", "en"]
    assert run_command(words) == Exit.OK
    out, err = capsys.readouterr()
    assert "passed 1 of 1" in out
    assert "program.py also holds tests of its own; they are not yours" in err
    written(tmp_path, program_py=OWN % 3)
    assert run_command([*words[:-1], "zh"]) == Exit.REFUTED
    assert "第 5 行是程序自带的测试，不是你的测试" in capsys.readouterr().err
    written(tmp_path, program_py=RIGHT)
    assert run_command(words) == Exit.OK
    assert "of its own" not in capsys.readouterr().err


UNJUDGED = """from program import double

def test_idle(): double(1)
def test_also_idle(): double(2)
def test_returns(): return double(2) == 4
def test_returns_too(): return double(3) == 6
def test_right(): assert double(4) == 8
"""


def test_every_test_that_is_not_judged_is_told_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, program_py=RIGHT, tests_py=UNJUDGED)
    words = ["run", path, "--tests", str(tmp_path / "tests.py"), "--lang", "en"]
    assert run_command(words) == Exit.UNDECIDED
    err = capsys.readouterr().err
    assert "test_idle ends without having checked anything" in err
    assert "test_also_idle ends without having checked anything" in err
    assert err.count("test_returns, test_returns_too: a test returns a value") == 1
    assert run_command([*words, "--json"]) == Exit.UNDECIDED
    results = json.loads(capsys.readouterr().out)["tests"]["results"]
    assert [result["why"] is not None for result in results] == [True] * 4 + [False]


@pytest.mark.parametrize(
    ("name", "text", "options", "limit"),
    [
        ("loop.py", "while True: pass", ["--time", "0.5"], "time"),
        ("flood.py", "while True: print('x' * 1000)", [], "output"),
    ],
)
def test_a_limit_is_told(
    name: str,
    text: str,
    options: list[str],
    limit: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / name).write_text(text)
    assert run_command(["run", str(tmp_path / name), "--json", *options]) == Exit.REFUTED
    record = json.loads(capsys.readouterr().out)
    assert (record["verdict"], record["limits"]) == ("failed", [limit])


def test_memory_is_limited_as_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, program_py="print(len(bytearray(200 << 20)))")
    assert run_command(["run", path]) == Exit.OK
    assert run_command(["run", path, "--memory", "100M"]) == Exit.REFUTED
    assert "MemoryError" in capsys.readouterr().err


def test_the_language_is_that_of_the_name_or_of_the_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, program_sql="select 6 * 7 as answer")
    assert run_command(["run", path]) == Exit.OK
    assert capsys.readouterr().out == "answer\n42\n"
    bare = tmp_path / "program"
    bare.write_text("print(6 * 7)")
    assert run_command(["run", str(bare), "--lang", "en"]) == Exit.USAGE
    assert "--lang" in capsys.readouterr().err
    assert run_command(["run", str(bare), "--lang", "python", "--lang", "zh"]) == Exit.OK
    out, err = capsys.readouterr()
    assert out == "42\n"
    assert "退出状态" in err
    assert run_command(["run", str(bare), "--lang", "cobol"]) == Exit.USAGE


def test_a_program_may_come_from_standard_input() -> None:
    assert assistant("run", "-", "--lang", "py", stdin="print(1)").stdout == "1\n"


@pytest.mark.parametrize(
    "words",
    [
        ["run", "there-is-no-such.py"],
        ["run"],
        ["run", "x.py", "--time", "0"],
        ["run", "x.py", "--memory", "1K"],
        ["run", "x.py", "--tests", "none.py"],
        ["run", "x.py", "--stdin", "none.txt"],
    ],
)
def test_what_cannot_be_used_is_said(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.py").write_text("print(1)")
    assert run_command(words) == Exit.USAGE


def test_tests_without_a_test_are_a_fault_of_the_input(tmp_path: Path) -> None:
    path = written(tmp_path, program_py=RIGHT, tests_py="x = 1")
    assert run_command(["run", path, "--tests", str(tmp_path / "tests.py")]) == Exit.USAGE


def lacking() -> Policy:
    return Policy(Way.LOOSE, (Layer.RLIMITS,), Text("no wall", "没有墙"))


def test_without_isolation_nothing_runs_unless_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("assistant.coding.sandbox.examine", lacking)
    path = written(tmp_path, program_py="print(6 * 7)")
    assert run_command(["run", path, "--json", "--lang", "en"]) == Exit.UNAVAILABLE
    out, err = capsys.readouterr()
    record = json.loads(out)
    assert (record["verdict"], record["exit"], record["isolation"]) == ("not run", None, [])
    assert "no wall" in err
    assert "--unsafe" in err
    assert run_command(["run", path, "--unsafe", "--lang", "en"]) == Exit.OK
    out, err = capsys.readouterr()
    assert out == "42\n"
    assert "WARNING: not isolated" in err


def test_an_escape_sequence_reaches_a_file_and_no_terminal() -> None:
    assert command._shown("\x1b[2J", terminal=False) == "\x1b[2J"
    assert "\x1b" not in command._shown("\x1b[2J\u202e", terminal=True)


@pytest.mark.parametrize(("options", "processes"), [([], 4), (["--tests", "tests.py"], 7)])
def test_ctrl_c_ends_the_program_and_all_that_it_started(
    options: list[str], processes: int, tmp_path: Path
) -> None:
    path = written(tmp_path, program_py="import time\ntime.sleep(99)", tests_py=TESTS)
    others = confined.children()  # of other tests
    process = subprocess.Popen(
        [*PROGRAM, "run", path, *options],
        cwd=tmp_path,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    before = time.monotonic()
    while len(confined.children() - others) < processes and time.monotonic() - before < 20:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == Exit.INTERRUPTED
    assert b"Traceback" not in err
    assert not confined.children() - others


def test_the_help_is_there_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["run", "--help", "--lang", "zh"]) == Exit.OK
    assert "沙盒" in capsys.readouterr().out
    assert run_command(["run", "--help", "--lang", "en"]) == Exit.OK
    assert "--tests" in capsys.readouterr().out
