"""Ollama's own description of its API, where it is there: both sides are held to it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from data import FOLDER

PLACE = FOLDER / "ollama-openapi.yaml"

REQUESTS = {
    "/api/chat": "ChatRequest",
    "/api/show": "ShowRequest",
    "/api/pull": "PullRequest",
    "/api/delete": "DeleteRequest",
    "/api/embed": "EmbedRequest",
}
REPLIES = {
    "/api/chat": "ChatStreamEvent",
    "/api/show": "ShowResponse",
    "/api/embed": "EmbedResponse",
    "/api/pull": "StatusEvent",
    "/api/tags": "ListResponse",
    "/api/ps": "PsResponse",
    "/api/version": "VersionResponse",
}


@cache
def _document() -> Any:
    yaml = pytest.importorskip("yaml")
    return yaml.safe_load(PLACE.read_text(encoding="utf-8"))


@cache
def _validator(schema: str) -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    referencing = pytest.importorskip("referencing")
    resource = referencing.Resource(
        contents=_document(), specification=referencing.jsonschema.DRAFT202012
    )
    registry = referencing.Registry().with_resource("urn:ollama", resource)
    wanted = {"$ref": f"urn:ollama#/components/schemas/{schema}"}
    return jsonschema.Draft202012Validator(wanted, registry=registry)


def needed() -> None:
    """Skip the test that asks where the description is absent."""
    if not PLACE.is_file():
        pytest.skip(f"Ollama's description of its API is not here ({PLACE})")


def known_fields(schema: str) -> set[str]:
    """The fields that the description names."""
    return set(_document()["components"]["schemas"][schema]["properties"])


def errors(schema: str, value: object) -> list[str]:
    """Where a value breaks its description; empty where that is absent, too."""
    if not PLACE.is_file():
        return []
    return [f"{schema}: {error.message}" for error in _validator(schema).iter_errors(value)]
