"""One number beside another by percentages, and a number cut in a ratio."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.telling import DIGITS, amount, ends, literal
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Task

A, B = rf"(?P<a>{DIGITS})", rf"(?P<b>{DIGITS})"
UNIT = r"(?:元|人|千克|克|吨|米|千米|厘米|个|本|只|页|棵|名|公顷)"
ASK = r"(?:求|问|what is |find |calculate )?"
MORE = late(
    rf"{A}(?P<u>{UNIT})?比{B}(?P<v>{UNIT})?(?P<way>多|大|高|增加|少|小|低|减少)了?(?:百分之(?:几|多少)|多少%)[?.]?"
    rf"|{A.replace('<a>', '<a2>')} is (?:what|how many) percent (?P<way2>more|greater|larger|higher|less|smaller|lower) than {B.replace('<b>', '<b2>')}[?.]?"
    rf"|(?:(?:what is|find) )?(?:the )?percent(?:age)? (?P<way3>increase|decrease) from {A.replace('<a>', '<b3>')} to {B.replace('<b>', '<a3>')}[?.]?",
    re.IGNORECASE,
)
RISES = frozenset("多 大 高 增加 more greater larger higher increase".split())
OFF = late(
    rf"{ASK}(?P<p>{DIGITS})(?:%| percent) off(?: of)?(?: a price of)? {B}(?: dollars| euros| pounds)?[?.]?"
    rf"|(?P<way>increase|decrease|raise|reduce) {B.replace('<b>', '<b2>')} by (?P<p2>{DIGITS})(?:%| percent)[?.]?"
    rf"|把?{B.replace('<b>', '<b3>')}{UNIT}?(?P<way3>增加|提高|减少|降低)(?P<p3>{DIGITS})%(?:后)?(?:是|为|得)(?:多少|几){UNIT}?[?.]?",
    re.IGNORECASE,
)
PARTS = rf"(?P<parts>{DIGITS}(?:\s?:\s?{DIGITS}){{1,3}})"
CUT = late(
    rf"(?:将|把)?(?P<n>{DIGITS}){UNIT}?按照?{PARTS}(?:的比例?)?(?:分|分配|分成|分为)(?:成?(?P<many>两|二|三|四)份)?,?(?:每份|各)?(?:分别)?(?:各)?(?:是|为|得)?(?:多少|几){UNIT}?[?.]?"
    rf"|(?:divide|split|share) (?P<n2>{DIGITS})(?: dollars)? (?:in|into) (?:the|a) ratio(?: of)? {PARTS.replace('<parts>', '<parts2>')}[?.]?",
    re.IGNORECASE,
)
MANY = {"两": 2, "二": 2, "三": 3, "四": 4}


def _one(hit: re.Match[str], name: str) -> str:
    return next((v for n, v in hit.groupdict().items() if v and n.rstrip("23") == name), "")


def read_percents(tale: Tale) -> list[Request] | None:
    """``80 is what percent more than 64?``, ``20% off $50``, 把60按2:3分成两份."""
    text = " ".join(tale.text.split())
    for pattern, read in ((MORE, _more), (OFF, _off), (CUT, _cut)):
        if (hit := pattern.fullmatch(text)) is not None and (found := read(hit)):
            tale.text = ""
            return found
    return None


def _more(hit: re.Match[str]) -> list[Request] | None:
    a, b = _one(hit, "a"), _one(hit, "b")
    one, other = amount(a), amount(b)
    rises = _one(hit, "way").lower() in RISES
    if one is None or not other or (one > other) != rises or hit["u"] != hit["v"]:
        return None
    left, right = literal(a), literal(b)
    if left is None or right is None:
        return None
    share = t.Div(t.sub(left, right) if rises else t.sub(right, left), right)
    if not ends(abs(one - other) / other):
        return [value_of(share)]
    return [Request(task=Task.NUMBER, topic=topics.TO_PERCENT, operands=(share,))]


def _off(hit: re.Match[str]) -> list[Request] | None:
    share, base = literal(_one(hit, "p")), literal(_one(hit, "b"))
    rises = _one(hit, "way").lower() in ("increase", "raise", "增加", "提高")
    if (
        share is None
        or base is None
        or (not rises and (amount(_one(hit, "p")) or Fraction(0)) > 100)
    ):
        return None
    part, one = t.Call("percent", (share,)), t.integer(1)
    return [value_of(t.Mul((base, t.Add((one, part)) if rises else t.sub(one, part))))]


def _cut(hit: re.Match[str]) -> list[Request] | None:
    whole = literal(_one(hit, "n"))
    parts = [literal(p.strip()) for p in _one(hit, "parts").split(":")]
    sizes = [p for p in parts if p is not None]
    if (
        whole is None
        or len(sizes) != len(parts)
        or len(sizes) != MANY.get(hit["many"] or "", len(sizes))
    ):
        return None
    return [value_of(t.Mul((whole, t.Div(size, t.Add(tuple(sizes)))))) for size in sizes]
