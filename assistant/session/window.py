"""What of a conversation goes into the window, and what is folded into a summary.

The problem (the first question) and the last turns are what the next answer stands on.  So the
turns between them are folded first, the oldest before the others; only where that is not enough
the last turns follow, and the problem at the very end.  Nothing is dropped: every turn is either
kept or folded, and the user is told which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from assistant.session.conversation import Conversation, Turn
from runtimes.texts import Lang, Text

LAST = 2
"""Turns at the end that are kept as long as that is possible."""
SUMMARY_TOKENS = 320
"""What a summary may take; a model is asked for ten lines at most."""
SPARE = 4
"""One of so many parts of the room for turns is freed in one go: a new summary makes the engine
read the conversation anew, and that should not happen at every turn."""

MAX_LINE = 160
"""Characters of a question or an answer in a summary made without a model."""
MAX_LINES = 40
"""Lines of such a summary; it says so where older ones are left out."""
_LOOKED_AT = 4_000

ASKED = Text("Asked: {0}", "问：{0}")
ANSWERED = Text("Answer: {0}", "答：{0}")
OLDER = Text("(what was said before that is left out)", "（更早的内容已略去）")


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptParts:
    """Tokens of a prompt: ``fixed`` is the system part with this turn's question, ``summary`` that
    of turns folded before, ``turns`` one count for each turn."""

    fixed: int
    summary: int
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """Each turn is in one of both, in its order.  ``fits`` False: not even this fits."""

    keep: tuple[Turn, ...]
    fold: tuple[Turn, ...]
    fits: bool


def plan_window(
    conversation: Conversation, parts: PromptParts, context: int, room: int
) -> WindowPlan:
    """Which turns are kept in a window of ``context`` tokens, ``room`` of them for writing."""
    turns = conversation.turns
    if len(turns) != len(parts.turns):
        raise ValueError("there must be one count for each turn")
    left = context - room - parts.fixed
    if sum(parts.turns) + parts.summary <= left:
        return WindowPlan(turns, (), fits=True)
    left -= max(parts.summary, SUMMARY_TOKENS)
    folded = _to_fold(parts.turns, left)
    return WindowPlan(
        tuple(turn for n, turn in enumerate(turns) if n not in folded),
        tuple(turn for n, turn in enumerate(turns) if n in folded),
        fits=left >= sum(count for n, count in enumerate(parts.turns) if n not in folded),
    )


def _to_fold(counts: Sequence[int], left: int) -> frozenset[int]:
    """The turns that are folded so that the others take at most ``left`` tokens."""
    middle, others = _order(len(counts))
    total = sum(counts)
    spared = left - left // SPARE
    number = _needed([counts[n] for n in middle], total - spared)
    folded = list(middle[:number])
    total -= sum(counts[n] for n in folded)
    if total > left:
        folded += others[: _needed([counts[n] for n in others], total - left)]
    return frozenset(folded)


def _order(turns: int) -> tuple[range, list[int]]:
    """Those between the problem and the last turns; then the others as they would follow."""
    middle = range(1, max(turns - LAST, 1))
    return middle, [*range(max(middle.stop, 1), turns), *range(min(turns, 1))]


def _needed(counts: Sequence[int], excess: int) -> int:
    """How many of them, from the first on, make up for the excess; all where none do."""
    if excess <= 0:
        return 0
    freed = accumulate(counts)
    return next((n for n, sum_ in enumerate(freed, 1) if sum_ >= excess), len(counts))


def fold_text(turns: Sequence[Turn], lang: Lang, summary: str = "") -> str:
    """A summary of turns without a model: of each its question and its final answer.

    ``summary`` is that of still older turns, and stands first.
    """
    lines = [line for line in summary.splitlines() if line.strip()]
    for turn in turns:
        lines.append(ASKED.template(lang).format(_line(turn.question)))
        if turn.answer.strip():
            lines.append(ANSWERED.template(lang).format(_line(_final(turn.answer))))
    if len(lines) > MAX_LINES:
        lines = [OLDER.template(lang), *lines[-MAX_LINES:]]
    return "\n".join(lines)


def _final(answer: str) -> str:
    """What stands in the box, else the last line."""
    from assistant.maths.answers.extract import boxed

    tail = answer[-_LOOKED_AT:].strip()
    return boxed(tail) or tail.splitlines()[-1]


def _line(text: str) -> str:
    """A text on one short line."""
    words = " ".join(text[:_LOOKED_AT].split())
    return words if len(words) <= MAX_LINE else f"{words[: MAX_LINE - 1]}…"
