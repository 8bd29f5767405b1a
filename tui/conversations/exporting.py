"""A conversation written to a file that the user names."""

from __future__ import annotations

import errno
import re
from pathlib import Path
from typing import TYPE_CHECKING

from runtimes.errors import DiskFull, RuntimeFailure
from runtimes.files import on_disk
from runtimes.reasons import because_of
from runtimes.texts import Lang, Text

if TYPE_CHECKING:
    from assistant.history import ConversationId, Form, History

ENDS = {".md": "md", ".markdown": "md", ".json": "json", ".html": "html", ".htm": "html"}
NO_FORM = Text(
    "end the name of the file with .md, .json or .html", "文件名请以 .md、.json 或 .html 结尾"
)
NOT_WRITTEN = Text("cannot write {0}: {1}", "无法写入 {0}：{1}")
MAKE_ROOM = Text("make room on the disk", "请清理磁盘空间")
ELSEWHERE = Text("choose another place", "请换一个位置")
_UNFIT = re.compile(r"[^\w-]+")
_LONGEST = 60


class Exists(FileExistsError):  # noqa: N818 - it is a question to the user
    """The file is there already."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def usual_name(title: str) -> str:
    """A name for the file of a conversation, without signs that some file system refuses."""
    return (_UNFIT.sub("-", title).strip("-")[:_LONGEST] or "conversation") + ".md"


def export(
    history: History,
    conversation: ConversationId,
    name: str,
    lang: Lang,
    *,
    replace: bool,
) -> Path:
    """Write it; the result is the whole path.  It waits for the disk.

    Raises ``Exists``, and ``RuntimeFailure`` with its remedy.
    """
    path = on_disk(name.strip())
    form = _form(path)
    text = history.export(conversation, form, lang)
    try:
        path = path.resolve()
        if replace:
            from runtimes.files import replace_file

            replace_file(path, text)
        else:
            _write_new(path, text)
    except FileExistsError as there:
        raise Exists(path) from there
    except (OSError, ValueError) as wrong:
        raise _failure(path, wrong) from wrong
    return path


def _form(path: Path) -> Form:
    from assistant.history import Form

    end = ENDS.get(path.suffix.lower())
    if end is None:
        raise RuntimeFailure(NO_FORM)
    return Form(end)


def _write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        try:
            file.write(text)
            file.flush()
        except BaseException:
            path.unlink(missing_ok=True)  # half of it is none
            raise


def _failure(path: Path, wrong: OSError | ValueError) -> RuntimeFailure:
    told = because_of(wrong, NOT_WRITTEN, str(path))
    if isinstance(wrong, OSError) and wrong.errno == errno.ENOSPC:
        return DiskFull(told, MAKE_ROOM)
    return RuntimeFailure(told, ELSEWHERE)
