"""``assistant rm``: remove the files of a model from this disk."""

from __future__ import annotations

import argparse

from assistant import loader
from assistant.cli import render
from assistant.cli.confirm import confirmed
from assistant.cli.diagnostics import Exit
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser
from assistant.cli.pull import add_offline
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from assistant.removal import Removing, removing
from runtimes.store.types import bytes_text
from runtimes.texts import Text
from runtimes.types import ModelSpec, OllamaSource

USAGE = "ID [--yes] [--json]"
ASK = Text("Remove {0}{1}{2}? [y/N] ", "删除 {0}{1}{2}？[y/N] ")
SIZE = Text(" ({0})", "（{0}）")
ALSO = Text(", and with it {0} (the same files)", "，以及使用相同文件的 {0}")
KEPT = Text("nothing was removed", "未删除任何内容")
NEED_YES = Text(
    "nothing was removed; add --yes to remove {0}", "未删除任何内容；加上 --yes 以删除 {0}"
)
GONE = Text("{0} is removed", "已删除 {0}")
FREED = Text("{0} is removed, {1} are free again", "已删除 {0}，释放 {1}")
SHARED = Text(
    "{0} is removed; its bytes stay in the Hugging Face cache",
    "已删除 {0}；其内容仍保留在 Hugging Face 缓存中",
)


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("the model", "模型"))
    group.add_argument(
        "id",
        metavar="ID",
        help=say(
            "an id of the catalogue, or hf:org/repo[:FILE]", "目录中的模型，或 hf:组织/仓库[:文件]"
        ),
    )
    group.add_argument(
        "-y", "--yes", action="store_true", help=say("do not ask", "不询问，直接删除")
    )
    add_offline(parser, group)
    add_output(parser)
    parser.add_help_option()


def run(options: argparse.Namespace) -> int:
    """Remove; the result is the exit code.  Raises ``RuntimeFailure``."""
    lang = lang_of(options, "")
    spec = loader.find_spec(options.id)
    task = removing(spec)
    names = ", ".join((spec.id, *task.others))
    need_yes = Text(NEED_YES.en, NEED_YES.zh, (names,))
    if not options.yes and not confirmed(_question(spec, task, lang), KEPT, need_yes, lang):
        return Exit.USAGE
    task.remove()
    if options.json:
        others = list(task.others)
        render.write_json({"id": spec.id, "also_removed": others, "freed": task.size})
    else:
        said, size = FREED if task.size else SHARED, bytes_text(task.size or 0)
        if isinstance(spec.source, OllamaSource) and not task.size:
            said = GONE
        render.write_line(filled(Text(said.en, said.zh, (names, size)), lang, str))
    return Exit.OK


def _question(spec: ModelSpec, task: Removing, lang: Lang) -> Text:
    size = Text(SIZE.en, SIZE.zh, (bytes_text(task.size),)) if task.size else None
    also = Text(ALSO.en, ALSO.zh, (", ".join(task.others),)) if task.others else None
    parts = (filled(part, lang, str) if part else "" for part in (size, also))
    return Text(ASK.en, ASK.zh, (spec.id, *parts))
