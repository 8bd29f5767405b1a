"""The average speed there and back: all the way over all the time."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.quantities import NUMBER_LENGTH, NUMBER_TIME, SPEED, Scale
from assistant.maths.reading.stories.telling import Hit, Tongues, exact, of_one, told
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Text

WHO = r"(?P<actor>一?(?:辆|艘|架)?(?:小?汽车|轿车|客车|货车|卡车|飞机|轮船|摩托车)|小[明红华丽刚军强芳亮东林兰]|某人|他|她|它|李叔叔|王叔叔|张叔叔)"
PLACE = r"(?:甲地|乙地|A地|B地|A城|B城|甲城|乙城|家|学校|山脚|山顶|山下)"
ROUTE = rf"(?:从{PLACE}(?:开往|去往|到|去|出发去|出发到|开到|步行到|骑车到){PLACE}|往返于?{PLACE}(?:、|和|与){PLACE}(?:之间|两地)?|在{PLACE}(?:、|和|与){PLACE}(?:之间|两地)?往返)"
GO, BACK = (
    r"(?:去时|去的时候|上山时?|上坡时?|前往时)",
    r"(?:(?:沿?原路)?(?:返回时?|回来时?|返回的时候|回来的时候)|(?:沿原路)?下山时?|下坡时?)",
)
AT = rf"(?:的)?(?:平均)?(?:速度)?(?:是|为)?{SPEED}"
CHINESE = (
    ("route", rf"{WHO}?{ROUTE}"),
    ("way", rf"(?:甲、?乙两地|A、?B两地|两地|山路|{PLACE}到{PLACE})(?:之间)?(?:的)?(?:相距|距离|路程|长)?(?:是|为)?\s*{NUMBER_LENGTH}"),
    ("go", rf"{WHO}?{ROUTE}?,?{GO}{AT}"),
    ("back", rf"{WHO}?{BACK}{AT}"),
    ("go_time", rf"{WHO}?{GO}(?:一共|共)?用了?\s*{NUMBER_TIME}"),
    ("back_time", rf"{WHO}?{BACK}(?:一共|共)?用了?\s*{NUMBER_TIME}"),
    ("ask_mean", rf"{WHO}?(?:往返|来回|上下山|全程往返|往返全程)(?:全程|一次)?(?:的)?平均速度(?:是|为)?(?:每(?P<vp>小时|分钟|分|秒)(?:行驶|行|走)?)?(?:多少|几)?(?:(?P<vl>千米|公里|米)(?:/(?P<vp>小时|时|分钟|分|秒))?)?"),
    ("ask_mean", rf"{WHO}?(?:往返|来回|上下山)(?:全程|一次)?(?:的)?平均每(?P<vp>小时|分钟|分|秒)(?:行驶|行|走)?(?:多少|几)(?P<vl>千米|公里|米)"),
)  # fmt: skip
EN_WHO = r"(?P<actor>(?:(?P<article>an?|the) )?(?:car|truck|train|bus|plane|cyclist|driver|hiker)|(?-i:[A-Z][a-z]+)|he|she|it)"
MOVES = r"(?:drives|drove|travels|travell?ed|goes|went|walks|walked|rides|rode|cycles|cycled|runs|ran|flies|flew|climbs|hikes|hiked)"
ENDS = r"(?:to (?:work|school|the city|the airport|a town|town|city B|B|the lake|the top)|from (?:A to B|town A to town B|home to (?:work|school)|city A to city B)|there)"
HOME = r"(?:back(?: home)?|home|returns?(?: home)?|returned|comes back|on the way back|the return trip)"
ENGLISH = (
    ("go", rf"{EN_WHO} {MOVES} {ENDS} at(?: an average speed of| a speed of)? {SPEED}"),
    ("back", rf"(?:and |then )*(?:{EN_WHO} )?(?:{MOVES} |comes )?{HOME}(?: (?:by|along|on) the same (?:road|route|way))? at(?: an average speed of| a speed of)? {SPEED}"),
    ("way", rf"the (?:distance|way|trip)(?: each way| one way)? is {NUMBER_LENGTH}"),
    ("ask_mean", r"what (?:is|was) (?:his|her|its|the)(?: overall)? average speed (?:for|of|on|over|during) the (?:whole|entire|round)(?: round)?(?:[ -]trip| journey| way)?"),
)  # fmt: skip
PHRASES = Tongues(r"往返|来回|上下山|average speed", CHINESE, ENGLISH)
WHY = Text(
    "The average speed is all the way over all the time; the way there is taken as {0}.",
    "平均速度 = 总路程 ÷ 总时间；设单程路程为 {0}。",
)


def read_there_and_back(tale: Tale) -> list[Request] | None:
    """``Ann drives to work at 60 mph and back at 40 mph. What is her average speed …?``"""
    found = told(tale, PHRASES)
    scale = Scale.of(found) if found else None
    if found is None or scale is None or not of_one(found):
        return None
    said: dict[str, t.Expr] = {}
    for hit in found:
        value = _value(scale, hit)
        if value is None:
            continue
        if hit.says in said or not exact(value):
            return None
        said[hit.says] = value
    if not {"go", "back"} <= {name.removesuffix("_time") for name in said}:
        return None
    way = said.pop("way", None)
    if way is None and {"go", "back"} - set(said):
        return None
    way = t.integer(1) if way is None else way
    times = [
        said.get(f"{one}_time", t.Div(way, said[one]) if one in said else None)
        for one in ("go", "back")
    ]
    if len(said) != 2 or times[0] is None or times[1] is None:
        return None
    tale.scan.notes.append(Text(WHY.en, WHY.zh, (way,)))
    tale.text = ""
    return [value_of(t.Div(t.Mul((t.integer(2), way)), t.add(times[0], times[1])))]


def _value(scale: Scale, hit: Hit) -> t.Expr | None:
    match hit.says:
        case "go" | "back":
            return scale.speed(hit)
        case "way":
            return next(iter(scale.lengths(hit)), None)
        case "go_time" | "back_time":
            return scale.time(hit)
    return None
