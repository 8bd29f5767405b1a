"""What can be done, by the keys of the app where it names a command of the shell, or an option."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from textual.app import App

from runtimes.errors import RuntimeFailure
from runtimes.texts import Text
from tui.keyboard.keys import key_of
from tui.words import TRY, around, joined

_WAYS = (
    (r"assistant pull (?:ollama:)?(?:\{0\}|ID)", "app.models", "models.pull"),
    (r"assistant rm (?:\{0\}|ID)", "app.models", "models.remove"),
    (r"assistant verify(?: \{0\})?", "app.models", "models.verify"),
    (r"assistant models add(?: \{0\})?", "app.models", "models.add"),
    (r"assistant models default(?: (?:\{0\}|ID))?", "app.models", "models.default"),
    (r"assistant models(?: show \{0\}|(?! (?:list|show|remove)\b))", "app.models", ""),
    (r"assistant doctor", "app.models", "models.examine"),
    (r"assistant history(?! [a-z])", "app.history", ""),
)
"""Commands, the screen on which the app does the same, and the key there.  Engines are installed
in a shell alone."""

_MORE, _KV = "models.more", "models.kv"
_OPTIONS = (
    (r"--think N", (), "/think N", "/think N"),
    (r"--context (\{\d\}) --kv \{\d\}", (_MORE, _KV), "%s", "%s"),
    (r": --context \{\d\}$", (_MORE,), ": %s", ""),
    (r"：--context \{\d\}$", (_MORE,), "", "：%s"),
    (r" ?--context (\{\d\}) ?", (_MORE,), " a context of @ (%s) ", " @ 的上下文（%s）"),
    (r"--kv \{\d\}", (_KV,), "%s", "%s"),
    (r"--kv f16", (_KV,), "KV f16 (%s)", "KV f16（%s）"),
    (r"[(（]--context(?: N)?[)）]", (_MORE,), "(%s)", "（%s）"),
    (r" ?--context(?: N)? ?", (_MORE,), " context (%s) ", "上下文（%s）"),
)
"""Options, the actions that do the same among the models, and how it is told, with their keys;
``@`` is what the option is to be."""
_LOOSE = re.compile(r" +(?=[,.;:)]|$)")
"""Spaces that nothing follows."""


def in_app(remedy: Text, key: Callable[[str], str], on: str = "") -> Text:
    """The same with keys; ``key`` tells how the key of an action is written, and ``on`` is the
    screen on which it is told."""

    def way(screen: str, actions: Sequence[str]) -> Text:
        keys = ", ".join(map(key, actions))
        if not keys or screen == on:
            return Text(keys or key(screen), keys or key(screen))
        return Text(f"{key(screen)}, then {keys}", f"{key(screen)} 再按 {keys}")

    en, zh = remedy.en, remedy.zh
    for pattern, screen, action in _WAYS:
        here = way(screen, (action,) if action else ())
        en, zh = here.en.join(re.split(pattern, en)), here.zh.join(re.split(pattern, zh))
    for pattern, actions, here_en, here_zh in _OPTIONS:
        here = way("app.models", actions)
        en = _put(pattern, here_en.replace("%s", here.en), en)
        zh = _put(pattern, here_zh.replace("%s", here.zh), zh)
    return Text(_LOOSE.sub("", en), zh.rstrip(), remedy.args)


def _put(pattern: str, here: str, text: str) -> str:
    def told(found: re.Match[str]) -> str:
        return here.replace("@", found[1] if found.lastindex else "")

    return re.sub(pattern, told, text)


def with_remedy(failure: RuntimeFailure, app: App[None], en: str = "\n", zh: str = "\n") -> Text:
    """What failed, and what to do about it here, where that is known; see ``joined``."""
    message = in_app(failure.message, partial(key_of, app))
    if failure.remedy is None:
        return message
    remedy = in_app(failure.remedy, partial(key_of, app))
    return joined(message, around(TRY, remedy), en=en, zh=zh)
