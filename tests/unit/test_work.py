"""Marks on worked lines: what is right is never called wrong, what is wrong is found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.checking.work import check_work
from assistant.maths.types import Lang, Proved, Refuted, Supported, Work, WorkReport


def check(*steps: str, problem: str = "") -> WorkReport:
    return check_work(Work(problem, steps))


RIGHT = [
    ("2x + 3 = 11", "2x = 8", "x = 4"),
    ("x^2 = 9", "x = 3", "x = -3"),
    ("x^2 - 5x + 6 = 0", "(x-2)(x-3) = 0", "x - 2 = 0", "x = 2", "x - 3 = 0", "x = 3"),
    ("x^4 - 5x^2 + 6 = 0", "Let u = x^2", "u^2 - 5u + 6 = 0", "u = 2 or u = 3",
     "x^2 = 2 or x^2 = 3"),
    ("x + y = 5", "x - y = 1", "2x = 6", "x = 3", "3 + y = 5", "y = 2"),
    ("x^2 - 5x + 6 = 0", "discriminant = 25 - 24 = 1", "Δ = b^2 - 4ac = 25 - 24 = 1",
     "x = (5 ± 1)/2", "x_1 = 3, x_2 = 2"),
    ("sqrt(x+7) = x - 5", "x + 7 = (x-5)^2", "x^2 - 11x + 18 = 0", "x = 2 or x = 9", "x = 9"),
    ("2x + 3 = 2x + 5", "3 = 5", "no solution"),
    ("2(x+1) = 2x + 2", "0 = 0", "all real numbers"),
    ("(x+1)^2 - (x-1)^2", "= x^2 + 2x + 1 - x^2 + 2x - 1", "= 4x"),
    ("3x = 10", "x = 3.33"),
    ("x = 3", "2*3 + 1 = 7", "7 = 7"),
]  # fmt: skip


@pytest.mark.parametrize("steps", RIGHT)
def test_right_work_is_accepted(steps: tuple[str, ...]) -> None:
    report = check(*steps)
    assert report.first_wrong is None
    assert isinstance(report.marks[-1].verdict, Proved)


WRONG = [
    (("2x + 3 = 11", "2x = 8", "x = 5"), 2),
    (("4(x - 3) = x + 2", "4x - 3 = x + 2", "3x = 5"), 1),
    (("x^2 = 9", "x = 3"), 1),
    (("x + y = 5, x - y = 1", "2x = 4"), 1),
    (("(x+1)^2", "x^2 + 1"), 1),
    (("3 - 2y = 7", "3 - 2 = 7"), 1),
    (("-5 = 2y - 5", "-5 = -5"), 1),
    (("x^2 - 5x + 6 = 0", "no solution"), 1),
    (("12 x 5 = 65 apples",), 0),
    (("so 12 - 5 = 7 and 7 x 3 = 22",), 0),
    (("23÷4=5……2",), 0),
    (("3吨=300千克",), 0),
    (("11 hours 20 minutes - 8.34 hours = 2 hours 46 minutes",), 0),
]


@pytest.mark.parametrize(("steps", "place"), WRONG)
def test_the_first_wrong_line_is_named(steps: tuple[str, ...], place: int) -> None:
    report = check(*steps)
    assert report.first_wrong == place
    verdict = report.marks[place].verdict
    assert isinstance(verdict, Refuted)


FINE = [
    "He has 3 times as many, so 3 x 4 = 12, plus 5 = 17", "The ratio is 3:2 = 6:4",
    "$50 - 20% = $40", "3 + 4 = 7 + 5 = 12 pens", "50/ 1/2 = 100", "1 inch = 10 miles",
    "100 / 3 = 33 with 1 left over", "3:45 + 0:30 = 4:15",
    "the 2nd = 3 x 4 = 12", "5 x 2 = 10 cents or 10/5 = 2 coins", "3 x 5 = 1 (mod 7)",
    "If x = 5 then 2x = 10", "so e = 12 days", "0.5公顷=5000平方米", "3 + 4 = 8 is wrong",
    "2的3次方=8", "2 to the power of 3 + 1 = 9", "cos 60 = 0.5", "1260 / 3500 * 100 = 36%",
    "total = 5", "120 / 15 = 8 periods of 15 minutes", "2/3 = 0.66", "log 100 = 2",
    "The points (3, 4) = A",
]  # fmt: skip


@pytest.mark.parametrize("line", FINE)
def test_what_may_be_meant_otherwise_is_not_refuted(line: str) -> None:
    assert check(line, problem="A problem in words.").first_wrong is None


PROVED = [
    "50% of 80 = 40", "2 hours = 120 minutes", "5 km = 5000 m", "1小时30分钟=90分钟", "2元5角=25角",
    "3×2=6（元）", "17÷5=3……2", "10/3 ≈ 3.3", "2/3 = 0.67", "8 hours - 30 minutes = 7.5 hours",
    "he has 5+3=<<5+3=8>>8", "1,000 + 500 = 1,500", "60÷(1-40%)=100（人）", "3/4 hour = 45 minutes",
    "46 minutes = 0.77 hours", "1.5 million + 2.5 million = 4 million",
    "$3 + 50 cents = $3.50", "5×3=15cm²", "80的50%=40",
    "Then $\\frac{1}{3} \\cdot \\frac{1}{3} = \\frac{1}{9}$.",
    "they have x + (x + 6) = 2x + 6 pens",
]  # fmt: skip


@pytest.mark.parametrize("line", PROVED)
def test_a_true_equality_in_words_holds_and_is_no_proof_of_the_step(line: str) -> None:
    report = check(line, problem="A problem in words.")
    assert isinstance(report.marks[0].verdict, Supported)
    assert "whether it is the one that is needed" in report.marks[0].why.en
    assert report.marks[0].claims > 0


def test_work_is_judged_against_the_problem() -> None:
    assert check("2x = 9", problem="Solve 2x + 3 = 11").first_wrong == 0
    assert check("x = 4", problem="解方程 2x + 3 = 11").first_wrong is None
    assert check("原式=2ab", problem="化简 (a+b)^2-(a-b)^2").first_wrong == 0


def test_what_is_asked_for_may_have_a_value_by_what_was_said_of_its_letters() -> None:
    for lines in (("x = 2", "y = 3", "x + y = 5"), ("2x + 2y = 10", "x + y = 5")):
        assert check(*lines, problem="What is x + y?").first_wrong is None
    assert check("x + y = 2x", problem="Simplify x + y").first_wrong == 0


def test_the_reason_names_both_values() -> None:
    report = check("2x = 8", "x = 5")
    why = report.marks[1].why
    assert why.args == ("x = 5", "x = 4")
    assert "不满足" in why.template(Lang.ZH)


def test_an_equation_of_prose_is_refuted_only_by_its_own_derivation() -> None:
    lines = ("So 2x + 6 = 30.", "Subtracting 6 from both sides, we get 2x = 20.")
    assert check(*lines, problem="How many pens?").first_wrong == 1
    lines = ("Ann is x years old, so x = 12.", "The brother, also x, has x = 15.")
    assert check(*lines, problem="How old?").first_wrong is None


def test_added_solutions_are_pointed_out() -> None:
    report = check("x = 2", "x^2 = 4")
    assert isinstance(report.marks[1].verdict, Proved)
    assert "added" in report.marks[1].why.en


@settings(max_examples=40, deadline=None)
@given(st.integers(-9, 9).filter(bool), st.integers(-9, 9), st.integers(-9, 9))
def test_solving_a_linear_equation_is_never_refuted(a: int, b: int, x: int) -> None:
    c = a * x + b
    report = check(f"{a}x + {b} = {c}", f"{a}x = {c - b}", f"x = {x}")
    assert report.first_wrong is None


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 99), st.integers(1, 99), st.integers(0, 3))
def test_a_product_in_prose_is_right_or_wrong(a: int, b: int, off: int) -> None:
    report = check(f"She pays {a} x ${b} = ${a * b + off} in all.", problem="How much?")
    assert (report.first_wrong is None) == (off == 0)


def test_a_solution_that_was_added_must_be_rejected() -> None:
    lines = ("sqrt(x+7) = x - 5", "x + 7 = (x-5)^2", "x^2 - 11x + 18 = 0", "x = 2 or x = 9")
    assert check(*lines).first_wrong == 3
    assert check(*lines, "x = 9").first_wrong is None


@pytest.mark.parametrize(
    "steps",
    [("x + y = 5, x - y = 1", "2x = 4", "y = 100"), ("x + 1 = x", "0 = 1", "x = 3"),
     ("x + y = 5", "x - y = 1", "x + y = 7", "y = 100")],
)  # fmt: skip
def test_nothing_is_proved_from_a_contradiction(steps: tuple[str, ...]) -> None:
    assert not isinstance(check(*steps).marks[-1].verdict, Proved)


def test_a_right_calculation_proves_nothing_beside_it() -> None:
    report = check("15 + 5 = 20, so x = 99.", problem="How many?")
    assert not isinstance(report.marks[0].verdict, Proved)
    report = check("x^2 - 5x + 6 = 0", "Δ = b^2 - 4ac = 36 - 24 = 12")
    assert not isinstance(report.marks[1].verdict, Proved)


@pytest.mark.slow
def test_long_work_ends_in_time() -> None:
    report = check(*(f"{n} + {n} = {2 * n}" for n in range(3000)))
    assert len(report.marks) == 3000
    assert report.first_wrong is None


def test_a_named_value_is_remembered_on_the_next_line() -> None:
    assert check("area = 3*4", "area = 13").first_wrong == 1
    assert isinstance(check("area = 3*4", "area = 12").marks[1].verdict, Supported)
    assert check("total = 5", "total = 42").first_wrong is None


def test_hostile_lines_do_no_harm() -> None:
    report = check("(" * 5000, "=" * 300, "__import__('os') = 1", "x" * 10_000, "9" * 3000 + " = 1")
    assert len(report.marks) == 5


@pytest.mark.parametrize(
    ("problem", "lines"),
    [
        ("", ("0.(3) = 1/3",)),
        ("Write 0.333... as a fraction", ("x = 0.333...", "10x = 3.333...", "9x = 3", "x = 1/3")),
        ("", ("$x = 0.\\overline{3}$", "$9x = 3$", "$x = 1/3$")),
        ("Solve x = 0.333...", ("x = 1/3",)),
        ("", ("e = 2.718281828...",)),
        ("Write -1 - i in polar form", ("r = sqrt(2)", "sqrt(2)(cos(5pi/4) + i sin(5pi/4))")),
        ("Find the sum of the roots of x^2 - 5x + 6 = 0", ("a = 1", "b = -5", "-b/a", "5")),
        ("y = x^2 + 3x, find dy/dx at x = 1", ("dy/dx = 2x + 3", "2(1) + 3", "5")),
    ],
)
def test_what_is_not_claimed_to_be_equal_is_not_refuted(
    problem: str, lines: tuple[str, ...]
) -> None:
    marks = check_work(Work(problem, lines)).marks
    assert not any(isinstance(mark.verdict, Refuted) for mark in marks)


def test_what_goes_on_from_a_name_is_still_judged() -> None:
    marks = check_work(Work("", ("A = (x+1)^2", "= x^2 + 1"))).marks
    assert isinstance(marks[1].verdict, Refuted)
