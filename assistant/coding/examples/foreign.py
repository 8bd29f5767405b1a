"""A question about code of another language, with its examples written as Python would.

Only what is spelled otherwise and means the same: ``true``, ``===``, ``// 3`` behind a call.  The
question is read for its examples alone; what a person sees is spelled as in their language.
"""

from __future__ import annotations

import builtins
import re

from assistant.coding.sandbox.types import Language
from assistant.coding.types import Code
from runtimes.texts import Text

_STRING = r"\"(?:\\.|[^\"\\\n])*\"|(?<!\w)'(?:\\.|[^'\\\n])*'"
_WORDS = re.compile(
    rf"(?P<kept>{_STRING})|(?<![\w.:])(?P<word>true|false|null|NULL|nullptr|undefined"
    r"|(?:std::)?nullopt|NaN|NAN|Infinity|INFINITY)(?!\w)"
)
_NAN, _INFINITE = 'float("nan")', 'float("inf")'
_PYTHON = re.compile(
    rf"(?<![\w.])(?P<number>float\([\"'](?:nan|inf)[\"']\))|(?P<kept>{_STRING})"
    r"|(?<![\w.])(?P<word>True|False|None)(?!\w)"
)
_MEANS = {
    "true": "True", "false": "False",
    "NaN": _NAN, "NAN": _NAN, "Infinity": _INFINITE, "INFINITY": _INFINITE,
    "nan": _NAN, "inf": _INFINITE,
}  # fmt: skip
_SCRIPTS, _OWN = {"nan": "NaN", "inf": "Infinity"}, {"nan": "NAN", "inf": "INFINITY"}
_NOTHING = {Language.JAVASCRIPT: "null", Language.CPP: "nullptr", Language.C: "NULL"}
_SAME = re.compile(r"(?<=[)\s])===(?=\s)")
_COMMENT = re.compile(r"(\)[ \t]{0,8});?[ \t]{0,8}//(?=[ \t]*(?:=>|->)?[ \t]*\S)")
_KEY = re.compile(
    rf"(?P<kept>{_STRING})|(?P<before>[{{,]\s{{0,8}})(?P<key>[A-Za-z_$]\w{{0,60}})(?=\s?:(?!:))"
)
"""A key of an object that has no quotation marks."""
_FIELD = re.compile(r"(?<=[{,\s])\.([A-Za-z_]\w{0,60})\s{0,4}=(?!=)")
"""A field of a struct by its name."""
_LOGGED = re.compile(r"\bconsole\.log\(")
_RESOLVES = re.compile(r"\bresolve(s?) (?:to|with)\b")
_RESOLVES_ZH = re.compile(r"(?:解析|兑现|完成)(?:为|成)")
_MADE = re.compile(
    r"(?:\((?:const )?(?:unsigned )?(?:int|long|long long|char|double|float|short|bool)"
    r"\s?\[\d{0,6}\]\)"
    r"|\b(?:std::)?(?:vector|deque|list|(?:unordered_)?(?:set|map)|pair|tuple|optional)"
    r"<[\w:<> ,]{1,80}>)\s{0,2}(?=\{)|(?<![\w.])(?<!\bstruct )[A-Z]\w{0,60}(?=\{)"
)
"""The type in front of what an array, a container or a struct holds."""


_SCRIPT_ERRORS = frozenset(
    f"{word}Error"
    for word in ("", "Range", "Type", "Syntax", "Reference", "Eval", "URI", "Aggregate")
)
OTHERS_NAME = Text(
    "an exception called {0} belongs to another language",
    "{0} 是另一种语言的异常名称",
)


_SUFFIXED = re.compile(
    rf"(?P<kept>{_STRING})|(?<![\w.])(?:(?P<hex>0[xX][\da-fA-F]{{1,16}})(?=[uUlL])"
    r"|(?P<number>(?:\d{1,20}\.?\d{0,20}|\.\d{1,20})(?:[eE][+-]?\d{1,3})?))"
    r"(?:[uU][lL]{0,2}|[lL]{1,2}[uU]?|[fF])(?!\w)"
)
"""A number with the letters by which C tells its type."""


_OTHERS = re.compile(
    rf"(?P<kept>{_STRING}|\b(?:prints?|outputs?)\s{{1,3}}`?\w+|(?:打印|输出)\s?`?\w+)"
    r"|(?<![\w.:])(?P<word>true|false|null|NaN|Infinity|(?:math|np|numpy)\.(?:inf|nan))(?!\w)"
)
"""What other languages call ``True``, ``False`` and ``None``; not where it is printed as it is."""


_CURLY = re.compile(r"([(\[{,，:：=>→⇒到回出为是s][ \t]{0,2}`?)“([^“”\"\\\n]{0,500})”")
"""A text as word processors and Chinese keyboards quote it, where a value stands."""


def _straight(question: str) -> str:
    return _CURLY.sub(r'\1"\2"', question)


def spelled_for_python(question: str) -> str:
    """A question about Python with such words in its examples."""
    question = _straight(question)
    return _OTHERS.sub(lambda f: f["kept"] or _MEANS.get(_bare(f["word"]), "None"), question)


def _bare(word: str) -> str:
    """Without the module that it comes from."""
    return word.rpartition(".")[2]


def another_languages(name: str, code: Code) -> bool:
    """Is an exception called as in another language, and no class of the code so?"""
    own_class = rf"\b(?:class|struct|function)\s+{re.escape(name)}\b"
    if name == "Exception" or re.search(own_class, code.program.text):
        return False
    kind = getattr(builtins, name, None)
    pythons = isinstance(kind, type) and issubclass(kind, BaseException)
    own = _SCRIPT_ERRORS if code.language is Language.JAVASCRIPT else frozenset()
    return name not in own and (pythons or name in _SCRIPT_ERRORS)


def pythonic(question: str, language: Language) -> str:
    """The question as it would be for Python."""
    question = _straight(question)
    text = _WORDS.sub(lambda found: found["kept"] or _MEANS.get(found["word"], "None"), question)
    text = _SAME.sub("==", _COMMENT.sub(r"\1 #", text))
    if language is Language.JAVASCRIPT:
        text = _LOGGED.sub("print(", text)
        text = _KEY.sub(lambda f: f["kept"] or f'{f["before"]}"{f["key"]}"', text)
        text = _RESOLVES_ZH.sub("返回", _RESOLVES.sub(r"return\1", text))
    if language in (Language.C, Language.CPP):
        text = _FIELD.sub(r'"\1":', _MADE.sub("", text))
        text = _SUFFIXED.sub(lambda f: f["kept"] or f["hex"] or f["number"], text)
    return text


def spelled(text: str, language: Language) -> str:
    """A value or a call of Python's as the other language has it."""
    nothing = _NOTHING.get(language, "null")
    unbounded = _SCRIPTS if language is Language.JAVASCRIPT else _OWN

    def word(found: re.Match[str]) -> str:
        if found["number"]:
            return unbounded[found["number"][7:10]]
        kept = found["kept"]
        return kept or {"True": "true", "False": "false"}.get(found["word"], nothing)

    return _PYTHON.sub(word, text)
