"""How a checkpoint that embeds makes one vector of its tokens' vectors, by its own files.

A folder in the form of sentence-transformers lists its parts in ``modules.json``.  The parts are
known by their names and read as what they are known to do; code is never run.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from runtimes.checkpoint.folder import LARGEST_JSON, damaged, read_json
from runtimes.embedding import unsupported
from runtimes.errors import Unsupported
from runtimes.texts import Text

MOST_PARTS = 16
WRITES = ("ForCausalLM", "LMHeadModel", "ForConditionalGeneration")
"""How the class of a model ends that was made to write."""


class Pooling(StrEnum):
    """Which of the tokens' vectors count."""

    MEAN = "mean"
    FIRST = "cls"
    LAST = "lasttoken"
    MOST = "max"


_SWITCHES = {
    "pooling_mode_mean_tokens": Pooling.MEAN,
    "pooling_mode_cls_token": Pooling.FIRST,
    "pooling_mode_lasttoken": Pooling.LAST,
    "pooling_mode_max_tokens": Pooling.MOST,
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """From a text to its vector.

    ``stated``: the files say it; else the mean is taken.  ``window``: tokens of a text, where the
    files bound them.  ``lower``: letters are made small first.  ``writes``: it was made to write.
    """

    pooling: Pooling = Pooling.MEAN
    stated: bool = False
    window: int | None = None
    lower: bool = False
    writes: bool = False


def read_recipe(path: Path) -> Recipe:
    """The recipe of a folder.  Raises ``Unsupported`` or ``Damaged``."""
    bounds = path / "sentence_bert_config.json"
    told = read_json(bounds) if bounds.is_file() else {}
    window = told.get("max_seq_length")
    return Recipe(
        *_pooling(path),
        window=window if isinstance(window, int) and window > 0 else None,
        lower=told.get("do_lower_case") is True,
        writes=not (path / "modules.json").is_file() and _writes(path),
    )


def _writes(path: Path) -> bool:
    names = read_json(path / "config.json").get("architectures")
    return isinstance(names, list) and any(str(name).endswith(WRITES) for name in names)


def _pooling(path: Path) -> tuple[Pooling, bool]:
    """Which, and whether the files say so."""
    parts = path / "modules.json"
    if not parts.is_file():
        return Pooling.MEAN, False
    found: Pooling | None = None
    for kind, place in _parts(parts):
        match kind:
            case "Transformer" if not place:
                continue
            case "Pooling":
                found = _pooled(path / place / "config.json")
            case "Normalize":
                continue  # all our vectors are of length 1
            case _:
                raise _unknown(path, kind)
    return (Pooling.MEAN, False) if found is None else (found, True)


def _parts(file: Path) -> list[tuple[str, str]]:
    """The class of each part, without where it is defined, and its folder."""
    listed = _read_list(file)
    parts = []
    for one in listed:
        told = one if isinstance(one, dict) else {}
        kind, place = str(told.get("type", "")), str(told.get("path", ""))
        ours = kind.startswith("sentence_transformers.")
        if not ours or place == ".." or Path(place).name != place:
            raise _unknown(file.parent, kind)
        parts.append((kind.rpartition(".")[2], place))
    return parts


def _read_list(file: Path) -> list[Any]:
    data = file.read_bytes() if file.stat().st_size <= LARGEST_JSON else b""
    try:
        listed = json.loads(data)
    except (ValueError, RecursionError) as wrong:
        raise damaged(file, "no JSON") from wrong
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_PARTS:
        raise damaged(file, "no list of parts")
    return listed


def _pooled(file: Path) -> Pooling:
    told = read_json(file)
    on = [key for key, value in told.items() if key.startswith("pooling_mode_") and value is True]
    named = told.get("pooling_mode")
    if not on and isinstance(named, str):
        on = [key for key, pooling in _SWITCHES.items() if pooling == named] or [named]
    if len(on) != 1 or on[0] not in _SWITCHES:
        raise _unknown(file.parent, ", ".join(on) or "pooling")
    return _SWITCHES[on[0]]


def _unknown(path: Path, part: str) -> Unsupported:
    return unsupported(
        Text(
            "{0} makes its vectors in a way that is not supported: {1}",
            "{0} 的向量计算方式不受支持：{1}",
            (path, part[:80]),
        )
    )
