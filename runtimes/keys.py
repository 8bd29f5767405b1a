"""Keys of servers: where they come from, and to whom they may go.

A key is read from the environment or the system's keyring when it is needed, kept in memory, and
never written anywhere.  It goes to the one origin (scheme, host and port) that it is meant for:

- the keyring's entry for that origin: ``keyring set assistant https://host:8000``;
- ``ASSISTANT_API_KEY``, to the origin of ``ASSISTANT_API_URL``; without that, only to this
  machine (a server here, or a tunnel to one);
- ``OPENAI_API_KEY``, to the origin of ``OPENAI_BASE_URL``, or else to ``https://api.openai.com``.

Over plain ``http`` to another machine no key is sent unless ``ASSISTANT_KEY_OVER_HTTP=1``.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import sys
import urllib.parse
from dataclasses import dataclass, field

from runtimes.errors import Denied, Unreachable
from runtimes.httpclient import is_loopback
from runtimes.texts import Text

SERVICE = "assistant"
"""The keyring's name for us."""

_BEARER = re.compile(r"\b(?:authorization\s*[:=]\s*(?:bearer\s+)?|bearer\s+)\S+", re.IGNORECASE)
_PAGE = re.compile(r"\s*<(?:!doctype\b|html\b|head\b)", re.IGNORECASE)
_TITLE = re.compile(r"<(title|h1)\b[^<>]*>([^<]{1,400})", re.IGNORECASE)
_HIDDEN = "***"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Key:
    """A secret that does not show itself."""

    value: str = field(repr=False)

    def header(self) -> str:
        """What ``Authorization`` says."""
        return f"Bearer {self.value}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who is asked: scheme, host and port."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Origin:
        """The origin of an address.  Raises ``Unreachable`` for what is no web address, or has a
        name and password in it: those would end up in listings and logs."""
        try:
            parts = urllib.parse.urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = urllib.parse.SplitResult("", "", "", "", ""), None
        if parts.scheme not in _PORTS or not parts.hostname:
            raise Unreachable(
                Text("{0} is no web address", "{0} 不是网址", (redacted(url),)),
                Text(
                    "write it as http://HOST:PORT/v1",
                    "请写成 http://主机:端口/v1 的形式",
                ),
            )
        if parts.username is not None or parts.password is not None:
            raise Unreachable(
                Text(
                    "an address must not contain a password",
                    "网址中不能包含密码",
                ),
                Text(
                    "leave it out, and put the key into the keyring: {0}",
                    "请去掉密码，并把密钥存入钥匙串：{0}",
                    (storing(f"{parts.scheme}://{parts.hostname}"),),
                ),
            )
        return cls(parts.scheme, parts.hostname.lower(), port or _PORTS[parts.scheme])

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def local(self) -> bool:
        """Is it this machine?"""
        return is_loopback(self.host)

    @property
    def private(self) -> bool:
        """Can nobody on the way read what goes there?"""
        return self.scheme == "https" or self.local


def key_for(url: str) -> Key | None:
    """The key that is meant for this server, if there is one.

    Raises ``Denied`` where it would travel readable for everybody on the way, or is no key.
    """
    origin = Origin.of(url)
    value = _from_keyring(origin) or _from_environment(origin)
    if not value:
        return None
    allow_sending(origin)
    return Key(carried(value, str(origin)))


class Keyhole:
    """The key of one server, looked up when it is needed.

    A server on this machine seldom wants one, and loading the keyring takes longer than
    all else that a request needs: there it is opened only once the server has refused us.
    """

    def __init__(self, url: str) -> None:
        """Raises ``Denied`` like ``key_for``."""
        self._url = url
        origin = Origin.of(url)
        self._late = origin.local
        if origin.local:
            value = _from_environment(origin)
            self.key = Key(carried(value, str(origin))) if value else None
        else:
            self.key = key_for(url)

    def refused(self) -> bool:
        """The server wants a key, or another one: is there one that was not tried?"""
        if not self._late:
            return False
        self._late = False
        tried, self.key = self.key, key_for(self._url) or self.key
        return self.key != tried


def allow_sending(origin: Origin) -> None:
    """Raises ``Denied`` unless a key may be sent to this origin."""
    if origin.private or os.environ.get("ASSISTANT_KEY_OVER_HTTP") == "1":
        return
    raise Denied(
        Text(
            "the key for {0} would cross the network unencrypted; nothing was sent",
            "发往 {0} 的密钥将以明文经过网络，因此没有发送任何内容",
            (str(origin),),
        ),
        Text(
            "use https, or a tunnel (ssh -L 8000:127.0.0.1:{0} {1}) and http://127.0.0.1:8000/v1; "
            "ASSISTANT_KEY_OVER_HTTP=1 allows it all the same",
            "请使用 https，或建立隧道（ssh -L 8000:127.0.0.1:{0} {1}）后访问 "
            "http://127.0.0.1:8000/v1；若仍要发送，请设置 ASSISTANT_KEY_OVER_HTTP=1",
            (origin.port, origin.host),
        ),
    )


def carried(value: str, server: str) -> str:
    """A key as a header can carry it: without the blanks or the line's end that came along when
    it was copied.  Raises ``Denied`` for what holds anything else that no key can hold; a client
    would repeat it, as it is, in its complaint."""
    value = value.strip()
    if value and value.isascii() and value.isprintable() and " " not in value:
        return value
    raise Denied(
        Text(
            "the key for {0} holds a blank or a letter that no key can hold; nothing was sent",
            "发往 {0} 的密钥含有密钥中不可能有的空格或字符，因此没有发送任何内容",
            (server,),
        ),
        Text("copy it again, all of it and nothing else", "请重新复制完整的密钥，不要带其他内容"),
    )


def how_to_give(origin: Origin) -> Text:
    """How a user hands over the key of a server."""
    return Text(
        "store its key with: {1} (or set ASSISTANT_API_URL={0} and ASSISTANT_API_KEY)",
        "请用 {1} 保存密钥（或设置 ASSISTANT_API_URL={0} 和 ASSISTANT_API_KEY）",
        (str(origin), storing(str(origin))),
    )


def storing(origin: str) -> str:
    """The command that puts a key into the keyring: it asks for it.  The keyring's own, or that of
    our Python, where an installation by itself has put it on no path."""
    words = ["keyring"] if shutil.which("keyring") else [sys.executable, "-m", "keyring"]
    return shlex.join([*words, "set", SERVICE, origin])


def redacted(text: str, key: Key | None = None) -> str:
    """Words from outside, or an address, without anything that is a key."""
    if key is not None and key.value:
        text = text.replace(key.value, _HIDDEN)
    text = _BEARER.sub(_HIDDEN, text)
    return re.sub(r"(?<=://)[^/@\s]+@", f"{_HIDDEN}@", text)


def spoken(said: str) -> str:
    """The words of a refusal: of a page (a proxy in front of a server writes one) its title."""
    if not _PAGE.match(said):
        return said.strip()
    title = _TITLE.search(said)
    return " ".join(title[2].split()) if title else ""


def _from_environment(origin: Origin) -> str:
    own = os.environ.get("ASSISTANT_API_KEY", "").strip()
    meant_for = os.environ.get("ASSISTANT_API_URL")
    if own and (Origin.of(meant_for) == origin if meant_for else origin.local):
        return own
    home = os.environ.get("OPENAI_BASE_URL") or "https://api.openai.com"
    with contextlib.suppress(Unreachable):  # other programs' variable: not ours to complain of
        if Origin.of(home) == origin:
            return os.environ.get("OPENAI_API_KEY", "").strip()
    return ""


def _from_keyring(origin: Origin) -> str:
    import keyring

    try:
        return (keyring.get_password(SERVICE, str(origin)) or "").strip()
    except Exception:  # noqa: BLE001 - none here, locked, set up for what is not installed, …
        return ""  # whatever a keyring of some system raises: as if it were empty
