"""Texts of any length that are hard to read: each kind by its name, made of a number of
characters, the same every time."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

LOWER = "abcdefghijklmnopqrstuvwxyz"
SIGNS = "!@#$%^&*()-=+[]{};:'\",.<>/?\\|`~"
HAN = "求解方程的值是多少如果一个三角形面积等于积分导数函数个人共有分给每"
NUMERALS = "一二三四五六七八九十百千万亿"
GREEK = "αβγδεζηθ"

PIECES = (
    "a", "i", "e", "9", "(", "[", "{", "|", "!", "-", "$", "\\", "_", "?", ".", "\n", "\t", "'",
    '"', "²", "∫", "√", "\x00", "\u200b", "😀", "求", "的", "1 ", "1.", "1,", "x+", "x^", "x=",
    "x<", "xy", "x;", "x_", "x\n", "|x", "a:", "a, ", "- ", "dx", "pi", "ei", "the", "sin",
    "sin ", "sqrt(", "(x+", "f(", "1)", "5% of ", "3 km ", "d/dx ", "int x ", "lim ", "∑",
    "2 times ", "the sum of ", "what is the ", "solve ", "x = 1 and ", "Let x = 1. ",
    "if x then ", "and ", "twenty one hundred ", "$x$ ", "[1,2],", "\\frac{", "\\left(",
    "\\frac{1}{", "\\begin{aligned}", "&=", "\\\\", "\\sqrt", "x的", "和", "，", "第一，",
    "如果x=1，", "Tom has 3 apples and buys 2 more. ", "小明有3个苹果，又买了2个。",
    "x > 0, ", "therefore ",
    "=>", "x \\Rightarrow ", "1/", "(1,", "{1,", "->", "<=", "x'", "f(x) = ", "a/b ", "x in [",
    "1:2", "≤", "x ± ", "10^", "0.", "1e", "#", "@", "=(", "=(a<", ",(",
)  # fmt: skip
"""Each is told again and again."""


def _of(letters: str) -> Callable[[int], str]:
    return lambda n: "".join(random.Random(n).choices(letters, k=n))


def _again(piece: str) -> Callable[[int], str]:
    return lambda n: (piece * (n // len(piece) + 1))[:n]


def _words(n: int) -> str:
    draw = random.Random(n)
    return " ".join("".join(draw.choices(LOWER, k=draw.randint(1, 9))) for _ in range(n // 5 + 1))[
        :n
    ]


KINDS: Mapping[str, Callable[[int], str]] = {
    **{repr(piece): _again(piece) for piece in PIECES},
    "letters": _of(LOWER),
    "words": _words,
    "digits": _of("0123456789"),
    "signs": _of(SIGNS),
    "han": _of(HAN),
    "numerals": _of(NUMERALS),
    "greek": _of(GREEK),
    "mixed": _of(LOWER + "0123456789+-*/^()= .,"),
    "formula": _of("xyz0123456789+-*/^()="),
    "latex": _of("\\{}^_$&abx1"),
    "all": _of(LOWER + SIGNS + HAN + GREEK + " \n"),
    "nested": lambda n: "(" * (n // 2) + "x" + ")" * (n // 2),
    "nested fractions": lambda n: "\\frac{1}{" * (n // 10) + "x" + "}" * (n // 10),
    "nested powers": lambda n: "x^(" * (n // 4) + "2" + ")" * (n // 4),
    "blanks": lambda n: "x" + " " * n + "y",
    "blanks in an equation": lambda n: "x" + " " * (n // 2) + "=" + " " * (n // 2) + "1",
}
