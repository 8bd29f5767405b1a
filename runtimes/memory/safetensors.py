"""The headers of a checkpoint's safetensors files: which tensors, of which type and size.

The format is eight bytes of length and a JSON object.  Lengths and sizes are bounded and held
against the file before anything is believed.
"""

from __future__ import annotations

import json
import math
import stat
from dataclasses import dataclass
from pathlib import Path

from runtimes.errors import Damaged, NotFound
from runtimes.texts import Text

MOST_HEADER = 64 << 20
MOST_TENSORS = 1 << 18
MOST_FILES = 2000
BITS = {
    "F64": 64, "F32": 32, "F16": 16, "BF16": 16, "I64": 64, "I32": 32, "I16": 16, "I8": 8,
    "U64": 64, "U32": 32, "U16": 16, "U8": 8, "BOOL": 8, "F8_E4M3": 8, "F8_E5M2": 8,
    "F8_E8M0": 8, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "C64": 64,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stored:
    """One tensor: its name, type, dimensions and bytes."""

    name: str
    dtype: str
    dimensions: tuple[int, ...]
    size: int


def stored(folder: Path) -> tuple[Stored, ...]:
    """All tensors of a checkpoint.  Raises ``NotFound`` or ``Damaged``."""
    try:
        files = sorted(folder.glob("*.safetensors"))[:MOST_FILES]
    except OSError:
        files = []
    if not files:
        raise NotFound(
            Text("{0} holds no safetensors file", "{0} 中没有 safetensors 文件", (str(folder),))
        )
    return tuple(tensor for file in files for tensor in _file(file))


def _file(path: Path) -> list[Stored]:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _damaged(path, "not a file")
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if not 2 <= length <= min(MOST_HEADER, status.st_size - 8):
                raise _damaged(path, f"a header of {length} bytes")
            text = file.read(length)
    except OSError as wrong:
        raise NotFound(
            Text("{0} cannot be read: {1}", "无法读取 {0}：{1}", (str(path), wrong.strerror or "?"))
        ) from wrong
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise _damaged(path, "its header is no JSON") from wrong
    if not isinstance(data, dict) or len(data) > MOST_TENSORS:
        raise _damaged(path, "its header is no table of tensors")
    room = status.st_size - 8 - length
    return [
        _tensor(path, name, value, room) for name, value in data.items() if name != "__metadata__"
    ]


def _tensor(path: Path, name: str, value: object, room: int) -> Stored:
    match value:
        case {"dtype": str(dtype), "shape": [*dimensions], "data_offsets": [int(start), int(end)]}:
            sizes = tuple(d for d in dimensions if isinstance(d, int) and 0 <= d < 1 << 40)
            if len(sizes) == len(dimensions) <= 8 and 0 <= start <= end <= room:
                bits = BITS.get(dtype)
                if bits is None or -(-math.prod(sizes) * bits // 8) == end - start:
                    return Stored(name, dtype, sizes, end - start)
    raise _damaged(path, f"the tensor {name[:80]}")


def _damaged(path: Path, what: str) -> Damaged:
    return Damaged(
        Text(
            "{0} is no sound safetensors file: {1}",
            "{0} 不是完好的 safetensors 文件：{1}",
            (path.name, what),
        ),
        Text("download the model again", "请重新下载模型"),
    )
