"""The recipes of packaging/: what can be known of them without the machines that they are for."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]
DOCKER = ROOT / "packaging" / "docker"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PROGRAM = "/opt/assistant/bin/assistant"
UNITS = sorted((ROOT / "packaging" / "systemd").glob("*.service"))


@dataclass
class Stage:
    """One stage of a Dockerfile: its instructions in order."""

    name: str
    base: str
    lines: list[tuple[str, str]] = field(default_factory=list)

    def all(self, instruction: str) -> list[str]:
        return [rest for name, rest in self.lines if name == instruction]


def stages() -> dict[str, Stage]:
    text = (DOCKER / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    found: dict[str, Stage] = {}
    for line in re.sub(r"\\\n", " ", text).splitlines():
        name, _, rest = line.strip().partition(" ")
        if name == "FROM":
            base, _, alias = rest.partition(" AS ")
            found[alias] = Stage(alias, base)
            last = found[alias]
        elif name:
            last.lines.append((name, rest.strip()))
    return found


def copied(stage: Stage) -> list[tuple[str, str]]:
    """Sources in the repository, each with the place where it comes to lie."""
    pairs = []
    for rest in stage.all("COPY"):
        if not rest.startswith("--from"):
            *sources, target = rest.split()
            pairs += [(source, target) for source in sources]
    return pairs


def ignored(source: str) -> bool:
    """Does .dockerignore keep it out?  The last rule that fits counts."""
    out = False
    lines = (DOCKER / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    for line in filter(None, lines):
        if not line.startswith("#"):
            rule = line.removeprefix("!")
            if fnmatch.fnmatch(source, rule) or source.startswith(f"{rule}/"):
                out = not line.startswith("!")
    return out


def test_each_stage_stands_on_what_is_there() -> None:
    found = stages()
    assert {"cpu", "cuda"} <= set(found)
    before: set[str] = set()
    for stage in found.values():
        assert stage.base in before or re.fullmatch(r"[a-z/]+:[\w.-]+", stage.base), stage.base
        for source, _ in copied(stage):
            assert (ROOT / source).exists(), source
            assert not ignored(source), source
        for rest in stage.all("COPY"):
            if rest.startswith("--from="):
                origin = rest.removeprefix("--from=").split()[0]
                assert origin in before
                assert rest.split()[1] in " ".join(found[origin].all("RUN"))
        before.add(stage.name)


@pytest.mark.parametrize("target", ["cpu", "cuda"])
def test_an_image_runs_without_rights_and_without_a_network(target: str) -> None:
    stage = stages()[target]
    assert stage.all("USER") == ["1000"]
    assert stage.lines[-1] == ("ENTRYPOINT", json.dumps([PROGRAM]))
    assert "ASSISTANT_OFFLINE=1" in " ".join(stage.all("ENV"))
    assert stage.all("VOLUME") == ['["/data"]']
    assert "assistant" in PROJECT["scripts"]
    (built,) = stage.all("COPY")
    pip = " ".join(stages()[built.removeprefix("--from=").split()[0]].all("RUN"))
    (extras,) = re.findall(r'"\.\[([\w,]+)\]"', pip)
    assert set(extras.split(",")) <= set(PROJECT["optional-dependencies"])
    assert "-c packaging/constraints.txt" in pip


@pytest.mark.slow
@pytest.mark.parametrize("target", ["build-cpu", "build-cuda"])
def test_what_is_copied_is_enough_to_build_the_program(tmp_path: Path, target: str) -> None:
    for source, place in copied(stages()[target]):
        here = ROOT / source
        there = tmp_path / "src" / place
        if here.is_dir():
            shutil.copytree(here, there, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            there.mkdir(parents=True, exist_ok=True)
            shutil.copy2(here, there)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, tmp_path / "src"],
        check=True,
        capture_output=True,
        timeout=300,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", wheel], capture_output=True, text=True, check=True
    ).stdout
    for name in ("tui/web/page.html", "tui/styles/app.tcss", "assistant/models.toml"):
        assert f"\n{name} " in names


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def test_compose_names_what_is_there() -> None:
    found = compose()
    for name, service in found["services"].items():
        build = service["build"]
        assert (DOCKER / build["context"]).resolve() == ROOT, name
        assert (ROOT / build["dockerfile"]).is_file()
        assert build["target"] in stages()
        for volume in service["volumes"]:
            source, _, place = volume.partition(":")
            assert source in found["volumes"]
            assert place.startswith("/data")
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert (service.get("network_mode") == "none") == name.startswith("app")


def test_the_filter_of_calls_lets_namespaces_be_made_and_keeps_the_kernel_out() -> None:
    profile = json.loads((DOCKER / "seccomp.json").read_text(encoding="utf-8"))
    (rule,) = profile["syscalls"]
    refused = set(rule["names"])
    assert rule["action"] == "SCMP_ACT_ERRNO"
    needed = {"clone", "clone3", "unshare", "mount", "umount2", "pivot_root", "sethostname"}
    assert not refused & needed
    assert {"bpf", "init_module", "kexec_load", "keyctl", "perf_event_open", "setns"} < refused


def test_the_commands_that_are_named_are_understood() -> None:
    words = [service.get("command", []) for service in compose()["services"].values()]
    words.append([*compose()["services"]["pull"]["entrypoint"][1:], "r1-qwen-1.5b"])
    for unit in UNITS:
        line = re.search(
            r"^ExecStart=%h/\.local/bin/assistant (.*)$", unit.read_text(), re.MULTILINE
        )
        words += [] if line is None else [shlex.split(line[1])]
    tried = [given for given in words if given]
    assert len(tried) == 3
    for given in tried:
        done = subprocess.run(
            [sys.executable, "-m", "tui", *given, "--nonsense"],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert "not understood: --nonsense (see" in done.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_accepts_a_unit(tmp_path: Path, unit: Path) -> None:
    programs = tmp_path / ".local" / "bin"
    programs.mkdir(parents=True)
    for name in ("assistant", "llama-server"):
        (programs / name).symlink_to("/bin/true")
    done = subprocess.run(
        ["systemd-analyze", "--user", "--man=no", "verify", str(unit)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (0, "")
