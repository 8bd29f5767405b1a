"""The way to a hub through the proxies of the environment.

The client's own reading of the variables fails as a whole where one of them names a kind that it
does not speak: ``ALL_PROXY=socks5://…`` stands beside a good ``HTTPS_PROXY`` on many machines.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from runtimes.proxying import unusable

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
    return _unspoken()(proxy)


@cache
def _unspoken() -> Callable[[str], httpx2.BaseTransport]:
    import httpx2

    class Unspoken(httpx2.BaseTransport):
        """A proxy that we cannot use."""

        def __init__(self, proxy: str) -> None:
            self._proxy = proxy

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            raise unusable(self._proxy, request.url.host)

    return Unspoken
