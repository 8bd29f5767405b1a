"""What the user has settled once for all: ``settings.toml`` in the folder of settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.tomlfile import faithful, load, write_toml
from runtimes.catalog.tables import Table

_KEY = "default_model"
_LINE = re.compile(rf"^[ \t]*{_KEY}[ \t]*=.*\n?", re.MULTILINE)
_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``default_model`` is the name of the model that is meant where none is given."""

    default_model: str | None = None


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
    _typed(values, path)
    values.pop(_KEY, None)
    line = ""
    if settings.default_model is not None:
        import tomli_w

        values[_KEY] = settings.default_model
        line = tomli_w.dumps({_KEY: settings.default_model})
    write_toml(path, faithful(_edited(text, line), values))


def _edited(text: str, line: str) -> str:
    """``line`` in place of the old one, else before the first table."""
    header = _HEADER.search(text)
    at = header.start() if header else len(text)
    top, rest = text[:at], text[at:]
    if _LINE.search(top):
        return _LINE.sub(lambda _: line, top, count=1) + rest
    return (f"{top}\n" if top and not top.endswith("\n") else top) + line + rest


def _typed(values: Mapping[str, object], path: Path) -> Settings:
    table = Table(values, str(path), "")
    return Settings(default_model=table.text(_KEY) if _KEY in table else None)
