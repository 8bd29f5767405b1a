"""Is a model made for embeddings?  What its files say, before it is loaded."""

from __future__ import annotations

import re
from pathlib import Path

from runtimes.texts import Text
from runtimes.types import FileSource, ModelSpec

WRITES = Text(
    "{0} was made to write, not to embed: its vectors are poor; take an embedding model",
    "{0} 是用来写作的模型，不是嵌入模型：其向量质量差，建议改用嵌入模型",
)
UNSTATED = Text(
    "the files of {0} do not say how its vectors are made: the mean of its tokens is taken",
    "{0} 的文件没有说明如何生成向量：取各词元的平均值",
)
_ENCODERS = re.compile(r"bert|embed|t5encoder", re.IGNORECASE)
"""Architectures of GGUF files that do not write."""


def remark(spec: ModelSpec) -> Text | None:
    """What is to be said of a model on this disk that shall embed; ``None``: nothing, or it is
    somebody else's to know.  Raises ``runtimes.errors`` where its files are broken."""
    if not isinstance(spec.source, FileSource):
        return None
    path = Path(spec.source.path)
    writes, stated = _checkpoint(path) if spec.runtime == "checkpoint" else _gguf(path)
    if stated:
        return None
    return (WRITES if writes else UNSTATED).of(spec.id)


def _checkpoint(path: Path) -> tuple[bool, bool]:
    from runtimes.checkpoint.pooling import read_recipe

    recipe = read_recipe(path)
    return recipe.writes, recipe.stated


def _gguf(path: Path) -> tuple[bool, bool]:
    from runtimes.ggufs import read_file

    head = read_file(path).first
    family = head.text("general.architecture") or ""
    return _ENCODERS.search(family) is None, head.integer(f"{family}.pooling_type") is not None
