"""Builds the image for processors, and tries it: ``python packaging/image.py [OPTION…]``.

Docker or Podman does it, whichever answers; options (``--network host``) go to its ``build``.
Containers are started as ``docker/compose.yaml`` says, with volumes of their own, which are gone
afterwards; the image stays, as ``assistant:trial``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]
from trying import say, use_app

ROOT = Path(__file__).resolve().parents[1]
DOCKER = ROOT / "packaging" / "docker"
IMAGE = "assistant:trial"
VOLUMES = "assistant-trial"
ELSEWHERE = {"image", "build", "profiles", "command", "entrypoint", "stdin_open", "tty", "deploy"}
"""What a service says that is no option of a run, or is given beside them."""
CHECKS = (
    (("--version",), 0, "assistant "),
    (("solve", "2x + 3 = 11"), 0, "x = 4"),
    (("solve", "--lang", "zh", "x^2 = 2"), 0, "已证明"),
    (("ask", "-m", "micro", "Solve 2x + 3 = 11"), 0, "x = 4"),
    (("history", "list", "--json"), 0, "Solve 2x + 3 = 11"),
    (("doctor",), 0, "code is held by: bubblewrap"),
    (("run", "hello.py"), 0, "hello from the sandbox"),
    (("pull", "r1-qwen-1.5b"), 3, "offline"),
    (("no-such-command",), 2, ""),
)
LOOK = "exec 2>&1; id -u; touch /opt/new; grep -c : /proc/net/dev; grep ^CapEff: /proc/self/status"
SEEN = re.compile(r"1000\n.*Read-only file system\n1\nCapEff:\s0+\n", re.DOTALL)
"""The user is none of the system's, the disk cannot be written, there is no network but the
loopback, and there are no rights."""


def engine() -> str | None:
    """The program that makes containers here; ``None`` where none answers."""
    for name in ("docker", "podman"):
        path = shutil.which(name)
        if path and not subprocess.run([path, "info"], capture_output=True, check=False).returncode:
            return path
    return None


def has_bases(program: str) -> bool:
    """Is the image that ours is made from here, or to be had?"""
    text = (DOCKER / "Dockerfile").read_text(encoding="utf-8")
    (base,) = set(re.findall(r"^FROM (\S+) AS (?:build-)?cpu$", text, re.MULTILINE))
    tries = ([program, "image", "inspect", base], [program, "pull", base])
    return any(not subprocess.run(t, capture_output=True, check=False).returncode for t in tries)


def options(service: str) -> list[str]:
    """The options of a run that stand for a service of the compose file."""
    loaded = yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))
    wanted: dict[str, Any] = loaded["services"][service]
    words = ["--rm"]
    for key, value in wanted.items():
        match key:
            case "volumes":
                words += [f"--volume={VOLUMES}-{mount}" for mount in value]
            case "security_opt":
                at = f"seccomp={DOCKER}/"
                words += [f"--security-opt={one.replace('seccomp=./', at)}" for one in value]
            case "read_only":
                words += ["--read-only"] if value else []
            case "tmpfs":
                words += [f"--tmpfs={one}" for one in value]
            case "cap_drop":
                words += [f"--cap-drop={one}" for one in value]
            case "environment":
                words += [f"--env={name}={text}" for name, text in value.items()]
            case "network_mode":
                words += [f"--network={value}"]
            case _ if key not in ELSEWHERE:
                raise SystemExit(f"compose.yaml: {service}: {key} is not known here")
    return words


def build(program: str, more: list[str]) -> None:
    """Build it; what is written is shown.  Ends the program where that fails."""
    words = [program, "build", "--target", "cpu", "--tag", IMAGE, *more]
    words += ["--file", str(DOCKER / "Dockerfile"), str(ROOT)]
    if subprocess.run(words, env={**os.environ, "DOCKER_BUILDKIT": "1"}, check=False).returncode:
        raise SystemExit("the image was not built")
    say("ok  the image is built")


def smoke(program: str, work: Path) -> None:
    """Use it as a user would.  Ends the program where something is not as it must be."""
    (work / "hello.py").write_text('print("hello from the " + "sandbox")\n', encoding="utf-8")
    (work / "script.jsonl").write_text('{"text": "So $3x = 15$\\n\\n$x = 5$\\n"}\n')
    run = [program, "run", *options("app"), f"--volume={work}:/work:ro"]
    expect([*run, "--entrypoint=/bin/sh", IMAGE, "-c", LOOK], 0, SEEN)
    for words, code, told in CHECKS:
        expect([*run, IMAGE, *words], code, re.compile(re.escape(told)))
    use_app([*run, "--interactive", "--tty", IMAGE, "-m", "scripted:script.jsonl"], work)
    try_web(program)


def expect(command: list[str], code: int, told: re.Pattern[str]) -> None:
    """Run it; end the program where it ends otherwise or says something else."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    shown = done.stdout + done.stderr
    words = " ".join(command[command.index(IMAGE) + 1 :])
    if done.returncode != code or not told.search(shown):
        raise SystemExit(f"{words}: {done.returncode}\n{shown}")
    say(f"ok  {words}")


def try_web(program: str) -> None:
    """The app in a browser lets in whoever has the address with the token, and nobody else."""
    name = f"{VOLUMES}-web"
    command = [program, "run", *options("web"), f"--name={name}", IMAGE, "--web", "--offline"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", server.stdout.readline())
        try:
            codes = address and [status(address[0].partition("?")[0]), status(address[0])]
        finally:
            subprocess.run([program, "stop", name], capture_output=True, check=False)
    if codes != [401, 200] or server.returncode:
        raise SystemExit(f"assistant --web: {address}, {codes}, exit code {server.returncode}")
    say("ok  assistant --web")


def status(address: str) -> int:
    """The code with which an address answers."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


@contextmanager
def volumes(program: str) -> Iterator[None]:
    """Volumes that are new, and gone afterwards."""
    names = [f"{VOLUMES}-home", f"{VOLUMES}-models"]
    away = [program, "volume", "rm", "--force", *names]
    subprocess.run(away, capture_output=True, check=False)
    try:
        yield
    finally:
        subprocess.run(away, capture_output=True, check=False)


def main() -> None:
    """Build, try."""
    program = engine()
    if program is None:
        raise SystemExit("neither Docker nor Podman answers here")
    build(program, sys.argv[1:])
    with tempfile.TemporaryDirectory() as work, volumes(program):
        Path(work).chmod(0o755)
        smoke(program, Path(work).resolve())


if __name__ == "__main__":
    main()
