"""Simple interest, maps, grass that grows, and the average speed there and back."""

from __future__ import annotations

import pytest
from asking import proved, told

INTEREST = [
    ("小明把2000元存入银行，定期3年，年利率是2.75%，到期时可得利息多少元？", "165"),
    ("妈妈存入银行5000元，存期2年，年利率为2.25%，到期时一共可以取回多少元？", "5225"),
    ("小明把1000元存入银行，定期3年，年利率2%，到期时他可以得到多少元利息？", "60"),
    ("李叔叔将一笔钱存入银行，年利率3%，2年后得到利息300元，本金是多少元？", "5000"),
    ("本金是5000元，存了2年，得到利息300元，年利率是多少？", "3%"),
    ("Ann deposits $2000 in a bank at 5% per year simple interest for 3 years. How much interest does she earn?", "300"),
    ("Ann invests $2000 at a simple annual interest rate of 5%. What is the interest after 3 years?", "300"),
]  # fmt: skip
MAPS = [
    ("在比例尺是1:2000000的地图上，量得甲、乙两地的距离是5厘米，甲、乙两地的实际距离是多少千米？", "100"),
    ("甲、乙两地的实际距离是120千米，在比例尺1:4000000的地图上，图上距离是多少厘米？", "3"),
    ("甲、乙两地的实际距离是120千米，在一幅地图上量得甲、乙两地的距离是6厘米，求这幅地图的比例尺。", "1/2000000"),
    ("On a map with a scale of 1:50000, two towns are 4 cm apart. What is the actual distance in km?", "2"),
]  # fmt: skip
GRASS = [
    ("一片草地，草每天匀速生长，可供10头牛吃20天，可供15头牛吃10天，可供25头牛吃几天？", "5"),
    ("一片草地，草每天均匀生长，27头牛吃6周，23头牛吃9周，21头牛可以吃几周？", "12"),
    ("一片草地，草每天匀速生长，可供10头牛吃20天，可供15头牛吃10天，可供多少头牛吃5天？", "25"),
    ("The grass on a meadow grows at a constant rate. 10 cows eat all the grass in 20 days, 15 cows eat all the grass in 10 days. How many days will it take 25 cows to eat all the grass?", "5"),
]  # fmt: skip
ROUND = [
    ("一辆汽车从甲地到乙地，去时每小时行60千米，返回时每小时行40千米，往返的平均速度是多少？", "48"),
    ("小明上山时每小时走3千米，沿原路下山时每小时走6千米，上下山的平均速度是多少千米/时？", "4"),
    ("甲乙两地相距120千米，汽车去时用了3小时，返回时用了2小时，往返平均每小时行多少千米？", "48"),
    ("Ann drives to work at 60 mph and back home at 40 mph. What is her average speed for the whole trip?", "48"),
]  # fmt: skip
FIELDS = [
    ("一个长方形菜地，面积是200平方米，宽是8米，长是多少米？", "25"),
    ("一间长方形会议室长12米，宽6米。这个会议室面积是多少平方米？", "72"),
    ("一块正方形菜地的周长是64米，它的边长是多少米？", "16"),
    ("长方形的长是12厘米，宽是6厘米，周长是多少厘米？", "36"),
    ("一个正方形的边长是5分米，面积是多少平方分米？", "25"),
    ("一个长方形的宽是3米，长是宽的4倍，周长是多少米？", "30"),
    ("一个长方形长2米，宽30厘米，面积是多少平方分米？", "60"),
]
REFUSED = """
一个长方形菜地长8米，宽5米，中间有一条宽1米的路，面积是多少平方米？
一个长方形菜地长8米，面积是多少平方米？
一个正方形菜地长8米，宽5米，面积是多少平方米？
一个长方形菜地长8米，宽5米，面积是多少米？
一个长方形菜地长8米，宽5米，周长是多少平方米？
一个长方形菜地长8米，宽5米，长增加2米，面积是多少平方米？
一个长方形长8米，宽5米，一个正方形边长4米，正方形的面积是多少平方米？
一个长方形长8米，宽至少5米，面积是多少平方米？
一个长方形长8米，宽不是5米，面积是多少平方米？
一个长方形长8米，宽5米，面积是多少平方米？周长是多少米？
小明把2000元存入银行，定期3年，年利率是2.75%，利息税是5%，到期时可得利息多少元？
小明把2000元存入银行，定期3年，月利率是2.75%，到期时可得利息多少元？
小明把2000元存入银行，年利率是2.75%，到期时可得利息多少元？
小明把2000元存入银行，定期3年，年利率至少是2.75%，到期时可得利息多少元？
小明把2000元存入银行，定期3年，年利率不是2.75%，到期时可得利息多少元？
小明把2000元存入银行，妈妈存入3000元，定期3年，年利率是2.75%，到期时可得利息多少元？
小明把2000元存入银行，定期3年，年利率是2.75%，到期时小红可得利息多少元？
John invests $1000 at 2% per year simple interest for 3 years. How much interest does Ann earn?
小明把2000元存入银行，按复利计算，定期3年，年利率是2.75%，到期时可得利息多少元？
本金是1000元，年利率3%，存期2个月，利息是多少元？
Ann invests $2000 at 5% per year for 3 years, compounded annually. How much interest does she earn?
Ann invests $2000 at 5% per year for 3 years. How much interest does she earn?
Ann deposits $2000 in a bank at 5% per year simple interest for 3 months. How much interest does she earn?
在比例尺是1:2000000的地图上，量得甲、乙两地的距离大约是5厘米，甲、乙两地的实际距离是多少千米？
在比例尺是1:2000000的地图上，量得甲、乙两地的距离是5厘米，量得乙、丙两地的距离是3厘米，甲、乙两地的实际距离是多少千米？
在比例尺是1:2000000的地图上，量得甲、乙两地的距离是5厘米，甲、乙两地的实际距离是120千米，比例尺是多少？
在比例尺是1:0的地图上，量得甲、乙两地的距离是5厘米，甲、乙两地的实际距离是多少千米？
On a map with a scale of 1:50000, two towns are more than 4 cm apart. What is the actual distance in km?
一片草地，可供10头牛吃20天，可供15头牛吃10天，可供25头牛吃几天？
一片草地，草每天匀速生长，可供10头牛吃20天，可供15头牛吃10周，可供25头牛吃几天？
一片草地，草每天匀速生长，可供10头牛吃20天，可供15只羊吃10天，可供25头牛吃几天？
一片草地，草每天匀速生长，可供10头牛吃20天，可供15头牛吃10天，可供4头牛吃几天？
一片草地，草每天匀速减少，可供10头牛吃20天，可供15头牛吃10天，可供25头牛吃几天？
一辆汽车从甲地到乙地，去时每小时行60千米，返回时每小时行40千米，在乙地停了1小时，往返的平均速度是多少？
一辆汽车从甲地到乙地，去时每小时行60千米，返回时速度快40千米，往返的平均速度是多少？
一辆汽车从甲地到乙地，去时每小时行60千米，去时每小时行50千米，返回时每小时行40千米，往返的平均速度是多少？
一辆汽车去时每小时行60千米，小明返回时每小时行40千米，往返的平均速度是多少？
Ann drives to work at 60 mph and Bob drives back home at 40 mph. What is her average speed for the whole trip?
Ann drives to work at 60 mph and back home at 40 mph by another road. What is her average speed for the whole trip?
""".strip().splitlines()


@pytest.mark.parametrize(("text", "expected"), [*INTEREST, *MAPS, *GRASS, *ROUND, *FIELDS])
def test_a_story_with_a_law_is_answered(text: str, expected: str) -> None:
    assert proved(text) == expected


@pytest.mark.parametrize("text", REFUSED)
def test_a_story_that_does_not_fit_its_law_is_refused(text: str) -> None:
    assert told(text)[0] == ""
