"""``assistant ask`` where something goes wrong: exit codes, streams, history as promised."""

from __future__ import annotations

import importlib.util
import json
import re
import signal
from pathlib import Path

import pytest
from command import assistant, on_terminal

NEEDS_LLAMA = pytest.mark.skipif(
    importlib.util.find_spec("llama_cpp") is None, reason="llama-cpp-python is not installed"
)
EVIL = "\x1b]8;;http://evil\x1b\\x\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\u202e\u2066\ufeff\r"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def script(folder: Path, *answers: list[dict[str, object]], name: str = "script") -> str:
    path = folder / f"{name}.jsonl"
    parts = ["\n".join(json.dumps(line) for line in answer) for answer in answers]
    path.write_text('\n{"next": true}\n'.join(parts), encoding="utf-8")
    return f"scripted:{path}"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


@pytest.mark.slow
def test_a_repaired_answer_is_whole_in_a_pipe_and_its_marks_are_beside(tmp_path: Path) -> None:
    model = script(
        tmp_path,
        [{"text": "2x + 3 = 11\n\n2x\n= 9\n\nSo "}, {"after": 30, "text": "x = 4.5\n"}],
        [{"text": "2x = 8\n\nx = 4\n"}],
    )
    done = assistant("ask", "-m", model, "Solve 2x + 3 = 11")
    assert (done.returncode, done.stdout) == (0, "2x + 3 = 11\n\n2x = 8\n\nx = 4\n")
    assert "refuted" in done.stderr
    assert "asked again from here" in done.stderr


@pytest.mark.slow
def test_a_wrong_step_that_stays_is_exit_code_1_and_an_open_one_5(tmp_path: Path) -> None:
    wrong = script(tmp_path, [{"text": "2 * 4 = 9\n"}])
    done = assistant("ask", "-m", wrong, "--repairs", "0", "Solve 2x + 3 = 11")
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "2 * 4 = 9")
    unsure = script(tmp_path, [{"text": "x + y = 7\n\nx + y^2 = 9\n\n"}], name="u")
    done = assistant("ask", "-m", unsure, "--strict", "What is love?")
    assert done.returncode == 5, done.stderr


@pytest.mark.slow
def test_thinking_that_leaves_no_answer_is_exit_code_4(tmp_path: Path) -> None:
    model = script(tmp_path, [{"reasoning": "Let me think. "}, {"finish": "length"}])
    done = assistant("ask", "-m", model, "What is love?")
    assert (done.returncode, done.stdout) == (4, ""), done.stderr
    assert "--think" in done.stderr
    begun = script(tmp_path, [{"text": "Love is"}, {"finish": "length"}], name="begun")
    assert assistant("ask", "-m", begun, "What is love?").returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["no folder", "not ours", "cut"])
def test_a_history_that_cannot_be_had_costs_no_answer(
    kind: str, home: Path, tmp_path: Path
) -> None:
    model = script(tmp_path, [{"text": "Four.\n"}])
    if kind == "no folder":
        home.mkdir()
        (home / "data").write_text("a file where the folder should be")
    else:
        assert assistant("ask", "-m", model, "hi").returncode == 0
        database = next(path for path in files(home) if path.name == "history.db")
        body = database.read_bytes()
        database.write_bytes(b"x" * 5000 if kind == "not ours" else body[: len(body) // 2])
    done = assistant("ask", "-m", model, "hi")
    assert (done.returncode, done.stdout) == (0, "Four.\n")
    assert "history" in done.stderr
    assert "Traceback" not in done.stderr
    record = assistant("ask", "-m", model, "hi", "--json")
    events = [json.loads(line) for line in record.stdout.splitlines()]
    assert [e["event"] for e in events].count("finished") == 1
    assert events[-1]["event"] == "finished"


@pytest.mark.slow
def test_to_go_on_without_a_history_begins_anew_and_incognito_leaves_nothing(
    home: Path, tmp_path: Path
) -> None:
    model = script(tmp_path, [{"text": "Four.\n"}])
    done = assistant("ask", "-m", model, "-c", "--incognito", "a secret question")
    assert (done.returncode, done.stdout) == (0, "Four.\n")
    assert "no conversation to go on with" in done.stderr
    assert not any(b"a secret" in path.read_bytes() for path in files(home))
    assert not [path for path in files(home) if path.suffix == ".db"]
    done = assistant("ask", "-m", model, "-c", "hi")
    assert (done.returncode, done.stdout) == (0, "Four.\n")
    assert "no conversation to go on with" in done.stderr


@pytest.mark.slow
def test_only_the_code_is_written_and_json_stays_json(tmp_path: Path) -> None:
    model = script(tmp_path, [{"text": f"So:\n\n~~~py\nprint(1){EVIL}\n~~~\n```\nb\n```\n"}])
    done = assistant("ask", "-m", model, "-x", "a program")
    assert done.returncode == 0
    assert done.stdout.startswith("print(1)")
    assert not set(done.stdout) & set("\x1b\x07\x9b\u202e\u2066\ufeff\r")
    assert "\nb\n" not in done.stdout
    done = assistant("ask", "-m", model, "-x", "--json", "a program")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert (events[-1]["event"], done.returncode) == ("finished", 0)
    none = script(tmp_path, [{"text": "no"}], name="none")
    done = assistant("ask", "-m", none, "-x", "a program")
    assert (done.returncode, done.stdout) == (5, "")


def test_hostile_json_stays_one_event_a_line(tmp_path: Path) -> None:
    model = script(
        tmp_path,
        [
            {"reasoning": EVIL + "\ud83d"},
            {"text": f"1 = 1{EVIL}\n\u2028\ud800" + "x" * 200_000},
            {"error": EVIL},
        ],
    )
    done = assistant("ask", "-m", model, "--json", "--vote", "1", "go")
    lines = done.stdout.split("\n")
    assert lines.pop() == ""
    events = [json.loads(line) for line in lines]
    assert done.returncode == 3
    assert [e["event"] for e in events].count("finished") == 1
    assert events[-1]["event"] == "finished"
    assert not set(done.stdout + done.stderr) & set("\x1b\x07\x9b\u202e\u2066\u2028")


@pytest.mark.slow
def test_a_vote_with_failures_and_one_without_answers(tmp_path: Path) -> None:
    model = script(tmp_path, [{"text": "\\boxed{4}\n"}], [{"text": "hm"}, {"error": "gone"}])
    done = assistant("ask", "-m", model, "--vote", "3", "Solve 2x + 3 = 11")
    assert done.returncode == 3
    assert "\\boxed{4}" in done.stdout
    assert "gone" in done.stderr
    nothing = script(tmp_path, [{"text": "hm\n"}], name="nothing")
    done = assistant("ask", "-m", nothing, "--vote", "3", "What is love?")
    assert (done.returncode, done.stdout) == (0, "hm\n")
    assert "no sample of 3" in done.stderr


@pytest.mark.slow
def test_a_name_of_an_attachment_moves_no_cursor(tmp_path: Path) -> None:
    model = script(tmp_path, [{"text": "It says so [1] and [7].\n"}])
    file = tmp_path / f"no{EVIL.replace('/', '')}te.md"
    file.write_text("# Herons\nThe heron nests in the old oak.\n")
    done = assistant("ask", "-m", model, f"where is the heron{EVIL}?", "--attach", str(file))
    assert done.returncode == 0, done.stderr
    assert "[7]" in done.stderr
    assert not set(done.stdout + done.stderr) & set("\x1b\x07\x9b\u202e\u2066\ufeff\r")
    for command in (("history",), ("history", "search", "heron"), ("history", "show", "1")):
        told = assistant(*command)
        assert "heron" in told.stdout
        assert not set(told.stdout + told.stderr) & set("\x1b\x07\x9b\u202e\u2066\ufeff\r")


@pytest.mark.slow
def test_ctrl_c_twice_ends_at_once_and_the_next_answer_goes_on(tmp_path: Path) -> None:
    slow = script(tmp_path, [{"text": "It begins "}, {"after": 50, "text": "late"}])
    code, screen = on_terminal(
        ["ask", "-m", slow, "go"], typed=[("It begins", b"\x03"), (0.0, b"\x03")]
    )
    assert code in (
        130,
        -signal.SIGINT,
    )  # as late as Python's own end the signal ends it: 130 to a shell
    assert "Traceback" not in screen
    again = script(tmp_path, [{"text": "Four.\n"}], name="again")
    done = assistant("ask", "-m", again, "-c", "and now?")
    assert (done.returncode, done.stdout) == (0, "Four.\n")
    shown = assistant("history", "search", "begins")
    assert "It begins" in shown.stdout


@pytest.mark.slow
def test_on_a_terminal_each_line_stands_once_with_its_mark(tmp_path: Path) -> None:
    model = script(
        tmp_path,
        [{"text": "2x + 3 = 11\n\n2x = 9\n\nSo "}, {"after": 30, "text": "x = 4.5\n"}],
        [{"text": "2x = 8\n\nx = 4\n"}],
    )
    code, screen = on_terminal(["ask", "-m", model, "Solve 2x + 3 = 11"])
    assert code == 0
    for line in ("2x + 3 = 11", "2x = 9", "2x = 8"):
        assert len(re.findall(rf"(?m)(?:^|\x1b\[2K){re.escape(line)}(?= |$)", screen)) == 1
    assert "✗" in screen
    assert "x = 4.5" not in screen


@pytest.mark.slow
@NEEDS_LLAMA
def test_an_answer_that_ends_before_its_json_is_refused(tmp_path: Path) -> None:
    schema = tmp_path / "schema.json"
    schema.write_text('{"type": "string", "minLength": 20}')
    given = ("ask", "-m", "micro", "Hello", "--schema", str(schema), "--max-tokens", "2")
    done = assistant(*given)
    assert done.returncode == 4, done.stderr
    assert "--max-tokens" in done.stderr
