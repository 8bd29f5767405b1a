"""Things that are shared in two ways: in one some are left over, in the other some are missing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.reading.stories.asking import value_of, whole
from assistant.maths.reading.stories.telling import COUNT, NUMBER, Hit, Tongues, literal, told
from assistant.maths.reading.stories.text import Tale, positive
from assistant.maths.types import Request, Text

# Chinese ---------------------------------------------------------------------------------

PEOPLE = r"(?:六年级|五年级|四年级|三年级|二年级|一年级)?(?:一|二|三|四|五)?班?的?(?:小朋友|同学|学生|孩子|少先队员|队员|工人|小组|班级|人|猴子|小猴|小兔)"
UNIT = r"(?:个|只|支|本|粒|颗|块|张|把|件|棵|盒|枝|条|元|根|瓶|朵)"
NOT = "零一二两三四五六七八九十百千万亿半几倍比多少共剩余增减每各均除非不没至超约或且又还才仅只全同等先后前差若满当总和与、有是的得给要花付在从数里中其分把将"
ITEM = rf"(?:(?![{NOT}])[\u4e00-\u9fff]){{1,5}}?"
N = rf"(?P<n>{COUNT})\s*"
R = rf"(?P<r>{NUMBER})\s*"
GIVER = r"(?:老师|幼儿园(?:的)?(?:老师|阿姨)?|阿姨|学校|妈妈|猴王|王老师|李老师|少先队)"
SOME = r"(?:(?:一些|若干|一批|一堆|一筐|一袋|一箱|一包)(?:个|只|本|支)?)"
END = r"(?=\s*(?:[,.;?!]|$))"
LEFT = rf"(?:(?:就|则|还|又|便)?(?P<over>多出?了?|余下?|剩余|剩下?了?|还剩|盈)\s*{R}(?P<unit>{UNIT})?(?:(?P<thing>{ITEM}){END})?|(?:就|则|还|又|便)?(?P<short>缺少?|差|少|不足|不够|还缺|还差|还少|亏)了?\s*{R}(?P<unit>{UNIT})?(?:(?P<thing>{ITEM}){END})?|(?P<even>正好分完|刚好分完|恰好分完|正好|刚好|恰好分完))"
EACH = r"(?:(?:如果|若|假如|要是)?(?:每(?:人|[个只位名](?P<who>小朋友|同学|学生|孩子|猴子|小猴|小组|班级?|人|少先队员)|(?P<who>组|班)))(?:都)?(?:分给?|分到|发给?|得|分得|种|栽|拿|搬|借|做|出)?)"
CHINESE = (
    ("scene", rf"(?:{GIVER})?(?:把|将|拿出|有|买来)?(?:{SOME})?(?P<thing>{ITEM})(?:平均)?(?:分|发|奖励|分发)给(?:{SOME})?(?:幼儿园的?)?(?P<who>{PEOPLE})"),
    ("scene", rf"(?:{SOME})?(?P<who>{PEOPLE})(?:去)?(?:分|搬|种|栽|植){SOME}?(?P<thing>{ITEM}){END}"),
    ("scene", rf"{GIVER}(?:给|向)(?P<who>{PEOPLE})(?:分|发){SOME}?(?P<thing>{ITEM}){END}|(?:有)?{SOME}(?P<thing>{ITEM}){END}"),
    ("scene", r"(?:有)?一组(?P<who>同学|学生)去?植(?P<thing>树)"),
    ("way", rf"{EACH}\s*{N}(?P<unit>{UNIT})(?P<thing>{ITEM})?,?(?:那么|则|就)?{LEFT}"),
    ("ask_who", rf"(?:一?共)?(?:有)?(?:多少|几)(?:个|名|位|只)?(?P<who>{PEOPLE})(?:分?{ITEM})?|(?:这个)?班(?:级)?(?:一?共)?有(?:多少|几)(?:个|名|位)?(?P<who>同学|学生|人)|(?P<who>{PEOPLE})(?:一?共)?(?:有)?(?:多少|几)(?:个|名|位|人|只)"),
    ("ask_who", r"这(?:一|个)组(?:一?共)?有(?:多少|几)(?:名|个)(?P<who>同学|学生)"),
    ("ask_what", r"(?:一?共)?要(?:栽|种|植)(?:多少|几)棵(?P<thing>树)"),
    ("ask_what", rf"(?:一?共)?(?:有)?(?:多少|几){UNIT}(?P<thing>{ITEM}){END}|(?:这(?:批|些|堆|筐|袋|箱))?(?P<thing>{ITEM})(?:一?共)?(?:有)?(?:多少|几){UNIT}"),
    ("ask_both", rf"(?P<who>{PEOPLE})(?:和|与|、)(?P<thing>{ITEM})(?:的数量)?各(?:有)?(?:是)?(?:多少|几)(?:个|名)?"),
)  # fmt: skip

# English ---------------------------------------------------------------------------------

EN_WHO = r"(?P<who>child(?:ren)?|students?|pupils?|boys?|girls?|friends?|kids?|people|persons?|members?|monkeys?|scouts?|players?|workers?)"
NO_NOUN = "left|over|more|each|short|and|the|of|they|there|will|would|students?|child(?:ren)?|than|are|is|is|in|if|to|how|many|remain|remaining|extra"
NOUN = rf"(?!(?:{NO_NOUN})\b)[a-z]+"
BE = r"(?:are|is|will be|would be|were)"
EN_SOME = r"(?:some|a (?:bag|box|number|pack|pile|basket) of|a number of)"
EN_SHARE = r"(?:gives|gave|gets|get|receives|receive|is given|takes|take|has|is to get)"
ENGLISH = (
    ("scene", rf"(?:a|the) (?:teacher|mother|scout leader|leader|grandmother|father|coach|man|woman|farmer) (?:gives|gave|shares|distributes|divides|gave|shared|has|is giving|wants to (?:share|give)) (?:{EN_SOME} )?(?P<thing>{NOUN}) (?:to|among|between|with) (?:some|the|her|his|a group of|a number of) {EN_WHO}"),
    ("scene", rf"(?:some|a group of) {EN_WHO} (?:share|divide|are sharing|want to share|are given) {EN_SOME} (?P<thing>{NOUN})"),
    ("scene", rf"{EN_SOME} (?P<thing>{NOUN}) are (?:shared|divided|distributed|given)(?: out)? (?:among|to|between) (?:some|a group of|a number of) {EN_WHO}"),
    ("way", rf"(?:if |when )?(?:each|every) {EN_WHO} {EN_SHARE} {N}(?P<thing>{NOUN}),? (?:then )?(?:(?:there {BE} )?(?P<over>{R}(?:{NOUN} )?(?:{BE} )?(?:left(?: over)?|remaining|remain|extra))|(?P<over>there {BE} {R}{NOUN} (?:left(?: over)?|remaining))|(?P<short>(?:she|he|they|there) {BE} {R}(?:{NOUN} )?(?:short|too few|missing))|(?P<short>(?:she|he|they) needs? {R}more(?: {NOUN})?)|(?P<short>{R}(?:more )?(?:{NOUN} )?(?:{BE} (?:needed|missing)|more are needed))|(?P<even>there {BE} none left|none {BE} left))"),
    ("way", rf"(?:if |when )?(?:they|she|he) (?:each )?(?:get|gets|take|gives?) {N}(?P<thing>{NOUN})? ?(?P<each>each),? (?:then )?(?:(?P<over>(?:there {BE} )?{R}(?:{NOUN} )?(?:{BE} )?(?:left(?: over)?|remaining|remain|extra))|(?P<short>(?:she|he|they|there) {BE} {R}(?:{NOUN} )?(?:short|too few|missing)))"),
    ("ask_who", rf"how many {EN_WHO}(?: (?:are|were) there| does (?:she|he) have| are in the (?:class|group))?"),
    ("ask_what", rf"how many (?P<thing>{NOUN})(?: (?:are|were) there| does (?:she|he) have)?"),
    ("ask_both", rf"how many {EN_WHO} and (?:how many )?(?P<thing>{NOUN}) are there|find the number of {EN_WHO} and (?:the number of )?(?P<thing>{NOUN})"),
)  # fmt: skip
PHRASES = Tongues(
    r"每.*(?:多|余|剩|盈)|(?:each|every).*(?:left|short|extra|remain)", CHINESE, ENGLISH
)


@dataclass
class Shared:
    """The ways to share that are told, and by which names."""

    ways: list[tuple[t.Expr, t.Expr]] = field(default_factory=list)
    """How many each gets, and how many are left over then."""
    things: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    wanted: list[str] = field(default_factory=list)

    def way(self, hit: Hit) -> bool:
        """One way to share."""
        each = literal(hit.one("n"))
        left = literal(hit.one("r")) if hit.one("r") else t.integer(0)
        if each is None or left is None:
            return False
        self.units |= set(hit.every("unit"))
        self.ways.append((each, t.Neg(left) if hit.one("short") else left))
        return True


def _one(names: set[str]) -> bool:
    """Whether names may all mean the same: one is the end of the other."""
    longest = max(names, key=len, default="")
    return all(longest.endswith(name) for name in names)


def read_leftovers(tale: Tale) -> list[Request] | None:
    """``每人分5个多3个，每人分6个少2个``: how many people, and how many things."""
    found = told(tale, PHRASES)
    if found is None:
        return None
    shared = Shared()
    for hit in found:
        if shared.wanted and not hit.says.startswith("ask"):
            return None
        shared.things |= {_plain(name) for name in hit.every("thing")}
        shared.people |= {_plain(name) for name in hit.every("who")} - GENERAL
        if hit.says == "way" and not shared.way(hit):
            return None
        if hit.says.startswith("ask"):
            both = hit.says == "ask_both"
            shared.wanted += ["who", "what"] if both else [hit.says.removeprefix("ask_")]
    if not _one(shared.things) or not _one(shared.people) or len(shared.units) > 1:
        return None
    by_groups = bool(shared.people & {"组", "班级"}) and re.search(
        r"每.{0,2}人|(?:多少|几)名?人", tale.text
    )
    return None if by_groups or len(shared.ways) != 2 else _requests(tale, shared)


GENERAL = frozenset({"人", "person"})
"""Words for whoever shares."""


def _plain(name: str) -> str:
    """The name of one of them: ``children`` and ``child``, 六年级一班的同学 and 同学."""
    name = re.sub(r"^.*班的?(?=.)", "", name.lower())
    if name.endswith(("组", "班级")) or name == "班":
        return "组" if name.endswith("组") else "班级"
    name = {"children": "child", "people": "person"}.get(name, name)
    return re.sub(r"(?<=[a-rt-z])s$", "", name).replace("学生", "同学")


def _requests(tale: Tale, shared: Shared) -> list[Request] | None:
    if len(set(shared.wanted)) < len(shared.wanted):
        return None
    who, what = tale.letter("x"), tale.letter("y")
    x, y = t.Symbol(who), t.Symbol(what)
    said = [t.equation(y, t.Add((t.Mul((each, x)), left))) for each, left in shared.ways]
    why = Text(
        "Let {0} share, and {1} be shared: both ways give the same number of things.",
        "设共有 {0} 人（份），物品总数为 {1}：两种分法的总数相同，由题意得",
        (x, y),
    )
    tale.says(why, *said, keep=(positive(who), positive(what), whole(who), whole(what)))
    tale.text = ""
    return [value_of({"who": x, "what": y}[name]) for name in shared.wanted]
