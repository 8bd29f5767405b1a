"""The keys that do something now, in the user's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import ActiveBinding
from textual.content import Content
from textual.events import MouseDown
from textual.screen import Screen
from textual.widgets import Static

from runtimes.texts import Lang
from tui.keys import KEYS

FIRST = (
    "chat.send",
    "chat.stop",
    "chat.answer_now",
    "problem.send",
    "solve.stop",
    "first.solve",
    "first.next",
    "first.skip",
    "first.stop",
    "models.stop",
    "models.pull",
    "models.chat",
    "solve.unfold",
    "solve.next",
    "app.palette",
    "app.help",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A key as it stands in the line: its name on the keyboard, its sign, what it does."""

    key: str
    sign: str
    label: str

    @property
    def width(self) -> int:
        """In cells, with the space after it."""
        return cell_len(self.sign) + cell_len(self.label) + 2


class KeyBar(Static):
    """The last line; a key that is clicked is pressed.

    One widget draws all of it: Textual's own footer makes one for each key, again whenever the
    keys change, which costs more than all else in a first frame.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keybar--key"}
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        text-wrap: nowrap;
        color: $footer-foreground;
        background: $footer-background;
        .keybar--key { color: $footer-key-foreground; text-style: bold; }
    }
    """

    def __init__(self, lang: Lang) -> None:
        super().__init__(markup=False)
        self._lang = lang
        self._shown: tuple[Shown, ...] = ()

    def on_mount(self) -> None:
        """Follow what can be done."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def on_resize(self) -> None:
        """A narrow line ends before the least important."""
        self._draw()

    def on_mouse_down(self, event: MouseDown) -> None:
        """Press the key that is pointed at."""
        at = 0
        for shown in self._shown:
            at += shown.width
            if event.x < at:
                self.app.simulate_key(shown.key)
                return

    def _changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen and screen.app.app_focus:
            self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if not self.is_attached:  # the screen was left meanwhile
            return
        shown = tuple(self._fitting())
        if shown == self._shown:
            return
        self._shown = shown
        style = self.get_visual_style("keybar--key", partial=True)
        parts: list[str | Content | tuple[str, object]] = []
        for key in shown:
            parts += [(key.sign, style), f" {key.label} "]
        self.update(Content.assemble(*parts))  # type: ignore[arg-type]

    def _fitting(self) -> Iterator[Shown]:
        room = self.size.width + 1  # the last space may be cut off
        for shown in self._all():
            room -= shown.width
            if room < 0:
                return
            yield shown

    def _all(self) -> Iterator[Shown]:
        """A key each, without those that can do nothing now."""
        seen: set[str] = set()
        active = sorted(self.screen.active_bindings.values(), key=_importance)
        for _, binding, enabled, _ in active:
            if not (binding.show and enabled) or binding.action in seen:
                continue
            seen.add(binding.action)
            key = KEYS.get(binding.id or "")
            label = binding.description if key is None else key.label(self._lang)
            yield Shown(binding.key, self.app.get_key_display(binding), label)


def _importance(active: ActiveBinding) -> int:
    """The most important first."""
    name = active.binding.id or ""
    return FIRST.index(name) if name in FIRST else len(FIRST)
