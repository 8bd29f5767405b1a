"""A question about code of another language, with its examples written as Python would.

Only what is spelled otherwise and means the same: ``true``, ``===``, ``// 3`` behind a call.  The
question is read for its examples alone; what a person sees is spelled as in their language.
"""

from __future__ import annotations

import re

from assistant.coding.sandbox.types import Language

_STRING = r"\"(?:\\.|[^\"\\\n])*\"|(?<!\w)'(?:\\.|[^'\\\n])*'"
_WORDS = re.compile(
    rf"(?P<kept>{_STRING})|(?<![\w.])(?P<word>true|false|null|NULL|nullptr|undefined)(?!\w)"
)
_PYTHON = re.compile(rf"(?P<kept>{_STRING})|(?<![\w.])(?P<word>True|False|None)(?!\w)")
_MEANS = {"true": "True", "false": "False"}
_NOTHING = {Language.JAVASCRIPT: "null", Language.CPP: "nullptr", Language.C: "NULL"}
_SAME = re.compile(r"(?<=[)\s])===(?=\s)")
_COMMENT = re.compile(r"(\)[ \t]{0,8});?[ \t]{0,8}//(?=[ \t]*(?:=>|->)?[ \t]*\S)")
_LOGGED = re.compile(r"\bconsole\.log\(")
_RESOLVES = re.compile(r"\bresolve(s?) (?:to|with)\b")
_RESOLVES_ZH = re.compile(r"(?:解析|兑现|完成)(?:为|成)")
_MADE = re.compile(
    r"(?:\((?:const )?(?:unsigned )?(?:int|long|long long|char|double|float|short|bool)"
    r"\s?\[\d{0,6}\]\)"
    r"|\b(?:std::)?vector<[\w:<> ,]{1,80}>)\s{0,2}(?=\{)"
)
"""The type in front of the items of an array or a vector."""


_SUFFIXED = re.compile(
    rf"(?P<kept>{_STRING})|(?<![\w.])(?:(?P<hex>0[xX][\da-fA-F]{{1,16}})(?=[uUlL])"
    r"|(?P<number>(?:\d{1,20}\.?\d{0,20}|\.\d{1,20})(?:[eE][+-]?\d{1,3})?))"
    r"(?:[uU][lL]{0,2}|[lL]{1,2}[uU]?|[fF])(?!\w)"
)
"""A number with the letters by which C tells its type."""


def pythonic(question: str, language: Language) -> str:
    """The question as it would be for Python."""
    text = _WORDS.sub(lambda found: found["kept"] or _MEANS.get(found["word"], "None"), question)
    text = _SAME.sub("==", _COMMENT.sub(r"\1 #", text))
    if language is Language.JAVASCRIPT:
        text = _LOGGED.sub("print(", text)
        text = _RESOLVES_ZH.sub("返回", _RESOLVES.sub(r"return\1", text))
    if language in (Language.C, Language.CPP):
        text = _MADE.sub("", text)
        text = _SUFFIXED.sub(lambda f: f["kept"] or f["hex"] or f["number"], text)
    return text


def spelled(text: str, language: Language) -> str:
    """A value or a call of Python's as the other language has it."""
    nothing = _NOTHING.get(language, "null")

    def word(found: re.Match[str]) -> str:
        kept = found["kept"]
        return kept or {"True": "true", "False": "false"}.get(found["word"], nothing)

    return _PYTHON.sub(word, text)
