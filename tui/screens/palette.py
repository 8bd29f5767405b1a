"""The command palette, over the screen that is shown: one types, and takes a line."""

from __future__ import annotations

from collections.abc import Sequence
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from runtimes.texts import Text
from tui.commands.palette import Entry, sought
from tui.keyboard.keys import bound, key_of, shown_key
from tui.rendering.plain import aloud, joined, plain
from tui.screens.base import Overlay
from tui.widgets.finder import Finder
from tui.widgets.rowlist import Row, RowList
from tui.widgets.sentence import Sentence

if TYPE_CHECKING:
    from tui.app import AssistantApp

TITLE = Text("Commands", "命令")
SEARCH = Text("Search the commands…", "搜索命令……")
NONE = Text("no command has these words", "没有符合的命令")
HINT = Text("{0} does it · {1} closes", "{0} 执行 · {1} 关闭")


class PaletteScreen(Overlay[Entry | None]):
    """The result is what is to be done."""

    app: AssistantApp
    AUTO_FOCUS = "Finder"
    CSS_PATH = "../styles/palette.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bound("box.close", "close", priority=True)]

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._entries = entries

    def compose(self) -> ComposeResult:
        """A field, the commands, how to leave."""
        lang = self.app.lang
        with Vertical() as box:
            box.border_title = Content(TITLE.template(lang))
            yield Finder(placeholder=SEARCH.template(lang), compact=True)
            yield RowList(compact=True)
            keys = shown_key(self.app, "enter"), key_of(self.app, "box.close")
            yield Sentence(aloud(HINT).of(*keys), lang, classes="hint")

    @property
    def list(self) -> OptionList:
        """The commands that have the words."""
        return self.query_one(OptionList)

    def on_resize(self) -> None:
        """The keys stand at the end of the line, for every width."""
        self.call_after_refresh(self._draw)

    def on_input_changed(self) -> None:
        """Those that have these words."""
        self._draw()

    def _draw(self) -> None:
        if not self.query(Finder):  # it has been taken down meanwhile
            return
        words = self.query_one(Finder).value.casefold().split()
        hits = sought(self._entries, words)
        width = self.list.scrollable_content_region.width - 2  # of the option's own padding
        options: list[Option] = [Row(self._line(one, width), one) for one in hits]
        if not options:
            options = [Option(Content(NONE.template(self.app.lang)), disabled=True)]
        self.list.set_options(options)
        self.list.highlighted = 0 if hits else None

    def _line(self, entry: Entry, width: int) -> Content:
        lang = self.app.lang
        does = entry.does.template(lang)
        room = "" if entry.room is None else entry.room.title.template(lang)
        if plain():
            return Content(joined((does, room, entry.keys)))
        more = "  ".join(part for part in (room, entry.keys) if part)
        room_left = width - cell_len(does) - cell_len(more)
        gap = " " * room_left if room_left >= 2 else "\n  "
        return Content.assemble(does, (f"{gap}{more}" if more else "", "dim"))

    def action_move(self, how: str) -> None:
        """Another line."""
        getattr(self.list, f"action_{how}")()

    def on_input_submitted(self) -> None:
        """Take what is highlighted."""
        self.list.action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """This one."""
        event.stop()
        if isinstance(event.option, Row):
            self.leave(event.option.what)

    def action_close(self) -> None:
        """None."""
        self.leave()


async def perform(entry: Entry | None) -> None:
    """Do what was taken."""
    if entry is not None:
        done = entry.run()
        if isawaitable(done):
            await done
