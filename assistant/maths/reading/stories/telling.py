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
from string import ascii_lowercase, ascii_uppercase

from assistant.maths.reading import numerals
from assistant.maths.reading.patterns import Needs, compiled, has_all, late, needs
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
SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
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
    def needs(self) -> Needs:
        """What every text has in which the phrase is."""
        return needs(self.source)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when the first story is read that has what the phrase needs."""
        seen: Counter[str] = Counter()

        def numbered(name: re.Match[str]) -> str:
            seen[name[1]] += 1
            return f"(?P<{name[1]}_{seen[name[1]]}>"

        return compiled(f"(?:{GROUP.sub(numbered, self.source)}){WHOLE}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a story, with the quantities and names in it."""

    says: str
    match: re.Match[str]
    story: str
    """What the match is in, as it was told."""

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.story[slice(*self.match.span())]

    def every(self, name: str) -> list[str]:
        """All that stands under a name, in the order of the text."""
        groups = (g for g in self.match.groupdict() if g.rpartition("_")[0] == name)
        found = [(start, end) for start, end in map(self.match.span, groups) if end > start]
        return [self.story[start:end] for start, end in sorted(found)]

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
    stop: str = ""
    """Words that no name begins with.  A pattern would need all of them for each of its names;
    instead, in the text that is matched, they alone begin with a capital."""

    @cached_property
    def chinese(self) -> tuple[Phrase, ...]:
        """For stories with Chinese words."""
        return tuple(Phrase(*pair) for pair in self.zh)

    def marked(self, text: str) -> str:
        """The text with capitals where the words that stop a name begin, and only there."""
        if not self.stop:
            return text
        begins = late(rf"(?=(?:{self.stop})\b)[a-z]", re.IGNORECASE)
        return begins.compiled.sub(lambda letter: letter[0].upper(), text.translate(SMALL))

    @cached_property
    def english(self) -> tuple[Phrase, ...]:
        """For the others."""
        return tuple(Phrase(*pair) for pair in self.en)


def told(tale: Tale, tongues: Tongues, *, last: bool = True) -> list[Hit] | None:
    """The story as phrases, each the longest that fits, of which one asks for something: the
    ``last``, unless a question may also be told on; ``None`` where a word fits into none."""
    found = laid_out(tale.text, tongues)
    asks = [hit.says.startswith("ask") for hit in found or ()]
    return found if any(asks[-1:] if last else asks) else None


def laid_out(text: str, tongues: Tongues) -> list[Hit] | None:
    """A text of a tale as a row of its kind's phrases; ``None`` where a word fits into none."""
    found, end = _row(text, tongues)
    return found if end == len(text) else None


def reach(text: str, tongues: Tongues) -> int:
    """How far a text is a row of a kind's phrases: its length, or where a word fits into none."""
    return _row(text, tongues)[1]


def _row(text: str, tongues: Tongues) -> tuple[list[Hit], int]:
    if not re.search(tongues.about, text, re.IGNORECASE):
        return [], 0
    known = tongues.chinese if HAN.search(text) else tongues.english
    small = text.casefold()
    patterns = [(p.says, p.pattern) for p in known if has_all(small, p.needs)]
    return _phrases(text, patterns, tongues.marked(text))


def _phrases(
    story: str, known: list[tuple[str, re.Pattern[str]]], text: str
) -> tuple[list[Hit], int]:
    """A story as a row of phrases, each the longest that fits, ``text`` being what they are matched
    with, and where it ends."""
    found: list[Hit] = []
    at = 0
    while True:
        gap = BETWEEN.match(text, at)
        at = gap.end() if gap else at
        if at >= len(text):
            return found, len(text)
        hits = [
            Hit(says, hit, story) for says, pattern in known if (hit := pattern.match(text, at))
        ]
        hits = [hit for hit in hits if hit.text]
        if not hits:
            return found, at
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
