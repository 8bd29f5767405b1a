"""``assistant models``: the catalogue, what is on this disk, and how each model would fit."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assistant.cli import diagnostics
from assistant.cli.diagnostics import Exit
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser, one_of
from assistant.maths.types import Lang
from runtimes.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

USAGE = "[show ID | add SOURCE | default ID | remove ID] [--all | --installed] [--json]"
ACTIONS = ("list", "show", "add", "default", "remove")
NEEDED = Text("which model? assistant models {0} {1}", "哪个模型？assistant models {0} {1}")
TOO_MUCH = Text("“{0}” goes with {1} only", "“{0}”只能与 {1} 一起使用")
NAMED = {"show": "ID", "add": "SOURCE", "remove": "ID"}


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("what to do", "操作"))
    group.add_argument(
        "action",
        nargs="?",
        default="list",
        type=one_of(ACTIONS, say),
        metavar="show|add|default|remove",
        help=say(
            "show one model, add one, set or tell the default, remove an own one (default: list)",
            "查看、添加、设为默认（或查看默认）、移除自己添加的模型（默认：列出）",
        ),
    )
    group.add_argument(
        "model",
        nargs="?",
        metavar="ID|SOURCE",
        help=say(
            "an id; for add: hf:org/repo[:FILE], file:PATH, ollama:NAME or server:URL#NAME",
            "模型标识；add 时为 hf:组织/仓库[:文件]、file:路径、ollama:名称 或 server:URL#名称",
        ),
    )
    _add_filters(parser)
    add_output(parser)
    parser.add_help_option()


def _add_filters(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("details", "细节"))
    which = group.add_mutually_exclusive_group()
    which.add_argument(
        "--all",
        action="store_true",
        help=say("those too that do not fit into this machine", "也列出本机放不下的模型"),
    )
    which.add_argument(
        "--installed",
        action="store_true",
        help=say("only what is on this disk", "只列出本机已有的"),
    )
    group.add_argument(
        "--id", metavar="NAME", help=say("the id of an added model", "所添加模型的标识")
    )
    group.add_argument(
        "--clear", action="store_true", help=say("with default: have none", "与 default 连用：清除")
    )
    group.add_argument(
        "--offline",
        action="store_true",
        help=say("open no socket (this command never does)", "不联网（本命令从不联网）"),
    )


def run(options: argparse.Namespace) -> int:
    """List, show or change; the result is the exit code.  Raises ``RuntimeFailure``."""
    lang = lang_of(options, "")
    if complaint := _misuse(options):
        diagnostics.complain(complaint, lang)
        return Exit.USAGE
    return _action(options.action)(options, lang)


def _misuse(options: argparse.Namespace) -> Text | None:
    """What does not go together."""
    action = options.action
    if action in NAMED and not options.model:
        return Text(NEEDED.en, NEEDED.zh, (action, NAMED[action]))
    if action == "list" and options.model:
        return Text(TOO_MUCH.en, TOO_MUCH.zh, (options.model, "show, add, default, remove"))
    for flag, goes_with in (("id", "add"), ("clear", "default"), ("all", "list")):
        if getattr(options, flag) and action != goes_with:
            return Text(TOO_MUCH.en, TOO_MUCH.zh, (f"--{flag}", goes_with))
    if options.installed and action != "list":
        return Text(TOO_MUCH.en, TOO_MUCH.zh, ("--installed", "list"))
    if options.clear and options.model:
        return Text(TOO_MUCH.en, TOO_MUCH.zh, (options.model, "default"))
    return None


def _action(name: str) -> Callable[[argparse.Namespace, Lang], int]:
    from assistant.cli import models_change, models_list, models_show

    actions: dict[str, Callable[[argparse.Namespace, Lang], int]] = {
        "list": models_list.run,
        "show": models_show.run,
        "add": models_change.add,
        "default": models_change.default,
        "remove": models_change.remove,
    }
    return actions[name]
