"""A model in several files: ``NAME-00001-of-00003.gguf``, each with a header of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from runtimes.ggufs.cursor import damaged
from runtimes.ggufs.values import Gguf, Header
from runtimes.texts import Text

_SHARD = re.compile(r"(.*)-(\d{5})-of-(\d{5})\.gguf", re.DOTALL)
MOST_SHARDS = 512


def shard_names(name: str) -> tuple[str, ...]:
    """All files of the model that a file belongs to: itself alone, or every shard in order."""
    found = _SHARD.fullmatch(name)
    if not found or not 1 <= int(found[2]) <= int(found[3]) <= MOST_SHARDS:
        return (name,)
    return tuple(f"{found[1]}-{n:05d}-of-{found[3]}.gguf" for n in range(1, int(found[3]) + 1))


def first_shard(path: Path) -> Path:
    """The file of a model that engines want to be given, whichever of its shards is named."""
    return path.parent / shard_names(path.name)[0]


def read_shards(headers: Sequence[Header]) -> Gguf:
    """The model of these headers.  Raises ``Damaged`` where they do not belong together."""
    first = headers[0]
    count = first.integer("split.count") or 1
    if count != len(headers):
        raise damaged(
            first.name,
            Text(
                "it is one of {0} parts, and {1} are here",
                "共有 {0} 个分片，此处有 {1} 个",
                (str(count), str(len(headers))),
            ),
        )
    if count > 1:
        _check(headers, count)
    return Gguf(tuple(headers))


def _check(headers: Sequence[Header], count: int) -> None:
    names: set[str] = set()
    for n, header in enumerate(headers):
        if header.integer("split.no") != n or header.integer("split.count") != count:
            raise damaged(
                header.name,
                Text(
                    "it is not part {0} of {1}",
                    "它不是第 {0} / {1} 个分片",
                    (str(n + 1), str(count)),
                ),
            )
        for tensor in header.tensors:
            if tensor.name in names:
                raise damaged(
                    header.name,
                    Text(
                        "the tensor “{0}” is in another part, too",
                        "张量“{0}”也在另一个分片中",
                        (tensor.name,),
                    ),
                )
            names.add(tensor.name)
    total = headers[0].integer("split.tensors.count")
    if total is not None and total != len(names):
        raise damaged(
            headers[0].name,
            Text(
                "{0} tensors are announced, {1} are there",
                "声明有 {0} 个张量，实有 {1} 个",
                (str(total), str(len(names))),
            ),
        )
