"""Reading prompts: what the cache knows already is not read again, and a read can be stopped."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from runtimes.llamacpp.context import Aborted
from runtimes.llamacpp.prompt import common_length
from runtimes.llamacpp.states import LEAST_TOKENS
from runtimes.types import PromptProgress

if TYPE_CHECKING:
    from runtimes.base import Cancel
    from runtimes.llamacpp.context import Context
    from runtimes.llamacpp.loading import Kind
    from runtimes.llamacpp.prompt import Prompt
    from runtimes.llamacpp.states import PromptStates

REACTION = 0.1
"""Seconds that may pass between two places where a computation can be stopped."""
PATIENCE = 8.0
"""Seconds of one chunk, so that progress is seen."""
LARGEST_NODE = 0.3
"""Share of a layer's time in its longest operation (a matrix of the feed-forward network)."""
GRID = 64
"""Chunks begin at multiples of it and are no shorter, where nothing else is asked.  Then a
token's keys and values come out the same whatever the lengths of the chunks: llama.cpp rounds
otherwise in shorter batches."""
FIRST = 128
"""Tokens of the first chunk, before the speed is known, and of every one where the speed must not
count.  A GPU is stopped between two chunks only, and a slow one needs long for a whole batch."""


class Reader:
    """Reads prompts into sequence 0 of a context.

    A chunk is as long as the measured speed allows: on a CPU the abort flag is looked at
    between two operations of the graph, so that only a single one must be short; on a GPU the
    whole graph is one undertaking.

    What is to be ``repeatable`` (a seed was given) must not depend on what was done before.  So
    it is read in chunks of a fixed length, and of the cache only that is used which was read on
    the grid too, never what was written token by token or read from somewhere in between.
    """

    def __init__(
        self, context: Context, states: PromptStates | None, *, kind: Kind, on_gpu: bool
    ) -> None:
        self._context = context
        self._states = states
        self._share = 1.0 if on_gpu else LARGEST_NODE / max(kind.layers, 1)
        self._window = kind.window
        self._recurrent = kind.recurrent
        self._speed = 0.0
        self._exact = 0  # so many tokens at the head were read on the grid
        self.kept: list[int] = []
        """The tokens in sequence 0, in the order of their positions."""

    def reuse(self, prompt: Prompt, *, repeatable: bool) -> int:
        """Keep what the cache and the prompt have in common; how many tokens that is.

        The last token of a prompt is always read: its logits begin the answer.
        """
        tokens = prompt.tokens
        common = min(common_length(self.kept, tokens), len(tokens) - 1)
        if repeatable:
            common = _on_grid(min(common, self._exact, len(tokens) - GRID))
        elif common < GRID // 2 and len(tokens) >= 2 * GRID:
            common = 0  # a few tokens of the template: a prompt on the grid is worth more
        if not self._can_go_back_to(common) or not self._context.cut(common):
            self._context.clear()
            common = 0
        del self.kept[common:]
        self._exact = min(self._exact, _on_grid(common))
        if self._states is not None and len(tokens) - common > LEAST_TOKENS + GRID:
            restored = self._states.restore(self._context, tokens[:-GRID], common)
            if restored != common:
                common = self._exact = restored
                self.kept[:] = tokens[:common]
        return common

    def aborted(self) -> None:
        """A computation was stopped.  Cells that it filled are taken back; the state of a
        recurrent model is half old, half new, and is forgotten."""
        if self._recurrent:
            self._context.clear()
            self.kept.clear()
            self._exact = 0

    def _can_go_back_to(self, length: int) -> bool:
        """With sliding windows, are the tokens still there that the next one looks at?"""
        if self._window == 0 or length == len(self.kept):
            return True
        return self._context.begins_at() <= max(0, length - self._window)

    def read(
        self, prompt: Prompt, cached: int, cancel: Cancel, *, repeatable: bool
    ) -> Iterator[PromptProgress]:
        """Read what is not cached.  Raises ``Aborted``; ``kept`` is right even then."""
        tokens, total = prompt.tokens, len(prompt.tokens)
        keep = min(_on_grid(prompt.system), _on_grid(total - GRID))
        at = cached
        if cancel.is_set():
            raise Aborted
        yield PromptProgress(at, total, cached)
        while at < total:
            stop = self._stop(at, total, self._chunk_size(repeatable=repeatable))
            if self._states is not None and at < keep < stop:
                stop = keep
            self._chunk(tokens, at, stop)
            at = stop
            if self._states is not None and at == keep == self._exact:
                self._states.save(self._context, tokens[:at])
            if cancel.is_set():
                raise Aborted
            yield PromptProgress(at, total, cached)
            if cancel.is_set():
                raise Aborted

    def _chunk_size(self, *, repeatable: bool) -> int:
        if repeatable:
            return FIRST
        if not self._speed:
            return FIRST
        seconds = min(REACTION / self._share, PATIENCE)
        return max(GRID, _on_grid(int(self._speed * seconds)))

    def _stop(self, at: int, total: int, size: int) -> int:
        """Where the chunk that begins at ``at`` ends: no short rest is left."""
        most = self._context.batch
        stop = at + min(size, most)
        if total - stop >= GRID:
            return stop
        if total - at <= most:
            return total
        shorter = _on_grid(total - GRID)
        return shorter if at < shorter <= at + most else stop

    def _chunk(self, tokens: Sequence[int], start: int, stop: int) -> None:
        began = time.perf_counter()
        last = stop == len(tokens)
        try:
            self._context.read(tokens[start:stop], start, outputs=1 if last else 0)
            self._context.wait()
        except BaseException:
            # llama.cpp has taken the part of the batch back that it did not finish
            length = min(self._context.length(), stop)
            self._context.cut(length)
            self.kept.extend(tokens[len(self.kept) : length])
            raise
        self.kept.extend(tokens[start:stop])
        if start == self._exact and stop - start >= GRID:
            self._exact = _on_grid(stop)
        if stop - start >= GRID // 2:
            self._speed = (stop - start) / max(time.perf_counter() - began, 1e-6)


def _on_grid(length: int) -> int:
    return max(length, 0) // GRID * GRID
