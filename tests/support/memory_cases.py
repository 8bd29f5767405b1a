"""Models and machines for the tests of the memory planner."""

from __future__ import annotations

from runtimes.memory.estimates import estimated
from runtimes.memory.llamacpp import LlamaCosts
from runtimes.memory.needs import Needs
from runtimes.types import Accelerator, Device, Host, Machine, Shape

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


def shape(name: str, *sizes: int, **more: int) -> Shape:
    """Layers, hidden, feed-forward, heads, key and value heads, head length, vocabulary, and
    millions of parameters."""
    layers, hidden, wide, heads, kv_heads, head, vocabulary, millions = sizes
    return Shape(
        architecture=name,
        parameters=millions * 10**6,
        layers=layers,
        hidden=hidden,
        heads=heads,
        kv_heads=kv_heads,
        key_length=head,
        value_length=head,
        feed_forward=wide,
        vocabulary=vocabulary,
        context=131072,
        **more,
    )


SHAPES = {
    "r1-1.5b": shape("qwen2", 28, 1536, 8960, 12, 2, 128, 151936, 1777),
    "r1-7b": shape("qwen2", 28, 3584, 18944, 28, 4, 128, 152064, 7616),
    "llama-8b": shape("llama", 32, 4096, 14336, 32, 8, 128, 128256, 8030),
    "mixtral": shape("llama", 32, 4096, 14336, 32, 8, 128, 32000, 46703, experts=8, experts_used=2),
    "qwen3-0.6b": shape("qwen3", 28, 1024, 3072, 16, 8, 128, 151936, 752),
    "qwen3-30b": shape(
        "qwen3moe", 48, 2048, 768, 32, 4, 128, 151936, 30532, experts=128, experts_used=8
    ),
    "yi-6b": shape("llama", 32, 4096, 11008, 32, 4, 128, 64000, 6061),
    "gemma3-4b": shape("gemma3", 34, 2560, 10240, 8, 4, 256, 262144, 3880, window=1024),
    "r1-32b": shape("qwen2", 64, 5120, 27648, 40, 8, 128, 152064, 32764),
}


def costs(name: str, quantisation: str = "Q4_K_M", *, mapped: bool = True) -> LlamaCosts:
    """A model in llama.cpp."""
    parts = estimated(SHAPES[name], quantisation)
    assert parts is not None
    return LlamaCosts(SHAPES[name], parts, mapped)


def needs(name: str, quantisation: str = "Q4_K_M", *, thinks: bool = True) -> Needs:
    """The same with the window that it should have."""
    return Needs(
        name=f"{name}:{quantisation.lower()}",
        engine="llamacpp",
        costs=costs(name, quantisation),
        least=8192 if thinks else 4096,
        usual=32768 if thinks else 16384,
        exact=True,
    )


def card(free: float, total: float | None = None, device: Device = Device.CUDA) -> Accelerator:
    """A graphics card with so many GiB."""
    return Accelerator(
        device=device,
        index=0,
        name="Some Card",
        total=int((total or free) * GIB),
        free=int(free * GIB),
        shared_memory=device is Device.METAL,
    )


def machine(free: float, *cards: Accelerator) -> Machine:
    """A computer with so many GiB of free memory."""
    host = Host(
        system="Linux",
        processor="",
        cores=8,
        memory_total=int(2 * free * GIB),
        memory_free=int(free * GIB),
    )
    return Machine(host, cards)
