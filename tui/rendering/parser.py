"""The Markdown of answers."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt

from tui.rendering.maths import maths


@lru_cache(maxsize=1)
def markdown_parser() -> MarkdownIt:
    """One parser for all: to make one takes longer than to read a paragraph.

    GitHub's Markdown with mathematics; no raw HTML is understood, which would swallow ``a <b> c``,
    and no bare word is made a link.
    """
    parser = MarkdownIt("gfm-like", {"linkify": False, "html": False})
    maths(parser)
    return parser
