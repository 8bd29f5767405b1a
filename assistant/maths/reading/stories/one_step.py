"""Stories of one step: more and fewer, equal shares, prices, discounts, distances.

The whole text must be one of the sentences below.  Its things, people and units must agree, so
that nothing is added or divided which does not belong together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading import numerals
from assistant.maths.reading.patterns import Late, late
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Task

Step = Callable[[t.Expr, t.Expr], t.Expr]


@dataclass(frozen=True, slots=True)
class Kind:
    """Sentences of one meaning.

    Groups of the pattern: ``n`` and ``m`` the numbers; ``t…`` things, ``s…`` people, ``u…`` and
    ``p…`` units and periods, each family being one and the same thing.
    """

    pattern: Late
    step: Step
    counted: bool = False
    """Whether the answer counts things, so that it must be a whole number."""


def _number(name: str) -> str:
    return (
        rf"(?P<{name}>\d+(?:\.\d+)?|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))"
    )


N, M = _number("n"), _number("m")
ZH_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
ZH_N, ZH_M = (
    rf"(?P<{name}>\d+(?:\.\d+)?|[{ZH_NUMERALS}]+(?:点[零〇一二三四五六七八九]+)?)" for name in "nm"
)
PRONOUNS = frozenset({"he", "she", "they", "it", "", "i", "他", "她", "它", "他们", "她们"})


NO_THING = (
    "more|less|fewer|times|of|and|each|per|percents?|dozens?|scores?|hundreds?|thousands?|millions?"
    "|pairs?|couples?|halves|half|thirds?|quarters?|tenths?|others?|is|was|has|plus|minus|twos|tens"
)
"""Words behind a number that are no thing, or make another number of it."""
UNLIKE = "fish|sheep|deer|children|people|men|women|mice|geese|feet|teeth"


def _thing(name: str) -> str:
    return rf"(?P<{name}>(?!(?:{NO_THING})\b)[a-z]+)"


def _things(name: str) -> str:
    """Counted things, which end like a plural; ``left`` and ``altogether`` do not."""
    return rf"(?P<{name}>(?!(?:{NO_THING})\b)(?:[a-z]+s|{UNLIKE}))"


def _who(name: str) -> str:
    return rf"(?P<{name}>(?:the )?(?!(?:each|every|nobody|everyone|there|neither|both)\b)[a-z]+)"


GAINS = (
    "buys|bought|gets|got|finds|found|receives|received|picks|picked|collects|collected|wins|won"
    "|is given|was given"
)
LOSES = "eats|ate|loses|lost|sells|sold|gives away|gave away|throws away|threw away"
OWNS = rf"{_who('s1')} (?:has|had) {N} {_things('t1')}"
THEN = rf"(?:\.|,|,? and|\. then|,? and then) (?:{_who('s2')} )??"
HAVE = (
    rf"how many (?:{_thing('t3')} )?(?:(?:does|do) {_who('s3')} (?:now )?have"
    rf"(?: now| left| in all| in total| altogether)?"
    rf"|did {_who('s4')} have (?:then|left|in all|in total|altogether)"
    rf"|(?:are|were) (?:there now|left)|remain)\?"
)
EACH = "(?:equally|evenly)"
TRAVELS = "(?:travels|drives|goes|runs|moves|walks|rides|flies|cycles)"
LENGTH = r"(?:km|kilomet(?:er|re)s?|miles?|m|met(?:er|re)s?)"
TIME = r"(?:h|hours?|hrs?|min|minutes?|s|seconds?)"
SPEED = rf"(?:(?:a|an) (?:constant |average )?speed of )?{N} ?(?P<u1>{LENGTH}) ?(?:/| per ) ?(?P<p1>{TIME})"
MONEY = r"(?: ?(?:dollars?|euros?|pounds?|yuan))?"


def _en(pattern: str, step: Step, *, counted: bool = False) -> Kind:
    return Kind(late(pattern, re.IGNORECASE), step, counted)


def _off(price: t.Expr, percent: t.Expr) -> t.Expr:
    return t.Mul((price, t.sub(t.integer(1), t.Div(percent, t.integer(100)))))


def _tenths(price: t.Expr, tenths: t.Expr) -> t.Expr:
    return t.Mul((price, t.Div(tenths, t.integer(10))))


def _times(a: t.Expr, b: t.Expr) -> t.Expr:
    return t.Mul((a, b))


def _reached(speed: t.Expr, way: t.Expr) -> t.Expr:
    return t.Div(way, speed)


ENGLISH = (
    _en(
        rf"{OWNS}{THEN}(?:{GAINS}) {M}(?: more)?(?: {_things('t2')})?\. {HAVE}", t.add, counted=True
    ),
    _en(
        rf"{OWNS}{THEN}(?:{LOSES}) {M}(?: of (?:them|these))?(?: {_things('t2')})?\. {HAVE}",
        t.sub,
        counted=True,
    ),
    _en(
        rf"{_who('a1')} has {N} {_things('t1')} and {_who('a2')} has {M}(?: {_things('t2')})?\. how many"
        rf"(?: {_thing('t3')})? do they have (?:together|altogether|in all|in total)\?",
        t.add,
        counted=True,
    ),
    _en(
        rf"(?=.* (?:equal|evenly))(?:there are )?{N} {_things('t1')} (?:in|are (?:shared|divided|split) {EACH} (?:among|between|into)) {M} (?:equal )?{_thing('g1')}\. "
        rf"how many {_thing('t2')} (?:are (?:there )?in each (?P<g2>[a-z]+)|does each (?P<g3>[a-z]+) get)\?",
        t.Div,
        counted=True,
    ),
    _en(
        rf"(?:a|an|each|one|every) {_thing('g1')} (?:holds|has|contains) {N} {_things('t1')}\. how many {_thing('t2')} "
        rf"(?:are (?:there )?in {M} (?P<g2>[a-z]+)|do (?P<m2>\d+) (?P<g3>[a-z]+) (?:hold|have|contain))\?",
        _times,
        counted=True,
    ),
    _en(
        rf"(?:a|an|each|one) {_thing('t1')} costs {N}{MONEY}\. how much (?:do|would|will) {M} {_things('t2')} cost\?",
        _times,
    ),
    _en(
        rf"(?:a|an|the) [a-z]+ (?:costs|is priced at|has a price of) {N}{MONEY}(?: and|\. it|\. the [a-z]+)? (?:is|is on sale for|is sold at) {M}% off\. "
        r"(?:what is (?:the|its) (?:sale|new|final|discounted) price|how much does it cost (?:now|after the discount))\?",
        _off,
    ),
    _en(
        rf"(?:(?:a|an|the) )?{_who('s1')} {TRAVELS} at {SPEED} for {M} ?(?P<p2>{TIME})\. how far does {_who('s2')} (?:travel|drive|go|run|move|walk|ride|fly|cycle)\?",
        _times,
    ),
    _en(
        rf"(?:(?:a|an|the) )?{_who('s1')} {TRAVELS} {N} ?{LENGTH} in {M} ?{TIME}\. what is (?:its|his|her|the|their)(?: average)? speed\?",
        t.Div,
    ),
    _en(
        rf"how long does it take to (?:travel|drive|go|run|walk|ride|fly|cycle) {_number('m')} ?(?P<u2>{LENGTH}) at {SPEED}\?",
        _reached,
    ),
)
UNIT = "[个颗本支只块张条件盒箱袋瓶枚朵棵名位人辆元把双副台]"
ZH_THING = (
    r"(?:[红黄蓝绿白黑大小]?(?:"
    + "|".join(
        """
    苹果 梨子? 桃子? 橘子 橙子 香蕉 西瓜 草莓 葡萄 荔枝 芒果 菠萝 樱桃 水果 糖果? 巧克力 饼干 蛋糕 面包
    馒头 包子 饺子 鸡?蛋 鸭蛋 鸡蛋 白菜 萝卜 土豆 西红柿 黄瓜 大米 面粉 牛奶 果汁 可乐 汽水 矿泉水 水
    图书 故事书 连环画 课本 练习本 本子 笔记本 作业本 书 铅笔 钢笔 圆珠笔 彩笔 水彩笔 毛笔 笔 橡皮 尺子?
    文具盒 铅笔盒 书包 邮票 卡片 贺卡 明信片 画片 图画 画 照片 纸 信封 红花 鲜花 菊花 玫瑰花? 花 桃树 苹果树
    柳树 松树 树苗 树 气球 皮球 足球 篮球 排球 乒乓球 羽毛球 玻璃球 弹珠 球 玩具车 玩具熊 玩具 娃娃 积木
    风筝 灯笼 红旗 彩旗 旗 星星 五角星 硬币 贝壳 珠子 汽车 小汽车 轿车 货车 卡车 客车 自行车 车 飞机 船
    小鸟 鸽子 鸟 公鸡 母鸡 鸡 鸭子? 鹅 兔子? 山羊 绵羊 羊 牛 猪 马 猫 狗 金鱼 鱼 猴子 青蛙 蜜蜂 蝴蝶
    学生 同学 小朋友 孩子 男生 女生 老师 工人 游客 乘客 人 衣服 上衣 衬衫 毛衣 外套 大衣 裤子 裙子 连衣裙
    皮鞋 运动鞋 球鞋 鞋子? 帽子 袜子 手套 围巾 毛巾 桌子 课桌 椅子 凳子 沙发 床 杯子 水杯 茶杯 碗 盘子
    筷子 勺子 瓶子 盒子 箱子 篮子 台灯 电灯 灯 电视机? 电脑 手机 冰箱 洗衣机 电风扇 空调 手表 闹钟 钟
    雨伞 伞 门票 车票 电影票 票 药 商品
""".split()
    )
    + "))"
)
"""Things of school books: a closed list, so that no word that counts or denies is taken for one."""
ZH_GIVEN = rf"小(?![{ZH_NUMERALS}半点时分])[\u4e00-\u9fff]"
ZH_MOVER = (
    r"(?:一?[辆列架艘只匹个位名])?(?:小?汽车|轿车|货车|卡车|大?客车|公共汽车|公交车|摩托车|自行车|电动车|救护车"
    r"|火车|高铁|动车|列车|飞机|轮船|快艇|小?船|马|运动员|他|她|它|妈妈|爸爸|爷爷|奶奶|老师|哥哥|姐姐|弟弟|妹妹"
    rf"|{ZH_GIVEN})"
)
ZH_WHO = rf"(?:{ZH_GIVEN}|妈妈|爸爸|爷爷|奶奶|老师|商店(?:里)?|树上|盒子里|篮子里|车上|停车场(?:里)?|教室里|图书馆)"
ZH_OWNS = rf"(?P<s1>{ZH_WHO})(?:原来|原)?有{ZH_N}(?P<u1>{UNIT})(?P<t1>{ZH_THING})"
ZH_NOW = rf"(?:(?:问|请问)?(?:他|她|它|(?P<s3>{ZH_GIVEN}))?"
ZH_ASKED = rf"(?:多少|几)(?P<u3>{UNIT})(?P<t3>{ZH_THING})?\?"
ZH_LENGTH, ZH_TIME = "(?:千米|公里|米)", "(?:小时|时|分钟|分|秒)"
RIDES = "(?:行驶|行|走|跑|骑|飞行)"


def _zh(pattern: str, step: Step, *, counted: bool = False) -> Kind:
    return Kind(late(pattern), step, counted)


CHINESE = (
    _zh(
        rf"{ZH_OWNS},(?:又|再)(?:买了|买来|得到了?|拿来了?|摘了|捡了|收到了?|来了|飞来了?){ZH_M}(?P<u2>{UNIT})(?P<t2>{ZH_THING})?[,.]"
        rf"{ZH_NOW}(?:现在|一共|总共|共)+有){ZH_ASKED}",
        t.add,
        counted=True,
    ),
    _zh(
        rf"{ZH_OWNS},(?:吃了|吃掉了?|用去了?|卖了|卖出了?|丢了|送出了?|飞走了?|开走了?|借出了?){ZH_M}(?P<u2>{UNIT})(?P<t2>{ZH_THING})?[,.]"
        rf"{ZH_NOW}(?:现在)?(?:还剩下?|还有|剩下|剩)(?:有)?){ZH_ASKED}",
        t.sub,
        counted=True,
    ),
    _zh(
        rf"(?:一|每|1)(?P<u1>{UNIT})(?P<t1>{ZH_THING}){ZH_N}元,买{ZH_M}(?P<u2>{UNIT})(?P<t2>{ZH_THING})?(?:一共|总共|共)?(?:要|需要|需|得)?(?:花|付)?(?:多少元?钱?|几元)\?",
        _times,
    ),
    _zh(
        rf"(?:一{UNIT})?{ZH_THING}(?:的)?原价(?:是|为)?{ZH_N}元,(?:现在|现)?打(?P<d>[一二三四五六七八九]{{1,2}}|\d(?:\.\d)?)折(?:出售|销售)?(?:后)?,?"
        r"(?:现价|现在的?价格|打折后的?价格|售价)?(?:是|为)?多少(?:元|钱)\?",
        _tenths,
    ),
    _zh(
        rf"{ZH_MOVER}每(?P<p1>{ZH_TIME}){RIDES}{ZH_N}(?P<u1>{ZH_LENGTH}),(?:照这样)?{ZH_M}(?P<p2>{ZH_TIME})(?:能|可以?)?{RIDES}(?:多少|几)(?P<u2>{ZH_LENGTH})\?",
        _times,
    ),
    _zh(
        rf"{ZH_MOVER}{ZH_M}(?P<p1>{ZH_TIME}){RIDES}(?:了)?{ZH_N}(?P<u1>{ZH_LENGTH}),平均每(?P<p2>{ZH_TIME}){RIDES}(?:多少|几)(?P<u2>{ZH_LENGTH})\?",
        t.Div,
    ),
    _zh(
        rf"(?:把)?{ZH_N}(?P<u1>{UNIT})(?P<t1>{ZH_THING})平均分给{ZH_M}{UNIT}(?:小朋友|同学|人|学生|孩子),(?:平均)?每(?:人|{UNIT}(?:小朋友|同学|人|学生|孩子))(?:分到|分得|得到|得|分|有)?(?:多少|几)(?P<u2>{UNIT})(?P<t2>{ZH_THING})?\?",
        t.Div,
        counted=True,
    ),
    _zh(
        rf"每(?P<g1>{UNIT})(?:有|装|放|装有){ZH_N}(?P<u1>{UNIT})(?P<t1>{ZH_THING}),{ZH_M}(?P<g2>{UNIT})(?:一共|总共|共)?(?:有|装|装有)?(?:多少|几)(?P<u2>{UNIT})(?P<t2>{ZH_THING})?\?",
        _times,
        counted=True,
    ),
)


def read_one_step(tale: Tale) -> list[Request] | None:
    """The one calculation that a short story asks for."""
    text = " ".join(tale.text.split())
    for kind in (*ENGLISH, *CHINESE):
        found = kind.pattern.fullmatch(text)
        if found is None:
            continue
        taken = {name: (part or "").lower() for name, part in found.groupdict().items()}
        numbers = _value(taken["n"]), _value(taken.get("m") or taken.get("m2", ""))
        if "d" in taken:
            numbers = numbers[0], _tenths_said(taken["d"])
        first, second = numbers
        if first is None or second is None or not _agree(taken):
            return None
        if not _sensible(kind, first, second):
            return None
        asked = kind.step(t.rational(first), t.rational(second))
        tale.text = ""
        return [Request(task=Task.EVALUATE, operands=(asked,))]
    return None


def _value(word: str) -> Fraction | None:
    if word[:1].isdigit():
        return Fraction(word)
    whole = numerals.cardinal(word) if word.isascii() else None
    if whole is not None:
        return Fraction(whole)
    before, point, after = word.partition("点")
    found = numerals.chinese(before)
    if found is None or not point:
        return found
    tenths = "".join(str(numerals.ZH_DIGITS[digit]) for digit in after)
    return found + Fraction(int(tenths), 10 ** len(tenths))


def _tenths_said(word: str) -> Fraction | None:
    """``八`` and ``8`` are 8 tenths of a price, ``八五`` and ``8.5`` are 8.5."""
    digits = [numerals.chinese(c) for c in word] if not word[0].isdigit() else [Fraction(word)]
    if any(d is None for d in digits):
        return None
    return sum((d / 10**n for n, d in enumerate(d for d in digits if d is not None)), Fraction(0))


def _agree(taken: dict[str, str]) -> bool:
    """Whether each family of names is one thing, and two people are not the same one."""
    for family in "tsupg":
        parts = [part for name, part in taken.items() if name[0] == family]
        named = {_one(p) for p in parts if p not in PRONOUNS}
        if len(named) > 1:
            return False
    pair = {part for name, part in taken.items() if name[0] == "a"}
    return len(pair) != 1 and not pair & PRONOUNS


SHORT = {
    "hour": "h", "hr": "h", "minute": "min", "second": "s", "kilometer": "km", "kilometre": "km",
    "meter": "m", "metre": "m", "时": "小时", "分": "分钟", "公里": "千米",
    "children": "child", "people": "person", "men": "man", "women": "woman", "mice": "mouse",
}  # fmt: skip


def _one(word: str) -> str:
    """A noun or unit in the singular."""
    word = word.removeprefix("the ")
    if word in SHORT:
        return SHORT[word]
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif re.search(r"(?:s|x|ch|sh)es$", word):
        word = word[:-2]
    elif re.search(r"[^s]s$", word) and len(word) > 2:
        word = word[:-1]
    return SHORT.get(word, word)


def _sensible(kind: Kind, first: Fraction, second: Fraction) -> bool:
    """Whether the numbers can be what the story says they are."""
    if kind.step is _off:
        return second <= 100
    if kind.step is _tenths:
        return 0 < second < 10
    if kind.step in (t.Div, _reached) and not first * second:
        return False
    if not kind.counted:
        return True
    whole = first.denominator == second.denominator == 1
    if kind.step is t.sub:
        return whole and first >= second
    return whole and (kind.step is not t.Div or (first / second).denominator == 1)
