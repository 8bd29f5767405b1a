"""The command palette: every action that can be done now, every screen, every theme."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from runtimes.texts import Text
from tui.keys import KEYS
from tui.themes import SCHEMES
from tui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app import AssistantApp

THEME = Text("theme: {0}", "主题：{0}")
SEARCH = Text("Search the commands…", "搜索命令……")


class Actions(Provider):
    """What the palette finds."""

    async def discover(self) -> Hits:
        """All of it."""
        for label, keys, run in self._all():
            yield DiscoveryHit(label, run, text=label, help=keys)

    async def search(self, query: str) -> Hits:
        """What fits."""
        matcher = self.matcher(query)
        for label, keys, run in self._all():
            score = matcher.match(label)
            if score > 0:
                yield Hit(score, matcher.highlight(label), run, text=label, help=keys)

    def _all(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        app: AssistantApp = self.app  # type: ignore[assignment]
        lang = app.lang
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            key = KEYS.get(binding.id or "")
            if key is None or not enabled or binding.id == "app.palette":
                continue
            run = partial(app.run_action, binding.action, node)
            yield key.does.template(lang), app.get_key_display(binding), run
        for scheme in SCHEMES:
            told = THEME.of(scheme.title.template(lang))
            yield say(told, lang), "", partial(app.use_theme, scheme.name)
