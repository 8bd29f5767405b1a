"""``assistant code --fix``: a file of the user's own, changed only when that was agreed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import confined
import pytest
from command import on_terminal
from turns import script

from assistant.cli.code_files import read_own, write_own
from assistant.cli.diagnostics import Exit
from assistant.cli.main import run as run_command
from assistant.cli.sources import Unreadable

OWN = 'def discount(price, rate):\r\n    """Less.\r\n    """\r\n    return price * rate\r\n'
TESTS = "from own import discount\n\ndef test_none():\n    assert discount(50, 0) == 50\n"
DIFF = (
    "The rate is what is taken off.\n```diff\n--- a/own.py\n+++ b/own.py\n@@ -3,2 +3,2 @@\n"
    '     """\n-    return price * rate\n+    return price * (1 - rate)\n```\n'
)
MENDED = OWN.replace("price * rate", "price * (1 - rate)")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    confined.policy()
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    (tmp_path / "own.py").write_bytes(OWN.encode())
    (tmp_path / "test_own.py").write_text(TESTS)
    return tmp_path


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def assistant(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in this process, its output piped."""

    def run(*args: str) -> Done:
        with open("/dev/null", encoding="utf-8") as nothing:  # noqa: PTH123
            monkeypatch.setattr("sys.stdin", nothing)
            code = run_command(args)
        return Done(code, *capsys.readouterr())

    return run


def words(folder: Path, answer: str = DIFF) -> list[str]:
    path = folder / "script.jsonl"
    path.write_text(json.dumps({"text": answer}), encoding="utf-8")
    own, tests = str(folder / "own.py"), str(folder / "test_own.py")
    return ["code", "--fix", own, "--tests", tests, "-m", f"scripted:{path}", "--mutants", "0"]


def test_a_diff_is_proposed_and_nothing_changed_unasked(tmp_path: Path, assistant: Run) -> None:
    done = assistant(*words(tmp_path))
    assert done.returncode == Exit.OK
    assert "-    return price * rate\n+    return price * (1 - rate)\n" in done.stdout
    assert "discount(50, 0) gave 0, and 50 was expected" in done.stderr
    assert "--yes" in done.stderr
    assert (tmp_path / "own.py").read_bytes() == OWN.encode()


def test_it_is_applied_with_a_copy_of_the_old_text(tmp_path: Path, assistant: Run) -> None:
    (tmp_path / "own.py").chmod(0o640)
    done = assistant(*words(tmp_path), "--yes", "--lang", "zh")
    assert done.returncode == Exit.OK
    assert (tmp_path / "own.py").read_bytes() == MENDED.encode()
    assert (tmp_path / "own.py").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "own.py.bak").read_bytes() == OWN.encode()
    assert "原内容保存在" in done.stderr
    assert len(list(tmp_path.glob(".own*"))) == 0


@pytest.mark.slow
@pytest.mark.parametrize(("key", "text"), [(b"y\n", MENDED), (b"n\n", OWN)])
def test_a_person_at_a_terminal_is_asked(tmp_path: Path, key: bytes, text: str) -> None:
    code, screen = on_terminal(words(tmp_path), typed=[("[y/N]", key)])
    assert code == Exit.OK
    assert "passed 1 of 1" in screen
    assert (tmp_path / "own.py").read_bytes() == text.encode()


def test_a_file_whose_tests_pass_is_left_alone(tmp_path: Path, assistant: Run) -> None:
    (tmp_path / "own.py").write_text(MENDED)
    done = assistant(*words(tmp_path), "--yes")
    assert done.returncode == Exit.OK
    assert "nothing to mend" in done.stderr
    assert not (tmp_path / "own.py.bak").exists()


def test_a_version_that_is_no_better_is_not_proposed(tmp_path: Path, assistant: Run) -> None:
    answer = "```python\ndef discount(price, rate):\n    return 0\n```"
    done = assistant(*words(tmp_path, answer), "--yes", "--repairs", "0")
    assert (done.returncode, done.stdout) == (Exit.REFUTED, "")
    assert (tmp_path / "own.py").read_bytes() == OWN.encode()


@pytest.mark.slow
def test_a_task_for_a_file_whose_tests_pass_is_done_all_the_same(
    tmp_path: Path, assistant: Run
) -> None:
    (tmp_path / "own.py").write_text(MENDED)
    answer = DIFF.replace("price * rate\n", "price * (1 - rate)\n").replace(
        "+    return price * (1 - rate)", "+    return round(price * (1 - rate), 2)"
    )
    done = assistant(*words(tmp_path, answer), "round it to cents", "--yes")
    assert done.returncode == Exit.OK
    assert "round(" in (tmp_path / "own.py").read_text()
    losing = "```python\ndef discount(price, rate):\n    return 0\n```"
    done = assistant(*words(tmp_path, losing), "round it", "--yes", "--repairs", "0")
    assert (done.returncode, done.stdout) == (Exit.REFUTED, "")
    assert "round(" in (tmp_path / "own.py").read_text()


def test_nothing_is_run_and_a_diff_proposed_where_that_was_asked_for(
    tmp_path: Path, assistant: Run
) -> None:
    done = assistant(*words(tmp_path), "mend it", "--no-run")
    assert done.returncode == Exit.OK
    assert "+    return price * (1 - rate)" in done.stdout


def test_a_file_that_nothing_tests_is_not_guessed_at(tmp_path: Path, assistant: Run) -> None:
    own = tmp_path / "plain.py"
    own.write_text("def f(x):\n    return x\n")
    done = assistant(*words(tmp_path)[:1], "--fix", str(own), *words(tmp_path)[5:])
    assert done.returncode == Exit.OK
    assert "give tests with --tests" in done.stderr
    assert own.read_text() == "def f(x):\n    return x\n"


def test_without_a_model_the_file_is_tested_all_the_same(tmp_path: Path, assistant: Run) -> None:
    done = assistant(
        "code", "--fix", str(tmp_path / "own.py"), "--tests", str(tmp_path / "test_own.py")
    )
    assert done.returncode == Exit.REFUTED
    assert "discount(50, 0) gave 0" in done.stderr
    assert "-m MODEL" in done.stderr


def test_a_file_that_was_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    own = read_own(str(tmp_path / "own.py"))
    (tmp_path / "own.py").write_text("other")
    with pytest.raises(Unreadable):
        write_own(own, "mine")
    assert (tmp_path / "own.py").read_text() == "other"


def test_a_link_stays_a_link_and_copies_are_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "link.py").symlink_to(tmp_path / "own.py")
    (tmp_path / "own.py.bak").write_text("older")
    copy = write_own(read_own(str(tmp_path / "link.py")), "new\n")
    assert (tmp_path / "link.py").is_symlink()
    assert (tmp_path / "own.py").read_bytes() == b"new\r\n"
    assert copy.read_bytes() == OWN.encode()
    assert (tmp_path / "own.py.bak").read_text() == "older"


TESTED = "def f(x):\n    return x\n\n\ndef test_f():\n    assert f(1) == 2\n"


def fixed(
    folder: Path, assistant: Run, own: str, *answers: str, more: tuple[str, ...] = ()
) -> Done:
    """Mend ``own.py`` with a model that gives these answers, without a question."""
    (folder / "own.py").write_text(own)
    model = ["-m", script(folder, *([{"text": answer}] for answer in answers)), "--mutants", "0"]
    model += ["--repairs", str(len(answers) - 1)]
    return assistant("code", "--fix", str(folder / "own.py"), *model, "--yes", *more)


def test_a_model_cannot_delete_the_tests_in_a_file(tmp_path: Path, assistant: Run) -> None:
    done = fixed(tmp_path, assistant, TESTED, "```python\ndef f(x):\n    return 7\n```")
    assert done.returncode == Exit.REFUTED
    assert (tmp_path / "own.py").read_text() == TESTED
    assert "your own tests stay as they were; the model had changed or left out: test_f" in (
        done.stderr
    )
    assert "no version is better than your file" in done.stderr


def test_a_model_cannot_bend_the_tests_in_a_file(tmp_path: Path, assistant: Run) -> None:
    bent = f"```python\n{TESTED.replace('== 2', '== 1')}```"
    right = f"```python\n{TESTED.replace('return x', 'return x + 1').replace('== 2', '== 2.0')}```"
    done = fixed(tmp_path, assistant, TESTED, bent, right)
    assert done.returncode == Exit.OK
    assert (tmp_path / "own.py").read_text() == TESTED.replace("return x", "return x + 1")
    assert "passed 1 of 1 (your tests and examples)" in done.stderr
    assert "model wrote itself" not in done.stderr


@pytest.mark.parametrize(
    "answer",
    [
        "```python title=own.py\nfrom helper import g\ndef f(x):\n    return g(x)\n```\n"
        "```python title=helper.py\ndef g(x):\n    return x + 1\n```",
        "```python helper.py\nfrom helper import g\ndef f(x):\n    return g(x)\n```",
        "```python\nimport strange_package_9\ndef f(x):\n    return x + 1\n```",
    ],
)
def test_what_does_not_work_alone_is_not_written(
    tmp_path: Path, assistant: Run, answer: str
) -> None:
    done = fixed(tmp_path, assistant, TESTED, answer)
    assert done.returncode == Exit.REFUTED
    assert (tmp_path / "own.py").read_text() == TESTED
    assert "helper" in done.stderr or "strange_package_9" in done.stderr


def test_a_program_that_broke_off_is_mended_but_not_unasked(tmp_path: Path, assistant: Run) -> None:
    own = "print(undefined)\n"
    done = fixed(tmp_path, assistant, own, "```python\nprint('defined')\n```")
    assert done.returncode == Exit.UNDECIDED
    assert "-print(undefined)\n+print('defined')\n" in done.stdout
    assert "not applied unasked" in done.stderr
    assert (tmp_path / "own.py").read_text() == own


def test_a_file_that_was_not_run_is_not_changed_unasked(tmp_path: Path, assistant: Run) -> None:
    done = assistant(*words(tmp_path), "mend it", "--no-run", "--yes")
    assert done.returncode == Exit.UNDECIDED
    assert (tmp_path / "own.py").read_bytes() == OWN.encode()


def test_a_program_is_told_what_a_version_gains(tmp_path: Path, assistant: Run) -> None:
    done = assistant(*words(tmp_path), "--json")
    last = json.loads(done.stdout.splitlines()[-1])
    assert (last["event"], last["gain"]) == ("finished", "better")
    assert "+    return price * (1 - rate)" in last["change"]


def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path: Path, assistant: Run) -> None:
    (tmp_path / "own.py").chmod(0o444)
    done = assistant(*words(tmp_path), "--yes")
    assert done.returncode == Exit.USAGE
    assert "is read-only" in done.stderr
    assert (tmp_path / "own.py").read_bytes() == OWN.encode()
    assert not (tmp_path / "own.py.bak").exists()


def test_lines_that_were_not_changed_keep_their_ends(tmp_path: Path) -> None:
    path = tmp_path / "own.py"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\nc\r\nd\r\ne")
    write_own(read_own(str(path)), "a\nb\nnew\nc\nd\ne")
    assert path.read_bytes() == b"\xef\xbb\xbfa\r\nb\nnew\r\nc\r\nd\r\ne"


def test_an_answer_with_the_function_alone_keeps_the_rest_of_the_file(
    tmp_path: Path, assistant: Run
) -> None:
    own = f'"""Words."""\nLIMIT = 1\n\n\ndef helper(x):\n    return x\n\n\n{TESTED}'
    done = fixed(tmp_path, assistant, own, "```python\ndef f(x):\n    return x + LIMIT\n```")
    assert done.returncode == Exit.OK
    assert (tmp_path / "own.py").read_text() == own.replace(
        "def f(x):\n    return x", "def f(x):\n    return x + LIMIT"
    )
