"""A model hub on loopback that the real ``huggingface_hub`` talks to, with planned accidents.

Like the real one it answers ``/api/models/REPO/revision/REV?blobs=true`` with sizes and digests,
sends large files (Git LFS) on to a content network at another address, and small ones to a path
of its own.  Accidents happen to the bytes of a file, as planned with ``Hub.plan``.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, quote, unquote, urlsplit

POINTER = "version https://git-lfs.github.com/spec/v1"


@dataclass(frozen=True)
class Accident:
    """What goes wrong with the answers to a file, ``times`` times (-1: always).

    ``cut_at``: the connection breaks at this place of the file, after ``hold`` silent seconds.
    ``flip``: the bytes at these
    places are wrong.  ``length``: added to what ``Content-Length`` (and the total of
    ``Content-Range``) claims.  ``pace``: bytes a second.  ``more``: bytes after the end.
    ``wrong_range``: the answer is about another range than was asked for.  ``no_length``: the
    answer does not say how long it is, so that a cut looks like its end.  ``most``: no answer
    has more bytes than this.  ``no_total``: a range does not say how long the file is.
    """

    times: int = 1
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    cut_at: int | None = None
    hold: float = 0
    flip: tuple[int, ...] = ()
    length: int = 0
    pace: float = 0
    more: int = 0
    redirect: str = ""
    no_ranges: bool = False
    wrong_range: bool = False
    no_length: bool = False
    most: int = 0
    no_total: bool = False


@dataclass(frozen=True)
class Request:
    """What the hub was asked."""

    method: str
    path: str
    port: int
    headers: dict[str, str]

    @property
    def start(self) -> int:
        """Where the range begins that was asked for."""
        found = re.match(r"bytes=(\d+)-", self.headers.get("range", ""))
        return int(found[1]) if found else 0


@dataclass
class Repo:
    """A repository: its files at each commit, and what its branches mean."""

    commits: dict[str, dict[str, bytes]]
    branches: dict[str, str]
    gated: bool = False
    private: bool = False
    change_listing: Callable[[dict[str, object]], object] = field(default=lambda listing: listing)


def commit_of(files: dict[str, bytes]) -> str:
    """A commit for a state of a repository."""
    digest = hashlib.sha1()
    for name, data in sorted(files.items()):
        digest.update(name.encode("utf-8", "surrogatepass") + b"\0" + data + b"\0")
    return digest.hexdigest()


def is_large(name: str) -> bool:
    """Would the hub keep it in Git LFS?"""
    return name.endswith((".gguf", ".safetensors", ".model", ".bin", ".pt"))


def git_sha1(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class Hub:
    """The hub and its content network, both on loopback."""

    def __init__(self) -> None:
        self.repos: dict[str, Repo] = {}
        self.requests: list[Request] = []
        self.accidents: dict[str, list[Accident]] = {}
        self.listing_accidents: list[Accident] = []
        self.token = "hf_secret"
        self.lock = threading.Lock()
        self.closing = threading.Event()
        handler = type("Bound", (_Handler,), {"hub": self})
        self._servers = [_Quiet(("127.0.0.1", 0), handler) for _ in range(2)]
        self._threads = [
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
            for server in self._servers
        ]
        self.port, self.content_port = (s.socket.getsockname()[1] for s in self._servers)
        self.url = f"http://127.0.0.1:{self.port}"
        self.content_url = f"http://127.0.0.1:{self.content_port}"

    def __enter__(self) -> Hub:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def add(self, name: str, files: dict[str, bytes], *, branch: str = "main") -> str:
        """A commit on a branch; the result is its name."""
        repo = self.repos.setdefault(name, Repo({}, {}))
        commit = commit_of(files)
        repo.commits[commit] = files
        repo.branches[branch] = commit
        return commit

    def plan(self, file: str, *accidents: Accident) -> None:
        """Let these happen to the file, one after another."""
        self.accidents.setdefault(file, []).extend(accidents)

    def next_accident(self, queue: list[Accident]) -> Accident:
        """What is to happen to this answer."""
        with self.lock:
            if not queue:
                return Accident()
            now = queue[0]
            if now.times == 1:
                queue.pop(0)
            elif now.times > 1:
                queue[0] = replace(now, times=now.times - 1)
            return now

    def fetched(self, file: str) -> list[Request]:
        """The requests that were answered with bytes of the file."""
        return [
            r
            for r in self.requests
            if r.method == "GET" and unquote(r.path).split("?")[0].endswith("/" + file)
            if r.port == self.content_port or "/resolve-cache/" in r.path
        ]


@contextmanager
def serving() -> Iterator[Hub]:
    """A hub for the time of a test."""
    with Hub() as hub:
        yield hub


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that go away in the middle are what we test."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: ClassVar[Hub]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Say nothing."""

    def do_HEAD(self) -> None:
        self._route()

    def do_GET(self) -> None:
        self._route()

    def _route(self) -> None:
        port = self.connection.getsockname()[1]
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.hub.requests.append(Request(self.command, self.path, port, headers))
        url = urlsplit(self.path)
        path = unquote(url.path)
        if listing := re.fullmatch(r"/api/models/(.+)/revision/(.+)", path):
            self._answer_listing(listing[1], listing[2], blobs="blobs" in parse_qs(url.query))
        elif cached := re.fullmatch(r"/api/resolve-cache/models/(.+)/([0-9a-f]{40})/(.+)", path):
            self._answer_bytes(*cached.groups())
        elif content := re.fullmatch(r"/content/(.+)/([0-9a-f]{40})/(.+)", path):
            self._answer_bytes(*content.groups())
        elif found := re.fullmatch(r"/(.+)/resolve/([^/]+)/(.+)", path):
            self._answer_resolve(*found.groups())
        else:
            self._refuse(404, "EntryNotFound")

    def _repo(self, name: str, revision: str, *, listing: bool) -> tuple[Repo, str] | None:
        """The repository and the commit, where this client may see them."""
        repo = self.hub.repos.get(name)
        known = self.headers.get("authorization") == f"Bearer {self.hub.token}"
        if repo is None or (repo.private and not known):
            self._refuse(404 if known else 401, "RepoNotFound", "Repository not found")
            return None
        if repo.gated and not known and not listing:
            self._refuse(401, "GatedRepo", f"Access to model {name} is restricted.")
            return None
        commit = repo.branches.get(revision, revision)
        if commit not in repo.commits:
            self._refuse(404, "RevisionNotFound", f"Invalid rev id: {revision}")
            return None
        return repo, commit

    def _answer_listing(self, name: str, revision: str, *, blobs: bool) -> None:
        accident = self.hub.next_accident(self.hub.listing_accidents)
        if accident.status:
            self._refuse(accident.status, "", headers=accident.headers)
            return
        found = self._repo(name, revision, listing=True)
        if found is None:
            return
        repo, commit = found
        siblings = []
        for file, data in repo.commits[commit].items():
            sibling: dict[str, object] = {"rfilename": file}
            if blobs:
                sibling |= {"blobId": git_sha1(data), "size": len(data)}
                if is_large(file):
                    sha256 = hashlib.sha256(data).hexdigest()
                    pointer = f"{POINTER}\noid sha256:{sha256}\nsize {len(data)}\n".encode()
                    sibling["blobId"] = git_sha1(pointer)
                    sibling["lfs"] = {
                        "sha256": sha256,
                        "size": len(data),
                        "pointerSize": len(pointer),
                    }
            siblings.append(sibling)
        listing: dict[str, object] = {
            "_id": "65f0c0ffee",
            "id": name,
            "modelId": name,
            "author": name.partition("/")[0],
            "sha": commit,
            "lastModified": "2025-01-20T03:58:34.000Z",
            "createdAt": "2025-01-20T03:58:34.000Z",
            "private": repo.private,
            "gated": "manual" if repo.gated else False,
            "disabled": False,
            "downloads": 1,
            "likes": 1,
            "tags": [],
            "siblings": siblings,
            "usedStorage": 1,
        }
        body = json.dumps(repo.change_listing(listing)).encode()
        self._start(200, {"Content-Type": "application/json", "Content-Length": str(len(body))})
        self.wfile.write(body)

    def _answer_resolve(self, name: str, revision: str, file: str) -> None:
        found = self._repo(name, revision, listing=False)
        if found is None:
            return
        repo, commit = found
        data = repo.commits[commit].get(file)
        if data is None:
            self._refuse(404, "EntryNotFound", "Entry not found")
            return
        headers = {"X-Repo-Commit": commit, "Content-Length": "0"}
        if is_large(file):
            digest = hashlib.sha256(data).hexdigest()
            headers |= {"X-Linked-Size": str(len(data)), "X-Linked-Etag": f'"{digest}"'}
            path = quote(f"/content/{name}/{commit}/{file}")
            headers["Location"] = f"{self.hub.content_url}{path}"
            self._start(302, headers)
        else:
            headers["Location"] = quote(f"/api/resolve-cache/models/{name}/{commit}/{file}")
            self._start(307, headers)

    def _answer_bytes(self, name: str, commit: str, file: str) -> None:
        data = self.hub.repos[name].commits[commit][file]
        accident = Accident()
        if self.command == "GET":
            accident = self.hub.next_accident(self.hub.accidents.get(file, []))
        if accident.redirect:
            self._start(302, {"Location": accident.redirect, "Content-Length": "0"})
            return
        if accident.status:
            self._refuse(accident.status, "", headers=accident.headers)
            return
        start, end, status = 0, len(data), 200
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if asked and not accident.no_ranges:
            start, end = int(asked[1]), min(int(asked[2] or len(data)) + 1, len(data))
            status = 206
            end = min(end, start + accident.most) if accident.most else end
            if start >= len(data):
                self._refuse(416, "", headers=(("Content-Range", f"bytes */{len(data)}"),))
                return
        if accident.wrong_range:
            start = max(0, start - 7)
        headers = {
            "Content-Length": str(end - start + accident.length),
            "ETag": f'"{git_sha1(data)}"',
            "X-Repo-Commit": commit,
            "Accept-Ranges": "bytes",
            **dict(accident.headers),
        }
        if accident.no_length:
            del headers["Content-Length"]
            self.close_connection = True
        if status == 206:
            total = "*" if accident.no_total else len(data) + accident.length
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{total}"
        self._start(status, headers)
        if self.command == "GET":
            self._send(data, start, end, accident)

    def _send(self, data: bytes, start: int, end: int, accident: Accident) -> None:
        body = bytearray(data[start:end])
        for place in accident.flip:
            if start <= place < end:
                body[place - start] ^= 0xFF
        if accident.cut_at is not None and accident.cut_at < end:
            body = body[: max(0, accident.cut_at - start)]
            self.close_connection = True
        body += b"!" * accident.more
        step = max(1, int(accident.pace / 20)) if accident.pace else len(body)
        for at in range(0, len(body), step or 1):
            self.wfile.write(body[at : at + step])
            self.wfile.flush()
            if accident.pace and self.hub.closing.wait(0.05):
                return
        self.hub.closing.wait(accident.hold)
        if accident.length or accident.more:
            self.close_connection = True

    def _refuse(
        self, status: int, code: str, message: str = "", headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        named = {"Content-Length": "0", **dict(headers)}
        if code:
            named |= {"X-Error-Code": code, "X-Error-Message": message}
        self._start(status, named)

    def _start(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        with contextlib.suppress(OSError):
            self.end_headers()
