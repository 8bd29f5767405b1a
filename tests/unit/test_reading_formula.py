"""Formulas as people write them: plain text, Unicode, LaTeX, the spelling of other programs."""

from __future__ import annotations

import time

import pytest

from assistant.maths.reading.formulas.formula import read_formula, read_prefix, read_statements
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.plain import plain
from assistant.maths.terms import Symbol
from assistant.maths.types import Text

PLAIN = [
    ("2x + 3 = 11", "2*x + 3 = 11"),
    ("3(x-2)^2/4", "3*(x - 2)^2/4"),
    ("sqrt(2)x", "sqrt(2)*x"),
    ("|x-3| < 5", "|x - 3| < 5"),
    ("||x-1|-2| = |x|", "||x - 1| - 2| = |x|"),
    ("2|x||y|", "2*|x|*|y|"),
    ("sin^2 x + cos^2 x", "sin(x)^2 + cos(x)^2"),
    ("xsinxcosx", "x*sin(x)*cos(x)"),
    ("2 1/3 + 4", "2 1/3 + 4"),
    ("25% of 80", "25%*80"),
    ("17 mod 5", "mod(17, 5)"),
    ("5!=120", "5! = 120"),
    ("x!=3", "x != 3"),
    ("x_1 + x_{12} + x_{n+1}", "x_1 + x_12 + x_{n+1}"),
    ("1e-3", "0.001"),
    ("1.50", "1.50"),
    ("2/3 : 4/9", "2/3/(4/9)"),
    ("ax+by=c", "a*x + b*y = c"),
    ("1,234 + 5", "1234 + 5"),
    ("a < b <= c", "a < b <= c"),
    ("x = 1 or 2", "x = 1 or x = 2"),
    ("x in [0, 2pi]", "x in [0, 2*pi]"),
    ("(-oo, 3] U (5, oo)", "(-oo, 3] ∪ (5, oo)"),
    ("{x | |x| < 2}", "conditionset(x, |x| < 2)"),
    ("C(5,2)", "binomial(5, 2)"),
    ("log_2 8 + log2(8)", "log(8, 2) + log(8, 2)"),
    ("17 ≡ 5 (mod 12)", "mod(17, 12) = mod(5, 12)"),
    ("45°30'", "(45 + 30/60)°"),
    ("E = mc^2", "E = m*c^2"),
    ("e^(i pi)", "e^(i*pi)"),
    ("det [[2,1],[3,4]]", "det([[2, 1], [3, 4]])"),
    ("[1, 2; 3, 4]", "[[1, 2], [3, 4]]"),
    ("2x = 6.", "2*x = 6"),
    ("[[1],[2]]", "[[1], [2]]"),
    ("2[3(x+1)-1]", "2*(3*(x + 1) - 1)"),
    ("max{1, 2}", "max(1, 2)"),
    ("6 ÷ 2 × 3", "6/2*3"),
]
UNICODE = [
    ("x²−5x+6=0", "x^2 - 5*x + 6 = 0"),
    ("√(x+1) + ∛8 + ³√8", "sqrt(x + 1) + root(8, 3) + root(8, 3)"),
    ("6×7÷2·3", "6*7/2*3"),
    ("x≤1", "x <= 1"),
    ("2½x + ¼", "2 1/2*x + 1/4"),
    ("x⁻¹ + xⁿ⁺¹", "x^(-1) + x^(n + 1)"),
    ("∫₀¹ x² dx", "integrate(x^2, x, 0, 1)"),
    ("∑_{k=1}^n k²", "sum(k^2, k, 1, n)"),
    ("３（ｘ＋１）＝９。", "3*(x + 1) = 9"),
    ("x ∈ ℝ∖{0}", "x in RR ∖ {0}"),
    ("θ + π", "theta + pi"),
    ("𝑥 + 1", "x + 1"),
    ("x\u200b + \ufeff1", "x + 1"),
]
LATEX = [
    (r"\frac{x}{x-1}=\dfrac12", "x/(x - 1) = 1/2"),
    (r"\sqrt[3]{x} + \sqrt2", "root(x, 3) + sqrt(2)"),
    (r"\left( x \right) \left| y \right|", "x*|y|"),
    (r"$x^2$", "x^2"),
    (r"\[ \boxed{x = 5} \]", "x = 5"),
    (r"\begin{cases} x+y=5 \\ x-y=1 \end{cases}", "x + y = 5 and x - y = 1"),
    (
        r"\left\{\begin{array}{l} x+y=5 \\ x-y=1 \end{array}\right.",
        "x + y = 5 and x - y = 1",
    ),
    (
        r"f(x)=\begin{cases} x^2, & x<0 \\ x & \text{otherwise} \end{cases}",
        "f(x) = piecewise(x^2, x < 0, x, true)",
    ),
    (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "[[1, 2], [3, 4]]"),
    (r"\begin{vmatrix} 1 & 2 \\ 3 & 4 \end{vmatrix}", "det([[1, 2], [3, 4]])"),
    (r"\int_0^1 \frac{dx}{1+x^2}", "integrate(1/(1 + x^2), x, 0, 1)"),
    (r"\int x e^x \, \mathrm{d}x + 1", "integrate(x*e^x, x) + 1"),
    (r"\lim_{x\to 0^+} \frac{\sin x}{x}", "limit(sin(x)/x, x, 0, '+')"),
    (r"\sum_{i=1}^{n} i^2", "sum(i^2, i, 1, n)"),
    (r"\log_28 + \log_{10} 100", "log(8, 2) + log(100, 10)"),
    (r"\sin 30^\circ + \cos 60^{\circ}", "sin(30°) + cos(60°)"),
    (r"x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}", "x = (-b ± sqrt(b^2 - 4*a*c))/(2*a)"),
    (r"\binom{5}{2}", "binomial(5, 2)"),
    (r"2\frac{1}{3}", "2 1/3"),
    (r"(-\infty,2)\cup(2,+\infty)", "(-oo, 2) ∪ (2, oo)"),
    (r"\mathbb{R} \setminus \{1\}", "RR ∖ {1}"),
    (r"1{,}234\,567", "1234567"),
]
CALCULUS = [
    ("lim x→0 sin(3x)/x", "limit(sin(3*x)/x, x, 0)"),
    ("lim_{x->0+} 1/x", "limit(1/x, x, 0, '+')"),
    ("limit(sin(x)/x, x, 0, '-')", "limit(sin(x)/x, x, 0, '-')"),
    ("limit(f(x), x->oo)", "limit(f(x), x, oo)"),
    ("d/dx x^x", "diff(x^x, x, 1)"),
    ("d²y/dx² + y = 0", "y''(x) + y(x) = 0"),
    (r"\frac{d}{dx}(x^2)", "diff(x^2, x, 1)"),
    ("y'' + 2y' + y = e^x", "y''(x) + 2*y'(x) + y(x) = e^x"),
    ("y' = y(1-y)", "y'(x) = y(x)*(1 - y(x))"),
    ("dP/dt = kP", "P'(t) = k*P(t)"),
    ("y dx - x dy = 0", "y(x) - x*y'(x) = 0"),
    ("Derivative(y(x), (x, 2)) = y(x)", "y''(x) = y(x)"),
    ("diff(x^3, x, 2)", "diff(x^3, x, 2)"),
    ("integrate(x^2, (x, 0, 1))", "integrate(x^2, x, 0, 1)"),
    ("∫∫ xy dx dy", "integrate(integrate(x*y, x), y)"),
    ("∫ x·e^x dx", "integrate(x*e^x, x)"),
    ("sum(i, i, 1, n)", "sum(i, i, 1, n)"),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN + UNICODE + LATEX + CALCULUS)
def test_formulas_are_read(text: str, expected: str) -> None:
    assert plain(read_formula(text)) == expected


AMBIGUOUS = [
    ("1/2x", "1/2*x"),
    ("2/3 4", "2/3*4"),
    ("6/2(1+2)", "6/2*(1 + 2)"),
    ("sin x y", "sin(x)*y"),
    ("sin x/2", "sin(x)/2"),
    ("x2 + 1", "x2 + 1"),
    ("√2x", "sqrt(2)*x"),
    ("sin^-1 x", "asin(x)"),
    ("log 100", "ln(100)"),
    ("17 % 5", "mod(17, 5)"),
    ("1,234", "1234"),
    ("3/4 ÷ 2/5", "3/4/(2/5)"),
    ("∑_{k=1}^n k + 1", "sum(k, k, 1, n) + 1"),
]


@pytest.mark.parametrize(("text", "expected"), AMBIGUOUS)
def test_an_ambiguity_is_resolved_and_said(text: str, expected: str) -> None:
    notes: list[Text] = []
    assert plain(read_formula(text, notes=notes)) == expected
    assert notes


@pytest.mark.parametrize("text", ["(1/2)x", "2x", "sin(x)/2", "x_2", "x(x+1)", "∫ 1/x dx", "-x^2"])
def test_what_is_plain_gets_no_note(text: str) -> None:
    notes: list[Text] = []
    read_formula(text, notes=notes)
    assert not notes


ERRORS = [
    ("", 0, "no formula", ""),
    ("   ", 3, "no formula", ""),
    ("2+*3", 2, "expected", "*"),
    ("x=", 2, "too early", ""),
    ("(2+3", 0, "not closed", ")"),
    ("2 + (3*(x-1)", 4, "not closed", ")"),
    ("2+3)", 3, "no opening", ""),
    ("sni(x) + 1", 0, "not a known", "sin"),
    ("1 + foo(x)", 4, "not a known", ""),
    ("hello", 0, "not a known", ""),
    ("x² + lemon", 5, "not a known", ""),
    (r"\frac{1}{2} + \foo", 14, "no meaning", ""),
    ("х + 1", 0, "no meaning", "x"),
    ("gcd of 4", 0, "brackets", "gcd"),
    ("1+2+...+n", 4, "dots", "sum"),
    (r"\begin{cases} x=1", 0, "missing", ""),
    ("sin", 3, "no argument", "sin(x)"),
    ("12 34", 3, "side by side", "operator"),
    ("（1＋2", 0, "not closed", ")"),
    ("1:2:3", 5, "ratio", ""),
    ("f^-1(x)", 0, "inverse", "f"),
]


@pytest.mark.parametrize(("text", "at", "message", "suggestion"), ERRORS)
def test_what_is_not_understood_is_said_with_its_place(
    text: str, at: int, message: str, suggestion: str
) -> None:
    with pytest.raises(ReadingError) as caught:
        read_formula(text)
    wrong = caught.value
    assert wrong.at == at
    assert message in wrong.message.en.format(*wrong.message.args)
    hint = wrong.suggestion
    assert suggestion in (hint.en.format(*hint.args) if hint else "")


PREFIXES = [
    ("solve 2x+3=11 for x", 6, "2*x + 3 = 11", "2x+3=11"),
    ("598 - 594. Let k be 3", 0, "598 - 594", "598 - 594"),
    ("x^2 - 5x + 6 is positive", 0, "x^2 - 5*x + 6", "x^2 - 5x + 6"),
    ("15 a factor of 60", 0, "15", "15"),
    ("x=1 and find y", 0, "x = 1", "x=1"),
    ("x=1 and y=2 now", 0, "x = 1 and y = 2", "x=1 and y=2"),
    ("0.1 in 2/7, 4", 0, "0.1", "0.1"),
    ("x²的导数", 0, "x^2", "x²"),
    ("f(3) 和它的值", 0, "f(3)", "f(3)"),
]


@pytest.mark.parametrize(("text", "start", "expected", "taken"), PREFIXES)
def test_a_formula_in_a_sentence_ends_where_words_begin(
    text: str, start: int, expected: str, taken: str
) -> None:
    value, end = read_prefix(text, start)
    assert (plain(value), text[start:end]) == (expected, taken)


STATEMENTS = [
    ("x+y=5; x-y=1", 2),
    ("x+y=5, x-y=1", 2),
    ("x+y=5，x-y=1", 2),
    ("x+y=5\nx-y=1", 2),
    ("x+y=5 and x-y=1", 2),
    ("x+y=5 且 x-y=1", 2),
    ("x+y=5和x-y=1", 2),
    ("{x+y=5, x-y=1", 2),
    (r"\begin{cases} x+y=5, \\ x-y=1. \end{cases}", 2),
    ("y' = y, y(0) = 2", 2),
    ("a, b, and c", 3),
    ("100,200,300", 3),
    ("1,000,000", 1),
    ("1 < x < 5", 1),
    ("x=1 or x=2", 1),
    ("(1\n+ 2)", 1),
]


@pytest.mark.parametrize(("text", "count"), STATEMENTS)
def test_statements_are_parted(text: str, count: int) -> None:
    assert len(read_statements(text)) == count


def test_the_caller_says_what_is_a_function_and_what_a_letter() -> None:
    assert plain(read_formula("k(3)")) == "k*3"
    assert plain(read_formula("k(3)", frozenset("k"))) == "k(3)"
    assert read_formula("i") != Symbol("i")
    assert read_formula("i", names=frozenset("i")) == Symbol("i")
    assert read_formula("e", names=frozenset("e")) == Symbol("e")
    assert read_formula("area", names=frozenset(["area"])) == Symbol("area")
    assert plain(read_formula("2h(h+1)")) == "2*h*(h + 1)"
    assert plain(read_formula("y(x+1)", names=frozenset("y"))) == "y*(x + 1)"


def test_reading_is_fast_enough_for_the_command_line() -> None:
    def seconds(text: str) -> float:
        start = time.perf_counter()
        read_formula(text)
        return time.perf_counter() - start

    for text in ("2x+3=11", r"\int_0^1 x^2 \, dx", "3(x-2)^2/4 + sin(x)"):
        assert min(seconds(text) for _ in range(20)) < 0.02
