"""Stories of amounts: only what cannot overlap is added, and only what grows alike is scaled."""

from __future__ import annotations

import pytest
from asking import proved, told

TOLD = [
    ("红球有20个，白球有15个，一共有多少个球？", "35"),
    ("学校有20名男老师，37名女老师，一共有多少名老师？", "57"),
    ("小白兔有4个萝卜，小猴子有3个萝卜。它们一共有多少个萝卜？", "7"),
    ("老师有5人，学生有40人，一共有多少人？", "45"),
    ("一班有45人，二班有43人，两个班一共有多少人？", "88"),
    ("小明有3盒钢笔，每盒8支，一共有多少支钢笔？", "24"),
    ("仓库有68袋大米，运来3车大米，每车9袋，现在有多少袋大米？", "95"),
    ("有48个苹果，平均分给4个班，每班分多少个？", "12"),
    ("甲筐有80个苹果，从甲筐拿走5个，还剩多少个苹果？", "75"),
    ("妈妈买来7个苹果，小明吃了2个，还剩几个？", "5"),
    ("从花上飞走了9只蝴蝶，又飞走了6只蝴蝶，两次飞走了多少只蝴蝶？", "15"),
    ("苹果每千克3元，买5千克苹果要多少元？", "15"),
    ("水果店有苹果40筐，卖出10筐，又卖出剩下的一半，还剩多少筐？", "15"),
    ("There are 3 red balls. There are 5 blue balls. How many balls are there in all?", "8"),
    ("There are 45 students. 20 of the students are girls. How many are boys?", "25"),
    ("Tom had 12 apples. He ate 3 of the apples. How many apples are left?", "9"),
    ("Tom had 12 apples. He bought 5 more. How many apples does he have now?", "17"),
]
REFUSED = """
戴眼镜的有30人，男生有25人，一共有多少人？
红色的有20个，圆形的有15个，一共有多少个？
红球有20个，大球有15个，一共有多少个球？
公鸡有20只，白鸡有15只，一共有多少只鸡？
大兔有20只，中国兔有15只，一共有多少只兔？
昨天卖出20筐苹果，上午卖出15筐苹果，一共卖出多少筐苹果？
学生有20人，男生有15人，一共有多少人？
运动员有20人，学生有15人，一共有多少人？
水果有20个，苹果有15个，一共有多少个？
动物园有猴子20只，公猴15只，一共有多少只？
三年级有90人，三年级一班有45人，一共有多少人？
全校有900人，三年级有100人，一共有多少人？
小明家有4人，小明的学校有100人，一共有多少人？
小明身高150厘米，小红身高140厘米，一共多少厘米？
小明买了5个苹果，小红卖了3个苹果，他们一共有多少个苹果？
仓库有40吨大米，又运来20吨大米，用去总数的1/4，还剩多少吨大米？
一堆煤10吨，用去1/2吨，又运来全部的1/2，还剩多少吨？
小明有20个左右苹果，吃了2个，还剩多少个？
队伍里小明左边有5人，右边有3人，一共有多少人？
糖有5克，糖水有25克，一共有多少克？
上衣有5件，衣服有25件，一共有多少件？
外国人有5人，老人有3人，一共有多少人？
晴天有5天，周末有25天，一共有多少天？
买来的有5个，卖出的有3个，一共有多少个？
东边有5棵树，南边有3棵树，一共有多少棵树？
小明有8个苹果，小红吃了5个，还剩多少个？
甲仓有80吨粮，乙仓运走5吨，还剩多少吨粮？
甲筐有80个苹果，从乙筐拿走5个，还剩多少个苹果？
姐姐有8元，妹妹花了5元，还剩多少元？
Tom had 12 apples. Ann ate 3 apples. How many apples are left?
每2米放一把椅子，20米放多少把椅子？
4个人修路6天，照这样计算，8个人修路几天？
4头牛吃6天，照这样计算，8头牛吃几天？
3个人走10分钟，照这样计算，6个人走多少分钟？
5件衣服晾干用2小时，照这样计算，10件衣服晾干用多少小时？
小明有3盒钢笔，每盒8支，一共有多少支铅笔？
仓库有68袋大米，运来3车面粉，每车9袋，现在有多少袋大米？
苹果每千克3元，买5千克梨要多少元？
Tom has 12 stamps. Ann has 5 more. How many stamps do they have altogether?
Tom bought 12 apples. Ann bought 5 more. How many apples did they buy altogether?
Tom had 12 apples. He ate 3 of the pears. How many apples are left?
There are 3 red balls. There are 5 big balls. How many balls are there in all?
There are 3 big balls. There are 5 large balls. How many balls are there in all?
There are 45 students. 20 of the teachers are women. How many are men?
4 cows eat 6 days. At this rate, how many days do 8 cows eat?
""".strip().splitlines()


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_amounts_apart_are_added(text: str, expected: str) -> None:
    assert proved(text) == expected


@pytest.mark.parametrize("text", REFUSED)
def test_amounts_that_may_overlap_or_do_not_grow_alike_are_refused(text: str) -> None:
    assert told(text)[0] == ""
