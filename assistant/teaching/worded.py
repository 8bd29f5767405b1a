"""Several answers in one sentence: ``鸡23只，兔12只``, ``23 hens and 12 rabbits``, ``13、14、15``.

What each number is the number of is taken from the words that our own meaning of the letters has
for them.  Numbers without words stand in the order in which they are asked for.
"""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.teaching.types import Lesson

NUMBER = r"(?<![\d.])\d{1,15}(?:\.\d{1,9})?(?![\d.]*\d)"
MOST = 200
"""Characters of such a sentence."""
_NUMBERS = re.compile(NUMBER)
_BETWEEN = re.compile(r"[\s,，、;；。.和与及有]|\b(?:and|the|there (?:are|were))\b", re.IGNORECASE)
_LEADS = re.compile(r"^(?:答|解|所以|因此|故|so|answer)[:：,，]?\s*", re.IGNORECASE)


def worded_answer(lesson: Lesson, text: str) -> bool | None:
    """Whether a sentence gives every value that is asked for; ``False`` where it gives another
    one, ``None`` where it is no such sentence."""
    exact = _exact(lesson)
    text = _LEADS.sub("", text.strip())
    if not exact or len(text) > MOST:
        return None
    numbers = _NUMBERS.findall(text)
    if len(numbers) != len(exact):
        return None
    if not _BETWEEN.sub("", _NUMBERS.sub("", text)):
        return list(map(Fraction, numbers)) == [value for _, value in exact]
    named = [_named(lesson, letter, text) for letter, _ in exact]
    hits = [hit for hit in named if hit is not None]
    if len({hit.start("n") for hit in hits}) < len(exact):
        return None
    rest = text
    for hit in sorted(hits, key=lambda hit: -hit.start()):
        rest = rest[: hit.start()] + rest[hit.end() :]
    if _BETWEEN.sub("", rest):
        return None  # about so many, at least so many, so many of something else?
    return all(
        Fraction(hit["n"]) == value for hit, (_, value) in zip(named, exact, strict=True) if hit
    )


def _exact(lesson: Lesson) -> list[tuple[str, Fraction]]:
    """The letters that are asked for with their values; nothing where one is no fraction."""
    requests = (lesson.problem.request, *lesson.problem.more)
    value = lesson.solution.answer.value
    if len(requests) < 2 or not isinstance(value, t.Collection):
        return []
    if len(value.items) != len(requests):
        return []
    out: list[tuple[str, Fraction]] = []
    for request, item in zip(requests, value.items, strict=True):
        number = rational_value(item)
        if number is None or len(request.operands) != 1:
            return []
        (asked,) = request.operands
        out.append((asked.name if isinstance(asked, t.Symbol) else "", number))
    return out


def _named(lesson: Lesson, letter: str, text: str) -> re.Match[str] | None:
    """Where the number ``n`` of what a letter stands for is told; only one place may be."""
    found: dict[int, re.Match[str]] = {}
    unit = _unit(lesson, letter)
    for word in _words(lesson, letter):
        noun = re.escape(word)
        for pattern in (
            rf"{noun}\s*(?:有|为|是|[:：=]|is|are)?\s*(?P<n>{NUMBER})\s*{unit}",
            rf"(?P<n>{NUMBER})\s*{unit}\s*{noun}",
        ):
            for hit in re.finditer(pattern, text, re.IGNORECASE):
                found[hit.start("n")] = hit
    return next(iter(found.values())) if len(found) == 1 else None


def _unit(lesson: Lesson, letter: str) -> str:
    """By what that is counted, as a pattern."""
    units = []
    for why in (one.why for one in lesson.problem.definitions if one.why is not None):
        for n, arg in enumerate(why.args):
            if arg == t.Symbol(letter):
                mark = re.escape(f"{{{n}}}")
                units += re.findall(rf"{mark} ?([\u4e00-\u9fff]{{1,2}})(?![\u4e00-\u9fff])", why.zh)
    return f"(?:{'|'.join(map(re.escape, units))})?" if units else ""


def _words(lesson: Lesson, letter: str) -> set[str]:
    """What our meaning of the letters calls one of them, in both languages."""
    whys = [one.why for one in lesson.problem.definitions if one.why is not None]
    words: set[str] = set()
    for why in whys:
        for n, arg in enumerate(why.args):
            if arg != t.Symbol(letter):
                continue
            mark = re.escape(f"{{{n}}}")
            told = rf"(?:^设?|[，,])([\u4e00-\u9fff]{{1,6}}?)[有为]? ?{mark}"
            words |= set(re.findall(told, why.zh))
            shape = rf"{mark}(?: be)? (?:the number of|that of|the) ([a-z]+)"
            words |= set(re.findall(shape, why.en))
    return words
