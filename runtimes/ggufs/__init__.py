"""GGUF headers, read by ourselves: from a disk or over the network, whatever the file says.

``values`` (what a header holds), ``cursor`` (bounded reading), ``header`` (the format),
``files`` (a file on this disk, with its shards), ``remote`` (the same by range requests),
``shape`` (the dimensions, and the bytes of each part).
"""

from __future__ import annotations

from runtimes.ggufs.files import read_file, read_one
from runtimes.ggufs.header import read_header
from runtimes.ggufs.shape import Parts, parts_of, shape_of
from runtimes.ggufs.shards import first_shard, read_shards
from runtimes.ggufs.values import Array, Gguf, Header, Tensor

__all__ = [
    "Array",
    "Gguf",
    "Header",
    "Parts",
    "Tensor",
    "first_shard",
    "parts_of",
    "read_file",
    "read_header",
    "read_one",
    "read_shards",
    "shape_of",
]
