"""Running, watching, stopping and explaining an installation."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import venv
import zipfile
from dataclasses import replace
from pathlib import Path

import pip
import pytest
from hypothesis import given
from hypothesis import strategies as st
from installing import PLAIN, VENV

from runtimes.installer import run as runs
from runtimes.installer.diagnosis import MOST_LINES, Cause, diagnose
from runtimes.installer.facts import Environment
from runtimes.installer.packages import of_extra
from runtimes.installer.progress import Progress, Reader
from runtimes.installer.recipes import Command, Install
from runtimes.installer.run import Outcome, log_file, run, stoppable

TAIL_LINES = 200


def python(code: str, **env: str) -> Command:
    return Command((sys.executable, "-c", code), tuple(env.items()))


def nothing(_progress: Progress) -> None:
    """Nobody watches."""


# --- our own package data ------------------------------------------------------------------------


def test_the_requirements_of_an_extra_keep_their_other_conditions() -> None:
    requires = [
        "rich<16,>=14",
        "llama-cpp-python==0.3.36; extra == 'llamacpp'",
        "bitsandbytes<0.51; (platform_system != 'Darwin' or platform_machine == 'arm64')"
        " and extra == 'checkpoint'",
        'torch>=2.9; extra == "checkpoint"',
        "offline-assistant[llamacpp]; extra == 'all'",
    ]
    assert of_extra(requires, "llamacpp") == ("llama-cpp-python==0.3.36",)
    assert of_extra(requires, "checkpoint") == (
        "bitsandbytes<0.51; (platform_system != 'Darwin' or platform_machine == 'arm64')",
        "torch>=2.9",
    )
    assert of_extra(requires, "all") == ()


# --- progress ------------------------------------------------------------------------------------


def seen(*lines: str) -> Progress:
    reader = Reader()
    for line in lines:
        reader.feed(line)
    return reader.now


def test_the_steps_of_a_build_are_its_progress() -> None:
    now = seen("  *** Building project with Ninja...", "  [12/48] /usr/bin/c++ -O3 …")
    assert now.stage.en == "compiling"
    assert now.fraction == 0.25
    assert now.detail == "12/48"


def test_the_steps_of_a_build_by_uv_are_its_progress() -> None:
    now = seen("   Building llama-cpp-python==0.3.36", "DEBUG [12/48] /usr/bin/c++ -O3 …")
    assert (now.stage.en, now.fraction) == ("compiling", 0.25)
    assert seen("Prepared 1 package in 2.04s", "Installed 1 package in 1ms").stage.en == "installed"


def test_a_download_tells_name_and_share() -> None:
    now = seen("  Downloading https://x.example/torch-2.13.0.whl#sha256=0 (2.1 GB)")
    assert now.stage.args == ("torch-2.13.0.whl",)
    assert now.detail == "2.1 GB"
    assert now.fraction is None
    later = seen("  Downloading torch-2.13.0.whl (2.1 GB)", "Progress 50 of 200")
    assert later.fraction == 0.25
    assert later.stage.args == ("torch-2.13.0.whl",)


def test_a_server_that_lies_about_a_size_divides_nothing_by_zero() -> None:
    assert seen("Progress 5 of 0").fraction is None
    assert seen("Progress 500 of 200").fraction == 1.0
    assert seen("[7/0] x").fraction is None


@given(st.lists(st.text(max_size=60), max_size=20))
def test_any_lines_leave_a_sane_progress(lines: list[str]) -> None:
    now = seen(*lines)
    assert now.fraction is None or 0 <= now.fraction <= 1
    assert now.stage.en
    assert now.stage.zh


# --- explaining ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "cause", "remedy"),
    [
        ("  CMake Error: No CMAKE_CXX_COMPILER could be found.", Cause.COMPILER, "build-essential"),
        ("  c++: fatal error: Killed signal terminated program cc1plus", Cause.MEMORY, "LEVEL=1"),
        (
            "ERROR: Could not install packages: [Errno 28] No space left on device",
            Cause.DISK,
            "2 GB",
        ),
        (
            "  error: #error -- unsupported GNU version! gcc versions later",
            Cause.HOST_COMPILER,
            "g++",
        ),
        ("    CMake Error: Could NOT find CUDAToolkit", Cause.CUDA, "developer.nvidia.com"),
        ("  The target was not found:  CUDA::cublas", Cause.CUBLAS, "cuBLAS"),
        ("  Could NOT find Vulkan (missing: glslc)", Cause.VULKAN, "glslc"),
        (
            "ERROR: No matching distribution found for llama-cpp-python==0.3.36",
            Cause.NO_FILE,
            "source",
        ),
        ("error: No solution found when resolving dependencies", Cause.NO_FILE, "source"),
        ("error: externally-managed-environment", Cause.MANAGED, "pipx"),
        (
            "WARNING: Retrying after NewConnectionError('…name resolution')",
            Cause.NETWORK,
            "--offline",
        ),
        ("SSLError(CERTIFICATE_VERIFY_FAILED)", Cause.CERTIFICATE, "PIP_CERT"),
        (
            "requests.exceptions.InvalidSchema: Missing dependencies for SOCKS support.",
            Cause.SOCKS,
            "HTTPS_PROXY=http",
        ),
        ("ERROR: [Errno 13] Permission denied: '/usr/lib/x'", Cause.PERMISSION, "pipx"),
    ],
)
def test_a_known_failure_has_its_remedy(line: str, cause: Cause, remedy: str) -> None:
    found = diagnose(
        ["Collecting x", line, "  note: This error originates from a subprocess"], PLAIN
    )
    assert found.cause is cause
    assert found.lines == (line.strip(),)
    assert found.remedy is not None
    assert remedy in found.remedy.en
    assert any("\u4e00" <= c <= "\u9fff" for c in found.remedy.zh)


def test_without_a_network_there_is_no_talk_of_a_missing_file() -> None:
    log = [
        "WARNING: Retrying … NewConnectionError: [Errno -2] Name or service not known",
        "ERROR: No matching distribution found for llama-cpp-python==0.3.36",
    ]
    assert diagnose(log, PLAIN).cause is Cause.NETWORK


def test_an_unknown_failure_shows_its_telling_lines_and_no_remedy() -> None:
    log = [f"step {n}" for n in range(TAIL_LINES)]
    log[50:50] = [f"file.cpp:{n}: error: no such thing" for n in range(20)]
    found = diagnose(log, PLAIN)
    assert found.cause is Cause.UNKNOWN
    assert len(found.lines) == MOST_LINES
    assert all("error" in line for line in found.lines)
    assert found.remedy is None
    assert diagnose([], PLAIN).lines == ()


@given(st.lists(st.text(max_size=300), max_size=30))
def test_any_log_is_explained_in_bounds(log: list[str]) -> None:
    found = diagnose(log, PLAIN)
    assert len(found.lines) <= MOST_LINES
    assert all(len(line) <= 200 for line in found.lines)


def test_a_compiler_is_advised_for_the_system_at_hand() -> None:
    found = diagnose(["No CMAKE_CXX_COMPILER could be found"], replace(PLAIN, system="Darwin"))
    assert found.remedy is not None
    assert "xcode-select" in found.remedy.en


# --- running -------------------------------------------------------------------------------------


def test_a_command_is_logged_watched_and_its_code_comes_back() -> None:
    code = (
        "import os, sys; print(os.environ['X'], flush=True);"
        "print('[1/2] a', file=sys.stderr); sys.exit(3)"
    )
    log, stages = io.BytesIO(), list[Progress]()
    outcome = run(python(code, X="here"), log, stages.append)
    assert outcome == Outcome(3, ("here", "[1/2] a"))
    text = log.getvalue().decode()
    assert text.startswith("$ X=here ")
    assert "[1/2] a\n" in text
    assert stages[-1].fraction == 0.5


def test_a_silent_command_is_still_seen_to_live() -> None:
    calls = list[float]()
    run(python("import time; time.sleep(0.9)"), io.BytesIO(), lambda _: calls.append(0))
    assert len(calls) >= 3


def test_output_that_is_no_text_and_has_no_lines_is_survived() -> None:
    code = "import sys; sys.stdout.buffer.write(b'\\xff' * 100_000 + b'\\n[3/4] x\\n')"
    outcome = run(python(code), log := io.BytesIO(), nothing)
    assert outcome.code == 0
    assert len(log.getvalue()) > 100_000
    assert outcome.tail[-1] == "[3/4] x"


def test_no_question_is_waited_for() -> None:
    assert run(python("input()"), io.BytesIO(), nothing).code != 0


def test_what_cannot_be_started_says_so() -> None:
    with pytest.raises(OSError, match="no-such"):
        run(Command(("/no-such-program",)), io.BytesIO(), nothing)


GRANDCHILD = """
import subprocess, sys, tempfile, time
tempfile.mkdtemp()
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
{0}
print(child.pid, "is here", flush=True)
time.sleep(60)
"""
DEAF = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[-1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize("deaf", ["", DEAF])
def test_an_interruption_leaves_no_compiler_and_no_file_behind(
    deaf: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "GRACE", 0.3)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    log = io.BytesIO()

    def interrupt(_progress: Progress) -> None:
        if log.getvalue().endswith(b" is here\n"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(python(GRANDCHILD.format(deaf)), log, interrupt)
    pid = int(log.getvalue().decode().splitlines()[-1].split()[0])
    until = time.monotonic() + 5
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(pid)
    assert not any(tmp_path.iterdir())


def test_a_polite_kill_works_like_ctrl_c() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), stoppable():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before


def test_another_thread_may_install_too() -> None:
    seen: list[bool] = []

    def work() -> None:
        with stoppable():
            seen.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [True]


def test_the_folder_of_logs_does_not_grow(tmp_path: Path) -> None:
    for n in range(9):
        old = tmp_path / f"install-llamacpp-2026010{n}.log"
        old.write_text("")
        os.utime(old, (n, n))
    new = log_file(tmp_path, "llamacpp")
    new.write_text("")
    left = sorted(path.name for path in tmp_path.iterdir())
    assert len(left) == runs.KEPT_LOGS
    assert new.name in left
    assert "install-llamacpp-20260108.log" in left


@pytest.mark.skipif(os.name == "nt", reason="modes of Unix")
def test_logs_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "engines"
    log_file(folder, "llamacpp")
    assert [place.stat().st_mode & 0o077 for place in (folder.parent, folder)] == [0, 0]


# --- a real installation -------------------------------------------------------------------------


def wheel(folder: Path, version: str) -> None:
    info = f"tiny_thing-{version}.dist-info"
    with zipfile.ZipFile(folder / f"tiny_thing-{version}-py3-none-any.whl", "w") as file:
        file.writestr("tiny_thing.py", f"VERSION = {version!r}\n")
        file.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny-thing\nVersion: {version}\n"
        )
        file.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        file.writestr(f"{info}/RECORD", "")


def environment(folder: Path) -> Environment:
    """A throw-away environment that borrows the pip of ours: quick to make."""
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    interpreter = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    asked = [str(interpreter), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = subprocess.run(asked, capture_output=True, check=True, text=True).stdout.strip()
    Path(site, "borrowed.pth").write_text(f"{Path(pip.__file__).parents[1]}\n")
    major, minor = pip.__version__.split(".")[:2]
    return replace(VENV, python=str(interpreter), pip=(int(major), int(minor)))


@pytest.mark.slow
def test_pip_installs_replaces_and_refuses_as_the_recipe_says(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    wheel(files, "1.0")
    env = environment(tmp_path / "env")
    install = Install(packages=("tiny-thing==1.0",), folder=str(files), wheel="tiny-thing")

    def code(order: Install) -> Outcome:
        log = io.BytesIO()
        with contextlib.closing(log):
            return run(order.command(env), log, nothing)

    assert code(install).code == 0
    again = replace(install, again="tiny-thing", alone=True)
    replaced = code(again)
    assert replaced.code == 0
    assert any("Attempting uninstall" in line for line in replaced.tail)
    missing = code(replace(install, packages=("tiny-thing==2.0",)))
    assert missing.code != 0
    assert diagnose(missing.tail, PLAIN).cause is Cause.NO_FILE
    told = subprocess.run(
        [env.python, "-c", "import tiny_thing; print(tiny_thing.VERSION)"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert told.stdout.strip() == "1.0"
