"""A proxy before a server knows some of its pages only: a model works without the others."""

from __future__ import annotations

import time

import pytest
from openai_peer import loaded, spec
from raw_http import Page, whole
from server_kinds import ASKED, PAGES, Serving

from runtimes.base import Cancel
from runtimes.types import Finished, FinishReason, GenerationParams, TextDelta

SHARED = {"/v1/models", "/v1/chat/completions"}
ASKED_FOR_PROMPTS = ("/tokenize", "/detokenize", "/apply-template", "/chat_tokenize", "/info")


def refusing(code: int) -> Page:
    return lambda _: whole(b"<html>no</html>", code, "text/html", location="/login")


@pytest.mark.parametrize("code", [302, 400, 401, 403, 405, 429, 500, 502, 503])
@pytest.mark.parametrize("kind", ["vllm", "llama-server", "tgi", "lm-studio", "ollama", "unknown"])
def test_refused_pages_are_pages_that_are_not_there(kind: str, code: int) -> None:
    others = {path for path in PAGES[kind] if path not in SHARED} | set(ASKED_FOR_PROMPTS)
    pages = {path[1:].replace("/", "__"): refusing(code) for path in others}
    start = time.monotonic()
    with Serving(kind, **pages) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        events = list(model.stream(ASKED, GenerationParams(), Cancel()))
        assert "hi" in "".join(e.text for e in events if isinstance(e, TextDelta))
        last = events[-1]
        assert isinstance(last, Finished)
        assert last.reason is FinishReason.STOP
        assert any(request.path in others for request in raw.requests)
    assert time.monotonic() - start < 3  # nothing was waited for
