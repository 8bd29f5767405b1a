"""What the user has settled once for all: ``settings.toml`` in the folder of settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.tomlfile import faithful, load, write_toml
from runtimes.tables import Table
from runtimes.texts import Lang

_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
MOST_DAYS = 36_500
MOST_THINKING = 131_072
"""Tokens; no model of the catalogue has a longer window."""
MOST_VOTES = 64
MOST_MINUTES = 10_080
"""A week."""
THEMES = ("dark", "light", "contrast", "terminal", "terminal-light")
"""Names of the app's colours; where none is set, the app looks at what the terminal can show."""

FORMULAS = ("text", "picture")
"""What formulas are drawn as, the second on terminals that can draw pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``default_model`` is the name of the model that is meant where none is given;
    ``embedding_model`` that of the model by whose vectors the notes are found as well;
    ``history_days`` how long a conversation is kept that nobody goes on with, for ever where it
    is ``None``; ``keep_minutes`` after how many minutes without a question a model gives its
    memory back, where it is ``None`` not before the end (Ollama: as its server is set).

    The rest is for the terminal app, ``None`` or false where the user has not chosen:
    ``language`` and ``theme``; ``think``, the budget of thinking tokens; ``vote``, how many
    answers vote; ``tools``, may a model use them; ``offline``; ``screen_reader``, words instead
    of signs and boxes; ``hide_keys``, no line of keys below; ``formulas``, what they are drawn as
    (text where none is set).
    """

    default_model: str | None = None
    embedding_model: str | None = None
    history_days: int | None = None
    keep_minutes: int | None = None
    language: Lang | None = None
    theme: str | None = None
    think: int | None = None
    vote: int | None = None
    tools: bool = False
    offline: bool = False
    screen_reader: bool = False
    hide_keys: bool = False
    formulas: str | None = None


def read_settings(path: Path) -> Settings:
    """The settings; those of a new user where there is no file.

    Keys that this version does not know are left alone.  Raises ``Damaged`` for a file that
    cannot be read, naming the key where one is wrong.
    """
    return _typed(load(path)[1], path)


def change_settings(path: Path, settings: Settings) -> None:
    """Write the settings; comments, and keys that this version does not know, stay.

    A damaged file is not overwritten: it raises ``Damaged``.
    """
    text, values = load(path)
    before = asdict(_typed(values, path))
    for key, new in asdict(settings).items():
        if before[key] != new:
            text = _changed(text, values, key, None if new is False else new)
    write_toml(path, faithful(text, values))


def _changed(text: str, values: dict[str, object], key: str, value: str | int | None) -> str:
    """The text with another value of a key, which is put into ``values`` too."""
    values.pop(key, None)
    line = ""
    if value is not None:
        import tomli_w

        values[key] = value
        line = tomli_w.dumps({key: value})
    return _edited(text, line, re.compile(rf"^[ \t]*{key}[ \t]*=.*\n?", re.MULTILINE))


def _edited(text: str, line: str, old: re.Pattern[str]) -> str:
    """``line`` in place of the old one, else before the first table."""
    header = _HEADER.search(text)
    at = header.start() if header else len(text)
    top, rest = text[:at], text[at:]
    if old.search(top):
        return old.sub(lambda _: line, top, count=1) + rest
    return (f"{top}\n" if top and not top.endswith("\n") else top) + line + rest


def _typed(values: Mapping[str, object], path: Path) -> Settings:
    table = Table(values, str(path), "")
    return Settings(
        default_model=table.text("default_model") if "default_model" in table else None,
        embedding_model=table.text("embedding_model") if "embedding_model" in table else None,
        history_days=_whole(table, "history_days", 1, MOST_DAYS),
        keep_minutes=_whole(table, "keep_minutes", 1, MOST_MINUTES),
        language=table.one_of("language", tuple(Lang)) if "language" in table else None,
        theme=table.one_of("theme", THEMES) if "theme" in table else None,
        think=_whole(table, "think", 0, MOST_THINKING),
        vote=_whole(table, "vote", 1, MOST_VOTES),
        tools=table.flag("tools", default=False),
        offline=table.flag("offline", default=False),
        screen_reader=table.flag("screen_reader", default=False),
        hide_keys=table.flag("hide_keys", default=False),
        formulas=table.one_of("formulas", FORMULAS) if "formulas" in table else None,
    )


def _whole(table: Table, key: str, least: int, most: int) -> int | None:
    return table.whole(key, least, most) if key in table else None
