"""A server on loopback that sends exactly the bytes it is told, however wrong."""

from __future__ import annotations

import contextlib
import json
import socketserver
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    """What a client sent.  Names of headers are in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)


Page = Callable[[Request], Iterable[bytes]]


@dataclass
class Raw:
    """The running server: where it is, and what it was asked."""

    pages: dict[str, Page]
    url: str = ""
    requests: list[Request] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)
    """A client went away before all was sent."""

    def of(self, path: str) -> list[Request]:
        """The requests to a path."""
        return [request for request in self.requests if request.path == path]


@contextlib.contextmanager
def serving(pages: dict[str, Page]) -> Iterator[Raw]:
    """A server that runs until the end of the block; a path it does not know is a 404."""
    raw = Raw(pages)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError, ValueError, IndexError):
                request = _read(self.rfile)
                raw.requests.append(request)
                page = raw.pages.get(request.path, _missing)
                try:
                    for piece in page(request):
                        self.wfile.write(piece)
                        self.wfile.flush()
                except OSError:
                    raw.gone.set()

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True
        request_queue_size = 64

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        raw.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield raw
        finally:
            server.shutdown()
            thread.join(5)


def _read(stream: Any) -> Request:
    method, path, _ = stream.readline().decode("latin-1").split(" ", 2)
    headers = {}
    while line := stream.readline().decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return Request(method, path, headers, stream.read(int(headers.get("content-length", 0))))


def _missing(_request: Request) -> list[bytes]:
    return status(404, {"detail": "Not Found"})


def status(code: int, value: object, **headers: str) -> list[bytes]:
    """A whole reply in JSON."""
    return whole(json.dumps(value).encode(), code=code, kind="application/json", **headers)


def whole(
    content: bytes, code: int = 200, kind: str = "application/json", **headers: str
) -> list[bytes]:
    """A whole reply."""
    lines = [f"HTTP/1.1 {code} Said", f"content-type: {kind}", f"content-length: {len(content)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ["\r\n".join((*lines, "connection: close", "", "")).encode(), content]


def head(kind: str = "text/event-stream") -> bytes:
    """The beginning of a reply that ends with its connection."""
    return f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\nconnection: close\r\n\r\n".encode()


def event(value: object) -> bytes:
    """A server-sent event."""
    return b"data: " + json.dumps(value).encode() + b"\n\n"


def chunk(index: int = 0, reason: str | None = None, **delta: object) -> dict[str, Any]:
    """An object of a streamed completion."""
    choice = {"index": index, "delta": delta, "finish_reason": reason}
    return {"id": "1", "object": "chat.completion.chunk", "choices": [choice]}


DONE = b"data: [DONE]\n\n"


def said(*chunks: object) -> Page:
    """A page that streams these, and the end."""
    return lambda _: [head(), *(event(value) for value in chunks), DONE]


def listing(owner: str, name: str = "m", **more: object) -> Page:
    """The list of models of a server that says so of itself."""
    entry = {"id": name, "object": "model", "owned_by": owner, **more}
    return lambda _: status(200, {"object": "list", "data": [entry]})
