"""The ``ollama`` package, imported so that nothing of the environment can break it."""

from __future__ import annotations

import importlib
import os
import sys
import threading
from typing import Any

from runtimes.httpclient import prepare_httpx

_VARIABLES = ("OLLAMA_HOST", "OLLAMA_API_KEY")
_ONE_AT_A_TIME = threading.Lock()


def prepare_ollama() -> None:
    """Let ``import ollama`` succeed, whatever the variables say.

    The package makes a client as it is imported, for its own shortcuts, which nobody uses here: by
    an address, a key and proxies that may all be none.  Ours are made without them.
    """
    with _ONE_AT_A_TIME:
        if "ollama" in sys.modules:
            return
        prepare_httpx()
        client: Any = importlib.import_module("httpx._client")
        held = {name: os.environ.pop(name) for name in _VARIABLES if name in os.environ}
        proxies = client.get_environment_proxies
        client.get_environment_proxies = dict  # none
        try:
            import ollama  # noqa: F401
        finally:
            client.get_environment_proxies = proxies
            os.environ.update(held)
