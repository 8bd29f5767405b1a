"""The only writer of stdout.  ``assistant.cli.solve`` calls these three functions."""

from __future__ import annotations

import argparse
import json
import sys

from assistant.maths.showing.plain import plain
from assistant.maths.showing.record import fill
from assistant.maths.types import Lang, Problem, Solution, Trouble


def write_json(record: dict[str, object]) -> None:
    """One JSON record on a line of its own."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def show_solution(
    options: argparse.Namespace, problem: Problem, solution: Solution, lang: Lang
) -> None:
    """In the form that ``options`` ask for: latex, markdown, html FILE, plot, brief, plain."""
    del options, problem
    for step in solution.steps:
        sys.stdout.write(f"{step.rule.title(lang)}: {plain(step.after)}\n")


def show_trouble(options: argparse.Namespace, text: str, trouble: Trouble, lang: Lang) -> None:
    """What went wrong, with a caret under the place; it goes to stderr."""
    del options, text
    sys.stderr.write(fill(trouble.message, lang) + "\n")


def write_line(text: str) -> None:
    """One line of printable text."""
    sys.stdout.write(text + "\n")
