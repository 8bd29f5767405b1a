"""The user's own catalogue over the one that ships; wrong and hostile files."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import runtimes
from runtimes.catalog import Catalog, Entry, Origin, load_catalog
from runtimes.catalog.loading import shipped_file
from runtimes.errors import Damaged
from runtimes.types import HubSource, OllamaSource, RemoteFile, ServerSource

OWN = """
[licence.mine]
name = "Mine"
conditions = { en = "ask me", zh = "请先询问" }

[model.mine]
title = "Mine"
licence = "mine"
variants.q8_0 = { runtime = "llamacpp", repo = "me/mine-GGUF", files = ["mine-*.gguf"] }
"""


def loaded(folder: Path, text: str | bytes) -> Catalog:
    path = folder / "models.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_catalog(path)


def entry_of(catalog: Catalog, name: str) -> Entry:
    entry = catalog.get(name)
    assert entry is not None
    return entry


def test_without_an_own_file_the_shipped_one_counts(tmp_path: Path) -> None:
    assert load_catalog(tmp_path / "none.toml") == load_catalog()
    assert loaded(tmp_path, "# nothing yet\n") == load_catalog()
    assert {entry.origin for entry in load_catalog().entries} == {Origin.SHIPPED}


def test_an_own_model_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    catalog = loaded(tmp_path, OWN)
    assert catalog.entries[:-1] == load_catalog().entries
    entry = catalog.entries[-1]
    assert (entry.id, entry.origin, entry.default) == ("mine", Origin.OWN, "q8_0")
    assert entry.licence is not None
    assert entry.licence.conditions is not None
    spec = catalog.find("mine")
    assert spec.source == HubSource("me/mine-GGUF", "main", (RemoteFile("mine-*.gguf"),))
    assert spec.quantisation == "Q8_0"


def test_single_keys_of_a_shipped_model_can_be_said_otherwise(tmp_path: Path) -> None:
    before = entry_of(load_catalog(), "r1-qwen-7b")
    after = entry_of(
        loaded(
            tmp_path,
            """
            [model.r1-qwen-7b]
            default = "q5_k_m"
            sampling.temperature = 0.5
            gguf.repo = "mirror/R1-GGUF"
            variants.mine = { runtime = "ollama", ollama = "mine:7b" }
            """,
        ),
        "r1-qwen-7b",
    )
    assert after.origin is Origin.CHANGED
    assert after.default == "q5_k_m"
    assert after.defaults.temperature == 0.5
    assert after.defaults.force_thinking
    assert (after.title, after.shape, after.licence) == (before.title, before.shape, before.licence)
    usual = after.variant("q4_k_m")
    assert usual is not None
    assert isinstance(usual.source, HubSource)
    assert usual.source.repo == "mirror/R1-GGUF"
    mine = after.variant("mine")
    assert mine is not None
    assert mine.source == OllamaSource("mine:7b")


def test_all_sources_can_be_written(tmp_path: Path) -> None:
    digest = "0123456789abcdef" * 4
    catalog = loaded(
        tmp_path,
        f"""
        [model.x]
        title = "X"
        [model.x.variants]
        server = {{ runtime = "server", server = "http://127.0.0.1:8000#a/b" }}
        path = {{ runtime = "llamacpp", path = "/models/x.gguf", quantisation = "Q6_K" }}
        pinned = {{ runtime = "llamacpp", repo = "a/b", revision = "abc123", files = [
          {{ name = "sub/x.gguf", size = 5, sha256 = "{digest.upper()}" }},
        ] }}
        """,
    )
    assert catalog.find("x").source == ServerSource("http://127.0.0.1:8000/v1", "a/b")
    assert catalog.find("x:pinned").source == HubSource(
        "a/b", "abc123", (RemoteFile("sub/x.gguf", 5, digest),)
    )


def test_an_own_model_may_be_like_a_shipped_one(tmp_path: Path) -> None:
    entry = entry_of(
        loaded(
            tmp_path,
            """
            [model.mine]
            title = "Mine"
            like = "r1-qwen-7b"
            sampling.temperature = 0.4
            variants.a = { runtime = "server", server = "http://h/v1#mine" }
            """,
        ),
        "mine",
    )
    other = entry_of(load_catalog(), "r1-qwen-7b")
    assert (entry.shape, entry.licence, entry.languages) == (
        other.shape,
        other.licence,
        other.languages,
    )
    assert (entry.title, entry.repository, len(entry.variants)) == ("Mine", "", 1)
    assert entry.defaults.temperature == 0.4
    assert not entry.defaults.system_prompt


WRONG = [
    ('[model.x]\ntitle = "X"\nollama = "a"\nlike = "no"', "[model.x]", "r1-qwen-7b"),
    ('model.x.titel = "X"', "[model.x]", "title"),
    ("model.x = 5", "model", "table"),
    ("model = 5", "model", "table"),
    ("[models.x]", "models", "model"),
    ("[model.r1-qwen-7b]\ntitle = 5", "[model.r1-qwen-7b]", "title"),
    ("[model.r1-qwen-7b]\nunknown = 5", "[model.r1-qwen-7b]", "unknown"),
    ('[model.r1-qwen-7b]\ndefault = "q9"', "[model.r1-qwen-7b]", "q4_k_m"),
    ('[model.r1-qwen-7b]\nlicence = "none"', "licence", "apache-2.0"),
    ("[model.r1-qwen-7b]\nsampling.temperature = nan", "sampling", "temperature"),
    ("[model.r1-qwen-7b]\nsampling.temperature = true", "sampling", "temperature"),
    ("[model.r1-qwen-7b]\nsampling.top_k = -1", "sampling", "top_k"),
    ("[model.r1-qwen-7b]\nsampling.system_prompt = 1", "sampling", "system_prompt"),
    ("[model.r1-qwen-7b]\nsampling.instructions = 1", "sampling", "instructions"),
    ('[model.r1-qwen-7b]\nsampling.thinking = "maybe"', "sampling", "optional"),
    ("[model.r1-qwen-7b]\nshape.layers = 0", "shape", "layers"),
    ("[model.r1-qwen-7b]\nshape.layers = 99999999999999999999999", "shape", "layers"),
    ("[model.r1-qwen-7b]\nshape.layers = 2.5", "shape", "layers"),
    ('[model.r1-qwen-7b]\ngood_for.en = "{0}"', "good_for", "braces"),
    ('[model.r1-qwen-7b]\ntitle = "\\u001b[31m"', "title", "text"),
    ('[model.r1-qwen-7b]\ntitle = ""', "title", "text"),
    ('[model.r1-qwen-7b]\nlanguages = "en"', "languages", "list"),
    ("[model.r1-qwen-7b]\nlanguages = [1]", "languages", "list"),
    ('[model.r1-qwen-7b]\ngguf.repo = "../../etc"', "gguf", "repository"),
    ('[model.r1-qwen-7b]\ngguf.name = "../<QUANT>.gguf"', "gguf", "file name"),
    ('[model.r1-qwen-7b]\ngguf.revision = "../main"', "gguf", "revision"),
    ('[model.r1-qwen-7b]\nvariants.q4_k_m = { runtime = "ollama", ollama = "a" }', "q4_k_m", "two"),
    ('[model."../x"]\ntitle = "X"', "../x", "small letters"),
    ('[model.hf]\ntitle = "X"', "hf", "ollama"),
    ('[model.x]\ntitle = "X"', "[model.x]", "variant"),
    ('[model.x]\ntitle = "X"\nvaraints.a = 5', "[model.x]", "variant"),
    ('[model.x]\nollama = "a"', "[model.x]", "title"),
    ('[model.x]\ntitle = "X"\nvariants.a = { runtime = "magic" }', "variants.a", "llamacpp"),
    ('[model.x]\ntitle = "X"\nvariants.a = { runtime = "llamacpp" }', "variants.a", "files"),
    ('[model.x]\ntitle="X"\nvariants.a = {runtime="llamacpp", packaged="../a"}', "a]", "file name"),
    (
        '[model.x]\ntitle="X"\nvariants.a = {runtime="server", server="http://u:p@h#m"}',
        "variants.a",
        "password",
    ),
    (
        '[model.x]\ntitle="X"\nvariants.a = {runtime="llamacpp", repo="a/b", files=["/etc/x"]}',
        "variants.a",
        "file name",
    ),
    (
        '[model.x]\ntitle="X"\nvariants.a = {runtime="llamacpp", repo="a/b",'
        ' files=[{name="x.gguf", sha256="12"}]}',
        "files",
        "64",
    ),
    (
        '[model.x]\ntitle="X"\nvariants.a = {runtime="llamacpp", repo="a/b",'
        ' files=[{name="x.gguf", size=-1}]}',
        "files",
        "size",
    ),
]


@pytest.mark.parametrize(("text", "place", "told"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_told_with_file_table_and_key(
    tmp_path: Path, text: str, place: str, told: str
) -> None:
    with pytest.raises(Damaged) as caught:
        loaded(tmp_path, text)
    for part in ("models.toml", place, told):
        assert part in str(caught.value)
    zh = caught.value.message.zh.format(*caught.value.message.args)
    assert str(tmp_path) in zh
    assert any("\u4e00" <= char <= "\u9fff" for char in zh)


@pytest.mark.parametrize(
    "raw",
    [
        b"[model.x",
        b"\xff\xfe",
        b"a = 1\x00",
        b"x" * 600_000,
        b"a" + b".a" * 100_000 + b" = 1",
        b"a = " + b"[" * 4000 + b"\n",
        b"a = " + b"{a=" * 1000,
        b"a = " + b"9" * 4000,
        b"".join(b"[model.m%d]\ntitle='x'\nollama='a'\n" % n for n in range(2500)),
        b"\n".join(b"a%d" % n + b".a" * 2000 + b" = 1" for n in range(60)),
        b"[model.x]\n" + b"".join(b"a" + b".a" * 1500 + b"%d = 1\n" % n for n in range(100)),
    ],
    ids=range(11),
)
def test_a_hostile_file_is_refused_in_bounded_time(tmp_path: Path, raw: bytes) -> None:
    start = time.process_time()
    with pytest.raises(Damaged):
        loaded(tmp_path, raw)
    assert time.process_time() - start < 10


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "models.toml").mkdir()
    with pytest.raises(Damaged, match="cannot be read"):
        load_catalog(tmp_path / "models.toml")


WORDS = st.sampled_from(
    "model licence r1-qwen-7b x title gguf repo name quants variants a runtime sampling".split()
)
VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=12,
)


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60
)
@given(st.dictionaries(WORDS, st.dictionaries(WORDS, VALUES, max_size=3), max_size=3))
def test_any_tables_are_read_or_refused(tmp_path: Path, values: dict[str, object]) -> None:
    import tomli_w

    try:
        catalog = loaded(tmp_path, tomli_w.dumps(values))
    except Damaged:
        return
    assert len(catalog.entries) >= 40


def test_the_file_is_found_as_in_a_wheel(tmp_path: Path) -> None:
    """There it lies beside the package ``assistant``; a stranger's file above is none of ours."""
    shutil.copytree(
        Path(runtimes.__file__).parent,
        tmp_path / "runtimes",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    (tmp_path / "assistant").mkdir()
    shutil.copy(shipped_file(), tmp_path / "assistant" / "models.toml")
    (tmp_path / "models.toml").write_text("[a.stranger]\n")
    code = (
        "from runtimes.catalog.loading import load_catalog, shipped_file\n"
        "print(shipped_file(), len(load_catalog().entries), load_catalog().find('micro').id)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    file, count, name = done.stdout.split()
    assert Path(file) == tmp_path / "assistant" / "models.toml"
    assert int(count) == len(load_catalog().entries)
    assert name == "micro:q8_0"


def test_the_file_is_found_in_a_checkout() -> None:
    assert shipped_file() == Path(runtimes.__file__).resolve().parents[1] / "models.toml"
