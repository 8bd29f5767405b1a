"""Two kinds of things, by how many there are and what they make together: heads and legs,
vehicles and wheels, notes and their values, boats and seats, right and wrong answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading.stories.asking import value_of, whole
from assistant.maths.reading.stories.kinds_phrases import PHRASES, SCORE_PHRASES
from assistant.maths.reading.stories.telling import Hit, amount, of_one, told
from assistant.maths.reading.stories.text import Tale, positive
from assistant.maths.types import Request, Text

LEGS = {
    **dict.fromkeys("鸡 雉 鸭 鸭子 鹅 鸽子 鸵鸟 仙鹤 鹤 孔雀 企鹅 chicken hen duck goose turkey ostrich rooster bird penguin".split(), 2),
    **dict.fromkeys("兔 兔子 羊 猪 牛 马 狗 猫 乌龟 龟 鹿 长颈鹿 大象 老虎 狮子 骆驼 rabbit cow pig horse sheep goat dog cat elephant giraffe lion tiger zebra".split(), 4),
    **dict.fromkeys("蜻蜓 蚂蚁 蝉 ant dragonfly beetle".split(), 6),
    **dict.fromkeys("蜘蛛 spider".split(), 8),
}  # fmt: skip
WHEELS = {
    **dict.fromkeys("自行车 摩托车 单车 两轮摩托车 bicycle bike motorcycle motorbike".split(), 2),
    **dict.fromkeys("三轮车 tricycle".split(), 3),
    **dict.fromkeys("汽车 小汽车 轿车 小轿车 car".split(), 4),
}
CENTS = {"penny": 1, "nickel": 5, "dime": 10, "quarter": 25}
KNOWN = {"legs": LEGS, "wheels": WHEELS, "cents": CENTS}
FAMILY = {
    **dict.fromkeys("脚 腿 足 leg legs foot feet".split(), "legs"),
    **dict.fromkeys("轮子 车轮 轮 wheel wheels".split(), "wheels"),
    **dict.fromkeys("元 角 dollars dollar".split(), "money"),
    **dict.fromkeys("人 名学生 people persons students passengers".split(), "people"),
    **dict.fromkeys("克 千克".split(), "weight"),
    **dict.fromkeys("分 points point marks mark".split(), "points"),
    **dict.fromkeys("cents cent".split(), "cents"),
}


@dataclass
class Kinds:
    """What is told of the two kinds."""

    names: list[str] = field(default_factory=list)
    each: dict[str, Fraction] = field(default_factory=dict)
    families: set[str] = field(default_factory=set)
    count: int | None = None
    value: Fraction | None = None
    relations: list[tuple[str, Fraction, Fraction]] = field(default_factory=list)
    """Of which there are so many times as of the other, and so many more."""
    wanted: list[str] = field(default_factory=list)
    measured: bool = False
    """Whether they are weighed and not counted."""
    people: bool = False
    """Whether it was told how many people there are: boys and girls are all of them."""

    def called(self, *names: str) -> bool:
        """The two kinds by their names."""
        fresh = [_singular(n) for n in names if n]
        if len(fresh) != 2 or fresh[0] == fresh[1]:
            return False
        if not self.names:
            self.names = fresh
        return [self.which(n) for n in fresh] in (self.names, self.names[::-1])

    def which(self, name: str) -> str:
        """The kind that is meant; empty where that is not certain."""
        name = _singular(name)
        meant = [n for n in self.names if n == name] or [
            n for n in self.names if not n.isascii() and _alike(n, name)
        ]
        return meant[0] if len(meant) == 1 else ""

    def counts(self, number: Fraction | None) -> bool:
        """How many there are of both together."""
        if number is None or number.denominator != 1 or self.count is not None:
            return False
        self.count = int(number)
        return True

    def makes(self, number: Fraction | None, unit: str) -> bool:
        """What all of them make together."""
        fits = number is not None and self.value is None
        self.value = number
        self.families.add(unit)
        return fits

    def asks(self, *names: str) -> bool:
        """How many there are of some kinds; of each it is asked once."""
        self.wanted += names
        fits = all(name in self.names for name in self.wanted)
        return fits and 1 <= len(set(self.wanted)) == len(self.wanted)

    def gives(self, name: str, number: Fraction | None, unit: str) -> bool:
        """What one of a kind makes."""
        if number is None or name in self.each:
            return False
        self.each[name] = number
        self.families.add(unit)
        return True


def _singular(name: str) -> str:
    name = name.lower()
    name = {
        "geese": "goose",
        "sheep": "sheep",
        "pennies": "penny",
        "ostriches": "ostrich",
        "children": "child",
    }.get(name, name)
    return re.sub(r"(?<=[a-rt-z])s$", "", name)


def _alike(one: str, other: str) -> bool:
    """Whether two Chinese names are of one kind: 兔 and 兔子, 成人 and 成人票, 轿车 and 小轿车."""
    short, long = sorted((one, other), key=len)
    return re.fullmatch(rf"{short}[子票船车珠]?|[大小]?{short}", long) is not None


BIG_AND_SMALL = re.compile(r"大、小(?:两种)?([\u4e00-\u9fff]{1,3}?)(?=共|一共|各)")


def read_kinds(tale: Tale) -> list[Request] | None:
    """How many there are of one kind, or of each."""
    tale.text = BIG_AND_SMALL.sub(r"大\1和小\1", tale.text)
    found = told(tale, PHRASES)
    if found is None or not of_one(found):
        return None
    if len({room for hit in found for room in hit.every("room")}) > 1:
        return None
    kinds = Kinds()
    each = [hit for hit in found if hit.says == "each"]
    if not any(hit.says.startswith(("kinds", "notes")) for hit in found):
        kinds.names = list(dict.fromkeys(_singular(hit.one("k")) for hit in each))
    for hit in (*(hit for hit in found if hit.says != "each"), *each):
        if not _told(kinds, hit, tale):
            return None
    return _requests(tale, kinds)


def _told(kinds: Kinds, hit: Hit, tale: Tale) -> bool:
    pair = (*hit.one("ab"),) or (*hit.every("a"), *hit.every("b"))
    number, value = (amount(said) if (said := hit.one(name)) else None for name in "nv")
    family = FAMILY.get(re.sub("^[只条个](?=.)", "", hit.one("u")), "money")
    kinds.measured = kinds.measured or bool(hit.one("w"))
    match hit.says:
        case "kinds":
            return kinds.called(*pair)
        case "kinds_count":
            return kinds.called(*pair) and kinds.counts(number)
        case "count":
            return kinds.counts(number)
        case "both":
            named = not pair or kinds.called(*pair)
            return named and kinds.counts(number) and kinds.makes(value, family)
        case "class":
            kinds.people = True
            return kinds.counts(number)
        case "value" if pair and not kinds.called(*pair):
            return False
        case "value":
            if value is not None and hit.one("u") == "角":
                value /= 10
            return kinds.makes(value, family)
        case "money":
            return _money(tale, hit.one("v")) and kinds.makes(value, "money")
        case "each":
            name = kinds.which(hit.one("k"))
            return bool(name) and kinds.gives(name, value, family)
        case "notes":
            return _notes(kinds, hit) and kinds.counts(number)
        case "more" | "times" | "ratio":
            return kinds.called(*pair) and _relates(kinds, hit, kinds.which(pair[0]))
        case "ask_notes":
            return kinds.asks(*(_money_name(said) for said in hit.every("note")))
        case "ask_one":
            return kinds.asks(kinds.which(pair[0]))
        case "ask_both":
            return kinds.asks(*(map(kinds.which, pair) if pair else kinds.names))
    return hit.says == "scene"


def _relates(kinds: Kinds, hit: Hit, name: str) -> bool:
    """So many times as many, or so many more or fewer, or both; or the ratio of the two."""
    numbers = [amount(said) for said in hit.every("n")]
    times = _multiple(hit.one("k"))
    if not times or None in numbers:
        return False
    more = numbers[0] or Fraction(0) if numbers else Fraction(0)
    if hit.says == "ratio":
        if not numbers[0] or not numbers[1]:
            return False
        times, more = numbers[0] / numbers[1], Fraction(0)
    if hit.one("way") in ("少", "fewer"):
        more = -more
    kinds.relations.append((name, times, more))
    return len(kinds.relations) <= 2


def _multiple(said: str) -> Fraction | None:
    """``3 times``, ``twice``; one where nothing is said."""
    said = said.lower().removesuffix("times").strip()
    return {"": Fraction(1), "twice": Fraction(2)}.get(said) or amount(said)


def _money(tale: Tale, number: str) -> bool:
    """Whether a number stands with a sign of money."""
    written = re.escape(number)
    return bool(re.search(rf"[$£€]\s*{written}|{written}\s*dollars", tale.scan.source))


def _notes(kinds: Kinds, hit: Hit) -> bool:
    """Two kinds of notes or coins, each named by its value."""
    values = [_in_yuan(said) for said in hit.every("note")]
    if kinds.names or values[0] == values[1]:
        return False
    kinds.names = [_money_name(said) for said in hit.every("note")]
    return all(kinds.gives(n, v, "money") for n, v in zip(kinds.names, values, strict=True))


def _in_yuan(said: str) -> Fraction | None:
    value = amount(said[:-1])
    return value / 10 if value is not None and said[-1] == "角" else value


def _money_name(said: str) -> str:
    return f"{amount(said[:-1])}{said[-1]}"


PEOPLE = frozenset("男生 女生 男同学 女同学 boy girl".split())


def _requests(tale: Tale, kinds: Kinds) -> list[Request] | None:
    """The two equations, and what is asked."""
    facts = len(kinds.relations) + (kinds.count is not None) + (kinds.value is not None)
    if len(kinds.names) != 2 or facts != 2 or (kinds.people and not set(kinds.names) <= PEOPLE):
        return None
    letters = dict(zip(kinds.names, (tale.letter("x"), tale.letter("y")), strict=True))
    x, y = (t.Symbol(letters[n]) for n in kinds.names)
    said = [_related(letters, *relation) for relation in kinds.relations]
    if kinds.count is not None:
        said.insert(0, t.equation(t.Add((x, y)), t.integer(kinds.count)))
    why = Text(
        f"Let {{0}} be the number of {kinds.names[0]} and {{1}} that of {kinds.names[1]}.",
        f"设{kinds.names[0]}的数量为 {{0}}，{kinds.names[1]}的数量为 {{1}}，由题意得",
        (x, y),
    )
    if kinds.value is not None:
        worth = _worth(kinds)
        if worth is None or worth[0] == worth[1]:
            return None
        said.append(_made(worth, (x, y), kinds.value))
        each = t.rational(worth[0]), t.rational(worth[1])
        why = Text(
            f"{why.en.removesuffix('.')}: one gives {{2}}, the other {{3}}.",
            why.zh.replace("，由", "，每个分别对应 {2} 和 {3}，由"),
            (x, y, *each),
        )
    elif kinds.each or kinds.families:
        return None
    allowed = positive if kinds.measured else whole
    keep = tuple(allowed(name) for name in letters.values())
    tale.says(why, *said, keep=keep)
    tale.text = ""
    return [value_of(t.Symbol(letters[name])) for name in kinds.wanted]


def _made(worth: tuple[Fraction, Fraction], both: tuple[t.Expr, t.Expr], all_: Fraction) -> t.Expr:
    """What the two kinds make together."""
    gives, more = (t.Mul((t.rational(abs(w)), one)) for w, one in zip(worth, both, strict=True))
    return t.equation(
        t.sub(gives, more) if worth[1] < 0 else t.Add((gives, more)), t.rational(all_)
    )


def _related(letters: dict[str, str], name: str, times: Fraction, more: Fraction) -> t.Expr:
    """How many there are of the one, by the other."""
    one = t.Symbol(letters[name])
    other: t.Expr = t.Symbol(next(v for n, v in letters.items() if n != name))
    if times != 1:
        other = t.Mul((t.rational(times), other))
    return t.equation(one, t.add(other, t.rational(more)) if more else other)


def _worth(kinds: Kinds) -> tuple[Fraction, Fraction] | None:
    """What one of each kind makes: as the story says, or as everybody knows."""
    if not kinds.each:
        if kinds.families == {"money"} and all(n in CENTS for n in kinds.names):
            a, b = (Fraction(CENTS[n], 100) for n in kinds.names)
            return a, b
        if len(kinds.families) != 1:
            return None
        known = KNOWN.get(next(iter(kinds.families)), {})
        kinds.each = {n: Fraction(known[n]) for n in kinds.names if n in known}
    if len(kinds.families) != 1 or len(kinds.each) != 2:
        return None
    return kinds.each[kinds.names[0]], kinds.each[kinds.names[1]]


def read_scores(tale: Tale) -> list[Request] | None:
    """How many answers are right, by the points for right and for wrong ones."""
    found = told(tale, SCORE_PHRASES)
    if found is None or not of_one(found):
        return None
    known: dict[str, Hit] = {}
    for hit in found:
        if hit.says in known and hit.says != "scene":
            return None
        known[hit.says] = hit
    if not {"count", "right", "wrong", "value"} <= set(known):
        return None
    if "不" not in known["wrong"].text and "all" not in known:
        return None  # what is not answered may be neither
    number, right, wrong, value = (
        amount(known[name].one("n" if name == "count" else "v"))
        for name in ("count", "right", "wrong", "value")
    )
    if number is None or right is None or wrong is None or number.denominator != 1:
        return None
    kinds = Kinds(["答对", "答错"], {"答对": right, "答错": -wrong}, {"points"}, int(number), value)
    kinds.wanted = ["答对" if "ask_right" in known else "答错"]
    return _requests(tale, kinds)
