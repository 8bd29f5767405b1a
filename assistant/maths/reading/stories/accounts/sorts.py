"""Which sorts of one thing exclude each other: a story book may be a Chinese book, not a science book."""

from __future__ import annotations

import re

from assistant.maths.reading.stories.accounts.things import SORTS, belongs

FRUIT = "苹果 苹 梨 桃 李 杏 枣 橘 桔 橙 柚 荔枝 芒 樱桃 葡萄 石榴 柿 香蕉 菠萝 草莓 核桃 板栗 山楂 枇杷"
TREES = f"{FRUIT} 杨 柳 松 柏 槐 榕 银杏 梧桐 桂花 樱花 枫 樟 香樟 桑 杉 榆 白杨 水杉 雪松"
FLOWERS = "菊 玫瑰 月季 牡丹 茶 荷 兰 梅 桃 百合 郁金香 杜鹃 茉莉 桂 水仙 康乃馨 栀子 海棠 芍药"
ZH_SORTS: dict[str, tuple[str, ...]] = {
    "书": (
        "故事 科技 漫画", "文艺 科技", "童话 科技 漫画", "科普 故事 漫画", "历史 科技",
        "语文 数学 英语 科学 音乐 美术", "中文 英文 法文 日文", "中文 外文",
    ),
    "画": ("油 国 水彩 版",),
    "笔": ("铅 钢 毛 圆珠 水彩 蜡 粉",),
    "球": ("足 篮 排 乒乓 羽毛 网 气",),
    "树": (TREES,),
    "花": (FLOWERS,),
    "果": ("苹 芒 火龙 百香 开心 奇异 无花 腰",),
    "鱼": ("金 鲤 草 鲫 鲢 带 黄",),
    "车": ("客 货 轿 摩托 自行 三轮 救护 消防 公交 火", "卡 客 轿 摩托 自行 三轮 救护 消防 公交", "大客 小客 货", "中巴 大巴"),
    "瓜": ("西 黄 冬 南 哈密 甜 丝 苦 木",),
    "糖": ("奶 水果 巧克力", "红 白"),
    "菜": ("白 菠 芹 花 韭 油 生",),
    "鞋": ("皮 布 草 胶", "运动 凉 拖 高跟"),
    "票": ("成人 儿童", "成人 学生", "大人 小孩", "车 船 飞机 机 门 邮", "车 船 飞机 机 电影 邮"),
    "灯": ("台 吊 路 壁",),
    "米": ("大 小 玉 黑 糯",),
    "蛋": ("鸡 鸭 鹅 鸽 鹌鹑",),
    "肉": ("猪 牛 羊 鸡 鸭 鱼",),
    "油": ("花生 豆 菜籽 玉米 芝麻 橄榄 汽 柴",),
    "奶": ("牛 羊 豆",),
    "机": ("飞 洗衣 电视 收音 照相 录音 拖拉 收割 打印",),
    "仁": ("花生 杏 核桃",),
    "饼": ("月 煎 烧",),
    "衣": ("大 毛 风 雨 睡 羽绒",),
    "人": ("男 女",),
}  # fmt: skip
"""By what the things are, the words before it of which a thing has only one, each line by itself."""
EN_SORTS: dict[str, tuple[str, ...]] = {
    "book": ("science story comic", "math science history music art"),
    "ball": ("tennis golf soccer rugby base basket foot volley",),
    "cake": ("birthday wedding",),
    "ticket": ("adult child student", "adult children"),
    "shoe": ("running dress",),
}
FLAVOURS = frozenset(
    "apple pear peach orange banana lemon lime cherry mango plum grape strawberry blueberry raspberry "
    "blackberry pumpkin chocolate vanilla coconut pine oak maple birch palm fir olive walnut almond peanut fig".split()
)
"""What a pie, a tree or a juice is of, mostly one of them alone."""
ORDER = re.compile(
    r"第?(?:[一二三四五六七八九十\d]+|[甲乙丙丁戊]|[A-Z])(?:号|年级?)?[()]?|[上中下]|[前后]|[东南西北]"
)
"""Of which there is one by each of these names."""
HOLDERS = frozenset(
    "班级组队校学村厂店园场市县区仓库天次周层楼年月家院站馆室房间屋池塘缸笼圈岛镇乡省国"
)
"""Places, groups and times: two such names are mostly of two of them."""
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕钱"
)
TITLES = re.compile(
    r"(?:老师|师傅|叔叔|阿姨|爷爷|奶奶|大爷|大妈|大伯|伯伯|先生|女士|医生|经理|教授)$"
)
ANY = re.compile(
    r"(?:玩具|文具|用具|家具|工具|餐具|农具|器具|礼物|东西|物品|物件|商品|食品|用品|奖品|作品|产品|食物|动物|植物|家禽|家畜|牲畜|宠物|水产|海鲜"
    r"|零食|点心|材料|车辆|货物?|图书|书籍|读物|课外书|家电|电器|球类|树木|树苗|(?<![苹芒])果树|盆栽|作物|庄稼|粮食?|昆虫|鸟类|花卉|水果|蔬菜|机动车"
    r"|(?:^| )(?:thing|item|toy|gift|present|animal|pet|object|piece|snack|treat|drink|tool|vehicle|plant|insect|bug|fruit"
    r"|vegetable|student|child|kid|people|person|dessert|sweet|candy|instrument|shape|food|supply|prize))$"
)
"""Words for sorts of things, to which what has quite another name may belong."""
MEMBERS: dict[str, str] = {
    "鸟": "麻雀 燕子 喜鹊 鸽子 鹦鹉 乌鸦 老鹰 鹰 大雁 天鹅 孔雀 黄鹂 画眉 鹭 鹤",
    "花": f"{FLOWERS} 玫瑰 牡丹 康乃馨",
    "树": f"{TREES} 果树",
    "书": "故事书 字典 词典 漫画 小说 连环画 童话 杂志 绘本 课本",
    "电脑": "笔记本 平板",
    "画": "年画 油画 国画",
    "车": "汽车 自行车",
    "汽车": "轿车 客车 货车 卡车 公交车 面包车 出租车",
    "鸡": "公鸡 母鸡",
    "球": "足球 皮球",
    "笔": "铅笔",
    "菜": "萝卜 黄瓜 茄子 土豆 西红柿 豆角",
    "鱼": "鲨 鲸",
    "饮料": "可乐 果汁 牛奶 雪碧 汽水 茶 咖啡 豆浆",
    "bird": "eagle sparrow parrot pigeon duck hen goose swan robin owl crow dove penguin",
    "flower": "rose tulip daisy lily sunflower violet orchid carnation daffodil",
    "tree": "oak pine maple palm birch elm willow",
    "fish": "goldfish guppy shark trout salmon",
    "book": "novel dictionary atlas comic notebook textbook",
    "car": "taxi van truck suv",
    "coin": "penny nickel dime quarter",
    "dog": "puppy poodle",
    "cat": "kitten",
}
"""What is of a sort by quite another name."""


def exclusive(one: str, other: str) -> bool:
    """Whether nothing of the same sort is both: only where that is known."""
    if one.isascii():
        return _exclusive_english(one, other)
    one, other = one.removesuffix("子"), other.removesuffix("子")
    first, second, head = one[:-1].removesuffix("的"), other[:-1].removesuffix("的"), one[-1:]
    if ORDER.fullmatch(first) and ORDER.fullmatch(second):
        return True
    if head in HOLDERS:
        return True
    titles = TITLES.search(one), TITLES.search(other)
    if titles[0] and titles[1] and titles[0][0] == titles[1][0]:
        return {one[: -len(titles[0][0])], other[: -len(titles[1][0])]} <= SURNAMES
    return any({first, second} <= set(line.split()) for line in ZH_SORTS.get(head, ()))


def _exclusive_english(one: str, other: str) -> bool:
    (first, _, head), (second, _, _) = one.rpartition(" "), other.rpartition(" ")
    if {first, second} <= FLAVOURS:
        return True
    return any({first, second} <= set(line.split()) for line in EN_SORTS.get(head, ()))


def may_be(thing: str, sort: str) -> bool:
    """Whether what has one name may be of the sort with the other: a car may be a toy."""
    if ANY.search(sort):
        known = set(SORTS.get(sort, ()))
        others = [
            of for of, things in SORTS.items() if belongs(thing, of) and not known & set(things)
        ]
        return not known or not others
    word = thing.rpartition(" ")[2]
    head = sort.rpartition(" ")[2]
    return belongs(thing, sort) or any(word.endswith(one) for one in _members(head, word))


def _members(sort: str, word: str) -> list[str]:
    """What is of a sort by quite another name: a rose may be a red flower, too.  For two trees of
    the same head it is ``exclusive`` that tells."""
    heads = [sort] if sort.isascii() else [sort[n:] for n in range(len(sort))]
    head = next((h for h in heads if h in MEMBERS), "")
    return [] if head != sort and word.endswith(head) else MEMBERS.get(head, "").split()
