"""From raw pieces of a model's output to clean pieces of thinking and answer.

Pure machines: ``feed`` takes what came and returns what is certain, ``flush`` the rest.  Any cut
of the same text gives the same joined result.  Each piece of text is looked at once, so a long
stream costs the same a token at its end as at its start.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

OPEN, CLOSE = "<think>", "</think>"


class Spelling(NamedTuple):
    """How a thinking is set apart in a text.  ``lead``: what may stand before an answer that had
    no thinking."""

    opens: str = OPEN
    closes: str = CLOSE
    lead: str = ""


USUAL = (Spelling(),)


class Utf8Seams:
    """Bytes to text across seams inside a character; what is no UTF-8 becomes ``�``."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, piece: bytes) -> str:
        """The characters that are complete."""
        return self._decoder.decode(piece)

    def flush(self) -> str:
        """``�`` for half a character at the end."""
        return self._decoder.decode(b"", final=True)


@dataclass(frozen=True, slots=True)
class Seam:
    """Where a text goes on: ``before`` stands there already.

    ``owed`` is the end of it that the model is not shown, and is expected to write again.
    """

    before: str = ""
    owed: str = ""

    @classmethod
    def of(cls, text: str) -> Seam:
        """For an engine of ours: a blank at the end is owed, one at most.

        Nearly all vocabularies join a blank to the word behind it.  A prompt that ends in one
        leaves the model with words that it has never seen begin there; without it, every word
        and every number can follow.  Line ends stay: they are tokens with what stands before
        them, and a line that is not ended invites the model to end its answer.
        """
        return cls(text, " " if text.endswith(" ") else "")

    @classmethod
    def bare(cls, text: str) -> Seam:
        """For a server, whose template may trim: all blanks and line ends at the end are owed."""
        return cls(text, text[len(text.rstrip()) :])

    @property
    def shown(self) -> str:
        """What the model is shown."""
        return self.before[: len(self.before) - len(self.owed)]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text, and whether it is thinking."""

    thinking: bool
    text: str


class _Code:
    """Are we inside code?  Follows fences and, within a line, single backticks."""

    def __init__(self) -> None:
        self.fence = ""
        self._line: list[str] = []
        self._backticks = 0

    def feed(self, text: str) -> None:
        head, newline, rest = text.partition("\n")
        while newline:
            self._line.append(head)
            self._end_line("".join(self._line))
            self._line.clear()
            self._backticks = 0
            head, newline, rest = rest.partition("\n")
        if head:
            self._line.append(head)
            self._backticks += head.count("`")

    def _end_line(self, line: str) -> None:
        mark = line.lstrip(" ")[:3]
        if self.fence:
            if mark == self.fence and not line.strip().strip(self.fence[0]):
                self.fence = ""
        elif mark in ("```", "~~~"):
            self.fence = mark

    @property
    def at_line_start(self) -> bool:
        """Nothing but blanks stands before on the line."""
        return not any(part.strip() for part in self._line)

    @property
    def odd_backticks(self) -> bool:
        """An inline code span is open on this line."""
        return self._backticks % 2 == 1


class ThinkSplitter:
    """Parts thinking from answer, whatever the template does with the tag.

    ``thinking`` True: the prompt ended in an open tag, so the text begins inside.  A closing tag
    that never comes leaves all of it thinking.  A tag in code is text: in a fence unless it
    stands alone on its line (a model may forget to close the fence), in an inline span if a
    backtick follows.  In the answer a tag counts only at the start of a line.  Blank lines
    around the tags belong to nobody.

    Of several spellings the one that comes first is the model's, and no other means anything from
    there on.  All but the first, which nearly all models have, are read only where the text
    begins, or within a thinking that the prompt began.

    That is the rule for tags that are spelled out.  An engine that sees a tag as a token of its
    own calls ``turn`` instead: then it is meant, wherever it stands.
    """

    def __init__(
        self, *, thinking: bool, before: str = "", spellings: Sequence[Spelling] = USUAL
    ) -> None:
        """``before`` was said already, and is where the text goes on.  Without ``spellings`` no
        text is a tag."""
        self.thinking = thinking
        self._spellings = tuple(spellings)
        self._starts = _starts(self._spellings)
        self._reach = 1 + max((len(tag) for tags in self._spellings for tag in tags), default=0)
        """Characters that say whether a tag stands at a place, the one behind it included."""
        self._held = ""
        self._blank = not before.strip()
        self._code = _Code()
        self._code.feed(before)

    def feed(self, text: str) -> list[Piece]:
        """The pieces that are certain now."""
        self._held += text
        return self._work(final=False)

    def turn(self, *, thinking: bool) -> list[Piece]:
        """A thinking, or an answer, begins here for certain; nothing happens within one."""
        pieces = self._work(final=True)
        if self.thinking != thinking:
            self._turn(thinking=thinking)
        return pieces

    def flush(self) -> list[Piece]:
        """What was held back."""
        return self._work(final=True)

    def _work(self, *, final: bool) -> list[Piece]:
        pieces: list[Piece] = []
        text, at = self._held, 0
        while at < len(text):
            found = self._starts.search(text, at)
            begin = found.start() if found else len(text)
            if begin > at:
                self._emit(text[at:begin], pieces)
                at = begin
                continue
            self._held = text[at : at + self._reach]
            tag = self._tag(final=final)
            if tag is None:
                break  # it may become one
            if tag:
                at += len(tag)
                self._turn(thinking=tag == self._spellings[0].opens)
            else:
                self._emit(text[at], pieces)
                at += 1
        self._held = text[at:]
        runs = groupby(pieces, attrgetter("thinking"))
        return [Piece(thinking, "".join(p.text for p in run)) for thinking, run in runs]

    def _tag(self, *, final: bool) -> str | None:
        """The tag that ``_held`` begins with; ``""`` for none, ``None`` for not yet known.

        After a tag that is meant there is one spelling."""
        for spelling, tag in self._possible():
            if self._held.startswith(tag):
                meant = self._meant(tag, final=final)
                if meant:
                    self._spellings = (spelling,)
                    self._starts = _starts(self._spellings)
                return meant
            if not final and tag.startswith(self._held):
                return None
        return ""

    def _possible(self) -> Iterator[tuple[Spelling, str]]:
        """The tags that could stand here."""
        begins = self._blank and not self.thinking
        for number, spelling in enumerate(self._spellings):
            if number == 0 or begins:
                yield spelling, spelling.opens
            if number == 0 or self.thinking:
                yield spelling, spelling.closes
            if spelling.lead and begins:
                yield spelling, spelling.lead

    def _meant(self, tag: str, *, final: bool) -> str | None:
        if not self._code.at_line_start:
            if self._code.fence or not self.thinking:
                return ""
            if self._code.odd_backticks:
                following = self._held[len(tag) : len(tag) + 1]
                if not following and not final:
                    return None
                return "" if following == "`" else tag
            return tag
        if self._code.fence:
            return tag if self.thinking and tag == CLOSE else ""
        return tag

    def _turn(self, *, thinking: bool) -> None:
        self.thinking = thinking
        self._blank = True
        self._code = _Code()

    def _emit(self, text: str, pieces: list[Piece]) -> None:
        self._code.feed(text)
        if self._blank:
            text = text.lstrip()
            if not text:
                return
            self._blank = False
        pieces.append(Piece(self.thinking, text))


def _starts(spellings: Sequence[Spelling]) -> re.Pattern[str]:
    """Finds a letter with which a tag may begin."""
    letters = {tag[0] for spelling in spellings for tag in spelling if tag}
    return re.compile("[" + "".join(map(re.escape, sorted(letters))) + "]" if letters else r"(?!)")


class StopStrings:
    """Ends a text before the first of some strings, also where a seam cuts the string."""

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = tuple(stop for stop in stops if stop)
        self._held = ""
        self.stopped = False

    def feed(self, text: str) -> str:
        """The text that is certain to come before every stop string."""
        if self.stopped or not self._stops:
            return "" if self.stopped else text
        self._held += text
        found = [at for stop in self._stops if (at := self._held.find(stop)) >= 0]
        if found:
            self.stopped = True
            out, self._held = self._held[: min(found)], ""
            return out
        keep = max(self._overlap(stop) for stop in self._stops)
        cut = len(self._held) - keep
        out, self._held = self._held[:cut], self._held[cut:]
        return out

    def flush(self) -> str:
        """What was held back in vain."""
        out, self._held = self._held, ""
        return out

    def _overlap(self, stop: str) -> int:
        """How many characters at the end of ``_held`` may begin the stop string."""
        for size in range(min(len(stop) - 1, len(self._held)), 0, -1):
            if self._held.endswith(stop[:size]):
                return size
        return 0


class AnswerStream:
    """All of it: bytes or text in, pieces of thinking and answer out, ended by stop strings.

    Stop strings end the answer only; the thinking before it is free to contain them.
    """

    def __init__(
        self,
        *,
        thinking: bool,
        stops: Sequence[str] = (),
        seam: Seam | None = None,
        spellings: Sequence[Spelling] = USUAL,
    ) -> None:
        """``seam``: this goes on with a text, a thinking if ``thinking``, else an answer."""
        self._seams = Utf8Seams()
        self._owed = seam.owed if seam else ""
        before = seam.before if seam else ""
        self._splitter = ThinkSplitter(thinking=thinking, before=before, spellings=spellings)
        self._stops = StopStrings(stops)

    @property
    def thinking(self) -> bool:
        """Is the model thinking at this place?"""
        return self._splitter.thinking

    @property
    def stopped(self) -> bool:
        """Has a stop string ended the answer?"""
        return self._stops.stopped

    def feed(self, piece: bytes | str) -> list[Piece]:
        """The pieces that are certain now."""
        text = self._seams.feed(piece) if isinstance(piece, bytes) else piece
        if self._owed and text:
            text = self._settled(text)
        return self._stop(self._splitter.feed(text))

    def _settled(self, text: str) -> str:
        """Without what was owed, as far as the model has written it again."""
        for at, letter in enumerate(text):
            found = self._owed.find(letter)
            if found < 0:
                self._owed = ""
                return text[at:]
            self._owed = self._owed[found + 1 :]  # some of the blanks it may have left out
        return ""

    def turn(self, *, thinking: bool) -> list[Piece]:
        """The model wrote a tag of its vocabulary: a token that means nothing else."""
        pieces = self._splitter.feed(self._seams.flush())
        return self._stop(pieces + self._splitter.turn(thinking=thinking))

    def flush(self) -> list[Piece]:
        """What was held back; call it once, at the end.

        Half a character is dropped: the text ended before it was written.
        """
        pieces = self._stop(self._splitter.flush())
        rest = "" if self.stopped else self._stops.flush()
        return [*pieces, Piece(thinking=False, text=rest)] if rest else pieces

    def _stop(self, pieces: list[Piece]) -> list[Piece]:
        out: list[Piece] = []
        for piece in pieces:
            if self.stopped:  # nothing follows, a thinking neither
                break
            text = piece.text if piece.thinking else self._stops.feed(piece.text)
            if text:
                out.append(Piece(piece.thinking, text))
        return out
