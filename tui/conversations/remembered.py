"""What the list of earlier conversations shows, read from the history in a thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.widgets.parts import Splitter

if TYPE_CHECKING:
    from assistant.history import Branch, ConversationId, History, Hit, Listed, Message

PAGE = 100
"""Conversations that are read at once;"""
MOST_HITS = 100
"""messages that a search shows."""
SEEN_TURNS = 3
MOST_SEEN = 2_000
"""Characters of a message beside the list."""
BEFORE = 200
"""Characters before what was found, at most,"""
LOOKED_BACK = 200_000
"""and of those that tell whether it stands in code or in a formula."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: a conversation, a message that was found, or a branch."""

    conversation: ConversationId
    what: Listed | Hit | Branch

    @property
    def key(self) -> tuple[str, int, int]:
        """Tells it apart when the list is read again."""
        kind = type(self.what).__name__
        number = self.what.id if kind == "Listed" else self.what.message  # type: ignore[union-attr]
        return kind, self.conversation, number


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Of a message: ``marked`` are the places of the words that were looked for; ``opening`` is
    what Markdown needs before the text, where it stands in code or in a formula."""

    message: Message
    text: str
    marked: tuple[tuple[int, int], ...] = ()
    thought: bool = False
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is shown beside the list; ``query`` is what was looked for."""

    listed: Listed
    branches: int
    excerpts: tuple[Excerpt, ...]
    query: str = ""


def page(history: History, after: ConversationId | None, most: int = PAGE) -> list[Row]:
    """The next conversations of the list."""
    return [Row(one.id, one) for one in history.list(most, after)]


def hits(history: History, query: str) -> list[Row]:
    """The messages that hold all words of a query, newest first."""
    return [Row(one.conversation, one) for one in history.search(query, MOST_HITS)]


def branches(history: History, conversation: ConversationId) -> list[Row]:
    """The ends of a conversation, newest first."""
    found = [Row(conversation, one) for one in history.branches(conversation)]
    return found[::-1]


def seen(history: History, row: Row, query: str) -> Seen:
    """A look into a conversation: its end, that of a branch, or where the words were found."""
    from assistant.history import Branch, Hit

    listed = history.find(row.conversation)
    count = len(history.branches(row.conversation))
    match row.what:
        case Hit():
            message = history.message(row.what.message)
            return Seen(listed, count, (_around(message, row.what, query),), query)
        case Branch():
            turns = history.turns(row.conversation, row.what.leaf, SEEN_TURNS)
        case _:
            turns = history.turns(row.conversation, None, SEEN_TURNS)
    messages = [m for turn in turns for m in (turn.question, turn.answer) if m is not None]
    return Seen(listed, count, tuple(Excerpt(m, _cut(m.text)) for m in messages))


def _cut(text: str) -> str:
    """The beginning, up to the end of a line if one is near."""
    if len(text) <= MOST_SEEN:
        return text
    end = text.rfind("\n", MOST_SEEN // 2, MOST_SEEN)
    return f"{text[: MOST_SEEN if end < 0 else end].rstrip()}\n\n…"


def _around(message: Message, hit: Hit, query: str) -> Excerpt:
    from assistant.history import Where
    from assistant.history.searching import places

    texts = {Where.REASONING: message.reasoning, Where.SUMMARY: message.summary}
    text = texts.get(hit.where, message.text)
    found = places(query, text)
    start = _line_before(text, found[0][0]) if found else 0
    part = _cut(text[start : start + MOST_SEEN + 1])
    thought = hit.where is Where.REASONING
    opening = "" if thought else _opening(text, start)
    return Excerpt(message, part, places(query, part), thought, opening)


def _line_before(text: str, at: int) -> int:
    """The beginning of a line a little before a place, or the place itself less a little."""
    low = max(at - BEFORE, 0)
    if low == 0:
        return 0
    return text.find("\n", low, at) + 1 or low


def _opening(text: str, start: int) -> str:
    """What Markdown stands open at a place."""
    splitter = Splitter()
    splitter.feed(text[max(start - LOOKED_BACK, 0) : start])
    if splitter.fence:
        return f"{splitter.fence}\n"
    return "$$\n" if splitter.maths else ""
