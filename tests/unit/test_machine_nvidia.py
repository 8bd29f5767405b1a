"""NVIDIA's cards as their driver tells of them: whole, divided, without memory, or dead."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from machines import GIB, senses

from runtimes.machine import probe_machine
from runtimes.machine.nvidia import lost_gpus
from runtimes.types import Device


@dataclass(frozen=True)
class Card:
    name: str
    uuid: str
    total: int
    free: int
    capability: tuple[int, int] = (8, 9)
    slices: tuple[Card | None, ...] | None = None


class NVMLError(Exception):
    """As the library names its own."""


class NotSupported(NVMLError):  # noqa: N818 - as there
    """A question that this card knows no answer to."""


class NoPermission(NVMLError):  # noqa: N818 - as there
    """A question that this user may not ask."""


@dataclass
class Nvml:
    """The functions of NVML that are used, over cards of a test."""

    cards: list[Card]
    broken: bool = False
    shut: int = 0
    dead: tuple[int, ...] = ()
    NVMLError: type[Exception] = NVMLError
    NVMLError_NotSupported: type[Exception] = NotSupported
    NVMLError_NoPermission: type[Exception] = NoPermission

    def nvmlInit(self) -> None:  # noqa: N802 - NVML's own name
        if self.broken:
            raise self.NVMLError("driver not loaded")

    def nvmlShutdown(self) -> None:  # noqa: N802
        self.shut += 1

    def nvmlSystemGetDriverVersion(self) -> str:  # noqa: N802
        return "560.35"

    def nvmlDeviceGetCount(self) -> int:  # noqa: N802
        return len(self.cards)

    def nvmlDeviceGetHandleByIndex(self, index: int) -> Card:  # noqa: N802
        if index in self.dead:
            raise self.NVMLError("GPU is lost")
        return self.cards[index]

    def nvmlDeviceGetName(self, card: Card) -> bytes:  # noqa: N802
        return card.name.encode()

    def nvmlDeviceGetUUID(self, card: Card) -> str:  # noqa: N802
        if not card.uuid:
            raise self.NVMLError_NotSupported
        return card.uuid

    def nvmlDeviceGetMemoryInfo(self, card: Card) -> Card:  # noqa: N802
        if card.total == 0:
            raise self.NVMLError_NotSupported
        if card.total < 0:
            raise self.NVMLError("GPU is lost")
        return card

    def nvmlDeviceGetMigMode(self, card: Card) -> tuple[int, int]:  # noqa: N802
        if card.slices is None:
            raise self.NVMLError("not supported")
        return (1, 1)

    def nvmlDeviceGetMaxMigDeviceCount(self, _card: Card) -> int:  # noqa: N802
        return 7

    def nvmlDeviceGetMigDeviceHandleByIndex(self, card: Card, index: int) -> Card:  # noqa: N802
        found = (card.slices or ())[index : index + 1]
        if not found or found[0] is None:
            raise self.NVMLError("not found")
        return found[0]

    def nvmlDeviceGetCudaComputeCapability(self, card: Card) -> tuple[int, int]:  # noqa: N802
        return card.capability


CARDS = [
    Card("RTX 4090", "GPU-aaaa-1", 24 * GIB, 20 * GIB),
    Card("RTX 3060", "GPU-bbbb-2", 12 * GIB, 11 * GIB, (8, 6)),
]


def test_every_card_with_what_others_have_left() -> None:
    nvml = Nvml(list(CARDS))
    found = probe_machine(senses(nvml=nvml)).accelerators
    assert [(a.name, a.index, a.total, a.free) for a in found] == [
        ("RTX 4090", 0, 24 * GIB, 20 * GIB),
        ("RTX 3060", 1, 12 * GIB, 11 * GIB),
    ]
    assert [(a.device, a.driver, a.capability) for a in found] == [
        (Device.CUDA, "560.35", "8.9"),
        (Device.CUDA, "560.35", "8.6"),
    ]
    assert nvml.shut == 1


@pytest.mark.parametrize(
    ("visible", "names"),
    [
        ("1", ["RTX 3060"]),
        ("1,0", ["RTX 3060", "RTX 4090"]),
        ("GPU-bbbb", ["RTX 3060"]),
        ("GPU-", []),
        ("", []),
        ("-1", []),
        ("0,7,1", ["RTX 4090"]),
        ("0,0", ["RTX 4090"]),
    ],
)
def test_cuda_visible_devices_is_read_as_cuda_reads_it(visible: str, names: list[str]) -> None:
    look = senses(nvml=Nvml(list(CARDS)), environment={"CUDA_VISIBLE_DEVICES": visible})
    found = probe_machine(look).accelerators
    assert [a.name for a in found] == names
    assert [a.index for a in found] == list(range(len(names)))


SLICES = (
    None,
    Card("H100 1g.10gb", "MIG-1", 10 * GIB, 9 * GIB),
    Card("H100 2g.20gb", "MIG-2", 2, 1),
)
DIVIDED = Card("H100", "GPU-d", 80 * GIB, 79 * GIB, slices=SLICES)


@pytest.mark.parametrize(
    ("visible", "names"),
    [
        (None, ["H100 1g.10gb"]),
        ("1", ["H100 1g.10gb"]),
        ("GPU-d", ["H100 1g.10gb"]),
        ("MIG-2", ["H100 2g.20gb"]),
        ("MIG-2,MIG-1", ["H100 2g.20gb"]),
        ("MIG-9", []),
        ("0", ["RTX 4090"]),
    ],
)
def test_of_a_divided_card_a_program_gets_one_slice(visible: str | None, names: list[str]) -> None:
    environment = {} if visible is None else {"CUDA_VISIBLE_DEVICES": visible}
    look = senses(nvml=Nvml([CARDS[0], DIVIDED]), environment=environment)
    found = probe_machine(look).accelerators
    assert [a.name for a in found] == names
    assert all(a.total <= 24 * GIB for a in found)


def test_a_divided_card_without_slices_is_none() -> None:
    bare = Card("H100", "GPU-d", 80 * GIB, 79 * GIB, slices=())
    assert probe_machine(senses(nvml=Nvml([bare]))).accelerators == ()
    (found,) = probe_machine(senses(nvml=Nvml([bare, CARDS[0]]))).accelerators
    assert found.name == "RTX 4090"


def test_a_chip_without_memory_of_its_own_uses_the_hosts() -> None:
    (found,) = probe_machine(senses(nvml=Nvml([Card("GB10", "GPU-c", 0, 0)]))).accelerators
    assert (found.total, found.free, found.shared_memory) == (64 * GIB, 48 * GIB, True)


def test_no_driver_is_no_error() -> None:
    nvml = Nvml([], broken=True)
    assert probe_machine(senses(nvml=nvml)).accelerators == ()
    assert lost_gpus(nvml) == lost_gpus(None) == ()
    assert nvml.shut == 0


def test_a_card_without_an_identity_is_a_card() -> None:
    look = senses(
        nvml=Nvml([Card("Orin", "", 0, 0), CARDS[0]]), environment={"CUDA_VISIBLE_DEVICES": "GPU-a"}
    )
    assert [a.name for a in probe_machine(look).accelerators] == ["RTX 4090"]
    (found,) = probe_machine(senses(nvml=Nvml([Card("Orin", "", 0, 0)]))).accelerators
    assert found.shared_memory


def test_a_dead_card_does_not_hide_the_others() -> None:
    dying = Card("H100", "GPU-x", -1, -1)
    nvml = Nvml([CARDS[0], CARDS[0], dying, CARDS[1]], dead=(1,))
    found = probe_machine(senses(nvml=nvml)).accelerators
    assert [(a.name, a.index) for a in found] == [("RTX 4090", 0), ("RTX 3060", 1)]
    assert lost_gpus(nvml) == (1, 2)
    look = senses(nvml=nvml, environment={"CUDA_VISIBLE_DEVICES": "GPU-bbbb"})
    assert [a.name for a in probe_machine(look).accelerators] == ["RTX 3060"]
