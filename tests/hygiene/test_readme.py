"""What the READMEs show is what happens: its commands are run, its output compared."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READMES = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")]
SETTING = {"LC_ALL": "C.UTF-8", "COLUMNS": "80"}


def examples() -> list[tuple[str, str]]:
    """Each ``$ command`` of a ``console`` block with the output shown under it."""
    found = []
    for readme in READMES:
        for block in re.findall(r"```console\n(.*?)```", readme, re.DOTALL):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                found.append((command, output.rstrip("\n")))
    return list(dict.fromkeys(found))


@pytest.mark.slow
@pytest.mark.parametrize(("command", "shown"), examples(), ids=[c for c, _ in examples()])
def test_an_example_prints_what_the_readme_shows(command: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / "packaging").symlink_to(ROOT / "packaging")  # the README's paths begin there
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
        env={**os.environ, **SETTING, "PATH": path, "ASSISTANT_HOME": str(tmp_path)},
    )
    assert (done.stdout + done.stderr).rstrip("\n") == shown
