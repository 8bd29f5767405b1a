"""What a program gets and gives, in each language and by each way; and what is left of it."""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import confined
import ordinary
import pytest
from confined import SMALL

from assistant.coding.inside import seccomp
from assistant.coding.sandbox import languages, policy, probe, runner
from assistant.coding.sandbox.policy import Policy, Way
from assistant.coding.sandbox.types import (
    Job,
    Language,
    Layer,
    Limit,
    Limits,
    NotRun,
    Outcome,
    SourceFile,
)
from runtimes.base import Cancel
from runtimes.texts import Text

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {
    Language.PYTHON: ("a.py", "import sys\nprint(int(input()) * 2, sys.argv[1:])", "42 ['x']\n"),
    Language.JAVASCRIPT: (
        "a.js",
        "const n = Number(require('fs').readFileSync(0, 'utf8'));"
        "console.log(n * 2, process.argv.slice(2))",
        "42 [ 'x' ]\n",
    ),
    Language.C: (
        "a.c",
        "#include <stdio.h>\nint main(int c, char **v) {"
        ' int n; scanf("%d", &n); printf("%d %s\\n", n * 2, v[1]); return 0; }',
        "42 x\n",
    ),
    Language.CPP: (
        "a.cpp",
        "#include <iostream>\nint main(int c, char **v) {"
        ' int n; std::cin >> n; std::cout << n * 2 << " " << v[1] << "\\n"; }',
        "42 x\n",
    ),
    Language.SHELL: ("a.sh", "read n\necho $((n * 2)) $1", "42 x\n"),
    Language.SQL: (
        "a.sql",
        "create table t (a, b);\ninsert into t values (42, 'x;y'), (1, null);\n"
        "select * from t; -- the end",
        "a\tb\n42\tx;y\n1\tNULL\n",
    ),
}
WRONG = {
    Language.PYTHON: ("a.py", "1 / 0", "ZeroDivisionError"),
    Language.JAVASCRIPT: ("a.js", "null.x", "TypeError"),
    Language.C: ("a.c", "int main() { return x; }", "undeclared"),
    Language.CPP: ("a.cpp", "int main() { return x; }", "not declared"),
    Language.SHELL: ("a.sh", "nothing-of-this-name", "not found"),
    Language.SQL: ("a.sql", "select 1; select nowhere;", "no such column"),
}


@pytest.fixture(scope="module")
def held() -> Policy:
    return confined.policy()


def run(job: Job, held: Policy, cancel: Cancel | None = None) -> Outcome:
    result = runner.run(job, held, cancel)
    assert isinstance(result, Outcome), result
    return result


def job(name: str, text: str, language: Language = Language.PYTHON) -> Job:
    return Job(language=language, files=(SourceFile(name, text),), limits=SMALL)


@pytest.mark.parametrize("language", list(Language))
def test_a_program_runs_in_each_language(language: Language, held: Policy) -> None:
    if languages.tool_of(language) is None:
        pytest.skip(f"{language} is not installed here")
    name, text, expected = PROGRAMS[language]
    result = run(
        Job(
            language=language,
            files=(SourceFile(name, text),),
            stdin="21\n",
            arguments=("x",) if language is not Language.SQL else (),
        ),
        held,
    )
    assert (result.stdout, result.exit, result.limits) == (expected, 0, ())
    assert result.succeeded


@pytest.mark.parametrize("language", list(Language))
def test_what_is_wrong_is_told(language: Language, held: Policy) -> None:
    if languages.tool_of(language) is None:
        pytest.skip(f"{language} is not installed here")
    name, text, told = WRONG[language]
    result = run(Job(language=language, files=(SourceFile(name, text),)), held)
    assert told in result.stderr
    assert not result.succeeded
    assert result.compiling == (language in (Language.C, Language.CPP))


def test_several_files_lie_side_by_side(held: Policy) -> None:
    files = (SourceFile("a.py", "import part; print(part.x)"), SourceFile("part.py", "x = 5"))
    assert run(Job(language=Language.PYTHON, files=files), held).stdout == "5\n"


@pytest.mark.parametrize("name", ["../a.py", "/a.py", "a/b.py", "", ".", "..", ".bashrc", "a\0.py"])
def test_a_name_with_a_path_is_refused(name: str, held: Policy) -> None:
    with pytest.raises(ValueError, match="plain"):
        runner.run(job(name, "pass"), held)


def test_a_signal_is_told_apart_from_an_exit(held: Policy) -> None:
    result = run(job("a.py", "import os; os.abort()"), held)
    assert (result.exit, result.signal) == (None, signal.SIGABRT)
    result = run(job("a.py", "raise SystemExit(134)"), held)
    assert (result.exit, result.signal) == (134, None)


def test_a_program_has_the_signals_that_it_has_elsewhere(held: Policy) -> None:
    result = run(job("a.py", "import os; print(os.popen('yes | head -1').read())"), held)
    assert (result.stdout, result.stderr) == ("y\n\n", "")


def test_a_crash_is_handed_to_nobody_outside(held: Policy) -> None:
    text = "import resource; print(resource.getrlimit(resource.RLIMIT_CORE))"
    assert run(job("a.py", text), held).stdout == "(1, 1)\n"


def test_output_that_is_no_text_is_no_failure(held: Policy) -> None:
    result = run(job("a.py", r"import sys; sys.stdout.buffer.write(b'\xff\x00\x1b[2J')"), held)
    assert result.stdout == "\ufffd\0\x1b[2J"


def test_a_run_is_cancelled_at_once(held: Policy) -> None:
    cancel = Cancel()
    threading.Timer(0.5, cancel.set).start()
    start = time.monotonic()
    result = run(job("a.py", "import time; time.sleep(60)"), held, cancel)
    assert result.limits == (Limit.CANCELLED,)
    assert time.monotonic() - start < 2


def test_nothing_runs_where_isolation_is_missing(tmp_path: Path) -> None:
    lacking = Policy(Way.LOOSE, (Layer.RLIMITS,), Text("no wall", "没有墙"))
    result = runner.run(job("a.py", f"open({str(tmp_path / 'x')!r}, 'w')"), lacking)
    assert isinstance(result, NotRun)
    assert result.isolation
    assert "no wall" in result.why.en
    assert "没有墙" in result.why.zh
    assert not (tmp_path / "x").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the layers are Linux's")
@pytest.mark.parametrize(
    ("end", "exit_", "limits"),
    [("print(os.getcwd())", 0, ()), ("time.sleep(99)", None, (Limit.TIME,))],
)
def test_without_isolation_it_runs_only_for_a_user_who_says_so(
    end: str, exit_: int | None, limits: tuple[Limit, ...]
) -> None:
    lacking = Policy(Way.LOOSE, (Layer.RLIMITS,), Text("no wall", "没有墙")).without_isolation()
    name = f"loose-{exit_}-heron.py"
    daemons = (
        "import os, time\nfor _ in range(3):\n if os.fork() == 0:\n  os.setsid()\n  os.fork()\n"
    )
    text = f"{daemons}  time.sleep(99)\n{end}"
    files = (SourceFile(name, text),)
    small = dataclasses.replace(SMALL, seconds=1.0)
    result = run(Job(language=Language.PYTHON, files=files, limits=small), lacking)
    assert (result.exit, result.limits) == (exit_, limits), result
    assert Layer.NAMESPACES not in result.layers
    if result.stdout:
        assert not Path(result.stdout.strip()).exists()
    assert not running(name)


def test_a_layer_that_does_not_hold_starts_nothing(
    held: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found to work is only remembered; each run sees for itself."""
    monkeypatch.setattr(runner, "needed", lambda _: ("rlimits", "a layer of tomorrow"))
    result = runner.run(job("a.py", "print(1)"), held)
    assert isinstance(result, NotRun)
    assert "a layer of tomorrow" in str(result.why.args)


def test_a_missing_tool_is_named(held: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    result = runner.run(job("a.js", "1", Language.JAVASCRIPT), held)
    assert isinstance(result, NotRun)
    assert result.why.args == ("node",)


def test_the_answer_of_the_probe_is_remembered_until_the_machine_starts_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: Policy
) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    first = probe.remembered()
    assert (first.way, first.layers) == (held.way, held.layers)
    monkeypatch.setattr(probe, "try_all", lambda: pytest.fail("it was remembered"))
    assert probe.remembered() == first
    for damaged in ("", "[]", '{"key": []}', '{"key": null, "way": 1}', "\0"):
        (tmp_path / "state" / "sandbox.json").write_text(damaged)
        monkeypatch.setattr(probe, "try_all", lambda: held)
        assert probe.remembered() == held


def test_the_layers_are_those_that_a_policy_needs(held: Policy) -> None:
    result = run(job("a.py", "pass"), held)
    assert set(result.layers) == set(held.layers)
    assert set(held.layers) >= policy.NEEDED


@pytest.mark.parametrize("machine", list(seccomp.ARCHITECTURES))
def test_the_filter_is_well_formed(machine: str) -> None:
    lines = seccomp.program(machine)
    assert len(lines) < 4096
    for place, (code, true, false, _) in enumerate(lines):
        if code in (seccomp.EQUAL, seccomp.GREATER, seccomp.ANY_BIT):
            assert place + 1 + max(true, false) < len(lines)
    assert lines[-1] == (seccomp.ANSWER, 0, 0, seccomp.ALLOW)


HUNDRED = 100


@pytest.mark.slow
def test_a_hundred_runs_leave_nothing(held: Policy) -> None:
    run(job("a.py", "pass"), held)
    before = (confined.children(), confined.mounts(), confined.descriptors())
    text = "import os\nopen('left', 'w').write('x')\nif os.fork() == 0: os.setsid(); os.pause()\n"
    ends = ["print(1)", "raise SystemExit(3)", "import time; time.sleep(9)", "os.abort()"]
    limits = dataclasses.replace(SMALL, seconds=1.0)

    def one(number: int) -> Outcome:
        code = text.replace("os.pause()", "__import__('time').sleep(99)") + ends[number % 4]
        files = (SourceFile("a.py", code),)
        return run(Job(language=Language.PYTHON, files=files, limits=limits), held)

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(one, range(HUNDRED)))
    assert [result.exit for result in results[:2]] == [0, 3]
    assert sum(result.succeeded for result in results) == HUNDRED // 4
    assert (confined.children(), confined.mounts(), confined.descriptors()) == before
    assert not [*Path("/tmp").glob("left*"), *Path("/tmp").glob("assistant-run-*")]


def test_nothing_goes_on_when_the_program_itself_is_killed(held: Policy) -> None:
    script = textwrap.dedent("""
        from assistant.coding.sandbox import Job, Language, SourceFile, examine, run
        code = "import os, time\\nos.fork()\\nos.fork()\\nprint(flush=True)\\ntime.sleep(99)"
        run(Job(language=Language.PYTHON, files=(SourceFile("heron.py", code),)), examine())
    """)
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
    try:
        assert until(lambda: len(running("heron.py")) >= 4)
    finally:
        process.kill()
        process.wait()
    assert until(lambda: not running("heron.py"))


def running(word: str) -> list[str]:
    """The processes whose command has a word in it."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                words = (folder / "cmdline").read_bytes().split(b"\0")
                if word.encode() in words:
                    found.append(folder.name)
    return found


def until(true: object) -> bool:
    assert callable(true)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("way", [Way.BUBBLEWRAP, Way.DIRECT])
def test_an_ordinary_user_is_held_by_each_way(way: Way, tmp_path: Path) -> None:
    names = ("read a key", "calls", "kill the warden", "capabilities")
    results = as_ordinary(way, names, tmp_path)
    assert {row["name"]: row["told"] for row in results if row["held"] != "True"} == {}
    assert len(results) == len(names)
    assert all(way.value.replace("direct", "namespaces") in row["layers"] for row in results)


@pytest.mark.slow
@pytest.mark.parametrize("way", [Way.BUBBLEWRAP, Way.DIRECT])
def test_nobody_gets_out_for_an_ordinary_user(way: Way, tmp_path: Path) -> None:
    results = as_ordinary(way, (), tmp_path)
    assert {row["name"]: row["told"] for row in results if row["held"] != "True"} == {}
    assert len(results) > 130


def test_the_last_words_of_a_launcher_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Also where it ends before it has read its orders, which do not fit into a pipe here."""
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'bwrap: no namespaces here' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr("assistant.coding.sandbox.bubblewrap.found", lambda: str(broken))
    text = "#" * (1 << 20)
    held = Policy(Way.BUBBLEWRAP, (Layer.SECCOMP, Layer.RLIMITS))
    for code in (text, "pass"):
        files = (SourceFile("a.py", code),)
        job = Job(language=Language.PYTHON, files=files, limits=SMALL)
        ended = runner.run(job, held)
        assert isinstance(ended, NotRun)
        assert "bwrap: no namespaces here" in str(ended.why.args)


def as_ordinary(way: Way, names: tuple[str, ...], folder: Path) -> list[dict[str, str]]:
    for parent in folder.parents:
        if parent.stat().st_uid == os.getuid() and parent != Path("/tmp"):
            parent.chmod(0o755)
    results = ordinary.start(way, names, folder)
    if not results:
        pytest.skip(f"an ordinary user of this machine cannot be held by {way}")
    return results


INSIDE = sorted((ROOT / "assistant" / "coding" / "inside").glob("*.py"))
STARTING = ("launch", "warden", "confine", "namespaces", "landlock", "seccomp", "kernel", "orders")
QUICK = {
    "__future__",
    "ctypes",
    "errno",
    "fcntl",
    "marshal",
    "os",
    "resource",
    "select",
    "sys",
    "time",
}


@pytest.mark.parametrize("path", INSIDE, ids=lambda path: path.stem)
def test_what_runs_inside_stands_alone(path: Path) -> None:
    """It is all that is seen there; and what starts a run imports only what is there at once."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None
            found.add(node.module)
    others = {name for name in found if not name.startswith("assistant.coding.inside")}
    roots = {name.partition(".")[0] for name in others}
    assert roots <= set(sys.stdlib_module_names)
    if path.stem in STARTING:
        assert roots <= QUICK


def test_limits_have_the_sizes_that_are_told() -> None:
    limits = Limits()
    assert (limits.seconds, limits.memory, limits.output) == (10.0, 512 << 20, 1 << 20)
