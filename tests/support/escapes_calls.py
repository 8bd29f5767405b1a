"""Attempts against other processes, for privileges, and by bare system calls."""

from __future__ import annotations

from escapes import NETWORK, READING, WRITING, Attempt


def _calls(title: str, rows: str) -> tuple[Attempt, ...]:
    """System calls that must be refused: a row is a name and the arguments of ``call``."""
    found = []
    for row in rows.strip().splitlines():
        name, _, arguments = row.strip().partition(": ")
        found.append(Attempt(f"{title}: {name}", f"tried(call, {arguments})"))
    return tuple(found)


PROCESSES = (
    Attempt(
        "signal a process outside",
        """
for number in VICTIM, PARENT: tried(os.kill, number, 0)
""",
    ),
    Attempt("kill a process outside", "tried(os.kill, VICTIM, 9)"),
    Attempt(
        "kill one's own group",
        "os.setpgid(0, 0) if os.getpgrp() != os.getpid() else None\n"
        "signal.signal(15, lambda *_: None)\nos.killpg(0, 15)",
    ),
    Attempt(
        "kill the group of the launcher", "tried(os.kill, -PARENT, 9)\ntried(os.killpg, VICTIM, 9)"
    ),
    Attempt(
        "kill the warden",
        """
for number in range(1, 65):
    try: os.kill(1, number)
    except OSError: pass
time.sleep(0.05)
if not os.path.exists("/proc/1"): print("ESCAPED")
""",
    ),
    Attempt(
        "kill one's parent",
        """
try: os.kill(os.getppid(), 9)
except OSError: pass
time.sleep(0.05)
if os.getppid() not in (0, 1): print("ESCAPED")
""",
    ),
    Attempt(
        "kill everybody",
        """
signal.signal(signal.SIGTERM, lambda *_: None)
try: os.kill(-1, signal.SIGTERM)
except OSError: pass
""",
    ),
    Attempt(
        "a signal by a descriptor",
        """
number = os.pidfd_open(1)
def send(): return signal.pidfd_send_signal(number, 9)
try: send()
except OSError as wrong: print("held:", wrong)
tried(call, 438, 438, number, 0, 0)
""",
    ),
    Attempt(
        "limits of the warden",
        """
import resource
tried(resource.prlimit, 1, resource.RLIMIT_NOFILE, (0, 0))
""",
    ),
    Attempt(
        "processors and priority of the warden",
        """
tried(os.setpriority, os.PRIO_PROCESS, 1, 19)
tried(os.setpriority, os.PRIO_USER, 0, 19)
tried(os.sched_setscheduler, 1, os.SCHED_IDLE, os.sched_param(0))
tried(os.sched_setaffinity, 1, {0})
tried(os.setpriority, os.PRIO_PROCESS, 0, -20)
tried(os.sched_setscheduler, 0, os.SCHED_FIFO, os.sched_param(10))
""",
    ),
    Attempt(
        "raise one's limits",
        """
import resource
for which in (resource.RLIMIT_NPROC, resource.RLIMIT_DATA,
        resource.RLIMIT_FSIZE, resource.RLIMIT_CPU):
    try: resource.setrlimit(which, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except ValueError as wrong: print("held:", wrong)
    else: print("ESCAPED")
""",
    ),
    Attempt("see the tree of processes", "print(ran('ps', 'axeww'))"),
)

PRIVILEGE = (
    Attempt(
        "become root",
        """
for action in (os.setuid, os.seteuid, os.setgid, os.setegid): tried(action, 0)
tried(os.setgroups, [0])
tried(os.setresuid, 0, 0, 0)
""",
    ),
    Attempt("become another", "for user in 1, 33, 65534: tried(os.setuid, user)"),
    Attempt(
        "a program of root's",
        """
for path in "/usr/bin/su", "/bin/su", "/usr/bin/sudo", "/usr/bin/pkexec":
    if os.access(path, os.X_OK) and "uid=0" in ran("sh", "-c", f"echo | {path} -c id"):
        print("ESCAPED", path)
if not os.statvfs("/usr/bin").f_flag & os.ST_NOSUID: print("ESCAPED")
""",
    ),
    Attempt(
        "make a program of root's",
        """
import shutil
shutil.copy("/bin/sh", "sh")
tried(os.chown, "sh", 0, 0)
os.chmod("sh", 0o6755)
if "uid=0" in ran("./sh", "-p", "-c", "id"): print("ESCAPED")
""",
    ),
    Attempt(
        "capabilities",
        """
status = open("/proc/self/status").read()
words = dict(line.split(":", 1) for line in status.splitlines())
for name in "CapInh", "CapPrm", "CapEff", "CapAmb":
    if int(words[name], 16): print("ESCAPED", name, words[name])
if words["NoNewPrivs"].strip() != "1" or words["Seccomp"].strip() != "2": print("ESCAPED")
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
tried(call, 126, 91, ctypes.byref(header), ctypes.byref((ctypes.c_uint32 * 6)(*[0xffffffff] * 6)))
""",
        control=True,
    ),
    Attempt(
        "take the lock off",
        """
def prctl(*words):
    if libc.prctl(*[ctypes.c_ulong(word) for word in words]) < 0:
        raise OSError(ctypes.get_errno(), "prctl")
tried(prctl, 38, 0, 0, 0, 0)
tried(prctl, 47, 2, 21, 0, 0)
tried(prctl, 22, 0, 0, 0, 0)
""",
    ),
    Attempt(
        "a user namespace of one's own",
        "print(ran('unshare', '-Ur', 'id'))\n"
        "if 'uid=0' in ran('unshare', '-Ur', 'id'): print('ESCAPED')",
        control=True,
    ),
    Attempt(
        "bubblewrap within",
        """
if "yes" in ran("sh", "-c", "bwrap --bind / / echo yes"): print("ESCAPED")
""",
    ),
)

CALLS = (
    *_calls(
        "a world of one's own",
        """
        unshare users: 272, 97, 0x10000000
        unshare mounts: 272, 97, 0x20000
        unshare network: 272, 97, 0x40000000
        unshare time: 272, 97, 0x80
        clone with users: 56, 220, 0x10000011, 0, 0, 0, 0
        clone with processes: 56, 220, 0x20000011, 0, 0, 0, 0
        clone3: 435, 435, ctypes.byref((ctypes.c_uint64 * 11)(0x10000000)), 88
        setns: 308, 268, os.open("/proc/self/ns/user", os.O_RDONLY), 0
    """,
    ),
    *_calls(
        "mounts",
        """
        a new file system: 165, 40, b"x", b"/tmp", b"tmpfs", 0, b""
        a bind: 165, 40, b"/proc/1/root", b"/tmp", 0, 4096, 0
        remount writable: 165, 40, b"none", b"/", 0, 32 | 4096, 0
        a second proc: 165, 40, b"proc", b"/tmp", b"proc", 0, 0
        unmount: 166, 39, b"/usr", 2
        pivot_root: 155, 41, b"/tmp", b"/tmp"
        chroot: 161, 51, b"/tmp"
        open_tree: 428, 428, -100, b"/", 1
        move_mount: 429, 429, -100, b"/usr", -100, b"/tmp", 0
        fsopen: 430, 430, b"tmpfs", 0
        mount_setattr: 442, 442, -100, b"/", 0, (ctypes.c_uint64 * 4)(0, 1, 0, 0), 32
        statmount: 457, 457, 0, 0, 0, 0
        open_by_handle_at: 304, 265, -100, (ctypes.c_uint32 * 6)(8, 1, 2), 0
        name_to_handle_at: 303, 264, -100, b"/", (ctypes.c_uint32 * 40)(128), bytes(8), 0
    """,
    ),
    *_calls(
        "other processes",
        """
        ptrace attach: 101, 117, 16, 1, 0, 0
        ptrace seize: 101, 117, 0x4206, 1, 0, 0
        ptrace me: 101, 117, 0, 0, 0, 0
        process_vm_readv: 310, 270, 1, 0, 0, 0, 0, 0
        process_vm_writev: 311, 271, 1, 0, 0, 0, 0, 0
        kcmp: 312, 272, 1, os.getpid(), 0, 0, 0
        process_madvise: 440, 440, 0, 0, 0, 0, 0
        move_pages: 279, 239, 1, 0, 0, 0, 0, 0
    """,
    ),
    *_calls(
        "the kernel",
        """
        bpf: 321, 280, 0, (ctypes.c_uint32 * 32)(1, 4, 4, 1), 128
        perf_event_open: 298, 241, (ctypes.c_uint64 * 16)(), 0, -1, -1, 0
        userfaultfd: 323, 282, 0
        userfaultfd, for the user alone: 323, 282, 1
        io_uring_setup: 425, 425, 4, (ctypes.c_uint32 * 30)()
        io_uring_enter: 426, 426, 0, 1, 0, 0, 0
        add_key: 248, 217, b"user", b"x", b"y", 1, -3
        keyctl: 250, 219, 0, -3, 0
        kexec_load: 246, 104, 0, 0, 0, 0
        init_module: 175, 105, 0, 0, b""
        finit_module: 313, 273, 0, b"", 0
        delete_module: 176, 106, b"x", 0
        reboot: 169, 142, 0xfee1dead, 672274793, 0, 0
        swapon: 167, 224, b"/tmp/x", 0
        acct: 163, 89, b"/tmp/x"
        quotactl: 179, 60, 0x800001 << 8, b"/", 0, 0
        syslog: 103, 116, 3, ctypes.create_string_buffer(99), 99
        fanotify_init: 300, 262, 0, 0
        personality: 135, 92, 0x40000
        vhangup: 153, 58
        lookup_dcookie: 212, 18, 0, 0, 0
        iopl: 172, None, 3
        ioperm: 173, None, 0, 1, 1
        modify_ldt: 154, None, 0, 0, 0
        lsm_set_self_attr: 460, 460, 0, 0, 0, 0
        a call of tomorrow: 470, 470, 0
    """,
    ),
    *_calls(
        "the clock and the names",
        """
        settimeofday: 164, 170, (ctypes.c_long * 2)(1, 1), 0
        clock_settime: 227, 112, 0, (ctypes.c_long * 2)(1, 1)
        adjtimex: 159, 171, (ctypes.c_long * 32)()
        clock_adjtime: 305, 266, 0, (ctypes.c_long * 32)()
        sethostname: 170, 161, b"mine", 4
        setdomainname: 171, 162, b"mine", 4
    """,
    ),
    *_calls(
        "memory that is not counted",
        """
        memfd_create: 319, 279, b"x", 0
        memfd_secret: 447, 447, 0
        shmget: 29, 194, 0, 4096, 0x3b6
        msgget: 68, 186, 0, 0x3b6
        semget: 64, 190, 0, 1, 0x3b6
        mq_open: 240, 180, b"x", 0x42, 0x1ff, 0
        mlock: 149, 228, ctypes.create_string_buffer(1 << 20), 1 << 20
        mlockall: 151, 230, 3
    """,
    ),
)


def together(title: str, attempts: tuple[Attempt, ...]) -> Attempt:
    """Several attempts in one program, each in a folder of its own."""
    parts = [
        f"print({attempt.name!r})\nos.makedirs('/tmp/{n}')\nos.chdir('/tmp/{n}')\n{attempt.code.strip()}"
        for n, attempt in enumerate(attempts)
    ]
    return Attempt(title, "\n".join(parts))


ALONE = next(attempt for attempt in READING if attempt.name == "have only three open files")
"""Others leave files of their own open."""
EVERY = (*READING, *WRITING, *NETWORK, *PROCESSES, *PRIVILEGE, *CALLS)
TOGETHER = (
    together("reading", tuple(one for one in READING if one is not ALONE)),
    ALONE,
    together("writing", WRITING),
    together("network", NETWORK),
    together("privilege", PRIVILEGE),
    together("calls", CALLS),
    *PROCESSES,
)
"""All of them in few programs."""
