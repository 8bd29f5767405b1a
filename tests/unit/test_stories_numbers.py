"""Numbers of which equations are told in words: one reading, or none."""

from __future__ import annotations

import pytest
from asking import proved, told

ENGLISH = [
    ("The sum of two numbers is 48. One number is three times the other. What are the numbers?", "36, 12"),
    ("Five more than twice a number is 17. Find the number.", "6"),
    ("30% of a number is 45. What is the number?", "150"),
    ("One third of a number is 12. Find the number.", "36"),
    ("If twice a number is decreased by 7, the result is 15. Find the number.", "11"),
    ("A number increased by 5 is 12. Find the number.", "7"),
    ("The sum of a number and 7 is 15. Find the number.", "8"),
    ("5 less than a number is 9. Find the number.", "14"),
    ("A number subtracted from 20 is 12. Find the number.", "8"),
    ("4 less than 3 times a number is 11. Find the number.", "5"),
    ("Twice the sum of a number and 3 is 20. Find the number.", "7"),
    ("Twice a number is 3 more than the number. Find the number.", "3"),
    ("The square of a number is 49. Find the number.", "-7, 7"),
    ("The difference between a number and 5 is 3. Find the number.", "2, 8"),
    ("When a number is divided by 4, the quotient is 6. Find the number.", "24"),
    ("A number exceeds 5 by 7. Find the number.", "12"),
    ("Find a number such that twice the number plus 3 is 11.", "4"),
    ("Five more than twice x is 17. Find x.", "6"),
    ("One number is 3 more than twice another. Their sum is 27. Find the numbers.", "19, 8"),
    ("One number is one more than another. Their sum is 27. Find the numbers.", "14, 13"),
    ("The supplement of an angle is 3 times its complement. Find the angle.", "45"),
    ("The product of two consecutive positive integers is 56. Find the integers.", "7, 8"),
    ("Find three consecutive integers whose sum is 51.", "16, 17, 18"),
    ("The product of two consecutive odd positive integers is 35. What is the larger integer?",
     "7"),
    ("The larger number is 5 more than the smaller number. Their sum is 25. Find the numbers.",
     "15, 10"),
    ("The sum of three consecutive integers is 72. Find the integers.", "23, 24, 25"),
    ("The sum of three consecutive even integers is 48. Find the largest integer.", "18"),
    ("The sum of two consecutive odd integers is 36. Find the integers.", "17, 19"),
]  # fmt: skip
CHINESE = [
    ("一个数的3倍加上5等于20，求这个数", "5"),
    ("一个数的25%是30，求这个数", "120"),
    ("一个数减去5的差的3倍等于12，求这个数", "9"),
    ("某数与5的和的2倍是30，求某数", "10"),
    ("一个数的1/3比它的1/4多5，求这个数", "60"),
    ("一个数的三分之一与4的和是10，求这个数", "18"),
    ("某数的2倍比它的3倍少8，求某数", "8"),
    ("一个数除以4的商是6，求这个数", "24"),
    ("一个数的5倍比30少5，求这个数", "5"),
    ("比某数的2倍多3的数是11，求某数", "4"),
    ("一个数的平方是49，求这个数", "-7, 7"),
    ("一个数的3倍与它的2倍的和是25，求这个数", "5"),
    ("一个数加上它的一半等于12，求这个数", "8"),
    ("甲数是乙数的3倍，甲、乙两数的和是48，求甲数", "36"),
    ("甲数比乙数多5，两数和是25，甲数是多少", "15"),
    ("甲数的2倍与乙数的和是20，甲数是乙数的2倍，求乙数", "4"),
    ("三个连续奇数的和是57，求这三个数", "17, 19, 21"),
    ("两个连续正整数的积是132，求这两个数。", "11, 12"),
    ("一个角的补角是120°，求这个角", "60"),
    ("一个角的余角是它的补角的1/3，求这个角的度数", "45"),
    ("一个角的补角比它的余角的3倍多10°，求这个角", "50"),
]  # fmt: skip
TOLD_FIRST = [
    ("The sum of x and 7 is 15. Find x", "8"),
    ("The sum of x and 7 is 15. Find 2x", "16"),
    ("Solve 2x = 6. Find x + 1.", "4"),
    ("解方程 2x=6。求x+1的值", "4"),
    ("The sum of x and y is 10. The difference of x and y is 4. Find x.", "7"),
    ("Solve 2x = 6. Simplify x + x", "3, 2*x"),
]  # fmt: skip
PERCENTS = [
    ("What is 20% off $50?", "40"),
    ("80比100少百分之几", "20%"),
    ("100比80多百分之几", "25%"),
    ("80 is what percent more than 64?", "25%"),
    ("Find the percent increase from 40 to 50", "25%"),
    ("Increase 50 by 20%", "60"),
    ("把60按2:3分成两份，各是多少", "24, 36"),
    ("将120元按3:4:5分配，各得多少元", "30, 40, 50"),
    ("Divide 60 in the ratio 2:3", "24, 36"),
    ("甲数与乙数的比是3:4，两数和是35，求甲数", "15"),
]
RECTANGLES = [
    ("一个长方形的周长是36厘米，长比宽多4厘米，求长和宽", "11, 7"),
    ("一个长方形的长是宽的2倍，面积是50平方厘米，求长和宽", "10, 5"),
    ("一个长方形的周长是36米，长与宽的比是5:4，求面积", "80"),
    ("A rectangle has a perimeter of 36. Its area is 80. Find the dimensions.", "10, 8"),
    ("The length of a rectangle is 3 times its width. Its perimeter is 48. Find its area.", "108"),
    ("A rectangle has a perimeter of 48 cm. Its length is 4 cm more than its width. "
     "Find the dimensions.", "14, 10"),
]  # fmt: skip
UNCLEAR = [
    "80比100多百分之几",
    "30元比20千克多百分之几",
    "把60按2:3分成三份，各是多少",
    "一个长方形的周长是36厘米，长比宽多4分米，求长和宽",
    "一个长方形的周长是36厘米，长增加4厘米，求长和宽",
    "一个长方形的长是宽的2倍，如果长减少3厘米，就成为正方形，求长和宽",
    "一个长方形的周长是36平方厘米，长比宽多4厘米，求长和宽",
    "The length of a rectangle is 3 times its width. Its diagonal is 48. Find its area.",
    "The sum of 3 and 4 and a number is 10. Find the number.",
    "3 more than a number times 2 is 11. Find the number.",
    "Twice a number is 10 and the other is 3. Find the number.",
    "A number is 3 more than it. Find the other number.",
    "The sum of two numbers is 20. One number is 4. Find the sum.",
    "Twice a number is 10. Half of them are odd. Find the number.",
    "Twice a two-digit number is 30. Find the sum of its digits.",
    "The sum of three consecutive even integers is 49. Find the integers.",
    "The sum of two consecutive positive integers is -3. Find the integers.",
    "三个连续偶数的和是57，求这三个数",
    "两个连续奇数的积是48，求这两个奇数",
    "三个连续自然数的积是-6，求这三个数",
    "The product of two consecutive integers is 55. Find the integers.",
    "The product of two consecutive even integers is 20. Find the integers.",
    "The product of two consecutive integers is 56. Find the larger one of the three.",
    "一个两位数的十位数字是3，求这个数",
    "一个数的3倍加上5等于20，求另一个数",
    "一个数的小数点向右移动一位后比原数大9，求这个数",
    "一个数比它的倒数大1，求这个数",
    "一个数是3的5倍少2，求这个数",
    "一个数的3倍加上5大于20，求这个数",
    "一个数的3倍加上5约等于20，求这个数",
    "一个数的3倍加上5不等于20，求这个数",
    "甲数是乙数的3倍，丙数是乙数的2倍，求甲数",
    "甲数是乙数的3倍，它是12，求甲数",
    "一个角的余角是120°，求这个角",
    "一个角的余角是它的邻角的1/3，求这个角",
]


@pytest.mark.parametrize(
    ("text", "expected"), [*ENGLISH, *CHINESE, *TOLD_FIRST, *PERCENTS, *RECTANGLES]
)
def test_the_numbers_are_found(text: str, expected: str) -> None:
    assert proved(text) == expected


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_not_clear_is_not_answered(text: str) -> None:
    assert told(text)[0] == ""


@pytest.mark.parametrize("text", [text for text, _ in ENGLISH])
@pytest.mark.parametrize("more", ["Half of it is odd. ", "It has two digits. ", "Bob adds 3. "])
def test_no_sentence_is_passed_over(text: str, more: str) -> None:
    at = text.rindex("Find") if "Find" in text[4:] else 0
    assert told(text[:at] + more + text[at:])[0] == ""
