"""The loops that write: one answer with guesses ahead, or several side by side."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from runtimes.types import SampleEvent, StreamEvent

if TYPE_CHECKING:
    from runtimes.base import Cancel
    from runtimes.llamacpp.context import Context
    from runtimes.llamacpp.lookup import Drafts
    from runtimes.llamacpp.writer import Writer


def write_alone(
    context: Context, kept: list[int], writer: Writer, cancel: Cancel
) -> Iterator[StreamEvent]:
    """Token by token behind ``kept``, the tokens in sequence 0, which grows with them.

    Ends when ``writer.reason`` is set or ``cancel`` is.  Raises ``Aborted``.
    """
    while writer.reason is None and not cancel.is_set():
        token = writer.sample(context.logits(-1))
        yield from _until(writer.take(token), cancel)
        if writer.reason is not None or cancel.is_set():
            return
        context.step(token, len(kept))
        kept.append(token)


def write_ahead(
    context: Context, kept: list[int], writer: Writer, drafts: Drafts, cancel: Cancel
) -> Iterator[StreamEvent]:
    """The same text with guesses: several tokens in one batch, where the guess was right."""
    if writer.reason is not None or cancel.is_set():
        return
    token = writer.sample(context.logits(-1))
    yield from _until(writer.take(token), cancel)
    while writer.reason is None and not cancel.is_set():
        drafts.add([token])
        room = min(context.cells - len(kept) - 1, context.outputs - 1)
        draft = drafts.draft(room)
        began = time.perf_counter()
        context.read([token, *draft], len(kept), outputs=1 + len(draft))
        kept.append(token)
        accepted = 0
        for index in range(len(draft) + 1):
            token = writer.sample(context.logits(index))
            right = index < len(draft) and token == draft[index]
            if index == 0:
                spent = time.perf_counter() - began  # without the time that a reader takes
            if right:
                kept.append(token)
                drafts.add([token])
                accepted += 1
            yield from _until(writer.take(token), cancel)
            if not right or writer.reason is not None or cancel.is_set():
                break
        writer.drafted += len(draft)
        writer.accepted += accepted
        if len(draft) > accepted:
            context.cut(len(kept))
        drafts.learn(len(draft), accepted, spent)


def write_together(
    context: Context, kept: Sequence[int], writers: Sequence[Writer], first: int, cancel: Cancel
) -> Iterator[SampleEvent]:
    """One batch a step with a token of each answer that is not finished.

    Writer ``k`` writes into sequence ``k`` and is sample ``first + k``.  All begin behind the
    prompt that is in sequence 0.  Ends when all have ended and told so, or ``cancel`` is set:
    then those that are not ``told`` remain to be ended.  Raises ``Aborted``.
    """
    for sequence in range(1, len(writers)):
        context.share(sequence)
    position = len(kept)
    rows = dict.fromkeys(range(len(writers)), -1)
    while rows and not cancel.is_set():
        entries: list[tuple[int, int, int]] = []
        for sequence, row in rows.items():
            writer = writers[sequence]
            token = -1
            if writer.reason is None:
                token = writer.sample(context.logits(row))
                for event in _until(writer.take(token), cancel):
                    yield SampleEvent(first + sequence, event)
            if cancel.is_set():
                return
            if writer.reason is None:
                entries.append((token, position, sequence))
            else:
                yield SampleEvent(first + sequence, writer.finished(writer.reason))
                if sequence:
                    context.drop(sequence)
        if entries:
            context.step_many(entries)
        rows = {sequence: index for index, (_, _, sequence) in enumerate(entries)}
        position += 1


def _until(events: Sequence[StreamEvent], cancel: Cancel) -> Iterator[StreamEvent]:
    for event in events:
        if cancel.is_set():
            return
        yield event
