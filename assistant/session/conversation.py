"""What was said before: the part of a conversation that goes into the next prompt."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer.  The thinking is kept for the user; no prompt holds it."""

    question: str
    answer: str
    reasoning: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """A system prompt.

    What a question needs beside it stands with that question, and only there; so at the next one
    that turn is read anew: ``anew`` characters in all, so far.
    """

    text: str
    anew: int = 0


@dataclass(frozen=True, slots=True)
class Conversation:
    """``summary`` stands for the turns that were folded; ``turns`` follow it.  ``opening`` is the
    system prompt under which the last of them was asked: while it stays, the engine need not read
    anew what was said."""

    turns: tuple[Turn, ...] = ()
    summary: str = ""
    opening: Opening | None = None

    @property
    def standing(self) -> Opening | None:
        """The opening, until it has cost half a reading of all that was said: then a new one,
        which costs that reading, is no worse than twice the best.  It goes where nothing was said,
        as when the first question is asked in other words: that costs nothing."""
        if self.opening is None or not self.turns:
            return None
        sizes = [len(turn.question) + len(turn.answer) for turn in self.turns]
        return self.opening if 2 * (self.opening.anew + sizes[-1]) < sum(sizes) else None

    def later(self, turn: Turn, head: Opening | None, *, beside: bool) -> Conversation:
        """With one more turn, asked under ``head``; ``beside``: more than that was needed."""
        if head is not None and self.opening is not None and head.text == self.opening.text:
            head = replace(head, anew=self.opening.anew)
        if head is not None and beside:
            head = replace(head, anew=head.anew + len(turn.question) + len(turn.answer))
        return replace(self, turns=(*self.turns, turn), opening=head)
