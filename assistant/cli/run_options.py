"""The options of ``assistant run``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence

from assistant.cli.parser import Parser, Say, byte_count, number_within
from runtimes.texts import Lang, Text

LANGUAGES = ("python", "javascript", "c", "c++", "shell", "sql")
LEAST_MEMORY = 32 << 20
SECONDS, MEASURING_SECONDS = 10.0, 20.0
TOGETHER = Text("{0} does not go together with {1}", "{0} 不能与 {1} 同时使用")
NEEDS = Text("{0} needs {1}", "{0} 需要 {1}")
NO_ORDER = Text(
    "{0} is no order that can be measured: O(1), O(log n), O(sqrt n), O(n), O(n log n), O(n^2), "
    "O(n^3), O(2^n)",
    "{0} 不是可以测量的量级：O(1)、O(log n)、O(sqrt n)、O(n)、O(n log n)、O(n^2)、O(n^3)、O(2^n)",
)

ORDER_THERE = Text(
    "{0} is an order, and --growth takes the name of a function: --growth FUNCTION --expect '{0}'",
    "{0} 是量级，而 --growth 需要函数名：--growth 函数 --expect '{0}'",
)
CALL_THERE = Text(
    "{0} takes the name of a function alone: {0} {1}; to trace this one call: --call '{2}'",
    "{0} 只需要函数名：{0} {1}；要跟踪这一次调用：--call '{2}'",
)
NO_NAME = Text(
    "{0} takes the name of a function, as two_sum or Solution.two_sum; {1} is none",
    "{0} 需要函数名，如 two_sum 或 Solution.two_sum；{1} 不是函数名",
)
_CALL = re.compile(r"\s*([^\W\d][\w.]*)\s*\(.*", re.DOTALL)
LONGEST_SHOWN = 100


class Languages(argparse.Action):
    """``--lang``: of the code, or (``zh``, ``en``) of what is said about it."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[object] | None,
        option: str | None = None,
    ) -> None:
        """Keep either."""
        if values in ("zh", "en"):
            namespace.lang = values
        elif isinstance(values, str) and _known(values):
            namespace.code = _known(values)
        else:
            known = ", ".join((*LANGUAGES, "zh", "en"))
            lang = getattr(parser, "lang", Lang.EN)
            said = Text(
                f"argument {option}: must be one of {known}", f"{option}：应为以下之一：{known}"
            )
            parser.error(said.template(lang))


def _known(word: str) -> str:
    """The language that a word means; empty where none."""
    same = {"js": "javascript", "node": "javascript", "cpp": "c++", "py": "python", "sh": "shell",
            "bash": "shell", "sqlite": "sql"}  # fmt: skip
    word = same.get(word.lower(), word.lower())
    return word if word in LANGUAGES else ""


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("what to run", "运行什么"))
    group.add_argument("file", type=str.strip, metavar="FILE", help=say("the program", "程序文件"))
    group.add_argument(
        "arguments",
        nargs="*",
        default=[],
        metavar="ARG",
        help=say("arguments of the program", "程序参数"),
    )
    group.add_argument(
        "--tests",
        metavar="FILE",
        help=say(
            "tests to run against it: Python, C or C++ as the program is, or cases for SQL",
            "用该测试文件检验程序：与程序同为 Python、C 或 C++，或 SQL 用例",
        ),
    )
    group.add_argument(
        "--stdin",
        metavar="FILE",
        help=say("its standard input (- passes on that of this command)", "标准输入（- 表示转交）"),
    )
    group.add_argument(
        "--lang",
        action=Languages,
        metavar="LANGUAGE",
        help=say(
            f"{', '.join(LANGUAGES)} (default: by the name); zh or en: of the messages",
            f"{', '.join(LANGUAGES)}（默认按文件名判断）；zh 或 en：提示语言",
        ),
    )
    parser.set_defaults(lang=None, code="")
    _add_closer(parser)
    _add_limits(parser)
    group = parser.add_argument_group(say("how to show it", "输出方式"))
    group.add_argument("--json", action="store_true", help=say("one JSON record", "一条 JSON 记录"))
    group.add_argument("--plain", action="store_true", help=say("no colours", "不用颜色"))
    parser.add_help_option()
    parser.epilog = say(
        "exit codes: 0 ran and passed, 1 failed, 2 usage, 3 not run (no isolation, or no tool), "
        "5 not decided",
        "退出码：0 运行并通过，1 未通过，2 用法错误，3 未运行（无隔离或缺少工具），5 无法判定",
    )


def _add_closer(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("look closer (Python)", "深入查看（Python）"))
    one = group.add_mutually_exclusive_group()
    one.add_argument(
        "--trace",
        action="store_true",
        help=say("show each line that runs, with its values", "逐行显示执行过程和变量的值"),
    )
    group.add_argument(
        "--call",
        metavar="CALL",
        default="",
        help=say("trace this call of a function: 'f(3)'", "跟踪一次函数调用，如 'f(3)'"),
    )
    one.add_argument(
        "--growth",
        metavar="FUNCTION",
        help=say("measure how its time grows with its input", "测量函数耗时随输入增长的情况"),
    )
    group.add_argument(
        "--expect",
        metavar="ORDER",
        help=say("what the growth should be: 'O(n log n)'", "期望的增长，如 'O(n log n)'"),
    )
    one.add_argument(
        "--try",
        dest="tried",
        metavar="FUNCTION",
        help=say("try it on made-up examples", "用自动生成的示例检验函数"),
    )
    group.add_argument(
        "--against",
        metavar="ORACLE",
        help=say(
            "what must hold: a function to agree with (of Python, as sorted, or of the file of "
            "tests), idempotent, same-items, same-length, sorted-result, back:FUNCTION; "
            "default no-error",
            "应满足的条件：与某函数结果一致（Python 自带的，如 sorted，或测试文件中的）、"
            "idempotent、same-items、same-length、sorted-result、back:函数；默认 no-error",
        ),
    )
    one.add_argument(
        "--mutate",
        action="store_true",
        help=say(
            "how many small faults in the code the tests would notice",
            "在代码中植入小错误，看测试能发现多少",
        ),
    )


def _add_limits(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("limits", "限制"))
    group.add_argument(
        "--time",
        type=number_within(float, 0.1, 3600, say),
        default=None,
        metavar="S",
        help=say(
            "seconds it may take (default 10; 20 to measure)", "时限，单位秒（默认 10；测量时 20）"
        ),
    )
    group.add_argument(
        "--memory",
        type=byte_count(say, LEAST_MEMORY),
        default=512 << 20,
        metavar="BYTES",
        help=say("memory it may take (default 512M)", "内存上限（默认 512M）"),
    )
    add_unsafe(group, say)
    group.add_argument(
        "--offline",
        action="store_true",
        help=say("open no socket (this command never does)", "不联网（本命令从不联网）"),
    )


def add_unsafe(group: argparse._ArgumentGroup, say: Say) -> None:
    """The option that every command has which runs code."""
    group.add_argument(
        "--unsafe",
        action="store_true",
        help=say("run it even where this machine cannot isolate it", "即使本机无法隔离也运行"),
    )


def combined(options: argparse.Namespace) -> Text | None:
    """What is wrong with the options together; a call is traced, and a number is its time."""
    if options.call and not (options.growth or options.tried or options.mutate):
        options.trace = True
    measured = options.growth or options.tried or options.mutate
    if options.time is None:
        options.time = MEASURING_SECONDS if measured else SECONDS
    for option, word in (("--growth", options.growth), ("--try", options.tried)):
        if word is not None and (wrong := _no_name(option, word)) is not None:
            return wrong
    if options.trace and options.tests:
        return TOGETHER.of("--trace", "--tests")
    if options.call and not options.trace:
        return TOGETHER.of("--call", "--growth, --try, --mutate")
    if options.expect is not None:
        from assistant.coding.growth import read_order

        if not options.growth:
            return NEEDS.of("--expect", "--growth")
        if read_order(options.expect) is None:
            return NO_ORDER.of(options.expect)
    if options.against is not None and not options.tried:
        return NEEDS.of("--against", "--try")
    if options.mutate and not options.tests:
        return NEEDS.of("--mutate", "--tests")
    return None


def _no_name(option: str, word: str) -> Text | None:
    """What is wrong with the name of a function, where something is."""
    if all(part.isidentifier() for part in word.split(".")):
        return None
    shown = word.strip()[:LONGEST_SHOWN]
    if option == "--growth":
        from assistant.coding.growth import read_order

        if read_order(word) is not None:
            return ORDER_THERE.of(shown)
    called = _CALL.fullmatch(word)
    return CALL_THERE.of(option, called[1], shown) if called else NO_NAME.of(option, shown)
