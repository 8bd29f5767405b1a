"""The command ``assistant``: reads the arguments and hands over to one command.

Nothing heavy is imported here; each command's module is loaded when it is called, so
``--version`` and ``--help`` answer at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from assistant import __version__
from assistant.cli.diagnostics import Exit, complain, locale_lang
from assistant.maths.launch import Process
from assistant.maths.types import MAX_DIGITS, Lang, Text

COMMANDS = {
    "solve": Text("exact step-by-step solution of a problem", "精确的分步解答"),
    "check": Text(
        "mark worked lines and name the first wrong step", "批改解题步骤，指出第一处错误"
    ),
    "equal": Text("are two answers the same thing?", "判断两个答案是否相同"),
}
"""A command a module of this package, with ``configure(parser, say)`` and ``run(options)``."""

EXAMPLES = Text(
    """examples:
  assistant solve "2x + 3 = 11"
  assistant solve "解方程 2(x-3)=x/2+1"
  assistant solve '\\int_0^1 x^2 dx'
  assistant equal "1/2" "0.5"

exit codes: 0 answered, nothing refuted; 1 something was refuted; 2 usage or unreadable
input; 3 unavailable; 4 out of time or memory; 5 not decided; 130 interrupted""",
    """示例：
  assistant solve "2x + 3 = 11"
  assistant solve "解方程 2(x-3)=x/2+1"
  assistant solve '\\int_0^1 x^2 dx'
  assistant equal "1/2" "0.5"

退出码：0 已解答且无错误；1 有步骤被否定；2 用法错误或无法读懂；
3 不可用；4 超出时间或内存；5 无法判定；130 已中断""",
)


def run(argv: Sequence[str], early: Process | None = None) -> int:
    """Run one command; the result is the exit code.

    ``early`` is a worker process that was started ahead, for the command's pool.
    """
    sys.set_int_max_str_digits(MAX_DIGITS)
    lang = _asked_lang(argv) or locale_lang()
    chosen = next((a for a in argv if not a.startswith("-")), "")
    parser = _parser(lang, chosen)
    if not argv:
        parser.print_help()
        return Exit.OK
    try:
        options = parser.parse_args(argv, argparse.Namespace(early=early))
        code = int(import_module(f"assistant.cli.{options.command}").run(options))
        sys.stdout.flush()
        return code
    except SystemExit as stop:  # argparse has said what is wrong
        return stop.code if isinstance(stop.code, int) else Exit.USAGE
    except KeyboardInterrupt:
        complain(Text("interrupted", "已中断"), lang)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # the reader of our output has gone; leave nothing for the interpreter to flush
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK


def _asked_lang(argv: Sequence[str]) -> Lang | None:
    """The value of ``--lang`` before anything is parsed: help is in that language too."""
    for n, word in enumerate(argv):
        value = word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if word == "--lang" and n + 1 < len(argv):
            value = argv[n + 1]
        if value in ("zh", "en"):
            return Lang(value)
    return None


def _parser(lang: Lang, chosen: str) -> argparse.ArgumentParser:
    """The parser, with the options of the chosen command only: the others stay unloaded."""

    def say(en: str, zh: str) -> str:
        return zh if lang is Lang.ZH else en

    parser = argparse.ArgumentParser(
        prog="assistant",
        description=say(
            "An offline tutor: every step is checked by an exact engine.",
            "离线数学助手：每一步都经过精确验证。",
        ),
        epilog=EXAMPLES.template(lang),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"assistant {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, title in COMMANDS.items():
        help_text = title.template(lang)
        command = commands.add_parser(
            name,
            help=help_text,
            description=help_text,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name == chosen:
            configure: Callable[[argparse.ArgumentParser, Callable[[str, str], str]], None]
            configure = import_module(f"assistant.cli.{name}").configure
            configure(command, say)
    return parser
