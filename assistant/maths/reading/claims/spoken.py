"""Numbers that a sentence spells: ``twenty-six cans`` and 四十四颗 as ``26 cans`` and 44颗.

What may be something else than a number of things stays as it stands: ``one of them``,
``two-digit``, 十分, 三角形, 第二步.
"""

from __future__ import annotations

import re

from assistant.maths.reading.numerals import (
    LOW,
    PARTS,
    SCALES,
    TENS,
    cardinal,
    chinese_integer,
    fraction,
)

_WORD = rf"(?:{'|'.join(sorted((*LOW, *TENS, *SCALES), key=len, reverse=True))})"
_ENGLISH = re.compile(
    rf"\b{_WORD}(?:(?:[\s-]+|\s+and\s+){_WORD})*\b"
    rf"(?!-[A-Za-z]|\s+(?:{'|'.join(PARTS)})\b|['’]s?\s)",
    re.IGNORECASE,
)
_SINGLE = "|".join(part for part in PARTS if not part.endswith("s"))
_SEVERAL = "|".join(part for part in PARTS if part.endswith("s"))
_FRACTION = re.compile(rf"\bone[\s-](?:{_SINGLE})\b|\b{_WORD}[\s-](?:{_SEVERAL})\b", re.IGNORECASE)
_DIGITS = "零〇一二两三四五六七八九十百千万亿"
_MEASURES = "个只支枝颗粒块元位名人本张件辆棵盒瓶箱袋包页倍天周岁米克吨升双朵头匹台套"
_CHINESE = re.compile(
    rf"(?<![{_DIGITS}第几数每这那前后之])(?:百分之(?P<share>[{_DIGITS}]+)"
    rf"|(?P<long>[{_DIGITS}]{{2,}})(?![{_DIGITS}分次])|(?P<short>[二两三四五六七八九十])(?=[{_MEASURES}]))"
)


def in_digits(text: str, least: int = 2) -> str:
    """The text with the numbers that are surely ones, and not less than that, in digits."""

    def digits(match: re.Match[str]) -> str:
        said = match.groupdict()
        spelled = said.get("share") or said.get("long") or said.get("short")
        number = chinese_integer(spelled) if spelled else cardinal(match[0])
        if number is None or number < least:
            return match[0]
        return f"{number}%" if said.get("share") else str(number)

    text = _FRACTION.sub(lambda match: str(fraction(match[0]) or match[0]), text)
    return _CHINESE.sub(digits, _ENGLISH.sub(digits, text))
