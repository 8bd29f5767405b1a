"""Guessing ahead: what stood behind the same words before may stand there again.

Prompt-lookup decoding.  The last tokens are looked for in the prompt and in what was written;
what followed there is a draft, which the model reads in one batch.  Each position is then
sampled in turn, from its own logits and by the same sampler as always, and the draft counts as
far as it equals what was sampled.  So a draft decides only how much is computed at once, never
what is written: the text is the one that would have been written token by token (but for the
rounding of a batch, which may differ from that of a single token and tip over a tie).
"""

from __future__ import annotations

from collections.abc import Sequence

LONGEST_MATCH = 4
"""Tokens at the end of the text that are looked for, at most."""
LEARNING = 0.2
"""Weight of the newest measurement in an average."""
EVERY = 48
"""After so many tokens without a draft one is tried again, should the text have changed."""


class Drafts:
    """Finds drafts, and learns how long a draft pays here.

    A token more in a batch costs time (little on a GPU, more on a CPU), and is right with a
    probability that depends on the text.  Both are measured; the draft is as long as promises
    the most tokens a second, which may be nothing.
    """

    def __init__(self, longest: int, *, timed: bool = True) -> None:
        """``timed`` False takes usual times for the measured ones, so that the same text is
        always drafted in the same way."""
        self._longest = longest
        self._timed = timed
        self._tokens: list[int] = []
        self._seen: list[dict[tuple[int, ...], int]] = [{} for _ in range(LONGEST_MATCH)]
        self._right = [0.3, 0.5, 0.7, 0.8]  # by the length of the match: before any experience
        self._single = 0.0
        self._more = 0.0
        self._since = 0
        self._match = 0

    def add(self, tokens: Sequence[int]) -> None:
        """The text goes on with these tokens."""
        text = self._tokens
        for token in tokens:
            # known from now on: what follows the last one, two, … tokens
            for n in range(1, min(LONGEST_MATCH, len(text)) + 1):
                self._seen[n - 1][tuple(text[-n:])] = len(text)
            text.append(token)

    def draft(self, most: int) -> list[int]:
        """The tokens that may follow; empty where a guess does not pay."""
        text = self._tokens
        for n in range(min(LONGEST_MATCH, len(text)), 0, -1):
            at = self._seen[n - 1].get(tuple(text[-n:]))
            if at is not None:
                self._match = n
                length = self._best(self._right[n - 1], min(self._longest, most))
                period = len(text) - at  # beyond the end of the text it goes on repeating itself
                return [text[at + i % period] for i in range(length)]
        return []

    def _best(self, right: float, longest: int) -> int:
        """The length that promises the most tokens a second."""
        if longest < 1:
            return 0
        single = self._single or 1.0
        more = self._more or 0.3 * single
        best, best_rate = 0, 1.0 / single
        expected, chance = 1.0, 1.0
        for length in range(1, longest + 1):
            chance *= right
            expected += chance
            rate = expected / (single + length * more)
            if rate > best_rate:
                best, best_rate = length, rate
        if best == 0:
            self._since += 1
            if self._since >= EVERY:
                self._since = 0
                return min(2, longest)
        return best

    def learn(self, drafted: int, accepted: int, seconds: float) -> None:
        """What came of a batch of one token and ``drafted`` more."""
        if not self._timed:
            seconds = 0.0
        if drafted == 0:
            self._single = _average(self._single, seconds)
            return
        if self._single:
            self._more = _average(self._more, max(seconds - self._single, 0.0) / drafted)
        # each accepted token was a success, the one after them a failure
        n = self._match - 1
        for right in [1.0] * accepted + ([0.0] if accepted < drafted else []):
            self._right[n] += LEARNING * (right - self._right[n])


def _average(old: float, new: float) -> float:
    return new if not old else old + LEARNING * (new - old)
