"""What can be done, by the keys of the app where it names a command of the shell, or an option."""

from __future__ import annotations

import re
from collections.abc import Callable

from runtimes.texts import Text

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
    (r"--kv f16", "models.kv", "KV f16 ({0}, then {1})", "KV f16（{0} 再按 {1}）"),
    (r"[(（]--context(?: N)?[)）]", "", "({0})", "（{0}）"),
    (r" ?--context(?: N)? ?", "", " context ({0}) ", "上下文（{0}）"),
)


def in_app(remedy: Text, key: Callable[[str], str]) -> Text:
    """The same with keys; ``key`` tells how the key of an action is written."""
    en, zh = remedy.en, remedy.zh
    for pattern, screen, action in _WAYS:
        then_en = f", then {key(action)}" if action else ""
        then_zh = f" 再按 {key(action)}" if action else ""
        en = f"{key(screen)}{then_en}".join(re.split(pattern, en))
        zh = f"{key(screen)}{then_zh}".join(re.split(pattern, zh))
    for pattern, action, here_en, here_zh in _OPTIONS:
        signs = key("app.models"), key(action) if action else ""
        en = here_en.format(*signs).join(re.split(pattern, en))
        zh = here_zh.format(*signs).join(re.split(pattern, zh))
    return Text(en.rstrip(), zh, remedy.args)
