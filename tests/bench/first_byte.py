"""How soon does a question reach a server that is running with its model?

    python tests/bench/first_byte.py [--rounds 11]

Starts ``assistant ask -m server:…`` against a server on loopback, and notes when the first bytes
of the request with the question arrive there, counted from the start of the process.  Beside it
stands the start of a bare Python, whose part it is.  Prints milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ANSWER = 'data: {"choices": [{"index": 0, "delta": {"content": "four"}, "finish_reason": "stop"}]}'
MODELS = {"object": "list", "data": [{"id": "big", "object": "model", "max_model_len": 8192}]}


class Server(ThreadingHTTPServer):
    """Answers like vLLM with one model; ``asked`` is when the question came."""

    asked = 0.0


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def do_GET(self) -> None:
        """The list of models, or nothing."""
        body = json.dumps(MODELS).encode() if self.path.endswith("/models") else b"{}"
        self.send_response(200 if self.path.endswith("/models") else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        """The question."""
        if self.path.endswith("/chat/completions"):
            self.server.asked = time.monotonic()
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = f"{ANSWER}\n\ndata: [DONE]\n\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


def once(server: Server, home: str) -> float:
    """Seconds from the start of the process to the question."""
    url = f"server:http://127.0.0.1:{server.server_address[1]}/v1#big"
    command = [sys.executable, "-m", "tui", "ask", "-m", url, "why is the sky blue?"]
    begun = time.monotonic()
    subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        env={**os.environ, "ASSISTANT_HOME": home},
    )
    return server.asked - begun


def bare() -> float:
    """Seconds that a Python takes to start and end."""
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", ""], check=True)
    return time.monotonic() - begun


def main() -> None:
    """Measure, round by round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    rounds = parser.parse_args().rounds
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's start is not compiled each time
    with tempfile.TemporaryDirectory() as home:
        once(server, home)
        pairs = [(once(server, home), bare()) for _ in range(rounds)]
    for name, pick in (("median", statistics.median), ("fastest", min)):
        ours, theirs = (pick(side) * 1000 for side in zip(*pairs, strict=True))
        print(f"{name}: question at the server after {ours:.0f} ms, a bare Python {theirs:.0f} ms")
    server.shutdown()


if __name__ == "__main__":
    main()
