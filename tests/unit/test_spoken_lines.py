"""Lines as a model speaks them: nothing right is called wrong, nothing wrong right."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work, first_state, next_line
from assistant.maths.types import NextLine, Proved, Refuted, Supported, Undecided, Work

Kinds = list[type]


def kinds(problem: str, *lines: str) -> Kinds:
    """At the end, when all lines are known; on the way nothing else is said of any of them."""
    marks = check_work(Work(problem, lines)).marks
    state = first_state(problem)
    for line, mark in zip(lines, marks, strict=True):
        early = next_line(NextLine(state, line))
        state = early.state
        assert isinstance(early.mark.verdict, Undecided | type(mark.verdict)), line
    return [type(mark.verdict) for mark in marks]


SUM = "Explain the order of operations in 2 + 3 × 4"


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ("Solve (x-1)(x-2) > 0", "x < 1, or x > 2"),
        ("Solve (x-1)(x-2) > 0", "x<1，或x>2"),
        ("Solve (x-1)(x-2) > 0", "x-1 > 0 and x-2 > 0, or x-1 < 0 and x-2 < 0"),
        ("Solve (x-1)(x-2) = 0", "x - 1 = 0, or x - 2 = 0"),
        ("Solve x + y = 3, xy = 2", "x = 1, y = 2 or x = 2, y = 1"),
    ],
)
def test_what_or_stands_between_are_cases(problem: str, line: str) -> None:
    assert kinds(problem, line) == [Proved]


def test_where_a_case_ends_is_not_guessed() -> None:
    assert kinds("Solve x = 3, (y-1)(y-2) = 0", "y = 1 or y = 2, x = 3") == [Undecided]


@pytest.mark.parametrize(
    ("problem", "line", "kind"),
    [
        ("Solve 2 < x + 1 < 5", "1 < x < 6", Undecided),
        ("Solve 2 < x + 1 < 5", "Subtracting 1: 1 < x < 6", Undecided),
        ("Solve x^2 > 4", "x < -1 or x > 1", Undecided),
        ("Solve 2 < x + 1 < 5", "Subtracting 1: 1 < x < 4", Proved),
        ("Solve 2 < x + 1 < 5", "x > 1", Proved),
        ("Solve x^2 > 4", "x < -2 or x > 2", Proved),
    ],
)
def test_a_range_that_is_too_wide_is_not_proved(problem: str, line: str, kind: type) -> None:
    assert kinds(problem, line)[0] is kind


def test_several_values_on_one_line_are_told_apart() -> None:
    found = kinds("Solve x + y = 5, x - y = -1", "x = 2, y = 3", "So x^2 = 4.", "So x^2 = 9.")
    assert found == [Proved, Proved, Refuted]


# --- solutions with numbers


QUADRATIC = "Solve x^2 - 5x + 6 = 0"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("x_1 + x_2 = 5", Proved),
        ("x₁x₂ = 6", Proved),
        ("x_1^2 + x_2^2 = (x_1 + x_2)^2 - 2x_1x_2 = 25 - 12 = 13", Proved),
        ("By Vieta's formulas, $x_1 + x_2 = 5$ and $x_1 x_2 = 6$.", Undecided),
        ("x_1 + x_2 = -5", Refuted),
        ("x₁x₂ = 5", Refuted),
        ("x_1 - x_2 = 1", Undecided),
    ],
)
def test_a_statement_about_both_solutions(line: str, kind: type) -> None:
    assert kinds(QUADRATIC, line) in ([kind], [Proved] if kind is Undecided else [kind])
    assert kinds(QUADRATIC, "x_1 + x_2 = 5", line)[1] is not Refuted or kind is Refuted


def test_the_second_solution_is_not_held_against_the_first() -> None:
    problem = "Solve x^2 + 2x - 8 = 0 using the quadratic formula"
    lines = (
        "a = 1, b = 2, c = -8",
        "x = (-b ± √Δ)/(2a) = (-2 ± 6)/2",
        "x₁ = (-2 + 6)/2 = 2",
        "x₂ = (-2 - 6)/2 = -4",
    )
    assert Refuted not in kinds(problem, *lines)
    assert kinds(QUADRATIC, "x_1 = 2", "x_2 = 3") == [Proved, Proved]
    assert kinds(QUADRATIC, "x_1 = 2", "x_2 = 4")[1] is Refuted


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("So x = 2 is a root.", Proved),
        ("So $x = 3$ is another solution.", Proved),
        ("所以 x=2 是方程的一个根。", Proved),
        ("So x = 4 is a root.", Refuted),
        ("所以 x=4 是原方程的解。", Refuted),
        ("So x = 4 is not a root.", Undecided),
    ],
)
def test_one_root_says_nothing_of_others(line: str, kind: type) -> None:
    assert kinds(QUADRATIC, line) == [kind]
    assert kinds(QUADRATIC, line, "So x = 2, 3")[1] is Proved


# --- several questions


@pytest.mark.parametrize(
    "problem",
    [
        "(1) Solve x + 2 = 5. (2) Solve x - 2 = 5.",
        "解下列方程：（1）x+2=5 （2）x-2=5",
        "a) Solve x + 2 = 5. b) Solve x - 2 = 5.",
        "解方程：①x+2=5 ②x-2=5",
    ],
)
def test_in_several_questions_a_letter_may_be_another_number(problem: str) -> None:
    found = kinds(problem, "x = 5 - 2 = 3", "x = 5 + 2 = 7", "x = 5 + 2 = 8")
    assert Refuted not in found[:2]
    assert found[2] is Refuted  # by its own numbers
    found = kinds(problem, "x + 2 = 5", "x = 3", "x - 2 = 5", "x = 3")
    assert Proved not in found
    assert found[1] is Supported


# --- what somebody else says, or is only supposed


@pytest.mark.parametrize(
    "line",
    [
        "It is tempting to write 2 + 3 × 4 = 20.",
        "One might think that 2 + 3 × 4 = 20.",
        "The naive answer is 2 + 3 × 4 = 5 × 4 = 20.",
        "A beginner's answer: 2 + 3 × 4 = 20.",
        "Some calculators show 2 + 3 × 4 = 20.",
        '"2 + 3 × 4 = 20" is what you often see.',
        "Student A: 2 + 3 × 4 = 20",
        "Many people would write $2 + 3 \\times 4 = 20$.",
        "We have to check if 2 + 3 × 4 = 20.",
        "If 2 + 3 × 4 = 20, we are done.",
        "2 + 3 × 4 = 20 ✗",
        "2 + 3 × 4 = 20 ❌",
        "2+3×4=20 （×）",
        "切忌算成 2+3×4=5×4=20。",
        "容易错算成 2+3×4=20。",
        "小明的做法：2+3×4=20",
        "如果 2+3×4=20，就不对了。",
        "有同学认为 2+3×4=20。",
        "“2+3×4=20”这样写的人很多。",
        "10 + 5 = 3 on a 12-hour clock.",
    ],
)
def test_what_others_say_is_no_mistake_of_the_writer(line: str) -> None:
    assert kinds(SUM, line) == [Undecided]
    assert kinds(SUM, line, "So 2 + 3 × 4 = 2 + 12 = 14.") == [Undecided, Supported]


@pytest.mark.parametrize(
    "line",
    [
        "We get 2 + 3 × 4 = 20.",
        "Each student gets 2 + 3 × 4 = 20 apples.",
        "If he buys 3 boxes, he has 2 + 3 × 4 = 20 pens.",
        "I think 2 + 3 × 4 = 20.",
        "每个学生分到 2+3×4=20 个。",
        "学生的人数是 2+3×4=20。",
        "所以为 2+3×4=20。",
        "分别算出 2+3×4=20。",
        "主要是 2+3×4=20。",
    ],
)
def test_a_wrong_calculation_among_such_words_is_found(line: str) -> None:
    assert kinds(SUM, line) == [Refuted]


@pytest.mark.parametrize(
    "lines",
    [
        ("Suppose sqrt(2) + sqrt(3) = sqrt(5).", "5 + 2 sqrt(6) = 5", "2 sqrt(6) = 0"),
        ("Suppose not.", "$\\sqrt{2} + \\sqrt{3} = \\sqrt{5}$", "$5 + 2\\sqrt{6} = 5$"),
        ("假设 √2+√3=√5，", "两边平方得 5+2√6=5", "2√6=0"),
        ("用反证法。", "√2+√3=√5", "5+2√6=5"),
    ],
)
def test_in_a_proof_by_contradiction_wrong_is_right(lines: tuple[str, ...]) -> None:
    found = kinds("Prove that sqrt(2) + sqrt(3) is not sqrt(5)", *lines)
    assert Refuted not in found
    ended = kinds("Prove it.", *lines, "That is a contradiction.", "2 + 3 = 6")
    assert ended[-1] is Refuted


# --- signs and numerals of the problem's own


@pytest.mark.parametrize(
    "problem",
    [
        "Define a * b = a + 2b. Find 3 * 4.",
        "定义新运算：a*b=a+2b，求 3*4 的值",
        "对于任意实数 a、b，规定 a※b=a+2b，求 3※4",
        "If a # b = a + 2b, find 3 # 4",
        "The operation $\\oplus$ is defined by $a \\oplus b = a + 2b$. Find $3 \\oplus 4$.",
        "In base 8, what is 17 + 5?",
        "Compute 1011 + 11 in binary.",
        "二进制数 1011 加 11 等于多少？",
        "In $\\mathbb{Z}_7$, compute 5 + 4.",
    ],
)
def test_where_a_problem_gives_signs_another_meaning_nothing_is_judged(problem: str) -> None:
    assert kinds(problem, "3 * 4 = 3 + 2*4 = 11", "17 + 5 = 24", "2 + 3 = 5") == [Undecided] * 3


@pytest.mark.parametrize(
    "problem",
    [
        "A triangle has base 8 cm and height 5 cm. Find its area.",
        "Find log base 2 of 8",
        "Simplify (a + b)^2",
        "已知 a-b=3，求 a^2-2ab+b^2",
        "求函数 y=ln x 的定义域",
        "f(x) is defined by f(x) = x + 1. Find f(2).",
    ],
)
def test_elsewhere_signs_mean_what_they_mean(problem: str) -> None:
    assert kinds(problem, "2 + 3 = 6") == [Refuted]


# --- about equal, and units


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("x = 10/3 ≈ 3.33", Proved),
        ("So $x = \\frac{10}{3} \\approx 3.33$.", Proved),
        ("x = 11/3 ≈ 3.67", Refuted),
        ("$x = 11/3 \\approx 3.67$", Refuted),
        ("x = 10/3 ≈ 3.53", Refuted),
        ("x = 10/3 ≈ 3.4", Undecided),
    ],
)
def test_what_is_exact_before_the_rounding_is_judged_too(line: str, kind: type) -> None:
    assert kinds("Solve 3x = 10", line) == [kind]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("So the area is π · 3^2 = 9π ≈ 28.27.", Supported),
        ("A = π · 3^2 = 9π ≈ 27.28", Refuted),
        ("P = 3/28 ≈ 0.17", Refuted),
        ("√2+√3 ≈ 1.414+1.732 = 3.246", Refuted),
        ("√2+√3 ≈ 1.414+1.732 = 3.146", Undecided),
        ("48 × 52 ≈ 50 × 50 = 2500", Undecided),
        ("c = √(5²+12²) = √(25+144) = √179 ≈ 13.4", Refuted),
    ],
)
def test_rounded_numbers_in_a_chain(line: str, kind: type) -> None:
    assert kinds("Find the area", line) == [kind]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("3小时20分=3×60+20=200分钟", Supported),
        ("3小时20分=3×60+20=220分钟", Refuted),
        ("1小时30分=80分钟", Refuted),
        ("4元5角6分=4.56元", Supported),
        ("4元5角6分=4.65元", Refuted),
        ("2.5公顷=2.5×10000平方米=25000平方米", Supported),
        ("1米5=1.5米", Undecided),
        ("小明得了 90+5=95 分", Supported),
        ("第2天看了200×2/5=80页", Supported),
        ("2.5 hours = 2.5 × 3600 = 9000 seconds", Supported),
        ("2.5 hours = 2.5 × 360 = 900 seconds", Refuted),
        ("3 hours 20 minutes = 3×60 + 20 = 200 minutes", Supported),
        ("8 cm = 8 × 5 = 40 km", Undecided),  # on a map
        ("3 kg = 3 × 2 = 6 dollars", Undecided),
    ],
)
def test_a_calculation_has_the_unit_of_its_result(line: str, kind: type) -> None:
    assert kinds("How much is it?", line) == [kind]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("= x^2 + 2x + 1 - x^2 = 2x + 1", Proved),
        ("= x^2 + 2x + 1 - x^2 = 2x", Refuted),
        ("原式=x^2+2x+1-x^2=2x+1", Proved),
        ("原式=x^2+2x+1-x^2=2x+2", Refuted),
        ("= x^2 + 2x + 1 - x^2 ≈ 2x", Undecided),
    ],
)
def test_every_side_of_a_line_that_goes_on_is_judged(line: str, kind: type) -> None:
    assert kinds("Simplify (x + 1)^2 - x^2", line) == [kind]


def test_clearing_denominators_may_add_a_solution() -> None:
    problem = "Solve x/(x-1) = 1/(x-1)"
    assert kinds(problem, "Multiply both sides by x - 1: x = 1") == [Undecided]
    assert kinds("Solve x/(x-1) = 2", "Multiply both sides by x - 1: x = 1") == [Refuted]


def test_no_solution_is_judged_by_the_line_before_but_not_within_a_case() -> None:
    assert kinds("Solve x^2 + 1 = 0", "x^2 = -1", "No real solutions.") == [Proved, Proved]
    assert kinds("解方程 x+3=x+5", "3=5", "所以方程无解") == [Proved, Proved]
    assert kinds("Solve x^2 = 4", "x = ±2", "No real solutions.")[1] is Refuted
    cases = ("Case 1: x ≥ 2", "x - 2 = 3x", "x = -1", "No solution.")
    assert Refuted not in kinds("Solve |x - 2| = 3x", *cases)


@pytest.mark.parametrize(
    "line", ["原式=(tanα+1)/(tanα-1)=(2+1)/(2-1)=3", "原式=(tanα+1)/(tanα-1)=3"]
)
def test_values_that_the_problem_tells_may_be_put_in(line: str) -> None:
    assert kinds("已知 tanα=2，求 (sinα+cosα)/(sinα-cosα)", line) == [Undecided]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("$\\text{Distance} = 60 \\times 2.5 = 150 \\text{ miles}$", Supported),
        ("$\\text{Distance} = 60 \\times 2.5 = 120 \\text{ miles}$", Refuted),
        ("$\\text{面积} = 3 \\times 4 = 13 \\text{ 平方厘米}$", Refuted),
        ("\\text{Total} = 3 \\times 15 + 2 \\times 20 = 45 + 40 = 95", Refuted),
        ("$3 \\times 4 = 13 \\text{ apples}$", Refuted),
        ("$5 \\text{ ft} = 60 \\text{ in}$", Undecided),
        ("$2 \\text{ dozen} = 24$", Undecided),
        ("$3 \\times 4 = 1 \\text{ dozen}$", Undecided),
        ("$\\text{Speed} = \\frac{240 \\text{ km}}{3 \\text{ h}} = 90 \\text{ km/h}$", Undecided),
        ("So it takes 3 x 20 = 1 hour.", Undecided),
        ("So it takes 3 x 20 = 2 hours.", Refuted),
    ],
)
def test_names_and_units_in_a_formula(line: str, kind: type) -> None:
    assert kinds("How much is it?", line) == [kind]


def test_what_the_condition_of_a_case_leaves_out_is_not_lost() -> None:
    lines = (
        "情况一：x≥1", "x-1<2x", "x>-1", "所以 x≥1", "情况二：x<1", "1-x<2x", "x>1/3",
        "所以 1/3<x<1",
    )  # fmt: skip
    assert Refuted not in kinds("解不等式 |x-1|<2x", *lines)
    assert kinds("Solve x > 1/3", "1/3 < x < 1") == [Refuted]
