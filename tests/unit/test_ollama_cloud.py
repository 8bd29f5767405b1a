"""Models that Ollama does not run itself: where the question goes is said, and never offline."""

from __future__ import annotations

import pytest
from ollama_models import MACHINE, loaded, spec
from ollama_replayer import Replayer, replaying

from runtimes.errors import Offline
from runtimes.ollama import Ollama
from runtimes.types import Fit, Wish

CLOUD = {"remote_model": "gpt-oss:120b", "remote_host": "https://ollama.com:443"}


@pytest.mark.parametrize("in_show", [False, True])
def test_offline_a_model_of_the_cloud_is_refused_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch, *, in_show: bool
) -> None:
    monkeypatch.setenv("ASSISTANT_OFFLINE", "1")
    with replaying(Replayer(remote=CLOUD, remote_in_show=in_show)) as server:
        with pytest.raises(Offline) as caught:
            loaded(server)
        with pytest.raises(Offline):
            Ollama(server.url).check(spec())
        assert not [path for path, _ in server.requests if path == "/api/chat"]
        assert not server.broken
    assert caught.value.message.args == ("https://ollama.com:443", "gpt-oss:120b")
    assert caught.value.remedy is not None


def test_one_that_does_not_say_where_it_is_asked_is_refused_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASSISTANT_OFFLINE", "1")
    with replaying(Replayer(remote={"remote_model": "x"})) as server, pytest.raises(Offline):
        loaded(server)


def test_a_model_of_the_machine_itself_is_none_of_the_cloud(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASSISTANT_OFFLINE", "1")
    local = {"remote_model": "m", "remote_host": "http://127.0.0.1:11435"}
    for remote in ({}, local):
        with replaying(Replayer(remote=remote)) as server:
            loaded(server).close()


def test_with_a_network_it_is_said_where_the_question_goes() -> None:
    with replaying(Replayer(remote=CLOUD)) as server:
        plan = Ollama(server.url).plan(spec(), MACHINE, Wish())
    assert plan.fit is Fit.REMOTE
    assert plan.because[0].args == (server.url, "https://ollama.com:443", "gpt-oss:120b")
