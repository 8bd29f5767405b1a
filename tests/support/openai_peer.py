"""A real OpenAI-compatible server on loopback: llama-cpp-python's own, with the micro model."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtimes.base import Cancel
from runtimes.openai_server import OpenAiServer
from runtimes.openai_server.model import OpenAiModel
from runtimes.types import (
    Defaults,
    Host,
    LoadOptions,
    Machine,
    ModelSpec,
    ServerSource,
    Thinking,
    Wish,
)

MICRO = Path(__file__).resolve().parents[2] / "runtimes" / "micro" / "micro-f16.gguf"
"""Not a quantised one: the stock wheel crashes with those on a processor with AMX."""

NAME, CONTEXT = "micro", 1024
MACHINE = Machine(Host(system="Linux", processor="any", cores=2, memory_total=0, memory_free=0))


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def peer(*, embeds: bool = False) -> Iterator[str]:
    """The address (``…/v1``) of a server that runs until the end of the block."""
    for module in ("llama_cpp", "uvicorn", "fastapi", "sse_starlette", "starlette_context"):
        if importlib.util.find_spec(module) is None:
            pytest.skip(f"llama-cpp-python's server is not here ({module} is missing)")
    port = free_port()
    options = {"model": MICRO, "model_alias": NAME, "host": "127.0.0.1", "port": port}
    options |= {"n_ctx": CONTEXT, "n_threads": 1, "n_threads_batch": 1, "verbose": False}
    options |= {"embedding": embeds}
    command = [sys.executable, "-m", "llama_cpp.server"]
    command += [part for name, value in options.items() for part in (f"--{name}", str(value))]
    env = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=env)
        try:
            _wait(process, f"http://127.0.0.1:{port}/v1/models", log)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.kill()
            process.wait(10)


def _wait(process: subprocess.Popen[bytes], url: str, log: object) -> None:
    end = time.monotonic() + 60
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < end and process.poll() is None:
        with (
            contextlib.suppress(urllib.error.URLError, OSError),
            opener.open(url, timeout=2) as got,
        ):
            assert json.load(got)["data"]
            return
        time.sleep(0.1)
    log.seek(0)  # type: ignore[attr-defined]
    said = log.read().decode("utf-8", "replace")[-2000:]  # type: ignore[attr-defined]
    pytest.fail(f"the peer did not start: {said}")


def spec(url: str, name: str = NAME, thinking: Thinking = Thinking.NEVER) -> ModelSpec:
    """A model of a server."""
    return ModelSpec(
        id=f"server:{url}#{name}",
        title=name,
        runtime="server",
        source=ServerSource(url, name),
        defaults=Defaults(thinking=thinking),
    )


def loaded(wanted: ModelSpec, runtime: OpenAiServer | None = None) -> OpenAiModel:
    """The model, found at its server."""
    runtime = runtime or OpenAiServer()
    plan = runtime.plan(wanted, MACHINE, Wish())
    return runtime.load(wanted, plan, LoadOptions(), lambda _: None, Cancel())


@contextlib.contextmanager
def opened() -> Iterator[OpenAiModel]:
    """The micro model, at a server of its own."""
    with peer() as url:
        wanted = spec(url, thinking=Thinking.ALWAYS)
        plan = OpenAiServer().plan(wanted, MACHINE, Wish(context=CONTEXT))
        model = OpenAiServer().load(wanted, plan, LoadOptions(), lambda _: None, Cancel())
        try:
            yield model
        finally:
            model.close()


@contextlib.contextmanager
def opened_llama_server() -> Iterator[OpenAiModel]:
    """The micro model at llama.cpp's own server, where ``ASSISTANT_TEST_LLAMA_SERVER`` has it."""
    program = os.environ.get("ASSISTANT_TEST_LLAMA_SERVER", "")
    if not Path(program).is_file():
        pytest.skip("ASSISTANT_TEST_LLAMA_SERVER names no llama-server")
    port = free_port()
    options = ["--model", str(MICRO), "--alias", NAME, "--host", "127.0.0.1", "--port", str(port)]
    options += ["--ctx-size", str(CONTEXT), "--parallel", "1", "--threads", "1", "--fit", "off"]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen([program, *options], stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait(process, f"http://127.0.0.1:{port}/v1/models", log)
            model = loaded(spec(f"http://127.0.0.1:{port}/v1"))
            yield model
            model.close()
        finally:
            process.kill()
            process.wait(10)
