"""Files of the user's on the code screen: opened with nothing lost, written with a copy kept."""

from __future__ import annotations

import asyncio
from pathlib import Path

from assistant.cli.code_files import OwnFile, read_own, write_own
from assistant.cli.sources import Unreadable
from runtimes.texts import Text
from tui.widgets.code_editor import MOST_CHARACTERS, editable
from tui.words import one_line

NO_FILE = Text("there is no such file; another path:", "没有这个文件；请换一个路径：")
NOT_HERE = Text(
    "it is too long for the field, or holds signs that cannot be shown; another path:",
    "文件过长，或含有无法显示的字符；请换一个路径：",
)
AS_IT_IS = Text("there is nothing new to write", "内容没有变化，无需写入")
REPLACED = Text("written; the old text is in {0}", "已写入；原内容保存在 {0}")


async def opened(name: str) -> OwnFile | Text:
    """A file by the name that the user typed, or why it cannot be worked on here."""
    try:
        path = Path(name).expanduser()
        if not path.is_file():
            return NO_FILE
        own = await asyncio.to_thread(read_own, str(path))
    except Unreadable as wrong:
        return wrong.message
    except (OSError, RuntimeError, ValueError):  # an unknown ~user, a null character
        return NO_FILE
    if len(own.text) > MOST_CHARACTERS or editable(own.text) != own.text:
        return NOT_HERE
    return own


def replaced(own: OwnFile, text: str) -> tuple[OwnFile, Text]:
    """The file with another text, and what is to be said of it; unchanged where it failed."""
    if text == own.text:
        return own, AS_IT_IS
    try:
        copy = write_own(own, text)
        return read_own(str(own.path)), REPLACED.of(one_line(str(copy)))
    except Unreadable as wrong:
        return own, wrong.message
