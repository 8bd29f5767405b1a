"""Stories of two numbers and of two ages, in both languages."""

from __future__ import annotations

import pytest

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.answers import answer_lines, answer_text
from assistant.maths.showing.plain import plain
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Solution, Text, Trouble


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The sum of two numbers is 20 and their difference is 4. Find the numbers.", "12, 8"),
        ("The product of two numbers is 12 and their sum is 7. Find the numbers.", "4, 3"),
        ("两个数的和是20，差是4，求这两个数", "12, 8"),
        ("Tom is 3 times as old as his son. In 10 years he will be twice as old as his son. "
         "How old is Tom now?", "30"),
        ("Anna is 5 years older than Ben. The sum of their ages is 25. How old is Ben?", "10"),
        ("Ann is twice as old as Bob. 5 years ago she was 3 times as old as Bob. "
         "How old are they?", "20, 10"),
        ("A father is 40 years old and his son is 10. "
         "In how many years will the father be twice as old as his son?", "20"),
        ("Ben is 8 years old. In 10 years, Anna will be twice as old as Ben. How old is Anna?",
         "26"),
        ("Anna is 2 years Younger than Ben. The sum of their ages is 14. How old is Ben?", "8"),
        ("5 years Ago, Anna was twice as old as Ben. Ben is 8 years old. How old is Anna?", "11"),
        ("The father is 24 years older than the daughter. The sum of their ages is 44. "
         "How old is she?", "10"),
        ("The difference of two positive numbers is 4 and their product is 21. "
         "Find the numbers.", "7, 3"),
        ("两个正数的差是4，积是21，求这两个数", "7, 3"),
        ("小明今年12岁，爸爸今年38岁，几年后爸爸的年龄是小明的2倍？", "14"),
        ("爸爸比小明大26岁，两人年龄和是50岁，小明今年几岁？", "12"),
        ("今年父亲的年龄是儿子的3倍，5年后父亲的年龄是儿子的2.5倍，父亲今年多少岁？", "45"),
        ("10年前，父亲的年龄是儿子的7倍，今年父亲的年龄是儿子的3倍，父亲今年多少岁？", "45"),
        ("哥哥今年15岁，弟弟今年9岁，几年前哥哥的年龄是弟弟的2倍？", "3"),
        ("今年小红8岁，妈妈34岁，再过几年妈妈的年龄是小红的3倍？", "5"),
        ("今年妈妈的年龄比小明的3倍多4岁，两人年龄和是44岁，小明今年几岁？", "10"),
        ("爷爷的年龄是小明的6倍，4年后两人年龄和是78岁，小明今年几岁？", "10"),
        ("甲、乙两人今年的年龄和是35岁，甲比乙大5岁，甲今年几岁？", "20"),
        ("John's age is twice Mary's age. The sum of their ages is 36. How old is John?", "24"),
        ("Five years ago, John was twice as old as Mary. Now the sum of their ages is 40. "
         "How old is John now?", "25"),
        ("Mary is 4 years older than Tom. In 6 years, the sum of their ages will be 40. "
         "How old is Tom?", "12"),
        ("Tom is 40 years old and his son is 10 years old. "
         "How many years ago was Tom 7 times as old as his son?", "5"),
        ("Ann is twice as old as Bob. Bob is 3 years older than Carl. The sum of their ages is 41. "
         "How old is Carl?", "8"),
        ("Tom, Jerry and Sam have a total age of 60. Tom is twice as old as Jerry, and Sam is "
         "4 years younger than Jerry. How old is each of them?", "32, 16, 12"),
        ("The sum of the ages of Ann, Bob and Carl is 45. Ann is 5 years older than Bob. "
         "Carl is twice as old as Bob. How old is Carl?", "20"),
        ("Anna is twice as old as Ben. The sum of their ages is 30. "
         "Carl is 5 years older than Ben. How old is Carl?", "15"),
        ("甲、乙、丙三人的年龄和是60岁，甲比乙大5岁，乙比丙大2岁，丙今年多少岁？", "17"),
        ("爸爸、妈妈和小明三人的年龄和是73岁，爸爸比妈妈大3岁，妈妈的年龄是小明的3倍，"
         "三人各多少岁？", "33, 30, 10"),
        ("两个数的和是100，两数的差是30，求这两个数。", "65, 35"),
        ("甲比乙大3岁，丙比乙小2岁，三人年龄和是40岁，乙今年多少岁？", "13"),
        ("The ratio of Ann's age to Bob's age is 3:2. The sum of their ages is 50. "
         "How old is Ann?", "30"),
    ],
)  # fmt: skip
def test_a_story_is_solved(text: str, expected: str) -> None:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution), solution
    assert isinstance(solution.verdict, Proved)
    assert solution.steps
    assert answer_text(solution) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Anna is 5 years older than Ben. Ben likes 3 apples. "
        "The sum of their ages is 25. How old is Ben?",
        "Mary is 12 years old. How old is John?",
        "The sum of two numbers is 20 and their sum is 4. Find the numbers.",
        "John is 4 years younger than Mary. "
        "In 6 years Mary will be twice as old as John. How old is Mary?",
            "Mary is 24 years older than Tom. The sum of their ages is 44. How old is he?",
        "Anna is twice as old as Ben. 5 years ago, she was 3 times as old as he. How old is Ben?",
        "The father is 30 years older than the son. "
        "In 10 years, the father will be twice as old. How old is the son?",
        "10 years ago, Anna was twice as old as Ben. Ben is 8 years old. How old is Anna?",
        "The sum of two integers is 5 and their product is 5. Find the integers.",
        "The sum of two numbers is 5 and their difference is 2. Find the integers.",
        "The sum of two positive numbers is 2 and their product is 0. Find the numbers.",
        "两个整数的和是5，差是2，求这两个数",
        "今年父亲的年龄是儿子的3倍，5年后父亲的年龄是母亲的2倍，父亲今年多少岁？",
        "小明今年10岁，妈妈的年龄是他的3倍，妈妈几年后40岁？",
        "The sum of their ages is 45. Ann is 5 years older than Bob. Carl is twice as old as Bob. "
        "How old is Carl?",
        "Ann is twice as old as Bob. Carl is 3 years older than her. "
        "The sum of the three ages is 53. How old is Carl?",
        "甲比乙大3岁，丙比乙小2岁，两人年龄和是40岁，乙今年多少岁？",
        "甲比乙大3岁，丙比乙小2岁，三人年龄和是40岁，两人各多少岁？",
        "甲、乙、丙三人的年龄和是60岁，甲比乙大5岁，乙比丁大2岁，丙今年多少岁？",
        "甲、乙、丙三人的年龄和是60岁，甲比乙大5岁，丙今年多少岁？",
        "Tom is twice as old as Ann was 5 years ago. Ann is 15. How old is Tom?",
        "姐姐今年13岁，妹妹今年9岁，当两人年龄和是40岁时，姐姐多少岁？",
        "Tom is 3 times as old as Ann. Tom is 5 years older than Bob. How old is Tom?",
    ],
)  # fmt: skip
def test_what_is_not_told_or_cannot_be_is_not_answered(text: str) -> None:
    try:
        solution = solve(read_problem(text))
    except ReadingError:
        return
    assert not isinstance(solution, Solution)


def test_it_is_said_which_numbers_belong_together() -> None:
    told = "The difference of two numbers is 4 and their product is 21. Find the numbers."
    solution = solve(read_problem(told))
    assert isinstance(solution, Solution)
    (line,) = answer_lines(solution)
    assert not isinstance(line, Text)
    assert plain(line) == "(x, y) = (-3, -7) or (x, y) = (7, 3)"


def test_what_does_not_fit_together_is_said() -> None:
    told = "10 years ago, Anna was twice as old as Ben. Ben is 8 years old. How old is Anna?"
    trouble = solve(read_problem(told))
    assert isinstance(trouble, Trouble)
    assert "does not fit together" in trouble.message.en
