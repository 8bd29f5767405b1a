"""The one way to the network: where a request may go, what it may carry, when it is tried again.

- A redirect leads to https, or from a hub on this machine to this machine; nowhere else.
- The token goes to the hub itself, over https or on this machine; never to another host.
- Answers that are read whole are bounded in size and time.
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from runtimes.base import Cancel
from runtimes.errors import Denied, DownloadFailed, NotHere, RuntimeFailure, Unreachable
from runtimes.httpclient import is_loopback
from runtimes.keys import redacted
from runtimes.reasons import because_of, reason_of
from runtimes.store.digests import stopped
from runtimes.store.proxies import ways
from runtimes.store.types import Tuning
from runtimes.texts import Text
from runtimes.trust import no_authorities

if TYPE_CHECKING:
    import httpx2

_LARGEST_REDIRECT = 64 << 10
_LARGEST_ANSWER = 32 << 20
_LONGEST_ANSWER = 60.0
_MOST_REDIRECTS = 5
_NUMBER = re.compile(r"^\[Errno -?\d+\] ")
"""What Python writes before the words of the system."""
_RESET = re.compile(r";\s*t=(\d{1,9})")
LATER = Text("try again later; what came is kept", "请稍后重试；已下载的部分会保留")
NETWORK = Text(
    "check the network, the proxy (HTTPS_PROXY) or use a mirror (HF_ENDPOINT)",
    "请检查网络和代理（HTTPS_PROXY），或改用镜像（HF_ENDPOINT）",
)


class Hiccup(Exception):  # noqa: N818 - it is not an error yet
    """What may pass; ``failure`` is what it becomes when nobody wants to try again.

    ``wait`` is what the server asked for, in seconds.  ``unreachable``: no connection at all.
    """

    def __init__(
        self, failure: RuntimeFailure, wait: float | None = None, *, unreachable: bool = False
    ) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.wait = wait
        self.unreachable = unreachable


class Retries:
    """Failures in a row, and the growing waits between them.

    ``waiting`` is told before each wait.  ``reached`` False: a hub that cannot be reached at
    all is not tried again, so that a machine without a network answers at once.
    """

    def __init__(
        self, tuning: Tuning, cancel: Cancel, waiting: Callable[[], None], *, reached: bool
    ) -> None:
        self._tuning = tuning
        self._cancel = cancel
        self._waiting = waiting
        self._reached = reached
        self._failures = 0

    def gained(self) -> None:
        """Something came: the count begins anew."""
        self._failures = 0
        self._reached = True

    def after(self, hiccup: Hiccup) -> None:
        """Wait before the next try.  Raises the failure where there should be none."""
        self._failures += 1
        tuning = self._tuning
        if (
            self._failures >= tuning.tries
            or (hiccup.wait or 0) > tuning.patience
            or (hiccup.unreachable and not self._reached)
        ):
            raise hiccup.failure from hiccup
        grown = tuning.first_wait * 2 ** (self._failures - 2) if self._failures > 1 else 0.0
        wait = min(grown, tuning.longest_wait) if hiccup.wait is None else hiccup.wait
        if wait:
            self._waiting()
        if self._cancel.wait(wait):
            raise stopped()


class Web:
    """Requests around one hub."""

    def __init__(self, endpoint: str, tuning: Tuning) -> None:
        if "@" in endpoint:  # it is not shown: it would stand in logs and records
            raise Unreachable(
                Text(
                    "HF_ENDPOINT must not contain a name or a password",
                    "HF_ENDPOINT 中不能包含用户名或密码",
                ),
                Text(
                    "leave them out; a token of the hub goes into HF_TOKEN",
                    "请去掉它们；模型站的令牌请放在 HF_TOKEN 中",
                ),
            )
        try:
            self._origin = origin(endpoint)
        except ValueError as wrong:
            raise Unreachable(
                Text("HF_ENDPOINT is no address: {0}", "HF_ENDPOINT 不是网址：{0}", (endpoint,)),
                Text("write it as https://host", "请写成 https://主机名 的形式"),
            ) from wrong
        self.host = urlsplit(endpoint).hostname or ""
        self._local = is_loopback(self.host)
        self._tuning = tuning

    def client(self, *, whole: bool = False) -> httpx2.Client:
        """A client under our rules; ``whole``: its answers are read at one go."""
        import httpx2

        tuning = self._tuning
        certificates = _certificates(variables=not self._local)
        return httpx2.Client(
            event_hooks={
                "request": [self._check_request],
                "response": [self._bound_whole if whole else self._bound_redirect],
            },
            follow_redirects=True,
            max_redirects=_MOST_REDIRECTS,
            timeout=httpx2.Timeout(tuning.read_timeout, connect=tuning.connect_timeout),
            trust_env=False,
            mounts=None if self._local else ways(certificates),
            verify=certificates,
            headers={"accept-encoding": "identity"},
        )

    def _check_request(self, request: httpx2.Request) -> None:
        url = str(request.url)
        there = _origin_or_none(url)
        home = there == self._origin
        local = self._local and is_loopback(request.url.host)
        if there is None or (not home and not local and request.url.scheme != "https"):
            raise DownloadFailed(
                Text(
                    "the hub sends us to an unsafe address: {0}",
                    "模型站重定向到不安全的地址：{0}",
                    (redacted(url)[:200],),
                ),
                Text("use another mirror (HF_ENDPOINT)", "请改用其他镜像（HF_ENDPOINT）"),
            )
        if not home or not (local or request.url.scheme == "https"):
            request.headers.pop("authorization", None)

    def _bound_redirect(self, response: httpx2.Response) -> None:
        if response.has_redirect_location:
            _bound(response, _LARGEST_REDIRECT)
            return
        coding = response.headers.get("content-encoding", "identity").lower()
        if response.is_success and coding != "identity":
            raise DownloadFailed(
                Text(
                    "something between the hub and us changes the files (encoding {0})",
                    "传输途中文件被改动（编码 {0}）",
                    (coding[:40],),
                ),
                NETWORK,
            )

    def _bound_whole(self, response: httpx2.Response) -> None:
        self._bound_redirect(response)
        _bound(response, _LARGEST_ANSWER)

    @contextmanager
    def translated(self, cancel: Cancel) -> Iterator[None]:
        """The client's exceptions become hiccups and failures of ours."""
        import httpx2

        try:
            yield
        except Exception as wrong:
            if cancel.is_set():
                raise stopped() from wrong
            reason = _NUMBER.sub("", redacted(str(wrong)))[:200] or type(wrong).__name__
            match wrong:
                case httpx2.ConnectError() | httpx2.ConnectTimeout() | httpx2.ProxyError():
                    raise Hiccup(self._unreachable(wrong, reason), unreachable=True) from wrong
                case httpx2.TooManyRedirects() | httpx2.UnsupportedProtocol():
                    raise broken(reason) from wrong
                case httpx2.HTTPError() | httpx2.StreamError() | httpx2.InvalidURL():
                    raise Hiccup(broken(reason)) from wrong
            raise

    def _unreachable(self, wrong: Exception, reason: str) -> Unreachable:
        """``reason``: the client's own words, which are told where the system's are not known."""
        text = Text("no connection to {0}: {1}", "无法连接 {0}：{1}")
        cause: BaseException | None = wrong
        while cause is not None and not isinstance(cause, OSError):
            cause = cause.__cause__ or cause.__context__
        if cause is None or reason_of(cause) is None:
            return Unreachable(text.of(self.host, reason), NETWORK)
        return Unreachable(because_of(cause, text, self.host), NETWORK)

    @contextmanager
    def get(
        self, client: httpx2.Client, url: str, headers: dict[str, str], cancel: Cancel
    ) -> Iterator[httpx2.Response]:
        """An open answer, whatever its status; ``cancel`` cuts it off at once.

        Raises ``Hiccup``, also out of the reading inside the ``with``.
        """
        with self.translated(cancel), client.stream("GET", url, headers=headers) as response:
            stream = response.extensions.get("network_stream")
            sock = stream.get_extra_info("socket") if stream else None

            def cut() -> None:
                with contextlib.suppress(OSError, ValueError):
                    if sock is not None:
                        sock.shutdown(socket.SHUT_RDWR)

            forget = cancel.listen(cut)
            try:
                yield response
            finally:
                forget()

    def refusal(self, response: httpx2.Response, repo: str, what: str) -> Hiccup | RuntimeFailure:
        """What a status other than success means; ``what`` was asked for."""
        status, page = response.status_code, f"{self._origin}/{repo}"
        code = response.headers.get("x-error-code", "")
        message = response.headers.get("x-error-message", "") or response.reason_phrase
        if status in {408, 429} or status >= 500:
            failure = Unreachable(
                Text(
                    "{0} answers with status {1} ({2})",
                    "{0} 返回状态 {1}（{2}）",
                    (self.host, status, message[:200]),
                ),
                LATER,
            )
            return Hiccup(failure, asked_wait(response))
        if code == "GatedRepo":
            return _gated(repo, page)
        if status in (401, 403) and code != "RepoNotFound":
            return Denied(
                Text("{0} refuses us: {1}", "{0} 拒绝访问：{1}", (self.host, message[:200])),
                _TOKEN,
            )
        if status in (401, 404):
            return NotHere(
                Text(
                    "{0} has no {1}, or it is private",
                    "{0} 上没有 {1}，或者它是私有的",
                    (self.host, what),
                ),
                _TOKEN,
            )
        return broken(f"status {status} ({message[:200]})")


@cache
def _certificates(*, variables: bool) -> ssl.SSLContext:
    """Read once: it takes longer than all the rest of a client.  ``variables``: also those that
    ``SSL_CERT_FILE`` names."""
    import httpx2

    try:
        return httpx2.create_ssl_context(trust_env=variables)
    except OSError as wrong:
        raise no_authorities(wrong) from wrong


_TOKEN = Text(
    "check the name; a private repository needs a token of an account that may read it (HF_TOKEN)",
    "请检查名称；私有仓库需要有读取权限的账号令牌（HF_TOKEN）",
)


def _gated(repo: str, page: str) -> Denied:
    return Denied(
        Text(
            "{0} is gated: its publisher wants you to accept the licence first",
            "{0} 需要先接受发布者的许可条款",
            (repo,),
        ),
        Text(
            "ask for access at {0}, make a token in your account's settings there, "
            "then set HF_TOKEN and pull again",
            "在 {0} 申请访问，在账号设置中创建令牌，设置 HF_TOKEN 后重新下载",
            (page,),
        ),
    )


def broken(reason: str) -> DownloadFailed:
    """The connection or the answer is not what it should be."""
    return DownloadFailed(Text("the download broke: {0}", "下载中断：{0}", (reason,)), LATER)


def asked_wait(response: httpx2.Response) -> float | None:
    """The seconds that a server asks for: ``Retry-After``, or the hub's ``RateLimit``."""
    asked = response.headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    if asked:
        with contextlib.suppress(ValueError, OverflowError):
            return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    reset = _RESET.search(response.headers.get("ratelimit", ""))
    return float(reset[1]) if reset and response.status_code == 429 else None


def origin(url: str) -> str:
    """Scheme, host and port of an address, in one spelling.  Raises ``ValueError`` where it is
    no address of the web."""
    parts = urlsplit(url)
    usual = {"http": 80, "https": 443}[parts.scheme] if parts.scheme in ("http", "https") else 0
    if not usual or not parts.hostname or parts.port == 0:
        raise ValueError(url)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = parts.port or usual
    return f"{parts.scheme}://{host}" if port == usual else f"{parts.scheme}://{host}:{port}"


def _origin_or_none(url: str) -> str | None:
    try:
        return origin(url)
    except ValueError:
        return None


def _bound(response: httpx2.Response, most: int) -> None:
    """Let the body of an answer fail when it grows beyond ``most`` bytes, or takes too long."""
    import httpx2

    body = response.stream
    end = time.monotonic() + _LONGEST_ANSWER

    class Bounded(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            count = 0
            assert isinstance(body, httpx2.SyncByteStream)
            for data in body:
                count += len(data)
                if count > most or time.monotonic() > end:
                    raise broken("an answer without end")
                yield data

        def close(self) -> None:
            assert isinstance(body, httpx2.SyncByteStream)
            body.close()

    response.stream = Bounded()
