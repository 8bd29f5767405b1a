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
_MOST_GROUPS, _MOST_STARTS = 48, 400
_BEFORE, _AFTER = 30, 90
"""Characters of a snippet around the first word."""
_PIECE = re.compile(r'["“”]([^"“”]+)["“”]|(\S+)')
_LAST = "\U0010ffff"
_MESSAGE = """
SELECT m.id, m.conversation, m.role, m.made,
    CAST(m.text AS BLOB), CAST(m.summary AS BLOB), CAST(m.reasoning AS BLOB)
FROM message AS m
"""

Row = tuple[int, int, str, float, bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word to look for, in small letters.

    ``raw`` finds it in UTF-8 whose ASCII letters are small, ten times as quick as in text;
    it is empty where other letters of the word have capitals too.
    """

    low: str
    raw: bytes
    pattern: re.Pattern[str]

    def within(self, part: bytes, small: bytes) -> bool:
        """Does a part of a message hold the word?  ``small`` is the part in small letters."""
        return self.raw in small if self.raw else self.low in part.decode(errors="replace").lower()


def search(connection: sqlite3.Connection, query: str, limit: int) -> tuple[Hit, ...]:
    """The messages that hold every word, newest first."""
    words = _words(query)
    if not words or limit < 1:
        return ()
    found: list[Hit] = []
    for row in _candidates(connection, [word.low for word in words]):
        hit = _hit(connection, row, words)
        if hit is not None:
            found.append(hit)
            if len(found) == limit:
                break
    return tuple(found)


def _words(query: str) -> list[_Word]:
    pieces = _PIECE.findall(storable(query[:_LONGEST]))
    words = dict.fromkeys(quoted.strip() or bare for quoted, bare in pieces)
    return [_word(word) for word in list(words)[:_MOST_WORDS] if word]


def _word(word: str) -> _Word:
    low = word.lower()
    cased = any(c != c.upper() for c in low if not c.isascii())
    return _Word(low, b"" if cased else low.encode(), re.compile(re.escape(word), re.IGNORECASE))


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
    found = connection.execute(
        "SELECT term FROM word_starts WHERE term >= ? AND term < ? LIMIT ?",
        (word, word + _LAST, _MOST_STARTS + 1),
    ).fetchall()
    return [term for (term,) in found] if len(found) <= _MOST_STARTS else None


def _hit(connection: sqlite3.Connection, row: Row, words: Sequence[_Word]) -> Hit | None:
    number, conversation, role, made, text, summary, reasoning = row
    own = Where.QUESTION if role == Role.QUESTION else Where.ANSWER
    parts = ((own, text), (Where.SUMMARY, summary), (Where.REASONING, reasoning))
    most, best = 0, (own, text)
    missing = set(words)
    for where, part in parts:
        small = part.lower()
        here = {word for word in words if word.within(part, small)}
        missing -= here
        if len(here) > most:
            most, best = len(here), (where, part)
    if missing:
        return None
    snippet, spans = _snippet(best[1].decode(errors="replace"), [word.pattern for word in words])
    title = connection.execute(
        "SELECT title FROM conversation WHERE id = ?", (conversation,)
    ).fetchone()
    return Hit(
        conversation=ConversationId(conversation),
        title=title[0] if title else "",
        message=MessageId(number),
        where=best[0],
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
