"""Reads what was asked for: ``O(n)``, ``O(n log n)``, ``O(n^2)``."""

from __future__ import annotations

import re

from assistant.coding.growth.types import Order

MOST_TEXT = 100_000
SIGNS = str.maketrans({"²": "^2", "³": "^3", "·": "*", "×": "*", "⋅": "*", "（": "(", "）": ")",
                       "Ｏ": "O", "ⁿ": "^n", "√": "sqrt"})  # fmt: skip
FORMS = (
    (Order.CONSTANT, r"1"),
    (Order.LOG, r"(?:log|ln|lg)_?(?:2|10|\{2\})?\(?n\)?"),
    (Order.ROOT, r"sqrt\(?n\)?|n\^(?:\(?1/2\)?|0?\.5)"),
    (Order.LINEAR, r"n(?:\+[mk])?|[mn]\+[mn]"),
    (Order.LINEAR_LOG, r"n\*?\(?(?:log|ln|lg)_?(?:2|\{2\})?\(?n\)?\)?"),
    (Order.QUADRATIC, r"n\^2|n\*n"),
    (Order.CUBIC, r"n\^3|n\*n\*n"),
    (Order.EXPONENTIAL, r"(?:2|c|k)\^n"),
)
WORDS = (
    (Order.CONSTANT, r"constant[- ]time|常数时间"),
    (Order.LOG, r"logarithmic time|对数时间"),
    (Order.LINEAR, r"linear[- ]time|线性时间"),
    (Order.QUADRATIC, r"quadratic time|平方时间"),
)
_ASKED = re.compile(r"\b[OΘ]\s{0,3}\(((?:[^()\n]|\([^()\n]{0,20}\)){1,40})\)")
_SPACE = re.compile(
    r"(?:extra|additional|auxiliary)?\s*(?:space|memory)\b|(?:额外)?(?:的)?空间|内存", re.IGNORECASE
)
_SPACE_BEFORE = re.compile(
    r"(?:space(?: complexity)?|memory|空间(?:复杂度)?)[^.;,，。；]{0,20}$", re.IGNORECASE
)
_NOT = re.compile(
    r"(?:\bnot\b|n't\b|\binstead of\b|\brather than\b|\bfrom\b|不是|而不是|而非|不要|不能)"
    r"[^.;,，。；)]{0,30}$",
    re.IGNORECASE,
)


def read_order(text: str) -> Order | None:
    """The class that ``O(n log n)`` or ``n*log(n)`` means; ``None`` where it is none of ours."""
    word = re.sub(r"\s|\\", "", text[:80].translate(SIGNS))
    word = word.replace("**", "^").replace("^{2}", "^2").replace("^{3}", "^3")
    word = re.sub(r"^[OoΘ]\((.*)\)$", r"\1", word).lower().replace("sqrt{n}", "sqrt(n)")
    for order, form in FORMS:
        if re.fullmatch(form, word):
            return order
    return None


def asked_in(text: str) -> Order | None:
    """The class that a question asks for (``in O(n) time``); ``None`` where it asks for none or
    for several, or speaks of memory alone."""
    text = text[:MOST_TEXT].translate(SIGNS)
    found = set()
    for match in _ASKED.finditer(text):
        before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() :][:40]
        if _SPACE.match(after.lstrip()) or _SPACE_BEFORE.search(before) or _NOT.search(before):
            continue
        found.add(read_order(match[1]))
    for order, words in WORDS:
        for match in re.finditer(words, text, re.IGNORECASE):
            if not _NOT.search(text[max(0, match.start() - 60) : match.start()]):
                found.add(order)
    return found.pop() if len(found) == 1 else None
