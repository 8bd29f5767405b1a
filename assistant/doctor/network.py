"""Can models be pulled?"""

from __future__ import annotations

import os
from collections.abc import Iterator

from assistant.doctor.findings import Finding, Level
from runtimes.base import Cancel
from runtimes.errors import RuntimeFailure
from runtimes.store.hub import PUBLIC, hub_allowed
from runtimes.store.types import Tuning
from runtimes.store.web import Hiccup, Web
from runtimes.texts import Text

QUICK = Tuning(connect_timeout=3.0, read_timeout=5.0)


def check(*, offline: bool) -> Iterator[Finding]:
    """One small question to the hub; none offline."""
    endpoint = (os.environ.get("HF_ENDPOINT") or PUBLIC).rstrip("/")
    if offline or not hub_allowed():
        text = Text("not asked: offline", "离线，未询问")
        yield Finding("hub", Level.NOTE, text)
        return
    try:
        status = _status(endpoint)
    except Hiccup as hiccup:
        yield _away(hiccup.failure)
        return
    except RuntimeFailure as failure:
        yield _away(failure)
        return
    text = Text("{0} answers", "{0} 可访问", (endpoint,))
    if status >= 500:
        text = Text("{0} answers with status {1}", "{0} 返回状态 {1}", (endpoint, status))
        yield Finding("hub", Level.WARNING, text, Text("try again later", "请稍后重试"))
        return
    yield Finding("hub", Level.OK, text)


def _status(endpoint: str) -> int:
    web = Web(endpoint, QUICK)
    with web.client() as client:
        url = f"{endpoint}/api/models?limit=1"
        with web.get(client, url, {}, Cancel()) as response:
            return response.status_code


def _away(failure: RuntimeFailure) -> Finding:
    """Models that are here work all the same: a warning, no problem."""
    return Finding("hub", Level.WARNING, failure.message, failure.remedy)
