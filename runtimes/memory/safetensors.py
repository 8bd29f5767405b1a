"""A checkpoint's dimensions and the headers of its safetensors files.

The format of a header is eight bytes of length and a JSON object.  Lengths and sizes are bounded
and held against the file before anything is believed.
"""

from __future__ import annotations

import json
import math
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from runtimes.errors import Damaged, NotFound, Unsupported
from runtimes.ggufs.cursor import ReadAt
from runtimes.reasons import because_of
from runtimes.store.choice import INDEX, SINGLE, index_files
from runtimes.texts import Text
from runtimes.types import Shape

MOST_HEADER = 24 << 20
MOST_TENSORS = 1 << 18
MOST_FILES = 2000
METADATA = "__metadata__"
TOO_SHORT = Text("it ends too early, in the tensor {0}", "文件过早结束（张量 {0}）")
BITS = {
    "F64": 64, "F32": 32, "F16": 16, "BF16": 16, "I64": 64, "I32": 32, "I16": 16, "I8": 8,
    "U64": 64, "U32": 32, "U16": 16, "U8": 8, "BOOL": 8, "F8_E4M3": 8, "F8_E5M2": 8,
    "F8_E8M0": 8, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "C64": 64,
}  # fmt: skip


MOST_CONFIG = 4 << 20
CONFIG = "config.json"


@dataclass(frozen=True, slots=True)
class Stored:
    """One tensor: its name, type, dimensions and bytes."""

    name: str
    dtype: str
    dimensions: tuple[int, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint by its headers."""

    shape: Shape
    tensors: tuple[Stored, ...]


def read_checkpoint(folder: Path) -> Checkpoint:
    """The checkpoint in a folder.  Raises ``NotFound`` or ``Damaged``."""
    tensors = stored(folder)
    try:
        with (folder / CONFIG).open("rb") as file:
            text = file.read(MOST_CONFIG)
    except OSError as wrong:
        raise _unreadable(folder / CONFIG, wrong) from wrong
    return Checkpoint(config_shape(text, str(folder / CONFIG), tensors), tensors)


def stored(folder: Path) -> tuple[Stored, ...]:
    """All tensors of a checkpoint.  Raises ``NotFound`` or ``Damaged``."""
    try:
        there = sorted(file.name for file in folder.glob("*.safetensors"))
        index = folder / INDEX
        named = index_files(index) if index.exists() else ()
        if any("/" in name or "\\" in name for name in named):
            raise _damaged(INDEX, Text("it names files elsewhere", "它指向别处的文件"))
        files = [folder / name for name in loaded_files(there, named)][:MOST_FILES]
    except OSError:
        files = []
    if not files:
        raise NotFound(
            Text("{0} holds no safetensors file", "{0} 中没有 safetensors 文件", (str(folder),))
        )
    return tuple(tensor for file in files for tensor in tensors_of(file))


def loaded_files(names: Sequence[str], indexed: Sequence[str]) -> tuple[str, ...]:
    """Those of a checkpoint's weight files that are loaded: what its index names, else the single
    file, else all.  Some publishers give a second, merged copy, which is left."""
    if indexed:
        return tuple(indexed)
    return (SINGLE,) if SINGLE in names else tuple(names)


def tensors_of(path: Path) -> list[Stored]:
    """The tensors of one file on this disk.  Raises ``NotFound`` or ``Damaged``."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _damaged(path.name, Text("it is no file", "它不是文件"))
        with path.open("rb") as file:

            def read_at(offset: int, size: int) -> bytes:
                file.seek(offset)
                return file.read(size)

            return read_tensors(read_at, status.st_size, path.name)
    except OSError as wrong:
        raise _unreadable(path, wrong) from wrong


def read_tensors(read_at: ReadAt, size: int, name: str) -> list[Stored]:
    """The tensors of one file of ``size`` bytes.  Raises ``Damaged``."""
    length = int.from_bytes(read_at(0, 8), "little")
    if not 2 <= length <= min(MOST_HEADER, size - 8):
        raise _damaged(name, Text("a header of {0} bytes", "文件头为 {0} 字节", (length,)))
    text = read_at(8, length)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise _damaged(name, Text("its header is no JSON", "文件头不是 JSON")) from wrong
    if len(text) < length or not isinstance(data, dict) or len(data) > MOST_TENSORS:
        raise _damaged(name, Text("its header is no table of tensors", "文件头不是张量表"))
    room = size - 8 - length
    return [_tensor(name, key, value, room) for key, value in data.items() if key != METADATA]


def _tensor(file: str, name: str, value: object, room: int) -> Stored:
    match value:
        case {"dtype": str(dtype), "shape": [*dimensions], "data_offsets": [int(start), int(end)]}:
            sizes = tuple(d for d in dimensions if isinstance(d, int) and 0 <= d < 1 << 40)
            if room < end:
                raise _damaged(file, TOO_SHORT.of(name[:80]))
            if len(sizes) == len(dimensions) <= 8 and 0 <= start <= end:
                bits = BITS.get(dtype)
                if bits is None or -(-math.prod(sizes) * bits // 8) == end - start:
                    return Stored(name, dtype, sizes, end - start)
    raise _damaged(file, Text("the tensor {0}", "张量 {0}", (name[:80],)))


def _damaged(name: str, what: Text) -> Damaged:
    n = len(what.args)
    return Damaged(
        Text(
            f"{{{n}}} is no sound safetensors file: {what.en}",
            f"{{{n}}} 不是完好的 safetensors 文件：{what.zh}",
            (*what.args, name),
        ),
        Text("download the model again", "请重新下载模型"),
    )


def _unreadable(path: Path, wrong: OSError) -> NotFound:
    return NotFound(
        because_of(wrong, Text("{0} cannot be read: {1}", "无法读取 {0}：{1}"), str(path))
    )


# --- the dimensions --------------------------------------------------------------------------


def config_shape(text: bytes, name: str, tensors: Sequence[Stored] = ()) -> Shape:
    """The dimensions in a ``config.json``, called ``name`` in messages.

    Raises ``Damaged``, and ``Unsupported`` for a model of more than text.
    """
    try:
        config = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise _bad(name, "it is no JSON") from wrong
    if not isinstance(config, dict):
        raise _bad(name, "it is no JSON")
    if "hidden_size" not in config and isinstance(config.get("text_config"), dict):
        raise Unsupported(
            Text(
                "{0} is of a model that reads more than text; this program runs text models",
                "{0} 属于多模态模型；本程序只运行文本模型",
                (name,),
            ),
            Text("choose a text model: assistant models", "请选择文本模型：assistant models"),
        )

    def number(*keys: str, usual: int = 0, most: int = 1 << 24) -> int:
        value = next((config[key] for key in keys if config.get(key) is not None), usual)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            raise _bad(name, keys[0])
        return value

    hidden = number("hidden_size", "n_embd")
    heads = number("num_attention_heads", "n_head")
    layers = number("num_hidden_layers", "n_layer", "num_layers", most=4096)
    if not (hidden and heads and layers):
        raise _bad(name, "hidden_size")
    head = number("head_dim", "kv_channels", usual=hidden // heads) or 1
    return Shape(
        architecture=str(config.get("model_type", ""))[:64],
        parameters=sum(math.prod(tensor.dimensions) for tensor in tensors),
        layers=layers,
        hidden=hidden,
        heads=heads,
        kv_heads=number("num_key_value_heads", "multi_query_group_num", usual=heads) or heads,
        key_length=head,
        value_length=head,
        feed_forward=number("moe_intermediate_size", "intermediate_size", "ffn_hidden_size")
        or 4 * hidden,
        vocabulary=number("vocab_size", "padded_vocab_size"),
        context=number("max_position_embeddings", "seq_length", usual=4096, most=1 << 32) or 4096,
        experts=number("num_local_experts", "num_experts", "n_routed_experts"),
        experts_used=number("num_experts_per_tok"),
    )


def _bad(name: str, what: str) -> Damaged:
    return Damaged(
        Text("{0} is not sound: {1}", "{0} 不完好：{1}", (name, what)),
        Text("download the model again", "请重新下载模型"),
    )
