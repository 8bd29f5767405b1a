"""The door of the app in a browser: who is let in, and that nothing is left behind."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest
from aiohttp import web

from assistant.paths import settings_file
from assistant.settings import Settings, change_settings
from runtimes.errors import NotInstalled, Unreachable
from runtimes.texts import Lang
from tui.settled import Wanted
from tui.web.opening import HOST, serve
from tui.web.server import MOST_PAGES, Door, Site, listen

Journey = Callable[[aiohttp.ClientSession, Door, Site], Coroutine[Any, Any, None]]


@asynccontextmanager
async def site(lang: Lang = Lang.EN) -> AsyncIterator[tuple[aiohttp.ClientSession, Door, Site]]:
    """A site on a port of its own, and a client that keeps cookies as a browser would."""
    listener = listen(HOST, 0)
    door = Door(HOST, listener.getsockname()[1])
    one = Site(Wanted(lang=lang, asked=True, model=""), door)
    runner = web.AppRunner(one.application(), access_log=None, shutdown_timeout=5)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    jar = aiohttp.CookieJar(unsafe=True)  # cookies of a numeric address too
    try:
        async with aiohttp.ClientSession(cookie_jar=jar) as session:
            yield session, door, one
    finally:
        await runner.cleanup()


def visit(journey: Journey) -> None:
    async def all_of_it() -> None:
        async with site() as (session, door, one):
            await journey(session, door, one)

    asyncio.run(all_of_it())


def at(door: Door, path: str = "/") -> str:
    return f"http://{HOST}:{door.port}{path}"


def test_nothing_is_given_without_the_token() -> None:
    async def journey(session: aiohttp.ClientSession, door: Door, _: Site) -> None:
        wrong = "x" * len(door.token)
        for query in ("", "?token=", f"?token={wrong}", f"?token={door.token[:-1]}", "?token=ü"):
            async with session.get(at(door, "/" + query)) as answer:
                assert answer.status == 401
                assert "token" in await answer.text()
                assert "Set-Cookie" not in answer.headers
        for path in ("/static/js/textual.js", "/ws", "/download/x", "/none"):
            origin = {"Origin": at(door, "")}
            async with session.get(
                at(door, f"{path}?token={door.token}"), headers=origin
            ) as answer:
                assert answer.status == 401
        cookies = {"Cookie": f"{door.cookie}={wrong}"}
        async with session.get(at(door), headers=cookies) as answer:
            assert answer.status == 401

    visit(journey)


def test_the_token_becomes_a_cookie_that_no_script_and_no_other_site_can_use() -> None:
    async def journey(session: aiohttp.ClientSession, door: Door, _: Site) -> None:
        async with session.get(door.address) as answer:
            assert answer.status == 200
            set_cookie = answer.headers["Set-Cookie"]
            assert "HttpOnly" in set_cookie
            assert "SameSite=Strict" in set_cookie
            assert 'content="0; url=/"' in await answer.text()
            assert door.token not in await answer.text()
        async with session.get(at(door)) as answer:
            assert answer.status == 200
            page = await answer.text()
            assert f"ws://{HOST}:{door.port}/ws" in page
            assert not re.search(r"https?://(?!127)", page)
            rule = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'; script-src 'self';" in rule
            assert "frame-ancestors 'none'" in rule
        async with session.get(at(door, "/static/js/textual.js")) as answer:
            assert answer.status == 200
        for path in ("/static/", "/static/../server.py", "/static/%2e%2e/server.py", "/download/x"):
            async with session.get(at(door, path)) as answer:
                assert answer.status in (403, 404)

    visit(journey)


def test_another_name_for_this_computer_is_refused() -> None:
    async def journey(session: aiohttp.ClientSession, door: Door, _: Site) -> None:
        for name in ("evil.example", f"evil.example:{door.port}", HOST, f"127.0.0.1.:{door.port}"):
            async with session.get(door.address, headers={"Host": name}) as answer:
                assert answer.status == 421
        local = {"Host": f"localhost:{door.port}"}
        async with session.get(door.address, headers=local) as answer:
            assert answer.status == 200

    visit(journey)


def test_a_page_of_another_origin_is_refused_even_with_the_cookie() -> None:
    async def journey(session: aiohttp.ClientSession, door: Door, _: Site) -> None:
        await session.get(door.address)
        ours = at(door, "")
        wrong = ("http://evil.example", "null", f"https://{HOST}:{door.port}", f"{ours}0", "")
        for origin in (*wrong, f"http://localhost:{door.port}"):
            for path in ("/ws", "/"):
                async with session.get(at(door, path), headers={"Origin": origin}) as answer:
                    assert answer.status == 403
        async with session.get(at(door, "/ws")) as answer:  # a browser always names its origin
            assert answer.status == 403

    visit(journey)


@pytest.mark.slow
def test_a_connection_opens_the_app_and_ends_it() -> None:
    async def journey(session: aiohttp.ClientSession, door: Door, _: Site) -> None:
        await session.get(door.address)
        origin = {"Origin": at(door, "")}
        before = children(os.getpid())
        async with session.ws_connect(at(door, "/ws?width=x"), headers=origin) as socket:
            seen = b""
            async with asyncio.timeout(30):
                while b"Ask something" not in seen:
                    seen += (await socket.receive()).data
            assert len(children(os.getpid()) - before) == 1
            await socket.send_json(["resize", {"width": 10**9, "height": -5}])
            await socket.send_json(["nonsense", 1])
            async with asyncio.timeout(30):
                while not socket.closed:
                    await socket.receive()
            assert socket.close_code == aiohttp.WSCloseCode.PROTOCOL_ERROR
        async with asyncio.timeout(15):
            while children(os.getpid()) - before:
                await asyncio.sleep(0.1)

    visit(journey)


def test_the_page_speaks_the_language_of_the_settings() -> None:
    async def journey(session: aiohttp.ClientSession, door: Door, one: Site) -> None:
        one._wanted = Wanted(lang=Lang.EN)
        change_settings(settings_file(), Settings(language=Lang.ZH))
        await session.get(door.address)
        async with session.get(at(door)) as answer:
            page = await answer.text()
        assert 'lang="zh-Hans"' in page
        assert "正在启动" in page

    visit(journey)


def test_only_so_many_pages_are_opened() -> None:
    async def journey(session: aiohttp.ClientSession, door: Door, one: Site) -> None:
        await session.get(door.address)
        one._open = {web.WebSocketResponse() for _ in range(MOST_PAGES)}
        async with session.get(at(door, "/ws"), headers={"Origin": at(door, "")}) as answer:
            assert answer.status == 503
            assert str(MOST_PAGES) in await answer.text()
        one._open = set()

    visit(journey)


def children(process: int) -> set[int]:
    """The processes that a process has started."""
    return {child.pid for child in psutil.Process(process).children()}


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_end_of_the_server_is_the_end_of_its_apps(
    own_home: Path, number: signal.Signals
) -> None:
    command = [sys.executable, "-m", "tui", "--web", "--lang", "zh"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        found = re.search(r"界面地址：(http://127\.0\.0\.1:(\d+)/\?token=\S{43})$", line)
        assert found, line
        apps: set[int] = set()

        async def journey() -> None:
            jar = aiohttp.CookieJar(unsafe=True)
            base = f"http://{HOST}:{found[2]}"
            async with aiohttp.ClientSession(cookie_jar=jar) as session:
                await session.get(found[1])
                headers = {"Origin": base}
                async with session.ws_connect(f"{base}/ws", headers=headers) as socket:
                    seen = b""
                    async with asyncio.timeout(30):
                        while "输入问题".encode() not in seen and len(seen) < 5_000:
                            seen += (await socket.receive()).data
                    apps.update(children(server.pid))
                    server.send_signal(number)

        asyncio.run(journey())
        assert server.wait(15) == (-9 if number is signal.SIGKILL else 0)
    assert len(apps) == 1
    end = time.monotonic() + 15
    while any(Path(f"/proc/{app}").exists() for app in apps):
        assert time.monotonic() < end
        time.sleep(0.1)


def test_what_is_missing_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.web.opening.find_spec", lambda name: None)
    with pytest.raises(NotInstalled, match="textual-serve") as caught:
        serve(Wanted(lang=Lang.EN))
    assert caught.value.remedy is not None
    (line,) = caught.value.remedy.args
    assert "textual-serve<1.2,>=1.1.3" in str(line).replace("'", " ").split()


def test_a_port_that_is_taken_is_told() -> None:
    with listen(HOST, 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Unreachable, match=str(port)):
            serve(Wanted(lang=Lang.EN, port=port))
