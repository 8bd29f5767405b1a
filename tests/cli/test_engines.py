"""``assistant engines``: what a user sees when engines are listed and installed."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from command import assistant, on_terminal
from installing import GCC, PLAIN, VENV, XEON, FakeRunner, failed, with_pins
from wcwidth import wcswidth

from assistant.cli import engines, installing
from assistant.cli.diagnostics import Exit
from assistant.cli.installing import Tools
from assistant.cli.main import run
from assistant.cli.parser import Parser
from assistant.maths.types import Lang
from assistant.probing import TITLES
from runtimes.errors import EngineCrashed, EngineFailed, RuntimeFailure
from runtimes.installer.facts import Facts, Home, Installed
from runtimes.installer.recipes import Method
from runtimes.installer.run import Outcome
from runtimes.installer.trial import Trial
from runtimes.texts import Text
from runtimes.types import Availability

NATIVE = replace(PLAIN, flags=XEON)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with_pins(monkeypatch)
    monkeypatch.setattr(installing, "one", lambda _extra, _name: "llama-cpp-python==0.3.36")
    monkeypatch.setattr(installing, "found", lambda _engine: None)
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    monkeypatch.delenv("ASSISTANT_OFFLINE", raising=False)
    return tmp_path


class Engine:
    """Counts how often it was tried, and answers."""

    def __init__(self, failure: RuntimeFailure | None = None, *, safe: bool = False) -> None:
        self.tried: list[str] = []
        self._failure, self._safe = failure, safe

    def __call__(self, name: str) -> Trial:
        self.tried.append(name)
        return Trial(name, 0.75, self._safe, self._failure)


def read(*words: str) -> argparse.Namespace:
    parser = Parser("assistant engines", engines.USAGE, "", Lang.EN)
    engines.configure(parser)
    return parser.read(words, argparse.Namespace())


def install(
    *words: str, facts: Facts = NATIVE, runner: FakeRunner | None = None,
    engine: Engine | None = None, lang: Lang = Lang.EN,
) -> int:  # fmt: skip
    tools = Tools(facts, runner or FakeRunner(), engine or Engine())
    return int(installing.install(read("install", *words), lang, tools))


# --- installing ----------------------------------------------------------------------------------


def test_the_command_is_shown_run_and_tried(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, engine = FakeRunner(), Engine()
    monkeypatch.setattr(
        installing, "found", lambda _: Installed(version="0.3.36") if runner.commands else None
    )
    assert install("llamacpp", "--yes", runner=runner, engine=engine) == Exit.OK
    out, err = capsys.readouterr()
    assert len(runner.commands) == 1
    shown = runner.commands[0].shown()
    assert err.index(shown) < err.index("compiling")
    assert "without AMX kernels" in err
    assert engine.tried == ["llamacpp"]
    assert out == "llamacpp 0.3.36 works: one token in 0.8 s, in a process of its own\n"
    (log,) = (home / "state" / "engines").iterdir()
    assert log.read_text() == "one line\n"


def test_nothing_is_run_without_a_yes(capsys: pytest.CaptureFixture[str]) -> None:
    runner, engine = FakeRunner(), Engine()
    assert install("llamacpp", runner=runner, engine=engine) == Exit.USAGE
    _, err = capsys.readouterr()
    assert not runner.commands
    assert not engine.tried
    assert "pip install" in err
    assert "--yes" in err


def test_a_dry_run_prints_commands_and_nothing_else_on_stdout(
    capsys: pytest.CaptureFixture[str],
) -> None:
    runner = FakeRunner()
    assert install("llamacpp", "--dry-run", runner=runner) == Exit.OK
    out, _ = capsys.readouterr()
    assert not runner.commands
    assert out.count("\n") == 1
    assert out.startswith("CMAKE_ARGS=")


def test_a_dry_run_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    install("llamacpp", "--dry-run", "--json")
    record = json.loads(capsys.readouterr().out)
    assert record["engine"] == "llamacpp"
    assert record["method"] == Method.SOURCE.value
    assert record["commands"][0]["argv"][:4] == [VENV.python, "-m", "pip", "install"]
    assert "-mno-amx-int8" in record["commands"][0]["env"]["CMAKE_ARGS"]


@pytest.mark.parametrize("variable", [True, False])
def test_offline_says_what_to_carry_over(
    variable: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if variable:
        monkeypatch.setenv("ASSISTANT_OFFLINE", "1")
    runner = FakeRunner()
    words = () if variable else ("--offline",)
    assert install("llamacpp", *words, runner=runner, lang=Lang.ZH) == Exit.OK
    out, _ = capsys.readouterr()
    assert not runner.commands
    assert "pip download" in out
    assert "assistant engines install llamacpp --backend cpu --source --from" in out
    assert "--no-index" in out
    assert "复制" in out


def test_offline_from_a_folder_is_run(tmp_path: Path) -> None:
    runner = FakeRunner()
    folder = str(tmp_path)
    assert install("llamacpp", "--offline", "--from", folder, "--yes", runner=runner) == Exit.OK
    assert "--no-index" in runner.commands[0].argv
    assert folder in runner.commands[0].argv


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = assistant("engines", "install", "llamacpp", "--yes", "--from", str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "no folder" in done.stderr
    assert "--offline" in done.stderr


def test_a_missing_ready_made_file_is_built_instead(capsys: pytest.CaptureFixture[str]) -> None:
    runner = FakeRunner(failed("ERROR: No matching distribution found for llama-cpp-python"))
    assert install("llamacpp", "--yes", facts=PLAIN, runner=runner) == Exit.OK
    assert "--only-binary" in runner.commands[0].argv
    assert "--no-binary" in runner.commands[1].argv
    assert "built from source instead" in capsys.readouterr().err


def test_without_a_network_nothing_else_is_tried(capsys: pytest.CaptureFixture[str]) -> None:
    runner = FakeRunner(failed("WARNING: Retrying … NewConnectionError: name resolution"))
    assert install("llamacpp", "--yes", facts=PLAIN, runner=runner) == Exit.UNAVAILABLE
    assert len(runner.commands) == 1
    assert "--offline" in capsys.readouterr().err


def test_a_failed_build_shows_its_lines_remedy_and_log(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "c++: fatal error: Killed signal terminated program cc1plus \x1b[31m"
    engine = Engine()
    code = install("llamacpp", "--yes", runner=FakeRunner(failed(line, code=2)), engine=engine)
    assert code == Exit.LIMIT
    err = capsys.readouterr().err
    assert "exit code 2" in err
    assert "Killed signal terminated program" in err
    assert "\x1b" not in err  # what a build writes does not steer the terminal
    assert "CMAKE_BUILD_PARALLEL_LEVEL=1" in err
    assert str(next((home / "state" / "engines").iterdir())) in err
    assert not engine.tried


def test_an_engine_that_installs_but_does_not_run_is_no_success(
    capsys: pytest.CaptureFixture[str],
) -> None:
    crash = EngineCrashed(
        Text("the engine crashed ({0})", "引擎崩溃（{0}）", ("SIGILL",)), Text("r", "r")
    )
    code = install("llamacpp", "--yes", facts=replace(PLAIN, compiler=None), engine=Engine(crash))
    assert code == Exit.UNAVAILABLE
    out, err = capsys.readouterr()
    assert out == ""
    assert "SIGILL" in err
    assert "assistant engines install llamacpp --source --backend cpu" in err


def test_an_engine_that_runs_only_in_its_safe_mode_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert install("llamacpp", "--yes", facts=PLAIN, engine=Engine(safe=True)) == Exit.OK
    out, err = capsys.readouterr()
    assert "safe mode" in out
    assert "--source" in err


def test_the_result_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    install("checkpoint", "--yes", "--json")
    record = json.loads(capsys.readouterr().out)
    assert record["engine"] == "checkpoint"
    assert record["works"] is True
    assert record["seconds"] == 0.75
    assert record["error"] is None


def test_weights_of_4_bits_that_do_not_work_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    def half(name: str) -> Trial:
        return Trial(name, 1.0, lost=EngineFailed(Text("no {0}", "没有{0}", ("kernel",))))

    tools = Tools(PLAIN, FakeRunner(), half)
    assert installing.install(read("install", "checkpoint", "--yes"), Lang.EN, tools) == Exit.OK
    out, err = capsys.readouterr()
    assert "works" in out
    assert "weights of 4 bits do not work here: no kernel" in err


def test_what_is_there_already_is_only_tried(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(installing, "found", lambda _: Installed(version="0.3.36"))
    runner, engine = FakeRunner(), Engine()
    assert install("llamacpp", runner=runner, engine=engine) == Exit.OK
    assert not runner.commands
    assert engine.tried == ["llamacpp"]
    assert "installed already" in capsys.readouterr().err


@pytest.mark.parametrize(
    "there", [Installed(version="0.3.36", amx=True), Installed(version="0.3.20")]
)
def test_a_build_that_crashes_or_is_old_is_replaced(
    there: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "found", lambda _: there)
    runner = FakeRunner()
    install("llamacpp", "--yes", runner=runner)
    assert "--force-reinstall" in runner.commands[0].argv


def test_a_managed_environment_is_left_alone() -> None:
    managed = replace(NATIVE, environment=replace(VENV, home=Home.MANAGED))
    runner = FakeRunner()
    with pytest.raises(RuntimeFailure):
        install("llamacpp", "--yes", facts=managed, runner=runner)
    assert not runner.commands


def test_a_tool_that_is_gone_or_a_full_home_is_told(home: Path) -> None:
    class Gone(FakeRunner):
        def __call__(self, *_args: object) -> Outcome:
            raise FileNotFoundError(2, "gone", "/usr/bin/uv")

    with pytest.raises(EngineFailed, match="no such file"):
        install("llamacpp", "--yes", runner=Gone())
    (home / "state" / "engines").rename(home / "elsewhere")
    (home / "state" / "engines").write_text("")
    with pytest.raises(EngineFailed, match="could not be started"):
        install("llamacpp", "--yes")


def test_ctrl_c_leaves_by_the_front_door(capsys: pytest.CaptureFixture[str]) -> None:
    class Interrupted(FakeRunner):
        def __call__(self, *_args: object) -> Outcome:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install("llamacpp", "--yes", runner=Interrupted())


def test_a_compiler_is_not_needed_for_torch() -> None:
    runner = FakeRunner()
    assert install("checkpoint", "--yes", facts=replace(PLAIN, compiler=None), runner=runner) == 0
    assert len(runner.commands) == 2
    assert GCC.path not in str(runner.commands)


# --- listing -------------------------------------------------------------------------------------

STATES = {
    "llamacpp": Availability(
        ready=True, version="0.3.36", detail=Text("slower", "较慢"), remedy=Text("do", "请做")
    ),
    "ollama": Availability(ready=False, detail=Text("no {0}", "没有{0}", ("\x1b[2J",))),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_list_is_aligned_and_clean(
    lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("assistant.probing.probed", lambda *_: STATES)
    assert engines.run(read("--lang", lang)) == Exit.OK
    out = capsys.readouterr().out
    assert "\x1b" not in out
    titles = [TITLES[name].template(Lang(lang)) for name in STATES]
    rows = [line for line in out.splitlines() if line.endswith(tuple(titles))]
    starts = {wcswidth(row[: row.index(title)]) for row, title in zip(rows, titles, strict=True)}
    assert len(starts) == 1
    assert ("较慢" if lang == "zh" else "slower") in out


def test_the_list_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("assistant.probing.probed", lambda *_: STATES)
    engines.run(read("--json"))
    found = json.loads(capsys.readouterr().out)["engines"]
    assert [(e["name"], e["ready"], e["version"]) for e in found] == [
        ("llamacpp", True, "0.3.36"),
        ("ollama", False, ""),
    ]
    assert found[0]["remedy"] == "do"


def test_ollama_is_explained_where_it_is_not_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("assistant.probing.probed", lambda *_: {"ollama": STATES["ollama"]})
    monkeypatch.setattr("platform.system", lambda: "Linux")
    assert engines.run(read("install", "ollama", "--offline")) == Exit.UNAVAILABLE
    out = capsys.readouterr().out
    assert "curl -fsSL https://ollama.com/install.sh | sh" in out
    assert "~/.ollama/models" in out
    monkeypatch.setattr(
        "assistant.probing.probed", lambda *_: {"ollama": Availability(ready=True, version="1")}
    )
    assert engines.run(read("install", "ollama")) == Exit.OK


@pytest.mark.parametrize("name", ["", "nonsense", "llama"])
def test_an_engine_that_does_not_exist(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert engines.run(read("install", *([name] if name else []))) == Exit.USAGE
    assert "llamacpp" in capsys.readouterr().err


def test_an_unknown_action_is_refused(tmp_path: Path) -> None:
    done = assistant("engines", "remove", ASSISTANT_HOME=str(tmp_path))
    assert done.returncode == Exit.USAGE
    assert "install" in done.stderr


# --- the real thing ------------------------------------------------------------------------------


def test_the_engines_of_this_machine_are_listed(tmp_path: Path) -> None:
    done = assistant("engines", "--json", ASSISTANT_HOME=str(tmp_path), OLLAMA_HOST="127.0.0.1:9")
    assert done.returncode == Exit.OK, done.stderr
    states = {one["name"]: one for one in json.loads(done.stdout)["engines"]}
    assert set(states) == {"llamacpp", "checkpoint", "ollama", "server", "scripted"}
    assert states["scripted"]["ready"] is True
    assert states["ollama"]["ready"] is False
    assert states["ollama"]["remedy"]
    assert not any(tmp_path.iterdir())  # looking makes nothing


@pytest.mark.slow
def test_a_person_is_asked_and_may_say_no(tmp_path: Path) -> None:
    words = ("engines", "install", "llamacpp", "--source", "--lang", "zh")
    env = {"ASSISTANT_HOME": str(tmp_path)}
    code, shown = on_terminal(words, typed=((4.0, b"n\r"),), env=env)
    if "C++" in shown and "编译器" in shown:
        pytest.skip("no compiler on this machine")
    assert "是否继续" in shown, shown
    assert "未执行任何操作" in shown
    assert code == Exit.USAGE
    assert sys.executable in shown


@pytest.mark.parametrize(
    ("words", "said"), [(("instal",), "list, install"), (("list", "x"), "“x”")]
)
def test_a_slip_is_answered_with_the_words_there_are(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["engines", *words, "--lang", "en"]) == Exit.USAGE
    out, err = capsys.readouterr()
    assert not out
    assert said in err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_narrow_terminal_gets_the_titles_below(lang: str) -> None:
    code, out = on_terminal(["engines", "--offline", "--lang", lang], columns=60)
    assert code == 0
    title = TITLES["checkpoint"].template(Lang(lang))
    lines = out.splitlines()
    assert any(line.strip().startswith(title[:12]) for line in lines)
    remedies = [line for line in lines if "assistant engines" in line or "ollama serve" in line]
    assert all(wcswidth(line) <= 60 for line in lines if line not in remedies)
