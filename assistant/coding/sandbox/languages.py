"""How a program in each language is started, and which tool that takes."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from assistant.coding.inside import sql
from assistant.coding.sandbox.types import Job, Language
from assistant.coding.sandbox.view import interpreter

SUFFIXES = {
    ".py": Language.PYTHON,
    ".js": Language.JAVASCRIPT,
    ".mjs": Language.JAVASCRIPT,
    ".cjs": Language.JAVASCRIPT,
    ".c": Language.C,
    ".cc": Language.CPP,
    ".cpp": Language.CPP,
    ".cxx": Language.CPP,
    ".sh": Language.SHELL,
    ".bash": Language.SHELL,
    ".sql": Language.SQL,
}
TOOLS = {
    Language.JAVASCRIPT: ("node", "nodejs"),
    Language.C: ("gcc", "cc", "clang"),
    Language.CPP: ("g++", "c++", "clang++"),
    Language.SHELL: ("bash", "sh"),
}
"""The programs that do, best first; Python and SQL need none but this Python."""
PLAIN_NAME = re.compile(r"\w[\w.+ -]{0,99}")
PROGRAM = "a.out"


@dataclass(frozen=True, slots=True)
class Recipe:
    """The programs to start one after the other, and the tool that was found.

    ``whole_address_space``: may the address space be limited?  Some tools reserve far more
    than they use.
    """

    steps: tuple[tuple[str, ...], ...]
    tools: tuple[str, ...] = ()
    whole_address_space: bool = True


def language_of(name: str) -> Language | None:
    """By the end of a file's name."""
    return SUFFIXES.get(os.path.splitext(name)[1].lower())  # noqa: PTH122


def is_plain(name: str) -> bool:
    """May a file in the workspace have this name?"""
    return PLAIN_NAME.fullmatch(name) is not None and name != PROGRAM


def tool_of(language: Language) -> str | None:
    """The absolute path of what runs a language; ``None`` where this machine has nothing."""
    if language not in TOOLS:
        return interpreter()
    found = (shutil.which(name) for name in TOOLS[language])
    return next((os.path.abspath(path) for path in found if path), None)  # noqa: PTH100


def recipe(job: Job, tool: str) -> Recipe:
    """How to run a job with a tool."""
    source, more = job.files[0].name, job.arguments
    match job.language:
        case Language.PYTHON:
            return Recipe(((tool, "-u", "-B", "-X", "utf8", source, *more),))
        case Language.JAVASCRIPT:
            heap = f"--max-old-space-size={max(16, job.limits.memory * 3 // 4 >> 20)}"
            steps = ((tool, heap, source, *more),)
            return Recipe(steps, (tool,), whole_address_space=False)
        case Language.C | Language.CPP:
            standard = "-std=gnu17" if job.language is Language.C else "-std=gnu++17"
            kind = "c" if job.language is Language.C else "c++"
            sources = [file.name for file in job.files if language_of(file.name) is job.language]
            if source not in sources:
                sources.insert(0, source)
            compile_ = (tool, standard, "-O1", "-Wall", "-Wextra", "-x", kind, *sources)
            return Recipe(((*compile_, "-o", PROGRAM, "-lm"), (f"./{PROGRAM}", *more)), (tool,))
        case Language.SHELL:
            return Recipe(((tool, source, *more),), (tool,))
        case Language.SQL:
            program = Path(sql.__file__).read_text(encoding="utf-8")
            return Recipe(((tool, "-I", "-B", "-X", "utf8", "-c", program, source),))
        case _:
            assert_never(job.language)
