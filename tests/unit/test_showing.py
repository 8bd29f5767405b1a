"""Formulas and solutions as people see them, on every kind of paper."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
import wcwidth
from solutions import SOLUTIONS, linear, matrix, quadratic, system, unsafe

from assistant.maths import terms as t
from assistant.maths.showing.answers import answer_text, set_lines
from assistant.maths.showing.boxes import columns
from assistant.maths.showing.document import answer_latex, solution_latex
from assistant.maths.showing.fitting import fitted, wrapped
from assistant.maths.showing.html import solution_html
from assistant.maths.showing.latex import latex
from assistant.maths.showing.linear import flat
from assistant.maths.showing.look import Look
from assistant.maths.showing.markdown import solution_markdown
from assistant.maths.showing.notation import Notation
from assistant.maths.showing.record import solution_record
from assistant.maths.showing.terminal import terminal_text
from assistant.maths.showing.trouble import trouble_text
from assistant.maths.showing.work import work_text
from assistant.maths.types import (
    Answer,
    Failure,
    Lang,
    Mark,
    Proved,
    Refuted,
    Solution,
    Task,
    Text,
    Trouble,
    WorkReport,
)

X, Y, PI = t.Symbol("x"), t.Symbol("y"), t.Constant(t.ConstantName.PI)
SIN = t.Call("sin", (X,))


def n(value: int) -> t.Expr:
    return t.integer(value)


def drawn(expr: t.Expr, width: int = 60) -> str:
    return "\n".join(fitted(Notation()(expr), width))


# the conventions of writing ------------------------------------------------------


@pytest.mark.parametrize(
    ("expr", "line", "source"),
    [
        (t.mul(n(2), X), "2x", "2x"),
        (t.mul(n(2), n(3)), "2·3", r"2 \cdot 3"),
        (t.mul(n(3), n(-2)), "3·(-2)", r"3 \cdot (-2)"),
        (t.mul(n(-2), X), "(-2)x", "(-2)x"),
        (t.mul(X, Y), "xy", "xy"),
        (t.mul(X, t.add(X, n(1))), "x(x + 1)", "x(x + 1)"),
        (t.mul(t.Symbol("speed"), X), "speed·x", r"\operatorname{speed} \cdot x"),
        (t.sub(X, t.sub(X, n(1))), "x - (x - 1)", "x - (x - 1)"),
        (t.Neg(t.add(X, n(1))), "-(x + 1)", "-(x + 1)"),
        (t.Pow(t.Neg(X), n(2)), "(-x)²", "(-x)^2"),
        (t.Neg(t.Pow(X, n(2))), "-x²", "-x^2"),
        (t.Pow(t.Pow(X, n(2)), n(3)), "(x²)³", "(x^2)^3"),
        (t.Pow(t.Symbol("x_1"), n(2)), "x₁²", "x_1^2"),
        (t.Pow(SIN, n(2)), "sin² x", r"\sin^2 x"),
        (t.Pow(SIN, n(-1)), "(sin x)⁻¹", ""),
        (t.mul(n(3), SIN, t.Call("cos", (X,))), "3 sin x cos x", r"3 \sin x \cos x"),
        (t.mul(SIN, X), "sin(x) x", r"\sin(x)\,x"),
        (t.mul(t.Pow(SIN, n(2)), X), "sin²(x) x", r"\sin^2(x)\,x"),
        (t.mul(n(2), t.Call("sqrt", (n(3),))), "2√3", r"2\sqrt{3}"),
        (t.mul(n(2), t.Call("integrate", (X, X))), "2 ∫ x dx", r"2\,\int x\,dx"),
        (t.Call("sin", (t.add(X, n(1)),)), "sin(x + 1)", r"\sin(x + 1)"),
        (t.Call("log", (X, n(2))), "log₂ x", r"\log_2 x"),
        (t.Call("root", (X, n(3))), "³√x", r"\sqrt[3]{x}"),
        (t.Call("abs", (t.sub(X, n(3)),)), "|x - 3|", "|x - 3|"),
        (t.Call("factorial", (t.add(X, n(1)),)), "(x + 1)!", "(x + 1)!"),
        (t.Call("mixed", (n(2), n(1), n(3))), "2 1/3", r"2\frac{1}{3}"),
        (t.Div(t.add(X, n(1)), n(2)), "(x + 1)/2", r"\frac{x + 1}{2}"),
        (t.Number(Fraction(-3, 2), 1), "-1.5", "-1.5"),
        (t.Symbol("alpha_1"), "α₁", r"\alpha_1"),
        (t.Call("diff", (t.Call("y", (X,)), X, n(2))), "y′′(x)", "y''(x)"),
        (
            t.Call("integrate", (t.Pow(X, n(2)), X, n(0), n(1))),
            "∫₀¹ x² dx",
            r"\int_0^1 x^2\,dx",
        ),
        (
            t.Call("limit_right", (t.Div(SIN, X), X, n(0))),
            "lim_(x→0⁺) (sin x)/x",
            r"\lim_{x \to 0^+} \frac{\sin x}{x}",
        ),
        (
            t.Interval(t.Neg(t.Constant(t.ConstantName.INFINITY)), n(2), True, False),
            "(-∞, 2]",
            r"(-\infty, 2]",
        ),
    ],
)
def test_formulas_are_written_as_in_a_textbook(expr: t.Expr, line: str, source: str) -> None:
    assert flat(Notation()(expr)) == line
    if source:
        assert latex(expr) == source


def test_two_dimensions() -> None:
    fraction = t.Div(t.add(X, n(1)), t.Call("sqrt", (t.sub(X, n(1)),)))
    assert drawn(t.equation(Y, fraction)) == (
        "    x + 1\n"
        "y = ──────\n"
        "     _____\n"
        "    √x - 1"
    )  # fmt: skip
    assert drawn(t.Matrix(((n(1), n(20)), (n(300), n(4))))) == "⎛ 1   20⎞\n⎝300  4 ⎠"
    pair = (t.equation(X, n(1)), t.equation(Y, n(2)))
    assert drawn(t.Junction(t.Connective.AND, pair)) == "⎧ x = 1\n⎨\n⎩ y = 2"


def test_a_wide_sum_breaks_at_its_signs_and_a_wide_word_is_cut() -> None:
    total = t.add(*(t.mul(n(k), t.Pow(X, n(k))) for k in range(9, 1, -1)))
    lines = fitted(Notation()(total), 24)
    assert lines[0].startswith("9x⁹ + 8x⁸")
    assert all(line.lstrip().startswith("+ ") for line in lines[1:])
    assert max(map(columns, lines)) <= 24
    assert wrapped("a" * 30, 20) == ("a" * 20, "a" * 10)


def test_chinese_wraps_by_columns_and_no_line_begins_with_a_comma() -> None:
    lines = wrapped("两边同时除以二，得到方程的解，检验后成立。", 14)
    assert max(map(columns, lines)) <= 14
    assert not any(line.lstrip()[0] in "，。" for line in lines)


def test_columns_agree_with_the_tables_of_wcwidth() -> None:
    blocks = [range(0xA1, 0x530), range(0x2010, 0x2028), range(0x2030, 0x2060)]
    blocks += [
        range(0x2070, 0x2600),
        range(0x3000, 0x302A),
        range(0x3030, 0x3130),
        range(0x4E00, 0xA000),
    ]
    blocks += [range(0xFF00, 0xFFA0)]
    known = {
        char
        for block in blocks
        for char in map(chr, block)
        if unicodedata.category(char) not in ("Cn", "Mn", "Cf")
    }
    assert not {c for c in known if columns(c) != wcwidth.wcwidth(c)}


# answers -------------------------------------------------------------------------


def said(value: t.Expr, *names: str) -> str:
    lines = set_lines(value, names)
    return "; ".join(x.en if isinstance(x, Text) else flat(Notation()(x)) for x in lines)


def test_sets_are_said_as_people_say_them() -> None:
    infinity = t.Constant(t.ConstantName.INFINITY)
    low = t.Interval(t.Neg(infinity), n(-1), True, True)
    high = t.Interval(n(2), infinity, True, True)
    roots = t.Collection(t.Bracket.SET, (n(2), n(3)))
    assert said(roots, "x") == "x = 2 or x = 3"
    assert said(t.Call("union", (low, high)), "x") == "x ∈ (-∞, -1) ∪ (2, ∞)"
    assert said(t.Constant(t.ConstantName.EMPTY), "x") == "no solution"
    assert said(t.Constant(t.ConstantName.REALS), "x") == "every real number"
    k = t.Symbol("k")
    family = t.Call("imageset", (t.add(t.Div(PI, n(6)), t.mul(n(2), PI, k)), k))
    assert said(family, "x") == "x = π/6 + 2πk, k ∈ ℤ"
    points = [t.Collection(t.Bracket.TUPLE, (n(a), n(b))) for a, b in ((3, 2), (2, 3))]
    assert said(t.Collection(t.Bracket.SET, (points[0],)), "x", "y") == "x = 3, y = 2"
    both = said(t.Collection(t.Bracket.SET, tuple(points)), "x", "y")
    assert both == "(x, y) = (3, 2) or (x, y) = (2, 3)"


def test_the_text_of_the_batch_contract_is_plain() -> None:
    assert answer_text(quadratic()[1]) == "2, 3"
    assert answer_text(linear()[1]) == "4"
    assert answer_text(system()[1]) == "x = 3, y = 2"
    clock = Solution(
        kind=Task.MEASURE,
        answer=Answer(value=None, text="10:37 AM"),
        steps=(),
        verdict=Proved("exact"),
    )
    assert answer_text(clock) == "10:37 AM"
    assert answer_latex(quadratic()[1], Lang.EN) == "x = 2 \\text{ or } x = 3\n"


# the pages -----------------------------------------------------------------------


def test_a_line_that_stands_above_is_not_repeated() -> None:
    text = terminal_text(*quadratic(), Look())
    assert text.count("x² - 5x + 6 = 0") == 1
    assert text.count("(x - 2)(x - 3) = 0") == 1


def test_the_answer_alone_on_request() -> None:
    text = terminal_text(*quadratic(), Look(brief=True))
    assert text.splitlines()[1] == "│ x = 2 or x = 3 │"
    assert len(text.splitlines()) == 3


def test_without_colours_there_is_no_escape_and_the_verdict_is_a_word() -> None:
    plain_page = terminal_text(*quadratic(), Look())
    assert "\x1b" not in plain_page
    assert "[proved]" in plain_page
    coloured = terminal_text(*quadratic(), Look(colour=True))
    assert "\x1b[32m✓\x1b[0m" in coloured
    assert coloured.count("Marks:") == 1


def test_a_check_mark_is_only_for_what_was_proved() -> None:
    problem, solution = matrix()
    bare = replace(solution.steps[0], verdict=None)
    for page in (
        terminal_text(problem, replace(solution, steps=(bare,)), Look(colour=True)),
        solution_html(problem, replace(solution, steps=(bare,)), Lang.EN),
        solution_markdown(problem, replace(solution, steps=(bare,)), Lang.EN),
        solution_latex(problem, replace(solution, steps=(bare,)), Lang.EN),
    ):
        assert "✓" not in page
        assert "checkmark" not in page


def hostile() -> tuple[str, ...]:
    return (
        "\x1b[31mred\x1b[0m",
        "a\u202eb\u2066",
        "<script>alert(1)</script>",
        "\\input{/etc/passwd} $x$ %",
        "nul\0\x07\x9b",
        "]]><!--",
        "**bold** [link](http://x) `code`",
        "{0.__class__} {1} %s",
    )


@pytest.mark.parametrize("word", hostile())
def test_words_from_outside_stay_words(word: str) -> None:
    problem, solution = quadratic()
    note = Text("see {0} {7} {x}", "见 {0} {7} {x}", (word,))
    value = t.equation(t.Symbol(word), t.Call(word, (X,)))
    bad = replace(
        solution,
        notes=(note,),
        conditions=(note,),
        answer=Answer(value=value),
        steps=(replace(solution.steps[0], why=note, after=value),),
    )
    named = replace(problem, source=word)
    for lang in Lang:
        for colour in (False, True):
            text = terminal_text(named, bad, Look(lang=lang, colour=colour))
            unsafe(re.sub(r"\x1b\[\d+m", "", text))
        page = solution_html(named, bad, lang, plot=True)
        unsafe(page)
        assert "<script" not in page
        assert "http-equiv" in page
        source = solution_latex(named, bad, lang)
        unsafe(source)
        assert r"\input" not in source
        markdown = solution_markdown(named, bad, lang)
        unsafe(markdown)
        assert "<script" not in markdown
        unsafe(str(solution_record(named, bad, lang)["conditions"]))


def test_the_page_is_well_formed_and_asks_for_nothing() -> None:
    for made in SOLUTIONS.values():
        page = solution_html(*made(), Lang.ZH, plot=True)
        assert not re.search(r"(?:\bsrc=|href|@import|url\()", page.replace("url(#area)", ""))
        body = page[page.index("<main>") : page.index("</main>") + len("</main>")]
        ET.fromstring(body)


def test_the_caret_stands_under_the_place() -> None:
    trouble = Trouble(
        Failure.UNREADABLE,
        Text("expected a number", "此处应有数"),
        9,
        Text("remove {0}", "删去 {0}", ("+",)),
    )
    lines = trouble_text("解方程：2x +＝ 3", trouble, Look(lang=Lang.ZH)).splitlines()
    assert lines[0] == "  解方程：2x +＝ 3"
    assert lines[1].index("^") == 2 + columns("解方程：2x +＝ 3"[:9])
    assert "删去 +" in lines[3]


def test_the_caret_of_a_long_or_hostile_line_stays_in_sight() -> None:
    source = "first line\n" + "x+" * 300 + "\x1b[2J@" + "+x" * 300
    at = source.index("@")
    text = trouble_text(source, Trouble(Failure.UNREADABLE, Text("no", "不"), at), Look(width=40))
    unsafe(text)
    line, caret = text.splitlines()[:2]
    assert columns(line) <= 40
    assert line[caret.index("^")] == "@"


def test_worked_lines_get_their_marks() -> None:
    report = WorkReport(
        (
            Mark(Proved("exact"), 1, Text("the same solutions", "同解")),
            Mark(Refuted("x = 4", "8", "9"), 1, Text("at {0}", "当 {0} 时", ("x = 4",))),
        ),
        1,
    )
    text = work_text(("2x+3=11", "2x=9\x1b[2J"), report, Look())
    unsafe(text)
    assert "2x+3=11 [proved]" in text
    assert "[refuted]" in text
    assert "line 2" in text


# any formula ---------------------------------------------------------------------


def test_the_terminal_printer_loads_nothing_heavy() -> None:
    code = (
        "import sys, assistant.maths.showing.terminal as _\n"
        "print([m for m in ('sympy', 'rich', 'pint', 'mpmath') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
@pytest.mark.parametrize("lang", list(Lang))
def test_the_documents_compile(tmp_path: Path, lang: Lang) -> None:
    engine = shutil.which("xelatex")
    if engine is None:
        pytest.skip("no XeLaTeX here: apt-get install texlive-xetex texlive-lang-chinese")
    for name, made in SOLUTIONS.items():
        path = tmp_path / f"{name}.tex"
        path.write_text(solution_latex(*made(), lang), encoding="utf-8")
        done = subprocess.run(
            [engine, "-interaction=nonstopmode", "-halt-on-error", path.name],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if "ctexart.cls' not found" in done.stdout:
            pytest.skip("no Chinese for TeX here: apt-get install texlive-lang-chinese")
        assert done.returncode == 0, done.stdout[-2000:]
        assert "Missing character" not in done.stdout
