"""Reads what was asked for: ``O(n)``, ``O(n log n)``, ``O(n^2)``."""

from __future__ import annotations

from assistant.coding.growth.types import Order


def read_order(text: str) -> Order | None:
    """The class that ``O(n log n)`` or ``n*log(n)`` means; ``None`` where it is none of ours."""
    raise NotImplementedError


def asked_in(text: str) -> Order | None:
    """The class that a question asks for (``in O(n) time``); ``None`` where it asks for none or
    for several, or speaks of memory alone."""
    raise NotImplementedError
