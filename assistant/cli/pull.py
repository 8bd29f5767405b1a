"""``assistant pull``: bring a model to this disk; a pull that was stopped goes on."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant import loader, paths
from assistant.cli import diagnostics, render
from assistant.cli.diagnostics import Exit, complain
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser
from assistant.cli.progress import Bar
from assistant.fetch import STAGES, fetch, licence_line, nothing_to_fetch
from assistant.maths.types import Lang
from runtimes import registry
from runtimes.base import Cancel
from runtimes.errors import RuntimeFailure
from runtimes.memory.planning import IN_PROCESS
from runtimes.store import PullProgress, Stopped
from runtimes.store.types import bytes_text
from runtimes.texts import Text
from runtimes.types import HubSource, ModelSpec

USAGE = "ID [--offline] [--json]"
STOPPED = Text(
    "stopped at {0} of {1}; what came is kept, the same command goes on from there",
    "已停止（{0} / {1}）；已下载的部分会保留，再次运行同一命令即可继续",
)
STOPPED_EARLY = Text("stopped; nothing had come yet", "已停止；尚未下载任何内容")
LICENCE = Text("licence of {0}: {1}", "{0} 的许可：{1}")
NEXT = Text('next: assistant ask -m {0} "…"', '下一步：assistant ask -m {0} "…"')


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("the model", "模型"))
    group.add_argument(
        "id",
        nargs="?",
        metavar="ID",
        help=say(
            "an id of the catalogue, hf:org/repo[:FILE] or ollama:NAME (default: your model)",
            "目录中的模型、hf:组织/仓库[:文件] 或 ollama:名称（默认：你的默认模型）",
        ),
    )
    add_offline(parser, group)
    add_output(parser)
    parser.add_help_option()
    parser.epilog = say(
        "HF_ENDPOINT names a mirror, HF_TOKEN your token, HF_HOME a cache that is used too",
        "HF_ENDPOINT 指定镜像，HF_TOKEN 为令牌，HF_HOME 为可复用的缓存",
    )


def add_offline(parser: Parser, group: argparse._ArgumentGroup) -> None:
    """``--offline``, for the commands of the store."""
    group.add_argument(
        "--offline", action="store_true", help=parser.say("open no socket", "不联网")
    )


def run(options: argparse.Namespace) -> int:
    """Pull; the result is the exit code."""
    lang = lang_of(options, "")
    bar = Bar(lang, plain=options.plain or options.json)
    try:
        spec = loader.find_spec(options.id)
        with bar:
            return _pull(options, spec, bar, lang)
    except (KeyboardInterrupt, Stopped):
        kept = (bytes_text(bar.done), bytes_text(bar.total))
        said = Text(STOPPED.en, STOPPED.zh, kept) if bar.total else STOPPED_EARLY
        complain(said, lang)
        return Exit.INTERRUPTED
    except RuntimeFailure as failure:
        if options.json:
            from assistant.records import failure_record

            render.write_json(failure_record(failure, lang))
            return diagnostics.exit_of(failure)
        return diagnostics.report(failure, lang)


def _pull(options: argparse.Namespace, spec: ModelSpec, bar: Bar, lang: Lang) -> int:
    if isinstance(spec.source, HubSource):
        _show_licence(spec, lang)
    elif (nothing := nothing_to_fetch(spec)) is not None:
        complain(nothing, lang)
    offline = paths.offline(options.offline)
    path = fetch(spec, lambda progress: _show(bar, progress), Cancel(), offline=offline)
    bar.clear()
    if options.json:
        render.write_json(_record(spec, path, lang))
    elif path is not None:
        render.write_line(str(path))
    _show_next(spec, lang)
    return Exit.OK


def _show_next(spec: ModelSpec, lang: Lang) -> None:
    """What to do with it; first of all, to have its engine."""
    if spec.runtime in IN_PROCESS:
        there = registry.runtime(spec.runtime).probe()
        if not there.ready and there.detail is not None:
            complain(there.detail, lang)
            if there.remedy is not None:
                diagnostics.write(f"{diagnostics.advice(there.remedy, lang)}\n")
            return
    complain(NEXT.of(spec.id), lang)


def _show(bar: Bar, progress: PullProgress) -> None:
    note = STAGES[progress.stage]
    bar.show(progress.file, progress.done, progress.total, progress.speed, note)


def _show_licence(spec: ModelSpec, lang: Lang) -> None:
    if spec.licence is None:
        return
    complain(Text(LICENCE.en, LICENCE.zh, (spec.title, licence_line(spec, lang))), lang)


def _record(spec: ModelSpec, path: Path | None, lang: Lang) -> dict[str, object]:
    return {
        "id": spec.id,
        "runtime": spec.runtime,
        "path": None if path is None else str(path),
        "licence": licence_line(spec, lang) or None,
    }
