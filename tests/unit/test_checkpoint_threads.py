"""How many threads torch gets: those asked for, else what the machine really gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from runtimes.checkpoint import devices
from runtimes.machine.host import Readings
from runtimes.types import LoadOptions

EIGHT = Readings(
    system="Linux",
    machine="x86_64",
    memory_total=1 << 34,
    memory_free=1 << 33,
    physical=8,
    allowed=tuple(range(8)),
)
GROUP = {
    "/proc/self/cgroup": "0::/\n",
    "/proc/self/mountinfo": "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
}


def quota(monkeypatch: pytest.MonkeyPatch, cpu_max: str) -> None:
    """A machine of eight cores, in a container."""
    files = {**GROUP, "/sys/fs/cgroup/cpu.max": cpu_max}
    monkeypatch.setattr(devices, "readings", lambda: EIGHT)
    monkeypatch.setattr(devices, "read_text", files.get)


@pytest.mark.parametrize(
    ("cpu_max", "safe", "expected"),
    [
        ("max 100000", False, 8),
        ("max 100000", True, 4),
        ("350000 100000", False, 3),
        ("350000 100000", True, 1),
        ("50000 100000", False, 1),
        ("50000 100000", True, 1),
    ],
)
def test_no_more_threads_than_the_container_pays_for(
    cpu_max: str, safe: bool, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    quota(monkeypatch, cpu_max)
    assert devices.threads(LoadOptions(safe_mode=safe)) == expected


@pytest.mark.parametrize("safe", [False, True])
def test_what_was_asked_for_is_what_one_gets(safe: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    quota(monkeypatch, "200000 100000")
    options = LoadOptions(safe_mode=safe)
    assert devices.threads(replace(options, threads=6)) == 6
    assert devices.threads(replace(options, threads=1)) == 1


def test_this_machine_has_some() -> None:
    assert devices.threads(LoadOptions()) >= 1
