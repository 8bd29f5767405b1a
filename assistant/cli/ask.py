"""``assistant ask``: one question; the answer is streamed, and its steps are checked."""

from __future__ import annotations

import argparse
import sys

from assistant.cli import answering, diagnostics, render
from assistant.cli.asking import (
    Kept,
    attachments_of,
    interruptible,
    means_for,
    options_of,
    resume,
)
from assistant.cli.blocks import code_block
from assistant.cli.diagnostics import Exit, complain
from assistant.cli.loading import add_loading
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser, number_within, one_of, whole
from assistant.cli.sources import Unreadable, read_source
from assistant.events import Route, TurnEnd, TurnFinished
from assistant.maths.types import Lang
from assistant.session.options import TurnOptions
from assistant.visible import visible
from runtimes.base import Cancel
from runtimes.texts import Text

USAGE = "QUESTION [-m MODEL] [--attach FILE] [-c] …"
NOT_READ = Text("cannot read the question", "无法读取问题")
NO_QUESTION = Text(
    'no question was given; try: assistant ask -m micro "Solve 2x + 3 = 11"',
    '没有问题；例如：assistant ask -m micro "解方程 3x - 5 = 10"',
)
NOT_SIDE_BY_SIDE = Text(
    "--vote does not go with --tools: the answers are written side by side",
    "--vote 不能与 --tools 一起使用：多个回答是同时写的",
)
IDLE = Text(
    "{0} had no effect: the exact solver answered, and no model was asked (-m MODEL asks one)",
    "{0} 未起作用：由精确求解器作答，未使用模型（可用 -m 指定模型）",
)
NO_CODE = Text("there is no code block in the answer", "回答中没有代码块")


def configure(parser: Parser) -> None:
    """The options of the command."""
    _add_question(parser)
    add_turn(parser)
    _add_more(parser)
    add_loading(parser)
    add_writing(parser)
    add_output(parser, record=parser.say("one JSON event a line", "每行一个 JSON 事件"))
    parser.add_help_option()


def _add_question(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("the question", "问题"))
    group.add_argument(
        "question",
        nargs="?",
        default="",
        type=str.strip,
        metavar="QUESTION",
        help=say("what to ask; what is piped in is joined to it", "问题；管道输入会附在其后"),
    )
    group.add_argument(
        "--attach",
        action="append",
        default=[],
        metavar="FILE",
        help=say("join the text of FILE to the question", "把 FILE 的内容附在问题之后"),
    )
    group.add_argument(
        "-c",
        "--continue",
        dest="resume",
        action="store_true",
        help=say("go on with the last conversation", "继续上一次对话"),
    )
    group.add_argument(
        "--incognito",
        action="store_true",
        help=say("keep nothing of this in the history", "不写入历史记录"),
    )


def add_turn(parser: Parser) -> None:
    """How a question is answered."""
    say = parser.say
    group = parser.add_argument_group(say("how to answer", "回答方式"))
    group.add_argument(
        "--route",
        type=one_of([route.value for route in Route], say),
        metavar="WAY",
        help=say(
            "exact (no model), maths, code, tutor or talk (default: by the question)",
            "exact（不用模型）、maths、code、tutor 或 talk（默认按问题判断）",
        ),
    )
    group.add_argument(
        "--vote",
        type=whole(1, 64, say),
        default=1,
        metavar="N",
        help=say("write N answers and count equal ones", "生成 N 个回答并按相等计票"),
    )
    group.add_argument(
        "--tools",
        action="store_true",
        help=say(
            "let the model calculate, convert units, run code and search your notes",
            "允许模型计算、换算单位、运行代码、搜索笔记",
        ),
    )
    group.add_argument(
        "--repairs",
        type=whole(0, 20, say),
        default=2,
        metavar="K",
        help=say(
            "write a refuted step again at most K times (default 2)",
            "被否定的步骤最多重写 K 次（默认 2）",
        ),
    )
    group.add_argument("--no-check", action="store_true", help=say("check no steps", "不检查步骤"))


def _add_more(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("what else", "其他方式"))
    group.add_argument(
        "--explain",
        action="store_true",
        help=say("let the model explain an exact solution", "让模型讲解精确解"),
    )
    group.add_argument(
        "--no-fold",
        action="store_true",
        help=say(
            "refuse a conversation that outgrows the window instead of folding old turns",
            "对话超出上下文窗口时拒绝，而不折叠旧轮次",
        ),
    )
    group.add_argument(
        "-x", "--extract", action="store_true", help=say("only the code block", "只输出代码块")
    )
    group.add_argument(
        "--strict",
        action="store_true",
        help=say("exit with 5 where a step is not decided", "有步骤未判定时以退出码 5 结束"),
    )
    group.add_argument(
        "--schema",
        metavar="FILE",
        help=say(
            "answer in JSON that fits the JSON Schema in FILE", "按 FILE 中的 JSON Schema 回答"
        ),
    )


def add_writing(parser: Parser) -> None:
    """How a model writes."""
    say = parser.say
    group = parser.add_argument_group(say("how to write", "生成方式"))
    group.add_argument(
        "--think",
        type=whole(0, 1_000_000, say),
        metavar="N",
        help=say(
            "end the thinking after N tokens and answer; Ctrl-\\ ends it at once",
            "思考满 N 个词元后开始回答；Ctrl-\\ 立即结束思考",
        ),
    )
    group.add_argument(
        "--max-tokens",
        type=whole(1, 1_000_000, say),
        metavar="N",
        help=say("at most N tokens, thinking and answer together", "思考与回答合计最多 N 个词元"),
    )
    numbers = (
        ("--temperature", 0, 5, "T", say("0 is the likeliest word", "0 为最可能的词")),
        ("--cool-down", 0, 5, "T", say("temperature after the thinking", "思考之后的温度")),
        ("--top-p", 0, 1, "P", say("the likeliest words of this share", "只用累计概率 P 内的词")),
        ("--min-p", 0, 1, "P", say("none less likely than this share", "最低相对概率")),
        ("--repeat-penalty", 0.1, 5, "R", say("above 1: repeat less", "大于 1 时减少重复")),
    )
    for flag, low, high, metavar, told in numbers:
        kind = number_within(float, low, high, say)
        group.add_argument(flag, type=kind, metavar=metavar, help=told)
    group.add_argument(
        "--top-k",
        type=whole(0, 100_000, say),
        metavar="K",
        help=say("the K likeliest words (0: all)", "只用前 K 个词（0 为全部）"),
    )
    group.add_argument(
        "--seed",
        type=whole(0, 2**31 - 1, say),
        metavar="N",
        help=say("the same seed writes the same answer", "相同种子得到相同回答"),
    )


def run(options: argparse.Namespace) -> int:
    """Ask; the result is the exit code."""
    cancel = Cancel()
    try:
        question, piped = _question(options)
        lang = lang_of(options, question)
        if not question:
            complain(NO_QUESTION, lang)
            return Exit.USAGE
        if options.vote > 1 and options.tools:
            complain(NOT_SIDE_BY_SIDE, lang)
            return Exit.USAGE
        attached = attachments_of(options, piped, cancel, lang)
        wanted = options_of(options, lang)
    except Unreadable as wrong:
        complain(wrong.message, lang_of(options, options.question))
        return Exit.USAGE
    from assistant.session.session import Session

    with (
        interruptible(cancel) as signals,
        means_for(options, lang, signals, options.vote) as means,
        Kept(options) as kept,
    ):
        session = Session(means, wanted, kept.place)
        if options.resume:
            resume(session, kept, lang)
        signals.answer_now = session.answer_now
        events = session.ask(question, cancel, attached)
        try:
            if options.json:
                finished = answering.write_all(events, lang)
            else:
                finished = answering.draw_all(events, _drawing(options, lang))
        finally:
            events.close()
        _say_idle(options, finished, lang)
        return _exit_code(options, wanted, finished)


def _say_idle(options: argparse.Namespace, finished: TurnFinished, lang: Lang) -> None:
    """Name the options that only a model heeds, where none was asked."""
    if finished.account.model or finished.end is not TurnEnd.ANSWERED:
        return
    given = {
        "--vote": options.vote > 1,
        "--think": options.think is not None,
        "--tools": options.tools,
    }
    if idle := [name for name, was_given in given.items() if was_given]:
        comma = "、" if lang is Lang.ZH else ", "
        complain(Text(IDLE.en, IDLE.zh, (comma.join(idle),)), lang)


def _drawing(options: argparse.Namespace, lang: Lang) -> answering.Drawing:
    look = render.look(options, lang, sys.stdout)
    live = diagnostics.live(plain=options.plain)
    seen = sys.stdout.isatty()
    return answering.Drawing(look, live=live, seen=seen, silent=options.extract)


def _exit_code(options: argparse.Namespace, wanted: TurnOptions, finished: TurnFinished) -> int:
    lang = wanted.lang
    if finished.failure is not None:
        if options.json:
            return diagnostics.exit_of(finished.failure)
        return diagnostics.report(finished.failure, lang)
    match finished.end:
        case TurnEnd.CANCELLED:
            return Exit.INTERRUPTED
        case TurnEnd.UNSOLVED:
            return Exit.UNDECIDED if options.route else Exit.UNAVAILABLE
        case _:
            pass
    if wanted.schema is not None:
        from assistant.cli.structured import misfit

        if (wrong := misfit(finished.answer, wanted.schema.schema)) is not None:
            complain(wrong, lang)
            return Exit.LIMIT
    if finished.end is TurnEnd.LENGTH and not finished.answer.strip():
        return Exit.LIMIT  # all tokens went into thinking, as a notice has said
    if options.extract:
        block = code_block(finished.answer)
        if block is None:
            complain(NO_CODE, lang)
            return Exit.UNDECIDED
        if not options.json:  # the last event holds the answer
            render.write(visible(block))
    if answering.is_refuted(finished):
        return Exit.REFUTED
    return Exit.UNDECIDED if options.strict and finished.account.steps.undecided else Exit.OK


def _question(options: argparse.Namespace) -> tuple[str, str]:
    """The words of the command line, and what is piped in; piped text alone is the question.

    Raises ``Unreadable``.
    """
    piped = ""
    if not sys.stdin.isatty() and "-" not in (options.schema, *options.attach):
        piped = read_source("-", NOT_READ).strip()
    return (options.question, piped) if options.question else (piped, "")
