"""``assistant grade``: marks the answers of a class against a key."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.counting import counted
from assistant.cli.diagnostics import Exit, complain
from assistant.cli.grade_files import key_file, papers_in, questions_of
from assistant.cli.options import add_limits, add_output, lang_of
from assistant.cli.parser import Parser, number_within
from assistant.cli.sources import Unreadable
from assistant.maths.pool import Limits, Pool
from assistant.maths.types import Lang, Text
from assistant.teaching.marking.types import Outcome

if TYPE_CHECKING:
    from assistant.teaching.marking.types import Marked, Paper, Question

TO_LOOK_AT = (Outcome.OPEN, Outcome.UNFINISHED)
"""What gives and takes no point before a person looks."""
USAGE = "FOLDER [--key FILE] [--csv FILE] [--html FILE]"
A_LINE = Text("seconds a line may take (default 10)", "每行时限，单位秒（默认 10）")
NO_FOLDER = Text(
    "a folder with the students' answers is needed: assistant grade FOLDER --key key.txt",
    "请指定学生答卷所在的文件夹：assistant grade 文件夹 --key key.txt",
)
NOT_THERE = Text("there is no folder or file {0}", "没有文件夹或文件 {0}")
NO_PAPERS = Text(
    "there are no answers in {0}: a .txt or .md file for each student, or a .csv table",
    "{0} 中没有答卷：每名学生一个 .txt 或 .md 文件，或一个 .csv 表格",
)
EXAMPLE = Text(
    "the key, a question a number (a problem, its answer, or both; points are optional):\n"
    "  1. Solve x^2 - 5x + 6 = 0 (3 points)\n"
    "  2. Simplify (x^2 - 1)/(x - 1)\n"
    "     answer: x + 1\n"
    "  3. answer: 3/4\n"
    "a student's file, ann.txt:\n"
    "  1. (x - 2)(x - 3) = 0\n"
    "     x = 2 or x = 3\n"
    "  2. x + 1\n"
    "or a table: name,1,2,3\n\n"
    "exit codes: 0 marked, 1 the key itself is contradicted, 5 (--strict) something is left open",
    "标准答案，每题以题号开头（题目、答案或两者皆有；分值可省略）：\n"
    "  1. 解方程 x^2 - 5x + 6 = 0（3分）\n"
    "  2. 化简 (x^2 - 1)/(x - 1)\n"
    "     答案：x + 1\n"
    "  3. 答案：3/4\n"
    "学生的文件，如 小明.txt：\n"
    "  1. (x - 2)(x - 3) = 0\n"
    "     x = 2 或 x = 3\n"
    "  2. x + 1\n"
    "也可以是表格：姓名,1,2,3\n\n"
    "退出码：0 已批改，1 标准答案本身有误，5（--strict）有待人工判定的题",
)


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("the class", "班级"))
    group.add_argument(
        "folder",
        nargs="?",
        metavar="FOLDER",
        help=say(
            "a text a student, or tables with a row for each",
            "每名学生一个文本文件，或每行一名学生的表格",
        ),
    )
    group.add_argument(
        "--key",
        metavar="FILE",
        help=say(
            "the questions and answers (default: FOLDER/key.txt)",
            "题目与答案（默认为文件夹中的 key.txt）",
        ),
    )
    group.add_argument(
        "--csv", metavar="FILE", help=say("write a table for a spreadsheet", "写出电子表格文件")
    )
    group.add_argument(
        "--html", metavar="FILE", help=say("write a page with every mark", "写出含全部批改的网页")
    )
    add_output(parser)
    _add_limits(parser)
    parser.add_help_option()
    parser.epilog = say(EXAMPLE.en, EXAMPLE.zh)


def _add_limits(parser: Parser) -> None:
    say = parser.say
    limits = add_limits(parser, A_LINE)
    limits.add_argument(
        "--jobs",
        type=number_within(int, 1, 256, say),
        metavar="N",
        help=say("worker processes (default: cores)", "进程数（默认：核心数）"),
    )
    limits.add_argument(
        "--strict",
        action="store_true",
        help=say("exit with 5 where something is left open", "有待判定的题时以退出码 5 结束"),
    )


def run(options: argparse.Namespace) -> int:
    """Mark a class; the result is the exit code."""
    lang = lang_of(options, "")
    if options.folder is None:
        complain(NO_FOLDER, lang)
        return Exit.USAGE
    place = Path(options.folder)
    if not _is_there(place):
        complain(NOT_THERE.of(options.folder), lang)
        return Exit.USAGE
    try:
        key = key_file(options.key, place)
        questions, text = questions_of(key)
    except Unreadable as wrong:
        complain(wrong.message, lang)
        return Exit.USAGE
    lang = lang_of(options, text)
    papers = tuple(papers_in(place, key, questions, lang))
    if not papers:
        complain(NO_PAPERS.of(options.folder), lang)
        return Exit.USAGE
    marked = _graded(options, questions, papers)
    return _shown(options, marked, lang)


def _is_there(place: Path) -> bool:
    try:
        return place.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _graded(
    options: argparse.Namespace, questions: Sequence[Question], papers: Sequence[Paper]
) -> Marked:
    from assistant.teaching.marking.grading import grade

    jobs = options.jobs or os.cpu_count() or 1
    limits = Limits(options.timeout, options.memory)
    with Pool(limits, jobs, options.early) as pool, counted(plain=options.plain) as on_marked:
        return grade(pool, questions, papers, jobs, on_marked)


def _shown(options: argparse.Namespace, marked: Marked, lang: Lang) -> int:
    from assistant.cli import grade_show, render

    written = True
    if options.csv is not None:
        written &= render.write_file(options.csv, grade_show.table(marked, lang), lang)
    if options.html is not None:
        written &= render.write_file(options.html, grade_show.page(marked, lang), lang)
    if options.json:
        render.write_json(grade_show.record(marked, lang))
    else:
        grade_show.show(marked, render.look(options, lang, sys.stdout))
    if not written:
        return Exit.USAGE
    if any(fault.contradicted for fault in marked.faults):
        return Exit.REFUTED
    left = any(m.outcome in TO_LOOK_AT for paper in marked.papers for m in paper.marks)
    return Exit.UNDECIDED if options.strict and left else Exit.OK
