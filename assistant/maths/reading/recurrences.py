"""Sequences given by first terms and a recurrence: ``a_1 = 1, a_{n+1} = 2a_n + 1, find a_5``."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task, Text

INDEX = r"_(?:\{\s*(n\s*[-+]\s*\d|n|\d+)\s*\}|(n|\d+))"
TERM = late(
    rf"(?<![A-Za-z\\])([a-zF])\s*{INDEX}|(?<![A-Za-z\\])([a-mo-zF])\s*\(\s*(n\s*[-+]\s*\d|n|\d+)\s*\)"
)
EQUATION = late(r"[^,，;；。\n\u4e00-\u9fff]*?=[^,，;；。\n\u4e00-\u9fff=]*")
WORDS = late(
    r"[\s,，;；.。:：$?？]|已知|设|若|数列|满足|中|且|其中|\\?\{\s*[a-z]_\{?n\}?\s*\\?\}|的?通项公式|求|则|的值|等于"
    r"|(?:the|a|sequence|is|defined|by|given|satisfies|with|and|if|suppose|let|where|for|that|find|what|calculate|compute|determine|then|first terms?|formula|general term|n-?th term|of|in terms of n|recurrence|n ?(?:>=|≥|\\geq?|>) ?[012]|n ?∈ ?N\*?|\(\s*\))(?![a-z])"
    r"|[（(]\s*n\s*(?:∈|\\in)\s*\\?(?:mathbb)?\{?N\}?(?:\^?\{?[*+]\}?)?\s*[)）]|[（(]\s*n\s*(?:>=|≥|\\geq?)\s*\d\s*[)）]",
    re.IGNORECASE,
)


def _letter(hit: re.Match[str]) -> str:
    return hit[1] or hit[4]


def _index(hit: re.Match[str]) -> str:
    return (hit[2] or hit[3] or hit[5]).replace(" ", "")


def read_recurrence(scan: Scan, whole: Span) -> Request | None:
    """The request of such a text; ``None`` if it is none."""
    text = whole.text.strip()
    shifted = re.search(r"n\s*[-+]\s*\d", text)
    if shifted is None or len(text) > 400 or TERM.search(text) is None:
        return None
    asked = asked_term(text)
    if asked is None:
        return None
    wanted, head = asked
    try:
        return _request(scan, head, wanted)
    except (ReadingError, ValueError):
        return None


def asked_term(text: str) -> tuple[str, str] | None:
    """The index of the last term named, and the text before it."""
    whole = text
    text = re.sub(r"\s*(?:的值|等于|=|的?通项公式)?[\s?？.。$]*(?:[(（]\s*[)）])?$", "", text)
    text = re.sub(r"(?:数列|sequence)?\s*\\?\{\s*([a-zF]_)\{?n\}?\s*\\?\}$", r"\1n", text)
    found = list(TERM.finditer(text))
    if found and found[-1].end() == len(text):
        index = _index(found[-1])
        return (index, text[: found[-1].start()]) if re.fullmatch(r"n|\d+", index) else None
    if re.search(r"通项|general term|formula|n-?th term", whole):
        return "n", text
    return None


def _request(scan: Scan, head: str, wanted: str) -> Request | None:
    head = head.replace(">=", "≥")
    head = re.sub(r"(?<=[\d}n)])\s+and\s+(?=[a-zF][_(])", ", ", head)
    head = re.sub(r"(find|求|what is|calculate)\b", ",", head, flags=re.IGNORECASE)
    first: dict[int, t.Expr] = {}
    rule: tuple[int, str] | None = None
    letters: set[str] = set()
    rest = head
    for hit in reversed(list(EQUATION.finditer(head))):
        left, _, right = hit[0].partition("=")
        names = list(TERM.finditer(left))
        if not names:
            return None
        left_term = names[-1]
        letters.add(_letter(left_term))
        index = _index(left_term)
        right = re.sub(r"[(（]\s*n\s*(?:∈|≥|>=|\\in|\\geq?)[^()（）]*[)）]\s*$", "", right).rstrip(
            " $."
        )
        if index.isdigit():
            first[int(index)] = scan.expression(Span(right, 0, len(right)))
        elif rule is None and left_term.end() == len(left.rstrip()):
            rule = _shift(index), right
        else:
            return None
        rest = f"{rest[: hit.start() + left_term.start()]} {rest[hit.end() :]}"
    if rule is None or len(letters) != 1 or WORDS.sub("", rest):
        return None
    letter = letters.pop()
    body = _body(scan, letter, *rule)
    count = len(first)
    begun = re.search(r"n\s*(?:≥|\\geq?)\s*(\d+)", head)
    if begun is not None and int(begun[1]) + rule[0] > count + 1:
        return None  # the next term is not given by the rule
    if (
        sorted(first) != list(range(1, count + 1))
        or not count
        or ("p1" in t.symbols(body)) != (count == 2)
    ):
        return None
    return Request(task=Task.SEQUENCE, topic=topics.RECURRENCE, words=(letter, wanted),
                   operands=(body, *(first[k] for k in sorted(first))))  # fmt: skip


def _shift(index: str) -> int:
    return int(index[1:] or 0)


def _body(scan: Scan, letter: str, next_index: int, text: str) -> t.Expr:
    """The right side in ``p0`` (the term before) and ``p1``, the index being that of ``p0``.

    Raises ``ValueError`` for terms of other places.
    """

    def name(hit: re.Match[str]) -> str:
        index = _index(hit)
        if _letter(hit) != letter or index.isdigit():
            raise ValueError(text)
        back = next_index - 1 - _shift(index)
        if back not in (0, 1):
            raise ValueError(text)
        return f"(p_{back})"

    plain, heard = TERM.sub(name, text), len(scan.notes)
    expr = scan.expression(Span(plain, 0, len(plain)))
    scan.notes[heard:] = [_as_written(note, letter, next_index) for note in scan.notes[heard:]]
    expr = t.substitute(t.substitute(expr, "p_0", t.Symbol("p0")), "p_1", t.Symbol("p1"))
    if next_index == 1 or "n" not in t.symbols(expr):
        return expr
    moved = t.add(t.Symbol("n"), t.integer(1 - next_index))
    return t.substitute(expr, "n", moved)


def _as_written(note: Text, letter: str, next_index: int) -> Text:
    """The note with the names of the terms that the text uses."""
    places = ["n" if k == 0 else f"{{n{k:+d}}}" for k in (next_index - 1, next_index - 2)]
    put = {f"p_{back}": t.Symbol(f"{letter}_{place}") for back, place in enumerate(places)}
    return replace(note, args=tuple(a if isinstance(a, str) else _put(a, put) for a in note.args))


def _put(expr: t.Expr, names: dict[str, t.Symbol]) -> t.Expr:
    for old, new in names.items():
        expr = t.substitute(expr, old, new)
    return expr
