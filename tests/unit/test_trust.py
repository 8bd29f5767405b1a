"""Encrypted connections that do not begin say why, and what to do."""

from __future__ import annotations

import http.server
import json
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from openai_peer import spec
from storing import gguf, pull, quick_store

from runtimes.errors import RuntimeFailure, Unreachable
from runtimes.ollama import Ollama
from runtimes.openai_server import OpenAiServer
from runtimes.store import web


class Models(http.server.BaseHTTPRequestHandler):
    """A list with one model."""

    def do_GET(self) -> None:
        body = json.dumps({"data": [{"id": "m"}]}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nothing."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server that vouches for itself: its address and its certificate."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Models)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}", certificate
    server.shutdown()


def failed(url: str) -> RuntimeFailure:
    with pytest.raises(RuntimeFailure) as caught:
        OpenAiServer().check(spec(f"{url}/v1", "m"))
    return caught.value


def test_a_server_that_vouches_for_itself_is_not_trusted_until_told(
    own: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, certificate = own
    failure = failed(url)
    assert isinstance(failure, Unreachable)
    assert "not trusted" in failure.message.en
    assert "不受信任" in failure.message.zh
    assert failure.remedy is not None
    assert "SSL_CERT_FILE" in failure.remedy.zh
    with pytest.raises(Unreachable, match="not trusted"):
        Ollama(url).installed()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert OpenAiServer().check(spec(f"{url}/v1", "m"))


def test_plain_http_where_https_was_written_is_guessed() -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Models) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        failure = failed(f"https://127.0.0.1:{server.server_port}")
        server.shutdown()
    assert "no encrypted connection" in str(failure)
    assert failure.remedy is not None
    assert "http://" in failure.remedy.en


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSLKEYLOGFILE"])
def test_certificates_that_are_not_there_are_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    monkeypatch.setenv(variable, "/none/such.pem")
    monkeypatch.setenv("HF_ENDPOINT", "https://hub.example.invalid")
    web._certificates.cache_clear()
    with pytest.raises(Unreachable, match="certificates") as caught:
        pull(quick_store(tmp_path), gguf())
    web._certificates.cache_clear()
    assert caught.value.remedy is not None
    assert variable in caught.value.remedy.en
    if variable == "SSLKEYLOGFILE":  # OpenSSL passes over the other by itself
        assert "certificates" in str(failed("https://gpu.example.invalid"))


def test_a_home_of_the_hubs_library_that_is_none_is_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from huggingface_hub import constants

    file = tmp_path / "file"
    file.touch()
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(file / "token"))
    monkeypatch.setenv("HF_ENDPOINT", "https://hub.example.invalid")
    with pytest.raises(RuntimeFailure, match="huggingface_hub") as caught:
        pull(quick_store(tmp_path), gguf())
    assert caught.value.remedy is not None
    assert "HF_HOME" in caught.value.remedy.en
