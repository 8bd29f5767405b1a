"""``assistant pull``: bring a model to this disk; a pull that was stopped goes on."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import assert_never

from assistant import loader, paths
from assistant.cli import diagnostics, render
from assistant.cli.diagnostics import Exit, complain
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser
from assistant.cli.progress import Bar
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from runtimes.base import Cancel
from runtimes.errors import Offline, RuntimeFailure
from runtimes.store import PullProgress, Stage, Stopped, Store
from runtimes.store.types import bytes_text
from runtimes.texts import Text
from runtimes.types import (
    FileSource,
    HubSource,
    ModelSpec,
    OllamaSource,
    ScriptSource,
    ServerSource,
)

USAGE = "ID [--offline] [--json]"
NOTES = {
    Stage.HERE: Text("it is here already", "已在本机"),
    Stage.ASKING: Text("asking the hub", "正在查询模型站"),
    Stage.QUEUED: Text("another pull of it is running: waiting", "另一个下载正在进行，等待中"),
    Stage.WAITING: Text("waiting for the hub", "等待模型站响应"),
    Stage.CHECKING: Text("checking what is here", "正在校验已有内容"),
    Stage.FETCHING: None,
    Stage.REPAIRING: Text("bytes were wrong: looking for the bad part", "内容有误，正在查找并修复"),
}
STOPPED = Text(
    "stopped at {0} of {1}; what came is kept, the same command goes on from there",
    "已停止（{0} / {1}）；已下载的部分会保留，再次运行同一命令即可继续",
)
STOPPED_EARLY = Text("stopped; nothing had come yet", "已停止；尚未下载任何内容")
LICENCE = Text("licence of {0}: {1}", "{0} 的许可：{1}")
NEXT = Text('next: assistant ask -m {0} "…"', '下一步：assistant ask -m {0} "…"')
OWN = Text("nothing to download: it is on this disk", "无需下载：已在本机磁盘上")
ELSEWHERE = Text("nothing to download: it runs on a server", "无需下载：它在服务器上运行")
SCRIPT = Text("nothing to download: it is a script", "无需下载：它是脚本")


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
            "目录中的模型、hf:组织/仓库[:文件] 或 ollama:名称（默认：您的默认模型）",
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
    offline = paths.offline(options.offline)
    path: Path | None = None
    match spec.source:
        case HubSource():
            _show_licence(spec, lang)
            store = Store(paths.models_folder(), offline=offline)
            path = store.pull(spec, lambda progress: _show(bar, progress), Cancel())
        case FileSource(place):
            complain(OWN, lang)
            path = Path(place)
        case OllamaSource():
            _pull_at_ollama(spec, bar, offline=offline)
        case ServerSource():
            complain(ELSEWHERE, lang)
        case ScriptSource(place):
            complain(SCRIPT, lang)
            path = Path(place)
        case _:
            assert_never(spec.source)
    bar.clear()
    if options.json:
        render.write_json(_record(spec, path, lang))
    elif path is not None:
        render.write_line(str(path))
    complain(Text(NEXT.en, NEXT.zh, (spec.id,)), lang)
    return Exit.OK


def _pull_at_ollama(spec: ModelSpec, bar: Bar, *, offline: bool) -> None:
    """The server downloads by itself, so it must not even be asked where that is forbidden."""
    from runtimes.ollama import Ollama

    if offline:
        raise Offline(
            Text(
                "Ollama would have to download {0}, and the network must not be used",
                "需要 Ollama 下载 {0}，但不能联网",
                (spec.id,),
            ),
            Text("pull again without --offline", "去掉 --offline 后重新下载"),
        )
    Ollama().pull(spec, lambda progress: _show(bar, progress), Cancel())


def _show(bar: Bar, progress: PullProgress) -> None:
    note = NOTES[progress.stage]
    bar.show(progress.file, progress.done, progress.total, progress.speed, note)


def _show_licence(spec: ModelSpec, lang: Lang) -> None:
    if spec.licence is None:
        return
    complain(Text(LICENCE.en, LICENCE.zh, (spec.title, licence_line(spec, lang))), lang)


def licence_line(spec: ModelSpec, lang: Lang) -> str:
    """Its name, what it asks, and where to read it."""
    licence = spec.licence
    if licence is None:
        return ""
    parts = [licence.name]
    if licence.conditions is not None:
        parts.append(filled(licence.conditions, lang, str))
    if licence.url:
        parts.append(licence.url)
    return " — ".join(parts)


def _record(spec: ModelSpec, path: Path | None, lang: Lang) -> dict[str, object]:
    return {
        "id": spec.id,
        "runtime": spec.runtime,
        "path": None if path is None else str(path),
        "licence": licence_line(spec, lang) or None,
    }
