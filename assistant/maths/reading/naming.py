"""Names to which a whole text gives a meaning, found before any of its formulas is read."""

from __future__ import annotations

import re

from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.types import Text

HEAD = re.compile(
    r"(?<![A-Za-z\\])([A-Za-z])\s*\(\s*([a-z](?:\s*,\s*[a-z])*)\s*\)\s*(?:=|be\b|＝|:=)"
)
PRIMED = re.compile(r"(?<![A-Za-z])([A-Za-z])(?:'|′|’|\\prime|\^\\prime|\^\{\\prime)(?!th|s\b)")
DERIVATIVE = re.compile(r"(?<![A-Za-z])([A-Za-z])\s+be\s+the\s[^.;\n]{0,80}derivative\b")
"""``Let g be the derivative of …``: a function where ``g(2)`` stands somewhere."""
DERIVED = re.compile(r"Derivative\(\s*([A-Za-z])\(|(?<![A-Za-z])d\^?2?\s*([a-z])\s*/\s*d")
NAMED = re.compile(
    r"""(?:\b(?:let|define|suppose|assume)(?:\s+that)?\s+|[设令]\s*(?:函数)?\s*)\$?(?P<chosen>[ei])
          \s*(?:\(\s*[a-z](?:\s*,\s*[a-z])*\s*\)\s*)?\$?\s*(?::?[=＝]|be\b|为|是)\s*
      |(?:^|[,，;；。\n]|\b(?:if|given|where|when|with|for|and|that)\s|已知|若|如果|其中|当|取)[^\S\n]*
       \$?(?P<told>[ei])\s*[=＝]\s*(?=[-−+√]?\s*\d|\\?sqrt|\\frac)""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
"""Where a text gives a meaning of its own to a letter that is a constant otherwise."""
FIXED = re.compile(
    r"""(?:^|[,，;；。\n]|\b(?:let|define|suppose|assume|if|given|where|when|with|and|that)\s|[设令取若]|已知|如果|其中)
        [^\S\n]*(?P<name>\$?(?:\\?pi|π|oo|∞|\\infty)\b)\s*(?:\([^()]{0,20}\)\s*)?\$?(?::?[=＝]|\sbe\b|为|是)""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
"""Where it gives one to what is no letter."""
MEANT = re.compile(
    r"""-\s*1\b|\\?sqrt\s*[({]?\s*-\s*1|√\s*[(（]?\s*[-−]\s*1|2\.718
      |(?:the\s+)?(?:imaginary|base|euler)|虚数|自然|exp\(1\)""",
    re.IGNORECASE | re.VERBOSE,
)
"""The constant's own meaning, said in so many words."""


def functions_of(text: str) -> set[str]:
    """The names that a text uses as functions: ``f(x) = …``, ``y'``."""
    found = {m[1] for kind in (HEAD, PRIMED) for m in kind.finditer(text)}
    found |= {m[1] or m[2] for m in DERIVED.finditer(text)}
    derivatives = {m[1] for m in DERIVATIVE.finditer(text)}
    return found | {n for n in derivatives if re.search(rf"(?<![A-Za-z]){n}\s*\(", text)}


def letters_of(text: str) -> frozenset[str]:
    """The letters that a text takes from the constants: ``Let e = 5``.

    Raises ``ReadingError`` for π and ∞, which keep their meaning.
    """
    if fixed := FIXED.search(text):
        raise ReadingError(
            Text("this constant keeps its meaning", "这个常数的含义是固定的"),
            fixed.start("name"),
            Text("take another letter for what is defined", "请用其他字母来定义"),
        )
    return frozenset(
        m["chosen"] or m["told"] for m in NAMED.finditer(text) if not MEANT.match(text, m.end())
    )
