"""Lines as a student wrote them: without what is crossed out, and which of them is the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.maths.answers.extract import CLAIMED, CONCLUSION, TAIL, boxed, extract_answer

TAKEN_BACK = re.compile(
    r"\b(?:not|never|less|more|fewer|greater|larger|smaller|than|about|around|approx\w*|almost"
    r"|nearly|between|least|most|maybe|unless|except)\b|n't\b|[不非没未约]|左右|以[上下]|[多少大小]于"
    r"|至[多少]|超过|可能|[≈~]",
    re.IGNORECASE,
)
"""What takes a number back that stands beside it, or says that it is none exactly."""
_NO_CONCLUSION = re.compile(r"so\s+(?:many|much|far)\b", re.IGNORECASE)
_CROSSED = re.compile(
    r"~~.{1,999}?~~|<(s|del|strike)>.{0,999}?</\1>|\\(?:sout|cancel|st)\{[^{}]*\}", re.IGNORECASE
)
_SIDE_BY_SIDE = re.compile(
    r"(=\s*[-+−±]?[\d./√]+)\s+(?=([A-Za-z])(?:_?\{?\d\}?)?\s*=(?!=))", re.ASCII
)
_BOTH_SIGNS = re.compile(r"(?<==)\s*\+\s*/?\s*[-−]\s*(?=[\d√(\\s])")


def tidy(line: str) -> str:
    """Without what is crossed out; ``x = +-3`` with one sign; values that stand side by side,
    apart: ``x1=2 x2=3``."""
    line = _BOTH_SIGNS.sub(" ±", _CROSSED.sub(" ", line))
    return _SIDE_BY_SIDE.sub(r"\1, ", line).strip()


def final(lines: Sequence[str]) -> str:
    """The answer: what is boxed or announced as one, or else the last line as it stands."""
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    text = "\n".join(lines)[-TAIL:]
    if boxed(text) is not None or CLAIMED.search(text):
        return extract_answer(text) or last
    if (begun := CONCLUSION.match(last)) is None or _NO_CONCLUSION.match(last):
        return last
    rest = last[begun.end() :].strip(" ,，:：")
    return rest if TAKEN_BACK.search(rest) else extract_answer(last) or rest
