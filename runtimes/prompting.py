"""From messages to the text of a prompt, whatever engine reads it.

A chat template is a program that writes a prompt, and the tags that steer a model (``<|im_end|>``,
``<think>``) are told from a user's words only by where they stand.  So the contents of messages
are masked while the template runs, and the result is a list of segments that remember who wrote
them.  ``pieces`` then cuts it where somebody's words would be read as a tag:

    prompt = conversation(messages, <the engine's template>)
    prompt = begin_thinking(prompt)  # only if the model must
    tokens = [t for piece in pieces(prompt, tags) for t in tokenize(piece, special=True)]

A prompt in which nobody wrote a tag is one piece, so its tokens are exactly the publisher's.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from runtimes.errors import Unsupported
from runtimes.texts import Text
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


def joined(messages: Sequence[Message]) -> tuple[Message, ...]:
    """The same with turns of one role that follow each other as one turn; calls and results of
    tools stay apart.

    For templates in which user and assistant must alternate.
    """
    made: list[Message] = []
    for message in messages:
        if made and _are_one(made[-1], message):
            made.append(_as_one(made.pop(), message))
        else:
            made.append(message)
    return tuple(made)


def _are_one(first: Message, second: Message) -> bool:
    same = first.role is second.role and first.role is not Role.TOOL
    return same and not first.calls and not second.calls


def _as_one(first: Message, second: Message) -> Message:
    return replace(
        second,
        text="\n\n".join(filter(None, (first.text, second.text))),
        reasoning="\n\n".join(filter(None, (first.reasoning, second.reasoning))),
    )


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


def conversation(
    messages: Sequence[Message],
    template: Callable[[Sequence[Message]], str],
    *,
    instructions: bool = True,
) -> tuple[Segment, ...]:
    """The prompt of a conversation, in the first form of it that a template takes as a whole.

    Some templates refuse instructions, or two turns of one role; some leave instructions out
    without a word.  ``instructions`` False: the model does worse with them, whatever its template
    takes.  Raises ``Unsupported`` where no form is taken.
    """
    plain = fold_tools(messages)
    folded = fold_system(plain)
    forms = [plain] if instructions else []
    forms = [*forms, folded, *map(joined, (*forms, folded))]
    refused: Unsupported | None = None
    for form in dict.fromkeys(forms):
        masked, contents = mask(form)
        try:
            made = segments(template(masked), contents)
            _check_whole(form, made)
        except Unsupported as wrong:
            refused = refused or wrong
        else:
            return made
    assert refused is not None
    raise refused


def _check_whole(messages: Sequence[Message], made: Sequence[Segment]) -> None:
    """Raises ``Unsupported`` where something that was said to the model is not in its prompt."""
    there = Counter(segment.text for segment in made if segment.content)
    texts = (m.text.strip() for m in messages if m.role is not Role.ASSISTANT)
    if Counter(filter(None, texts)) - there:  # who says a thing twice may lose it once
        raise Unsupported(
            Text(
                "the chat template of the model leaves a part of this conversation out",
                "模型的对话模板会漏掉此对话的一部分",
            ),
            Text("begin a new conversation, or use another model", "请新建对话，或换用其他模型"),
        )


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
