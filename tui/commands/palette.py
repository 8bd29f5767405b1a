"""What the command palette lists: every action of the app, every theme, every language."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from assistant import paths
from assistant.settings import change_settings, read_settings
from runtimes.errors import RuntimeFailure
from runtimes.texts import Lang, Text
from tui.keyboard.keys import KEYS, ONLY_TYPING, keys_of
from tui.messages import Told
from tui.remedies import with_remedy
from tui.rooms import ROOMS, Room
from tui.themes import SCHEMES
from tui.words import around

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.dom import DOMNode
    from textual.screen import Screen

    from tui.app import AssistantApp

THEME = Text("theme: {0}", "主题：{0}")
LANGUAGE = Text("language: {0}", "语言：{0}")
LANGUAGES = {Lang.EN: Text("English", "English"), Lang.ZH: Text("中文", "中文")}
NOT_NOW = Text("this cannot be done now: {0}", "现在不能执行：{0}")
OF_A_ROW = frozenset({
    "history.open", "history.branches", "history.rename", "history.export", "history.delete",
    "models.pull", "models.chat", "models.load", "models.unload", "models.verify",
    "models.remove", "models.default", "models.less", "models.more", "models.usual", "models.kv",
    "models.form", "models.copy",
    "settings.change", "settings.next", "settings.previous", "settings.reset",
})  # fmt: skip
"""These mean what is highlighted, so that one must see it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line: what it does, on which screen (``None``: on all), its keys."""

    does: Text
    room: Room | None
    keys: str
    run: Callable[[], object]
    name: str = ""

    def has(self, words: list[str]) -> bool:
        """Has it all of these words, in any language?"""
        return all(word in self._told for word in words)

    def has_nearly(self, words: list[str]) -> bool:
        """Has it for each of these a word with its first letter, and all the others in order?"""
        between = r"\w*?"
        ways = (rf"\b{between.join(map(re.escape, word))}" for word in words)
        return all(re.search(way, self._told) for way in ways)

    @property
    def _told(self) -> str:
        room = self.room.title if self.room is not None else Text("", "")
        told = (self.does.en, self.does.zh, room.en, room.zh, self.keys, self.name)
        return " ".join(told).casefold()


def sought(every: Sequence[Entry], words: list[str]) -> list[Entry]:
    """Those that have these words; where none has, those that nearly do."""
    return [one for one in every if one.has(words)] or [
        one for one in every if one.has_nearly(words)
    ]


def entries(app: AssistantApp) -> list[Entry]:
    """All of them: first what can be done at once."""
    found: dict[str, Entry] = {}
    rooms = {room.name: room for room in ROOMS}
    here = rooms.get(app.current_mode) if len(app.screen_stack) == 1 else None
    for node, binding, enabled, _ in app.screen.active_bindings.values():
        name = binding.id or ""
        if enabled and name in KEYS and _is_command(name):
            room = rooms.get(name.partition(".")[0])
            found[name] = _entry(app, name, room, partial(app.run_action, binding.action, node))
    for name in KEYS if here is not None else ():
        room = rooms.get(name.partition(".")[0])
        if room is not None and _is_command(name) and (room is here or name not in OF_A_ROW):
            found.setdefault(name, _entry(app, name, room, partial(_perform, app, name, room)))
    listed = [found[name] for name in KEYS if name in found]
    if here is not None:  # then what holds everywhere comes first of the others
        listed.sort(key=lambda one: one.room is not here)
    return [*listed, *_choices(app)]


def _is_command(name: str) -> bool:
    return name.partition(".")[2] not in ONLY_TYPING and name != "app.palette"


def _entry(app: AssistantApp, name: str, room: Room | None, run: Callable[[], object]) -> Entry:
    return Entry(KEYS[name].does, room, keys_of(app, name), run, name)


def _choices(app: AssistantApp) -> Iterator[Entry]:
    for lang, title in LANGUAGES.items():
        yield Entry(around(LANGUAGE, title), None, "", partial(_speak, app, lang))
    for scheme in SCHEMES:
        yield Entry(around(THEME, scheme.title), None, "", partial(app.use_theme, scheme.name))


async def _speak(app: AssistantApp, lang: Lang) -> None:
    """From now on, and from the next start on."""
    app.use_language(lang)

    def write() -> None:
        file = paths.settings_file()
        change_settings(file, replace(read_settings(file), language=lang))

    try:
        await asyncio.to_thread(write)
    except RuntimeFailure as failure:
        app.post_message(Told(with_remedy(failure, app), wrong=True))


async def _perform(app: AssistantApp, name: str, room: Room) -> None:
    """Go to the screen of an action, and do it there once that is drawn."""
    await app.action_room(room.name)
    screen = app.screen

    async def act() -> None:
        for node, binding in _bound(screen, name):
            if await app.run_action(binding.action, node):
                return
        app.post_message(Told(around(NOT_NOW, KEYS[name].does), wrong=True))

    screen.call_after_refresh(act)


def _bound(screen: Screen[object], name: str) -> Iterator[tuple[DOMNode, Binding]]:
    """Where an action is bound on a screen, whatever has the focus."""
    for node in screen.walk_children(with_self=True):
        for bindings in node._bindings.key_to_bindings.values():  # noqa: SLF001 - it has no reader
            one = next((one for one in bindings if one.id == name), None)
            if one is not None:
                yield node, one
                break
