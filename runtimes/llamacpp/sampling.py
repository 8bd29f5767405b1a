"""Choosing the next token.

The filters are llama.cpp's, in llama.cpp's order: repeat penalty, top-k, top-p, min-p,
temperature, one draw; greedy where the temperature is 0.  The draw is made by llama.cpp's own
samplers in C.  The filters before it run on whole arrays: its chain walks all candidates several
times with a scalar ``expf``, which takes milliseconds with a vocabulary of 152 thousand and
sorts all of it where the distribution is flat.  Here the exact same candidates are found in 0.3
milliseconds, because only those that can possibly stay are sorted.

A grammar stands outside, as in llama.cpp's own programs: the token that was chosen is checked
first, which is cheap, and only if the grammar rejects it is the whole vocabulary filtered and
the choice made again.
"""

from __future__ import annotations

import ctypes
import math
import secrets
from collections import Counter, deque
from typing import TYPE_CHECKING, Any

from runtimes.errors import EngineFailed
from runtimes.logits import nonsense
from runtimes.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runtimes.llamacpp.library import Library
    from runtimes.llamacpp.vocabulary import Vocabulary
    from runtimes.types import GenerationParams

PENALTY_WINDOW = 64
"""Over how many of the last tokens a repetition counts; llama.cpp's default."""
RANDOM = 0xFFFFFFFF
"""The seed that llama.cpp replaces by a random one."""
COMMON = 1e-4
"""Share of the whole above which a candidate is looked at first; a few hundred in practice."""
GROUP = 64
"""Tokens of which the best is found first."""
NOTHING = -1
"""No token: none is a candidate."""


def new_seed() -> int:
    """A seed where none was asked for."""
    return secrets.randbelow(1 << 31)


class Sampler:
    """Chooses the tokens of one answer.  To be closed."""

    def __init__(
        self, library: Library, vocabulary: Vocabulary, params: GenerationParams, seed: int
    ) -> None:
        import numpy as np

        self._api = library.api
        self._params = params
        self._size = vocabulary.size
        self._recent: deque[int] = deque(maxlen=PENALTY_WINDOW)
        self._counts: Counter[int] = Counter()
        self._grammar: int | None = None
        # the row of candidates as C takes it
        kind = [("id", np.int32), ("logit", np.float32), ("p", np.float32)]
        self._candidates = np.zeros(self._size, dtype=kind)
        data = self._candidates.ctypes.data_as(self._api.llama_token_data_p)
        self._row = self._api.llama_token_data_array(data, 0, -1, False)  # noqa: FBT003 - C's
        self._row_pointer = ctypes.byref(self._row)
        self._draw: int | None = _draw(library.api, params, seed)

    def remember(self, tokens: Sequence[int]) -> None:
        """Count tokens among those that are not to be repeated."""
        if self._params.repeat_penalty == 1.0:
            return
        for token in tokens[-PENALTY_WINDOW:]:
            if len(self._recent) == PENALTY_WINDOW:
                self._counts[self._recent[0]] -= 1
            self._recent.append(token)
            self._counts[token] += 1

    def constrain(self, grammar: int | None) -> None:
        """From now on obey this grammar, which becomes ours to free; ``None``: no more."""
        if self._grammar is not None:
            self._api.llama_sampler_free(self._grammar)
        self._grammar = grammar

    def sample(self, logits: Any) -> int:
        """The token that follows, by the logits of the whole vocabulary.

        It counts as a repetition only when ``remember`` is told of it.  Raises ``EngineFailed``
        for logits that are no numbers, and where the grammar allows nothing.
        """
        token = self._choose(logits)
        if token == NOTHING or not math.isfinite(logits[token]):
            raise nonsense()
        if self._grammar is not None:
            if not self.allows(token):
                token = self._choose(self._filtered(logits))
                if token == NOTHING or not self.allows(token):
                    raise EngineFailed(
                        Text(
                            "no token of the model can continue what the constraint asks for",
                            "模型没有任何词元能满足约束",
                        )
                    )
            self._api.llama_sampler_accept(self._grammar, token)
        return token

    def allows(self, token: int) -> bool:
        """Does the grammar, if there is one, allow this token next?"""
        if self._grammar is None:
            return True
        one = (self._api.llama_token_data * 1)((token, 0.0, 0.0))
        row = self._api.llama_token_data_array(one, 1, -1, False)  # noqa: FBT003 - C's
        self._api.llama_sampler_apply(self._grammar, ctypes.byref(row))
        return bool(one[0].logit == 0.0)

    def close(self) -> None:
        """Free all of it; any number of times."""
        self.constrain(None)
        if self._draw is not None:
            self._api.llama_sampler_free(self._draw)
            self._draw = None

    # --- inside ------------------------------------------------------------------------------

    def _choose(self, logits: Any) -> int:
        if self._counts:
            logits = self._penalised(logits)
        if self._params.temperature <= 0:
            return int(logits.argmax())
        ids, values = candidates(logits, self._params)
        count = len(ids)
        if count == 0:
            return NOTHING
        row = self._candidates[:count]
        row["id"] = ids
        row["logit"] = values
        self._row.size, self._row.selected, self._row.sorted = count, -1, False
        self._api.llama_sampler_apply(self._draw, self._row_pointer)
        return int(self._candidates["id"][self._row.selected])

    def _penalised(self, logits: Any) -> Any:
        import numpy as np

        ids = np.fromiter((t for t, n in self._counts.items() if n > 0), dtype=np.int64)
        out = logits.copy()
        values = out[ids]
        penalty = np.float32(self._params.repeat_penalty)
        out[ids] = np.where(values <= 0, values * penalty, values / penalty)
        return out

    def _filtered(self, logits: Any) -> Any:
        """The logits, with minus infinity for all that the grammar rejects."""
        import numpy as np

        row = self._candidates
        row["id"] = np.arange(self._size, dtype=np.int32)
        row["logit"] = logits
        self._row.size, self._row.selected, self._row.sorted = self._size, -1, False
        self._api.llama_sampler_apply(self._grammar, self._row_pointer)
        return row["logit"].copy()


def candidates(logits: Any, params: GenerationParams) -> tuple[Any, Any]:
    """What is left after top-k, top-p and min-p: token numbers and their logits."""
    import numpy as np

    if 0 < params.top_k < len(logits):
        ids = _top_k(logits, params.top_k)
        weights = np.exp(logits[ids] - logits[ids].max())
        total = weights.sum()
    else:
        top = logits.max()
        if params.top_p >= 1.0 and params.top_k <= 0:
            if params.min_p <= 0.0:
                return np.arange(len(logits), dtype=np.int32), logits
            ids = np.flatnonzero(logits >= top + np.float32(np.log(params.min_p)))
            return ids, logits[ids]
        weights = np.exp(logits - top)
        total = weights.sum()
        ids = _nucleus(weights, total, params.top_p)
        weights = weights[ids]
    order = np.argsort(-weights, kind="stable")
    ids, weights = ids[order], weights[order]
    if params.top_p < 1.0:
        enough = int(np.searchsorted(np.cumsum(weights), params.top_p * total)) + 1
        ids, weights = ids[:enough], weights[:enough]
    if params.min_p > 0.0:
        ids = ids[weights >= np.float32(params.min_p)]  # the best one weighs 1
    return ids, logits[ids]


def _top_k(logits: Any, k: int) -> Any:
    """The ``k`` best tokens, in no order.

    ``k`` groups of tokens have a best one that is no worse than the ``k``-th best of all groups.
    So only the groups that have such a one are looked at: it is one walk over the vocabulary,
    which lies in slow memory when it comes from a GPU, however flat the distribution is.
    """
    import numpy as np

    groups = len(logits) // GROUP
    if groups > k:
        table = logits[: groups * GROUP].reshape(GROUP, groups)
        best = table.max(axis=0)
        chosen = np.flatnonzero(~(best < np.partition(best, groups - k)[groups - k]))
        ids = (np.arange(0, groups * GROUP, groups)[:, None] + chosen).ravel()
        ids = np.concatenate((ids, np.arange(groups * GROUP, len(logits))))
    else:
        ids = np.arange(len(logits))
    if len(ids) <= k:
        return ids
    return ids[np.argpartition(-logits[ids], k - 1)[:k]]


def _nucleus(weights: Any, total: Any, top_p: float) -> Any:
    """Tokens among which the best that make up ``top_p`` are sure to be.

    All tokens lighter than a bound weigh less together than that bound times their number.
    """
    import numpy as np

    ids = np.flatnonzero(weights > COMMON * total)
    if weights[ids].sum() >= top_p * total:
        return ids
    return np.flatnonzero(weights >= (1.0 - top_p) * total / len(weights))


def _draw(api: Any, params: GenerationParams, seed: int) -> int | None:
    """Temperature and one draw; nothing where the choice is greedy."""
    if params.temperature <= 0:
        return None
    options = api.llama_sampler_chain_default_params()
    options.no_perf = True
    chain: int = api.llama_sampler_chain_init(options)
    api.llama_sampler_chain_add(chain, api.llama_sampler_init_temp(params.temperature))
    seed &= 0xFFFFFFFF
    dist = api.llama_sampler_init_dist(seed if seed != RANDOM else RANDOM - 1)
    api.llama_sampler_chain_add(chain, dist)
    return chain
