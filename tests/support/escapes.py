"""Attempts to get out of the sandbox, each a program of a few lines.

Before each stands ``PRELUDE`` and what there is to reach: files, sockets, processes.  An attempt
prints what it gets hold of, where the mark of the secret would show, and ``ESCAPED`` where it did
what it must not.  ``tried`` takes the refusals that the system gives, and nothing else: an attempt
that is itself broken says so.
"""

from __future__ import annotations

from dataclasses import dataclass

MARK = "tale-of-the-blue-heron"
"""Stands in everything that must not be seen."""

PRELUDE = '''
import ctypes, errno, os, signal, socket, subprocess, sys, time
libc = ctypes.CDLL(None, use_errno=True)
ARM = os.uname().machine == "aarch64"
REFUSED = (OSError, MemoryError)
def tried(action, *arguments):
    """Do it; it is an escape where the system lets it be done."""
    try:
        result = action(*arguments)
    except REFUSED as wrong:
        print("held:", wrong)
        return None
    print("ESCAPED", result)
    return result
def looked(action, *arguments):
    """Do it, and print what there is to see."""
    try:
        print(action(*arguments))
    except REFUSED as wrong:
        print("held:", wrong)
def call(pc, arm, *arguments):
    """A system call by number; OSError where it is refused."""
    number = arm if ARM else pc
    if number is None:
        raise OSError("no such call on this machine")
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *words)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
def read(path):
    with open(path, "rb") as file:
        return file.read(1 << 20)
def write(path, mode="ab"):
    with open(path, mode) as file:
        file.write(b"x")
def ran(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    return done.stdout + done.stderr
'''
DONE = "\nprint('done')\n"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt.  ``control``: without a sandbox it gets out, harmlessly; the tests show that."""

    name: str
    code: str
    control: bool = False


READING = (
    Attempt("read a key", "looked(read, KEY)", control=True),
    Attempt("list the home", "looked(os.listdir, HOME)\ntried(os.listdir, HOME)", control=True),
    Attempt("list the folder of keys", "tried(os.listdir, HOME + '/.ssh')", control=True),
    Attempt("read by a relative path", "looked(read, '../../../../..' + KEY)"),
    Attempt("read by the root of the first process", "looked(read, '/proc/1/root' + KEY)"),
    Attempt("read by one's own root", "looked(read, '/proc/self/root/..' + KEY)", control=True),
    Attempt("read by a symbolic link", "os.symlink(KEY, LINK)\nlooked(read, LINK)", control=True),
    Attempt("read by a hard link", "tried(os.link, KEY, LINK)\nlooked(read, LINK)", control=True),
    Attempt("read by another program", "print(ran('cat', KEY))", control=True),
    Attempt("read by a shell", "print(os.popen(f'cat {KEY}; ls -la {HOME}/.ssh').read())"),
    Attempt(
        "read by a link of a link",
        """
os.symlink("/proc/self/root", "root")
looked(read, "root" + KEY)
""",
    ),
    Attempt(
        "read by SQLite",
        """
import sqlite3
db = sqlite3.connect(":memory:")
try:
    db.execute(f"attach '{KEY}' as other")
    print(db.execute("select * from other.sqlite_master").fetchall())
except sqlite3.Error as wrong:
    print("held:", wrong)
tried(lambda: os.stat(KEY))
""",
    ),
    Attempt("read the system's passwords", "tried(read, '/etc/shadow')", control=True),
    Attempt(
        "list the system's users",
        """
users = read("/etc/passwd") if os.path.exists("/etc/passwd") else b""
if b"root" in users: print("ESCAPED")
""",
        control=True,
    ),
    Attempt("list the program's own folder", "tried(os.listdir, PROGRAM)", control=True),
    Attempt(
        "read the environment of every process",
        """
for name in os.listdir("/proc"):
    if name.isdigit(): looked(read, f"/proc/{name}/environ")
""",
        control=True,
    ),
    Attempt(
        "read the command of every process",
        """
for name in os.listdir("/proc"):
    if name.isdigit(): looked(read, f"/proc/{name}/cmdline")
""",
        control=True,
    ),
    Attempt(
        "find the processes outside",
        """
print([name for name in os.listdir("/proc") if name.isdigit()])
tried(os.stat, f"/proc/{VICTIM}/status")
""",
        control=True,
    ),
    Attempt("read the logs", "tried(os.listdir, '/var/log')", control=True),
    Attempt("list what runs", "tried(os.listdir, '/run')", control=True),
    Attempt("list the homes", "tried(os.listdir, '/home')\ntried(os.listdir, '/root')"),
    Attempt("list the devices of the system", "tried(os.listdir, '/sys')", control=True),
    Attempt(
        "read the memory of the machine",
        """
for path in "/dev/mem", "/dev/kmem", "/dev/port", "/proc/kcore": tried(open, path, "rb")
""",
    ),
    Attempt(
        "read the disks",
        """
for path in "/dev/vda", "/dev/sda", "/dev/nvme0n1", "/dev/loop0", "/dev/dm-0":
    tried(os.open, path, os.O_RDONLY)
""",
    ),
    Attempt("read the kernel's messages", "tried(read, '/proc/kmsg')\ntried(open, '/dev/kmsg')"),
    Attempt(
        "see the machine's name", "if os.uname().nodename != 'sandbox': print('ESCAPED')", True
    ),
    Attempt("see the environment", "print(dict(os.environ))", control=True),
    Attempt(
        "read what was left open",
        """
for name in os.listdir("/proc/self/fd"):
    try:
        os.lseek(int(name), 0, 0)
        print(os.read(int(name), 1000))
    except OSError: pass
""",
    ),
    Attempt(
        "have only three open files",
        """
kept = [n for n in os.listdir("/proc/self/fd") if int(n) > 2]
kept = [n for n in kept if os.path.exists(f"/proc/self/fd/{n}")]
if kept: print("ESCAPED", [os.readlink(f"/proc/self/fd/{n}") for n in kept])
""",
    ),
    Attempt(
        "read the warden's files",
        """
for name in "environ", "maps", "mem", "stack", "syscall", "auxv": tried(read, f"/proc/1/{name}")
tried(os.listdir, "/proc/1/fd")
""",
    ),
    Attempt(
        "read the launcher's program", "tried(os.listdir, '/run/launch')\ntried(os.listdir, INSIDE)"
    ),
)

WRITING = (
    Attempt("write outside", "tried(write, OUTSIDE + '/new')", control=True),
    Attempt("change a file outside", "tried(write, OUTSIDE + '/there')", control=True),
    Attempt("delete a file outside", "tried(os.unlink, OUTSIDE + '/there')"),
    Attempt("write by a link", "os.symlink(OUTSIDE, LINK)\ntried(write, LINK + '/new')"),
    Attempt(
        "write into the system",
        """
for folder in "/", "/usr", "/usr/lib", "/etc", "/bin", "/dev", "/opt", "/var", "/var/tmp", "/run":
    tried(write, folder + "/new", "xb")
""",
    ),
    Attempt("change this Python", "tried(write, os.__file__)\ntried(write, sys.executable)"),
    Attempt(
        "change the names of files",
        """
tried(os.rename, os.__file__, "os.py")
tried(os.unlink, os.__file__)
tried(os.chmod, os.__file__, 0o777)
tried(os.utime, os.__file__)
tried(os.setxattr, os.__file__, "user.x", b"1")
tried(os.truncate, os.__file__, 0)
""",
    ),
    Attempt(
        "change the kernel's settings",
        """
for name in "kernel/hostname", "kernel/core_pattern", "vm/drop_caches", "kernel/randomize_va_space":
    tried(write, "/proc/sys/" + name, "wb")
tried(write, "/proc/sysrq-trigger", "wb")
""",
    ),
    Attempt(
        "write into the warden",
        """
for name in "mem", "oom_score_adj", "comm", "clear_refs", "uid_map", "setgroups":
    tried(write, f"/proc/1/{name}", "r+b")
""",
    ),
    Attempt(
        "make a device",
        """
import stat
for device in os.makedev(8, 0), os.makedev(1, 1), os.makedev(254, 0):
    tried(os.mknod, "disk", stat.S_IFBLK | 0o600, device)
    tried(os.mknod, "memory", stat.S_IFCHR | 0o600, device)
""",
    ),
    Attempt(
        "leave files in the temporary folder",
        """
for folder in "/tmp", "/dev/shm":
    with open(f"{folder}/left-by-an-attempt", "w") as file: file.write("x")
""",
    ),
    Attempt(
        "write by a folder that was left open",
        """
for n in range(3, 300):
    tried(lambda: os.open("new", os.O_CREAT | os.O_WRONLY, dir_fd=n))
""",
    ),
    Attempt(
        "type for the user",
        """
import fcntl
for request in 0x5412, 0x541C:
    for n in range(3): tried(fcntl.ioctl, n, request, b"x")
tried(os.open, "/dev/tty", os.O_RDWR)
tried(os.open, "/dev/ptmx", os.O_RDWR)
""",
    ),
)

NETWORK = (
    Attempt(
        "connect, IPv4",
        "looked(lambda: socket.create_connection(('127.0.0.1', PORT), 1).recv(99))",
        control=True,
    ),
    Attempt(
        "connect, IPv6", "looked(lambda: socket.create_connection(('::1', PORT6), 1).recv(99))"
    ),
    Attempt("connect to the world", "tried(socket.create_connection, ('192.0.2.1', 80), 0.3)"),
    Attempt(
        "send a datagram",
        """
tried(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)))
""",
        control=True,
    ),
    Attempt("listen", "tried(lambda: socket.create_server(('127.0.0.1', 0)))", control=True),
    Attempt(
        "listen on one's own loopback", "tried(lambda: socket.socket().bind(('', 0)))", control=True
    ),
    Attempt("ask for a name", "tried(socket.getaddrinfo, 'example.org', 80)\ntried(socket.socket)"),
    Attempt(
        "raw packets",
        """
tried(socket.socket, socket.AF_INET, socket.SOCK_RAW, 1)
tried(socket.socket, socket.AF_PACKET, socket.SOCK_RAW, 3)
""",
    ),
    Attempt(
        "talk to the kernel",
        "tried(socket.socket, socket.AF_NETLINK, socket.SOCK_RAW, 0)",
        control=True,
    ),
    Attempt(
        "talk to the host of a virtual machine", "tried(socket.socket, 40, socket.SOCK_STREAM)"
    ),
    Attempt("use the kernel's ciphers", "tried(socket.socket, 38, socket.SOCK_SEQPACKET)"),
    Attempt(
        "other kinds of network",
        """
for family in 3, 4, 5, 9, 21, 29, 30, 31, 36, 39, 41, 42, 44: tried(socket.socket, family, 2)
""",
    ),
    Attempt(
        "connect to a local socket",
        """
def talk(address):
    it = socket.socket(socket.AF_UNIX)
    it.connect(address)
    return it.recv(99)
looked(talk, UNIX)
""",
        control=True,
    ),
    Attempt(
        "connect to an abstract socket",
        """
def talk(address):
    it = socket.socket(socket.AF_UNIX)
    it.connect(address)
    return it.recv(99)
looked(talk, chr(0) + ABSTRACT)
""",
        control=True,
    ),
    Attempt(
        "the network by a shell",
        """
looked(ran, "bash", "-c", f"head -c 99 </dev/tcp/127.0.0.1/{PORT}")
""",
        control=True,
    ),
    Attempt(
        "see the network",
        """
if len(open("/proc/net/dev").read().splitlines()) > 3: print("ESCAPED")
if "0A" in open("/proc/net/tcp").read(): print("ESCAPED")
""",
    ),
)
