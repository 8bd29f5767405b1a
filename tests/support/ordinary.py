"""Attempts to get out, made for an ordinary user: ``python ordinary.py WAY [NAME…]``.

The tests may run as root, for whom bubblewrap is not used; so this is started as nobody, by the
system's Python.  It prints one JSON line for each attempt.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import confined
from confined import SMALL
from escapes import DONE, MARK, PRELUDE
from escapes_calls import EVERY, TOGETHER

from assistant.coding.sandbox import probe, runner
from assistant.coding.sandbox.policy import Policy, Way
from assistant.coding.sandbox.types import Job, Language, NotRun, SourceFile

NOBODY = 65534
SYSTEM_PYTHON = "/usr/bin/python3"
SUPPORT = Path(__file__).resolve().parent
ROOT = SUPPORT.parents[1]


def start(way: Way, names: tuple[str, ...], folder: Path) -> list[dict[str, str]]:
    """The results for an ordinary user.  Empty where this machine has none that can do it."""
    packages = next((p for p in sys.path if p.endswith("site-packages")), "")
    path = os.pathsep.join([str(ROOT), str(SUPPORT), packages])
    root = os.geteuid() == 0
    if root:
        os.chown(folder, NOBODY, NOBODY)
    done = subprocess.run(
        [SYSTEM_PYTHON if root else sys.executable, str(Path(__file__).resolve()), way, *names],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
        cwd="/",
        user=NOBODY if root else None,
        group=NOBODY if root else None,
        extra_groups=[] if root else None,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": path,
            "ASSISTANT_HOME": str(folder),
            "HERON": MARK,
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def world() -> str:
    """What there is to reach; servers and keys are for the other tests."""
    names = {
        "KEY": str(ROOT / "pyproject.toml"),
        "HOME": str(ROOT),
        "OUTSIDE": os.environ["ASSISTANT_HOME"],
        "LINK": "link",
        "PROGRAM": str(ROOT),
        "INSIDE": str(ROOT / "assistant/coding/inside"),
        "VICTIM": os.getpid(),
        "PARENT": os.getpid(),
        "PORT": 9,
        "PORT6": 9,
        "UNIX": "/run/none",
        "ABSTRACT": "none",
    }
    return "\n".join(f"{name} = {value!r}" for name, value in names.items())


def main() -> None:
    """Make the attempts."""
    way = Way(sys.argv[1])
    layers = probe.attempt(way).layers
    held = Policy(way, layers)
    if not held.isolated:
        print(f"not isolated: {probe.attempt(way)}", file=sys.stderr)
        return
    before = confined.children()
    known = {attempt.name: attempt for attempt in (*EVERY, *TOGETHER)}
    for attempt in [known[name] for name in sys.argv[2:]] or EVERY:
        text = f"{PRELUDE}\n{world()}\n{attempt.code.strip()}\n{DONE}"
        files = (SourceFile("attempt.py", text),)
        result = runner.run(Job(language=Language.PYTHON, files=files, limits=SMALL), held)
        told = str(result) if isinstance(result, NotRun) else result.stdout + result.stderr
        wrong = isinstance(result, NotRun) or "ESCAPED" in told or MARK in told
        ended = (
            not isinstance(result, NotRun) and result.succeeded and result.stdout.endswith("done\n")
        )
        left = confined.children() - before
        print(
            json.dumps(
                {
                    "name": attempt.name,
                    "held": str(not wrong and ended and not left),
                    "layers": " ".join(layers),
                    "told": told[-2000:],
                }
            )
        )


if __name__ == "__main__":
    main()
