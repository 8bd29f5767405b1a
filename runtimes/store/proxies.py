"""The way to a hub through the proxies of the environment.

The client's own reading of the variables fails as a whole where one of them names a kind that it
does not speak: ``ALL_PROXY=socks5://…`` stands beside a good ``HTTPS_PROXY`` on many machines.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from runtimes.errors import Unreachable
from runtimes.texts import Text

if TYPE_CHECKING:
    import ssl

    import httpx2


def ways(certificates: ssl.SSLContext) -> dict[str, httpx2.BaseTransport | None]:
    """What carries requests, by a pattern of addresses; ``None`` goes straight there.

    Only the request that would need a proxy that we cannot use fails: with ``Unreachable``.
    """
    from httpx2._utils import get_environment_proxies

    return {
        pattern: None if proxy is None else _carrier(proxy, certificates)
        for pattern, proxy in get_environment_proxies().items()
    }


def _carrier(proxy: str, certificates: ssl.SSLContext) -> httpx2.BaseTransport:
    import httpx2

    try:
        there = httpx2.Proxy(proxy)
        if there.url.scheme in ("http", "https") and there.url.host:
            return httpx2.HTTPTransport(verify=certificates, proxy=there, trust_env=False)
    except (ValueError, httpx2.InvalidURL):
        pass  # a kind, or an address, that is none
    return _unspoken()()


@cache
def _unspoken() -> type[httpx2.BaseTransport]:
    import httpx2

    class Unspoken(httpx2.BaseTransport):
        """A proxy that we cannot use."""

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            raise Unreachable(
                Text(
                    "the proxy that the environment names for {0} is no address of http or https",
                    "环境变量为 {0} 指定的代理不是 http 或 https 网址",
                    (request.url.host,),
                ),
                Text(
                    "name an HTTP proxy in HTTPS_PROXY (what offers SOCKS mostly offers one, too), "
                    "or except the host from it (NO_PROXY)",
                    "请在 HTTPS_PROXY 中指定 HTTP 代理（提供 SOCKS 的程序大多也提供），"
                    "或用 NO_PROXY 将该主机排除在外",
                ),
            )

    return Unspoken
