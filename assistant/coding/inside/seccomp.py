"""The filter of system calls: what no program of a learner needs, and exploits of kernels do.

The namespaces already make most of these calls harmless; the filter takes away the code behind
them.  It is written out here, a comparison and an answer for each call, rather than through
libseccomp: that library is not on every machine, and its Python binding has one maintainer.
A call that is newer than this file answers "not implemented", as on an older kernel.
"""

from __future__ import annotations

import ctypes
import errno

from assistant.coding.inside import kernel

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""A program of another architecture (32 bits) would have other numbers: it is killed."""
NEWEST = 462
"""The last call that was looked at: ``mseal`` (Linux 6.10).  The numbers are common from 424 on."""
X32 = 0x40000000
"""Second numbers for the calls of x86_64, by which filters are evaded."""

REFUSED: tuple[tuple[str, tuple[int, ...], tuple[int, ...]], ...] = (
    # why, numbers on x86_64, numbers on aarch64 (generic table)
    ("namespaces: unshare, setns", (272, 308), (97, 268)),
    ("mounts: mount, umount2, pivot_root, chroot", (165, 166, 155, 161), (40, 39, 41, 51)),
    ("mounts, new calls: open_tree … fspick, mount_setattr", (), (*range(428, 434), 442)),
    ("mounts, looking: statmount, listmount", (), (457, 458)),
    ("other processes: ptrace, process_vm_readv, _writev", (101, 310, 311), (117, 270, 271)),
    ("other processes: kcmp, pidfd_getfd, process_madvise", (312,), (272, 438, 440)),
    ("other processes: move_pages, migrate_pages", (279, 256), (239, 238)),
    ("kernel programs: bpf, perf_event_open, userfaultfd", (321, 298, 323), (280, 241, 282)),
    ("io_uring: does the work of other calls unseen", (), (425, 426, 427)),
    ("keys of the kernel: add_key, request_key, keyctl", (248, 249, 250), (217, 218, 219)),
    ("kernel: kexec_load, kexec_file_load, reboot", (246, 320, 169), (104, 294, 142)),
    ("kernel: init_module, finit_module, delete_module", (175, 313, 176), (105, 273, 106)),
    ("kernel: swapon, swapoff, acct, quotactl, syslog", (167, 168, 163, 179, 103),
     (224, 225, 89, 60, 116)),
    ("kernel: quotactl_fd, lookup_dcookie", (212,), (443, 18)),
    ("clock: settimeofday, clock_settime, adjtimex, clock_adjtime", (164, 227, 159, 305),
     (170, 112, 171, 266)),
    ("names: sethostname, setdomainname", (170, 171), (161, 162)),
    ("hardware: iopl, ioperm, modify_ldt", (172, 173, 154), ()),
    ("terminal: vhangup", (153,), (58,)),
    ("files by number, around mounts: name_to_, open_by_handle_at", (303, 304), (264, 265)),
    ("another personality of the kernel, for its old gaps", (135,), (92,)),
    ("memory that no limit counts: shmget, memfd_create", (29, 319), (194, 279)),
    ("memory that no limit counts: memfd_secret", (), (447,)),
    ("memory that no limit counts: msgget, semget", (68, 64), (186, 190)),
    ("memory that no limit counts: mq_open", (240,), (180,)),
    ("the order in which disks serve: ioprio_set", (251,), (30,)),
    ("watching all files: fanotify_init", (300,), (262,)),
    ("changing one's security module: lsm_set_self_attr", (), (460,)),
    ("obsolete: uselib, ustat, sysfs, _sysctl, nfsservctl", (134, 136, 139, 156, 180), (42,)),
)  # fmt: skip
OF_THE_WARDEN = (
    # where the number of the process stands among the arguments, numbers as above
    ("prlimit64", 0, 302, 261),
    ("sched_setparam", 0, 142, 118),
    ("sched_setscheduler", 0, 144, 119),
    ("sched_setaffinity", 0, 203, 122),
    ("sched_setattr", 0, 314, 274),
    ("setpriority", 1, 141, 140),
)
"""Calls by which a process of the same user is slowed or starved: not process 1, the warden."""
SETPRIORITY = {"x86_64": 141, "aarch64": 140}
PRIO_PROCESS = 0
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE3 = 435
SOCKET = {"x86_64": 41, "aarch64": 198}
IOCTL = {"x86_64": 16, "aarch64": 29}
AF_UNIX = 1
TYPES_INTO_TERMINAL = (0x5412, 0x541C)
"""TIOCSTI and TIOCLINUX, which type for the user."""

LOAD, EQUAL, GREATER, ANY_BIT, ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
"""BPF: load a word; jump where equal, at least, where a bit is set; the answer."""
ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
FILTER_MODE = 2
NUMBER_AT, ARCHITECTURE_AT, ARGUMENTS_AT = 0, 4, 16
"""Places in ``struct seccomp_data``; the low half of argument n is at 16 + 8 n."""

Instruction = tuple[int, int, int, int]
"""Code, places to jump over where true, where false, and the operand."""


class _Line(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("true", ctypes.c_uint8),
        ("false", ctypes.c_uint8),
        ("operand", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("lines", ctypes.POINTER(_Line)))


def program(machine: str) -> list[Instruction]:
    """The filter for a machine.  ``KeyError`` where its numbers are not known here."""
    lines: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (EQUAL, 1, 0, ARCHITECTURES[machine]),
        (ANSWER, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_AT),
    ]
    if machine == "x86_64":
        lines += _refuse((GREATER, 0, 1, X32), KILL)
    lines += _refuse((GREATER, 0, 1, NEWEST + 1), ERROR | errno.ENOSYS)
    # Its flags lie in memory, where no filter looks; the C library then takes the old call.
    lines += _refuse((EQUAL, 0, 1, CLONE3), ERROR | errno.ENOSYS)
    for number in sorted(_numbers(machine)):
        lines += _refuse((EQUAL, 0, 1, number), ERROR | errno.EPERM)
    namespaces = kernel.EVERY_NAMESPACE | 0x80  # 0x80: a time namespace
    lines += _argument(CLONE[machine], 0, [(ANY_BIT, 0, 1, namespaces)], errno.EPERM)
    not_local: list[Instruction] = [(EQUAL, 1, 0, AF_UNIX)]
    lines += _argument(SOCKET[machine], 0, not_local, errno.EAFNOSUPPORT)
    for _, place, *numbers in OF_THE_WARDEN:
        number = numbers[0] if machine == "x86_64" else numbers[1]
        lines += _argument(number, place, [(EQUAL, 0, 1, 1)], errno.EPERM)
    groups: list[Instruction] = [(EQUAL, 1, 0, PRIO_PROCESS)]
    lines += _argument(SETPRIORITY[machine], 0, groups, errno.EPERM)
    for request in TYPES_INTO_TERMINAL:
        lines += _argument(IOCTL[machine], 1, [(EQUAL, 0, 1, request)], errno.EPERM)
    return [*lines, (ANSWER, 0, 0, ALLOW)]


def install() -> bool:
    """Filter this process from now on, and all that it starts.

    False on a machine whose numbers are not known here.  ``OSError`` where the kernel refuses.
    """
    if kernel.MACHINE not in ARCHITECTURES or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    lines = program(kernel.MACHINE)
    array = (_Line * len(lines))(*[_Line(*line) for line in lines])
    whole = _Program(len(lines), array)
    kernel.prctl(kernel.PR_SET_SECCOMP, FILTER_MODE, ctypes.byref(whole))
    return True


def _numbers(machine: str) -> set[int]:
    """All refused calls of a machine.  Numbers from 424 on stand once, in the generic column."""
    own = {n for _, pc, generic in REFUSED for n in (pc if machine == "x86_64" else generic)}
    return own | {n for _, _, generic in REFUSED for n in generic if n >= 424}


def _refuse(test: Instruction, answer: int) -> list[Instruction]:
    return [test, (ANSWER, 0, 0, answer)]


def _argument(number: int, place: int, test: list[Instruction], error: int) -> list[Instruction]:
    """Refuse one call where an argument passes the test, and load the number again after it."""
    body: list[Instruction] = [
        (LOAD, 0, 0, ARGUMENTS_AT + 8 * place),
        *test,
        (ANSWER, 0, 0, ERROR | error),
        (LOAD, 0, 0, NUMBER_AT),
    ]
    return [(EQUAL, 0, len(body), number), *body]
