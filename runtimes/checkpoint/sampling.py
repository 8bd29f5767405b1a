"""From logits to the next token: small filters over a distribution that is sorted.

The order is llama.cpp's, so that the same parameters mean the same distribution in every engine:
repeat penalty, top-k, top-p, min-p, temperature, one draw; greedy where the temperature is 0.
A filter takes probabilities in falling order and keeps a head of them, so every filter is a
slice.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from runtimes.logits import nonsense
from runtimes.types import GenerationParams

if TYPE_CHECKING:
    from torch import Tensor

PENALTY_WINDOW = 64
"""Tokens back that the repeat penalty looks at (llama.cpp's default): a longer memory would
punish a solution for coming back to its own symbols."""

HEAD = 256
"""Candidates that are sorted at first; more only if they do not hold the mass of top-p."""


def penalise(logits: Tensor, recent: Sequence[int], penalty: float) -> Tensor:
    """One row of logits with those of recent tokens brought down by a factor."""
    if penalty == 1 or not recent:
        return logits
    import torch

    ids = torch.tensor(sorted(set(recent)), device=logits.device)
    seen = logits[ids]
    return logits.index_put((ids,), torch.where(seen < 0, seen * penalty, seen / penalty))


def top_k(probabilities: Tensor, k: int) -> Tensor:
    """The k likeliest, as a distribution of their own; 0 keeps all."""
    return probabilities[:k] / probabilities[:k].sum() if k > 0 else probabilities


def top_p(probabilities: Tensor, mass: float) -> Tensor:
    """The fewest that hold this share of all; never none."""
    if mass >= 1:
        return probabilities
    before = probabilities.cumsum(0) - probabilities
    return probabilities[: max(1, int((before < mass).sum()))]


def min_p(probabilities: Tensor, ratio: float) -> Tensor:
    """Those at least ``ratio`` times as likely as the likeliest."""
    if ratio <= 0:
        return probabilities
    return probabilities[: max(1, int((probabilities >= ratio * probabilities[0]).sum()))]


def draw(probabilities: Tensor, uniform: float) -> int:
    """The place at which the running sum passes ``uniform`` (from 0 up to 1) of the whole."""
    import torch

    running = probabilities.double().cumsum(0)
    at = int(torch.searchsorted(running, uniform * running[-1], right=True))
    return min(at, len(probabilities) - 1)


def head(logs: Tensor, params: GenerationParams) -> tuple[Tensor, Tensor]:
    """Enough log-probabilities of each row, sorted, for the filters; with their tokens.

    Sorting a vocabulary costs more than a small model's step; the nucleus is nearly always
    among a few hundred tokens.
    """
    size = logs.shape[-1]
    if params.top_k > 0:
        counts: Sequence[int] = (params.top_k,)
    elif params.top_p < 1:
        counts = (HEAD, 16 * HEAD, size)
    elif params.min_p > 0:
        floor = logs.amax(-1, keepdim=True) + math.log(params.min_p)
        counts = (int((logs >= floor).sum(-1).max()) + 1,)
    else:
        counts = (size,)
    for count in counts:
        best, ids = logs.topk(min(count, size), dim=-1)
        if len(counts) == 1 or float(best.exp().sum(-1).min()) >= params.top_p:
            break
    return best, ids


def candidates(logits: Tensor, params: GenerationParams) -> Iterator[tuple[Tensor, Tensor]]:
    """Of each row, the tokens that top-k, top-p and min-p leave, with their log-probabilities."""
    best, tokens = (part.cpu() for part in head(logits.float().log_softmax(-1), params))
    for logs, ids in zip(best, tokens, strict=True):
        left = top_p(top_k(logs.exp(), params.top_k), params.top_p)
        count = len(min_p(left, params.min_p))
        yield ids[:count], logs[:count]


def choose(logits: Tensor, params: GenerationParams, uniforms: Sequence[float]) -> list[int]:
    """The next token of each row of logits (already penalised), drawn by its ``uniform``.

    Raises ``EngineFailed`` for logits that are no numbers.
    """
    if params.temperature <= 0:
        best, greedy = logits.max(-1)
        if not all(map(math.isfinite, best.tolist())):
            raise nonsense()
        return [int(token) for token in greedy.tolist()]
    drawn = []
    for (ids, logs), uniform in zip(candidates(logits, params), uniforms, strict=True):
        if not math.isfinite(logs[0]):
            raise nonsense()
        drawn.append(int(ids[draw((logs.double() / params.temperature).softmax(0), uniform)]))
    return drawn


def log_probabilities(
    logits: Tensor, token: int, rivals: int
) -> tuple[float, tuple[tuple[int, float], ...]]:
    """What the model itself (before any filter) gave a token, and its likeliest rivals."""
    logs = logits.float().log_softmax(-1)
    values, ids = logs.topk(min(rivals + 1, logs.shape[-1]))
    others = ((i, v) for i, v in zip(ids.tolist(), values.tolist(), strict=True) if i != token)
    return float(logs[token]), tuple(itertools.islice(others, rivals))
