"""From messages to the text of a prompt, whatever engine reads it.

A chat template is a program that writes a prompt, and the tags that steer a model (``<|im_end|>``,
``<think>``) are told from a user's words only by where they stand.  So the contents of messages
are masked while the template runs, and the result is a list of segments that remember who wrote
them.  ``pieces`` then cuts it where somebody's words would be read as a tag:

    turns, contents = mask(fold_tools(fold_system(messages)))
    rendered = <the engine's template>(turns)
    prompt = begin_thinking(segments(rendered, contents))  # only if the model must
    tokens = [t for piece in pieces(prompt, tags) for t in tokenize(piece, special=True)]

A prompt in which nobody wrote a tag is one piece, so its tokens are exactly the publisher's.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from runtimes.textstream import CLOSE, OPEN
from runtimes.types import Message, Role

CLOSE_THINKING = f"\n{CLOSE}\n\n"
"""What ends a thinking whose budget is used up."""

_MASK = "masked-content-{}-end"
_MASKED = re.compile(r"masked-content-(\d+)-end")


def fold_system(messages: Sequence[Message]) -> tuple[Message, ...]:
    """The same with the instructions at the head of the first user's turn.

    For models that know no system prompt, or do worse with one (DeepSeek-R1).
    """
    instructions = [m.text for m in messages if m.role is Role.SYSTEM and m.text]
    rest = [m for m in messages if m.role is not Role.SYSTEM]
    if not instructions:
        return tuple(rest)
    first = next((i for i, m in enumerate(rest) if m.role is Role.USER), None)
    if first is None:
        return (Message(Role.USER, "\n\n".join(instructions)), *rest)
    text = "\n\n".join((*instructions, rest[first].text))
    return (*rest[:first], replace(rest[first], text=text), *rest[first + 1 :])


def fold_tools(messages: Sequence[Message]) -> tuple[Message, ...]:
    """The same with calls and results of tools as plain text.

    For templates that know no tools: a conversation begun with another model can go on.
    """
    return tuple(_without_tools(message) for message in messages)


def _without_tools(message: Message) -> Message:
    if message.role is Role.TOOL:
        return Message(Role.USER, message.text)
    calls = (f"{json.dumps(call.name)}: {call.arguments}" for call in message.calls)
    text = "\n".join(part for part in (message.text, *calls) if part)
    return replace(message, text=text, calls=())


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a prompt; ``content`` says that somebody's words stand there, in which no
    tag may be read, and not the template's own text."""

    text: str
    content: bool


def mask(messages: Sequence[Message]) -> tuple[tuple[Message, ...], tuple[str, ...]]:
    """The messages with a mark in place of each content, and the contents in the marks' order.

    Blanks around a content stay outside its mark, so that a template may trim them.
    """
    contents: list[str] = []

    def marked(text: str) -> str:
        core = text.strip()
        if not core:
            return text
        contents.append(core)
        head, _, tail = text.partition(core)
        return head + _MASK.format(len(contents) - 1) + tail

    turns = [replace(m, text=marked(m.text), reasoning=marked(m.reasoning)) for m in messages]
    return tuple(turns), tuple(contents)


def segments(rendered: str, contents: Sequence[str]) -> tuple[Segment, ...]:
    """The prompt that a template wrote of masked messages, with the contents put back."""
    found: list[Segment] = []
    end = 0
    for match in _MASKED.finditer(rendered):
        if int(match[1]) >= len(contents):
            continue  # the template's own text happens to look like a mark
        found.append(Segment(rendered[end : match.start()], content=False))
        found.append(Segment(contents[int(match[1])], content=True))
        end = match.end()
    found.append(Segment(rendered[end:], content=False))
    return tuple(segment for segment in found if segment.text)


def opens_thinking(prompt: Sequence[Segment]) -> bool:
    """Does the prompt end in an open tag, so that the answer begins inside the thinking?"""
    return bool(prompt) and not prompt[-1].content and prompt[-1].text.rstrip().endswith(OPEN)


def begin_thinking(prompt: Sequence[Segment]) -> tuple[Segment, ...]:
    """The prompt, made to end in an open tag if it does not."""
    if opens_thinking(prompt):
        return tuple(prompt)
    return (*prompt, Segment(f"{OPEN}\n", content=False))


def closing(thought: str) -> str:
    """What ends this thinking: its tag on a line of its own."""
    return CLOSE_THINKING[1:] if thought.endswith("\n") else CLOSE_THINKING


def text_of(prompt: Iterable[Segment]) -> str:
    """All of it."""
    return "".join(segment.text for segment in prompt)


def pieces(prompt: Sequence[Segment], tags: Iterable[str]) -> tuple[str, ...]:
    """The prompt, cut inside every tag that is not wholly the template's own.

    ``tags`` are the texts of the tokens that a tokenizer reads before all others.  Tokenised one
    by one with tags on, the pieces hold no tag that a content made, alone or together with the
    text beside it.  Tags of one character, and of blanks alone, are ordinary text to a user.
    """
    alternatives = sorted({t for t in tags if len(t) > 1 and t.strip(" \t\r\n▁")}, key=len)
    text = text_of(prompt)
    if not alternatives:
        return (text,) if text else ()
    # the longest at each place; a lookahead finds those that overlap, too
    tag = re.compile(f"(?=({'|'.join(map(re.escape, reversed(alternatives)))}))")
    spans = _contents(prompt)
    cuts = [0]
    for match in tag.finditer(text):
        start, end = match.start(1), match.end(1)
        inside = next((s for s in spans if s[0] < end and start < s[1]), None)
        if inside is not None:
            cuts.append(max(start + 1, inside[0]))
    cuts = sorted({*cuts, len(text)})
    return tuple(text[a:b] for a, b in itertools.pairwise(cuts))


def _contents(prompt: Sequence[Segment]) -> list[tuple[int, int]]:
    """Where the contents stand in the text."""
    spans: list[tuple[int, int]] = []
    at = 0
    for segment in prompt:
        if segment.content:
            spans.append((at, at + len(segment.text)))
        at += len(segment.text)
    return spans
