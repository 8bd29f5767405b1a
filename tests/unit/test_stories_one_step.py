"""Stories of one step: answered where every word fits, and refused where one does not."""

from __future__ import annotations

import pytest
from asking import proved
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError

TOLD = [
    ("Tom has 3 apples and buys 5 more. How many does he have?", "8"),
    ("Tom has 3 apples and buys 5 more. How many apples does he have?", "8"),
    ("Tom has 3 apples. He buys 5 more apples. How many apples does he have now?", "8"),
    ("Anna had 12 cookies and ate 4. How many cookies are left?", "8"),
    ("There are 24 students in 4 equal groups. How many students are in each group?", "6"),
    ("A box holds 6 eggs. How many eggs are in 5 boxes?", "30"),
    ("A pen costs $3. How much do 4 pens cost?", "12"),
    ("A shirt costs $40 and is 25% off. What is the sale price?", "30"),
    ("A car travels at 60 km/h for 3 hours. How far does it travel?", "180"),
    ("A car travels 180 km in 3 hours. What is its average speed?", "60"),
    ("How long does it take to travel 180 km at 60 km/h?", "3"),
    ("小明有3个苹果，又买了5个，一共有几个？", "8"),
    ("小明有3个苹果，又买了5个，他现在有几个苹果？", "8"),
    ("小红有12颗糖，吃了4颗，还剩几颗？", "8"),
    ("一本书8元，买5本要多少钱？", "40"),
    ("一件衣服原价200元，打八折，现价多少元？", "160"),
    ("一件衣服原价200元，打八折后是多少元？", "160"),
    ("一辆汽车每小时行60千米，3小时行多少千米？", "180"),
    ("一辆汽车3小时行驶180千米，平均每小时行多少千米？", "60"),
    ("24个苹果平均分给4个小朋友，每人几个？", "6"),
    ("每盒有6个鸡蛋，5盒有多少个鸡蛋？", "30"),
    ("Tom has 3 apples and Ann has 5 apples. How many apples do they have together?", "8"),
    ("一件衣服原价200元，打八五折，现价多少元？", "170"),
    ("汽车一百零五分钟行驶210千米，平均每分钟行驶多少千米？", "2"),
    ("汽车三点五小时行驶210千米，平均每小时行驶多少千米？", "60"),
    ("汽车一千二百秒行驶24000米，平均每秒行驶多少米？", "20"),
    ("小红三小时走12千米，平均每小时走多少千米？", "4"),
    ("一本书一千二百元，买5本要多少钱？", "6000"),
]
UNCLEAR = [
    "Tom has 3 apples and buys 5 more pears. How many apples does he have?",
    "Tom has 3 apples and Ann buys 5 more. How many does he have?",
    "Tom has 3 apples and buys 5 more. How many does Ann have?",
    "Tom has 3 apples and eats 5. How many are left?",
    "Tom has 3 apples and buys 5 more. How many did he have?",
    "Tom has 3 apples and buys 5 more. How many did he buy?",
    "Tom has 3 apples and buys 5 boxes. How many apples does he have?",
    "Tom has 3 apples and buys 5 more each day. How many does he have?",
    "Tom has 3 apples and Tom has 5 apples. How many apples do they have together?",
    "Tom has 3 apples and Ann has 5 pears. How many apples do they have together?",
    "There are 25 students in 4 equal groups. How many students are in each group?",
    "There are 24 students in 4 groups. How many students are in each group?",
    "There are 24 students in 4 equal groups. How many groups are in each student?",
    "A box holds 6 eggs. How many eggs are in 5 cartons?",
    "A pen costs $3. How much do 4 books cost?",
    "A shirt costs $40 and is 125% off. What is the sale price?",
    "A car travels at 60 km/h for 30 minutes. How far does it travel?",
    "A car travels at 60 km/h for 3 hours. How far does the train travel?",
    "How long does it take to travel 180 m at 60 km/h?",
    "A car travels 180 km in 0 hours. What is its average speed?",
    "小明有3个苹果，又买了5个梨，一共有几个苹果？",
    "小明有3个苹果，小红又买了5个，一共有几个？",
    "小红有4颗糖，吃了12颗，还剩几颗？",
    "一辆汽车每小时行60千米，30分钟行多少千米？",
    "25个苹果平均分给4个小朋友，每人几个？",
    "每盒有6个鸡蛋，5袋有多少个鸡蛋？",
    "一本书8元，买5支要多少钱？",
    "小明有3个苹果，又买了5箱，一共有几个苹果？",
    "Tom has 2.5 apples and buys 5 more. How many does he have?",
    "Tom has 5 dozen and eats 2. How many are left?",
    "Tom has 5 left and eats 2. How many are left?",
    "Tom has 5 hundred and buys 2. How many does he have?",
    "货车一小时三十分行驶90千米，平均每分行驶多少千米？",
    "小明有一个半苹果，又买了2个，一共有几个？",
    "小明有20本书的一半，又买了3本，一共有几本？",
    "小明有10个以上苹果，又买了3个，一共有几个？",
    "一本书一百五元，买5本要多少钱？",
    "汽车不再每小时行驶60千米，3小时行驶多少千米？",
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_a_story_of_one_step_is_answered(text: str, expected: str) -> None:
    assert proved(text) == expected


@pytest.mark.parametrize("text", UNCLEAR)
def test_a_story_that_does_not_fit_together_is_refused(text: str) -> None:
    with pytest.raises(ReadingError):
        read_problem(text)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 999),
    st.integers(0, 999),
    st.sampled_from(
        ["every day", "not", "per box", "if she can", "twice", "or 4", "less than Ann"]
    ),
)
def test_no_word_is_passed_over(first: int, second: int, more: str) -> None:
    assert read_problem(
        f"Tom has {first} apples and buys {second} more. How many does he have now?"
    )
    with pytest.raises(ReadingError):
        read_problem(
            f"Tom has {first} apples and buys {second} more {more}. How many does he have now?"
        )


@settings(max_examples=40, deadline=None)
@given(st.sampled_from("便宜 优惠 降价 涨价 赚 亏 不到 至少 半价 约".split()), st.integers(1, 99))
def test_no_chinese_word_is_taken_for_a_thing(word: str, price: int) -> None:
    assert read_problem(f"一本书{price}元，买5本要多少钱？")
    with pytest.raises(ReadingError):
        read_problem(f"一本书{word}{price}元，买5本要多少钱？")
    with pytest.raises(ReadingError):
        read_problem(f"小明有{price}个{word}苹果，又买了2个，一共有几个？")
