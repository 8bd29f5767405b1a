"""The catalogue that ships: every entry is whole, consistent, and says what a user must know."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import runtimes
from runtimes.catalog import Entry, load_catalog
from runtimes.catalog.entries import CHECKPOINT, LLAMACPP
from runtimes.catalog.loading import shipped_file
from runtimes.texts import Text
from runtimes.types import Capability, FileSource, HubSource, OllamaSource, Shape, Thinking

CATALOG = load_catalog()
REAL = [entry for entry in CATALOG.entries if entry.id != "micro"]
TIED = {"0.5b", "0.6b", "1b", "1.7b", "3b", "4b"}
"""Sizes whose embeddings serve at both ends; of 1.5b all but DeepSeek's."""
ASKED = """r1-qwen-1.5b r1-qwen-7b r1-qwen-14b r1-qwen-32b r1-llama-8b r1-llama-70b
qwen2.5-0.5b qwen2.5-1.5b qwen2.5-3b qwen2.5-7b qwen2.5-14b qwen2.5-32b qwen2.5-72b
qwen2.5-math-1.5b qwen2.5-math-7b qwen2.5-math-72b qwen2.5-coder-0.5b qwen2.5-coder-1.5b
qwen2.5-coder-3b qwen2.5-coder-7b qwen2.5-coder-14b qwen2.5-coder-32b qwen2-72b qwen3-0.6b
qwen3-1.7b qwen3-4b qwen3-8b llama-3-8b llama-3.1-8b llama-3.1-70b llama-3.2-1b llama-3.2-3b
mistral-7b mixtral-8x7b mixtral-8x22b yi-1.5-6b yi-1.5-9b yi-1.5-34b glm-4-9b micro""".split()

each = pytest.mark.parametrize("entry", CATALOG.entries, ids=lambda entry: entry.id)
each_real = pytest.mark.parametrize("entry", REAL, ids=lambda entry: entry.id)


def size_of(entry: Entry) -> str:
    return entry.id.rpartition("-")[2]


def shape_of(entry: Entry) -> Shape:
    assert entry.shape is not None
    return entry.shape


def counted(shape: Shape, *, tied: bool) -> int:
    """The weights of a decoder with grouped attention and gated layers; biases are nothing."""
    queries = 2 * shape.hidden * shape.heads * shape.key_length
    keys = shape.hidden * shape.kv_heads * (shape.key_length + shape.value_length)
    layer = 3 * shape.hidden * shape.feed_forward * max(shape.experts, 1)
    ends = shape.vocabulary * shape.hidden * (1 if tied else 2)
    return shape.layers * (queries + keys + layer) + ends


def bilingual(text: Text | None) -> bool:
    if text is None:
        return False
    han = re.compile("[\u4e00-\u9fff]")
    return bool(han.search(text.zh)) and not han.search(text.en) and not text.args


def test_every_model_that_was_promised_is_there_once() -> None:
    assert sorted(entry.id for entry in CATALOG.entries) == sorted(ASKED)


@each
def test_an_entry_is_whole(entry: Entry) -> None:
    assert entry.title
    assert entry.publisher
    assert entry.template
    assert entry.languages
    assert entry.licence is not None
    assert entry.licence.url.startswith("https://")
    assert bilingual(entry.licence.conditions)
    assert bilingual(entry.good_for)
    assert entry.needs is None or bilingual(entry.needs)
    assert all(re.fullmatch("[a-z]{2}", code) for code in entry.languages)


@each
def test_the_parameters_follow_from_the_shape(entry: Entry) -> None:
    shape = shape_of(entry)
    tied = size_of(entry) in TIED or entry.id == "micro"
    tied |= size_of(entry) == "1.5b" and not entry.id.startswith("r1")
    assert shape.parameters == pytest.approx(counted(shape, tied=tied), rel=0.03)


@each_real
def test_the_parameters_are_those_of_the_name(entry: Entry) -> None:
    told = re.search(r"(?:(\d+)x)?([\d.]+)B", entry.title)
    assert told is not None
    claimed = float(told[2]) * 1e9 * int(told[1] or 1)
    dense = 0.8 if shape_of(entry).experts else 1.0  # experts share the attention
    assert shape_of(entry).parameters == pytest.approx(claimed * dense, rel=0.25)


@each
def test_heads_and_experts_divide(entry: Entry) -> None:
    shape = shape_of(entry)
    assert shape.heads % shape.kv_heads == 0
    assert shape.key_length == shape.value_length
    assert (shape.experts > 0) == (shape.experts_used > 0) == entry.id.startswith("mixtral")
    assert shape.context >= 4096


@pytest.mark.parametrize(("name", "kib"), [("r1-qwen-1.5b", 28), ("r1-qwen-7b", 56)])
def test_the_cache_of_a_token_is_as_long_known(name: str, kib: int) -> None:
    entry = CATALOG.get(name)
    assert entry is not None
    shape = shape_of(entry)
    numbers = shape.layers * shape.kv_heads * (shape.key_length + shape.value_length)
    assert numbers * 2 == kib << 10


@each_real
def test_a_model_has_a_gguf_file_and_a_checkpoint(entry: Entry) -> None:
    runtimes_of = {variant.runtime for variant in entry.variants}
    assert {LLAMACPP, CHECKPOINT} <= runtimes_of
    usual = entry.variant()
    assert usual is not None
    assert (usual.name, usual.runtime, usual.quantisation) == ("q4_k_m", LLAMACPP, "Q4_K_M")
    plain = entry.variant("bf16")
    assert plain is not None
    assert isinstance(plain.source, HubSource)
    assert plain.source.repo == entry.repository


@each
def test_sources_are_told_apart_and_well_formed(entry: Entry) -> None:
    names = [variant.name for variant in entry.variants]
    assert len(set(names)) == len(names)
    for variant in entry.variants:
        match variant.source:
            case HubSource(repo, revision, files):
                assert re.fullmatch(r"[\w.-]+/[\w.-]+", repo)
                assert revision == "main"
                assert not any(file.sha256 or file.size for file in files)
                if variant.runtime == LLAMACPP:
                    (file,) = files
                    assert variant.quantisation.casefold() in file.name.casefold()
                    assert file.name.endswith(".gguf")
            case OllamaSource(name):
                assert re.fullmatch(r"[\w.-]+:[\w.-]+", name)
            case other:
                assert isinstance(other, FileSource)
                assert entry.id == "micro"


def test_a_repository_belongs_to_one_model() -> None:
    owners: dict[str, str] = {}
    for entry in CATALOG.entries:
        for variant in entry.variants:
            if isinstance(variant.source, HubSource):
                assert owners.setdefault(variant.source.repo, entry.id) == entry.id


@each_real
def test_what_no_consumer_card_holds_says_what_it_needs(entry: Entry) -> None:
    four_bits = shape_of(entry).parameters * 4.85 / 8
    assert (entry.needs is not None) == (four_bits > 18e9)
    if entry.needs is not None:
        for text in (entry.needs.en, entry.needs.zh):
            assert "vLLM" in text
            assert "GB" in text
            assert "assistant models add server:" in text
        told = re.search(r"(\d+) GB of weights", entry.needs.en)
        assert told is not None
        assert int(told[1]) * 1e9 == pytest.approx(four_bits, rel=0.08)


@pytest.mark.parametrize("entry", [e for e in REAL if e.id.startswith("r1-")], ids=lambda e: e.id)
def test_deepseeks_models_are_used_as_their_card_says(entry: Entry) -> None:
    defaults = entry.defaults
    assert (defaults.temperature, defaults.top_p) == (0.6, 0.95)
    assert not defaults.system_prompt
    assert defaults.thinking is Thinking.ALWAYS
    assert defaults.force_thinking
    assert Capability.THINKING_BUDGET in CATALOG.find(entry.id).capabilities


def test_only_the_micro_model_gets_the_question_alone() -> None:
    bare = [entry.id for entry in CATALOG.entries if not entry.defaults.instructions]
    assert bare == ["micro"]


def test_licences_carry_their_conditions() -> None:
    for name, word in (
        ("qwen2.5-3b", "non-commercial"),
        ("qwen2.5-72b", "100 million"),
        ("llama-3.2-1b", "Built with Llama"),
        ("llama-3-8b", "700 million"),
        ("glm-4-9b", "registration"),
    ):
        entry = CATALOG.get(name)
        assert entry is not None
        assert entry.licence is not None
        assert entry.licence.conditions is not None
        assert word in entry.licence.conditions.en


def test_micro_ships_in_the_shape_that_the_catalogue_says() -> None:
    entry = CATALOG.get("micro")
    assert entry is not None
    paths = []
    for variant in entry.variants:
        assert isinstance(variant.source, FileSource)
        paths.append(Path(variant.source.path))
        assert paths[-1].exists()
        assert Path(runtimes.__file__).parent in paths[-1].parents
    config = json.loads((paths[2] / "config.json").read_text())
    shape = shape_of(entry)
    assert (shape.layers, shape.hidden, shape.heads, shape.kv_heads) == (
        config["num_hidden_layers"],
        config["hidden_size"],
        config["num_attention_heads"],
        config["num_key_value_heads"],
    )
    assert (shape.feed_forward, shape.vocabulary, shape.context) == (
        config["intermediate_size"],
        config["vocab_size"],
        config["max_position_embeddings"],
    )


def test_the_head_of_the_file_documents_every_key() -> None:
    text = shipped_file().read_text(encoding="utf-8")
    head = text[: text.index("\n[licence")]
    used = set(
        re.findall(r"(?:^|[{,] )([a-z][a-z_0-9-]+)(?:\.\w+)? =", text[len(head) :], re.MULTILINE)
    )
    assert used
    for name in used:
        assert re.search(rf"\b{re.escape(name)}\b", head), name
