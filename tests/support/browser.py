"""Chromium, driven by its DevTools protocol: no more than a web socket, which the extra ``web``
brings along anyway."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import aiohttp

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = """--headless --no-sandbox --disable-quic --no-first-run --disable-sync
    --disable-background-networking --disable-component-update --hide-scrollbars
    --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader
    --window-size=1000,640 --remote-debugging-port=0""".split()
PATIENCE = 60.0
ESCAPES = re.compile(
    r"\x1b(\[[0-9;?<>=$]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[()][0-9A-B]|[=>78])"
)


class RefusedError(Exception):
    """The browser does not do it."""


class Page:
    """The one page of a browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self.requested: list[str] = []
        """Addresses that the page has asked for."""
        self.said: list[str] = []
        """Its errors."""
        self.drawn = ""
        """All that its terminal was sent, without escapes."""

    async def call(self, method: str, **values: object) -> dict[str, Any]:
        """One command of the protocol."""
        self._number += 1
        number = self._number
        await self._socket.send_json({"id": number, "method": method, "params": values})
        async with asyncio.timeout(PATIENCE):
            while True:
                answer: dict[str, Any] = await self._socket.receive_json()
                if answer.get("id") == number:
                    if "error" in answer:
                        raise RefusedError(answer["error"])
                    result: dict[str, Any] = answer["result"]
                    return result
                self._note(answer)

    def _note(self, event: dict[str, Any]) -> None:
        values = event.get("params", {})
        match event.get("method"):
            case "Network.requestWillBeSent":
                self.requested.append(values["request"]["url"])
            case "Network.webSocketCreated":
                self.requested.append(values["url"])
            case "Network.webSocketFrameReceived" if values["response"]["opcode"] == 2:
                data = base64.b64decode(values["response"]["payloadData"])
                self.drawn += ESCAPES.sub("", data.decode("utf-8", "replace"))
            case "Runtime.exceptionThrown" | "Log.entryAdded":
                self.said.append(json.dumps(values))

    async def go(self, address: str) -> None:
        """Open an address."""
        await self.call("Page.navigate", url=address)

    async def evaluate(self, script: str) -> Any:
        """The value of an expression of JavaScript; none while a page makes way for another."""
        try:
            done = await self.call("Runtime.evaluate", expression=script, returnByValue=True)
        except RefusedError:
            return None
        return done["result"].get("value")

    async def until(self, words: str, since: int = 0) -> None:
        """Wait until the terminal was sent these words; ``since`` is a length of ``drawn``."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while words not in self.drawn[since:]:
            assert asyncio.get_running_loop().time() < end, (words, self.drawn[-3000:], self.said)
            await self.evaluate("0")  # events come with answers
            await asyncio.sleep(0.1)

    async def until_true(self, script: str) -> None:
        """Wait until an expression of JavaScript is true."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while not await self.evaluate(script):
            assert asyncio.get_running_loop().time() < end, (script, self.said)
            await asyncio.sleep(0.1)

    async def type(self, text: str) -> None:
        """Type a text."""
        for sign in text:
            await self.call("Input.insertText", text=sign)

    async def press(self, key: str, code: int, modifiers: int = 0) -> None:
        """Press a key that writes nothing; ``code`` is that of Windows, ``modifiers`` 2 is Ctrl."""
        named = {"key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        text = {"text": "\r"} if key == "Enter" else {}
        await self.call("Input.dispatchKeyEvent", type="keyDown", **named, **text)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **named)

    async def picture(self, path: Path) -> None:
        """What is seen, as PNG."""
        done = await self.call("Page.captureScreenshot", format="png")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(done["data"]))


class _Process(subprocess.Popen[bytes]):
    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.terminate()
        try:
            self.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
        super().__exit__(kind, value, traceback)


@asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Page]:
    """A browser with one empty page and a profile of its own below ``folder``."""
    profile = folder / "profile"
    words = [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
    with _Process(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        told = profile / "DevToolsActivePort"
        async with asyncio.timeout(PATIENCE):
            while not (told.exists() and told.read_text().count("\n")):
                await asyncio.sleep(0.1)
        port = told.read_text().split()[0]
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json") as listed:
                pages = [one for one in await listed.json() if one["type"] == "page"]
            address = pages[0]["webSocketDebuggerUrl"]
            async with session.ws_connect(address, max_msg_size=0) as socket:
                page = Page(socket)
                for domain in ("Page", "Network", "Runtime", "Log"):
                    await page.call(f"{domain}.enable")
                yield page
