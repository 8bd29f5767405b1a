"""Systems other than Linux: limits, and of isolation what there is.  It is never called enough.

macOS: ``sandbox-exec`` keeps the code from the user's files and the network, but it is deprecated
and hides no process.  Windows: a Job Object limits memory and processes and ends them together;
files and network stay open.  So nothing is run here unless the user says so for that one run.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.coding.sandbox.languages import Recipe
from assistant.coding.sandbox.types import Job, Layer, Limit, Limits, Outcome
from assistant.coding.sandbox.view import interpreter
from runtimes.base import Cancel

TICK_SECONDS = 0.03
SEATBELT = "/usr/bin/sandbox-exec"
PROFILE = """(version 1)
(deny default)
(import "system.sb")
(allow process-fork process-exec)
(allow signal (target same-sandbox))
(allow sysctl-read)
(allow file-read-metadata)
(allow file-read* (subpath "/usr") (subpath "/bin") (subpath "/System") (subpath "/Library")
  (subpath "/opt/homebrew") (subpath (param "PYTHON")))
(allow file-read* file-write* (subpath (param "WORK")))
(deny network*)
"""
"""Everything is denied but the system to read, the workspace, and the code's own processes."""
ULIMITS = 'ulimit -t "$1" -f "$2" -n "$3" -c 0; shift 3; exec "$@"'


def run(job: Job, recipe: Recipe, cancel: Cancel) -> Outcome:
    """Run a program with what this system offers."""
    with TemporaryDirectory(prefix="assistant-run-", ignore_cleanup_errors=True) as top:
        work = Path(os.path.realpath(top)) / "work"
        work.mkdir()
        for file in job.files:
            (work / file.name).write_text(file.text, encoding="utf-8", errors="replace")
        given = work.parent / "stdin"
        given.write_text(job.stdin, encoding="utf-8", errors="replace")
        for number, step in enumerate(recipe.steps):
            last = number == len(recipe.steps) - 1
            outcome = _Step(job.limits, work, compiling=not last).run(step, given, cancel)
            if not outcome.succeeded:
                break
        return outcome


class _Step:
    """One program."""

    def __init__(self, limits: Limits, work: Path, *, compiling: bool) -> None:
        self._limits = limits
        self._work = work
        self._compiling = compiling
        self._out = work.parent / "stdout"
        self._err = work.parent / "stderr"

    def run(self, step: tuple[str, ...], given: Path, cancel: Cancel) -> Outcome:
        """To its end, or to a limit; all that is left of it is ended then."""
        words, layers = _held(step, self._work, self._limits)
        start = time.monotonic()
        with given.open("rb") as stdin, self._out.open("wb") as out, self._err.open("wb") as err:
            process = subprocess.Popen(  # noqa: S603 - the user asked for it
                words,
                stdin=stdin,
                stdout=out,
                stderr=err,
                cwd=self._work,
                env=_environment(self._work),
                start_new_session=True,
                creationflags=_SUSPENDED,
            )
            end = _in_job(process, self._limits)
            hit: Limit | None = None
            try:
                while process.poll() is None and hit is None:
                    hit = self._limit(start, cancel)
                    time.sleep(TICK_SECONDS if hit is None else 0)
            finally:
                end()
                process.wait()
        return self._outcome(process.returncode, hit, layers, time.monotonic() - start)

    def _limit(self, start: float, cancel: Cancel) -> Limit | None:
        if cancel.is_set():
            return Limit.CANCELLED
        if time.monotonic() - start > self._limits.seconds:
            return Limit.TIME
        large = max(self._out.stat().st_size, self._err.stat().st_size)
        return Limit.OUTPUT if large > self._limits.output else None

    def _outcome(
        self, code: int, hit: Limit | None, layers: tuple[Layer, ...], seconds: float
    ) -> Outcome:
        return Outcome(
            exit=code if code >= 0 else None,
            signal=-code if code < 0 else None,
            stdout=_text(self._out, self._limits.output),
            stderr=_text(self._err, self._limits.output),
            limits=(hit,) if hit else (),
            layers=layers,
            seconds=seconds,
            compiling=self._compiling,
        )


def _text(path: Path, most: int) -> str:
    with path.open("rb") as file:
        return file.read(most).decode("utf-8", "replace")


def _environment(work: Path) -> dict[str, str]:
    usual = {"HOME": str(work), "TMPDIR": str(work), "LANG": "C.UTF-8"}
    if sys.platform == "win32":  # without these no program starts there
        kept = ("SYSTEMROOT", "PATH", "PATHEXT", "COMSPEC")
        usual |= {name: os.environ[name] for name in kept if name in os.environ}
        return {**usual, "TEMP": str(work), "TMP": str(work)}
    return {**usual, "PATH": "/usr/local/bin:/usr/bin:/bin"}


def _held(
    step: tuple[str, ...], work: Path, limits: Limits
) -> tuple[tuple[str, ...], tuple[Layer, ...]]:
    """The command with what holds it, and the names of that."""
    if sys.platform == "win32":
        return step, (Layer.JOB_OBJECT,)
    most = (limits.cpu, limits.workspace // 512, limits.open_files)
    step = ("/bin/sh", "-c", ULIMITS, "sh", *map(str, most), *step)
    if sys.platform != "darwin" or not Path(SEATBELT).exists():
        return step, (Layer.RLIMITS,)
    python = str(Path(interpreter()).parent.parent)
    words = (SEATBELT, "-D", f"WORK={work}", "-D", f"PYTHON={python}", "-p", PROFILE)
    return (*words, *step), (Layer.SEATBELT, Layer.RLIMITS)


if sys.platform == "win32":
    from assistant.coding.sandbox.windows import SUSPENDED as _SUSPENDED
    from assistant.coding.sandbox.windows import in_job as _in_job
else:
    from collections.abc import Callable

    _SUSPENDED = 0

    def _in_job(process: subprocess.Popen[bytes], limits: Limits) -> Callable[[], None]:  # noqa: ARG001
        """How to end a program and all in its group."""

        def end() -> None:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):  # macOS says so of a group of the dead
                return

        return end
