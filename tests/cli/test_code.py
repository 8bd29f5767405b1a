"""``assistant code`` as a user runs it, with models that err first."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path

import confined
import pytest
from command import assistant, on_terminal

from assistant.cli.diagnostics import Exit
from assistant.cli.main import run as run_command
from assistant.coding.sandbox.policy import Policy, Way
from runtimes.texts import Text

TWO_SUM = """I keep what was seen.

```python
def two_sum(nums, target):
    seen = {}
    for i, x in enumerate(nums):
%s
```
"""
HASTY = TWO_SUM % (
    "        seen[x] = i\n        if target - x in seen:\n            return [seen[target - x], i]"
)
RIGHT = TWO_SUM % (
    "        if target - x in seen:\n            return [seen[target - x], i]\n        seen[x] = i"
)
SLOW = """```python
def two_sum(nums, target):
    for i in range(len(nums)):
        for j in range(i + 1, len(nums)):
            if nums[i] + nums[j] == target:
                return [i, j]
```
"""
ASKED = (
    "Write two_sum(nums, target). two_sum([2, 7, 11, 15], 9) == [0, 1]; "
    "two_sum([3, 2, 4], 6) == [1, 2]"
)
SORT = "```python\ndef quick_sort(items):\n    if len(items) < 2:\n        return items\n%s```\n"
LOSING = SORT % (
    "    pivot = items[0]\n    low = [x for x in items if x < pivot]\n"
    "    high = [x for x in items if x > pivot]\n"
    "    return quick_sort(low) + [pivot] + quick_sort(high)\n"
)
KEEPING = SORT % (
    "    pivot, *others = items\n    low = [x for x in others if x < pivot]\n"
    "    high = [x for x in others if x >= pivot]\n"
    "    return quick_sort(low) + [pivot] + quick_sort(high)\n"
)
DISCOUNT = (
    "Complete this function:\n\ndef calculate_discount(price, discount_rate):\n"
    '    """Price after the discount.\n\n    >>> calculate_discount(100, 0.2)\n    80.0\n'
    '    >>> calculate_discount(50, 0)\n    50\n    """\n'
)
AMOUNT = "```python\ndef calculate_discount(price, discount_rate):\n    return price * %s\n```\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    confined.policy()
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    return tmp_path


def script(folder: Path, *answers: str) -> str:
    """A model that gives these answers in turn."""
    lines: list[dict[str, object]] = []
    for answer in answers:
        lines += [{"next": True}] if lines else []
        half = len(answer) // 2
        lines += [{"reasoning": "Hm."}, {"text": answer[:half]}, {"text": answer[half:]}]
    path = folder / "script.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return f"scripted:{path}"


def events(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict]]:  # type: ignore[type-arg]
    code = run_command(["code", *words, "--json", "--lang", "en"])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture(autouse=True)
def _no_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", open("/dev/null", encoding="utf-8"))  # noqa: SIM115, PTH123


@pytest.mark.slow
def test_a_wrong_answer_is_caught_with_its_smallest_example_and_repaired(tmp_path: Path) -> None:
    done = assistant("code", ASKED, "-m", script(tmp_path, HASTY, RIGHT), "--mutants", "2")
    assert done.returncode == Exit.OK
    assert done.stdout == RIGHT.split("```python\n")[1].split("```")[0]
    assert "failed: passed 1 of 2" in done.stderr
    assert "two_sum([3, 2, 4], 6) gave [0, 0], and [1, 2] was expected" in done.stderr
    assert "attempt 2 of at most 4" in done.stderr
    assert "passed 2 of 2" in done.stderr
    assert "small faults" in done.stderr
    assert "correct" not in done.stderr + done.stdout
    assert "✓" not in done.stderr + done.stdout


def test_the_model_is_told_what_failed_and_no_more_than_k_times(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [f"{HASTY}\nI looked at it {n} times.\n" for n in range(3)]
    words = [ASKED, "-m", script(tmp_path, *answers), "--repairs", "2"]
    code, found = events(words, capsys)
    judged = [event for event in found if event["event"] == "code"]
    assert code == Exit.REFUTED
    assert [event["attempt"] for event in judged] == [1, 2, 3]
    assert all(event["verdict"] == "failed" for event in judged)
    last = found[-1]
    assert (last["event"], last["reason"], last["attempts"]) == ("finished", "failed", 3)
    assert last["best"]["failure"]["call"] == "two_sum([3, 2, 4], 6)"


def test_a_model_that_gives_the_same_answer_again_is_not_asked_for_ever(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = events([ASKED, "-m", script(tmp_path, HASTY), "--repairs", "5"], capsys)
    assert code == Exit.REFUTED
    assert [event["attempt"] for event in found if event["event"] == "code"] == [1]
    (notice,) = [event["text"] for event in found if event["event"] == "notice"]
    assert "the same answer again" in notice
    assert found[-1]["attempts"] == 2


def test_the_best_version_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    worse = "```python\ndef two_sum(nums, target):\n    return None\n```"
    words = [ASKED, "-m", script(tmp_path, HASTY, worse), "--repairs", "1"]
    _, found = events(words, capsys)
    assert found[-1]["attempt"] == 1
    assert "seen" in found[-1]["best"]["code"]


@pytest.mark.slow
def test_a_program_where_a_function_was_asked_for_goes_back_to_the_model(tmp_path: Path) -> None:
    reads = "```python\na = int(input())\nb = int(input())\nprint(a + b)\n```\n"
    adds = "```python\ndef add(a, b):\n    return a + b\n```\n"
    task = "Write add(a, b). add(2, 3) == 5"
    done = assistant("code", task, "-m", script(tmp_path, reads, adds), "--mutants", "0")
    assert done.returncode == Exit.OK
    assert "reads input while it is loaded" in done.stderr
    assert "passed 1 of 1" in done.stderr
    assert done.stdout == "def add(a, b):\n    return a + b\n"


@pytest.mark.slow
def test_quicksort_that_loses_equal_items(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    task = (
        "写一个快速排序 quick_sort(items)。\n输入：[3,1,2]\n输出：[1,2,3]\n"
        "quick_sort([2, 2]) 返回 [2, 2]"
    )
    words = [task, "-m", script(tmp_path, LOSING, KEEPING), "--mutants", "0"]
    code, found = events(words, capsys)
    first, second = (event for event in found if event["event"] == "code")
    assert code == Exit.OK
    assert (first["failure"]["call"], first["failure"]["gave"]) == ("quick_sort([2, 2])", "[2]")
    assert (second["verdict"], second["total"]) == ("passed", 2)


@pytest.mark.slow
def test_the_completion_of_a_function(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = AMOUNT % "discount_rate", AMOUNT % "(1 - discount_rate)"
    code, found = events([DISCOUNT, "-m", script(tmp_path, *answers), "--mutants", "3"], capsys)
    first, second = (event for event in found if event["event"] == "code")
    assert code == Exit.OK
    assert first["failure"]["call"] == "calculate_discount(50, 0)"
    assert (first["failure"]["gave"], first["failure"]["expected"]) == ("0", "50")
    assert second["verdict"] == "passed"
    assert second["mutation"]["noticed"] > 0


@pytest.mark.slow
def test_the_model_writes_tests_first_where_nobody_else_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tests = "```python\ndef test_two():\n    assert double(2) == 4\n```"
    answers = (
        tests,
        "```python\ndef double(x): return x * x + 1\n```",
        "```python\ndef double(x): return 2 * x\n```",
    )
    words = ["Write double(x).", "-m", script(tmp_path, *answers), "--mutants", "0"]
    code, found = events(words, capsys)
    kinds = [e["event"] for e in found if e["event"] in ("attempt", "tests", "code", "finished")]
    assert kinds == ["attempt", "tests", "attempt", "code", "attempt", "code", "finished"]
    assert code == Exit.OK
    assert found[-1]["best"]["by"] == "model"
    assert run_command(["code", *words, "--lang", "zh"]) == Exit.OK
    assert "模型自己写的" in capsys.readouterr().err


def test_without_code_or_tests_nothing_is_claimed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = events(
        ["Write f.", "-m", script(tmp_path, "I cannot."), "--repairs", "0"], capsys
    )
    assert (code, found[-1]["reason"]) == (Exit.UNDECIDED, "no code")
    plain = script(tmp_path, "no tests", "```python\ndef f(): return 1\n```")
    code, found = events(["Write f.", "-m", plain], capsys)
    assert (code, found[-1]["reason"]) == (Exit.OK, "undecided")
    assert found[-1]["best"]["verdict"] == "not run"
    assert events(["Write f.", "-m", plain, "--strict"], capsys)[0] == Exit.UNDECIDED


def test_nothing_is_run_where_that_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = events([ASKED, "-m", script(tmp_path, HASTY), "--no-run"], capsys)
    (judged,) = (event for event in found if event["event"] == "code")
    assert (code, judged["verdict"], judged["isolation"]) == (Exit.OK, "not run", [])


def test_a_failing_engine_keeps_what_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "script.jsonl"
    lines = [{"text": HASTY}, {"next": True}, {"error": "the card fell out"}]
    path.write_text("\n".join(map(json.dumps, lines)))
    assert run_command(["code", ASKED, "-m", f"scripted:{path}"]) == Exit.UNAVAILABLE
    out, err = capsys.readouterr()
    assert "the card fell out" in err
    assert "def two_sum" in out


def test_the_outcome_is_in_the_history_unless_nothing_is_to_be_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["code", ASKED, "-m", script(tmp_path, RIGHT), "--mutants", "0"]
    assert run_command([*words, "--incognito"]) == Exit.OK
    capsys.readouterr()
    run_command(["history", "list"])
    assert "two_sum" not in capsys.readouterr().out
    assert run_command(words) == Exit.OK
    capsys.readouterr()
    assert run_command(["history", "show", "1"]) == Exit.OK
    shown = capsys.readouterr().out
    assert "two_sum([3, 2, 4], 6)" in shown
    assert "passed 2 of 2 (the given examples)" in shown


def test_without_isolation_nothing_runs_unless_that_is_accepted_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    loose = Policy(Way.LOOSE, (), Text("no namespaces", "没有命名空间"))
    monkeypatch.setattr("assistant.coding.sandbox.examine", lambda: loose)
    words = ["code", ASKED, "-m", script(tmp_path, RIGHT), "--mutants", "0", "--lang", "en"]
    assert run_command(words) == Exit.UNAVAILABLE
    out, err = capsys.readouterr()
    assert "? nothing was run: no namespaces" in err
    assert "--unsafe" in err
    assert "def two_sum" in out
    assert run_command([*words, "--unsafe"]) == Exit.OK
    err = capsys.readouterr().err
    assert "WARNING: not isolated" in err
    assert "passed 2 of 2" in err


def test_ctrl_c_ends_it(tmp_path: Path) -> None:
    path = tmp_path / "slow.jsonl"
    lines = [{"text": "It begins "}, {"after": 50, "text": "late"}]
    path.write_text("\n".join(map(json.dumps, lines)))
    code, screen = on_terminal(
        ["code", ASKED, "-m", f"scripted:{path}"], typed=[("It begins", b"\x03")]
    )
    assert code == Exit.INTERRUPTED
    assert "Traceback" not in screen


@pytest.mark.slow
def test_what_a_model_writes_is_not_obeyed_by_a_terminal(tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\u202e"
    answer = f"{evil}\n```python title=../../{evil}.py\ndef f(x):\n    return '{evil}'\n```\n"
    done = assistant("code", "f(1) == 2", "-m", script(tmp_path, answer), "--repairs", "0")
    assert done.returncode == Exit.REFUTED
    assert not set(done.stdout + done.stderr) & set("\x1b\x07\u202e")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], Exit.USAGE, "no task"),
        (["write f"], Exit.USAGE, "-m micro"),
        (["f", "-m", "nosuch"], Exit.USAGE, "no model “nosuch”"),
        (["f", "--tests", "/no/such"], Exit.USAGE, "/no/such"),
        (["--fix", "/no/such"], Exit.USAGE, "/no/such"),
        (["f", "--growth", "fast"], Exit.USAGE, "O(n)"),
        (["f", "--lang", "cobol"], Exit.USAGE, "javascript"),
        (["f", "--repairs", "99"], Exit.USAGE, "20"),
    ],
)
def test_bad_input_says_what_to_do(
    words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["code", *words]) == code
    assert said in capsys.readouterr().err


@pytest.mark.slow
def test_growth_is_measured_and_told_as_a_measurement(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    task = ASKED.replace("Write two_sum(nums, target).", "Write two_sum(nums, target) in O(n).")
    words = [task, "-m", script(tmp_path, SLOW, RIGHT), "--mutants", "0"]
    code, found = events(words, capsys)
    first, second = (event for event in found if event["event"] == "code")
    assert first["growth"]["agreement"] == "does not agree"
    assert second["verdict"] == "passed"
    assert second["growth"]["agreement"] in ("agrees", "undecided")  # a busy machine is noisy
    assert code == Exit.OK
    assert "not a proof" in " ".join(first["measured"])


@pytest.mark.slow
def test_an_oracle_finds_the_smallest_input_that_no_example_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = "quick_sort(items: list[int]) -> list[int]:"
    answers = [a.replace("quick_sort(items):", typed) for a in (LOSING, KEEPING)]
    words = ["quick_sort([3, 1, 2]) == [1, 2, 3]", "-m", script(tmp_path, *answers)]
    code, found = events([*words, "--like", "sorted", "--mutants", "0"], capsys)
    first, second = (event for event in found if event["event"] == "code")
    assert code == Exit.OK
    assert (first["verdict"], first["by"]) == ("failed", "oracle")
    assert len(first["failure"]["call"]) <= len("quick_sort([1, 1])") + 2
    assert second["verdict"] == "passed"
    assert "no proof" in " ".join(second["measured"])


@pytest.mark.slow
@pytest.mark.skipif(
    importlib.util.find_spec("llama_cpp") is None, reason="llama-cpp-python is not installed"
)
def test_the_micro_model_goes_the_whole_way_and_claims_nothing(tmp_path: Path) -> None:
    done = assistant("code", "写一个函数 add，add(2, 3) 返回 5", "-m", "micro", "--repairs", "0")
    assert (done.returncode, done.stdout) == (Exit.UNDECIDED, "")
    assert "回答中没有代码" in done.stderr
    assert "micro:q8_0" in done.stderr
