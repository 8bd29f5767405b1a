"""The tags between which a model thinks, where they are not ``<think>`` and ``</think>``.

Those are the only ones that the program knows.  Some models have a pair of their own, each a
single token: a prompt gets it in place of ours on its way to the tokens, and what the model
writes is told with ours.  Only a template's own text is touched: in somebody's words neither pair
means anything.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from runtimes.prompting import Segment, closing
from runtimes.textstream import CLOSE, OPEN


@dataclass(frozen=True, slots=True)
class ThinkTags:
    """A model's pair."""

    opens: str = OPEN
    closes: str = CLOSE

    @classmethod
    def of(cls, tags: Collection[str], template: str) -> ThinkTags:
        """The pair of a vocabulary in which these are the tags, if the template knows it."""
        there = (p for p in PAIRS if p.opens in tags and p.closes in tags and p.opens in template)
        return next(there, cls())

    def spoken(self, tag: str) -> str | None:
        """What a token of this text is told as, if it is one of the pair."""
        return {self.opens: OPEN, self.closes: CLOSE}.get(tag)

    def known(self, prompt: Sequence[Segment]) -> tuple[Segment, ...]:
        """A prompt that a template wrote, with the tags that the program knows."""
        return _exchanged(prompt, (self.opens, OPEN), (self.closes, CLOSE))

    def own(self, prompt: Sequence[Segment]) -> tuple[Segment, ...]:
        """A prompt with the tags that the model knows."""
        return _exchanged(prompt, (OPEN, self.opens), (CLOSE, self.closes))

    def end(self, thought: str) -> str:
        """What ends this thinking, in the model's own words."""
        return closing(thought).replace(CLOSE, self.closes)


PAIRS = (
    ThinkTags(),
    ThinkTags("[THINK]", "[/THINK]"),  # Magistral, Ministral
    ThinkTags("<seed:think>", "</seed:think>"),  # Seed-OSS
    ThinkTags("<|START_THINKING|>", "<|END_THINKING|>"),  # Command
)


def thinks(template: str) -> bool:
    """Does a template know any of the tags?"""
    return any(pair.opens in template for pair in PAIRS)


def _exchanged(prompt: Sequence[Segment], *pairs: tuple[str, str]) -> tuple[Segment, ...]:
    made = []
    for segment in prompt:
        text = segment.text
        for old, new in () if segment.content else pairs:
            text = text.replace(old, new)
        made.append(replace(segment, text=text))
    return tuple(made)
