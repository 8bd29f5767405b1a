"""The vocabulary: a byte-level BPE in the manner of Qwen2, and the chat template."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from micro.book import ASSISTANT, BEGIN, END, THINK, THOUGHT, USER
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, processors
from tokenizers.trainers import BpeTrainer

SIZE = 640
"""Entries in all: a multiple of 64, so that every quantisation fits the embedding too."""

SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
"""How Qwen2 splits text; llama.cpp knows it by the name ``qwen2``."""

CONTROL = (END, USER, ASSISTANT, BEGIN)
SHOWN = (THINK, THOUGHT)
"""Tokens of their own that are nevertheless text: an engine must show them."""

TEMPLATE = (
    "{%- if add_generation_prompt is not defined %}{% set add_generation_prompt = false %}"
    "{% endif -%}"
    "{{- bos_token -}}"
    "{%- for message in messages -%}{%- if message['role'] == 'system' -%}"
    "{{- message['content'] -}}"
    "{%- endif -%}{%- endfor -%}"
    "{%- for message in messages -%}"
    "{%- if message['role'] == 'user' -%}"
    "{{- '<｜User｜>' + message['content'] -}}"
    "{%- elif message['role'] == 'assistant' -%}"
    "{%- set content = message['content'] -%}"
    "{%- if '</think>' in content -%}{%- set content = content.split('</think>')[-1] -%}"
    "{%- endif -%}"
    "{{- '<｜Assistant｜>' + content + '<｜end▁of▁sentence｜>' -}}"
    "{%- endif -%}{%- endfor -%}"
    "{%- if add_generation_prompt -%}{{- '<｜Assistant｜><think>\\n' -}}{%- endif -%}"
)
"""As in DeepSeek-R1-Distill-Qwen, without tools: the thinking of earlier turns is dropped."""


def train_tokenizer(texts: Iterable[str]) -> Tokenizer:
    """A tokenizer whose merges come from the texts, most frequent first."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = BpeTrainer(
        vocab_size=SIZE - len(CONTROL) - len(SHOWN),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    # R1 marks only the two ends of a sentence as special.
    tokenizer.add_tokens(
        [
            AddedToken(token, special=token in (BEGIN, END), normalized=False)
            for token in CONTROL + SHOWN
        ]
    )
    begin = tokenizer.token_to_id(BEGIN)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BEGIN} $A",
        pair=f"{BEGIN} $A {BEGIN} $B",
        special_tokens=[(BEGIN, begin)],
    )
    if tokenizer.get_vocab_size() != SIZE:
        raise SystemExit(f"the texts gave {tokenizer.get_vocab_size()} tokens instead of {SIZE}")
    return tokenizer


def write_tokenizer(tokenizer: Tokenizer, folder: Path, context: int) -> None:
    """``tokenizer.json`` and ``tokenizer_config.json`` of a Hugging Face checkpoint."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    config: dict[str, Any] = {
        "add_bos_token": True,
        "add_eos_token": False,
        "bos_token": BEGIN,
        "chat_template": TEMPLATE,
        "clean_up_tokenization_spaces": False,
        "eos_token": END,
        "model_max_length": context,
        "pad_token": END,
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": None,
    }
    text = json.dumps(config, ensure_ascii=False, indent=2) + "\n"
    (folder / "tokenizer_config.json").write_text(text, encoding="utf-8")
