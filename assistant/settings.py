"""What the user has settled once for all: ``settings.toml`` in the folder of settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.tomlfile import faithful, load, write_toml
from runtimes.catalog.tables import Table

_MODEL, _DAYS = "default_model", "history_days"
_KEYS = (_MODEL, _DAYS)
_LINES = {key: re.compile(rf"^[ \t]*{key}[ \t]*=.*\n?", re.MULTILINE) for key in _KEYS}
_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``default_model`` is the name of the model that is meant where none is given;
    ``history_days`` how long a conversation is kept that nobody goes on with, for ever where it
    is ``None``.
    """

    default_model: str | None = None
    history_days: int | None = None


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
    before = _typed(values, path)
    for key, old, new in (
        (_MODEL, before.default_model, settings.default_model),
        (_DAYS, before.history_days, settings.history_days),
    ):
        if old != new:
            text = _changed(text, values, key, new)
    write_toml(path, faithful(text, values))


def _changed(text: str, values: dict[str, object], key: str, value: str | int | None) -> str:
    """The text with another value of a key, which is put into ``values`` too."""
    values.pop(key, None)
    line = ""
    if value is not None:
        import tomli_w

        values[key] = value
        line = tomli_w.dumps({key: value})
    return _edited(text, line, _LINES[key])


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
        default_model=table.text(_MODEL) if _MODEL in table else None,
        history_days=table.whole(_DAYS, 1, MOST_DAYS) if _DAYS in table else None,
    )
