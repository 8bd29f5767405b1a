"""Finding words in everything that was asked, answered and thought.

The index knows which message holds which group of three characters.  It is asked for all groups
of all words, newest message first, and what it offers is looked through for the words
themselves.  A word of one or two characters is the beginning of groups, which are listed; where
there are too many of them the word is so common that looking through the newest messages finds
it soon.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence

from assistant.history.clean import one_line, storable
from assistant.history.types import ConversationId, Hit, MessageId, Role, Where

_LONGEST, _MOST_WORDS = 400, 16
"""Characters and words of a query that are looked at."""
_MOST_GROUPS, _MOST_STARTS = 48, 400
_BEFORE, _AFTER = 30, 90
"""Characters of a snippet around the first word."""
_LAST = "\U0010ffff"
_MESSAGE = """
SELECT m.id, m.conversation, m.role, m.text, m.summary, m.reasoning, m.made
FROM message AS m
"""

Row = tuple[int, int, str, str, str, str, float]


def search(connection: sqlite3.Connection, query: str, limit: int) -> tuple[Hit, ...]:
    """The messages that hold every word, newest first."""
    words = list(dict.fromkeys(storable(query[:_LONGEST]).split()))[:_MOST_WORDS]
    patterns = [re.compile(re.escape(word), re.IGNORECASE) for word in words]
    found: list[Hit] = []
    if not words or limit < 1:
        return ()
    for row in _candidates(connection, words):
        hit = _hit(connection, row, patterns)
        if hit is not None:
            found.append(hit)
            if len(found) == limit:
                break
    return tuple(found)


def _candidates(connection: sqlite3.Connection, words: Sequence[str]) -> Iterator[Row]:
    """Messages that may hold the words, newest first."""
    wanted = []
    short = [word for word in words if len(word) < 3]
    for word in words:
        groups = dict.fromkeys(word[at : at + 3] for at in range(len(word) - 2))
        wanted += [_quoted(group) for group in list(groups)[:_MOST_GROUPS]]
    for word in short:
        starts = _starts(connection, word)
        if starts is not None:
            if not starts:
                return
            wanted.append(f"({' OR '.join(map(_quoted, starts))})")
    if wanted:
        yield from connection.execute(
            f"{_MESSAGE} JOIN words ON words.rowid = m.id WHERE words MATCH ?"
            " ORDER BY words.rowid DESC",
            (" AND ".join(wanted),),
        )
        return
    yield from connection.execute(f"{_MESSAGE} WHERE m.state <> 'open' ORDER BY m.id DESC")


def _quoted(group: str) -> str:
    """A group as FTS5 takes it, whatever signs are in it."""
    return '"' + group.replace('"', '""') + '"'


def _starts(connection: sqlite3.Connection, word: str) -> list[str] | None:
    """The groups that begin with a short word; ``None`` where they are too many."""
    low = word.lower()
    found = connection.execute(
        "SELECT term FROM word_starts WHERE term >= ? AND term < ? LIMIT ?",
        (low, low + _LAST, _MOST_STARTS + 1),
    ).fetchall()
    return [term for (term,) in found] if len(found) <= _MOST_STARTS else None


def _hit(
    connection: sqlite3.Connection, row: Row, patterns: Sequence[re.Pattern[str]]
) -> Hit | None:
    number, conversation, role, text, summary, reasoning, made = row
    own = Where.QUESTION if role == Role.QUESTION else Where.ANSWER
    parts = ((own, text), (Where.SUMMARY, summary), (Where.REASONING, reasoning))
    best: tuple[int, Where, str] | None = None
    missing = set(range(len(patterns)))
    for where, part in parts:
        here = {n for n, pattern in enumerate(patterns) if pattern.search(part)}
        missing -= here
        if here and (best is None or len(here) > best[0]):
            best = (len(here), where, part)
    if missing or best is None:
        return None
    snippet, spans = _snippet(best[2], patterns)
    title = connection.execute(
        "SELECT title FROM conversation WHERE id = ?", (conversation,)
    ).fetchone()
    return Hit(
        conversation=ConversationId(conversation),
        title=title[0] if title else "",
        message=MessageId(number),
        where=best[1],
        snippet=snippet,
        spans=spans,
        made=made,
    )


def _snippet(
    text: str, patterns: Sequence[re.Pattern[str]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """One line around the first word, and where the words stand in it."""
    first = min(found.start() for p in patterns if (found := p.search(text)))
    start = max(first - _BEFORE, 0)
    line = one_line(text[start : first + _AFTER])
    spans = sorted({m.span() for pattern in patterns for m in pattern.finditer(line)})
    return line, tuple(spans)
