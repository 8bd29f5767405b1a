"""What a piece of text is: a relation, a formula of its own, an expression, words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from assistant.maths.reading.claims.line import EVERYTHING, NOTHING
from assistant.maths.reading.claims.openings import CONNECTORS, NUMBERING
from assistant.maths.reading.claims.voices import CONTRARY, of_others
from assistant.maths.reading.claims.words import DENIED, OPENS, ROUNDED, SUPPOSED

SIGNS = "=＝≈≒≠<>≤≥⩽⩾≡∈＜＞"
_NAMES = "leqslant|geqslant|leq?|geq?|neq?|lt|gt|approx|equiv|simeq|sim|cong|in"
RELATION = re.compile(rf"[{SIGNS}]|\\(?:{_NAMES})(?![A-Za-z])")
LEADING = re.compile(rf"\s*(?:(?:&lt;|&gt;|[{SIGNS}])=?|\\(?:{_NAMES})(?![A-Za-z]))\s*")
EQUALS = re.compile(r"\s*[=＝](?![=>])")
OPERATOR = re.compile(r"\s*(?:[+*/×÷·⋅^±]|\\(?:times|cdot|div|pm|mp|cup|cap|ast)(?![A-Za-z]))")
MINUS = re.compile(r"\s*[-−–]")
DANGLING = re.compile(
    rf"(?:[-−–+*/×÷·⋅^±({{\[_{SIGNS}]|\\(?:times|cdot|div|pm|mp|ast|{_NAMES}))\s*$"
)
"""A text that ends so goes on in the next line."""
COMMANDS = re.compile(r"\\[A-Za-z]+")
FUNCTIONS = frozenset(
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp sqrt abs max min"
    " lim gcd lcm mod det pi frac".split()
)
SHORT = frozenset(
    "is of in to at as by if be an on it we do so no us up my me or he am go ok vs".split()
)
RUN = re.compile(r"[A-Za-z]{2,}")
EITHER = re.compile(r"(?<![A-Za-z])(?:or|and)(?![A-Za-z])|或者?|且|和")
LETTERS = re.compile(
    r"(?<![A-Za-z])(?!(?:sin|cos|tan|cot|sec|csc|log|ln|lg|exp|sqrt|abs)(?![a-z]))[A-Za-z]{2,}"
)
"""Letters that touch and are no function."""
HAN = re.compile(r"[\u3400-\u9fff]")
LETTER = re.compile(r"(?<![A-Za-z])[A-Za-zα-ωΔ](?![A-Za-z])")
CROSS = re.compile(r"(?<=[\d)%])\s*[xX]\s*(?=[\d(.$])")
GREEK = re.compile(r"\\(?:alpha|beta|gamma|delta|theta|lambda|mu|phi|varphi|omega|rho|sigma)\b")
LABEL = re.compile(r"(?:\\text\s*\{)?\s*(?:[(（]\s*\d{1,2}\s*[)）]|(?P<ring>[①-⑳]))\s*\}*\s*$")
"""The number of an equation."""
APART = re.compile(r"(?:\\q?quad|\\tag\*?|\\hfill|\\[;,! ]|\\[cl]?dots|…|⋯|\.\.\.|&)[\s{]*$")
"""What keeps it apart from the equation."""
DOUBTFUL_LABEL = re.compile(r"(?<=[\w)}\]])\s+\(\d{1,2}\)\s*[.,;。，；]?\s*$")
"""``x - y = 1 (2)``: the number of an equation, or a factor."""
DENIAL = re.compile(
    r"\b(?:wrong|incorrect|false|untrue|contradict\w*|impossible|absurd|not\s+(?:equal|true|hold|"
    r"correct|satisf\w*|possible|valid|the\s+same)|n['’]t\s+(?:equal|hold|work|satisf\w*)"
    r"|fails?|extraneous)\b"
    r"|矛盾|错误|不成立|不等于|不可能|不符|不满足|不对|不正确|舍去|增根|≠|\\neq?\b",
    re.IGNORECASE,
)
INTENT = re.compile(
    r"\b(?:let['’]?s|let\s+us|need\s+to|want\s+to)\s+(?:first\s+|now\s+|then\s+|next\s+)?(?:solve|simplify"
    r"|compute|calculate|find|expand|rewrite|factor|evaluate|substitute|combine|isolate|rearrange"
    r"|apply|determine)\b",
    re.IGNORECASE,
)
"""What is announced so is done, not supposed."""
FIRM = re.compile(
    r"\b(?:if|suppos\w*|assum\w*|cases?|when|whenever|unless)\b|如果|假设|假如|假定|若|当",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"^\s*(?:(?:step|part|problem|question|exercise|equation|eq\.?|method|solution)"
    r"\s*\(?(?:\d{1,3}|[ivx]{1,4}|[a-h])\)?|(?:步骤|方程|问题|方法|解法|题)\s*[一二三四五六七八九十\d]{1,3}"
    r"|第\s*[一二三四五六七八九十\d]{1,3}\s*[步问题个])\s*[:：.)）、,，—–-]+\s*",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"^\s*(?:\d{1,3}(?:[.)．]\s+|、\s*)|\(\d{1,2}\)\s+(?![-+*/×÷=<>(\[])"
    r"|（\d{1,2}）\s*(?![-+*/×÷=<>（(\[])|\(?[a-hA-H]\)\s+(?![-+*/×÷=<>^])|[①-⑳]\s*(?![-+*/×÷=<>\s]))"
)
DOUBTFUL_ITEM = re.compile(r"^\s*\((?:[2-9]|\d\d)\)(?=[\w\\$√|(])")
"""``(2)2x = 4``: the number of a question, or a factor."""
TAIL = 40
GUARDED = re.compile(r"^(\(\w{1,2}\)|[-−–])\s+")
ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)")
"""What a terminal would obey."""
_INVISIBLE = {0x2062: "*", 0x2063: ",", 0x2064: "+"}
TEXT_ALONE = re.compile(r"\s*\\(?:text|mbox|textrm)\s*\{([^{}]*)\}\s*")
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
BOXED = re.compile(r"\\boxed\s*\{")


def visible(text: str) -> str:
    """One line without control, bidirectional and zero-width characters, blanks made one."""
    if not text.isascii() or not text.isprintable():
        text = ESCAPE.sub("", text)
        text = "".join(map(_shown, text))
    return " ".join(text.split())


def _shown(char: str) -> str:
    if char in "\n\t\r\v\f\x85" or unicodedata.category(char) in ("Zs", "Zl", "Zp"):
        return " "
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return _INVISIBLE.get(ord(char), "")
    return char


def has_relation(text: str) -> bool:
    """Whether a relation sign stands anywhere in a text."""
    return RELATION.search(text) is not None


@lru_cache(maxsize=16)
def wordless(text: str) -> bool:
    """Whether a text is formulas alone, a connecting word before them left aside."""
    return no_words(EITHER.sub(" ", core(text)))


def no_words(text: str) -> bool:
    """Whether no word stands in a text, the names of functions left aside."""
    rest = COMMANDS.sub(" ", text)
    if HAN.search(rest):
        return False
    return not any(
        (len(run) > 2 or run.lower() in SHORT) and run.lower() not in FUNCTIONS
        for run in RUN.findall(rest)
    )


@lru_cache(maxsize=16)
def core(text: str) -> str:
    """A text without numbering and connecting words at its beginning."""
    text = NUMBERING.sub("", text, count=1)
    for _ in range(3):
        shorter = CONNECTORS.sub("", text, count=1)
        if shorter == text:
            break
        text = shorter
    return text.strip()


def connecting(words: str) -> bool:
    """Whether words are nothing but a connecting word: *so*, 因此."""
    return not core(words).strip(" ,，:：")


def unnumbered(text: str) -> str:
    """A line without the number of its step or item."""
    for _ in range(3):
        shorter = _ITEM.sub("", _STEP.sub("", text, count=1), count=1)
        if shorter == text or not shorter:
            break
        text = shorter
    return text


def letters(text: str) -> frozenset[str]:
    """The letters that stand for numbers."""
    found = set(GREEK.findall(text))
    return frozenset(found | set(LETTER.findall(COMMANDS.sub(" ", CROSS.sub("*", text)))))


def numeric(text: str) -> bool:
    """Whether a text relates numbers alone, so that it is true or false by itself."""
    return has_relation(text) and not letters(text)


def supposing(text: str) -> bool:
    """Whether words say that what follows is supposed, denied or rounded."""
    text = INTENT.sub(" ", text)
    return of_others(text) or any(p.search(text) for p in (SUPPOSED, DENIED, ROUNDED))


def trigger(text: str) -> str:
    """The words that say so of all that follows, and not only of the next formula."""
    text = INTENT.sub(" ", text)
    found = (p.search(text) for p in (FIRM, DENIED, ROUNDED))
    return " ".join(dict.fromkeys(m[0] for m in found if m is not None))


def worth(text: str) -> bool:
    """Whether a checker may find something: a relation, words that set the scene, or that there
    is no solution."""
    if has_relation(text) or any(p.search(text) for p in (OPENS, SUPPOSED, CONTRARY)):
        return True
    said = core(text).rstrip(" .。!！")
    return any(p.fullmatch(said) for p in (NOTHING, EVERYTHING))


def unlabelled(text: str) -> str:
    """Without the number of the equation at its end."""
    label = LABEL.search(text, max(0, len(text) - TAIL))
    if label is None:
        return text
    before = text[: label.start()]
    while (apart := APART.search(before, max(0, len(before) - TAIL))) is not None:
        before, label = before[: apart.start()], None
    return before.rstrip() if label is None or label["ring"] else text


def unworded(text: str) -> str:
    r"""What is written as ``\text{…}``, where that is all."""
    match = TEXT_ALONE.fullmatch(text)
    return match[1].strip() if match else text.strip()


def unboxed(text: str) -> str:
    r"""Every ``\boxed{…}`` replaced by what stands in it."""
    match = BOXED.search(text)
    while match is not None:
        end = closing_brace(text, match.end() - 1)
        if end < 0:
            return text
        inner = text[match.end() : end]
        text = f"{text[: match.start()]}{inner}{text[end + 1 :]}"
        match = BOXED.search(text, match.start())
    return text


def closing_brace(text: str, at: int) -> int:
    """Where the brace that opens ``at`` is closed; -1 where it is not."""
    depth = 0
    for match in BRACE.finditer(text, at):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0 and match[0] == "}":
            return match.start()
    return -1
