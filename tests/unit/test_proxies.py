"""What may go through a proxy: only what is encrypted on its whole way to another machine."""

from __future__ import annotations

import contextlib
import socketserver
import threading
import time
from collections.abc import Iterator

import pytest
from openai_peer import loaded, spec
from raw_http import listing, serving

from runtimes.base import Cancel
from runtimes.errors import RuntimeFailure, Unreachable
from runtimes.httpclient import proxy_for
from runtimes.ollama import Ollama
from runtimes.openai_server import OpenAiServer
from runtimes.plans import remote_plan
from runtimes.types import LoadOptions, Wish

SECRET = "sk-very-secret-0123456789"
THERE = "https://gpu.example.invalid/v1"


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("ASSISTANT_API_KEY", SECRET)
    monkeypatch.setenv("ASSISTANT_API_URL", THERE)


@contextlib.contextmanager
def proxying(answer: bytes | None) -> Iterator[tuple[str, list[str]]]:
    """A proxy that answers every request so (``None``: never); its address, and what it heard."""
    heard: list[str] = []
    over = threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            lines = iter(self.rfile.readline, b"\r\n")
            heard.append(b"".join(lines).decode())
            if answer is None:
                over.wait(30)
            else:
                self.wfile.write(answer)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", heard
        over.set()
        server.shutdown()


def asked(url: str) -> RuntimeFailure:
    with pytest.raises(RuntimeFailure) as caught:
        OpenAiServer().check(spec(url, "m"))
    return caught.value


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_the_proxy_learns_where_to_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with proxying(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n") as (url, heard):
        monkeypatch.setenv(name, url)
        failure = asked(THERE)
        assert isinstance(failure, Unreachable)
        assert "proxy" in str(failure)
        assert failure.remedy is not None
        assert "NO_PROXY" in failure.remedy.en
        assert heard
        assert all(said.startswith("CONNECT gpu.example.invalid:443 ") for said in heard)
        assert SECRET not in "".join(heard)


def test_ollama_elsewhere_goes_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    with proxying(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n") as (url, heard):
        monkeypatch.setenv("HTTPS_PROXY", url)
        with pytest.raises(Unreachable, match="proxy"):
            Ollama("https://gpu.example.invalid:11434").installed()
        assert heard[0].startswith("CONNECT gpu.example.invalid:11434 ")


def test_what_stays_here_or_is_not_encrypted_goes_to_no_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with proxying(b"") as (url, heard), serving({"/v1/models": listing("vllm")}) as raw:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, url)
        loaded(spec(f"{raw.url}/v1", "m"))
        asked("http://gpu.example.invalid:8000/v1")
        assert proxy_for("https://localhost:8000/v1") is None
        assert proxy_for("https://[::1]:8000/v1") is None
        assert not heard


@pytest.mark.parametrize("excepted", ["gpu.example.invalid", ".example.invalid", "*", "a, invalid"])
def test_exceptions_are_kept(monkeypatch: pytest.MonkeyPatch, excepted: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert proxy_for(THERE)
    monkeypatch.setenv("NO_PROXY", excepted)
    assert proxy_for(THERE) is None


def test_a_proxy_of_another_kind_is_told_and_its_password_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"socks5://me:{SECRET}@127.0.0.1:1080")
    failure = asked(THERE)
    assert isinstance(failure, Unreachable)
    assert failure.remedy is not None
    assert SECRET not in repr((failure.message, failure.remedy))
    assert "SOCKS" in failure.message.en
    assert "SOCKS" in failure.message.zh
    assert failure.remedy.args == ("gpu.example.invalid",)
    monkeypatch.setenv("HTTPS_PROXY", "127.0.0.1:3128")
    assert proxy_for(THERE) == "http://127.0.0.1:3128"


@pytest.mark.parametrize(
    "wrong",
    ["http://[bad", "http://x:port", "http://", "http:///x", "::", "http://h:99999", "http://é\u2028",
     "127.0.0.1：7890"],
)  # fmt: skip
def test_what_is_no_address_of_a_proxy_is_told(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", wrong)
    assert "is no address" in str(asked(THERE))


def test_a_proxy_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert "the proxy, or" in str(asked(THERE))


def test_a_proxy_that_says_nothing_does_not_hold_up_who_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cancel = Cancel()
    with proxying(None) as (url, _):
        monkeypatch.setenv("HTTPS_PROXY", url)
        plan = remote_plan(Wish(), 0)
        threading.Timer(0.5, cancel.set).start()
        began = time.monotonic()
        with pytest.raises(RuntimeFailure):
            OpenAiServer().load(spec(THERE, "m"), plan, LoadOptions(), lambda _p: None, cancel)
        assert time.monotonic() - began < 5
