"""Requests to a server that another thread can stop at any moment, and that cannot hang us.

A blocked ``recv`` does not notice that its socket is closed, only that it is *shut down*, and
before the first byte of a reply there is no response object to close.  So each request has a
connection of its own and runs in a thread of its own; ``Wire`` learns the sockets from httpcore's
trace as they are made, and ``cut`` shuts them down.  That is also all that a client can do to
stop a server: those that watch their connection (Ollama, vLLM, llama-server, TGI) stop
generating when it goes.

Of the environment one thing is used: the proxy for ``https`` to another machine, through which
all is encrypted.  What is said in the clear, or to this machine, goes to no proxy; ``.netrc`` and
redirects are left alone.
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
import queue
import socket
import ssl
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from runtimes.base import Cancel
from runtimes.errors import EngineFailed, EngineHung, Offline, RuntimeFailure, Unreachable
from runtimes.proxying import PROXY, unusable
from runtimes.texts import Text
from runtimes.trust import authorities, not_private

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

LINE_LIMIT = 8 << 20
"""Bytes that may come without a line's end."""

REPLY_LIMIT = 64 << 20
"""Bytes of a reply that is no stream: a list of models, or what Ollama knows of one."""

_REFUSAL_LIMIT = 1 << 20
_AHEAD = 1024
"""Items that the reading thread may be ahead of whoever takes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """For how many seconds a server may be silent.

    ``first`` is until the first piece of an answer: a long prompt, or a model that the server
    loads first, takes minutes.  ``last`` is behind the end of an answer, where only numbers may
    come.  ``reply`` is for all of a small reply.
    """

    connect: float = 5.0
    first: float = 900.0
    between: float = 180.0
    last: float = 10.0
    reply: float = 20.0


class Wire:
    """The connections of one request, which any thread, or a signal handler, may cut."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self._is_cut = False

    @property
    def is_cut(self) -> bool:
        """Is nobody interested any more?"""
        return self._is_cut

    def cut(self) -> None:
        """Wake whoever is blocked on a connection, and let no new one live."""
        self._is_cut = True
        for connection in tuple(self._sockets):
            with contextlib.suppress(OSError):  # gone already
                connection.shutdown(socket.SHUT_RDWR)

    def trace(self, name: str, info: Mapping[str, object]) -> None:
        """httpcore's ``trace`` extension: learn each socket as it is connected."""
        if not name.endswith(("connect_tcp.complete", "start_tls.complete")):
            return
        made = info["return_value"].get_extra_info("socket")  # type: ignore[attr-defined]
        if isinstance(made, socket.socket):
            self._sockets.append(made)
            if self._is_cut:
                self.cut()

    def sleep(self, seconds: float) -> None:
        """Wait, but not after a cut."""
        end = time.monotonic() + seconds
        while not self._is_cut and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.05))


def prepare_httpx() -> None:
    """Let ``import httpx`` leave out its own command, if nobody has imported it yet.

    That command needs rich, click and pygments, and would double the time to the first request;
    httpx does without it where they are not installed, so it does here.
    """
    if "httpx" not in sys.modules:
        sys.modules["httpx._main"] = None  # type: ignore[assignment]
        try:
            import httpx  # noqa: F401
        finally:
            sys.modules.pop("httpx._main", None)


def is_loopback(place: str) -> bool:
    """Does this name, address or URL never leave the machine?"""
    host = place
    if "://" in place:
        with contextlib.suppress(ValueError):
            host = urllib.parse.urlsplit(place).hostname or ""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return host.lower() == "localhost"


_STAYS: ContextVar[bool] = ContextVar("stays", default=False)


@contextlib.contextmanager
def staying_here() -> Iterator[None]:
    """What this thread opens meanwhile must be of this machine, whatever the settings are."""
    token = _STAYS.set(True)
    try:
        yield
    finally:
        _STAYS.reset(token)


def refuse_offline(url: str) -> None:
    """Raises ``Offline`` for another machine where the network must not be used
    (``ASSISTANT_OFFLINE``, or ``staying_here``)."""
    allowed = os.environ.get("ASSISTANT_OFFLINE", "").lower() in ("", "0", "no", "false")
    if (allowed and not _STAYS.get()) or is_loopback(url):
        return
    raise Offline(
        Text(
            "{0} is on another machine, and the network must not be used",
            "{0} 在其他机器上，但当前禁止联网",
            (url,),
        ),
        Text("use a model of this machine, or allow the network", "请使用本机模型，或允许联网"),
    )


def proxy_for(url: str) -> str | None:
    """The proxy that the environment (or the system's settings) names for an address, and does
    not except it from.  Raises ``Unreachable`` for what is no address of one that we can use."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" or is_loopback(url):
        return None
    from urllib.request import getproxies, proxy_bypass

    named = getproxies()
    proxy = named.get("https") or named.get("all")
    if not proxy or proxy_bypass(parts.netloc):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    prepare_httpx()
    import httpx

    try:
        found = urllib.parse.urlsplit(proxy)
        httpx.Proxy(proxy)  # of the name it wants more
        if found.scheme in ("http", "https") and found.hostname and found.port != 0:
            return proxy
    except (ValueError, httpx.InvalidURL):  # a kind, a port or a name that is none
        pass
    raise unusable(proxy, parts.hostname or "")


def client_options(
    wire: Wire, url: str, patience: Patience, whole: int | None = None
) -> dict[str, Any]:
    """What ``httpx.Client`` (and ``ollama.Client``, which passes it on) must be made with.

    ``whole`` is the largest reply in bytes; ``None`` for one that is read as it comes.
    """
    prepare_httpx()
    import httpx

    def before(request: httpx.Request) -> None:
        request.extensions["trace"] = wire.trace
        request.headers["accept-encoding"] = "identity"

    def after(response: httpx.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise httpx.DecodingError("a compressed reply was not asked for")
        limit = whole if response.is_success else _REFUSAL_LIMIT
        response.stream = _bounded(response.stream, limit)

    # Authorities are read from disk only where they are needed.
    plain = url.startswith("http://")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else authorities()
    return {
        "proxy": proxy_for(url),
        "event_hooks": {"request": [before], "response": [after]},
        "follow_redirects": False,
        "trust_env": False,
        "verify": context,
        "timeout": httpx.Timeout(patience.first, connect=patience.connect),
        "limits": httpx.Limits(max_connections=1, max_keepalive_connections=0),
    }


def _bounded(
    stream: httpx.SyncByteStream | httpx.AsyncByteStream, limit: int | None
) -> httpx.SyncByteStream:
    """The same bytes; a line too long, or too much in all, is an error."""
    import httpx

    class Bounded(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            assert isinstance(stream, httpx.SyncByteStream)
            line = total = 0
            for chunk in stream:
                end = chunk.rfind(b"\n")
                line = line + len(chunk) if end < 0 else len(chunk) - end - 1
                total += len(chunk)
                if line > LINE_LIMIT or (limit is not None and total > limit):
                    raise httpx.DecodingError("a line or a reply without end")
                yield chunk

        def close(self) -> None:
            assert isinstance(stream, httpx.SyncByteStream)
            stream.close()

    return Bounded()


@dataclass(frozen=True, slots=True)
class _Item:
    value: object


@dataclass(frozen=True, slots=True)
class _Broken:
    error: BaseException


class _End:
    """Nothing more comes."""


def pumped(
    produce: Callable[[Wire], Iterator[T]],
    cancel: Cancel,
    *,
    first: float,
    between: float,
    after: Callable[[T], float] | None = None,
) -> Iterator[T]:
    """The items of ``produce``, made in a thread of their own.

    Ends, without an error, as soon as ``cancel`` is set; whoever asks must look at it.  A
    silence of more than ``first`` seconds raises ``EngineHung``, and behind an item of more than
    ``between``, or than ``after`` says of it.  Closing the generator cuts the wire.
    """
    wire = Wire()
    # SimpleQueue.put is reentrant: a signal handler may set the token while we wait here.
    items: queue.SimpleQueue[_Item | _Broken | _End] = queue.SimpleQueue()
    room = threading.Semaphore(_AHEAD)

    def run() -> None:
        try:
            for value in produce(wire):
                room.acquire()
                if wire.is_cut:
                    return
                items.put(_Item(value))
            items.put(_End())
        except BaseException as error:  # noqa: BLE001 - it is raised again where it is read
            items.put(_Broken(error))

    def stop() -> None:
        wire.cut()
        items.put(_End())

    thread = threading.Thread(target=run, name="server", daemon=True)
    remove = cancel.listen(stop)
    thread.start()
    try:
        yield from _taken(items, room, cancel, first, after or (lambda _: between))
    finally:
        remove()
        wire.cut()
        room.release()
        thread.join(timeout=1.0)


def _taken(
    items: queue.SimpleQueue[_Item | _Broken | _End],
    room: threading.Semaphore,
    cancel: Cancel,
    limit: float,
    after: Callable[[T], float],
) -> Iterator[T]:
    while True:
        try:
            item = items.get(timeout=limit)
        except queue.Empty:
            raise EngineHung(
                Text(
                    "the server has sent nothing for {0} seconds",
                    "服务器已有 {0} 秒没有发送任何内容",
                    (f"{limit:g}",),
                ),
                Text("look at the server's own log, then try again", "请查看服务器日志后重试"),
            ) from None
        if cancel.is_set() or isinstance(item, _End):
            return
        if isinstance(item, _Broken):
            raise item.error
        room.release()
        value: T = item.value  # type: ignore[assignment]
        yield value
        limit = after(value)


def waited(call: Callable[[Wire], T], cancel: Cancel, seconds: float) -> T:
    """The result of one call that may block, within a time; cancelled: ``EngineFailed``."""
    for result in pumped(lambda wire: iter((call(wire),)), cancel, first=seconds, between=seconds):
        return result
    raise EngineFailed(Text("stopped by the user", "已被用户停止"))


def unreachable(url: str, error: BaseException, remedy: Text) -> RuntimeFailure:
    """What an exception of httpx, or of a socket, means to a user."""
    import httpx

    if (distrust := not_private(url, error)) is not None:
        return distrust
    match error:
        case RuntimeFailure():
            return error
        case httpx.ConnectTimeout() | httpx.ConnectError() if proxy_for(url):
            said = Text(
                "the proxy, or {0} behind it, does not answer",
                "代理或其后的 {0} 没有应答",
                (url,),
            )
            return Unreachable(said, PROXY)
        case httpx.ConnectTimeout() | httpx.ConnectError() | ConnectionError():
            said = Text("no server answers at {0}", "{0} 没有服务器应答", (url,))
            return Unreachable(said, remedy)
        case httpx.TimeoutException():
            return EngineHung(
                Text("the server at {0} does not answer", "{0} 的服务器没有响应", (url,)),
                Text("look at the server's own log, then try again", "请查看服务器日志后重试"),
            )
        case httpx.ProxyError():
            return Unreachable(
                Text("the proxy does not let us to {0}", "代理拒绝连接 {0}", (url,)), PROXY
            )
        case httpx.RemoteProtocolError() | httpx.ReadError() | httpx.WriteError():
            return EngineFailed(
                Text(
                    "the server at {0} broke off the connection",
                    "{0} 的服务器中断了连接",
                    (url,),
                ),
                Text(
                    "it may have crashed or run out of memory; its own log says why",
                    "服务器可能已崩溃或内存不足，请查看其日志",
                ),
            )
        case httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return Unreachable(Text("{0} is no address", "{0} 不是有效地址", (url,)), remedy)
        case _:
            return EngineFailed(
                Text(
                    "the server at {0} sent something that makes no sense",
                    "{0} 的服务器发送了无法理解的内容",
                    (url,),
                ),
                Text("is this the right address and port?", "地址和端口是否正确？"),
            )
