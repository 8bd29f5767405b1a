"""Noun phrases, amounts and what is said besides: every way in which the tokens may be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.clauses_en import kind_of
from assistant.maths.reading.stories.accounts.facts import Kind
from assistant.maths.reading.stories.accounts.words_en import MEASURE, share_of, singular
from assistant.maths.reading.stories.narrated.lexis import (
    KIN,
    PERIODS,
    STOPS,
    VERBS,
)
from assistant.maths.reading.stories.narrated.tokens import Token
from assistant.maths.reading.stories.telling import exact

MONEY = Kind("dollar")
NOTHING = Kind("")
"""A kind that is not named."""
ARTICLES = frozenset("the a an his her their its this that these those my".split())
OWNED = {"his": "he", "her": "she", "their": "they", "its": "it"}
PERSONS = frozenset("he she they it him them her everyone".split())
GROUPS = frozenset(
    "girls boys friends children kids brothers sisters siblings people men women students classmates cousins persons".split()
)
OBJECTIVE = {"him": "he", "her": "she", "them": "they"}
MAX_WORDS = 3
MAX_NOUNS = 800
PARTS = frozenset(
    "half third thirds fourth fourths quarter quarters fifth fifths sixth sixths eighth eighths tenth tenths halves".split()
)


class Phrases:
    """The phrases of one sentence, each method giving all readings that begin at a token."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.left = MAX_NOUNS
        """How many nouns may still be looked for: below 0 not all readings were seen."""

    def word(self, at: int) -> str:
        """The word at a place, empty behind the end."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def said(self, at: int, *words: str) -> int:
        """The place behind some words that stand here one by one; 0 where they do not."""
        for word in words:
            if self.word(at) not in word.split("|"):
                return 0
            at += 1
        return at

    def is_noun(self, at: int, *, first: bool = False) -> bool:
        """Whether a common noun or adjective may stand here."""
        if at >= len(self.tokens) or self.tokens[at].value is not None:
            return False
        token = self.tokens[at]
        if not re.fullmatch(r"[A-Za-z-]+", token.raw) or token.word in STOPS:
            return False
        if token.named and at > 0:
            return False
        return first or token.word not in VERBS

    def noun(self, at: int) -> Iterator[tuple[str, int]]:
        """A noun with what stands before it, the longest first."""
        self.left -= 1
        if self.left < 0:
            return
        end = at
        while end - at < MAX_WORDS and self.is_noun(end, first=end == at):
            end += 1
        for stop in range(end, at, -1):
            words = " ".join(token.word for token in self.tokens[at:stop])
            inside = self.said(stop, "of")
            if inside and self.is_noun(inside) and not self.is_noun(stop):
                for more, after in self.noun(inside):
                    yield f"{words} of {more}", after
            about = self.said(stop, "about")
            if about and self.is_noun(about) and not self.is_noun(about + 1):
                yield words, about + 1
            yield words, stop

    def name(self, at: int) -> Iterator[tuple[str, int]]:
        """A person or thing as a subject: a name, a pronoun, ``his sister``, ``the shop``."""
        if at >= len(self.tokens):
            return
        if group := self.said(at, "the|these|both|all"):
            for count, _, end in self.number(self.said(group, "of", "the") or group):
                for noun, stop in self.noun(end):
                    if noun in GROUPS:
                        yield f"they {exact(count)}", stop
                if not self.is_noun(end):
                    yield f"they {exact(count)}", self.said(end, "of", "them") or end
        if both := self.said(at, "they", "both|all") or self.said(at, "both|all", "of", "them"):
            yield "they 2" if "both" in (self.word(at), self.word(at + 1)) else "they", both
        word = self.word(at)
        if word in PERSONS and self.word(at + 1) != "'s":
            yield OBJECTIVE.get(word, word), at + 1
        if word in ("he", "she", "they", "it"):
            return
        if word in OWNED or word in ARTICLES:
            owner = OWNED.get(word, "")
            for noun, end in self.noun(at + 1):
                if owner and noun.split()[-1] in KIN:
                    yield f"{noun} of {owner}", self._apposed(end)
                else:
                    yield noun, end
            if word in ARTICLES:
                return
        end = at
        while (
            end < len(self.tokens)
            and self.tokens[end].named
            and self.word(end) not in STOPS
            and self.tokens[end].value is None
        ):
            end += 1
        if end > at:
            called = " ".join(token.word for token in self.tokens[at:end])
            if self.word(end) == "'s":
                for noun, after in self.noun(end + 1):
                    yield f"{noun} of {called}", self._apposed(after)
            else:
                yield called, end
        if (not self.tokens[at].named or at == 0) and self.is_noun(at):
            yield from self.noun(at)

    def _apposed(self, at: int) -> int:
        """Behind a name that only tells who is meant."""
        return at

    def names(self, at: int) -> Iterator[tuple[tuple[str, ...], int]]:
        """One or several, joined by commas and ``and``."""
        for one, end in self.name(at):
            yield (one,), end
            for joint in (("and",), (",",), (",", "and")):
                after = self.said(end, *joint)
                if after and after < len(self.tokens):
                    for more, last in self.names(after):
                        if joint == (",",) and len(more) == 1:
                            continue
                        yield (one, *more), last

    def thing(self, at: int) -> Iterator[tuple[Kind, int]]:
        """What is counted or measured."""
        for noun, end in self.noun(at):
            head = noun.split(" of ")
            if noun == "money":
                yield MONEY, end
                continue
            if re.fullmatch(MEASURE, head[0]) and len(head) == 2:
                yield Kind(singular(head[0]), singular(head[1])), end
            elif singular(noun) in PERIODS:
                yield Kind(singular(noun)), end
            else:
                yield kind_of("", noun), end

    def number(self, at: int) -> Iterator[tuple[t.Expr, bool, int]]:
        """A number, whether it is money, and where it ends."""
        if at >= len(self.tokens):
            return
        token = self.tokens[at]
        if token.value is None or token.percent:
            return
        money = self.said(at + 1, "dollars|dollar|bucks")
        yield (
            token.value,
            token.money or bool(money),
            money if money and not token.money else at + 1,
        )

    def share(self, at: int) -> Iterator[tuple[t.Expr, int]]:
        """``half``, ``a third``, ``2/3``, ``40%``."""
        token = self.tokens[at] if at < len(self.tokens) else None
        if token is None:
            return
        if token.percent and token.value is not None:
            yield t.Call("percent", (token.value,)), at + 1
        elif token.value is not None and self.said(at + 1, "percent"):
            yield t.Call("percent", (token.value,)), at + 2
        elif token.value is not None and "/" in token.raw:
            yield token.value, at + 1
        elif token.word == "half":
            yield t.Div(t.integer(1), t.integer(2)), at + 1
        elif (token.word in ("a", "one") or token.value is not None) and self.word(at + 1) in PARTS:
            part = share_of(f"{token.word} {self.word(at + 1)}")
            if part is not None:
                yield part, at + 2

    def factor(self, at: int) -> Iterator[tuple[t.Expr, int]]:
        """``twice``, ``three times``, ``half``."""
        word = self.word(at)
        many = {"twice": 2, "double": 2, "triple": 3, "thrice": 3}.get(word)
        if many:
            yield t.integer(many), at + 1
        for value, money, end in self.number(at):
            if not money and self.said(end, "times"):
                yield value, end + 1
        yield from self.share(at)
