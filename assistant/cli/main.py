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
from assistant.cli.diagnostics import Exit, because, complain, exit_of, locale_lang, report
from assistant.cli.parser import Parser, one_of, whole
from assistant.maths.launch import Process
from assistant.maths.limits import MAX_DIGITS
from runtimes.errors import RuntimeFailure
from runtimes.texts import Lang, Text

MAX_CALLS = 4000
"""Showing a formula takes several calls for each level that it is nested."""
COMMANDS = {
    "solve": Text("exact step-by-step solution of a problem", "精确的分步解答"),
    "check": Text(
        "mark worked lines and name the first wrong step", "批改解题步骤，指出第一处错误"
    ),
    "equal": Text("are two answers the same thing?", "判断两个答案是否相同"),
    "sheet": Text(
        "worksheets with variants and a checked key", "出练习卷：多份不同，附已验证的答案"
    ),
    "grade": Text("mark the answers of a class against a key", "按标准答案批改全班的解答"),
    "tutor": Text("solve it yourself, with hints on request", "自己动手解题，按需逐级提示"),
    "ask": Text("ask a model; the answer is streamed", "向模型提问，流式回答"),
    "notes": Text("your own documents: add, search", "自己的文档：添加、搜索"),
    "history": Text(
        "earlier conversations: list, search, show, export", "历史对话：列出、查找、查看、导出"
    ),
    "code": Text("code help whose answer was run", "编写或修复代码，并实际运行检验"),
    "run": Text("run code, or tests of it, in the sandbox", "在沙盒中运行或测试代码"),
    "models": Text("models: the catalogue and what is on disk", "模型：目录与本机已有的模型"),
    "pull": Text("download a model", "下载模型"),
    "rm": Text("remove a model from the disk", "从磁盘删除模型"),
    "verify": Text("check the files of a model again", "重新校验模型文件"),
    "fit": Text("would a model fit into this machine's memory?", "本机内存能否容纳某模型"),
    "eval": Text("accuracy of a model on a data set", "在数据集上评测模型的正确率"),
    "engines": Text("engines that run models; install one", "运行模型的引擎；安装引擎"),
    "doctor": Text("check the whole set-up", "检查整个安装"),
    "bench": Text("measure the speed on this machine", "测量本机速度"),
}
"""A command a module of this package, with ``configure(parser)`` and ``run(options)``."""

JOINED = {"solve": "problem", "tutor": "problem", "ask": "question", "code": "task"}
"""Arguments that take further words too, where somebody left away the quotation marks."""

OVERVIEW = Text(
    """commands:
{0}

examples:
  assistant                                    the terminal app
  assistant ask -m micro "Solve 2x + 3 = 11"
  assistant solve "2x + 3 = 11"
  assistant solve "解方程 2(x-3)=x/2+1"
  assistant solve '\\int_0^1 x^2 dx'
  assistant solve "x^2 - 5x + 6 = 0" --html page.html --plot
  assistant equal "1/2" "0.5"
  assistant check work.txt

exit codes:
  0  answered, nothing refuted       3  engine unavailable
  1  something was refuted           4  out of time or memory
  2  usage, or unreadable input      5  not decided
  130  interrupted""",
    """命令：
{0}

示例：
  assistant                                    打开终端界面
  assistant ask -m micro "解方程 3x - 5 = 10"
  assistant solve "2x + 3 = 11"
  assistant solve "解方程 2(x-3)=x/2+1"
  assistant solve '\\int_0^1 x^2 dx'
  assistant solve "x^2 - 5x + 6 = 0" --html page.html --plot
  assistant equal "1/2" "0.5"
  assistant check work.txt

退出码：
  0  已解答，没有错误              3  计算引擎不可用
  1  有步骤或答案被否定            4  超出时间或内存
  2  用法错误，或题目无法读懂      5  无法判定
  130  已中断""",
)


App = Callable[[argparse.Namespace, Lang], int]
"""Opens the terminal app, which is a floor above us; the result is the exit code."""
THEMES = ("dark", "light", "contrast", "terminal", "terminal-light")
VALUED = ("--lang", "-m", "--model", "--theme", "--port")
"""Options before any command that take a value."""


def run(argv: Sequence[str], early: Process | None = None, app: App | None = None) -> int:
    """Run one command; the result is the exit code.

    ``early`` is a worker process that was started ahead, for the command's pool; ``app`` is what
    opens where a terminal is there and no command is named.
    """
    sys.set_int_max_str_digits(MAX_DIGITS)
    sys.setrecursionlimit(MAX_CALLS)
    lang = _asked_lang(argv) or locale_lang()
    try:
        code = _dispatch(_helped(argv), early, app, lang)
        sys.stdout.flush()
        return code
    except SystemExit as stop:  # the parser has said what is wrong
        return stop.code if isinstance(stop.code, int) else Exit.USAGE
    except KeyboardInterrupt:
        complain(Text("interrupted", "已中断"), lang)
        return Exit.INTERRUPTED
    except RuntimeFailure as failure:
        return report(failure, lang)
    except MemoryError:
        complain(Text("out of memory", "内存不足"), lang)
        return Exit.LIMIT
    except BrokenPipeError:  # the reader of our output has gone
        _forget_output()
        return Exit.OK
    except OSError as wrong:
        _forget_output()
        complain(because(Text("cannot write the output", "无法写出结果"), wrong), lang)
        return Exit.USAGE


def _forget_output() -> None:
    """Leave nothing for the interpreter to flush where it cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _dispatch(argv: Sequence[str], early: Process | None, app: App | None, lang: Lang) -> int:
    at = _command_at(argv)
    name = argv[at] if at is not None else ""
    if at is None or name not in COMMANDS:
        parser = _overview(lang)
        if name:
            complain(_unknown(name), lang)
            return Exit.USAGE
        options = parser.read(argv, argparse.Namespace())
        if app is not None and (options.web or (sys.stdin.isatty() and sys.stdout.isatty())):
            _go_offline(options)
            return app(options, lang)
        parser.print_help()
        return Exit.OK
    command = import_module(f"assistant.cli.{name}")
    configure: Callable[[Parser], None] = command.configure
    execute: Callable[[argparse.Namespace], int] = command.run
    parser = Parser(f"assistant {name}", command.USAGE, COMMANDS[name].template(lang), lang)
    configure(parser)
    words = [*argv[:at], *argv[at + 1 :]]
    joined = JOINED.get(name, "")
    options = parser.read(words, argparse.Namespace(early=early), joined)
    _go_offline(options)
    try:
        return int(execute(options))
    except RuntimeFailure as failure:
        if not getattr(options, "json", False):
            raise
        from assistant.cli import render
        from assistant.records import failure_record

        render.write_json(failure_record(failure, lang))
        return exit_of(failure)


def _go_offline(options: argparse.Namespace) -> None:
    if getattr(options, "offline", False):
        os.environ["ASSISTANT_OFFLINE"] = "1"  # what opens sockets looks there


def _helped(argv: Sequence[str]) -> Sequence[str]:
    """``help`` and ``help COMMAND`` mean the option, as with most programs."""
    at = _command_at(argv)
    if at is None or argv[at] != "help":
        return argv
    return [*argv[:at], *argv[at + 1 :], "--help"]


def _command_at(argv: Sequence[str]) -> int | None:
    """The place of the command: the first word that is neither an option nor the value of one.

    Behind an option of a command, which we do not know here, a word that is no command is its
    value: ``assistant --timeout 5 solve …``.
    """
    words = [n for n, word in enumerate(argv) if not word.startswith("-")]
    words = [n for n in words if not (n and argv[n - 1] in VALUED)]
    for n in words:
        if argv[n] in COMMANDS or argv[n] == "help":
            return n
        if n == 0 or not argv[n - 1].startswith("-"):
            break
    return words[0] if words else None


def _asked_lang(argv: Sequence[str]) -> Lang | None:
    """The value of ``--lang`` before anything is parsed: help is in that language too."""
    for n, word in enumerate(argv):
        value = word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if word == "--lang" and n + 1 < len(argv):
            value = argv[n + 1]
        if value in ("zh", "en"):
            return Lang(value)
    return None


def _overview(lang: Lang) -> Parser:
    """The parser where no command is named: help, version, and the terminal app."""
    parser = Parser(
        "assistant",
        "[COMMAND …]",
        Text(
            "An offline tutor: every step is checked by an exact engine.",
            "离线数学助手：每一步都经过精确验证。",
        ).template(lang),
        lang,
    )
    listed = "\n".join(f"  {name:8}{title.template(lang)}" for name, title in COMMANDS.items())
    parser.epilog = OVERVIEW.template(lang).replace("{0}", listed)
    say = parser.say
    group = parser.add_argument_group(say("the terminal app", "终端界面"))
    told = say("the model to ask (default: the one that is set)", "使用的模型（默认为已设定的）")
    group.add_argument("-m", "--model", metavar="MODEL", help=told)
    group.add_argument(
        "--theme",
        type=one_of(THEMES, say),
        metavar="NAME",
        help=say("one of: ", "可选：") + ", ".join(THEMES),
    )
    group.add_argument(
        "--incognito",
        action="store_true",
        help=say("keep nothing in the history", "不写入历史记录"),
    )
    group.add_argument(
        "--offline",
        action="store_true",
        help=say("open no connection to another machine", "不连接其他机器"),
    )
    group.add_argument(
        "--new",
        action="store_true",
        help=say("begin a new conversation", "开始新的对话（不恢复上次的）"),
    )
    group.add_argument(
        "--screen-reader",
        action="store_true",
        help=say("words instead of signs, no boxes, no animation", "用文字代替符号，无边框与动画"),
    )
    group.add_argument(
        "--web",
        action="store_true",
        help=say("open the app in a browser on this computer", "在本机浏览器中打开界面"),
    )
    group.add_argument(
        "--port",
        type=whole(1, 65_535, say),
        metavar="N",
        help=say("port for --web (default: any that is free)", "--web 的端口（默认任选空闲端口）"),
    )
    parser.add_help_option(f"assistant {__version__}")
    parser.add_argument("--lang", help=argparse.SUPPRESS)
    return parser


def _unknown(name: str) -> Text:
    """What to do about a word that is no command: a slip of the fingers, or a problem."""
    from difflib import get_close_matches

    if near := get_close_matches(name, COMMANDS, 1):
        return Text(
            "there is no command “{0}”; did you mean: assistant {1}",
            "没有命令“{0}”；是否想用：assistant {1}",
            (name, near[0]),
        )
    return Text(
        'there is no command “{0}”; to solve a problem: assistant solve "…" (see assistant --help)',
        '没有命令“{0}”；解题请用：assistant solve "…"（参见 assistant --help）',
        (name,),
    )
