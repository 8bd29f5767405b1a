"""Square brackets that mean the greatest integer, where a text says so."""

from __future__ import annotations

import re

SQUARE = re.compile(r"\[([^\[\](),，;]+)\]")
SAID = re.compile(
    r"\[[a-z]\]\s*(?:is|denotes|means|表示|是指|为).{0,30}(?:greatest|largest|floor|最大整数|取整)"
    r"|取整函数|高斯函数|(?:floor|greatest[ -]integer)(?: function)?(?: of)?\s*\[",
    re.IGNORECASE,
)
GREATEST = re.compile(
    r"[\s,，;]*(?:where\s+|with\s+|其中|这里|记)?\s*\[[a-z]\]\s*"
    r"(?:(?:is|denotes|means)\s+the\s+(?:(?:greatest|largest)\s+integer"
    r"(?:\s+(?:function|(?:not\s+(?:exceeding|greater\s+than)|less\s+than\s+or\s+equal\s+to)\s+[a-z]))?"
    r"|floor(?:\s+function|\s+of\s+[a-z])?)"
    r"|(?:表示|是指|为)不(?:超过|大于)\s*[a-z]\s*的最大整数)\s*$",
    re.IGNORECASE,
)
"""The clause that says it."""


def with_floors(text: str, source: str) -> str:
    """A formula with the signs of the floor for its square brackets, if ``source`` says so."""
    return SQUARE.sub(r"⌊\1⌋", text) if "[" in text and SAID.search(source) else text
