"""Every formula and every solution that can be made is drawn, in every form."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from solutions import quadratic, unsafe

from assistant.maths import terms as t
from assistant.maths.showing.boxes import box, columns
from assistant.maths.showing.document import solution_latex
from assistant.maths.showing.fitting import fitted
from assistant.maths.showing.html import solution_html
from assistant.maths.showing.latex import latex
from assistant.maths.showing.look import Look
from assistant.maths.showing.markdown import solution_markdown
from assistant.maths.showing.mathml import mathml
from assistant.maths.showing.notation import Notation
from assistant.maths.showing.terminal import terminal_text
from assistant.maths.types import (
    Answer,
    Lang,
    Text,
)

X, Y, PI = t.Symbol("x"), t.Symbol("y"), t.Constant(t.ConstantName.PI)

NAMES = st.sampled_from(["x", "y", "alpha", "x_1", "speed", "\x1b[31m", "面积", "a\u202e"])
CALLS = (
    "sin ln sqrt abs floor factorial percent degrees plusminus exp transpose det log root diff "
    "integrate limit limit_left sum product union imageset conditionset piecewise mixed binomial "
    "mod max f y _ ∈ , ="
).split()
LEAVES = st.one_of(
    st.integers(-50, 50).map(t.integer),
    st.builds(t.Number, st.fractions(-9, 9, max_denominator=8)),
    st.builds(t.Number, st.integers(-99, 99).map(lambda v: Fraction(v, 10)), st.just(1)),
    NAMES.map(t.Symbol),
    st.sampled_from(list(t.ConstantName)).map(t.Constant),
    st.booleans().map(t.Truth),
)


def several(
    inner: st.SearchStrategy[t.Expr], low: int = 0
) -> st.SearchStrategy[tuple[t.Expr, ...]]:
    return st.lists(inner, min_size=low, max_size=4).map(tuple)


def grown(inner: st.SearchStrategy[t.Expr]) -> st.SearchStrategy[t.Expr]:
    return st.one_of(
        several(inner, 1).map(t.Add),
        several(inner, 1).map(t.Mul),
        inner.map(t.Neg),
        st.builds(t.Div, inner, inner),
        st.builds(t.Pow, inner, inner),
        st.builds(t.Call, st.sampled_from(CALLS), several(inner)),
        st.builds(t.Relation, st.sampled_from(list(t.Comparison)), inner, inner),
        st.builds(t.Junction, st.sampled_from(list(t.Connective)), several(inner)),
        st.builds(t.Collection, st.sampled_from(list(t.Bracket)), several(inner)),
        st.builds(t.Interval, inner, inner, st.booleans(), st.booleans()),
        several(inner, 1).map(lambda row: t.Matrix((row, row))),
    )


FORMULAS = st.recursive(LEAVES, grown, max_leaves=14)


@settings(max_examples=250, deadline=None)
@given(FORMULAS, st.integers(20, 100), st.sampled_from(list(Lang)))
def test_every_formula_is_drawn_within_the_width(expr: t.Expr, width: int, lang: Lang) -> None:
    shape = Notation(lang)(expr)
    lines = fitted(shape, width)
    assert max(map(columns, lines)) <= width
    unsafe("\n".join(lines))
    block = box(shape)
    assert len({columns(line) for line in block.lines}) == 1
    ET.fromstring(mathml(expr, lang))
    source = latex(expr, lang)
    unsafe(source)
    assert balanced(source)


def balanced(source: str) -> bool:
    depth = 0
    for sign in re.findall(r"\\.|[{}]", source):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    return depth == 0 and source.count(r"\left") - source.count(r"\leftarrow") == source.count(
        r"\right"
    )


@settings(max_examples=60, deadline=None)
@given(FORMULAS, FORMULAS, st.sampled_from(list(Lang)))
def test_every_solution_is_printed(before: t.Expr, after: t.Expr, lang: Lang) -> None:
    problem, solution = quadratic()
    odd = replace(
        solution,
        answer=Answer(value=after),
        steps=tuple(replace(s, before=before, after=after) for s in solution.steps),
        curves=(before, after),
        conditions=(Text("{0}", "{0}", (after,)),),
    )
    for width in (40, 80):
        text = terminal_text(problem, odd, Look(lang=lang, width=width, plot=True))
        assert max(map(columns, text.splitlines())) <= width
        unsafe(text)
    unsafe(solution_html(problem, odd, lang, plot=True))
    unsafe(solution_markdown(problem, odd, lang))
    unsafe(solution_latex(problem, odd, lang))


# what it costs, and whether TeX takes it -----------------------------------------
