"""Whole numbers that follow each other, by their sum or product."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.telling import COUNT, NUMBER, amount
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Text

WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "两": 2, "三": 3, "四": 4, "五": 5, "二": 2}
ROW = (
    r"(?P<n>two|three|four|five|\d) consecutive(?: positive| natural)? ?(?P<kind>even |odd )?"
    r"(?:positive )?(?:integers|numbers|whole numbers)"
)
TOTAL = rf"(?P<sum>-?{NUMBER})"
ZH_ROW = rf"(?P<n>[两二三四五]|{COUNT})个连续的?(?P<kind>正?奇|正?偶|正?整|自然)数"
ALL = r"(?:the (?:\w+ )?(?:integers|numbers)|them)"
ONE = r"the (?P<one>smallest|largest|least|greatest|middle|larger|smaller)(?: (?:integer|number|of them|one))?"
ZH_ASKED = (
    r"(?:求|则|问)?(?:(?P<all>这[两二三四五\d]个(?:奇|偶|整|自然)?数|它们)(?:各|分别)?(?:是多少|是几|为多少)?"
    r"|(?:其中)?最(?P<one>大|小)的?(?:一个)?(?:数|奇数|偶数|整数)(?:是多少|是几)?|(?P<mid>中间的?(?:一个)?数)(?:是多少)?)"
)
SAID = tuple(
    late(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:the )?(?P<how>sum|product) of {ROW} (?:is|equals) {TOTAL}[.,;]? ?(?:find|what (?:is|are)) (?:(?P<all>{ALL})|{ONE})",
        rf"{ROW} (?:have a|whose) (?P<how>sum|product)(?: of| is) {TOTAL}[.,;]? ?(?:find|what (?:is|are)) (?:(?P<all>{ALL})|{ONE})",
        rf"(?P<all>find) {ROW} (?:whose (?P<how>sum|product) is|with a (?P<how2>sum|product) of) {TOTAL}",
        rf"(?:已知)?{ZH_ROW}的?(?P<how>和|积)(?:是|为|等于){TOTAL}[,.]?{ZH_ASKED}",
    )
)


def read_consecutive(tale: Tale) -> list[Request] | None:
    """``The sum of three consecutive even integers is 48. Find the integers.``"""
    text = tale.text.strip().rstrip(".?!")
    hit = next((found for pattern in SAID if (found := pattern.fullmatch(text))), None)
    if hit is None:
        return None
    said = {name: value.lower() for name, value in hit.groupdict().items() if value}
    many = WORDS.get(said["n"]) or int(amount(said["n"]) or 0)
    total = amount(said["sum"].lstrip("-"))
    kind = said.get("kind", "").strip().removeprefix("正")
    if total is None or total.denominator != 1 or not 2 <= many <= 9:
        return None
    total = -total if said["sum"].startswith("-") else total
    step = 2 if kind in ("even", "odd", "奇", "偶") else 1
    product = (said.get("how") or said["how2"]) in ("product", "积")
    if product and many > 3:
        return None
    first = (total - Fraction(step * many * (many - 1), 2)) / many
    if not product and not _is_kind(first, kind, text):
        return None
    if product and kind in ("even", "odd", "奇", "偶"):
        odd = kind in ("odd", "奇")
        if (total.numerator % 2 == 1) != odd:
            return None
    numbers, laws = _row(tale, many, step, named=product)
    made: t.Expr = t.Mul(numbers) if product else t.Add(numbers)
    why = Text("Let {0} be the first of the numbers.", "设第一个数为 {0}，由题意得", (numbers[0],))
    keep = [t.Call("in", (numbers[0], t.Constant(t.ConstantName.INTEGERS)))]
    least = _least(text)
    limits = [] if least is None else [t.Relation(t.Comparison.GE, numbers[0], t.integer(least))]
    tale.says(why, *laws, t.equation(made, t.rational(total)), keep=(*keep, *limits))
    tale.text = ""
    return _asked(said, numbers)


def _row(
    tale: Tale, many: int, step: int, *, named: bool
) -> tuple[tuple[t.Expr, ...], list[t.Expr]]:
    """The numbers, by the first of them, or each by a letter of its own: then it is told in the
    answer which belong together."""
    first = t.Symbol(tale.letter("x"))
    rest = [t.Add((first, t.integer(step * n))) for n in range(1, many)]
    if not named:
        return (first, *rest), []
    letters = [t.Symbol(tale.letter("y", "z")) for _ in rest]
    return (first, *letters), [t.equation(*pair) for pair in zip(letters, rest, strict=True)]


def _asked(said: dict[str, str], numbers: tuple[t.Expr, ...]) -> list[Request] | None:
    if "all" in said:
        return [value_of(number) for number in numbers]
    asked = said.get("one", "middle")
    if asked == "middle":
        return [value_of(numbers[len(numbers) // 2])] if len(numbers) % 2 else None
    if asked in ("larger", "smaller") and len(numbers) != 2:
        return None
    return [
        value_of(numbers[0] if asked in ("smallest", "least", "小", "smaller") else numbers[-1])
    ]


def _least(text: str) -> int | None:
    """The least that the first number may be."""
    if re.search("positive|正", text):
        return 1
    return 0 if re.search("natural|自然|whole", text) else None


def _is_kind(first: Fraction, kind: str, text: str) -> bool:
    """Whether the first number is of the kind that is told."""
    least = _least(text)
    if first.denominator != 1 or (least is not None and first < least):
        return False
    return {"even": 0, "偶": 0, "odd": 1, "奇": 1}.get(kind, int(first) % 2) == int(first) % 2
