"""Chance: balls in a bag, cards, dice, coins, people who choose; one draw or two.

What is drawn from, how it is drawn and the event are read apart.  Whether the first thing
goes back must be said; a figure that is not there must not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.maths import topics
from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.events import read_event
from assistant.maths.reading.stories.text import NUM, SAFE, Tale, count
from assistant.maths.types import Request, Task, Text

COLOUR = r"[红白黑黄蓝绿紫橙灰]"
BALL = r"(?:色)?(?:的)?(?:小球|乒乓球|玻璃球|弹珠|棋子|球)"
WAY = "(?:形状|大小|质地|材质|规格|完全|均匀|均|都|相同|一样|普通)"
ALIKE = rf"(?:{WAY}(?:[、,和与]?{WAY})*的?)?"
SAME = rf"(?:(?:除颜色外)?{ALIKE}|只有颜色不同的)?"
WHO = r"(?:[甲乙](?:同学)?|小[\u4e00-\u9fff](?:同学)?)?"
GROUP = rf"({NUM})(?:个|只|枚|粒|颗){SAME}({COLOUR}){BALL}"
REVERSED = rf"({COLOUR}){BALL}({NUM})(?:个|只|枚|粒|颗)"
AND = r"\s*(?:[、,]|和|及|与|以及)\s*"
HOLDS = r"(?:有|放入|放着|放进)"
CONTENTS = (
    (late(rf"{HOLDS}(?P<all>{GROUP}(?:{AND}{GROUP})*)"), late(GROUP), (0, 1)),
    (late(rf"{HOLDS}(?P<all>{REVERSED}(?:{AND}{REVERSED})*)"), late(REVERSED), (1, 0)),
)
NUMBERS = r"(-?\d+(?:\s*[,、]\s*-?\d+)+)"
THINGS = r"(?:小球|乒乓球|球|卡片|纸牌|牌|扑克牌)"
MARKED = late(
    rf"(?:({NUM})(?:个|张|枚)(?:{ALIKE}{SAFE}{{0,12}}?{THINGS}(?:{SAFE}|,){{0,16}}|正面))?(?:分别)?(?:标有|写有|标着|写着|印有|标上|编号为)(?:数字|号码|整数|数)?\s*{NUMBERS}"
    rf"(?:的)?(?:不透明(?:的)?)?(?:{THINGS}(?=[,.]))?(?:({NUM})(?:个|张|枚){SAFE}{{0,12}}?{THINGS})?(?:它们)?"
)
LETTERED = late(
    rf"(?:写有|印有|标有|制作了)?\s*([A-Z](?:\s*[,、]\s*[A-Z])+)\s*(?:的)?({NUM})(?:张|个){SAFE}{{0,8}}?{THINGS}"
)
FRONTS = late(
    rf"(?:正面|分别){SAFE}{{0,16}}?的?({NUM})张{SAFE}{{0,8}}?卡片(?:{SAFE}|,){{0,12}}?,?(?:它们)?除正面{SAFE}{{0,10}}?外(?:完全|都|均)*相同"
)
CHOOSE = late(
    rf"(?:[甲乙丙、和与]+|小[\u4e00-\u9fff](?:[、和与]小[\u4e00-\u9fff])+)?({NUM})(?:位|名|个)?(?:同学|人)(?:{SAFE}|,){{0,8}}?(?:分别|各自?|都)?(?:计划|准备)?(?:从|在)"
    rf"([^,.;、从在\n]{{1,8}}(?:[、,][^,.;、从在\n]{{1,8}}?)+)这?({NUM})(?:个|处|条|种|门|部|本|类){SAFE}{{1,10}}?中?,?(?:各自?|分别)?(?:随机|任意)地?(?:选择|选取|选|挑选)(?:一|1)(?:个|处|条|种|门|部|本|类){SAFE}{{0,6}}"
)
CHOSEN = late(
    rf"(?:从|在)\s*([^,.;、从在\n]{{1,8}}(?:[、,][^,.;、从在\n]{{1,8}}?)+)这?({NUM})(?:名|位|个)(?:同学|学生|人|志愿者|选手|女生|男生|数字?)?中,?(?:随机|任意)地?(?:选择|选取|选出|选|挑选|抽取|抽调)(一|1|两|二|2)(?:名|位|人|个)(?:同学|学生|人|志愿者|选手|数字?)?"
)
DICE = late(
    rf"(?:同时|连续)?(?:抛|投)?掷(?:({NUM})(?:枚|个|颗))(?:质地|大小|均匀|相同|普通|正方体|六面体|的)*骰子(?:[^,.;\n]*?六个面[^.;\n]*?6)?({NUM}次)?"
)
COINS = late(rf"(?:同时)?(?:抛|投)?掷(?:({NUM})(?:枚|个))(?:质地|均匀|相同|的)*硬币({NUM}次)?")
PICK = r"(?:随机|任意)?地?(?:摸取|摸出|摸|抽取|抽出|抽|取出|取|拿出)(?:出)?"
ONE = rf"(?:[从由]{SAFE}{{0,8}})?(?:各)?{PICK}(?:一|1)(?:个|张|枚)(?:小球|球|卡片|牌)?"
BACK = late(
    rf"(?:先)?{ONE},?(?:{SAFE}{{0,8}},)?(?:(?:后)?记[下录]{SAFE}{{0,8}},?)?(?:然后|再|又|并)?(?:后)?,?放回{SAFE}{{0,10}},?(?:(?:摇匀|搅匀|洗匀|混合均匀|充分混匀)(?:后)?,?)?(?:然后)?{WHO}(?:再|又)?{WHO}{SAFE}{{0,6}}?{ONE}"
)
KEPT = late(
    rf"(?:先)?{ONE},?(?:{SAFE}{{0,8}},)?(?:后)?,?不(?:再)?放回,?(?:再从余下的{NUM}个球中)?(?:然后)?{WHO}(?:再|又)?{WHO}{SAFE}{{0,6}}?{ONE}"
)
PAIR = late(
    rf"(?:[从由]{SAFE}{{0,8}})?(?:同时|一次性|一次)?{PICK}(?:两|二|2)(?:个|张|枚)(?:小球|球|卡片|牌)?"
)
BOTH = late(rf"两人同时[从由]{SAFE}{{0,8}}?(?:随机)?各{PICK}(?:一|1)(?:个|张)(?:小球|球|卡片)?")
SINGLE = late(ONE)
ASKED = late(r"([^,.;?\n]*?)的概率(?:是|为|等于)?(?:多少|=)?")
WINS = late(r"(?:如果|若)([^,.;\n]+),则?([甲乙]|小[\u4e00-\u9fff])(?:获)?胜")
HOW = late(r"(?:请)?(?:用|利用|通过)(?:列表法?|画?树状图法?|列举法?|[或、和])*(?:的方法)?,?")
STIR = late(r"(?:把|将)?[^,.;\n]{0,14}(?:背面朝上|摇匀|搅匀|洗匀|洗好|混合均匀)[^,.;\n]{0,6}")
RULES = late(r"规则为:?|玩摸球游戏")
DRAWN = late(r"摸|抽(?!奖|签)|取出|掷|选取|选择|拿出|放入|放进")
"""Another draw that was not understood."""
PARTS = late(r"\(\d\)")


@dataclass(frozen=True)
class Source:
    """What is drawn from; ``draws`` is said already for dice, coins and people."""

    labels: tuple[str, ...]
    draws: int = 0
    back: bool = True


def read_chance(tale: Tale) -> list[Request] | None:
    """The probabilities asked for; ``None`` where any part is not understood."""
    if "概率" not in tale.text:
        return None
    tale.take_all(HOW)
    source = _source(tale)
    if source is None:
        return None
    wins = {who: event for event, who in (h.groups() for h in tale.take_all(WINS))}
    tale.take_all(RULES)
    head, *parts = PARTS.split(tale.text)
    if len(parts) < 2:
        head, parts = "", [tale.text]
    found: list[Request] = []
    first = tale.first
    for part in parts:
        tale.text, tale.first = part, 0 if head else first
        request = _one(tale, source, wins)
        if request is None or not tale.understood():
            return None
        found.append(request)
    tale.text, tale.first = head, first
    tale.take_all(STIR)
    return found


def _one(tale: Tale, source: Source, wins: dict[str, str]) -> Request | None:
    asked = tale.take(ASKED)
    if asked is None or ASKED.search(tale.text):
        return None
    event = asked[1]
    draws, back = source.draws, source.back
    if not draws:
        how = _draws(tale)
        if how is None:  # "从中随机摸出一个球是红球的概率"
            inner = Tale(tale.scan, event, {})
            how = _draws(inner)
            event = inner.text.replace("\n", "")
        if how is None:
            return None
        draws, back = how
    tale.take_all(STIR)
    for who, means in wins.items():
        if re.fullmatch(rf"求?{who}(?:获)?胜", event.strip()):
            event = means
    words = read_event(event, source.labels, draws)
    if words is None or DRAWN.search(tale.text):
        return None
    return Request(
        task=Task.PROBABILITY,
        topic=topics.OUTCOMES,
        words=("with" if back else "without", str(draws), *words, "|", *source.labels),
    )


def _draws(tale: Tale) -> tuple[int, bool] | None:
    """How many are drawn, and whether each goes back; ``None`` where it is not said."""
    for pattern, draws, back in (
        (BACK, 2, True), (KEPT, 2, False), (BOTH, 2, False), (PAIR, 2, False), (SINGLE, 1, False),
    ):  # fmt: skip
        if tale.take(pattern):
            return draws, back
    return None


def _source(tale: Tale) -> Source | None:
    for read in (_marked, _chosen, _people, _lettered, _coloured, _fronts, _thrown):
        before = tale.text
        if (found := read(tale)) is not None:
            return found
        if tale.text != before:  # it began to understand what it could not finish
            return None
    return None


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[,、]", text))


def _marked(tale: Tale) -> Source | None:
    found = tale.take(MARKED)
    if found is None:
        return None
    labels = _listed(found[2])
    sizes = [count(n) for n in (found[1], found[3]) if n]
    if not sizes or any(n != len(labels) for n in sizes):
        return None
    return Source(labels)


def _lettered(tale: Tale) -> Source | None:
    found = tale.take(LETTERED)
    if found is None or count(found[2]) != len(_listed(found[1])):
        return None
    tale.take(rf"{NUM}张卡片(?=除)")
    tale.take(rf"除图片(?:内容)?不同外,其他没有区别|(?:[从由]){NUM}张卡片中(?=随机)")
    tale.text = re.sub(rf"从{NUM}张卡片中", "从中", tale.text)
    return Source(_listed(found[1]))


def _coloured(tale: Tale) -> Source | None:
    groups: list[tuple[int, str]] = []
    for pattern, one, (size, name) in CONTENTS:
        if not groups and (found := tale.take(pattern)):
            pairs = [m.groups() for m in one.finditer(found["all"])]
            groups = [(count(pair[size]), pair[name]) for pair in pairs]
    names = [name for _, name in groups]
    if not groups or len(set(names)) < len(names) or not all(n for n, _ in groups):
        return None
    total = sum(n for n, _ in groups)
    for said in tale.take_all(rf"(?:共有?|有|装有)({NUM})个(?:{SAME})?(?:小)?球"):
        if count(said[1]) != total:
            return None
    if total > 60:
        return None
    return Source(tuple(name for n, name in groups for _ in range(n)))


def _fronts(tale: Tale) -> Source | None:
    found = tale.take(FRONTS)
    if found is None or not 2 <= count(found[1]) <= 20:
        return None
    tale.text = re.sub(rf"这{NUM}张卡片", "卡片", tale.text)
    tale.scan.notes.append(
        Text("the fronts of the cards are taken to be all different", "各卡片的正面视为互不相同")
    )
    return Source(tuple(f"#{n}" for n in range(count(found[1]))))


def _people(tale: Tale) -> Source | None:
    pair = r"(小[\u4e00-\u9fff][和与、]小[\u4e00-\u9fff]|甲[、和与]乙)(?=分别|各自|都从)"
    text = re.sub(pair, r"\1两人", tale.text)
    if CHOOSE.search(text) is None:
        return None
    tale.text = text
    found = tale.take(CHOOSE)
    assert found is not None
    labels = _listed(found[2])
    if count(found[3]) != len(labels) or count(found[1]) not in (2, 3):
        return None
    if len(set(labels)) < len(labels):
        return None
    tale.take_all(rf"[甲乙丙、]+{NUM}人相约[^,.;\n]*")
    return Source(labels, count(found[1]))


def _chosen(tale: Tale) -> Source | None:
    """Persons or things with names, of which some are chosen."""
    found = tale.take(CHOSEN)
    if found is None:
        return None
    labels = _listed(found[1])
    size = count(found[3])
    if count(found[2]) != len(labels) or len(set(labels)) < len(labels) or size not in (1, 2):
        return None
    return Source(labels, size, back=False)


def _thrown(tale: Tale) -> Source | None:
    for pattern, labels in ((DICE, tuple("123456")), (COINS, ("正", "反"))):
        if found := tale.take(pattern):
            throws = count(found[1]) * (count(found[2][:-1]) if found[2] else 1)
            return Source(labels, throws) if 1 <= throws <= 4 else None
    return None
