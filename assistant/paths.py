"""Where the program keeps its files; nothing is made here, only named.

``ASSISTANT_HOME`` puts all of it below one folder: for tests, for a stick, for a classroom.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import platformdirs

NAME = "assistant"


def _folder(kind: str, usual: Callable[..., str]) -> Path:
    """Raises ``Unsupported`` where the user has no folder at all."""
    home = os.environ.get("ASSISTANT_HOME")
    try:
        return Path(home).expanduser() / kind if home else Path(usual(NAME, appauthor=False))
    except RuntimeError as wrong:  # no HOME, and a user whom the system does not know
        from runtimes.errors import Unsupported
        from runtimes.texts import Text

        raise Unsupported(
            Text(
                "there is no home folder to keep anything in", "没有可用的主目录，无法保存任何内容"
            ),
            Text(
                "set ASSISTANT_HOME (or HOME) to a folder that may be written",
                "请将 ASSISTANT_HOME（或 HOME）设为可写的文件夹",
            ),
        ) from wrong


def data_folder() -> Path:
    """What the user would miss: models, history."""
    return _folder("data", platformdirs.user_data_dir)


def config_folder() -> Path:
    """What the user writes: settings, the catalogue's overlay."""
    return _folder("config", platformdirs.user_config_dir)


def state_folder() -> Path:
    """What the program remembers about this machine: crashes, measurements, prompt states."""
    return _folder("state", platformdirs.user_state_dir)


def models_folder() -> Path:
    """Downloaded models."""
    return data_folder() / "models"


def history_file() -> Path:
    """What was asked and answered."""
    return data_folder() / "history.db"


def notes_file() -> Path:
    """The index of the user's documents."""
    return data_folder() / "notes.db"


def offline(asked: bool = False) -> bool:  # noqa: FBT001, FBT002 - a flag of the command line
    """Must no socket be opened?  By ``--offline`` or ``ASSISTANT_OFFLINE=1``."""
    return asked or os.environ.get("ASSISTANT_OFFLINE", "").lower() not in ("", "0", "no", "false")


def settings_file() -> Path:
    """The user's settings."""
    return config_folder() / "settings.toml"


def overlay_file() -> Path:
    """The user's own entries of the catalogue."""
    return config_folder() / "models.toml"
