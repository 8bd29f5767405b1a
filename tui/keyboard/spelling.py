"""How a key is written: alike on the line of keys, in the help, in hints and in ``keys.toml``."""

from __future__ import annotations

import re

from textual.keys import format_key

SIGNS = {
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
"""Keys as a keyboard names them, by their names for Textual."""
_NAMES = {**{sign.casefold(): name for name, sign in SIGNS.items()}, "+": "plus"}
_SEAM = re.compile(r"[-+](?=.)")


def spelled(key: str) -> str:
    """Textual's name of a key as it is written: ``ctrl+r`` is ``Ctrl-R``."""
    *held, name = key.strip().split("+")
    sign = SIGNS.get(name) or format_key(name)
    if held or (name[:1] == "f" and name[1:].isdigit()):
        sign = sign[:1].upper() + sign[1:]
    return "-".join([*(one.capitalize() for one in held), sign])


def named(written: str) -> str:
    """Textual's name of a key, however it is written: ``Ctrl-R`` and ``ctrl+r`` are one."""
    *held, sign = _SEAM.split(written.strip())
    name = _NAMES.get(sign.casefold(), sign)
    if held or len(name) > 1:
        name = name.casefold()
    return "+".join([*(one.casefold() for one in held), name])
