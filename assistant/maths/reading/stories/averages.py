"""Averages: so many of such an average make a sum, and the sums of the parts that of the whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.telling import (
    COUNT,
    NUMBER,
    Hit,
    Tongues,
    amount,
    exact,
    literal,
    told,
)
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request

MEAN = rf"(?P<m>{NUMBER})"
# Chinese ---------------------------------------------------------------------------------

SUBJECT = r"(?:语文|数学|英语|科学|物理|化学|音乐|体育|[甲乙丙丁戊])"
WHO = r"(?:(?P<person>小[\u4e00-\u9fff]|他|她|某班|李明|王华|张红)(?:期[中末])?(?:考试)?)"
WHAT = r"平均(?P<what>数|分数?|成绩|体重|身高|年龄|气温|重量)"
UNIT = r"(?P<u>分|千克|厘米|岁|度|米|克)?"
COUNTED = rf"(?P<n>{COUNT})\s*(?:次|个|科|门|天|名|位|人)"
THINGS = r"(?:数学|语文|英语)?(?:测验|测试|考试|同学|学生|功课|成绩|数)?"
NAMES = rf"(?P<names>{SUBJECT}(?:数)?(?:(?:、|和|与|及){SUBJECT}(?:数)?)+)"
GROUP = r"(?P<group>男生|女生|甲班|乙班|甲组|乙组|男同学|女同学)"
CHINESE = (
    ("group", rf"(?:{WHO}|有)?(?P<place>前|后|其中前|其中后|其中|另外)?{COUNTED}{THINGS}(?:的|,)?{WHAT}(?:是|为)?\s*{MEAN}\s*{UNIT}"),
    ("group", rf"{WHO}?{NAMES}(?:(?:{COUNTED}|(?P<n>{COUNT})(?=数)){THINGS})?(?:的)?{WHAT}(?:是|为)?\s*{MEAN}\s*{UNIT}"),
    ("group", rf"{GROUP}(?:有)?\s*{COUNTED},?(?:的)?{WHAT}(?:是|为)?\s*{MEAN}\s*{UNIT}"),
    ("two", rf"其中(?P<a>{SUBJECT})(?:考了?|得了?)?\s*{MEAN}分,(?P<b>{SUBJECT})(?:考了?|得了?)?\s*(?P<m2>{NUMBER})分"),
    ("plus", rf"加上(?P<plus>{SUBJECT})(?:的?成绩)?(?:之?后)?"),
    ("cut", r"(?:如果|若)?去掉(?:其中)?(?:的)?一个数(?:之?后)?"),
    ("rest", rf"(?:剩下|余下|其余)的?(?:{COUNTED}数?)?(?:的)?{WHAT}(?:是|为|变为)?\s*{MEAN}\s*{UNIT}"),
    ("one", rf"第(?P<k>{COUNT})次(?:测验|考试)?(?:考了?|得了?|的?成绩是)\s*{MEAN}\s*分"),
    ("ask_mean", rf"(?:{WHO})?(?:的)?(?:这)?{COUNTED}{THINGS}(?:的)?{WHAT}(?:是|为)?(?:多少|几){UNIT}"),
    ("ask_mean", rf"(?P<all>全班|两班|两组|他们|全体)(?:同学|学生)?(?:的)?{WHAT}(?:是|为)?(?:多少|几){UNIT}"),
    ("ask_one", rf"(?:{WHO})?(?P<asked>{SUBJECT})(?:数|的?成绩|得分)?(?:考了?|得了?|是)?(?:多少|几)分?"),
    ("ask_one", rf"(?:{WHO})?第(?P<k>{COUNT})(?:次|个数)(?:考了?|得了?|是)(?:多少|几)分?"),
    ("ask_one", r"(?P<cut>去掉的(?:那个|这个)?数)是(?:多少|几)"),
)  # fmt: skip

# English ---------------------------------------------------------------------------------

ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
NTH = rf"(?P<k>{'|'.join(ORDINALS)})"
AVERAGE = r"(?:average|mean)(?: (?P<what>weight|age|height|score|mark|salary))?"
MEMBERS = r"(?P<group>numbers|boys|girls|students|children|men|women|tests|test scores|people|integers|values|scores|friends|exams)"
EN_UNIT = r"(?: ?(?P<u>kg|cm|years|pounds|lbs|inches|points|m)(?: old)?)?"
LIST = rf"(?P<list>(?>{NUMBER})(?:, ?(?>{NUMBER}))*,? and {NUMBER})"
"""Each number is taken whole: a long row of ``111,111,…`` is read in one way only."""
NAME = r"(?P<person>(?-i:[A-Z][a-z]+)|she|he|a student)"
FIND = r"(?:find|what is|what was|calculate)"
ENGLISH = (
    ("group", rf"the {AVERAGE} of (?:a group of |a set of |the )?(?P<n>{COUNT}) {MEMBERS} is {MEAN}{EN_UNIT}"),
    ("some", rf"(?P<n>{COUNT}) of (?:the|these) numbers are {LIST}|(?P<n>{COUNT}) of them are {LIST}"),
    ("cut", r"(?:(?:if|when) )?one (?:number|of (?:the|these) numbers) is (?:removed|taken away|excluded|dropped)"),
    ("plus", rf"(?:(?:if|when) )?(?:another|one more|a {NTH}) number is (?:added|included)"),
    ("rest", rf"the (?:new )?{AVERAGE}(?: of the (?:remaining|other)(?: (?P<n>{COUNT}))? numbers)? (?:becomes|is) {MEAN}"),
    ("group", rf"(?:(?P<person>(?-i:[A-Z])[a-z]+)s|his|her) {AVERAGE}(?: score)? (?:on|for|in) (?:his |her |the )?(?:first )?(?P<n>{COUNT}) (?:tests|exams|quizzes) is {MEAN}"),
    ("ask_next", rf"what (?:score |grade |mark )?(?:must|should|does|will) {NAME} (?:need(?: to get)?|have to get) (?:on|in) (?:the|his|her) (?:{NTH}|next) (?:test|exam|quiz) to (?:raise|bring) (?:his|her|the) average (?:up )?to {MEAN}"),
    ("group", rf"the {AVERAGE} of (?P<n>{COUNT}) (?P<group>other) (?:students|children|numbers|people|boys|girls|men|women) is {MEAN}{EN_UNIT}"),
    ("ask_mean", rf"{FIND} the {AVERAGE} of all (?P<n>{COUNT}) (?:students|children|numbers|people|men|women)"),
    ("scores", rf"{NAME} (?:scored|scores|got|received|has scores of|has scored) {LIST} (?:on|in) (?:his |her |the )?(?:first )?(?P<n>{COUNT}) (?:tests|exams|quizzes|games)"),
    ("ask_next", rf"what (?:score |grade |mark )?(?:must|should|does) {NAME} (?:need to )?(?:score|get|earn) (?:on|in) (?:the|his|her) (?:{NTH}|next) (?:test|exam|quiz|game) (?:to have|to get|for|to bring (?:his|her) average to|so that (?:his|her) average is) (?:an average of |an average score of )?{MEAN}"),
    ("ask_one", rf"{FIND} the (?:{NTH}|(?P<cut>removed|excluded)|(?P<last>other|remaining|last)|(?P<plus>added|new)) (?:number|one)|{FIND} the (?P<cut>number (?:that (?:is|was) )?(?:removed|excluded))|{FIND} the (?P<plus>number (?:that (?:is|was) )?added)"),
    ("ask_mean", rf"{FIND} the {AVERAGE} of (?P<all>all (?:of )?the (?:children|students|people|numbers)|the whole (?:group|class)|all of them|the entire (?:group|class))"),
)  # fmt: skip
PHRASES = Tongues(r"平均|average|\bmean\b", CHINESE, ENGLISH)
SOMEBODY = frozenset(("他", "她", "he", "she", "a student"))
FRACTION_FREE = re.compile(r"[、和与及]")


@dataclass
class Part:
    """Some of the whole: how many, what they sum to, and who they are."""

    many: int
    sum: t.Expr
    names: frozenset[str] = frozenset()
    place: str = ""


@dataclass
class Averages:
    """The parts, and the whole where its average is told."""

    parts: list[Part] = field(default_factory=list)
    change: str = ""
    """Whether one was added (``plus``) or taken away (``cut``) just before."""
    plus: str = ""
    what: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    """Whose averages they are, where a name tells it."""
    asked: Hit | None = None

    def part(self, hit: Hit) -> bool:
        """Some with their average."""
        mean, said = literal(hit.one("m")), hit.one("names")
        names = (
            frozenset(re.sub("数$", "", n) for n in FRACTION_FREE.split(said))
            if said
            else frozenset()
        )
        many = _count(hit.one("n")) or len(names)
        if mean is None or not many or (names and many != len(names)):
            return False
        place = hit.one("place").removeprefix("其中")
        names = names or frozenset(filter(None, [hit.one("group").lower()]))
        self.parts.append(Part(many, t.Mul((t.integer(many), mean)), names, place))
        return True

    def rest(self, hit: Hit) -> bool:
        """The average after one was added or taken away."""
        mean, step = literal(hit.one("m")), {"plus": 1, "cut": -1}.get(self.change, 0)
        if mean is None or not step or len(self.parts) != 1:
            return False
        many = self.parts[0].many + step
        if hit.one("n") and _count(hit.one("n")) != many:
            return False
        self.parts.append(Part(many, t.Mul((t.integer(many), mean))))
        return many > 0

    def listed(self, hit: Hit) -> bool:
        """Some of which each is told."""
        values = [literal(n) for n in re.split(r", ?and |, ?| and ", hit.one("list"))]
        numbers = tuple(v for v in values if v is not None)
        if len(numbers) < len(values) or _count(hit.one("n")) != len(numbers):
            return False
        self.parts.append(Part(len(numbers), t.Add(numbers), frozenset({"listed"})))
        return True


def _count(said: str) -> int:
    value = amount(said) if said else None
    return int(value) if value is not None and value.denominator == 1 else 0


def read_averages(tale: Tale) -> list[Request] | None:
    """The average of a whole, or the one that is missing in it."""
    found = told(tale, PHRASES)
    if found is None:
        return None
    known = Averages()
    if not all(_told(known, hit) for hit in found) or known.asked is None:
        return None
    if any(len(names) > 1 for names in (known.what, known.units, known.people)):
        return None
    wanted = _overall(known) if known.asked.says == "ask_mean" else _missing(known)
    if wanted is None or exact(wanted) is None:
        return None
    tale.text = ""
    return [value_of(wanted)]


def _told(known: Averages, hit: Hit) -> bool:
    known.units |= {u.lower().replace("lbs", "pounds") for u in hit.every("u")}
    known.people |= {name.lower() for name in hit.every("person")} - SOMEBODY
    known.what |= {w.replace("分数", "分").replace("成绩", "分") for w in hit.every("what")}
    if known.asked is not None:
        return False
    match hit.says:
        case "group" if known.change == "plus" and known.parts and not hit.one("names"):
            return _count(hit.one("n")) == known.parts[0].many + 1 and known.rest(hit)
        case "group":
            return not known.change and known.part(hit)
        case "plus" | "cut":
            fresh, known.change, known.plus = not known.change, hit.says, hit.one("plus")
            return fresh and len(known.parts) == 1
        case "rest":
            return known.rest(hit)
        case "two":
            values, names = (
                (literal(hit.one("m")), literal(hit.one("m2"))),
                {hit.one("a"), hit.one("b")},
            )
            numbers = tuple(v for v in values if v is not None)
            known.parts.append(Part(2, t.Add(numbers), frozenset(names)))
            return len(known.parts) == 2 and len(names) == len(numbers) == 2
        case "some" | "scores":
            return known.listed(hit)
        case "one":
            value = literal(hit.one("m"))
            next_one = bool(known.parts) and _count(hit.one("k")) == known.parts[0].many + 1
            if value is None or not next_one or len(known.parts) != 1:
                return False
            known.parts.append(Part(1, value, frozenset({"one"})))
            return True
    known.asked = hit
    return hit.says.startswith("ask")


def _overall(known: Averages) -> t.Expr | None:
    """The average of all parts together."""
    hit, names = known.asked, [part.names for part in known.parts]
    if hit is None or known.change or len(known.parts) != 2:
        return None
    many = sum(part.many for part in known.parts)
    clear = names[0].isdisjoint(names[1]) and (all(names) or names[1] == {"one"})
    if not clear or (hit.one("n") and _count(hit.one("n")) != many):
        return None
    return t.Div(t.Add(tuple(part.sum for part in known.parts)), t.integer(many))


def _missing(known: Averages) -> t.Expr | None:
    """The one that is in the whole and in none of the parts, or in two of them."""
    hit = known.asked
    if hit is None or not known.parts:
        return None
    if hit.says == "ask_next":
        many, mean = known.parts[0].many + 1, literal(hit.one("m"))
        if len(known.parts) != 1 or mean is None or not _fits(hit, many):
            return None
        return t.sub(t.Mul((t.integer(many), mean)), known.parts[0].sum)
    if len(known.parts) == 3:
        return _shared(known, hit)
    if len(known.parts) != 2:
        return None
    small, whole = sorted(known.parts, key=lambda part: part.many)
    if whole.many != small.many + 1 or not _who(known, hit, small, whole):
        return None
    return t.sub(whole.sum, small.sum)


def _who(known: Averages, hit: Hit, small: Part, whole: Part) -> bool:
    """Whether it is asked for the one by which two parts differ."""
    if known.change or hit.one("cut") or hit.one("plus"):
        named = not hit.one("asked") or hit.one("asked") == known.plus
        way = bool(hit.one("cut")) == (known.change == "cut")
        return bool(known.change) and named and way and _fits(hit, whole.many)
    if small.names == {"listed"}:
        return (bool(hit.one("k")) or bool(hit.one("last"))) and _fits(hit, whole.many)
    if small.place == "前" and not whole.place:
        return bool(hit.one("k")) and _fits(hit, whole.many)
    return bool(hit.one("asked")) and whole.names - small.names == {hit.one("asked")}


def _fits(hit: Hit, many: int) -> bool:
    """Whether the one that is asked for by its place is the last."""
    said = hit.one("k").lower()
    return not said or (ORDINALS.index(said) + 1 if said in ORDINALS else _count(said)) == many


def _shared(known: Averages, hit: Hit) -> t.Expr | None:
    """The one in which the first few and the last few overlap."""
    places = {part.place: part for part in known.parts}
    if set(places) != {"", "前", "后"}:
        return None
    whole, first, last = places[""], places["前"], places["后"]
    if first.many + last.many != whole.many + 1 or _count(hit.one("k")) != first.many:
        return None
    return t.sub(t.Add((first.sum, last.sum)), whole.sum)
