"""``assistant verify``: are the files of a model still what was downloaded?"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from assistant import loader, paths
from assistant.cli import render
from assistant.cli.diagnostics import Exit, complain
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser
from assistant.cli.progress import Bar
from assistant.cli.pull import add_offline
from assistant.filecheck import FINE, repair, state_text, summary
from assistant.maths.showing.words import clean, filled
from assistant.maths.types import Lang
from runtimes.store import CheckedFile, FileState, InstalledRevision, Store
from runtimes.store.types import bytes_text
from runtimes.texts import Text

USAGE = "ID | --all [--json]"
NOTHING = Text(
    "no model is on this disk; see: assistant models", "本机还没有模型；参见：assistant models"
)
WHICH = Text("name a model, or --all", "请指定模型，或使用 --all")


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("the model", "模型"))
    group.add_argument("id", nargs="?", metavar="ID", help=say("as in pull", "与 pull 相同"))
    group.add_argument(
        "--all", action="store_true", help=say("everything that was pulled", "所有已下载的模型")
    )
    add_offline(parser, group)
    add_output(parser)
    parser.add_help_option()
    parser.epilog = say(
        "exit codes: 0 all good, 1 something is wrong", "退出码：0 全部完好，1 有文件不正确"
    )


def run(options: argparse.Namespace) -> int:
    """Check; the result is the exit code.  Raises ``RuntimeFailure``."""
    lang = lang_of(options, "")
    if bool(options.id) == options.all:
        complain(WHICH, lang)
        return Exit.USAGE
    store = Store(paths.models_folder(), offline=True)
    count, bad, known = 0, [], True
    with Bar(lang, plain=options.plain or options.json) as bar:
        for name, file in _checks(options, store, bar):
            count += 1
            bar.clear()
            if file.state not in FINE:
                bad.append((name, file))
            if options.json:
                render.write_json(_record(name, file))
            else:
                render.write_line(_line(file, lang))
            known = known and file.state is not FileState.UNKNOWN
    if not count:
        complain(NOTHING, lang)
        return Exit.OK
    complain(summary(count, len(bad), all_known=known), lang)
    for name, said in dict.fromkeys((name, repair(file, store)) for name, file in bad):
        complain(said.of(name), lang)
    return Exit.REFUTED if bad else Exit.OK


def _checks(
    options: argparse.Namespace, store: Store, bar: Bar
) -> Iterator[tuple[str, CheckedFile]]:
    """Each file with the name under which its model is pulled."""

    def report(name: str, done: int, total: int) -> None:
        bar.show(name, done, total, None)

    if not options.all:
        spec = loader.find_spec(options.id)
        for file in store.verify(spec, report):
            yield spec.id, file
        return
    for revision in store.installed():
        for file in store.verify_revision(revision, report):
            yield _pull_name(revision, file), file


def _pull_name(revision: InstalledRevision, file: CheckedFile) -> str:
    one = file.name.lower().endswith(".gguf")
    return f"hf:{revision.repo}:{file.name}" if one else f"hf:{revision.repo}"


def _line(file: CheckedFile, lang: Lang) -> str:
    said = filled(state_text(file), lang, str)
    size = f" ({bytes_text(file.size)})" if file.size else ""
    return f"{clean(str(file.path))}{size}: {said}"


def _record(name: str, file: CheckedFile) -> dict[str, object]:
    return {
        "id": name,
        "file": file.name,
        "path": str(file.path),
        "state": file.state.value,
        "size": file.size,
        "expected_size": file.expected_size or None,
        "sha256": file.sha256 or None,
        "expected_sha256": file.expected_sha256 or None,
    }
