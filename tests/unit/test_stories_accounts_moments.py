"""Stories of amounts at several times, and of money in the coins it is told in."""

from __future__ import annotations

import pytest
from asking import proved, told

TOLD = [
    ("小明今年8岁，爸爸今年38岁，爸爸比小明大多少岁？", "30"),
    ("今年爸爸30岁，小明6岁，爸爸的年龄是小明的几倍？", "5"),
    ("去年爸爸30岁，小明去年6岁，爸爸比小明大多少岁？", "24"),
    ("昨天小明看8页，今天看12页，今天比昨天多看多少页？", "4"),
    ("第一次有20人，第二次有20人，两次一共有多少人？", "40"),
    ("上午教室里有30人，下午来了10人，现在有多少人？", "40"),
    ("昨天粮店有大米80袋，今天卖出20袋，还剩多少袋？", "60"),
    ("A pencil costs 35 cents. How much do 6 pencils cost?", "210"),
    ("5 pencils cost 80 cents. How much does one pencil cost?", "16"),
    ("Ivy had 5 dollars. She spent 30 cents. How much money does Ivy have left?", "4.7"),
]
REFUSED = """
去年爸爸30岁，今年小明6岁，爸爸今年比小明大多少岁？
今年爸爸30岁，小明去年6岁，爸爸和小明今年一共多少岁？
小明去年6岁，爸爸今年30岁，爸爸的年龄是小明的几倍？
去年爸爸30岁，爸爸比小明大24岁，小明今年几岁？
去年小明6岁，爸爸的年龄是小明的5倍，爸爸今年多少岁？
小明去年6岁，爸爸去年30岁，今年两人一共多少岁？
小明去年6岁，3年后小明多少岁？
小明今年12岁，爸爸明年36岁，爸爸比小明大多少岁？
小明今年12岁，爸爸比小明大24岁，爸爸去年多少岁？
小明今天有12元，小红比小明多3元，小红昨天有多少元？
去年果园有桃树30棵，今年果园有梨树20棵，果园一共有多少棵树？
去年小明有30本书，今年小明有40本书，小明一共有多少本书？
一班昨天有40人，二班今天有38人，一班比二班多多少人？
去年小明身高120厘米，今年小红身高125厘米，小红比小明高多少厘米？
早上树上有18只麻雀，晚上树上有12只麻雀，一共有多少只麻雀？
树上有10只鸟，下午树上有6只鸟，一共有多少只鸟？
小明上午有8元，下午有5元，一共有多少元？
Tom was 12 years old. Ann is 3 years old now. How many years older is Tom than Ann?
Tom is 8 years old. Ann was twice as old as Tom. How old is Ann?
有8个苹果，小明吃了2个，小红吃了3个，他们一共吃了多少个苹果？
苹果8个，小明吃了2个，小红吃了3个，一共吃了多少个苹果？
小明收集了20张邮票，小红比小明少收集5张，又收集了8张，小红收集了多少张？
Tom had 8 cards yesterday. Ann had 5 cards today. How many cards do they have altogether?
Tom had 8 cards yesterday. Tom had 5 cards today. How many cards did Tom have altogether?
""".strip().splitlines()


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_amounts_of_one_time_are_compared_and_money_is_told_in_its_coins(
    text: str, expected: str
) -> None:
    assert proved(text) == expected


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_there_at_one_time_says_nothing_of_another(text: str) -> None:
    assert told(text)[0] == ""
