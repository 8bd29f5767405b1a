"""Servers of each kind, as far as they show themselves, and models of them."""

from __future__ import annotations

from typing import Any

from raw_http import Page, Raw, chunk, listing, said, serving, status

from runtimes.types import Message, Role

ASKED = [Message(Role.USER, "Hello")]

PAGES: dict[str, dict[str, Page]] = {
    "vllm": {
        "/v1/models": listing("vllm", max_model_len=4096),
        "/version": lambda _: status(200, {"version": "0.11.2"}),
    },
    "vllm-old": {
        "/v1/models": listing("vllm", max_model_len=4096),
        "/version": lambda _: status(200, {"version": "0.8.5.post1"}),
    },
    "sglang": {"/v1/models": listing("sglang", max_model_len=4096)},
    "llama-server": {
        "/v1/models": listing("llamacpp"),
        "/props": lambda _: status(
            200, {"build_info": "b1", "default_generation_settings": {"n_ctx": 4096}}
        ),
    },
    "tgi": {
        "/v1/models": listing("org/m"),
        "/info": lambda _: status(
            200, {"model_id": "org/m", "version": "3.3", "max_total_tokens": 4096}
        ),
    },
    "lm-studio": {
        "/v1/models": listing("organization_owner"),
        "/api/v0/models": lambda _: status(
            200,
            {
                "data": [
                    {"id": "m", "max_context_length": 131072, "loaded_context_length": 4096},
                ]
            },
        ),
    },
    "ollama": {
        "/v1/models": listing("library"),
        "/api/version": lambda _: status(200, {"version": "0.30.3"}),
        "/api/ps": lambda _: status(200, {"models": [{"name": "m", "context_length": 4096}]}),
    },
    "llama-cpp-python": {"/v1/models": listing("me")},
    "tensorrt-llm": {"/v1/models": listing("tensorrt_llm")},
    "unknown": {"/v1/models": listing("somebody")},
}
ANSWER = said(chunk(content="hi"), chunk(reason="stop"))


class Serving:
    """A server of a kind, and a model of it."""

    def __init__(self, kind: str, answer: Page = ANSWER, **pages: Page) -> None:
        more = {f"/{path.replace('__', '/')}": page for path, page in pages.items()}
        self._pages = {**PAGES[kind], "/v1/chat/completions": answer, **more}
        self._context = serving(self._pages)

    def __enter__(self) -> Raw:
        return self._context.__enter__()

    def __exit__(self, *_error: object) -> None:
        self._context.__exit__(None, None, None)


def sent(raw: Raw) -> Any:
    """The body of the last question."""
    return raw.of("/v1/chat/completions")[-1].json
