"""The headers of a model that is still on the hub, read by range requests: a few megabytes
instead of the whole file."""

from __future__ import annotations

from runtimes.base import Cancel
from runtimes.errors import DownloadFailed
from runtimes.ggufs import Gguf, read_header, read_shards
from runtimes.memory.safetensors import (
    CONFIG,
    MOST_CONFIG,
    Checkpoint,
    config_shape,
    loaded_files,
    read_tensors,
)
from runtimes.store import Store
from runtimes.store.choice import INDEX, LARGEST_INDEX, index_names, meaning
from runtimes.store.types import HubFile, Listing, Tuning
from runtimes.texts import Text
from runtimes.types import HubSource

MOST_FILES = 200
BRIEF = Tuning(tries=3, longest_wait=4.0, patience=10.0, connect_timeout=6.0, read_timeout=15.0)
"""For a store that is only asked for headers: a forecast waits less long than a download."""


def remote_gguf(store: Store, source: HubSource, cancel: Cancel) -> Gguf:
    """The header of a GGUF file on the hub, all its shards included, at the commit that a pull
    into the store would take.

    Raises what a pull raises (``Offline``, ``Unreachable``, ``NotFound``, ``Denied``,
    ``Unsupported``, ``DownloadFailed``), and ``Damaged`` where the file is broken.
    """
    with store.remote(source, cancel) as reader:
        named = meaning(source, reader.listing.names)
        names = [name for names in named.values() for name in names if name.endswith(".gguf")]
        headers = [
            read_header(reader.read_at(file), file.size, file.name)
            for file in _files(reader.listing, names)
        ]
    return read_shards(headers)


def remote_checkpoint(store: Store, source: HubSource, cancel: Cancel) -> Checkpoint:
    """The headers of a checkpoint on the hub.  Raises as ``remote_gguf`` does."""
    with store.remote(source, cancel) as reader:
        listing = reader.listing
        there = [n for n in listing.names if n.endswith(".safetensors") and "/" not in n]
        named: tuple[str, ...] = ()
        if INDEX in listing.names:
            (index,) = _files(listing, [INDEX])
            named = index_names(reader.read_at(index)(0, min(index.size, LARGEST_INDEX)), INDEX)
        names = list(loaded_files(there, named))
        tensors = tuple(
            tensor
            for file in _files(listing, names)
            for tensor in read_tensors(reader.read_at(file), file.size, file.name)
        )
        (config,) = _files(listing, [CONFIG])
        text = reader.read_at(config)(0, min(config.size, MOST_CONFIG))
    return Checkpoint(config_shape(text, CONFIG, tensors), tensors)


def _files(listing: Listing, names: list[str]) -> list[HubFile]:
    """What the hub lists under these names."""
    found = [file for name in names if (file := listing.find(name)) is not None]
    if not found or len(found) != len(names) or len(found) > MOST_FILES:
        raise DownloadFailed(
            Text(
                "{0} holds no weights that can be read",
                "{0} 中没有可读取的权重",
                (listing.repo,),
            )
        )
    return found
