"""Blocks of a text that grows, changed in place.

Textual's own blocks are filled when they are made; what is reached into here is what its
``Markdown`` reaches into to do the same for a paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets._markdown import (
    MarkdownBlock,
    MarkdownBlockQuote,
    MarkdownBullet,
    MarkdownFence,
)

from tui.widgets.formula import FormulaBlock
from tui.widgets.items import Items, Listed, Row
from tui.widgets.sentences import SourceSelection
from tui.widgets.table import Table


async def changed(
    parent: Widget, old: Sequence[MarkdownBlock], new: Sequence[MarkdownBlock]
) -> list[MarkdownBlock]:
    """Make the last children of a widget show new blocks; the blocks that it then has there."""
    kept: list[MarkdownBlock] = []
    for before, after in zip(old, new, strict=False):
        if not await _takes(before, after):
            break
        before.source_range = after.source_range
        kept.append(before)
    for block in old[len(kept) :]:
        await block.remove()
    fresh = new[len(kept) :]
    if fresh:
        await parent.mount_all(fresh)
    return [*kept, *fresh]


async def _takes(old: MarkdownBlock, new: MarkdownBlock) -> bool:
    """Whether a block could be made to show what another one would."""
    if type(old) is not type(new):
        return False
    match old, new:
        case FormulaBlock(), FormulaBlock():
            old.take(new)
        case SourceSelection(), SourceSelection():
            old.take(new)
        case MarkdownFence(), MarkdownFence():
            if (old.code, old.lexer) != (new.code, new.lexer):
                await old._update_from_block(new)  # noqa: SLF001
        case MarkdownBlockQuote(), MarkdownBlockQuote():
            await changed(old, list(old.query_children(MarkdownBlock)), new._blocks)  # noqa: SLF001
        case Listed(), Listed():
            return await _lengthened(old, new)
        case Table(), Table():
            old.take(new)
        case _:
            return False
    return True


async def _lengthened(old: Listed, new: Listed) -> bool:
    """Make a list show the items of a longer one: only what stands last in it can have changed."""
    shown = [child for child in old.children if isinstance(child, Items | Row)]
    made = list(new.rows())
    kept = 0
    for before, after in zip(shown, made, strict=False):
        if not await _row_takes(before, after, last=before is shown[-1]):
            break
        kept += 1
    if not kept:
        return False
    for row in shown[kept:]:
        await row.remove()
    if made[kept:]:
        await old.mount_all(made[kept:])
    return True


async def _row_takes(old: Items | Row, new: Items | Row, *, last: bool) -> bool:
    match old, new:
        case Items(), Items():
            old.take(new)
        case Row(), Row():
            for bullet in old.query_children(MarkdownBullet):
                bullet.symbol = new.symbol  # the tenth number widens those before it
            body = next(iter(old.query_children(Vertical)), None)
            if body is None:  # it is being taken off the screen
                return False
            if last:
                await changed(body, list(body.query_children(MarkdownBlock)), new.blocks)
        case _:
            return False
    return True
