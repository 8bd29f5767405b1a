"""Serves the app to a browser: one process of the app for each page that is open.

Only who knows the token gets in: it comes once in the address and then in a cookie.  A page of
another site can reach a server on this computer through the browser, so the name by which we are
called (against a name that is pointed at 127.0.0.1) and the origin of a connection are looked at
too.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

from aiohttp import WSCloseCode, WSMsgType, web
from textual_serve import server as textual_serve
from textual_serve.download_manager import DownloadManager

from runtimes.texts import Lang, Text
from tui.settled import Wanted, spoken
from tui.web.service import AppProcess, within

TOKEN = "token"  # noqa: S105 - the name of the parameter
MOST_PAGES = 4
"""Each page is a process with a model of its own."""
MOST_MESSAGE = 16 << 20
"""Bytes of one message of the browser: a paste."""
STATIC = Path(textual_serve.__file__).parent / "static"
PAGE = Path(__file__).with_name("page.html")
WORDS = {
    "ended": Text("The app has ended.", "程序已结束。"),
    "again": Text("Open it again", "重新打开"),
    "opening": Text("The app is being started…", "正在启动……"),
}
DENIED = Text(
    "The address needs the token that assistant --web has printed.",
    "地址中须含 assistant --web 显示的令牌。",
)
FULL = Text("{0} pages are open already; close one.", "已打开 {0} 个页面，请先关闭一个。")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Door:
    """Who is let in: by token, by the name that is called, by the origin of the page."""

    host: str
    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def address(self) -> str:
        """Where the browser is sent, with the token."""
        return f"http://{self.host}:{self.port}/?{TOKEN}={self.token}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which we may be called."""
        return (f"{self.host}:{self.port}", f"localhost:{self.port}")

    @property
    def cookie(self) -> str:
        """Its name; cookies of all ports of a host are in one jar."""
        return f"assistant-{self.port}"

    def knows(self, token: str | None) -> bool:
        """Is it the token?  Takes the same time for every wrong one."""
        given = (token or "").encode("utf-8", "surrogatepass")
        return hmac.compare_digest(given, self.token.encode())

    def refuses(self, request: web.Request) -> int | None:
        """The HTTP status for who is not let in."""
        if request.headers.get("Host", "") not in self.names:
            return 421
        origin = request.headers.get("Origin")
        same = origin == f"http://{request.headers['Host']}"
        if not same and (origin is not None or request.path == "/ws"):
            return 403
        first = request.path == "/" and self.knows(request.query.get(TOKEN))
        if not first and not self.knows(request.cookies.get(self.cookie)):
            return 401
        return None


class Site:
    """The pages behind a door."""

    def __init__(self, wanted: Wanted, door: Door) -> None:
        self._wanted = wanted
        self._door = door
        self._downloads = DownloadManager()
        self._open: set[web.WebSocketResponse] = set()

    def application(self) -> web.Application:
        """All of it, for aiohttp."""
        app = web.Application(middlewares=[self._guard])
        app.router.add_get("/", self._index)
        app.router.add_get("/ws", self._socket)
        app.router.add_get("/download/{key}", self._download)
        app.router.add_static("/static", STATIC)
        app.on_shutdown.append(self._close)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        status = self._door.refuses(request)
        if status is not None:
            told = DENIED.template(spoken(self._wanted)) if status == 401 else ""
            response: web.StreamResponse = web.Response(status=status, text=told)
        else:
            response = await handler(request)
        if not response.prepared:
            response.headers.update(self._headers())
        return response

    def _headers(self) -> dict[str, str]:
        sockets = " ".join(f"ws://{name}" for name in self._door.names)
        return {
            "Content-Security-Policy": (
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                f"img-src 'self' data:; font-src 'self'; connect-src 'self' {sockets}; "
                "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
            ),
            "Cache-Control": "no-store",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }

    async def _index(self, request: web.Request) -> web.Response:
        if TOKEN in request.query:
            return self._let_in()
        lang = spoken(self._wanted)
        words = {name: text.template(lang) for name, text in WORDS.items()}
        page = Template(PAGE.read_text(encoding="utf-8")).substitute(
            words,
            lang="zh-Hans" if lang is Lang.ZH else "en",
            socket=f"ws://{request.headers['Host']}/ws",
            background="#ffffff" if "light" in (self._wanted.theme or "") else "#121212",
        )
        return web.Response(text=page, content_type="text/html")

    def _let_in(self) -> web.Response:
        """The cookie, and on to the address without the token.

        The page itself goes on, not a redirection: a browser sends a strict cookie only where
        the way began with us.
        """
        page = '<!DOCTYPE html><meta http-equiv="refresh" content="0; url=/">'
        response = web.Response(text=page, content_type="text/html")
        response.set_cookie(
            self._door.cookie, self._door.token, httponly=True, samesite="Strict", path="/"
        )
        return response

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if len(self._open) >= MOST_PAGES:
            told = FULL.template(spoken(self._wanted)).format(MOST_PAGES)
            return web.Response(status=503, text=told)
        connection = web.WebSocketResponse(heartbeat=15, max_msg_size=MOST_MESSAGE)
        self._open.add(connection)
        process = AppProcess(self._wanted, connection, self._downloads)
        try:
            await connection.prepare(request)
            await process.start(*_size(request))
            await self._obey(connection, process)
        finally:
            await process.end()
            self._open.discard(connection)
        return connection

    async def _obey(self, connection: web.WebSocketResponse, process: AppProcess) -> None:
        """What the browser sends, until it goes; what is no message of it ends the connection."""
        async for message in connection:
            if message.type is not WSMsgType.TEXT:
                continue
            try:
                match message.json():
                    case ["stdin", str(typed)]:
                        await process.send_bytes(typed.encode("utf-8", "replace"))
                    case ["resize", {"width": int(width), "height": int(height)}]:
                        await process.set_terminal_size(*within(width, height))
                    case ["ping", str(sent)]:
                        await connection.send_json(["pong", sent[:40]])
                    case ["blur", *_]:
                        await process.blur()
                    case ["focus", *_]:
                        await process.focus()
                    case _:
                        raise ValueError("not a message of the page")
            except (ValueError, RecursionError):
                await connection.close(code=WSCloseCode.PROTOCOL_ERROR)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        key = request.match_info["key"]
        try:
            meta = await self._downloads.get_download_metadata(key)
        except KeyError:
            return web.Response(status=404)
        response = web.StreamResponse(headers=self._headers())
        response.content_type = "application/octet-stream"
        name = "".join(c if c.isalnum() or c in "-_." else "_" for c in meta.file_name)
        ascii_name = name.encode("ascii", "replace").decode().replace("?", "_")
        response.headers["Content-Disposition"] = f'attachment; filename="{ascii_name}"'
        await response.prepare(request)
        async for chunk in self._downloads.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def _close(self, _: web.Application) -> None:
        """Every page is told, and its process ended."""
        for connection in list(self._open):
            with suppress(ConnectionError, asyncio.TimeoutError):
                await connection.close(code=WSCloseCode.GOING_AWAY)


def _size(request: web.Request) -> tuple[int, int]:
    try:
        size = int(request.query.get("width", "80")), int(request.query.get("height", "24"))
    except ValueError:
        size = (80, 24)
    return within(*size)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens.  Raises ``OSError`` where the port is taken or not allowed."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(16)
    except BaseException:
        listener.close()
        raise
    return listener


def run(wanted: Wanted, door: Door, listener: socket.socket) -> int:
    """Serve until Ctrl-C or SIGTERM; the result is the exit code."""
    with suppress(KeyboardInterrupt):  # where the system knows no handlers in a loop
        asyncio.run(_serve(wanted, door, listener))
    return 0


async def _serve(wanted: Wanted, door: Door, listener: socket.socket) -> None:
    runner = web.AppRunner(Site(wanted, door).application(), access_log=None, shutdown_timeout=10)
    await runner.setup()
    stop = asyncio.Event()
    with suppress(NotImplementedError):
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        await web.SockSite(runner, listener).start()
        await stop.wait()
    finally:
        await runner.cleanup()
