"""``assistant history``: earlier conversations, listed, searched, shown, changed, carried away."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.cli import diagnostics
from assistant.cli.diagnostics import Exit
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser, one_of, whole
from assistant.maths.types import Lang
from runtimes.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.history import History

USAGE = (
    "[search WORDS | show ID | branches ID | switch ID MESSAGE | export ID | import FILE |"
    " rename ID TITLE | delete ID… | retention DAYS]"
)


@dataclass(frozen=True, slots=True)
class _Action:
    """How many words an action takes, how they are called, and the options that go with it."""

    least: int
    most: int | None
    words: str
    flags: tuple[str, ...] = ()


ACTIONS = {
    "list": _Action(0, 0, "", ("limit", "before")),
    "search": _Action(1, None, "WORDS", ("limit",)),
    "show": _Action(1, 1, "ID", ("thinking", "branch")),
    "branches": _Action(1, 1, "ID"),
    "switch": _Action(2, 2, "ID MESSAGE"),
    "export": _Action(1, 1, "ID", ("format", "out", "force")),
    "import": _Action(1, 1, "FILE"),
    "rename": _Action(2, None, "ID TITLE"),
    "delete": _Action(0, None, "ID…", ("all", "yes")),
    "retention": _Action(0, 1, "DAYS|off", ("yes",)),
}
FLAGS = ("limit", "before", "thinking", "branch", "format", "out", "force", "all", "yes")
NEEDED = Text("write: assistant history {0} {1}", "请写：assistant history {0} {1}")
TOO_MANY = Text("“{0}” is one word too many", "“{0}”是多余的")
NOT_WITH = Text("--{0} does not go with {1}", "--{0} 不能与 {1} 一起使用")
ALL_OR_SOME = Text("delete takes either numbers or --all", "delete 需要编号或 --all（二选一）")


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("what to do", "操作"))
    group.add_argument(
        "action",
        nargs="?",
        default="list",
        type=one_of(tuple(ACTIONS), say),
        metavar="ACTION",
        help=say(
            f"{', '.join(ACTIONS)} (default: list, of the latest conversations)",
            f"{', '.join(ACTIONS)}（默认 list：列出最近的对话）",
        ),
    )
    group.add_argument(
        "words",
        nargs="*",
        metavar="ID|WORDS|FILE|DAYS",
        help=say(
            "the number of a conversation; words to look for, in what was thought too; a file;"
            " for retention: the days after which conversations are deleted, or off",
            "对话编号；要查找的词（思考过程也在内）；文件；retention 时为保留天数或 off",
        ),
    )
    _add_reading(parser)
    _add_changing(parser)
    add_output(parser)
    parser.add_help_option()


def _add_reading(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("list, search, show", "列出、查找、查看"))
    group.add_argument(
        "--limit",
        type=whole(1, 100_000, say),
        metavar="N",
        help=say("at most so many (default 20)", "最多条数（默认 20）"),
    )
    group.add_argument(
        "--before",
        type=whole(1, 1 << 53, say),
        metavar="ID",
        help=say("go on after this one of the list", "从列表中的这一条之后继续"),
    )
    group.add_argument(
        "--thinking", action="store_true", help=say("show the thinking too", "同时显示思考过程")
    )
    group.add_argument(
        "--branch",
        type=whole(1, 1 << 53, say),
        metavar="MESSAGE",
        help=say("show the branch that ends there", "显示以该消息结尾的分支"),
    )


def _add_changing(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("export, delete", "导出、删除"))
    group.add_argument(
        "--format",
        type=one_of(("md", "json", "html"), say),
        metavar="md|json|html",
        help=say(
            "form of an export (default: by the file’s name, else md); json alone keeps all: "
            "the branches, the marks",
            "导出格式（默认取自文件名，否则为 md）；只有 json 完整保留所有分支和检查结果",
        ),
    )
    group.add_argument(
        "-o",
        "--out",
        metavar="FILE",
        help=say("where to (default: stdout)", "写入文件（默认输出到终端）"),
    )
    group.add_argument("--force", action="store_true", help=say("replace the file", "覆盖已有文件"))
    group.add_argument("--all", action="store_true", help=say("delete everything", "删除全部对话"))
    group.add_argument(
        "-y", "--yes", action="store_true", help=say("do not ask", "不询问，直接执行")
    )
    group.add_argument(
        "--offline",
        action="store_true",
        help=say("open no socket (this command never does)", "不联网（本命令从不联网）"),
    )


def run(options: argparse.Namespace) -> int:
    """Do it; the result is the exit code.  Raises ``RuntimeFailure``."""
    lang = lang_of(options, "")
    options.words = [word.strip() for word in options.words]
    if complaint := _misuse(options):
        diagnostics.complain(complaint, lang)
        return Exit.USAGE
    with _opened(options.action) as history:
        for notice in history.notices:
            diagnostics.complain(notice, lang)
        return _action(options.action)(history, options, lang)


def _misuse(options: argparse.Namespace) -> Text | None:
    """What does not go together."""
    name, action = options.action, ACTIONS[options.action]
    if len(options.words) < action.least:
        return Text(NEEDED.en, NEEDED.zh, (name, action.words))
    if action.most is not None and len(options.words) > action.most:
        return Text(TOO_MANY.en, TOO_MANY.zh, (options.words[action.most],))
    for flag in FLAGS:
        if getattr(options, flag) not in (None, False) and flag not in action.flags:
            return Text(NOT_WITH.en, NOT_WITH.zh, (flag, name))
    if name == "delete" and bool(options.words) == options.all:
        return ALL_OR_SOME
    return None


def _opened(action: str) -> History:
    """The user's history; an empty one in memory where there is none to be read, so that
    looking leaves nothing behind."""
    from assistant import paths
    from assistant.history import NAME, open_history
    from assistant.settings import read_settings

    path = paths.data_folder() / NAME
    if action != "import" and not path.exists():
        return open_history(None)
    days = None if action == "retention" else read_settings(paths.settings_file()).history_days
    return open_history(path, days=days)


def _action(name: str) -> Callable[[History, argparse.Namespace, Lang], int]:
    from assistant.cli import history_change, history_files, history_show

    actions: dict[str, Callable[[History, argparse.Namespace, Lang], int]] = {
        "list": history_show.listing,
        "search": history_show.search,
        "show": history_show.show,
        "branches": history_show.branches,
        "switch": history_change.switch,
        "export": history_files.export,
        "import": history_files.bring,
        "rename": history_change.rename,
        "delete": history_change.delete,
        "retention": history_change.retention,
    }
    return actions[name]
