"""LaTeX drawn for a terminal, character for character.

Each file of ``golden/tex`` holds formulas: the source after ``===``, the formula on one line
after ``---``, then in two dimensions, then within 24 columns.  ``UPDATE_GOLDEN=1 pytest
tests/unit/test_tex_golden.py`` draws them anew; look at the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.maths.showing.boxes import columns
from assistant.maths.showing.tex.typeset import typeset

GOLDEN = sorted((Path(__file__).parent / "golden" / "tex").glob("*.txt"))
SOURCE = "=== "
WIDE, NARROW = 100, 24


def drawn(source: str) -> str:
    formula = typeset(source)
    wide, narrow = formula.lines(WIDE), formula.lines(NARROW)
    assert all(columns(line) <= WIDE for line in wide)
    assert all(columns(line) <= NARROW for line in narrow)
    again = [] if narrow == wide else [f"--- {NARROW}", *narrow]
    verbatim = " (as typed)" if formula.piece is None else ""
    return "\n".join([SOURCE + source, f"--- {formula.line}{verbatim}", *wide, *again, ""]) + "\n"


def sources(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line.removeprefix(SOURCE) for line in lines if line.startswith(SOURCE)]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_formulas_are_drawn_as_before(path: Path) -> None:
    text = "".join(map(drawn, sources(path)))
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_the_golden_files_hold_many_formulas() -> None:
    assert sum(len(sources(path)) for path in GOLDEN) >= 60
