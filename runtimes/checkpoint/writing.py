"""The loop: read the prompt in chunks, then a token at a time for every answer side by side."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING

from runtimes.base import Cancel
from runtimes.checkpoint import sampling
from runtimes.checkpoint.answer import Answer
from runtimes.checkpoint.failures import Cancelled
from runtimes.checkpoint.kvcache import KvCache
from runtimes.checkpoint.network import Network
from runtimes.checkpoint.tokens import Tokens
from runtimes.types import PromptProgress, SampleEvent, StreamEvent, TokenLogprob

if TYPE_CHECKING:
    from torch import Tensor


def write(
    network: Network, kv: KvCache, tokens: Tokens, answers: Sequence[Answer], cancel: Cancel
) -> Generator[SampleEvent]:
    """The events of all answers to one prompt, each answer ended by its ``Finished``.

    With a seed that was given, the text does not depend on what is known already.  Ends early,
    without those, when it is cancelled.  Whatever happens, ``kv`` knows afterwards what is in it.
    """
    prompt = answers[0].begin.prompt
    repeatable = answers[0].params.seed is not None
    try:
        for progress in _read(network, kv, prompt, cancel, repeatable=repeatable):
            yield SampleEvent(0, progress)
        for answer in answers:
            answer.cached = progress.cached
        logits = network.step([prompt[-1:]], kv, cancel)
        kv.tokens.append(prompt[-1])
        yield SampleEvent(0, PromptProgress(len(prompt), len(prompt), progress.cached))
        kv.select([0] * len(answers))
        logits = logits.expand(len(answers), -1)
        yield from _answer(network, kv, tokens, answers, logits, cancel)
    except Cancelled:
        return
    except Exception:
        kv.forget()
        raise
    finally:
        kv.keep(len(kv.tokens))


def _read(
    network: Network, kv: KvCache, prompt: Sequence[int], cancel: Cancel, *, repeatable: bool
) -> Iterator[PromptProgress]:
    """Read all but the last token of a prompt, as far as it is not known.

    The last one is read alone, also where everything before it was known.  The last bits of
    what is read depend on which tokens were read together; so what is ``repeatable`` is read in
    chunks of a fixed length, and only what was read in the same chunks is not read again.
    """
    grid, most = network.grid, len(prompt) - 1
    common = min(_common(kv.tokens, prompt), most)
    at = known = kv.keep(min(common, kv.exact) // grid * grid if repeatable else common)
    kv.exact = min(kv.exact, known // grid * grid)
    chunk = grid if repeatable else network.chunk
    yield PromptProgress(known, len(prompt), known)
    while at < most:
        end = min((at // chunk + 1) * chunk, most)
        network.step([prompt[at:end]], kv, cancel)
        kv.tokens.extend(prompt[at:end])
        if at == kv.exact and end == at + grid:
            kv.exact = end
        at = end
        yield PromptProgress(at, len(prompt), known)


def _common(known: Sequence[int], wanted: Sequence[int]) -> int:
    """How many tokens both begin with."""
    pairs = enumerate(zip(known, wanted, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(known), len(wanted)))


def _answer(
    network: Network,
    kv: KvCache,
    tokens: Tokens,
    answers: Sequence[Answer],
    logits: Tensor,
    cancel: Cancel,
) -> Iterator[SampleEvent]:
    open_ = list(enumerate(answers))
    while True:
        chosen = _choose(logits, [answer for _, answer in open_], tokens)
        for (number, answer), (token, logprob) in zip(open_, chosen, strict=True):
            for event in _taken(answer, token, logprob):
                yield SampleEvent(number, event)
        left = [place for place, (_, answer) in enumerate(open_) if answer.reason is None]
        if not left:
            return
        kv.select(left)
        open_ = [open_[place] for place in left]
        logits = network.step([answer.written[-1:] for _, answer in open_], kv, cancel)
        if len(answers) == 1:
            kv.tokens.append(answers[0].written[-1])


def _taken(answer: Answer, token: int, logprob: TokenLogprob | None) -> list[StreamEvent]:
    # it may have had no room for a single token
    events = answer.take(token, logprob) if answer.reason is None else []
    return events if answer.reason is None else [*events, *answer.finish()]


def _choose(
    logits: Tensor, answers: Sequence[Answer], tokens: Tokens
) -> list[tuple[int, TokenLogprob | None]]:
    """The next token of each answer, with its log-probability where that was asked for."""
    params = answers[0].params
    rows = [_prepared(row, answer) for row, answer in zip(logits, answers, strict=True)]
    uniforms = [0.0 if answer.forced() is not None else answer.uniform() for answer in answers]
    chosen: list[tuple[int, TokenLogprob | None]] = []
    drawn = sampling.choose(_stack(rows), params, uniforms)
    for row, answer, token in zip(logits, answers, drawn, strict=True):
        forced = answer.forced()
        final = token if forced is None else forced
        chosen.append((final, _logprob(row, final, params.logprobs, tokens)))
    return chosen


def _prepared(row: Tensor, answer: Answer) -> Tensor:
    row = sampling.penalise(row, answer.recent, answer.params.repeat_penalty)
    return answer.guide.allow(row) if answer.guide is not None and answer.guided else row


def _stack(rows: Sequence[Tensor]) -> Tensor:
    import torch

    return torch.stack(list(rows))


def _logprob(row: Tensor, token: int, rivals: int, tokens: Tokens) -> TokenLogprob | None:
    if not rivals:
        return None
    own, others = sampling.log_probabilities(row, token, rivals)

    def text(of: int) -> str:
        return tokens.bytes_of(of).decode("utf-8", "replace")

    return TokenLogprob(text(token), own, tuple((text(i), value) for i, value in others))
