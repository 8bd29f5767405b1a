"""Stories of several things at a price each: baskets, change, prices that follow."""

from __future__ import annotations

import time

import pytest
from asking import proved, told

TOLD = [
    ("买一个书包要30元，买一本书要20元。买一个书包和一本书一共用多少元？", "50"),
    ("玩具飞机价格是30元，布娃娃价格是20元。小红有8元，买布娃娃还差多少钱？", "12"),
    ("麦当劳里A套餐价格是10元，B套餐是20元。买A、B套餐各两份要多少元？", "60"),
    ("麦当劳里A套餐价格是10元，C套餐是30元。买C套餐比A套餐贵多少元？", "20"),
    ("玩具枪卖5元，玩具车卖15元。我买一把玩具枪和一辆玩具车，付了50元钱，应找回多少元钱？", "30"),
    ("一双拖鞋8元，一双袜子4元。小红拿了20元钱买一双拖鞋和2双袜子，应找回多少元？", "4"),
    ("一把雨伞12元，一个水壶比一把雨伞贵73元，要买一个水壶和一把雨伞一共要花多少元？", "97"),
    ("丁丁买一盒跳棋，付了10元，找回1.2元。一盒跳棋多少钱？", "8.8"),
    ("学校买回4个篮球，每个45元；6个足球，每个38元，一共花了多少元？", "408"),
    ("张老师带70元去商场买了9个小足球，售货员找回了7元，请问每个小足球多少元？", "7"),
    ("老师带了50元去买毽子，每个毽子3元，买了6个。一共花了多少钱？", "18"),
    ("小明买了3本本子和2支笔，一共花了13元，每本本子3元，每支笔多少元？", "2"),
    ("王昆到商场买了一个篮球49.8元，又买了一个排球48.5元，他付给收银员100元，应找回多少元？", "1.7"),
    ("苹果每千克5元，梨每千克3元，买苹果和梨各2千克要多少元？", "16"),
    ("一张桌子的价格是一把椅子的价格的3倍，一张桌子90元，买一张桌子和两把椅子要多少元？", "150"),
    ("Tom bought 15 ice cream cones and 5 cups of pudding. Each ice cream cone cost $5 and each cup of "
     "pudding cost $2. How much more did Tom spend on ice cream cones than on pudding?", "65"),
    ("James buys 10 shirts and half as many pants. The shirts cost $6 each and the pants cost $8 each. "
     "How much did everything cost?", "100"),
    ("Victoria had $500. She bought 2 packets of rice at $20 each, 3 packets of flour at $25 each, and a "
     "soda at $150. How much money does she have left?", "235"),
    ("Ann buys 4 pens for $2 each and a book for $9. She pays with a $20 bill. How much change will she get?", "3"),
    ("A pen costs $2. A book costs $5 more than a pen. How much do 3 books cost?", "21"),
    ("Bryan bought 5 shirts and 4 hats for $1500. If a shirt costs $100, how much does each hat cost?", "250"),
    ("Four tires and one battery together cost $224. Each tire costs $42. Calculate the price of the battery.", "56"),
    ("Bryan bought 5 shirts and 4 pairs of pants for $1500. If a shirt costs $100, how much does each pair of pants cost?", "250"),
    ("Tom sold 3 cups and 2 plates. A cup costs $4 and a plate costs $6. How much money did he make in total?", "24"),
    ("Lisa bought 3 pizzas for $30. How much does each pizza cost?", "10"),
    ("Lisa bought 3 pizzas for $30 each. How much did she spend?", "90"),
]  # fmt: skip
TOLD += [
    ("Apples cost $2 per pound. Tom buys 3 pounds of apples. How much does he spend?", "6"),
    ("Pencils cost $2 per pencil. Tom buys 3 pencils. How much does he spend?", "6"),
    ("Sodas cost $2 a can. Tom buys 6 cans of soda. How much does he spend?", "12"),
    ("Tickets cost $2 per person. Tom buys 6 tickets. How much does he spend?", "12"),
]
REFUSED = """
苹果每千克6元，梨每千克4元，妈妈买了3袋苹果和2袋梨，一共花了多少元？
铅笔每支2元，小明买了3支，小红买了5支，小明花了多少元？
一本书8元，买3本送1本，买4本要多少元？
一支笔5元，小明有10元，买了3支，还剩多少元？
小明有50元，买了3个球，每个球12元，付了40元，还剩多少元？
妈妈买鸡蛋，每个鸡蛋1元，付了10元，应找回多少元？
一件上衣90元，一条裤子60元，打八折，买一件上衣和一条裤子要多少元？
Sam buys 3 apples for 50 cents each and 2 pears for $1 each. How much did he spend?
Sam had $10. He buys 3 apples at $2 each. How much change will he get?
Ann buys 3 pens and 2 books. Each pen costs $2. The books cost $5. How much did she spend?
Tom sold 12 cakes at $3 each. The flour cost $10. How much money did he make?
Ann buys 3 pens at $2 each. The taxi cost $10. How much did she spend?
Tom sold 3 cups at $4 each and bought 2 pens at $1 each. How much did he earn?
小明买了3支笔，每支2元，坐车花2元，买笔一共花了多少元？
Sam buys 2 boxes of pens. Each pen costs $2. How much did he spend?
Tom bought 5 apples, 4 pears and 3 plums. Apples cost $1 each and plums cost $3 each. How much did he spend?
Eggs cost $3 per dozen. Tom buys 24 eggs. How much does he spend?
Apples are $3 per kilogram. Tom buys 4 apples. How much does he spend?
Socks cost $2 a pair. Tom buys 6 socks. How much does he spend?
Bags of apples cost $2 per pound. Tom buys 3 bags of apples. How much does he spend?
""".strip().splitlines()


@pytest.mark.parametrize(("story", "answer"), TOLD)
def test_baskets_change_and_prices(story: str, answer: str) -> None:
    assert proved(story) == answer


@pytest.mark.parametrize("story", REFUSED)
def test_another_customer_container_or_offer_is_not_passed_over(story: str) -> None:
    assert told(story)[0] == ""


@pytest.mark.parametrize("item", ["，买了3个苹果和", " 3 apples and a pear and", "一个苹果5元"])
def test_a_long_list_costs_little_time(item: str) -> None:
    began = time.perf_counter()
    told("妈妈" + item * 100 + "一共多少元？")
    assert time.perf_counter() - began < 5
