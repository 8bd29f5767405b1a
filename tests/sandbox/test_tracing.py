"""Runs told line by line, of honest code and of code that wants to break the telling."""

from __future__ import annotations

import dataclasses

import confined
import pytest
from confined import SMALL

from assistant.coding.sandbox.policy import Policy, Way
from assistant.coding.sandbox.types import Job, Language, NotRun, SourceFile
from assistant.coding.tracing import Ended, Folded, Trace, TraceStep, explain, trace
from runtimes.base import Cancel
from runtimes.texts import Text


@pytest.fixture(scope="module")
def held() -> Policy:
    return confined.policy()


def traced(code: str, held: Policy, call: str = "", seconds: float = 3.0) -> Trace:
    limits = dataclasses.replace(SMALL, seconds=seconds)
    job = Job(language=Language.PYTHON, files=(SourceFile("my prog.py", code),), limits=limits)
    found = trace(job, held, call=call)
    assert not isinstance(found, NotRun), found
    return found


def row(step: TraceStep | Folded) -> str:
    """A step in one line."""
    if isinstance(step, Folded):
        return f"{step.line} {step.rounds} more"
    parts = [f"({c.name}={c.value})" for c in step.given]
    parts += [f"{c.name}={c.value}" for c in step.changes]
    if step.ended is not Ended.NEXT:
        parts.append(f"{step.ended.value} {step.value}")
    return " ".join([f"{'.' * step.depth}{step.line}", *parts])


def rows(found: Trace) -> list[str]:
    return [row(step) for step in found.steps]


LOOP = """def total(items):
    t = 0
    for x in items:
        if x % 2:
            continue
        t += x
    return t
"""


def test_a_call_is_told_with_the_values_of_each_line(held: Policy) -> None:
    found = traced(LOOP, held, "total([4, 3])")
    assert rows(found) == [
        "2 (items=[4, 3]) t=0", "3 x=4", "4", "6 t=4", "3 x=3", "4", "5", "3", "7 returned 4",
    ]  # fmt: skip
    assert found.value == "4"
    assert found.steps[1].source == "    for x in items:"  # type: ignore[union-attr]
    assert found.cut is None


def test_a_long_loop_keeps_its_first_rounds_and_its_last(held: Policy) -> None:
    found = traced(LOOP, held, "total(range(5000))")
    assert rows(found)[7:9] == ["3 4997 more", "3 x=4999"]
    assert rows(found)[-2:] == ["3", "7 returned 6247500"]
    assert len(found.steps) == 13


def test_a_loop_that_is_left_early_and_one_within_another(held: Policy) -> None:
    code = """def f(n):
    for i in range(n):
        for j in range(n):
            if i * j == 35:
                break
    while True:
        n -= 1
        if n < 0: return i
"""
    found = traced(code, held, "f(9)")
    told = rows(found)
    assert told[-1] == "8 returned 8"
    assert "2 6 more" in told
    assert "3 6 more" in told
    assert "6 6 more" in told
    assert len(told) < 80


def test_recursion_is_told_with_its_depth(held: Policy) -> None:
    code = "def fact(n):\n    return 1 if n < 2 else n * fact(n - 1)\n"
    found = traced(code, held, "fact(3)")
    assert rows(found) == [
        "2 (n=3) returned 6", ".2 (n=2) returned 2", "..2 (n=1) returned 1",
    ]  # fmt: skip


def test_a_program_is_told_with_its_output_and_status(held: Policy) -> None:
    code = (
        '"""Doc."""\nimport sys\nclass A:\n    x = 1\ndef f(): pass\ny = 2\nprint(y)\nsys.exit(3)\n'
    )
    found = traced(code, held)
    assert rows(found) == ["6 y=2", "7", "8 raised SystemExit: 3"]
    assert (found.outcome.stdout, found.outcome.exit) == ("2\n", 3)
    assert found.raised is None


def test_input_and_arguments_reach_the_program(held: Policy) -> None:
    code = "import sys\nx = input()\ny = sys.argv[1:]\n"
    job = Job(
        language=Language.PYTHON,
        files=(SourceFile("a.py", code),),
        stdin="hello\n",
        arguments=("b",),
        limits=SMALL,
    )
    found = trace(job, held)
    assert isinstance(found, Trace)
    assert rows(found) == ["2 x='hello'", "3 y=['b']"]


def test_generators_and_caught_exceptions(held: Policy) -> None:
    code = """def gen(n):
    while n:
        yield n
        n -= 1
def f():
    try:
        return list(gen(1))[5]
    except IndexError as wrong:
        return -1
"""
    found = traced(code, held, "f()")
    assert rows(found) == [
        "6", "7 raised IndexError: list index out of range", ".2 (n=1)", ".3 yielded 1",
        ".4 n=0", ".2 returned None", "8 wrong=<IndexError>", "9 returned -1",
    ]  # fmt: skip


def test_an_exception_is_told_with_the_variables_of_its_lines(held: Policy) -> None:
    code = "def mean(xs):\n    n = len(xs)\n    return sum(xs) / n\n\nmean([])\n"
    found = traced(code, held)
    raised = found.raised
    assert raised is not None
    assert [(frame.line, frame.function) for frame in raised.frames] == [
        (5, "<module>"), (3, "mean"),
    ]  # fmt: skip
    assert {c.name: c.value for c in raised.frames[-1].variables} == {"xs": "[]", "n": "0"}
    assert explain(raised).here == Text("the divisor `{0}` is 0", "除数 `{0}` 为 0", ("n",))
    assert "ZeroDivisionError" in found.outcome.stderr
    assert "tracer" not in found.outcome.stderr


HOSTILE = """
import os, sys, time
class Evil:
    def __init__(self): self.secret = 1
    def __repr__(self): os._exit(9)
    __str__ = __repr__
    def __eq__(self, other): os._exit(9)
    def __hash__(self): return 1
    @property
    def __dict__(self): os._exit(9)
    @property
    def __class__(self): os._exit(9)
class Meta(type):
    def __repr__(cls): os._exit(9)
    def __eq__(cls, other): os._exit(9)
    def __hash__(cls): os._exit(9)
    @property
    def __mro__(cls): os._exit(9)
    @property
    def __flags__(cls): os._exit(9)
    @property
    def __name__(cls): os._exit(9)
class Made(metaclass=Meta): pass
class Sly(list):
    def __iter__(self): os._exit(9)
    def __len__(self): return -5
class Bad(Exception):
    def __str__(self): os._exit(9)
def f():
    a = Evil()
    b = [a, Made, Made()]
    c = Sly([1])
    d = {a: 1}
    e = []
    e.append(e)
    g = "\\x1b[2J\\u202e" * 1000
    h = 1 << 100000
    i = list(range(10 ** 5))
    try: raise Bad(a)
    except Bad: pass
    return 7
"""


def test_looking_runs_nothing_of_what_is_looked_at(held: Policy) -> None:
    found = traced(HOSTILE, held, "f()")
    assert found.value == "7"
    assert found.cut is None
    values = [c.value for s in found.steps if isinstance(s, TraceStep) for c in s.changes]
    assert max(map(len, values)) < 200
    assert any("(100000)" in value for value in values)


@pytest.mark.parametrize(
    "line",
    [
        "os.close(3)",
        "os.write(3, b'{' * 100000 + b'\\n')",
        "os.write(3, b'{\"steps\": 1}\\n[1]\\nnull\\n')",
        'os.write(3, b\'{"steps": [{"line": -1, "fn": [], "depth": 1e99}], "value": {}}\\n\')',
        "sys.settrace(None)",
        "sys._getframe(1).f_trace = None",
        "os._exit(0)",
        "os.kill(os.getpid(), 9)",
        "sys.setrecursionlimit(60)",
        "sys.modules.clear()",
        pytest.param("time.sleep(9)", marks=pytest.mark.slow),
        "bytearray(1 << 40)",
        "sys.stdout = sys.stderr = None",
        "raise KeyboardInterrupt",
        "[].__class__.__base__.__subclasses__()",
    ],
)
def test_code_that_breaks_the_record_harms_nothing_outside(line: str, held: Policy) -> None:
    processes, open_ = confined.children(), confined.descriptors()
    code = f"import os, sys, time\ndef f(x):\n    y = x\n    {line}\n    return y\n"
    found = traced(code, held, "f(1)", seconds=1.0)
    assert all(isinstance(step, TraceStep | Folded) for step in found.steps)
    assert confined.children() <= processes
    assert confined.descriptors() == open_


def test_an_endless_loop_is_told_as_far_as_it_went(held: Policy) -> None:
    found = traced("n = 0\nwhile True:\n    n += 1\n", held, seconds=1.0)
    assert found.cut is not None
    assert rows(found)[:4] == ["1 n=0", "2", "3 n=1", "2"]
    assert any(isinstance(step, Folded) and step.rounds > 100 for step in found.steps)


def test_calls_without_end_are_cut(held: Policy) -> None:
    found = traced("def f(n):\n    a = n\n    b = a\n    return f(n + 1)\nf(0)\n", held)
    assert found.raised is not None
    assert found.raised.kind == "RecursionError"
    assert 3 < len(found.raised.frames) <= 8
    assert len(found.steps) <= 2000


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("def (", ""), ("x = 1", "f("), ("x = 1", "x = 2"), ("x = 1", "f(1)) or (f(2"),
        ("x = 1", "f(" * 500), ("x = 1", "(" * 3000), ("\0", ""),
    ],
)  # fmt: skip
def test_what_is_no_python_is_not_run(code: str, call: str, held: Policy) -> None:
    job = Job(language=Language.PYTHON, files=(SourceFile("a.py", code),), limits=SMALL)
    found = trace(job, held, call=call)
    assert isinstance(found, NotRun)
    assert found.input


def test_nothing_is_started_without_isolation() -> None:
    job = Job(language=Language.PYTHON, files=(SourceFile("a.py", "x = 1"),), limits=SMALL)
    found = trace(job, Policy(Way.LOOSE, (), Text("no wall", "没有墙")))
    assert isinstance(found, NotRun)
    assert found.isolation


def test_a_trace_is_cancelled_at_once(held: Policy) -> None:
    cancel = Cancel()
    cancel.set()
    job = Job(language=Language.PYTHON, files=(SourceFile("a.py", "while 1: pass"),), limits=SMALL)
    found = trace(job, held, cancel=cancel)
    assert isinstance(found, Trace)
    assert found.cut is not None
