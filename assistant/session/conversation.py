"""What was said before: the part of a conversation that goes into the next prompt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer.  The thinking is kept for the user; no prompt holds it."""

    question: str
    answer: str
    reasoning: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """``summary`` stands for the turns that were folded; ``turns`` follow it."""

    turns: tuple[Turn, ...] = ()
    summary: str = ""
