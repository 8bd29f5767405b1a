"""Control groups, and the ways of other systems, as far as they can be tried on this one."""

from __future__ import annotations

import ctypes
import dataclasses
import os
import threading
from pathlib import Path

import confined
import pytest
from confined import SMALL

from assistant.coding.inside.orders import Bounds
from assistant.coding.sandbox import cgroup, elsewhere, languages, policy, windows
from assistant.coding.sandbox.policy import Way
from assistant.coding.sandbox.types import Job, Language, Layer, Limit, Limits, Outcome, SourceFile
from assistant.coding.sandbox.view import interpreter
from runtimes.base import Cancel

BOUNDS = Bounds(3, 64 << 20, 64, 16, True, 1 << 20)


def tree(root: Path, delegated: str) -> Path:
    """Groups as systemd makes them; ``delegated`` is marked as ours."""
    (root / "own").write_text("0::/user.slice/user@1000.service/app.slice/term.scope\n")
    folder = root / "cgroup"
    for part in ("", "user.slice", "user@1000.service", "app.slice", "term.scope"):
        folder = folder / part
        folder.mkdir(exist_ok=True)
        controllers = "" if part == "term.scope" else "cpu memory pids"
        (folder / "cgroup.subtree_control").write_text(controllers)
        (folder / "cgroup.procs").write_text("")
        if part == delegated:
            try:
                os.setxattr(folder, "user.delegate", b"1")
            except OSError:
                pytest.skip("no extended attributes here")
    return root / "cgroup"


@pytest.mark.parametrize("delegated", ["user@1000.service", "app.slice"])
def test_a_group_is_made_below_what_is_delegated(
    delegated: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cgroup, "MOUNT", tree(tmp_path, delegated))
    monkeypatch.setattr(cgroup, "OWN", tmp_path / "own")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    above = cgroup.parent()
    assert above is not None
    assert above.name == delegated
    group = cgroup.make(BOUNDS)
    assert group is not None
    made = next(above.glob("assistant-*"))
    assert (made / "memory.max").read_text() == str((64 << 20) + (1 << 20) + (64 << 20))
    assert (made / "pids.max").read_text() == "20"
    assert group.add(4321)
    assert (made / "cgroup.procs").read_text() == "4321"
    assert not group.out_of_memory()
    (made / "memory.events").write_text("low 0\noom 1\noom_kill 1\n")
    assert group.out_of_memory()


def test_root_makes_no_group_where_none_is_delegated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cgroup, "MOUNT", tree(tmp_path, ""))
    os.removexattr(tmp_path / "cgroup", "user.delegate")
    monkeypatch.setattr(cgroup, "OWN", tmp_path / "own")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert cgroup.make(BOUNDS) is None


def test_a_run_is_put_into_its_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = confined.policy()
    group = cgroup.Group(tmp_path)
    monkeypatch.setattr(cgroup, "make", lambda _: group)
    result, _ = confined.python("print(input())", held, stdin="one")
    assert (result.stdout, result.exit) == ("one\n", 0)
    assert Layer.CGROUP in result.layers
    assert int((tmp_path / "cgroup.procs").read_text()) > 1
    (tmp_path / "memory.events").write_text("oom_kill 2\n")
    result, _ = confined.python("import os; os.kill(os.getpid(), 9)", held)
    assert result.limits == (Limit.MEMORY,)


@pytest.mark.parametrize("text", ["", "9:memory:/x\n", "0::/../../..\n"])
def test_a_machine_without_groups_has_none(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own").write_text(text)
    (tmp_path / "cgroup").mkdir()
    monkeypatch.setattr(cgroup, "MOUNT", tmp_path / "cgroup")
    monkeypatch.setattr(cgroup, "OWN", tmp_path / "own")
    assert cgroup.parent() is None


def ran(text: str, limits: Limits = SMALL, cancel: Cancel | None = None) -> Outcome:
    job = Job(
        language=Language.PYTHON,
        files=(SourceFile("a.py", text),),
        stdin="21\n",
        limits=limits,
    )
    return elsewhere.run(job, languages.recipe(job, interpreter()), cancel or Cancel())


def test_elsewhere_a_program_runs_within_limits() -> None:
    before = confined.children()
    result = ran("import os; print(int(input()) * 2, sorted(os.environ), os.listdir())")
    assert result.stdout == "42 ['HOME', 'LANG', 'PATH', 'PWD', 'TMPDIR'] ['a.py']\n", result
    assert result.succeeded
    assert ran("1 / 0").exit == 1
    quick = dataclasses.replace(SMALL, seconds=0.5)
    assert ran("while True: pass", quick).limits == (Limit.TIME,)
    assert ran("import os\nos.fork()\nwhile True: print('x' * 999)").limits == (Limit.OUTPUT,)
    assert confined.children() <= before


def test_elsewhere_a_program_is_cancelled() -> None:
    cancel = Cancel()
    threading.Timer(0.3, cancel.set).start()
    assert ran("import time; time.sleep(60)", cancel=cancel).limits == (Limit.CANCELLED,)


@pytest.mark.parametrize("system", ["darwin", "win32", "freebsd14"])
def test_no_other_system_is_called_isolated(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", system)
    found = policy.try_out()
    assert found.way is Way.LOOSE
    assert not found.isolated
    assert not found.allows
    assert found.lacking is not None


def test_the_profile_of_macos_denies_first() -> None:
    lines = elsewhere.PROFILE.splitlines()
    assert lines[1] == "(deny default)"
    assert elsewhere.PROFILE.count("(") == elsewhere.PROFILE.count(")")
    assert lines[-1] == "(deny network*)"


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="sizes of 64 bits")
def test_the_record_of_windows_has_its_size() -> None:
    """As in ``winnt.h``: 64 bytes of basic limits, 48 of counters, four sizes."""
    record = windows.limits_record(SMALL)
    assert ctypes.sizeof(record) == 144
    assert record.job_memory == SMALL.memory
