"""Results that are not the same each time: of chance, or of the clock."""

from __future__ import annotations

import re

from runtimes.texts import Text

VARIES = Text(
    "it gives something else, and by chance or by the clock it may; the example is then only one "
    "result of several",
    "结果与示例不同，但它取决于随机数或时钟；示例可能只是多种结果之一",
)
_RANDOM = re.compile(
    r"\b(?:random|secrets|uuid\d?|shuffle|randint|mt19937|random_device|shuf)\b|\$\{?RANDOM\b"
    r"|\bs?rand\s*\("
)
_SEEDED = re.compile(r"\b(?:seed|Random|srand|default_rng)\s*\(\s*\d|\bmt19937\s*\w*\s*[({]\s*\d")
_CLOCK = re.compile(
    r"\b(?:now|today|time|clock|localtime|gmtime|strftime)\s*\(|\bnew\s+Date\s*\(\s*\)"
)
_SAYS_RANDOM = re.compile(
    r"random|shuffl|dice|coin|lottery|roll|passwords?|tokens?|uuid|guid"
    r"|随机|骰子|硬币|洗牌|抽[取奖签]|密码|口令|令牌|验证码",
    re.IGNORECASE,
)
_SAYS_CLOCK = re.compile(
    r"\b(?:today|now|current|clock|date|time|age|birth\w*)\b"
    r"|今天|今日|现在|当前|时间|日期|时钟|年龄|岁|生日|出生",
    re.IGNORECASE,
)


def varies(program: str, question: str) -> bool:
    """Does a question speak of chance or of the clock, and the program hang on it?"""
    chance = _RANDOM.search(program) is not None and _SEEDED.search(program) is None
    clock = _CLOCK.search(program) is not None
    return (chance and _SAYS_RANDOM.search(question) is not None) or (
        clock and _SAYS_CLOCK.search(question) is not None
    )
