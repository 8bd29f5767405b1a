"""What will be run to install an engine, in the words of the tool that is there."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from enum import StrEnum

from runtimes.installer.facts import Backend, Environment
from runtimes.texts import Text

RAW_PROGRESS = (24, 1)
"""The first pip that can report a download in plain numbers."""


class Method(StrEnum):
    """Where the engine comes from."""

    WHEEL = "ready-made"
    SOURCE = "source"
    PACKAGES = "packages"
    """Ready-made packages from the usual index."""


@dataclass(frozen=True, slots=True)
class Command:
    """One program to run, with the variables that it needs beside the usual ones."""

    argv: tuple[str, ...]
    env: tuple[tuple[str, str], ...] = ()

    def shown(self, windows: bool = os.name == "nt") -> str:  # noqa: FBT001 - for tests of both
        """The line that a person would type (on Windows: in PowerShell)."""
        if windows:
            sets = "".join(f"$env:{name} = {_quoted(value)}; " for name, value in self.env)
            return f"{sets}& {' '.join(_quoted(word) for word in self.argv)}"
        sets = "".join(f"{name}={_shell(value)} " for name, value in self.env)
        return sets + " ".join(map(_shell, self.argv))


def _shell(word: str) -> str:
    """A word for a POSIX shell; in double quotes where that is easier to read."""
    if "'" in word and not any(sign in word for sign in '"$`\\!'):
        return f'"{word}"'
    return shlex.quote(word)


def _quoted(word: str) -> str:
    plain = word and all(c.isalnum() or c in "-_./:\\=" for c in word)
    return word if plain else "'" + word.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Install:
    """One call of the installing tool, before it is known which tool that is.

    ``source`` and ``wheel`` name a package that must be built, or must not be; ``index`` takes
    the place of the usual index, ``extra_index`` is asked beside it; ``again`` names a package
    to install although it is there (``alone``: without what it depends on, which is there too);
    ``folder`` is the only place to take files from.
    """

    packages: tuple[str, ...]
    source: str = ""
    wheel: str = ""
    index: str = ""
    extra_index: str = ""
    again: str = ""
    alone: bool = False
    folder: str = ""
    env: tuple[tuple[str, str], ...] = ()

    def command(self, environment: Environment) -> Command:
        """The call for the tool of this environment."""
        words = _uv(self, environment) if environment.pip is None else _pip(self, environment)
        return Command((*words, *self.packages), self.env)

    def download(self, folder: str) -> Command:
        """The call, on another machine, that fetches the files into a folder."""
        python = "py" if os.name == "nt" else "python3"
        words = [python, "-m", "pip", "download", "--dest", folder, *_shared(self)]
        return Command((*words, *self.packages))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How an engine is installed here, and why so.

    ``fallback`` is tried where no ready-made file is found; ``build_needs`` are packages that a
    build from source asks for beside those of ``installs``.
    """

    engine: str
    backend: Backend
    method: Method
    installs: tuple[Install, ...]
    because: tuple[Text, ...] = ()
    build_needs: tuple[str, ...] = ()
    fallback: Recipe | None = None

    def commands(self, environment: Environment) -> tuple[Command, ...]:
        """What will be run, in order."""
        return tuple(install.command(environment) for install in self.installs)


def _shared(install: Install) -> tuple[str, ...]:
    """What pip and uv call by the same name."""
    words: list[str] = []
    if install.source:
        words += ["--no-binary", install.source]
    if install.wheel:
        words += ["--only-binary", install.wheel]
    if install.folder:
        return (*words, "--no-index", "--find-links", install.folder)
    if install.index:
        words += ["--index-url", install.index]
    if install.extra_index:
        words += ["--extra-index-url", install.extra_index]
    return tuple(words)


def _pip(install: Install, environment: Environment) -> tuple[str, ...]:
    raw = environment.pip is not None and environment.pip >= RAW_PROGRESS
    words = [environment.python, "-m", "pip", "install", "--no-input"]
    words += ["--disable-pip-version-check", "--progress-bar", "raw" if raw else "off"]
    if install.source:
        words += ["--verbose", "--no-cache-dir"]  # a wheel in the cache may be another build
    if install.again:
        words += ["--force-reinstall", *(["--no-deps"] if install.alone else [])]
    return (*words, *_shared(install))


def _uv(install: Install, environment: Environment) -> tuple[str, ...]:
    words = [environment.uv or "uv", "pip", "install", "--python", environment.python]
    if install.source:
        words += ["--verbose", "--no-cache"]
    if install.again:
        words += ["--reinstall-package", install.again]
    return (*words, *_shared(install))
