"""A program of one file, judged as the program does it, where its language is installed."""

from __future__ import annotations

import shutil

import pytest

from assistant.coding.judging import judge
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import Brief, Code, CodeReport, CodeVerdict, Effort

FILES = {
    Language.C: ("gcc", "solution.c"),
    Language.CPP: ("g++", "solution.cpp"),
    Language.JAVASCRIPT: ("node", "solution.js"),
    Language.PYTHON: ("", "solution.py"),
    Language.SHELL: ("bash", "solution.sh"),
}
"""The tool that a language needs beside us, and the name of a file in it."""
USUAL = Effort(seconds=10)
QUICK = Effort(seconds=10, lint=False, growth=False)


def judged(
    policy: Policy,
    program: str,
    question: str,
    language: Language = Language.C,
    *,
    tests: str = "",
    effort: Effort = USUAL,
) -> CodeReport:
    """How a program does what a question says; skipped where its language is not here."""
    tool, name = FILES[language]
    if tool and shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed here")
    code = Code(language, (SourceFile(name, program),))
    return judge(code, Brief(question=question, user_tests=tests), policy, effort)


def verdict(policy: Policy, language: Language, program: str, question: str) -> CodeVerdict:
    """The verdict by the tests alone."""
    return judged(policy, program, question, language, effort=QUICK).verdict


def slow(*values: object) -> object:
    """Values of a parametrized test that is left out of the default run."""
    return pytest.param(*values, marks=pytest.mark.slow)
