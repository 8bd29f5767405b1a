"""What each check finds, and that every finding comes with its remedy."""

from __future__ import annotations

import http.server
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from installing import ADA, CUDA, PLAIN
from raw_http import listing, serving

from assistant import paths
from assistant.doctor import (
    configuration,
    examination,
    machine,
    network,
    program,
    sandbox,
    storage,
)
from assistant.doctor.findings import Finding, Level
from runtimes.installer import packages
from runtimes.installer.facts import Gpu
from runtimes.installer.trial import Trial
from runtimes.store.types import InstalledRevision, StoredFile
from runtimes.texts import Text
from runtimes.types import Accelerator, Availability, Device, Host, Machine

HOST = Host(system="Linux", processor="P", cores=4, memory_total=8 << 30, memory_free=6 << 30)
CARD = Accelerator(
    device=Device.CUDA, index=0, name="RTX 4090", total=24 << 30, free=20 << 30, driver="550.54"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    for name in (*configuration.KEYS, "HF_ENDPOINT", "ASSISTANT_OFFLINE", "HF_HUB_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"


def only(findings: Iterator[Finding], topic: str) -> Finding:
    (found,) = [finding for finding in findings if finding.topic == topic]
    return found


def said(text: Text | None) -> str:
    assert text is not None
    return text.en.format(*text.args)


# --- the program ---------------------------------------------------------------------------------


def test_python_and_packages_of_a_sound_installation() -> None:
    assert [finding.level for finding in program.check()] == [Level.OK, Level.OK]


@pytest.mark.parametrize(
    ("requirement", "wrong"),
    [
        ("pytest>=8", False),
        ("pytest>=8,<9", False),
        ("pytest<8", True),
        ("pytest>=99", True),
        ("pytest==1.0", True),
        ("no-such-package-at-all>=1", True),
        ("pytest!=1.0; python_version > '3'", False),
    ],
)
def test_a_package_is_held_to_its_limits(requirement: str, wrong: bool) -> None:
    assert bool(packages.fault(requirement)) is wrong


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "base_requirements", lambda: ("rich>=14", "gone>=2"))
    found = only(program.check(), "packages")
    assert found.level is Level.PROBLEM
    assert "gone (missing)" in said(found.text)
    assert found.remedy is not None


# --- the machine ---------------------------------------------------------------------------------


def test_little_memory_is_a_warning() -> None:
    here = Machine(replace(HOST, memory_free=1 << 30))
    found = next(machine.check(here, PLAIN))
    assert (found.topic, found.level) == ("memory", Level.WARNING)
    assert found.remedy is not None
    assert next(machine.check(Machine(HOST), PLAIN)).level is Level.OK


def test_the_limit_of_a_container_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import psutil

    whole = psutil.virtual_memory().total
    levels = [f.level for f in machine.check(Machine(HOST), PLAIN) if f.topic == "memory"]
    assert (Level.NOTE in levels) == (HOST.memory_total < whole)


def test_a_gpu_comes_with_driver_and_cuda() -> None:
    facts = replace(PLAIN, gpus=(ADA,), driver_cuda=(12, 4))
    found = only(machine.check(Machine(HOST, (CARD,)), facts), "gpu")
    assert found.level is Level.OK
    assert "RTX 4090" in said(found.text)
    assert "20 GiB of 24 GiB free, driver 550.54, CUDA 12.4" in said(found.text)
    assert "共 24 GiB，驱动 550.54，CUDA 12.4" in found.text.zh.format(*found.text.args)
    bare = only(machine.check(Machine(HOST, (replace(CARD, driver=""),)), facts), "gpu")
    assert said(bare.text).endswith("24 GiB free")


def test_a_gpu_without_a_driver_is_a_warning() -> None:
    facts = replace(PLAIN, gpus=(Gpu(vendor="nvidia", name="NVIDIA GPU"),))
    found = only(machine.check(Machine(HOST), facts), "gpu")
    assert found.level is Level.WARNING
    assert "driver" in said(found.remedy)


def test_another_gpu_may_be_used_through_vulkan() -> None:
    facts = replace(PLAIN, gpus=(Gpu(vendor="amd", name="AMD GPU"),))
    assert "--backend vulkan" in said(only(machine.check(Machine(HOST), facts), "gpu").remedy)


def test_build_tools_are_listed() -> None:
    toolkit = replace(CUDA, cublas=False)
    found = only(machine.check(Machine(HOST), replace(PLAIN, toolkit=toolkit)), "build tools")
    assert said(found.text) == "gcc 12, CUDA toolkit 12.4 (no cuBLAS)"
    assert found.text.zh.format(*found.text.args) == "gcc 12，CUDA 工具包 12.4（缺 cuBLAS）"
    none = only(machine.check(Machine(HOST), replace(PLAIN, compiler=None)), "build tools")
    assert none.level is Level.NOTE


def works(name: str) -> Trial:
    return Trial(name, 0.5)


# --- storage -------------------------------------------------------------------------------------


def test_looking_at_folders_makes_none(home: Path) -> None:
    found = list(storage.check())
    assert {finding.level for finding in found} <= {Level.OK, Level.NOTE}
    assert not home.exists()


def test_an_open_folder_is_told_and_a_private_one_is_fine(home: Path) -> None:
    for mode, level in ((0o755, Level.NOTE), (0o700, Level.OK)):
        paths.config_folder().mkdir(parents=True, exist_ok=True)
        paths.config_folder().chmod(mode)
        found = next(storage.check())
        assert found.level is level
    assert not any(paths.config_folder().iterdir())


def test_a_file_in_the_place_of_a_folder_is_a_problem(home: Path) -> None:
    home.mkdir()
    paths.config_folder().write_text("")
    found = next(storage.check())
    assert found.level is Level.PROBLEM
    assert "ASSISTANT_HOME" in said(found.remedy)


@pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 1)() == 0, reason="the administrator may write anywhere"
)
def test_a_folder_that_cannot_be_written_is_a_problem(home: Path) -> None:
    home.mkdir(mode=0o500)
    assert next(storage.check()).level is Level.PROBLEM


def test_a_model_of_the_wrong_size_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def file(name: str, *, complete: bool) -> StoredFile:
        return StoredFile(name, Path(name), 10, "0" * 64, shared=False, complete=complete)

    def revision(*files: StoredFile) -> tuple[InstalledRevision, ...]:
        return (InstalledRevision("org/repo", "c" * 40, Path(), 0.0, files),)

    good, bad = file("good.gguf", complete=True), file("bad.gguf", complete=False)
    monkeypatch.setattr("runtimes.store.Store.installed", lambda _: revision(good, bad))
    found = only(storage.check(), "models")
    assert found.level is Level.WARNING
    assert "bad.gguf of org/repo" in said(found.text)
    monkeypatch.setattr("runtimes.store.Store.installed", lambda _: revision(good))
    assert only(storage.check(), "models").level is Level.OK


@pytest.mark.parametrize(
    ("free", "level"), [(1 << 20, Level.PROBLEM), (1 << 30, Level.WARNING), (1 << 40, Level.OK)]
)
def test_room_on_the_disk(free: int, level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    usage = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr("runtimes.store.store.shutil.disk_usage", lambda _: usage)
    assert only(storage.check(), "disk").level is level


# --- configuration -------------------------------------------------------------------------------


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_broken_catalogue_or_setting_is_a_problem_with_its_file() -> None:
    write(paths.overlay_file(), "[model.x\n")
    write(paths.settings_file(), "default_model = 3\n")
    found = list(configuration.check())
    for topic, file in (("catalogue", "models.toml"), ("settings", "settings.toml")):
        finding = only(iter(found), topic)
        assert finding.level is Level.PROBLEM
        assert file in said(finding.text)


def test_keys_are_named_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "sk-0123456789"
    monkeypatch.setenv("ASSISTANT_API_KEY", secret)
    monkeypatch.setenv("HF_TOKEN", secret)
    found = only(configuration.check(), "keys")
    assert "ASSISTANT_API_KEY, HF_TOKEN" in said(found.text)
    assert secret not in repr(found)


def test_the_default_model() -> None:
    (none,) = configuration.check_default(Machine(HOST))
    assert none.level is Level.NOTE
    write(paths.settings_file(), 'default_model = "r1-qwen-1.5b"\n')
    (missing,) = configuration.check_default(Machine(HOST))
    assert missing.level is Level.WARNING
    assert "assistant pull" in said(missing.remedy)
    write(paths.settings_file(), 'default_model = "no-such-model"\n')
    (unknown,) = configuration.check_default(Machine(HOST))
    assert unknown.level is Level.WARNING
    write(paths.settings_file(), 'default_model = "micro"\n')
    (micro,) = configuration.check_default(Machine(HOST))
    assert micro.level is Level.OK
    assert "micro" in said(micro.text)


def test_a_default_model_of_a_server_that_is_away_is_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{port}")
    for name, remedy in (
        (f"server:http://127.0.0.1:{port}/v1#m", "start the server"),
        ("ollama:m", "ollama serve"),
    ):
        write(paths.settings_file(), f'default_model = "{name}"\n')
        (away,) = configuration.check_default(Machine(HOST))
        assert away.level is Level.WARNING
        assert str(port) in said(away.text)
        assert remedy in said(away.remedy)


def test_a_default_model_that_its_server_has_is_fine_and_another_is_not() -> None:
    with serving({"/v1/models": listing("somebody")}) as raw:
        for name, level in (("m", Level.OK), ("other", Level.WARNING)):
            write(paths.settings_file(), f'default_model = "server:{raw.url}/v1#{name}"\n')
            (found,) = configuration.check_default(Machine(HOST))
            assert found.level is level


def test_a_server_without_a_list_is_not_said_to_have_the_model() -> None:
    with serving({}) as raw:
        write(paths.settings_file(), f'default_model = "server:{raw.url}/v1#m"\n')
        (found,) = configuration.check_default(Machine(HOST))
    assert found.level is Level.NOTE
    assert "ask -m" in said(found.remedy)


# --- the network ---------------------------------------------------------------------------------


@contextmanager
def hub(status: int) -> Iterator[str]:
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"[]")

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(
    ("status", "level"), [(200, Level.OK), (401, Level.OK), (503, Level.WARNING)]
)
def test_a_hub_that_answers(status: int, level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    with hub(status) as url:
        monkeypatch.setenv("HF_ENDPOINT", url)
        (found,) = network.check(offline=False)
    assert found.level is level
    assert url in said(found.text)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "ftp://x", "nonsense"])
def test_a_hub_that_does_not_answer_is_a_warning(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", url)
    (found,) = network.check(offline=False)
    assert found.level is Level.WARNING
    assert found.remedy is not None


def test_offline_no_question_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_endpoint: str) -> int:
        raise AssertionError

    monkeypatch.setattr(network, "_status", never)
    (found,) = network.check(offline=True)
    assert found.level is Level.NOTE


# --- all of it -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "way"),
    [
        ({".dockerenv": ""}, "--security-opt systempaths=unconfined"),
        (
            {"run/.containerenv": "", "proc/sys/user/max_user_namespaces": "0\n"},
            "start the contain",
        ),
        (
            {"proc/sys/kernel/apparmor_restrict_unprivileged_userns": "1\n"},
            "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0",
        ),
        (
            {".dockerenv": "", "proc/sys/kernel/unprivileged_userns_clone": "0\n"},
            "sudo sysctl kernel.unprivileged_userns_clone=1",
        ),
        ({"proc/sys/user/max_user_namespaces": "96364\n"}, "allow user namespaces; for one run"),
    ],
)
def test_what_forbids_the_sandbox_is_named_with_its_switch(
    files: dict[str, str], way: str, tmp_path: Path
) -> None:
    for name, text in files.items():
        write(tmp_path / name, text)
    told = sandbox.remedy(tmp_path)
    assert way in told.en
    assert "--unsafe" in told.zh
    inside = any(name.endswith("env") for name in files)
    assert ("--security-opt" in told.zh) is inside
    assert ("bubblewrap" in told.en) is (not inside and shutil.which("bwrap") is None)


def test_a_check_that_fails_itself_does_not_silence_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> Iterator[Finding]:
        raise ZeroDivisionError("a bug")
        yield

    monkeypatch.setattr(program, "check", broken)
    monkeypatch.setattr("assistant.probing.probed", lambda *_: {"server": Availability(ready=True)})
    found = list(examination.examine(works, offline=True))
    assert found[0].level is Level.PROBLEM
    assert "ZeroDivisionError: a bug" in said(found[0].text)
    assert {"memory", "disk", "settings", "hub", "server"} <= {one.topic for one in found}


def test_every_warning_and_problem_has_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    write(paths.overlay_file(), "[")
    states = {"llamacpp": Availability(ready=True)}
    monkeypatch.setattr("assistant.probing.probed", lambda *_: states)
    for finding in examination.examine(lambda n: Trial(n, 1, safe_mode=True), offline=False):
        if finding.level in (Level.WARNING, Level.PROBLEM):
            assert finding.remedy is not None, finding
            assert finding.remedy.zh
