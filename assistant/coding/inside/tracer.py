"""Runs a program, or one call of it, and takes down what each of its lines changes.

It shares a world with the code, which could make it say anything: it is an account of honest
code.  It runs nothing of the code's own (no ``repr``), so that looking changes nothing.

A loop keeps its first rounds and its last, so that a long one takes no more room than a short.
"""

from __future__ import annotations

import builtins
import importlib.machinery
import json
import opcode
import os
import sys
import time
import traceback
import types
from collections.abc import Callable
from typing import Any

from assistant.coding.inside.shown import bases_of, name_of, one_of, shown

REPORT = 3
CALL = "_call.py"
FIRST = 2
"""Rounds of a loop that are kept from its beginning."""
SKIPPED = frozenset({"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"})
MOST_DEPTH = 400
OUTER_FRAMES, INNER_FRAMES = 3, 5
"""Frames of a traceback that are kept from its two ends."""
YIELDS = opcode.opmap["YIELD_VALUE"]
FUNCTION, VARARGS, VARKEYWORDS = 1, 4, 8
"""Flags of the code of a function, and of one that takes more arguments than it names."""
Record = dict[str, Any]
Local = Callable[[types.FrameType, str, Any], Any]


class Loop:
    """The rounds of one loop: the first ones, the last one that was whole, and the one now."""

    def __init__(self, first: int, last: int, depth: int) -> None:
        self.first = first
        self.last_line = last
        self.depth = depth
        self.rounds = 0
        self.head: list[Record | Loop] = []
        self.before: list[Record | Loop] = []
        self.now: list[Record | Loop] = []

    @property
    def sink(self) -> list[Record | Loop]:
        """Where the steps of this round go."""
        return self.head if self.rounds <= FIRST else self.now

    def turn(self) -> int:
        """The next round begins; the result is how many steps are let go for it."""
        self.rounds += 1
        if self.rounds <= FIRST + 1:
            return 0
        gone, self.before, self.now = self.before, self.now, []
        return sum(1 for _ in flat(gone))


def flat(items: list[Record | Loop]) -> list[Record]:
    """The steps in their order, with a mark for the rounds that are left out."""
    found: list[Record] = []
    for item in items:
        if not isinstance(item, Loop):
            found.append(item)
            continue
        found += flat(item.head)
        left = item.rounds - FIRST - 2
        if left > 0:
            found.append({"fold": item.first, "rounds": left, "depth": item.depth})
        found += flat(item.before)
        found += flat(item.now)
    return found


class Level:
    """One call that is being run: its last step, and the variables as they were before it."""

    def __init__(self, depth: int, base: int) -> None:
        self.depth = depth
        self.base = base
        self.step: Record | None = None
        self.variables: dict[str, str] = {}
        self.given: dict[str, str] = {}


class Recorder:
    """Takes down the lines of one file."""

    def __init__(self, plan: Record) -> None:
        self._name = plan["name"]
        self._ranges: dict[int, int] = dict(plan["loops"])
        self._quiet = frozenset(plan["quiet"])
        self._yielded: set[int] = set()
        self._most = plan["most"]
        self._start = time.monotonic()
        self._until = plan["seconds"]
        self._next = 0.25
        self._top: list[Record | Loop] = []
        self._loops: list[Loop] = []
        self._depth = -1
        self._count = 0
        self.cut = ""
        self.value: str | None = None
        self.raised: Record | None = None

    def on_call(self, frame: types.FrameType, event: str, _: object) -> Local | None:
        """The trace function of the interpreter: which frames are of the file."""
        code = frame.f_code
        if event != "call" or self.cut or code.co_filename != self._name:
            return None
        module = code.co_name == "<module>"
        if code.co_name in SKIPPED or self._depth >= MOST_DEPTH:
            return None
        if not (module or code.co_flags & FUNCTION):  # the body of a class
            return None
        self._depth += 1
        level = Level(self._depth, len(self._loops))
        if not module:
            level.variables = self._seen(frame)
            if id(frame) not in self._yielded:
                level.given = _arguments(code, level.variables)

        def on_event(frame: types.FrameType, event: str, arg: Any) -> Local | None:
            if self.cut:
                return None
            try:
                self._take(level, frame, event, arg)
            except RecursionError:  # the code itself is at the limit, and will be told so
                self.cut = "depth"
            return on_event

        return on_event

    def _seen(self, frame: types.FrameType) -> dict[str, str]:
        module = frame.f_code.co_name == "<module>"
        return {
            name: shown(value)
            for name, value in list(frame.f_locals.items())
            if not (name.startswith(("__", "."))) and not (module and hidden(value))
        }

    def _take(self, level: Level, frame: types.FrameType, event: str, arg: Any) -> None:
        if event == "line":
            self._close(level, frame)
            self._line(level, frame)
        elif event == "exception":
            if level.step is not None and not issubclass(arg[0], StopIteration):
                level.step["end"] = "raised"
                level.step["value"] = described(arg[1])
        elif event == "return":
            self._close(level, frame)
            self._returned(level, frame, arg)
        self._watch()

    def _line(self, level: Level, frame: types.FrameType) -> None:
        line = frame.f_lineno
        if line in self._quiet and frame.f_code.co_name == "<module>":
            level.step = None  # in a function, the same line is what it does
            return
        loops = self._loops
        while len(loops) > level.base and not loops[-1].first <= line <= loops[-1].last_line:
            loops.pop()
        if line in self._ranges:
            if len(loops) <= level.base or loops[-1].first != line:
                loop = Loop(line, self._ranges[line], level.depth)
                self._sink.append(loop)
                loops.append(loop)
            self._count -= loops[-1].turn()
        level.step = {"line": line, "fn": frame.f_code.co_name, "depth": level.depth}
        if level.given:
            level.step["given"], level.given = level.given, {}
        self._sink.append(level.step)
        self._count += 1

    @property
    def _sink(self) -> list[Record | Loop]:
        return self._loops[-1].sink if self._loops else self._top

    def _close(self, level: Level, frame: types.FrameType) -> None:
        """What the last line changed is known when the next one begins."""
        now = self._seen(frame)
        if level.step is not None:
            level.step["changes"] = {
                name: text for name, text in now.items() if level.variables.get(name) != text
            }
            level.step.setdefault("end", "next")
        level.variables = now

    def _returned(self, level: Level, frame: types.FrameType, arg: Any) -> None:
        step = level.step
        if step is not None and step.get("end") != "raised":
            at = frame.f_lasti
            yields = at >= 0 and frame.f_code.co_code[at] == YIELDS
            step["end"] = "yielded" if yields else "returned"
            (self._yielded.add if yields else self._yielded.discard)(id(frame))
            if frame.f_code.co_name != "<module>":
                step["value"] = shown(arg)
            else:
                step["end"] = "next"
        del self._loops[level.base :]
        self._depth = level.depth - 1
        level.step = None

    def _watch(self) -> None:
        if self._count > self._most:
            self.cut = "steps"
        passed = time.monotonic() - self._start
        if passed > self._until:
            self.cut = "time"
        if self.cut:
            sys.settrace(None)
            self.write()
        elif passed > self._next:
            self._next *= 2
            self.write()

    def write(self) -> None:
        """All that is known so far; what comes later takes its place."""
        record = {
            "steps": flat(self._top),
            "value": self.value,
            "raised": self.raised,
            "cut": self.cut,
        }
        view = memoryview(json.dumps(record).encode() + b"\n")
        try:
            while view:
                view = view[os.write(REPORT, view) :]
        except OSError:  # the code has closed it
            return

    def note(self, wrong: BaseException) -> None:
        """An exception that left the program, with the variables of each of its lines."""
        kind = type(wrong)
        levels = []
        trace = wrong.__traceback__
        while trace is not None:
            frame = trace.tb_frame
            if frame.f_code.co_filename == self._name:
                variables = self._seen(frame)
                levels.append([trace.tb_lineno, frame.f_code.co_name, variables])
            trace = trace.tb_next
        if len(levels) > OUTER_FRAMES + INNER_FRAMES:
            levels = levels[:OUTER_FRAMES] + levels[-INNER_FRAMES:]
        bases = [base for base in bases_of(kind) if _builtin(base)]
        self.raised = {
            "kind": name_of(kind),
            "text": described(wrong).partition(": ")[2],
            "frames": levels,
            "builtin": name_of(bases[0]),
        }


def hidden(value: object) -> bool:
    """Is it of those values of a module that are no variables to a reader?"""
    kind = type(value)
    return one_of(kind, (types.ModuleType, types.FunctionType)) or issubclass(kind, type)


def _builtin(kind: type) -> bool:
    return vars(builtins).get(name_of(kind)) is kind


def _arguments(code: types.CodeType, variables: dict[str, str]) -> dict[str, str]:
    """What a call was given."""
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(code.co_flags & VARARGS) + bool(code.co_flags & VARKEYWORDS)
    names = code.co_varnames[:count]
    return {name: variables[name] for name in names if name in variables}


def described(wrong: BaseException) -> str:
    """An exception in words: its own where the language made them, else its arguments."""
    kind = type(wrong)
    name = name_of(kind)
    args = BaseException.__dict__["args"].__get__(wrong)
    plain = all(one_of(type(arg), (str, int, float, bool, type(None))) for arg in args)
    if _builtin(kind) and plain:
        text = str(wrong)
    elif len(args) == 1 and type(args[0]) is str:
        text = args[0]
    else:
        text = ", ".join(shown(arg) for arg in args)
    return f"{name}: {text[:400]}" if text else name


def loaded(name: str, path: str, names: Record | None = None) -> types.ModuleType:
    """A module made and run from a file."""
    loader = importlib.machinery.SourceFileLoader(name, path)
    module = types.ModuleType(name)
    for key, value in (names or {}).items():
        if not key.startswith("__"):
            module.__dict__[key] = value
    module.__file__ = path
    module.__loader__ = loader
    sys.modules[name] = module
    loader.exec_module(module)
    return module


def run(recorder: Recorder, plan: Record) -> int:
    """The program, or the call; the result is the exit status."""
    name = plan["name"]
    try:
        if plan["call"]:
            stem = name.rpartition(".")[0]
            names = vars(loaded(stem, name))
            begin(recorder)
            result = loaded("_call", CALL, dict(names)).__dict__["result"]
            sys.settrace(None)
            recorder.value = shown(result)
        else:
            begin(recorder)
            loaded("__main__", name)
    except SystemExit as wrong:
        sys.settrace(None)
        code = wrong.code
        if code is not None and type(code) is not int:
            sys.stderr.write(f"{code}\n")
            return 1
        return (code or 0) & 0xFF
    except BaseException as wrong:  # noqa: BLE001 - whatever it is, it is what the program ended with
        sys.settrace(None)
        recorder.note(wrong)
        traceback.print_exception(without_us(wrong))
        return 1
    finally:
        sys.settrace(None)
    return 0


def begin(recorder: Recorder) -> None:
    """From here on, lines are taken down."""
    sys.settrace(recorder.on_call)


def without_us(wrong: BaseException) -> BaseException:
    """The exception with a traceback that begins in the program."""
    trace = wrong.__traceback__
    while trace is not None and not trace.tb_frame.f_code.co_filename.endswith(".py"):
        trace = trace.tb_next
    while trace is not None and _ours(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    return wrong.with_traceback(trace) if trace is not None else wrong


def _ours(path: str) -> bool:
    return path in (__file__, CALL) or path.startswith("<frozen")


def main() -> None:
    """Run what the plan (JSON, the only argument) says, and write down how it went."""
    plan = json.loads(sys.argv[1])
    sys.argv = [plan["name"], *plan["arguments"]]
    sys.path.insert(0, "")
    recorder = Recorder(plan)
    status = run(recorder, plan)
    recorder.write()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)
