"""What LoRA adapters take: their numbers lie beside the layers that they change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from runtimes.memory.pieces import Costs, Piece, Setting, memory_text
from runtimes.texts import Text
from runtimes.types import Device, KvType, Shape


def adapter_bytes(names: Iterable[str]) -> int:
    """The size of adapters: of files, or of the weights in folders.  What is not there counts
    nothing; the engine will say so."""
    size = 0
    for path in map(Path, names):
        with suppress(OSError):
            files = path.glob("*.safetensors") if path.is_dir() else (path,)
            size += sum(file.stat().st_size for file in files)
    return size


@dataclass(frozen=True, slots=True)
class Adapted:
    """``Costs`` of a model with adapters of so many bytes on it."""

    plain: Costs
    size: int

    @property
    def shape(self) -> Shape:
        """The model's own."""
        return self.plain.shape

    @property
    def layers(self) -> int:
        """The model's own."""
        return self.plain.layers

    @property
    def kv_types(self) -> tuple[KvType, ...]:
        """The model's own."""
        return self.plain.kv_types

    @property
    def may_split(self) -> bool:
        """The model's own."""
        return self.plain.may_split

    def table(self, kind: Device) -> int | None:
        """The model's own."""
        return self.plain.table(kind)

    def filling(self, devices: int) -> Sequence[int]:
        """The model's own."""
        return self.plain.filling(devices)

    def pieces(
        self, counts: Sequence[int], kinds: Sequence[Device], setting: Setting
    ) -> tuple[Piece, tuple[Piece, ...]]:
        """See ``Costs``."""
        host, devices = self.plain.pieces(counts, kinds, setting)
        return self._with(host, self.layers - sum(counts)), tuple(
            self._with(piece, count) for piece, count in zip(devices, counts, strict=True)
        )

    def _with(self, piece: Piece, layers: int) -> Piece:
        return replace(piece, weights=piece.weights - (-self.size * layers // self.layers))

    def remarks(self) -> tuple[Text, ...]:
        """The model's own, and what the adapters take."""
        said = Text("the adapters take {0} more", "适配器另占 {0}", (memory_text(self.size),))
        return (*self.plain.remarks(), said)
