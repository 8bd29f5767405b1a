"""A formula that stands by itself, in two dimensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token
from rich.segment import Segment
from textual.css.styles import RulesMap
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Markdown
from textual.widgets._markdown import MarkdownBlock

from assistant.maths.showing.boxes import columns
from assistant.maths.showing.tex.typeset import Formula as Set
from assistant.maths.showing.tex.typeset import typeset
from tui.pictures.shows import Formula, left, studio_of
from tui.rendering.maths import Source
from tui.words import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class FormulaVisual(Visual):
    """Draws a formula in the middle of the width, or its source at the left.

    Half a formula, and one that is not LaTeX, is its source with its marks.
    """

    def __init__(
        self,
        source: Source,
        *,
        flat: bool = False,
        picture: Callable[[int], Sequence[str] | None] | None = None,
    ) -> None:
        """``flat``: on one line, for a screen reader.  ``picture`` gives the cells of a picture
        within so many columns, or ``None``."""
        self.source = source
        self._flat = flat
        self._picture = picture
        found = None if source.tex is None else typeset(source.tex)
        self._drawn = found is not None and found.piece is not None
        self._formula = found if found and self._drawn else Set(harmless(source.text), None)
        self._width = 0
        self._lines: Sequence[str] = ()

    def lines(self, width: int) -> Sequence[str]:
        """The lines within so many columns."""
        if width != self._width or not self._lines:
            self._width, self._lines = width, self._placed(width)
        return self._lines

    def _placed(self, width: int) -> Sequence[str]:
        picture = self._picture(width) if self._drawn and self._picture else None
        lines = picture or self._formula.lines(width, flat=self._flat)
        if not self._drawn or self._flat:
            return lines
        indent = max(width - max(map(columns, lines)), 0) // 2
        return [" " * indent + line for line in lines]

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines as Textual draws them; a selection takes the formula as a whole."""
        if options.selection is not None and options.selection_style is not None:
            style += options.selection_style
        strips = [
            Strip([Segment(line, style.rich_style)])
            .adjust_cell_length(width, style.rich_style)
            .apply_offsets(0, n)
            for n, line in enumerate(self.lines(width))
        ]
        return strips if height is None else strips[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        """As wide as the formula in text."""
        return min(self._formula.width, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        """As high as the formula is within a width."""
        return len(self.lines(width))


class FormulaBlock(MarkdownBlock):
    """A formula in an answer; copying it gives its source."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    FormulaBlock {
        width: 1fr;
        height: auto;
        margin: 0 0 1 0;
    }
    """

    def __init__(self, markdown: Markdown, token: Token, *, flat: bool = False) -> None:
        super().__init__(markdown, token)
        self.formula: Source = token.meta["source"]
        self._flat = flat
        self._show()

    def _show(self) -> None:
        self.update(FormulaVisual(self.formula, flat=self._flat, picture=self._picture))

    def _picture(self, width: int) -> Sequence[str] | None:
        studio, source = studio_of(self.app), self.formula
        if studio is None or source.tex is None or self._flat:
            return None
        return studio.lines(Formula(source.tex, tex=True, copied=source.text), width, self)

    def pictures_came(self) -> None:
        """Draw it as a picture now, or as text again."""
        self._show()

    def on_unmount(self) -> None:
        """Its picture is not needed any more."""
        left(self, self.app)

    def take(self, block: FormulaBlock) -> None:
        """Show the formula of another block."""
        self._copy_context(block)
        if self.formula != block.formula:
            left(self, self.app)
            self.formula = block.formula
            self._show()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:  # noqa: ARG002
        """The source, whatever part of the drawing is selected."""
        return self.formula.text, "\n"
