"""The step parser: characters of an answer in, steps out.

A pure machine: no clock, no thread, nothing outside.  It decides only on whole lines (and on
pieces of a fixed length where no line ends), so the steps do not depend on how the stream was
cut; a character is looked at a bounded number of times, and a bounded number is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.events import SpokenStep
from assistant.maths.reading.claims.line import MAX_LINE
from assistant.steps.assembly import Assembly
from assistant.steps.blocks import (
    Head,
    Kind,
    bracketed,
    closes_fence,
    delimits_table,
    head,
    may_head_table,
    quote_end,
)
from assistant.steps.displays import display_rows
from assistant.steps.early import Early
from assistant.steps.inline import MAX_SPAN, Display, lex
from assistant.steps.sentences import Sentence, sentences, spans
from assistant.steps.tables import row_text
from assistant.steps.wording import unnumbered

NEWLINE = re.compile(r"[\r\n]")
LIMIT = 4 * MAX_LINE
"""Characters of a line that are kept before it is cut at a sentence; of a display, too."""
SPAN_LINES = 8
"""Lines over which a formula among words may go."""


class _Mode(StrEnum):
    TEXT = "text"
    FENCE = "fence"
    COMMENT = "comment"
    DISPLAY = "display"


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Lines whose last formula is not closed, or that may be the head of a table."""

    text: str
    start: int
    lines: int
    item: bool
    joins: bool
    table: bool = False


class StepParser:
    """Finds the lines to be checked in an answer that comes in pieces."""

    def __init__(self) -> None:
        self._steps = Assembly()
        self._pieces: list[str] = []
        self._size = self._start = 0
        self._cr = False
        self._inside = False
        """Whether what is kept is the rest of a line that was begun before."""
        self._skips = False
        """Whether the rest of the line is left out."""
        self._mode = _Mode.TEXT
        self._fence = ""
        self._quoted = False
        self._opened: Display | None = None
        self._content: list[str] = []
        self._content_size = self._content_start = 0
        self._early = Early()
        self._table = False
        self._waiting: _Waiting | None = None
        self._peeked = 0
        """How many pieces of the line are known to be blank; more than any where one is not."""
        self._idle = False
        """Whether a blank line changes nothing."""
        self._fresh = True
        """Whether the next sentence begins a block."""

    @property
    def settled(self) -> int:
        """No step that is still to come begins before this offset of the answer."""
        starts = [self._start]
        if self._mode in (_Mode.DISPLAY, _Mode.COMMENT):
            starts.append(self._content_start)
        if self._waiting is not None:
            starts.append(self._waiting.start)
        if (begun := self._steps.begun) is not None:
            starts.append(begun)
        return min(starts)

    def feed(self, text: str) -> list[SpokenStep]:
        """The steps that are certain now."""
        at = 0
        while at < len(text):
            if self._cr:
                self._cr = False
                if text[at] == "\n":
                    at += 1
                    self._start += 1
                    continue
            match = NEWLINE.search(text, at, at + LIMIT - self._size)
            end = match.start() if match else min(len(text), at + LIMIT - self._size)
            if not self._skips:
                self._pieces.append(text[at:end])
                self._size += end - at
            else:
                self._start += end - at
            at = end
            if match is not None:
                self._cr = match[0] == "\r"
                self._line()
                at += 1
            elif self._size >= LIMIT:
                self._overfull()
        self._peek()
        return self._steps.taken()

    def flush(self) -> list[SpokenStep]:
        """The rest, at the end of the answer."""
        if self._pieces or self._size:
            self._line()
        self._resolve()
        self._abandon()
        self._steps.flush()
        return self._steps.taken()

    # Lines

    def _line(self) -> None:
        """A line has ended."""
        line, start = "".join(self._pieces), self._start
        self._pieces, self._size, self._peeked = [], 0, 0
        self._start = start + len(line) + 1
        inside, self._inside = self._inside, False
        if not line and self._idle:
            return
        self._idle = False
        if self._skips:
            self._skips = False
        elif inside:
            self._rest(line, start)
        else:
            self._whole(line, start)

    def _overfull(self) -> None:
        """No line ends within the limit: cut behind a sentence that is complete."""
        self._idle = False
        line, start = "".join(self._pieces), self._start
        self._pieces, self._size = [], 0
        cut = self._cut(line)
        if cut:
            inside, self._inside = self._inside, True
            (self._rest if inside else self._whole)(line[:cut], start)
            self._pieces, self._size = [line[cut:]], len(line) - cut
            self._start = start + cut
            return
        self._start = start + len(line)
        self._skips, self._inside = True, False
        self._resolve()
        self._abandon()
        self._steps.close()
        self._steps.torn()

    def _cut(self, line: str) -> int:
        """Where a line that is too long can be cut; 0: nowhere."""
        if self._mode is not _Mode.TEXT or self._waiting is not None or self._table:
            return 0
        lexed = lex(line)
        if lexed.display is not None or lexed.comment:
            return 0
        ends = [e for _, e, ended in spans(lexed.mask) if ended and e <= LIMIT - MAX_SPAN]
        return ends[-1] if ends and len(line) - ends[-1] < LIMIT - MAX_LINE else 0

    def _peek(self) -> None:
        """What the beginning of the next line already decides."""
        if self._mode is _Mode.TEXT and not self._inside and self._waiting is None:
            while self._peeked < len(self._pieces):
                stripped = self._pieces[self._peeked].lstrip(" ")
                if stripped:
                    self._steps.peek(stripped[0])
                    self._peeked = LIMIT
                else:
                    self._peeked += 1

    def _whole(self, line: str, start: int) -> None:
        """A line from its beginning."""
        match self._mode:
            case _Mode.FENCE:
                self._in_fence(line, start)
            case _Mode.COMMENT | _Mode.DISPLAY:
                self._rest(line, start)
            case _Mode.TEXT:
                self._block(line, start)

    def _rest(self, line: str, start: int) -> None:
        """A line, or the rest of one, that is no beginning of a block."""
        match self._mode:
            case _Mode.COMMENT:
                self._in_comment(line, start)
            case _Mode.DISPLAY:
                self._in_display(line, start)
            case _Mode.TEXT:
                self._text(line, start, item=False)
            case _Mode.FENCE:
                pass

    # Blocks

    def _block(self, line: str, start: int) -> None:
        if self._waiting is None and (stripped := line.lstrip(" ")):
            self._steps.peek(stripped[0])
        found = head(line, plus=not self._steps.waits_as_formula)
        if self._waiting is not None and self._goes_on(found, line, start):
            return
        if self._table and (found.kind is Kind.BLANK or "|" not in line):
            self._table = False
            self._steps.section()
        if self._table:
            text = row_text(line[found.at :])
            if text:
                self._steps.cells(text, start, start + len(line))
            return
        match found.kind:
            case Kind.BLANK:
                self._steps.close()
                self._fresh = self._idle = True
            case Kind.FENCE:
                self._steps.close()
                self._mode, self._fence, self._quoted = _Mode.FENCE, found.fence, found.quoted
            case Kind.RULE:
                self._steps.section()
                self._fresh = True
            case Kind.REFERENCE:
                self._steps.close()
            case Kind.HEADING:
                self._steps.section()
                self._begin_text(line, start, found)
                self._steps.close()
                self._fresh = True
            case Kind.ITEM:
                self._steps.close()
                self._begin_text(line, start, found)
            case Kind.TEXT:
                self._begin_text(line, start, found)

    def _begin_text(self, line: str, start: int, found: Head) -> None:
        item = found.kind is Kind.ITEM
        self._fresh |= item or found.kind is Kind.HEADING
        self._quoted = found.quoted
        body = line[found.at :]
        if delimits_table(body):
            self._steps.forget()
            self._table = True
        elif may_head_table(body):
            joins = not self._fresh
            self._waiting = _Waiting(body, start + found.at, 1, item, joins, table=True)
        elif (inner := bracketed(body)) is not None:
            self._steps.display(
                display_rows(body[inner[0] : inner[1]]), start + found.at + inner[0]
            )
        else:
            self._text(body, start + found.at, item=item)

    def _goes_on(self, found: Head, line: str, start: int) -> bool:
        """What was waiting, with this line; whether that settles the line, too."""
        waiting = self._waiting
        assert waiting is not None
        if waiting.table:
            self._waiting = None
            if delimits_table(line[found.at :]):
                self._steps.close()
                self._table = True
                return True
            self._text(waiting.text, waiting.start, item=waiting.item, again=False)
            return self._mode is not _Mode.TEXT and self._moved(line, start)
        more = found.kind is Kind.TEXT and waiting.lines < SPAN_LINES
        if more and len(waiting.text) + len(line) <= MAX_LINE:
            self._waiting = None
            gap = start - waiting.start - len(waiting.text)
            text = waiting.text + "\n" * gap + line
            self._fresh = not waiting.joins
            self._text(text, waiting.start, item=waiting.item, lines=waiting.lines + 1)
            return True
        self._resolve()
        return self._mode is not _Mode.TEXT and self._moved(line, start)

    def _moved(self, line: str, start: int) -> bool:
        """The line belongs to what the waiting text opened."""
        self._whole(line, start)
        return True

    def _resolve(self) -> None:
        """What was waiting is taken as it stands."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._fresh = not waiting.joins
            self._text(waiting.text, waiting.start, item=waiting.item, again=False)
            if not waiting.table:
                self._steps.torn()

    # Text

    def _text(
        self, line: str, start: int, *, item: bool, again: bool = True, lines: int = 1
    ) -> None:  # fmt: skip
        """Text without the marks of its block."""
        lexed = lex(line)
        opens = lexed.display is not None or lexed.comment
        if lexed.unclosed and again and not opens and not self._inside and len(line) <= MAX_LINE:
            self._waiting = _Waiting(line, start, lines, item, joins=not self._fresh)
            return
        first = True
        for found in sentences(line, lexed.mask):
            text = unnumbered(found.text) if self._fresh else found.text
            joins = first and not self._fresh
            self._fresh = first = False
            if len(text) > MAX_LINE:
                self._steps.close()
                self._steps.torn()
                continue
            placed = Sentence(
                text, start + found.start, start + found.end, found.ended, found.alone, found.lead
            )
            self._steps.sentence(placed, joins=joins, item=item)
        if lexed.comment:
            self._mode = _Mode.COMMENT
            self._in_comment(line[len(lexed.mask) + 4 :], start + len(lexed.mask) + 4)
        elif lexed.display is not None:
            self._mode, self._opened = _Mode.DISPLAY, lexed.display
            self._content, self._content_size = [], 0
            self._content_start = start + lexed.display.inside
            self._steps.opens_display()
            self._in_display(line[lexed.display.inside :], self._content_start)
        elif not self._inside:
            self._steps.end_of_line()

    # Code, comments, displays

    def _in_fence(self, line: str, start: int) -> None:
        at = quote_end(line) if self._quoted else 0
        if self._quoted and at == 0:
            self._mode, self._fresh = _Mode.TEXT, True
            self._block(line, start)
        elif closes_fence(line[at:], self._fence):
            self._mode, self._fresh = _Mode.TEXT, True

    def _in_comment(self, line: str, start: int) -> None:
        close = line.find("-->")
        if close >= 0:
            self._mode = _Mode.TEXT
            if line[close + 3 :].strip():
                self._text(line[close + 3 :], start + close + 3, item=False)

    def _in_display(self, line: str, start: int) -> None:
        """More of a display: its end, or a line to keep."""
        opened = self._opened
        assert opened is not None
        if self._quoted and start > self._content_start:
            at = quote_end(line)
            line = " " * at + line[at:]
        if start > self._content_start and not line.strip():
            self._abandon()
            self._steps.close()
            self._fresh = True
            return
        before = "\n" * (start - self._content_start - self._content_size)
        self._content.append(before + line)
        self._content_size += len(before) + len(line)
        if (close := opened.end_in(line)) is None:
            if self._content_size > LIMIT:
                self._abandon()
            elif rows := self._early.more(line, "".join(self._content)):
                self._steps.display(rows, self._content_start)
            return
        source = "".join(self._content)
        inside = source[: len(source) - len(line) + (close[1] if opened.env else close[0])]
        self._mode, self._opened, self._content, self._content_size = _Mode.TEXT, None, [], 0
        self._fresh = False
        if (rest := self._early.rest(display_rows(inside))) is None:
            self._steps.torn()
        else:
            self._steps.display(rest, self._content_start)
        if line[close[1] :].strip():
            self._text(line[close[1] :], start + close[1], item=False)

    def _abandon(self) -> None:
        """A display that is not closed: nothing more in it can be read."""
        self._early.forget()
        if self._mode is _Mode.DISPLAY:
            self._mode, self._opened, self._content, self._content_size = _Mode.TEXT, None, [], 0
            self._steps.torn()
