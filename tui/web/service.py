"""A process of the app behind a page of the browser, with the web driver of Textual."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import asdict

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from tui.settled import Wanted

PATIENCE = 4.0
"""Seconds that an app has to end."""


MOST_WIDE, MOST_HIGH = 500, 200
"""Cells that are drawn, whatever a browser asks for."""


def within(width: int, height: int) -> tuple[int, int]:
    """The nearest size that is drawn."""
    return min(max(width, 1), MOST_WIDE), min(max(height, 1), MOST_HIGH)


class AppProcess(AppService):
    """Started without a shell; it ends with us, however we end.

    It holds the reading end of a pipe that nobody writes to: our end closes the other one.
    """

    def __init__(
        self, wanted: Wanted, connection: web.WebSocketResponse, downloads: DownloadManager
    ) -> None:
        async def close() -> None:
            await connection.close()

        super().__init__(
            "assistant",
            write_bytes=connection.send_bytes,
            write_str=connection.send_str,
            close=close,
            download_manager=downloads,
        )
        self._wanted = wanted
        self._started: Process | None = None
        self._held: int | None = None

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width=width, height=height)
        environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        passed: tuple[int, ...] = ()
        if os.name == "posix":
            end, self._held = os.pipe()
            passed = (end,)
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "tui.web.child", json.dumps(asdict(self._wanted))),
                *(str(end) for end in passed),
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                env=environment,
                pass_fds=passed,
                start_new_session=True,  # Ctrl-C is ours to handle
            )
        finally:
            for end in passed:
                os.close(end)
        assert process.stdin is not None
        self._process = self._started = process
        self._stdin = process.stdin
        return process

    async def end(self) -> None:
        """Ask the app to end; after a while kill it."""
        process = self._started
        if process is not None:
            with suppress(ConnectionError, asyncio.TimeoutError):
                await asyncio.wait_for(self.stop(), PATIENCE)
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(process.wait(), PATIENCE / 4)
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        held, self._held = self._held, None
        if held is not None:
            os.close(held)
