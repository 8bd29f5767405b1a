"""``assistant notes``: a user's own documents, indexed on this machine and searched."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assistant.cli import diagnostics
from assistant.cli.diagnostics import Exit
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser, one_of, whole
from assistant.maths.types import Lang
from runtimes.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

USAGE = "[add PATH… | search WORDS | list | rm PATH… | refresh | embed MODEL] [--json]"
ACTIONS = ("add", "search", "list", "rm", "refresh", "embed")
READERS = ("add", "refresh", "search")
NEEDED = {
    "add": Text("which files? assistant notes add PATH…", "哪些文件？assistant notes add 路径…"),
    "search": Text(
        "search what? assistant notes search WORDS", "搜索什么？assistant notes search 词语"
    ),
    "rm": Text("which files? assistant notes rm PATH…", "哪些文件？assistant notes rm 路径…"),
}
TOO_MUCH = Text("“{0}” goes with {1} only", "“{0}”只能与 {1} 一起使用")
USUAL_LIMIT = 8


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("what to do", "操作"))
    group.add_argument(
        "action",
        nargs="?",
        default="list",
        type=one_of(ACTIONS, say),
        metavar="|".join(ACTIONS),
        help=say(
            "read files and folders, search them, list, take out, read again what has changed; "
            "embed: by which model they are found by their meaning, too (none: by words only)",
            "读入文件或文件夹、搜索、列出、移除、重新读入有变化的文件；embed：用哪个模型"
            "同时按含义搜索（none：仅按词语）",
        ),
    )
    group.add_argument(
        "words",
        nargs="*",
        metavar="PATH|WORDS",
        help=say(
            "files or folders: text, Markdown, code, PDF, DOCX, notebooks, web pages; for search: "
            "words, with “…” around what must stand there exactly",
            "文件或文件夹：文本、Markdown、源代码、PDF、DOCX、notebook、网页；search 时为词语，"
            "须原样出现的部分加引号",
        ),
    )
    group = parser.add_argument_group(say("details", "细节"))
    group.add_argument(
        "--limit",
        type=whole(1, 1000, say),
        metavar="N",
        help=say(
            f"passages to show (default {USUAL_LIMIT})", f"显示的段落数（默认 {USUAL_LIMIT}）"
        ),
    )
    group.add_argument(
        "--full",
        action="store_true",
        help=say("whole passages, not one line of each", "显示整段，而非一行摘要"),
    )
    _add_meaning(parser)
    add_output(parser)
    parser.add_help_option()


def _add_meaning(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("by meaning", "按含义"))
    group.add_argument(
        "-m",
        "--embed",
        metavar="MODEL",
        help=say(
            "an embedding model of this machine (file:PATH, ollama:NAME, server:URL#NAME): what is "
            "added or looked for is found by its meaning, too",
            "本机的嵌入模型（file:PATH、ollama:NAME、server:URL#NAME）：加入和搜索的内容"
            "同时按含义匹配",
        ),
    )
    group.add_argument(
        "--by-words",
        action="store_true",
        help=say("search by words only", "仅按词语搜索"),
    )
    group.add_argument(
        "--offline",
        action="store_true",
        help=say("this command never asks another machine", "本命令从不访问其他机器"),
    )


def run(options: argparse.Namespace) -> int:
    """Add, search, list, take out; the result is the exit code.  Raises ``RuntimeFailure``."""
    words = [word.removeprefix(" ") if word.startswith(" -") else word for word in options.words]
    lang = lang_of(options, " ".join(words) if options.action == "search" else "")
    if complaint := _misuse(options):
        diagnostics.complain(complaint, lang)
        return Exit.USAGE
    return _action(options.action)(options, words, lang)


def _misuse(options: argparse.Namespace) -> Text | None:
    """What does not go together."""
    action, words = options.action, options.words
    if action in NEEDED and not any(word.strip() for word in words):
        return NEEDED[action]
    if (spare := words[1:] if action == "embed" else words) and action not in NEEDED:
        return Text(TOO_MUCH.en, TOO_MUCH.zh, (spare[0], "add, search, rm"))
    for flag in ("limit", "full", "by_words"):
        if getattr(options, flag) and action != "search":
            name = f"--{flag.replace('_', '-')}"
            return Text(TOO_MUCH.en, TOO_MUCH.zh, (name, "search"))
    if options.embed and action not in READERS and (action != "embed" or words):
        return Text(TOO_MUCH.en, TOO_MUCH.zh, ("--embed", ", ".join(READERS)))
    return None


def _action(name: str) -> Callable[[argparse.Namespace, list[str], Lang], int]:
    from assistant.cli import notes_change, notes_meaning, notes_show

    actions: dict[str, Callable[[argparse.Namespace, list[str], Lang], int]] = {
        "add": notes_change.add,
        "refresh": notes_change.refresh,
        "rm": notes_change.remove,
        "search": notes_show.search,
        "list": notes_show.listed,
        "embed": notes_meaning.embed,
    }
    return actions[name]
