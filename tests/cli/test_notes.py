"""``assistant notes`` as a user runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from command import PROGRAM, assistant, on_terminal

from assistant.cli.main import run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(*words: str) -> str:
    done = assistant("notes", *words)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.slow
def test_notes_are_added_searched_listed_and_removed(home: Path) -> None:
    Path("papers").mkdir()
    Path("papers/calculus.md").write_text("# 分部积分\n\n由乘法求导法则得到分部积分公式。\n")
    Path("papers/plan.txt").write_text("buy milk\nlearn integration by parts\n")
    assert said("add", "papers") == "2 added\n"
    found = said("search", "integration", "parts").splitlines()
    assert found[0] == f"papers{os.sep}plan.txt:1-2  plan"
    assert found[1] == "    buy milk learn integration by parts"
    assert said("search", "求导").startswith(f"papers{os.sep}calculus.md:1-3  分部积分\n")
    listed = said().splitlines()
    assert [line.split()[-1] for line in listed[1:3]] == [
        f"papers{os.sep}calculus.md",
        f"papers{os.sep}plan.txt",
    ]
    assert said("refresh") == "2 unchanged\n"
    assert said("rm", "papers/plan.txt").strip() == f"papers{os.sep}plan.txt"
    assert said("refresh") == "1 unchanged\n"
    assert Path("papers/plan.txt").exists()


@pytest.mark.slow
def test_what_is_done_can_be_read_by_a_script(home: Path) -> None:
    Path("a.md").write_text("# Title\nwords here\n")
    Path("-b.md").write_text("dashing words\n")
    added = json.loads(said("add", "--json", "a.md", "-b.md"))
    assert (added["added"], added["skipped"]) == (2, 0)
    assert added["files"][0]["path"] == str(home / "a.md")
    (first, *_) = json.loads(said("search", "title", "--json", "--limit", "1"))["passages"]
    assert (first["path"], first["unit"], first["first"], first["last"]) == (
        str(home / "a.md"),
        "line",
        1,
        2,
    )
    assert first["text"] == "# Title\nwords here"
    assert [f["passages"] for f in json.loads(said("--json"))["files"]] == [1, 1]
    assert json.loads(said("refresh", "--json"))["unchanged"] == 2
    assert json.loads(said("rm", "--json", "a.md"))["removed"] == [str(home / "a.md")]


def test_looking_makes_no_file(home: Path) -> None:
    for words in (("search", "x"), ("list",), ("rm", "x"), ("refresh",)):
        run(["notes", *words])
    assert not (home / "home").exists()
    assert "assistant notes add" in assistant("notes", "search", "x").stderr
    assert "还没有笔记" in assistant("notes", "list", "--lang", "zh").stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add",), "which files"),
        (("search",), "search what"),
        (("rm",), "which files"),
        (("list", "x"), "goes with"),
        (("refresh", "--full"), "--full"),
        (("find", "x"), "must be one of"),
        (("search", "x", "--limit", "0"), "must be from"),
        (("rm", "nowhere.md"), "not in the notes"),
        (("add", "nowhere.md"), "no such file"),
        (("add", "broken.pdf"), "broken.pdf"),
    ],
)
def test_a_slip_is_told_with_exit_code_2(
    home: Path, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("broken.pdf").write_bytes(b"%PDF-1.4 nonsense")
    assert run(["notes", *words, "--lang", "en"]) == 2
    assert told in capsys.readouterr().err


def test_a_skipped_file_is_named_with_its_reason_in_chinese(home: Path) -> None:
    Path("a.txt").write_bytes("Теорема".encode("cp1251"))
    done = assistant("notes", "add", "a.txt", "--lang", "zh")
    assert done.stdout == "跳过 1 个\n"
    assert "跳过 a.txt：无法确定文件编码" in done.stderr


@pytest.mark.slow
def test_a_document_cannot_speak_to_the_terminal(home: Path) -> None:
    name = "two\nlines\x1b[2J\u202e.md"
    Path(name).write_text("# head\x1b[31m\nwords \x1b]0;owned\x07 \u202etxet\n")
    assistant("notes", "add", name)
    piped, terminal = ("search", "words"), ["notes", "search", "words", "--full"]
    for out in (said(*piped), said("list"), on_terminal(terminal)[1]):
        drawn = out.replace("\x1b[1m", "").replace("\x1b[0m", "")
        assert not {"\x1b", "\u202e", "\x07"} & set(drawn)
    record = json.loads(said("search", "words", "--json"))
    assert record["passages"][0]["path"].endswith(name)


def test_a_terminal_gets_the_words_in_bold(home: Path) -> None:
    Path("a.md").write_text("a hedgehog here\n")
    assistant("notes", "add", "a.md")
    code, out = on_terminal(["notes", "search", "hedgehogs"])
    assert code == 0
    assert "\x1b[1mhedgehog\x1b[0m here" in out
    assert "\x1b" not in on_terminal(["notes", "search", "hedgehogs", "--plain"])[1]


@pytest.mark.slow
def test_a_changed_file_is_marked(home: Path) -> None:
    Path("a.md").write_text("first version\n")
    assistant("notes", "add", "a.md")
    Path("a.md").write_text("second version of it\n")
    assert "assistant notes refresh" in said("search", "first")
    assert said("refresh") == "1 updated\n"
    assert "assistant notes refresh" not in said("search", "second")


@pytest.mark.skipif(os.name != "posix", reason="sends the signal of Ctrl-C")
def test_ctrl_c_keeps_what_was_read(home: Path) -> None:
    Path("many").mkdir()
    for n in range(3000):
        Path(f"many/{n:04}.md").write_text(f"number {n}\n" * 200)
    started = subprocess.Popen(
        [*PROGRAM, "notes", "add", "many"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert started.stderr is not None
    started.stderr.readline()  # it tells how far it is
    started.send_signal(signal.SIGINT)
    begun = time.monotonic()
    started.communicate(timeout=30)
    assert started.returncode == 130
    assert time.monotonic() - begun < 10
    kept = json.loads(said("--json"))["files"]
    assert 0 < len(kept) < 3000
