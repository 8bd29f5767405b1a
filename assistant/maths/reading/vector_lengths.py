"""Vectors of which lengths and an angle or product are told: ``|a| = 2, |b| = 3, find |a + b|``."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task, Text

LONGEST = 300
LETTER = r"(?:\\(?:vec|overrightarrow|boldsymbol|mathbf)\s*\{?\s*[a-z]\s*\}?|[a-z])"
VALUE = r"(?P<value>√?\d+(?:\.\d+)?(?:/\d+)?|\\sqrt\s*\{?\d+\}?|sqrt\(\d+\))"
LENGTH = late(rf"\$?\s*[|∣]\s*(?P<u>{LETTER})\s*[|∣]\s*=\s*{VALUE}\s*\$?")
ANGLE = late(
    rf"(?:向量)?\s*\$?(?P<u>{LETTER})\$?\s*(?:与|和|,|，|and)\s*(?:向量)?\s*\$?(?P<v>{LETTER})\$?\s*的?夹角(?:为|是|θ\s*=)\s*\$?(?P<value>\d+\s*°|\d+\s*\^\s*\{{?\s*\\circ\s*\}}?|\d*π/\d+|\\frac\{{\d*\\pi\}}\{{\d+\}})\$?"
    rf"|(?:the\s+)?angle\s+between\s+(?:the\s+)?(?:vectors\s+)?(?:them|\$?(?P<p>{LETTER})\$?\s+and\s+\$?(?P<q>{LETTER})\$?)\s+(?:is|=)\s*\$?(?P<said>\d+\s*°|\d+\s*degrees|\d*π/\d+|\d*pi/\d+)\$?",
    re.IGNORECASE,
)
DOT = late(
    rf"\$?\s*(?P<u>{LETTER})\s*(?:·|\\cdot|⋅)\s*(?P<v>{LETTER})\s*=\s*(?P<value>-?\d+(?:/\d+)?)\s*\$?"
)


def _term(number: str, letter: str) -> str:
    return rf"(?P<{number}>\d*)\s*(?P<{letter}>{LETTER})"


SUM = rf"[|∣]\s*{_term('m', 'x')}\s*(?P<sign>[+-])\s*{_term('n', 'y')}\s*[|∣]"
PRODUCT = rf"(?P<dx>{LETTER})\s*(?:·|\\cdot|⋅)\s*(?P<dy>{LETTER})"
WANTED = late(
    rf"(?:求|则|find|calculate|what\s+is|determine)\s*\$?\s*(?:{SUM}|{PRODUCT})\s*\$?"
    r"\s*(?:的值)?\s*(?:=|是|为|等于)?\s*[.。?？]?\s*$",
    re.IGNORECASE,
)
FILL = late(
    r"(?:[\s,.;，。；、$]|(?:given|that|if|suppose|let|vectors?|and|are|with|the|is|a|b)(?![a-z])|已知|设|若|平面|向量|且|和|与|满足|则)*",
    re.IGNORECASE,
)
LAW = Text("|ma + nb|² = m²|a|² + 2mn a·b + n²|b|², a·b = |a||b| cos θ",
           "|ma + nb|² = m²|a|² + 2mn a·b + n²|b|²，a·b = |a||b|cos θ")  # fmt: skip


def read_vector_lengths(scan: Scan, whole: Span) -> Request | None:
    """The value that such a text asks for; ``None`` if it is no such text."""
    text = whole.text
    if len(text) > LONGEST or WANTED.search(text) is None:
        return None
    lengths, wanted = list(LENGTH.finditer(text)), WANTED.search(text)
    assert wanted is not None
    ties = [
        h for pattern in (ANGLE, DOT) for h in pattern.finditer(text) if h.end() <= wanted.start()
    ]
    if len(lengths) != 2 or len(ties) != 1:
        return None
    rest = text
    for hit in sorted([*lengths, *ties, wanted], key=lambda h: h.start(), reverse=True):
        rest = f"{rest[: hit.start()]} {rest[hit.end() :]}"
    sizes = {_name(h["u"]): h["value"] for h in lengths}
    pair = {_name(wanted[g]) for g in ("x", "y", "dx", "dy") if wanted[g]}
    told = {_name(ties[0][g]) for g in ("u", "v", "p", "q") if ties[0].groupdict().get(g)}
    if FILL.fullmatch(rest) is None or not len(sizes) == len(pair) == 2:
        return None
    if pair != {*sizes} or (told and told != pair):
        return None
    try:
        return _request(scan, sizes, ties[0], wanted)
    except ReadingError:
        return None


def _name(written: str) -> str:
    return str(re.findall(r"[a-z]", re.sub(r"\\[a-z]+", "", written))[-1])


def _request(
    scan: Scan, sizes: dict[str, str], tie: re.Match[str], wanted: re.Match[str]
) -> Request | None:
    lengths = {n: read_formula(v) for n, v in sizes.items()}
    first, second = lengths.values()
    groups = tie.groupdict()
    if "said" in groups:
        angle = (groups["said"] or groups["value"]).replace("degrees", "°")
        product = t.mul(first, second, t.Call("cos", (read_formula(angle),)))
    else:
        product = read_formula(groups["value"])
        size, one, other = (rational_value(v) for v in (product, first, second))
        if size is None or one is None or other is None or size**2 > one**2 * other**2:
            return None  # no such vectors, or it is not seen here
    scan.notes.append(LAW)
    if wanted["dx"]:
        return Request(task=Task.EVALUATE, operands=(product,))
    m, n = (t.integer(int(wanted[g] or 1)) for g in ("m", "n"))
    two = t.integer(2)
    cross = t.mul(two, m, n, product)
    squares = [t.mul(t.Pow(k, two), t.Pow(lengths[_name(wanted[g])], two))
               for k, g in ((m, "x"), (n, "y"))]  # fmt: skip
    inside = t.add(squares[0], cross if wanted["sign"] == "+" else t.Neg(cross), squares[1])
    return Request(task=Task.EVALUATE, operands=(t.Call("sqrt", (inside,)),))
