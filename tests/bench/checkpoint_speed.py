"""How fast the checkpoint engine is against transformers' own ``generate``; ratios of one run.

    python tests/bench/checkpoint_speed.py --shape 1.5b --quantisation bf16 [--gpu]

The network has random weights in the shape of DeepSeek-R1-Distill-Qwen (speed does not depend on
them) and the micro model's tokenizer; nothing is downloaded.  Both sides are greedy, in the same
process, on the same weights, in turns; the middle of the runs counts.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from runtimes.base import Cancel
from runtimes.checkpoint import quiet
from runtimes.checkpoint.engine import load
from runtimes.checkpoint.model import CheckpointModel, Parts
from runtimes.types import (
    FileSource,
    Fit,
    GenerationParams,
    KvType,
    LoadOptions,
    MemoryPlan,
    Message,
    ModelSpec,
    Placement,
    PromptProgress,
    Role,
)

MICRO = Path(__file__).resolve().parents[2] / "runtimes" / "micro" / "checkpoint"
SHAPES: dict[str, tuple[int, int, int, int, int, int]] = {
    "micro": (128, 4, 2, 1, 256, 640),
    "0.1b": (512, 12, 8, 2, 2048, 65536),
    "1.5b": (1536, 28, 12, 2, 8960, 151936),
    "7b": (3584, 28, 28, 4, 18944, 152064),
}
"""Width, layers, heads, heads of the cache, width of the feed-forward, vocabulary."""


def made(target: Path, shape: str, device: str) -> Path:
    """A checkpoint with random weights, made on a device: a processor takes minutes for 7B."""
    import torch
    from transformers import AutoModelForCausalLM, Qwen2Config

    hidden, layers, heads, kv_heads, wide, vocabulary = SHAPES[shape]
    config = Qwen2Config(
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        num_key_value_heads=kv_heads,
        intermediate_size=wide,
        vocab_size=vocabulary,
        max_position_embeddings=32768,
        tie_word_embeddings=False,
        dtype=torch.bfloat16,
    )
    torch.set_default_dtype(torch.bfloat16)
    with torch.device(device):
        AutoModelForCausalLM.from_config(config).save_pretrained(str(target))
    torch.set_default_dtype(torch.float32)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(MICRO / name, target / name)
    return target


def opened(folder: Path, options: argparse.Namespace) -> CheckpointModel:
    spec = ModelSpec(
        id="bench",
        title="bench",
        runtime="checkpoint",
        source=FileSource(str(folder)),
        quantisation=options.quantisation,
    )
    layers = SHAPES[options.shape][1]
    gpu = Placement(
        accelerator=0 if options.gpu else None, layers=layers, weight_bytes=0, kv_bytes=0,
        compute_bytes=0, reserve_bytes=0, free=0,
    )  # fmt: skip
    plan = MemoryPlan(
        fit=Fit.GPU if options.gpu else Fit.HOST, context=8192, kv_type=KvType(options.kv),
        layers_on=layers if options.gpu else 0, weight_bytes=0, kv_bytes=0, compute_bytes=0,
        reserve_bytes=0, placements=(gpu,),
    )  # fmt: skip
    return load(spec, plan, LoadOptions(threads=options.threads), lambda _p: None, Cancel())


class Bench:
    """One model, asked in several ways for the same number of tokens."""

    def __init__(self, model: CheckpointModel, options: argparse.Namespace) -> None:
        prompt, tokens = options.prompt, options.tokens
        self.clock: Callable[[], float] = (
            time.process_time if options.cpu_time else time.perf_counter
        )
        assert model._parts is not None
        parts: Parts = replace(model._parts, ends=frozenset())  # random weights may say the end
        self.model = model
        self.parts = model._parts = parts
        self.tokens: int = tokens
        self.messages = (Message(Role.USER, "解" * prompt),)
        self.ids = parts.tokens.prompt(self.messages)[0]
        self.greedy = GenerationParams(temperature=0.0, max_tokens=tokens)

    def ours(self) -> float:
        """Tokens a second through ``Model.stream``, after the first."""
        events = self.model.stream(self.messages, self.greedy, Cancel())
        for event in events:
            if isinstance(event, PromptProgress) and event.done == event.total:
                break
        start = self.clock()
        list(events)
        return (self.tokens - 1) / (self.clock() - start)

    def theirs(self) -> float:
        """Tokens a second of ``generate``, after the first."""
        long = self._generate(self.tokens)
        return (self.tokens - 1) / (long - self._generate(1))

    def _generate(self, tokens: int) -> float:
        import torch

        module: Any = self.parts.network._module
        ids = torch.tensor([self.ids], device=module.device)
        start = self.clock()
        with torch.inference_mode():
            out = module.generate(
                ids, attention_mask=torch.ones_like(ids), max_new_tokens=tokens,
                min_new_tokens=tokens, do_sample=False, temperature=None, top_p=None,
                pad_token_id=0, eos_token_id=-1,
            )  # fmt: skip
        out.cpu()
        return self.clock() - start

    def prompt(self) -> float:
        """Tokens of a prompt a second."""
        self.parts.kv.forget()
        start = self.clock()
        next(e for e in self._events() if isinstance(e, PromptProgress) and e.done == e.total)
        return len(self.ids) / (self.clock() - start)

    def _events(self) -> Any:
        return self.model.stream(self.messages, replace(self.greedy, max_tokens=1), Cancel())

    def samples(self, n: int) -> float:
        """Tokens a second of ``n`` answers side by side."""
        params = replace(self.greedy, temperature=0.8, seed=1)
        start = self.clock()
        list(self.model.stream_many(self.messages, n, params, Cancel()))
        return n * self.tokens / (self.clock() - start)

    def sequential(self, n: int) -> float:
        """The same one after the other."""
        params = replace(self.greedy, temperature=0.8)
        start = self.clock()
        for k in range(n):
            list(self.model.stream(self.messages, replace(params, seed=1 + k), Cancel()))
        return n * self.tokens / (self.clock() - start)

    def second_turn(self) -> float:
        """Time to the first token of a second turn, as a share of the first turn's."""
        self.parts.kv.forget()
        first = self._first(self.messages)
        chat = (*self.messages, Message(Role.ASSISTANT, "x"), Message(Role.USER, "1 + 1?"))
        return self._first(chat) / first

    def _first(self, messages: tuple[Message, ...]) -> float:
        start = self.clock()
        list(self.model.stream(messages, replace(self.greedy, max_tokens=1), Cancel()))
        return self.clock() - start


def middle(runs: int, *asks: Callable[[], float]) -> list[float]:
    """The median of each, asked in turns so that a busy machine is unfair to nobody."""
    found: list[list[float]] = [[] for _ in asks]
    for _ in range(runs):
        for values, ask in zip(found, asks, strict=True):
            values.append(ask())
    return [statistics.median(values) for values in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", choices=SHAPES, default="0.1b")
    parser.add_argument("--quantisation", default="bf16")
    parser.add_argument("--kv", default="f16")
    parser.add_argument("--prompt", type=int, default=512, help="characters of the question")
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--gpu", action="store_true")
    parser.add_argument(
        "--cpu-time", action="store_true", help="for a busy machine, with --threads 1"
    )
    options = parser.parse_args()
    quiet.prepare_environment()
    with tempfile.TemporaryDirectory() as folder:
        device = "cuda" if options.gpu else "cpu"
        model = opened(made(Path(folder, "model"), options.shape, device), options)
        bench = Bench(model, options)
        ours, theirs = middle(options.runs, bench.ours, bench.theirs)
        many, single = middle(1, lambda: bench.samples(8), lambda: bench.sequential(8))
        result = {
            **vars(options),
            "decode tokens/s": round(ours, 2),
            "decode / generate": round(ours / theirs, 3),
            "8 samples / 8 sequential": round(many / single, 2),
            "prompt tokens/s": round(middle(options.runs, bench.prompt)[0], 1),
            "second turn / first": round(bench.second_turn(), 3),
            "memory": str(model.memory()),
        }
        print(json.dumps(result, indent=1))
        model.close()


if __name__ == "__main__":
    main()
