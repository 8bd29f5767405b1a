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
from dataclasses import dataclass

from assistant.history.clean import one_line, storable
from assistant.history.types import ConversationId, Hit, MessageId, Role, Where

_LONGEST, _MOST_WORDS = 400, 16
"""Characters and words of a query that are looked at."""
_MOST_GROUPS, _MOST_STARTS = 48, 150
_BEFORE, _AFTER = 30, 90
"""Characters of a snippet around the first word."""
_PIECE = re.compile(r'["“”]([^"“”]+)["“”]|(\S+)')
_LAST = "\U0010ffff"
_ALL = """
SELECT m.id, CAST(m.text || char(10) || m.summary || char(10) || m.reasoning AS BLOB)
FROM message AS m
"""
_ONE = """
SELECT m.conversation, c.title, m.role, m.made, m.text, m.summary, m.reasoning
FROM message AS m JOIN conversation AS c ON c.id = m.conversation WHERE m.id = ?
"""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word to look for: as it was given, in small letters, and as a pattern for its places.

    ``raw`` finds it in UTF-8 whose ASCII letters are small, ten times as quick as in text; it
    is empty where other letters of the word have capitals too.
    """

    given: str
    low: str
    raw: bytes
    pattern: re.Pattern[str]


def search(connection: sqlite3.Connection, query: str, limit: int) -> tuple[Hit, ...]:
    """The messages that hold every word, newest first."""
    words = _words(query)
    if not words or limit < 1:
        return ()
    found: list[Hit] = []
    for number in _holding(_candidates(connection, words), words):
        found.append(_hit(connection, number, words))
        if len(found) == limit:
            break
    return tuple(found)


def places(query: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where the words of a query stand in a text, from where to before where."""
    return tuple(sorted({m.span() for word in _words(query) for m in word.pattern.finditer(text)}))


def _words(query: str) -> list[_Word]:
    pieces = _PIECE.findall(storable(query[:_LONGEST]))
    words = dict.fromkeys(quoted.strip() or bare for quoted, bare in pieces)
    return [_word(word) for word in list(words)[:_MOST_WORDS] if word]


def _word(word: str) -> _Word:
    low = word.lower()
    cased = any(c != c.upper() for c in low if not c.isascii())
    raw = b"" if cased else low.encode()
    return _Word(word, low, raw, re.compile(re.escape(word), re.IGNORECASE))


def _candidates(
    connection: sqlite3.Connection, words: Sequence[_Word]
) -> Iterator[tuple[int, bytes]]:
    """Messages that may hold the words, newest first, with all their text."""
    wanted = []
    for word in words:
        given = word.given
        groups = dict.fromkeys(given[at : at + 3] for at in range(len(given) - 2))
        wanted += [_quoted(group) for group in list(groups)[:_MOST_GROUPS]]
        starts = _starts(connection, word.low) if len(given) < 3 else None
        if starts is not None:
            if not starts:
                return
            wanted.append(f"({' OR '.join(map(_quoted, starts))})")
    if wanted:
        yield from connection.execute(
            f"{_ALL} JOIN words ON words.rowid = m.id WHERE words MATCH ?"
            " ORDER BY words.rowid DESC",
            (" AND ".join(wanted),),
        )
        return
    yield from connection.execute(f"{_ALL} WHERE m.state <> 'open' ORDER BY m.id DESC")


def _holding(
    candidates: Iterator[tuple[int, bytes]], words: Sequence[_Word]
) -> Iterator[MessageId]:
    """The candidates that hold every word."""
    raws = [word.raw for word in words if word.raw]
    lows = [word.low for word in words if not word.raw]
    letters = any(raw != raw.upper() for raw in raws)
    for number, text in candidates:
        small = text.lower() if letters else text
        for raw in raws:
            if raw not in small:
                break
        else:
            if not lows or _holds(text, lows):
                yield MessageId(number)


def _holds(text: bytes, lows: Sequence[str]) -> bool:
    low = text.decode(errors="replace").lower()
    return all(word in low for word in lows)


def _quoted(group: str) -> str:
    """A group as FTS5 takes it, whatever signs are in it."""
    return '"' + group.replace('"', '""') + '"'


def _starts(connection: sqlite3.Connection, word: str) -> list[str] | None:
    """The groups that begin with a short word; ``None`` where they are too many."""
    found = connection.execute(
        "SELECT term FROM word_starts WHERE term >= ? AND term < ? LIMIT ?",
        (word, word + _LAST, _MOST_STARTS + 1),
    ).fetchall()
    return [term for (term,) in found] if len(found) <= _MOST_STARTS else None


def _hit(connection: sqlite3.Connection, number: MessageId, words: Sequence[_Word]) -> Hit:
    """What to show of a message that holds the words: the part that holds the most of them."""
    conversation, title, role, made, text, summary, reasoning = connection.execute(
        _ONE, (number,)
    ).fetchone()
    own = Where.QUESTION if role == Role.QUESTION else Where.ANSWER
    parts = ((own, text), (Where.SUMMARY, summary), (Where.REASONING, reasoning))
    where, part = max(parts, key=lambda one: sum(word.low in one[1].lower() for word in words))
    snippet, spans = _snippet(part, [word.pattern for word in words])
    return Hit(
        conversation=ConversationId(conversation),
        title=title,
        message=number,
        where=where,
        snippet=snippet,
        spans=spans,
        made=made,
    )


def _snippet(
    text: str, patterns: Sequence[re.Pattern[str]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """One line around the first word, and where the words stand in it."""
    places = [found.start() for pattern in patterns if (found := pattern.search(text))]
    first = min(places, default=0)
    start = max(first - _BEFORE, 0)
    line = one_line(text[start : first + _AFTER])
    spans = sorted({m.span() for pattern in patterns for m in pattern.finditer(line)})
    return line, tuple(spans)
