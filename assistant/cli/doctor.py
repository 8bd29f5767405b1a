"""``assistant doctor``: the whole set-up checked, each finding with its remedy."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from assistant.cli import diagnostics, render
from assistant.cli.columns import hanging, terminal_width
from assistant.cli.diagnostics import Exit
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser
from assistant.doctor.findings import TOPICS, Finding, Level
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from runtimes.texts import Text

if TYPE_CHECKING:
    from runtimes.installer.trial import Trial

USAGE = "[--json] [--offline]"
MARKS = {
    Level.OK: Text("ok", "正常"),
    Level.NOTE: Text("note", "提示"),
    Level.WARNING: Text("warning", "警告"),
    Level.PROBLEM: Text("PROBLEM", "问题"),
}
COLOURS = {Level.OK: "32", Level.NOTE: "36", Level.WARNING: "33", Level.PROBLEM: "31;1"}
TRYING = Text("trying {0}: it is to write one token", "试运行 {0}：生成一个词元")
NO_PROBLEM = Text("no problem was found", "没有发现问题")
PROBLEMS = Text("problems: {0}", "问题：{0} 个")


def configure(parser: Parser) -> None:
    """The options of the command."""
    add_output(parser)
    parser.add_argument(
        "--offline",
        action="store_true",
        help=parser.say("open no connection", "不联网"),
    )
    parser.add_help_option()
    parser.epilog = parser.say(
        "exit codes: 0 no problem, 3 something does not work", "退出码：0 没有问题，3 有功能不可用"
    )


def run(options: argparse.Namespace) -> int:
    """Check everything; the result is the exit code."""
    from assistant import paths, probing
    from assistant.cli.ticker import Ticker
    from assistant.doctor.examination import examine
    from runtimes.installer.progress import Progress

    lang = lang_of(options, "")
    findings = []

    def try_out(engine: str) -> Trial:
        with Ticker(lang) as ticker:
            ticker.show(Progress(Text(TRYING.en, TRYING.zh, (engine,))))
            return probing.try_engine(engine)

    for finding in examine(try_out, offline=paths.offline(options.offline)):
        findings.append(finding)
        if not options.json:
            _draw(options, finding, lang)
    problems = sum(finding.level is Level.PROBLEM for finding in findings)
    if options.json:
        records = [_record(finding, lang) for finding in findings]
        render.write_json({"findings": records, "problems": problems})
    else:
        last = Text(PROBLEMS.en, PROBLEMS.zh, (problems,)) if problems else NO_PROBLEM
        render.write_line(filled(last, lang, str))
    return Exit.UNAVAILABLE if problems else Exit.OK


def _record(finding: Finding, lang: Lang) -> dict[str, object]:
    return {
        "topic": finding.topic,
        "level": finding.level.value,
        "text": filled(finding.text, lang, str),
        "remedy": finding.remedy and filled(finding.remedy, lang, str),
    }


def _draw(options: argparse.Namespace, finding: Finding, lang: Lang) -> None:
    """One line, at once: a slow check shall not hold back the others."""
    from rich.cells import set_cell_size

    from runtimes import registry

    marks = max(map(_cells, (mark.template(lang) for mark in MARKS.values())))
    names = [topic.template(lang) for topic in TOPICS.values()]
    topics = max(map(_cells, (*names, *registry.ADAPTERS)))
    mark = set_cell_size(MARKS[finding.level].template(lang), marks)
    topic = finding.about.template(lang)
    if _coloured(options):
        mark = f"\x1b[{COLOURS[finding.level]}m{mark}\x1b[0m"
    indent = marks + topics + 4
    lines = hanging(filled(finding.text, lang, str), indent, terminal_width())
    lines[0] = f"{mark}  {set_cell_size(topic, topics)}  {lines[0].lstrip()}"
    if finding.remedy is not None:  # in one piece: there may be a command in it, to be copied
        lines.append(" " * indent + diagnostics.advice(finding.remedy, lang))
    for line in lines:
        render.write_line(line.rstrip())
    sys.stdout.flush()


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _coloured(options: argparse.Namespace) -> bool:
    if options.plain or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()
