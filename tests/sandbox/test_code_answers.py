"""Answers as models write them, right and wrong: what decides of them, and what is no fault of
theirs."""

from __future__ import annotations

import importlib.util
import shutil
import sys

import confined
import pytest

from assistant.coding.answers import code_in
from assistant.coding.judging import judge
from assistant.coding.types import (
    QUICK,
    Brief,
    Code,
    CodeReport,
    Failed,
    Origin,
    Passed,
    Undecided,
)
from assistant.records import say
from runtimes.texts import Lang


def report(question: str, *blocks: str, info: str = "python") -> CodeReport:
    code = code_in("\n".join(f"So:\n```{info}\n{block}\n```" for block in blocks))
    assert isinstance(code, Code)
    return judge(code, Brief(question=question, language=code.language), confined.policy(), QUICK)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python can read it")
@pytest.mark.parametrize(
    "code",
    [
        "def f[T](x: T) -> T:\n    return x",
        "class Box[T]:\n    pass\n\ndef f(x):\n    return x",
        "type Number = int | float\ndef f(x: Number):\n    return x",
        'def f(x):\n    d = {"k": x}\n    return int(f"{d["k"]}")',
    ],
)
def test_syntax_of_a_newer_python_is_no_fault(code: str) -> None:
    verdict = report("Write f. f(1) == 1", code).verdict
    assert isinstance(verdict, Undecided)
    assert "3.12" in say(verdict.why, Lang.ZH)
    assert "更高版本" in say(verdict.why, Lang.ZH)


@pytest.mark.parametrize(
    "code", ['def f(x):\n    return f"{x"', "def f(x)\n    return x", "def f[T(x):\n    return x"]
)
def test_what_no_python_can_read_has_failed(code: str) -> None:
    verdict = report("Write f. f(1) == 1", code).verdict
    assert isinstance(verdict, Failed | Undecided)
    assert isinstance(verdict, Failed) or "def f[T(" in code


@pytest.mark.skipif(importlib.util.find_spec("_tkinter") is None, reason="tkinter is not here")
def test_a_window_that_cannot_be_opened_is_no_fault() -> None:
    verdict = report(
        "Show a window.", "import tkinter\nroot = tkinter.Tk()\nroot.mainloop()"
    ).verdict
    assert isinstance(verdict, Undecided)
    assert "screen" in say(verdict.why, Lang.EN)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed here")
@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("const x = null;\nconsole.log(x.length);", Failed),
        ("const x = 1;\nx = 2;", Failed),
        ("document.title = 'x';", Undecided),
        ("console.log(Object.unheard([1]));", Undecided),
        ("const x = process.argv[2];\nconsole.log(x.length);", Undecided),
        ("throw new Error('no');", Undecided),
        ("function f() {\n  throw new TypeError('no');\n}\nf();", Undecided),
        ("fetch('http://localhost:1/').then(r => console.log(r.status));", Undecided),
    ],
)
def test_an_exception_ends_a_program_of_javascript(code: str, kind: type) -> None:
    assert isinstance(report("Write it.", code, info="js").verdict, kind)


def test_tests_in_a_file_of_their_own_are_the_models() -> None:
    code = "# slug.py\ndef slug(s):\n    return s.lower().replace(' ', '-')"
    tests = (
        "# test_slug.py\nfrom slug import slug\n\ndef test_it():\n    assert slug('A B') == '{}'"
    )
    assert report("Write it.", code, tests.format("a-b")).verdict == Passed(1, Origin.MODEL)
    assert isinstance(report("Write it.", code, tests.format("a_b")).verdict, Failed)
    decided = report("Write slug. slug('A') == 'a'", code, tests.format("a_b"))
    assert decided.verdict == Passed(1, Origin.QUESTION)
    assert any("model wrote itself fails" in note.en for note in decided.notes)
    others = tests.format("a-b").replace("import slug\n", "import slug\nimport unheard_of\n")
    assert isinstance(report("Write it.", code, others).verdict, Undecided)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (
            "Write a class M. Example:\n```python\nm = M([1, 2])\nm.doubled().data == [2, 4]\n```",
            "class M:\n    def __init__(self, data): self.data = data\n"
            "    def doubled(self): return M([2 * x for x in self.data])",
            "class M:\n    def __init__(self, data): self.data = data\n"
            "    def doubled(self): return M(2 * self.data)",
        ),
        (
            "top([1, 1, 2], 2) returns [1, 2] in no particular order. Write it.",
            "def top(xs, k): return [2, 1]",
            "def top(xs, k): return [1, 1]",
        ),
        (
            "写函数 top。top([1, 1, 2], 2) 返回 [1, 2]，顺序可以不同。",
            "def top(xs, k): return [2, 1]",
            "def top(xs, k): return [1, 1]",
        ),
    ],
)  # fmt: skip
def test_what_a_question_shows_decides(question: str, right: str, wrong: str) -> None:
    assert report(question, right).verdict == Passed(1, Origin.QUESTION)
    assert isinstance(report(question, wrong).verdict, Failed)


@pytest.mark.parametrize(("function", "kind"), [("MAX", Passed), ("MIN", Failed)])
def test_a_table_may_have_its_columns_behind_its_name(function: str, kind: type) -> None:
    question = (
        "Given table staff(dept, pay):\n\n| dept | pay |\n|---|---|\n| IT | 1 |\n| IT | 2 |\n\n"
        "Expected output:\n\n| dept | top |\n|---|---|\n| IT | 2 |\n"
    )
    query = f"SELECT dept, {function}(pay) AS top FROM staff GROUP BY dept;"
    assert isinstance(report(question, query, info="sql").verdict, kind)


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed here")
def test_a_script_without_its_arguments_is_not_blamed_for_it() -> None:
    verdict = report("Add two arguments.", 'set -u\necho $(( "$1" + "$2" ))', info="bash").verdict
    assert isinstance(verdict, Undecided)
    assert "arguments" in say(verdict.why, Lang.EN)
