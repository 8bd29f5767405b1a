"""``assistant bench``: measured through the command, kept, and compared."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command import assistant

from assistant.cli.diagnostics import Exit

WORDS = 12


@pytest.fixture
def script(tmp_path: Path) -> str:
    file = tmp_path / "script.jsonl"
    lines = [{"after": 0.01, "text": "word "} for _ in range(WORDS)]
    file.write_text("\n".join(map(json.dumps, lines)))
    return f"scripted:{file}"


def test_a_first_run_has_nothing_to_compare_and_a_second_one_has(
    tmp_path: Path, script: str
) -> None:
    home = str(tmp_path / "home")
    first = assistant("bench", script, "--tokens", "16", "--lang", "en", ASSISTANT_HOME=home)
    assert first.returncode == Exit.OK, first.stderr
    assert "tokens/s" in first.stdout
    assert "the first run of this model here" in first.stdout
    assert "%" not in first.stdout
    second = assistant("bench", "-m", script, "--tokens", "16", "--lang", "zh", ASSISTANT_HOME=home)
    assert "词元/秒" in second.stdout
    assert " %)" in second.stdout
    assert "其他条件未变" in second.stdout
    kept = (tmp_path / "home" / "state" / "bench.jsonl").read_text().splitlines()
    assert len(kept) == 2


def test_json_tells_what_has_changed(tmp_path: Path, script: str) -> None:
    home = str(tmp_path / "home")
    assistant("bench", script, "--tokens", "8", ASSISTANT_HOME=home)
    done = assistant(
        "bench", script, "--tokens", "8", "--threads", "1", "--json", ASSISTANT_HOME=home
    )
    record = json.loads(done.stdout)
    assert record["speed"]["written_tokens"] == 8
    assert record["before"]["setting"]["threads"] == 0
    assert record["changes"] == [{"what": "threads", "before": 0, "after": 1}]
    assert isinstance(record["percent"]["write_rate"], float)


@pytest.mark.slow
def test_changes_are_words_of_both_languages(tmp_path: Path, script: str) -> None:
    home = str(tmp_path / "home")
    assistant("bench", script, "--tokens", "8", ASSISTANT_HOME=home)
    words = ("bench", script, "--tokens", "8", "--threads", "2")
    done = assistant(*words, "--lang", "zh", ASSISTANT_HOME=home)
    assert "期间的变化：线程数 自动 → 2" in done.stdout
    assert "changed since: threads 2 → automatic" in (
        assistant("bench", script, "--tokens", "8", "--lang", "en", ASSISTANT_HOME=home).stdout
    )


def test_a_result_that_cannot_be_kept_is_shown_all_the_same(tmp_path: Path, script: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "state").write_text("a file in the place of the folder")
    done = assistant("bench", script, "--tokens", "8", ASSISTANT_HOME=str(home))
    assert done.returncode == Exit.OK
    assert "tokens/s" in done.stdout
    assert "cannot be kept" in done.stderr


def test_a_model_that_fails_has_no_numbers(tmp_path: Path) -> None:
    file = tmp_path / "script.jsonl"
    file.write_text('{"error": "broken"}')
    done = assistant("bench", f"scripted:{file}", ASSISTANT_HOME=str(tmp_path / "home"))
    assert done.returncode == Exit.UNAVAILABLE
    assert done.stdout == ""
    assert "broken" in done.stderr
    assert not (tmp_path / "home" / "state" / "bench.jsonl").exists()


def test_without_a_model_it_says_how_to_name_one(tmp_path: Path) -> None:
    done = assistant("bench", ASSISTANT_HOME=str(tmp_path))
    assert done.returncode == Exit.USAGE
    assert "assistant models" in done.stderr


@pytest.mark.slow
def test_the_shipped_model_is_measured(tmp_path: Path) -> None:
    done = assistant("bench", "micro", "--tokens", "32", "--json", ASSISTANT_HOME=str(tmp_path))
    if "not installed" in done.stderr:
        pytest.skip("llama-cpp-python is not here")
    assert done.returncode == Exit.OK, done.stderr
    record = json.loads(done.stdout)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", record["setting"]["build"])
    speed = record["speed"]
    assert speed["written_tokens"] >= 8
    assert speed["write_rate"] > 1
    assert speed["prompt_rate"] > 1
    assert speed["memory_bytes"] > 1 << 20
