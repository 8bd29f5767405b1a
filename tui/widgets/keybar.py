"""The keys that do something now, in the user's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import ActiveBinding
from textual.content import Content
from textual.events import MouseDown
from textual.screen import Screen
from textual.widgets import Static

from runtimes.texts import Lang
from tui.keyboard.keys import KEYS

FIRST = 3
"""Keys of the screen itself before those that lead to all others,"""
HELP = "app.help"
WAYS = ("app.palette", HELP)
"""which are these."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A key as it stands in the line: the action's id, Textual's name of the key, how it is
    written, what it does."""

    name: str
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

    def use_language(self, lang: Lang) -> None:
        """Draw it in this one."""
        self._lang = lang
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
        if not (self.is_attached and self.display):  # the screen is left, or taken down
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
        """What there is room for: the screen's first key, the help, which has them all, the key
        that leads on, and then one after the other."""
        room = self.size.width + 1  # the last space may be cut off
        every = list(self._all())
        kept: list[Shown] = []
        wanted = HELP, getattr(self.screen, "WAY_ON", "")
        kept_first = [one for name in wanted for one in every if one.name == name]
        for shown in [*every[:1], *kept_first, *every[1:]]:
            if shown in kept:
                continue
            room -= shown.width
            if room < 0:
                break
            kept.append(shown)
        yield from (shown for shown in every if shown in kept)

    def _all(self) -> Iterator[Shown]:
        """A key each, without those that can do nothing now."""
        seen: set[str] = set()
        active = _by_importance(self.screen.active_bindings.values())
        for _, binding, _, _ in active:
            if binding.action in seen:
                continue
            seen.add(binding.action)
            key = KEYS.get(binding.id or "")
            label = binding.description if key is None else key.label(self._lang)
            sign = self.app.get_key_display(binding)
            yield Shown(binding.id or "", binding.key, sign, label)


def _by_importance(active: Iterable[ActiveBinding]) -> list[ActiveBinding]:
    """A narrow line ends before the least important: the way out, which everybody knows."""
    keys = [one for one in active if one.binding.show and one.enabled]
    keys.sort(key=_place)
    own = [one for one in keys if not (one.binding.id or "").startswith("app.")]
    ways = [one for one in keys if one.binding.id in WAYS]
    others = [one for one in keys if one not in own and one not in ways]
    return [*own[:FIRST], *ways, *own[FIRST:], *others]


def _place(one: ActiveBinding) -> tuple[int, int]:
    """The focus before what is around it; each in its own order, whatever else is bound to its
    keys further in."""
    own = one.node._bindings.key_to_bindings.values()  # noqa: SLF001 - it has no reader
    names = [binding.id for bindings in own for binding in bindings]
    return -len(one.node.ancestors), names.index(one.binding.id)
