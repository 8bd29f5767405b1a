"""What the system says of files is told in both languages."""

from __future__ import annotations

import errno
import os
import socket
import sqlite3
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import App

from assistant.coding.reviewing.sides import UnreadError, _content
from assistant.history.failures import told as told_of_history
from assistant.notes.notes import open_notes
from assistant.notes.reading import open_file
from assistant.notes.shelf import failure
from assistant.notes.types import Unreadable
from assistant.notes.walking import readable
from assistant.prompts.files import Template, read_template
from runtimes.base import Cancel
from runtimes.catalog.names import outside
from runtimes.errors import Damaged, NotFound, RuntimeFailure, Unreachable, Unsupported
from runtimes.ggufs import read_file
from runtimes.memory.safetensors import tensors_of
from runtimes.reasons import because_of
from runtimes.store.hub import _no_files
from runtimes.store.types import Tuning
from runtimes.store.web import Hiccup, Web
from runtimes.texts import Lang, Text
from runtimes.trust import authorities
from tui.attaching import NotAttached, read_text
from tui.remedies import with_remedy
from tui.settled import Wanted
from tui.web.opening import serve
from tui.words import say

NOT_WRITTEN = Text("cannot write {0}: {1}", "无法写入 {0}：{1}")


@pytest.mark.parametrize(
    ("number", "en", "zh"),
    [
        (errno.ENOSPC, "cannot write {1}: the disk is full", "无法写入 {1}：磁盘已满"),
        (errno.EACCES, "cannot write {1}: no permission", "无法写入 {1}：没有权限"),
        (errno.EROFS, "cannot write {1}: the disk is read-only", "无法写入 {1}：磁盘只读"),
    ],
)
def test_a_reason_that_is_known_is_told_in_both_languages(number: int, en: str, zh: str) -> None:
    told = because_of(OSError(number, "No way"), NOT_WRITTEN, "{1}")  # a name like any other
    assert (say(told, Lang.EN), say(told, Lang.ZH)) == (en, zh)


def test_another_reason_is_told_as_the_system_tells_it() -> None:
    for wrong, why in ((OSError(errno.EXDEV, "another disk"), "another disk"),
                       (OSError("odd {0}"), "odd {0}"), (ValueError("odd"), "odd"),
                       (ssl.SSLError(1, "no cipher"), "no cipher"),  # no error of the system
                       (OSError(), "OSError")):  # fmt: skip
        assert say(because_of(wrong, NOT_WRITTEN, "x"), Lang.ZH) == f"无法写入 x：{why}"


def test_a_model_that_cannot_be_read_says_why_in_both_languages() -> None:
    for read, name in ((read_file, "x" * 300 + ".gguf"), (tensors_of, "x" * 300)):
        with pytest.raises(NotFound) as caught:
            read(Path("/") / name)
        assert say(caught.value.message, Lang.ZH) == f"无法读取 /{name}：名称过长"
        assert say(caught.value.message, Lang.EN) == f"/{name} cannot be read: the name is too long"


def test_what_to_do_is_told_as_advice() -> None:
    lost, look = Text("there is no {0}", "没有 {0}"), Text("look at {0}", "请看 {0}")
    told = with_remedy(RuntimeFailure(lost.of("x"), look.of("y")), App())
    assert say(told, Lang.EN) == "there is no x\nTry: look at y"
    assert say(told, Lang.ZH) == "没有 x\n建议：请看 y"
    assert with_remedy(RuntimeFailure(lost.of("x")), App()) == lost.of("x")


def both(text: Text) -> tuple[str, str]:
    return say(text, Lang.EN), say(text, Lang.ZH)


def test_errors_that_number_otherwise_are_not_taken_for_those_of_files() -> None:
    bare = Text("{0}", "{0}")
    nobody = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    assert both(because_of(nobody, bare)) == ("the name cannot be looked up", "无法解析该名称")
    assert "permission" not in both(because_of(ssl.SSLError(1, "[SSL] bad"), bare))[0]
    assert both(because_of(TimeoutError(), bare)) == ("nothing answered in time", "等待应答超时")
    for call in (Path("a\0b").read_bytes, "\ud800".encode):
        with pytest.raises(ValueError) as caught:  # noqa: PT011 - whatever its words are
            call()
        assert both(because_of(caught.value, bare))[1] == "含有不允许的字符"


@pytest.mark.parametrize(
    ("code", "en", "zh"),
    [
        (sqlite3.SQLITE_READONLY | 8 << 8, "it may only be read", "只允许读取"),
        (sqlite3.SQLITE_CANTOPEN, "it cannot be opened", "无法打开"),
        (sqlite3.SQLITE_NOTADB, "this is no database", "不是数据库文件"),
    ],
)
def test_what_the_database_says_is_told_in_both_languages(code: int, en: str, zh: str) -> None:
    wrong = sqlite3.OperationalError("in English")
    wrong.sqlite_errorcode = code
    for told in (told_of_history(wrong, "h.db").message, failure(wrong, Path("n.db")).message):
        assert en in both(told)[0]
        assert zh in both(told)[1]
        assert "English" not in "".join(both(told))
    is_damaged = isinstance(failure(wrong, Path("n.db")), Damaged)
    assert is_damaged == (code == sqlite3.SQLITE_NOTADB)  # what may not be written is whole


LONG = "x" * 300
TOO_LONG = ("the name is too long", "名称过长")
CIRCLE = ("links lead round in a circle", "链接循环指向")
NO_FOLDER = ("a part of the path is no folder", "路径中有一部分不是文件夹")
UNFIT = ("a character in it is not allowed", "含有不允许的字符")


def _of(door: Callable[[], object], kind: type[Exception]) -> tuple[str, str]:
    with pytest.raises(kind) as caught:
        door()
    wrong = caught.value
    told = wrong.message if isinstance(wrong, RuntimeFailure) else getattr(wrong, "why")  # noqa: B009
    assert isinstance(told, Text)
    return both(told)


def test_every_door_tells_the_reason_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / LONG))
    file = tmp_path / "file"
    file.touch()
    own = tmp_path / "config" / "prompts"
    own.mkdir(parents=True)
    (own / "maths.en.txt").symlink_to("maths.en.txt")
    (walked,) = readable(tmp_path / LONG, Cancel())
    assert walked.why is not None
    assert both(walked.why) == TOO_LONG
    doors: list[tuple[Callable[[], object], type[Exception], tuple[str, str]]] = [
        (lambda: open_file(tmp_path / LONG), Unreadable, TOO_LONG),
        (lambda: open_notes(file / "in" / "notes.db").__enter__(), Unsupported, NO_FOLDER),
        (lambda: read_template(Template.MATHS, Lang.EN), Damaged, CIRCLE),
        (lambda: _content(own / "maths.en.txt"), UnreadError, CIRCLE),
        (lambda: outside(f"file:{tmp_path}/{LONG}.gguf", ()), NotFound, TOO_LONG),
        (authorities, Unreachable, TOO_LONG),
        (lambda: read_text(Path("a\0b"), Cancel()), NotAttached, UNFIT),
        (lambda: read_text(tmp_path / LONG, Cancel()), NotAttached, TOO_LONG),
    ]
    for door, kind, (en, zh) in doors:
        told = _of(door, kind)
        assert en in told[0], told
        assert zh in told[1], told
        assert os.strerror(36) not in told[1]
    told = both(_no_files(NotADirectoryError(errno.ENOTDIR, "Not a directory", "t")).message)
    assert told[1] == "无法读取 huggingface_hub 的文件 t：路径中有一部分不是文件夹"


def test_a_port_that_is_taken_or_none_is_told_in_both_languages() -> None:
    pytest.importorskip("textual_serve")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = _of(lambda: serve(Wanted(lang=Lang.EN, port=port)), Unreachable)
    assert told[0].endswith("another program has it already")
    assert told[1].endswith("已被其他程序占用")
    assert "70000" in _of(lambda: serve(Wanted(lang=Lang.EN, port=70000)), Unreachable)[1]


def test_a_hub_whose_name_nobody_knows_is_told_in_both_languages() -> None:
    import httpx2

    web = Web("https://hub.example.invalid", Tuning())
    refused = ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
    nobody = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    for cause, zh in ((nobody, "无法解析该名称"), (refused, "对方没有服务器应答")):
        with pytest.raises(Hiccup) as caught, web.translated(Cancel()):
            raise httpx2.ConnectError(str(cause)) from cause
        assert both(caught.value.failure.message)[1] == f"无法连接 hub.example.invalid：{zh}"
    with pytest.raises(Hiccup) as caught, web.translated(Cancel()):
        raise httpx2.ConnectError("[Errno 5] odd")
    assert both(caught.value.failure.message)[1] == "无法连接 hub.example.invalid：odd"
