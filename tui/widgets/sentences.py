"""Paragraphs and headings in which formulas are drawn on the line and copied as their source."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from markdown_it.token import Token
from textual.content import Content
from textual.css.styles import RulesMap
from textual.geometry import Offset
from textual.selection import Selection
from textual.widgets._markdown import (
    MarkdownBlock,
    MarkdownH1,
    MarkdownH2,
    MarkdownH3,
    MarkdownH4,
    MarkdownH5,
    MarkdownH6,
    MarkdownParagraph,
)

from tui.rendering.maths import Source

RULES: RulesMap = {}
"""A paragraph is wrapped and folded as Textual does by itself."""

if TYPE_CHECKING:
    _Block = MarkdownBlock
else:
    _Block = object  # Textual takes the style of a class from its first base that is a widget


class SourceSelection(_Block):
    """A block whose formulas are copied as they were written."""

    @property
    def words(self) -> Content:
        """What is drawn of it."""
        return self._content

    def restyle(self, style: Callable[[Content], Content]) -> bool:
        """Give the words another style, before they are shown; whether they have one."""
        old, self._content = self._content, style(self._content)
        return self._content is not old

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text; a formula that is selected in part is there as a whole."""
        plain = self._content.plain
        start = _place(plain, selection.start, 0)
        end = _place(plain, selection.end, len(plain))
        out: list[str] = []
        at = start
        for first, last, source in self._formulas():
            if last <= start or first >= end:
                continue
            out += [plain[at:first], source] if first > at else [source]
            at = last
        return "".join([*out, plain[at:end]]), "\n"

    def take(self, block: SourceSelection) -> None:
        """Show the text of another block."""
        self._copy_context(block)
        self._inline_token = block._inline_token
        content = block._content
        if self._content.is_same(content):
            return
        self._content = content
        self.update(content, layout=self._grows(content))

    def _grows(self, content: Content) -> bool:
        """Whether the screen has to be laid out anew: most words of a growing paragraph fit on
        its last line, and a layout costs more than all the rest."""
        width, height = self.content_size
        if not width or self.styles.is_auto_width:
            return True
        return content.get_height(RULES, width) != height

    def _formulas(self) -> list[tuple[int, int, str]]:
        """Where formulas begin and end in the drawn text, and their sources."""
        out: list[tuple[int, int, str]] = []
        at = 0
        token = self._inline_token
        for child in (token.children if token is not None else None) or ():
            if child.nesting:
                continue  # the beginning or the end of a style
            alone = Token("inline", "", 0, children=[child])
            length = len(self._token_to_content(alone).plain)
            source = child.meta.get("source")
            if isinstance(source, Source):
                out.append((at, at + length, source.text))
            at += length
        return out


def _place(text: str, offset: Offset | None, default: int) -> int:
    """A place of a selection, which counts lines and characters, in the text."""
    if offset is None:
        return default
    start = 0
    for _ in range(offset.y):
        end = text.find("\n", start)
        if end < 0:
            return len(text)
        start = end + 1
    return min(start + max(offset.x, 0), len(text))


class Paragraph(SourceSelection, MarkdownParagraph):
    """A paragraph."""


class H1(SourceSelection, MarkdownH1):
    """A heading of the first order."""


class H2(SourceSelection, MarkdownH2):
    """A heading of the second order."""


class H3(SourceSelection, MarkdownH3):
    """A heading of the third order."""


class H4(SourceSelection, MarkdownH4):
    """A heading of the fourth order."""


class H5(SourceSelection, MarkdownH5):
    """A heading of the fifth order."""


class H6(SourceSelection, MarkdownH6):
    """A heading of the sixth order."""
