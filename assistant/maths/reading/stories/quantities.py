"""The quantities of a story: each is told or has a letter; and the units they are told in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.telling import NUMBER, Hit, exact, literal
from assistant.maths.reading.stories.text import Tale, positive
from assistant.maths.types import Request, Text


@dataclass
class Quantities:
    """What is told of the quantities of a story, and the letters of the others."""

    tale: Tale
    called: dict[str, Text] = field(default_factory=dict)
    """What each quantity is, in words."""
    told: dict[str, t.Expr] = field(default_factory=dict)
    letters: dict[str, t.Symbol] = field(default_factory=dict)

    def tell(self, name: str, value: t.Expr | None) -> bool:
        """A quantity has a value; false where it has one already."""
        if value is None or name in self.told:
            return False
        self.told[name] = value
        return True

    def of(self, name: str, *usual: str) -> t.Expr:
        """The value of a quantity, or its letter."""
        if name in self.told:
            return self.told[name]
        if name not in self.letters:
            self.letters[name] = t.Symbol(self.tale.letter(*usual))
        return self.letters[name]

    def requests(
        self,
        why: Text,
        equations: Iterable[t.Expr],
        wanted: Iterable[str],
        keep: tuple[t.Expr, ...] = (),
    ) -> list[Request] | None:
        """What is asked, after the equations of the story; ``None`` where it is told outright, or
        where the equations say nothing of it."""
        said, names = tuple(equations), tuple(wanted)
        free = {name for one in said for name in t.symbols(one)}
        asked = [self.letters[name] for name in names if name in self.letters]
        if not names or len(asked) < len(names) or not {x.name for x in asked} <= free:
            return None
        if len(set(names)) < len(names) or len(said) < len(free):
            return None
        signs = tuple(positive(x.name) for x in self.letters.values() if x.name in free)
        self.tale.says(self._named(why, free), *said, keep=(*signs, *keep))
        self.tale.text = ""
        return [value_of(x) for x in asked]

    def _named(self, why: Text, free: set[str]) -> Text:
        """The reason, after the letters that are in the equations and have a name in words."""
        named = [
            (self.called[name], x)
            for name, x in self.letters.items()
            if x.name in free and name in self.called
        ]
        if not named:
            return why
        en = ", ".join(f"{{{n}}} {text.en}" for n, (text, _) in enumerate(named))
        zh = "，".join(f"{text.zh}为 {{{n}}}" for n, (text, _) in enumerate(named))
        letters = tuple(x for _, x in named)
        return Text(f"Unknown: {en}. {why.en}", f"设{zh}。{why.zh}", letters)


MILE = Fraction("1609.344")
SIZES = {
    **dict.fromkeys(("千米", "公里", "km", "kilometer", "kilometre"), ("km", Fraction(1000))),
    **dict.fromkeys(("米", "m", "meter", "metre"), ("m", Fraction(1))),
    **dict.fromkeys(("mile", "mi"), ("mile", MILE)),
    **dict.fromkeys(("feet", "foot", "ft"), ("ft", MILE / 5280)),
    **dict.fromkeys(("小时", "时", "hour", "hr", "h"), ("h", Fraction(3600))),
    **dict.fromkeys(("分钟", "分", "minute", "min"), ("min", Fraction(60))),
    **dict.fromkeys(("秒", "秒钟", "second", "sec", "s"), ("s", Fraction(1))),
}
"""Units by their names: one name for each, and how many metres or seconds it is."""
SHORT = {"mph": ("mile", "h"), "kph": ("km", "h"), "kmh": ("km", "h")}
SHOWN = {
    "km": Text("kilometres", "千米"), "m": Text("metres", "米"), "mile": Text("miles", "英里"),
    "ft": Text("feet", "英尺"), "h": Text("hours", "小时"), "min": Text("minutes", "分钟"),
    "s": Text("seconds", "秒"),
}  # fmt: skip


NUMBER_LENGTH = rf"(?P<d>{NUMBER})\s*-?(?P<l>千米|公里|米|kilomet(?:er|re)s?|km|miles?|met(?:er|re)s?|mi|m|feet|foot|ft)(?![A-Za-z])"
NUMBER_TIME = rf"(?P<k>{NUMBER})\s*(?P<p>个?小时|时|分钟|分|秒钟|秒|hours?|hrs?|h|minutes?|min|seconds?|sec|s)(?![A-Za-z])"
LENGTH_OF_SPEED = r"(?P<vl>千米|公里|米|kilomet(?:er|re)s?|km|miles?|met(?:er|re)s?|m|feet|ft)"
TIME_OF_SPEED = (
    r"(?P<vp>小时|时|分钟|分|秒钟|秒|hours?|hr|h|minutes?|min|seconds?|sec|s)(?![A-Za-z])"
)
SPEED = (
    rf"(?:每{TIME_OF_SPEED}(?:行驶|航行|行|走|飞行|飞)?\s*(?P<v>{NUMBER})\s*{LENGTH_OF_SPEED}"
    rf"|(?P<v>{NUMBER})\s*(?:{LENGTH_OF_SPEED}\s*(?:/|每|per|an|a)\s*{TIME_OF_SPEED}|(?P<short>mph|kph|kmh)\b))"
)
"""A length, a time and a speed, each with its units."""


def _unit(name: str) -> str:
    name = name.lower().strip().removeprefix("个")
    return name if name in SIZES else name.rstrip("s")


def _units(hit: Hit, *groups: str) -> list[str]:
    """The units that stand in some places of a phrase, each by its one name."""
    short = [SHORT[n.lower()][groups[0] != "vl"] for n in hit.every("short")]
    written = [SIZES[_unit(n)][0] for group in groups for n in hit.every(group)]
    return written + (short if groups[0].startswith("v") else [])


@dataclass(frozen=True)
class Scale:
    """The unit of length and the unit of time in which a story is reckoned."""

    length: str
    period: str

    @staticmethod
    def of(found: list[Hit]) -> Scale | None:
        """The units that are asked for; else those of the lengths and times themselves."""
        length, period = _chosen(found, "l", "vl"), _chosen(found, "p", "vp")
        if not length or not period:
            return None
        told = {
            unit: [u for hit in found for u in (*_units(hit, unit), *_asked(hit, f"v{unit}"))]
            for unit in "lp"
        }
        rates = {unit: [u for hit in found for u in _units(hit, f"v{unit}")] for unit in "lp"}
        # a speed in km/h beside seconds or metres: then all is reckoned in these
        if not told["l"] and any(u != period for u in rates["p"]):
            return Scale("m", period) if length == "km" else None
        if not told["p"] and any(u != length for u in rates["l"]):
            return Scale(length, "s") if length == "m" else None
        return Scale(length, period)

    def lengths(self, hit: Hit) -> list[t.Expr]:
        """The lengths in a phrase."""
        return self._scaled(hit.every("d"), _units(hit, "l"), self.length)

    def times(self, hit: Hit) -> list[t.Expr]:
        """The times in a phrase."""
        return self._scaled(hit.every("k"), _units(hit, "p"), self.period)

    def time(self, hit: Hit) -> t.Expr | None:
        """The one time in a phrase, perhaps told in hours and minutes."""
        times = self.times(hit)
        values = [v for v in map(exact, times) if v is not None]
        if not times or len(values) < len(times):
            return None
        return times[0] if len(times) == 1 else t.rational(sum(values, Fraction(0)))

    def speed(self, hit: Hit) -> t.Expr | None:
        """The speed in a phrase."""
        values, lengths, periods = hit.every("v"), _units(hit, "vl"), _units(hit, "vp")
        if not len(values) == len(lengths) == len(periods) == 1:
            return None
        factor = _size(lengths[0]) / _size(self.length) * _size(self.period) / _size(periods[0])
        return _multiple(values[0], factor)

    @staticmethod
    def _scaled(said: list[str], units: list[str], target: str) -> list[t.Expr]:
        pairs = zip(said, units, strict=True)
        found = [_multiple(one, _size(unit) / _size(target)) for one, unit in pairs]
        return [value for value in found if value is not None]

    def shown(self) -> tuple[Text, Text]:
        """The two units in words."""
        return SHOWN[self.length], SHOWN[self.period]


def _asked(hit: Hit, *groups: str) -> list[str]:
    return _units(hit, *groups) if hit.says.startswith("ask") else []


def _chosen(found: list[Hit], pure: str, rate: str) -> str:
    """The unit of length, or of time: asked for, told by itself, or in a speed; empty where
    several are."""
    asked = [u for hit in found for u in (*_asked(hit, pure), *_asked(hit, rate))]
    told = [u for hit in found for u in _units(hit, pure)]
    best = asked or told or [u for hit in found for u in _units(hit, rate)]
    if not best or len(set(asked)) > 1 or (not told and len(set(best)) > 1):
        return ""
    return best[0]


def product(one: t.Expr, other: t.Expr) -> t.Expr:
    """A product with its number in front."""
    return t.Mul((other, one) if exact(one) is None and exact(other) is not None else (one, other))


def _size(unit: str) -> Fraction:
    return SIZES[unit][1]


def _multiple(said: str, factor: Fraction) -> t.Expr | None:
    number = literal(said)
    value = None if number is None else exact(number)
    return number if value is None or factor == 1 else t.rational(value * factor)
