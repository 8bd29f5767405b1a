"""What the program and an engine's process say to each other, a line of JSON each."""

from __future__ import annotations

from dataclasses import dataclass

from runtimes import errors
from runtimes.texts import Text
from runtimes.types import (
    GenerationParams,
    LoadOptions,
    LoadProgress,
    MemoryPlan,
    MemoryReport,
    Message,
    ModelSpec,
    SampleEvent,
    StreamEvent,
)

# --- to the engine ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Load:
    """Load a model, to write or to embed; answered by progress, then ``Loaded`` or ``Failed``."""

    engine: str
    spec: ModelSpec
    plan: MemoryPlan
    options: LoadOptions
    embeds: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many tokens?  Answered by ``Counted``."""

    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Stream:
    """Write; answered by events, then ``Done`` or ``Failed``.  ``samples`` 0: a single answer."""

    messages: tuple[Message, ...]
    params: GenerationParams
    samples: int = 0


@dataclass(frozen=True, slots=True)
class Embed:
    """What directions have these texts?  Answered by ``Embedded``."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """What memory do you take?  Answered by ``Measured``."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Cancel what is being done now; no answer of its own."""


Request = Load | Count | Stream | Embed | Measure | Stop

# --- from the engine -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Loaded:
    """The model is ready, with the capabilities that it really has."""

    spec: ModelSpec
    context: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Tokens of a prompt."""

    tokens: int | None


@dataclass(frozen=True, slots=True)
class Embedded:
    """A vector for each text, as ``embedding.packed`` writes it."""

    vectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """Memory now."""

    report: MemoryReport | None


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a stream."""

    event: StreamEvent


@dataclass(frozen=True, slots=True)
class Done:
    """The stream is over."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A failure, by the name of its class in ``runtimes.errors``; ``cause`` is the engine's
    own exception in words."""

    kind: str
    message: Text
    remedy: Text | None = None
    cause: str = ""


Reply = LoadProgress | Loaded | Counted | Embedded | Measured | Event | SampleEvent | Done | Failed


class EngineError(Exception):
    """The exception of an engine in another process, in words: a ``__cause__``."""


KINDS = {
    kind.__name__: kind
    for kind in (
        errors.NotInstalled,
        errors.NotFound,
        errors.NotHere,
        errors.Damaged,
        errors.DoesNotFit,
        errors.Unsupported,
        errors.Overflow,
        errors.Busy,
        errors.EngineFailed,
        errors.EngineOutOfMemory,
    )
}
"""The failures that an engine can have; any other name is read as ``EngineFailed``."""


def failed(failure: errors.RuntimeFailure) -> Failed:
    """A failure, ready for the border."""
    cause = failure.__cause__
    return Failed(
        type(failure).__name__,
        Text(failure.message.en, failure.message.zh, tuple(map(str, failure.message.args))),
        failure.remedy
        and Text(failure.remedy.en, failure.remedy.zh, tuple(map(str, failure.remedy.args))),
        "" if cause is None else f"{type(cause).__name__}: {cause}"[:2000],
    )


def raised(reply: Failed) -> errors.RuntimeFailure:
    """The failure on this side of the border."""
    failure = KINDS.get(reply.kind, errors.EngineFailed)(reply.message, reply.remedy)
    if reply.cause:
        failure.__cause__ = EngineError(reply.cause)
    return failure
