"""``assistant solve``: an exact step-by-step solution."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.cli.diagnostics import Exit, complain
from assistant.cli.options import add_common, lang_of
from assistant.cli.parser import Parser, one_of
from assistant.cli.sources import Unreadable, read_source
from assistant.cli.troubles import EXIT_OF, bug
from assistant.maths.pool import Limits, Pool
from assistant.maths.showing.record import solution_record, trouble_record
from assistant.maths.types import (
    Failure,
    Lang,
    Problem,
    Proved,
    Refuted,
    Solution,
    Task,
    Text,
    Trouble,
)

if TYPE_CHECKING:
    from assistant.cli.batch import Json


USAGE = "PROBLEM [--brief] [--html FILE] [--plot] …"
FAILED = Text("cannot read the problem", "无法读取题目")


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("the problem", "题目"))
    group.add_argument(
        "problem",
        nargs="?",
        type=str.strip,
        metavar="PROBLEM",
        help=say("formulas or a question; - is stdin", "算式或问题；- 为标准输入"),
    )
    group.add_argument(
        "--file", metavar="F", help=say("read the problem from F", "从文件 F 读取题目")
    )
    tasks = [t.value for t in Task]
    group.add_argument(
        "--task",
        type=one_of(tasks, say),
        metavar="TASK",
        help=say("what is asked, if the problem does not say it: ", "题目未说明时要做什么：")
        + ", ".join(tasks),
    )
    group.add_argument(
        "--variable", default="", type=str.strip, metavar="X", help=say("the unknown", "未知数")
    )
    group.add_argument(
        "--method",
        default="",
        metavar="NAME",
        help=say(
            "solve by this method, e.g. factoring, formula, completing_square",
            "指定解法，如 factoring、formula、completing_square",
        ),
    )
    looks = parser.add_argument_group(say("the solution", "解答"))
    looks.add_argument("--brief", action="store_true", help=say("the answer only", "只显示答案"))
    looks.add_argument(
        "--plot", action="store_true", help=say("draw the functions", "画出函数图像")
    )
    looks.add_argument(
        "--html",
        metavar="FILE",
        help=say("write one self-contained page to FILE", "将解答写成一个独立网页"),
    )
    forms = (
        ("--latex", say("a LaTeX document", "LaTeX 文档")),
        ("--markdown", say("Markdown", "Markdown 格式")),
    )
    add_common(parser, forms)


def run(options: argparse.Namespace) -> int:
    """Solve one problem or a batch; the result is the exit code."""
    if options.batch:
        return _run_batch(options)
    limits = Limits(options.timeout, options.memory)
    with Pool(limits, early=options.early) as pool:  # it loads while we read
        try:
            text = _problem_text(options)
        except Unreadable as wrong:
            complain(wrong.message, lang_of(options, ""))
            return Exit.USAGE
        lang = lang_of(options, text)
        if not text.strip():
            complain(
                Text(
                    'no problem was given; try: assistant solve "2x + 3 = 11"',
                    '没有题目；例如：assistant solve "2x + 3 = 11"',
                ),
                lang,
            )
            return Exit.USAGE
        return _answer(options, pool, text, lang)


def _problem_text(options: argparse.Namespace) -> str:
    if options.file or options.problem == "-":
        return read_source(options.file or "-", FAILED)
    return options.problem or ""


def _read(text: str, task: str, variable: str, method: str) -> Problem | Trouble:
    """The problem, or what was not understood as a value."""
    from assistant.maths.reading import read_problem
    from assistant.maths.reading.formulas.tokens import ReadingError

    try:
        problem = read_problem(text, Task(task) if task else None, variable)
    except ReadingError as wrong:
        return Trouble(Failure.UNREADABLE, wrong.message, wrong.at, wrong.suggestion)
    except Exception as wrong:  # noqa: BLE001 - the user gets a sentence and no traceback
        return bug(wrong)
    if method:
        return replace(problem, request=replace(problem.request, method=method))
    return problem


def _solved(pool: Pool, problem: Problem | Trouble) -> Solution | Trouble:
    """The checked solution, or what stood in the way."""
    if isinstance(problem, Trouble):
        return problem
    result = pool.run("solve", problem)
    assert isinstance(result, Solution | Trouble)
    return result


def _answer(options: argparse.Namespace, pool: Pool, text: str, lang: Lang) -> int:
    from assistant.cli import render

    start = time.perf_counter()
    problem = _read(text, options.task or "", options.variable, options.method)
    render.prepare(options)  # the worker is loading still
    result = _solved(pool, problem)
    if isinstance(result, Solution):
        assert isinstance(problem, Problem)
        if options.html:
            render.write_page(options, problem, result, lang)
        if options.json:
            render.write_json(_timed(solution_record(problem, result, lang), start))
        elif not options.html:
            render.show_solution(options, problem, result, lang)
    elif options.json:
        render.write_json(_timed(trouble_record(result, lang), start))
    else:
        render.show_trouble(options, text, result, lang)
    return _exit_code(result, strict=options.strict)


def _timed(record: Json, start: float) -> Json:
    return {"id": None, **record, "seconds": round(time.perf_counter() - start, 4)}


def _exit_code(result: Solution | Trouble, *, strict: bool) -> int:
    if isinstance(result, Trouble):
        return EXIT_OF[result.code]
    if isinstance(result.verdict, Refuted):
        return Exit.REFUTED
    return Exit.UNDECIDED if strict and not isinstance(result.verdict, Proved) else Exit.OK


def _run_batch(options: argparse.Namespace) -> int:
    from assistant.cli.batch import batch_command

    lang = lang_of(options, "")
    return batch_command(options, _solve_record, lambda t: trouble_record(t, lang), lang)


def _solve_record(pool: Pool, record: Json) -> Json:
    """One record of the batch contract."""
    from assistant.cli.batch import BadRecord, text_field

    task = text_field(record, "task", "")
    if task and task not in {t.value for t in Task}:
        names = ", ".join(t.value for t in Task)
        raise BadRecord(Text("unknown task; one of {0}", "未知的 task；可用：{0}", (names,)))
    problem = _read(
        text_field(record, "input"),
        task,
        text_field(record, "variable", ""),
        text_field(record, "method", ""),
    )
    lang = Lang.EN if isinstance(problem, Trouble) else problem.lang
    result = _solved(pool, problem)
    if isinstance(problem, Trouble) or isinstance(result, Trouble):
        assert isinstance(result, Trouble)
        return trouble_record(result, lang)
    return solution_record(problem, result, lang)
