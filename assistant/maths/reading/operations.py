"""Operations that a problem invents: ``m*n = m^n - mn``, then ``(-2)*2`` is asked for."""

from __future__ import annotations

import re

from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.terms import Expr
from assistant.maths.types import Definition, Request, Task

SIGNS = "*※⊕⊗☆★△▲@#◎⊙&◆○∆"
INVENTED = late(r"定义|规定|define", re.IGNORECASE)
LAW = late(
    rf"(?<![A-Za-z0-9)])([a-z])\s*([{SIGNS}])\s*([a-z])\s*[=＝]\s*([^=＝。；;，,（\u4e00-\u9fff]+?)\s*(?=\([^()]*均|[。；;，,（\u4e00-\u9fff]|[.．]\s|$)"
)
ASKED = late(
    r"(?:那么|则|求|计算)\s*([^=＝\u4e00-\u9fff]+?)\s*(?:的值)?[=＝]?\s*[_＿?？（）() .．。]*$"
)
BETWEEN = late(
    r"\s*(?:（[^（）]*）|\([^()]*均[^()]*\))?[．.。，,；;\s]*(?:(?:例如?|如|比如)[:：]?[^。；;\u4e00-\u9fff]*)?[．.。，,；;\s]*"
)
"""A remark on the letters and an example."""
GROUP = r"(?:\([^()]*\)|F\([^()]*\)|\d+(?:\.\d+)?|[a-zA-Z])"
SIGNED = r"(?:(?:^|(?<=[(,;⟨]))\s*-\s*)?"
"""A minus at the beginning belongs to the number: ``-1※2`` is ``(-1)※2``."""
NAME = "F"


def read_operation(scan: Scan) -> Request | None:
    """The request of a text that invents an operation; ``None`` if it is no such text.

    Raises ``ReadingError`` where law or question cannot be read.
    """
    if not INVENTED.search(scan.source):
        return None
    law = LAW.search(scan.source)
    asked = ASKED.search(scan.source)
    if law is None or asked is None or law[2] in law[4] or asked.start() < law.end():
        return None
    if not BETWEEN.fullmatch(scan.source[law.end() : asked.start()]) or re.search(
        r"[\d=＝]", scan.source[: law.start()]
    ):
        return None  # something else is given that the answer may depend on
    first, sign, second = law[1], law[2], law[3]
    if first == second:
        return None
    body = _read(scan, Span(scan.source, law.start(4), law.end(4)), law[4])
    rewritten = applied(asked[1].replace("（", "(").replace("）", ")"), sign)
    if sign in rewritten:
        raise scan.error(
            Span(scan.source, *asked.span(1)), "this is not understood", "这里无法理解"
        )
    scan.definitions.append(Definition(NAME, (first, second), body))
    scan.functions.add(NAME)
    wanted = _read(scan, Span(scan.source, *asked.span(1)), rewritten)
    return Request(task=Task.EVALUATE, operands=(wanted,))


def applied(text: str, sign: str) -> str:
    """``(-2)*2`` as ``F((-2), 2)``, from the left and from the inside."""
    pair = re.compile(rf"({SIGNED}{GROUP})\s*{re.escape(sign)}\s*(-?{GROUP})")
    inner = re.compile(r"\(\s*(F\([^()]*\))\s*\)")
    for _ in range(50):
        changed = pair.sub(lambda m: f"F({_bare(m[1])};{_bare(m[2])})", text, count=1)
        changed = inner.sub(r"\1", changed)
        if changed == text:
            break
        text = changed
    return text.replace(";", ",").replace("⟨", "(").replace("⟩", ")")


def _bare(group: str) -> str:
    """A group whose brackets cannot be mistaken for those of a call that is still open."""
    return group.replace("(", "⟨").replace(")", "⟩")


def _read(scan: Scan, span: Span, text: str) -> Expr:
    try:
        return read_formula(text, frozenset(scan.functions))
    except ReadingError as wrong:
        raise ReadingError(wrong.message, span.start, wrong.suggestion) from wrong
