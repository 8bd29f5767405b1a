"""Values that only the words of a line tell, beside formulas that are right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.maths.checking.work import check_work, first_state, next_line
from assistant.maths.reading.claims.line import read_line
from assistant.maths.reading.claims.spoken import in_digits
from assistant.maths.types import NextLine, Proved, Refuted, Supported, Undecided, Verdict, Work


def verdicts(problem: str, *lines: str) -> list[Verdict]:
    """Of the last line: of finished work, and while it is written."""
    state = first_state(problem)
    for line in lines:
        streamed = next_line(NextLine(state, line))
        state = streamed.state
    return [check_work(Work(problem, lines, 20.0)).marks[-1].verdict, streamed.mark.verdict]


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ("Tom buys 15 boxes of 4 apples.", "15 × 4 = 60, so the answer is 70."),
        ("Tom buys 15 boxes of 4 apples.", "15 × 4 = 60, so he has 70 apples."),
        ("Tom buys 15 boxes of 4 apples.", "$15 \\times 4 = 60$, so the answer is $70$."),
        ("Tom buys 15 boxes of 4 apples.", "Tom has 70 apples, because 15 × 4 = 60."),
        ("Tom buys 15 boxes of 4 apples.", "Tom has a total of 70 apples: 15 × 4 = 60."),
        ("Tom buys 15 boxes of 4 apples.", "15 × 4 = 60. The total is $\\boxed{70}$."),
        ("Tom buys 15 boxes of 4 apples.", "15 × 4 = 60, so the answer is 15."),
        ("汤姆买了15盒，每盒4个。", "15×4=60，所以一共有70个苹果。"),
        ("汤姆买了15盒，每盒4个。", "15×4=60（个） 答：有70个。"),
        ("Cats eat 6 cans a day.", "3 × 2 = 6 cans, so in a week they eat 48 cans."),
        ("Cats eat 6 cans a day.", "6 × 7 = 42 cans per week, i.e. 24 cans."),
        ("Cats eat 6 cans a day.", "6 × 7 = 42 → 24 cans"),
        ("猫每天吃6罐。", "6 × 7 = 42，即24罐"),
        ("Solve 2x = 10", "x = 10/2 = 5, giving 6 as the answer."),
        ("Solve 2x = 10", "x = 5, so the answer is 6."),
        ("Solve 2x = 10", "$x = 5$, so the solution is $\\boxed{6}$."),
        ("解方程 2x = 10", "两边除以2，x=5，所以答案是6。"),
        ("Solve x^2 = 9", "$(x-3)(x+3) = 0$ with roots 3 and -2."),
        ("Solve x^2 - x - 6 = 0", "$(x-3)(x+2) = 0$, so the roots are 3 and 2."),
        ("Solve x^2 = 9", "So $x = \\pm 3$, i.e. the solutions are 3 and 3."),
        ("Find the average of 4, 8, 9", "4 + 8 + 9 = 21, 21/3 = 7, so the average is 8."),
        ("Is 51 prime?", "51 / 17 = 3, so 51 is prime."),
        ("Is 2^11 - 1 prime?", "2^11 - 1 = 2047, so it is prime."),
        ("Which is larger, 2/3 or 3/4?", "2/3 = 8/12 and 3/4 = 9/12, so 2/3 is larger."),
        ("2/3 和 3/4 哪个大？", "因为 2/3=8/12，3/4=9/12，所以 2/3 更大。"),
        ("Solve x^2 - 7x + 12 = 0", "$49 - 48 = 1 > 0$, so the equation has one solution."),
        ("解方程 x^2 - 7x + 12 = 0", "Δ=49-48=1>0，所以方程有两个相等的实数根。"),
        ("", "$(x+1)^2 = x^2 + 2x + 1$ and also $AB \\perp CD$"),
        ("A train leaves at 9:15.", "11:05 - 9:15 = 2 h 50 min = 170 min"),
        ("Expand x(x+1)", "$x(x+1) = x^2 + x$, so the answer is $x^2 + 1$."),
        ("Tom buys 15 boxes of 4 apples.", "15 × 4 = 60. #### 70"),
        ("Tom buys 15 boxes of 4 apples.", "15 × 4 = 60. **70**"),
        ("Cats eat 6 cans a day.", "We get 24 cans from 6×7=42."),
        ("Cats eat 6 cans a day.", "That leaves 24 cans: 6 × 7 = 42."),
        ("Cats eat 6 cans a day.", "6 × 7 = 42, so they eat forty cans."),
        ("Cats eat 6 cans a day.", "They eat thirty cans because 6 × 7 = 42."),
        ("Cats eat 6 cans a day.", "6 × 7 = 42 (total 40 cans)"),
        ("Cats eat 6 cans a day.", "6 × 7 = 42 so 40"),
        ("Cats eat 6 cans a day.", "6 × 7 = 42, and with 8 more that's 60."),
        ("Cats eat 6 cans a day.", "6 × 7 = 42 cans, meaning twenty-four cans overall."),
        ("Cats eat 6 cans a day.", "They eat three cans, because 6 - 2 = 4."),
        ("Cats eat 6 cans a day.", "6 - 3 = 3, so one third is left."),
        ("猫每天吃6罐。", "6×7=42，所以一共有四十罐。"),
        ("猫每天吃6罐。", "猫吃了二十四罐，因为 6×7=42。"),
        ("猫每天吃6罐。", "由 6×7=42 得猫吃了十六罐。"),
        ("猫每天吃6罐。", "6×7=42，也就是四十罐。"),
        (
            "Tom buys 15 boxes of 4 apples.",
            "He buys many. " * 90 + "15 × 4 = 60, so he has 70 apples.",
        ),
    ],
)
def test_a_value_told_in_words_that_no_formula_has(problem: str, line: str) -> None:
    for verdict in verdicts(problem, line):
        assert isinstance(verdict, Undecided | Refuted)


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ("Tom buys 15 boxes of 4 apples.", "15 × 4 = 60, so he has 60 apples."),
        ("Tom buys 15 boxes of 4 apples.", "Tom has 60 apples, because 15 × 4 = 60."),
        ("Tom buys 15 boxes of 4 apples.", "15 × 4 = 60. The total is $\\boxed{60}$."),
        ("Tom buys 15 boxes of 4 apples.", "15 × 4 = 60, so the 15 boxes have 60 apples."),
        ("What is 25% of 80?", "0.25 × 80 = 20, so 25% is 20."),
        ("Tom buys 15 boxes of 4 apples.", "$15 \\cdot 4 = 60,$ so he has $60.$"),
        ("汤姆买了15盒，每盒4个。", "15×4=60（个） 答：有60个。"),
        ("解方程 2x = 10", "两边除以2，x=5，所以答案是5。"),
        ("Solve x^2 = 9", "So $x = \\pm 3$, the roots are 3 and -3."),
        ("Solve 2x = 10", "Dividing by 2 in step 1, x = 5."),
        ("Cats eat 6 cans a day.", "6 × 7 = 42, so they eat forty-two cans."),
        ("Cats eat 6 cans a day.", "In 7 days they eat 6 × 7 = 42 cans within 1 week."),
        ("Cats eat 6 cans a day.", "6 × 7 = 42 is one of the two answers."),
        ("猫每天吃6罐。", "6×7=42，所以一共有四十二罐。"),
        ("猫每天吃6罐。", "第二步：一共 6×7=42（罐）"),
        ("A film begins.", "2 h 46 min = 166 min"),
    ],
)
def test_the_same_value_told_once_more(problem: str, line: str) -> None:
    for verdict in verdicts(problem, line):
        assert isinstance(verdict, Proved | Supported)


@pytest.mark.parametrize("end", ["", " + 1", "/2" * 50])
def test_long_and_deep_lines_are_looked_through_in_time(end: str) -> None:
    line = "so it is " * 60 + "(" * 30 + "9^64" + "^64)" * 30 + f" = 2{end}, so the answer is 7"
    assert read_line(line).text


@pytest.mark.parametrize("sign", ["(", "[", "√", "-", "sqrt("])
def test_a_sentence_of_open_brackets_is_read_without_an_error(sign: str) -> None:
    assert not any(c.sides[0] for c in read_line(f"we see {sign * 600}2 = 3 so 5").claims)


def test_an_integral_without_its_constant_is_not_proved() -> None:
    for verdict in verdicts("Find ∫ 3x^2 dx", "$\\int 3x^2\\,dx = x^3$"):
        assert isinstance(verdict, Undecided)
    for verdict in verdicts("Find ∫ 3x^2 dx", "$\\int 3x^2\\,dx = x^3 + C$"):
        assert isinstance(verdict, Proved | Supported)


def test_cases_between_signs_of_tex_are_formulas_alone() -> None:
    steps = ("$\\log_2(x(x-2)) = 3$", "$x(x-2) = 8$", "$x = 4$ or $x = -2$")
    finished, streamed = verdicts("Solve log_2(x) + log_2(x-2) = 3", *steps)
    assert isinstance(finished, Refuted)
    assert isinstance(streamed, Undecided)
    assert read_line("$x = 4$ 或 $x = -2$").bare
    assert not read_line("$x = 4$ or perhaps $x = -2$").bare


def test_small_numbers_below_a_letter() -> None:
    line = read_line("所以 x=(4±√4)/2，即 x₁=3，x₂=1。")
    assert [claim.statement is not None for claim in line.claims] == [True, True, True]


@pytest.mark.parametrize("line", ["3 hours × 60 = 180 minutes", "5 m × 100 = 500 cm"])
def test_a_factor_that_converts_is_no_mistake(line: str) -> None:
    for verdict in verdicts("", line):
        assert isinstance(verdict, Undecided)


@pytest.mark.parametrize("line", ["3 hours × 60 = 200 minutes", "5 m × 3 = 15 cm", "2 h = 2 min"])
def test_units_that_no_factor_converts_are_wrong(line: str) -> None:
    for verdict in verdicts("", line):
        assert isinstance(verdict, Refuted)


@pytest.mark.parametrize("end", ["#### 60", "**60**", "__60__"])
def test_an_answer_that_is_set_off_and_right_takes_nothing_away(end: str) -> None:
    for verdict in verdicts("Tom buys 15 boxes of 4 apples.", f"15 × 4 = 60. {end}"):
        assert isinstance(verdict, Proved | Supported)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("so forty cans", "so 40 cans"),
        ("twenty-six", "26"),
        ("one hundred and twenty", "120"),
        ("one of them, two-digit, a third way", "one of them, two-digit, a third way"),
        ("two thirds, one half, three-quarters", "2/3, 1/2, 3/4"),
        ("四十四颗糖", "44颗糖"),
        ("百分之六十", "60%"),
        ("八个", "8个"),
        ("第十六个，三角形，十分好，三分之一，一共", "第十六个，三角形，十分好，三分之一，一共"),
        ("这两个数，三七二十一", "这两个数，三七二十一"),
    ],
)
def test_numbers_that_are_spelled(text: str, read: str) -> None:
    assert in_digits(text) == read


@given(st.integers(2, 9999))
def test_a_spelled_number_is_read_back(n: int) -> None:
    digits, scales = "零一二三四五六七八九", "千百十"
    spelled = "".join(
        digits[int(d)] + (scales[-k] if k else "")
        for k, d in zip(range(len(str(n)) - 1, -1, -1), str(n), strict=True)
        if d != "0"
    )
    if "0" not in str(n):
        assert in_digits(f"共{spelled}个") == f"共{n}个"
