"""Whether two amounts can have nothing in common, so that their sum is a total."""

from __future__ import annotations

import re
from itertools import combinations, product

from assistant.maths.reading.stories.accounts.sides import Entry
from assistant.maths.reading.stories.accounts.sorts import exclusive, may_be
from assistant.maths.reading.stories.accounts.things import belongs, together
from assistant.maths.reading.stories.accounts.words_zh import VERB, WHEN

FEATURES: tuple[tuple[str, ...], ...] = tuple(
    tuple(words.split())
    for words in (
        "红 黄 蓝 绿 白 黑 灰 花 紫 粉 青 橙 棕",
        "大 小",
        "男 女",
        "公 母 雌 雄",
        "新 旧",
        "圆 方 三角",
        "red yellow blue green white black gray purple pink orange brown",
        "big small",
        "new old",
        "boy girl",
        "man woman",
    )
)
"""What a thing can be only one of, no two words meaning the same; a red ball may be a big one."""
ROLES = (
    re.compile(r"(?:老师|教师|大人|成人|家长|teacher)$"),
    re.compile(r"(?:学生|同学|小朋友|孩子|儿童|小孩|男生|女生|student|child|boy|girl)$"),
)
"""People who are either the one or the other."""
GROUPS = "校厂级班组队"
"""Of which one may be within another."""
COUNTED = re.compile(r"([一二三四五六七八九十\d]+)(月份?|年级|小?组|小?队|车间|号车)$")
"""What is told from others of its sort by its number."""
DAYTIME = re.compile("上午|下午|早上|晚上|中午")
OVERLAPS = re.compile(
    r"(?:长|宽|高|深|厚)$|喜欢|爱|参加|报名|订|获|优秀|得奖|做对|三好|少先队员|党员|(?<!小)说$|^全|[左右]$|[左右东西南北][边面侧]$"
)
"""Words by which amounts may overlap, as who likes the one may like the other; the sides of a
figure, whose sum means nothing; and those of someone, who stands between and counts, too."""


def disjoint(entries: list[Entry]) -> bool:
    """Whether no two of the amounts can overlap."""
    if any(OVERLAPS.search(n) or together(n) is not None for e in entries for n in e.names):
        return False
    return all(_apart(one, other) for one, other in combinations(entries, 2))


def things_apart(one: str, other: str, unit: str) -> bool:
    """Whether nothing has the one name and the other."""
    return _exclude(one, other) or not _may_share(one, other, unit)


def _apart(one: Entry, other: Entry) -> bool:
    """Whether what the one amount is of is never what the other is of."""
    pairs = list(product(_words(one.names - other.names), _words(other.names - one.names)))
    if any(_exclude(a, b) for a, b in pairs):
        return True
    return not any(_may_share(a, b, one.kind.unit) for a, b in pairs)


def _words(names: frozenset[str]) -> list[str]:
    """The names that are not put together from the others."""
    return [n for n in names if not any(n != m and n.startswith(m) for m in names)]


def _exclude(one: str, other: str) -> bool:
    """Whether what has the one name cannot have the other."""
    if re.fullmatch(WHEN, one) and re.fullmatch(WHEN, other):
        return one[-1] == other[-1] or bool(DAYTIME.fullmatch(one) and DAYTIME.fullmatch(other))
    first, second = COUNTED.search(one), COUNTED.search(other)
    if first and second and first[2] == second[2] and first[1] != second[1]:
        return True
    features = {_feature(one), _feature(other)}
    if len(features) == 2 and any(features <= set(kinds) for kinds in FEATURES):
        return True
    return any(a.search(one) and b.search(other) for a, b in (ROLES, ROLES[::-1]))


def _may_share(one: str, other: str, unit: str) -> bool:
    """Whether one and the same thing may well have both names."""
    if "#" in (one[:1], other[:1]):
        return False
    if _within(one, other) or _within(other, one):
        return True
    if re.fullmatch(WHEN, one) and re.fullmatch(WHEN, other):
        return True  # a morning may be of that day
    if re.fullmatch(VERB, one) or re.fullmatch(VERB, other):
        return True
    if _head(one) == _head(other) == "人":
        return True
    if may_be(one, other) or may_be(other, one):
        return True
    if _head(one) == _head(other):
        return {_feature(one), _feature(other)} != {None} or not exclusive(one, other)
    if one.endswith(("色", "形")):
        return {_feature(one), _feature(other)} != {None}
    return unit in ("人", "天") or (one[-1] in GROUPS and other[-1] in GROUPS)


def _feature(name: str) -> str | None:
    """The feature by which a thing is named."""
    words = {name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]} if name.isascii() else set()
    return next(
        (word for kinds in FEATURES for word in kinds if (word in words if words else name.startswith(word))),
        None,
    )  # fmt: skip


def _head(name: str) -> str:
    """What a thing is, without which of them it is."""
    return name.rsplit(maxsplit=1)[-1] if name.isascii() else name.removesuffix("子")[-1:]


def _within(part: str, whole: str) -> bool:
    """Whether a name is that of a part or a sort of what has the other name."""
    return belongs(part, whole) or part.endswith(whole.removesuffix("子")) or part.startswith(whole)
