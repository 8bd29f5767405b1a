"""The limits of a container: control groups of Linux, version 1 and 2, and every group above.

A group's own limit says nothing if a parent has a smaller one, so the way up is walked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from runtimes.machine.reading import ReadText, number

UNLIMITED = 1 << 60
"""Version 1 writes "no limit" as a number that no machine has."""


@dataclass(frozen=True, slots=True)
class Limits:
    """``memory`` is the smallest limit, ``free`` what is left under the tightest (bytes);
    ``cores`` is the smallest quota of processor time.  ``None``: no limit."""

    memory: int | None = None
    free: int | None = None
    cores: float | None = None


def limits(read: ReadText) -> Limits:
    """Those that hold for this process."""
    memories, quotas = [], []
    for folder, version in _folders(read, "memory"):
        if (found := _memory(read, folder, version)) is not None:
            memories.append(found)
    for folder, version in _folders(read, "cpu"):
        if (quota := _quota(read, folder, version)) is not None:
            quotas.append(quota)
    return Limits(
        min((limit for limit, _ in memories), default=None),
        min((free for _, free in memories), default=None),
        min(quotas, default=None),
    )


def _folders(read: ReadText, controller: str) -> Iterator[tuple[str, int]]:
    """The folders of this process's groups for a controller, from its own upward."""
    mounts = list(_mounts(read("/proc/self/mountinfo") or ""))
    for line in (read("/proc/self/cgroup") or "").splitlines():
        names, _, path = line.partition(":")[2].partition(":")
        version = 2 if names == "" else 1
        if version == 1 and controller not in names.split(","):
            continue
        for mount in mounts:
            if mount.version == version and (version == 2 or controller in mount.controllers):
                for folder in _upward(mount, path):
                    yield folder, version


@dataclass(frozen=True, slots=True)
class _Mount:
    version: int
    root: str
    place: str
    controllers: tuple[str, ...]


def _mounts(text: str) -> Iterator[_Mount]:
    for line in text.splitlines():
        before, dash, after = line.partition(" - ")
        fields, kinds = before.split(), after.split()
        if not dash or len(fields) < 5 or not kinds:
            continue
        root, place = _plain(fields[3]), _plain(fields[4])
        if kinds[0] == "cgroup2":
            yield _Mount(2, root, place, ())
        elif kinds[0] == "cgroup" and len(kinds) > 2:
            yield _Mount(1, root, place, tuple(kinds[2].split(",")))


def _plain(field: str) -> str:
    """A path of mountinfo with its escapes undone."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), field)


def _upward(mount: _Mount, path: str) -> Iterator[str]:
    """In a container the mount shows only a part of the tree, which ``root`` names."""
    root = mount.root.rstrip("/")
    inside = path == root or path.startswith(root + "/")
    parts = [part for part in (path[len(root) :] if inside else "").split("/") if part]
    if ".." in parts:  # the group lies above what the mount shows
        parts = []
    for n in range(len(parts), -1, -1):
        yield "/".join([mount.place.rstrip("/"), *parts[:n]])


def _memory(read: ReadText, folder: str, version: int) -> tuple[int, int] | None:
    """The limit of a group and what is left of it; cached files count as free: they give way."""
    names = (
        ("memory.max", "memory.current", "")
        if version == 2
        else ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_")
    )
    limit = number(read(f"{folder}/{names[0]}"))
    used = number(read(f"{folder}/{names[1]}"))
    if limit is None or used is None or not 0 < limit < UNLIMITED:
        return None
    counted = dict(
        line.split()[:2]
        for line in (read(f"{folder}/memory.stat") or "").splitlines()
        if len(line.split()) >= 2
    )
    cached = sum(
        number(counted.get(f"{names[2]}{kind}")) or 0 for kind in ("inactive_file", "active_file")
    )
    return limit, max(0, limit - max(0, used - cached))


def _quota(read: ReadText, folder: str, version: int) -> float | None:
    if version == 2:
        words = (read(f"{folder}/cpu.max") or "").split()
        quota = number(words[0]) if words else None
        period = number(words[1]) if len(words) > 1 else None
    else:
        quota = number(read(f"{folder}/cpu.cfs_quota_us"))
        period = number(read(f"{folder}/cpu.cfs_period_us"))
    return quota / period if quota and period and quota > 0 and period > 0 else None
