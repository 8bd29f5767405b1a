"""Blocks of a text that grows, changed in place.

Textual's own blocks are filled when they are made; what is reached into here is what its
``Markdown`` reaches into to do the same for a paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets._markdown import (
    MarkdownBlock,
    MarkdownBlockQuote,
    MarkdownBullet,
    MarkdownFence,
    MarkdownList,
    MarkdownListItem,
    MarkdownTable,
    MarkdownTableContent,
)

from tui.widgets.formula import FormulaBlock
from tui.widgets.sentences import SourceSelection


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
        case MarkdownList(), MarkdownList():
            return await _lengthened(old, new)
        case MarkdownTable(), MarkdownTable():
            if not any(content.rows for content in old.query_children(MarkdownTableContent)):
                return False
            await old._update_from_block(new)  # noqa: SLF001
        case _:
            return False
    return True


async def _lengthened(old: MarkdownList, new: MarkdownList) -> bool:
    """Make a list show the items of a longer one: only its last item can have changed."""
    items = [block for block in new._blocks if isinstance(block, MarkdownListItem)]  # noqa: SLF001
    inside = [list(item._blocks) for item in items]  # noqa: SLF001
    rows = list(old.query_children(Horizontal))
    if not rows or len(rows) > len(items):
        return False
    made = [row for row in new.compose() if isinstance(row, Horizontal)]
    body = next(iter(rows[-1].query_children(Vertical)), None)
    if body is None:  # it is being taken off the screen
        return False
    blocks = list(body.query_children(MarkdownBlock))
    await changed(body, blocks, inside[len(rows) - 1])
    if len(made) > len(rows):
        await old.mount_all(made[len(rows) :])
        _aligned(old)
    return True


def _aligned(shown: MarkdownList) -> None:
    """Numbers of a list as wide as the widest: the tenth item widens those before it."""
    rows = shown.query_children(Horizontal)
    bullets = [bullet for row in rows for bullet in row.query_children(MarkdownBullet)]
    width = max((len(bullet.symbol) for bullet in bullets), default=0)
    for bullet in bullets:
        if len(bullet.symbol) < width and bullet.symbol.strip()[:1].isdigit():
            bullet.symbol = bullet.symbol.rjust(width)
