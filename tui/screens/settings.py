"""The settings: each a row with its value; what is changed holds, and is written, at once."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import Click
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant import modelchoice, paths
from assistant.settings import Settings, change_settings, read_settings
from runtimes.errors import RuntimeFailure
from runtimes.files import on_disk
from runtimes.texts import Lang, Text
from tui.keyboard.keys import bound
from tui.remedies import with_remedy
from tui.rendering.plain import aloud
from tui.screens.base import AppScreen
from tui.settable import SETTINGS, Setting, Value, changed, stepped, value_of, worded
from tui.settled import with_settings
from tui.widgets.roombar import bars
from tui.widgets.rowlist import RowList
from tui.widgets.sentence import Sentence
from tui.widgets.typing_in import TypeIn
from tui.words import around, harmless, one_line, say

if TYPE_CHECKING:
    from tui.app import AssistantApp

HEADING = Text("Settings · {0}", "设置 · {0}")
WRITTEN = Text("written: {0}", "已写入：{0}")
LATER = Text("written; it holds from the next start on", "已写入；下次启动后生效")
INCOGNITO = Text("This time nothing is kept (--incognito).", "本次不留记录（--incognito）。")
STAYS = Text(
    "written; this time the app stays offline, as it was started so",
    "已写入；本次启动时指定了离线，因此仍保持离线",
)
NO_PICTURES = Text("They stay text: {0}.", "仍以文字显示：{0}。")
WIDE = 60
"""Columns from which title and value stand on one line."""
LOW = 14
"""Lines from which there is room for more than the rows."""
AT_NEXT_START = ("default_model", "history_days")


class SettingsList(RowList):
    """A row each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bound("settings.change", "select", show=True),
        bound("settings.next", "screen.step(1)", show=True),
        bound("settings.previous", "screen.step(-1)"),
        bound("settings.reset", "screen.reset", show=True),
    ]

    def on_click(self, event: Click) -> None:
        """The first click chooses a row, so that its note can be read; the second changes it."""
        row = event.style.meta.get("option")
        if row is not None and row != self.highlighted:
            event.prevent_default()
            self.highlighted = row

    def on_resize(self) -> None:
        """The chosen row stays in sight while what is below it grows."""
        self.call_after_refresh(self.scroll_to_highlight)


class SettingsScreen(AppScreen[None]):
    """Reads the file when it is shown, so that another program may have changed it."""

    app: AssistantApp
    AUTO_FOCUS = "SettingsList"
    CSS_PATH = "../styles/settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bound("settings.back", "app.room('chat')", show=True)]

    def __init__(self) -> None:
        super().__init__()
        self.settings = Settings()
        self._broken: RuntimeFailure | None = None
        self._forced_offline = paths.offline()
        self._started_offline = False

    def compose(self) -> ComposeResult:
        """Rows, what the chosen one means, what was said last, keys."""
        lang = self.app.lang
        heading = aloud(HEADING).of(one_line(_short(paths.settings_file())))
        yield Sentence(heading, lang, id="settings-heading")
        yield SettingsList(id="settings", compact=True)
        yield Static(id="settings-note", markup=False)
        yield Sentence(None, lang, id="settings-said")
        yield from bars(lang)

    def on_mount(self) -> None:
        """Read, once before anything is changed here."""
        self._read()
        self._started_offline = paths.offline() and not self.settings.offline

    def on_screen_resume(self) -> None:
        """Another screen, or another program, may have changed something."""
        self._read()

    def use_language(self, lang: Lang) -> None:  # noqa: ARG002 - the app knows it
        """The rows in this one, and what they mean."""
        self._draw()

    def on_resize(self) -> None:
        """Title and value find room on a line, or not; where there are few lines they are all for
        the rows."""
        self.set_class(self.size.height < LOW, "-low")
        self._draw()

    def _read(self) -> None:
        try:
            self.settings, self._broken = read_settings(paths.settings_file()), None
        except RuntimeFailure as failure:
            self._broken = failure
            self._complain(failure)
        self._draw()

    @property
    def list(self) -> SettingsList:
        """The rows."""
        return self.query_one(SettingsList)

    def _draw(self) -> None:
        rows = self.list
        at = rows.highlighted or 0
        rows.clear_options()
        rows.add_options([Option(self._row(setting)) for setting in SETTINGS])
        rows.highlighted = at

    def _row(self, setting: Setting) -> Content:
        lang = self.app.lang
        title = setting.title.template(lang)
        value = harmless(say(worded(setting, value_of(self.settings, setting)), lang))
        if self.app.has_class("-plain"):
            return Content(f"{title}: {value}")
        if self.size.width < WIDE:
            return Content.assemble(title, "\n  ", (value, "bold"))
        pad = " " * max(26 - Content(title).cell_length, 1)
        return Content.assemble(title, pad, (value, "bold"))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what it means."""
        setting = SETTINGS[event.option_index]
        note = setting.note.template(self.app.lang)
        if setting.key == "history_days" and self.app.desk.setup.incognito:
            note = f"{note} {INCOGNITO.template(self.app.lang)}"
        if setting.key == "formulas" and (why := self._no_pictures()):
            note = f"{note} {say(why, self.app.lang)}"
        self.query_one("#settings-note", Static).update(note)

    # --- changes -----------------------------------------------------------------------------

    @property
    def _chosen(self) -> Setting:
        return SETTINGS[self.list.highlighted or 0]

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The next value, or a field where one is typed."""
        event.stop()
        setting = SETTINGS[event.option_index]
        if not setting.typed:
            await self.change(setting, stepped(setting, value_of(self.settings, setting), 1))
            return
        value = value_of(self.settings, setting)

        async def take(typed: Value) -> Text | None:
            return await self.change(setting, typed)

        shown = "" if value is None else harmless(str(value))
        self.app.push_screen(TypeIn(setting, shown, take, self.app.lang))

    async def action_step(self, step: int) -> None:
        """The value beside it."""
        setting = self._chosen
        if setting.choices:
            await self.change(setting, stepped(setting, value_of(self.settings, setting), step))

    async def action_reset(self) -> None:
        """As it was for a new user."""
        await self.change(self._chosen, value_of(Settings(), self._chosen))

    async def change(self, setting: Setting, value: Value) -> Text | None:
        """Write it, and let it hold; else say what is wrong, which is the result too."""
        if self._broken is not None:
            self._complain(self._broken)
            return self._broken.message
        new = changed(self.settings, setting, value)
        if isinstance(new, Text):
            self._say(new, wrong=True)
            return new
        try:
            await asyncio.to_thread(_write, setting, new)
            self.settings = read_settings(paths.settings_file())
        except RuntimeFailure as failure:
            self._complain(failure)
            return failure.message
        self._apply(setting)
        self._draw()
        return None

    def _apply(self, setting: Setting) -> None:
        app, settings = self.app, self.settings
        said = LATER if setting.key in AT_NEXT_START else None
        match setting.key:
            case "language":
                app.use_language(settings.language)
            case "theme":
                app.use_theme(settings.theme)
            case "think" | "vote" | "tools":
                app.desk.options = with_settings(app.desk.options, settings)
            case "screen_reader":
                app.use_screen_reader(settings.screen_reader)
            case "formulas":
                said = self._use_pictures()
            case "hide_keys":
                app.set_class(settings.hide_keys, "-hide-keys")
            case "offline":
                said = self._use_offline()
            case _:
                pass
        self._say(said or around(WRITTEN, setting.title))

    def _no_pictures(self) -> Text | None:
        """Why formulas stay text, as far as that is known: a terminal that was not asked may draw
        pictures."""
        from tui.pictures.terminal import lack

        why = self.app.desk.setup.graphics or lack()
        return around(NO_PICTURES, why) if isinstance(why, Text) else None

    def _use_pictures(self) -> Text | None:
        """At once on a terminal that was asked, and draws them."""
        wanted = self.settings.formulas == "picture"
        self.app.use_pictures(wanted)
        if not wanted or self.app.studio is not None:
            return None
        return self._no_pictures() or LATER

    def _use_offline(self) -> Text | None:
        offline = self.settings.offline or self._started_offline
        if offline:
            os.environ["ASSISTANT_OFFLINE"] = "1"  # what opens sockets looks there
        else:
            os.environ.pop("ASSISTANT_OFFLINE", None)
        self.app.desk.setup = replace(self.app.desk.setup, offline=offline)
        return STAYS if offline and not self.settings.offline else None

    def _complain(self, failure: RuntimeFailure) -> None:
        self._say(with_remedy(failure, self.app), wrong=True)

    def _say(self, text: Text, *, wrong: bool = False) -> None:
        said = self.query_one("#settings-said", Sentence)
        said.set_class(wrong, "-wrong")
        said.say(text)


def _short(path: Path) -> str:
    """As a shell would take it."""
    home = on_disk("~")
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def _write(setting: Setting, settings: Settings) -> None:
    """A model is looked up first: its name must mean something."""
    if setting.key == "default_model":
        modelchoice.set_default(settings.default_model)
    else:
        change_settings(paths.settings_file(), settings)
