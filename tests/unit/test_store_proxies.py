"""The proxies of the environment on the way to a hub: used, excepted, or refused with a reason."""

from __future__ import annotations

import os
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from storing import gguf, pull, quick_store

from runtimes.errors import RuntimeFailure, Unreachable

SOCKS = "socks5://127.0.0.1:1080"


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[str]]]:
    """A proxy that lets nobody through; its address, and the first lines that it heard."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("HF_ENDPOINT", "https://hub.example.invalid")
    heard: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            heard.append(b"".join(iter(self.rfile.readline, b"\r\n")).decode())
            self.wfile.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", heard
        server.shutdown()


def failed(folder: Path) -> RuntimeFailure:
    with pytest.raises(RuntimeFailure) as caught:
        pull(quick_store(folder), gguf())
    return caught.value


@pytest.mark.parametrize("also", [None, SOCKS])
def test_the_proxy_for_https_is_used_whatever_stands_beside_it(
    proxy: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, also: str | None
) -> None:
    url, heard = proxy
    monkeypatch.setenv("HTTPS_PROXY", url)
    if also is not None:
        monkeypatch.setenv("ALL_PROXY", also)
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    assert isinstance(failed(tmp_path), Unreachable)
    assert heard
    assert all(said.startswith("CONNECT hub.example.invalid:443 ") for said in heard)
    assert "hf_secret" not in "".join(heard)


@pytest.mark.parametrize("wrong", [SOCKS, "socks5h://me:hush@h:1", "http://x:port", "ftp://h"])
def test_a_proxy_that_cannot_be_used_is_told(
    proxy: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", wrong)
    failure = failed(tmp_path)
    assert isinstance(failure, Unreachable)
    assert "proxy" in failure.message.en
    assert "代理" in failure.message.zh
    assert "hush" not in repr((failure.message, failure.remedy))
    assert failure.remedy is not None
    assert ("SOCKS" in failure.message.en) is ("HTTPS_PROXY=http" in failure.remedy.zh)
    assert ("SOCKS" in failure.message.zh) is wrong.startswith("socks")


def test_what_is_excepted_goes_straight_there(
    proxy: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", SOCKS)
    monkeypatch.setenv("NO_PROXY", "example.invalid")
    assert "no connection to hub.example.invalid" in str(failed(tmp_path))


def test_a_variable_that_the_library_cannot_read_is_told() -> None:
    script = (
        "import sys; from pathlib import Path; from runtimes.store.hub import Hub;"
        "from runtimes.store.types import Tuning; from runtimes.errors import DownloadFailed\n"
        "try:\n    Hub(None, Tuning())\nexcept DownloadFailed as failure:\n    print(failure)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "HF_HUB_DOWNLOAD_TIMEOUT": "soon"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "'soon'" in done.stdout
