"""Messages in, events out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who speaks in a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model asks for a tool: also an event of a stream.

    ``arguments`` is JSON as the model wrote it; whoever runs the tool validates it.
    """

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation.

    ``reasoning`` is what an assistant thought (most templates leave it out of the prompt);
    ``calls`` are the tools that it asked for; ``answers`` is the id of the call that a message
    of a tool answers.

    An assistant's message that is the last of a conversation is a turn to go on with
    (``Capability.CONTINUE``): ``reasoning`` is the thinking so far, ``text`` the answer so far.
    Both are taken as they stand, the blanks at their ends too.
    """

    role: Role
    text: str
    reasoning: str = ""
    calls: tuple[ToolCall, ...] = ()
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that the model may ask for; ``schema`` is the JSON Schema of its arguments."""

    name: str
    description: str
    schema: str


@dataclass(frozen=True, slots=True)
class JsonSchema:
    """The answer must be JSON that validates against this schema (itself JSON text)."""

    schema: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """The answer must be a sentence of this grammar in llama.cpp's GBNF."""

    gbnf: str


Constraint = JsonSchema | Grammar
"""Holds for the answer; the thinking before it is free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationParams:
    """How to write.  ``None`` means "the runtime's or the model's own default".

    ``max_tokens`` counts thinking and answer together (None: as the window allows);
    ``thinking_tokens`` is the budget after which the thinking is ended and the answer begun: it is
    never exceeded, and where a sentence ends a little before it, the thinking ends there.  In a
    turn that goes on both count what is new.
    ``top_k`` 0 and ``top_p`` 1 and ``min_p`` 0 and ``repeat_penalty`` 1 switch the filter off;
    ``temperature`` 0 is greedy.  ``logprobs`` asks for the log-probability of each token, with
    that many alternatives (0: none).
    """

    max_tokens: int | None = None
    thinking_tokens: int | None = None
    temperature: float = 0.6
    top_p: float = 0.95
    min_p: float = 0.0
    top_k: int = 0
    repeat_penalty: float = 1.0
    seed: int | None = None
    stop: tuple[str, ...] = ()
    constraint: Constraint | None = None
    logprobs: int = 0
    tools: tuple[Tool, ...] = ()


@dataclass(frozen=True, slots=True)
class PromptProgress:
    """So many tokens of the prompt are read; ``cached`` of them were known already."""

    done: int
    total: int
    cached: int = 0


@dataclass(frozen=True, slots=True)
class TokenLogprob:
    """A written token with the natural logarithm of its probability, and its rivals."""

    text: str
    logprob: float
    rivals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    """A piece of the thinking, without its tags."""

    text: str
    logprobs: tuple[TokenLogprob, ...] = ()


@dataclass(frozen=True, slots=True)
class TextDelta:
    """A piece of the answer."""

    text: str
    logprobs: tuple[TokenLogprob, ...] = ()


class FinishReason(StrEnum):
    """Why a stream ended."""

    STOP = "stop"
    """The model ended its turn, or wrote a stop string."""
    LENGTH = "length"
    """``max_tokens`` or the window is used up."""
    CANCELLED = "cancelled"
    TOOL = "tool"
    """The model waits for the result of a tool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a stream took.

    ``cached_tokens`` of the ``prompt_tokens`` were not read again.  ``drafted`` tokens were
    guessed ahead, ``accepted`` of them were right.  ``thinking_cut`` says that the budget ended
    the thinking.  ``seed`` is the one that was used, also where none was asked for; ``None``
    where the runtime does not tell.
    """

    prompt_tokens: int = 0
    cached_tokens: int = 0
    reasoning_tokens: int = 0
    answer_tokens: int = 0
    first_token_seconds: float = 0.0
    seconds: float = 0.0
    drafted: int = 0
    accepted: int = 0
    thinking_cut: bool = False
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """The last event of every stream that did not fail."""

    reason: FinishReason
    usage: Usage


StreamEvent = PromptProgress | ReasoningDelta | TextDelta | ToolCall | Finished


@dataclass(frozen=True, slots=True)
class SampleEvent:
    """An event of one of several answers that are written side by side."""

    sample: int
    event: StreamEvent
