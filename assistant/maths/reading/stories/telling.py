"""A story as a row of known phrases: each of its words belongs to one of them.

Where one word is left over, the story was not understood.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import prod

from assistant.maths.reading import numerals
from assistant.maths.reading.scan import HAN
from assistant.maths.reading.stories.text import Tale
from assistant.maths.terms import Add, Call, Div, Expr, Mul, Neg, Number, Pow, rational

EN_SMALL = "one two three four five six seven eight nine".split()
EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
EN_WORDS = (
    rf"(?:(?:{'|'.join(EN_TENS)})(?:-(?:{'|'.join(EN_SMALL)}))?|eighteen|sixteen|nineteen|seventeen|fourteen"
    rf"|fifteen|thirteen|eleven|twelve|ten|{'|'.join(EN_SMALL)})"
)
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)"
ZH_DIGITS = "零一二两三四五六七八九十百千万"
NUMBER = rf"(?:{DIGITS}(?:\s*/\s*\d+)?|[{ZH_DIGITS}]+(?:分之[{ZH_DIGITS}]+)?|\b{EN_WORDS}\b)"
"""``35``, ``1,250``, ``3.5``, ``1/3``, ``三十五``, ``三分之一``, ``twenty-four``."""
COUNT = rf"(?:\d+|[{ZH_DIGITS}]+|\b{EN_WORDS}\b)"
"""A number of things."""
GROUP = re.compile(r"\(\?P<(\w+)>")
BETWEEN = re.compile(
    r"(?:[\s,.;:?!、]|\b(?:and|but|so|if|now|suppose|also)\b|那么|则|问|请问|求|已知|如果|若|结果|并且?|而|且)*",
    re.IGNORECASE,
)
"""Marks and words between phrases, on which no quantity depends."""
WHOLE = (
    r"(?!(?<=[A-Za-z])[A-Za-z])(?!(?<=\d)(?:[.,]?\d|\s*%|\s*/\s*\d|-[a-z]))"
    rf"(?!(?<=[{ZH_DIGITS}])(?:分之|半|[{ZH_DIGITS}]))"
)
"""Behind a phrase: its last word or number does not go on."""


@dataclass(frozen=True)
class Phrase:
    """What a phrase says, and its pattern, in which a name may stand for several groups."""

    says: str
    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when the first story of its language is read."""
        seen: Counter[str] = Counter()

        def numbered(name: re.Match[str]) -> str:
            seen[name[1]] += 1
            return f"(?P<{name[1]}_{seen[name[1]]}>"

        return re.compile(f"(?:{GROUP.sub(numbered, self.source)}){WHOLE}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a story, with the quantities and names in it."""

    says: str
    match: re.Match[str]

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.match[0]

    def every(self, name: str) -> list[str]:
        """All that stands under a name, in the order of the text."""
        found = [
            (self.match.start(group), text)
            for group, text in self.match.groupdict().items()
            if text and group.rpartition("_")[0] == name
        ]
        return [text for _, text in sorted(found)]

    def one(self, name: str) -> str:
        """The first that stands under a name; empty where nothing does."""
        return next(iter(self.every(name)), "")


@dataclass(frozen=True)
class Tongues:
    """The phrases of a kind of story in both languages, as pairs of what one says and its pattern."""

    about: str
    """What every such story has in it: spares the work for the others."""
    zh: tuple[tuple[str, str], ...]
    en: tuple[tuple[str, str], ...] = ()

    @cached_property
    def chinese(self) -> tuple[Phrase, ...]:
        """For stories with Chinese words."""
        return tuple(Phrase(*pair) for pair in self.zh)

    @cached_property
    def english(self) -> tuple[Phrase, ...]:
        """For the others."""
        return tuple(Phrase(*pair) for pair in self.en)


def told(tale: Tale, tongues: Tongues, *, last: bool = True) -> list[Hit] | None:
    """The story as phrases, each the longest that fits, of which one asks for something: the
    ``last``, unless a question may also be told on; ``None`` where a word fits into none."""
    found = laid_out(tale.text, tongues, tale)
    asks = [hit.says.startswith("ask") for hit in found or ()]
    return found if any(asks[-1:] if last else asks) else None


def laid_out(text: str, tongues: Tongues, tale: Tale) -> list[Hit] | None:
    """A text of a tale as a row of its kind's phrases; ``None`` where a word fits into none."""
    if not re.search(tongues.about, text, re.IGNORECASE):
        return None
    with tale.scan.loading():  # compiled once, which is no work on this text
        known = tongues.chinese if HAN.search(text) else tongues.english
        patterns = [(phrase.says, phrase.pattern) for phrase in known]
    return phrases(text, patterns)


def phrases(text: str, known: list[tuple[str, re.Pattern[str]]]) -> list[Hit] | None:
    """A text as a row of phrases, each the longest that fits; ``None`` where a word fits into none."""
    found: list[Hit] = []
    at = 0
    while True:
        gap = BETWEEN.match(text, at)
        at = gap.end() if gap else at
        if at >= len(text):
            return found
        hits = [Hit(says, hit) for says, pattern in known if (hit := pattern.match(text, at))]
        hits = [hit for hit in hits if hit.text]
        if not hits:
            return None
        found.append(max(hits, key=lambda hit: hit.match.end()))
        at = found[-1].match.end()


PRONOUNS = frozenset(("he", "she", "it", "they", "他", "她", "它"))


def of_one(found: list[Hit], general: frozenset[str] = frozenset()) -> bool:
    """Whether all phrases may tell of the same ``actor``: none comes in as another by an
    ``article``, and no two names tell it from another; ``general`` ones may mean any."""
    comes_in = [a for hit in found if not hit.says.startswith("ask") for a in hit.every("article")]
    names = {name.lower() for hit in found for name in hit.every("actor")} - general - PRONOUNS
    longest = max(names, key=len, default="")
    return len(comes_in) <= 1 and all(longest.endswith(name) for name in names)


def amount(text: str) -> Fraction | None:
    """The value of a ``NUMBER``."""
    text = text.strip()
    if re.fullmatch(DIGITS, text):
        return Fraction(text.replace(",", ""))
    if found := re.fullmatch(r"(\d+)\s*/\s*(\d+)", text):
        return Fraction(int(found[1]), int(found[2])) if int(found[2]) else None
    if text.isascii():
        value = numerals.cardinal(text)
        return None if value is None else Fraction(value)
    return numerals.chinese(text)


def literal(text: str) -> Expr | None:
    """A ``NUMBER`` as it is written."""
    value = amount(text)
    if value is None:
        return None
    places = len(text.partition(".")[2]) if re.fullmatch(DIGITS, text.strip()) else 0
    return Number(value, places) if places else rational(value)


def exact(value: Expr) -> Fraction | None:
    """The value of arithmetic without letters; ``None`` for anything else."""
    match value:
        case Number(number):
            return number
        case Neg(arg):
            inner = exact(arg)
            return None if inner is None else -inner
        case Call("percent", (arg,)):
            inner = exact(arg)
            return None if inner is None else inner / 100
        case Add(parts) | Mul(parts):
            values = [v for v in map(exact, parts) if v is not None]
            if len(values) != len(parts):
                return None
            return (
                sum(values, Fraction(0))
                if isinstance(value, Add)
                else prod(values, start=Fraction(1))
            )
        case Div(above, below):
            num, den = exact(above), exact(below)
            return None if num is None or not den else num / den
        case Pow(base, Number(power)) if power.denominator == 1:
            inner = exact(base)
            return None if inner is None or (not inner and power < 0) else inner ** int(power)
    return None


def ends(value: Fraction) -> bool:
    """Whether the decimal of a fraction ends."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1
