"""Landlock: a process gives up rights over files, for itself and all that it starts.

It stands on its own beside the mounts: were one of them a leak, this still holds.  The kernel's
numbers are in ``linux/landlock.h``; what an older kernel does not know is left out, by its
version of the interface (``abi``).
"""

from __future__ import annotations

import ctypes
import os

from assistant.coding.inside import kernel
from assistant.coding.inside.orders import DEVICES

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
MAKE_CHAR, MAKE_BLOCK = 1 << 6, 1 << 11
TRUNCATE, IOCTL_DEV = 1 << 14, 1 << 15
LAST_RIGHT = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many of the rights over files a version of the interface knows; later ones as 5."""
NETWORK_RIGHTS = 0b11
"""To bind and to connect TCP (version 4): nothing is ever allowed here."""
SCOPES = 0b11
"""Abstract sockets of, and signals to, processes outside (version 6)."""
VERSION_FLAG, PATH_BENEATH = 1, 1


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


def abi() -> int:
    """The version of the interface; 0 where the kernel has none."""
    try:
        return kernel.call(kernel.LANDLOCK_CREATE, None, ctypes.c_size_t(0), VERSION_FLAG)
    except OSError:
        return 0


def confine(readable: tuple[str, ...], folder: str) -> bool:
    """Leave this process ``readable`` to read and run, and ``folder`` to write in.

    False where the kernel has no Landlock.  ``OSError`` where it has, and refuses.
    """
    version = abi()
    if not version:
        return False
    every = (1 << LAST_RIGHT.get(version, 16)) - 1
    handled = (ctypes.c_uint64 * 3)(
        every, NETWORK_RIGHTS if version >= 4 else 0, SCOPES if version >= 6 else 0
    )
    size = 8 if version < 4 else 16 if version < 6 else 24
    rules = kernel.call(
        kernel.LANDLOCK_CREATE, ctypes.byref(handled), ctypes.c_size_t(size), ctypes.c_uint32(0)
    )
    try:
        for path in (*readable, "/proc", "/etc", "/dev"):
            _allow(rules, path, (EXECUTE | READ_FILE | READ_DIR) & every)
        for path in DEVICES:
            _allow(rules, path, (READ_FILE | WRITE_FILE | TRUNCATE) & every)
        _allow(rules, folder, every & ~(MAKE_CHAR | MAKE_BLOCK | IOCTL_DEV))
        kernel.call(kernel.LANDLOCK_RESTRICT, ctypes.c_int(rules), ctypes.c_uint32(0))
    finally:
        os.close(rules)
    return True


def _allow(rules: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - ``pathlib`` would cost its import
            rights &= EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
        rule = _PathRule(rights, place)
        kernel.call(
            kernel.LANDLOCK_ADD,
            ctypes.c_int(rules),
            ctypes.c_int(PATH_BENEATH),
            ctypes.byref(rule),
            ctypes.c_uint32(0),
        )
    finally:
        os.close(place)
