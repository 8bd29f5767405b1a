"""Stories of mixtures and of numbers by their digits: each word understood, or refused."""

from __future__ import annotations

import pytest
from asking import proved, told
from conditions import passed_over

MIXTURES = [
    ("A chemist mixes 10 liters of a 30% alcohol solution with 20 liters of a 60% alcohol solution. "
     "What is the percentage of alcohol in the mixture?", "50%"),
    ("How much pure acid must be added to 10 liters of a 20% acid solution to get a 50% acid solution?", "6"),
    ("A 10% salt solution is mixed with a 30% salt solution to make 40 liters of a 25% salt solution. How many liters of each solution are needed?", "10, 30"),
    ("浓度为70%的酒精溶液500克与浓度为50%的酒精溶液300克混合后所得到的酒精溶液的浓度是多少？", "62.5%"),
    ("How many liters of a 20% salt solution must be mixed with 10 liters of a 50% salt solution "
     "to get a 30% salt solution?", "20"),
    ("How many liters of water must be added to 40 liters of a 25% acid solution "
     "to obtain a 10% acid solution?", "60"),
    ("A chemist mixes 200 g of a 10% salt solution with 300 g of a 20% salt solution. "
     "What is the concentration of the mixture?", "16%"),
    ("A chemist has 20 liters of a 40% acid solution. "
     "How much water must be added to get a 25% acid solution?", "12"),
    ("有浓度为20%的盐水300克，要配制成浓度为40%的盐水，需要加入多少克盐？", "100"),
    ("把浓度为10%的盐水200克和浓度为20%的盐水300克混合，混合后的盐水浓度是多少？", "16%"),
    ("有含盐率为15%的盐水200克，要使含盐率降为10%，需要加水多少克？", "100"),
    ("在100克水中加入25克盐，盐水的浓度是多少？", "20%"),
    ("在200克浓度为15%的盐水中加入50克水后，盐水的浓度是多少？", "12%"),
    ("把20克盐放入180克水中，盐水的含盐率是多少？", "10%"),
    ("用浓度为45%和5%的两种盐水配制成浓度为30%的盐水4千克，两种盐水各需要多少千克？", "5/2, 3/2"),
]  # fmt: skip
DIGITS = [
    ("The digits of a two-digit number add up to 11. Reversing the digits increases the number by 45. What is the number?", "38"),
    ("一个两位数，个位数字比十位数字大5，如果把个位数字与十位数字对调，那么所得新数与原数的和是143，求原来的两位数。", "49"),
    ("The sum of the digits of a two-digit number is 9. If the digits are reversed, "
     "the new number is 27 more than the original number. Find the original number.", "36"),
    ("A two-digit number has a tens digit that is twice its units digit. "
     "When the digits are reversed, the number decreases by 36. What is the number?", "84"),
    ("The tens digit of a two-digit number is 3 more than the ones digit. "
     "The sum of the digits is 11. Find the number.", "74"),
    ("一个两位数，十位数字与个位数字的和是8，把十位数字与个位数字对调后，得到的新数比原数大18，"
     "求原来的两位数。", "35"),
    ("一个两位数，个位上的数字是十位上的数字的2倍，如果把十位与个位上的数字对调，"
     "那么所得的两位数比原两位数大36，求原来的两位数。", "48"),
    ("一个两位数的十位数字比个位数字大3，两个数字之和是11，这个两位数是多少？", "74"),
    ("一个两位数，十位上的数字比个位上的数字小1，十位与个位上的数字之和是9，求这个两位数。", "45"),
]  # fmt: skip
STORIES = [*MIXTURES, *DIGITS]
UNCLEAR = [
    "A chemist mixes 10 liters of a 30% alcohol solution with 20 liters of a 60% alcohol solution. "
    "What is the percentage of acid in the mixture?",
    "A 10% salt solution is mixed with a 30% salt solution to make 40 liters of a 35% salt solution. How many liters of each solution are needed?",
    "The digits of a two-digit number add up to 11. Reversing the digits increases the number by 45. What is the new number?",
    "有浓度为20%的盐水300克，蒸发掉多少克水，浓度变为40%？",
    "把浓度为10%的盐水200克和浓度为20%的糖水300克混合，混合后的盐水浓度是多少？",
    "有浓度为20%的盐水300克，倒出100克，再加入100克水，这时盐水的浓度是多少？",
    "在100克水中加入25克盐，盐水有多少克？",
    "How many liters of water must be evaporated from 40 liters of a 25% acid solution "
    "to obtain a 50% acid solution?",
    "How many liters of a 20% salt solution must be mixed with 10 grams of a 50% salt solution "
    "to get a 30% salt solution?",
    "How many liters of a 20% salt solution must be mixed with 10 liters of a 50% salt solution "
    "to get a 60% salt solution?",
    "A chemist mixes 200 g of a 10% salt solution with 300 g of a 20% alcohol solution. "
    "What is the concentration of the mixture?",
    "A chemist mixes 200 g of a 10% salt solution with 300 g of a 20% salt solution and drinks "
    "half. What is the concentration of the mixture?",
    "一个三位数，十位数字与个位数字的和是8，把十位数字与个位数字对调后，得到的新数比原数大18，"
    "求原来的三位数。",
    "一个两位数，十位数字与个位数字的和是8，新数比原数大18，求原来的两位数。",
    "一个两位数，十位数字与个位数字的和是8，把十位数字与个位数字对调后，得到的新数比原数大17，"
    "求原来的两位数。",
    "一个两位数，十位数字与个位数字的和是8，把十位数字与个位数字对调后，得到的新数比原数大18，"
    "求新的两位数。",
    "一个两位数，十位数字与个位数字的和是8，在它前面添上一个3，得到的新数比原数大300，"
    "求原来的两位数。",
    "The sum of the digits of a two-digit number is 9. If the digits are reversed, the new number "
    "is 27 more than the original number. Find the tens digit.",
    "The sum of the digits of a two-digit number is 19. The tens digit is 1 more than the ones "
    "digit. Find the number.",
]


@pytest.mark.parametrize(("text", "expected"), STORIES)
def test_a_story_is_answered_with_a_proof(text: str, expected: str) -> None:
    assert proved(text) == expected


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_not_clear_is_not_answered(text: str) -> None:
    assert told(text)[0] == ""


@pytest.mark.parametrize("text", [text for text, _ in STORIES])
@pytest.mark.slow
def test_a_condition_more_is_never_passed_over(text: str) -> None:
    assert passed_over(text) == []
