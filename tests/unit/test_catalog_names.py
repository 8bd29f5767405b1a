"""Every form of a model's name, right and wrong."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtimes.catalog import load_catalog
from runtimes.errors import Damaged, NotFound, RuntimeFailure
from runtimes.types import (
    Capability,
    FileSource,
    HubSource,
    OllamaSource,
    ScriptSource,
    ServerSource,
    Source,
    Thinking,
)

CATALOG = load_catalog()


def source_of(name: str) -> Source:
    return CATALOG.find(name).source


def remedy(name: str) -> str:
    with pytest.raises(NotFound) as caught:
        CATALOG.find(name)
    text = caught.value.remedy
    assert text is not None
    return text.en.format(*text.args)


def only_file(source: Source) -> str:
    assert isinstance(source, HubSource)
    (file,) = source.files
    return file.name


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("r1-qwen-1.5b", "r1-qwen-1.5b:q4_k_m"),
        ("R1-Qwen-1.5B:Q8_0", "r1-qwen-1.5b:q8_0"),
        ("  r1-qwen-1.5b:q8-0 ", "r1-qwen-1.5b:q8_0"),
        ("qwen2.5-7b:gptq_int4", "qwen2.5-7b:gptq-int4"),
        ("micro", "micro:q8_0"),
        ("micro:NF4", "micro:nf4"),
    ],
)
def test_an_id_with_or_without_a_variant(name: str, meant: str) -> None:
    spec = CATALOG.find(name)
    assert spec.id == meant
    assert CATALOG.find(spec.id) == spec


def test_forms_of_one_model_differ_in_what_runs_them() -> None:
    gguf, nf4 = CATALOG.find("r1-qwen-7b:q5_k_m"), CATALOG.find("r1-qwen-7b:nf4")
    assert (gguf.runtime, gguf.quantisation) == ("llamacpp", "Q5_K_M")
    assert (nf4.runtime, nf4.quantisation) == ("checkpoint", "nf4")
    assert only_file(gguf.source) == "DeepSeek-R1-Distill-Qwen-7B-Q5_K_M.gguf"
    assert nf4.source == HubSource("deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", "main")
    assert gguf.shape == nf4.shape
    assert Capability.GRAMMAR in gguf.capabilities - nf4.capabilities
    assert Capability.THINKING in gguf.capabilities & nf4.capabilities
    assert Capability.THINKING not in CATALOG.find("qwen2.5-7b").capabilities


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("r1-qwen-1.5", "r1-qwen-1.5b"),
        ("mikro", "micro"),
        ("r1-qwen-7b:q9", "q4_k_m"),
        ("r1-qwen-7b:", "q4_k_m"),
        ("deepseek-ai/DeepSeek-R1", "hf:deepseek-ai/DeepSeek-R1"),
        ("org/name:Q4_K_M", "hf:org/name:Q4_K_M"),
        ("http://127.0.0.1:8000/v1", "server:http://127.0.0.1:8000/v1#MODEL"),
        ("models/a.gguf", "file:models/a.gguf"),
        ("./checkpoint", "file:./checkpoint"),
        ("", "assistant models"),
        ("zzzzzzzzzz", "assistant models"),
        ("hf:org", "hf:ORG/REPOSITORY"),
        ("hf:org/../name", "hf:ORG/REPOSITORY"),
        ("hf:org/name:../a.gguf", "hf:ORG/REPOSITORY"),
        ("hf:org/name:/etc/a.gguf", "hf:ORG/REPOSITORY"),
        ("hf:org/name:a\\b.gguf", "hf:ORG/REPOSITORY"),
        ("hf:org/name:model.bin", "FILE.gguf"),
        ("hf:" + "a" * 5000, "hf:ORG/REPOSITORY"),
        ("ollama:", "ollama:NAME"),
        ("ollama:-x", "ollama:NAME"),
        ("ollama:a b", "ollama:NAME"),
        ("file:", "file:PATH"),
        ("file:a\0b", "file:PATH"),
    ],
)
def test_a_wrong_name_says_what_is_meant_or_how_it_is_written(name: str, told: str) -> None:
    assert told in remedy(name)


def test_the_root_folder_is_no_model() -> None:
    with pytest.raises(Damaged, match="/ is no checkpoint"):
        CATALOG.find("file:/")


@pytest.mark.parametrize(
    ("name", "url", "model"),
    [
        ("http://127.0.0.1:8000/v1#a/B", "http://127.0.0.1:8000/v1", "a/B"),
        ("http://localhost:8000#m", "http://localhost:8000/v1", "m"),
        ("https://h/v1/#m#2", "https://h/v1", "m#2"),
        ("http://h/v1/chat/completions#m", "http://h/v1", "m"),
        ("http://[::1]:80/api/v3#m:7b", "http://[::1]:80/api/v3", "m:7b"),
    ],
)
def test_a_server_and_its_model(name: str, url: str, model: str) -> None:
    spec = CATALOG.find(f"server:{name}")
    assert spec.source == ServerSource(url, model)
    assert spec.id == f"server:{url}#{model}"
    assert CATALOG.find(spec.id) == spec


@pytest.mark.parametrize(
    "name",
    [
        "http://h/v1",
        "http://h/v1#",
        "h:80#m",
        "ftp://h#m",
        "file:///etc/passwd#m",
        "http://user:secret@h/v1#m",
        "http://h:port/v1#m",
        "http://h:99999/v1#m",
        "http://h/v1?key=secret#m",
        "http://[::1#m",
        "http:///v1#m",
        "http://h/\x1b[2J#m",
        "http://a b#m",
        "http://h/v1#" + "m" * 600,
    ],
)
def test_a_malformed_server_is_refused_and_no_password_is_repeated(name: str) -> None:
    with pytest.raises(NotFound) as caught:
        CATALOG.find(f"server:{name}")
    assert "secret" not in f"{caught.value} {caught.value.message} {caught.value.remedy}"


def test_a_known_model_keeps_its_ways_wherever_it_runs(tmp_path: Path) -> None:
    at_home = CATALOG.find("r1-qwen-7b")
    gguf = tmp_path / "deepseek_r1 distill-qwen-7b.Q4_K_M.gguf"
    gguf.write_bytes(b"GGUF")
    for name in (
        "hf:bartowski/DeepSeek-R1-Distill-Qwen-7B-GGUF:Q3_K_S",
        "hf:deepseek-ai/deepseek-r1-distill-qwen-7b",
        "ollama:deepseek-r1:7b",
        "server:http://h/v1#deepseek-ai/DeepSeek-R1-Distill-Qwen-7B",
        "server:http://h/v1#casperhansen/deepseek-r1-distill-qwen-7b-awq",
    ):
        spec = CATALOG.find(name)
        assert spec.id == name
        assert (spec.defaults, spec.shape) == (at_home.defaults, at_home.shape)
        assert spec.licence == at_home.licence
        assert Capability.THINKING in spec.capabilities
    on_disk = CATALOG.find(f"file:{gguf}")
    assert on_disk.defaults == at_home.defaults
    assert on_disk.shape is None  # the file itself says it
    assert on_disk.quantisation == "Q4_K_M"


def test_a_server_without_a_model_tells_what_is_missing() -> None:
    with pytest.raises(NotFound, match="name of a model") as caught:
        CATALOG.find("server:http://127.0.0.1:8000/v1")
    assert caught.value.remedy is not None
    assert caught.value.remedy.args == ("http://127.0.0.1:8000/v1",)
    for url in ("http://me:secret@127.0.0.1/v1", "https://h/v1?key=secret"):
        with pytest.raises(NotFound) as caught:
            CATALOG.find(f"server:{url}")
        assert "secret" not in f"{caught.value} {caught.value.remedy}"


def test_a_part_of_a_model_is_its_first(tmp_path: Path) -> None:
    for n in (1, 2):
        (tmp_path / f"模型-Q4_K_M-0000{n}-of-00002.gguf").write_bytes(b"GGUF")
    spec = CATALOG.find(f"file:{tmp_path}/模型-Q4_K_M-00002-of-00002.gguf")
    assert spec.source == FileSource(str(tmp_path / "模型-Q4_K_M-00001-of-00002.gguf"))
    assert spec.quantisation == "Q4_K_M"
    (tmp_path / "模型-Q4_K_M-00001-of-00002.gguf").unlink()
    with pytest.raises(NotFound, match=r"no file .*-00001-of-00002\.gguf"):
        CATALOG.find(f"file:{tmp_path}/模型-Q4_K_M-00002-of-00002.gguf")


def test_the_longest_name_wins_and_a_cache_folder_tells_it(tmp_path: Path) -> None:
    folder = tmp_path / "models--Qwen--Qwen2.5-Math-7B-Instruct" / "snapshots" / ("0" * 40)
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"")
    spec = CATALOG.find(f"file:{folder}")
    assert spec.runtime == "checkpoint"
    assert spec.defaults == CATALOG.find("qwen2.5-math-7b").defaults
    assert spec.defaults.thinking is Thinking.NEVER


@pytest.mark.parametrize("name", ["micro", "Micro", "micro:q8_0"])
def test_a_server_may_call_a_model_as_the_catalogue_does(name: str) -> None:
    spec = CATALOG.find(f"server:http://127.0.0.1:8000/v1#{name}")
    assert spec.defaults == CATALOG.find("micro").defaults
    assert spec.defaults.thinking is Thinking.ALWAYS


@pytest.mark.parametrize(
    ("name", "runtime", "file", "quantisation"),
    [
        ("hf:org/Some-GGUF", "llamacpp", "*Q4_K_M*.gguf", "Q4_K_M"),
        ("hf:org/Some-GGUF:q5_k_s", "llamacpp", "*q5_k_s*.gguf", "Q5_K_S"),
        ("hf:org/x:sub/a-IQ3_XS-00001-of-00002.gguf", "llamacpp", "", "IQ3_XS"),
        ("hf:org/x:a.BF16.gguf", "llamacpp", "a.BF16.gguf", "BF16"),
        ("hf:org/x:a.gguf", "llamacpp", "a.gguf", ""),
        ("hf:org/x", "checkpoint", None, ""),
    ],
)
def test_a_repository_of_the_hub(
    name: str, runtime: str, file: str | None, quantisation: str
) -> None:
    spec = CATALOG.find(name)
    assert isinstance(spec.source, HubSource)
    assert (spec.runtime, spec.quantisation) == (runtime, quantisation)
    files = [f.name for f in spec.source.files]
    assert files == ([] if file is None else [file or name.rpartition(":")[2]])


def test_a_file_is_what_its_first_bytes_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.bin").write_bytes(b"GGUF\x03")
    spec = CATALOG.find("file:a.bin")
    assert (spec.id, spec.runtime) == ("file:a.bin", "llamacpp")
    assert spec.source == FileSource(str(tmp_path / "a.bin"))
    Path("b.gguf").write_bytes(b"PK\x03\x04")
    with pytest.raises(Damaged, match="no GGUF"):
        CATALOG.find("file:b.gguf")
    Path("empty.gguf").touch()
    with pytest.raises(Damaged):
        CATALOG.find("file:empty.gguf")
    with pytest.raises(NotFound, match="no file"):
        CATALOG.find("file:c.gguf")
    with pytest.raises(NotFound, match="cannot be opened"):
        CATALOG.find(f"file:{'x' * 300}")


def test_a_folder_must_hold_a_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="safetensors"):
        CATALOG.find(f"file:{tmp_path}")
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(Damaged, match="safetensors"):
        CATALOG.find(f"file:{tmp_path}")
    (tmp_path / "a.gguf").write_bytes(b"GGUF")
    with pytest.raises(Damaged) as caught:
        CATALOG.find(f"file:{tmp_path}")
    assert caught.value.remedy is not None
    assert str(tmp_path / "a.gguf") in caught.value.remedy.args
    (tmp_path / "model.safetensors").write_bytes(b"")
    assert CATALOG.find(f"file:{tmp_path}").runtime == "checkpoint"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    start = time.monotonic()
    with pytest.raises(Damaged):
        CATALOG.find(f"file:{tmp_path / 'pipe'}")
    assert time.monotonic() - start < 5


def test_a_home_folder_is_meant_by_its_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "a.gguf").write_bytes(b"GGUF")
    assert source_of("file:~/a.gguf") == FileSource(str(tmp_path / "a.gguf"))


def test_a_script_is_a_file(tmp_path: Path) -> None:
    script = tmp_path / "a.jsonl"
    with pytest.raises(NotFound, match="no script"):
        CATALOG.find(f"scripted:{script}")
    script.write_text("")
    assert source_of(f"scripted:{script}") == ScriptSource(str(script))
    assert CATALOG.find(f"scripted:{script}").runtime == "scripted"


def test_ollama_takes_its_own_names() -> None:
    assert source_of("ollama:hf.co/org/name-GGUF:Q4_K_M") == OllamaSource(
        "hf.co/org/name-GGUF:Q4_K_M"
    )
    assert source_of("r1-qwen-7b:ollama") == OllamaSource("deepseek-r1:7b")


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300
)
@given(
    form=st.sampled_from(["", "hf:", "ollama:", "server:", "server:http://", "file:", "scripted:"]),
    rest=st.text(max_size=40) | st.text("aB1/.:#@?%[]-_~\\ ", max_size=40),
)
def test_any_text_is_a_name_or_a_plain_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, rest: str
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        spec = CATALOG.find(form + rest)
    except RuntimeFailure:
        return
    assert spec.runtime in ("llamacpp", "checkpoint", "ollama", "server", "scripted")
    if isinstance(spec.source, HubSource):
        assert all(".." not in file.name.split("/") for file in spec.source.files)
