"""The only writer of stdout.

Chooses the form that the options ask for, and colours only where a person looks: on a
terminal, without ``--plain`` and without ``NO_COLOR`` (no-color.org).
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from assistant.cli import diagnostics
from assistant.cli.legible import DRAWN, fits, legible
from assistant.maths import ways
from assistant.maths.types import Lang, Problem, Solution, Text, Trouble, WorkReport

if TYPE_CHECKING:
    from assistant.maths.showing.look import Look

WRITTEN = Text("written: {0}", "已写入：{0}")
OPTIONS = {
    ways.OTHERS.en: Text(
        "Other methods for this equation: {0} (ask for one with --method).",
        "此方程还可用其他方法：{0}（用 --method 指定）。",
    ),
    ways.FOR_SYSTEMS.en: Text(
        "Methods for a linear system: substitution, elimination, matrix (--method).",
        "用 --method 选解法：代入 substitution、加减 elimination、矩阵 matrix。",
    ),
}
"""What the command says in place of a note that names methods: how one is asked for here."""
NO_PAGE = Text("cannot write the page", "无法写入网页")
NO_FILE = Text("cannot write the file", "无法写入文件")


INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Controls, marks of direction and the like, halves of pairs, ends of lines and paragraphs."""


def write(text: str) -> None:
    """Text as it is, or as the encoding of the output can say it."""
    sys.stdout.write(legible(text, sys.stdout.encoding or "utf-8"))


def write_line(text: str) -> None:
    """One line of printable text."""
    write(text + "\n")


def write_json(record: dict[str, object]) -> None:
    """One JSON record on a line of its own, flushed.

    What a terminal would obey, what turns the direction of writing, and half a surrogate pair,
    which JSON can hold and UTF-8 cannot, are escaped; it is the same JSON.
    """
    line = json.dumps(record, ensure_ascii=False, allow_nan=False)
    if not line.isascii() or "\x7f" in line:
        line = "".join(map(_escaped, line))
    try:
        line.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        line = json.dumps(record, allow_nan=False)
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _escaped(char: str) -> str:
    """A character inside a string of JSON, where nothing invisible stands outside of strings."""
    if char.isprintable() or unicodedata.category(char) not in INVISIBLE:
        return char
    return json.dumps(char)[1:-1] if char != "\x7f" else "\\u007f"


def look(options: argparse.Namespace, lang: Lang, stream: TextIO) -> Look:
    """How to draw on a stream."""
    from assistant.maths.showing.look import Look

    return Look(
        lang=lang,
        width=shutil.get_terminal_size((80, 24)).columns,
        colour=_coloured(options, stream),
        brief=getattr(options, "brief", False),
        plot=getattr(options, "plot", False),
        aloud=not fits(DRAWN, stream.encoding or "utf-8"),
    )


def _coloured(options: argparse.Namespace, stream: TextIO) -> bool:
    return diagnostics.live(plain=getattr(options, "plain", False), stream=stream)


def prepare(options: argparse.Namespace) -> None:
    """Load the printer that will be wanted, while the answer is still being found."""
    if not (options.json or options.latex or options.markdown or options.html):
        import assistant.maths.showing.terminal  # noqa: F401


def show_solution(
    options: argparse.Namespace, problem: Problem, solution: Solution, lang: Lang
) -> None:
    """In the form that ``options`` ask for: latex, markdown, plot, brief, plain."""
    if options.latex:
        from assistant.maths.showing.document import answer_latex, solution_latex

        write(
            answer_latex(solution, lang)
            if options.brief
            else solution_latex(problem, solution, lang)
        )
    elif options.markdown:
        from assistant.maths.showing.markdown import solution_markdown

        write(solution_markdown(problem, solution, lang))
    else:
        from assistant.maths.showing.terminal import terminal_text

        solution = replace(solution, notes=tuple(map(_with_option, solution.notes)))
        write(terminal_text(problem, solution, look(options, lang, sys.stdout)))


def _with_option(note: Text) -> Text:
    said = OPTIONS.get(note.en)
    return note if said is None else said.of(*note.args)


def write_page(
    options: argparse.Namespace, problem: Problem, solution: Solution, lang: Lang
) -> None:
    """The page, to a file (``-`` is stdout).  Ends the program where it cannot be written."""
    from assistant.maths.showing.html import solution_html

    page = solution_html(problem, solution, lang, plot=options.plot)
    if not write_file(options.html, page, lang, NO_PAGE):
        raise SystemExit(diagnostics.Exit.USAGE)


def write_file(name: str, text: str, lang: Lang, failed: Text = NO_FILE) -> bool:
    """Write a file (``-`` is stdout) and say so; ``False`` where it cannot be written, which is
    told, beginning with ``failed``."""
    if name == "-":
        write(text)
        return True
    try:
        Path(name).write_text(text, encoding="utf-8", newline="")
    except (OSError, ValueError) as wrong:
        diagnostics.complain(diagnostics.because(failed, wrong), lang)
        return False
    diagnostics.complain(WRITTEN.of(name), lang)
    return True


def show_trouble(options: argparse.Namespace, text: str, trouble: Trouble, lang: Lang) -> None:
    """What went wrong, with a caret under the place; it goes to stderr."""
    from assistant.maths.showing.trouble import trouble_text

    diagnostics.write(trouble_text(text, trouble, look(options, lang, sys.stderr)))


def show_work(
    options: argparse.Namespace, lines: Sequence[str], report: WorkReport, lang: Lang
) -> None:
    """Worked lines, each with its mark."""
    from assistant.maths.showing.work import work_text

    write(work_text(lines, report, look(options, lang, sys.stdout)))
