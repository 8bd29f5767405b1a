"""Any LaTeX, and anything that is not LaTeX, is drawn: no exception, no ragged block."""

from __future__ import annotations

import itertools
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcwidth

from assistant.maths.showing.boxes import Box, columns
from assistant.maths.showing.tex import alphabets, commands, grids, shapes, symbols
from assistant.maths.showing.tex.pieces import Piece
from assistant.maths.showing.tex.reader import DEEPEST
from assistant.maths.showing.tex.tokens import tokens
from assistant.maths.showing.tex.typeset import LONGEST, NARROWEST, inline, typeset

NAMES = sorted(
    {*commands.HANDLERS, *symbols.LETTERS, *symbols.BINARIES, *symbols.RELATIONS, *symbols.BIG}
    | {*symbols.INTEGRALS, *symbols.NAMES, *symbols.SPACES, *symbols.IGNORED, *symbols.SIZES}
    | {"right", "end", "middle", "over", "choose", "foo", "limits"}
)
PIECES = st.one_of(
    st.sampled_from(NAMES).map(lambda name: f"\\{name} "),
    st.sampled_from(list("xyz12+-=(){}[]|^_&'~$,;/ \n")),
    st.sampled_from(
        ["\\\\", "\\left(", "\\right)", "\\{", "\\}", "{x}", "{1}", "速度", "\x1b[31m"]
    ),
    st.sampled_from(sorted(grids.ENVIRONMENTS)).map(lambda name: f"\\begin{{{name}}}"),
    st.sampled_from(sorted(grids.ENVIRONMENTS)).map(lambda name: f"\\end{{{name}}}"),
)
SOUP = st.lists(PIECES, max_size=40).map("".join)

LEAVES = st.sampled_from(["x", "12", "\\alpha", "\\sin x", "\\text{若 }", "-y", "\\foo{a}", "a=b"])


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.sampled_from(
        """\\sqrt{%} \\hat{%} \\overline{%} \\boxed{%} \\left(%\\right] (%) \\underbrace{%}_{n}
        \\sum_{%}^{n} \\int_{%}^{1} \\lim_{%} |%| \\mathbb{%} \\cancel{%} \\left\\{%\\right. {%}
        \\text{设$%$} \\xrightarrow{%} \\phantom{%} \\overset{%}{=} \\abs{%}""".split()
    )
    two = st.sampled_from(
        """\\frac{%}{%} {%}^{%} {%}_{%} %+% \\binom{%}{%} \\sqrt[%]{%} {%\\over{%}}
        \\begin{pmatrix}%&%\\\\1\\end{pmatrix} \\begin{cases}%&%\\\\1&2\\end{cases}
        \\begin{aligned}%&=%\\\\&=2\\end{aligned}
        \\left\\{%\\middle|%\\right\\} \\underset{%}{%}""".split()
    )
    return st.one_of(
        st.builds(lambda form, a: form.replace("%", a), one, inner),
        st.builds(lambda form, a, b: form.replace("%", a, 1).replace("%", b), two, inner, inner),
    )


FORMULAS = st.recursive(LEAVES, grown, max_leaves=8)


def blocks(piece: Piece) -> list[Box]:
    return [piece.box, *(box for part in (*piece.parts, *piece.rows) for box in blocks(part))]


def sound(source: str, width: int) -> None:
    formula = typeset(source)
    lines = formula.lines(width)
    assert lines
    assert max(map(columns, lines)) <= max(width, NARROWEST)
    assert "\n" not in inline(source)
    for text in (*lines, formula.line):
        assert not {unicodedata.category(c) for c in text} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    if formula.piece is None:
        return
    for block in blocks(formula.piece):
        assert len({columns(line) for line in block.lines}) == 1
        assert 0 <= block.baseline < block.height


@settings(max_examples=120, deadline=None)
@given(SOUP, st.integers(1, 120))
def test_a_soup_of_commands_is_drawn(source: str, width: int) -> None:
    sound(source, width)


@settings(max_examples=50, deadline=None)
@given(FORMULAS, st.integers(10, 120))
def test_a_formula_is_drawn_and_none_is_shown_as_its_source(source: str, width: int) -> None:
    sound(source, width)
    assert typeset(source).piece is not None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.integers(1, 60))
@example("\x1b]8;;http://x\x07$", 20)
@example("\u202eabc\u2066", 20)
def test_any_text_is_drawn_harmless(source: str, width: int) -> None:
    sound(source, width)


@settings(max_examples=50)
@given(SOUP)
def test_the_tokens_are_the_source(source: str) -> None:
    found = tokens(source)
    assert "".join(source[t.start : t.end] for t in found) == source
    assert all(a.end == b.start for a, b in itertools.pairwise(found))


def test_an_unknown_command_stays_as_typed() -> None:
    assert inline(r"\foo[2]{a + b}{c} + \unknown x") == r"\foo[2]{a + b}{c} + \unknown x"


@pytest.mark.parametrize(
    "source",
    [r"\frac{1}", "{", "}", "x^", "a^b^c", r"\left(x", r"\right)", r"\begin{pmatrix}", r"\end{x}"],
)
def test_what_is_not_latex_is_its_source(source: str) -> None:
    formula = typeset(source)
    assert formula.piece is None
    assert formula.lines(80) == (source,)
    assert formula.line == source


def test_lines_of_a_bad_source_are_kept() -> None:
    assert typeset("\\frac{1\n + 2").lines(80) == ("\\frac{1", " + 2")


DEEP = {
    name: (opening * 1000 + "x" + closing * 1000)[: LONGEST - 1]
    for name, (opening, closing) in {
        "braces": ("{", "}"),
        "brackets": ("(", ")"),
        "fences": (r"\left(", r"\right)"),
        "fractions": (r"\frac1{", "}"),
        "bare fractions": (r"\frac", ""),
        "roots": (r"\sqrt[", "]{2}"),
        "exponents": ("x^{", "}"),
        "hats": (r"\hat", ""),
        "words": (r"\text{$", "$}"),
        "environments": (r"\begin{cases}", r"\end{cases}"),
        "negations": (r"\not", ""),
        "unknown": (r"\begin{foo}", r"\end{foo}"),
    }.items()
}
LONG = {
    "a megabyte": "x" * 1_000_000,
    "a megabyte of braces": "{" * 1_000_000,
    "a megabyte of commands": r"\frac" * 200_000,
    "bars": "|" * (LONGEST - 1),
    "rows": r"a\\" * (LONGEST // 3),
    "cells": "a&" * (LONGEST // 2),
    "a wide row over many": "x" * 4000 + r"\\ 1" * 900,
    "wide boxes": r"\boxed{" * DEEPEST + "x" * 1900 + "}" * DEEPEST,
    "primes": "x" + "'" * (LONGEST - 1),
    "spaces": "x" + " " * (LONGEST - 10) + "^2",
    "marks": "x" + "\u0301" * (LONGEST - 1),
    "limits": r"\limits" * (LONGEST // 8) + "x",
}


@pytest.mark.parametrize("name", [*DEEP, *LONG])
def test_hostile_formulas_take_no_long_time(name: str) -> None:
    source = {**DEEP, **LONG}[name]
    typeset.cache_clear()
    begun = time.process_time()
    sound(source, 80)
    assert time.process_time() - begun < 3  # the checks take most of it; a square would be hours


def test_the_time_is_linear_in_the_source() -> None:
    def cost(times: int) -> float:
        typeset.cache_clear()
        begun = time.process_time()
        for k in range(3):
            typeset(r"\frac{a_1}{b^2} + \sqrt{x} " * times + str(k))
        return time.process_time() - begun

    cost(10)
    assert cost(80) < 8 * cost(20)


def test_a_terminal_gives_every_sign_the_columns_that_we_count() -> None:
    tables = [symbols.LETTERS, symbols.BINARIES, symbols.RELATIONS, symbols.DELIMITERS]
    tables += [symbols.BIG, symbols.INTEGRALS, alphabets.RAISED, alphabets.LOWERED]
    tables += [alphabets.ACCENTS, alphabets.STRIKES, alphabets.MARKS, alphabets.VULGAR]
    signs = {char for table in tables for text in table.values() for char in text}
    signs |= {char for table in alphabets.ALPHABETS.values() for char in table.values()}
    signs |= {char for text in shapes.BRACKETS.values() for char in text}
    assert [c for c in sorted(signs) if not columns(c) == wcwidth(c) == cell_len(c)] == []


def test_small_print_is_only_what_has_small_letters() -> None:
    assert inline("x^{n-1}") == "xⁿ⁻¹"
    assert inline("a_{n+1}") == "aₙ₊₁"
    assert inline("x^{ab+cd+ef}") == "x^(ab+cd+ef)"
    assert inline("a_{b}") == "a_b"
    assert inline("x^{q}") == "x^q"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (r"\frac{a}{b}", "a/b"),
        (r"\frac{a+1}{b}", "(a + 1)/b"),
        (r"\frac{a}{2b}", "a/(2b)"),
        (r"x\frac{a}{b}", "x(a/b)"),
        (r"\frac{a}{b} + c", "a/b + c"),
        (r"\frac{a}{b} \div c", "(a/b) ÷ c"),
        (r"\left(\frac{a}{b}\right)^2", "(a/b)²"),
        (r"{\frac{a}{b}}^2", "(a/b)²"),
        (r"\frac{1}{2}x", "½x"),
        (r"3 \cdot \frac{a}{b}", "3·(a/b)"),
        (r"\sqrt{x+1}", "√(x + 1)"),
        (r"\frac{\frac{a}{b}}{c}", "a/b/c"),
        (r"\frac{a}{\frac{b}{c}}", "a/(b/c)"),
        (r"\frac{\sin x}{2}", "(sin x)/2"),
        (r"\sin\frac{x}{2}", "sin (x/2)"),
        (r"x\sqrt[3]{y}", "x ³√y"),
        ("2^{2^n}", "2^(2ⁿ)"),
        (r"\sqrt{2}x + \sqrt{2}\sqrt{3}", "√2 x + √2 √3"),
        (r"\sqrt{2}^2 + \sqrt{x+1}y", "(√2)² + √(x + 1)y"),
        (r"\frac{\sqrt{3}}{\sqrt{2}}", "√3/√2"),
        (r"\sqrt{2}(x+1)", "√2(x + 1)"),
        (r"A^{\top} + x^{}_{}", "Aᵀ + x"),
        (r"\begin{cases} x = 1, \\ y = 2. \end{cases}", "{x = 1; y = 2."),
    ],
)
def test_one_line_says_the_same_as_two_dimensions(source: str, line: str) -> None:
    assert inline(source) == line
