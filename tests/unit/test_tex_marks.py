"""Where mathematics begins and ends in Markdown: money is none, code is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.rendering.maths import Source
from tui.rendering.parser import markdown_parser


def found(text: str) -> list[str]:
    """The LaTeX of all formulas, a display in brackets."""
    out = []
    for token in markdown_parser().parse(text):
        for part in [token, *(token.children or [])]:
            source = part.meta.get("source")
            if isinstance(source, Source):
                tex = (source.tex or "…").strip()
                out.append(f"[{tex}]" if source.display else tex)
    return out


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$5 and $7", []),
        ("It costs $5, or $7.50, or US$6.", []),
        ("$20k/$30k and $5-$7", []),
        (r"\$x$ and $y\$", []),
        ("a $ x $ b", []),
        ("$x $ and $ y$", []),
        ("$x$5", []),
        ("`$x$` and ``$$y$$``", []),
        ("$5 and `$x`", []),
        ("$`5` and $`6`", []),
        (r"\$`x`$", []),
        ("```\n$x$\n```", []),
        ("    $x$ in code", []),
        ("$a\n\nb$", []),
        ("$$a\n\nb$$\n\nc", []),
        ("$$$$ and $$ $$\n\nc", []),
        ("\\[ a\n\n\\[ b \\]", ["[b]"]),
        (r"\\(x\\) and \\[y\\]", []),
        ("$x$", ["x"]),
        (r"by $`2`$, **so** $`\frac{1}{2}`$. `code`", ["2", r"\frac{1}{2}"]),
        ("so $x^2$, the $n$th, ($y$)", ["x^2", "n", "y"]),
        ("$5 and $x$", ["x"]),
        ("$20 is $x$ dollars", ["x"]),
        (r"price \$5, $x = 5$", ["x = 5"]),
        (r"$ \frac{1}{2} $", [r"\frac{1}{2}"]),
        (r"$\$5 + x$", [r"\$5 + x"]),
        ("$a\nb$", ["a\nb"]),
        (r"\(x\) 和 \(y\)", ["x", "y"]),
        ("是$x$的", ["x"]),
        (r"$a_1 * b * c_2$ and *d*", ["a_1 * b * c_2"]),
        ("$$x$$", ["[x]"]),
        ("$$\nx\n= y\n$$", ["[x\n= y]"]),
        ("text $$x$$ text", ["[x]"]),
        ("text\n$$\nx\n- y\n$$\ntext $z$", ["[x\n- y]", "z"]),
        ("\\[\n\\begin{a} x \\\\[2ex] y \\end{a}\n\\]", ["[\\begin{a} x \\\\[2ex] y \\end{a}]"]),
        ("\\[ a\n\nb \\]", ["[a\n\nb]"]),
        ("\\begin{align*}\na &= b\n\\end{align*}", ["[\\begin{align*}\na &= b\n\\end{align*}]"]),
        ("\\begin{itemize} x \\end{itemize}", []),
        ("- a\n  $$\n  x\n  $$\n- \\(y\\)", ["[x]", "y"]),
        ("> $$\n> x\n> $$", ["[x]"]),
        ("# $x$", ["x"]),
        ("| a |\n|---|\n| $x$ |", ["x"]),
        (r"**Answer:** \boxed{\frac{1}{2}} or **$x$**", [r"\boxed{\frac{1}{2}}", "x"]),
        ("[$x$](http://y)", ["x"]),
        (r"half \(\frac{a}{", ["…"]),
        ("half\n\n\\[\n\\frac{a}{", ["[…]"]),
        ("half \\(a\n\nnext", []),
        ("\\[ a\n\n# Heading", []),
        ("\\[ a\n\n" + "b\n\n" * 60, []),
    ],
)
def test_formulas_are_found_and_money_is_not(text: str, formulas: list[str]) -> None:
    assert found(text) == formulas


def test_what_is_left_is_ordinary_markdown() -> None:
    tokens = markdown_parser().parse("a *b* if x <b and c> d, $5 [\\(x\\)](http://y) &lt; &#x202e;")
    children = tokens[1].children or []
    assert [c.type for c in children if c.nesting == 1] == ["em_open", "link_open"]
    text = "".join(c.content for c in children)
    assert text == "a b if x <b and c> d, $5 x < �"


@pytest.mark.parametrize(
    "text",
    ["$" * 20_000, "\\[" * 9_000, "\\(" * 9_000, "\\[\n" * 4_000, "\\begin{align}\n" * 1_500,
     "\\boxed{" * 3_000, "$$x\n" * 4_000, "$a\\" * 9_000, "$$" + "x" * 1_000_000],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_marks_that_never_close_take_no_long_time(text: str) -> None:
    begun = time.process_time()
    markdown_parser().parse(text)
    assert time.process_time() - begun < 5


WORDS = "$ $$ \\( \\) \\[ \\] x 5 ` * - > \\ \\begin{align} \\end{align} \\boxed{ } | --- 1. # ```"
BREAKS = [" ", "\n", "\n\n", "\n- ", "\n> ", "\n1. ", "\n```\n", "    "]
MARKS = st.sampled_from([*WORDS.split(), *BREAKS])


@settings(max_examples=150, deadline=None)
@given(st.lists(MARKS, max_size=30).map("".join))
def test_any_text_is_parsed(text: str) -> None:
    tokens = markdown_parser().parse(text)
    assert sum(token.nesting for token in tokens) == 0
    assert all(token.children is None or token.type == "inline" for token in tokens)
