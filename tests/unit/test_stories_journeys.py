"""Stories of trains that pass something, and of boats on a river: each word understood."""

from __future__ import annotations

import pytest
from asking import proved, solved, told
from conditions import passed_over

TRAINS = [
    ("A train 360 m long is running at a speed of 45 km/h. In what time will it pass a bridge 140 m long?", "40"),
    ("How long does a train 110 m long running at 72 km/h take to cross a bridge 132 m long?", "121/10"),
    ("A 300 m long train crosses a platform in 39 seconds while it crosses a signal pole in 18 seconds. What is the length of the platform?", "350"),
    ("一列火车通过530米的桥需40秒，以同样的速度穿过380米的山洞需30秒。求这列火车的速度是每秒多少米？车长多少米？", "15, 70"),
    ("一列火车长160米，全车通过440米的桥需要30秒钟，这列火车每秒行多少米？", "20"),
    ("A train 150 m long passes through a tunnel 450 m long in 30 seconds. "
     "What is the speed of the train?", "20"),
    ("A train 240 m long is travelling at 20 m/s. "
     "How long does it take to cross a bridge 360 m long?", "30"),
    ("A 200-meter-long train crosses a 400-meter-long bridge at a speed of 15 m/s. "
     "How many seconds does it take to cross the bridge completely?", "40"),
    ("A train traveling at 72 km/h passes a pole in 9 seconds. Find the length of the train.",
     "180"),
    ("A train 150 m long crosses a bridge in 30 s at 72 km/h. How long is the bridge?", "450"),
    ("A train crosses a platform 200 m long in 25 seconds and passes a pole in 15 seconds. "
     "Find the length of the train.", "300"),
    ("A train 120 m long passes a man standing on a platform in 8 seconds. "
     "How long does it take to cross a bridge 180 m long?", "20"),
    ("一列火车长150米，以每秒20米的速度通过一座长450米的大桥，需要多少秒？", "30"),
    ("一列火车长200米，通过一条长1000米的隧道用了60秒，这列火车每秒行多少米？", "20"),
    ("一列火车通过一座长456米的桥需要80秒，用同样的速度通过一条长399米的隧道要77秒，"
     "求这列火车的速度和长度。", "19, 1064"),
    ("一列火车以每秒25米的速度通过一座大桥，用了40秒，已知火车长200米，这座大桥长多少米？", "800"),
    ("一列火车通过一座长1200米的大桥需要70秒，通过一根电线杆需要10秒，求火车的速度。", "20"),
    ("一座大桥长2400米，一列火车以每分钟900米的速度通过大桥，"
     "从车头开上桥到车尾离开桥共需要3分钟，这列火车长多少米？", "300"),
]  # fmt: skip
RIVERS = [
    ("A motorboat can travel 20 mph in still water. How long will it take to go 90 miles upstream if the current is 2 mph?", "5"),
    ("甲、乙两港间的水路长208千米，一只船从甲港开往乙港，顺水8小时到达，从乙港返回甲港，逆水13小时到达，求船在静水中的速度和水流速度。", "21, 5"),
    ("轮船在静水中的速度是每小时18千米，水流速度是每小时2千米，轮船逆水航行96千米需要几小时？", "6"),
    ("A boat travels at 12 km/h in still water. The speed of the current is 3 km/h. "
     "How long does it take to travel 45 km downstream?", "3"),
    ("A boat goes 48 miles downstream in 4 hours and returns the same distance upstream in 6 hours. "
     "Find the speed of the boat in still water and the speed of the current.", "10, 2"),
    ("A plane flies 600 miles with the wind in 2 hours and against the wind in 3 hours. "
     "Find the speed of the plane in still air and the speed of the wind.", "250, 50"),
    ("A boat takes 3 hours to go 36 km downstream and 6 hours to go the same distance upstream. "
     "What is the speed of the current?", "3"),
    ("A boat goes 24 km upstream and returns in a total of 5 hours. "
     "The speed of the current is 2 km/h. Find the speed of the boat in still water.", "10"),
    ("一艘轮船在静水中的速度是每小时20千米，水流速度是每小时4千米，"
     "这艘船顺水航行120千米需要几小时？", "5"),
    ("一艘船从甲港顺水航行到乙港用了4小时，从乙港返回甲港用了6小时，"
     "已知水流速度是每小时3千米，求船在静水中的速度。", "15"),
    ("两个码头相距144千米，一艘汽艇顺水行完全程需要6小时，已知水流速度为每小时2千米，"
     "求逆水行完全程需要多少小时？", "36/5"),
    ("一艘轮船在两个码头之间航行，顺水需要4小时，逆水需要5小时，水流速度为2千米/时，"
     "求两个码头之间的距离。", "80"),
    ("一架飞机在两城之间飞行，风速为24千米/时，顺风飞行需要2.8小时，逆风飞行需要3小时，"
     "求两城之间的距离。", "2016"),
    ("一艘轮船顺水航行80千米需要4小时，逆水航行80千米需要5小时，求船在静水中的速度和水流速度。",
     "18, 2"),
]  # fmt: skip
STORIES = [*TRAINS, *RIVERS]
UNCLEAR = [
    "A passenger train 150 m long crosses a bridge 300 m long in 30 seconds. "
    "How long does it take the freight train to cross a tunnel 450 m long?",
    "一列火车长200米，每秒行20米，一列货车通过一座长800米的大桥，需要多少秒？",
    "一列客车长200米，每秒行20米，货车通过一座长800米的大桥，需要多少秒？",
    "A boat goes 30 miles downstream in 3 hours. A ship goes 30 miles upstream in 5 hours. "
    "Find the speed of the current.",
    "A boat goes 30 miles downstream in 3 hours. A boat goes 30 miles upstream in 5 hours. "
    "Find the speed of the current.",
    "一艘轮船顺水航行60千米需要3小时，一艘货船逆水航行60千米需要5小时，水流速度是多少？",
    "A motorboat can travel 20 mph in still water. How long will it take to go 90 miles upstream if the current is 2 km/h?",
    "How long does a train 110 m long running at 72 km/h take to cross a bridge 132 m long and a tunnel 100 m long?",
    "一列火车通过530米的桥需40秒，以2倍的速度穿过380米的山洞需30秒。求这列火车的速度是每秒多少米？",
    "一列火车长150米，以每秒20米的速度通过一座长450米的大桥，火车完全在桥上的时间是多少秒？",
    "一列火车长150米，以每秒20米的速度通过一座长450米的大桥，途中停留5秒，需要多少秒？",
    "一列火车长200米，通过一座长1000米的大桥，从车头上桥到车头离桥用了50秒，火车的速度是每秒多少米？",
    "一列火车长150米，通过一座长450米的大桥用了30秒，然后加速，通过一座长900米的大桥用了多少秒？",
    "A train 150 m long passes through a tunnel 450 m long in 30 seconds. "
    "How long is it completely inside the tunnel?",
    "A train 150 m long travelling at 20 m/s passes a man running at 2 m/s in the same direction. "
    "How long does it take to pass the man?",
    "A train 150 m long crosses a bridge in 30 s at 72 km/h. How long is the tunnel?",
    "A train 150 m long passes a bridge 300 m long at 20 m/s. It passes a bridge in 40 s. "
    "How long is the bridge?",
    "A train traveling at 60 mph passes a pole in 9 seconds. Find the length of the train.",
    "一艘船顺水航行4小时，逆水航行6小时，水流速度是每小时3千米，求船在静水中的速度。",
    "一艘船从甲港顺水航行到乙港用了4小时，从丙港返回甲港用了6小时，"
    "已知水流速度是每小时3千米，求船在静水中的速度。",
    "A boat travels at 12 km/h in still water. The speed of the current is 15 km/h. "
    "How long does it take to travel 45 km upstream?",
    "A boat goes 48 miles downstream in 4 hours and returns half the distance upstream in 6 hours. "
    "Find the speed of the boat in still water.",
    "A boat goes 30 km upstream and returns downstream in 4 hours 30 minutes. "
    "The speed of the boat in still water is 15 km/h. Find the speed of the current.",
]


@pytest.mark.parametrize(("text", "expected"), STORIES)
def test_a_journey_is_answered_with_a_proof(text: str, expected: str) -> None:
    assert proved(text) == expected


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_not_clear_is_not_answered(text: str) -> None:
    assert told(text)[0] == ""


@pytest.mark.parametrize("text", [text for text, _ in STORIES])
@pytest.mark.slow
def test_a_condition_more_is_never_passed_over(text: str) -> None:
    assert passed_over(text) == []


def test_it_is_said_what_the_letters_are_and_in_which_units() -> None:
    found = solved(
        "A train traveling at 72 km/h passes a pole in 9 seconds. Find the length of the train."
    )
    why = found.steps[0].why
    assert "the length of the train" in why.en
    assert "metres" in why.en
    assert "火车的长度" in why.zh
    assert "米" in why.zh
