"""Every printer over hand-made solutions, byte for byte.

``UPDATE_GOLDEN=1 pytest tests/unit/test_showing_golden.py`` writes the files anew; look at
the difference before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from solutions import SOLUTIONS, Pair

from assistant.maths.showing.boxes import columns
from assistant.maths.showing.document import solution_latex
from assistant.maths.showing.html import solution_html
from assistant.maths.showing.look import Look
from assistant.maths.showing.markdown import solution_markdown
from assistant.maths.showing.page_style import STYLE
from assistant.maths.showing.terminal import terminal_text
from assistant.maths.types import Lang

GOLDEN = Path(__file__).parent / "golden"
WIDTHS = (40, 80, 100)


def terminal(pair: Pair, lang: Lang) -> str:
    pages = []
    for width in WIDTHS:
        text = terminal_text(*pair, Look(lang=lang, width=width, plot=width == 80))
        assert all(columns(line) <= width for line in text.splitlines())
        pages.append(f"{'=' * width}\n{text}")
    return "".join(pages)


def page(pair: Pair, lang: Lang) -> str:
    """Without the style sheet, which is the same on every page."""
    return solution_html(*pair, lang, plot=True).replace(STYLE, "")


PRINTERS: dict[str, Callable[[Pair, Lang], str]] = {
    "txt": terminal,
    "tex": lambda pair, lang: solution_latex(*pair, lang),
    "md": lambda pair, lang: solution_markdown(*pair, lang),
    "html": page,
}


@pytest.mark.parametrize("suffix", PRINTERS)
@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("name", SOLUTIONS)
def test_a_solution_is_printed_as_before(name: str, lang: Lang, suffix: str) -> None:
    text = PRINTERS[suffix](SOLUTIONS[name](), lang)
    path = GOLDEN / f"{name}_{lang.value}.{suffix}"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
