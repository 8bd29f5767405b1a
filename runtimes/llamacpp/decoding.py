"""The loops that write: one answer with guesses ahead, or several side by side.

A GPU computes by itself once it has its work.  So there the next token is begun before the text
of this one is looked at and passed on, which then costs nothing.  A stop string is seen one token
late; that token is written nowhere.  On a processor the text would only come later.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
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
        ahead = context.on_gpu and not writer.is_last(token) and not cancel.is_set()
        if ahead:
            context.step(token, len(kept))
            kept.append(token)
        yield from _until(writer.take(token), cancel)
        if not ahead and writer.reason is None and not cancel.is_set():
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
        drawn = {
            k: writers[k].sample(context.logits(row))
            for k, row in rows.items()
            if writers[k].reason is None
        }
        going = [k for k, token in drawn.items() if not writers[k].is_last(token)]
        if context.on_gpu:
            _step(context, drawn, going, position)
        for k in rows:
            yield from _tell(first + k, writers[k], drawn.get(k), cancel)
            if cancel.is_set():
                return
            if k and writers[k].reason is not None:
                context.drop(k)
        if not context.on_gpu:
            going = [k for k in going if writers[k].reason is None]
            _step(context, drawn, going, position)
        rows = {k: row for row, k in enumerate(going) if writers[k].reason is None}
        position += 1


def _step(context: Context, drawn: Mapping[int, int], going: Sequence[int], position: int) -> None:
    if going:
        context.step_many((drawn[k], position, k) for k in going)


def _tell(sample: int, writer: Writer, token: int | None, cancel: Cancel) -> Iterator[SampleEvent]:
    """The events of a token, and the end of its answer if it ends there."""
    for event in _until(() if token is None else writer.take(token), cancel):
        yield SampleEvent(sample, event)
    if writer.reason is not None and not cancel.is_set():
        yield SampleEvent(sample, writer.finished(writer.reason))


def _until(events: Sequence[StreamEvent], cancel: Cancel) -> Iterator[StreamEvent]:
    for event in events:
        if cancel.is_set():
            return
        yield event
