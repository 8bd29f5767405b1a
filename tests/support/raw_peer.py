"""Our client before a server that answers in raw bytes."""

from __future__ import annotations

import time
from collections.abc import Iterator

from openai_peer import MACHINE, spec
from raw_http import Page, Raw, chunk, event, listing, serving

from runtimes.base import Cancel
from runtimes.httpclient import Patience
from runtimes.openai_server import OpenAiServer
from runtimes.openai_server.model import OpenAiModel
from runtimes.types import (
    GenerationParams,
    LoadOptions,
    Message,
    Role,
    StreamEvent,
    TextDelta,
    Wish,
)

ASKED = [Message(Role.USER, "Hello")]
CALM = Patience(connect=5, first=20, between=20, reply=20)
SHORT = Patience(connect=1, first=0.5, between=0.3, reply=0.8)


def opened(raw: Raw, patience: Patience = SHORT) -> OpenAiModel:
    runtime, wanted = OpenAiServer(patience), spec(f"{raw.url}/v1", "m")
    plan = runtime.plan(wanted, MACHINE, Wish())
    return runtime.load(wanted, plan, LoadOptions(), lambda _: None, Cancel())


def answered(page: Page, patience: Patience = SHORT) -> list[StreamEvent]:
    """The events of a question to a server with this answer."""
    with serving({"/v1/models": listing("tgi?"), "/v1/chat/completions": page}) as raw:
        return list(opened(raw, patience).stream(ASKED, GenerationParams(), Cancel()))


def text(events: list[StreamEvent]) -> str:
    return "".join(e.text for e in events if isinstance(e, TextDelta))


HI = event(chunk(content="hi"))


def slow(*pieces: bytes, pause: float) -> Page:
    def page(_request: object) -> Iterator[bytes]:
        for piece in pieces:
            yield piece
            time.sleep(pause)

    return page
