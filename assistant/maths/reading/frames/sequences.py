"""Arithmetic and geometric sequences from some of their terms and sums, in words."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading import numerals
from assistant.maths.reading.frames.frame import Build, frame
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task

SERIES = r"(?:\s*\$?\\?\{\s*[a-z]_\{?n\}?\s*\\?\}\$?)?"
COUNT = r"(\d+|[a-z]+|[一二三四五六七八九十百]+)"
QUANTITIES = {
    r"term:1": r"first term|首项|第一项|第1项",
    r"term:\1": r"(\d+(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|twentieth) term",
    r"term:\g<1>": r"第\s*(\d+|[一二三四五六七八九十百]+)\s*项",
    r"term:\g<1>\g<2>": r"\$?(?-i:a)_?(?:\{(\d+)\}|(\d+))\$?",
    r"sum:\1": rf"sum of (?:the |its )?first {COUNT} terms|sum of (?:the |its )?(\d+) terms",
    r"sum:\g<1>": rf"前\s*{COUNT}\s*项(?:的|之)?和",
    r"sum:\g<1>\g<2>": r"\$?(?-i:S)_?(?:\{(\d+)\}|(\d+))\$?",
    "general": r"(?:formula for (?:the )?)?(?:n-?th|general) term(?: formula)?|通项公式|\$?(?-i:a)_\{?n\}?\$?|第n项",
    "sum:n": r"sum of (?:the |its )?first n terms|前n项(?:的|之)?和(?:\s*S_n)?|\$?(?-i:S)_\{?n\}?\$?",
    "count": r"(?:number of )?terms|项数|有?多少项|几项|(?-i:n)(?=\s*(?:[,.?，。=]|$|的值))",
    "last": r"last term|末项",
    "infinite": r"(?:sum to infinity|infinite sum)|sum of (?:the |an )?(?=infinite)|sum of (?:the )?(?:infinite|all)(?: its)?(?: terms)?|所有项(?:的|之)?和|各项(?:的|之)?和",
}


def _progression(kind: str) -> Build:
    def build(scan: Scan, values: dict[str, t.Expr], wanted: str) -> Request | None:
        del scan
        names = [_counted(n) for n in values]
        asked = _counted(wanted)
        if None in (*names, asked) or any(map(t.symbols, values.values())):
            return None
        words = (str(asked), kind, *map(str, names))
        return Request(
            task=Task.SEQUENCE,
            topic=topics.PROGRESSION,
            operands=tuple(values.values()),
            words=words,
        )

    return build


def _counted(name: str) -> str | None:
    """The name with its index in digits."""
    head, _, index = name.partition(":")
    if not index or index == "n":
        return name
    count = numerals.ordinal(index) or numerals.cardinal(index) or numerals.chinese_integer(index)
    return f"{head}:{count}" if count and 0 < count <= 1000 else None


def _figure(english: str, chinese: str) -> str:
    """The words for a sequence, with those that only give its sum a name and ask for nothing."""
    behind = rf"的?\s*前\s*n\s*项(?:的|之)?和\s*(?:为|是|记为|记作)\s*{SUM}(?=\s*[,，。;；且若])"
    return (
        rf"{SUM}\s+(?:be|is|denotes?)\s+the\s+sum\s+of\s+(?:the\s+|its\s+)?first\s+n\s+terms\s+of\s+"
        rf"(?:an?\s+|the\s+)?(?:{english}){SERIES}"
        rf"|{SUM}\s*(?:为|是|表示)\s*(?:{chinese}){SERIES}\s*的?\s*前\s*n\s*项(?:的|之)?和"
        rf"|(?:{chinese}){SERIES}\s*{behind}|(?:{english}){SERIES}|(?:{chinese}){SERIES}"
    )


SUM = r"\$?(?-i:S)_\{?n\}?\$?"
frame(_figure("arithmetic (?:sequence|progression|series)", "等差数列"),
      QUANTITIES | {"step": r"(?:(?:common )?difference|公差)(?:\s*\$?(?-i:d)\$?)?|\$?(?-i:d)\$?"}, _progression("arithmetic"))  # fmt: skip
frame(_figure("(?:infinite )?geometric (?:sequence|progression|series)", "(?:无穷)?等比数列"),
      QUANTITIES | {"step": r"(?:(?:common )?ratio|公比)(?:\s*\$?(?-i:[qr])\$?)?|\$?(?-i:[qr])\$?"}, _progression("geometric"))  # fmt: skip
