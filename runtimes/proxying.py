"""What is said of a proxy that the environment names, but that cannot be used."""

from __future__ import annotations

from runtimes.errors import Unreachable
from runtimes.texts import Text

PROXY = Text(
    "correct the proxy (HTTPS_PROXY), or except this server from it (NO_PROXY)",
    "请更正代理（HTTPS_PROXY），或用 NO_PROXY 将该服务器排除在外",
)


def unusable(proxy: str, host: str) -> Unreachable:
    """Why ``host`` cannot be reached through it.  The address may hold a password, and is not
    shown."""
    kind = proxy.partition("://")[0].lower()
    if not kind.startswith("socks"):
        return Unreachable(
            Text(
                "the proxy that the environment names for {0} is no address of http or https",
                "环境变量为 {0} 指定的代理不是 http 或 https 网址",
                (host,),
            ),
            PROXY,
        )
    return Unreachable(
        Text(
            "the proxy for {0} is of the kind SOCKS (HTTPS_PROXY, ALL_PROXY), which is not spoken "
            "here",
            "{0} 的代理是 SOCKS 代理（HTTPS_PROXY 或 ALL_PROXY），本程序不支持 SOCKS",
            (host,),
        ),
        Text(
            "set HTTPS_PROXY=http://HOST:PORT (what offers SOCKS mostly offers an HTTP proxy too, "
            "often on the same port), or go there without one: NO_PROXY={0}",
            "请设置 HTTPS_PROXY=http://主机:端口（提供 SOCKS 的程序大多也提供 HTTP 代理，"
            "且常为同一端口），或不经代理直接访问：NO_PROXY={0}",
            (host,),
        ),
    )
