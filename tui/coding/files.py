"""Files of the user's on the code screen: opened with nothing lost, written with a copy kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.code_files import OwnFile, read_own, write_own
from assistant.cli.sources import Unreadable
from runtimes.texts import Text
from tui.coding.texts import REPLACE, WRITTEN
from tui.solving.forms import save
from tui.widgets.asking import YesNo
from tui.widgets.code_editor import MOST_CHARACTERS
from tui.widgets.saving import SaveAs
from tui.words import editable, one_line

if TYPE_CHECKING:
    from tui.app import AssistantApp

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


@dataclass(slots=True)
class Place:
    """Where the code of a field stands on the disk, if anywhere; ``text`` is what stood in the
    field when it was last read from there or written."""

    own: OwnFile | None = None
    text: str = ""

    @property
    def name(self) -> str:
        """The path of the user's own file."""
        return "" if self.own is None else str(self.own.path)

    def save(self, app: AssistantApp, code: str, name: str) -> None:
        """Write to the user's own file, after a question; else ask where to, ``name`` offered."""
        own = self.own

        def replace(sure: bool | None) -> None:  # noqa: FBT001 - it is the answer
            if sure and own is not None:
                self.own, told = replaced(own, code)
                self.text = self.own.text
                app.tell(told)

        def write(path: Path, sure: bool) -> None:  # noqa: FBT001 - as it is called
            save(path, code, replace=sure)

        def saved(path: Path | None) -> None:
            if path is not None:
                self.text = code
                app.tell(WRITTEN.of(one_line(str(path))))

        if own is not None:
            app.push_screen(YesNo(REPLACE.of(one_line(self.name))), replace)
        else:
            app.push_screen(SaveAs(write, Path.cwd() / name, app.lang), saved)
