"""Where a factor ends: no argument and no root runs into what is multiplied with it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing import layout as lay
from assistant.maths.showing.boxes import box
from assistant.maths.showing.latex import latex
from assistant.maths.showing.linear import flat
from assistant.maths.showing.notation import Notation
from assistant.maths.showing.notation_calls import BARE, TITLES

UPRIGHT = {TITLES.get(name, name) for name in BARE} | {"lg"}
SILENT = (lay.Role.TIMES, lay.Role.SPACED_TIMES)


@pytest.mark.parametrize(
    ("text", "line", "source"),
    [
        ("sqrt(tan(x)) * x * exp(x)", "√(tan x)·xeˣ", r"\sqrt{\tan x}\,xe^x"),
        ("sqrt(2) * x", "√2·x", r"\sqrt{2}\,x"),
        ("root(x, 3) * (y + 1)", "³√x·(y + 1)", r"\sqrt[3]{x}\,(y + 1)"),
        ("sqrt(x) * sin(x)", "√x·sin x", r"\sqrt{x} \sin x"),
        ("sqrt(2) * sqrt(3)", "√2·√3", r"\sqrt{2}\,\sqrt{3}"),
        ("3 * sqrt(2)", "3√2", r"3\sqrt{2}"),
        ("sin(x) * x", "sin(x) x", r"\sin(x)\,x"),
    ],
)
def test_a_root_is_parted_from_the_next_factor(text: str, line: str, source: str) -> None:
    expr = read_formula(text)
    assert flat(Notation()(expr)) == line
    assert latex(expr) == source


@pytest.mark.parametrize(
    ("text", "line"),
    [("(-1)*2", "(-1)·2"), ("(x + 1)*2", "(x + 1)·2"), ("(x + 1)*2^x", "(x + 1)·2ˣ"),
     ("2*(x + 1)", "2(x + 1)"), ("(x + 1)*y", "(x + 1)y")],
)  # fmt: skip
def test_a_digit_behind_a_bracket_does_not_look_like_a_power(text: str, line: str) -> None:
    assert flat(Notation()(read_formula(text))) == line


def test_a_root_is_parted_in_two_dimensions() -> None:
    drawn = box(Notation()(read_formula("sqrt(tan(x)) * x * exp(x)")))
    assert drawn.lines[-1] == "√tan x·xeˣ"


CALLS = st.sampled_from(["sin", "ln", "tan", "sqrt", "abs", "exp", "f", "factorial", "asin"])
LEAVES = st.one_of(
    st.integers(0, 12).map(t.integer), st.sampled_from(["x", "y", "alpha"]).map(t.Symbol)
)


def grown(inner: st.SearchStrategy[t.Expr]) -> st.SearchStrategy[t.Expr]:
    some = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        some.map(t.Mul),
        some.map(t.Mul),
        some.map(t.Add),
        inner.map(t.Neg),
        st.builds(t.Div, inner, inner),
        st.builds(t.Pow, inner, inner),
        st.builds(lambda name, arg: t.Call(name, (arg,)), CALLS, inner),
        inner.map(lambda arg: t.Call("root", (arg, t.integer(3)))),
    )


@settings(max_examples=300, deadline=None)
@given(st.recursive(LEAVES, grown, max_leaves=12))
def test_no_argument_and_no_root_runs_into_the_next_factor(expr: t.Expr) -> None:
    for row in rows(Notation()(expr)):
        for n, item in enumerate(row):
            following = row[n + 1 : n + 3]
            if len(following) < 2 or not silent(following[0]):
                continue
            assert not isinstance(item, lay.Radical)
            if n and row[n - 1] == lay.APPLY and not isinstance(item, lay.Fence):
                assert named(following[1])


def silent(shape: lay.Layout) -> bool:
    """Whether it is a product that a line of text does not show."""
    return isinstance(shape, lay.Sign) and shape.role in SILENT


def named(shape: lay.Layout) -> bool:
    """Whether it is the name of a function, which ends the argument before it."""
    base = shape.base if isinstance(shape, lay.Scripts) else shape
    return isinstance(base, lay.Atom) and base.text in UPRIGHT


def rows(shape: lay.Layout) -> list[tuple[lay.Layout, ...]]:
    """All rows of a shape."""
    match shape:
        case lay.Row(items):
            return [items, *(r for i in items for r in rows(i))]
        case lay.Fraction(num, den):
            return [*rows(num), *rows(den)]
        case lay.Radical(body, _) | lay.Fence(_, body, _):
            return rows(body)
        case lay.Scripts(base, sub, sup):
            return [r for part in (base, sub, sup) if part is not None for r in rows(part)]
    return []


@pytest.mark.parametrize(
    ("text", "line", "source"),
    [
        ("diff(x^2, x) * x", "(d/dx x²)x", r"\left( \frac{d}{dx}\,x^2 \right)x"),
        ("diff(x^2, x) * sin(x)", "(d/dx x²) sin x", r"\left( \frac{d}{dx}\,x^2 \right) \sin x"),
        ("limit(x^2, x, 0) * sin(x)", "(lim_(x→0) x²) sin x", ""),
        ("x * diff(x^2, x)", "x d/dx x²", r"x\,\frac{d}{dx}\,x^2"),
        ("diff(x^2, x) + 1", "d/dx x² + 1", r"\frac{d}{dx}\,x^2 + 1"),
    ],
)
def test_a_derivative_before_a_factor_stands_in_brackets(text: str, line: str, source: str) -> None:
    expr = read_formula(text)
    assert flat(Notation()(expr)) == line
    if source:
        assert latex(expr) == source
    drawn = "\n".join(box(Notation()(expr)).lines)
    assert (("(" in drawn) or ("⎛" in drawn)) == ("(" in line)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("sin(x/2)", "sin(x/2)"),
        ("2 * sin(x/2)^2", "2 sin²(x/2)"),
        ("ln(1/2)", "ln(1/2)"),
        ("log(1/8, 2)", "log₂(1/8)"),
        ("sin(x)/2", "(sin x)/2"),
        ("sum(1/k, k, 1, n)", "∑_(k=1)ⁿ 1/k"),
    ],
)
def test_on_one_line_a_fraction_stays_in_its_function(text: str, line: str) -> None:
    assert flat(Notation()(read_formula(text))) == line


@given(st.sampled_from(sorted({"sin", "cos", "tan", "ln"})), st.integers(1, 9), st.integers(2, 9))
def test_what_is_drawn_on_one_line_is_read_back_the_same(name: str, a: int, b: int) -> None:
    expr = read_formula(f"{name}({a}x/{b})")
    assert read_formula(flat(Notation()(expr))) == expr
