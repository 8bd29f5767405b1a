"""Machines that the installer's tests ask about, and a runner that runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

import pytest

from runtimes.installer import packages
from runtimes.installer.facts import Compiler, Environment, Facts, Gpu, Home, Toolkit
from runtimes.installer.progress import Progress
from runtimes.installer.recipes import Command
from runtimes.installer.run import Outcome, Watch
from runtimes.texts import Text

PINS = {
    "llamacpp": ("llama-cpp-python==0.3.36",),
    "checkpoint": ("accelerate>=1.10", "torch>=2.9", "transformers<5.25,>=5.24"),
}
VENV = Environment(python="/env/bin/python", version=(3, 11), home=Home.VENV, pip=(25, 0))
GCC = Compiler(name="gcc", path="/usr/bin/c++", major=12)
XEON = frozenset({"avx2", "avx512f", "amx_int8", "amx_tile", "amx_bf16"})
PLAIN = Facts(
    system="Linux",
    processor="x86_64",
    environment=VENV,
    flags=frozenset({"avx2"}),
    cores=8,
    memory=16 << 30,
    compiler=GCC,
)
ADA = Gpu(vendor="nvidia", name="RTX 4090", capability=(8, 9))
CUDA = Toolkit(version=(12, 4), nvcc="/usr/local/cuda/bin/nvcc", cublas=True)


def with_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer for our own package data, which a checkout may have in an older form."""
    monkeypatch.setattr(packages, "requirements", lambda extra: PINS[extra])
    for module in ("llamacpp", "checkpoint"):
        target = f"runtimes.installer.{module}.one"
        monkeypatch.setattr(target, packages.one)
    monkeypatch.setattr("runtimes.installer.checkpoint.requirements", lambda extra: PINS[extra])


class FakeRunner:
    """Answers each command with the next outcome, and remembers the commands."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.commands: list[Command] = []
        self._outcomes = list(outcomes)

    def __call__(self, command: Command, log: BinaryIO, watch: Watch) -> Outcome:
        self.commands.append(command)
        watch(Progress(Text("compiling", "编译"), 0.5, "1/2"))
        log.write(b"one line\n")
        return self._outcomes.pop(0) if self._outcomes else Outcome(0, ())


def failed(*lines: str, code: int = 1) -> Outcome:
    """A run that ended with these lines."""
    return Outcome(code, tuple(lines))


def words(commands: Sequence[Command]) -> str:
    """All commands as one text to look into."""
    return "\n".join(command.shown(windows=False) for command in commands)
