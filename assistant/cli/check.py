"""``assistant check``: marks worked lines and names the first wrong step."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from assistant.cli.diagnostics import Exit, advice, complain, write
from assistant.cli.options import add_common, lang_of
from assistant.cli.parser import Parser
from assistant.cli.sources import Unreadable, read_source
from assistant.cli.troubles import EXIT_OF
from assistant.maths.pool import Limits, Pool
from assistant.maths.types import (
    Lang,
    Proved,
    Text,
    Trouble,
    Undecided,
    Work,
    WorkReport,
)

if TYPE_CHECKING:
    from assistant.cli.batch import Json


USAGE = "FILE [--problem TEXT]"
FAILED = Text("cannot read the work", "无法读取步骤")
INLINE = Text(
    "give lines without a file by a pipe: printf '2x = 8\\nx = 4\\n' | assistant check -",
    "不用文件时，请用管道输入：printf '2x = 8\\nx = 4\\n' | assistant check -",
)


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("the work", "解题步骤"))
    group.add_argument(
        "file",
        nargs="?",
        default="-",
        metavar="FILE",
        help=say("worked lines, one a line; - is stdin", "每行一步；- 为标准输入"),
    )
    group.add_argument(
        "--problem",
        default="",
        type=str.strip,
        metavar="TEXT",
        help=say("the problem that was solved", "原题"),
    )
    add_common(parser)


def run(options: argparse.Namespace) -> int:
    """Mark one file or a batch; the result is the exit code."""
    if options.batch:
        from assistant.cli.batch import batch_command

        lang = lang_of(options, "")
        return batch_command(
            options,
            lambda pool, record: _record(pool, record, options),
            lambda trouble: _failed(trouble, lang),
            lang,
        )
    with Pool(Limits(options.timeout, options.memory), early=options.early) as pool:
        try:
            text = read_source(options.file, FAILED)
        except Unreadable as wrong:
            complain(wrong.message, lang_of(options, options.file))
            if re.search(r"[\s=<>]", options.file):  # the work itself, and no name of a file
                write(advice(INLINE, lang_of(options, options.file)) + "\n")
            return Exit.USAGE
        lang = lang_of(options, options.problem + text)
        lines = tuple(line for line in text.splitlines() if line.strip())
        if not lines:
            complain(
                Text(
                    "no lines to check; try: assistant check work.txt",
                    "没有步骤；例如：assistant check work.txt",
                ),
                lang,
            )
            return Exit.USAGE
        report = pool.run("check", Work(options.problem, lines))
    if isinstance(report, Trouble):
        complain(report.message, lang)
        return EXIT_OF[report.code]
    assert isinstance(report, WorkReport)
    from assistant.cli import render

    if options.json:
        render.write_json({"id": None, **_report_record(report, lang)})
    else:
        render.show_work(options, lines, report, lang)
    return _exit_code(report, strict=options.strict)


def _exit_code(report: WorkReport, *, strict: bool) -> int:
    if report.first_wrong is not None:
        return Exit.REFUTED
    proved = all(isinstance(m.verdict, Proved) for m in report.marks if m.claims)
    return Exit.UNDECIDED if strict and not proved else Exit.OK


def _record(pool: Pool, record: Json, options: argparse.Namespace) -> Json:
    """One record of the batch contract."""
    from assistant.cli.batch import BadRecord, text_field

    steps = record.get("steps")
    if not isinstance(steps, list) or not all(isinstance(s, str) for s in steps):
        raise BadRecord(
            Text("the field “steps” must be a list of texts", "字段“steps”应为文本的列表")
        )
    problem = text_field(record, "problem", "")
    lang = lang_of(options, problem + "".join(steps))
    report = pool.run("check", Work(problem, tuple(steps)))
    if isinstance(report, Trouble):
        return _failed(report, lang)
    assert isinstance(report, WorkReport)
    return _report_record(report, lang)


def _report_record(report: WorkReport, lang: Lang) -> Json:
    from assistant.records import mark_record

    return {
        "verdicts": [mark_record(m, lang) for m in report.marks],
        "first_wrong_step": report.first_wrong,
        "decided": sum(not isinstance(m.verdict, Undecided) for m in report.marks),
    }


def _failed(trouble: Trouble, lang: Lang) -> Json:
    from assistant.maths.showing.record import trouble_record

    error = trouble_record(trouble, lang)["error"]
    return {"verdicts": [], "first_wrong_step": None, "decided": 0, "error": error}
