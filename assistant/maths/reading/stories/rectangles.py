"""A rectangle of which two relations are told: its sides, perimeter and area."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.reading.patterns import late
from assistant.maths.reading.scan import HAN
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.spoken import Words
from assistant.maths.reading.stories.text import Tale, positive
from assistant.maths.types import Request, Text

TOLD = late(r"长方形|矩形|\brectang", re.IGNORECASE)
OTHERS = late(
    r"正方形|三角形|圆|梯形|长方体|square(?! (?:c?m|feet|met|inch|unit))|triangle|circle|box|剪|拼|围|增加|减少|延长|缩短|increas|decreas|inscribed"
)
"""Another figure beside it, or another size of the same."""
LENGTH = r"(?:厘米|分米|毫米|千米|米|cm|mm|km|m|centimet(?:er|re)s?|met(?:er|re)s?|feet|ft|inches|units?)"
MEASURE = late(
    rf"(?<=\d)\s*(?P<square>平方|square )?(?P<unit>{LENGTH})(?P<raised>\^?2|²)?(?![A-Za-z])",
    re.IGNORECASE,
)
FIGURE = late(
    r"^(?:已知|有)?(?:一个|一块|某|这个)?(?:长方形|矩形)(?:的)?(?:操场|花坛|菜地|空地|草坪)?(?:的)?|(?<=[,.;])(?:这个|该)(?:长方形|矩形)的|它的"
)
EN_FIGURE = late(
    r" (?:of|in) (?:a|the|this) rectangle|\ba rectangle(?:s| has) (?=(?:length|width|perimeter|area))",
    re.IGNORECASE,
)
HAS = late(
    r"(?:a|the) rectangle has (?:a|an) (?P<what>length|width|perimeter|area) of (?P<n>[\d.]+)",
    re.IGNORECASE,
)
NAMES = {"长": "length", "宽": "width", "周长": "perimeter", "面积": "area"}
ZH_CUT = late(r"[,;?!]|\.(?!\d)")
CUT = late(
    r"[;?!]|\.(?!\d)|,? and (?=(?:its|the) (?:length|width|perimeter|area) is)|, (?=find|what)",
    re.IGNORECASE,
)
ASKED = late(
    r"(?:求|问|则)?(?P<zh>(?:长|宽|周长|面积)(?:(?:和|与|、)(?:长|宽|周长|面积))?)(?:各|分别)?(?:是|为)?(?:多少)?"
    r"|(?:find|what (?:is|are)) (?P<en>(?:its|the) (?:length|width|perimeter|area)(?: and (?:its |the )?(?:length|width|perimeter|area))?|(?:its|the) dimensions)",
    re.IGNORECASE,
)

SIDE = late(r"(?<!周)长(?!方)|宽|length|width", re.IGNORECASE)


@dataclass
class Sides:
    """The letters of the two sides, and what follows from them."""

    tale: Tale
    letters: dict[str, t.Symbol] = field(default_factory=dict)

    def side(self, name: str) -> t.Symbol:
        """The letter of a side."""
        if name not in self.letters:
            self.letters[name] = t.Symbol(self.tale.letter("x", "y"))
        return self.letters[name]

    def of(self, name: str) -> t.Expr | None:
        """What a name means in the figure."""
        bare = re.sub(r"^(?:the|its) ", "", name.strip().lower())
        bare = NAMES.get(bare, bare)
        if bare in ("length", "width"):
            return self.side(bare)
        sides = self.side("length"), self.side("width")
        if bare == "perimeter":
            return t.Mul((t.integer(2), t.Add(sides)))
        return t.Mul(sides) if bare == "area" else None


def read_rectangle(tale: Tale) -> list[Request] | None:
    """``The length of a rectangle is 3 times its width. Its perimeter is 48. Find its area.``"""
    if not TOLD.search(tale.text) or OTHERS.search(tale.text):
        return None
    text = _without_units(tale.text)
    if text is None:
        return None
    zh = bool(HAN.search(text))
    text = (
        FIGURE.sub("", text) if zh else EN_FIGURE.sub("", HAS.sub(r"the \g<what> is \g<n>", text))
    )
    clauses = [c.strip() for c in (ZH_CUT if zh else CUT).split(text) if c.strip()]
    sides = Sides(tale)
    sides.side("length")
    sides.side("width")
    words = Words(sides.of)
    said = [words.statement(clause) for clause in clauses[:-1]]
    asked = ASKED.fullmatch(clauses[-1]) if clauses else None
    told = [equation for equation in said if equation is not None]
    if asked is None or len(told) != 2 or len(said) != 2:
        return None
    length, width = sides.letters["length"], sides.letters["width"]
    why = Text(
        "Let {0} be the length and {1} the width.",
        "设长为 {0}，宽为 {1}，由题意得",
        (length, width),
    )
    keep: tuple[t.Expr, ...] = (positive(length.name), positive(width.name))
    if not any(SIDE.search(clause) for clause in clauses[:-1]):
        keep = (*keep, t.Relation(t.Comparison.GE, length, width))  # else both ways round
    tale.says(why, *told, keep=keep)
    tale.text = ""
    names = re.split(r"和|与|、| and ", asked["zh"] or asked["en"])
    if names[0].lower().endswith("dimensions"):
        names = ["length", "width"]
    found = [sides.of(name) for name in names]
    return [value_of(value) for value in found if value is not None]


def _without_units(text: str) -> str | None:
    """The text without its units; ``None`` where they are not of one length."""
    units = {hit["unit"].lower().rstrip("s") for hit in MEASURE.finditer(text)}
    for hit in MEASURE.finditer(text):
        before = text[max(0, hit.start() - 12) : hit.start()].lower()
        squared = bool(hit["square"] or hit["raised"])
        if squared != bool(re.search(r"面积|area", before)):
            return None
    return MEASURE.sub("", text) if len(units) <= 1 else None
