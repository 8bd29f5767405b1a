"""From an engine's replies to the events of a stream, each of which must get its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from runtimes import frames
from runtimes.types import (
    Finished,
    FinishReason,
    LoadProgress,
    SampleEvent,
    StreamEvent,
    Usage,
)


def event_of(reply: frames.Reply) -> StreamEvent | SampleEvent | None:
    """The event in a reply.  Raises the failure in it."""
    match reply:
        case frames.Event(event):
            return event
        case SampleEvent():
            return reply
        case frames.Failed():
            raise frames.raised(reply)
        case frames.Done() | LoadProgress() | frames.Loaded():
            return None
        case frames.Counted() | frames.Embedded() | frames.Measured():
            return None
        case _:
            assert_never(reply)


def is_delta(event: StreamEvent | SampleEvent) -> bool:
    """Is it anything but the end of an answer?"""
    inner = event.event if isinstance(event, SampleEvent) else event
    return not isinstance(inner, Finished)


def note_end(event: StreamEvent | SampleEvent, ended: set[int]) -> None:
    """Remember which answers have got their ``Finished``."""
    match event:
        case SampleEvent(sample, Finished()):
            ended.add(sample)
        case Finished():
            ended.add(0)
        case _:
            pass


def cancelled(request: frames.Stream, ended: set[int]) -> Iterator[StreamEvent | SampleEvent]:
    """The end of every answer that an engine could not end itself."""
    finished = Finished(FinishReason.CANCELLED, Usage())
    if not request.samples:
        if not ended:
            yield finished
        return
    for sample in range(request.samples):
        if sample not in ended:
            yield SampleEvent(sample, finished)
