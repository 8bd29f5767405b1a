"""Formulas in an exported page: drawn, with their source, and nothing but text."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.history.formulas import claim_of, page_of, pieces


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"so $x = \frac{16}{3}$.", [r"x = \frac{16}{3}"]),
        ("a $$x^2$$ b \\[y\\] c \\(z\\) $`w`$", ["x^2", "y", "z", "w"]),
        ("$$\nx\n= 1\n$$", ["\nx\n= 1\n"]),
        ("it costs $5 and $10 today", []),
        ("from $5 to 10$ each", ["5 to 10"]),
        ("code `$x$` and\n```\n$y$\n```\nend", []),
        (r"escaped \$x\$, open $x and \[ never", []),
        ("中文$x=1$，$y=2$。", ["x=1", "y=2"]),
        ("$x\ny$", []),
    ],
)
def test_where_formulas_are(text: str, found: list[str]) -> None:
    assert [piece.tex for piece in pieces(text) if piece.tex is not None] == found
    assert "".join(piece.text for piece in pieces(text)) == text


def test_a_formula_is_drawn_and_keeps_its_source() -> None:
    page = page_of(r"The solution is $\boxed{x = \frac{16}{3}}$.")
    assert "x = 16/3" in page
    assert r'aria-label="\boxed{x = \frac{16}{3}}"' in page
    assert "$" not in page
    assert page_of(r"\[\frac{1}{2}\]").startswith('<pre role="math"')
    assert "─" in page_of(r"\[\frac{1}{2}\]")


def test_a_claim_may_be_latex_without_marks() -> None:
    assert ">x = 16/3<" in claim_of(r"x = \frac{16}{3}")
    assert claim_of("x < 3 is not so") == "x &lt; 3 is not so"


def test_what_cannot_be_drawn_stays_as_it_was_written() -> None:
    assert page_of("$" + "{" * 3000 + "$") == "$" + "{" * 3000 + "$"


@pytest.mark.parametrize("opening", ["$$", "\\[", "\\(", "$`", "`", "$x ", "```"])
def test_marks_without_an_end_take_no_time(opening: str) -> None:
    text = opening * 60_001
    assert "".join(piece.text for piece in pieces(text)) == text


SIGNS = st.lists(
    st.sampled_from([*"$`\\()[]x^2<>&\"'\n {}", "\\frac", "$$", "中"]), max_size=60
).map("".join)


@given(SIGNS)
def test_a_page_holds_no_markup_of_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text
    tags = re.findall(r"<(/?\w*)", page_of(text))
    assert set(tags) <= {"span", "/span", "pre", "/pre"}
    values = re.findall(r'="([^"]*)"', page_of(text))
    assert all("<" not in html.unescape(value) or "&lt;" in value for value in values)
