"""The conversation with a server in HTTP: requests, and what its refusals mean."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from runtimes.errors import (
    Denied,
    EngineFailed,
    EngineOutOfMemory,
    NotHere,
    Overflow,
    RuntimeFailure,
    Unreachable,
)
from runtimes.httpclient import (
    REPLY_LIMIT,
    Patience,
    Wire,
    client_options,
    prepare_httpx,
    unreachable,
)
from runtimes.keys import Key, Keyhole, Origin, how_to_give, redacted, spoken
from runtimes.openai_server.sse import Events
from runtimes.openai_server.values import Json
from runtimes.texts import Text

if TYPE_CHECKING:
    import httpx

_TRIES, _PAUSE, _LONGEST_PAUSE = 4, 0.5, 5.0
_QUOTED, _REFUSAL = 400, 1 << 16

_ENDS = Text("the address should end in /v1 for most servers", "多数服务器的地址应以 /v1 结尾")
_TOO_LONG = re.compile(
    r"context.{0,3}(length|size|window)|exceed_context|maximum.{0,20}(context|model).{0,12}len"
    r"|must have less than \d+ tokens|inputs? tokens? \+|longer than the (model|context)",
    re.IGNORECASE,
)
_TOO_LARGE = re.compile(r"input.{0,30} too (large|long)", re.IGNORECASE)
"""llama-server says this, of a text to embed, with the status of a fault of its own."""
_NO_MEMORY = re.compile(
    r"out of memory|cuda.{0,10}memory|\boom\b|more system memory", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Server:
    """A server at an address that ends before ``/chat/completions``, with the key for it."""

    url: str
    keys: Keyhole
    patience: Patience = field(default_factory=Patience)

    @property
    def key(self) -> Key | None:
        """The key that is sent."""
        return self.keys.key

    @property
    def root(self) -> str:
        """The address without ``/v1``, where each kind has its own pages."""
        return self.url.rstrip("/").removesuffix("/v1")

    def page(self, path: str, wire: Wire, body: object = None) -> Json | None:
        """A small page below ``root``; ``None`` if this server has no such thing.

        All can be done without them.  A proxy in front of a server refuses what it does not know
        in its own way, by any status, so that a refusal is no reason to give up, or to wait.
        """
        try:
            return self._small(self.root + path, wire, body, tries=1)
        except RuntimeFailure:
            return None

    def models(self, wire: Wire) -> Json:
        """The list of models.  Raises ``NotHere`` where a server has none to show."""
        return self._small(self.url.rstrip("/") + "/models", wire, None)

    def embeddings(self, body: object, wire: Wire) -> Json:
        """The vectors of some texts."""
        return self._small(self.url.rstrip("/") + "/embeddings", wire, body)

    def chat(self, body: bytes, wire: Wire) -> Iterator[Json]:
        """The objects of a streamed completion; one that came whole is given as one."""
        url = self.url.rstrip("/") + "/chat/completions"
        with self._mapped(), self._asked(url, wire, body) as response:
            kind = response.headers.get("content-type", "").lower()
            if kind.startswith("application/json"):
                yield self._object(_all(response))
            elif kind.startswith("text/event-stream") or not kind:
                yield from self._objects(response)
            else:
                raise self._nonsense()

    def _objects(self, response: httpx.Response) -> Iterator[Json]:
        events = Events()
        for data in _data(events, response.iter_raw()):
            if data.strip() == "[DONE]":
                return
            if data.strip():
                yield self._object(data)

    def _object(self, data: str | bytes) -> Json:
        """An object that came with a good status, which need not mean that all is well."""
        value = Json.read(data)
        if value is None or not isinstance(value.value, dict):
            raise self._nonsense()
        if value["error"].value or value["object"].text == "error" or value["error_code"].count:
            code = value["error"]["code"].count or value["code"].count or 0
            raise self.refusal(code if 400 <= code < 600 else 200, json.dumps(value.value))
        return value

    def _small(self, url: str, wire: Wire, body: object, tries: int = _TRIES) -> Json:
        content = None if body is None else json.dumps(body).encode()
        with self._mapped(), self._asked(url, wire, content, tries) as response:
            value = Json.read(_all(response))
        if value is None:
            raise self._nonsense()
        return value

    @contextlib.contextmanager
    def _asked(
        self, url: str, wire: Wire, body: bytes | None, tries: int = _TRIES
    ) -> Iterator[httpx.Response]:
        """A good response; one that says "later" is asked for again a few times."""
        prepare_httpx()
        import httpx

        method = "GET" if body is None else "POST"
        with httpx.Client(**client_options(wire, url, self.patience)) as client:
            attempt = 0
            while True:
                stream = client.stream(method, url, content=body, headers=self._headers())
                with stream as response:
                    if response.is_success:
                        yield response
                        return
                    if response.is_redirect:
                        raise self._elsewhere(response.headers.get("location", ""))
                    if response.status_code in (401, 403) and self.keys.refused():
                        continue
                    refused = self.refusal(response.status_code, _quotable(response))
                    later = response.status_code in (429, 503) and attempt < tries - 1
                    if not later or wire.is_cut:
                        raise refused
                    pause = _pause(response.headers.get("retry-after"), attempt)
                attempt += 1
                wire.sleep(pause)

    def _headers(self) -> Mapping[str, str]:
        headers = {"content-type": "application/json", "user-agent": "offline-assistant"}
        return headers if self.key is None else {**headers, "authorization": self.key.header()}

    @contextlib.contextmanager
    def _mapped(self) -> Iterator[None]:
        """Every foreign exception becomes one of ours."""
        prepare_httpx()
        import httpx

        try:
            yield
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            remedy = Text(
                "start the server, or correct the address (packaging/servers tells how)",
                "请启动服务器或更正地址（参见 packaging/servers）",
            )
            raise unreachable(self.url, error, remedy) from error

    def refusal(self, status: int, said: str) -> RuntimeFailure:
        """What a status and the words with it mean."""
        words = redacted(_message(said)[:_REFUSAL], self.key)[:_QUOTED]
        said = said[:_REFUSAL]  # in the middle of a stream it may be as long as an event
        quoted = Text(
            "the server at {0} says: {1}",
            "{0} 的服务器说：{1}",
            (self.url, words or f"HTTP {status}"),
        )
        origin = Origin.of(self.url)
        match status:
            case 401 | 403:
                return Denied(quoted, how_to_give(origin))
            case 404 | 405:
                return NotHere(quoted, self._doubt())
            case 429 | 503:
                return Unreachable(
                    quoted,
                    Text(
                        "it is busy, or still loading the model; try again in a minute",
                        "服务器繁忙或仍在加载模型，请稍后重试",
                    ),
                )
            case _ if _NO_MEMORY.search(said):
                return EngineOutOfMemory(
                    quoted,
                    Text("use a smaller model or window there", "请在服务器上使用更小的模型或窗口"),
                )
            case _ if _TOO_LARGE.search(said) or (status < 500 and _TOO_LONG.search(said)):
                return Overflow(
                    quoted,
                    Text(
                        "ask something shorter, or start the server with a larger window",
                        "请缩短问题，或以更大的窗口启动服务器",
                    ),
                )
            case _:
                return EngineFailed(
                    quoted, Text("the server's own log may say more", "详情见服务器日志")
                )

    def _elsewhere(self, location: str) -> RuntimeFailure:
        return Unreachable(
            Text(
                "the server at {0} sends us elsewhere ({1}); nobody was followed there",
                "{0} 的服务器要求转到别处（{1}），未跟随",
                (self.url, redacted(location, self.key)[:_QUOTED] or "?"),
            ),
            Text("if you trust that address, give it instead", "若信任该地址，请直接使用它"),
        )

    def _nonsense(self) -> RuntimeFailure:
        return EngineFailed(
            Text(
                "what answers at {0} is no OpenAI-compatible server",
                "{0} 处的应答者不是兼容 OpenAI 的服务器",
                (self.url,),
            ),
            _ENDS,
        )

    def _doubt(self) -> Text:
        """Of an address where something is missing."""
        return (
            Text("is the address right?", "地址是否正确？") if self.url.endswith("/v1") else _ENDS
        )


def _data(events: Events, chunks: Iterator[bytes]) -> Iterator[str]:
    for chunk in chunks:
        yield from events.feed(chunk)
    yield from events.flush()


def _all(response: httpx.Response) -> bytes:
    """The whole of a small reply; raises ``EngineFailed`` when it is not small."""
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > REPLY_LIMIT:
            raise EngineFailed(Text("the server's reply has no end", "服务器的应答没有结尾"))
    return bytes(body)


def _quotable(response: httpx.Response) -> str:
    """The beginning of what comes with a refusal."""
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > _REFUSAL:
            break
    return body[:_REFUSAL].decode("utf-8", "replace")


def _message(said: str) -> str:
    """The words for people in a refusal, wherever this server puts them."""
    value = Json.read(said)
    if value is None:
        return spoken(said)
    places: tuple[Callable[[Json], Json], ...] = (
        lambda v: v["error"]["message"],
        lambda v: v["error"],
        lambda v: v["message"],
        lambda v: v["detail"],
        lambda v: v["text"],
    )
    return next((text for place in places if (text := place(value).text)), said.strip())


def _pause(asked: str | None, attempt: int) -> float:
    """Seconds until the next try: what the server asks for, within reason."""
    with contextlib.suppress(ValueError):
        return min(max(float(asked or ""), 0.0), _LONGEST_PAUSE)
    return min(_PAUSE * 2.0**attempt, _LONGEST_PAUSE)
