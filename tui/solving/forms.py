"""A solution in the forms in which it is copied and exported."""

from __future__ import annotations

import os
from contextlib import suppress
from enum import Enum
from pathlib import Path

from runtimes.files import replace_file
from runtimes.texts import Lang, Text
from tui.rendering.solution import Work

NAME = "solution"
MOST_NAMES = 1000


class Form(Enum):
    """What it is called, and how its file ends (empty: it is only copied)."""

    ANSWER = Text("the answer as text", "答案（文本）"), ""
    ANSWER_LATEX = Text("the answer as LaTeX", "答案（LaTeX）"), ""
    MARKDOWN = Text("the solution as Markdown", "完整解答（Markdown）"), ".md"
    LATEX = Text("the solution as a LaTeX document", "完整解答（LaTeX 文档）"), ".tex"
    HTML = Text("the solution as a page (HTML)", "完整解答（HTML 网页）"), ".html"

    def __init__(self, title: Text, suffix: str) -> None:
        self.title = title
        self.suffix = suffix


def written(work: Work, form: Form, lang: Lang, *, plot: bool = False) -> str:
    """The solution in a form; ``plot``: with its graph, where the form can hold one."""
    problem, solution = work.problem, work.solution
    match form:
        case Form.ANSWER:
            from assistant.maths.showing.answers import answer_text

            return answer_text(solution)
        case Form.ANSWER_LATEX:
            from assistant.maths.showing.document import answer_latex

            return answer_latex(solution, lang).rstrip("\n")
        case Form.MARKDOWN:
            from assistant.maths.showing.markdown import solution_markdown

            return solution_markdown(problem, solution, lang)
        case Form.LATEX:
            from assistant.maths.showing.document import solution_latex

            return solution_latex(problem, solution, lang)
        case Form.HTML:
            from assistant.maths.showing.html import solution_html

            return solution_html(problem, solution, lang, plot=plot)


def free_name(folder: Path, suffix: str) -> Path:
    """A name in a folder that no file has yet."""
    for n in range(1, MOST_NAMES):
        path = folder / (f"{NAME}{suffix}" if n == 1 else f"{NAME}-{n}{suffix}")
        if not os.path.lexists(path):
            break
    return path


def save(path: Path, text: str, *, replace: bool = False) -> None:
    """Write a file as a whole or not at all.

    Raises ``FileExistsError`` unless ``replace``, and ``OSError`` where it cannot be written.
    """
    if replace:
        replace_file(path, text)
        return
    new = path.open("x", encoding="utf-8")
    try:
        with new:
            new.write(text)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise
