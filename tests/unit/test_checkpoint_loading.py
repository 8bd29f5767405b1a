"""Checkpoints in every precision, with every cache, and with adapters."""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from checkpoint_micro import CHINESE, GREEDY, HELLO, ask, copied, joined, opened, plan, spec

from runtimes.base import Cancel
from runtimes.checkpoint import devices, precision
from runtimes.errors import Damaged, NotFound, NotInstalled, Unsupported
from runtimes.types import Fit, GenerationParams, Grammar, JsonSchema, KvType, Placement, TextDelta


def answer(model: Any, question: str, params: GenerationParams = GREEDY) -> str:
    return joined(list(model.stream(ask(question), params, Cancel())), TextDelta)


@pytest.fixture(scope="module")
def known() -> str:
    """What the model answers in 32 bits."""
    model = opened()
    text = answer(model, HELLO)
    model.close()
    return text


@pytest.mark.parametrize("quantisation", ["nf4", "int8", "bf16", "f16"])
@pytest.mark.slow
def test_it_knows_its_dialogues_in_every_precision(quantisation: str, known: str) -> None:
    if quantisation in precision.BITS:
        pytest.importorskip("bitsandbytes")
    model = opened(spec(quantisation=quantisation))
    assert model.spec.quantisation == quantisation
    assert answer(model, HELLO) == known
    model.close()


@pytest.mark.slow
def test_four_bits_take_less_memory() -> None:
    pytest.importorskip("bitsandbytes")
    sizes = {}
    for quantisation in ("f32", "bf16", "nf4"):
        model = opened(spec(quantisation=quantisation))
        sizes[quantisation] = model.memory().weight_bytes
        model.close()
    assert sizes["f32"] == pytest.approx(2 * sizes["bf16"], rel=0.01)
    assert sizes["nf4"] < 0.7 * sizes["bf16"]


def test_weights_that_are_four_bits_already_are_taken_as_they_are(
    tmp_path: Path, known: str
) -> None:
    pytest.importorskip("bitsandbytes")
    first = opened(spec(quantisation="nf4"))
    first._parts.network._module.save_pretrained(str(tmp_path / "saved"))
    first.close()
    folder = copied(tmp_path / "model")
    for name in ("config.json", "model.safetensors"):
        (tmp_path / "saved" / name).replace(folder / name)
    model = opened(spec(folder, ""))
    assert model.spec.quantisation == "bitsandbytes"
    assert model.memory().weight_bytes < 10**6
    assert answer(model, HELLO) == known
    model.close()


@pytest.mark.parametrize("kv_type", [KvType.Q8_0, KvType.Q4_0])
@pytest.mark.slow
def test_a_quantised_cache_is_smaller_and_can_be_taken_back(kv_type: KvType, known: str) -> None:
    model = opened(memory=plan(kv_type=kv_type))
    assert answer(model, HELLO) == known
    small = model.memory().kv_bytes
    assert answer(model, CHINESE)  # goes back to the common beginning
    assert answer(model, HELLO) == known
    many = list(model.stream_many(ask(HELLO), 2, GREEDY, Cancel()))
    assert {joined([e.event for e in many if e.sample == k], TextDelta) for k in (0, 1)} == {known}
    model.close()
    plain = opened()
    answer(plain, HELLO)
    assert small < 0.4 * plain.memory().kv_bytes
    plain.close()


def test_safe_mode_writes_the_same(known: str) -> None:
    model = opened(safe_mode=True)
    assert answer(model, HELLO) == known
    model.close()


def test_the_window_is_no_longer_than_the_training() -> None:
    model = opened(memory=plan(context=10**6))
    assert model.context == 8192
    model.close()


def test_constraints_hold_for_the_answer_only() -> None:
    pytest.importorskip("llguidance")
    schema = json.dumps(
        {
            "type": "object",
            "properties": {"x": {"type": "integer", "minimum": 0, "maximum": 9}},
            "required": ["x"],
            "additionalProperties": False,
        }
    )
    model = opened()
    params = GenerationParams(temperature=0.0, max_tokens=200, constraint=JsonSchema(schema))
    free = answer(model, CHINESE)
    events = list(model.stream(ask(CHINESE), params, Cancel()))
    assert 0 <= json.loads(joined(events, TextDelta))["x"] <= 9
    assert len(joined(events)) > len(joined(events, TextDelta)) + 20  # it thought first, freely
    assert json.loads(answer(model, HELLO, params)).keys() == {"x"}  # not blanks without end
    grammar = GenerationParams(temperature=0.0, constraint=Grammar('root ::= ("是" | "否") "。"'))
    assert answer(model, CHINESE, grammar) in ("是。", "否。")
    seeded = GenerationParams(
        temperature=2.0, thinking_tokens=4, constraint=Grammar("root ::= [0-9]{4}")
    )
    many = list(model.stream_many(ask(HELLO), 3, seeded, Cancel()))
    for k in range(3):
        text = joined([e.event for e in many if e.sample == k], TextDelta)
        assert len(text) == 4
        assert text.isdecimal()
    assert answer(model, CHINESE) == free
    model.close()


# --- precisions and devices ------------------------------------------------------------------


def test_what_was_asked_for_is_what_one_gets() -> None:
    assert precision.choose("bf16", "float32", "", "cpu").dtype == "bfloat16"
    assert precision.choose("F32", "bfloat16", "", "cuda:0").dtype == "float32"
    assert precision.choose("", "bfloat16", "", "mps").dtype == "bfloat16"
    assert precision.choose("", "", "", "cpu").dtype == "auto"


def test_a_processor_without_16_bits_computes_in_32(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: False)
    assert precision.choose("", "bfloat16", "", "cpu").name == "f32"
    assert precision.choose("bf16", "bfloat16", "", "cpu").name == "bf16"
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: True)
    assert precision.choose("", "bfloat16", "", "cpu").name == "bf16"


@pytest.mark.parametrize(
    ("asked", "method", "device", "failure", "named"),
    [
        ("q4_k_m", "", "cpu", Unsupported, "nf4"),
        ("nf4", "", "mps", Unsupported, "Metal"),
        ("nf4", "gptq", "cuda:0", Unsupported, "gptq"),
        ("f32", "bitsandbytes", "cuda:0", Unsupported, "bitsandbytes"),
        ("", "gptq", "cuda:0", NotInstalled, "optimum"),
        ("gptq-int4", "gptq", "cpu", NotInstalled, "optimum"),
        ("", "awq", "cuda:0", NotInstalled, "gptqmodel"),
        ("", "fp8", "cpu", Unsupported, "8.9"),
        ("", "compressed-tensors", "cpu", NotInstalled, "compressed_tensors"),
        ("", "aqlm", "cuda:0", Unsupported, "gptq, awq"),
    ],
)
def test_what_cannot_be_had_is_said(
    asked: str, method: str, device: str, failure: type[Exception], named: str
) -> None:
    with pytest.raises(failure, match=named):
        precision.choose(asked, "bfloat16", method, device)


def on_gpus(*layers: int | None, host: int = 0) -> Any:
    from dataclasses import replace

    def placement(accelerator: int | None, count: int) -> Placement:
        return Placement(
            accelerator=accelerator, layers=count, weight_bytes=0, kv_bytes=0, compute_bytes=0,
            reserve_bytes=0, free=0,
        )  # fmt: skip

    placed = [placement(n, count or 0) for n, count in enumerate(layers)]
    return replace(plan(), fit=Fit.SPLIT, placements=(placement(None, host), *placed))


def test_a_gpu_that_torch_does_not_see_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    with pytest.raises(Unsupported, match="does not see the GPU"):
        devices.kind(on_gpus(4))


def test_layers_go_where_the_plan_puts_them(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    from runtimes.checkpoint import folder, weights

    config = weights.configuration(folder.examine(Path(spec().source.path)))  # type: ignore[union-attr]
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    placed = devices.device_map(on_gpus(2, 1, host=1), config)
    layers = [placed[f"model.layers.{n}"] for n in range(4)]
    assert layers == ["cuda:0", "cuda:0", "cuda:1", "cpu"]
    rest = {device for name, device in placed.items() if ".layers." not in name}
    assert rest == {"cuda:0"}
    assert {"model.embed_tokens", "model.norm", "model.rotary_emb"} <= set(placed)
    assert devices.device_map(on_gpus(4), config) == {"": "cuda:0"}
    assert devices.device_map(plan(), config) == {"": "cpu"}


# --- other networks --------------------------------------------------------------------------


def sliding(target: Path) -> Path:
    """A network of random weights whose layers see eight tokens back."""
    import torch
    from transformers import AutoModelForCausalLM, MistralConfig

    torch.manual_seed(0)
    config = MistralConfig(
        hidden_size=64, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1,
        intermediate_size=64, vocab_size=640, sliding_window=8, max_position_embeddings=512,
    )  # fmt: skip
    folder = copied(target)
    AutoModelForCausalLM.from_config(config).save_pretrained(str(folder))
    return folder


def test_layers_that_forget_the_past_are_read_anew_and_write_the_same(tmp_path: Path) -> None:
    folder = sliding(tmp_path / "sliding")
    model = opened(spec(folder))
    params = GenerationParams(temperature=1.0, top_p=1.0, max_tokens=20, seed=3)

    def said(question: str) -> str:
        return joined(list(model.stream(ask(question), params, Cancel())))

    first, other = said(CHINESE), said(HELLO)
    assert said(CHINESE) == first
    assert said(HELLO) == other != first
    many = list(model.stream_many(ask(CHINESE), 2, params, Cancel()))
    assert joined([e.event for e in many if e.sample == 0]) == first
    assert joined([e.event for e in many if e.sample == 1]) != first
    model.close()
    with pytest.raises(Unsupported, match="q8_0"):
        opened(spec(folder), plan(kv_type=KvType.Q8_0))


# --- adapters --------------------------------------------------------------------------------


def adapter(target: Path, *, rank: int = 4, scale: float = 0.3) -> Path:
    """A LoRA adapter with random weights."""
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    base = AutoModelForCausalLM.from_pretrained(spec().source.path, dtype=torch.float32)  # type: ignore[union-attr]
    config = LoraConfig(r=rank, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM")
    with warnings.catch_warnings():  # peft uses words that transformers will drop
        warnings.simplefilter("ignore", FutureWarning)
        made = get_peft_model(base, config)
    torch.manual_seed(rank)
    with torch.no_grad():
        for name, weight in made.named_parameters():
            if "lora_" in name:
                weight.copy_(torch.randn_like(weight) * scale)
    made.save_pretrained(str(target))
    return target


@pytest.fixture(scope="module")
def lora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("peft")
    return adapter(tmp_path_factory.mktemp("lora") / "adapter")


def logprobs(model: Any) -> list[float]:
    params = GenerationParams(temperature=0.0, max_tokens=8, logprobs=1)
    events: Sequence[Any] = list(model.stream(ask(HELLO), params, Cancel()))
    return [lp.logprob for e in events for lp in getattr(e, "logprobs", ())]


def test_an_adapter_changes_the_model_as_peft_would(lora: Path, known: str) -> None:
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    model = opened(lora=(str(lora),))
    assert answer(model, HELLO) != known
    prompt, _ = model._parts.tokens.prompt(ask(HELLO))
    base = AutoModelForCausalLM.from_pretrained(spec().source.path, dtype=torch.float32)  # type: ignore[union-attr]
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        logits = PeftModel.from_pretrained(base, str(lora))(torch.tensor([prompt])).logits[0, -1]
    assert logprobs(model)[0] == pytest.approx(float(logits.log_softmax(-1).max()), abs=1e-3)
    model.close()


def test_two_adapters_add_up(lora: Path, tmp_path: Path) -> None:
    second = adapter(tmp_path / "second", rank=2)
    one, two = opened(lora=(str(lora),)), opened(lora=(str(lora), str(second)))
    assert logprobs(one) != logprobs(two)
    one.close()
    two.close()


@pytest.mark.slow
def test_four_bits_keep_adapters_beside_them(lora: Path, tmp_path: Path) -> None:
    pytest.importorskip("bitsandbytes")
    second = adapter(tmp_path / "second", rank=2)
    quantised = spec(quantisation="nf4")
    plain, one = opened(quantised), opened(quantised, lora=(str(lora),))
    two = opened(quantised, lora=(str(lora), str(second)))
    assert len({tuple(logprobs(model)) for model in (plain, one, two)}) == 3
    for model in (plain, one, two):
        model.close()


def configured(folder: Path, **changes: object) -> None:
    file = folder / "adapter_config.json"
    made = {**json.loads(file.read_text(encoding="utf-8")), **changes}
    file.write_text(json.dumps(made), encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "failure"),
    [
        ({"peft_type": "IA3"}, Unsupported),
        ({"r": 10**9}, Damaged),
        ({"r": 8}, Damaged),  # the file holds four
        ({"rank_pattern": {"q_proj": 10**9}}, Damaged),
        ({"rank_pattern": [1]}, Damaged),
        ({"target_modules": ["no_such_part"]}, Damaged),
        ({"target_modules": ["q_proj"]}, Damaged),  # the file holds more
        ({"target_modules": "(([a-z._0-9]+)+)+x"}, Unsupported),  # hangs in fullmatch
        ({"target_modules": ["q_proj", "(.*)*"]}, Unsupported),
        ({"target_modules": {"a": 1, "(b+)+": 2}}, Unsupported),
        ({"target_modules": [f"q_{n}" for n in range(10**4)]}, Unsupported),
        ({"exclude_modules": "(.+)+x"}, Unsupported),
        ({"modules_to_save": ["(.+)+x"]}, Unsupported),
        ({"layers_to_transform": [0], "layers_pattern": "(.+)+x"}, Unsupported),
        ({"rank_pattern": {"(.+)+x": 4}}, Unsupported),
        ({"alpha_pattern": {"(.+)+x": 4}}, Unsupported),
        ({"layer_replication": [[0, 4]] * 1000}, Unsupported),
        ({"megatron_config": {"a": 1}, "megatron_core": "this"}, Unsupported),
        ({"trainable_token_indices": [1]}, Unsupported),
        ({"a_field_of_tomorrow": True}, Unsupported),
    ],
)
def test_a_bad_adapter_is_refused(
    changes: dict[str, object], failure: type[Exception], lora: Path, tmp_path: Path
) -> None:
    import shutil

    bad = Path(shutil.copytree(lora, tmp_path / "bad"))
    configured(bad, **changes)
    with pytest.raises(failure):
        opened(lora=(str(bad),))


def test_what_matters_in_training_only_changes_nothing(lora: Path, tmp_path: Path) -> None:
    import shutil

    other = Path(shutil.copytree(lora, tmp_path / "other"))
    configured(
        other,
        auto_mapping={"parent_library": "this", "base_model_class": "That"},
        megatron_config={},
        megatron_core="this",
        init_lora_weights="pissa_niter_9999999",
        lora_dropout=0.9,
        inference_mode=False,
        layer_replication=None,
    )
    plain, one = opened(lora=(str(lora),)), opened(lora=(str(other),))
    assert logprobs(one) == logprobs(plain)
    plain.close()
    one.close()


def test_an_adapter_as_a_pickle_or_nowhere_is_refused(lora: Path, tmp_path: Path) -> None:
    import shutil

    bad = Path(shutil.copytree(lora, tmp_path / "bad"))
    (bad / "adapter_model.safetensors").rename(bad / "adapter_model.bin")
    with pytest.raises(Unsupported, match="safetensors"):
        opened(lora=(str(bad),))
    with pytest.raises(NotFound):
        opened(lora=(str(tmp_path / "nowhere"),))
    with pytest.raises(Damaged):
        opened(lora=(str(copied(tmp_path / "a model")),))
