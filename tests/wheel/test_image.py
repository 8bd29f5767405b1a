"""The image for processors is built and used, where Docker or Podman and the base image are."""

from __future__ import annotations

import subprocess
import sys
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


@pytest.fixture
def recipe(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    spec = util.spec_from_file_location("image", PACKAGING / "image.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_service_is_run_as_compose_says(recipe: ModuleType) -> None:
    app, pull, web = (recipe.options(name) for name in ("app", "pull", "web"))
    for words in (app, pull, web):
        assert {"--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges:true"} < {*words}
    assert "--network=none" in app
    assert "--network=host" in web
    (profile,) = [word for word in app if "seccomp" in word]
    assert Path(profile.rpartition("=")[2]).is_file()
    assert not [word for word in pull if "unconfined" in word or "seccomp" in word]


@pytest.mark.slow
def test_the_image_is_built_and_works(recipe: ModuleType) -> None:
    program = recipe.engine()
    if program is None or not recipe.has_bases(program):
        pytest.skip("neither Docker nor Podman with the base image is here")
    command = [sys.executable, str(PACKAGING / "image.py")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=3600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = [line for line in done.stdout.splitlines() if line.startswith("ok  ")]
    assert len(told) == len(recipe.CHECKS) + 4
