"""What talk may lay down for questions without letters.

``sin 30`` is one number in degrees and another in radians, ``7 + 1`` is written ``10`` in base 8,
and ``e`` is what somebody has said it is.  A text is heard on what the question has in it: words
about angles matter to a sine, not to a sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto

from assistant.maths.terms import Call, Constant, ConstantName, Expr


class Topic(Enum):
    """What of a question can be meant in more than one way."""

    NUMBERS = auto()
    """In every question: the base, a modulus, rounding, what a sign means."""
    ANGLES = auto()
    LOGARITHMS = auto()
    CALLED = auto()
    """A function by its name: it may have been given another meaning."""
    E = auto()
    PI = auto()
    I = auto()


_TRIGONOMETRIC = re.compile(r"a?(?:rc)?(?:sin|cos|tan|cot|sec|csc)")
_LOGARITHMIC = re.compile(r"(?:ln|lg|lb|log\w*)")
_OF_CONSTANT = {
    ConstantName.E: Topic.E, ConstantName.PI: Topic.PI, ConstantName.I: Topic.I,
}  # fmt: skip
_ANGLE = r"\b(?:deg(?:rees?)?|rad(?:ians?)?|grad(?:ian)?s?|gons?)\b|[°度]|角度|弧度"
_HEARD = {
    Topic.NUMBERS: (
        r"\b(?:in|to|use|using|with|of|number)\s+(?:a\s+|the\s+)?base\b|\bbase[\s-]*(?:\d|ten\b|two\b"
        r"|three\b|five\b|eight\b|sixteen\b|system)|\b(?:bi|ter)nary\b|\boctal\b|\bhex(?:adecimal)?\b"
        r"|\bradix\b|\bmod(?:ul(?:o|us|ar))?\b|\bclock arithmetic\b|\bresidues?\b"
        r"|\bfinite fields?\b|\bround(?:ed|ing)?\b(?=\s+(?:to|up|down|off|all|every|each|answers?))"
        r"|\bdecimal places\b|\bsignificant (?:figures|digits)\b|\binteger division\b"
        r"|\b(?:GF|[ZF])\s?(?:_\s?|/\s?|\()\{?\s?\d|[ℤ𝔽]\s?[_/₀-₉\d]|\\mathbb\s?\{?[ZF]\}?\s?[_/]"
        r"|进制|模\s?\d|同余|剩余类|有限域|四舍五入|保留|有效数字|取整"
    ),
    Topic.ANGLES: _ANGLE + r"|\bangles?\b",
    Topic.LOGARITHMS: r"\b(?:log(?:arithm)?s?|ln|lg|base)\b|\\(?:log|ln|lg)\b|对数|底",
    Topic.E: r"(?<![\w.'’])\\?e(?![\w'’]|\s?\.\s?g|-[a-z]{2})",
    Topic.PI: r"\\?\bpi\b|[πΠ]|圆周率",
    Topic.I: r"(?<![\w.])\\?[ij]\s{0,3}(?:=|\^|is\b|stands?\b|denotes?\b|means?\b|为|是|表示|代表)"
    r"|\b(?:let|where|index|indices|call)\s+\$?[ij]\b|[令设记]\s?\$?[ij]\b|\bimaginary\b|虚数",
}
_DEFINES = re.compile(
    r"(?:[-+*/^×÷·!√%]|\b(?:plus|minus|times|sum|product|signs?|operat(?:or|ion)s?|symbols?)\b"
    r"|加号|减号|乘号|除号|运算|符号)[^.。\n]{0,40}?"
    r"(?:\b(?:means?|denotes?|stands?\s+for|defined?|is\s+read|swap\w*)\b|表示|代表|定义|看作|当作|规定)"
    r"|\b(?:define|redefine|swap)\b[^.。\n]{0,40}?(?:[-+*/^×÷·!%]|\boperat)"
    r"|(?:定义|规定)[^。\n]{0,20}?(?:运算|[-+*/^×÷·!%])",
    re.IGNORECASE,
)
"""A sign of calculation is given another meaning."""
_PATTERNS = {topic: re.compile(heard, re.IGNORECASE) for topic, heard in _HEARD.items()}
_MEASURED = re.compile(_ANGLE, re.IGNORECASE)
_NAMED = re.compile(
    r"\\?\b(?:a?(?:rc)?(?:sin|cos|tan|cot|sec|csc)|sqrt|exp|abs|gcd|lcm|floor|ceil)\w?\b"
    r"[^.。\n]{0,40}?(?:\b(?:means?|denotes?|stands?\s+for|defined?|is\s+called|called)\b"
    r"|表示|代表|定义|看作|当作|规定)",
    re.IGNORECASE,
)
_FROM_NOW_ON = re.compile(
    r"\b(?:from now on|from here on|henceforth|hereafter|in what follows|in (?:all|every|each|any)"
    r" (?:the )?(?:following |next )?(?:tasks?|exercises?|questions?|problems?)|always)\b"
    r"|(?:从现在|从此|从今)[起开往]?|今后|以后|接下来|往后|下面的|一律|始终|总是",
    re.IGNORECASE,
)
_MANNER = re.compile(
    r"\b(?:answer|reply|respond|speak|talk|write|explain|show|be|call me|use (?:english|chinese|"
    r"latex|simple|short|plain))\b|回答|回复|讲解|解释|说明|中文|英文|英语|汉语|简[短单洁]|详细|称呼|叫我",
    re.IGNORECASE,
)
"""How to speak, which changes no number."""


def topics_of(nodes: Iterable[Expr]) -> frozenset[Topic]:
    """What talk before a question may say of it; ``nodes`` are all parts of its formulas."""
    found = {Topic.NUMBERS}
    for node in nodes:
        match node:
            case Call(name) if _TRIGONOMETRIC.fullmatch(name):
                found |= {Topic.ANGLES, Topic.CALLED}
            case Call(name) if _LOGARITHMIC.fullmatch(name):
                found.add(Topic.LOGARITHMS)
            case Call():
                found.add(Topic.CALLED)
            case Constant(name) if name in _OF_CONSTANT:
                found.add(_OF_CONSTANT[name])
    return frozenset(found)


def may_lay_down(text: str, topics: frozenset[Topic], *, complete: bool = False) -> bool:
    """May a text say how what a question has is meant?

    ``complete``: it is an exercise that says all of itself and lays nothing down, but for the
    measure of its angles, in which one goes on.
    """
    if complete:
        return Topic.ANGLES in topics and _MEASURED.search(text) is not None
    if any(topic in _PATTERNS and _PATTERNS[topic].search(text) for topic in topics):
        return True
    if Topic.CALLED in topics and _NAMED.search(text):
        return True
    if _DEFINES.search(text):
        return True
    return any(
        not _MANNER.search(text[max(0, hit.start() - 60) : hit.end() + 60])
        for hit in _FROM_NOW_ON.finditer(text)
    )
