"""The options of ``assistant code``."""

from __future__ import annotations

from assistant.cli.loading import add_loading
from assistant.cli.parser import Parser, byte_count, number_within, whole
from assistant.cli.run_options import LANGUAGES, LEAST_MEMORY, Languages, add_unsafe


def configure(parser: Parser) -> None:
    """The options of the command."""
    _add_task(parser)
    _add_judging(parser)
    add_loading(parser)
    _add_writing(parser)
    group = parser.add_argument_group(parser.say("how to show it", "输出方式"))
    group.add_argument(
        "--json",
        action="store_true",
        help=parser.say("one JSON event a line", "每行一个 JSON 事件"),
    )
    group.add_argument("--plain", action="store_true", help=parser.say("no colours", "不用颜色"))
    parser.add_help_option()
    parser.epilog = parser.say(
        "exit codes: 0 its tests pass, or it was not to be run; 1 a test fails, or it grows "
        "faster than was asked for (with --review: a test fails after the change, or it cannot be "
        "run any more); 2 usage; 3 no engine, or no isolation; "
        "5 not decided (with --strict)",
        "退出码：0 测试通过或按要求未运行，1 有测试未通过，或增长比要求的快（使用 --review 时："
        "修改后有测试未通过，或修改后无法运行），2 用法错误，3 引擎或隔离不可用，"
        "5 无法判定（使用 --strict 时）",
    )


def _add_task(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("the task", "任务"))
    group.add_argument(
        "task",
        nargs="?",
        default="",
        type=str.strip,
        metavar="TASK",
        help=say(
            "what the code shall do; examples in it are tests", "代码要做什么；其中的示例会作为测试"
        ),
    )
    group.add_argument(
        "--tests",
        metavar="FILE",
        help=say(
            "tests that decide, in the language of the code", "起决定作用的测试，与代码同一语言"
        ),
    )
    group.add_argument(
        "--fix",
        metavar="FILE",
        help=say("mend this file of yours; a diff is proposed", "修复你的文件，并给出差异"),
    )
    group.add_argument(
        "--review",
        metavar="DIFF",
        nargs="?",
        const="-",
        help=say(
            "say what a change does: a diff in a file, or piped in (git diff | assistant code "
            "--review); nothing is changed",
            "审阅一次修改：差异文件，或通过管道传入（git diff | assistant code --review）；"
            "不会修改任何文件",
        ),
    )
    group.add_argument(
        "--incognito",
        action="store_true",
        help=say("keep nothing of this in the history", "不写入历史记录"),
    )
    group.add_argument(
        "--yes", action="store_true", help=say("apply the diff unasked", "不询问，直接应用差异")
    )
    names = ", ".join(LANGUAGES)
    group.add_argument(
        "--lang",
        action=Languages,
        metavar="LANGUAGE",
        help=say(
            f"{names} (default: by the task); zh or en: of the messages",
            f"{names}（默认按任务判断）；zh 或 en：提示语言",
        ),
    )
    parser.set_defaults(lang=None, code="")


def _add_judging(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("how it is judged", "检验方式"))
    group.add_argument("--no-run", action="store_true", help=say("run nothing", "不运行代码"))
    group.add_argument(
        "--repairs",
        type=whole(0, 20, say),
        default=3,
        metavar="K",
        help=say(
            "send a failure back at most K times (default 3)", "未通过时最多返工 K 次（默认 3）"
        ),
    )
    group.add_argument(
        "--no-own-tests",
        action="store_true",
        help=say("have the model write no tests", "不让模型自己写测试"),
    )
    group.add_argument(
        "--like",
        metavar="NAME",
        default="",
        help=say(
            "compare with this function of Python on made-up inputs (sorted)",
            "在生成的输入上与该 Python 函数比较（如 sorted）",
        ),
    )
    group.add_argument(
        "--growth",
        metavar="ORDER",
        default="",
        help=say(
            "measure its growth, as O(n) (default: by the task)",
            "测量增长，如 O(n)（默认按任务判断）",
        ),
    )
    group.add_argument(
        "--mutants",
        type=number_within(float, 0, 3600, say),
        default=10.0,
        metavar="S",
        help=say(
            "seconds for small faults that the tests should notice (default 10, 0: none)",
            "变异测试的时限，单位秒（默认 10，0 为不做）",
        ),
    )
    group.add_argument(
        "--strict",
        action="store_true",
        help=say("exit with 5 where nothing is decided", "无法判定时以退出码 5 结束"),
    )
    _add_limits(parser)


def _add_limits(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("limits of a run", "运行限制"))
    group.add_argument(
        "--time",
        type=number_within(float, 0.1, 3600, say),
        default=10.0,
        metavar="S",
        help=say("seconds that a run may take (default 10)", "每次运行的时限，单位秒（默认 10）"),
    )
    group.add_argument(
        "--memory",
        type=byte_count(say, LEAST_MEMORY),
        default=512 << 20,
        metavar="BYTES",
        help=say("memory that a run may take (default 512M)", "每次运行的内存上限（默认 512M）"),
    )
    add_unsafe(group, say)


def _add_writing(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("how to write", "生成方式"))
    group.add_argument(
        "--think",
        type=whole(0, 1_000_000, say),
        metavar="N",
        help=say("end the thinking after N tokens", "思考满 N 个词元后开始回答"),
    )
    group.add_argument(
        "--max-tokens",
        type=whole(1, 1_000_000, say),
        metavar="N",
        help=say("at most N tokens for each answer", "每次回答最多 N 个词元"),
    )
    group.add_argument(
        "--temperature",
        type=number_within(float, 0, 5, say),
        metavar="T",
        help=say("0 is the likeliest word", "0 为最可能的词"),
    )
    group.add_argument(
        "--seed",
        type=whole(0, 2**31 - 1, say),
        metavar="N",
        help=say("the same seed writes the same answer", "相同种子得到相同回答"),
    )
