"""``assistant rm``: remove the files of a model from this disk."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from assistant import loader, paths
from assistant.cli import diagnostics, render
from assistant.cli.diagnostics import Exit, complain
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser
from assistant.cli.pull import add_offline
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from runtimes.store import Store
from runtimes.store.types import bytes_text
from runtimes.texts import Text
from runtimes.types import ModelSpec, OllamaSource

USAGE = "ID [--yes] [--json]"
ASK = Text("remove {0} ({1})? [y/N] ", "删除 {0}（{1}）？[y/N] ")
KEPT = Text("nothing was removed", "未删除任何内容")
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
    size, remove = _removal(spec)
    if sys.stdin.isatty() and not options.yes and not _agreed(spec.id, size, lang):
        complain(KEPT, lang)
        return Exit.OK
    freed = remove()
    if options.json:
        render.write_json({"id": spec.id, "freed": freed})
    else:
        said = FREED if freed or isinstance(spec.source, OllamaSource) else SHARED
        render.write_line(filled(Text(said.en, said.zh, (spec.id, bytes_text(freed))), lang, str))
    return Exit.OK


def _removal(spec: ModelSpec) -> tuple[int, Callable[[], int]]:
    """How many bytes it would free, and what does it."""
    if not isinstance(spec.source, OllamaSource):
        store = Store(paths.models_folder(), offline=True)
        return store.removable(spec), lambda: store.remove(spec)
    from runtimes.ollama import Ollama

    server, name = Ollama(), spec.source.name
    sizes = dict(server.installed())
    size = sizes.get(name, sizes.get(f"{name}:latest", 0))

    def remove() -> int:
        server.remove(spec)
        return size

    return size, remove


def _agreed(name: str, size: int, lang: Lang) -> bool:
    diagnostics.write(filled(Text(ASK.en, ASK.zh, (name, bytes_text(size))), lang, str))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")
