"""The few calls of the Linux kernel that Python's own library does not offer (3.11)."""

from __future__ import annotations

import ctypes
import os

_LIBC = ctypes.CDLL(None, use_errno=True)
_SYSCALL = _LIBC.syscall
_SYSCALL.restype = ctypes.c_long

MACHINE = os.uname().machine
NUMBERS = {
    "x86_64": {"pivot_root": 155, "capset": 126},
    "aarch64": {"pivot_root": 41, "capset": 91},
}
"""Numbers that differ; those from 424 on are the same on every machine."""
MOUNT_SETATTR, LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 442, 444, 445, 446

NEWNS, NEWCGROUP, NEWUTS, NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
EVERY_NAMESPACE = NEWNS | NEWCGROUP | NEWUTS | NEWIPC | NEWUSER | NEWPID | NEWNET

MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 8, 4096, 16384, 1 << 18
ATTR_RDONLY, ATTR_NOSUID, ATTR_NODEV = 1, 2, 4
AT_FDCWD, AT_RECURSIVE = -100, 0x8000
MNT_DETACH = 2
SIGINT, SIGKILL, SIGPIPE, SIGXFSZ = 2, 9, 13, 25
SIG_DFL, SIG_IGN = 0, 1
"""The module ``signal`` would cost the import of ``enum``."""

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP = 1, 4, 22
PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 24, 36, 38


def call(number: int, *arguments: object) -> int:
    """One system call by its number.  ``OSError`` where the kernel refuses."""
    return _checked(_SYSCALL(ctypes.c_long(number), *arguments), f"call {number}")


def named_call(name: str, *arguments: object) -> int:
    """One of the calls whose number depends on the machine."""
    return call(NUMBERS[MACHINE][name], *arguments)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Leave namespaces for new ones."""
    _checked(_LIBC.unshare(ctypes.c_int(flags)), "unshare")


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """Mount something; every argument as in mount(2)."""
    result = _LIBC.mount(
        source.encode(),
        target.encode(),
        kind.encode() if kind else None,
        ctypes.c_ulong(flags),
        options.encode() or None,
    )
    _checked(result, f"mount {target}")


def unmount(target: str) -> None:
    """Take a mount away, even where it is in use."""
    _checked(_LIBC.umount2(target.encode(), ctypes.c_int(MNT_DETACH)), f"umount {target}")


def pivot_root(new: str, old: str) -> None:
    """Make ``new`` the root, and what was the root ``old``."""
    named_call("pivot_root", ctypes.c_char_p(new.encode()), ctypes.c_char_p(old.encode()))


def set_mount_attributes(target: str, attributes: int, *, recursive: bool) -> None:
    """Set attributes of a mount, perhaps of all below it (Linux 5.12)."""
    words = (ctypes.c_uint64 * 4)(attributes, 0, 0, 0)
    call(
        MOUNT_SETATTR,
        ctypes.c_long(AT_FDCWD),
        ctypes.c_char_p(target.encode()),
        ctypes.c_ulong(AT_RECURSIVE if recursive else 0),
        ctypes.byref(words),
        ctypes.c_size_t(ctypes.sizeof(words)),
    )


def prctl(option: int, value: int = 0, pointer: object = None) -> None:
    """One setting of this process."""
    second = ctypes.c_ulong(0) if pointer is None else pointer
    zero = ctypes.c_ulong(0)
    result = _LIBC.prctl(ctypes.c_int(option), ctypes.c_ulong(value), second, zero, zero)
    _checked(result, f"prctl {option}")


def set_host_name(name: str) -> None:
    """The name of this machine, as it is seen in this world."""
    _checked(_LIBC.sethostname(name.encode(), ctypes.c_size_t(len(name))), "sethostname")


def set_signal(number: int, how: int) -> None:
    """Take a signal's usual course (``SIG_DFL``), or ignore it (``SIG_IGN``)."""
    _LIBC.signal(ctypes.c_int(number), ctypes.c_void_p(how))


def forbid_capabilities() -> None:
    """Let no program that is started from here gain a privilege by being started."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:  # past the last one that this kernel knows, or none held to begin with
            break


def drop_capabilities() -> None:
    """Give up every privilege that this process holds."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    named_call("capset", ctypes.byref(header), ctypes.byref((ctypes.c_uint32 * 6)()))
