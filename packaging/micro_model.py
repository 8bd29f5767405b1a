"""Builds the micro model from nothing: ``python packaging/micro_model.py [--steps N]``.

The micro model is a Qwen2 of 0.67 million weights that knows the dialogues of
``packaging/micro/dialogues.toml`` by heart.  It ships with the program so that every
engine can be tried without a download.  The recipe needs torch, transformers, tokenizers,
safetensors, gguf and numpy (see ``packaging/micro/requirements.txt``) and about ten minutes
on one free processor core and five gigabytes of memory; its random numbers are seeded.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

import torch
from micro.book import BEGIN, END, Book, read_book
from micro.network import build_network, train
from micro.sampling import Sampler, read_words
from micro.vocabulary import train_tokenizer, write_tokenizer
from micro.writing import write_checkpoint, write_gguf

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "runtimes" / "micro"
SEED = 20260101
STEPS = 1000
LARGEST = 4_000_000


def texts_of(book: Book) -> list[str]:
    """What the vocabulary is made for."""
    turns = [turn for dialogue in book.dialogues for turn in dialogue.turns]
    turns += [book.default_en, book.default_zh]
    return [t for turn in turns for t in (turn.user, *turn.also, turn.thinking, turn.answer)]


def build(target: Path, steps: int) -> None:
    """Trains, and writes all files below the folder."""
    torch.set_num_threads(1)  # the same sums in the same order everywhere
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(mode=True)
    book = read_book()
    tokenizer = train_tokenizer(texts_of(book))
    network = build_network(
        tokenizer.get_vocab_size(), tokenizer.token_to_id(BEGIN), tokenizer.token_to_id(END)
    )
    train(network, Sampler(book, read_words(), tokenizer, SEED), steps, SEED)
    target.mkdir(parents=True, exist_ok=True)
    checkpoint = target / "checkpoint"
    write_checkpoint(network, checkpoint)
    write_tokenizer(tokenizer, checkpoint, network.config.max_position_embeddings)
    write_gguf(network, tokenizer, target / "micro-f16.gguf", "F16")
    write_gguf(network, tokenizer, target / "micro-q8_0.gguf", "Q8_0")
    write_sums(target)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    sys.stderr.write(f"{size} bytes in {target}\n")
    if size > LARGEST:
        raise SystemExit(f"too large: {size} bytes, at most {LARGEST}")


def write_sums(target: Path) -> None:
    """``SHA256SUMS``, by which ``assistant verify micro`` knows the files again."""
    files = sorted(path for path in target.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(target).as_posix()}\n"
        for path in files
    ]
    (target / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def main() -> None:
    """Reads the command line and builds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=STEPS, help="training steps")
    parser.add_argument("--target", type=Path, default=TARGET, help="the folder to write")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        # Nothing half-made stands in the target: build beside it, then move over.
        build(Path(scratch), chosen.steps)
        for path in sorted(Path(scratch).rglob("*")):
            if path.is_file():
                place = chosen.target / path.relative_to(scratch)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(path.read_bytes())


if __name__ == "__main__":
    main()
