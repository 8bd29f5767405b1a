"""Options that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from assistant.cli.parser import Parser, byte_count, number_within, one_of
from assistant.maths.types import Lang, Text


def add_common(parser: Parser, forms: Sequence[tuple[str, str]] = ()) -> None:
    """Language, limits, batch: what every mathematics command understands.

    ``forms`` are further forms of the answer beside ``--json``, with their help; the forms
    exclude each other.
    """
    add_output(parser, forms)
    add_limits(parser).add_argument(
        "--strict",
        action="store_true",
        help=parser.say(
            "exit with 5 where the answer is not proved", "答案未被证明时以退出码 5 结束"
        ),
    )
    _add_many(parser)
    parser.add_help_option()


def add_output(parser: Parser, forms: Sequence[tuple[str, str]] = (), record: str = "") -> None:
    """Form, colour and language of the answer.  ``record`` says what ``--json`` writes, where
    that is not one record."""
    say = parser.say
    group = parser.add_argument_group(say("how to show it", "输出方式"))
    form = group.add_mutually_exclusive_group()
    usual = say("one JSON record", "一条 JSON 记录")
    form.add_argument("--json", action="store_true", help=record or usual)
    for flag, text in forms:
        form.add_argument(flag, action="store_true", help=text)
    group.add_argument(
        "--plain", action="store_true", help=say("no colours, verdicts in words", "不用颜色")
    )
    group.add_argument(
        "--lang",
        metavar="zh|en",
        type=one_of(("zh", "en"), say),
        help=say(
            "language of the answer (default: that of the problem)",
            "回答的语言（默认与题目相同）",
        ),
    )


A_PROBLEM = Text("seconds a problem may take (default 10)", "每题时限，单位秒（默认 10）")


def add_limits(parser: Parser, seconds: Text = A_PROBLEM) -> argparse._ArgumentGroup:
    """Time and memory; ``seconds`` says what the time is for.  The group takes further options."""
    say = parser.say
    group = parser.add_argument_group(say("limits", "限制"))
    group.add_argument(
        "--timeout",
        type=number_within(float, 0.1, 86_400, say),
        default=10.0,
        metavar="S",
        help=say(seconds.en, seconds.zh),
    )
    group.add_argument(
        "--memory",
        type=byte_count(say),
        default=1 << 30,
        metavar="BYTES",
        help=say(
            "memory it may take, as 512M or 2G (default 1G)", "内存上限，如 512M、2G（默认 1G）"
        ),
    )
    group.add_argument(
        "--offline",
        action="store_true",
        help=say("open no socket (this command never does)", "不联网（本命令从不联网）"),
    )
    return group


def _add_many(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("many at once", "批量处理"))
    group.add_argument(
        "--batch",
        metavar="FILE",
        help=say(
            "read JSON lines from FILE (- is stdin), write one JSON line for each",
            "从 FILE 读取 JSON 行（- 为标准输入），每行输出一条结果",
        ),
    )
    group.add_argument(
        "--jobs",
        type=number_within(int, 1, 256, say),
        metavar="N",
        help=say("worker processes for --batch (default: cores)", "批处理的进程数（默认：核心数）"),
    )


def lang_of(options: argparse.Namespace, text: str) -> Lang:
    """The language asked for, else that of the question, else the locale's."""
    from assistant.cli.diagnostics import locale_lang

    if options.lang:
        return Lang(options.lang)
    if any("\u4e00" <= char <= "\u9fff" for char in text):
        return Lang.ZH
    return Lang.EN if any(char.isascii() and char.isalpha() for char in text) else locale_lang()
