"""One spelling for the many ways in which an answer is written down."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from assistant.maths.reading.numerals import cardinal, chinese, fraction

WRAPPERS = re.compile(
    r"\\(?:text|mbox|textbf|textnormal|textrm|mathrm|mathbf|operatorname|rm|bf)\s*\{([^{}]*)\}"
)
SPACES = re.compile(r"(?<!\\)\\[,;:! ]|\\quad|\\qquad|~|\\displaystyle|\\limits")
NOTHING = re.compile(
    r"(?:there (?:is|are) |(?:the |this )?(?:equation|inequality|system) has )?"
    r"no (?:real )?(?:solutions?|roots?)|(?:原?(?:方程|不等式)组?)?(?:无|没有)(?:实数?)?[解根]"
    r"|empty set|none|∅|\\emptyset|\\varnothing|\{\}|\\\{\\\}|空集"
)
EVERYTHING = re.compile(
    r"(?:x (?:is|can be) )?(?:all|any) (?:real numbers?|reals)|x?[为是]?(?:任意|全体|一切|所有)实数"
)
UNITS = {
    "millimeter": "mm 毫米 millimeters millimetres",
    "centimeter": "cm 厘米 centimeters centimetres",
    "decimeter": "dm 分米", "meter": "m 米 meter meters metre metres",
    "kilometer": "km 千米 公里 kilometers kilometres", "inch": "in inch inches 英寸",
    "foot": "ft foot feet 英尺", "yard": "yd yard yards", "mile": "mi mile miles 英里",
    "milligram": "mg 毫克", "gram": "g 克 gram grams", "kilogram": "kg 千克 公斤 kilograms",
    "metric_ton": "t 吨 tonnes", "pound": "lb lbs pounds", "ounce": "oz ounces",
    "second": "s 秒 sec seconds", "minute": "min 分钟 minutes", "hour": "h 小时 hr hour hours",
    "day": "d 天 day days", "milliliter": "ml mL 毫升", "liter": "l L 升 liter liters litres",
    "degree": "° 度 degree degrees \\circ", "dollar": "dollar dollars $", "cent": "cent cents ¢",
    "yuan": "元 圆 块", "jiao": "角 毛",
}  # fmt: skip
UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words.split()}
PREFIX = {"平方": 2, "立方": 3, "square": 2, "cubic": 3, "sq": 2}
_WORDS = "|".join(re.escape(w) for w in sorted(UNIT_OF, key=len, reverse=True))
QUANTITY = re.compile(
    rf"^(?P<value>[-+]?[\d\s.,/*^(){{}}\\a-z]*?[\d)}}])\s*(?:\\,)?\s*(?P<prefix>{'|'.join(PREFIX)})?\s*"
    rf"(?P<unit>{_WORDS})\s*(?:\^?\s*\{{?(?P<power>[23²³])\}}?)?\s*\.?$"
)
FUNCTIONS_ONLY = re.compile(r"(?:frac|dfrac|tfrac|sqrt|pi|cdot|times|left|right)")
PRICE = re.compile(r"\s*\\?([$¥￥])\s*(\d[\d,]*(?:\.\d+)?)\s*")
AMERICAN = re.compile(r"\bUS\s?\\?\$|\bUSD\s?(?=\d)")
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".replace(" ", "|")
_UNITS = "one two three four five six seven eight nine".replace(" ", "|")
_OTHERS = (
    "zero ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).replace(" ", "|")
ENGLISH_NUMBER = re.compile(
    rf"(?:{_TENS})(?:[ -](?:{_UNITS}))?|{_UNITS}|{_OTHERS}"
    rf"|(?:(?:{_UNITS}) |a )?(?:hundred|thousand)",
    re.IGNORECASE,
)
CHINESE_NUMBER = re.compile(
    r"[零一二三四五六七八九十百千两〇][零一二三四五六七八九十百千万亿两〇]*(?:分之[一二三四五六七八九十百千]+)?"
    r"|\d+(?:\.\d+)?[十百千]?[万亿]"
)
TWO_DIGITS = re.compile(r"[一二三四五六七八九两]{2}|〇|零$(?<=.零)")
RELATIONS = (
    ("大于或等于", "≥"), ("大于等于", "≥"), ("不小于", "≥"), ("小于或等于", "≤"), ("小于等于", "≤"),
    ("不大于", "≤"), ("不等于", "≠"), ("等于", "="), ("大于", ">"), ("小于", "<"),
)  # fmt: skip
BOTH_ROOTS = re.compile(r"^([a-z])_?\{?1\}?\s*=\s*\1_?\{?2\}?\s*=(?!=)")
"""``x_1 = x_2 = 5``: one value, which counts twice."""
_FIRST_ROOT = r"([a-z])_?\{?1\}?\s*=\s*([^,;=]{1,80}?)\s*(?:[,;，；、和或]|\band\b|\bor\b)\s*"
EQUAL_ROOTS = re.compile(rf"^\s*{_FIRST_ROOT}\1_?\{{?2\}}?\s*=\s*\2\s*$")
"""``x_1 = 5, x_2 = 5``: the same."""
_LISTED = re.compile(r"[,;，；、和或(\[{]|\b(?:and|or)\b")
FULL_WIDTH = {"，": ",", "；": ";", "。": ".", "（": "(", "）": ")", "：": ":", "、": ","}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An answer in one spelling; ``unit`` of pint with ``power``, or none."""

    text: str
    unit: str = ""
    power: int = 1
    special: str = ""


def one_money(text: str) -> str:
    """A price with one sign for its money: ``US$3`` and ``￥3`` as ``$3`` and ``¥3``."""
    return AMERICAN.sub("$", text.replace("￥", "¥"))


def double_root(text: str, other: str) -> str:
    """``x_1 = 5, x_2 = 5`` beside a single value: one that counts twice."""
    twice = None if _LISTED.search(other) else EQUAL_ROOTS.match(text)
    return f"{twice[1]}={twice[2]}" if twice is not None else text


def plain_words(text: str) -> str:
    """For the comparison of words: no wrappers, no case, no spaces at the ends."""
    text = WRAPPERS.sub(r"\1", SPACES.sub(" ", text)).rstrip(" .$。").lstrip(" $。")
    return re.sub(r"\s+", " ", text).strip()


def clean(text: str) -> Cleaned:
    """One spelling, a unit taken off."""
    for full, half in FULL_WIDTH.items():
        text = text.replace(full, half)
    text = "".join(
        unicodedata.normalize("NFKC", c) if 0xFF00 <= ord(c) <= 0xFFEF else c for c in text
    )
    if r"\begin" not in text:
        text = re.sub(r"\\\\(?=[a-zA-Z{}(\[])", r"\\", text)
    text = re.sub(r"\\n(?![a-zA-Z])", " ", text)
    text = re.sub(r"(?<=\d)\s*(?:\{\s*,\s*\}|,\\!)\s*(?=\d{3})", "", text)
    text = SPACES.sub(" ", text)
    text = WRAPPERS.sub(lambda m: f" {m.group(1).strip()} ", text)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))(?=[\d,]*\.?\d*\D*$)", "", text)
    if priced := PRICE.fullmatch(text):
        return Cleaned(priced[2], "dollar" if priced[1] == "$" else "yuan")
    text = text.strip().strip("$").strip()
    text = re.sub(r"\\%|\bpct\b|\bpercent(?:age)?\b|%", "%", text)
    text = re.sub(r"(?<![a-zA-Z])([CA])_\{?(\d+)\}?\^\{?(\d+)\}?", _arrangements, text)
    text = re.sub(r"\\(?:left|right|big|Big|bigg|Bigg)(?=[\s()\[\]{}|.\\])", "", text)
    text = re.sub(r"(?<=[\d)}])\s*\.$", "", text).strip()
    for words, sign in RELATIONS:
        text = text.replace(words, sign)
    text = BOTH_ROOTS.sub(r"\1=", text)
    lowered = text.lower().strip(" .")
    if NOTHING.fullmatch(lowered):
        return Cleaned(text, special="nothing")
    if EVERYTHING.fullmatch(lowered):
        return Cleaned(text, special="everything")
    text = _exact_part(text)
    if (number := _spelled(text)) is not None:
        return Cleaned(str(number))
    return _quantity(text)


def _spelled(text: str) -> Fraction | int | None:
    """A number in words: ``twenty-five``, ``十二``, ``5万``, ``四分之三``."""
    if ENGLISH_NUMBER.fullmatch(text):
        return cardinal(text)
    if re.fullmatch(r"[A-Za-z][A-Za-z -]{2,40}", text) and (part := fraction(text)) is not None:
        return part
    if text[:1] == "负" and (size := _spelled(text[1:])) is not None:
        return -size
    if CHINESE_NUMBER.fullmatch(text) and not TWO_DIGITS.search(text):
        return chinese(text)
    return None


def in_radians(answer: Cleaned, other: Cleaned) -> Cleaned:
    """Degrees beside a multiple of pi, which is an angle without a unit."""
    if answer.unit == "degree" and not other.unit and re.search(r"pi|π", other.text):
        return Cleaned(f"({answer.text})*pi/180")
    return answer


def _arrangements(match: re.Match[str]) -> str:
    """``C_5^2`` and ``A_5^2`` of Chinese schools."""
    kind, n, k = match.groups()
    if kind == "C":
        return f"binomial({n},{k})"
    return f"({n}!/({n}-{k})!)"


def _exact_part(text: str) -> str:
    """What stands before "approximately", where it is a value of its own."""
    before, sign, after = re.sub(r"\\approx|≈|\\simeq", "≈", text).partition("≈")
    if not sign:
        return text
    if re.fullmatch(r"\s*[a-zA-Z](?:_\w)?\s*", before):
        return f"{before}={after}"
    return before.strip() or after.strip()


def _quantity(text: str) -> Cleaned:
    match = QUANTITY.match(text)
    if match is None:
        return Cleaned(text)
    letters = FUNCTIONS_ONLY.sub("", match["value"])
    if re.search(r"[a-z]", letters):
        return Cleaned(text)
    power = {"2": 2, "3": 3, "²": 2, "³": 3}.get(match["power"] or "", 1)
    return Cleaned(
        match["value"].strip(), UNIT_OF[match["unit"]], power * PREFIX.get(match["prefix"] or "", 1)
    )


OPENING, ENDING = "([{", ")]}"


def pieces(text: str, separators: str) -> list[str]:
    """The parts of a text between separators that stand outside of all brackets."""
    parts, depth, start = [], 0, 0
    words = re.compile(separators)
    at = 0
    while at < len(text):
        depth += (text[at] in OPENING) - (text[at] in ENDING)
        match = words.match(text, at) if depth <= 0 else None
        if match and match.end() > at:
            parts.append(text[start:at])
            at = start = match.end()
            depth = 0
            continue
        at += 1
    parts.append(text[start:])
    return [p.strip() for p in parts if p.strip()]
