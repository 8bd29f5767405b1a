"""Where models lie: names of repositories, files and servers, and what is wrong with them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from runtimes.texts import Text
from runtimes.types import ServerSource

_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}", re.ASCII)
_REVISION = re.compile(r"[A-Za-z0-9][\w./-]{0,127}", re.ASCII)
_DRIVE = re.compile(r"[A-Za-z]:")
MAX_NAME = 512

SERVER_FORM = Text(
    "a server is written http://HOST:PORT/v1#MODEL, without a password",
    "服务器应写作 http://主机:端口/v1#模型名，且不含密码",
)


def is_file(path: Path) -> bool:
    """Is there a file that may be looked at?"""
    try:
        return path.is_file()
    except OSError:
        return False


def is_repository(name: str) -> bool:
    """``org/name`` as the hub allows it."""
    bad = ".." in name or "--" in name or name.endswith((".", "-", ".git"))
    return bool(_REPOSITORY.fullmatch(name)) and not bad


def is_revision(name: str) -> bool:
    """A commit, branch or tag."""
    return bool(_REVISION.fullmatch(name)) and ".." not in name


def is_inside(name: str) -> bool:
    """A file below a folder: relative, with no way out on any system."""
    parts = name.split("/")
    return (
        0 < len(name) <= MAX_NAME
        and name.isprintable()
        and "\\" not in name
        and not _DRIVE.match(name)
        and all(part not in ("", ".", "..") for part in parts)
    )


def server(text: str) -> ServerSource:
    """``URL#MODEL``.  Raises ``ValueError`` where it is neither.

    The address ends before ``/chat/completions``; where it has no path, ``/v1`` is meant, as on
    every server of this kind.  A password in it is refused: it would be shown and stored.
    """
    url, mark, name = text.strip().partition("#")
    if not mark or not name or len(text) > MAX_NAME or not text.isprintable() or " " in url:
        raise ValueError(text)
    parts = urlsplit(url)
    _ = parts.port  # raises where it is no number
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(text)
    if "@" in parts.netloc or parts.query:
        raise ValueError(text)
    path = parts.path.rstrip("/").removesuffix("/chat/completions") or "/v1"
    return ServerSource(f"{parts.scheme}://{parts.netloc}{path}", name)
