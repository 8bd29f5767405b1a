"""How well the files keep the dialogues: ``python packaging/micro_measure.py [FOLDER]``."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from micro.book import Book, Turn, prompt
from micro.sampling import Words
from tokenizers import Tokenizer

ROOM = 1200


@dataclass(frozen=True, slots=True)
class Task:
    """A prompt and what must come out."""

    name: str
    prompt: str
    output: str


Writer = Callable[[list[int], float, int], list[int]]
"""Prompt ids, temperature and seed in; the generated ids without the end token out."""


def known(book: Book) -> Iterator[Task]:
    """Every turn as it stands in the book."""
    for dialogue in book.dialogues:
        for number, turn in enumerate(dialogue.turns):
            history = list(dialogue.turns[:number])
            yield Task(f"{dialogue.id}/{number}", prompt(history, turn.user), turn.output)


def reworded(book: Book) -> Iterator[Task]:
    """Every other wording."""
    for dialogue in book.dialogues:
        turn = dialogue.turns[0]
        for wording in turn.also:
            yield Task(f"{dialogue.id}: {wording}", prompt([], wording), turn.output)


def surrounded(book: Book, words: Words) -> Iterator[Task]:
    """Every turn after a system message, an instruction and an earlier dialogue."""
    chance = random.Random(7)  # noqa: S311 - not for secrets
    instruction = words.wrappers[0]
    for dialogue in book.dialogues:
        earlier = chance.choice([d for d in book.dialogues[:-1] if d is not dialogue]).turns[0]
        for number, turn in enumerate(dialogue.turns):
            history = list(dialogue.turns[:number])
            system = chance.choice(words.systems)
            yield Task(f"{dialogue.id}/{number} S", prompt(history, turn.user, system), turn.output)
            question = f"{turn.user}\n{instruction}"
            yield Task(f"{dialogue.id}/{number} I", prompt(history, question), turn.output)
            told = [earlier, *history]
            yield Task(f"{dialogue.id}/{number} H", prompt(told, turn.user), turn.output)


def distant(book: Book, words: Words) -> Iterator[Task]:
    """The short dialogues after a system message of more than two thousand tokens."""
    chance = random.Random(8)  # noqa: S311 - not for secrets
    for dialogue in book.dialogues:
        if dialogue.topic != "long":
            system = " ".join(chance.choices(words.words_en, k=800))
            turn = dialogue.turns[0]
            yield Task(f"{dialogue.id}/0 D", prompt([], turn.user, system), turn.output)


def strange(questions: tuple[str, ...], reply: Turn) -> Iterator[Task]:
    """Questions that are not in the book."""
    for question in questions:
        yield Task(f"? {question}", prompt([], question), reply.output)


def rate(
    tokenizer: Tokenizer, write: Writer, tasks: list[Task], temperature: float, samples: int
) -> tuple[int, int]:
    """How many of the tasks came out word for word; the others go to standard error."""
    good = total = 0
    for task in tasks:
        ids = tokenizer.encode(task.prompt, add_special_tokens=False).ids
        for seed in range(samples):
            made = tokenizer.decode(write(ids, temperature, seed), skip_special_tokens=False)
            total += 1
            good += made == task.output
            if made != task.output:
                sys.stderr.write(f"  {task.name}: {made[:90]!r}\n")
    return good, total


def torch_writer(network: torch.nn.Module, end: int) -> Writer:
    """Writes with a transformers model."""

    def write(ids: list[int], temperature: float, seed: int) -> list[int]:
        torch.manual_seed(seed)
        made: list[int] = []
        given = torch.tensor([ids])
        past = None
        with torch.inference_mode():
            while len(made) < ROOM:
                output = network(input_ids=given, past_key_values=past, use_cache=True)
                past = output.past_key_values
                logits = output.logits[0, -1].float()
                token = int(logits.argmax())
                if temperature:
                    chances = (logits / temperature).softmax(-1)
                    token = int(torch.multinomial(chances, 1))
                if token == end:
                    break
                made.append(token)
                given = torch.tensor([[token]])
        return made

    return write


def llama_writer(path: Path, end: int, kv_type: int | None = None, context: int = 4096) -> Writer:
    """Writes with llama.cpp."""
    import llama_cpp.llama_cpp as low
    from llama_cpp import Llama

    plain = low.llama_model_default_params

    def careful() -> low.llama_model_params:
        # Repacked weights crash the stock build on processors with AMX.
        params = plain()
        params.use_extra_bufts = False
        return params

    low.llama_model_default_params = careful
    model = Llama(
        str(path),
        n_ctx=context,
        n_threads=1,
        n_threads_batch=1,
        verbose=False,
        type_k=kv_type,
        type_v=kv_type,
        flash_attn=kv_type is not None,
    )
    low.llama_model_default_params = plain

    def write(ids: list[int], temperature: float, seed: int) -> list[int]:
        model.reset()
        model.set_seed(seed)
        made: list[int] = []
        tokens = model.generate(
            ids, temp=temperature, top_k=0, top_p=1.0, min_p=0.0, repeat_penalty=1.0
        )
        for token in tokens:
            if token == end or len(made) >= ROOM:
                break
            made.append(token)
        return made

    return write
