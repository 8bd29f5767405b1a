"""The command that makes a world with bubblewrap (``bwrap``): the same as ours, and well kept.

It is preferred for an ordinary user: some systems let it, and not everybody, make namespaces.
Root is served by our own, which can become nobody inside; bubblewrap would leave it root.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from assistant.coding.inside.orders import DEVICES, USER, WORKSPACE, Orders

PACKAGE = Path(__file__).resolve().parents[1] / "inside"
PLACE = "/run/launch"
"""Where the modules that confine lie inside; the code itself cannot read them."""


def found() -> str | None:
    """The program, where it is installed and we are not root."""
    return shutil.which("bwrap") if os.geteuid() else None


def command(program: str, orders: Orders, inner: tuple[str, ...]) -> tuple[str, ...]:
    """The command line that makes the world of ``orders`` and starts ``inner`` as its first."""
    kinds = ("user", "ipc", "pid", "net", "uts", "cgroup-try")
    words = [program, "--as-pid-1", "--die-with-parent", *(f"--unshare-{kind}" for kind in kinds)]
    words += ["--uid", str(USER), "--gid", str(USER), "--hostname", "sandbox"]
    for path in orders.scene.readable:
        words += ["--ro-bind", path, path]
    for name, target in orders.scene.links:
        words += ["--symlink", target, name]
    words += ["--ro-bind", str(PACKAGE), PLACE]
    for path in DEVICES:
        words += ["--dev-bind", path, path]
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        words += ["--symlink", f"/proc/self/fd{target}", f"/dev/{name}"]
    words += ["--symlink", WORKSPACE, "/dev/shm", "--proc", "/proc"]  # noqa: S108
    words += ["--perms", "0700", "--size", str(orders.bounds.workspace)]
    words += ["--tmpfs", orders.scene.folder, "--remount-ro", "/", "--chdir", orders.scene.folder]
    return (*words, *inner)
