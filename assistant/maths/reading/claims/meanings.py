"""Does a problem give signs and numerals another meaning than they usually have?

After ``define a * b = a + 2b`` it is right that ``3 * 4 = 11``, and in base 8 that ``7 + 1 = 10``.
"""

from __future__ import annotations

import re

_LETTER = r"\$?(?<![A-Za-z\d_])[a-zA-Z](?![A-Za-z\d_])\$?"
_SAYS = r"\$?\s*(?:=|＝|为|是|表示|\b(?:is|be|means?|denotes?|stands?)\b)"
_UNUSUAL = re.compile(
    rf"{_LETTER}\s*(?:\\(?:oplus|otimes|ominus|odot|star|ast|circ|diamond|triangle\w*|square|bullet|heartsuit|clubsuit)"
    rf"|[^\w\s,.;:!?()<>≤≥≠=+*/^·×÷∙|'’，。；：、$\\{{}}\[\]√πθ-])\s*{_LETTER}{_SAYS}"
)
"""``a ※ b =``: the sign has no other meaning than the problem's."""
_USUAL = re.compile(rf"{_LETTER}\s*(?:[-+*/^·×÷∙]|\\(?:times|cdot|div))\s*{_LETTER}{_SAYS}")
_OPERATION = re.compile(
    r"\bdefin\w+|\bdenot\w+|\boperat(?:ion|or)s?\b|定义(?!域)|规定|运算|新算", re.IGNORECASE
)
_NUMERALS = re.compile(
    r"\b(?:in|to|into|from|number)\s+base[\s-]*(?:\d|two|three|five|six|seven|eight|nine|twelve|sixteen)"
    r"|[(（]\s*base[\s-]*\d|\bbase[\s-]\d+\s+(?:number|numeral|arithmetic|addition|system)"
    r"|\bin\s+(?:binary|octal|hex\w*|ternary)\b|\b(?:binary|octal|hexadecimal|ternary)\s+(?:number|numeral|arithmetic|addition"
    r"|system|digit)s?\b|\b(?:clock|modular|boolean)\s+(?:arithmetic|algebra)\b|\bfinite\s+field\b|\bwork(?:ing|s)?\s+(?:in\s+\w+\s+)?mod(?:ulo)?\b|模\s?\d+\s?(?:的?意义|的?运算|的?加法|的?乘法|的?剩余类)|\b\d+-hour\s+clock\b"
    r"|(?:\\mathbb\s?\{?[ZF]\}?|[ℤ𝔽])\s?[_/]|\b(?:GF|Z)_?\{?\(?\d|(?<!十)[二三四五六七八九]进制|十[二六]进制|布尔|钟面|有限域",
    re.IGNORECASE,
)
_LOGARITHM = re.compile(r"\blog|\\log|对数", re.IGNORECASE)


def redefines(problem: str) -> bool:
    """Whether a sign of calculation, or what a numeral stands for, may be something else in it."""
    if _UNUSUAL.search(problem) or (_USUAL.search(problem) and _OPERATION.search(problem)):
        return True
    return _NUMERALS.search(problem) is not None and _LOGARITHM.search(problem) is None
