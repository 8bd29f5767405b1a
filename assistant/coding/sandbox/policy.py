"""What this machine can enforce: every layer tried for real, and what that allows."""

from __future__ import annotations

import dataclasses
import sys
from dataclasses import dataclass
from enum import StrEnum

from assistant.coding.sandbox.types import Layer
from runtimes.texts import Text

NEEDED = frozenset({Layer.SECCOMP, Layer.RLIMITS})
"""Together with namespaces, what is enough; Landlock is taken wherever the kernel has it."""


class Way(StrEnum):
    """Who makes the world in which the code runs."""

    BUBBLEWRAP = "bubblewrap"
    DIRECT = "direct"
    LOOSE = "loose"
    """Nobody: the code runs in this one, only limited."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How code is held.  ``lacking`` says why it is not held well enough, where it is not.

    ``layers`` is what was found to work here; a run tells for itself what held it, and starts
    nothing where that is less.
    """

    way: Way
    layers: tuple[Layer, ...]
    lacking: Text | None = None
    unsafe: bool = False

    @property
    def isolated(self) -> bool:
        """Is the code kept from the user's files, the network and other processes?"""
        return self.way is not Way.LOOSE and set(self.layers) >= NEEDED

    @property
    def allows(self) -> bool:
        """May code be run at all?"""
        return self.isolated or self.unsafe

    def without_isolation(self) -> Policy:
        """The same for one run for which the user accepts what is lacking."""
        return dataclasses.replace(self, unsafe=True)


NO_NAMESPACES = Text(
    "this system makes no namespaces for it ({0})", "本系统不允许创建命名空间（{0}）"
)
NO_FILTER = Text("the kernel filters no system calls here ({0})", "内核无法过滤系统调用（{0}）")
HIDDEN = Text(
    "Python itself lies in {0}, and code that is run has {1} for its own and finds it empty; "
    "install Python, and this program with it, elsewhere",
    "Python 本身位于 {0}，而被运行的代码独占 {1}，其中是空的；请把 Python 和本程序安装到别处",
)
OTHER_SYSTEM = Text(
    "on this operating system ({0}) code cannot be kept from your files and the network well "
    "enough; on Linux it can",
    "在此操作系统（{0}）上无法可靠地隔离代码与你的文件和网络；Linux 上可以",
)


def examine() -> Policy:
    """The best that this machine can enforce.  Remembered until it starts again."""
    if sys.platform != "linux":
        return try_out()
    from assistant.coding.sandbox import probe

    return probe.remembered()


def try_out() -> Policy:
    """The same, tried anew; nothing is read or written."""
    if sys.platform != "linux":
        layers = {"darwin": (Layer.SEATBELT, Layer.RLIMITS), "win32": (Layer.JOB_OBJECT,)}
        here = layers.get(sys.platform, ())
        text = Text(OTHER_SYSTEM.en, OTHER_SYSTEM.zh, (sys.platform,))
        return Policy(Way.LOOSE, here, text)
    from assistant.coding.sandbox import probe

    return probe.try_all()
