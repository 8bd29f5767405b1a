"""``assistant code --review``: a change told by what our tools find, and by a model after it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import confined
import pytest
from command import assistant, on_terminal

from assistant.cli.diagnostics import Exit
from assistant.cli.main import run
from assistant.coding.diffs import difference
from assistant.coding.sandbox.policy import Policy, Way
from runtimes.texts import Text

BEFORE = """from rates import RATE


def mean(items):
    return sum(items) / len(items)


def taxed(n):
    return n * RATE


def kept(n):
    return n + 1
"""
AFTER = BEFORE.replace(
    "    return sum(items) / len(items)", "    return sum(items) / (len(items) or 1)"
).replace("n + 1", "1 + n  # the same")
TESTS = """from prices import mean, kept

def test_mean():
    assert mean([1, 3]) == 2

def test_none():
    assert mean([]) == 0

def test_kept():
    assert kept(1) == 2
"""
REVIEW = """It guards against an empty list.

- prices.py:5: `return sum(items) / (len(items) or 1)` hides the empty list.
- prices.py:99: this is wrong.
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    confined.policy()
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    here = tmp_path / "project"
    here.mkdir()
    (here / "prices.py").write_text(AFTER)
    (here / "rates.py").write_text("RATE = 3\n")
    (here / "tests.py").write_text(TESTS)
    monkeypatch.chdir(here)
    return here


def change(folder: Path, before: str = BEFORE, after: str = AFTER, name: str = "prices.py") -> str:
    """The name of a file that holds the diff."""
    path = folder.parent / "change.diff"
    path.write_text(difference(name, before, after))
    return str(path)


def state(folder: Path) -> dict[str, bytes]:
    """Every file of the project."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def events(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, list[Any]]:
    """The exit code and the records of ``--json``."""
    code = run(["code", *words, "--json", "--lang", "en"])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.slow
def test_a_change_is_told_by_what_is_found_and_nothing_on_the_disk_changes(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(home)
    code = run(["code", "--review", change(home), "--tests", "tests.py", "--lang", "en"])
    out, err = capsys.readouterr()
    assert code == Exit.OK
    assert "prices.py (+2 −2)" in out
    assert "line 5: +1 −1 · mean" in out
    assert (
        "mean behaves differently: mean([]) raised ZeroDivisionError: division by zero, "
        "and now gives 0.0" in out
    )
    assert "kept: no difference found on " in out
    assert "that is no proof" in out
    assert "≈ tests of prices.py: 1 failed and 2 of 3 passed before, passed 3 of 3 after" in out
    assert "with a model" in err
    assert "✓" not in out
    assert state(home) == before


def test_the_same_in_chinese(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", "--review", change(home), "--lang", "zh"]) == Exit.OK
    out, err = capsys.readouterr()
    assert (
        "mean 的行为改变：mean([]) 原来引发 ZeroDivisionError: division by zero，现在得到 0.0"
        in out
    )
    assert "没有发现差异；这不是证明" in out
    assert "指定模型" in err


@pytest.mark.slow
def test_what_the_change_breaks_is_the_exit_code(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = events(["--review", change(home, AFTER, BEFORE), "--tests", "tests.py"], capsys)
    assert code == Exit.REFUTED  # the file on the disk is the one before this change
    assert found[0]["functions"][0]["difference"]["after"].startswith("raised ZeroDivisionError")
    assert found[1]["newly_failing"] == ["test_none"]
    assert (found[-1]["event"], found[-1]["verdict"]) == ("finished", "failed")
    code, found = events(["--review", change(home, AFTER, "def mean(:\n")], capsys)
    assert code == Exit.REFUTED
    assert found[0]["broken"]
    assert found[0]["findings"][0]["kind"] == "syntax"
    assert run(["code", "--review", change(home, AFTER, "def mean(:\n"), "--lang", "en"]) == 1
    assert "✗ it cannot be run after this change: prices.py:1:10" in capsys.readouterr().out


def test_modules_beside_the_file_are_as_they_were_on_each_side(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = difference("rates.py", "RATE = 2\n", "RATE = 3\n") + difference(
        "prices.py", AFTER.replace("n * RATE", "RATE * n"), AFTER
    )
    (home.parent / "both.diff").write_text(both)
    code, found = events(["--review", str(home.parent / "both.diff")], capsys)
    assert code == Exit.OK
    (taxed,) = found[1]["functions"]
    assert taxed["function"] == "taxed"
    assert (taxed["difference"]["before"], taxed["difference"]["after"]) == ("2", "3")


def test_a_module_that_gets_another_name_is_found_by_each_side(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    after = AFTER.replace("from rates import", "from fees import")
    (home / "prices.py").write_text(after)
    (home / "rates.py").unlink()
    (home / "fees.py").write_text("RATE = 4\n")
    text = (
        difference("rates.py", "RATE = 3\n", "").replace("+++ b/rates.py", "+++ /dev/null")
        + difference("fees.py", "", "RATE = 4\n").replace("--- a/fees.py", "--- /dev/null")
        + difference("prices.py", AFTER, after)
    )
    (home.parent / "moved.diff").write_text(text)
    code, found = events(["--review", str(home.parent / "moved.diff")], capsys)
    assert code == Exit.OK
    (taxed,) = found[2]["functions"]
    assert (taxed["difference"]["before"], taxed["difference"]["after"]) == ("3", "4")


def test_comments_and_layout_are_no_change(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = events(["--review", change(home, AFTER.replace("  # the same", ""))], capsys)
    assert code == Exit.OK
    assert found[0]["same"]
    assert found[0]["functions"] == []


@pytest.mark.slow
def test_a_model_is_told_the_facts_and_its_remarks_are_tied(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = home.parent / "script.jsonl"
    lines = [{"reasoning": "Hm."}, {"text": REVIEW}]
    script.write_text("\n".join(map(json.dumps, lines)))
    model = ["-m", f"scripted:{script}"]
    code, found = events(["--review", change(home), *model], capsys)
    assert code == Exit.OK
    (remarked,) = [event for event in found if event["event"] == "remarks"]
    whole, right, wrong = remarked["remarks"]
    assert not whole["places"]
    assert [(at["file"], at["line"], at["sign"]) for at in right["places"]] == [
        ("prices.py", 5, "+")
    ]
    assert wrong["not_in_the_diff"] == ["prices.py:99"]
    assert found[-1]["answer"] == REVIEW
    assert run(["code", "--review", change(home), *model, "--lang", "en"]) == Exit.OK
    out, _ = capsys.readouterr()
    assert (
        out.index("behaves differently") < out.index("the model's review") < out.index("It guards")
    )
    assert "→ prices.py:5 (new)" in out
    assert "names what is not in the diff: prices.py:99" in out
    assert run(["history", "--json"]) == Exit.OK
    assert "prices.py" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "stdin", "said"),
    [
        (["--review", "-"], "no diff\n", "no unified diff"),
        (["--review", "-"], "--- a/f\n+++ b/f\n@@ -1,3 +1,3 @@\n x\n", "cut off"),
        (["--review", "nowhere.diff"], "", "cannot read the diff"),
        (["--review", "-", "--tests", "-"], "x", "cannot both"),
        (["--review", "-", "--fix", "f.py"], "x", "--fix"),
    ],
)
def test_what_cannot_be_reviewed_is_said(
    words: list[str],
    stdin: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
    assert run(["code", *words, "--lang", "en"]) == Exit.USAGE
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""


def test_a_diff_is_piped_in_and_an_empty_one_is_no_fault(home: Path) -> None:
    done = assistant("code", "--review", "--lang", "en")
    assert (done.returncode, done.stdout) == (Exit.OK, "")
    assert "nothing changes" in done.stderr


def test_a_terminal_is_not_waited_for(home: Path) -> None:
    code, shown = on_terminal(["code", "--review", "--lang", "en"])
    assert code == Exit.USAGE
    assert "git diff | assistant code --review" in shown


def test_a_hostile_diff_reads_and_shows_nothing_it_should_not(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home.parent / "secret.py").write_text(BEFORE)
    evil = difference("../secret.py", BEFORE, AFTER) + difference("x\x1b[2J\u202e.py", "a\n", "b\n")
    (home.parent / "evil.diff").write_text(evil)
    assert run(["code", "--review", str(home.parent / "evil.diff"), "--lang", "en"]) == Exit.OK
    out, err = capsys.readouterr()
    assert "out of this folder" in out
    assert "behaves differently" not in out
    assert "\x1b" not in out + err
    assert "\u202e" not in out + err


def test_without_isolation_the_rest_is_told_all_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking = Policy(Way.LOOSE, (), Text("there is none", "没有"))
    monkeypatch.setattr("assistant.coding.sandbox.policy.examine", lambda: lacking)
    monkeypatch.setattr("assistant.coding.sandbox.examine", lambda: lacking)
    words = ["code", "--review", change(home), "--lang", "en"]
    assert run(words) == Exit.OK
    out, _ = capsys.readouterr()
    assert "mean was not compared: nothing was run: there is none" in out
    assert run([*words, "--strict"]) == Exit.UNDECIDED
    assert run([*words, "--tests", "tests.py"]) == Exit.UNAVAILABLE


def test_a_long_change_is_reviewed_in_parts(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "long.py").write_text("".join(f"value_{n} = {n}\n" for n in range(900)))
    text = difference("long.py", "", (home / "long.py").read_text())
    (home.parent / "long.diff").write_text(text.replace("--- a/long.py", "--- /dev/null"))
    script = home.parent / "script.jsonl"
    answers = [[{"text": f"No {n}."}, {"next": True}] for n in range(1, 4)]
    script.write_text("\n".join(json.dumps(line) for answer in answers for line in answer))
    words = ["--review", str(home.parent / "long.diff"), "-m", f"scripted:{script}", "--no-run"]
    code, found = events(words, capsys)
    assert code == Exit.OK
    asked = [event for event in found if event["event"] == "attempt"]
    assert [(event["number"], event["most"]) for event in asked] == [(1, 2), (2, 2)]
    shown = [span for event in asked for span in event["shown"]]
    assert (shown[0]["first"], shown[-1]["last"]) == (1, 900)
    assert (found[-1]["answer"], found[-1]["not_shown"]) == ("No 1.\n\nNo 2.", [])
    assert run(["code", *words, "--lang", "zh"]) == Exit.OK
    out, _ = capsys.readouterr()
    assert "第 2/2 部分：long.py:" in out
