"""``assistant notes`` with a model that reads them, as a user runs it."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from command import assistant
from ollama_replayer import NAME, Replayer, replaying

needs_llama = pytest.mark.skipif(
    importlib.util.find_spec("llama_cpp") is None, reason="needs llama_cpp"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cats.md").write_text("# Cats\n\nThe cat sleeps on the mat.\n", encoding="utf-8")
    (tmp_path / "面积.md").write_text("定积分是曲边梯形的面积。\n", encoding="utf-8")
    return tmp_path


def by(*words: str) -> tuple[str, list[str], str]:
    done = assistant("notes", "search", *words, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return found["by"], [Path(one["path"]).name for one in found["passages"]], done.stderr


@pytest.mark.slow
@needs_llama
def test_the_model_that_ships_reads_the_notes(home: Path) -> None:
    assistant("notes", "add", "cats.md")
    assert by("slope") == ("words", [], "")
    done = assistant("notes", "embed", "micro")
    assert done.returncode == 0, done.stderr
    assert "1 of 1" in done.stdout
    assert by("slope") == ("words and meaning", ["cats.md"], "")
    assert by("slope", "--by-words") == ("words", [], "")
    assert "micro 已阅读 1 个段落" in assistant("notes", "add", "面积.md", "--lang", "zh").stdout
    done = assistant("notes", "embed", "micro:f16", "--json")
    assert json.loads(done.stdout) == {"model": "micro:f16", "read": 2, "passages": 2}
    assert "仅按词语" not in assistant("notes", "embed", "none", "--lang", "zh").stderr
    assert by("slope") == ("words", [], "")


@pytest.mark.slow
@needs_llama
def test_a_model_that_was_made_to_write_is_taken_with_a_warning(home: Path) -> None:
    assistant("notes", "add", "cats.md")
    done = assistant("notes", "embed", "-m", "micro")
    assert done.returncode == 0, done.stderr
    assert "1 of 1" in done.stdout
    assert "made to write, not to embed" in done.stderr
    assert "不是嵌入模型" in assistant("notes", "embed", "micro", "--lang", "zh").stderr


@pytest.mark.slow
def test_a_checkpoint_reads_them_by_its_own_pooling(home: Path) -> None:
    pytest.importorskip("transformers")
    from tiny_bert import tiny_bert

    name = f"file:{tiny_bert(home / 'm')}"
    assistant("notes", "add", "cats.md")
    done = assistant("notes", "embed", name)
    assert done.returncode == 0, done.stderr
    assert (done.stderr, "1 of 1" in done.stdout) == ("", True)
    assert by("slope") == ("words and meaning", ["cats.md"], "")


@pytest.mark.slow
def test_a_plain_encoder_is_said_to_be_pooled_by_the_mean(home: Path) -> None:
    pytest.importorskip("transformers")
    from tiny_bert import tiny_bert

    assistant("notes", "add", "cats.md")
    done = assistant("notes", "embed", f"file:{tiny_bert(home / 'm', pooling=None)}")
    assert done.returncode == 0, done.stderr
    assert "the mean of its tokens" in done.stderr


@pytest.mark.slow
def test_a_model_of_ollama_reads_them_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with replaying(Replayer()) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        name = f"ollama:{NAME}"
        done = assistant("notes", "add", "cats.md", "--embed", name)
        assert done.returncode == 0, done.stderr
        assert f"1 passages read by {name}" in done.stdout
        assert by("mat", "--embed", name) == ("words and meaning", ["cats.md"], "")
        assert server.broken == []


@pytest.mark.slow
def test_where_the_model_fails_the_words_are_searched_and_it_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with replaying(Replayer()) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        assistant("notes", "add", "cats.md")
        assert assistant("notes", "embed", f"ollama:{NAME}").returncode == 0
    way, found, said = by("cat")
    assert (way, found) == ("words", ["cats.md"])
    assert "by their words only" in said
    done = assistant("notes", "add", "面积.md", "--lang", "zh")  # the model is gone, the notes not
    assert done.returncode == 0
    assert "仅按词语搜索" in done.stderr
    assert "新增 1 个" in done.stdout


def test_what_a_model_has_not_read_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assistant("notes", "add", ".")
    with replaying(Replayer()) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        name = f"ollama:{NAME}"
        way, found, said = by("cat", "--embed", name)
    assert (way, found) == ("words", ["cats.md"])
    assert f"2 of 2 passages were not read by {name}" in said
    assert f"assistant notes refresh --embed {name}" in said


def test_notes_are_sent_to_no_other_machine(home: Path) -> None:
    done = assistant("notes", "add", "cats.md", "--embed", "server:http://192.0.2.1/v1#m")
    assert done.returncode == 3
    assert "never leave this machine" in done.stderr
    assert by("cat")[:2] == ("words", ["cats.md"])


@pytest.mark.slow
def test_a_model_that_only_writes_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with replaying(Replayer(embeds=False)) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        assistant("notes", "add", "cats.md")
        done = assistant("notes", "embed", f"ollama:{NAME}")
        assert done.returncode == 2
        assert "does not support embeddings" in done.stderr
    assert json.loads(assistant("notes", "embed", "--json").stdout) == {"model": None}


@pytest.mark.parametrize(
    "words",
    [("embed", "a", "b"), ("list", "--embed", "micro"), ("add", "x", "--by-words")],
)
def test_slips(home: Path, words: tuple[str, ...]) -> None:
    assert assistant("notes", *words).returncode == 2
