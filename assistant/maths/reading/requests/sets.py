"""Sets in words: unions, intersections, complements, subsets."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.reading.formulas.brackets import as_set
from assistant.maths.reading.requests.productions import Slots, noun
from assistant.maths.types import Request, Task

SETS = "(?:the )?(?:two )?(?:sets? )?"


def _operation(name: str, *patterns: str) -> None:
    def build(s: Slots) -> Request:
        parts = [_set(s, place) for place in ("a", "b")]
        return Request(task=Task.EVALUATE, operands=(t.Call(name, tuple(parts)),))

    noun(*patterns)(build)


def _set(s: Slots, place: str) -> t.Expr:
    """A set, or the name of one.  Raises ``ReadingError``."""
    value = as_set(s.scan.formula(s.span(place)))
    named = isinstance(value, t.Symbol) and value.name in s.scan.names
    if not named and not isinstance(value, t.Interval | t.Collection | t.Call | t.Constant):
        raise s.scan.error(s.span(place), "a set is expected here", "此处应为集合")
    return value


_operation(
    "union",
    f"union of {SETS}<a> and {SETS}<b>",
    "(?:集合)?<a>[与和、](?:集合)?<b>的并集",
    f"{SETS}<a> union {SETS}<b>",
)
_operation("intersection", f"intersection of {SETS}<a> and {SETS}<b>", "(?:集合)?<a>[与和、](?:集合)?<b>的交集",
           f"{SETS}<a> intersect(?:ion|ed with)? {SETS}<b>")  # fmt: skip
_operation("complement", f"complement of {SETS}<b> (?:in|with respect to|relative to) {SETS}<a>", "(?:集合)?<b>在(?:全集)?<a>中?的补集",
           f"(?:set )?difference of {SETS}<a> and {SETS}<b>", "(?:∁|\\\\complement|C)_\\{?<a>\\}? ?<b>")  # fmt: skip


@noun(f"complement of {SETS}<b>", "(?:集合)?<b>的补集")
def complement(s: Slots) -> Request:
    """In the set that the text calls U."""
    if "U" not in s.scan.names:
        raise s.scan.error(s.span("b"), "in which set is not said: give U", "没有给出全集 U")
    return Request(
        task=Task.EVALUATE, operands=(t.Call("complement", (t.Symbol("U"), _set(s, "b"))),)
    )
