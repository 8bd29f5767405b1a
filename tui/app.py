"""The app: screens, keys, themes, and what the screens work with."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ScreenStackError
from textual.binding import Binding, BindingType
from textual.constants import TEXTUAL_ANIMATIONS
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen

from assistant import paths
from assistant.firstrun import is_fresh
from runtimes.errors import RuntimeFailure
from runtimes.texts import Lang, Text
from tui.desk import Desk, Setup
from tui.ending import EndingApp
from tui.hangup import lasting
from tui.keyboard.ahead import TypedAhead
from tui.keyboard.keys import bound, key_of
from tui.keyboard.pasting import reading
from tui.keyboard.spelling import spelled
from tui.messages import Asked, Loading, Told
from tui.notices import NoticeApp
from tui.pictures.easel import PictureApp
from tui.rendering.plain import key_in_words
from tui.rooms import ROOMS
from tui.themes import CONTRAST, LIGHT, scheme_named
from tui.words import pasted, speak_in
from tui.wrapping import break_between_letters

if TYPE_CHECKING:
    from tui.models.jobs import Jobs

TITLE = Text("assistant", "助手")
STYLES = ("app", "chat")
LEAST = (20, 5)
"""Columns and lines that are laid out, however small the terminal is."""
REDRAW_AFTER = 0.15
"""Seconds after a change of size."""
LEAVE = Text("{0} ends the program", "按 {0} 退出程序")


class AssistantApp(TypedAhead, EndingApp, NoticeApp, PictureApp):
    """``desk`` is what the screens work with: the model, the history, the session."""

    # the first screen's too: to add its styles later is to read all styles again
    CSS_PATH = [Path(__file__).resolve().parent / f"styles/{name}.tcss" for name in STYLES]  # noqa: RUF012
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
        break_between_letters()
        setup = setup or Setup()
        self.lang: Lang = setup.lang
        self._usual_lang = setup.usual_lang or setup.lang
        self.desk = Desk(setup, self.post_message, partial(key_of, self))
        self.driver_class = lasting(reading(self.driver_class))
        self.open_studio(setup.graphics)
        self.title = TITLE.template(self.lang)
        for theme in (LIGHT, CONTRAST):
            self.register_theme(theme)
        self.use_screen_reader(setup.screen_reader)
        self.set_class(setup.hide_keys, "-hide-keys")
        self.use_theme(setup.theme)

    def on_mount(self) -> None:
        """The user's own keys; and an end in good order where the system asks for one."""
        self.end_when_told()
        from tui.keyboard.ownkeys import FILE, read_keys

        try:
            keys, wrong = read_keys(paths.config_folder() / FILE)
        except RuntimeFailure as failure:
            keys, wrong = {}, (failure.message,)
        self.set_keymap(keys)
        for text in (*self.desk.setup.notices, *wrong):
            self.post_message(Told(text, wrong=True))
        if self.desk.setup.welcome and is_fresh():
            from tui.screens.first_run import FirstRunScreen

            self.push_screen(FirstRunScreen(), self._welcomed)

    def _welcomed(self, typed: str | None) -> None:
        """What was typed at the first start is a question for the chat."""
        from tui.widgets.composer import Composer

        if typed:
            self.screen.query_one(Composer).restore(Asked(typed))

    def on_resize(self) -> None:
        """A terminal that was small for a moment has forgotten what it cut off, and Textual draws
        nothing where the size is at last what it was."""
        self.set_timer(REDRAW_AFTER, self._redraw)

    def _redraw(self) -> None:
        with suppress(ScreenStackError):  # the app has ended meanwhile
            self.screen.refresh()

    def use_theme(self, name: str | None) -> None:
        """Another theme by its name in ``tui.themes``."""
        self.theme = scheme_named(name).textual

    def get_key_display(self, binding: Binding) -> str:
        """A key as it is written everywhere, or for a screen reader as it is said."""
        written = spelled(binding.key)
        return key_in_words(written, self.lang) if self.has_class("-plain") else written

    def use_language(self, lang: Lang | None) -> None:
        """Another language, on all screens at once; ``None``: as the system has it.  What is typed,
        shown, scrolled to or being done stays as it is."""
        self.lang = lang or self._usual_lang
        self.title = TITLE.template(self.lang)
        self.desk.use_language(self.lang)
        self.say_notices_in(self.lang)
        speak_in(self.all_widgets(), self.lang)

    def use_screen_reader(self, on: bool) -> None:  # noqa: FBT001 - it is the only one
        """Words instead of signs, no boxes, nothing that moves; or all of that again."""
        self.set_class(on, "-plain")
        self.animation_level = "none" if on else TEXTUAL_ANIMATIONS

    async def on_event(self, event: events.Event) -> None:
        """A paste has the lines that were copied, whatever the terminal makes of their ends; what
        is too small for a word is cut off and not laid out, for Textual cannot wrap it."""
        if isinstance(event, events.Paste):
            event.text = pasted(event.text)
        if isinstance(event, events.Resize):
            event.size = Size(*map(max, event.size, LEAST))
        await super().on_event(event)

    async def action_room(self, name: str) -> None:
        """Show a screen as it was left."""
        await self.switch_mode(name)
        if self.desk.kept is not None:
            self.desk.kept.room(name)

    def room(self, name: str) -> Screen[object]:
        """The screen itself, whatever lies over it; it must have been shown."""
        return self._screen_stacks[name][0]

    def action_help(self) -> None:
        """Marks and keys, over the screen that is shown; a second time: away with them."""
        from tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.action_close()
        else:
            self.push_screen(HelpScreen())

    def action_command_palette(self) -> None:
        """Search all commands; a second time: away with them."""
        from tui.commands.palette import entries
        from tui.screens.palette import PaletteScreen, perform

        if isinstance(self.screen, PaletteScreen):
            self.screen.action_close()
        else:
            self.push_screen(PaletteScreen(entries(self)), perform)

    def action_help_quit(self) -> None:
        """Ctrl-C where it does nothing else."""
        self.tell(LEAVE.of(key_of(self, "app.quit")))

    @cached_property
    def jobs(self) -> Jobs:
        """What is being done to models."""
        from tui.models.jobs import Jobs

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
        """Stop what runs, and give everything back; a closed terminal may tell of it twice."""
        try:
            if "jobs" in self.__dict__:
                self.jobs.close()
            self.desk.close()
        finally:
            self.end_no_more()
