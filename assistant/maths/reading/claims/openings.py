"""The number of a line, and the words that join it to the one before."""

from __future__ import annotations

import re

NUMBERING = re.compile(
    r"^\s*(?:[-*•·]\s+|\(?\d{1,2}[.)、]\s+(?![+*/^×÷])|\(\d{1,2}\)\s+(?=[\w\\$√|(])|\(?[a-hA-H]\)\s+|[①-⑳]\s*|step\s*\d+\s*[:.)]\s*"
    r"|第[一二三四五六七八九十\d]+步\s*[:：,，]?\s*)",
    re.IGNORECASE,
)
CONNECTORS = re.compile(
    r"^\s*(?:(?:and\s+)?(?:so|therefore|thus|hence|then|now|and|or|but|finally|next|answer|ans|check|solution|simplify|that\s+is|i\.e\."
    r"|which\s+(?:gives|means)|this\s+(?:gives|means)|we\s+(?:get|have|obtain)|let|given|where)\b\s*[,:：]?"
    r"|(?:the\s+)?(?:final\s+)?(?:answer|solution)(?:\s+(?:of|to)\s+(?:the|this)\s+(?:system|equation|inequality))?\s+is\s*:?"
    r"|(?:the\s+)?(?:two\s+|real\s+)*(?:solutions|roots)(?:\s+of\s+(?:the|this)\s+equation)?\s+are\s*:?"
    r"|[=\-]+>|<=>|⇔|⇒|⟹|→|\\Rightarrow|\\implies|\\iff|\\Leftrightarrow|\\therefore|∴|∵"
    r"|(?:答案?|解|所以|因此|因而|故|则|即|于是|可得|解得|求得|得到|得|又|又因为|因为|设|令|检验|验算|原式|原方程|化简|整理|移项|合并同类项|去括号|去分母|系数化为1|配方|开方)+[得为是]?\s*[:：,，]?)\s*",
    re.IGNORECASE,
)


def without_opening(text: str) -> str:
    """Without numbering and connecting words at its beginning."""
    text = NUMBERING.sub("", text, count=1).strip()
    for _ in range(3):
        shorter = CONNECTORS.sub("", text, count=1).strip()
        if shorter == text or not shorter:
            break
        text = shorter
    return text
