"""Ollama's API on loopback, answering from recorded dialogues.

The texts are those that the micro model was made from, the behaviour is that of Ollama's server,
version by version: what it does with a prompt that is too long, with ``truncate`` and ``shift``,
with thinking, and when its client goes away.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import threading
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import ollama_api
from bags import bag_of_words

DIALOGUES = Path(__file__).resolve().parents[2] / "packaging" / "micro" / "dialogues.toml"
NAME, TRAINED = "micro:latest", 32768
REFUSES_CUTS = (0, 12, 6)
WHEN = "2026-01-01T00:00:00.000000Z"


@cache
def _recorded() -> tuple[dict[str, tuple[str, str]], tuple[str, str]]:
    book = tomllib.loads(DIALOGUES.read_text(encoding="utf-8"))
    known = {
        question: (turn["thinking"], turn["answer"])
        for dialogue in book["dialogue"]
        for turn in dialogue["turns"]
        for question in (turn["user"], *turn.get("also", ()))
    }
    default = book["default"]["en"]
    return known, (default["thinking"], default["answer"])


def recorded(question: str) -> tuple[str, str]:
    """What was thought and answered to a question."""
    known, default = _recorded()
    return known.get(question, default)


def tokens(text: str) -> list[str]:
    """The text in pieces: words with the blank before them, single signs otherwise."""
    return re.findall(r" ?\w{1,6}|\s|[^\w\s]", text)


@dataclass
class Replayer:
    """A server; what a test may set before it asks, and look at afterwards."""

    version: str = "0.33.3"
    thinking: bool = True
    parses_thinking: bool = True
    """False: tags come in the content, as from a model that Ollama does not know to think."""
    pace: float = 0.0
    embeds: bool = True
    memory: int = 1 << 40
    trained: int = TRAINED
    cached: int = 0
    """Tokens that the count leaves out, as 0.30.0 did."""
    counts: bool = True
    enforces: bool = True
    """False: the window is not kept to, as by the MLX engine."""
    have: set[str] = field(default_factory=lambda: {NAME})
    running: dict[str, int] = field(default_factory=dict)
    requests: list[tuple[str, Any]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """Where a request or a reply broke the description of the API."""
    abandoned: threading.Event = field(default_factory=threading.Event)
    """A client has gone while it was answered."""
    writing: threading.Event = field(default_factory=threading.Event)
    url: str = ""
    remote: dict[str, str] = field(default_factory=dict)
    """``remote_model`` and ``remote_host``: who answers in its place."""
    remote_in_show: bool = False

    @property
    def numbers(self) -> tuple[int, ...]:
        """The version, to compare."""
        return tuple(int(part) for part in self.version.split("."))

    def chats(self) -> list[Any]:
        """The bodies that asked for an answer."""
        return [body for path, body in self.requests if path == "/api/chat" and body["messages"]]


class Refused(Exception):  # noqa: N818 - a reply
    """A status with its words."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


@contextlib.contextmanager
def replaying(replayer: Replayer | None = None) -> Iterator[Replayer]:
    """A server that runs until the end of the block."""
    replayer = replayer or Replayer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(replayer))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    replayer.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield replayer
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler(replayer: Replayer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["content-length"]))))

        do_DELETE = do_POST  # noqa: N815

        def _answer(self, body: Any) -> None:
            replayer.requests.append((self.path, body))
            if body is not None:
                replayer.broken += ollama_api.errors(ollama_api.REQUESTS[self.path], body)
            try:
                self._send(_reply(replayer, self.path, body))
            except Refused as refused:
                self._whole(refused.status, {"error": str(refused)})
            except OSError:
                replayer.abandoned.set()

        def _send(self, reply: Iterator[Any] | Mapping[str, Any]) -> None:
            if isinstance(reply, Mapping):
                if self.path in ollama_api.REPLIES:
                    replayer.broken += ollama_api.errors(ollama_api.REPLIES[self.path], reply)
                self._whole(200, reply)
                return
            first = next(reply)  # like Ollama: no header before there is something to say
            self.send_response(200)
            self.send_header("content-type", "application/x-ndjson")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            for event in itertools.chain((first,), reply):
                self._chunk(event)
            self.wfile.write(b"0\r\n\r\n")

        def _chunk(self, event: Any) -> None:
            replayer.broken += ollama_api.errors(ollama_api.REPLIES[self.path], event)
            line = json.dumps(event, ensure_ascii=False).encode() + b"\n"
            self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))
            if replayer.pace:
                time.sleep(replayer.pace)

        def _whole(self, status: int, value: Any) -> None:
            content = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json; charset=utf-8")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler


def _reply(replayer: Replayer, path: str, body: Any) -> Iterator[Any] | Mapping[str, Any]:
    match path:
        case "/api/version":
            return {"version": replayer.version}
        case "/api/tags":
            return {"models": [_summary(name) | replayer.remote for name in sorted(replayer.have)]}
        case "/api/ps":
            running = replayer.running.items()
            return {
                "models": [
                    _summary(name) | {"expires_at": WHEN, "size_vram": 0, "context_length": context}
                    for name, context in running
                ]
            }
        case "/api/show":
            return _show(replayer, _known(replayer, body["model"]))
        case "/api/chat":
            return _chat(replayer, _known(replayer, body["model"]), body)
        case "/api/embed":
            return _embed(replayer, _known(replayer, body["model"]), body)
        case "/api/pull":
            return _pull(replayer, body["model"])
        case "/api/delete":
            replayer.have.discard(_known(replayer, body["model"]))
            return {}
    raise Refused(404, "404 page not found")


def _embed(replayer: Replayer, name: str, body: Any) -> Mapping[str, Any]:
    if not replayer.embeds:
        raise Refused(501, "this model does not support embeddings")
    time.sleep(replayer.pace * len(body["input"]))
    window = min(body.get("options", {}).get("num_ctx", 4096), replayer.trained)
    spoken = [[word.strip().lower() for word in tokens(text)] for text in body["input"]]
    if not body.get("truncate", True) and max(map(len, spoken)) > window:
        raise Refused(400, "the input length exceeds the context length")
    return {"model": name, "embeddings": [bag_of_words(words[:window]) for words in spoken]}


def _known(replayer: Replayer, name: str) -> str:
    full = name if ":" in name else f"{name}:latest"
    if full not in replayer.have:
        raise Refused(404, f"model '{name}' not found")
    return full


def _summary(name: str) -> dict[str, Any]:
    details = {"format": "gguf", "family": "qwen2", "parameter_size": "0.6M"}
    return {"name": name, "model": name, "size": 1371808, "digest": "0" * 64, "details": details}


def _show(replayer: Replayer, name: str) -> Mapping[str, Any]:
    able = ["completion", "tools", *(["thinking"] if _parses(replayer) else [])]
    info = {"general.architecture": "qwen2", "qwen2.context_length": replayer.trained}
    return {"modified_at": WHEN, "capabilities": able, "model_info": info} | {
        "details": _summary(name)["details"],
        **(replayer.remote if replayer.remote_in_show else {}),
    }


def _parses(replayer: Replayer) -> bool:
    return replayer.thinking and replayer.parses_thinking


def _pull(replayer: Replayer, name: str) -> Iterator[Any]:
    yield {"status": "pulling manifest"}
    if name.startswith("unknown"):
        yield {"error": "pull model manifest: file does not exist"}
        return
    for digest, size in (("a" * 64, 900), ("b" * 64, 100)):
        for done in (0, size // 3, size // 2, size):
            layer = {"digest": f"sha256:{digest}", "total": size, "completed": done}
            yield {"status": f"pulling {digest[:12]}", **layer}
    yield {"status": "verifying sha256 digest"}
    yield {"status": "writing manifest"}
    replayer.have.add(name if ":" in name else f"{name}:latest")
    yield {"status": "success"}


# --- answering -------------------------------------------------------------------------------


def _chat(replayer: Replayer, name: str, body: Any) -> Iterator[Any]:
    if body.get("keep_alive") == 0:
        replayer.running.pop(name, None)
        return iter([_event(name, {}, done_reason="unload")])
    options = body.get("options", {})
    context = min(options.get("num_ctx", 4096), replayer.trained)
    if context * 1024 > replayer.memory:
        need, there = context / 1024**2, replayer.memory / 1024**3
        words = f"({need:.1f} GiB) than is available ({there:.1f} GiB)"
        raise Refused(500, f"model requires more system memory {words}")
    if body.get("think") and not _parses(replayer):
        raise Refused(400, f'"{name}" does not support thinking')
    replayer.running[name] = context
    if not body["messages"]:
        return iter([_event(name, {}, done_reason="load")])
    read = _read(replayer, body, context)
    return _written(replayer, name, body, read, context)


def _read(replayer: Replayer, body: Any, context: int) -> int:
    """Tokens of the prompt that the model gets to see.

    ``server/prompt.go`` leaves out old messages, then ``llm/llama_server.go`` (the runner, in old
    versions) cuts the middle of what is left.
    """
    counts = [4 + len(tokens(message["content"])) for message in body["messages"]]
    whole = 3 + sum(counts)
    if not replayer.enforces:
        return whole
    new = replayer.numbers >= REFUSES_CUTS
    if new and not body.get("truncate", True) and whole >= context:
        inner = {
            "code": 400,
            "message": f"request ({whole} tokens) exceeds the available context size ({context} "
            "tokens), try increasing it",
            "type": "exceed_context_size_error",
            "n_prompt_tokens": whole,
            "n_ctx": context,
        }
        raise Refused(400, json.dumps({"error": inner}))
    while len(counts) > 1 and 3 + sum(counts) > context:
        counts.pop(0)
    left = 3 + sum(counts)
    limit = context - 1 if replayer.numbers >= (0, 30) else context
    if left <= limit:
        return left
    keep = body.get("options", {}).get("num_keep", 4)
    if replayer.numbers < (0, 30):
        return limit
    return context - max((context - min(limit if keep < 0 else keep, limit)) // 2, 1)


def _written(replayer: Replayer, name: str, body: Any, read: int, context: int) -> Iterator[Any]:
    options = body.get("options", {})
    thought, answer = recorded(body["messages"][-1]["content"])
    if "format" in body:
        answer = json.dumps(instance(body["format"]))
    if not replayer.thinking or body.get("think") is False:
        thought = ""
    pieces = _pieces(replayer, thought, answer)
    shifts = body.get("shift", True) or replayer.numbers < REFUSES_CUTS
    most = options.get("num_predict", -1)
    if not shifts and replayer.enforces:
        most = min(most, context - read) if most >= 0 else context - read
    reason, count, said = "stop", 0, ""
    for kind, piece in pieces:
        if 0 <= most <= count:
            reason = "length"
            break
        count += 1
        if kind == "content":
            said += piece
        if any(stop in said for stop in options.get("stop", [])):
            break
        extra = _logprobs(body, piece)
        yield _event(name, {kind: piece}) | extra
        replayer.writing.set()
    yield from _called(name, body)
    end = {"prompt_eval_count": read - replayer.cached} if replayer.counts else {}
    yield _event(name, {}, done_reason=reason, eval_count=count, **end)


def _pieces(replayer: Replayer, thought: str, answer: str) -> Iterator[tuple[str, str]]:
    if thought and not replayer.parses_thinking:
        answer, thought = f"<think>\n{thought}\n</think>\n\n{answer}", ""
    yield from (("thinking", piece) for piece in tokens(thought))
    yield from (("content", piece) for piece in tokens(answer))


def _called(name: str, body: Any) -> Iterator[Any]:
    """A model with tools asks for the first of them when it is told to."""
    tools = body.get("tools", [])
    if tools and "use the tool" in body["messages"][-1]["content"]:
        function = tools[0]["function"]
        call = {"name": function["name"], "arguments": instance(function["parameters"])}
        yield _event(name, {"tool_calls": [{"function": call}]})


def _logprobs(body: Any, piece: str) -> dict[str, Any]:
    if not body.get("logprobs"):
        return {}
    rivals = [{"token": piece, "logprob": -0.25}, {"token": "?", "logprob": -2.5}]
    return {
        "logprobs": [
            rivals[0] | {"top_logprobs": rivals[: body.get("top_logprobs", 0)]},
        ]
    }


def _event(name: str, said: dict[str, Any], **end: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": "", **said}
    times = {"total_duration": 1000, "load_duration": 10} if end else {}
    return {
        "model": name,
        "created_at": WHEN,
        "message": message,
        "done": bool(end),
        **times,
        **end,
    }


def instance(schema: Any) -> Any:
    """Something small that validates against a plain schema."""
    match schema.get("type"):
        case "object":
            return {key: instance(value) for key, value in schema.get("properties", {}).items()}
        case "array":
            return []
        case "integer" | "number":
            return schema.get("minimum", 4)
        case "boolean":
            return True
    return schema.get("enum", ["four"])[0]
