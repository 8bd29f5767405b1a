"""Sentences within sentences: a reason put into the words around it, in both languages."""

from __future__ import annotations

import re

from runtimes.texts import Text

_PLACE = re.compile(r"\{(\d+)\}")


def worded(text: Text, *args: object) -> Text:
    """``text`` with ``args`` in its places; a sentence among them becomes a part of it."""
    values: list[object] = []
    parts: list[tuple[str, str]] = []
    for arg in args:
        first = len(values)
        if isinstance(arg, Text):
            parts.append((_moved(arg.en, first), _moved(arg.zh, first)))
            values += arg.args
        else:
            place = f"{{{first}}}"
            parts.append((place, place))
            values.append(arg)
    en = _PLACE.sub(lambda found: parts[int(found[1])][0], text.en)
    zh = _PLACE.sub(lambda found: parts[int(found[1])][1], text.zh)
    return Text(en, zh, tuple(values))


def _moved(template: str, by: int) -> str:
    return _PLACE.sub(lambda found: f"{{{int(found[1]) + by}}}", template)
