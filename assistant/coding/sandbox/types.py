"""What is run, within which limits, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from runtimes.texts import Text


class Language(StrEnum):
    """What can be run, where its tools are on this machine."""

    PYTHON = "python"
    JAVASCRIPT = "javascript"
    C = "c"
    CPP = "c++"
    SHELL = "shell"
    SQL = "sql"


class Layer(StrEnum):
    """One way in which code is held.  Each is enough against some attempts, none against all."""

    BUBBLEWRAP = "bubblewrap"
    """Namespaces and mounts, made by bubblewrap."""
    NAMESPACES = "namespaces"
    """The same, made by ourselves."""
    LANDLOCK = "landlock"
    SECCOMP = "seccomp"
    RLIMITS = "rlimits"
    CGROUP = "cgroup"
    SEATBELT = "seatbelt"
    """The profile of macOS's ``sandbox-exec``."""
    JOB_OBJECT = "job object"
    """Of Windows: limits, and the end of all processes together; files stay open to the code."""


class Limit(StrEnum):
    """A limit that ended a run."""

    TIME = "time"
    CPU = "cpu"
    MEMORY = "memory"
    PROCESSES = "processes"
    FILE_SIZE = "file size"
    OUTPUT = "output"
    CANCELLED = "cancelled"
    """Not the code's fault: the user stopped it."""


LIMIT_WORDS = {
    Limit.TIME: Text("time", "时间"),
    Limit.CPU: Text("processor time", "处理器时间"),
    Limit.MEMORY: Text("memory", "内存"),
    Limit.PROCESSES: Text("processes", "进程数"),
    Limit.FILE_SIZE: Text("file size", "文件大小"),
    Limit.OUTPUT: Text("output", "输出"),
    Limit.CANCELLED: Text("cancelled", "已取消"),
}


def ended_at(head: Text, limits: tuple[Limit, ...]) -> Text:
    """``head`` with the limits named after it."""
    words = [LIMIT_WORDS[limit] for limit in limits]
    en, zh = ", ".join(word.en for word in words), "、".join(word.zh for word in words)
    return Text(f"{head.en}: {en}", f"{head.zh}：{zh}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one program may use: seconds of wall clock and of CPU, bytes, counts.

    ``memory`` is for all its processes together; ``workspace`` for all its files together, and
    comes on top; ``output`` for stdout and stderr each.
    """

    seconds: float = 10.0
    cpu: int = 10
    memory: int = 512 << 20
    workspace: int = 64 << 20
    open_files: int = 128
    processes: int = 64
    output: int = 1 << 20


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that the code finds in its folder.  ``name`` is a plain name, no path."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A program to run.  The first of ``files`` is the program, the others lie beside it."""

    language: Language
    files: tuple[SourceFile, ...]
    stdin: str = ""
    arguments: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A program was started, and this became of it.

    ``exit`` is its exit status, ``signal`` the signal that ended it; exactly one is set.  Where
    ``compiling``, the compiler ended so and the program was not started.  ``stdout`` and
    ``stderr`` are from outside: clean them before showing.  ``seconds`` of wall clock and
    ``cpu_seconds`` count the program alone, ``peak_memory`` is in bytes.
    """

    exit: int | None
    signal: int | None
    stdout: str
    stderr: str
    limits: tuple[Limit, ...]
    layers: tuple[Layer, ...]
    seconds: float
    cpu_seconds: float = 0.0
    peak_memory: int = 0
    compiling: bool = False

    @property
    def succeeded(self) -> bool:
        """Did it end by itself, and say that all is well?"""
        return self.exit == 0 and not self.limits


@dataclass(frozen=True, slots=True)
class NotRun:
    """No program was started.  ``isolation`` where that is for lack of it, ``input`` where what
    was given cannot be run."""

    why: Text
    isolation: bool = False
    input: bool = False
