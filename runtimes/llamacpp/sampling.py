"""Choosing the next token: llama.cpp's own samplers, chained in C.

The order is llama.cpp's: penalties, top-k, top-p, min-p, temperature, and one draw; greedy where
the temperature is 0.  A grammar stands outside the chain, as in llama.cpp's own programs: the
token that the chain chose is checked first, which is cheap, and only if the grammar rejects it
is the whole vocabulary filtered and the choice made again.
"""

from __future__ import annotations

import ctypes
import secrets
from typing import TYPE_CHECKING, Any

from runtimes.errors import EngineFailed
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
REJECTED = float("-inf")


def new_seed() -> int:
    """A seed where none was asked for."""
    return secrets.randbelow(1 << 31)


class Sampler:
    """Chooses the tokens of one answer.  To be closed."""

    def __init__(
        self, library: Library, vocabulary: Vocabulary, params: GenerationParams, seed: int
    ) -> None:
        self._api = library.api
        self._vocabulary = vocabulary
        self._chain: int | None = _chain(library.api, vocabulary.size, params, seed)
        self._remembers = params.repeat_penalty != 1.0
        self._grammar: int | None = None
        self._row: Any = None

    def remember(self, prompt: Sequence[int]) -> None:
        """Count the end of a prompt among the tokens that are not to be repeated."""
        if self._remembers:
            for token in prompt[-PENALTY_WINDOW:]:
                self._api.llama_sampler_accept(self._chain, token)

    def constrain(self, grammar: int | None) -> None:
        """From now on obey this grammar, which becomes ours to free; ``None``: no more."""
        if self._grammar is not None:
            self._api.llama_sampler_free(self._grammar)
        self._grammar = grammar

    @property
    def constrained(self) -> bool:
        """Is a grammar obeyed at this place?"""
        return self._grammar is not None

    def sample(self, context: int, index: int) -> int:
        """The token after output ``index`` of the last batch."""
        if self._grammar is None:
            token: int = self._api.llama_sampler_sample(self._chain, context, index)
            return token
        return self._sample_by_grammar(context, index)

    def force(self, token: int) -> None:
        """Remember a token that was not chosen here."""
        self._api.llama_sampler_accept(self._chain, token)

    def close(self) -> None:
        """Free all of it; any number of times."""
        self.constrain(None)
        if self._chain is not None:
            self._api.llama_sampler_free(self._chain)
            self._chain = None

    # --- with a grammar ----------------------------------------------------------------------

    def _sample_by_grammar(self, context: int, index: int) -> int:
        row = self._logits(context, index)
        token = self._apply(self._chain, row)
        if not self.allows(token):
            row = self._logits(context, index)
            self._api.llama_sampler_apply(self._grammar, ctypes.byref(row))
            token = self._apply(self._chain, row)
            if not self.allows(token):
                raise EngineFailed(
                    Text(
                        "no token of the model can continue what the constraint asks for",
                        "模型没有任何词元能满足约束",
                    )
                )
        self._api.llama_sampler_accept(self._chain, token)
        self._api.llama_sampler_accept(self._grammar, token)
        return token

    def allows(self, token: int) -> bool:
        """May this token come next?"""
        one = (self._api.llama_token_data * 1)((token, 0.0, 0.0))
        row = self._api.llama_token_data_array(one, 1, -1, False)  # noqa: FBT003 - C's
        self._api.llama_sampler_apply(self._grammar, ctypes.byref(row))
        return bool(one[0].logit != REJECTED)

    def _apply(self, chain: Any, row: Any) -> int:
        self._api.llama_sampler_apply(chain, ctypes.byref(row))
        if not 0 <= row.selected < row.size:
            raise EngineFailed(Text("the engine chose no token", "引擎未选出词元"))
        return int(row.data[row.selected].id)

    def _logits(self, context: int, index: int) -> Any:
        """The whole vocabulary with its logits, as the samplers of C take it."""
        import numpy as np

        size = self._vocabulary.size
        if self._row is None:
            kind = [("id", np.int32), ("logit", np.float32), ("p", np.float32)]
            self._row = np.zeros(size, dtype=kind)
        self._row["id"] = np.arange(size, dtype=np.int32)
        self._row["logit"] = logits(self._api, context, index, size)
        data = self._row.ctypes.data_as(self._api.llama_token_data_p)
        return self._api.llama_token_data_array(data, size, -1, False)  # noqa: FBT003 - C's


def logits(api: Any, context: int, index: int, size: int) -> Any:
    """The logits of one output; a view that holds until the next batch."""
    import numpy as np

    pointer = api.llama_get_logits_ith(context, index)
    if not pointer:
        raise EngineFailed(Text("the engine gave no logits", "引擎未给出 logits"))
    return np.ctypeslib.as_array(pointer, shape=(size,))


def _chain(api: Any, vocabulary: int, params: GenerationParams, seed: int) -> int:
    options = api.llama_sampler_chain_default_params()
    options.no_perf = True
    chain: int = api.llama_sampler_chain_init(options)

    def add(sampler: int) -> None:
        api.llama_sampler_chain_add(chain, sampler)

    if params.repeat_penalty != 1.0:
        penalty = (vocabulary, PENALTY_WINDOW, params.repeat_penalty, 0.0, 0.0)
        add(api.llama_sampler_init_penalties(*penalty))
    if params.temperature <= 0:
        add(api.llama_sampler_init_greedy())
        return chain
    if params.top_k > 0:
        add(api.llama_sampler_init_top_k(params.top_k))
    if params.top_p < 1.0:
        add(api.llama_sampler_init_top_p(params.top_p, 1))
    if params.min_p > 0.0:
        add(api.llama_sampler_init_min_p(params.min_p, 1))
    add(api.llama_sampler_init_temp(params.temperature))
    seed &= 0xFFFFFFFF
    add(api.llama_sampler_init_dist(seed if seed != RANDOM else RANDOM - 1))
    return chain
