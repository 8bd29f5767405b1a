"""Two numbers, or two or three ages, of which relations are told, in English and Chinese.

Every sentence must be one of those below; a sentence more, and the story is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.reading import numerals
from assistant.maths.reading.patterns import Late, late
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.text import Tale, number, positive
from assistant.maths.types import Request, Text

N = r"(\d+(?:\.\d+)?|[a-z]+|[零一二两三四五六七八九十百]+)"
TIMES = {"twice": 2, "double": 2, "thrice": 3, "triple": 3}
WHO = r"([A-Z][a-z]+|(?:(?:his|her|the|a|my) )?(?:son|daughter|father|mother|brother|sister|wife|husband|man|woman|boy|girl|uncle|aunt|cousin|dad|mom))"
ZH_WHO = r"(小[\u4e00-\u9fff]|[甲乙丙]|爸爸|妈妈|父亲|母亲|儿子|女儿|哥哥|弟弟|姐姐|妹妹|爷爷|奶奶|孙子|老师|学生|[\u4e00-\u9fff]{1,2}(?=今年|的年龄))"
SIGNS = r"(?:both )?(?:positive|negative|non-?negative)"
KIND = rf"(?:{SIGNS} )?(?:real )?(?:numbers|integers|whole numbers)"
ZH_KIND = r"(?:非?[正负])?(?:整|实)?数"
NUMBERS_TOLD = late(
    rf"(?:the )?(?P<first>sum|difference|product) of two (?P<kind>{KIND}) is {N.replace('(', '(?P<one>', 1)}[,;]? (?:and|while) (?:their|the) (?P<second>sum|difference|product) is {N.replace('(', '(?P<two>', 1)}[.,;]? ?"
    rf"(?:find|what are|determine) (?:the|these|both|those) ?(?:two )?(?P<asked>{KIND})[.?]?"
    rf"|(?:已知)?两个?(?P<zkind>{ZH_KIND})的(?P<zf>和|差|积)(?:是|为|等于){N.replace('(', '(?P<zone>', 1)},?(?:它们的|(?:这)?两个?数的)?(?P<zs>和|差|积)(?:是|为|等于){N.replace('(', '(?P<ztwo>', 1)}[,.;]?(?:求|则|问)?(?:这|那)?两个?(?P<zasked>{ZH_KIND})(?:分别)?(?:各)?(?:是多少|是几|为多少)?[.?]?",
    re.IGNORECASE,
)
KINDS = {"sum": "和", "difference": "差", "product": "积"}


def read_two_numbers(tale: Tale) -> list[Request] | None:
    """``The sum of two numbers is 20 and their difference is 4.``"""
    hit = NUMBERS_TOLD.fullmatch(tale.text)
    if hit is None:
        return None
    said = {name: text.lower() for name, text in hit.groupdict().items() if text}
    kinds = [KINDS.get(said[n], said[n]) for n in ("first", "second", "zf", "zs") if n in said]
    values = [_number(said[n]) for n in ("one", "two", "zone", "ztwo") if n in said]
    if len(set(kinds)) != 2 or None in values:
        return None
    tale.take(re.escape(tale.text))
    x, y = (t.Symbol(tale.letter(c)) for c in "xy")
    made = {"和": t.Add((x, y)), "差": t.sub(x, y), "积": t.Mul((x, y))}
    equations = [
        t.equation(made[kind], v) for kind, v in zip(kinds, values, strict=True) if v is not None
    ]
    why = Text(
        "Let {0} be the larger and {1} the smaller number.",
        "设较大的数为 {0}，较小的数为 {1}。",
        (x, y),
    )
    told = " ".join(said[n] for n in ("kind", "asked", "zkind", "zasked") if n in said)
    allowed = (*_of_kind(x, told), *_of_kind(y, told))
    tale.says(why, *equations, keep=(*allowed, t.Relation(t.Comparison.GE, x, y)))
    return [value_of(x), value_of(y)]


def _of_kind(x: t.Symbol, told: str) -> list[t.Expr]:
    """What a number must be that is called positive, negative, whole or an integer."""
    found: list[t.Expr] = []
    zero = t.integer(0)
    if re.search(r"non-?negative|whole|非负", told):
        found.append(t.Relation(t.Comparison.GE, x, zero))
    if re.search(r"非正", told):
        found.append(t.Relation(t.Comparison.LE, x, zero))
    if re.search(r"\bpositive|(?<!非)正", told):
        found.append(positive(x.name))
    if re.search(r"(?<!non)(?<!non-)negative|(?<!非)负", told):
        found.append(t.Relation(t.Comparison.LT, x, zero))
    if re.search(r"integer|whole|整", told):
        found.append(t.Call("in", (x, t.Constant(t.ConstantName.INTEGERS))))
    return found


def _number(text: str) -> t.Expr | None:
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return number(text)
    value = numerals.cardinal(text.lower()) if text.isascii() else numerals.chinese_integer(text)
    return None if value is None else t.integer(value)


MALE = frozenset("son father brother husband man boy uncle dad".split())
FEMALE = frozenset("daughter mother sister wife woman girl aunt mom".split())
PRONOUNS = {"he": FEMALE, "him": FEMALE, "she": MALE, "her": MALE}
"""Pronouns, and those whom each cannot mean; who bears a name may be either."""
NOBODY = frozenset(
    "i me you we us it its this that they them their his hers who one other another each both all"
    " someone somebody everyone everybody nobody which what there today now then".split()
)
"""Words that stand for a person or for none, but never by name."""


@dataclass
class Ages:
    """The people of a story of ages, with the letters for how old they are now."""

    tale: Tale
    letters: dict[str, t.Symbol] = field(default_factory=dict)
    said: list[t.Expr] = field(default_factory=list)
    then: list[t.Expr] = field(default_factory=list)
    """How old they were at other times that are told of."""

    def of(self, who: str, besides: t.Expr | None = None) -> t.Expr | None:
        """The age now.  There are three people at most, and a pronoun must leave one: of another
        sex or named beside it (``besides``) are the others."""
        name = re.sub(r"^(?:his|her|the|a|my) ", "", who.lower())
        if name in PRONOUNS:
            able = [
                age
                for other, age in self.letters.items()
                if other not in PRONOUNS[name] and age != besides
            ]
            return able[0] if len(able) == 1 else None
        if name in NOBODY:
            return None
        if name not in self.letters:
            if len(self.letters) == 3:
                return None
            self.letters[name] = t.Symbol(self.tale.letter("x", "y", "z"))
        return self.letters[name]

    def two(self, hit: re.Match[str]) -> tuple[t.Expr, t.Expr] | None:
        """The ages of the two who are compared."""
        one, other = hit["a"], hit["b"]
        if one.lower() in PRONOUNS:
            second = self.of(other)
            first = None if second is None else self.of(one, second)
        else:
            first = self.of(one)
            second = None if first is None else self.of(other, first)
        return None if first is None or second is None or first == second else (first, second)

    def total(self, many: int = 0) -> t.Expr | None:
        """The sum of the ages of all who are named so far, who must be so ``many``."""
        named = len(self.letters)
        return t.Add(tuple(self.letters.values())) if named > 1 and many in (0, named) else None


Build = Callable[[Ages, "re.Match[str]"], "t.Expr | None"]


def _multiple(word: str) -> t.Expr | None:
    return t.integer(TIMES[word.lower()]) if word.lower() in TIMES else _number(word)


def _equal(left: t.Expr | None, right: t.Expr | None) -> t.Expr | None:
    return None if left is None or right is None else t.equation(left, right)


def _shifted(age: t.Expr | None, years: t.Expr | None) -> t.Expr | None:
    return None if age is None or years is None else t.Add((age, years))


def _times(factor: t.Expr | None, age: t.Expr | None) -> t.Expr | None:
    return None if factor is None or age is None else t.Mul((factor, age))


def _as_old(a: Ages, m: re.Match[str]) -> t.Expr | None:
    pair = a.two(m)
    return pair and _equal(pair[0], _times(_multiple(m["k"]), pair[1]))


def _older(a: Ages, m: re.Match[str]) -> t.Expr | None:
    pair, years = a.two(m), _number(m["k"])
    if years is not None and m["how"].lower() in ("younger", "小"):
        years = t.Neg(years)
    return pair and _equal(pair[0], _shifted(pair[1], years))


def _as_old_and(a: Ages, m: re.Match[str]) -> t.Expr | None:
    """So many times as old, and some years more or less."""
    pair, more = a.two(m), _number(m["n"])
    if more is not None and m["how"].lower() in ("less", "fewer", "younger", "少", "小"):
        more = t.Neg(more)
    return pair and _equal(pair[0], _shifted(_times(_multiple(m["k"]), pair[1]), more))


def _total_then(a: Ages, m: re.Match[str]) -> t.Expr | None:
    """The sum of the ages at another time."""
    years, both = _number(m["n"]), list(a.letters.values())
    if years is None or len(both) != 2:
        return None
    if m["when"].lower() in ("ago", "前"):
        years = t.Neg(years)
    shifted = [t.Add((age, years)) for age in both]
    a.then += shifted
    return _equal(t.Add(tuple(shifted)), _number(m["k"]))


def _then(a: Ages, m: re.Match[str]) -> t.Expr | None:
    pair, years = a.two(m), _number(m["n"])
    if pair is None or years is None:
        return None
    if m["when"].lower() in ("ago", "前"):
        years = t.Neg(years)
    one, other = (t.Add((age, years)) for age in pair)
    a.then += [one, other]
    return _equal(one, _times(_multiple(m["k"]), other))


def _total(a: Ages, m: re.Match[str]) -> t.Expr | None:
    many = {"两": 2, "二": 2, "two": 2, "三": 3, "three": 3}.get((m["many"] or "").lower(), 0)
    return _equal(a.total(many), _number(m["k"]))


def _total_of_three(a: Ages, m: re.Match[str]) -> t.Expr | None:
    ages = [a.of(m[name]) for name in "abc"]
    known = [age for age in ages if age is not None]
    return _equal(t.Add(tuple(known)), _number(m["k"])) if len(set(known)) == 3 else None


def _ratio_of(a: Ages, m: re.Match[str]) -> t.Expr | None:
    pair, one, other = a.two(m), _number(m["k"]), _number(m["n"])
    if pair is None or one is None or other is None:
        return None
    return t.equation(t.Mul((other, pair[0])), t.Mul((one, pair[1])))


def _sum_of(a: Ages, m: re.Match[str]) -> t.Expr | None:
    pair = a.two(m)
    return pair and _equal(t.Add(pair), _number(m["k"]))


def _is(a: Ages, m: re.Match[str]) -> t.Expr | None:
    return _equal(a.of(m["a"]), _number(m["k"]))


NUMBER = N.replace("(", "(?P<k>", 1)
YEARS = N.replace("(", "(?P<n>", 1)
A, B = WHO.replace("(", "(?P<a>", 1), WHO.replace("(", "(?P<b>", 1)
C, ZC = WHO.replace("(", "(?P<c>", 1), ZH_WHO.replace("(", "(?P<c>", 1)
ZA, ZB = ZH_WHO.replace("(", "(?P<a>", 1), ZH_WHO.replace("(", "(?P<b>", 1)
SENTENCES: tuple[tuple[Late, Build], ...] = tuple(
    (late(pattern, re.IGNORECASE), build)
    for pattern, build in (
        (rf"{A} is (?:now )?(?P<k>twice|thrice|\w+(?= times)) ?(?:times )?as old as {B}(?: now)?", _as_old),
        (rf"{A} is (?:now )?{NUMBER} years? (?P<how>older|younger) than {B}", _older),
        (rf"in {YEARS} years?(?P<when>),? {A} will be (?P<k>twice|thrice|\w+(?= times)) ?(?:times )?as old as {B}(?: (?:will be )?then)?", _then),
        (rf"{YEARS} years? (?P<when>ago),? {A} was (?P<k>twice|thrice|\w+(?= times)) ?(?:times )?as old as {B}(?: (?:was )?then)?", _then),
        (rf"(?:now,? )?(?:the sum of their ages is|their ages (?:add up|sum) to|together they are|the sum of (?:the|all|all the) (?P<many>two|three) ages is) {NUMBER}(?: years?(?: old)?)?", _total),
        (rf"{A} is (?:now )?{NUMBER}(?: years? old)?(?: now)?", _is),
        (rf"the ratio of {A}s age to {B}s(?: age)? is {NUMBER}:{YEARS}", _ratio_of),
        (rf"{ZA}(?:与|和){ZB}(?:今年)?(?:的)?年龄(?:之|的)?比(?:是|为){NUMBER}:{YEARS}", _ratio_of),
        (rf"{A}s age is (?P<k>twice|thrice|\w+(?= times)) ?(?:times )?{B}s(?: age)?", _as_old),
        (rf"{A} is {YEARS} years (?P<how>more|less|older|younger) than (?P<k>twice|thrice|\w+(?= times)) ?(?:times )?(?:as old as )?{B}(?:s age)?", _as_old_and),
        (rf"in {YEARS} years?(?P<when>),? the sum of their ages will be {NUMBER}", _total_then),
        (rf"{YEARS} years? (?P<when>ago),? the sum of their ages was {NUMBER}", _total_then),
        (rf"the sum of {A}s (?:age )?and {B}s ages? is {NUMBER}", _sum_of),
        (rf"(?:今年|现在)?{ZA}(?:今年|现在)?(?:的年龄|的岁数)?(?:正好|恰好)?是{ZB}(?:今年)?(?:的?年龄|的岁数)?的{NUMBER}倍", _as_old),
        (rf"(?:今年|现在)?{ZA}(?:今年|现在)?(?:的年龄)?比{ZB}(?:的?年龄)?的{NUMBER}倍(?P<how>多|少|大|小){YEARS}岁", _as_old_and),
        (rf"{YEARS}年(?P<when>后|前),?(?:两人|他们|二人)(?:的)?年龄(?:之|的)?和(?:是|为){NUMBER}岁?", _total_then),
        (rf"(?:今年|现在)?{ZA}比{ZB}(?P<how>大|小){NUMBER}岁", _older),
        (rf"{YEARS}年(?P<when>后|前),?{ZA}(?:的年龄)?是{ZB}(?:的?年龄)?的{NUMBER}倍", _then),
        (rf"(?:甲、乙|甲乙)?(?:(?P<many>[两二三])个?人|他们)(?:今年)?(?:的)?年龄(?:之|的)?和(?:是|为){NUMBER}岁?", _total),
        (rf"{ZA}、{ZB}(?:、|和){ZC}三个?人(?:今年)?(?:的)?年龄(?:之|的)?和(?:是|为){NUMBER}岁?", _total_of_three),
        (rf"{A}, {B},? and {C} have a total age of {NUMBER}(?: years)?", _total_of_three),
        (rf"the (?:sum of the ages|total age) of {A}, {B},? (?:and )?{C} is {NUMBER}(?: years)?", _total_of_three),
        (rf"(?:今年|现在)?{ZA}(?:今年|现在)?{NUMBER}岁", _is),
    )
)  # fmt: skip
ASKED = late(
    rf"(?:how old (?:is|are) (?:(?P<a>they|he|she|each(?: of them)?|the two)|{WHO})(?: now)?|(?:find|what (?:is|are)) (?:(?P<all>their ages|both ages)|{WHO}'?s age))"
    r"|(?:问|求|则)?(?:(?P<zall>两人|他们|二人|三个?人|各)|"
    + ZH_WHO
    + r")(?:今年|现在)?(?:各|分别)?(?:是)?(?:几|多少)岁|(?:问|求)?(?:两人|他们)(?:今年|现在)?(?:的)?年龄",
    re.IGNORECASE,
)
LATER = late(
    rf"(?:问|则)?(?:再过(?:几|多少)年(?:以|之)?后?|(?:几|多少)年(?:以|之)?(?P<when>后|前)),?{ZA}(?:的年龄)?(?:正好|恰好)?(?:是|等于){ZB}(?:的?年龄)?的{NUMBER}倍"
)
IN_HOW_MANY = late(
    rf"(?:(?:in|after) how many years will|how many years (?P<when>ago) was) {A}(?: be)? (?P<k>twice|thrice|\w+(?= times)) ?(?:times )?as old as {B}",
    re.IGNORECASE,
)


AND = late(
    r",? and (?=(?:in \d|the sum|their|together|\d+ years|(?:his|her|the) \w+ is|[A-Z][a-z]+ is ))"
)


THREE = late(r"(of [A-Z][a-z]+, [A-Z][a-z]+),? and ")
"""Three names, of which the last begins no sentence."""
PIECES = late(r"[?!;]|\.(?!\d)|(?<=[\u4e00-\u9fff])(?<!年前)(?<!年后),")
TOTAL = late(r"their ages|two ages|together|年龄(?:之|的)?和", re.IGNORECASE)


NAMED_TOTAL = late(r"、[^、]*[、和][^、]*三")
"""Whether a sum of ages names those whose it is."""


def read_ages(tale: Tale) -> list[Request] | None:
    """``Anna is 5 years older than Ben. The sum of their ages is 25. How old is Ben?``"""
    if not re.search(r"\bold|\bages?\b|岁|年龄", tale.text):
        return None
    text = AND.sub(". ", THREE.sub(r"\1, ", tale.text))
    *told, question = [p.strip() for p in PIECES.split(text) if p.strip()] or [""]
    ages = Ages(tale)
    first = [piece for piece in told if TOTAL.search(piece)][:1]
    early = bool(first) and told[:1] == first and not NAMED_TOTAL.search(told[0])
    if early:
        told = [*told[1:], *first]  # whose sum it is, is told after it
    for piece in told:
        relation = _relation(ages, piece)
        if relation is None:
            return None
        ages.said.append(relation)
    if early and len(ages.letters) > 2 and not re.search("三|three", first[0]):
        return None
    wanted = _later(ages, question)
    if wanted is None and (asked := ASKED.fullmatch(question)) is not None:
        wanted = _wanted(ages, asked)
    return _told(tale, ages, wanted) if wanted and ages.said else None


def _relation(ages: Ages, piece: str) -> t.Expr | None:
    for pattern, build in SENTENCES:
        if (hit := pattern.fullmatch(piece)) is not None:
            return build(ages, hit)
    return None


def _wanted(ages: Ages, hit: re.Match[str]) -> list[t.Expr] | None:
    words = [g for g in hit.groups() if g]
    everybody = {"they", "each", "each of them", "their ages", "他们", "各"}
    two, three = {"the two", "both ages", "两人", "二人"}, {"三人", "三个人", "the three"}
    if not words or words[0].lower() in everybody | two | three:
        many = 2 if words and words[0] in two else 3 if words and words[0] in three else 0
        return list(ages.letters.values()) if many in (0, len(ages.letters)) else None
    before = len(ages.letters)
    age = ages.of(words[0])
    return [age] if age is not None and len(ages.letters) == before else None


def _later(ages: Ages, piece: str) -> list[t.Expr] | None:
    """The years after which one is so many times as old as the other."""
    hit = LATER.fullmatch(piece) or IN_HOW_MANY.fullmatch(piece)
    if hit is None:
        return None
    years = t.Symbol(ages.tale.letter("t"))
    pair = ages.two(hit)
    passed = t.Neg(years) if hit["when"] in ("前", "ago") else years
    relation = pair and _equal(
        _shifted(pair[0], passed), _times(_multiple(hit["k"]), _shifted(pair[1], passed))
    )
    if relation is None or pair is None:
        return None
    ages.then += [t.Add((age, passed)) for age in pair]
    ages.said.append(relation)
    return [years]


def _told(tale: Tale, ages: Ages, wanted: list[t.Expr]) -> list[Request]:
    tale.take(r"(?s).*")
    names = tuple(ages.letters)
    spoken = ", ".join(f"{{{n}}}: {name}" for n, name in enumerate(names))
    why = Text(f"Ages now ({spoken}).", f"现在的年龄（{spoken}）。", tuple(ages.letters.values()))
    counted = [*ages.letters.values(), *(w for w in wanted if isinstance(w, t.Symbol))]
    told = dict.fromkeys((*counted, *ages.then))
    keep = (t.Relation(t.Comparison.GT, age, t.integer(0)) for age in told)
    tale.says(why, *ages.said, keep=tuple(keep))
    return [value_of(w) for w in wanted]
