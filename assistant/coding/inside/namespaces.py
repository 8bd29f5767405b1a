"""A world of its own, without the help of bubblewrap: namespaces, and a root made of mounts.

What is mounted is what there is: the system read-only, a few devices, ``/proc`` of the new
world, and one empty writable folder in memory, which is gone with the last process in it.
"""

from __future__ import annotations

import os

from assistant.coding.inside import kernel
from assistant.coding.inside.orders import DEVICES, NOBODY, USER, WORKSPACE, Orders

OLD = "/old"
TINY = "mode=755,size=1m,nr_inodes=2k"
ACCOUNTS = (
    ("/etc/passwd", f"code:x:{USER}:{USER}::{WORKSPACE}:/bin/sh\n"),
    ("/etc/group", f"code:x:{USER}:\n"),
)


def enter() -> int:
    """Leave every namespace for a new one.

    Returns 0 in the process that is now the first of the new world, and in the old one the
    number of that process.  ``OSError`` where the kernel refuses.
    """
    ready, go = os.pipe()
    outside = os.getpid()
    helper = os.fork()
    if not helper:  # it stays outside, where the right to name users is
        os.close(go)
        os.read(ready, 1)
        os._exit(_map_users(outside))
    os.close(ready)
    kernel.unshare(kernel.EVERY_NAMESPACE)
    os.write(go, b"!")
    os.close(go)
    if os.waitpid(helper, 0)[1]:
        raise PermissionError("no user can be named in a new namespace")
    return os.fork()


def _map_users(process: int) -> int:
    """Name the users of the new world: ours as ``USER``, and where we are root, nobody as that.

    Then root is root there too, over nothing but that world: it can make the mounts from where
    nobody may look, and the code, as nobody, cannot touch the process that watches it.
    """
    user, group = os.geteuid(), os.getegid()
    users, groups = f"{USER} {user} 1\n", f"{USER} {group} 1\n"
    try:
        if user:
            _write(f"/proc/{process}/setgroups", "deny")
        else:
            users = groups = f"0 0 1\n{USER} {NOBODY} 1\n"
        _write(f"/proc/{process}/gid_map", groups)
        _write(f"/proc/{process}/uid_map", users)
    except OSError:
        return 1
    return 0


def _write(path: str, text: str) -> None:
    place = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
    try:
        os.write(place, text.encode())
    finally:
        os.close(place)


def build(orders: Orders) -> None:
    """Make the root of the new world, and go there."""
    kernel.set_host_name("sandbox")
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("sandbox", "/tmp", "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, TINY)  # noqa: S108
    os.mkdir("/tmp" + OLD)  # noqa: PTH102, S108
    kernel.pivot_root("/tmp", "/tmp" + OLD)  # noqa: S108
    os.chdir("/")
    for path in orders.scene.readable:
        _show(path)
    for name, target in orders.scene.links:
        _parents(name)
        os.symlink(target, name)  # noqa: PTH211
    _devices()
    _parents("/proc/x")
    safe = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    kernel.mount("proc", "/proc", "proc", safe)
    kernel.unmount(OLD)
    os.rmdir(OLD)  # noqa: PTH106
    for path, text in ACCOUNTS:
        _parents(path)
        _write(path, text)
    _parents(orders.scene.folder + "/x")
    options = f"mode=700,size={orders.bounds.workspace},nr_inodes=16k,uid={USER},gid={USER}"
    kernel.mount(
        "workspace", orders.scene.folder, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, options
    )
    kernel.set_mount_attributes("/", kernel.ATTR_RDONLY, recursive=False)
    os.chdir(orders.scene.folder)


def _show(path: str) -> None:
    """A file or folder of the old world, read-only, under its own name."""
    old = OLD + path
    if os.path.isdir(old):  # noqa: PTH112
        _parents(path + "/x")
    else:
        _parents(path)
        _write(path, "")
    kernel.mount(old, path, None, kernel.MS_BIND | kernel.MS_REC)
    attributes = kernel.ATTR_RDONLY | kernel.ATTR_NOSUID | kernel.ATTR_NODEV
    kernel.set_mount_attributes(path, attributes, recursive=True)


def _devices() -> None:
    _parents("/dev/x")
    for path in DEVICES:
        _write(path, "")
        kernel.mount(OLD + path, path, None, kernel.MS_BIND)
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        os.symlink(f"/proc/self/fd{target}", f"/dev/{name}")  # noqa: PTH211
    os.symlink(WORKSPACE, "/dev/shm")  # noqa: PTH211, S108


def _parents(path: str) -> None:
    """Make the folders that a path lies in."""
    folder = os.path.dirname(path)  # noqa: PTH120
    if folder != "/" and not os.path.isdir(folder):  # noqa: PTH112
        _parents(folder)
        os.mkdir(folder, 0o755)  # noqa: PTH102
