"""Ollama and a prompt that is too long: never cut in silence, and no false alarm."""

from __future__ import annotations

import pytest
from ollama_models import loaded
from ollama_replayer import Replayer, replaying

from runtimes.base import Cancel
from runtimes.errors import Overflow, Truncated
from runtimes.types import Finished, FinishReason, GenerationParams, Message, Role

NEW, OLD, MIDDLE = "0.33.3", "0.9.6", "0.12.5"
VERSIONS = [NEW, "0.30.1", "0.12.6", MIDDLE, OLD, "0.5.13"]

GREEDY = GenerationParams(max_tokens=20)


def words(count: int, text: str = "word") -> Message:
    return Message(Role.USER, " ".join([text] * count))


@pytest.mark.parametrize("version", VERSIONS)
def test_more_words_than_the_window_has_tokens_are_not_even_sent(version: str) -> None:
    with replaying(Replayer(version=version)) as server:
        model = loaded(server, context=1024)
        with pytest.raises(Overflow):
            next(model.stream([words(1100)], GREEDY, Cancel()))
        assert not server.chats()


@pytest.mark.parametrize("version", [NEW, "0.12.6"])
def test_a_new_server_refuses_what_it_would_cut(version: str) -> None:
    with replaying(Replayer(version=version)) as server:
        model = loaded(server, context=1024)
        with pytest.raises(Overflow) as caught:
            next(model.stream([words(600, "extraordinarily")], GREEDY, Cancel()))
        assert "exceeds the available context" in str(caught.value)


@pytest.mark.parametrize("version", [MIDDLE, OLD])
def test_the_cut_of_an_old_server_shows_in_its_count(version: str) -> None:
    """One question longer than the window: its middle is thrown away."""
    with replaying(Replayer(version=version)) as server:
        model = loaded(server, context=1024)
        with pytest.raises(Truncated):
            list(model.stream([words(600, "extraordinarily")], GREEDY, Cancel()))


@pytest.mark.parametrize("version", [MIDDLE, OLD])
def test_old_messages_left_out_by_an_old_server_are_missed(version: str) -> None:
    """What is left fits well, so that only the number of words gives it away."""
    turns = [words(700), Message(Role.ASSISTANT, "1.2.3." * 60), words(200)]
    with replaying(Replayer(version=version)) as server:
        model = loaded(server, context=1024)
        with pytest.raises(Truncated) as caught:
            list(model.stream(turns, GREEDY, Cancel()))
        assert "at least 900" in str(caught.value)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "turns",
    [
        [words(1)],
        [words(900)],
        [Message(Role.USER, "解方程" * 100)],
        [Message(Role.USER, "a_b-c" * 100 + "\n\n\n   x=1,2,3")],
        [Message(Role.SYSTEM, "be brief"), words(100), Message(Role.ASSISTANT, "ok"), words(100)],
    ],
    ids=["a word", "nearly full", "chinese", "signs", "a conversation"],
)
def test_no_false_alarm(version: str, turns: list[Message]) -> None:
    with replaying(Replayer(version=version)) as server:
        events = list(loaded(server, context=1024).stream(turns, GREEDY, Cancel()))
        assert isinstance(events[-1], Finished)


def test_counts_without_what_was_cached_raise_no_alarm() -> None:
    """0.30.0 counted only what it had not read before (ollama pull request 16428)."""
    with replaying(Replayer(version="0.30.0")) as server:
        model = loaded(server, context=1024)
        list(model.stream([words(900)], GREEDY, Cancel()))
        server.cached = 880
        events = list(model.stream([words(900)], GREEDY, Cancel()))
        assert isinstance(events[-1], Finished)
        assert events[-1].usage.prompt_tokens < 900


def test_an_answer_that_fills_the_window_ends_there() -> None:
    story = [words(100), Message(Role.ASSISTANT, ""), Message(Role.USER, "Tell me a long story")]
    with replaying(Replayer()) as server:
        events = list(loaded(server, context=256).stream(story, GenerationParams(), Cancel()))
        last = events[-1]
        assert isinstance(last, Finished)
        assert last.reason is FinishReason.LENGTH
        assert server.chats()[-1]["shift"] is False


def test_an_old_server_that_writes_past_its_window_is_told_of() -> None:
    """It throws away the middle of what it has written, and goes on."""
    story = [words(100), Message(Role.ASSISTANT, ""), Message(Role.USER, "Tell me a long story")]
    with replaying(Replayer(version=OLD)) as server:
        model = loaded(server, context=256)
        with pytest.raises(Truncated) as caught:
            list(model.stream(story, GenerationParams(), Cancel()))
        assert "overflowed" in str(caught.value)


def test_a_server_that_does_not_count_is_believed() -> None:
    """Before 0.2 the count was missing for what was cached."""
    with replaying(Replayer(version="0.1.48", counts=False)) as server:
        events = list(loaded(server).stream([words(50)], GREEDY, Cancel()))
        assert isinstance(events[-1], Finished)
        assert events[-1].usage.prompt_tokens == 0


def test_an_engine_that_does_not_keep_to_the_window_cuts_nothing() -> None:
    """Ollama's MLX engine reads a prompt of any length, and memory grows with it."""
    with replaying(Replayer(enforces=False)) as server:
        model = loaded(server, context=1024)
        events = list(model.stream([words(600, "extraordinarily")], GenerationParams(), Cancel()))
        assert isinstance(events[-1], Finished)
        assert events[-1].usage.prompt_tokens > 1024
