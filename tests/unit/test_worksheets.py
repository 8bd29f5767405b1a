"""Worksheets: patterns as a teacher writes them, problems as a person would, keys that hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths.pool import Limits, Pool
from assistant.maths.types import Failure, Lang, Proved, Text, Trouble
from assistant.teaching.marking.grading import grade
from assistant.teaching.marking.key import read_key
from assistant.teaching.marking.papers import read_paper
from assistant.teaching.marking.types import Outcome
from assistant.teaching.worksheets.making import Sheet, Wanted, make_sheets, sheet_name
from assistant.teaching.worksheets.patterns import BadPattern, Pattern, read_patterns
from assistant.teaching.worksheets.writing import Form, key_text, written

SPEC = """# Algebra
1. Solve {a}x + {b} = {c} where a = 2..9, b = -9..9, c = -20..20 [whole] (2 points)
Factor x^2 - {p+q}x + {p*q} where p = -9..9, q = 1..9
计算 {a}/{b} + {c}/{d} 其中 a = 1..9, b = 2..9, c = 1..9, d = 2..9
小明有{a}个苹果，小红有{b}个苹果，一共有多少个？ 其中 a = 2到20, b = 2到20
"""


def only(text: str) -> Pattern:
    (pattern,) = read_patterns(text).listed
    return pattern


def test_patterns_are_read() -> None:
    patterns = read_patterns(SPEC)
    assert patterns.title == "Algebra"
    first, second, third, _ = patterns.listed
    assert (first.points, first.whole, first.line) == ("2 points", True, 2)
    assert first.ranges == {"a": (2, 9), "b": (-9, 9), "c": (-20, 20)}
    assert second.pieces[1] == t.Add((t.Symbol("p"), t.Symbol("q")))
    assert third.pieces[0] == "计算 "


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no pattern"),
        ("# only a title", "no pattern"),
        ("Solve {a}x = 4", "line 1: the letter a has no range"),
        ("Solve {a}x = 4 where a = two..3", "is no range"),
        ("Solve {a}x = 4 where a = 0..0", "is no range"),
        ("Solve {a}x = 4 where a = 1..99999999", "is no range"),
        ("\nSolve {a+}x = 4 where a = 1..9", "line 2: “a+” is no formula"),
        ("Solve {__import__('os')}x = 4 where a = 1..9", "line 1"),
        ("\n".join(["Solve x = 1"] * 200), "more than 100"),
        ("{a}" * 30_000 + " where a = 1..2", "longer than 1000"),
    ],
)
def test_what_is_no_pattern_says_where(text: str, told: str) -> None:
    with pytest.raises(BadPattern) as wrong:
        read_patterns(text)
    said = wrong.value.why
    assert told in said.en.format(*said.args)


@given(st.text(alphabet="{}abx+-*/=.0123 where,其中[]()\\frac^", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        patterns = read_patterns(text)
    except BadPattern:
        return
    for pattern in patterns.listed:
        drawn = pattern.drawn(Random(1))
        assert drawn is None or isinstance(drawn, str)


@pytest.mark.parametrize(
    ("pattern", "drawn"),
    [
        ("x + {a} where a = -3..-3", "x - 3"),
        ("x - {a} where a = -3..-3", "x + 3"),
        ("x-{a} where a = -3..-3", "x+3"),
        ("{a}x where a = 1..1", "x"),
        ("{a}x where a = -1..-1", "-x"),
        ("y + {a}x where a = -1..-1", "y - x"),
        ("{a}(x+1) where a = 1..1", "(x+1)"),
        ("{a} where a = 1..1", "1"),
        ("2*{a} where a = -3..-3", "2*(-3)"),
        ("2^{a} where a = -3..-3", "2^(-3)"),
        ("-{a} where a = -3..-3", "-(-3)"),
        ("{a/2}x where a = 3..3", "(3/2)x"),
        ("{a/2} where a = 3..3", "3/2"),
        ("{a^2} where a = 3..3", "9"),
        ("{a}{b} where a = 2..2, b = 5..5", "25"),
        (r"\frac{{a}}{x} where a = 5..5", r"\frac{5}{x}"),
        (r"\frac{{a}x}{{b}} where a = 5..5, b = 2..2", r"\frac{5x}{2}"),
        (r"\frac{1}{2} + {a} where a = 5..5", r"\frac{1}{2} + 5"),
        ("{a-b}x where a = 2..2, b = 2..2", None),
        ("{1/(a-2)} where a = 2..2", None),
        ("{a^b} where a = 9..9, b = 999999..999999", None),
        # a negative number is raised as a whole, an argument of LaTeX keeps its braces
        ("{a}^2 + {a}^3 where a = -3..-3", "(-3)^2 - 3^3"),
        ("2 + {a}^2 where a = -3..-3", "2 - 3^2"),
        ("x^{a}y where a = 1..1", "x^1y"),
        ("√{a}x where a = 1..1", "√1x"),
        ("{a}√3 where a = 1..1", "√3"),
        ("2√{a} where a = -3..-3", "2√(-3)"),
        (r"\frac{a}{b} where a = 12..12, b = 5..5", r"\frac{12}{5}"),
        (r"\sqrt{a} + x^{b} where a = 12..12, b = 10..10", r"\sqrt{12} + x^{10}"),
        (r"\sqrt[3]{a} where a = 12..12", r"\sqrt[3]{12}"),
        (r"\int_{a}^{b} x dx where a = -2..-2, b = 3..3", r"\int_{-2}^{3} x dx"),
        (r"{a}\cdot{b} where a = 2..2, b = -3..-3", r"2\cdot(-3)"),
        ("A rope is {a}m long where a = 1..1", "A rope is 1m long"),
        ("{a}km where a = 1..1", "1km"),
        ("{a}xy where a = -1..-1", "-xy"),
        # what is said of the problem itself
        ("Evaluate {a}x for x = {b} where a = 2..2, b = 3..3", "Evaluate 2x for x = 3"),
        ("Evaluate {a}x where x = 3 where a = 2..2", "Evaluate 2x where x = 3"),
        ("Evaluate x^2 where x = 3", "Evaluate x^2 where x = 3"),
    ],
)
def test_numbers_stand_as_a_person_writes_them(pattern: str, drawn: str | None) -> None:
    assert only(pattern).drawn(Random(1)) == drawn


@pytest.mark.parametrize(
    "ranges",
    [
        "where a from 2 to 9", "where a is between 2 and 9", "for a = 2..9", "where 2 <= a <= 9",
        "where 2 ≤ a ≤ 9", "with 1 < a <= 9", "where a = 2-9", "where a: 2..9",
        "where a, b = 2..9", "where b = 1..2 and a = 2 to 9", "where a between 2 and 9, b = 1..3",
        "其中a取2到9", "其中 a 为 2 至 9 的整数", "其中a在2和9之间", "，其中a=2~9；b=1~3",
        "其中2≤a≤9",
    ],
)  # fmt: skip
def test_ranges_as_teachers_write_them(ranges: str) -> None:
    assert only(f"x + {{a}} {ranges}").ranges["a"] == (2, 9)


@given(st.integers(-30, 30), st.integers(-30, 30), st.integers(0, 2**32))
def test_what_is_drawn_lies_in_its_range(low: int, high: int, seed: int) -> None:
    low, high = sorted((low, high))
    if low == high == 0:
        return
    text = only(f"= {{a}} where a = {low}..{high}").drawn(Random(seed))
    assert text is not None
    number = int(text.removeprefix("= "))
    assert low <= number <= high
    assert number != 0 or 0 in (low, high)


def test_sheets_have_names() -> None:
    assert [sheet_name(n) for n in (0, 25, 26, 27, 702)] == ["A", "Z", "AA", "AB", "AAA"]


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(Limits(seconds=30)) as pool:
        yield pool


@pytest.fixture(scope="module")
def sheets(pool: Pool) -> tuple[Sheet, ...]:
    wanted = Wanted(count=6, variants=2, seed=1)
    return make_sheets(pool, read_patterns(SPEC), wanted, lambda done, of: None)


def test_each_answer_is_proved_and_of_the_kind_that_is_asked_for(
    sheets: tuple[Sheet, ...],
) -> None:
    assert [len(sheet.items) for sheet in sheets] == [6, 6]
    items = [item for sheet in sheets for item in sheet.items]
    assert len({item.text for item in items}) == len(items)
    assert all(isinstance(item.solution.verdict, Proved) for item in items)
    for item in items:
        if item.text.startswith("Solve"):
            assert re.fullmatch(r"-?\d+", item.answer), item
        assert "+ -" not in item.text
        assert "1x" not in item.text.replace("11x", "")


def test_a_seed_gives_the_same_sheets(pool: Pool, sheets: tuple[Sheet, ...]) -> None:
    wanted = Wanted(count=2, variants=1, seed=1)
    (again,) = make_sheets(pool, read_patterns(SPEC), wanted, lambda done, of: None)
    assert [item.text for item in again.items] == [item.text for item in sheets[0].items[:2]]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("Solve 10x = {a} where a = 1..9 [whole]", "whole"),
        ("Solve x^2 + {a} = 0 where a = 1..9", "no solution"),
        ("Solve x + {a} = x where a = 1..9", "no solution"),
        ("Explain {a} where a = 1..9", ""),
        ("Solve x + {a} = 3 where a = 1..2", "drawn before"),
        ("Factor x^2 + {a} where a = 1..2", "nothing to do"),
    ],
)
def test_a_pattern_that_gives_nothing_says_why(pool: Pool, pattern: str, reason: str) -> None:
    wanted = Wanted(count=3, variants=1, seed=1)
    with pytest.raises(BadPattern) as wrong:
        make_sheets(pool, read_patterns(pattern), wanted, lambda done, of: None)
    assert wrong.value.reason is not None
    assert reason in wrong.value.reason.en


class Slow:
    """A runner that never comes to an end in time."""

    asked = 0

    def run(self, name: str, argument: object, seconds: float | None = None) -> object:
        self.asked += 1
        return Trouble(Failure.TIMEOUT, Text("", ""))


def test_what_takes_too_long_is_not_tried_for_hours() -> None:
    wanted, slow = Wanted(count=1, variants=1, seed=1), Slow()
    with pytest.raises(BadPattern) as wrong:
        make_sheets(slow, read_patterns("Solve {a}x = 4 where a = 2..9"), wanted, lambda d, o: None)
    assert wrong.value.reason is not None
    assert "too long" in wrong.value.reason.en
    assert slow.asked == 3


@pytest.mark.parametrize("lang", Lang)
def test_who_writes_the_answers_of_the_key_has_all_points(
    pool: Pool, sheets: tuple[Sheet, ...], lang: Lang
) -> None:
    for sheet in sheets:
        questions = read_key(key_text(sheet, lang))
        names = [question.name for question in questions]
        text = "\n".join(f"{n}. {item.answer}" for n, item in enumerate(sheet.items, 1))
        paper = read_paper("ann", "ann.txt", text, names)
        marked = grade(pool, questions, [paper], 1, lambda done, of: None)
        assert not marked.faults
        assert [mark.outcome for mark in marked.papers[0].marks] == [Outcome.RIGHT] * 6
        assert questions[0].points == 2


def test_what_is_asked_is_on_the_sheet_whole(pool: Pool) -> None:
    spec = """Write {a}/20 as a percent where a = 1..9
Is {n} prime? where n = 11..99
{n}是质数吗？ 其中 n = 11..99
Solve x^2 = {a^2} for x > 0 where a = 2..8
Find the domain of sqrt(x - {a}) where a = 2..8
Factor {a}x^2 - {b} where a = 1..4, b = 1..25"""
    wanted = Wanted(count=6, variants=1, seed=1)
    (sheet,) = make_sheets(pool, read_patterns(spec), wanted, lambda done, of: None)
    text = written(sheet, Form.MARKDOWN, Lang.EN, key=False)
    for words in ("as a percent", "prime?", "是质数吗", "for x", "Domain:", "Factor:"):
        assert words in text
    keys = written(sheet, Form.MARKDOWN, Lang.ZH, key=True) + key_text(sheet, Lang.ZH)
    assert not re.search("true|false", keys, re.IGNORECASE)
    # there is something to do
    assert sheet.items[-1].answer not in sheet.items[-1].text
    assert not any(
        fault
        for fault in grade(
            pool, read_key(key_text(sheet, Lang.ZH)), [], 1, lambda d, o: None
        ).faults
    )


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("key", [False, True])
def test_every_form_has_every_problem(sheets: tuple[Sheet, ...], form: Form, *, key: bool) -> None:
    text = written(sheets[0], form, Lang.EN, key=key)
    marks = {Form.MARKDOWN: "\n6. ", Form.LATEX: "\n\\item ", Form.PAGE: "<li>"}
    assert text.count(marks[form]) == (1 if form is Form.MARKDOWN else 6)
    assert "Algebra A" in text
    assert ("Key" in text) is key
    assert ("Name:" in text) is not key
    assert ("2 points" in text) is not key


def test_a_hostile_title_is_only_text(pool: Pool) -> None:
    spec = "# <script>$\\input{x}`|\x1b[31m\nSolve {a}x = 4 where a = 2..4"
    wanted = Wanted(count=1, variants=1, seed=1)
    (sheet,) = make_sheets(pool, read_patterns(spec), wanted, lambda done, of: None)
    assert "<script" not in written(sheet, Form.PAGE, Lang.EN, key=False)
    assert r"\input{x}" not in written(sheet, Form.LATEX, Lang.EN, key=False)
    assert "<script" not in written(sheet, Form.MARKDOWN, Lang.EN, key=False)
    assert "\x1b" not in key_text(sheet, Lang.EN)


def test_a_title_with_a_number_is_no_question_of_the_key(pool: Pool) -> None:
    wanted = Wanted(count=1, variants=1, seed=1)
    patterns = read_patterns("# 1. Equations\nSolve {a}x = 4 where a = 2..4")
    (sheet,) = make_sheets(pool, patterns, wanted, lambda done, of: None)
    assert [question.name for question in read_key(key_text(sheet, Lang.EN))] == ["1"]
