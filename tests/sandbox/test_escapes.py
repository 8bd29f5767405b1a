"""Programs that try to get out: none does, and nothing of them is left."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import confined
import pytest
from confined import GRACE, SMALL
from escapes import DONE, MARK, PRELUDE, Attempt
from escapes_calls import EVERY, TOGETHER

from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.process import PACKAGE

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def held() -> Policy:
    return confined.policy()


def greet(server: socket.socket) -> None:
    """Tell the secret to everybody who comes, until closed."""

    def serve() -> None:
        while True:
            try:
                guest, _ = server.accept()
            except OSError:
                return
            with guest:
                guest.sendall(MARK.encode())

    threading.Thread(target=serve, daemon=True).start()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What there is to reach, as lines of Python."""
    folder = tmp_path_factory.mktemp("world")
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.getuid() and parent != Path("/tmp"):
            parent.chmod(0o755)
    home, outside = folder / "home", folder / "outside"
    (home / ".ssh").mkdir(parents=True)
    key = home / ".ssh" / "id_ed25519"
    key.write_text(MARK)
    outside.mkdir()
    outside.chmod(0o777)
    (outside / "there").write_text("x")
    (outside / "there").chmod(0o666)
    victim = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(600)", MARK],
        env={"HERON": MARK},
    )
    four = socket.create_server(("127.0.0.1", 0))
    six = socket.create_server(("::1", 0), family=socket.AF_INET6) if socket.has_ipv6 else four
    local, abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    local.bind(str(folder / "socket"))
    (folder / "socket").chmod(0o777)
    abstract.bind(f"\0{MARK}-{os.getpid()}")
    servers = {four, six, local, abstract}
    for server in servers:
        server.listen()
        greet(server)
    names = {
        "KEY": str(key),
        "HOME": str(home),
        "OUTSIDE": str(outside),
        "LINK": "link",
        "PROGRAM": str(ROOT),
        "INSIDE": PACKAGE,
        "VICTIM": victim.pid,
        "PARENT": os.getpid(),
        "PORT": four.getsockname()[1],
        "PORT6": six.getsockname()[1],
        "UNIX": str(folder / "socket"),
    }
    lines = [f"{name} = {value!r}" for name, value in names.items()]
    half = len(MARK) // 2  # the mark itself is not told to the attempts
    lines.append(f"ABSTRACT = {MARK[:half]!r} + {MARK[half:] + f'-{os.getpid()}'!r}")
    yield "\n".join(lines)
    assert victim.poll() is None, "a process outside was killed"
    victim.kill()
    victim.wait()
    for server in servers:
        server.close()
    assert key.read_text() == MARK
    assert [path.name for path in outside.iterdir()] == ["there"]
    assert (outside / "there").read_text() == "x"


@pytest.fixture
def leaking(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A secret in the environment, and one in a file that is left open to children."""
    monkeypatch.setenv("HERON", MARK)
    (tmp_path / "open").write_text(MARK)
    place = os.open(tmp_path / "open", os.O_RDWR)
    folder = os.open(tmp_path, os.O_RDONLY)
    for number in (place, folder):
        os.set_inheritable(number, True)
    yield
    os.close(place)
    os.close(folder)


def program(attempt: Attempt, world: str) -> str:
    return f"{PRELUDE}\n{world}\n{attempt.code.strip()}\n{DONE}"


ROWS = [
    *(pytest.param(attempt, id=attempt.name) for attempt in TOGETHER),
    *(
        pytest.param(attempt, id=attempt.name, marks=pytest.mark.slow)
        for attempt in EVERY
        if attempt not in TOGETHER
    ),
]


@pytest.mark.usefixtures("leaking")
@pytest.mark.parametrize("attempt", ROWS)
def test_nobody_gets_out(attempt: Attempt, held: Policy, world: str) -> None:
    result, seconds = confined.python(program(attempt, world), held)
    told = result.stdout + result.stderr
    assert "ESCAPED" not in told, told
    assert MARK not in told, told
    assert result.succeeded, (result.exit, result.signal, result.limits, result.stderr)
    assert result.stdout.endswith("done\n"), told
    assert seconds < SMALL.seconds + GRACE


def test_there_are_as_many_attempts_as_were_promised() -> None:
    names = [attempt.name for attempt in EVERY]
    assert len(set(names)) == len(names) >= 120


CONTROLS = [attempt for attempt in EVERY if attempt.control]


@pytest.mark.slow
@pytest.mark.usefixtures("leaking")
@pytest.mark.parametrize("attempt", CONTROLS, ids=[attempt.name for attempt in CONTROLS])
def test_without_a_sandbox_the_attempt_gets_out(
    attempt: Attempt, world: str, tmp_path: Path
) -> None:
    """An attempt that fails everywhere would show nothing."""
    if "outside" in attempt.name:
        world += f"\nOUTSIDE = {str(tmp_path)!r}"
    done = subprocess.run(
        [sys.executable, "-"],
        input=program(attempt, world),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert "ESCAPED" in done.stdout or MARK in done.stdout, done.stdout + done.stderr
