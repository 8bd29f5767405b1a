"""A tiny encoder of random weights, as a folder in the form of sentence-transformers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WINDOW = 128
WIDTH = 32


def tiny_bert(
    folder: Path, *, pooling: str | None = "mean", kind: str = "bert", window: int = WINDOW
) -> Path:
    """Write it.  ``pooling`` ``None``: a plain encoder, whose files say nothing of vectors;
    ``kind``: ``bert`` or ``roberta``, which counts positions from behind the filler."""
    import torch
    from transformers import BertConfig, BertModel, RobertaConfig, RobertaModel

    folder.mkdir(parents=True, exist_ok=True)
    _tokenizer(folder)
    sizes: dict[str, Any] = {
        "vocab_size": 300,
        "hidden_size": WIDTH,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "intermediate_size": 64,
        "pad_token_id": 0,
    }
    torch.manual_seed(7)
    model: Any
    if kind == "roberta":
        model = RobertaModel(RobertaConfig(max_position_embeddings=window + 1, **sizes))
    else:
        model = BertModel(BertConfig(max_position_embeddings=window, **sizes))
    model.save_pretrained(str(folder))
    if pooling is not None:
        parts = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
        write(folder / "modules.json", [
            {"idx": n, "name": str(n), "path": path, "type": f"sentence_transformers.models.{name}"}
            for n, (path, name) in enumerate(parts)
        ])  # fmt: skip
        modes = {f"pooling_mode_{name}": name.startswith(pooling) for name in (
            "mean_tokens", "cls_token", "lasttoken", "max_tokens"
        )}  # fmt: skip
        write(folder / "1_Pooling" / "config.json", {"word_embedding_dimension": WIDTH, **modes})
    return folder


def write(file: Path, value: object) -> None:
    """JSON into a file, and its folder where there is none."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(value), encoding="utf-8")


def _tokenizer(folder: Path) -> None:
    """Every byte is a token, between [CLS] and [SEP]; as real ones, it would cut at eight."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

    marks = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3}
    letters = {c: n for n, c in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()), len(marks))}
    made = Tokenizer(models.BPE(vocab={**marks, **letters}, merges=[], unk_token="[UNK]"))
    made.add_special_tokens(list(marks))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    made.enable_truncation(8)
    made.enable_padding(length=8)
    made.save(str(folder / "tokenizer.json"))
