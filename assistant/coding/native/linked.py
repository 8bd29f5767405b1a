"""Linked nodes as examples write them: ``[1, 2, 3]``, and a tree level by level with ``null`` for
what is missing."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeVar

from assistant.coding.linked import LED_BACK
from assistant.coding.native.compound import ENDLESS_NODES, ONE_WAY_NODES
from assistant.coding.native.reading import BrokenError, Reader, UnfitError
from assistant.coding.native.slots import Kind, Sort

T = TypeVar("T")
ENDLESS = "nodes without end"
"""In place of nodes that lead back to themselves."""


def in_levels(items: list[ast.expr]) -> list[ast.expr | None] | None:
    """A tree level by level, without what is missing at its end; ``None`` where it is none."""
    found: list[ast.expr | None] = [None if is_nothing(item) else item for item in items]
    while found and found[-1] is None:
        found.pop()
    if found and found[0] is None:
        return None
    there = 0
    for place, item in enumerate(found):
        if place and (place - 1) // 2 >= there:
            return None  # below what is missing
        there += item is not None
    return found


def is_nothing(node: ast.expr) -> bool:
    """Is it ``null``?"""
    return isinstance(node, ast.Constant) and node.value is None


def nodes_told(
    kind: Kind, reader: Reader, value: Callable[[Kind, Reader], T]
) -> list[T | None] | str:
    """The nodes of an answer.  Raises ``BrokenError`` for what is none, and ``UnfitError`` where
    the links that lead back go another way."""
    assert kind.of is not None
    if kind.sort is Sort.CHAIN:
        size = reader.number()
        if size == ENDLESS_NODES:
            return ENDLESS
        if size == ONE_WAY_NODES:
            raise UnfitError(LED_BACK)
        if size > reader.rest:
            raise BrokenError
        return [value(kind.of, reader) for _ in range(size)]
    found: list[T | None] = []
    waiting = 1
    while waiting:
        there = reader.number()
        if there == ENDLESS_NODES:
            return ENDLESS
        waiting += 1 if there else -1
        found.append(value(kind.of, reader) if there else None)
    while found and found[-1] is None:
        found.pop()
    return found
