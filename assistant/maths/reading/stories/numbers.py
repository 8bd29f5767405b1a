"""Unknown numbers of which equations are told in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.reading.patterns import late
from assistant.maths.reading.scan import HAN
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.spoken import Words
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Text

ONE_NUMBER = late(
    r"an?(?: certain| unknown)? number|the number|this number|that number|the same number|it|what number"
    r"|一个数|某数|某个数|这个数|该数|此数|它",
    re.IGNORECASE,
)
PAIRS = (
    ("one number|a number|a first number", "another(?: number)?|the other(?: number)?|a second number"),
    ("the first(?: number)?", "the second(?: number)?"),
    ("(?:the |a )?(?:larger|greater|bigger)(?: number)?", "(?:the )?(?:smaller|lesser)(?: number)?"),
    ("甲数?", "乙数?"),
    ("较?大数|较大的数", "较?小数|较小的数"),
)  # fmt: skip
ANGLE = late(r"an angle|the angle|it|一个角|这个角|该角|它", re.IGNORECASE)
BESIDE = late(
    r"(?:一个角|这个角|该角|它)的?(?P<zh>余角|补角)"
    r"|(?:(?:the|its) )?(?P<en>complement|supplement)(?: of (?:an|the) angle)?",
    re.IGNORECASE,
)
COMPLETED = {"余角": 90, "补角": 180, "complement": 90, "supplement": 180}
DEGREES = late(r"(?<=\d)\s*(?:°|度|degrees?\b)", re.IGNORECASE)
LETTER = late(r"[a-zA-Z]")
TOGETHER = late(
    r"(?:their|the) (?P<en>sum|difference|product)(?: of (?:the|these|both|two|the two|these two) numbers)?"
    r"|(?:它们的?|这?两个?数的?|甲、乙(?:两数)?的?|甲乙两数的?)(?P<zh>和|差|积)",
    re.IGNORECASE,
)
ASKED = late(
    r"(?:find|what (?:is|are)|determine) (?:(?P<all>(?:the|these|both|the two|these two) numbers)|(?P<one>.{1,24}))"
    r"|(?:求|问)?(?:(?P<zall>这?两个?数|甲、乙两数|甲乙两数|甲数?(?:和|、)乙数?)(?:各|分别)?(?:是)?(?:多少|几)?|(?P<zone>[^,，]{1,6}?)(?:是|等于)?(?:多少|几)?)",
    re.IGNORECASE,
)
CUT = late(
    r"[?!;]|\.(?!\d)|,(?= (?:and )?(?:find|what|their|the (?:sum|difference|product)|one|the (?:other|second|larger|smaller))\b)|,? and (?=their\b|the (?:sum|difference|product) of|(?:find|what)\b)",
    re.IGNORECASE,
)
ZH_CUT = late(r"[?!;,]|\.(?!\d)")
FIND_FIRST = late(
    r"(?:find|what is) (?P<name>an?|the) number (?:such that|if|for which|when) (?P<said>.+)",
    re.IGNORECASE,
)


@dataclass
class Unknowns:
    """The letters of the numbers that are told of."""

    tale: Tale
    letters: dict[str, str] = field(default_factory=dict)
    pair: int | None = None
    angle: bool = False
    beside: int | None = None
    """What the angle and another one make together, in degrees."""

    def of(self, name: str) -> t.Expr | None:
        """The number that a name means."""
        name = name.strip()
        if self.pair is not None:
            for place, pattern in enumerate(PAIRS[self.pair]):
                if re.fullmatch(pattern, name, re.IGNORECASE):
                    return self._letter(f"{place}")
        if both := TOGETHER.fullmatch(name):
            return self._both(both["en"] or both["zh"])
        if self.pair is None and (ANGLE if self.angle else ONE_NUMBER).fullmatch(name):
            return self._letter("")
        if self.angle and (beside := BESIDE.fullmatch(name)):
            whole = COMPLETED[(beside["zh"] or beside["en"]).lower()]
            self.beside = whole if self.beside is None else min(whole, self.beside)
            return t.sub(t.integer(whole), self._letter(""))
        if LETTER.fullmatch(name) and name in self.tale.scan.source and name.lower() not in "aeio":
            return self._letter(name, name)
        return None

    def settle(self, text: str) -> None:
        """Whether a story names two numbers, and how."""
        for number, (one, other) in enumerate(PAIRS):
            edges = r"(?<![A-Za-z])(?:{})(?![A-Za-z])"
            if re.search(edges.format(one), text, re.IGNORECASE) and re.search(
                edges.format(other), text, re.IGNORECASE
            ):
                self.pair = number
                self._letter("0")
                self._letter("1")
                return

    def _letter(self, name: str, letter: str = "") -> t.Symbol:
        if name not in self.letters:
            self.letters[name] = letter or self.tale.letter("x", "y")
            self.tale.scan.names.add(self.letters[name])
        return t.Symbol(self.letters[name])

    def _both(self, kind: str) -> t.Expr | None:
        if self.pair is None:
            return None
        x, y = (t.Symbol(self.letters[name]) for name in "01")
        match kind.lower():
            case "sum" | "和":
                return t.Add((x, y))
            case "product" | "积":
                return t.Mul((x, y))
        return t.sub(x, y) if self.pair in (2, 4) else t.Call("abs", (t.sub(x, y),))


def read_numbers(tale: Tale) -> list[Request] | None:
    """``Five more than twice a number is 17. Find the number.``"""
    zh = bool(HAN.search(tale.text))
    text = re.sub(r"^(?:已知|设|有)", "", tale.text.strip())
    if first := FIND_FIRST.fullmatch(text.rstrip(".?")):
        text = f"{first['said']}. Find the number"
    if re.search(r"余角|补角|complement|supplement", text):
        text = re.sub(r"的度数$", "", DEGREES.sub("", text).rstrip(".?"))
    clauses = [c.strip() for c in (ZH_CUT if zh else CUT).split(text) if c.strip()]
    if len(clauses) < 2 or len(clauses) > 4:
        return None
    unknowns = Unknowns(tale, angle=bool(re.search(r"余角|补角|complement|supplement", text)))
    unknowns.settle(tale.text)
    words = Words(unknowns.of)
    said = [
        words.statement(clause.removeprefix("那么").removeprefix("则")) for clause in clauses[:-1]
    ]
    equations = [equation for equation in said if equation is not None]
    wanted = _wanted(clauses[-1], unknowns)
    if len(equations) < len(said) or not wanted:
        return None
    found = {name for equation in equations for name in t.symbols(equation)}
    if found != set(unknowns.letters.values()):
        return None
    why = Text("What is said of the numbers, as an equation.", "将题中所说写成方程。")
    keep: tuple[t.Expr, ...] = (
        (t.Relation(t.Comparison.GE, *map(t.Symbol, unknowns.letters.values())),)
        if unknowns.pair in (2, 4)
        else ()
    )
    if unknowns.beside is not None:
        angle = t.Symbol(unknowns.letters[""])
        most = t.Relation(t.Comparison.LT, angle, t.integer(unknowns.beside))
        keep = (t.Relation(t.Comparison.GT, angle, t.integer(0)), most)
    tale.says(why, *equations, keep=keep)
    tale.text = ""
    return [value_of(t.Symbol(name)) for name in wanted]


def _wanted(text: str, unknowns: Unknowns) -> list[str]:
    """The letters of what is asked for; none where that is not clear."""
    hit = ASKED.fullmatch(text)
    if hit is None:
        return []
    if hit["all"] or hit["zall"]:
        return [unknowns.letters[n] for n in "01"] if unknowns.pair is not None else []
    before = dict(unknowns.letters)
    match unknowns.of(hit["one"] or hit["zone"]):
        case t.Symbol(name) if unknowns.letters == before:
            return [name]
    return []
