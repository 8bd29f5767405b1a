"""Numbers written as words, in English and Chinese."""

from __future__ import annotations

import re
from fractions import Fraction

LOW = dict(
    zip(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split(),
        range(20),
        strict=True,
    )
) | {"fourteeen": 14}  # a spelling that question banks carry
TENS = {
    word: 10 * n
    for n, words in enumerate(
        "twenty thirty forty/fourty fifty sixty seventy eighty ninety".split(), start=2
    )
    for word in words.split("/")
}
SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
ORDINALS = dict(
    zip(
        """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
        twentieth""".split(),
        range(21),
        strict=True,
    )
) | {"twelth": 12}
PARTS = (
    {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
    | {word: n for word, n in ORDINALS.items() if n > 2}
    | {f"{word}s": n for word, n in ORDINALS.items() if n > 2}
    | {"hundredth": 100, "hundredths": 100, "thousandth": 1000, "thousandths": 1000}
)
ZH_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"两": 2, "〇": 0}
ZH_SCALES = {"十": 10, "百": 100, "千": 1000}
ZH_GROUPS = {"万": 10**4, "亿": 10**8}


def cardinal(text: str) -> int | None:
    """``thirty-one``, ``two hundred and five``, ``one million``, ``12``; else ``None``."""
    words = [w for w in re.split(r"[\s-]+", text.strip().lower()) if w and w != "and"]
    if not words:
        return None
    total = group = 0
    room = 10**12  # what follows is smaller than the last word: no "five six"
    for n, word in enumerate(words):
        if word.isascii() and word.isdigit() and n == 0:
            group, room = int(word), 0
        elif word in LOW and LOW[word] < room:
            group, room = group + LOW[word], 0
        elif word in TENS and room > 99:
            group, room = group + TENS[word], 10
        elif word == "hundred" and group < 100:
            group, room = max(group, 1) * 100, 100
        elif word in SCALES:
            total, group, room = total + max(group, 1) * SCALES[word], 0, 10**12
        elif word in ("a", "an") and n == 0 and len(words) > 1:
            group, room = 1, 0
        else:
            return None
    return total + group


def ordinal(text: str) -> int | None:
    """``third``, ``3rd``, ``twenty-first``; else ``None``."""
    text = text.strip().lower()
    if text in ORDINALS:
        return ORDINALS[text]
    if found := re.fullmatch(r"(\d+)\s*(?:st|nd|rd|th|'th)", text):
        return int(found[1])
    head, _, last = text.replace(" ", "-").rpartition("-")
    if head in TENS and 0 < ORDINALS.get(last, 0) < 10:
        return TENS[head] + ORDINALS[last]
    return None


def fraction(text: str) -> Fraction | None:
    """``three tenths``, ``thirty-one quarters``, ``half``, ``a fifth``; else ``None``."""
    words = text.strip().lower()
    whole = cardinal(words)
    if whole is not None:
        return Fraction(whole)
    head, _, part = words.replace("-", " ").rpartition(" ")
    if part not in PARTS:
        return None
    count = 1 if head in ("", "a", "an", "one") else cardinal(head)
    return None if count is None else Fraction(count, PARTS[part])


def chinese(text: str) -> Fraction | None:
    """``三``, ``二十七``, ``四分之三``, ``27亿``, ``3.5万``; else ``None``."""
    text = text.strip()
    if "分之" in text:
        den, _, num = text.partition("分之")
        low, high = chinese_integer(den), chinese_integer(num)
        return Fraction(high, low) if low and high is not None else None
    if found := re.fullmatch(r"(\d+(?:\.\d+)?)\s*([千百十]?[万亿]?)", text):
        value = Fraction(found[1])
        for scale in found[2]:
            value *= (ZH_SCALES | ZH_GROUPS)[scale]
        return value
    whole = chinese_integer(text)
    return None if whole is None else Fraction(whole)


def chinese_integer(text: str) -> int | None:
    """``三百零五``, ``十二``, ``一万三千``, ``12``; else ``None``.

    ``一百五`` is 150 to some and 105 to others, and ``三二`` is no number: neither is read.
    """
    if text.isascii() and text.isdigit():
        return int(text)
    total = group = 0
    digit: int | None = None
    room, zero, last = 10**5, True, 0
    for char in text:
        if char in ZH_DIGITS:
            if digit:
                return None
            digit = ZH_DIGITS[char]
            zero = zero or digit == 0
        elif char in ZH_SCALES:
            scale = ZH_SCALES[char]
            if scale >= room or digit == 0:
                return None
            group += (digit or 1) * scale
            digit, room, zero = None, scale, False
        elif char in ZH_GROUPS:
            if digit and not zero and room > 10:
                return None
            scale, part = ZH_GROUPS[char], group + (digit or 0)
            total = total + part * scale if scale < last else (total + part) * scale
            group, digit, room, zero, last = 0, None, 10**5, False, scale
        else:
            return None
    if digit and not zero and room > 10:
        return None
    return total + group + (digit or 0) if text else None
