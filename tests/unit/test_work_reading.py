"""What is read out of a worked line: formulas alone, LaTeX in a sentence, plain prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.maths.reading.claims.line import read_line
from assistant.maths.reading.claims.prose import chains


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("Tom has a total of 5 + 15 + 1 (a car) = 21 toys.", ["5 + 15 + 1", "21"]),
        ("$12 * 4 = $48", ["12*4", "48"]),
        ("2 rides x 33 dollars/ride = 66 dollars", ["2*33", "66"]),
        ("So for 6 days he needs 50 x 6 = 300 litres", ["50*6", "300"]),
        ("they have x+6=12+6=18 pens", ["x + 6", "12 + 6", "18"]),
        ("小明有5+3=8个苹果", ["5 + 3", "8"]),
        ("we have 12 ÷ 3/4 = 16 pieces", ["12/(3/4)", "16"]),
        ("10,000/2 = 5,000 steps", ["10000/2", "5000"]),
        ("50% of 80 = 40", ["50%*80", "40"]),
    ],
)
def test_the_sides_of_an_equality_in_prose(text: str, formulas: list[str]) -> None:
    (chain,) = chains(text)
    assert [side and side.formula for side in chain.sides] == formulas


@pytest.mark.parametrize(
    "text",
    [
        "twice 3 + 4 = 10",
        "20 + 20 + Ann = 41",
        "1 + 2 + ... + 99 + 100 = 5050",
        "sin(30) = 1/2",
        "the sum of 3 and 4 + 5 = 12",
        "half of 3 + 4 = 5",
    ],
)
def test_a_side_that_is_only_partly_read_is_opaque(text: str) -> None:
    assert chains(text)[0].sides[0] is None


@pytest.mark.parametrize(
    "text", ["so 2x = 6", "因此 x = 3", "解得x=3", "Step 1: 2x + 3 = 11", "2x = 8 (subtract 3)",
             "=> x = 3", "∴ x = 3.", "1. x = 3", "$x = 3$", "no solution", "无解"],
)  # fmt: skip
def test_connecting_words_leave_a_line_bare(text: str) -> None:
    assert read_line(text).bare


def test_a_factor_in_brackets_is_no_numbering() -> None:
    assert len(read_line("(5)+(7)=(-7x)+(7)").claims[0].sides) == 2
    assert read_line("(5)+(7)=(-7x)+(7)").claims[0].text.startswith("(5)")


def test_words_say_how_a_claim_is_meant() -> None:
    assert read_line("If x = 5 then 2x = 10").supposed
    assert read_line("3 + 4 = 8 is wrong").denied
    assert read_line("10/3 is about 3.3").rounded
    assert read_line("Let u = x^2").opens


@given(st.text(alphabet="0123456789+-*/=x $%(),.:;÷×…=<>\\{}a元小时 of and\n", max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert all(claim.sides or claim.formula is not None for claim in read_line(text).claims)
