"""The app: screens, keys, themes, and what the screens work with."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, ScreenStackError
from textual.binding import Binding, BindingType
from textual.constants import TEXTUAL_ANIMATIONS
from textual.message import Message
from textual.notifications import Notify
from textual.widget import Widget
from textual.widgets._toast import Toast

from assistant import paths
from assistant.firstrun import is_fresh
from runtimes.errors import RuntimeFailure
from runtimes.texts import Lang, Text
from tui.desk import Desk, Setup
from tui.keys import FILE, KEYS, bound, key_of, read_keys
from tui.messages import Loading, Told
from tui.notices import Notice, notice
from tui.pictures.shows import Shows
from tui.rendering.plain import key_in_words
from tui.rooms import ROOMS
from tui.themes import CONTRAST, scheme_named
from tui.words import Speaks

if TYPE_CHECKING:
    from tui.jobs import Jobs
    from tui.pictures.studio import InkMade, Studio
    from tui.pictures.terminal import Graphics

TITLE = Text("assistant", "助手")
REDRAW_AFTER = 0.15
"""Seconds after a change of size."""
TOLD_SECONDS = 8.0
"""Of a notice that nobody asked for."""
LEAVE = Text("{0} ends the program", "按 {0} 退出程序")


class AssistantApp(App[None]):
    """``desk`` is what the screens work with: the model, the history, the session."""

    CSS_PATH = Path(__file__).with_name("styles") / "app.tcss"
    MODES = {room.name: room.open for room in ROOMS}  # noqa: RUF012 - as Textual has it
    DEFAULT_MODE = ROOMS[0].name
    ENABLE_COMMAND_PALETTE = False  # ours has all actions, and speaks two languages
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("app.palette", "command_palette", show=True, priority=True),
        bound("app.quit", "quit", show=True, priority=True),
        bound("app.help", "help", show=True, priority=True),
        *(bound(f"app.{room.name}", f"room('{room.name}')", priority=True) for room in ROOMS),
    ]

    def __init__(self, setup: Setup | None = None) -> None:
        super().__init__()
        setup = setup or Setup()
        self.lang: Lang = setup.lang
        self._usual_lang = setup.usual_lang or setup.lang
        self.desk = Desk(setup, self.post_message, partial(key_of, self))
        self.studio = self._studio(setup.graphics)
        self.title = TITLE.template(self.lang)
        self.register_theme(CONTRAST)
        self.use_screen_reader(setup.screen_reader)
        self.set_class(setup.hide_keys, "-hide-keys")
        self.use_theme(setup.theme)

    def _studio(self, graphics: Graphics | Text | None) -> Studio | None:
        """Where formulas become pictures; ``None`` on a terminal that draws none."""
        if graphics is None or isinstance(graphics, Text):
            return None
        from assistant.maths.typesetter import Typesetter
        from tui.pictures.output import Painter, paint_for, with_pictures
        from tui.pictures.studio import Studio

        studio = Studio(graphics.cell, Typesetter(), self.post_message)
        painter = Painter(studio.shelf, paint_for(graphics.way), lambda: self.current_theme.dark)
        self.driver_class = with_pictures(self.driver_class, painter)
        return studio

    def on_mount(self) -> None:
        """The user's own keys; and an end in good order where the system asks for one."""
        with suppress(NotImplementedError, RuntimeError):  # not in every loop and thread
            for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
                end = partial(self.exit, return_code=128 + number)
                asyncio.get_running_loop().add_signal_handler(number, end)
        try:
            keys, wrong = read_keys(paths.config_folder() / FILE)
        except RuntimeFailure as failure:
            keys, wrong = {}, (failure.message,)
        self.set_keymap(keys)
        for text in (*self.desk.setup.notices, *wrong):
            self.post_message(Told(text, wrong=True))
        if self.desk.setup.welcome and is_fresh():
            from tui.screens.first_run import FirstRunScreen

            self.push_screen(FirstRunScreen())

    def on_resize(self) -> None:
        """A terminal that was small for a moment has forgotten what it cut off, and Textual draws
        nothing where the size is at last what it was."""
        self.set_timer(REDRAW_AFTER, self._redraw)
        if self.studio is not None:
            from tui.pictures.terminal import cell_size

            cell = cell_size()
            if cell is not None and self.studio.resized(cell):
                self._draw_formulas()

    def _redraw(self) -> None:
        with suppress(ScreenStackError):  # the app has ended meanwhile
            self.screen.refresh()

    def use_pictures(self, on: bool) -> None:  # noqa: FBT001 - it is the only one
        """Formulas as pictures, or as text; nothing where the terminal draws no pictures."""
        if self.studio is not None and self.studio.on != on:
            self.studio.on = on
            self._draw_formulas()

    def _draw_formulas(self) -> None:
        """Draw them all again."""
        for widget in self._all_widgets():
            if isinstance(widget, Shows):
                widget.pictures_came()

    def on_ink_made(self, message: InkMade) -> None:
        """A formula is a picture now."""
        message.stop()
        if self.studio is not None:
            self.studio.arrived(message)

    def use_theme(self, name: str | None) -> None:
        """Another theme by its name in ``tui.themes``."""
        self.theme = scheme_named(name).textual

    def get_key_display(self, binding: Binding) -> str:
        """A key by its sign, or for a screen reader by its name."""
        shown = super().get_key_display(binding)
        return key_in_words(shown, self.lang) if self.has_class("-plain") else shown

    def use_language(self, lang: Lang | None) -> None:
        """Another language, on all screens at once; ``None``: as the system has it.  What is typed,
        shown, scrolled to or being done stays as it is."""
        self.lang = lang or self._usual_lang
        self.title = TITLE.template(self.lang)
        self.desk.use_language(self.lang)
        for one in self._notifications:
            if isinstance(one, Notice):
                one.say_in(self.lang)
        for widget in self._all_widgets():
            if isinstance(widget, Speaks):
                widget.use_language(self.lang)
            elif isinstance(widget, Toast):
                widget.refresh(layout=True)

    def _all_widgets(self) -> Iterator[Widget]:
        """Those of all screens that are open, whichever is shown."""
        for stack in self._screen_stacks.values():
            for screen in stack:
                yield from screen.walk_children(Widget, with_self=True)

    def use_screen_reader(self, on: bool) -> None:  # noqa: FBT001 - it is the only one
        """Words instead of signs, no boxes, nothing that moves; or all of that again."""
        self.set_class(on, "-plain")
        self.animation_level = "none" if on else TEXTUAL_ANIMATIONS

    async def action_room(self, name: str) -> None:
        """Show a screen as it was left."""
        await self.switch_mode(name)
        if self.desk.kept is not None:
            self.desk.kept.room(name)

    def action_help(self) -> None:
        """Marks and keys, over the screen that is shown; a second time: away with them."""
        from tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.action_close()
        else:
            self.push_screen(HelpScreen())

    def action_command_palette(self) -> None:
        """Search all commands; a second time: away with them."""
        from tui.palette import entries
        from tui.screens.palette import PaletteScreen, perform

        if isinstance(self.screen, PaletteScreen):
            self.screen.action_close()
        else:
            self.push_screen(PaletteScreen(entries(self)), perform)

    def action_help_quit(self) -> None:
        """Ctrl-C where it does nothing else."""
        self.tell(LEAVE.of(KEYS["app.quit"].keys))

    def tell(self, text: Text, *, wrong: bool = False, seconds: float = 4.0) -> None:
        """Say it for so many seconds.  Any thread may call it."""
        self.post_message(Notify(notice(text, self.lang, wrong=wrong, seconds=seconds)))

    def on_told(self, message: Told) -> None:
        """Say it."""
        self.tell(message.text, wrong=message.wrong, seconds=TOLD_SECONDS)

    @cached_property
    def jobs(self) -> Jobs:
        """What is being done to models."""
        from tui.jobs import Jobs

        return Jobs()

    def on_loading(self, message: Loading) -> None:
        """The chat tells how far the model is loaded, whatever screen is shown."""
        self._tell("chat", message)
        self._tell("models", message)

    def _tell(self, room: str, message: Message) -> None:
        message.stop()  # else it comes up here again from the screen, and so for ever
        for screen in self._screen_stacks.get(room, ()):
            screen.post_message(message)

    async def on_unmount(self) -> None:
        """Stop what runs, and give everything back."""
        if "jobs" in self.__dict__:
            self.jobs.close()
        if self.studio is not None:
            self.studio.close()
        self.desk.close()
