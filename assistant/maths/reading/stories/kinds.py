"""Two kinds of things, by how many there are and what they make together: heads and legs,
vehicles and wheels, notes and their values, boats and seats, right and wrong answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading.stories.asking import value_of, whole
from assistant.maths.reading.stories.kinds_phrases import PHRASES, SCORE_PHRASES
from assistant.maths.reading.stories.telling import Hit, amount, told
from assistant.maths.reading.stories.text import Tale
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
    relation: tuple[str, str, int] | None = None
    """``more`` or ``times``: of the first named, by how many or how many times."""
    wanted: list[str] = field(default_factory=list)

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
            n for n in self.names if not n.isascii() and (n in name or name in n)
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


BIG_AND_SMALL = re.compile(r"大、小(?:两种)?([\u4e00-\u9fff]{1,3}?)(?=共|一共|各)")


def read_kinds(tale: Tale) -> list[Request] | None:
    """How many there are of one kind, or of each."""
    tale.text = BIG_AND_SMALL.sub(r"大\1和小\1", tale.text)
    found = told(tale, PHRASES)
    if found is None:
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
    match hit.says:
        case "kinds":
            return kinds.called(*pair)
        case "kinds_count":
            return kinds.called(*pair) and kinds.counts(number)
        case "count":
            return kinds.counts(number)
        case "both":
            return kinds.counts(number) and kinds.makes(value, family)
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
        case "more" | "times":
            names = kinds.called(*pair) and number is not None and number.denominator == 1
            if not names or kinds.relation is not None or number is None:
                return False
            sign = -1 if hit.one("way") in ("少", "fewer") else 1
            kinds.relation = hit.says, kinds.which(pair[0]), sign * int(number)
            return True
        case "ask_notes":
            kinds.wanted = [_money_name(said) for said in hit.every("note")]
            return all(n in kinds.names for n in kinds.wanted)
        case "ask_one":
            kinds.wanted = [kinds.which(pair[0])]
            return bool(kinds.wanted[0])
        case "ask_both":
            kinds.wanted = [kinds.which(n) for n in pair] or list(kinds.names)
            return bool(kinds.names) and "" not in kinds.wanted and len(set(kinds.wanted)) == 2
    return hit.says == "scene"


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


def _requests(tale: Tale, kinds: Kinds) -> list[Request] | None:
    """The two equations, and what is asked."""
    if (
        len(kinds.names) != 2
        or kinds.value is None
        or (kinds.count is None) == (kinds.relation is None)
    ):
        return None
    worth = _worth(kinds)
    if worth is None or worth[0] == worth[1]:
        return None
    letters = dict(zip(kinds.names, (tale.letter("x"), tale.letter("y")), strict=True))
    x, y = (t.Symbol(letters[n]) for n in kinds.names)
    gives, more = t.Mul((t.rational(worth[0]), x)), t.Mul((t.rational(abs(worth[1])), y))
    both = t.sub(gives, more) if worth[1] < 0 else t.Add((gives, more))
    told_of = t.equation(both, t.rational(kinds.value))
    why = Text(
        f"Let {{0}} be the number of {kinds.names[0]} and {{1}} that of {kinds.names[1]}: one gives {{2}}, the other {{3}}.",
        f"设{kinds.names[0]}的数量为 {{0}}，{kinds.names[1]}的数量为 {{1}}，每个分别对应 {{2}} 和 {{3}}，由题意得",
        (x, y, t.rational(worth[0]), t.rational(worth[1])),
    )
    keep = tuple(whole(name) for name in letters.values())
    tale.says(why, _related(kinds, letters), told_of, keep=keep)
    tale.text = ""
    return [value_of(t.Symbol(letters[name])) for name in kinds.wanted]


def _related(kinds: Kinds, letters: dict[str, str]) -> t.Expr:
    """How many there are of both, or of the one by the other."""
    if kinds.relation is None:
        assert kinds.count is not None
        return t.equation(t.Add(tuple(map(t.Symbol, letters.values()))), t.integer(kinds.count))
    how, name, number = kinds.relation
    one = t.Symbol(letters[name])
    other = t.Symbol(next(v for n, v in letters.items() if n != name))
    if how == "times":
        return t.equation(one, t.Mul((t.integer(number), other)))
    return t.equation(one, t.Add((other, t.integer(number))))


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
    if found is None:
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
