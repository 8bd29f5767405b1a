"""The Ollama server: where it is, how it is asked, and what its refusals mean.

The ``ollama`` package does the talking.  It is given connections that can be cut, and asked below
``Client.chat``, which has no field for ``truncate`` and drops most of a tool's schema.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from runtimes.errors import (
    Denied,
    DiskFull,
    DownloadFailed,
    EngineCrashed,
    EngineFailed,
    EngineOutOfMemory,
    NotHere,
    Overflow,
    RuntimeFailure,
    Unreachable,
    Unsupported,
)
from runtimes.httpclient import (
    REPLY_LIMIT,
    Patience,
    Wire,
    client_options,
    prepare_httpx,
    unreachable,
)
from runtimes.keys import Key, Origin, allow_sending, carried, redacted, spoken
from runtimes.ollama.package import prepare_ollama
from runtimes.texts import Text

if TYPE_CHECKING:
    import ollama

T = TypeVar("T")

_QUOTED = 400
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - where a server listens

_MEANINGS: tuple[tuple[str, type[RuntimeFailure], Text | None], ...] = (
    (
        r"exceed_context|exceeds? (the available|the|maximum) context|longer than the context",
        Overflow,
        Text("ask something shorter, or give a larger --context", "请缩短问题，或增大 --context"),
    ),
    (
        r"more (system )?memory|out of memory|cudaMalloc|unable to allocate",
        EngineOutOfMemory,
        Text(
            "use a smaller model or --context, or stop other models: ollama ps, ollama stop NAME",
            "请使用更小的模型或 --context，或停止其他模型：ollama ps、ollama stop 名称",
        ),
    ),
    (
        r"runner.{0,40}(terminated|no longer running|crashed)|exit status|signal: ",
        EngineCrashed,
        Text(
            "update Ollama, or run the model here: assistant engines install llamacpp",
            "请更新 Ollama，或在本机运行：assistant engines install llamacpp",
        ),
    ),
    (
        r"no space left",
        DiskFull,
        Text("remove models there: ollama rm NAME", "请删除模型：ollama rm 名称"),
    ),
    (
        r"does not support (thinking|tools|embeddings)",
        Unsupported,
        Text("use a model that does", "请换用支持的模型"),
    ),
    (
        r"dial tcp|no such host|network is unreachable|max retries|i/o timeout|digest mismatch",
        DownloadFailed,
        Text("try again: what came is kept", "请重试：已下载的部分会保留"),
    ),
)


def host() -> str:
    """The address of the server, as ``OLLAMA_HOST`` gives it to Ollama's own command."""
    prepare_ollama()  # first: while another thread does it, the variable is not there
    place = os.environ.get("OLLAMA_HOST", "").strip()
    from ollama._client import _parse_host

    try:
        url = _parse_host(place or None)
    except ValueError:
        url = place
    for listening, reachable in _ANYWHERE.items():
        url = url.replace(f"//{listening}:", f"//{reachable}:")
    Origin.of(url)
    return url


@dataclass(frozen=True, slots=True)
class Host:
    """An Ollama server at an address."""

    url: str
    patience: Patience

    def one(self, ask: Callable[[ollama.Client], T], wire: Wire) -> T:
        """The answer to one small question."""
        with self._client(wire, REPLY_LIMIT) as client, self._mapped():
            return ask(client)

    def version(self, wire: Wire) -> tuple[int, ...]:
        """What runs there: ``(0, 12, 6)``.  Empty for a build that does not say."""

        def ask(client: ollama.Client) -> tuple[int, ...]:
            said = reply(client, "GET", "/api/version")
            found = re.match(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})", str(said["version"]))
            return tuple(map(int, found.groups())) if found else ()

        version = self.one(ask, wire)
        return version if any(version) else ()

    def chat(self, body: Mapping[str, object], wire: Wire) -> Iterator[ollama.ChatResponse]:
        """The pieces of an answer; of nothing, for no messages: that loads a model."""
        prepare_ollama()
        import ollama

        with self._client(wire) as client, self._mapped():
            yield from client._request(  # noqa: SLF001 - see above
                ollama.ChatResponse, "POST", "/api/chat", json=body, stream=True
            )

    def pull(self, name: str, wire: Wire) -> Iterator[ollama.ProgressResponse]:
        """What the server says while it fetches a model."""
        with self._client(wire) as client, self._mapped():
            yield from client.pull(name, stream=True)

    @contextlib.contextmanager
    def _client(self, wire: Wire, whole: int | None = None) -> Iterator[ollama.Client]:
        prepare_ollama()
        import ollama

        options = client_options(wire, self.url, self.patience, whole)
        if key := os.environ.get("OLLAMA_API_KEY"):  # the package sends it as it stands there
            allow_sending(Origin.of(self.url))
            options["headers"] = {"authorization": f"Bearer {carried(key, self.url)}"}
        with ollama.Client(self.url, **options) as client:
            yield client

    @contextlib.contextmanager
    def _mapped(self) -> Iterator[None]:
        """Every foreign exception becomes one of ours."""
        prepare_httpx()
        import httpx
        import ollama

        try:
            yield
        except ollama.ResponseError as error:
            raise self._refusal(error) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            raise unreachable(self.url, error, _start(self.url)) from error
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
            raise unreachable(self.url, error, _start(self.url)) from error  # JSON of another kind

    def _refusal(self, error: ollama.ResponseError) -> RuntimeFailure:
        key = os.environ.get("OLLAMA_API_KEY", "").strip()
        words = redacted(spoken(str(error.error)), Key(key) if key else None)
        quoted = Text(
            "Ollama says: {0}",
            "Ollama 说：{0}",
            (words[:_QUOTED] or f"HTTP {error.status_code}",),
        )
        for pattern, kind, remedy in _MEANINGS:
            if re.search(pattern, words, re.IGNORECASE):
                return kind(quoted, remedy)
        match error.status_code:
            case 401 | 403:
                return Denied(quoted, Text("set OLLAMA_API_KEY", "请设置 OLLAMA_API_KEY"))
            case 404:
                return NotHere(
                    quoted, Text("ollama list shows what there is", "ollama list 列出现有模型")
                )
            case 429 | 503:
                return Unreachable(quoted, Text("it is busy; try again", "服务器繁忙，请重试"))
            case status if 300 <= status < 400:
                said = Text("{0} sends us elsewhere", "{0} 要求转到别处", (self.url,))
                return Unreachable(said, Text("correct OLLAMA_HOST", "请更正 OLLAMA_HOST"))
            case _:
                return EngineFailed(
                    quoted, Text("the server's own log may say more", "详情见服务器日志")
                )


def reply(client: ollama.Client, method: str, path: str, body: object = None) -> Any:
    """A whole reply as the server gives it: the package's own classes leave fields away."""
    import ollama

    response = client._client.request(method, path, json=body)  # noqa: SLF001 - see the top
    if not response.is_success:
        raise ollama.ResponseError(response.text, response.status_code)
    return response.json()


def _start(url: str) -> Text:
    return Text(
        "start it (ollama serve), install it (https://ollama.com/download), or set OLLAMA_HOST if "
        "it is elsewhere than at {0}",
        "请启动（ollama serve）或安装（https://ollama.com/download）；"
        "若不在 {0}，请设置 OLLAMA_HOST",
        (url,),
    )
