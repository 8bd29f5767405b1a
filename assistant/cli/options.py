"""Options that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from assistant.maths.types import Lang

Say = Callable[[str, str], str]
"""Picks the English or the Chinese of two sentences."""


def add_common(parser: argparse.ArgumentParser, say: Say) -> None:
    """Language, limits, batch: what every mathematics command understands."""
    parser.add_argument(
        "--lang", choices=("zh", "en"), help=say("language of the answer", "回答的语言")
    )
    parser.add_argument(
        "--plain",
        action="store_true",
        help=say("no colour, ASCII-safe marks", "无颜色，纯文本标记"),
    )
    parser.add_argument(
        "--offline",
        action="store_true",
        help=say(
            "open no socket (this command never does)", "不打开任何网络连接（本命令从不联网）"
        ),
    )
    parser.add_argument("--json", action="store_true", help=say("one JSON record", "输出 JSON"))
    parser.add_argument(
        "--timeout",
        type=positive_seconds,
        default=10.0,
        metavar="S",
        help=say("seconds a problem may take (default 10)", "每题时限，单位秒（默认 10）"),
    )
    parser.add_argument(
        "--memory",
        type=byte_count,
        default=1 << 30,
        metavar="BYTES",
        help=say(
            "memory a problem may take, as 512M or 2G (default 1G)", "每题内存上限，如 512M、2G"
        ),
    )
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help=say(
            "read JSON lines from FILE (- is stdin), write one JSON line for each",
            "从 FILE 读取 JSON 行（- 为标准输入），逐行输出结果",
        ),
    )
    parser.add_argument(
        "--jobs",
        type=worker_count,
        metavar="N",
        help=say("worker processes for --batch (default: cores)", "批处理的进程数（默认：核心数）"),
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help=say("exit with 5 where the answer is not proved", "答案未被证明时以退出码 5 结束"),
    )


def positive_seconds(text: str) -> float:
    """A time limit from 0.1 s to a day."""
    return _within(float(text), 0.1, 86_400.0)


def worker_count(text: str) -> int:
    """A number of processes."""
    return int(_within(int(text), 1, 256))


def byte_count(text: str) -> int:
    """``512M``, ``2G`` or a plain number; less than 256 MiB cannot hold the engine."""
    scale = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}.get(text[-1:].upper(), 1)
    digits = text[:-1] if scale > 1 else text
    return int(_within(int(digits) * scale, 256 << 20, 1 << 50))


def _within(value: float, low: float, high: float) -> float:
    if not low <= value <= high:
        raise argparse.ArgumentTypeError(f"must be from {low:g} to {high:g}")
    return value


def lang_of(options: argparse.Namespace, text: str) -> Lang:
    """The language asked for, else that of the question, else the locale's."""
    from assistant.cli.diagnostics import locale_lang

    if options.lang:
        return Lang(options.lang)
    if any("\u4e00" <= char <= "\u9fff" for char in text):
        return Lang.ZH
    return Lang.EN if any(char.isascii() and char.isalpha() for char in text) else locale_lang()
