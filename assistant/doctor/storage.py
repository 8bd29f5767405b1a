"""Folders and the models in them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant import paths
from assistant.doctor.findings import Finding, Level
from runtimes.store import Store
from runtimes.store.types import bytes_text
from runtimes.texts import Text

LITTLE, NOTHING = 5 << 30, 256 << 20
"""Bytes of free disk space: below the first hardly a model can be pulled, below the second
nothing works."""


def check() -> Iterator[Finding]:
    """Can we write, is it private, is there room, is what was pulled still there?"""
    for folder in (paths.config_folder(), paths.data_folder(), paths.state_folder()):
        yield from _folder(folder)
    store = Store(paths.models_folder(), offline=True)
    yield _room(store)
    yield from _models(store)


def _folder(folder: Path) -> Iterator[Finding]:
    place = str(folder)
    if not folder.exists():
        parent = next((p for p in folder.parents if p.exists()), Path())
        if os.access(parent, os.W_OK | os.X_OK):
            text = Text("{0}: made when it is needed", "{0}：需要时创建", (place,))
            yield Finding("folders", Level.OK, text)
        else:
            yield _unwritable(place, str(parent))
        return
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        yield _unwritable(place, place)
        return
    if os.name != "nt" and folder.stat().st_mode & 0o077:
        text = Text(
            "{0}: other users of this computer can look into it",
            "{0}：本机其他用户可以查看",
            (place,),
        )
        remedy = Text("chmod 700 {0}", "chmod 700 {0}", (place,))
        yield Finding("folders", Level.NOTE, text, remedy)
        return
    yield Finding("folders", Level.OK, Text("{0}: writable", "{0}：可写", (place,)))


def _unwritable(place: str, where: str) -> Finding:
    text = Text("{0}: cannot be written", "{0}：无法写入", (place,))
    remedy = Text(
        "give yourself the right to write {0}, or name another place: ASSISTANT_HOME=FOLDER",
        "请获取 {0} 的写入权限，或指定其他位置：ASSISTANT_HOME=FOLDER",
        (where,),
    )
    return Finding("folders", Level.PROBLEM, text, remedy)


def _room(store: Store) -> Finding:
    use = store.disk_use()
    text = Text(
        "models take {0}; {1} are free in {2}",
        "模型占用 {0}，{2} 剩余 {1}",
        (bytes_text(use.own), bytes_text(use.free), str(store.folder)),
    )
    remedy = Text(
        "remove models (assistant rm ID), or put them elsewhere: ASSISTANT_HOME=FOLDER",
        "请删除模型（assistant rm ID），或放到别处：ASSISTANT_HOME=FOLDER",
    )
    if use.free < NOTHING:
        return Finding("disk", Level.PROBLEM, text, remedy)
    if use.free < LITTLE:
        return Finding("disk", Level.WARNING, text, remedy)
    if use.partial:
        text = Text(
            "{0} of a pull that was not finished", "有 {0} 未完成的下载", (bytes_text(use.partial),)
        )
        remedy = Text("pull again to finish it", "重新执行 pull 即可继续")
        return Finding("disk", Level.NOTE, text, remedy)
    return Finding("disk", Level.OK, text)


def _models(store: Store) -> Iterator[Finding]:
    """Quickly: sizes, not digests."""
    revisions = store.installed()
    broken = [(r.repo, f.name) for r in revisions for f in r.files if not f.complete]
    for repo, name in broken:
        text = Text(
            "{0} of {1} is missing or has the wrong size",
            "{1} 的文件 {0} 缺失或大小不符",
            (name, repo),
        )
        remedy = Text("pull it again", "请重新下载")
        yield Finding("models", Level.WARNING, text, remedy)
    if broken:
        return
    count = sum(len(revision.files) for revision in revisions)
    text = Text(
        "{0} files of {1} repositories, all of the right size",
        "{1} 个仓库的 {0} 个文件，大小均正确",
        (count, len(revisions)),
    )
    none = Text("none on this disk yet", "本机尚无模型")
    yield Finding("models", Level.OK, text) if revisions else Finding("models", Level.NOTE, none)
