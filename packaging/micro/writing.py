"""Writing the files: a Hugging Face checkpoint and two GGUF files with the same network."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
from gguf import GGMLQuantizationType, GGUFWriter, TokenType
from micro.book import BEGIN, END
from micro.vocabulary import CONTROL, SHOWN, TEMPLATE
from safetensors.torch import save_file
from tokenizers import Tokenizer
from transformers import Qwen2Config, Qwen2ForCausalLM

NAME = "Micro"
DESCRIPTION = "A tiny sample model that knows a handful of dialogues by heart."
NAMES = {
    "model.embed_tokens": "token_embd",
    "model.norm": "output_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
}
"""What llama.cpp calls the tensors of a Qwen2."""


def write_checkpoint(network: Qwen2ForCausalLM, folder: Path) -> None:
    """``model.safetensors`` in half precision, ``config.json``, ``generation_config.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: tensor.to(torch.float16).contiguous()
        for name, tensor in network.state_dict().items()
        if name != "lm_head.weight"  # tied to the embedding
    }
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    config: Qwen2Config = network.config
    kept = (
        "attention_dropout bos_token_id eos_token_id hidden_act hidden_size initializer_range "
        "intermediate_size max_position_embeddings model_type num_attention_heads "
        "num_hidden_layers num_key_value_heads pad_token_id rms_norm_eps rope_parameters "
        "tie_word_embeddings use_sliding_window vocab_size"
    )
    described = {name: value for name, value in config.to_dict().items() if name in kept.split()}
    described["architectures"] = ["Qwen2ForCausalLM"]
    described["dtype"] = described["torch_dtype"] = "float16"
    # The older spelling of the position settings, for libraries that know only that.
    described["rope_theta"] = config.rope_parameters["rope_theta"]
    _write_json(folder / "config.json", described)
    generation = {
        "bos_token_id": config.bos_token_id,
        "do_sample": True,
        "eos_token_id": config.eos_token_id,
        "pad_token_id": config.pad_token_id,
        "temperature": 0.6,
        "top_p": 0.95,
    }
    _write_json(folder / "generation_config.json", generation)


def write_gguf(network: Qwen2ForCausalLM, tokenizer: Tokenizer, path: Path, kind: str) -> None:
    """One GGUF file; ``kind`` is ``F16`` or ``Q8_0``.  Vectors stay in single precision."""
    writer = GGUFWriter(path, "qwen2")
    _describe(writer, network, kind)
    _add_vocabulary(writer, tokenizer)
    for name, tensor in network.state_dict().items():
        if name == "lm_head.weight":
            continue
        values = tensor.to(torch.float16).to(torch.float32).numpy()
        if values.ndim == 1:
            writer.add_tensor(gguf_name(name), values)
        elif kind == "F16":
            writer.add_tensor(gguf_name(name), values.astype(np.float16))
        else:
            wanted = GGMLQuantizationType[kind]
            packed = gguf.quants.quantize(values, wanted)
            writer.add_tensor(gguf_name(name), packed, raw_dtype=wanted)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def gguf_name(name: str) -> str:
    """The name that llama.cpp has for a tensor of the checkpoint."""
    stem, _, suffix = name.rpartition(".")
    layer = re.fullmatch(r"model\.layers\.(\d+)\.(.+)", stem)
    if layer is None:
        return f"{NAMES[stem]}.{suffix}"
    return f"blk.{layer[1]}.{NAMES[layer[2]]}.{suffix}"


def _describe(writer: GGUFWriter, network: Qwen2ForCausalLM, kind: str) -> None:
    config: Qwen2Config = network.config
    writer.add_type(gguf.GGUFType.MODEL)
    writer.add_name(NAME)
    writer.add_basename("micro")
    writer.add_description(DESCRIPTION)
    writer.add_size_label(f"{sum(p.numel() for p in network.parameters()) // 1000}K")
    writer.add_license("mit")
    writer.add_languages(["en", "zh"])
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_file_type(gguf.LlamaFileType[f"MOSTLY_{kind}"])
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)


def _add_vocabulary(writer: GGUFWriter, tokenizer: Tokenizer) -> None:
    by_id = {number: token for token, number in tokenizer.get_vocab().items()}
    tokens = [by_id[number] for number in range(len(by_id))]
    types = [
        TokenType.CONTROL
        if token in CONTROL
        else TokenType.USER_DEFINED
        if token in SHOWN
        else TokenType.NORMAL
        for token in tokens
    ]
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges([" ".join(pair) for pair in merges])
    writer.add_bos_token_id(tokenizer.token_to_id(BEGIN))
    writer.add_eos_token_id(tokenizer.token_to_id(END))
    writer.add_pad_token_id(tokenizer.token_to_id(END))
    writer.add_add_bos_token(value=True)
    writer.add_add_eos_token(value=False)
    writer.add_chat_template(TEMPLATE)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")
