"""The tags between which a model thinks, where they are not ``<think>`` and ``</think>``.

Those are the only ones that the program knows.  Some models have others, each a single token, or
several that say together on which channel they speak: a prompt gets them in place of ours on its
way to the tokens, and of what the model writes ``TokenStream`` makes thinking and answer.  Only a
template's own text is touched: in somebody's words no tag means anything, and where a vocabulary
has the tags as tokens, none that the model spells out in other tokens does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from runtimes.prompting import Segment, closing
from runtimes.textstream import CLOSE, OPEN, AnswerStream, Piece, Seam, Spelling

_LONGEST_HEAD = 256
"""Characters.  What is longer stands behind no mark that a model of this kind writes: it is the
answer."""


class Mark(Enum):
    """What a token does to what follows it."""

    THINK = auto()
    ANSWER = auto()
    HEAD = auto()
    """The name of the one who speaks, or of a channel, which is shown to nobody."""
    LINE = auto()
    """The same up to the end of the line, and then a thinking."""
    NAMED = auto()
    """The head ends, and its name says whether this is an answer."""


_SEAM = "\0"
"""Between the parts of a head."""

_TO_A_TOOL = re.compile(r"(?:^|\s)to=(?!user\b)")
_ANSWERS = ("", "assistant", "final", "commentary")
"""Names of channels for the user's eyes; ``commentary`` tells what a tool will be asked, and is
not for him where it goes to a tool."""


@dataclass(frozen=True, slots=True)
class ThinkTags:
    """A model's tags: what begins a thinking and what ends it, ``lead`` what begins an answer that
    has none.  ``spelled``: they are no tokens of its vocabulary.  ``marks``: what each token does,
    where it is more than one that opens and one that closes."""

    opens: str = OPEN
    closes: str = CLOSE
    lead: str = ""
    spelled: bool = False
    marks: tuple[tuple[str, Mark], ...] = ()

    @classmethod
    def of(cls, tags: Collection[str], template: str) -> ThinkTags:
        """Those of a vocabulary in which these are the tags, if the template knows them."""
        named = [kind for kind in KINDS if kind.named_in(template)]
        there = next((kind for kind in named if kind.acts.keys() <= set(tags)), None)
        if there is not None:
            return there
        spelled = next((kind for kind in named if not kind.marks), KINDS[0])
        return replace(spelled, spelled=True)

    @property
    def acts(self) -> dict[str, Mark]:
        """What each token does."""
        return dict(self.marks or ((self.opens, Mark.THINK), (self.closes, Mark.ANSWER)))

    def headed(self, backwards: Iterable[str | None]) -> bool:
        """Does a prompt end in a head?  What its tokens are as tags, from its end on; nothing for
        all others."""
        last = next(filter(None, backwards), "")
        return not self.spelled and self.acts.get(last) is Mark.HEAD

    @property
    def blank(self) -> str:
        """What stands between a thinking and its answer."""
        return "" if self.marks else "\n\n"

    def named_in(self, template: str) -> bool:
        """Does a template know them?"""
        return self.marks[0][0] in template if self.marks else self.opens in template

    def spoken(self, tag: str) -> str | None:
        """What a token of this text is told as, if it is one that opens or closes by itself."""
        return {self.opens: OPEN, self.closes: CLOSE}.get(tag)

    def known(self, prompt: Sequence[Segment]) -> tuple[Segment, ...]:
        """A prompt that a template wrote, with the tags that the program knows."""
        if not self.marks:
            return _exchanged(prompt, (self.opens, OPEN), (self.closes, CLOSE))
        *before, last = prompt or (Segment("", content=False),)
        if not last.content and last.text.endswith(self.opens):
            last = replace(last, text=f"{last.text.removesuffix(self.opens)}{OPEN}\n")
        return (*before, last) if last.text else tuple(before)

    def own(self, prompt: Sequence[Segment]) -> tuple[Segment, ...]:
        """A prompt with the tags that the model knows."""
        if not self.marks:
            return _exchanged(prompt, (OPEN, self.opens), (CLOSE, self.closes))
        closes = ((end, self.closes) for end in (f"\n{CLOSE}\n\n", f"{CLOSE}\n\n", CLOSE))
        return _exchanged(prompt, (f"{OPEN}\n", self.opens), (OPEN, self.opens), *closes)

    def end(self, thought: str) -> str:
        """What ends this thinking, in the model's own words."""
        return self.closes if self.marks else closing(thought).replace(CLOSE, self.closes)


KINDS = (
    ThinkTags(),
    ThinkTags("[THINK]", "[/THINK]"),  # Magistral, Ministral
    ThinkTags("<seed:think>", "</seed:think>"),  # Seed-OSS
    ThinkTags("<|START_THINKING|>", "<|END_THINKING|>"),  # Command
    ThinkTags("<|inner_prefix|>", "<|inner_suffix|>"),  # Apertus
    ThinkTags("◁think▷", "◁/think▷"),  # Kimi-VL
    ThinkTags("<thought>", "</thought>"),  # EXAONE Deep
    ThinkTags("<reasoning>", "</reasoning>"),  # Reka Flash
    ThinkTags(  # gpt-oss: the “harmony” format
        "<|channel|>analysis<|message|>",
        "<|end|><|start|>assistant<|channel|>final<|message|>",
        lead="<|channel|>final<|message|>",
        marks=(
            ("<|channel|>", Mark.HEAD),
            ("<|start|>", Mark.HEAD),
            ("<|end|>", Mark.HEAD),
            ("<|message|>", Mark.NAMED),
        ),
    ),
    ThinkTags(  # Gemma 4
        "<|channel>thought\n",
        "<channel|>",
        marks=(("<|channel>", Mark.LINE), ("<channel|>", Mark.ANSWER)),
    ),
    ThinkTags(  # Solar Open
        "<|think|>",
        "<|end|><|begin|>assistant<|content|>",
        lead="<|content|>",
        marks=(
            ("<|content|>", Mark.ANSWER),
            ("<|think|>", Mark.THINK),
            ("<|begin|>", Mark.HEAD),
            ("<|end|>", Mark.HEAD),
        ),
    ),
)

SPELLINGS = tuple(Spelling(kind.opens, kind.closes, kind.lead) for kind in KINDS)
"""How all of them look in the text of a server that leaves the tags where they are."""


def thinks(template: str) -> bool:
    """Does a template know any of the tags?"""
    return any(kind.named_in(template) for kind in KINDS)


class TokenStream:
    """Thinking and answer of what a model writes, token by token; see ``AnswerStream``."""

    def __init__(
        self,
        tags: ThinkTags,
        *,
        thinking: bool,
        headed: bool = False,
        stops: Sequence[str] = (),
        seam: Seam | None = None,
    ) -> None:
        """``headed``: the prompt ends in a head, so that a name, or a mark, comes first."""
        spelled = (Spelling(tags.opens, tags.closes, tags.lead),) if tags.spelled else ()
        self._stream = AnswerStream(thinking=thinking, stops=stops, seam=seam, spellings=spelled)
        self._acts = {} if tags.spelled else tags.acts
        self._head: list[bytes | str] | None = [] if headed else None
        self._room = _LONGEST_HEAD
        self._marked = self._line = self._again = self._answered = False

    @property
    def thinking(self) -> bool:
        """Is the model thinking at this place?"""
        return self._stream.thinking

    @property
    def headed(self) -> bool:
        """Are we in a head, so that it is not said yet what comes?"""
        return self._head is not None

    @property
    def stopped(self) -> bool:
        """Has a stop string ended the answer?"""
        return self._stream.stopped

    def take(self, tag: str, piece: bytes | str) -> list[Piece]:
        """The pieces that are certain behind this token.  ``tag``: its text, if it is one of those
        that steer."""
        match self._acts.get(tag):
            case None if self._head is None:
                return self._fed(piece)
            case None:
                return self._in_head(piece)
            case Mark.THINK:
                return self._turned(thinking=True)
            case Mark.ANSWER:
                return self._turned(thinking=False)
            case Mark.NAMED:
                return self._turned(thinking=not _for_the_user(_text(self._head or ())))
            case act:
                if self._head is None:
                    self._head, self._room = [], _LONGEST_HEAD
                elif self._head and self._head[-1] is not _SEAM:
                    self._head.append(_SEAM)
                self._marked, self._line = True, act is Mark.LINE
                return []

    def flush(self) -> list[Piece]:
        """What was held back; call it once, at the end."""
        head = [] if self._marked else self._unheaded()
        return [*head, *self._told(self._stream.flush())]

    def _fed(self, piece: bytes | str) -> list[Piece]:
        return self._told(self._stream.feed(piece))

    def _told(self, pieces: Sequence[Piece]) -> list[Piece]:
        """With a blank line before a second message to the user."""
        made: list[Piece] = []
        for piece in pieces:
            if not piece.thinking:
                if self._again:
                    made.append(Piece(thinking=False, text="\n\n"))
                self._answered, self._again = True, False
            made.append(piece)
        return made

    def _turned(self, *, thinking: bool) -> list[Piece]:
        new = self._stream.thinking or self._head is not None
        self._head, self._marked = None, True
        pieces = self._told(self._stream.turn(thinking=thinking))
        self._again |= new and not thinking and self._answered
        return pieces

    def _in_head(self, piece: bytes | str) -> list[Piece]:
        assert self._head is not None
        self._head.append(piece)
        self._room -= max(len(piece), 1)
        raw = piece.encode() if isinstance(piece, str) else piece
        if self._line and b"\n" in raw:
            return [*self._turned(thinking=True), *self._fed(raw.partition(b"\n")[2])]
        return self._unheaded() if self._room < 0 else []

    def _unheaded(self) -> list[Piece]:
        """A head without end is what the model has to say: it knows no channels, whatever its
        vocabulary has."""
        head, self._head = self._head or (), None
        pieces = self._turned(thinking=True) if self._line else []
        said = (piece for piece in head if piece is not _SEAM)
        return [*pieces, *(new for piece in said for new in self._fed(piece))]


def _text(head: Sequence[bytes | str]) -> str:
    whole = b"".join(piece.encode() if isinstance(piece, str) else piece for piece in head)
    return whole.decode("utf-8", "replace")


def _for_the_user(head: str) -> bool:
    """A head names the one who speaks, then the channel; in either place, to whom."""
    words = head.rpartition(_SEAM)[2].split()
    return (words[0] if words else "") in _ANSWERS and not _TO_A_TOOL.search(head)


def _exchanged(prompt: Sequence[Segment], *pairs: tuple[str, str]) -> tuple[Segment, ...]:
    made = []
    for segment in prompt:
        text = segment.text
        for old, new in () if segment.content else pairs:
            text = text.replace(old, new)
        made.append(replace(segment, text=text))
    return tuple(made)
