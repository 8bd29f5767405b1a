"""A control group for one run, where the system lets this user make one: memory and processes of
the whole tree counted by the kernel itself, which looks at every page and never too late.

Only version 2, and only below a group that was delegated to us: it is writable for an ordinary
user, or marked as delegated for root, whose rights alone say nothing.  Where there is none the
warden counts.
"""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from pathlib import Path

from assistant.coding.inside.orders import Bounds

MOUNT = Path("/sys/fs/cgroup")
OWN = Path("/proc/self/cgroup")
NEEDED = {"memory", "pids"}
MORE_PROCESSES = 4
"""The launcher, its helper and the warden are counted too."""
MORE_MEMORY = 64 << 20
"""And their memory."""
GONE_SECONDS = 1.0


def parent() -> Path | None:
    """The nearest group above this process in which groups can be made that limit."""
    try:
        line = next(line for line in OWN.read_text().splitlines() if line.startswith("0::"))
    except (OSError, StopIteration):
        return None
    folder = MOUNT / line.removeprefix("0::").strip("/")
    while folder.is_relative_to(MOUNT):
        if _ours(folder) and _controllers(folder) >= NEEDED:
            return folder
        if folder == MOUNT:
            return None
        folder = folder.parent
    return None


def _ours(folder: Path) -> bool:
    if os.geteuid():
        return os.access(folder, os.W_OK) and os.access(folder / "cgroup.procs", os.W_OK)
    for name in ("user.delegate", "trusted.delegate"):
        with contextlib.suppress(OSError):
            if os.getxattr(folder, name) == b"1":
                return True
    return False


def _controllers(folder: Path) -> set[str]:
    """What the groups below may limit."""
    try:
        return set((folder / "cgroup.subtree_control").read_text().split())
    except OSError:
        return set()


class Group:
    """A group of our own.  ``close`` ends all that is in it, and takes it away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, process: int) -> bool:
        """Put a process in, and with it all that it will start."""
        try:
            (self._folder / "cgroup.procs").write_text(str(process))
        except OSError:
            return False
        return True

    def out_of_memory(self) -> bool:
        """Did the kernel end something for want of memory?"""
        try:
            lines = (self._folder / "memory.events").read_text().splitlines()
        except OSError:
            return False
        return any(line.startswith("oom_kill ") and line != "oom_kill 0" for line in lines)

    def close(self) -> None:
        """End and remove it; a group that is not empty yet is waited for a little."""
        with contextlib.suppress(OSError):
            (self._folder / "cgroup.kill").write_text("1")
        until = time.monotonic() + GONE_SECONDS
        while time.monotonic() < until:
            try:
                self._folder.rmdir()
            except FileNotFoundError:
                return
            except OSError:
                time.sleep(0.01)
            else:
                return


def make(bounds: Bounds) -> Group | None:
    """A new group with these limits; ``None`` where this machine delegates none."""
    above = parent()
    if above is None:
        return None
    folder = above / f"assistant-{uuid.uuid4().hex}"
    limits = {
        "memory.max": bounds.memory + bounds.workspace + MORE_MEMORY,
        "memory.swap.max": 0,
        "memory.oom.group": 1,
        "pids.max": bounds.processes + MORE_PROCESSES,
    }
    try:
        folder.mkdir()
    except OSError:
        return None
    group = Group(folder)
    try:
        for name, value in limits.items():
            if name != "memory.swap.max" or (folder / name).exists():
                (folder / name).write_text(str(value))
    except OSError:
        group.close()
        return None
    return group
