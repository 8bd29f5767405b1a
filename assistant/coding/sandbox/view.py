"""What the code sees of this machine's files: the system and the tools, nothing of the user's."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.coding.inside.orders import WORKSPACE
from runtimes.files import on_disk

ROOTS = ("/bin", "/sbin", "/lib", "/lib64", "/lib32", "/libx32")
"""Parts of the system that are links into ``/usr`` on most machines, and folders on some."""
SETTINGS = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime")
"""What programs need of ``/etc``; the rest tells about this machine and its users."""


class UnsuitableError(Exception):
    """A tool lies where showing it would show the user's own files.  Its text is the path."""


class HiddenError(UnsuitableError):
    """It lies in the folder that code finds empty, and has for its own; so it cannot be shown."""


@dataclass(frozen=True, slots=True)
class View:
    """Paths that are shown read-only, and links (name, target)."""

    readable: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def interpreter() -> str:
    """The Python that runs this program, without the virtual environment around it."""
    return os.path.realpath(sys.executable)


def view(tools: tuple[str, ...] = ()) -> View:
    """The system, this Python, and the folders of some tools (absolute paths of programs).

    ``UnsuitableError`` where one of them lies in the middle of the user's own files.
    """
    readable = [path for path in ("/usr", "/nix/store") if Path(path).is_dir()]
    links = []
    for root in ROOTS:
        if Path(root).is_symlink():
            links.append((root, str(Path(root).readlink())))
        elif Path(root).is_dir():
            readable.append(root)
    prefixes = {os.path.realpath(sys.base_prefix), os.path.realpath(sys.base_exec_prefix)}
    for tool in (interpreter(), *tools):
        place = Path(os.path.realpath(tool)).parent
        prefixes.add(str(place.parent if place.name in ("bin", "sbin") else place))
    for prefix in sorted(prefixes):
        if not any(Path(prefix).is_relative_to(path) for path in readable):
            readable.append(_suitable(prefix))
    readable += [path for path in SETTINGS if Path(path).exists()]
    return View(tuple(readable), tuple(links))


def hidden(paths: Iterable[str]) -> str:
    """The first of some paths that no code can be shown, for its own folder lies over it; empty
    where there is none."""
    return next((path for path in paths if Path(path).is_relative_to(WORKSPACE)), "")


def _suitable(prefix: str) -> str:
    """The folder of a tool, where nothing but the tool is in it."""
    homes = {os.path.realpath(on_disk("~")), "/home", "/root", "/Users", "/etc", "/var", "/tmp"}  # noqa: S108
    if any(Path(home).is_relative_to(prefix) for home in homes):
        raise UnsuitableError(prefix)
    return prefix
