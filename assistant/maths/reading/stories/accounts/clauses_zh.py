"""The clauses of Chinese stories about amounts: each must be one of these from end to end."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import (
    Amount,
    Ask,
    Asked,
    Compare,
    Fact,
    Kind,
    Members,
    Paid,
    Pair,
    Per,
    Rest,
    Same,
    Sense,
    Shared,
)
from assistant.maths.reading.stories.accounts.things import NUMERALS, act, together
from assistant.maths.reading.stories.accounts.words_zh import (
    CHAR,
    NAME,
    NAMES,
    PEOPLE,
    SAME_UNIT,
    UNIT,
    VERB,
    VERBS,
    WHEN,
)
from assistant.maths.reading.stories.telling import NUMBER, literal

N = rf"(?:{NUMBER})"
ASK = r"(?:多少|几)"
TOGETHER = (
    r"(?:(?:他|她|它|我)们(?:俩|两人|两个|[两二三四](?:个)?人)?|(?:他|她)?(?:俩|[两二三四五](?:个)?(?:人|班|层|次|天|组|小组|种|位|名|只|堆|筐|年级|所学校|条|车|队|箱|根|段))"
    r"(?:同学|小朋友|青蛙|学校)?|一天|全天|全家|全班|他|她|它|我)"
)
"""All that were told of, or the one."""
LEAD = r"(?:(?:那么|请问|问|现在|后来|然后|接着|这时|结果|已知|那|则|于是|同样|请你?算一?算|正好|这样)[,:]?)*"
ADVERBS = r"(?:加起来|至少|最少|最多|全部|又|再|还|也|已经?|先|后来|现在|现|原来|原本|本来|原|一共|总共|共|刚刚|自己|只|正好|刚好|需要?|要|应该?|能|可以?|会|计划|准备|打算|想|必须|剩下?|余下?|差)*"
AMOUNT = re.compile(
    rf"{LEAD}(?P<part>其中,?)?(?P<when>{WHEN})?(?:(?P<all>{TOGETHER})|(?:这|那)(?:些|{UNIT})?(?P<this>{NAME})|(?P<owner>{NAMES}))??(?P<when2>{WHEN})?(?:从{NAME})?(?P<adv>{ADVERBS})"
    rf"(?:(?:(?P<verb>{VERB})(?P<asp>了|着|过)?(?P<front>{NAME})?)?|(?P<give>送给?|分给?|给|借给|捐给)了?(?P<to>{NAME}|他|她|它)?了?)"
    rf"(?:(?P<n>{N}|{ASK}|一些|几)(?P<u>{UNIT})|(?P<some>一些))(?:的)?(?P<thing>{NAME})?(?P<tail>(?:还)?没有?{VERB}?完?|了|呢|(?:去|来|在|到|参加|一起|排练)(?:{CHAR}){{1,10}}|(?:才能|才可以|能)?(?:全部|全|刚好|正好)?(?:{VERB}|装|盛|坐)?(?:完|下)(?:这些{NAME})?)?"
)
"""An owner, what it does, and how much of what."""
MONEY = re.compile(r"多少(?:元钱|钱|元)")
EACH = rf"(?P<even>平均)?(?P<one>每|(?:一|1)(?!年级|班|组|队|月|号|车间|小组|次|天))(?P<u1>{UNIT})(?P<t1>{NAME})??"
COSTS = r"(?:可以|可|能|需要?|要|应该?|的)*(?:售价|价格|单价|价钱|标价|定价|票价)?(?:可以|可|能|需要?|要|是|为)*"
DOES = rf"(?:{VERB}|住|容纳|乘坐|插入|插|做成|包装|钉|种上|长|重|含|产|搬运|搬|分得|分到|分|装满|装|放|坐)?(?:了|着|上)?"
PER = re.compile(
    rf"{LEAD}(?P<rest>剩下的?|余下的?|其余的?)?(?P<if>如果|若|改为|改成|现在改为)?(?P<owner>{NAME})??的?{EACH}{COSTS}{DOES}(?P<n>{N}|{ASK})(?P<u>{UNIT})(?:的)?(?P<thing>{NAME})?(?:呢)?"
)
"""``每盒有8支铅笔``."""
GROUPED = re.compile(
    rf"{LEAD}(?P<rest>剩下的?|余下的?|其余的?)?(?P<if>如果|若)?(?:把|将)?(?:它们|这些{NAME})?(?:每)?(?P<n>{N})(?P<u>{UNIT})(?P<thing>{NAME})??(?:可以|能|要)?(?:装|坐|住|扎|做|放|站|分|租|租用|合用|插|用|为|是|串|摆|装在|做成|扎成|分成|串成|装成)*(?:在|成|满)?一(?P<u1>{UNIT})(?P<t1>{NAME})?(?:里)?"
)
"""``每6个装一袋``."""
PAIR = re.compile(
    rf"{LEAD}(?P<owner>{NAME})??(?P<n1>{N})(?P<u1>{UNIT})(?P<t1>{NAME})??(?:一共|共|能|可以|可)?{DOES}(?P<n2>{N}|{ASK})(?P<u2>{UNIT})(?P<t2>{NAME})?"
)
"""``5个同学糊了35个纸盒``."""
UNTIL = (
    r"(?:的(?:个数|人数|棵数|只数|本数|数量|重量|体重|身高|年龄|价格|价钱|钱数|张数|页数|数|面积))?"
)
SIDE = rf"{NAME}(?:{VERB})?(?:了|的)?"
MORE = r"(?:多|少|贵|便宜|重|轻|长|短|高|矮|大|小)"
LESS = frozenset("少 便宜 轻 短 矮 小".split())
COMPARE = re.compile(
    rf"{LEAD}(?P<left>{NAME})??(?:今年)?(?P<verb>{VERB})?(?:的|了)?{UNTIL}(?:要|正好|刚好)?比(?P<right>{NAME})(?P<verb2>{VERB})?(?:的|了)?{UNTIL}"
    rf"(?:的(?P<times>{N})倍)?(?:还|要)?(?P<more>{MORE})(?:了)?(?P<verb3>{VERB})?(?:了)?(?P<n>{N}|{ASK})(?:(?P<u>{UNIT})(?P<thing>{NAME})?)?(?:钱)?"
)
TIMES = re.compile(
    rf"{LEAD}(?:其中,?)?(?P<left>{NAME})??(?:今年)?(?P<verb>{VERB})?(?:的|了)?{UNTIL}(?:正好|刚好|恰好)?(?:是|相当于|等于)(?P<right>{NAME})(?:{VERB})?(?:的|了)?{UNTIL}的?"
    rf"(?:(?P<times>{N})倍|(?P<share>(?>{N})|\d+(?:\.\d+)?%)|(?P<ask>{ASK}倍))(?:(?:还)?(?P<more>多|少)(?P<n>{N})(?P<u>{UNIT}))?"
)
APART = re.compile(
    rf"{LEAD}(?P<left>{NAME})(?:和|与)(?P<right>{NAME}){UNTIL}相差(?P<n>{ASK})(?P<u>{UNIT})"
)
REST = re.compile(
    rf"(?:其余|剩下|余下)的?(?:全部|都|全)?(?:人)?(?:都)?(?:是|在|为)(?P<name>{NAME})"
)
MEMBERS = re.compile(
    r"(?:有|一共有|分|分成)?(?P<n>[两二三四五])(?:个)?(?:层|班|组|小组|队|年级)(?:书架|同学|学生)?(?:参加)?"
)
PAID = re.compile(
    rf"{LEAD}(?P<owner>{NAME})??(?:付给?|给|付了|付出)(?:了)?(?:售货员|收银员|营业员|阿姨|他)?(?:了)?(?P<n>{N})元"
)
CHANGE = re.compile(
    rf"{LEAD}(?:应该?|要|会|可以?|还)?(?:找给?|找回)(?:给)?(?:他|她|我|{NAME})?多少元"
)
LISTED = re.compile(
    rf"{LEAD}(?:{NAME})??有?(?P<owner>{NAME}(?:(?:、|和|与){NAME})+)(?:一共|总共|共)(?:有)?(?P<n>{N})(?P<u>{UNIT})"
    rf"|{LEAD}(?:{NAME})?有(?P<n2>{N})(?P<u2>{UNIT})(?P<owner2>{NAME}(?:(?:、|和|与){NAME})+)"
)
BOUGHT = re.compile(
    rf"{LEAD}(?:要)?买一{UNIT}(?P<a>{NAME})(?:和|与)一{UNIT}(?P<b>{NAME})(?:一共|总共|共)?(?:要|需要?|得)?(?:花|用|付)?(?:去)?{ASK}元"
)
LATER = re.compile(rf"(?:再过|过)?(?P<n>{N})年(?P<way>后|前|以后|以前),?(?P<rest>.+)")
SAME = re.compile(r"(?:如果)?(?:照|按)(?:这样|这样的速度|此)(?:计算|推算|的速度)?(?:下去)?")
SHARED = re.compile(
    rf"{LEAD}(?P<rest>剩下的?|余下的?|其余的?)?(?:(?:如果|现在|现|要|准备|把|将|它们|这些{NAME}|由)*)(?P<even>平均|均匀)?(?:地)?(?:分装|分|放|装|摆|发|种|安排)*(?P<into>给|在|成|到|进)?(?P<n>{N})?(?P<u>{UNIT})?(?P<thing>{NAME})?(?:里|中|上)?"
)


def read_clause(clause: str) -> list[Fact]:
    """All the things that a clause may say; none where it is not understood."""
    found: list[Fact] = []
    for pattern, build in BUILDERS:
        if (hit := pattern.fullmatch(clause)) and (
            fact := build({**hit.groupdict(), "": clause})
        ) is not None:
            found.append(fact)
            if isinstance(fact, Per) and pattern is PER and hit["one"] != "每":
                owner = hit["t1"] or ""
                one = frozenset({"single"})
                found.append(Amount(fact.kind, fact.value, (owner,) if owner else (), marks=one))
    some = AMOUNT.fullmatch(clause)
    if some and some["n"] == "几" and some["asp"] and some["verb"]:
        groups = {**some.groupdict(), "n": "一些", "": clause}
        found += [fact for fact in (_amount(groups),) if fact is not None]
    return found


def _swallowed(hit: re.Match[str]) -> bool:
    """Whether what should name things has a verb in it."""
    return any(
        verb in (text or "")
        for name, text in hit.groupdict().items()
        if name in ("t1", "t2", "thing", "front", "this")
        for verb in VERBS
        if len(verb) > 1
    )


Groups = dict[str, str | None]


def kind_of(unit: str | None, thing: str | None) -> Kind:
    """A unit with its things; people are counted in one unit, whatever they are called."""
    unit = SAME_UNIT.get(unit or "", unit or "")
    thing = re.sub(r"^的|(?:呢|了|里|上|里面|中)$", "", thing or "")
    if unit == "元" and thing in ("钱", "人民币"):
        thing = ""
    if thing in PEOPLE and unit in ("个", "人"):
        return Kind("人", PEOPLE[thing])
    return Kind(unit, thing)


def _value(text: str | None) -> t.Expr | None:
    return literal(text) if text and not re.fullmatch(ASK, text) else None


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(part for part in re.split("[、和与]", text or "") if part)


def _marks(groups: Groups) -> frozenset[str]:
    adverbs, tail, verb = groups["adv"] or "", groups["tail"] or "", groups["verb"] or ""
    marks = {
        "whole": "共" in adverbs,
        "part": bool(groups["part"]),
        "more": bool(re.search("[又再也]", adverbs)),
        "left": bool(re.search("剩|余|差", adverbs)) or "没" in tail,
        "short": "差" in adverbs,
        "still": "还" in adverbs,
        "before": bool(re.search("原|本来", adverbs)),
        "todo": bool(re.search("要|计划|准备|打算|想|必须|应", adverbs)),
        "done": bool(re.search("已", adverbs)),
        "up": bool(re.search("至少|最少", adverbs)),
        "down": "最多" in adverbs or "装满" in verb,
        "doing": bool(re.match("去|来|在|到|参加|一起|排练", tail)),
        "now": "现" in adverbs or "现在" in (groups[""] or ""),
    }
    return frozenset(name for name, there in marks.items() if there)


def _amount(groups: Groups) -> Fact | None:
    marks, verb = _marks(groups), groups["verb"] or ""
    if groups["front"] and groups["thing"]:
        return None
    thing = groups["thing"] or groups["front"] or groups["this"]
    kind = kind_of(groups["u"], thing)
    if groups["this"]:
        groups = {**groups, "owner": f"这{groups['this']}"}
    owners, sense = _names(groups["all"] or groups["owner"]), VERBS.get(verb, Sense.HAVE)
    n = groups["n"] or groups["some"] or ""
    given = bool(groups["give"])
    if marks & {"up", "down"} and not re.fullmatch(ASK, n):
        return None
    if re.fullmatch(ASK, n):
        return None if given else _asked(groups, kind, owners, marks)
    value = None if n == "一些" else _value(n)
    if value is None and n != "一些":
        return None
    when = (groups["when"] or "") + (groups["when2"] or "")
    if given:
        sense, verb = Sense.OUT, "给"
    return Amount(kind, value, owners, verb, sense, groups["to"] or "", when, marks)


def _asked(groups: Groups, kind: Kind, owners: tuple[str, ...], marks: frozenset[str]) -> Fact:
    what = (
        Asked.LEFT if marks & {"left", "still"}
        else Asked.BEFORE if "before" in marks
        else Asked.TOTAL if "whole" in marks or len(owners) > 1 or any(map(together, owners))
        else Asked.VALUE
    )  # fmt: skip
    return Ask(what, kind, owners, groups["verb"] or "", marks=marks)


def _per(groups: Groups) -> Fact | None:
    base, kind = kind_of(groups["u1"], groups["t1"]), kind_of(groups["u"], groups["thing"])
    if base == kind:
        return None
    if re.fullmatch(ASK, groups["n"] or ""):
        marks = {"even"} if groups["even"] else set()
        names = _names(groups["owner"])
        return Ask(Asked.RATIO, kind, names, base=base, marks=frozenset(marks))
    value = _value(groups["n"])
    return None if value is None else Per(base, kind, value, _manner(groups), groups["owner"] or "")


def _grouped(groups: Groups) -> Fact | None:
    value = _value(groups["n"])
    base, kind = kind_of(groups["u1"], groups["t1"]), kind_of(groups["u"], groups["thing"])
    return None if value is None or base == kind else Per(base, kind, value, _manner(groups))


def _manner(groups: Groups) -> frozenset[str]:
    marks = {
        "rest": groups["rest"],
        "supposed": groups["if"],
        "each": groups.get("one") == "每",
    }
    return frozenset(name for name, there in marks.items() if there)


def _pair(groups: Groups) -> Fact | None:
    first = Amount(kind_of(groups["u1"], groups["t1"]), _value(groups["n1"]))
    second = Amount(kind_of(groups["u2"], groups["t2"]), _value(groups["n2"]))
    if first.value is None or second.value is None or first.kind == second.kind:
        return None
    return Pair(first, second, groups["owner"] or "")


def _compare(groups: Groups) -> Fact | None:
    unit = groups["u"]
    kind = kind_of(unit, groups["thing"]) if unit else None
    more = groups["more"] not in LESS
    verbs = {act(groups[name] or "") for name in ("verb", "verb2", "verb3")} - {""}
    if len(verbs) > 1:
        return None
    verb = "".join(verbs)
    left, right = groups["left"] or "", groups["right"] or ""
    if re.fullmatch(ASK, groups["n"] or ""):
        if kind is None or groups["times"]:
            return None
        return Ask(Asked.DIFFERENCE, kind, (left, right), verb=verb, more=more)
    value, times = _value(groups["n"]), _value(groups["times"])
    if value is None or (groups["times"] and times is None) or kind is None:
        return None
    return Compare(left, right, kind, value, more, times, verb=verb)


def _times(groups: Groups) -> Fact | None:
    left, right = groups["left"] or "", groups["right"] or ""
    if groups["ask"]:
        return Ask(Asked.RATIO, None, (left, right))
    share = groups["share"] or ""
    if groups["share"]:
        if not re.search("分之|/|%", share):
            return None
        part = literal(share.removesuffix("%"))
        times = t.Call("percent", (part,)) if share.endswith("%") and part else part
    else:
        times = _value(groups["times"])
    value = _value(groups["n"])
    if times is None:
        return None
    kind = kind_of(groups["u"], "") if groups["u"] else None
    return Compare(
        left, right, kind, value, groups["more"] == "多", times, verb=groups["verb"] or ""
    )


def _apart(groups: Groups) -> Fact | None:
    names = (groups["left"] or "", groups["right"] or "")
    return Ask(Asked.DIFFERENCE, kind_of(groups["u"], ""), names, marks=frozenset({"either"}))


def _shared(groups: Groups) -> Fact | None:
    rest = bool(groups["rest"])
    if not (groups["even"] or groups["into"]):
        return None
    if not groups["n"]:
        return None if groups["u"] or groups["thing"] or not groups["even"] else Shared(None, rest)
    value = _value(groups["n"])
    if value is None or not groups["u"]:
        return None
    even = bool(groups["even"])
    return Shared(Amount(kind_of(groups["u"], groups["thing"]), value), rest, even)


def _listed(groups: Groups) -> Fact | None:
    value = _value(groups["n"] or groups["n2"])
    kind = kind_of(groups["u"] or groups["u2"], "")
    owners = _names(groups["owner"] or groups["owner2"])
    return None if value is None else Amount(kind, value, owners, marks=frozenset({"whole"}))


def _later(groups: Groups) -> Fact | None:
    """A question about another year: only ages change with it."""
    years, asked = _value(groups["n"]), read_clause(groups["rest"] or "")
    asks = [fact for fact in asked if isinstance(fact, Ask) and fact.later is None]
    if years is None or not asks or asks[0].kind != Kind("岁"):
        return None
    forth = (groups["way"] or "").endswith("后")
    return replace(asks[0], later=years if forth else t.Neg(years))


BUILDERS: tuple[tuple[re.Pattern[str], Callable[[Groups], Fact | None]], ...] = (
    (MEMBERS, lambda groups: Members(NUMERALS[groups["n"] or ""])),
    (PAID, lambda groups: Paid(value) if (value := _value(groups["n"])) is not None else None),
    (CHANGE, lambda _: Ask(Asked.LEFT, Kind("元"), marks=frozenset({"change"}))),
    (LISTED, _listed),
    (BOUGHT, lambda g: Ask(Asked.TOTAL, Kind("元"), (g["a"] or "", g["b"] or ""))),
    (LATER, _later),
    (SHARED, _shared),
    (SAME, lambda _: Same()),
    (REST, lambda groups: Rest(groups["name"] or "")),
    (COMPARE, _compare),
    (TIMES, _times),
    (APART, _apart),
    (GROUPED, _grouped),
    (PER, _per),
    (PAIR, _pair),
    (AMOUNT, _amount),
)

SCENE = re.compile(rf"(?:{WHEN})?(?:{NAME}|去|来|到|在|们|组织|举行|进行)+")
"""What opens a story and tells of no amount."""
HALVES = re.compile(
    rf"({LEAD}(?:如果)?(?:{VERB})?{N}{UNIT}(?:{NAME})??)((?:一共|总共|共|能|可以|可|需要|要|应该|应)*(?:花|付|用)?{DOES}{ASK}{UNIT}(?:{NAME})?(?:呢)?)"
)
"""``5小时行多少千米``: so much is told, and so much is asked."""
PARTS = re.compile(r"(?<!\d)[.,](?!\d)|(?<=\d)[.,](?!\d)|(?<!\d)[.,](?=\d)|[;:?!\n]")


def split(text: str) -> list[str]:
    """The clauses of a story."""
    text = re.sub(r"\s+", "", text).replace("·", "")
    text = re.sub(r"(?:以|之)?后(?=,|自己?还|还|剩|又|[^,.\d]{1,4}还剩)", ",", text)
    text = re.sub(rf"({N}{UNIT}{NAME})和(?={N}{UNIT})", r"\1,", text)
    text = re.sub(r"到站,|到站后?(?=[上下])", "", text)
    text = MONEY.sub("多少元", text)
    text = re.sub(r"(?<=[\d元])元?钱", "元", text).replace("元元", "元")
    text = re.sub(rf"(每[^,.;:?]*?{N}{UNIT})则?(?=能|可以)", r"\1,", text)
    found = []
    for part in PARTS.split(text):
        two = HALVES.fullmatch(part)
        found += list(two.groups()) if two and not re.fullmatch(TOGETHER, two[1]) else [part]
    return [part.strip() for part in found if part.strip()]
