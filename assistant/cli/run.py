"""``assistant run``: a program, or tests against it, in the sandbox; no model is needed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.diagnostics import Exit, advice, complain, write
from assistant.cli.parser import Parser, byte_count, number_within
from assistant.cli.sources import Unreadable, read_source
from assistant.maths.types import Lang
from runtimes.texts import Text

if TYPE_CHECKING:
    from assistant.coding.sandbox.policy import Policy
    from assistant.coding.sandbox.types import Job, Language, NotRun, Outcome
    from assistant.coding.trial import TestReport

USAGE = "FILE [--tests FILE] [--lang LANGUAGE] [--json]"
LANGUAGES = ("python", "javascript", "c", "c++", "shell", "sql")
LEAST_MEMORY = 32 << 20
NOT_READ = Text("cannot read the file", "无法读取文件")
WHICH = Text(
    "which language is it? say so with --lang: {0}", "无法判断语言，请用 --lang 指定：{0}",
    (", ".join(LANGUAGES),),
)  # fmt: skip
UNSAFE = Text(
    "WARNING: not isolated. The code can reach your files and the network as you can: {0}",
    "警告：没有隔离。代码可以像您一样访问您的文件和网络：{0}",
)
HOW_UNSAFE = Text(
    "to run it nevertheless, this once, with access to your files: --unsafe",
    "如仍要运行（仅此一次，代码可访问您的文件）：--unsafe",
)
ENDED = Text("exit status {0} after {1} s · held by: {2}", "退出状态 {0}，用时 {1} 秒 · 隔离：{2}")
KILLED = Text(
    "ended by signal {0} after {1} s · held by: {2}", "被信号 {0} 终止，用时 {1} 秒 · 隔离：{2}"
)
LIMIT = Text("it was ended at a limit", "达到限制而被终止")
OUTCOMES = {
    "passed": Text("passed", "通过"),
    "failed": Text("failed", "未通过"),
    "skipped": Text("skipped", "跳过"),
    "unjudged": Text("unjudged", "无法判定"),
}
COMPILING = Text("it does not compile", "编译失败")
PASSED = Text("passed {0} of {1}", "通过 {0}/{1}")


class Languages(argparse.Action):
    """``--lang``: of the code, or (``zh``, ``en``) of what is said about it."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[object] | None,
        option: str | None = None,
    ) -> None:
        """Keep either."""
        if values in ("zh", "en"):
            namespace.lang = values
        elif isinstance(values, str) and _known(values):
            namespace.code = _known(values)
        else:
            known = ", ".join((*LANGUAGES, "zh", "en"))
            lang = getattr(parser, "lang", Lang.EN)
            said = Text(
                f"argument {option}: must be one of {known}", f"{option}：应为以下之一：{known}"
            )
            parser.error(said.template(lang))


def _known(word: str) -> str:
    """The language that a word means; empty where none."""
    same = {"js": "javascript", "node": "javascript", "cpp": "c++", "py": "python", "sh": "shell",
            "bash": "shell", "sqlite": "sql"}  # fmt: skip
    word = same.get(word.lower(), word.lower())
    return word if word in LANGUAGES else ""


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("what to run", "运行什么"))
    group.add_argument("file", type=str.strip, metavar="FILE", help=say("the program", "程序文件"))
    group.add_argument(
        "arguments",
        nargs="*",
        default=[],
        metavar="ARG",
        help=say("arguments of the program", "程序参数"),
    )
    group.add_argument(
        "--tests",
        metavar="FILE",
        help=say("Python tests to run against it", "用该 Python 测试文件检验程序"),
    )
    group.add_argument(
        "--stdin",
        metavar="FILE",
        help=say("its standard input (- passes on that of this command)", "标准输入（- 表示转交）"),
    )
    group.add_argument(
        "--lang",
        action=Languages,
        metavar="LANGUAGE",
        help=say(
            f"{', '.join(LANGUAGES)} (default: by the name); zh or en: of the messages",
            f"{', '.join(LANGUAGES)}（默认按文件名判断）；zh 或 en：提示语言",
        ),
    )
    parser.set_defaults(lang=None, code="")
    _add_limits(parser)
    group = parser.add_argument_group(say("how to show it", "输出方式"))
    group.add_argument("--json", action="store_true", help=say("one JSON record", "一条 JSON 记录"))
    group.add_argument("--plain", action="store_true", help=say("no colours", "不用颜色"))
    parser.add_help_option()
    parser.epilog = say(
        "exit codes: 0 ran and passed, 1 failed, 2 usage, 3 not run (no isolation, or no tool), "
        "5 not decided",
        "退出码：0 运行并通过，1 未通过，2 用法错误，3 未运行（无隔离或缺少工具），5 无法判定",
    )


def _add_limits(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("limits", "限制"))
    group.add_argument(
        "--time",
        type=number_within(float, 0.1, 3600, say),
        default=10.0,
        metavar="S",
        help=say("seconds it may take (default 10)", "时限，单位秒（默认 10）"),
    )
    group.add_argument(
        "--memory",
        type=byte_count(say, LEAST_MEMORY),
        default=512 << 20,
        metavar="BYTES",
        help=say("memory it may take (default 512M)", "内存上限（默认 512M）"),
    )
    group.add_argument(
        "--unsafe",
        action="store_true",
        help=say("run it even where this machine cannot isolate it", "即使本机无法隔离也运行"),
    )
    group.add_argument(
        "--offline",
        action="store_true",
        help=say("open no socket (this command never does)", "不联网（本命令从不联网）"),
    )


def run(options: argparse.Namespace) -> int:
    """Run a file; the result is the exit code."""
    from assistant.cli.diagnostics import locale_lang
    from assistant.coding import sandbox, trial
    from assistant.coding.sandbox.types import NotRun

    lang = Lang(options.lang) if options.lang else locale_lang()
    try:
        job = _job(options)
        tests = read_source(options.tests, NOT_READ) if options.tests else None
    except Unreadable as wrong:
        complain(wrong.message, lang)
        return Exit.USAGE
    if job is None:
        complain(WHICH, lang)
        return Exit.USAGE
    policy = sandbox.examine()
    if options.unsafe and not policy.isolated:
        policy = policy.without_isolation()
        warn(policy, lang)
    if tests is None:
        result = sandbox.run(job, policy)
        return (
            _no_run(options, result, lang)
            if isinstance(result, NotRun)
            else _show(options, result, lang)
        )
    report = trial.run_tests(job, tests, policy)
    if isinstance(report, NotRun):
        return _no_run(options, report, lang)
    return _show_tests(options, report, lang)


def _job(options: argparse.Namespace) -> Job | None:
    """What is to be run; ``None`` where its language is not known."""
    from assistant.coding.sandbox import languages
    from assistant.coding.sandbox.types import Job, Language, Limits, SourceFile

    name = Path(options.file).name
    language: Language | None
    language = Language(options.code) if options.code else languages.language_of(name)
    text = read_source(options.file, NOT_READ)
    if language is None:
        return None
    suffix = next(end for end, of in languages.SUFFIXES.items() if of is language)
    if not languages.is_plain(name):
        name = f"program{suffix}"
    return Job(
        language=language,
        files=(SourceFile(name, text),),
        stdin=read_source(options.stdin, NOT_READ) if options.stdin else "",
        arguments=tuple(word.removeprefix(" ") for word in options.arguments),
        limits=Limits(
            seconds=options.time, cpu=max(1, round(options.time + 0.5)), memory=options.memory
        ),
    )


def warn(policy: Policy, lang: Lang) -> None:
    """Say plainly that the code is not held back, and from what."""
    lacking = policy.lacking or Text("", "")
    en, zh = UNSAFE.en.replace("{0}", lacking.en), UNSAFE.zh.replace("{0}", lacking.zh)
    complain(Text(en, zh, lacking.args), lang)


def _no_run(options: argparse.Namespace, result: NotRun, lang: Lang) -> int:
    """Nothing was started: say why."""
    from assistant.cli import render
    from assistant.maths.showing.words import filled

    if options.json:
        record: dict[str, object] = {
            "verdict": "not run",
            "exit": None,
            "stdout": "",
            "stderr": "",
            "limits": [],
            "tests": None,
            "isolation": [],
            "seconds": 0.0,
            "why": filled(result.why, lang, str),
        }
        render.write_json(record)
    complain(result.why, lang)
    if result.isolation:
        write(f"{advice(HOW_UNSAFE, lang)}\n")
    return Exit.USAGE if result.input else Exit.UNAVAILABLE


def _show(options: argparse.Namespace, outcome: Outcome, lang: Lang) -> int:
    """A run without tests."""
    from assistant.cli import render

    if options.json:
        verdict = "passed" if outcome.succeeded else "failed"
        render.write_json(_record(outcome, verdict, None, None))
    else:
        render.write(_shown(outcome.stdout, terminal=sys.stdout.isatty()))
        sys.stdout.flush()
        write(_shown(outcome.stderr, terminal=sys.stderr.isatty()))
        _say_end(outcome, lang)
    return Exit.OK if outcome.succeeded else Exit.REFUTED


def _say_end(outcome: Outcome, lang: Lang) -> None:
    from assistant.coding.sandbox.types import ended_at

    held = ", ".join(layer.value for layer in outcome.layers)
    seconds = f"{outcome.seconds:.2f}"
    if outcome.compiling:
        complain(COMPILING, lang)
    if outcome.limits:
        complain(ended_at(LIMIT, outcome.limits), lang)
    if outcome.exit is not None:
        complain(ENDED.of(outcome.exit, seconds, held), lang)
    else:
        complain(KILLED.of(outcome.signal, seconds, held), lang)


def _show_tests(options: argparse.Namespace, report: TestReport, lang: Lang) -> int:
    """A run of tests."""
    from assistant.cli import render
    from assistant.cli.columns import columns
    from assistant.coding.trial import Verdict
    from assistant.maths.showing.words import filled

    codes = {Verdict.PASSED: Exit.OK, Verdict.FAILED: Exit.REFUTED}
    code = codes.get(report.verdict, Exit.UNDECIDED)
    if options.json:
        why = filled(report.why, lang, str) if report.why else None
        tests = _tests_record(report)
        record = _record(report.outcome, report.verdict.value, tests, why)
        render.write_json({**record, "stdout": report.printed + report.outcome.stdout})
        return code
    rows = [
        (OUTCOMES[result.outcome.value].template(lang), _shown(result.name, terminal=True))
        for result in report.results
    ]
    for line in columns(rows):
        render.write_line(line)
    if (failed := report.failed) is not None:
        detail = "\n".join((*failed.calls[-3:], failed.detail))
        render.write_line(_shown(detail, terminal=True))
    total = len(report.results)
    render.write_line(filled(PASSED.of(report.passed, total), lang, str))
    write(_shown(report.printed, terminal=True))
    if report.why is not None:
        complain(report.why, lang)
    _say_end(report.outcome, lang)
    return code


def _record(
    outcome: Outcome, verdict: str, tests: dict[str, object] | None, why: str | None
) -> dict[str, object]:
    record: dict[str, object] = {
        "verdict": verdict,
        "exit": outcome.exit,
        "signal": outcome.signal,
        "stdout": outcome.stdout,
        "stderr": outcome.stderr,
        "limits": [limit.value for limit in outcome.limits],
        "tests": tests,
        "isolation": [layer.value for layer in outcome.layers],
        "seconds": round(outcome.seconds, 4),
        "memory": outcome.peak_memory,
        "compiling": outcome.compiling,
    }
    return record if why is None else {**record, "why": why}


def _tests_record(report: TestReport) -> dict[str, object]:
    results = [
        {"name": r.name, "outcome": r.outcome.value, "detail": r.detail, "calls": list(r.calls)}
        for r in report.results
    ]
    return {"passed": report.passed, "total": len(results), "results": results}


def _shown(text: str, *, terminal: bool) -> str:
    """Text of the code: as it is into a file, and with nothing that a terminal would obey."""
    if not terminal:
        return text
    from assistant.visible import visible

    return visible(text)
