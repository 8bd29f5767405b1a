"""What the system says of files is told in both languages."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from runtimes.errors import NotFound, RuntimeFailure
from runtimes.ggufs import read_file
from runtimes.memory.safetensors import tensors_of
from runtimes.reasons import because_of
from runtimes.texts import Lang, Text
from tui.words import say, with_remedy

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
    for wrong, why in ((OSError(errno.ELOOP, "too many links"), "too many links"),
                       (OSError("odd {0}"), "odd {0}")):  # fmt: skip
        assert say(because_of(wrong, NOT_WRITTEN, "x"), Lang.ZH) == f"无法写入 x：{why}"


def test_a_model_that_cannot_be_read_says_why_in_both_languages() -> None:
    for read, name in ((read_file, "x" * 300 + ".gguf"), (tensors_of, "x" * 300)):
        with pytest.raises(NotFound) as caught:
            read(Path("/") / name)
        assert say(caught.value.message, Lang.ZH) == f"无法读取 /{name}：名称过长"
        assert say(caught.value.message, Lang.EN) == f"/{name} cannot be read: the name is too long"


def test_what_to_do_is_told_as_advice() -> None:
    lost, look = Text("there is no {0}", "没有 {0}"), Text("look at {0}", "请看 {0}")
    told = with_remedy(RuntimeFailure(lost.of("x"), look.of("y")))
    assert say(told, Lang.EN) == "there is no x\nTry: look at y"
    assert say(told, Lang.ZH) == "没有 x\n建议：请看 y"
    assert with_remedy(RuntimeFailure(lost.of("x"))) == lost.of("x")
