"""The keys that do something now, in the user's language."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from runtimes.texts import Lang
from tui.keys import KEYS

FIRST = ("chat.send", "chat.stop", "chat.answer_now", "app.palette", "app.help")


class KeyBar(Footer):
    """The footer."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._lang = lang

    def compose(self) -> ComposeResult:
        """A key each, without those that can do nothing now."""
        seen: set[str] = set()
        active = sorted(self.screen.active_bindings.values(), key=_importance)
        for _, binding, enabled, _ in active:
            if not (binding.show and enabled) or binding.action in seen:
                continue
            seen.add(binding.action)
            key = KEYS.get(binding.id or "")
            label = binding.description if key is None else key.label(self._lang)
            shown = self.app.get_key_display(binding)
            yield FooterKey(binding.key, shown, label, binding.action)


def _importance(active: ActiveBinding) -> int:
    """A narrow line ends before the least important."""
    name = active.binding.id or ""
    return FIRST.index(name) if name in FIRST else len(FIRST)
