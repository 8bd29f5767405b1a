"""Models to take instead of one that is too large: its own smaller forms, then smaller models."""

from __future__ import annotations

from collections.abc import Iterator

from runtimes.types import ModelSpec, Shape, Thinking

SMALLEST = 10**8
"""Parameters; a model below that is for tests."""


def relatives(spec: ModelSpec, shape: Shape) -> tuple[ModelSpec, ...]:
    """Those of the shipped catalogue, the most capable first."""
    from runtimes.catalog import load_catalog

    catalog = load_catalog()
    found = list(_forms(spec, [e.spec(v) for e in catalog.entries for v in e.variants]))
    smaller = [
        entry.spec(variant)
        for entry in catalog.entries
        if (variant := entry.variant()) is not None and _is_smaller(entry.shape, shape)
    ]
    thinks = spec.defaults.thinking is not Thinking.NEVER
    smaller.sort(
        key=lambda m: (
            (m.defaults.thinking is not Thinking.NEVER) is not thinks,
            -(m.shape.parameters if m.shape else 0),
        )
    )
    return (*found, *smaller)


def _forms(spec: ModelSpec, every: list[ModelSpec]) -> Iterator[ModelSpec]:
    """The same model in fewer bits, in the same engine."""
    head = spec.id.partition(":")[0]
    sizes = {name: n for n, name in enumerate(_BY_BITS)}
    own = sizes.get(spec.quantisation.upper(), -1)
    forms = [
        m
        for m in every
        if m.id.partition(":")[0] == head
        and m.runtime == spec.runtime
        and 0 <= sizes.get(m.quantisation.upper(), -1) < own
    ]
    yield from sorted(forms, key=lambda m: -sizes[m.quantisation.upper()])


_BY_BITS = (
    "Q2_K", "Q3_K_S", "Q3_K_M", "Q3_K_L", "IQ4_XS", "Q4_0", "Q4_K_S", "Q4_K_M", "NF4", "Q5_K_S",
    "Q5_K_M", "Q6_K", "Q8_0", "INT8", "F16", "BF16", "F32",
)  # fmt: skip


def _is_smaller(shape: Shape | None, than: Shape) -> bool:
    return shape is not None and SMALLEST <= shape.parameters < than.parameters
