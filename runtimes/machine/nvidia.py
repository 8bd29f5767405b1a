"""NVIDIA's GPUs, asked of NVML, the library of the driver; no CUDA context is made.

Free memory is what other processes have left, whichever they are.  The order is that of
``CUDA_DEVICE_ORDER=PCI_BUS_ID``, and ``CUDA_VISIBLE_DEVICES`` is obeyed, so that an index means
the same here as in an engine.  A card that has died (it has fallen off its bus, say) is none: CUDA
does not count it either, and the others go on without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from runtimes.types import Accelerator, Device, Host

T = TypeVar("T")


def library() -> Any | None:
    """The module of NVML; ``None`` where it is not installed."""
    try:
        import pynvml
    except ImportError:
        return None
    return pynvml


def nvidia_gpus(nvml: Any | None, visible: str | None, host: Host) -> tuple[Accelerator, ...]:
    """The GPUs that CUDA will see.  ``visible`` is the value of ``CUDA_VISIBLE_DEVICES``."""

    def ask(nvml: Any) -> Iterator[Accelerator]:
        driver = _text(nvml.nvmlSystemGetDriverVersion())
        there = [(card, _slices(nvml, card)) for card in cards(nvml) if card is not None]
        for index, handle in enumerate(_visible(nvml, there, visible)):
            with suppress(nvml.NVMLError):  # of which nothing is known, nothing can be planned
                yield _gpu(nvml, handle, index, driver, host)

    return _asked(nvml, ask)


def lost_gpus(nvml: Any | None) -> tuple[int, ...]:
    """The cards that the driver counts, but that do not answer it any more, by its numbers."""
    return _asked(nvml, lambda nvml: (n for n, card in enumerate(cards(nvml)) if card is None))


def _asked(nvml: Any | None, ask: Callable[[Any], Iterable[T]]) -> tuple[T, ...]:
    """What NVML answers; nothing where there is no driver, or none that runs."""
    if nvml is None:
        return ()
    try:
        nvml.nvmlInit()
    except nvml.NVMLError:
        return ()
    try:
        return tuple(ask(nvml))
    except nvml.NVMLError:
        return ()
    finally:
        nvml.nvmlShutdown()


def cards(nvml: Any) -> list[Any | None]:
    """All that the driver counts; ``None`` for one that has died.  NVML must be open."""
    return [_card(nvml, number) for number in range(nvml.nvmlDeviceGetCount())]


def _card(nvml: Any, number: int) -> Any | None:
    try:
        handle = nvml.nvmlDeviceGetHandleByIndex(number)
        with suppress(nvml.NVMLError_NotSupported, nvml.NVMLError_NoPermission):
            nvml.nvmlDeviceGetMemoryInfo(handle)
    except nvml.NVMLError:
        return None
    return handle


def _gpu(nvml: Any, handle: Any, index: int, driver: str, host: Host) -> Accelerator:
    total, free, shared = host.memory_total, host.memory_free, True
    try:
        memory = nvml.nvmlDeviceGetMemoryInfo(handle)
        total, free, shared = int(memory.total), int(memory.free), False
    except nvml.NVMLError_NotSupported:
        pass  # a chip without memory of its own (Jetson, GB10) uses the host's
    try:
        major, minor = nvml.nvmlDeviceGetCudaComputeCapability(handle)
        capability = f"{major}.{minor}"
    except nvml.NVMLError:
        capability = ""
    return Accelerator(
        device=Device.CUDA,
        index=index,
        name=_text(nvml.nvmlDeviceGetName(handle)),
        total=total,
        free=free,
        driver=driver,
        capability=capability,
        shared_memory=shared,
    )


_Card = tuple[Any, Sequence[Any] | None]
"""A card, and its slices where it is divided (``None``: it is not)."""


def _slices(nvml: Any, handle: Any) -> Sequence[Any] | None:
    """The parts of a card that is divided (MIG): a program gets one of them, with its memory."""
    try:
        if not nvml.nvmlDeviceGetMigMode(handle)[0]:
            return None
        most = nvml.nvmlDeviceGetMaxMigDeviceCount(handle)
    except nvml.NVMLError:  # it knows no such thing
        return None
    found = []
    for n in range(most):
        with suppress(nvml.NVMLError):  # a place that is empty
            found.append(nvml.nvmlDeviceGetMigDeviceHandleByIndex(handle, n))
    return found


def _visible(nvml: Any, cards: Sequence[_Card], visible: str | None) -> list[Any]:
    """As CUDA reads it: in the order of the list, which ends at the first word that is wrong.

    Of divided cards, it shows no more than one slice.
    """
    if visible is None:
        slices = [part for _, parts in cards for part in parts or ()]
        return slices[:1] or [handle for handle, parts in cards if parts is None]
    chosen: list[Any] = []
    for word in visible.split(","):
        found = _named(nvml, cards, word.strip())
        if found is None or found in chosen:
            break
        chosen.append(found)
        if word.strip().startswith("MIG-"):
            break
    return chosen


def _named(nvml: Any, cards: Sequence[_Card], word: str) -> Any | None:
    if word.startswith("MIG-"):
        return _only(nvml, [part for _, parts in cards for part in parts or ()], word)
    if word.isdecimal():
        handle, parts = cards[int(word)] if int(word) < len(cards) else (None, None)
    elif word.startswith("GPU-"):
        handle = _only(nvml, [handle for handle, _ in cards], word)
        parts = next((parts for card, parts in cards if card is handle), None)
    else:
        return None
    return handle if parts is None else next(iter(parts), None)


def _only(nvml: Any, handles: Sequence[Any], word: str) -> Any | None:
    """The one whose identity begins so."""
    matching = [h for h in handles if _identity(nvml, h).startswith(word)]
    return matching[0] if len(matching) == 1 else None


def _identity(nvml: Any, handle: Any) -> str:
    try:
        return _text(nvml.nvmlDeviceGetUUID(handle))
    except nvml.NVMLError:  # it has none to be named by
        return ""


def _text(value: str | bytes) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
