"""Runs a program, or one call of it, and takes down what its lines do."""

from __future__ import annotations

import ast
import json
import sys
import warnings
from collections.abc import Iterator

from assistant.coding import worlds
from assistant.coding.sandbox import languages, runner
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, NotRun
from assistant.coding.sandbox.view import UnsuitableError
from assistant.coding.tracing.types import (
    Change,
    Ended,
    Folded,
    Frame,
    Raised,
    Trace,
    TraceStep,
)
from assistant.coding.wording import worded
from runtimes.base import Cancel
from runtimes.texts import Text

CALL = "_call.py"
MOST_STEPS = 1000
"""Lines that are kept of a run, those of folded rounds not counted."""
MOST_CALL = 2000
LONGEST_SHOWN = 100
PART_OF_TIME = 0.7
"""Of the time that there is; then the record is closed, and the program goes on without."""
ONLY_PYTHON = Text("only Python code can be traced", "目前只能跟踪 Python 代码")
ONLY_LINUX = Text("code is traced on Linux alone so far", "目前只能在 Linux 上跟踪代码")
NO_CALL = Text(
    "the call {0} is no expression of Python, as f(3) is: {1}",
    "调用 {0} 不是 f(3) 这样的 Python 表达式：{1}",
)
AT_SIGN = Text("{0}, at character {1}", "{0}，第 {1} 个字符处")
AT_LINE = Text("{0}, at character {1} of its line {2}", "{0}，其第 {2} 行第 {1} 个字符处")
NO_PYTHON = Text("line {0} is no Python: {1}", "第 {0} 行不是 Python：{1}")
CUTS = {
    "steps": Text(
        f"the record ends after {MOST_STEPS} lines; the program went on",
        f"记录到 {MOST_STEPS} 行为止，程序继续运行",
    ),
    "time": Text(
        "the record ends here for want of time; the program went on",
        "因时间不足，记录到此为止，程序继续运行",
    ),
    "depth": Text("the calls are nested too deeply to go on", "调用嵌套过深，记录到此为止"),
}
LOST = Text("the program was ended before its lines could be told", "程序在记录送出之前就被终止了")
NOT_WHOLE = Text("the program was ended in the midst of it", "程序中途被终止")


def trace(
    job: Job, policy: Policy, *, call: str = "", cancel: Cancel | None = None
) -> Trace | NotRun:
    """Trace a Python program, or the call of a function of it (one expression: ``f([3, 1], 2)``).

    ``NotRun`` with ``input`` where the file or the call is no Python.
    """
    if refusal := runner.refused(policy):
        return refusal
    if sys.platform != "linux":
        return NotRun(ONLY_LINUX)
    if job.language is not Language.PYTHON:
        return NotRun(ONLY_PYTHON, input=True)
    if not all(languages.is_plain(file.name) for file in job.files):
        raise ValueError("files need plain names")
    try:
        tree = _parsed(job.files[0].text)
    except SyntaxError as wrong:
        return NotRun(NO_PYTHON.of(wrong.lineno or 0, wrong.msg), input=True)
    except (ValueError, RecursionError, MemoryError) as wrong:
        return NotRun(NO_PYTHON.of(0, str(wrong) or type(wrong).__name__), input=True)
    try:
        _check_call(call)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as wrong:
        shown = call.strip()
        shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
        return NotRun(worded(NO_CALL, shown, _told(wrong)), input=True)
    try:
        return _run(job, policy, _plan(job, call, tree), cancel or Cancel())
    except UnsuitableError as wrong:
        return runner.unsuitable(wrong)


def _parsed(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def _told(wrong: Exception) -> Text:
    """What is wrong with the call, and where in the words of the user."""
    if not isinstance(wrong, SyntaxError):
        return Text("{0}", "{0}", (str(wrong) or type(wrong).__name__,))
    if not wrong.offset:
        return Text("{0}", "{0}", (wrong.msg,))
    if wrong.lineno == 1:
        return AT_SIGN.of(wrong.msg, wrong.offset)
    return AT_LINE.of(wrong.msg, wrong.offset, wrong.lineno)


def _check_call(call: str) -> None:
    if len(call) > MOST_CALL:
        raise ValueError(f"longer than {MOST_CALL} signs")
    if call:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(call.strip(), mode="eval")


def _loops(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """The first and the last line of every loop, what comes after it by ``else`` left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.While | ast.AsyncFor):
            last = node.body[-1]
            yield node.lineno, last.end_lineno or last.lineno


def _quiet(tree: ast.Module) -> Iterator[int]:
    """Lines that only define or import something; to run them tells nothing."""
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                first = min([node.lineno, *(item.lineno for item in node.decorator_list)])
                yield from range(first, max(node.lineno + 1, node.body[0].lineno))
            case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
                yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)
            case _:
                pass


def _plan(job: Job, call: str, tree: ast.Module) -> worlds.World:
    files = worlds.files_of(job)
    if call:
        files = (*files, (CALL, f"result = (\n{call.strip()}\n)\n".encode()))
    plan = {
        "name": job.files[0].name,
        "arguments": job.arguments,
        "call": bool(call),
        "loops": list(_loops(tree)),
        "quiet": sorted(set(_quiet(tree))),
        "most": MOST_STEPS,
        "seconds": PART_OF_TIME * job.limits.seconds,
    }
    return worlds.World("tracer", (json.dumps(plan),), files, ())


def _run(job: Job, policy: Policy, world: worlds.World, cancel: Cancel) -> Trace | NotRun:
    pipes = worlds.Pipes(1)
    ((hear, say),) = pipes.ends
    held = _Held(job.files[0].text)
    lines: worlds.Lines | None = None
    given = job.stdin.encode("utf-8", "replace")
    world = worlds.World(world.module, world.arguments, world.files, (say,))
    try:
        with runner.folder(policy) as folder, world.started(job, policy, folder) as process:
            pipes.close(say)
            lines = worlds.Lines(hear, held.take)
            found = process.communicate(given, job.limits.seconds, cancel)
    finally:
        if lines is not None:
            lines.join()
        pipes.close()
    outcome = runner.outcome(found, job.limits, 1)
    if isinstance(outcome, NotRun):
        return outcome
    cut = held.cut
    if not held.heard:
        cut = LOST
    elif cut is None and (outcome.exit is None or outcome.limits):
        cut = NOT_WHOLE
    return Trace(steps=held.steps, outcome=outcome, value=held.value, raised=held.raised, cut=cut)


class _Held:
    """The last record that came; words from the code's world, each taken for no more than text."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self.heard = False
        self.steps: tuple[TraceStep | Folded, ...] = ()
        self.value: str | None = None
        self.raised: Raised | None = None
        self.cut: Text | None = None

    def take(self, record: dict[str, object]) -> None:
        """One record: all that is known so far."""
        steps = tuple(self._step(_record(item)) for item in _list(record["steps"], MOST_STEPS * 2))
        raised = record.get("raised")
        value = record.get("value")
        self.raised = self._raised(_record(raised)) if raised is not None else None
        self.value = _word(value) if value is not None else None
        self.cut = CUTS.get(str(record.get("cut")))
        self.steps, self.heard = steps, True

    def _step(self, item: dict[str, object]) -> TraceStep | Folded:
        depth = _number(item["depth"])
        if "fold" in item:
            return Folded(_number(item["fold"]), _number(item["rounds"]), depth)
        line = _number(item["line"])
        return TraceStep(
            line=line,
            source=self._source(line),
            function=_word(item["fn"]),
            depth=depth,
            given=_changes(item.get("given", {})),
            changes=_changes(item.get("changes", {})),
            ended=Ended(str(item.get("end", "running"))),
            value=_word(item.get("value", "")),
        )

    def _raised(self, item: dict[str, object]) -> Raised:
        frames = []
        for level in _list(item["frames"], 20):
            line, function, variables = _list(level, 3)
            at = _number(line)
            frames.append(Frame(at, self._source(at), _word(function), _changes(variables)))
        text, kind = _word(item["text"]), _word(item["kind"])
        return Raised(kind, text, tuple(frames), _word(item["builtin"]))

    def _source(self, line: int) -> str:
        return self._lines[line - 1] if 0 < line <= len(self._lines) else ""


def _record(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError("no record")
    return value


def _list(value: object, most: int) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value[:most]


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value < 1 << 53:
        raise ValueError("no number")
    return value


def _word(value: object) -> str:
    return str(value)[:500]


def _changes(value: object) -> tuple[Change, ...]:
    items = list(_record(value).items())[:50]
    return tuple(Change(name[:100], _word(text)) for name, text in items)
