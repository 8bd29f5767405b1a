"""Two groups that overlap: who is in the one, the other, both or neither (容斥原理)."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.words_zh import CHAR, SPECIAL
from assistant.maths.reading.stories.quantities import Quantities
from assistant.maths.reading.stories.telling import NUMBER, Hit, Tongues, exact, literal, told
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Text

WORD = rf"(?:(?![参喜订都只既]){SPECIAL}|(?![参喜订都只既]){CHAR})"
GROUP = rf"(?P<group>[一二三四五六]年级?[一二三四五六\d]班|[一二三四五六]年级|{SPECIAL}|某班|某校|学校|班里|{CHAR}{{1,4}}?)"
V = r"(?:报名参加|参加|喜欢看|喜欢|爱好|爱|会|订阅|订|做对|答对|去|获得|学习|学|选修|选|看过|读过)"
X = rf"(?P<x>第[\d一二三]题|(?:{WORD}){{1,9}}?)"
P = r"(?:人|名(?:同学|学生)?|位(?:同学|学生)?|个(?:人|同学|学生|小朋友))"
WHO = r"(?:同学|学生|小朋友|人)"
TWO = r"(?:这)?两(?:个|种|项|道|题|样|门|科)(?:兴趣小组|小组|报纸|报|比赛|活动|题|书|表演|项目)?"
COUNT = rf"(?P<n>{NUMBER})\s*{P}"
MANY = rf"(?:有|是)?(?:多少|几){P}"
LEAD = r"(?:(?P<among>其中)|已知|并且|同时)?,?"
END = r"(?=\s*[,.;?]|$)"
CHINESE = (
    ("joined", rf"{LEAD}(?:{GROUP}??有)?{COUNT}(?:报名参加|参加)了?(?:兴趣小组|小组|活动|比赛){END}"),
    ("joined", rf"{LEAD}{GROUP}??有{COUNT}{V}了?{X}(?:和|与){X}{END}"),
    ("set", rf"{LEAD}{GROUP}??{V}了?{X}(?:的{WHO}?|{WHO}|的人数)(?:有|是|为)?{COUNT}"),
    ("set", rf"{LEAD}{X}{V}的{WHO}?有{COUNT}"),
    ("set", rf"{LEAD}{GROUP}??有{COUNT}{V}了?{X}{END}"),
    ("set", rf"{LEAD}{COUNT}{V}了?{X}{END}"),
    ("both", rf"{LEAD}既{V}了?{X},?又{V}了?{X}的{WHO}?有{COUNT}"),
    ("both", rf"{LEAD}有{COUNT}既{V}了?{X},?又{V}了?{X}{END}"),
    ("both", rf"{LEAD}{TWO}都{V}了?的{WHO}?有{COUNT}|{LEAD}有{COUNT}{TWO}都{V}了?{END}"),
    ("both", rf"{LEAD}{X}(?:和|与){X}都{V}了?的{WHO}?有{COUNT}|{LEAD}有{COUNT}同时{V}了?{X}(?:和|与){X}{END}"),
    ("neither", rf"{LEAD}(?:{TWO})?都(?:没有?|不){V}的{WHO}?有{COUNT}|{LEAD}有{COUNT}{TWO}都(?:没有?|不){V}{END}"),
    ("all", rf"(?:全班|{GROUP})?(?:每人|每个{WHO}|{WHO})(?:都)?至少{V}了?(?:一|1)(?:个|种|项|道|题|样|门)(?:小组|比赛|活动|题)?"),
    ("total", rf"{GROUP}(?:一共|共)?有{WHO}?{COUNT}{END}"),
    ("ask_both", rf"{TWO}都{V}了?的{WHO}?{MANY}|既{V}了?{X},?又{V}了?{X}的{WHO}?{MANY}|有(?:多少|几){P}(?:同时{V}了?{TWO}|{TWO}都{V}了?)|{X}(?:和|与){X}都{V}了?的{WHO}?{MANY}"),
    ("ask_either", rf"{V}了?{X}(?:和|与){X}的?(?:人数|{WHO})?(?:一共|共|总共){MANY}|{V}了?{TWO}的?{WHO}?(?:一共|共|总共){MANY}|{V}了?(?:报纸|小组|比赛|活动)的{WHO}?(?:一共|共|总共){MANY}"),
    ("ask_total", rf"(?:这个班|全班|班里|{GROUP})(?:一共|共|总共){MANY}|(?:这个班|全班){MANY}"),
    ("ask_neither", rf"{TWO}都(?:没有?|不){V}的{WHO}?{MANY}"),
    ("ask_only", rf"只{V}了?{X}的{WHO}?{MANY}"),
)  # fmt: skip
PHRASES = Tongues(r"都|既|又|至少|同时", CHINESE)
CALLED = {
    "both": Text("those in both", "两者都有的人数"), "neither": Text("those in neither", "两者都没有的人数"),
    "total": Text("all of them", "总人数"), "either": Text("those in one or both", "至少有一项的人数"),
    "only": Text("those in the one alone", "只有这一项的人数"),
}  # fmt: skip
WHY = Text(
    "Who is in both was counted twice: take them away once.",
    "两者都有的人被重复计算了一次，应减去，由题意得",
)
BOTH = 2


def read_overlaps(tale: Tale) -> list[Request] | None:
    """How many are in both, in one of them, in neither, or in all."""
    found = told(tale, PHRASES)
    if found is None:
        return None
    sets = [hit for hit in found if hit.says == "set"]
    asked = [hit for hit in found if hit.says.startswith("ask")]
    names = [hit.one("x") for hit in sets]
    if len(sets) != BOTH or len(asked) != 1 or not _apart(*names):
        return None
    if not all(_about(hit, names) for hit in found) or not _one_group(found):
        return None
    book = Quantities(tale, CALLED)
    if not _filled(book, found):
        return None
    return _requests(book, asked[0], names)


def _apart(one: str, other: str) -> bool:
    return bool(one and other) and one not in other and other not in one


SOME = re.compile("^[只单光男女]")
"""Of a group: those in the one alone, or a part of it."""
ALL = frozenset("全班 全校 学校 班里".split())


def _one_group(found: list[Hit]) -> bool:
    """Whether all is told of one group, and of all of it: nothing of those in the other set."""
    named = {name for hit in found for name in hit.every("group")} - ALL
    within = any(a.says == b.says == "set" and b.one("among") for a, b in pairwise(found))
    return len(named) <= 1 and not any(map(SOME.search, named)) and not within


def _about(hit: Hit, names: list[str]) -> bool:
    """Whether a phrase that names both groups means these two."""
    said = hit.every("x")
    if hit.says == "set" or len(said) != BOTH:
        return True
    return any(_same(said[0], a) and _same(said[1], b) for a, b in (names, names[::-1]))


ENDING = re.compile(r"^.*的|(?:兴趣小组|小组|组|表演|比赛|活动|队)$")


def _same(one: str, other: str) -> bool:
    one, other = ENDING.sub("", one), ENDING.sub("", other)
    return bool(one and other) and (one in other or other in one)


def _filled(book: Quantities, found: list[Hit]) -> bool:
    number = iter(("first", "second"))
    for hit in found:
        if hit.says.startswith("ask"):
            continue
        if hit.says == "all":
            done = book.tell("neither", t.integer(0))
        elif hit.says == "joined":
            done = book.tell("total", literal(hit.one("n"))) and book.tell("neither", t.integer(0))
        else:
            name = next(number, "") if hit.says == "set" else hit.says
            done = bool(name) and book.tell(name, literal(hit.one("n")))
        if not done:
            return False
    return True


def _requests(book: Quantities, asked: Hit, names: list[str]) -> list[Request] | None:
    wanted = asked.says.removeprefix("ask_")
    needed = {"total": {"both", "neither"}, "both": {"total", "neither"}, "neither": {"total", "both"},
              "only": {"both"}, "either": {"both"}}[wanted]  # fmt: skip
    if not needed <= set(book.told) or not _possible(book, wanted):
        return None
    first, second = book.told["first"], book.told["second"]
    if wanted == "only":
        fits = [n for n, name in enumerate(names) if _same(asked.one("x"), name)]
        if len(fits) != 1:
            return None
        alone = t.sub((first, second)[fits[0]], book.of("both"))
        return book.requests(WHY, [t.equation(book.of("only", "x"), alone)], ["only"])
    either = t.sub(t.add(first, second), book.of("both", "x"))
    if wanted == "either":
        return book.requests(WHY, [t.equation(book.of("either", "x"), either)], ["either"])
    nobody = book.of("neither", "x")
    everybody = either if nobody == t.integer(0) else t.add(either, nobody)
    return book.requests(WHY, [t.equation(everybody, book.of("total", "x"))], [wanted])


def _possible(book: Quantities, wanted: str) -> bool:
    """Whether there are such groups: nobody in both who is not in each, none fewer than nobody."""
    sizes = {name: exact(value) for name, value in book.told.items()}
    if any(size is None or size.denominator != 1 for size in sizes.values()):
        return False
    known = {name: size for name, size in sizes.items() if size is not None}
    one, two = known["first"], known["second"]
    if wanted == "both":
        known["both"] = one + two + known["neither"] - known["total"]
    either = one + two - known["both"]
    if not 0 <= known["both"] <= min(one, two):
        return False
    return (
        "total" not in known
        or known["total"] - either == known.get("neither", known["total"] - either) >= 0
    )
