"""Lines that tell what was done before a colon, and rows of tables that do."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.reading.claims.instructed import row_text
from assistant.maths.types import Work, verdict_word


def words(problem: str, *lines: str) -> list[str]:
    """The verdicts on worked lines."""
    return [verdict_word(mark.verdict) for mark in check_work(Work(problem, lines)).marks]


RIGHT = (
    "**Step 1:** Expand: $3x - 12 + 2 = 5x$",
    "**Step 2:** Combine like terms: $3x - 10 = 5x$",
    "**Step 3:** Subtract $3x$ from both sides: $-10 = 2x$",
    "Divide both sides by 2: x = -5",
)
WRONG = (
    "**Step 1:** Expand: $3x - 4 + 2 = 5x$",
    "**Step 2:** Combine like terms: $3x - 14 = 5x$",
    "**Step 3:** Subtract $3x$ from both sides: $-10 = 8x$",
    "Divide both sides by 2: x = -20",
)


def test_right_steps_are_proved() -> None:
    assert words("Solve 3(x - 4) + 2 = 5x", *RIGHT) == ["proved"] * 4


@pytest.mark.parametrize("at", range(4))
def test_the_first_wrong_one_is_found(at: int) -> None:
    lines = [*RIGHT[:at], WRONG[at]]
    assert words("Solve 3(x - 4) + 2 = 5x", *lines) == ["proved"] * at + ["refuted"]


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (("x + 3 = 5", "Take away 3: x = 2"), "proved"),
        (("x + 3 = 5", "Take away 3: x = 8"), "refuted"),
        (("x/2 = 3", "Multiply both sides by 2: x = 6"), "proved"),
        (("x/2 = 3", "两边同乘2：x=6"), "proved"),
        (("x/2 = 3", "两边同乘2：x=1.5"), "refuted"),
        (("x^2 - 5x + 6 = 0", "因式分解：(x+2)(x+3)=0"), "refuted"),
        (("x^2 = 9", "Take the square root of both sides: x = 3 or x = -3"), "proved"),
        (("x^2 = 9", "Take the square root of both sides: x = 3"), "refuted"),
        (("x^2 = 9", "Take the positive square root: x = 3"), "undecided"),
        (("5x = 22", "系数化为1：x = 22/5"), "proved"),
        (("5x = 22", "系数化为1：x = 5/22"), "refuted"),
        (("x^2 = x", "Divide both sides by x: x = 1"), "refuted"),
    ],
)
def test_an_instruction_goes_on_from_the_line_before(lines: tuple[str, ...], verdict: str) -> None:
    assert words("", *lines)[-1] == verdict


@pytest.mark.parametrize(
    "line",
    [
        "Add the second equation: 3y = 8",
        "Divide by x if x is not 0: x = 1",
        "Move on to case 2: x = -3",
        "Divide by x (x nonzero): x = 1",
        "两边除以x（x不为0）：x=1",
        "移项有误：x=10",
    ],
)
def test_one_about_something_else_refutes_nothing(line: str) -> None:
    assert words("", "x^2 - x = 0", line)[-1] != "refuted"


def test_rows_of_a_table() -> None:
    table = ("| Step | Equation |", "|---|---|", "| Add 7 | 3x = 18 |", "| Divide by 3 | x = 6 |")
    assert words("Solve 3x - 7 = 11", *table)[2:] == ["proved", "proved"]
    wrong = (*table[:3], "| Divide by 3 | x = 9 |")
    assert words("Solve 3x - 7 = 11", *wrong)[2:] == ["proved", "refuted"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("| 1 | 3x = 18 | Add 7 |", "Add 7: 3x = 18"),
        ("| $x = 2$ or $x = 3$ | factor |", "factor: $x = 2$ or $x = 3$"),
        ("| 2 | y = 4 |", "| 2 | y = 4 |"),
        ("| 2 | 2x = 4 |", "2x = 4"),
        ("| Step 2 | x = 1.5 |", "| Step 2 | x = 1.5 |"),
        ("| Step 2 | 2x = 4 |", "2x = 4"),
        ("| x | = | y |", "| x | = | y |"),
        ("| x - 1 | = 3", "| x - 1 | = 3"),
        ("|x| = |y|", "|x| = |y|"),
        ("| x = 1 | y = 2 |", "| x = 1 | y = 2 |"),
        ("| Step | Equation |", "| Step | Equation |"),
        ("|", "|"),
        ("| |", "| |"),
    ],
)
def test_only_a_row_is_read_as_one(line: str, text: str) -> None:
    assert row_text(line) == text


def test_a_table_of_values_is_no_chain() -> None:
    table = ("| x | y = 2x |", "|---|---|", "| 1 | y = 2 |", "| 2 | y = 4 |")
    assert "refuted" not in words("Make a table for y = 2x", *table)


def test_what_is_told_to_be_done_incorrectly_is_not_claimed() -> None:
    line = "Adding 3 to both sides incorrectly gives: 2x = 10"
    assert words("Solve 2x + 3 = 7", line) == ["undecided"]


def test_numbers_put_in_for_what_is_told_of_letters() -> None:
    problem, first = "已知 a+b=5, ab=6, 求 a^2+b^2", "a^2+b^2 = (a+b)^2 - 2ab"
    assert words(problem, first, "= 25 - 12 = 13") == ["proved", "proved"]
    assert words(problem, first, "= 25 - 6 = 19") == ["proved", "refuted"]
    assert words("", "(a+b)^2 - 2ab", "= 25 - 12")[-1] == "refuted"  # nothing is told of them


def test_what_contradicts_the_problem_is_not_told_by_a_number_that_does_not_fulfil_it() -> None:
    lines = ("(x + 1/x)^2 - 2", "9 + 2")
    mark = check_work(Work("If x + 1/x = 3, find x^2 + 1/x^2", lines)).marks[-1]
    assert verdict_word(mark.verdict) == "refuted"
    assert "known of the letters" in mark.why.en


@pytest.mark.parametrize(
    "line",
    [
        "Combine for a similar problem: 3x = 10",
        "Multiply another: 3x = 10",
        "Dividing the new equation 3x = 9 by 3: x = 3",
        "Subtract 2: 3x = 10, wait",
        "Tom subtracts 2: 3x = 10",
        "小红移项：3x=10",
        "化简另一个：3x=10",
        "不移项：3x=10",
        "For example, if x were 5 then 3x + 2 = 17",
    ],
)
def test_what_is_not_known_to_go_on_refutes_nothing(line: str) -> None:
    found = words("Solve 3x + 2 = 8", line, "3x = 6", "x = 2")
    assert found[0] == "undecided"
    assert found[-1] == "proved"


@pytest.mark.parametrize(
    "line",
    [
        "First, subtracting 2 from both sides, we get 3x = 10.",
        "Let me subtract 2 from both sides: 3x = 10",
        "Now I need to subtract 2 from both sides: 3x = 10",
        "So let's subtract 2 from both sides: 3x = 10",
        "我们先移项，3x=8+2",
        "然后移项：3x=10",
    ],
)
def test_thinking_aloud_goes_on_from_the_line_before(line: str) -> None:
    assert words("Solve 3x + 2 = 8", line) == ["refuted"]
    assert words("Solve 3x + 2 = 8", line.replace("10", "6").replace("8+2", "8-2")) == ["proved"]


def test_what_is_said_of_all_equations_of_a_system_is_held_against_them() -> None:
    problem = "解方程组 2x+y=7, x-y=2"
    assert words(problem, "①+②得：3x=9") == ["proved"]
    assert words(problem, "①+②得：3x=4") == ["refuted"]


@pytest.mark.parametrize(
    "lines",
    [
        ("x = 1", "Next x = 1.5", "Then x = 1.4167"),
        ("| start | x = 1 |", "| next | x = 1.5 |", "| then | x = 1.4167 |"),
    ],
)
def test_the_values_of_an_iteration_are_no_chain(lines: tuple[str, ...]) -> None:
    assert "refuted" not in words("", *lines)


def test_a_calculation_gone_wrong_is_no_next_value() -> None:
    assert words("", "x = 6/2", "x = 4")[-1] == "refuted"
    assert words("Solve 2x = 6", "x = 3", "x = 4")[-1] == "refuted"


EVALUATED = "先化简，再求值：(x+1)^2 - x^2，其中x=3"


def test_the_expression_of_the_problem_is_taken_up_again_by_name() -> None:
    part = "(x+1)^2 = x^2+2x+1"
    assert words("化简 (x+1)^2 - x^2", part, "原式=2x+1") == ["proved", "proved"]
    assert words("化简 (x+1)^2 - x^2", part, "原式=2x")[-1] == "refuted"
    parts = ("(-2)^3=-8", "(-3)^2=9", "原式=-8-9")
    assert words("计算 (-2)^3 - (-3)^2", *parts, "=-17") == ["proved"] * 4


def test_a_value_is_found_by_what_is_told_of_the_letters() -> None:
    lines = ("原式=x^2+2x+1-x^2", "=2x+1", "原式=2×3+1=7")
    assert words(EVALUATED, *lines) == ["proved"] * 3
    assert words(EVALUATED, lines[0], "=2x")[-1] == "refuted"
    assert words("已知 a+b=5, ab=6, 求 a^2+b^2", "原式=(a+b)^2+2ab") == ["refuted"]


def test_another_value_than_that_asked_for_proves_nothing() -> None:
    assert words("If a+b=5, find a^2+b^2", "(a+b)^2", "25") == ["undecided", "supported"]


@pytest.mark.parametrize(
    ("end", "verdict"), [("原式=7", "proved"), ("原式=2×3+1=7", "proved"), ("原式=8", "refuted")]
)
def test_its_value_is_told_in_a_sentence(end: str, verdict: str) -> None:
    assert words(EVALUATED, "原式=2x+1", f"当x=3时，{end}")[-1] == verdict
    other = words(EVALUATED, "原式=2x+1", "当x=2时，原式=5")
    assert other[-1] != "refuted"


def test_what_a_division_sign_divides_by_may_be_a_fraction() -> None:
    problem = "化简 (x-1)/(x^2-1) ÷ 1/(x+1)"
    assert "refuted" not in words(problem, "原式=(x-1)/((x-1)(x+1)) × (x+1)", "=1")
    assert words("化简 (x-1)/(x^2-1) ÷ (1/(x+1))", "原式=1")[-1] == "proved"


@pytest.mark.parametrize(
    ("problem", "lines"),
    [
        ("Solve 3x + 2 = 8", ("Subtracting 2 gives 3x = 6.", "x = 3")),
        ("解方程 3x+2=2x+8", ("移项，得到 3x-2x=8-2。", "x=10")),
        ("解方程 x^2-4x-5=0", ("因式分解，得到 $(x+5)(x-1)=0$。",)),
        ("Solve x^2 - x - 6 = 0", ("So \\(x + 3 = 0\\) or \\(x - 2 = 0\\).",)),
        ("Solve x^2 - x - 6 = 0", ("So $x^2 - x - 6 = (x - 3)(x - 2)$.",)),
    ],
)
def test_a_line_is_held_against_a_plain_sentence_before_it(
    problem: str, lines: tuple[str, ...]
) -> None:
    assert words(problem, *lines)[-1] == "refuted"


def test_the_bounds_of_an_inequality_are_no_solutions_of_it() -> None:
    lines = ("(x-2)(x-3) > 0", "The roots are x = 2 and x = 3.", "x < 2 or x > 3")
    assert words("Solve x^2 - 5x + 6 > 0", *lines) == ["proved", "undecided", "proved"]
    assert words("Solve x^2 - 5x + 6 > 0", "x = 2 or x = 4")[-1] == "refuted"


@pytest.mark.parametrize(
    ("end", "verdict"),
    [("x ≈ 3.33", "proved"), ("So x ≈ 3.3", "proved"), ("x ≈ 4.9", "refuted")],
)
def test_a_value_is_rounded(end: str, verdict: str) -> None:
    assert words("Solve 3x = 10", "x = 10/3", end)[-1] == verdict


@pytest.mark.parametrize("lead", ["", "Therefore the solution is ", "So the answer is "])
def test_a_pair_is_the_solution_of_a_system(lead: str) -> None:
    problem = "Solve the system x + y = 10, x - y = 4"
    assert words(problem, f"{lead}(x, y) = (7, 3)") == ["proved"]
    assert words(problem, f"{lead}(x, y) = (7, 4)") == ["refuted"]
    assert words(problem, "x = 7", "y = 3", "So x = 7, y = 3")[-1] == "proved"


ROOTS = ("x = (4 ± sqrt(16 - 4))/2", "= (4 ± 2 sqrt(3))/2", "= 2 ± sqrt(3)")


def test_forms_with_both_signs_go_on_from_each_other() -> None:
    problem = "Solve x^2 - 4x + 1 = 0"
    assert words(problem, *ROOTS) == ["proved"] * 3
    assert words(problem, *ROOTS[:2], "= 2 ∓ sqrt(3)")[-1] != "refuted"
    assert words(problem, ROOTS[0], "= (4 ± 3 sqrt(2))/2")[-1] == "refuted"
    assert words(problem, *ROOTS[:2], "= 4 ± sqrt(3)")[-1] == "refuted"


@pytest.mark.parametrize(
    "line",
    [
        "Therefore, the solutions are $x = 2$ and $x = 3$.",
        "The roots are \\(x = 2\\) and \\(x = 3\\).",
        "所以方程的两个根分别是 $x=2$ 和 $x=3$。",
    ],
)
def test_solutions_are_listed_in_a_sentence(line: str) -> None:
    assert words("Solve x^2 - 5x + 6 = 0", line) == ["proved"]
    assert words("Solve x^2 - 5x + 6 = 0", line.replace("3", "4")) == ["refuted"]


@pytest.mark.parametrize("name", ["f'(x)", "y'", "dy/dx"])
def test_the_derivative_that_is_asked_for_under_a_usual_name(name: str) -> None:
    problem = "Find the derivative of x^2 sin x"
    assert words(problem, f"{name} = 2x sin x + x^2 cos x") == ["proved"]
    assert words(problem, f"{name} = 2x sin x - x^2 cos x") == ["refuted"]
    assert words(problem, f"{name} = 2x") == ["undecided"]  # of the first factor?
    named = words(problem, "f(x) = x^2, g(x) = sin x", "f'(x) = 3x^2")
    assert named[-1] == "undecided"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("So he needs 2 1/2 + 1 1/4 = 3 3/4 cups.", "supported"),
        ("So he needs 2 1/2 + 1 1/4 = 3 1/4 cups.", "refuted"),
        ("For 10: 10 × 1/6 = 10/6 = 5/3 cups = 1 1/3 cups", "refuted"),
    ],
)
def test_mixed_numbers_in_a_sentence(line: str, verdict: str) -> None:
    assert words("How much sugar?", line) == [verdict]
