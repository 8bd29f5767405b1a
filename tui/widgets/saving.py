"""Asks for a path, and has something written there; no file is replaced unasked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from runtimes.errors import RuntimeFailure
from runtimes.reasons import because_of
from runtimes.texts import Lang, Text
from tui.keyboard.keys import bound, key_of, shown_key
from tui.rendering.plain import aloud
from tui.screens.base import Overlay
from tui.widgets.field import Field
from tui.widgets.sentence import Sentence
from tui.words import one_line, say

TITLE = Text("Export to a file", "导出到文件")
HINT = Text("{0} writes it · {1} closes", "{0} 写入 · {1} 关闭")
EXISTS = Text(
    "there is a file of that name; {0} again replaces it", "已有同名文件；再按 {0} 即覆盖"
)
NO_FOLDER = Text("there is no such folder; name another one", "没有这个文件夹；请换一个")
IS_FOLDER = Text("that is a folder; add a name for the file", "这是文件夹；请加上文件名")
NO_RIGHT = Text("it may not be written there; name another folder", "没有写入权限；请换一个文件夹")
FAILED = Text("it could not be written: {0}; name another path", "写入失败：{0}；请换一个路径")

Write = Callable[[Path, bool], object]


class SaveAs(Overlay[Path | None]):
    """``write`` writes to a path, and replaces what is there only where it is told to; else it
    raises ``FileExistsError``, or ``OSError`` or ``RuntimeFailure`` where it cannot be written.
    ``suggested`` is the path at first.

    The result is the path that was written.
    """

    DEFAULT_CSS = """
    SaveAs {
        align: center middle;
        & > Vertical {
            width: 90%;
            max-width: 80;
            height: auto;
            border: round $primary;
            background: $surface;
            padding: 0 1;
        }
        .hint { color: $text-muted; height: auto; }
        .said { color: $text-warning; height: auto; display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [bound("box.close", "close")]

    def __init__(self, write: Write, suggested: Path, lang: Lang) -> None:
        super().__init__()
        self._write = write
        self._suggested = suggested
        self._lang = lang
        self._sure: Path | None = None

    def compose(self) -> ComposeResult:
        """The path, what is wrong with it, and how to leave."""
        with Vertical() as box:
            box.border_title = Content(say(TITLE, self._lang))
            yield Field(str(self._suggested), compact=True, select_on_focus=False)
            yield Sentence(None, self._lang, classes="said")
            hint = aloud(HINT).of(shown_key(self.app, "enter"), key_of(self.app, "box.close"))
            yield Sentence(hint, self._lang, classes="hint")

    def use_language(self, lang: Lang) -> None:
        """What it is, in this one."""
        self.query_one(Vertical).border_title = Content(say(TITLE, lang))

    def on_input_changed(self) -> None:
        """Another path: it is not known yet whether there is a file."""
        self._sure = None
        self._say(None)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write it, if nothing stands in the way."""
        event.stop()
        if not event.value.strip():
            return
        path = Path(event.value.strip())
        try:
            path = path.expanduser()
            await asyncio.to_thread(self._write, path, path == self._sure)
        except FileExistsError:
            folder = path.is_dir()
            self._sure = None if folder else path
            self._say(IS_FOLDER if folder else EXISTS.of(shown_key(self.app, "enter")))
        except RuntimeFailure as failure:
            self._say(failure.message)
        except (OSError, RuntimeError, ValueError) as wrong:  # an unknown ~user, a null character
            self._say(_because(wrong))
        else:
            self.leave(path)

    def _say(self, text: Text | None) -> None:
        said = self.query_one(".said", Sentence)
        said.display = text is not None
        said.say(text)

    def action_close(self) -> None:
        """Write nothing."""
        self.leave()


def _because(wrong: Exception) -> Text:
    match wrong:
        case FileNotFoundError() | NotADirectoryError():
            return NO_FOLDER
        case IsADirectoryError():
            return IS_FOLDER
        case PermissionError():
            return NO_RIGHT
        case OSError() | ValueError():
            return because_of(wrong, FAILED)
        case _:
            return FAILED.of(one_line(str(wrong)))
