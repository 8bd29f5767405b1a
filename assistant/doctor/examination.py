"""All checks, one after the other; one that fails does not keep the others from speaking."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant import paths, probing
from assistant.doctor import configuration, engines, machine, network, program, sandbox, storage
from assistant.doctor.findings import Check, Finding, Level, found
from runtimes import crashes
from runtimes.errors import RuntimeFailure
from runtimes.installer.detect import detect
from runtimes.installer.trial import Trial
from runtimes.machine import probe_machine
from runtimes.texts import Text


def examine(try_out: Callable[[str], Trial], *, offline: bool) -> Iterator[Finding]:
    """Everything that is found, as it is found."""
    here = probe_machine()
    facts = detect(here)
    checks: tuple[tuple[str, Check], ...] = (
        ("python", program.check),
        ("memory", lambda: machine.check(here, facts)),
        ("folders", storage.check),
        ("settings", configuration.check),
        ("default model", lambda: configuration.check_default(here)),
        ("sandbox", sandbox.check),
        ("hub", lambda: network.check(offline=offline)),
        ("crashes", lambda: engines.check_crashes(crashes.read(str(paths.state_folder())))),
        ("engines", lambda: engines.check_gpu_use(here, facts)),
        ("engines", lambda: engines.check(probing.probed(), try_out)),
    )
    for topic, check in checks:
        yield from _guarded(topic, check)


def _guarded(topic: str, check: Check) -> Iterator[Finding]:
    try:
        yield from check()
    except RuntimeFailure as failure:
        yield found(failure, topic)
    except Exception as wrong:  # noqa: BLE001 - a fault in one check is itself a finding
        text = Text(
            "this check failed: {0}",
            "此项检查出错：{0}",
            (f"{type(wrong).__name__}: {wrong}"[:300],),
        )
        remedy = Text("please report it", "请报告此问题")
        yield Finding(topic, Level.PROBLEM, text, remedy)
