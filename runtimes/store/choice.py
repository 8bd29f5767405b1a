"""Which files of a repository belong to a model."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path

from runtimes.errors import Damaged, DownloadFailed, NotFound, NotHere, Unsupported
from runtimes.store.manifest import CHECKPOINT, Revision
from runtimes.store.names import check_names, shards
from runtimes.store.types import HubFile, Listing, damaged_answer
from runtimes.texts import Text
from runtimes.types import HubSource, RemoteFile

INDEX = "model.safetensors.index.json"
SINGLE = "model.safetensors"
TOKENIZERS = {"tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt"}
LARGEST_INDEX = 32 << 20
_CONFIGURATION = (".json", ".txt", ".jinja", ".model", ".tiktoken")


class Disagrees(DownloadFailed):
    """The hub has another file under the name than the one that is known for certain."""


def meaning(source: HubSource, available: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What each name of a source stands for among the files available: a file, or all parts of
    a split one.

    A name with ``*`` or ``?`` is a pattern that must mean one of these, or only one as a word of
    its own (``*Q6_K*``, where there is ``Q6_K_L`` too); case does not matter in it.  Raises
    ``NotHere`` where it means none, ``NotFound`` where several.
    """
    meant = {}
    for file in source.files:
        parts = shards(file.name)
        if is_pattern(file.name):
            named = [name for name in available if matches(file.name, name)]
            found = {shards(name) for name in named}
            if len(found) > 1:
                found = {shards(name) for name in named if _is_word(file.name, name)} or found
            if len(found) != 1:
                meant_here = sorted(first for first, *_ in found)
                raise _ambiguous(file.name, source.repo, meant_here, available)
            parts = found.pop()
        meant[file.name] = parts
    return meant


def stored_files(source: HubSource, revision: Revision) -> tuple[str, ...]:
    """The files of a model by what is remembered of a revision; none where it is not complete."""
    asked = [file.name for file in source.files] or [CHECKPOINT]
    meant = [
        revision.chosen.get(name, ()) if is_pattern(name) or name == CHECKPOINT else shards(name)
        for name in asked
    ]
    names = tuple(dict.fromkeys(chain.from_iterable(meant)))
    return names if all(meant) and all(name in revision.files for name in names) else ()


def is_pattern(name: str) -> bool:
    """Does it stand for a name that the repository must tell?"""
    return "*" in name or "?" in name


def matches(pattern: str, name: str) -> bool:
    """Is this a name that the pattern (or the name of a shard) stands for?"""
    if is_pattern(pattern):
        return fnmatchcase(name.casefold(), pattern.replace("[", "[[]").casefold())
    return name in shards(pattern)


def _is_word(pattern: str, name: str) -> bool:
    """Is what the stars of a pattern stand for cut off, in a name, from what it says itself?"""
    core = re.escape(pattern.casefold()).replace(r"\?", ".")
    found = core.replace(r"\*", "(?:.*[^a-z0-9_])?", 1).replace(r"\*", "(?:[^a-z0-9_].*)?")
    return re.fullmatch(found, name.casefold(), re.DOTALL) is not None


def _ambiguous(pattern: str, repo: str, found: list[str], available: Collection[str]) -> NotFound:
    several = Text("{0} has several files like {1}", "{0} 中有多个符合 {1} 的文件")
    none = Text("{0} has no file like {1}", "{0} 中没有符合 {1} 的文件")
    if found:
        return NotFound(several.of(repo, pattern), _name_one(repo, found))
    firsts = {shards(name)[0] for name in available if _is_gguf(name)}
    return NotHere(none.of(repo, pattern), _name_one(repo, sorted(firsts)) if firsts else None)


def _name_one(repo: str, names: list[str]) -> Text:
    return Text(
        "name one of them as hf:{0}:FILE: {1}",
        "请用 hf:{0}:文件 指定其中之一：{1}",
        (repo, _listed(names)),
    )


def check_has(source: HubSource, listing: Listing) -> None:
    """Has a commit what the source asks for?

    Raises ``NotHere`` for a file, ``Unsupported`` for a checkpoint that it has not,
    ``Disagrees`` for one that is another, ``NotFound`` for a pattern that means several.
    """
    if source.files:
        named = meaning(source, listing.names)
        chosen_by_name(source, chain.from_iterable(named.values()), listing)
    elif listing.find(INDEX) is None:
        _safetensors(listing)


def chosen_by_name(
    source: HubSource, names: Iterable[str], listing: Listing
) -> tuple[HubFile, ...]:
    """The files that a source means, with what the hub and the source know of them.

    Raises ``NotHere`` where one is not in the repository, ``Disagrees`` where the hub has
    another file under that name, ``DownloadFailed`` where a name is unsafe.
    """
    names = tuple(dict.fromkeys(names))
    check_names(names)
    known = {file.name: file for file in source.files}
    chosen = []
    for name in names:
        found = _found(name, listing)
        chosen.append(_agreed(known.get(name, RemoteFile(name)), found))
    return tuple(chosen)


def _found(name: str, listing: Listing) -> HubFile:
    found = listing.find(name)
    if found is None:
        raise NotHere(
            Text(
                "{0} has no file {1} at {2}",
                "{0} 中没有文件 {1}（版本 {2}）",
                (listing.repo, name, listing.commit[:12]),
            ),
            _there_are(listing),
        )
    return found


def _agreed(known: RemoteFile, found: HubFile) -> HubFile:
    """What the hub lists, held to what we know for certain."""
    size_differs = known.size is not None and known.size != found.size
    if size_differs or (known.sha256 and found.sha256 and known.sha256 != found.sha256):
        raise Disagrees(
            Text(
                "the hub's {0} is not the file that the catalogue names",
                "模型站上的 {0} 与目录中的不是同一个文件",
                (found.name,),
            ),
            Text(
                "its publisher may have changed it: name it as hf:REPOSITORY:FILE if you trust it",
                "发布者可能已更新；如信任该文件，请用 hf:仓库:文件 指定",
            ),
        )
    return replace(found, sha256=known.sha256 or found.sha256)


def configuration(listing: Listing) -> tuple[HubFile, ...]:
    """The small files of a checkpoint: all data at the top of the repository."""
    return tuple(
        file
        for file in listing.files
        if "/" not in file.name and file.name.lower().endswith(_CONFIGURATION)
    )


def weights(listing: Listing, index: Path | None) -> tuple[HubFile, ...]:
    """The safetensors of a checkpoint: those of its index, else the single one, else all at
    the top (some publishers give a second, merged copy, which is left).

    ``index`` is the index on this disk.  Raises ``Unsupported`` where there is none to load.
    """
    if index is not None:
        names = index_files(index)
        found = [listing.find(name) for name in names]
        if missing := [name for name, file in zip(names, found, strict=True) if file is None]:
            raise damaged_answer(f"{INDEX} names {missing[0][:200]}, which is not there")
        return tuple(file for file in found if file is not None)
    top = _safetensors(listing)
    return tuple(file for file in top if file.name == SINGLE) or top


def _safetensors(listing: Listing) -> tuple[HubFile, ...]:
    """Those at the top of the repository."""
    top = [f for f in listing.files if "/" not in f.name and f.name.endswith(".safetensors")]
    if not top:
        raise Unsupported(
            Text(
                "{0} has no safetensors; other formats may hold code and are not loaded",
                "{0} 没有 safetensors 文件；其他格式可能含有代码，不予加载",
                (listing.repo,),
            ),
            _there_are(listing),
        )
    return tuple(top)


def is_loadable(listing: Listing, index: Path | None) -> bool:
    """Has a cache, which may hold just some files, what a checkpoint cannot do without?"""
    names = set(listing.names)
    parts = set(index_files(index)) if index else {n for n in names if n.endswith(".safetensors")}
    return bool(parts) and parts <= names and "config.json" in names and bool(names & TOKENIZERS)


def index_files(index: Path) -> tuple[str, ...]:
    """The files that a checkpoint's index names.  Raises ``Damaged``."""
    try:
        with index.open("rb") as stream:
            text = stream.read(LARGEST_INDEX + 1)
    except OSError as wrong:
        raise _no_index(str(index)) from wrong
    return index_names(text, str(index))


def index_names(text: bytes, name: str) -> tuple[str, ...]:
    """The same of an index that is called ``name`` in messages."""
    try:
        data = json.loads(text)
        names = tuple(sorted(set(data["weight_map"].values())))
        if not names or not all(isinstance(n, str) and n.endswith(".safetensors") for n in names):
            raise ValueError(name)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise _no_index(name) from wrong
    return names


def _no_index(name: str) -> Damaged:
    return Damaged(
        Text("{0} cannot be read as an index of weights", "{0} 不是可读的权重索引", (name,))
    )


def _there_are(listing: Listing) -> Text | None:
    """The files that could be named instead."""
    names = sorted(filter(_is_gguf, listing.names))
    return Text("it has: {0}", "其中有：{0}", (_listed(names),)) if names else None


def _is_gguf(name: str) -> bool:
    return name.lower().endswith(".gguf")


def _listed(names: list[str]) -> str:
    return ", ".join(names[:12]) + (", …" if names[12:] else "")
