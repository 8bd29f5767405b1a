"""What is seen of code without running it."""

from __future__ import annotations

import importlib.util

import pytest

from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.static import check
from assistant.coding.types import Code, Effort, Finding, FindingKind

PLAIN = Effort(lint=False)


def found(text: str, effort: Effort = PLAIN) -> list[Finding]:
    return list(check(Code(Language.PYTHON, (SourceFile("solution.py", text),)), effort))


def told(finding: Finding) -> str:
    return finding.text.en.format(*finding.text.args)


@pytest.mark.parametrize(
    ("text", "line"),
    [("x = 1\ndef f(:\n    pass\n", 2), ("(" * 500, 1), ("a\0b", 0), ("x = 1\n  y = 2\n", 2)],
)
def test_syntax_is_fatal_and_has_its_place(text: str, line: int) -> None:
    (finding,) = found(text)
    assert (finding.kind, finding.line, finding.fatal) == (FindingKind.SYNTAX, line, True)


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ("def f(items):\n    return len(itms)\n", "itms is defined nowhere; items?", (2, 16)),
        ("import math\nx = math.clamp(2)\n", "math has no clamp", (2, 5)),
        ("from math import clamp\n", "math has no clamp", (1, 1)),
    ],
)
def test_names_that_do_not_exist(text: str, said: str, place: tuple[int, int]) -> None:
    (finding,) = found(text)
    assert said in told(finding)
    assert (finding.line, finding.column) == place
    assert not finding.fatal


@pytest.mark.parametrize(
    "text",
    [
        "from tkinter import *\nx = anything\n",
        "def f():\n    global g\n    g = 1\ndef h(): return g\n",
        "class A:\n    x = 1\n    y = x\n    def f(self): return __class__, __name__\n",
        "print([y for y in range(3)], (lambda z: z)(1))\n",
        "try:\n    pass\nexcept ValueError as wrong:\n    print(wrong)\n",
        "import os\nos.path.join('a')\nimport collections.abc\nx: collections.abc.Sized = []\n",
        "def f(math): return math.clamp\n",
        "if (n := 3) > 2: print(n)\n",
        "match 3:\n    case [a, *b]: print(a, b)\n    case {'k': c, **d}: print(c, d)\n",
        "async def f():\n    async with g() as h: print(h)\ndef g(): ...\n",
    ],
)
def test_names_that_exist_are_not_complained_of(text: str) -> None:
    assert not found(text)


def test_nothing_of_the_code_is_run_or_imported(capsys: pytest.CaptureFixture[str]) -> None:
    seen = found("import this\nprint('run')\nraise SystemExit\n", Effort(types=True))
    assert not any(finding.fatal for finding in seen)
    assert capsys.readouterr().out == ""


@pytest.mark.skipif(importlib.util.find_spec("ruff") is None, reason="ruff is not installed")
def test_lint_has_its_rule_and_no_settings_of_a_folder() -> None:
    (finding,) = found("def f(a=[]):\n    return a\n", Effort())
    assert (finding.kind, finding.line) == (FindingKind.LINT, 1)
    assert "B006" in told(finding)


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
def test_types_are_checked_where_there_are_some() -> None:
    effort = Effort(lint=False, types=True)
    (finding,) = found("def f(a: int) -> str:\n    return a\n", effort)
    assert (finding.kind, finding.line) == (FindingKind.TYPE, 2)
    assert not found("def f(a):\n    return a + ''\n", effort)
