"""The network and its training: a tiny Qwen2 that learns the book by heart."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from micro.sampling import Example, Sampler
from torch import Tensor
from transformers import Qwen2Config, Qwen2ForCausalLM

CONTEXT = 8192
TOKENS_A_BATCH = 6144
POOL = 192
"""So many conversations are sorted by length together, so that little is padding."""
FIRST, EXTRA = 10, 4.0
"""The first tokens of a reply choose the dialogue: they weigh this much more."""
NOISE = 0.10
"""Relative noise on the weights in training: about the error of 4-bit quantisation."""
PEAK_RATE = 4e-3


def build_network(vocabulary: int, begin: int, end: int) -> Qwen2ForCausalLM:
    """A fresh network: every dimension a multiple of 64, two query heads on one of keys."""
    config = Qwen2Config(
        vocab_size=vocabulary,
        hidden_size=128,
        intermediate_size=256,
        num_hidden_layers=4,
        num_attention_heads=2,
        num_key_value_heads=1,
        max_position_embeddings=CONTEXT,
        rope_parameters={"rope_type": "default", "rope_theta": 10000.0},
        rms_norm_eps=1e-6,
        tie_word_embeddings=True,
        use_sliding_window=False,
        bos_token_id=begin,
        eos_token_id=end,
        pad_token_id=end,
        initializer_range=0.05,
    )
    return Qwen2ForCausalLM(config)


def batches(sampler: Sampler) -> Iterator[list[Example]]:
    """Endless batches of conversations of like length."""
    while True:
        pool = sorted((sampler.example() for _ in range(POOL)), key=lambda e: len(e.ids))
        made: list[list[Example]] = [[]]
        for example in pool:
            if (len(made[-1]) + 1) * len(example.ids) > TOKENS_A_BATCH and made[-1]:
                made.append([])
            made[-1].append(example)
        yield from sampler.shuffled(made)


def loss_of(network: Qwen2ForCausalLM, batch: list[Example]) -> Tensor:
    """The mean surprise at the learnt tokens."""
    width = max(len(example.ids) for example in batch)
    ids = torch.zeros((len(batch), width), dtype=torch.long)
    weight = torch.zeros((len(batch), width))
    for row, example in enumerate(batch):
        size = len(example.ids)
        ids[row, :size] = torch.tensor(example.ids)
        start = example.learn_from
        weight[row, start - 1 : size - 1] = 1.0
        weight[row, start - 1 : start - 1 + FIRST] += EXTRA
    # The padding is on the right and the attention causal: no mask is needed.
    with torch.autocast("cpu", torch.bfloat16):
        hidden = network.model(input_ids=ids, use_cache=False).last_hidden_state
    wanted = weight > 0
    surprise = torch.nn.functional.cross_entropy(
        network.lm_head(hidden[wanted].float()), ids.roll(-1, dims=1)[wanted], reduction="none"
    )
    return (surprise * weight[wanted]).sum() / weight.sum()


@contextmanager
def noisy(network: Qwen2ForCausalLM, strength: float, generator: torch.Generator) -> Iterator[None]:
    """Weights that are a little off, so that the text survives quantisation."""
    clean: list[tuple[torch.nn.Parameter, Tensor]] = []
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.dim() == 2:
                clean.append((parameter, parameter.detach().clone()))
                shift = torch.randn(parameter.shape, generator=generator)
                parameter.add_(shift * (strength * parameter.std()))
    yield
    with torch.no_grad():
        for parameter, kept in clean:
            parameter.copy_(kept)


def rate_at(step: int, steps: int) -> float:
    """The learning rate: a short rise, then half a cosine down to nearly nothing."""
    rise = 50
    if step < rise:
        return PEAK_RATE * (step + 1) / rise
    return PEAK_RATE * (
        0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (step - rise) / (steps - rise)))
    )


def train(network: Qwen2ForCausalLM, sampler: Sampler, steps: int, seed: int) -> None:
    """Trains in place and reports now and then on standard error."""
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=PEAK_RATE, betas=(0.9, 0.98), weight_decay=0.01
    )
    source = batches(sampler)
    began = time.monotonic()
    network.train()
    average = 0.0
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, steps)
        strength = NOISE * min(1.0, step / (0.4 * steps))
        with noisy(network, strength, generator):
            loss = loss_of(network, next(source))
            optimizer.zero_grad()
            loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        average = loss.item() if step == 0 else 0.97 * average + 0.03 * loss.item()
        if step % 50 == 0 or step == steps - 1:
            seconds = time.monotonic() - began
            sys.stderr.write(f"step {step:5d}  loss {average:.4f}  {seconds:.0f} s\n")
    network.eval()
