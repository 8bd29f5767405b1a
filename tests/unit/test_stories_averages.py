"""Stories of averages, and of things in a row: each word understood, or refused."""

from __future__ import annotations

import pytest
from asking import proved, told
from conditions import passed_over

AVERAGES = [
    ("小明4次测验平均分88分，第5次考了96分，小明这5次的平均分是多少分？", "448/5"),
    ("Tom scored 80, 85 and 90 on his first 3 tests. "
     "What must he score on the fourth test to have an average of 88?", "97"),
    ("Ann's average on 4 tests is 85. What score does she need on the fifth test to raise her average to 87?", "95"),
    ("The average age of 30 students is 12 years. The average age of 20 other students is 14 years. Find the average age of all 50 students.", "64/5"),
    ("小军期末语文、数学、英语三科平均成绩是95分，其中语文92分，数学98分，英语多少分？", "95"),
    ("The average of five numbers is 12. Four of the numbers are 10, 11, 13 and 15. "
     "Find the fifth number.", "11"),
    ("The average of 5 numbers is 18. If one number is removed, the average becomes 16. "
     "What is the removed number?", "26"),
    ("The average of 5 numbers is 12. If another number is added, the average becomes 13. "
     "What is the added number?", "18"),
    ("Mary scored 78, 85 and 92 on three tests. "
     "What must she score on the fourth test to have an average of 87?", "93"),
    ("The average weight of 3 boys is 40 kg and the average weight of 2 girls is 35 kg. "
     "What is the average weight of all the children?", "38"),
    ("小明前四次数学测验的平均分是88分，第五次考了98分，五次的平均分是多少？", "90"),
    ("小红语文和数学的平均分是92分，加上英语后三科的平均分是94分，英语考了多少分？", "98"),
    ("甲、乙、丙三个数的平均数是20，甲、乙两数的平均数是18，丙数是多少？", "24"),
    ("有5个数的平均数是12，其中前3个数的平均数是10，后3个数的平均数是15，第3个数是多少？", "15"),
    ("男生20人，平均体重40千克，女生30人，平均体重35千克，全班同学的平均体重是多少千克？", "37"),
    ("5个数的平均数是18，去掉一个数后，余下4个数的平均数是16，去掉的数是多少？", "26"),
]  # fmt: skip
ROWS = [
    ("园林工人沿一条笔直的公路一侧植树，每隔6米种一棵，一共种了36棵。从第1棵到最后一棵的距离有多远？", "210"),
    ("圆形滑冰场一周全长150米，如果沿着这一圈每隔15米安装一盏灯，一共需要安装几盏灯？", "10"),
    ("在一条全长2千米的街道两旁安装路灯（两端也要安装），每隔50米安一盏，一共要安装多少盏路灯？", "82"),
    ("在一条长200米的小路一旁植树，每隔5米栽一棵，两端都栽，一共要栽多少棵树？", "41"),
    ("在一个周长为120米的圆形花坛周围每隔4米种一棵树，一共要种多少棵？", "30"),
    ("一条马路长600米，在路的两边从头到尾每隔10米种一棵树，一共要种多少棵树？", "122"),
    ("在相距100米的两栋楼之间种树，每隔10米种一棵，两端不种，一共种多少棵？", "9"),
    ("在一条公路的一侧每隔8米种一棵树，两端都种，一共种了26棵树，这条公路长多少米？", "200"),
    ("Trees are planted every 5 m along one side of a road 100 m long, with a tree at each end. "
     "How many trees are there?", "21"),
    ("把一根木头锯成5段，每锯一次需要3分钟，一共需要多少分钟？", "12"),
    ("工人把一根木头锯成3段用了6分钟，照这样计算，锯成6段需要多少分钟？", "15"),
]  # fmt: skip
STORIES = [*AVERAGES, *ROWS]
UNCLEAR = [
    "小明语文、数学两科平均分92分，小红语文、数学、英语三科平均分90分，英语多少分？",
    "小明4次测验平均分88分，第5次考了96分，小红这5次的平均分是多少分？",
    "男生20人，平均身高1.5米，女生30人，平均身高145厘米，全班同学的平均身高是多少厘米？",
    "男生20人，平均身高150厘米，女生30人，平均身高145厘米，全班同学的平均身高是多少米？",
    "The average weight of 20 boys is 50 kg. The average weight of 30 girls is 100 pounds. "
    "What is the average weight of all the children?",
    "Tom scored 80, 85 and 90 on his first 3 tests. "
    "What must Jane score on the fourth test to have an average of 88?",
    "在一条公路的一侧每隔8米种一棵树，两端都种，一共种了26棵树，这条公路长多少千米？",
    "Ann's average on 4 tests is 85. Her average on 5 tests is 87. What score does she need on the fifth test to raise her average to 87?",
    "Ann's average on 4 tests is 85. What score does she need on the sixth test to raise her average to 87?",
    "小军语文、数学、英语三科平均成绩是95分，其中语文92分，数学98分，科学多少分？",
    "园林工人沿一条笔直的公路两侧植树，每隔6米种一棵，一共种了36棵。从第1棵到最后一棵的距离有多远？",
    "The average age of 30 students is 12 years. The average age of 20 students is 14 years. Find the average age of all 40 students.",
    "小明前四次数学测验的平均分是88分，第六次考了98分，五次的平均分是多少？",
    "小明前四次数学测验的平均分是88分，第五次考了98分，六次的平均分是多少？",
    "小红语文和数学的平均分是92分，加上英语后三科的平均分是94分，语文考了多少分？",
    "甲、乙、丙三个数的平均数是20，甲、乙两数的平均数是18，甲数是多少？",
    "有5个数的平均数是12，其中前3个数的平均数是10，后3个数的平均数是15，第4个数是多少？",
    "The average of five numbers is 12. Four of the numbers are 10, 11, 13. Find the fifth number.",
    "The average of 5 numbers is 18. If one number is doubled, the average becomes 20. "
    "What is the number?",
    "The average of 5 numbers is 18. If one number is removed, the average becomes 16. "
    "What is the added number?",
    "The average of 5 numbers is 18. The average of 3 numbers is 16. "
    "What is the average of all the numbers?",
    "The average weight of 3 boys is 40 kg and the average height of 2 girls is 35 cm. "
    "What is the average weight of all the children?",
    "在一条长200米的小路一旁植树，每隔5米栽一棵，一共要栽多少棵树？",
    "在一条长200米的小路一旁植树，每隔5米栽一棵柳树，每两棵柳树之间栽一棵桃树，两端都栽，"
    "一共要栽多少棵树？",
    "在一条长200米的小路一旁植树，每隔7米栽一棵，两端都栽，一共要栽多少棵树？",
    "在一条路上每隔2千米种一棵树，两端都种，一共种了5棵树，这条路长多少米？",
    "在一条长200米的小路一旁植树，每隔5米栽一棵，两端都栽，一共要栽多少盏路灯？",
    "在一个周长为120米的圆形花坛周围每隔4米种一棵树，两端都种，一共要种多少棵？",
    "把一根木头锯成5段，每锯一次需要3分钟，每次休息1分钟，一共需要多少分钟？",
    "Trees are planted every 5 m along one side of a road 100 m long. How many trees are there?",
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


def test_a_long_row_of_numbers_is_read_in_one_way_only() -> None:
    """``111,111,…`` may be one number or many: to try every way to part it would never end."""
    row = "111," * 60
    assert told(f"Tom scored {row} on his first 3 tests. What is his average?")[0] == ""
