"""Bringing a model to this disk, whatever it comes from, and the words for how far it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from assistant import paths
from assistant.maths.showing.words import filled
from runtimes.base import Cancel
from runtimes.errors import Offline
from runtimes.store import PullProgress, Stage, Store
from runtimes.texts import Lang, Text
from runtimes.types import (
    FileSource,
    HubSource,
    ModelSpec,
    OllamaSource,
    ScriptSource,
    ServerSource,
)

STAGES = {
    Stage.HERE: Text("it is here already", "已在本机"),
    Stage.ASKING: Text("asking the hub", "正在查询模型站"),
    Stage.QUEUED: Text("another pull of it is running: waiting", "另一个下载正在进行，等待中"),
    Stage.WAITING: Text("waiting for the hub", "等待模型站响应"),
    Stage.CHECKING: Text("checking what is here", "正在校验已有内容"),
    Stage.FETCHING: None,
    Stage.REPAIRING: Text("bytes were wrong: looking for the bad part", "内容有误，正在查找并修复"),
}
"""What a pull is busy with, where that is not plain."""
OWN = Text("nothing to download: it is on this disk", "无需下载：已在本机磁盘上")
ELSEWHERE = Text("nothing to download: it runs on a server", "无需下载：它在服务器上运行")
SCRIPT = Text("nothing to download: it is a script", "无需下载：它是脚本")


def nothing_to_fetch(spec: ModelSpec) -> Text | None:
    """Why a model need not be brought; ``None`` where it may have to be."""
    match spec.source:
        case FileSource():
            return OWN
        case ServerSource():
            return ELSEWHERE
        case ScriptSource():
            return SCRIPT
        case HubSource() | OllamaSource():
            return None
    assert_never(spec.source)


def fetch(
    spec: ModelSpec,
    on_progress: Callable[[PullProgress], None],
    cancel: Cancel,
    *,
    offline: bool,
) -> Path | None:
    """Have a model here; the result is its file or folder, ``None`` where it has none here.

    ``offline``: no socket is opened.  Raises ``Stopped`` when cancelled, and what
    ``Store.pull`` raises.
    """
    match spec.source:
        case HubSource():
            return Store(paths.models_folder(), offline=offline).pull(spec, on_progress, cancel)
        case FileSource(place) | ScriptSource(place):
            return Path(place)
        case OllamaSource():
            _at_ollama(spec, on_progress, cancel, offline=offline)
        case ServerSource():
            pass
        case _:
            assert_never(spec.source)
    return None


def _at_ollama(
    spec: ModelSpec,
    on_progress: Callable[[PullProgress], None],
    cancel: Cancel,
    *,
    offline: bool,
) -> None:
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
    Ollama().pull(spec, on_progress, cancel)


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
