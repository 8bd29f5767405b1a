"""The code in an answer, as it can be run."""

from __future__ import annotations

from assistant.coding.blocks import blocks_of


def code_block(answer: str) -> str | None:
    """The first block within fences, without the indent of its fence; ``None`` where there is none.

    A block that is not closed goes to the end.
    """
    return next((block.text for block in blocks_of(answer)), None)
