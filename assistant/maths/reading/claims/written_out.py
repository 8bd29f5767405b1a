"""What a line writes short, written out: ``[x^2]_1^3`` as the difference of two values, and
``1 + 2 + … + 100`` as its value.

Where it is not clear what is meant, the line stays as it stands.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from assistant.maths import terms as t
from assistant.maths.reading.formulas.formula import read_sure
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.plain import plain

MOST = 600
"""Characters of a line that is written out."""
MOST_TERMS, MOST_DOUBLINGS, MOST_ENDS = 10**6, 200, 6
FEWEST = 4
"""Numbers of a sum that show its law: ``1 + 2 + … + 100`` may be divisors of 100."""
_SIZE = r"\\(?:left|right|[Bb]igg?[lrm]?)(?![a-zA-Z])\s*"
_END = r"(?:\{([^{}]{1,40})\}|([-+]?\d+(?:\.\d+)?|\\?[a-zA-Zπ]+))"
_ENDS = re.compile(
    rf"(?P<sign>(?:{_SIZE})?(?:[\]|]|\\[lr]?vert(?![a-z])))\s*_\s*{_END}\s*\^\s*{_END}"
)
_BEFORE_BAR = re.compile(rf"{_SIZE}\.")
_RELATED = re.compile(
    r"[=<>≤≥≈≠,，;；:：$\u4e00-\u9fff&]|\\(?:approx|quad|Rightarrow|implies)(?![a-z])"
)
_BY = re.compile(r"(?<![A-Za-z\\])\\?,?\s*d([a-z])(?![A-Za-z])")
"""The letter of an integral: ``dx``."""
_NUMBER = r"\d+(?:\.\d+)?"
_DOTS = r"(?:\.{2,}|…+|⋯+|\\[cl]?dots(?![a-z]))"
_SUM = re.compile(
    rf"(?P<first>{_NUMBER}(?:\s*\+\s*{_NUMBER})+)\s*\+\s*{_DOTS}\s*\+\s*"
    rf"(?P<last>{_NUMBER}(?:\s*\+\s*{_NUMBER})*)(?![\w.]|\s*(?:[*/^!×÷·]|\\(?:times|cdot|div)))"
)
_JOINED = re.compile(r"[\w.)\]}+\-−–*/^×÷·]\s*$")
"""What may stand before a sum only where the sum is a part of something greater."""

_OPERATOR = re.compile(
    r"[^=<>≤≥≈\d∫$\\]*?(?<![A-Za-z])(?=∫|lim\s*_|lim\s*\(|d\s*/\s*d[a-z]\s*[(\[]|d[a-z]\s*/\s*d[a-z]\s*=|[A-Za-z]'{1,2}\s*(?:\(\s*[a-z]\s*\)\s*)?=)"
)
"""Words before an integral, a limit or a derivative."""


def behind_words(text: str) -> tuple[str, str]:
    """The words before an integral, a limit or a derivative, and what begins with that."""
    match = _OPERATOR.match(text)
    return (text[: match.end()], text[match.end() :]) if match and match.end() else ("", "")


def written_out(text: str) -> str:
    """A line with nothing left short that can be written out."""
    if len(text) > MOST:
        return text
    if "_" in text and "^" in text:
        text = _with_ends(text)
    return _SUM.sub(_summed, text) if "+" in text else text


def _with_ends(text: str) -> str:
    at = 0
    for _ in range(MOST_ENDS):
        match = _ENDS.search(text, at)
        if match is None:
            break
        start, inner = _inside(text, match)
        value = _difference(inner, match, text)
        if value is None:
            at = match.end()
            continue
        text = f"{text[:start]}({value}){text[match.end() :]}"
        at = start + len(value) + 2
    return text


def _inside(text: str, match: re.Match[str]) -> tuple[int, str]:
    """Where the formula begins into which the ends are put, and the formula."""
    sign = re.sub(_SIZE, "", match["sign"]).strip()
    if sign != "]":
        return _before_bar(text, match.start())
    depth = 0
    for at in range(match.end("sign") - 1, -1, -1):
        depth += (text[at] in "])") - (text[at] in "[(")
        if depth == 0:
            sized = re.search(rf"{_SIZE}$", text[:at])
            inner = text[at + 1 : match.start("sign")] if text[at] == "[" else ""
            return (sized.start() if sized else at), inner
    return 0, ""


def _before_bar(text: str, end: int) -> tuple[int, str]:
    """``\\left. F \\right|``, or all of a side that is no sum: of ``1 + x|`` either could be
    meant."""
    if opened := list(_BEFORE_BAR.finditer(text, 0, end)):
        return opened[-1].start(), text[opened[-1].end() : end]
    start = max((m.end() for m in _RELATED.finditer(text, 0, end)), default=0)
    side = text[start:end]
    inner = side.strip()
    tree = _formula(inner)
    whole = inner[:1] == "(" and inner[-1:] == ")"
    if isinstance(tree, t.Add) and not whole:
        return start, ""
    return start + len(side) - len(side.lstrip()), inner


def _difference(inner: str, match: re.Match[str], text: str) -> str | None:
    low, high = match[2] or match[3], match[4] or match[5]
    found = [_formula(part) for part in (inner, low, high)]
    if any(part is None or isinstance(part, t.Relation | t.Junction) for part in found):
        return None
    body, *ends = (part for part in found if part is not None)
    if any(n == t.Constant(t.ConstantName.INFINITY) for end in ends for n in t.walk(end)):
        return None  # a limit, and no value
    by = {m[1] for m in _BY.finditer(text)}
    names = set(t.symbols(body)) & by or set(t.symbols(body))
    if len(names) != 1:
        return None
    (name,) = names
    first, second = (t.substitute(body, name, end) for end in ends)
    return plain(t.sub(second, first))


def _formula(text: str) -> t.Expr | None:
    try:
        return read_sure(text) if text.strip() else None
    except (ReadingError, RecursionError):
        return None


def _summed(match: re.Match[str]) -> str:
    """The value of a sum with dots, where the numbers that are shown follow one law alone."""
    if _JOINED.search(match.string[: match.start()]):
        return match[0]
    first, last = (
        [Fraction(n) for n in re.findall(_NUMBER, match[part])] for part in ("first", "last")
    )
    if len(first) + len(last) < FEWEST:
        return match[0]
    values = [v for v in (_arithmetic(first, last), _geometric(first, last)) if v is not None]
    return plain(t.rational(values[0])) if len(values) == 1 else match[0]


def _arithmetic(first: list[Fraction], last: list[Fraction]) -> Fraction | None:
    steps = {b - a for row in (first, last) for a, b in pairwise(row)}
    if len(steps) != 1 or 0 in steps:
        return None
    (step,) = steps
    count = (last[-1] - first[0]) / step + 1
    if count.denominator != 1 or not len(first) + len(last) <= count <= MOST_TERMS:
        return None
    return count * (first[0] + last[-1]) / 2


def _geometric(first: list[Fraction], last: list[Fraction]) -> Fraction | None:
    if 0 in first or 0 in last:
        return None
    ratios = {b / a for row in (first, last) for a, b in pairwise(row)}
    if len(ratios) != 1 or 1 in ratios:
        return None
    (ratio,) = ratios
    total, term, count = first[0], first[0], 1
    while term != last[-1]:
        term *= ratio
        total += term
        count += 1
        if count > MOST_DOUBLINGS or (term != last[-1] and (term > last[-1]) == (ratio > 1)):
            return None
    return total if count >= len(first) + len(last) else None
