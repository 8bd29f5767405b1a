"""What is loaded when: the linter sees the static graph, these see ``sys.modules``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "sympy",
    "mpmath",
    "textual",
    "torch",
    "transformers",
    "llama_cpp",
    "ollama",
    "huggingface_hub",
    "httpx",
    "keyring",
    "psutil",
    "pynvml",
    "jinja2",
    "numpy",
    "pint",
    "rich",
    "PIL",
    "ziamath",
)
COMMANDS = (
    "solve",
    "equal",
    "check",
    "ask",
    "models",
    "pull",
    "rm",
    "verify",
    "fit",
    "engines",
    "doctor",
    "run",
    "code",
    "bench",
    "history",
)


def loaded(code: str) -> set[str]:
    """The modules that are loaded after a piece of code has run."""
    script = f"import sys\n{code}\nsys.stderr.write('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    return {name.partition(".")[0] for name in done.stderr.splitlines()}


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_nothing_heavy(option: str) -> None:
    code = (
        "from assistant.cli.main import run\n"
        f"import contextlib\nwith contextlib.suppress(SystemExit): run([{option!r}])"
    )
    assert not loaded(code) & set(HEAVY)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_loads_nothing_heavy(command: str) -> None:
    code = f"from assistant.cli.main import run\nrun([{command!r}, '--help'])"
    assert not loaded(code) & set(HEAVY)


@pytest.mark.parametrize(
    "module",
    ["assistant.maths.reading", "assistant.maths.showing.terminal", "assistant.maths.pool"],
)
def test_what_runs_beside_the_worker_never_loads_sympy(module: str) -> None:
    assert not loaded(f"import {module}") & {"sympy", "mpmath", "pint", "rich"}


def test_an_answer_that_was_stopped_before_its_first_word_loads_no_readers() -> None:
    code = """
from types import SimpleNamespace
from assistant.session.code_checks import CodeChecks
from assistant.session.draft import Draft
from runtimes.base import Cancel
assert list(Draft(SimpleNamespace()).end()) == []
assert CodeChecks("", Cancel()).counts().passed == 0
for name in ("assistant.steps.parser", "assistant.coding.types", "assistant.maths.reading.claims"):
    assert name not in sys.modules, name
"""
    assert "assistant" in loaded(code)


def modules() -> list[str]:
    found = []
    for folder in ("assistant", "runtimes", "tui"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if parts[-1] != "__main__":
                found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


@pytest.mark.slow
def test_importing_a_module_does_nothing_to_the_world() -> None:
    """No file written, no socket, no process, no output, at import of any module."""
    code = f"""
import sys, builtins
import sympy, pint
def audit(event, args):
    writes = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
    if writes or event.split(".")[0] in ("socket", "subprocess") or event == "os.mkdir":
        raise SystemExit(f"{{event}} {{args}} at import")
sys.dont_write_bytecode = True
sys.addaudithook(audit)
for name in {modules()!r}:
    __import__(name)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
