"""When two words of a story mean the same, the opposite, or one more than the other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.maths.reading.stories.accounts.facts import Kind, Sense
from assistant.maths.reading.stories.accounts.words_zh import FRACTIONAL, WHOLE_TIMES

ONE = frozenset("他 她 它 he she it him her".split())
PRONOUNS = frozenset(
    "他 她 它 他们 她们 它们 两人 二人 俩人 两个人 三人 they he she it him her them you both".split()
)
SORTS: dict[str, tuple[str, ...]] = {
    "水果": tuple("苹果 梨 梨子 桃 桃子 橘子 桔子 橙子 香蕉 西瓜 草莓 葡萄 荔枝 芒果 菠萝 樱桃".split()),
    "动物": tuple("鸡 鸭 鹅 兔 羊 牛 猪 马 猫 狗 猴".split()),
    "衣服": tuple("上衣 裤子 裙子 衬衫 外套 毛衣".split()),
    "文具": tuple("铅笔 钢笔 圆珠笔 橡皮 尺子 本子 文具盒".split()),
    "蔬菜": tuple("白菜 萝卜 黄瓜 茄子 土豆 西红柿 菠菜 芹菜".split()),
    "人": tuple("男生 女生 男同学 女同学 老师 学生 同学".split()),
    "fruit": tuple("apple pear peach orange banana melon plum cherry mango".split()),
    "animal": tuple("dog cat cow pig sheep horse hen duck goat rabbit chicken".split()),
    "flower": tuple("rose tulip daisy lily".split()),
    "student": tuple("boy girl".split()),
    "child": tuple("boy girl".split()),
    "people": tuple("boy girl man woman child student teacher".split()),
    "person": tuple("boy girl man woman child student teacher".split()),
}  # fmt: skip
OPPOSITE = (
    ("男", "女"), ("公", "母"), ("大人", "小孩"), ("boy", "girl"), ("man", "woman"),
)  # fmt: skip
TAILS = re.compile(
    r"(?:的?(?:人数|个数|棵数|只数|本数|重量|体重|身高|高度|长度|年龄|价格|价钱|钱数|张数|页数|钱)|的|们|了)$"
)
JOINED = re.compile(r"^(?:参加(?=[^,]+[队组班]$)|买(?=[^的]))")


NUMERALS = {
    "两": 2,
    "二": 2,
    "俩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "two": 2,
    "both": 2,
    "three": 3,
    "four": 4,
}
TOGETHER = re.compile(
    r"(?:(?:他|她|它|我)们?|这(?=[两三四五]))?(?:(?P<n>[两二三四五俩])?(?:个)?(?:人|月|次|天|种|位|名|只|堆|筐|桶|袋|盒|队|校|所学校|条|车|箱|根|段)"
    r"|(?P<m>两个?|[三四五]个)(?:班|层|组|小组|队|年级)|(?:他|她|它|我)们?(?:俩|两)?)(?:同学|小朋友|青蛙|学校|(?<=种)[\u4e00-\u9fff]{1,2})?|一天|全天|全家|全班"
)


def together(name: str) -> int | None:
    """How many a word for all of them means, 0 for any number; ``None`` for another word."""
    if name.isascii():
        words = name.lower().split()
        return (
            next((NUMERALS[w] for w in words if w in NUMERALS), 0)
            if name.lower() in PRONOUNS
            else None
        )
    found = TOGETHER.fullmatch(name)
    return (
        None if found is None or not name else NUMERALS.get((found["n"] or found["m"] or "")[:1], 0)
    )


PLACE = re.compile(r"(?:里|上|中|里面|里边)$")


IS_PLACE = re.compile(
    r"(?:里|上|中|边|面|园|店|场|馆|库|厂|校|站|组|班|队|池|塘|地|市|角|食堂|家里)$"
)


def same_place(told: str, short: str) -> bool:
    """Whether a shorter name means the place that is told of: ``店里`` in the story of a ``水果店``."""
    if not (PLACE.search(told) or PLACE.search(short)):
        return False
    a, b = PLACE.sub("", told), PLACE.sub("", short)
    return bool(a and b) and a.endswith(b)


def plain_name(name: str) -> str:
    """A name without what does not change who or what is meant."""
    return JOINED.sub("", TAILS.sub("", name.strip()))


RATIO_UNIT = UNROUNDED = ""
"""Of a ratio, and of what is rounded later: it need not be whole."""


def counts(unit: str) -> bool:
    """Whether a unit counts things, which are whole."""
    return unit in WHOLE_TIMES or (unit not in FRACTIONAL and unit != RATIO_UNIT)


def belongs(thing: str, sort: str) -> bool:
    """Whether a thing is of a sort: ``白兔`` is a ``兔``, an apple a fruit, a box of eggs a box."""
    box, of, _ = thing.partition(" of ")
    if of:
        return thing == sort or belongs(box, sort)
    return thing == sort or thing.endswith(sort) or any(
        thing.endswith(one) for one in SORTS.get(sort, ())
    )  # fmt: skip


def complement(one: str, other: str) -> bool:
    """Whether two names divide a whole between them, as boys and girls do."""
    return any(
        {one, other} == {a, b} or (one.replace(a, b, 1) == other and a in one)
        or (one.replace(b, a, 1) == other and b in one)
        for a, b in OPPOSITE
    )  # fmt: skip


PUPILS = re.compile("[男女](?:生|同学)$")
GROWN = re.compile("师|工|家长|客")
"""People who are no pupils, or not only pupils, as 师生 are."""


def may_divide(parts: Iterable[str], whole: str) -> bool:
    """Whether people of some names may be all of a sort: boys and girls are no teachers."""
    return not GROWN.search(whole) or not any(map(PUPILS.search, parts))


def act(verb: str) -> str:
    """What is done, without how: in Chinese the first character of a verb."""
    return verb if verb.isascii() else verb[:1]


SPOILT = frozenset("死 坏 烂 破 损 burn".split())
"""What makes things bad and takes none of them away: a dead fish is still in the tank."""
IN_USE = frozenset("用 use".split())
LASTING = frozenset("把 辆 台 间 艘 架 座 双 副 件 套 顶 本 条".split())
"""Units of what is still there when it was used."""
TOOLS = re.compile(
    "[杯碗盘盆桶筐篮桌椅凳床车船房灯]子?$|球$|电脑|教室|书包|雨伞|沙发|毛巾|chair|table|cup|bowl|plate|car|ball|room|computer|umbrella"
)
"""Things that are."""


TAKES = frozenset("借走 借去 拿走 取走 领走 抱走 搬走 带走 拿去 取出 拿出 拿掉".split())
"""What one does with what is another's; a place only loses by it."""


def takes(verb: str, owner: str) -> bool:
    """Whether the one who is named takes, and does not lose."""
    return verb in TAKES and bool(owner) and not IS_PLACE.search(owner)


FRAGILE = frozenset("egg cup plate glass bowl vase dish bottle jar".split())
"""What is gone when it is broken."""


def still_there(verb: str, kind: Kind) -> bool:
    """Whether things are still there after what was done with them."""
    whole = verb == "break" and kind.thing.rpartition(" ")[2] not in FRAGILE
    lasting = kind.unit in LASTING or bool(TOOLS.search(kind.thing))
    return whole or act(verb) in SPOILT or (verb in IN_USE and lasting)


def same_act(acts: list[tuple[str, Sense]]) -> bool:
    """Whether amounts are all of things that are there, or all of the same act, which need not be
    named again."""
    done = {(act(verb), sense) for verb, sense in acts if verb and sense is not Sense.HAVE}
    there = any(sense is Sense.HAVE for _, sense in acts)
    if done and acts and acts[0][1] is Sense.HAVE:
        return False
    return len(done) <= 1 and not (done and any(v for v, s in acts if s is Sense.HAVE) and there)
