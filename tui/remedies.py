"""What can be done, by the keys of the app where it names a command of the shell, or an option."""

from __future__ import annotations

import re
from collections.abc import Callable
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

_OPTIONS = (
    (r"--think N", "", "/think N", "/think N"),
    (r"--context (\{\d\}) --kv \{\d\}", "models.kv", "%(room)s", "%(room)s"),
    (r": --context \{\d\}$", "", ": %(room)s", ""),
    (r"：--context \{\d\}$", "", "", "：%(room)s"),
    (r" ?--context (\{\d\}) ?", "", " a context of @ (%(room)s) ", " @ 的上下文（%(room)s）"),
    (r"--kv \{\d\}", "models.kv", "%(room)s, then %(key)s", "%(room)s 再按 %(key)s"),
    (
        r"--kv f16",
        "models.kv",
        "KV f16 (%(room)s, then %(key)s)",
        "KV f16（%(room)s 再按 %(key)s）",
    ),
    (r"[(（]--context(?: N)?[)）]", "", "(%(room)s)", "（%(room)s）"),
    (r" ?--context(?: N)? ?", "", " context (%(room)s) ", "上下文（%(room)s）"),
)  # fmt: skip
"""Options, the key for the same, and how it is told; ``@`` is what the option is to be."""
_LOOSE = re.compile(r" +(?=[,.;:)]|$)")
"""Spaces that nothing follows."""


def in_app(remedy: Text, key: Callable[[str], str]) -> Text:
    """The same with keys; ``key`` tells how the key of an action is written."""
    en, zh = remedy.en, remedy.zh
    for pattern, screen, action in _WAYS:
        then_en = f", then {key(action)}" if action else ""
        then_zh = f" 再按 {key(action)}" if action else ""
        en = f"{key(screen)}{then_en}".join(re.split(pattern, en))
        zh = f"{key(screen)}{then_zh}".join(re.split(pattern, zh))
    for pattern, action, here_en, here_zh in _OPTIONS:
        signs = {"room": key("app.models"), "key": key(action) if action else ""}
        en = _put(pattern, here_en % signs, en)
        zh = _put(pattern, here_zh % signs, zh)
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
