"""A program or a Python that lies where code has its own folder: nothing runs, and why is true."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import confined
import pytest

from assistant.cli.diagnostics import Exit
from assistant.coding.sandbox import probe, runner
from assistant.coding.sandbox.policy import Way
from assistant.coding.sandbox.types import Job, Language, NotRun, SourceFile
from assistant.coding.sandbox.view import View

HERE = Path(__file__).parents[2]


def test_a_python_that_cannot_be_shown_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "view", lambda: View(("/usr", "/tmp/python"), ()))
    policy = probe.try_all()
    assert policy.way is Way.LOOSE
    assert not policy.allows
    assert policy.lacking is not None
    assert policy.lacking.args == ("/tmp/python", "/tmp")
    job = Job(language=Language.PYTHON, files=(SourceFile("a.py", "print(1)"),))
    refused = runner.run(job, policy)
    assert isinstance(refused, NotRun)
    assert "elsewhere" in refused.why.en


@pytest.mark.slow
def test_a_program_that_lies_there_says_so(tmp_path: Path) -> None:
    confined.policy()
    if not tmp_path.is_relative_to("/tmp"):
        pytest.skip("temporary files lie elsewhere here")
    place = tmp_path / "installed"
    for name in ("assistant", "runtimes", "tui"):
        ignored = shutil.ignore_patterns("__pycache__", "*.gguf")
        shutil.copytree(HERE / name, place / name, ignore=ignored)
    shutil.copy(HERE / "models.toml", place)
    (tmp_path / "code_.py").write_text("def f(): return 1\n")
    (tmp_path / "tests.py").write_text("from code_ import f\ndef test(): assert f() == 1\n")
    words = ["run", "code_.py", "--lang", "en"]
    done = [
        subprocess.run(
            [sys.executable, "-m", "tui", *words, *more],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(place), "ASSISTANT_HOME": str(tmp_path / "home")},
            capture_output=True,
            text=True,
            check=False,
        )
        for more in ((), ("--tests", "tests.py"))
    ]
    assert done[0].returncode == Exit.OK, done[0].stderr  # it needs nothing of the program
    assert done[1].returncode == Exit.UNAVAILABLE, done[1].stderr
    assert f"{place}/assistant/coding/inside is needed for it" in done[1].stderr
    assert "--unsafe" not in done[1].stderr
