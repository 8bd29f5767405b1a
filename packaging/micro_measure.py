"""Measures how well the micro model keeps its dialogues: ``python packaging/micro_measure.py``.

Prints, for each way of running it, how many turns come out word for word.  Engines that
are not installed are left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import torch
from micro.book import END, read_book
from micro.measuring import (
    Task,
    Writer,
    distant,
    known,
    llama_writer,
    rate,
    reworded,
    strange,
    surrounded,
    torch_writer,
)
from micro.sampling import read_words
from micro.unseen import UNSEEN_EN, UNSEEN_ZH
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM, BitsAndBytesConfig

FOLDER = Path(__file__).resolve().parents[1] / "runtimes" / "micro"
Q4_0, Q8_0 = 2, 8
"""Numbers of llama.cpp for the types of a key-value cache."""


def packed(checkpoint: Path) -> torch.nn.Module:
    """The network with its weights in four bits."""
    four = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.float32,
    )
    return AutoModelForCausalLM.from_pretrained(
        checkpoint, quantization_config=four, device_map="cpu"
    )


def writers(folder: Path, end: int) -> dict[str, Callable[[], Writer]]:
    """Every way of running the model that can be tried here, still to be opened."""
    made: dict[str, Callable[[], Writer]] = {}
    if importlib.util.find_spec("llama_cpp"):
        half, eighth = folder / "micro-f16.gguf", folder / "micro-q8_0.gguf"
        made["llama.cpp f16"] = lambda: llama_writer(half, end)
        made["llama.cpp q8_0"] = lambda: llama_writer(eighth, end)
        made["llama.cpp q8_0, kv q8_0"] = lambda: llama_writer(eighth, end, Q8_0)
        made["llama.cpp q8_0, kv q4_0"] = lambda: llama_writer(eighth, end, Q4_0)
    checkpoint = folder / "checkpoint"
    for name, dtype in (("float32", torch.float32), ("bfloat16", torch.bfloat16)):
        made[f"transformers {name}"] = lambda dtype=dtype: torch_writer(
            AutoModelForCausalLM.from_pretrained(checkpoint, dtype=dtype), end
        )
    if importlib.util.find_spec("bitsandbytes"):
        made["transformers nf4"] = lambda: torch_writer(packed(checkpoint), end)
    return made


def main() -> None:
    """Reads the command line and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--engine", default="", help="only engines with this in the name")
    parser.add_argument("--group", default="", help="only groups with this in the name")
    chosen = parser.parse_args()
    folder: Path = chosen.folder
    torch.set_num_threads(1)
    book, words = read_book(), read_words()
    tokenizer = Tokenizer.from_file(str(folder / "checkpoint" / "tokenizer.json"))
    end = tokenizer.token_to_id(END)
    unseen = [
        *strange(UNSEEN_EN, book.default_en),
        *strange(UNSEEN_ZH, book.default_zh),
    ]
    groups: list[tuple[str, list[Task], float, int]] = [
        ("as written", list(known(book)), 0.0, 1),
        ("temperature 0.6", list(known(book)), 0.6, 5),
        ("other wordings", list(reworded(book)), 0.0, 1),
        ("surrounded", list(surrounded(book, words)), 0.0, 1),
        ("after 2300 tokens", list(distant(book, words)), 0.0, 1),
        ("unknown questions", unseen, 0.0, 1),
    ]
    for engine, opened in writers(folder, end).items():
        if chosen.engine not in engine:
            continue
        write = opened()
        for group, tasks, temperature, samples in groups:
            if chosen.group not in group:
                continue
            sys.stderr.write(f"{engine}, {group}\n")
            good, total = rate(tokenizer, write, tasks, temperature, samples)
            sys.stdout.write(f"{engine:26} {group:20} {good:4d} of {total:4d}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
