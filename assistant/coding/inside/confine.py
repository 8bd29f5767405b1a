"""The last steps before the code starts, in the process that will be the code."""

from __future__ import annotations

import errno
import os
import resource

from assistant.coding.inside import kernel, landlock, seccomp
from assistant.coding.inside.orders import USER, Bounds, Orders

CHANGED_SIGNALS = (kernel.SIGINT, kernel.SIGPIPE, kernel.SIGXFSZ)
"""Python or the launcher ignores them, and so would a program that is started."""
NO_CORE = 1
"""Byte.  With 0 the kernel still hands a crash to a handler outside, if one is set up; with 1,
which it gives such handlers themselves, it writes and hands over nothing (``fs/coredump.c``)."""
STACK = 8 << 20
"""Bytes; each thread is given as much of the address space."""
NAMES_A_USER_EACH = (5, 14)
"""Since this kernel a namespace counts its own processes, and not all that the user has."""


def start(orders: Orders, arguments: tuple[str, ...], say: int) -> None:
    """Become the program, with every right taken away; never returns.

    Writes the layers that hold to ``say``, a line each, which closes as the program starts; a
    line that begins with ``!`` says why it could not.
    """
    try:
        layers = _confine(orders, say)
        lacking = [layer for layer in orders.need if layer not in layers]
        if lacking:
            raise PermissionError(f"this machine does not enforce: {', '.join(lacking)}")
        os.write(say, "".join(f"{layer}\n" for layer in layers).encode())
        os.execve(arguments[0], list(arguments), dict(orders.scene.environment))  # noqa: S606
    except BaseException as wrong:  # noqa: BLE001 - whatever it is, the code must not start
        os.write(say, f"!{type(wrong).__name__}: {wrong}"[:500].replace("\n", " ").encode())
    finally:
        os._exit(127)


def _confine(orders: Orders, say: int) -> list[str]:
    layers = []
    os.setsid()
    for number in CHANGED_SIGNALS:
        kernel.set_signal(number, kernel.SIG_DFL)
    _give(orders.keep, say)
    _limit(orders.bounds)
    layers.append("rlimits")
    kernel.forbid_capabilities()
    if os.getuid() == 0 and os.getpid() != 1 and _in_own_users():
        os.setgroups([])
        os.setgid(USER)
        os.setuid(USER)
    kernel.drop_capabilities()
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    if landlock.confine(orders.scene.readable, orders.scene.folder):
        layers.append("landlock")
    if seccomp.install():
        layers.append("seccomp")
    return layers


def _in_own_users() -> bool:
    """Is there a ``USER`` here to become?"""
    with open("/proc/self/uid_map", encoding="ascii") as lines:  # noqa: PTH123
        return any(line.split()[0] == str(USER) for line in lines)


def _give(keep: tuple[int, ...], say: int) -> int:
    """Leave open 0, 1, 2, then ``keep`` as 3, 4 …, and ``say``, which closes by itself."""
    high = [os.dup2(place, 200 + n) for n, place in enumerate(keep)]
    for n, place in enumerate(high):
        os.dup2(place, 3 + n)
    first = 3 + len(keep)
    os.closerange(first, say)
    os.closerange(say + 1, 1 << 20)
    return say


def _limit(bounds: Bounds) -> None:
    """Limits of the kernel for one process; the warden watches what they do together."""
    limits = {
        resource.RLIMIT_CPU: bounds.cpu,
        resource.RLIMIT_DATA: bounds.memory,
        resource.RLIMIT_FSIZE: bounds.workspace,
        resource.RLIMIT_NOFILE: bounds.open_files,
        resource.RLIMIT_CORE: NO_CORE,
        resource.RLIMIT_STACK: STACK,
        resource.RLIMIT_MEMLOCK: 0,
    }
    if bounds.whole_address_space is None:
        del limits[resource.RLIMIT_DATA]
    elif bounds.whole_address_space:  # shared memory is in no other limit
        limits[resource.RLIMIT_AS] = 2 * bounds.memory + (512 << 20)
    release = tuple(int(part) for part in os.uname().release.split("-")[0].split(".")[:2])
    if release >= NAMES_A_USER_EACH:
        limits[resource.RLIMIT_NPROC] = bounds.processes
    for which, value in limits.items():
        hard = value + 1 if which == resource.RLIMIT_CPU else value
        _set(which, value, hard)
    for which in (resource.RLIMIT_MSGQUEUE, resource.RLIMIT_NICE, resource.RLIMIT_RTPRIO):
        _set(which, 0, 0)


def _set(which: int, soft: int, hard: int) -> None:
    """Set a limit; where the user's own is lower already, that holds."""
    now = resource.getrlimit(which)[1]
    if now != resource.RLIM_INFINITY:
        soft, hard = min(soft, now), min(hard, now)
    try:
        resource.setrlimit(which, (soft, hard))
    except OSError as wrong:
        if wrong.errno != errno.EINVAL:
            raise
