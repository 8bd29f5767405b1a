"""Equalities in plain prose: ``so she received 15 x 4 = 60 additional teddies``.

The text between two breaks (comma, full stop, …) that has a relation sign is cut at its
relation signs.  The first side is the longest formula that ends there, the last side the
longest that begins there, a side between must be a formula as a whole; words behind a number
are taken as its unit.  A side that is something else is *opaque*: nothing is claimed about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.maths.reading.claims.sides import NoSide, Reading, SideReader
from assistant.maths.reading.claims.tokens import FUNCTIONS, Sort, Token, plain_signs, tokens
from assistant.maths.reading.claims.units import AMBIGUOUS, UNITS

NAME_WORDS = 3
BENDS = frozenset(
    "twice thrice double triple half third quarter fifth root square squared cube cubed by"
    " minus plus times log ln lg exp sin cos tan arcsin arccos arctan max min gcd lcm logarithm"
    " factorial over mod modulo than choose 倍 的 加 减 乘 除以 比".split()
)
"""Words before a number after which the number is not the whole of what is meant."""
OPERATING = re.compile(r"multipl|divi|times|product|factor|scal", re.IGNORECASE)
PARTS = frozenset(
    "half third thirds quarter quarters fourth fourths fifth fifths tenth root square"
    " cube product quotient difference ratio percent percentage logarithm twice double multiple"
    " power out remainder gcd lcm sine cosine average mean median".split()
)
"""Words before *of* that calculate with what follows."""

BOUND = re.compile(r"[_^|∫∑∏√{→]\s*$|\blim\s*$")
"""Signs behind which no formula begins, but the rest of one that is not understood."""


@dataclass(frozen=True, slots=True)
class ProseChain:
    """``sides`` in order, ``None`` where opaque; ``signs`` between them."""

    text: str
    sides: tuple[Reading | None, ...]
    signs: tuple[str, ...]
    name: str = ""
    """The words alone on the left: ``total = 5*12``."""
    lead: str = ""
    """What stands between the chain before, or the beginning of the line, and this one."""


def chains(text: str) -> list[ProseChain]:
    """Every relation in a line of prose, in order."""
    text = plain_signs(text)
    found: list[tuple[int, int, ProseChain]] = []
    window: list[Token] = []
    for token in [*tokens(text), Token(Sort.BREAK, "", len(text), len(text), spaced=False)]:
        if token.sort is not Sort.BREAK:
            window.append(token)
            continue
        if any(t.sort is Sort.RELATION for t in window):
            found += _chains(text, _without_comments(window))
        window = []
    return _with_leads(text, found)


def _with_leads(text: str, found: list[tuple[int, int, ProseChain]]) -> list[ProseChain]:
    out: list[ProseChain] = []
    end = 0
    for start, stop, chain in found:
        lead = text[end:start]
        sides = (None, *chain.sides[1:]) if BOUND.search(lead) else chain.sides
        out.append(replace(chain, lead=lead, sides=sides))
        end = stop
    return out


def _without_comments(window: list[Token]) -> list[Token]:
    """Brackets with words in them, ``(child tickets)``, are no part of the formula."""
    out: list[Token] = []
    n = 0
    while n < len(window):
        token = window[n]
        if token.text == "(" and (token.spaced or n == 0):
            close = next((k for k in range(n, len(window)) if window[k].text == ")"), None)
            inner = window[n + 1 : close]
            if close is not None and any(_is_word(t) for t in inner) and not _sum_with_units(inner):
                n = close + 1
                continue
        out.append(token)
        n += 1
    return out


def _is_word(token: Token) -> bool:
    return token.sort is Sort.WORD and token.text not in FUNCTIONS


def _sum_with_units(inner: list[Token]) -> bool:
    """Whether a bracket is a calculation although words stand in it."""
    reader = SideReader(list(inner))
    try:
        reader.sum()
    except NoSide:
        return False
    return reader.at == len(reader.tokens) and reader.operators > 0


def _chains(text: str, window: list[Token]) -> list[tuple[int, int, ProseChain]]:
    """The chains of a window with their places; words between two relations part them:
    ``5 x 2 = 10 cents or 10/5 = 2 nickels``."""
    if not window:
        return []
    groups: list[list[Token]] = [[]]
    signs: list[str] = []
    for token in window:
        if token.sort is Sort.RELATION:
            signs.append({"==": "=", "~": "≈"}.get(token.text, token.text))
            groups.append([])
        else:
            groups[-1].append(token)
    found: list[tuple[int, int, ProseChain]] = []
    side, at = _first(groups[0])
    sides, used, start = [side], list[str](), window[0].start
    for sign, group in zip(signs, groups[1:], strict=True):
        used.append(sign)
        whole = _whole(group)
        if whole is not None and group is not groups[-1]:
            sides.append(whole)
            continue
        sides.append(_last(group))
        end = group[-1].end if group else window[-1].end
        name = _name(groups[0]) if not found else ""
        chain = ProseChain(text[start:end], tuple(sides), tuple(used), name)
        found.append((start if at is None else at, end, chain))
        side, at = _first(group, listed=False)
        sides, used, start = [side], [], group[0].start if group else end
    return found


def _name(group: list[Token]) -> str:
    """Up to three words and nothing else."""
    words = [t.text.lower() for t in group if t.text.lower() not in ("let", "the", "so", "then")]
    lone = all(t.sort is Sort.WORD for t in group) and 0 < len(words) <= NAME_WORDS
    return " ".join(words) if lone else ""


def _whole(group: list[Token]) -> Reading | None:
    reader = SideReader(list(group))
    try:
        reading = reader.reading()
    except NoSide:
        return None
    return reading if reader.at == len(reader.tokens) else None


def _first(
    group: list[Token], *, listed: bool = True
) -> tuple[Reading | None, int | None]:  # fmt: skip
    """The longest formula at the end of a group that nothing before it changes, and its place;
    ``listed``:
    *and* may join it to a number before, as in *the sum of 3 and 4 + 5*."""
    for start in range(len(group)):
        reading = _whole(group[start:])
        if reading is not None:
            touching = group[start].text == "(" and not group[start].spaced
            touching |= _is_second_part(group, start)
            bends = start > 0 and (touching or _bends(group[:start], listed=listed))
            return None if bends else reading, group[start].start
    return None, None


def _is_second_part(group: list[Token], at: int) -> bool:
    """Whether a number touches the unit of one before it: the 5 of ``1米5``."""
    if at < 2 or group[at].sort is not Sort.NUMBER or group[at].spaced:
        return False
    number, unit = group[at - 2 : at]
    known = unit.text in UNITS or unit.text in AMBIGUOUS
    return number.sort is Sort.NUMBER and not unit.spaced and known


def _bends(before: list[Token], *, listed: bool) -> bool:
    """Whether what stands before a formula belongs to it after all."""
    last = before[-1]
    if last.sort is not Sort.WORD:
        return True
    word = last.text.lower()
    if word in ("and", "or", "和", "与") and any(t.sort is Sort.NUMBER for t in before):
        return listed
    if word == "of":
        return len(before) == 1 or before[-2].text.lower() in PARTS or before[-2].sort in (
            Sort.NUMBER, Sort.SIGN)  # fmt: skip
    if word.endswith("所以"):
        return False
    if word == "by":
        return _calculates(before[:-1])
    return word in BENDS or last.text[-1] in "的倍加减乘除比以半"


def _calculates(before: list[Token]) -> bool:
    """Whether *by* joins a number to the one that follows, ``5 apples by 3``, or multiplies."""
    near = any(t.sort in (Sort.NUMBER, Sort.SIGN, Sort.LETTER) for t in before[-2:])
    return near or not before or any(OPERATING.match(t.text) for t in before)


def _last(group: list[Token]) -> Reading | None:
    """The longest formula at the beginning of a group."""
    reader = SideReader(list(group))
    try:
        reading = reader.reading()
    except NoSide:
        return None
    rest = reader.now
    if rest is not None and rest.sort in (Sort.SIGN, Sort.NUMBER, Sort.MONEY, Sort.LETTER):
        return None  # the formula goes on, in a way that is not understood
    if rest is not None and reader.applies(rest):
        return None
    return reading
