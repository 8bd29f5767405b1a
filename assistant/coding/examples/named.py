"""Examples that give each parameter by its name (``nums = [3, 1], k = 1 → [3]``, ``n=3 时返回 6``).

A sentence may tell of any variable in this way, so only the function whose parameters bear exactly
these names is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from assistant.coding.examples import doubts
from assistant.coding.examples.pairs import Pair
from assistant.coding.examples.scanning import MOST_TRIED, literal_at

NEAR = 20
"""Characters before a name that are looked at."""
MOST_NAMES = 12
"""Of one example: with more of them it tells of something else."""
_NAME = re.compile(r"(?<![\w.\[({'\"])([A-Za-z_]\w{0,40})\s{0,3}=(?!=)\s{0,3}")
_MORE = re.compile(r"\s{0,3}(?:[,，;；、]\s{0,3}(?:and\s)?|\sand\s|[和与且])\s{0,3}")
_WAY = re.compile(
    r"[`*]{0,3}\s{0,4}(?:(?:-{1,5}>|={1,2}>|[→⟶⇒➞➜➔⟹⇨⟼])"
    r"|[,，]?\s{0,3}(?:(?:it|the\s(?:function|answer|result|output|call))\s)?"
    r"(?:(?:should|must|will)\s)?(?:returns?|gives?|outputs?)"
    r"|[,，]?\s{0,3}the\s(?:answer|result|output)\s(?:is|(?:should|must|will)\sbe)"
    r"|时?[,，]?\s{0,3}(?:函数)?(?:应该?|会|则)?(?:返回|输出)[为是]?)\s{0,4}[`*]{0,3}",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?:\b(?:for|when|if|with|given)|当|若|如果|对于?)[ \t]{0,3}[`*]{0,3}\Z", re.IGNORECASE
)
"""What leads to a name, and belongs to what is told."""
_PART = re.compile(r"[=+\-*/%<>&|^.,，、][ \t]{0,3}\Z")
"""Before what is no name by itself, but a part of something larger."""
_NEXT = re.compile(
    rf"[`*]{{0,3}}\s(?:and|but)\s(?:(?:for|when|if|with)\s)?[`*]{{0,3}}(?={_NAME.pattern})"
)


def named_in(text: str) -> Iterator[Pair]:
    """Those that nothing around them takes back."""
    found: list[tuple[Pair, int, int]] = []
    end = 0
    for head in islice(_NAME.finditer(text), MOST_TRIED):
        before = text[max(0, head.start() - NEAR) : head.start()]
        behind = bool(end) and text[end : head.start()].strip() in (",", "，", "、")
        apart = head.start() >= end and (behind or not _PART.search(before))
        given = _given(text, head.start()) if apart else None
        way = _WAY.match(text, given[1]) if given is not None else None
        value = literal_at(text, way.end()) if way is not None else None
        if given is not None and value is not None:
            end = value.end
            pair = Pair(given[0], value.text, inline=True, spoken=True, exact=True)
            led = _LED.search(before)
            found.append((pair, head.start() - len(led[0] if led else ""), end))
    masked = doubts.blanked(text, [(start, end) for _, start, end in found])
    for pair, start, end in found:
        whole = doubts.ends(text, end) or _NEXT.match(text, end)
        if whole and doubts.plain(masked, start, end):
            yield pair


def _given(text: str, at: int) -> tuple[str, int] | None:
    """The names with their values that follow each other, and where they end."""
    parts: dict[str, str] = {}
    end = at
    while (name := _NAME.match(text, at)) is not None and name[1] not in parts:
        value = literal_at(text, name.end())
        if value is None or len(parts) == MOST_NAMES:
            return None
        parts[name[1]] = value.text
        end = value.end
        more = _MORE.match(text, end)
        if more is None:
            break
        at = more.end()
    return (", ".join(f"{name} = {value}" for name, value in parts.items()), end) if parts else None
