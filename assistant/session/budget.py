"""Tokens: how many may be thought, how many are kept for the answer, and when to stop thinking.

An engine that holds a budget itself (``Capability.THINKING_BUDGET``) is given it.  For the
others ``ThinkingWatch`` counts what comes and says when the thinking must end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto

from runtimes import sentences

SMALLEST_ANSWER = 128
"""Tokens without which no question is worth asking."""
USUAL_ANSWER = 1024
"""Tokens that an answer is given if the window has them; checked step by step it is seldom
longer."""
LETTERS = 4
"""Latin characters to a token, about, in the vocabularies of today."""


@dataclass(frozen=True, slots=True)
class Budget:
    """``max_tokens`` for thinking and answer together (``None``: the window is not known),
    ``thinking_tokens`` of them for thinking (``None``: as many as it likes), so that
    ``answer_room`` is left.  ``shortened``: a wish did not fit, and less was given."""

    max_tokens: int | None
    thinking_tokens: int | None
    answer_room: int
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class NoRoom:
    """The prompt leaves no room for even a small answer; counts of tokens."""

    prompt: int
    context: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was asked for: ``think`` and ``max_tokens`` as in ``TurnOptions``; ``thinks``: the
    model thinks at all."""

    think: int | None = None
    max_tokens: int | None = None
    thinks: bool = True


def plan_budget(context: int | None, prompt_tokens: int | None, wishes: Wishes) -> Budget | NoRoom:
    """How the tokens behind the prompt are divided.

    Where nobody can count the prompt, the whole window is divided: the engine itself refuses
    what does not fit.
    """
    left = None
    if context is not None:
        left = max(context - (prompt_tokens or 0), 0)
        if left < SMALLEST_ANSWER:
            return NoRoom(prompt_tokens or 0, context)
    asked = wishes.max_tokens
    total = min((n for n in (left, asked) if n is not None), default=None)
    shortened = asked is not None and total != asked
    if not wishes.thinks:
        return Budget(total, None, USUAL_ANSWER if total is None else total, shortened)
    if total is None:
        return Budget(None, wishes.think, USUAL_ANSWER)
    most = total - _answer_room(total)
    thinking = most if wishes.think is None else min(wishes.think, most)
    shortened = shortened or (wishes.think is not None and thinking < wishes.think)
    return Budget(total, thinking, total - thinking, shortened)


def _answer_room(total: int) -> int:
    """What of ``total`` is kept for the answer: never less than half of a small total."""
    return min(USUAL_ANSWER, (total + 1) // 2)


def approximate_tokens(text: str) -> int:
    """About how many tokens a text has; never 0 for a text that is not empty."""
    return math.ceil(_weight(text))


def _weight(text: str) -> float:
    """Letters and digits of Latin text make a token by the handful, Chinese ones by three for
    two; of other signs vocabularies hold few words, and each counts."""
    letters = sum(1 for c in text if c.isascii() and (c.isalnum() or c == " "))
    wide = sum(1 for c in text if "\u2e80" <= c <= "\u9fff")
    return letters / LETTERS + wide * 2 / 3 + len(text) - letters - wide


class Ending(Enum):
    """When the thinking ends."""

    SENTENCE = auto()
    """Here: a sentence is complete, and the budget nearly used."""
    NOW = auto()
    """Here, wherever that is: the budget is used up."""


class ThinkingWatch:
    """Counts the thinking of a model whose engine holds no budget.

    ``tokens`` ``None``: it may go on.  A delta is mostly one token, but a server may send many
    in one: the larger of both counts holds.
    """

    def __init__(self, tokens: int | None) -> None:
        self._tokens = tokens
        self._budget = sentences.Budget(tokens)
        self._deltas = 0
        self._weight = 0.0

    @property
    def spent(self) -> int:
        """Tokens so far, about."""
        return max(self._deltas, math.ceil(self._weight))

    def feed(self, delta: str) -> Ending | None:
        """Is the thinking to end behind this delta?"""
        if not delta:
            return None
        self._deltas += 1
        self._weight += _weight(delta)
        spent = self.spent
        if not self._budget.over(spent, delta.encode("utf-8", "replace")):
            return None
        hard = self._tokens is not None and spent >= self._tokens
        return Ending.NOW if hard else Ending.SENTENCE
