"""Sequences given by the sums of their first terms: ``S_n = n^2 + 2n, find a_n``."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading import numerals
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.recurrences import EQUATION, TERM, WORDS, asked_term
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task, Text

SUM = late(r"(?<![A-Za-z\\])S\s*(?:_\s*(?:\{\s*n\s*\}|n(?![A-Za-z]))|\(\s*n\s*\))")
IN_WORDS = re.compile(
    r"(?:the )?sum(?: S_n)? (?:of|to) (?:the |its )?(?:first )?n terms(?: of (?:the|a) sequence)?"
    r"(?: S_n)?(?: is(?: given by)?| equals| =)? *(?:S_n *=)?"
    r"|的?前 ?n ?项(?:的|之)?和 ?(?:S_n)? ?(?:为|是|=|满足)? ?(?:S_n *=)?",
    re.IGNORECASE,
)
MEANT = late(
    r"S_n ?(?:为|是|表示)(?:数列)? ?的?前 ?n ?项(?:的|之)?和"
    r"|的?前 ?n ?项(?:的|之)?和 ?(?:为|是|记为|记作|用)? ?S_n(?: ?表示)?(?=\s*(?:[,，。;；且满]|$))"
    r"|(?:the )?sum of (?:the |its )?first n terms (?:is|be) S_n(?=\s*(?:[,;.]|and|$))"
    r"|S_n (?:is|denotes|be) (?:the )?sum of (?:the |its )?first n terms"
    r"(?: of (?:the|a) sequence)?",
    re.IGNORECASE,
)
"""What the letter stands for, said by itself."""
BARE = late(r"(?<![A-Za-z\\])([aS])n(?![A-Za-z])")
"""``Sn``, ``an``, as they are typed."""
NAMED = late(r"\\?\{\s*[a-z]_\{?n\}?\s*\\?\}")
ENGLISH = late(r".*(?<![A-Za-z_])(?!sqrt|frac)[A-Za-z]{2,}(?![A-Za-z_(])", re.DOTALL)
SUM_ASKED = late(
    r"(?:已知|设|若|given|if)?\s*(?:数列|(?:the |a )?sequence)?\s*(?:的?通项(?:公式)?为?|has|with)?"
    r"\s*(?-i:a)_(?:n|\{n\})\s*="
    r"(?P<body>[^,，;；。\u4e00-\u9fff]*?)\s*(?:[,，;；。.]|\bthen\b)\s*"
    r"(?:则|求|find|what is|calculate|compute)?\s*"
    r"(?:数列|(?:the )?sum of (?:the |its )?first n terms)?\s*(?:的?前 ?n ?项(?:的|之)?和)?"
    r"[\s,，]*(?-i:S)_\{?(?P<count>n|\d{1,4})\}?[\s.。?？=]*",
    re.IGNORECASE,
)
SUM_OF = late(
    r"(?:find|calculate|compute|determine|what is|求)?\s*(?:the )?"
    r"(?:sum (?:S_n )?of (?:the |its )?first "
    r"(?P<count>n|\d{1,4}|[a-z]+) terms of (?:the |a )?(?:sequence|series|progression)?\s*"
    r"(?:with|given by|defined by|whose|where|having)?\s*"
    r"(?:the )?(?:(?:n-?th|general) term)?(?: is)?"
    r"|数列)\s*(?-i:a)_(?:n|\{n\})\s*=(?P<body>[^,，;；。\u4e00-\u9fff]*?)"
    r"(?:\s*的前 ?(?P<zh>n|\d{1,4}) ?项(?:的|之)?和(?:\s*S_\{?\w{1,4}\}?)?)?[\s.。?？=]*",
    re.IGNORECASE,
)
"""The sequence is told behind its sum, or before it without a stop."""
FROM = late(r"n\s*(?:≥|\\geq?)\s*(\d*)")
PLACES = late(r"[(（]\s*n\s*(?:∈|≥|\\in|\\geq?)[^()（）]*[)）]")
LONGEST = 300


def read_partial_sums(scan: Scan, whole: Span) -> Request | None:
    """The request of such a text; ``None`` if it is none."""
    text = BARE.sub(r"\1_n", SUM.sub("S_n", whole.text.replace("$", " ").replace(">=", "≥")))
    if len(text) <= LONGEST and (total := _sum_of(scan, text)) is not None:
        return total
    if len(text) > LONGEST or not (re.search(r"S_\{?[n\d]", text) or IN_WORDS.search(text)):
        return None
    if (total := _sum_wanted(scan, text)) is not None:
        return total
    asked = asked_term(text)
    if asked is None:
        return None
    wanted, head = asked
    if any(found[1] not in ("", "1") for found in FROM.finditer(head)):
        return None  # the first sum is not given
    head = MEANT.sub(" ", PLACES.sub(" ", NAMED.sub("", head)))
    head = re.sub(r"(?:find|求|what is|calculate|determine)\b", ",", head, flags=re.IGNORECASE)
    head, said = IN_WORDS.subn(", S_n = ", head, count=1)
    if said and SUM.search(head[head.index(", S_n = ") + 8 :]):
        head = head.replace(", S_n = ", ", ", 1)
    try:
        return _request(scan, head, wanted)
    except (ReadingError, ValueError):
        return None


def _sum_wanted(scan: Scan, text: str) -> Request | None:
    """``a_n = 2n - 1, find S_n``: what is asked is the sum itself."""
    found = SUM_ASKED.fullmatch(NAMED.sub("", text).strip())
    if found is None or "=" in found["body"]:
        return None
    return _summed(scan, found["body"], found["count"])


def _sum_of(scan: Scan, text: str) -> Request | None:
    """``sum of the first n terms of a_n = 2n - 1``."""
    found = SUM_OF.fullmatch(NAMED.sub("", text).strip())
    if found is None or bool(found["count"]) == bool(found["zh"]) or "=" in found["body"]:
        return None
    wanted = found["count"] or found["zh"]
    if wanted != "n" and not wanted.isdecimal():
        wanted = str(numerals.cardinal(wanted) or "")
    return _summed(scan, found["body"], wanted) if wanted else None


def _summed(scan: Scan, text: str, wanted: str) -> Request | None:
    """The sum of so many values of a formula in n."""
    if TERM.search(text):
        return None
    try:
        body = scan.expression(Span(text, 0, len(text)).strip())
    except ReadingError:
        return None
    if set(t.symbols(body)) - {"n"}:
        return None
    last = t.Symbol("n") if wanted == "n" else t.integer(int(wanted))
    scan.notes.append(Text("{0} is the sum of the first {1} terms", "{0} 为前 {1} 项和",
                           (t.Symbol(f"S_{wanted}"), wanted)))  # fmt: skip
    operands = (t.substitute(body, "n", t.Symbol("k")), t.integer(1), last)
    return Request(task=Task.SUM, operands=operands, variables=("k",))


def _request(scan: Scan, head: str, wanted: str) -> Request | None:
    found = list(EQUATION.finditer(head))
    if len(found) != 1:
        return None
    (hit,) = found
    left, _, right = hit[0].partition("=")
    words = ENGLISH.match(left)
    cut = words.end() if words else 0
    if WORDS.sub("", head[: hit.start()] + left[:cut] + head[hit.end() :]):
        return None
    letters: set[str] = set()

    def term(place: re.Match[str]) -> str:
        if (place[2] or place[3] or place[5]) != "n":
            raise ValueError(place[0])
        letters.add(place[1] or place[4])
        return "(p_0)"

    sides = [_side(scan, SUM.sub("(p_1)", TERM.sub(term, s))) for s in (left[cut:], right)]
    names = {n for side in sides for n in t.symbols(side)}
    if "sum" not in names or names - {"sum", "term", "n"} or len(letters) > 1:
        return None
    return Request(task=Task.SEQUENCE, topic=topics.PARTIAL_SUM, operands=(t.equation(*sides),),
                   words=(letters.pop() if letters else "a", wanted))  # fmt: skip


def _side(scan: Scan, text: str) -> t.Expr:
    text = text.rstrip(" .")
    expr = scan.expression(Span(text, 0, len(text)))
    return t.substitute(t.substitute(expr, "p_0", t.Symbol("term")), "p_1", t.Symbol("sum"))
