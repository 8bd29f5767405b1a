"""What is printed as plain text is read again to the same value."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.reading.formulas.formula import read_formula, read_prefix, read_statements
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.plain import plain
from assistant.maths.terms import (
    Add,
    Bracket,
    Call,
    Collection,
    Comparison,
    Connective,
    Constant,
    ConstantName,
    Div,
    Expr,
    Interval,
    Junction,
    Matrix,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
    children,
    rebuild,
)

POINT = {"x": Fraction(3, 7), "y": Fraction(-5, 2), "a": Fraction(11, 3), "x_1": Fraction(2)}
numbers = st.one_of(
    st.integers(-20, 999).map(lambda n: Number(Fraction(n))),
    st.tuples(st.integers(0, 9999), st.integers(1, 4)).map(
        lambda p: Number(Fraction(p[0], 10 ** p[1]), p[1])
    ),
)
names = st.sampled_from(sorted(POINT)).map(Symbol)


def _arithmetic(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    few = st.lists(inner, min_size=2, max_size=3).map(tuple)
    small = st.integers(-3, 3).map(
        lambda n: Neg(Number(Fraction(-n))) if n < 0 else Number(Fraction(n))
    )
    return st.one_of(
        few.map(Add),
        few.map(Mul),
        inner.map(Neg),
        st.tuples(inner, inner).map(lambda p: Div(*p)),
        st.tuples(inner, small).map(lambda p: Pow(*p)),
        inner.map(lambda e: Call("abs", (e,))),
        inner.map(lambda e: Call("percent", (e,))),
        st.integers(1, 9).map(
            lambda n: Call("mixed", (Number(Fraction(n)), Number(Fraction(1)), Number(Fraction(3))))
        ),
    )


arithmetic = st.recursive(st.one_of(numbers, names), _arithmetic, max_leaves=12)


def _value(expr: Expr) -> Fraction:
    match expr:
        case Number(value):
            return value
        case Symbol(name):
            return POINT[name]
        case Add(terms):
            return sum(map(_value, terms), Fraction(0))
        case Mul(factors):
            product = Fraction(1)
            for factor in factors:
                product *= _value(factor)
            return product
        case Neg(arg):
            return -_value(arg)
        case Div(num, den):
            return _value(num) / _value(den)
        case Pow(base, exp):
            return Fraction(_value(base) ** int(_value(exp)))
        case Call("abs", (arg,)):
            return abs(_value(arg))
        case Call("percent", (arg,)):
            return _value(arg) / 100
        case Call("mixed", (whole, num, den)):
            return _value(whole) + _value(num) / _value(den)
    raise AssertionError(expr)


@given(arithmetic)
@settings(max_examples=250, deadline=None)
def test_arithmetic_keeps_its_value(expr: Expr) -> None:
    again = read_formula(plain(expr))
    try:
        value = _value(expr)
    except (ZeroDivisionError, OverflowError):
        return
    assert _value(again) == value


def _calls(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    x, zero = Symbol("x"), Number(Fraction(0))
    unary = st.sampled_from(["sin", "acos", "ln", "exp", "sqrt", "factorial", "degrees", "floor"])
    return st.one_of(
        _arithmetic(inner),
        st.tuples(unary, inner).map(lambda p: Call(p[0], (p[1],))),
        st.tuples(inner, inner).map(lambda p: Call("log", p)),
        st.tuples(inner, inner).map(lambda p: Call("root", p)),
        inner.map(lambda e: Call("integrate", (e, x))),
        st.tuples(inner, inner).map(lambda p: Call("integrate", (p[0], x, zero, p[1]))),
        inner.map(lambda e: Call("diff", (e, x, Number(Fraction(2))))),
        st.sampled_from(["limit", "limit_left", "limit_right"]).flatmap(
            lambda name: inner.map(lambda e: Call(name, (e, x, zero)))
        ),
        st.tuples(inner, inner).map(lambda p: Call("sum", (p[0], Symbol("k"), zero, p[1]))),
        inner.map(lambda e: Call("plusminus", (e,))),
    )


constants = st.sampled_from(
    [Constant(c) for c in (ConstantName.PI, ConstantName.E, ConstantName.I, ConstantName.INFINITY)]
)
expressions = st.recursive(st.one_of(numbers, names, constants), _calls, max_leaves=10)
comparisons = st.sampled_from(list(Comparison))
relations = st.tuples(comparisons, expressions, expressions).map(lambda p: Relation(*p))


def _statements(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    few = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.tuples(st.sampled_from(list(Connective)), few).map(lambda p: Junction(*p))


intervals = st.tuples(expressions, expressions, st.booleans(), st.booleans()).map(
    lambda p: Interval(*p)
)
sets = st.one_of(
    intervals,
    st.lists(expressions, min_size=1, max_size=3).map(lambda i: Collection(Bracket.SET, tuple(i))),
)
unions = st.lists(sets, min_size=2, max_size=3).map(lambda s: Call("union", tuple(s)))
others = st.one_of(
    st.recursive(relations, _statements, max_leaves=5),
    unions,
    st.tuples(expressions, st.one_of(sets, unions)).map(lambda p: Call("in", p)),
    st.lists(expressions, min_size=2, max_size=3).map(
        lambda i: Collection(Bracket.TUPLE, tuple(i))
    ),
    st.lists(expressions, min_size=3, max_size=3).map(lambda i: Collection(Bracket.LIST, tuple(i))),
    st.lists(st.lists(expressions, min_size=2, max_size=2).map(tuple), min_size=1, max_size=2).map(
        lambda rows: Matrix(tuple(rows))
    ),
    st.tuples(expressions, relations).map(lambda p: Call("piecewise", p)),
)


def normal(expr: Expr) -> Expr:
    """The tree with what has no value of its own smoothed: nesting of sums, signs of numbers."""
    expr = rebuild(expr, tuple(map(normal, children(expr))))
    match expr:
        case Number(value) if value < 0:
            return normal(Neg(Number(-value)))
        case Number(value):
            return Number(value)
        case Neg(Neg(arg)):
            return arg
        case Add(terms):
            return Add(tuple(s for t in terms for s in (t.terms if isinstance(t, Add) else (t,))))
        case Mul(factors):
            signs = [f for f in factors if isinstance(f, Neg)]
            bare = [f.arg if isinstance(f, Neg) else f for f in factors]
            flat = Mul(tuple(s for f in bare for s in (f.factors if isinstance(f, Mul) else (f,))))
            return Neg(flat) if len(signs) % 2 else flat
        case Div(Neg(num), den):
            return normal(Neg(Div(num, den)))
        case Div(num, Neg(den)):
            return normal(Neg(Div(num, den)))
        case Collection(Bracket.TUPLE, (low, high)) if _infinite(low) or _infinite(high):
            return Interval(low, high, low_open=True, high_open=True)
    return expr


def _infinite(expr: Expr) -> bool:
    return expr in (Constant(ConstantName.INFINITY), Neg(Constant(ConstantName.INFINITY)))


@pytest.mark.slow
@given(st.one_of(expressions, others))
@settings(max_examples=300, deadline=None)
def test_every_formula_is_read_as_it_was_printed(expr: Expr) -> None:
    assert normal(read_formula(plain(expr))) == normal(expr), plain(expr)


@pytest.mark.slow
@given(st.one_of(expressions, others), st.data())
@settings(max_examples=200, deadline=None)
def test_a_cut_or_garbled_formula_raises_nothing_else(expr: Expr, data: st.DataObject) -> None:
    text = plain(expr)
    at = data.draw(st.integers(0, len(text)))
    junk = data.draw(st.text("()[]{}|^_'\\&;,=<>+-*/!%.°∫√x1 \n$esin²", max_size=4))
    for garbled in (text[:at], text[at:], text[:at] + junk + text[at:]):
        _harmless(garbled)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_raises_nothing_else(text: str) -> None:
    _harmless(text)


LATEX = st.lists(
    st.sampled_from(
        r"""\frac \sqrt { } [ ] ( ) \left \right | \begin{cases} \end{cases} \\ & \int _ ^ \sum \lim
        \to \text{if} \mathrm{d} x 1 = \begin{pmatrix} \end{pmatrix} \sin \log
        d / ' \, \{ \} \in""".split()
    ),
    max_size=14,
).map(" ".join)


@given(LATEX)
@settings(max_examples=300, deadline=None)
def test_any_heap_of_latex_raises_nothing_else(text: str) -> None:
    _harmless(text)


def _well_placed(wrong: ReadingError, text: str) -> None:
    assert 0 <= wrong.at <= len(text)


def _harmless(text: str) -> None:
    for read in (read_formula, read_prefix, read_statements):
        try:
            result = read(text)
        except ReadingError as wrong:
            _well_placed(wrong, text)
            continue
        for value in result if isinstance(result, tuple) else (result,):
            if not isinstance(value, int):
                plain(value)


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (Call("abs", (Add((Symbol("x"), Neg(Number(Fraction(3))))),)), "|x - 3|"),
        (Pow(Neg(Number(Fraction(2))), Number(Fraction(2))), "(-2)^2"),
        (Neg(Pow(Number(Fraction(2)), Number(Fraction(2)))), "-2^2"),
        (Call("diff", (Call("y", (Symbol("x"),)), Symbol("x"), Number(Fraction(2)))), "y''(x)"),
        (Number(Fraction(3, 2), 2), "1.50"),
    ],
)
def test_plain_text_looks_as_people_write_it(expr: Expr, text: str) -> None:
    assert plain(expr) == text
