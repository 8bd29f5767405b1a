"""``assistant ask`` where no model answers: what that means for its options and the history."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import assistant


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "told"), [("en", "--vote, --think had no effect"), ("zh", "--vote、--think 未起作用")]
)
def test_options_that_only_a_model_heeds_are_named(lang: str, told: str) -> None:
    done = assistant("ask", "x + 1 = 3", "--vote", "3", "--think", "0", "--lang", lang)
    assert done.returncode == 0
    assert told in done.stderr
    assert "had no effect" not in assistant("ask", "x + 1 = 3").stderr
    done = assistant("ask", "x + 1 = 3", "--tools", "--json")
    assert "--tools had no effect" in done.stderr
    assert all(json.loads(line) for line in done.stdout.splitlines())


@pytest.mark.slow
def test_they_are_not_named_where_a_model_answers() -> None:
    done = assistant("ask", "Hello", "-m", "micro", "--think", "20")
    assert "had no effect" not in done.stderr


@pytest.mark.slow
def test_a_question_to_nobody_is_in_no_history() -> None:
    assert assistant("ask", "Why is the sky blue?").returncode == 2
    assert "sky" not in assistant("history", "list").stdout
    assistant("ask", "x + 1 = 3")
    assert assistant("ask", "-c", "And why is that?").returncode == 2
    listed = json.loads(assistant("history", "list", "--json").stdout)
    assert [one["turns"] for one in listed["conversations"]] == [1]
