"""What the model is doing now, in one short line, from what it is thinking.

No model is asked: a sentence that is complete is looked at for cues ("let me check", “设”) and
for a formula.  A sentence that tells nothing leaves the line as it is.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

from assistant.session.cues import CUES
from runtimes.texts import Text

COLUMNS = 40
"""Of a formula in the line."""
MAX_SENTENCE = 400
"""Characters; a longer one is looked at in pieces."""


TRYING = Text("trying {0}", "尝试 {0}")
WORKING = Text("working on {0}", "计算 {0}")
_TRY = re.compile(
    r"\b(?:try|trying|test|testing|suppose|assume|assuming|if|when|say|consider|case)\b"
    r"|尝试|试试|试一试|试一下|假设|假如|如果|若|当",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(?<![\w)])[A-Za-z]\s*=\s*-?\d+(?:\.\d+)?(?:/\d+)?(?![\w+*/^(=]|\s*[-+*/^=])")

_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]{1,40})\}\s*\{([^{}]{1,40})\}")
_SIGNS = {
    "cdot": "·", "times": "×", "div": "÷", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
    "neq": "≠", "ne": "≠", "approx": "≈", "pi": "π", "sqrt": "√", "infty": "∞", "theta": "θ",
    "alpha": "α", "beta": "β", "left": "", "right": "", "quad": " ", "displaystyle": "",
}  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z]{1,20})\s?")
_SMALL = r"is|so|if|of|to|we|it|in|at|as|be|by|or|an|on|no|do|my|he|up|us|me|go|oh|ok"
_TERM = (
    rf"(?:[\d.,+\-−*/^()×÷·√πθαβ∞±²³⁴!%' ]"
    rf"|(?<![A-Za-z])(?!(?:{_SMALL})(?![A-Za-z]))[A-Za-z]{{1,2}}(?![A-Za-z])"
    r"|(?<![A-Za-z])(?:sin|cos|tan|log|ln|exp|sqrt|lim|gcd|mod)(?![A-Za-z]))"
)
_FORMULA = re.compile(rf"{_TERM}{{1,80}}(?:[=≈<>≤≥≠]{_TERM}{{1,80}}){{1,4}}", re.IGNORECASE)
_COMPARED = re.compile("[=≈<>≤≥≠]")
_ARTICLE = re.compile(r"^(?:(?:a|I) (?=[\w(])|[.,!%')*/^·×÷ ]+)+")
_END = re.compile(r"[。！？\n]|[.!?](?=\s)")


class GistMachine:
    """One thinking."""

    def __init__(self) -> None:
        self._sentence = ""
        self._told: Text | None = None

    def feed(self, reasoning: str) -> Text | None:
        """More of the thinking; a new line where it does something else now."""
        changed: Text | None = None
        text = self._sentence + reasoning
        start = 0
        while (end := _sentence_end(text, start)) is not None:
            gist = gist_of(text[start:end])
            start = end
            if gist is not None and gist != self._told:
                self._told = changed = gist
        self._sentence = text[start:]
        return changed


def _sentence_end(text: str, start: int) -> int | None:
    """Where the sentence that begins at ``start`` ends, if it does."""
    limit = start + MAX_SENTENCE
    found = _END.search(text, start, limit + 1)
    if found is not None and found.end() <= limit:
        return found.end()
    return limit if len(text) > limit else None


def gist_of(sentence: str) -> Text | None:
    """What a sentence of a thinking does; ``None`` where it does not tell."""
    plain = _plain(sentence)
    formula = _formula(plain)
    if _TRY.search(plain) and (value := _VALUE.search(plain)) is not None:
        return Text(TRYING.en, TRYING.zh, (" ".join(value[0].split()),))
    for cue in CUES:
        if cue.words.search(sentence) is not None:
            if cue.shown is None or not formula:
                return cue.said
            return Text(cue.shown.en, cue.shown.zh, (formula,))
    return WORKING.of(formula) if formula else None


def _plain(sentence: str) -> str:
    """LaTeX as a line of text, and nothing in it that a terminal would obey."""
    text = _FRACTION.sub(_over, sentence)
    text = _COMMAND.sub(lambda found: _SIGNS.get(found[1], f"{found[1]} "), text)
    text = re.sub(r"[$\\{}&`]|\*\*", "", text)
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _over(found: re.Match[str]) -> str:
    parts = (part if part.strip().isalnum() else f"({part})" for part in found.groups())
    return "/".join(parts)


def _formula(plain: str) -> str:
    """The last short formula with a sign of comparison, or nothing."""
    best = ""
    if _COMPARED.search(plain) is None:  # the pattern goes far for each sign before it gives up
        return best
    for found in _FORMULA.finditer(plain):
        text = _ARTICLE.sub("", " ".join(found[0].split())).rstrip(" ,.'(+-*/^·×÷")
        if text.count("(") == text.count(")") and re.search(r"\w.*[=≈<>≤≥≠].*\w", text):
            best = text
    return _short(best)


def _short(text: str) -> str:
    """At most ``COLUMNS`` wide; what is longer ends in an ellipsis."""
    ends = list(accumulate(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text))
    if not ends or ends[-1] <= COLUMNS:
        return text
    return f"{text[: sum(end < COLUMNS for end in ends)].rstrip()}…"
