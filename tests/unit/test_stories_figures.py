"""Stories of one figure or solid thing: its sides, perimeter, area, surface and volume."""

from __future__ import annotations

import pytest
from asking import proved, told

TOLD = [
    ("一个三角形的底是12厘米，高是8厘米，面积是多少平方厘米？", "48"),
    ("一个三角形的面积是24平方厘米，底是8厘米，高是多少厘米？", "6"),
    ("一个平行四边形的高是1.5厘米，底是高的1.2倍，这个平行四边形的面积是多少平方厘米？", "2.7"),
    ("一个梯形的上底是4厘米，下底是6厘米，高是5厘米，面积是多少平方厘米？", "25"),
    ("一个正方体的棱长是6厘米，表面积是多少平方厘米？", "216"),
    ("一个棱长是6厘米的正方体，棱长总和是多少厘米？", "72"),
    ("一个正方体的棱长总和是36厘米，它的体积是多少立方厘米？", "27"),
    ("一个长方体的底面积是48平方厘米，高20厘米，体积是多少立方厘米？", "960"),
    ("一个长方体的体积是60立方厘米，长5厘米，宽4厘米，高是多少厘米？", "3"),
    ("一个长方体鱼缸长50厘米，宽40厘米，高30厘米，它的容积是多少升？", "60"),
    ("一个无盖的长方体玻璃鱼缸，长4分米，宽3分米，高2分米，做这个鱼缸至少需要多少平方分米的玻璃？", "40"),
    ("一个长方形果园，长86米，宽55米．如果在果园四周围上篱笆，篱笆长多少米？", "282"),
    ("一个长方形的周长是40厘米，长与宽的比是4：1，求这个长方形的面积．", "64"),
    ("一个长方形的宽比长的2倍少3米，长是4米，周长是多少米？", "18"),
    ("一个长方形长8米，宽50厘米，面积是多少平方米？", "4"),
    ("用一根长48厘米的铁丝围成一个长方形，长是14厘米，宽是多少厘米？", "10"),
    ("用一根长48厘米的铁丝做成一个正方体框架，棱长是多少厘米？", "4"),
    ("小明家的客厅长5米，宽4米。这个客厅的面积是多少平方米？", "20"),
    ("A rectangular pool is 10 feet long, 8 feet wide, and 6 feet deep. What is its volume in cubic feet?", "480"),
    ("A rectangular garden is 10 feet long and 8 feet wide. How many feet of fence are needed to go around it?", "36"),
    ("A rectangular room is 12 feet long and 9 feet wide. What is the area of the room in square yards?", "12"),
    ("A square garden has an area of 49 square feet. What is its perimeter?", "28"),
    ("The width of a rectangle is 4 cm less than its length. Its perimeter is 32 cm. What is its area?", "60"),
]  # fmt: skip
REFUSED = """
一个长方形操场长80米，宽50米，篮球场的面积是多少平方米？
小明的房间长5米，宽4米，小红的房间的面积是多少平方米？
一块长方形菜地，一面靠墙，长8米，宽5米，在四周围上篱笆，篱笆长多少米？
一个长方形长8米，宽50厘米，面积是多少？
一个直角三角形的底是3厘米，高是4厘米，面积是多少平方厘米？
一个鱼缸长9米，宽6米，鱼缸的面积是多少平方米？
一条路长50米，宽8米，面积是多少平方米？
一间教室长9米，宽6米，高3米，面积是多少平方米？
一个长方形的长增加3米，宽5米，面积是多少平方米？
一个圆柱的高是5厘米，侧面积是多少平方厘米？
一个长方形长8米，宽5米，面积是多少米？
A rectangular garden is 12 m long and 5 m wide. A path 1 m wide goes around it. What is the area?
A rectangular room is 12 feet long and 9 feet wide. What is the area of the rug?
A triangle has a base of 6 cm and a height of 4 cm. What is its perimeter?
A river is 12 feet long and 9 feet wide. What is the area of the river?
""".strip().splitlines()


@pytest.mark.parametrize(("story", "answer"), TOLD)
def test_a_measure_of_a_figure_follows_from_the_others(story: str, answer: str) -> None:
    assert proved(story) == answer


@pytest.mark.parametrize("story", REFUSED)
def test_another_figure_or_another_owner_is_not_taken_for_it(story: str) -> None:
    assert told(story)[0] == ""
