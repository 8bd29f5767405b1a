"""Earlier conversations on the command line, as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import assistant, on_terminal

from assistant.cli.main import run
from assistant.history import NAME, Attachment, History, open_history


def history_of(home: Path) -> History:
    return open_history(home / "data" / NAME)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two conversations: one with two branches, one with everything that is nasty."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with history_of(tmp_path) as history:
        number = history.begin()
        question = history.ask(number, None, "Solve x^2 = 4")
        for text in ("x = 2", "x = 2 or x = -2"):
            with history.answer(question, "micro") as writer:
                writer.reasoning("square roots, both signs")
                writer.text(text)
                writer.close("answered", '{"steps": [{"verdict": "proved"}]}')
        nasty = history.begin()
        hostile = "求积分 \x1b[2J\u202e\x07"
        asked = history.ask(nasty, None, hostile, [Attachment("\x1b[1mname", "text")])
        with history.answer(asked, "\x1b[31mmodel") as writer:
            writer.text(hostile + "答案")
    return tmp_path


def out(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert run(["history", *words]) == code
    told = capsys.readouterr()
    return told.out if code == 0 else told.err


def test_nothing_yet_is_no_error_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = assistant("history", "--lang", "zh", ASSISTANT_HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (0, "")
    assert "还没有对话" in done.stderr
    assert assistant("history", "--json", ASSISTANT_HOME=str(tmp_path)).stdout == (
        '{"conversations": [], "more": false}\n'
    )
    assert list(tmp_path.iterdir()) == []


def test_the_list_names_every_conversation(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = out(capsys).splitlines()
    assert [line.split()[0] for line in lines] == ["2", "1"]
    assert "Solve x^2 = 4" in lines[1]
    assert "1 turn" in lines[1]
    record = json.loads(out(capsys, "--json", "--limit", "1"))
    assert (record["conversations"][0]["id"], record["more"]) == (2, True)
    assert out(capsys, "--before", "2").split()[0] == "1"


def test_words_are_found_in_the_thinking_too(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = out(capsys, "search", "both", "SIGNS")
    assert "thinking" in found
    assert "square roots, both signs" in found
    assert "思考" in out(capsys, "search", "both signs", "--lang", "zh")
    (hit,) = json.loads(out(capsys, "search", "答案", "--json"))["hits"]
    assert (hit["conversation"], hit["where"]) == (2, "answer")
    start, end = hit["spans"][0]
    assert hit["snippet"][start:end] == "答案"
    assert out(capsys, "search", "zebra") == ""
    assert out(capsys, "search", "-x", '"OR', "*") == ""


def test_a_search_that_leaves_some_out_says_so(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["history", "search", "2", "--limit", "1"]) == 0
    assert "there are more" in capsys.readouterr().err
    assert json.loads(out(capsys, "search", "2", "--limit", "1", "--json"))["more"] is True
    assert json.loads(out(capsys, "search", "2", "--json"))["more"] is False


def test_one_is_shown_with_its_branches(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = out(capsys, "show", "1")
    assert "x = 2 or x = -2" in shown
    assert "version 2 of 2" in shown
    assert "square roots" not in shown
    assert "square roots" in out(capsys, "show", "1", "--thinking")
    branches = out(capsys, "branches", "1").splitlines()
    assert len(branches) == 2
    assert branches[1].startswith("★")
    assert "x = 2\n" in out(capsys, "show", "1", "--branch", "2")
    assert "2" in out(capsys, "switch", "1", "2")
    assert "x = 2\n" in out(capsys, "show", "1")
    record = json.loads(out(capsys, "show", "1", "--json"))
    assert record["branch"][0]["answer"]["record"] == {"steps": [{"verdict": "proved"}]}


def test_what_was_refuted_is_never_shown_without_its_mark(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {"text": "x = 3\x1b[2J", "verdict": "refuted", "why": "9 ≠ 4"}
    record = {"steps": [{"text": "fine", "verdict": "proved"}, wrong, 7], "events": "none"}
    with history_of(home) as history:
        number = history.begin()
        with history.answer(history.ask(number, None, "Solve x^2 = 4"), "micro") as writer:
            writer.text("x = 3")
            writer.close("answered", json.dumps(record))
    shown = out(capsys, "show", str(number))
    assert "✗ [refuted] x = 3�[2J\n    9 ≠ 4\n" in shown
    assert "✓" not in shown
    file = home / "one.json"
    out(capsys, "export", str(number), "-o", str(file))
    out(capsys, "import", str(file))
    assert "refuted" not in out(capsys, "show", str(number + 1))


@pytest.mark.parametrize(
    "words",
    [(), ("show", "2"), ("show", "2", "--thinking"), ("search", "积分"), ("branches", "2")],
)
def test_nothing_that_a_terminal_would_obey_is_drawn(
    home: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    text = out(capsys, *words)
    assert "积分" in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_an_export_to_a_terminal_holds_nothing_that_it_would_obey(home: Path) -> None:
    code, text = on_terminal(["history", "export", "2"], env={"ASSISTANT_HOME": str(home)})
    assert code == 0
    assert "积分" in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_found_words_stand_out_on_a_terminal(home: Path) -> None:
    _, text = on_terminal(["history", "search", "signs"], env={"ASSISTANT_HOME": str(home)})
    assert "\x1b[1msigns\x1b[0m" in text


def test_an_export_is_never_written_over_another_file(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "one.json"
    out(capsys, "export", "1", "--out", str(target))
    record = json.loads(target.read_text(encoding="utf-8"))
    assert len(record["messages"]) == 3
    target.write_text("mine")
    assert "--force" in out(capsys, "export", "1", "-o", str(target), code=2)
    assert target.read_text() == "mine"
    out(capsys, "export", "1", "-o", str(target), "--force")
    assert json.loads(target.read_text(encoding="utf-8")) == record
    assert out(capsys, "export", "1").startswith("# Solve x^2 = 4\n")
    assert json.loads(out(capsys, "export", "1", "--json")) == record
    assert out(capsys, "export", "1", "--format", "html").startswith("<!DOCTYPE html>")
    assert "no such file" in out(capsys, "export", "1", "-o", str(tmp_path / "no" / "x"), code=2)


def test_the_home_of_nobody_is_no_place_for_a_file(home: Path) -> None:
    for words in (("export", "1", "-o", "~no-such-user/x.md"), ("import", "~no-such-user/x.json")):
        done = assistant("history", *words)
        assert done.returncode == 2, words
        assert "~no-such-user" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["json", "md"])
def test_an_import_brings_back_an_export(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    target = tmp_path / f"one.{form}"
    out(capsys, "export", "2", "-o", str(target))
    assert "imported as 3" in out(capsys, "import", str(target))
    first, second = (json.loads(out(capsys, "show", n, "--json")) for n in ("2", "3"))
    assert first["branch"][0]["answer"]["text"] == second["branch"][0]["answer"]["text"]
    assert second["branch"][0]["answer"]["imported"] is True
    assert "imported" in out(capsys, "show", "3")
    done = assistant("history", "import", "-", stdin=target.read_bytes(), ASSISTANT_HOME=str(home))
    assert done.returncode == 0
    assert "imported as 4" in done.stdout


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{}", b"hello", b"", b"{" * 5000])
def test_a_file_that_is_no_conversation_is_refused(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    target = tmp_path / "bad.json"
    target.write_bytes(content)
    assert "no conversation to import" in out(capsys, "import", str(target), code=2)
    assert len(json.loads(out(capsys, "--json"))["conversations"]) == 2


def test_a_file_that_is_too_long_is_refused_before_it_is_understood(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.cli.history_files.MAX_BYTES", 1 << 20)
    (tmp_path / "big").write_bytes(b"{" * (2 << 20))
    assert "longer than 1 MiB" in out(capsys, "import", str(tmp_path / "big"), code=2)


def test_deleting_asks_first(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--yes" in out(capsys, "delete", "1", code=2)
    env = {"ASSISTANT_HOME": str(home)}
    code, text = on_terminal(["history", "delete", "1"], typed=[(0.0, b"n\n")], env=env)
    assert code == 2
    assert "nothing was deleted" in text
    code, text = on_terminal(["history", "delete", "1"], typed=[(0.0, b"y\n")], env=env)
    assert (code, "deleted: 1" in text) == (0, True)
    raw = b"".join(path.read_bytes() for path in (home / "data").iterdir())
    assert b"square roots" not in raw
    assert json.loads(out(capsys, "delete", "--all", "--yes", "--json"))["deleted"] == "all"
    assert json.loads(out(capsys, "--json"))["conversations"] == []


def test_a_conversation_gets_another_name(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "roots of squares" in out(capsys, "rename", "1", "roots", "of", "squares")
    assert "roots of squares" in out(capsys)


def test_retention_is_a_setting_that_takes_effect_at_once(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "until you delete them" in out(capsys, "retention")
    assert json.loads(out(capsys, "retention", "30", "--json")) == {"days": 30}
    with history_of(home) as history, history._database.writing() as connection:
        connection.execute("UPDATE conversation SET touched = touched - 864000 WHERE id = 1")
    assert "would be deleted: 1" in out(capsys, "retention", "7", code=2)
    assert json.loads(out(capsys, "retention", "--json")) == {"days": 30}
    assert "7 days" in out(capsys, "retention", "7", "--yes")
    assert [one["id"] for one in json.loads(out(capsys, "--json"))["conversations"]] == [2]
    assert run(["models", "default", "micro"]) == 0
    capsys.readouterr()
    assert json.loads(out(capsys, "retention", "--json")) == {"days": 7}
    out(capsys, "retention", "off")
    assert "history_days" not in (home / "config" / "settings.toml").read_text()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show",), "assistant history show ID"),
        (("show", "1", "2"), "too many"),
        (("show", "99"), "no 99"),
        (("show", "one"), "no number"),
        (("show", "9" * 30), "no number"),
        (("show", "1", "--branch", "4"), "no 4"),
        (("search",), "WORDS"),
        (("delete",), "--all"),
        (("delete", "1", "--all"), "--all"),
        (("delete", "1", "99", "--yes"), "no 99"),
        (("rename", "1"), "TITLE"),
        (("retention", "0"), "days"),
        (("retention", "soon"), "days"),
        (("export", "1", "--format", "pdf"), "one of"),
        (("export", "1", "--format", "md", "--json"), "exclude"),
        (("show", "1", "--out", "x"), "--out"),
        (("nonsense",), "one of"),
        (("import", "/nowhere"), "no such file"),
    ],
)
def test_a_slip_is_told_and_changes_nothing(
    home: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert told in out(capsys, *words, "--lang", "en", code=2)
    assert len(json.loads(out(capsys, "--json"))["conversations"]) == 2


def test_a_damaged_history_is_told_of_and_its_file_kept(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "data" / NAME).write_bytes(b"broken" * 1000)
    assert run(["history"]) == 0
    told = capsys.readouterr().err
    (kept,) = (home / "data").glob("history.damaged-*.db")
    assert str(kept) in told
    assert kept.read_bytes() == b"broken" * 1000


def test_a_later_version_s_history_is_refused(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home / "data" / NAME
    raw = bytearray(path.read_bytes())
    raw[60:64] = (99).to_bytes(4, "big")
    path.write_bytes(raw)
    assert "later version" in out(capsys, code=2)
    assert path.read_bytes() == bytes(raw)
