"""Words on the screen: sentences in the user's language, and text from outside made harmless."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from runtimes.texts import Lang, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget


COPIED = Text("copied", "已复制")
TRY = Text("Try: {0}", "建议：{0}")
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories that a terminal would obey, that reorder a line or that hide."""
_KEPT = {"\n": "\n", "\t": "    ", "\r": "", "\u200c": "\u200c", "\u200d": "\u200d"}
_PILE = re.compile(r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
                   r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff\ufe20-\ufe2f]+"
                   r"|([\u200c\u200d])[\u200c\u200d]+")  # fmt: skip
"""More marks on one letter, or joiners in a row, than any script writes."""


class _Signs(dict[int, str]):
    """What stands for each character; looked up once."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if sign in _KEPT:
            shown = _KEPT[sign]
        else:
            shown = "�" if unicodedata.category(sign) in _UNSAFE else sign
        self[code] = shown
        return shown


_SIGNS = _Signs()


def harmless(text: str) -> str:
    """Text of a model or a file for the screen; lines stay, tabs become spaces, escapes go."""
    if text.isascii() and text.isprintable():
        return text
    return _PILE.sub(r"\1\2", text.translate(_SIGNS))


def editable(text: str) -> str:
    """The same for a field; tabs stay, for they are the text's own."""
    return "\t".join(harmless(part) for part in text.split("\t"))


def pasted(text: str) -> str:
    """What a terminal sends of a paste; many send the sign of the Enter key for the end of a
    line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str, limit: int = 200) -> str:
    """The same on one line, cut where it is longer."""
    short = harmless(text[: limit + 1]).replace("\n", " ")
    return short if len(short) <= limit else short[: limit - 1] + "…"


def before(first: str, then: str) -> str:
    """A text that comes back to a field, before what was typed there since."""
    return "\n".join(part for part in (first, then) if part.strip())


def typed_since(sent: str, now: str) -> str:
    """What of a text was typed while another one was on its way: that other one without what it
    was; all of it, where more was changed than typed."""
    sent = sent.strip()
    inside = now.strip()
    head = next((n for n, pair in enumerate(zip(sent, inside, strict=False)) if len({*pair}) > 1),
                min(len(sent), len(inside)))  # fmt: skip
    tail = len(sent) - head
    if tail and not inside[head:].endswith(sent[head:]):
        return now
    return inside[head : len(inside) - tail] if len(inside) >= len(sent) else now


@runtime_checkable
class Speaks(Protocol):
    """A screen, or a widget, with words in it."""

    def use_language(self, lang: Lang) -> None:
        """Say them in this language from now on; all else stays as it is."""


def speak_in(widgets: Iterable[Widget], lang: Lang) -> None:
    """All that have words say them in this language: at once, or as soon as their parts are there,
    but not while these are taken away."""
    for widget in widgets:
        if isinstance(widget, Speaks) and widget.is_attached:
            if widget.is_mounted:
                widget.use_language(lang)
            else:
                widget.call_later(widget.use_language, lang)


def say(text: Text, lang: Lang) -> str:
    """A sentence of ours in one language, its formulas in plain text."""
    if not text.args:
        return text.template(lang)
    from assistant.records import say as filled

    return harmless(filled(text, lang))


def around(text: Text, part: Text) -> Text:
    """A sentence of ours with another one in its place, in both languages."""
    return Text(
        say(text.of(say(part, Lang.EN)), Lang.EN), say(text.of(say(part, Lang.ZH)), Lang.ZH)
    )


def joined(*parts: Text, en: str = "\n", zh: str = "\n") -> Text:
    """Several sentences as one; ``en`` and ``zh`` stand between them."""
    return Text(
        en.join(say(part, Lang.EN) for part in parts), zh.join(say(part, Lang.ZH) for part in parts)
    )
