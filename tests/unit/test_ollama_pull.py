"""Pulling, listing and removing models of an Ollama server; where it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ollama_models import spec
from ollama_replayer import Replayer, replaying
from raw_http import head, serving

from runtimes.base import Cancel
from runtimes.errors import Denied, DiskFull, DownloadFailed, NotFound, Offline, Unreachable
from runtimes.ollama import Ollama, host
from runtimes.store.types import PullProgress, Stage, Stopped


def test_progress_never_goes_back_and_ends_at_the_end() -> None:
    told: list[PullProgress] = []
    with replaying(Replayer(have=set())) as server:
        Ollama(server.url).pull(spec("r1"), told.append, Cancel())
        assert server.have == {"r1:latest"}
        assert not server.broken
    done = [step.done for step in told]
    assert done == sorted(done)
    assert (told[-1].done, told[-1].total) == (1000, 1000)
    assert told[0].stage is Stage.ASKING
    assert Stage.FETCHING in {step.stage for step in told}


def test_an_unknown_name_says_where_the_names_are() -> None:
    with replaying() as server, pytest.raises(NotFound) as caught:
        Ollama(server.url).pull(spec("unknown"), lambda _: None, Cancel())
    assert "no model" in str(caught.value)


def pulled_from(*lines: bytes) -> list[PullProgress]:
    told: list[PullProgress] = []
    page = [head("application/x-ndjson"), *(line + b"\n" for line in lines)]
    with serving({"/api/pull": lambda _: page}) as raw:
        Ollama(raw.url).pull(spec(), told.append, Cancel())
    return told


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([b'{"status":"pulling manifest"}'], DownloadFailed),  # broken off
        ([b'{"error":"dial tcp: lookup registry.ollama.ai: no such host"}'], DownloadFailed),
        ([b'{"error":"max retries exceeded: EOF"}'], DownloadFailed),
        ([b'{"error":"write /x: no space left on device"}'], DiskFull),
    ],
)
def test_failures_of_a_pull(lines: list[bytes], kind: type[Exception]) -> None:
    with pytest.raises(kind):
        pulled_from(*lines)


def test_absurd_numbers_do_no_harm() -> None:
    told = pulled_from(
        b'{"status":"pulling a","digest":"a","total":100,"completed":50}',
        b'{"status":"pulling a","digest":"a","total":100,"completed":-7}',
        b'{"status":"pulling a","digest":"a","total":100,"completed":9999}',
        b'{"status":"pulling b","digest":"b","total":999999999999999999,"completed":5}',
        b'{"status":"pulling c","digest":"c","total":-3,"completed":5}',
        b'{"status":"success"}',
    )
    assert [step.done for step in told] == [50, 50, 100, 100, 100, 100]
    assert {step.total for step in told} == {100}


def test_stopping_a_pull_keeps_what_came() -> None:
    cancel = Cancel()

    def endless(_request: object) -> Iterator[bytes]:
        yield head("application/x-ndjson")
        while True:
            yield b'{"status":"pulling a","digest":"a","total":100,"completed":50}\n'

    with serving({"/api/pull": endless}) as raw:
        with pytest.raises(Stopped):
            Ollama(raw.url).pull(spec(), lambda _: cancel.set(), cancel)
        assert raw.gone.wait(2)


def test_what_is_there_is_listed_and_removed() -> None:
    with replaying() as server:
        runtime = Ollama(server.url)
        assert runtime.installed() == (("micro:latest", 1371808),)
        runtime.remove(spec())
        assert runtime.installed() == ()
        with pytest.raises(NotFound):
            runtime.remove(spec())


# --- where it is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("", "http://127.0.0.1:11434"),
        ("0.0.0.0", "http://127.0.0.1:11434"),  # where it listens, not where it is asked
        ("0.0.0.0:8080", "http://127.0.0.1:8080"),
        ("[::]:8080", "http://[::1]:8080"),
        (":7000", "http://127.0.0.1:7000"),
        ("10.0.0.9", "http://10.0.0.9:11434"),
        ("https://gpu.example", "https://gpu.example:443"),
    ],
)
def test_ollama_host_as_its_own_command_reads_it(
    monkeypatch: pytest.MonkeyPatch, value: str, url: str
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", value)
    assert host() == url


@pytest.mark.parametrize("value", ["http://u:secret@h", "http://h:99999", "http://[bad"])
def test_a_host_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("OLLAMA_HOST", value)
    there = Ollama().probe()
    assert not there.ready
    assert "secret" not in str(there)


def test_offline_only_this_machine_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_OFFLINE", "1")
    with replaying() as server:
        assert Ollama(server.url).probe().ready
    with pytest.raises(Offline):
        Ollama("http://192.0.2.1:11434").installed()


def test_the_packages_own_key_is_not_sent_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_API_KEY", "secret")
    with pytest.raises(Denied):
        Ollama("http://192.0.2.1:11434").installed()


def test_the_packages_own_key_is_sent_as_a_header_can_carry_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listed = [head("application/json"), b'{"models":[]}']
    with serving({"/api/tags": lambda _: listed}) as raw:
        monkeypatch.setenv("OLLAMA_API_KEY", "secret\n")
        Ollama(raw.url).installed()
        assert raw.requests[0].headers["authorization"] == "Bearer secret"
        for wrong in ("sec\nret", "密钥", " "):
            monkeypatch.setenv("OLLAMA_API_KEY", wrong)
            with pytest.raises(Denied, match="no key can hold"):
                Ollama(raw.url).installed()
        assert len(raw.requests) == 1


def test_a_redirect_is_not_followed() -> None:
    with serving({}) as elsewhere:
        moved = [f"HTTP/1.1 307 Go\r\nlocation: {elsewhere.url}/api/tags\r\n\r\n".encode()]
        with serving({"/api/tags": lambda _: moved}) as raw, pytest.raises(Unreachable):
            Ollama(raw.url).installed()
        assert not elsewhere.requests
