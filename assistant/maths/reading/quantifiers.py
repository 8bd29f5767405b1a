"""``for all integers n``, 对任意正整数 n: of which numbers a claim is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.maths import topics
from assistant.maths.reading.number_sets import EN, KIND, KINDS, ZH, number_set
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.terms import (
    Call,
    Connective,
    Constant,
    ConstantName,
    Expr,
    Interval,
    Junction,
    Neg,
    Number,
    integer,
    symbols,
)
from assistant.maths.types import Request, Task

SIGN = r"(?:[<>]=?|[≤≥⩽⩾]|\\[lg](?:eq?(?:slant)?|t)(?![A-Za-z]))"
BOUND = rf"(?:\s*(?P<op>{SIGN})\s*(?P<end>-?\d{{1,9}})(?![\w.(])(?!\s*[-+*/^!]))?"
LETTER = r"(?:\$|\\\()?\s*(?P<v{0}>[a-zA-Z])(?![a-zA-Z(\^_'])"
CLOSED = r"\s*(?:\$|\\\))?"
SET = (
    r"\s*(?:∈|\\in(?![a-z])|in(?![a-z]))\s*"
    r"(?-i:\\mathbb\s*\{?\s*(?P<set>[NZ])\s*\}?|(?P<set2>[NZℕℤ]))"
    r"(?P<plus>\s*[\^_]?\s*\{?\s*(?:\*|\+|⁺|\\ast)\s*\}?)?(?![A-Za-z\d])"
)
"""``∈ N*``, in LaTeX too."""
ONE = LETTER.format("") + rf"(?:{SET})?" + BOUND + CLOSED
MEMBER = LETTER.format("") + SET + CLOSED
ENGLISH = (
    r"(?<![A-Za-z])(?:for|given)\s+(?:all|any|every|each)\s+"
    rf"(?:(?P<en>{EN})\s+)?(?:values?\s+of\s+)?{ONE}"
)
CHINESE = (
    r"(?:(?:对|对于|当)(?:任意|一切|所有|任何|每一?个)|任意|任给)(?:的|一个)*\s*"
    rf"(?P<zh>{ZH})?\s*{ONE}"
)
SAYS = r"\s*[,，:：]\s*(?:we\s+have\s+|it\s+holds\s+)?(?:that\s+|then\s+)?(?=\S)"
ZH_SAYS = (
    r"\s*(?:时\s*)?(?:[,，:：]|(?=都|恒|总|均|有))\s*"
    r"(?:则|那么|都有|恒有|总有|均有|有)?\s*[:：]?\s*(?=\S)"
)
PATTERNS = (
    re.compile(ENGLISH + SAYS, re.IGNORECASE),
    re.compile(r"[\s,，]*" + ENGLISH + r"\s*$", re.IGNORECASE),
    re.compile(CHINESE + ZH_SAYS),
    re.compile(r"[\s,，]*" + CHINESE + r"\s*(?:都|均|恒)*(?:成立)?\s*$"),
)
CLAIMED = re.compile(
    r"prove|show|verify|divisible|multiple|divides|even|odd|证明|求证|整除|倍数|[奇偶]数",
    re.IGNORECASE,
)
"""Words of a claim: beside them the plain remarks below speak of all such numbers."""
REMARKS = (
    re.compile(
        rf"(?<![A-Za-z])(?:if|when|whenever|where)\s+{LETTER.format('')}{CLOSED}\s+is\s+"
        rf"(?:an?|any|some)\s+(?P<en>{EN})" + SAYS,
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:当|若|如果|设|已知)\s*{LETTER.format('')}{CLOSED}\s*[是为](?:任意|一个|所有)?(?:的)?"
        rf"(?P<zh>{ZH})" + ZH_SAYS
    ),
    re.compile(rf"(?:(?:当|若|设|已知)\s*|(?<![A-Za-z\d$∈])){MEMBER}" + ZH_SAYS),
    re.compile(rf"\s*[,，(（]\s*(?:其中)?\s*{MEMBER}\s*[)）]?$"),
)
"""Ahead of the claim, and behind it; first in English, then in Chinese."""

OTHER = re.compile(
    r"(?<![A-Za-z])(?:real|rational|complex)s?(?![A-Za-z])|实数|有理数|复数"
    r"|(?:∈|\\in|(?<![A-Za-z])in)\s*(?:[RQCℝℚℂ](?![A-Za-z])|\\mathbb\s*\{?\s*[RQC])",
    re.IGNORECASE,
)


def refuse_other_numbers(scan: Scan) -> None:
    """Raise ``ReadingError`` where a text that claims that numbers are divisible, which are whole
    then, speaks of other ones."""
    if OTHER.search(scan.source):
        raise scan.error(
            scan.whole(), "only whole numbers are divisible, even or odd", "整除与奇偶只对整数而言"
        )


@dataclass(frozen=True, slots=True)
class Quantifier:
    """The text without the words, the set that they name, its letter."""

    rest: Span
    domain: Expr
    letter: str
    natural: bool = False
    """Whether the sign ℕ was written, which some begin with 1."""


SOLVED = re.compile(
    r"(?<![A-Za-z])(?:solve|find|determine|roots?|solutions?|wh(?:at|ich))(?![A-Za-z])"
    r"|[解求何哪]|多少",
    re.IGNORECASE,
)
"""Words that ask for the numbers for which something holds."""


def as_claim(scan: Scan, request: Request, letters: tuple[str, ...]) -> Request:
    """A statement that is said to hold for all values of its letters: whether it does is asked,
    not for which it does."""
    if request.task is Task.PROVE:
        return replace(request, words=(*request.words, topics.ALL_VALUES))
    if request.task is not Task.SOLVE or SOLVED.search(scan.source):
        return request
    used = {n for o in request.operands for n in symbols(o)}
    if not used <= {*letters}:
        raise scan.error(scan.whole(), "is this to be shown, or solved?", "不清楚是要证明还是求解")
    whole = request.operands
    body = whole[0] if len(whole) == 1 else Junction(Connective.AND, whole)
    return replace(request, task=Task.PROVE, operands=(body,), words=(topics.ALL_VALUES,))


def quantified(span: Span) -> Quantifier | None:
    """Take the first such words off a text; words without a kind of numbers or a bound say no
    more than the claim itself, and are none here."""
    remarks = REMARKS if CLAIMED.search(span.text) else ()
    for pattern in (*PATTERNS, *remarks):
        hit = pattern.search(span.text)
        if hit is None:
            continue
        domain = _set(hit)
        if domain is None:
            continue
        if rest := without(span, hit):
            said = hit.groupdict()
            sign = said.get("set") or said.get("set2")
            natural = sign in ("N", "ℕ") and not said.get("plus")
            return Quantifier(rest, domain, hit["v"], natural)
    return None


def without(span: Span, hit: re.Match[str]) -> Span:
    """The text with the words blanked out."""
    start, end = span.start + hit.start(), span.start + hit.end()
    source = span.source[:start] + " " * (end - start) + span.source[end:]
    return Span(source, span.start, span.end).strip(",，")


def _named(said: dict[str, str | None]) -> Expr | None:
    """The set that the words or the sign of a match name."""
    if letter := said.get("set") or said.get("set2"):
        whole = Constant(ConstantName.INTEGERS)
        if said["plus"]:
            return number_set("positive", "integer")
        return whole if letter in "Zℤ" else number_set("", "natural")
    kind = said.get("en") or said.get("zh")
    if not kind:
        return None
    found = KIND.match(kind.strip())
    assert found is not None
    word = found["kind"].lower()
    word = word if word in KINDS else word.removesuffix("s")
    return number_set(found["sign"] or "", word if word in KINDS else "real")


def _set(hit: re.Match[str]) -> Expr | None:
    """The set of the kind that lies beyond the bound; ``None`` if nothing is said, or the two do
    not go together."""
    said = hit.groupdict()
    named, op = _named(said), said.get("op")
    if not op:
        return named
    tail = beyond(op, int(hit["end"]))
    whole = Constant(ConstantName.INTEGERS)
    match named:
        case None | Constant(ConstantName.REALS):
            return tail
        case Constant(ConstantName.INTEGERS):
            return Call("intersection", (tail, whole))
        case Call("intersection", (Interval(low=Number(value)), _)) if (
            isinstance(tail.low, Number) and tail.low.value >= value
        ):
            return Call("intersection", (tail, whole))
    return None


def beyond(op: str, end: int) -> Interval:
    """``>= 2`` as an interval."""
    strict = op in ("<", ">", r"\lt", r"\gt")
    value: Expr = Number(Fraction(end)) if end >= 0 else integer(end)
    infinity = Constant(ConstantName.INFINITY)
    if op[0] in ">≥⩾" or op.startswith(r"\g"):
        return Interval(value, infinity, low_open=strict, high_open=True)
    return Interval(Neg(infinity), value, low_open=True, high_open=strict)
