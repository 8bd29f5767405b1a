"""Runs the examples of both READMEs and writes their real output under them.

``python packaging/readme_examples.py`` with the command ``assistant`` on the PATH; a test
compares the same commands with what they show.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
SETTING = {"LC_ALL": "C.UTF-8", "COLUMNS": "80"}


def output(command: str) -> str:
    """What a command prints on an 80-column terminal without colour."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["bash", "-c", command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd=folder,
            check=False,
            env={**os.environ, **SETTING, "PATH": path, "ASSISTANT_HOME": folder},
        )
    return (done.stdout + done.stderr).rstrip("\n")


def refreshed(block: re.Match[str]) -> str:
    """A console block with fresh output under each command."""
    commands = re.findall(r"^\$ (.*)$", block.group(1), flags=re.MULTILINE)
    return "```console\n" + "\n".join(f"$ {c}\n{output(c)}" for c in commands) + "\n```"


if __name__ == "__main__":
    for readme in READMES:
        text = readme.read_text(encoding="utf-8")
        text = re.sub(r"```console\n(.*?)```", refreshed, text, flags=re.DOTALL)
        readme.write_text(text, "utf-8")
