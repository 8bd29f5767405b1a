"""Facts about whole numbers in words: ``2, 3 and 5 are prime``, 12 的因数有 1, 2, 3.

Only a sentence that is understood as a whole is one; several may be joined by *and* or *but*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from assistant.maths.reading.claims.tokens import plain_signs

MOST_DIGITS = 18
MOST_NUMBERS = 40
MOST_WAYS = 4


class Kind(Enum):
    """What is said of numbers."""

    PRIME = auto()
    COMPOSITE = auto()
    EVEN = auto()
    ODD = auto()
    SQUARE = auto()
    CUBE = auto()
    DIVISIBLE = auto()
    """By each of the others."""
    FACTOR = auto()
    """Of each of the others."""
    COPRIME = auto()
    ALL_FACTORS = auto()
    """They are all factors of the one other number; its prime factors, its multiples …"""
    SOME_FACTORS = auto()
    PRIME_FACTORS = auto()
    PRIMES_BELOW = auto()
    """All primes below the other number."""
    PRIMES_UP_TO = auto()
    GCD = auto()
    """The one number is that of the others."""
    LCM = auto()


@dataclass(frozen=True, slots=True)
class Fact:
    """``numbers`` have a property, with regard to ``others``; or they have it ``not``."""

    kind: Kind
    numbers: tuple[int, ...]
    others: tuple[int, ...] = ()
    denied: bool = False


_N = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+"
_LIST = rf"(?:{_N})(?:(?:\s*[,、]\s*(?:and\s+|和)?|\s+and\s+|\s*[和与及]\s*)(?:{_N}))*"
_NUMBERS = rf"(?:(?:both|all|the|of|numbers?|integers?|两个|数|这|个)\s*)*(?P<n>{_LIST})"
_OTHERS = rf"(?:both\s+)?(?P<o>{_LIST})"
_ARE = r"(?:is|are)\s+(?P<no>not\s+)?(?:both\s+|all\s+|each\s+|also\s+|indeed\s+)*(?:an?\s+)?"
_ZH_ARE = r"\s*(?:都|均|也|全)?(?P<no>不)?(?:都|均)?[是为]\s*"
_WHICH = r"(?:numbers?|integers?)?"
_PROPERTIES = {
    Kind.PRIME: rf"primes?\s*{_WHICH}",
    Kind.COMPOSITE: rf"composites?\s*{_WHICH}",
    Kind.EVEN: rf"even\s*{_WHICH}",
    Kind.ODD: rf"odd\s*{_WHICH}",
    Kind.SQUARE: r"perfect\s+squares?|square\s+numbers?",
    Kind.CUBE: r"perfect\s+cubes?",
    Kind.COPRIME: r"(?:co-?prime|relatively\s+prime)(?:\s+to\s+each\s+other)?",
    Kind.DIVISIBLE: rf"(?:divisible\s+by|multiples?\s+of)\s+{_OTHERS}",
    Kind.FACTOR: rf"(?:factors?|divisors?)\s+of\s+{_OTHERS}",
}
_ZH_PROPERTIES = {
    Kind.PRIME: "[质素]数",
    Kind.COMPOSITE: "合数",
    Kind.EVEN: "偶数",
    Kind.ODD: "奇数",
    Kind.SQUARE: "(?:完全)?平方数",
    Kind.CUBE: "(?:完全)?立方数",
    Kind.COPRIME: "互[质素]的?(?:数)?",
    Kind.DIVISIBLE: rf"{_OTHERS}\s*的倍数",
    Kind.FACTOR: rf"{_OTHERS}\s*的[因约]数",
}
_FACTORS = r"(?:positive\s+|all\s+)*(?:factors|divisors)"
_MORE = (
    (Kind.DIVISIBLE, rf"{_NUMBERS}\s*(?:都|均|也)?(?P<no>不)?能被\s*{_OTHERS}\s*整除"),
    (Kind.FACTOR, rf"{_NUMBERS}\s*(?:都|均|也)?(?P<no>不)?能?整除\s*{_OTHERS}"),
    (Kind.FACTOR, rf"{_NUMBERS}\s+(?:divides?|(?P<no>(?:does|do)\s+not\s+divide))\s+{_OTHERS}"),
    (Kind.COPRIME, rf"{_NUMBERS}\s*(?P<no>不)?互[质素]"),
    (
        Kind.ALL_FACTORS,
        rf"(?:all\s+)?(?:the\s+)?{_FACTORS}\s+of\s+(?P<o>{_N})\s+are\s*:?\s*{_NUMBERS}",
    ),
    (Kind.ALL_FACTORS, rf"(?P<o>{_N})\s*的(?:所有|全部)?[因约]数(?:是|有|为)\s*:?\s*{_NUMBERS}"),
    (
        Kind.SOME_FACTORS,
        rf"some\s+(?:of\s+the\s+)?{_FACTORS}\s+of\s+(?P<o>{_N})\s+are\s+{_NUMBERS}",
    ),
    (Kind.SOME_FACTORS, rf"(?:the\s+)?{_FACTORS}\s+of\s+(?P<o>{_N})\s+include\s+{_NUMBERS}"),
    (Kind.PRIME_FACTORS, rf"(?:the\s+)?prime\s+factors\s+of\s+(?P<o>{_N})\s+are\s*:?\s*{_NUMBERS}"),
    (Kind.PRIME_FACTORS, rf"(?P<o>{_N})\s*的质因数(?:是|有|为)\s*:?\s*{_NUMBERS}"),
    (
        Kind.PRIMES_BELOW,
        rf"(?:all\s+)?(?:the\s+)?prime(?:s|\s+numbers)\s+(?:less\s+than|below|under|smaller\s+than)"
        rf"\s+(?P<o>{_N})\s+are\s*:?\s*{_NUMBERS}",
    ),
    (
        Kind.PRIMES_UP_TO,
        rf"(?:all\s+)?(?:the\s+)?prime(?:s|\s+numbers)\s+(?:up\s+to|not\s+(?:greater|more)\s+than)"
        rf"\s+(?P<o>{_N})\s+are\s*:?\s*{_NUMBERS}",
    ),
    (Kind.PRIMES_BELOW, rf"小于\s*(?P<o>{_N})\s*的(?:所有)?[质素]数(?:是|有|为)\s*:?\s*{_NUMBERS}"),
    (
        Kind.GCD,
        rf"(?:the\s+)?(?:gcd|hcf|gcf|greatest\s+common\s+(?:divisor|factor)|highest\s+common\s+factor)"
        rf"\s+of\s+{_OTHERS}\s+is\s+(?P<n>{_N})",
    ),
    (Kind.GCD, rf"{_OTHERS}\s*的最大公[因约]数[是为]\s*(?P<n>{_N})"),
    (
        Kind.LCM,
        rf"(?:the\s+)?(?:lcm|least\s+common\s+multiple)\s+of\s+{_OTHERS}\s+is\s+(?P<n>{_N})",
    ),
    (Kind.LCM, rf"{_OTHERS}\s*的最小公倍数[是为]\s*(?P<n>{_N})"),
)
_PATTERNS = tuple(
    (kind, re.compile(source, re.IGNORECASE))
    for kind, source in (
        *((kind, rf"{_NUMBERS}\s+{_ARE}(?:{said})") for kind, said in _PROPERTIES.items()),
        *((kind, rf"{_NUMBERS}{_ZH_ARE}(?:{said})") for kind, said in _ZH_PROPERTIES.items()),
        *_MORE,
    )
)
_JOINED = re.compile(
    r"\s*[;；]\s*|\s*,?\s*(?<![A-Za-z])(?:and|but|while|whereas)(?![A-Za-z])\s*|\s*[,，]\s*(?:而|且|但)?\s*"
)
_LEADS = re.compile(
    r"(?:(?:so|therefore|thus|hence|then|now|and|but|note\s+that|we\s+(?:know|see|have)\s+that|clearly|indeed)"
    r"(?![A-Za-z])|所以|因此|故|又|显然|可知)[\s,:，：]*",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"prime|composite|even|odd|square|cube|divi|multipl|factor|gcd|hcf|gcf|lcm|common|[数质素]|整除",
    re.IGNORECASE,
)
_VERB = re.compile(r"(?<![A-Za-z])(?:is|are|divides?|do(?:es)?)(?![A-Za-z])", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
_DOLLARS = re.compile(r"\$\s*(\d+)\s*\$|\\\(\s*(\d+)\s*\\\)")


def facts(text: str) -> tuple[Fact, ...]:
    """The facts that a line states; none where any part of it is something else."""
    plain = _DOLLARS.sub(lambda m: m[1] or m[2], text)
    plain = plain_signs(plain).strip().rstrip(".").strip()
    if len(plain) > 300 or not re.search(r"\d", plain) or not _ABOUT.search(plain):
        return ()
    while lead := _LEADS.match(plain):
        plain = plain[lead.end() :]
    return _parted(plain)


def _parted(text: str) -> tuple[Fact, ...]:
    """One fact, or several with a sign or a word between them; none where they may be parted in
    more than one way: 7整除21，28，3是质数."""
    ways = _ways(text)
    if len(ways) > 1:
        ways = [way for way in ways if all(map(_agrees, way))]
    return tuple(fact for part in ways[0] if (fact := _fact(part))) if len(ways) == 1 else ()


@lru_cache(maxsize=64)
def _ways(text: str) -> list[tuple[str, ...]]:
    """Some ways to part a text into facts."""
    if _fact(text) is not None:
        return [(text,)]
    found: list[tuple[str, ...]] = []
    for cut in _JOINED.finditer(text):
        first = text[: cut.start()]
        if len(found) < MOST_WAYS and _fact(first) is not None:
            found += [(first, *rest) for rest in _ways(text[cut.end() :])]
    return found[:MOST_WAYS]


def _agrees(text: str) -> bool:
    """Whether the verb is that of one number or of several, as it should; a Chinese one
    always is."""
    fact, verb = _fact(text), _VERB.search(text)
    several = fact is not None and len(fact.numbers) > 1
    return verb is None or (verb[0].lower() in ("are", "divide", "do")) == several


def _fact(text: str) -> Fact | None:
    for kind, pattern in _PATTERNS:
        if (hit := pattern.fullmatch(text.strip())) is None:
            continue
        said = hit.groupdict()
        numbers, others = _listed(said.get("n")), _listed(said.get("o"))
        several = re.search(r"(?<![A-Za-z])are(?![A-Za-z])|[\u4e00-\u9fff]", text)
        if numbers is None or others is None or (several and _THOUSANDS.search(text)):
            return None  # "2,345 are odd" may be two numbers
        return Fact(kind, numbers, others, denied=bool(said.get("no")))
    return None


def _listed(text: str | None) -> tuple[int, ...] | None:
    """The numbers of a list; ``None`` for too many or too large ones."""
    found = [n.replace(",", "") for n in re.findall(_N, text or "")]
    if len(found) > MOST_NUMBERS or any(len(n) > MOST_DIGITS for n in found):
        return None
    return tuple(map(int, found))
