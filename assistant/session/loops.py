"""Notices a model that runs in circles.

A pure machine over the stream: each word, number and sign is looked at once, and a bounded number
of them is remembered, so a long stream costs the same a token at its end as at its start, and any
cut of the same text gives the same result.

There are two ways to run in circles.  *Exactly*: the text is periodic.  *Nearly*: nothing new is
said, though counters or openings differ ("Wait, let me check again"); then almost every five
words in a row have been written several times before.  Numbers and signs alone are no evidence
of that, since tables, divisions and lists of cases repeat by right, and neither is code; only a
very long exact period of those is a loop.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass

GRAM = 5
"""Tokens in a row that are compared."""
REMEMBERED = 8192
"""Tokens; no longer period is noticed."""
SAMPLE = 40

LONG_RUN, LONG_DIGITS = 400, 3000
"""Of one and the same character: a line drawn of dashes is shorter, but 1000! ends in 249 zeros
and somebody may ask for digits of 1/3."""


@dataclass(frozen=True, slots=True)
class _Level:
    """How much says that it is a loop.

    Of a period: so many ``times``, so many ``characters``.
    """

    times: int
    characters: int


WORDS: tuple[_Level, ...] = (_Level(4, 400), _Level(3, 700))
"""Of a text at least a quarter of which is words."""
FORMULAS: tuple[_Level, ...] = (_Level(8, 900),)
"""Of formulas with a word here and there."""
SIGNS: tuple[_Level, ...] = (_Level(12, 3000),)


@dataclass(frozen=True, slots=True)
class _Stale:
    """Of the last ``tokens`` so large a ``share`` was written ``before`` times already."""

    tokens: int
    share: float
    before: int


STALE = (_Stale(120, 0.9, 3), _Stale(400, 0.7, 24))
"""The same again and again; or with so much variation that cases of one kind look alike, of
which nobody goes through dozens."""
SEEN_SHARE, SEEN_TOKENS = 0.6, 20
"""What was said before is where so much of so many tokens was."""

ENDS = frozenset(".!?。！？；")
TO_SENTENCE = 80
"""Tokens within which a sentence begins, so that what is kept ends with one."""

LETTERS, DIGITS = 24, 4
"""Of one token; a longer word or number is several."""
CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Scripts that put no blanks between words: each character is a token."""
_TOKEN = re.compile(rf"\\?[^\W\d_{CJK}]{{1,{LETTERS}}}|\d{{1,{DIGITS}}}|\n|[^\S\n]+|[\s\S]")


def _may_go_on(piece: str) -> bool:
    """Can the token at the end of a text become longer with what follows?"""
    last = piece[-1]
    if last.isdecimal():
        return len(piece) < DIGITS
    if last.isalnum() and not _wide(last):
        return len(piece.lstrip("\\")) < LETTERS
    return piece == "\\"


def _is_word(piece: str) -> bool:
    """A word of a language: no number, no sign, no LaTeX command, no letter of a formula."""
    first = piece[0]
    return first.isalnum() and not first.isdecimal() and (len(piece) > 2 or _wide(first))


def _wide(sign: str) -> bool:
    return (
        "\u2e80" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af" or "\uf900" <= sign <= "\ufaff"
    )


@dataclass(frozen=True, slots=True)
class Loop:
    """The text repeats from ``start`` on (its first time stands before), with a ``period`` of so
    many characters, ``times`` in all; of a near repetition both are about.  ``sample`` is how it
    begins, on one line."""

    start: int
    period: int
    times: int
    sample: str


@dataclass(slots=True)
class _Token:
    """A word, a number or a sign; ``stale``: its gram was written so often before."""

    text: str
    folded: str
    start: int
    spaced: bool
    word: bool
    stale: int = 0


class LoopDetector:
    """One stream; the first loop is found, and stays found."""

    def __init__(self) -> None:
        self.loop: Loop | None = None
        self._rest = ""
        self._offset = 0
        self._runs = _Runs()
        self._place = _Place()
        self._spaced = False
        self._tokens: list[_Token] = []
        self._grams = _Grams()
        self._period = 0
        self._run = self._run_words = 0
        self._stale = [0] * len(STALE)

    def feed(self, text: str) -> Loop | None:
        """More of the stream; the loop, once there is one."""
        if self.loop is not None:
            return self.loop
        text = self._rest + text
        self._rest = ""
        for found in _TOKEN.finditer(text):
            if found.end() == len(text) and _may_go_on(found[0]):
                self._rest = found[0]
                break
            self._read(found[0])
            if self.loop is not None:
                break
        return self.loop

    def _read(self, piece: str) -> None:
        start = self._offset
        self._offset += len(piece)
        if (run := self._runs.read(piece, start)) is not None:
            self.loop = run
        elif piece.isspace():
            self._place.space(piece)
            self._spaced = True
        else:
            word = self._place.sign(piece) and _is_word(piece)
            token = _Token(piece, piece.casefold(), start, self._spaced, word)
            self._spaced = False
            self._take(token)

    def _take(self, token: _Token) -> None:
        before, ago = self._grams.add(token.folded)
        self._tokens.append(token)
        if len(self._tokens) > 2 * REMEMBERED:
            del self._tokens[:REMEMBERED]
        if any(t.word for t in self._tokens[-GRAM:]):
            token.stale = before
        self._follow_period(token, ago)
        if not self._periodic():
            self._nearly(token, ago, before)

    def _follow_period(self, token: _Token, ago: int) -> None:
        """Does the text go on as it did a period ago?  If not, which period may it have?"""
        if self._period and self._tokens[-1 - self._period].folded == token.folded:
            self._run += 1
            self._run_words += token.word
            return
        self._period = ago
        self._run = GRAM if ago else 0
        self._run_words = sum(t.word for t in self._tokens[-GRAM:]) if ago else 0

    def _periodic(self) -> bool:
        if not self._period or self._run < 2 * self._period:
            return False
        size = len(self._tokens)
        run = min(self._run, size - self._period)  # of what is remembered
        times = run // self._period + 1
        written = self._offset - self._tokens[size - run - self._period].start
        if not self._run_words:
            levels = SIGNS
        else:
            levels = WORDS if self._run_words * 4 >= self._run else FORMULAS
        if not any(times >= level.times and written >= level.characters for level in levels):
            return False
        self.loop = self._made(size - run, self._period, times)
        return True

    def _nearly(self, token: _Token, ago: int, before: int) -> None:
        size = len(self._tokens)
        for n, level in enumerate(STALE):
            self._stale[n] += token.stale >= level.before
            if size > level.tokens:
                self._stale[n] -= self._tokens[-1 - level.tokens].stale >= level.before
            if size >= level.tokens and self._stale[n] >= level.share * level.tokens:
                self.loop = self._made(self._sentence(self._seen_since()), ago or 1, before + 1)
                return

    def _seen_since(self) -> int:
        """The token from which on hardly anything was new."""
        at = len(self._tokens)
        while at >= SEEN_TOKENS:
            chunk = self._tokens[at - SEEN_TOKENS : at]
            if sum(t.stale > 0 for t in chunk) < SEEN_SHARE * SEEN_TOKENS:
                break
            at -= SEEN_TOKENS
        return min(at, len(self._tokens) - 1)

    def _sentence(self, at: int) -> int:
        """Where the next sentence begins, if that is soon."""
        for n in range(max(at, 1), min(at + TO_SENTENCE, len(self._tokens))):
            if self._tokens[n - 1].text in ENDS:
                return n
        return at

    def _made(self, at: int, period: int, times: int) -> Loop:
        """The loop whose second time begins with token ``at``; ``period`` in tokens."""
        words = self._tokens[at : at + SAMPLE]
        sample = "".join(" " * t.spaced + t.text for t in words).strip()[:SAMPLE]
        earlier = self._tokens[max(len(self._tokens) - 1 - period, 0)]
        length = self._tokens[-1].start - earlier.start
        return Loop(self._tokens[at].start, max(length, 1), times, sample)


class _Grams:
    """The last grams: how often each was written, and where last."""

    def __init__(self) -> None:
        self._gram: deque[str] = deque(maxlen=GRAM)
        self._known: dict[tuple[str, ...], list[int]] = {}
        self._order: deque[tuple[str, ...]] = deque()
        self._count = 0

    def add(self, word: str) -> tuple[int, int]:
        """How often the gram that ends with this word was written before, and how many tokens
        ago the last time (0: never)."""
        self._gram.append(word)
        gram = tuple(self._gram)
        self._count += 1
        before, last = known = self._known.setdefault(gram, [0, 0])
        known[0], known[1] = before + 1, self._count
        self._order.append(gram)
        if len(self._order) > REMEMBERED:
            self._forget(self._order.popleft())
        return before, self._count - last if before else 0

    def _forget(self, gram: tuple[str, ...]) -> None:
        known = self._known[gram]
        known[0] -= 1
        if not known[0]:
            del self._known[gram]


class _Runs:
    """The same character again and again, and blanks of all kinds."""

    def __init__(self) -> None:
        self._kind = ""
        self._start = 0
        self._length = 0

    def read(self, piece: str, start: int) -> Loop | None:
        for n, sign in enumerate(piece):
            kind = " " if sign.isspace() else sign
            if kind != self._kind:
                self._kind, self._start, self._length = kind, start + n, 0
            self._length += 1
            if self._length >= (LONG_DIGITS if kind.isdigit() else LONG_RUN):
                sample = kind.strip() * min(SAMPLE, self._length)
                return Loop(self._start + 1, 1, self._length, sample)
        return None


class _Place:
    """Is this prose?  Not in a fence of code, nor in a row of a table."""

    def __init__(self) -> None:
        self._fence = ""
        self._line: str = ""

    def space(self, piece: str) -> None:
        """Blanks; a newline ends the line."""
        if piece != "\n":
            return
        if self._line in ("```", "~~~"):
            self._fence = "" if self._fence else self._line
        self._line = ""

    def sign(self, piece: str) -> bool:
        """A token, which says what kind of line this is."""
        if len(self._line) < 3:
            self._line += piece[: 3 - len(self._line)]
        return not self._fence and not self._line.startswith("|")
