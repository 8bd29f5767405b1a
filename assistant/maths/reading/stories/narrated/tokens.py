"""An English story as sentences of words and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.maths import terms as t
from assistant.maths.reading import numerals
from assistant.maths.reading.stories.accounts.splitting_en import plain
from assistant.maths.reading.stories.telling import literal

TITLES = re.compile(r"\b(Mr|Mrs|Ms|Dr)\.(?= [A-Z])")
CONTRACTED = (
    (re.compile(r"\b([Tt]hat|[Ii]t|[Tt]here|[Ww]hat)'s\b"), r"\1 is"),
    (re.compile(r"(?<=s)'(?= [a-z])"), "'s"),
)
PIECE = re.compile(
    r"(?P<gap>\s+)"
    r"|(?P<money>\$ ?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?)"
    r"|(?P<percent>\d+(?:\.\d+)? ?%)"
    r"|(?P<number>\d+/\d+|(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d,]*\d))(?![A-Za-z%])"
    r"|(?P<whose>'s\b)"
    r"|(?P<word>[A-Za-z]+(?:-[A-Za-z]+)*)"
    r"|(?P<stop>[.?!;])"
    r"|(?P<comma>,)"
)
HYPHENED = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine)-(half|halves|thirds?|fourths?|quarters?|fifths?|sixths?|eighths?|tenths?)\b",
    re.IGNORECASE,
)
COUNTED = frozenset((*numerals.LOW, *numerals.TENS, *numerals.SCALES))


@dataclass(frozen=True, slots=True)
class Token:
    """A word, mark or number of a story."""

    raw: str
    value: t.Expr | None = None
    money: bool = False
    percent: bool = False

    @property
    def word(self) -> str:
        """In small letters."""
        return self.raw.lower()

    @property
    def named(self) -> bool:
        """Whether it begins with a capital."""
        return self.raw[:1].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens between two stops."""

    tokens: tuple[Token, ...]


def sentences(text: str) -> list[Sentence] | None:
    """A text as sentences; ``None`` where it has anything but words, numbers and marks."""
    text = TITLES.sub(r"\1", text.replace("’", "'").replace("\\$", "$"))
    for pattern, by in CONTRACTED:
        text = pattern.sub(by, text)
    text = HYPHENED.sub(r"\1 \2", plain(text))
    found: list[Sentence] = []
    now: list[Token] = []
    at = 0
    while at < len(text):
        hit = PIECE.match(text, at)
        if hit is None:
            return None
        at = hit.end()
        kind, said = hit.lastgroup, hit[0]
        if kind == "gap":
            continue
        if kind == "stop":
            if now:
                found.append(Sentence(tuple(_counted(now))))
            now = []
            continue
        token = _token(kind or "", said)
        if token is None:
            return None
        now.append(token)
    return [*found, *([Sentence(tuple(_counted(now)))] if now else [])]


def _token(kind: str, said: str) -> Token | None:
    bare = said.strip("$% ")
    if kind in ("money", "percent", "number"):
        value = literal("0" + bare if bare.startswith(".") else bare)
        return None if value is None else Token(said, value, kind == "money", kind == "percent")
    return Token(said)


def _counted(tokens: list[Token]) -> list[Token]:
    """Numbers in words as numbers."""
    found: list[Token] = []
    n = 0
    while n < len(tokens):
        end = n
        while end < len(tokens) and tokens[end].word.partition("-")[0] in COUNTED:
            end += 1
        words = " ".join(token.word for token in tokens[n:end])
        value = numerals.cardinal(words) if words else None
        if value is not None:
            found.append(Token(words, t.integer(value)))
            n = end
        else:
            found.append(tokens[n])
            n += 1
    return found
