"""Installing an engine from the command line: show, ask, run, try."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant import paths
from assistant.cli import diagnostics, render
from assistant.cli.confirm import confirmed
from assistant.cli.diagnostics import Exit
from assistant.cli.ticker import Ticker
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from runtimes.errors import EngineFailed, NotFound, RuntimeFailure
from runtimes.files import on_disk
from runtimes.installer import checkpoint, llamacpp
from runtimes.installer.carry import Carry, carry
from runtimes.installer.choose import Wish
from runtimes.installer.detect import found
from runtimes.installer.diagnosis import Cause, Diagnosis, diagnose
from runtimes.installer.facts import Backend, Facts, Installed
from runtimes.installer.packages import one
from runtimes.installer.recipes import Command, Method, Recipe
from runtimes.installer.run import Runner, log_file, stoppable
from runtimes.installer.trial import Trial
from runtimes.texts import Text

CHOOSERS = {"llamacpp": llamacpp.choose, "checkpoint": checkpoint.choose}
LIMITS = {Cause.MEMORY, Cause.DISK}

WILL_RUN = Text("this will be run:", "将要运行：")
CONFIRM = Text("Go on? [y/N] ", "是否继续？[y/N] ")
NEED_YES = Text("nothing was run; add --yes to run it", "未执行任何操作；加上 --yes 以执行")
DECLINED = Text("nothing was run", "未执行任何操作")
NO_FILE = Text(
    "no ready-made file was found for this machine; it is built from source instead",
    "没有找到适合本机的预编译文件，改为从源码编译",
)
NO_FOLDER = Text("there is no folder {0}", "没有文件夹 {0}")
CARRY = Text(
    "assistant engines install {0} --offline says what to carry over",
    "assistant engines install {0} --offline 会说明需要带来哪些文件",
)
NOT_STARTED = Text("the installation could not be started", "无法开始安装")
FAILED = Text("the installation failed (exit code {0})", "安装失败（退出码 {0}）")
LOG = Text("the whole log: {0}", "完整日志：{0}")
TRYING = Text("trying it: one token of the smallest model", "试运行：用最小的模型生成一个词元")
WORKS = Text(
    "{0} {1} works: one token in {2} s, in a process of its own",
    "{0} {1} 可用：在独立进程中生成一个词元，用时 {2} 秒",
)
SAFE_ONLY = Text(
    "{0} {1} works in its safe mode only: its fast paths crash on this processor",
    "{0} {1} 仅能以安全模式运行：其加速路径在本处理器上会崩溃",
)
HERE_ALREADY = Text(
    "{0} {1} is installed already; --source or --backend builds it anew",
    "{0} {1} 已安装；如需重新编译，请加 --source 或 --backend",
)
BUILD_IT = Text(
    "build it for this machine: assistant engines install {0} --source --backend {1}",
    "请为本机重新编译：assistant engines install {0} --source --backend {1}",
)
THERE = Text(
    "on a connected machine of the same kind ({0}):", "在同类型且已联网的机器上（{0}）运行："
)
COPY = Text("copy the folder {0} here, and run:", "将文件夹 {0} 复制到本机，然后运行：")
BY_HAND = Text("which is the same as:", "等同于：")


@dataclass(frozen=True, slots=True)
class Tools:
    """What an installation works with; tests put others in their place."""

    facts: Facts
    runner: Runner
    try_out: Callable[[str], Trial]


def install(options: argparse.Namespace, lang: Lang, tools: Tools) -> int:
    """Install one of the in-process engines; the result is the exit code.

    Raises ``RuntimeFailure`` where nothing can be installed here.
    """
    engine, wish, facts = options.name, wish_of(options), tools.facts
    if wish.folder and not Path(wish.folder).is_dir():
        raise NotFound(NO_FOLDER.of(wish.folder), CARRY.of(engine))
    there = found(engine)
    if _is_here(engine, there, wish) and not (options.dry_run or paths.offline(options.offline)):
        assert there is not None
        _note(Text(HERE_ALREADY.en, HERE_ALREADY.zh, (engine, there.version)), lang)
        return _try(options, lang, tools, None)
    recipe = CHOOSERS[engine](facts, wish, there)
    if paths.offline(options.offline) and not wish.folder:
        _show_carry(options, carry(recipe, facts), recipe, lang)
        return Exit.OK
    if options.dry_run:
        _show_recipe(options, recipe, facts, lang)
        return Exit.OK
    while True:
        _explain(recipe, facts, lang)
        if not options.yes and not confirmed(CONFIRM, DECLINED, NEED_YES, lang):
            return Exit.USAGE
        outcome = _run(recipe, tools, lang)
        if isinstance(outcome, Path):
            return _try(options, lang, tools, recipe)
        if outcome.cause is not Cause.NO_FILE or recipe.fallback is None:
            return Exit.LIMIT if outcome.cause in LIMITS else Exit.UNAVAILABLE
        diagnostics.complain(NO_FILE, lang)
        recipe = recipe.fallback


def wish_of(options: argparse.Namespace) -> Wish:
    """What the options ask for."""
    folder = str(on_disk(options.folder).resolve()) if options.folder else ""
    return Wish(
        backend=None if options.backend == "auto" else Backend(options.backend),
        source=options.source,
        index=options.index or "",
        folder=folder,
    )


def _is_here(engine: str, there: Installed | None, wish: Wish) -> bool:
    """Is the right llama.cpp installed, and nothing else asked for?  (pip itself sees that the
    packages of the other engine are there.)"""
    if engine != "llamacpp" or there is None or there.amx or wish != Wish():
        return False
    return one("llamacpp", llamacpp.NAME).endswith(f"=={there.version}")


# --- showing ---------------------------------------------------------------------------------


def _note(text: Text, lang: Lang) -> None:
    diagnostics.write(filled(text, lang, str) + "\n")


def _explain(recipe: Recipe, facts: Facts, lang: Lang) -> None:
    for reason in recipe.because:
        diagnostics.write(f"· {filled(reason, lang, str)}\n")
    _note(WILL_RUN, lang)
    for command in recipe.commands(facts.environment):
        diagnostics.write(f"  {command.shown()}\n")


def _show_recipe(options: argparse.Namespace, recipe: Recipe, facts: Facts, lang: Lang) -> None:
    if options.json:
        render.write_json(_record(recipe, recipe.commands(facts.environment), lang))
        return
    for reason in recipe.because:
        diagnostics.write(f"· {filled(reason, lang, str)}\n")
    for command in recipe.commands(facts.environment):
        render.write_line(command.shown())


def _show_carry(options: argparse.Namespace, needed: Carry, recipe: Recipe, lang: Lang) -> None:
    if options.json:
        record = _record(recipe, (needed.here,), lang)
        record["there"] = [_words(command) for command in needed.there]
        record["by_hand"] = [_words(command) for command in needed.by_hand]
        render.write_json(record)
        return
    folder = needed.here.argv[-1]
    blocks = (
        (Text(THERE.en, THERE.zh, (needed.kind,)), needed.there),
        (Text(COPY.en, COPY.zh, (folder,)), (needed.here,)),
        (BY_HAND, needed.by_hand),
    )
    for head, commands in blocks:
        render.write_line(filled(head, lang, str))
        for command in commands:
            render.write_line(f"  {command.shown()}")


def _record(recipe: Recipe, commands: tuple[Command, ...], lang: Lang) -> dict[str, object]:
    return {
        "engine": recipe.engine,
        "backend": recipe.backend.value,
        "method": recipe.method.value,
        "because": [filled(reason, lang, str) for reason in recipe.because],
        "commands": [_words(command) for command in commands],
    }


def _words(command: Command) -> dict[str, object]:
    return {"argv": list(command.argv), "env": dict(command.env)}


# --- running ---------------------------------------------------------------------------------


def _run(recipe: Recipe, tools: Tools, lang: Lang) -> Path | Diagnosis:
    """Run it all; the log's place, or why it failed (which was said already).

    Raises ``EngineFailed`` where the log cannot be written or the tool cannot be started.
    """
    try:
        path = log_file(paths.state_folder() / "engines", recipe.engine)
        return _run_all(recipe, tools, path, lang)
    except OSError as wrong:
        raise EngineFailed(diagnostics.because(NOT_STARTED, wrong)) from wrong


def _run_all(recipe: Recipe, tools: Tools, path: Path, lang: Lang) -> Path | Diagnosis:
    with path.open("wb") as log, stoppable():
        for command in recipe.commands(tools.facts.environment):
            with Ticker(lang) as ticker:
                outcome = tools.runner(command, log, ticker.show)
            if outcome.code:
                diagnosis = diagnose(outcome.tail, tools.facts)
                _say_why(diagnosis, outcome.code, path, lang)
                return diagnosis
    return path


def _say_why(diagnosis: Diagnosis, code: int, log: Path, lang: Lang) -> None:
    from assistant.maths.showing.words import clean

    diagnostics.complain(Text(FAILED.en, FAILED.zh, (code,)), lang)
    for line in diagnosis.lines:
        diagnostics.write(f"  {clean(line)}\n")
    if diagnosis.remedy is not None:
        diagnostics.write(f"{diagnostics.advice(diagnosis.remedy, lang)}\n")
    _note(Text(LOG.en, LOG.zh, (str(log),)), lang)


def _try(options: argparse.Namespace, lang: Lang, tools: Tools, recipe: Recipe | None) -> int:
    """The new engine's one token; the result is the exit code."""
    engine = options.name
    _note(TRYING, lang)
    start = time.monotonic()
    try:
        result = tools.try_out(engine)
    except RuntimeFailure as failure:
        result = Trial(engine, time.monotonic() - start, failure=failure)
    there = found(engine)
    version = there.version if there else ""
    if options.json:
        render.write_json(_result(result, version, lang))
    elif result.failure is None:
        text = SAFE_ONLY if result.safe_mode else WORKS
        args = (engine, version, f"{result.seconds:.1f}")
        render.write_line(filled(Text(text.en, text.zh, args), lang, str))
    if result.lost is not None:
        lost = result.lost.message
        en = f"weights of 4 bits do not work here: {lost.en}"
        diagnostics.complain(Text(en, f"4 位量化权重在本机不可用：{lost.zh}", lost.args), lang)
    advice = recipe is not None and recipe.method is not Method.SOURCE and engine == "llamacpp"
    if recipe is not None and advice and (result.failure or result.safe_mode):
        _note(Text(BUILD_IT.en, BUILD_IT.zh, (engine, recipe.backend.value)), lang)
    if result.failure is None:
        return Exit.OK
    return diagnostics.report(result.failure, lang) if not options.json else Exit.UNAVAILABLE


def _result(result: Trial, version: str, lang: Lang) -> dict[str, object]:
    failure = result.failure
    return {
        "engine": result.engine,
        "version": version,
        "works": failure is None,
        "safe_mode": result.safe_mode,
        "seconds": round(result.seconds, 2),
        "four_bit_error": result.lost and filled(result.lost.message, lang, str),
        "error": None if failure is None else filled(failure.message, lang, str),
        "remedy": failure and failure.remedy and filled(failure.remedy, lang, str),
    }
