"""``3x + 5y = 1`` in whole numbers: two unknowns of one equation, and which numbers they are."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.domains import Numbers, numbers
from assistant.maths.reading.number_sets import LETTERS, number_set
from assistant.maths.reading.patterns import late
from assistant.maths.reading.requests.productions import Slots, order
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task

SUCH = "(?:such that|so that|for which|with|where|satisfying|that satisfy|solving)"
EN = "(?:find|determine|list|give) (?:all |the )*(?:(?:ordered )?pairs of )?"
ONE_ASKED = late(
    r"\bfor\s+(?:[a-z-]{2,}\s+)*\$?[a-z]\$?(?![\w$])(?!\s*(?:,|and)\s*\$?[a-z]\b)"
    r"|关于\s*\$?[a-z]\$?\s*的",
    re.IGNORECASE,
)
"""An equation for one letter: the other is a parameter."""
SAID = late(
    rf"(?<![A-Za-z])(?P<names>{LETTERS})\$?\s*(?:(?:is|are|an?|positive|negative|integer)\b|[为是取])",
    re.IGNORECASE,
)


def paired(request: Request, scan: Scan) -> Request:
    """The same question as one about pairs of whole numbers, where it is one: what is said of one
    letter only, or of each another thing, asks for no such pairs."""
    pairs = _as_pairs(request)
    told = pairs.variables == request.variables or _of_both(scan, pairs.variables, request)
    return pairs if told else request


def _as_pairs(request: Request) -> Request:
    """An equation in two letters that stand for whole numbers as the question about its pairs."""
    match request:
        case Request(task=Task.SOLVE, operands=(t.Relation(t.Comparison.EQ) as equation,)):
            found = t.symbols(equation)
            # the order that was told is the order of a pair
            names = request.variables if {*request.variables} == {*found} else tuple(sorted(found))
            whole = request.domain is not None and numbers(request.domain) is Numbers.WHOLE
            if whole and len(names) == 2 and not request.topic:
                return replace(request, task=Task.NUMBER, topic=topics.WHOLE_PAIRS, variables=names)
    return request


def _of_both(scan: Scan, names: tuple[str, ...], request: Request) -> bool:
    """Whether nothing tells that only one of two letters is asked for, or is such a number."""
    if scan.said and {scan.said.get(n) for n in names} != {request.domain}:
        return False
    told = "".join(hit["names"] for hit in SAID.finditer(scan.source))
    return not ONE_ASKED.search(scan.source) and sum(n in told for n in names) != 1


def _register(sign: str, *patterns: str) -> None:
    def build(s: Slots) -> Request:
        names, given = s.scan.names_in(s.span("v")), s.statements("e")
        if len(names) != 2 or len(given) != 1 or set(t.symbols(given[0])) != {*names}:
            raise s.scan.error(s.span("e"), "one equation in these two letters is expected here",
                               "此处应为含这两个字母的一个方程")  # fmt: skip
        domain = number_set(sign, "integer")
        return _as_pairs(Request(task=Task.SOLVE, operands=given, variables=names, domain=domain))

    order(*patterns)(build)


for _sign, _en, _zh in (
    ("", "", ""),
    ("positive", "positive ", "正"),
    ("nonnegative", "non-?negative ", "非负"),
):
    _register(
        _sign,
        f"{EN}{_en}(?:integers?|whole numbers?)(?: solutions?)? <v>,? {SUCH} <e>",
        f"{EN}{_en}(?:integers?|whole numbers?)(?: solutions?)? [(]<v>[)],? {SUCH} <e>",
        f"(?:求)?(?:所有|全部)?满足<e>的(?:所有|全部)?{_zh}整数(?:解|对)?<v>",
    )


@order("(?:求|解)(?:不定方程|丢番图方程)[:：]? ?<e>", "solve the diophantine equation:? <e>",
       "(?:求)?不定方程 ?<e> ?的(?:所有|全部)?(?:整数)?(?:通解|解)")  # fmt: skip
def diophantine(s: Slots) -> Request:
    """The name says that whole numbers are meant."""
    given = s.statements("e")
    whole = t.Constant(t.ConstantName.INTEGERS)
    found = _as_pairs(Request(task=Task.SOLVE, operands=given, domain=whole))
    if found.topic != topics.WHOLE_PAIRS:
        raise s.scan.error(s.span("e"), "one equation in two letters is expected here",
                           "此处应为二元方程")  # fmt: skip
    return found
