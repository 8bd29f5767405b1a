"""Models of servers: a listing asks nobody, and a key goes nowhere."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command import assistant

ADDED = ("server:http://127.0.0.1:{0}/v1#m", "ollama:phi4")


@contextmanager
def listening() -> Iterator[socket.socket]:
    """A socket that takes connections, whoever comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


def nobody_came(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except TimeoutError:
        return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_server_is_asked_for_a_listing(tmp_path: Path, lang: str) -> None:
    with listening() as server:
        port = server.getsockname()[1]
        env = {
            "ASSISTANT_HOME": str(tmp_path),
            "ASSISTANT_API_KEY": "sk-secret",
            "OLLAMA_HOST": f"127.0.0.1:{port}",
        }
        for name in ADDED:
            assert assistant("models", "add", name.format(port), **env).returncode == 0
        listed = assistant("models", "--json", **env)
        models = {model["id"]: model for model in json.loads(listed.stdout)["models"]}
        own = [model for model in models.values() if model["origin"] == "own"]
        assert [model["fit"] for model in own] == ["remote", "remote"]
        assert all(model["context"] is None for model in own)
        drawn = assistant("models", "--lang", lang, **env)
        assert drawn.returncode == 0
        for model in own:
            shown = assistant("models", "show", model["id"], "--lang", lang, **env)
            assert shown.returncode == 0
            assert "assistant fit " in shown.stdout
        assert nobody_came(server)
