"""Models that a user adds, takes as the default, and removes, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import assistant

from assistant.cli.main import run


def said(home: Path, *words: str) -> str:
    done = assistant("models", *words, ASSISTANT_HOME=str(home))
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.slow
def test_a_model_is_added_used_as_default_and_removed(tmp_path: Path) -> None:
    assert "assistant pull tiny" in said(tmp_path, "add", "hf:org/Tiny-GGUF", "--id", "tiny")
    overlay = (tmp_path / "config" / "models.toml").read_text()
    assert 'files = ["*Q4_K_M*.gguf"]' in overlay
    assert "think" not in said(tmp_path, "show", "tiny")  # nobody has said whether it does
    assert "default model is tiny" in said(tmp_path, "default", "Tiny")
    assert "★" in next(line for line in said(tmp_path).splitlines() if " tiny " in line)
    done = assistant("models", "remove", "tiny", ASSISTANT_HOME=str(tmp_path))
    assert done.returncode == 0
    assert "was the default" in done.stderr
    assert (tmp_path / "config" / "models.toml").read_text() == ""
    assert "no default" in said(tmp_path, "default")


@pytest.mark.slow
def test_what_is_done_can_be_read_by_a_script(tmp_path: Path) -> None:
    added = json.loads(said(tmp_path, "add", "ollama:phi4", "--json"))
    assert added == {"added": "phi4", "file": str(tmp_path / "config" / "models.toml")}
    assert json.loads(said(tmp_path, "default", "phi4", "--json")) == {"default": "phi4"}
    assert json.loads(said(tmp_path, "default", "--clear", "--json")) == {"default": None}
    assert json.loads(said(tmp_path, "remove", "phi4", "--json")) == {
        "removed": "phi4",
        "was": "own",
    }


@pytest.mark.slow
def test_a_default_means_the_same_in_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.gguf").write_bytes(b"GGUF")
    Path("a.jsonl").touch()
    assert f"file:{tmp_path / 'a.gguf'}" in said(tmp_path, "default", "file:a.gguf")
    assert f"scripted:{tmp_path / 'a.jsonl'}" in said(tmp_path, "default", "scripted:a.jsonl")
    assert "r1-qwen-7b:q8_0" in said(tmp_path, "default", "R1-Qwen-7B:Q8-0")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "micro"), "already"),
        (("add", "ollama:phi4", "--id", "micro"), "already"),
        (("add", "ollama:phi4", "--id", "A B"), "--id"),
        (("add", "hf:nonsense"), "hf:ORG/REPOSITORY"),
        (("add", "server:http://me:secret@host/v1#m"), "server:http://HOST"),
        (("add", "file:/nowhere/x.gguf"), "no file"),
        (("add", "something"), "no model"),
        (("add",), "SOURCE"),
        (("default", "nothing-like-it"), "no model"),
        (("remove", "micro"), "ships"),
        (("remove", "phi4"), "no model"),
    ],
)
def test_a_refusal_says_why_and_writes_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    assert run(["models", *words, "--lang", "en"]) == 2
    english = capsys.readouterr()
    assert run(["models", *words, "--lang", "zh"]) == 2
    chinese = capsys.readouterr()
    assert told in english.err
    assert any("\u4e00" <= char <= "\u9fff" for char in chinese.err)
    assert not english.out + chinese.out
    assert "secret" not in english.err + chinese.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_adding_keeps_the_hand_of_the_user(tmp_path: Path) -> None:
    overlay = tmp_path / "config" / "models.toml"
    overlay.parent.mkdir()
    mine = "# mine\n[model.r1-qwen-7b]\nsampling.temperature = 0.5 # calmer\n"
    overlay.write_text(mine)
    said(tmp_path, "add", "ollama:phi4")
    assert overlay.read_text().startswith(mine)
    assert "temperature 0.5" in said(tmp_path, "show", "r1-qwen-7b")
    assert "as it ships" in said(tmp_path, "remove", "r1-qwen-7b")
    assert "temperature 0.6" in said(tmp_path, "show", "r1-qwen-7b")
    assert "phi4" in overlay.read_text()


def test_what_is_only_begun_is_offered_in_full() -> None:
    said = assistant("models", "show", "r1-qwen").stderr
    assert all(name in said for name in ("r1-qwen-1.5b", "r1-qwen-7b", "r1-qwen-14b"))
    assert "r1-llama" not in said
    assert "r1-qwen-7b" in assistant("models", "show", "r1-quen-7b").stderr
