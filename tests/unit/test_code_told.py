"""What is told of code that breaks off: the very step that failed, and no blame for an input that
it was not given."""

from __future__ import annotations

import confined
import pytest

from assistant.coding.judging import judge
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.telling import failure_lines, verdict_text
from assistant.coding.tracing.telling import row
from assistant.coding.tracing.types import TraceStep
from assistant.coding.types import QUICK, Brief, Code, CodeVerdict, Failed, Passed, Undecided
from assistant.records import say
from runtimes.texts import Lang

NAMES = {Language.PYTHON: "a.py", Language.C: "a.c", Language.CPP: "a.cpp", Language.SQL: "a.sql"}
PYTHON, C, CPP = Language.PYTHON, Language.C, Language.CPP


@pytest.fixture(scope="module")
def policy() -> Policy:
    return confined.policy()


def judged(policy: Policy, language: Language, program: str, question: str) -> CodeVerdict:
    code = Code(language, (SourceFile(NAMES[language], program),))
    return judge(code, Brief(question=question), policy, QUICK).verdict


def shown(verdict: CodeVerdict, lang: Lang = Lang.EN) -> str:
    lines = [verdict_text(verdict)]
    if isinstance(verdict, Failed):
        lines += failure_lines(verdict.failure)
    return "\n".join(say(line, lang) for line in lines)


@pytest.mark.parametrize(
    ("language", "program"),
    [
        (PYTHON, "import sys\nn = int(sys.stdin.readline())\nprint(n)"),
        (PYTHON, "from sys import stdin\nn = stdin.read().split()[0]\nprint(n)"),
        (PYTHON, "import fileinput\nprint(max(fileinput.input()))"),
        (PYTHON, "import sys\nprint('Hello', sys.argv[1])"),
        (
            C,
            '#include <stdio.h>\nint main(void) { int n = 0; scanf("%d", &n);\n'
            'printf("%d", 6 / n); return 0; }',
        ),
        (
            C,
            "#include <stdio.h>\n#include <string.h>\n"
            'int main(int argc, char **argv) { printf("%zu", strlen(argv[1])); return argc - 1; }',
        ),
        (
            CPP,
            "#include <iostream>\n#include <vector>\nint main() { std::vector<int> v; int n;\n"
            "while (std::cin >> n) v.push_back(n); std::cout << v.at(v.size() - 1); }",
        ),
    ],
)
def test_a_program_that_was_given_no_input_is_not_blamed_for_it(
    policy: Policy, language: Language, program: str
) -> None:
    verdict = judged(policy, language, program, "Write a program.")
    assert isinstance(verdict, Undecided), verdict
    assert "without them it broke off" in shown(verdict)
    assert "没有它们时中断" in shown(verdict, Lang.ZH)


@pytest.mark.parametrize(
    ("language", "program"),
    [
        (PYTHON, "import sys\nprint(total)\nn = sys.stdin.read()"),
        (PYTHON, "print([][0])"),
        (C, "int main(void) { volatile int n = 0; return 6 / n; }"),
    ],
)
def test_what_breaks_off_with_any_input_has_failed(
    policy: Policy, language: Language, program: str
) -> None:
    assert isinstance(judged(policy, language, program, "Write a program."), Failed)


def test_functions_behind_a_read_of_input_cannot_be_asked(policy: Policy) -> None:
    program = "import sys\nn = int(sys.stdin.readline())\ndef add(a, b): return a + b"
    verdict = judged(policy, PYTHON, program, "add(2, 3) == 5")
    assert isinstance(verdict, Undecided)
    assert "reads input while it is loaded" in shown(verdict)


STACK = """class Stack:
    def __init__(self): self.items = []
    def push(self, x): self.items.append(x)
    def pop(self): return self.items.%s
    def is_empty(self): return not self.items
"""
PUSHED = ">>> s = Stack()\n>>> s.push(1)\n>>> s.push(2)\n>>> s.pop()\n2\n>>> s.is_empty()\nFalse"


@pytest.mark.parametrize(
    ("program", "question", "said"),
    [
        (STACK % "pop(0)", PUSHED, "s.pop() gave 1, and 2 was expected"),
        (STACK % "peek()", PUSHED, "s.pop() raised AttributeError, and 2 was expected"),
        (
            "def turn(a): a = a[::-1]",
            ">>> a = [1, 2]\n>>> turn(a)\n>>> a\n[2, 1]",
            "a gave [1, 2], and [2, 1] was expected",
        ),
        (
            "def f(d): d['x'] = 1",
            ">>> d = {}\n>>> f(d)\n>>> d['x'] + 1\n3",
            "d['x'] + 1 gave 2, and 3 was expected",
        ),
    ],
)
def test_the_step_of_a_session_that_failed_is_told(
    policy: Policy, program: str, question: str, said: str
) -> None:
    verdict = judged(policy, PYTHON, program, question)
    assert isinstance(verdict, Failed)
    assert said in shown(verdict)


@pytest.mark.parametrize(
    ("program", "question", "passes"),
    [
        ("async def sq(n): return n * n", "Write an async sq(n). sq(3) == 9", True),
        ("async def sq(n): return n * 2", "写一个异步函数 sq(n)。await sq(3) == 9", False),
        (
            "async def sq(n): return n if n < 2 else n * await sq(1)",
            "async: asyncio.run(sq(5)) == 5",
            True,
        ),
        (
            "async def root(n):\n    if n < 0: raise ValueError\n    return n",
            "Write async root(n). root(-1) raises ValueError",
            True,
        ),
        ("async def sq(n): return n * n", "Write sq(n). sq(3) == 9", None),
        ("def pairs(n):\n    for i in range(n): yield i", "list(pairs(2)) == [0, 1]", True),
        ("def pairs(n):\n    for i in range(1, n): yield i", "list(pairs(2)) == [0, 1]", False),
        ("def many(n): return {i: i for i in range(n)}", "len(many(3)) returns 3", True),
        ("def 求和(a): return sum(a)", "写函数 求和(列表)。那么求和([1, 2])返回 3", True),
        ("def 求和(a): return a[0]", "写函数 求和(列表)。那么求和([1, 2])返回 3", False),
        ("def add(a, b): return a + b", "实现加法，例如add(1, 2)返回3", True),
        ("def add(a, b): return a - b", "实现加法，例如add(1, 2)返回3", False),
        ("def add(a, b): return a - b", "那么求和(1, 2)返回3", None),
    ],
)
def test_results_that_come_later_and_names_of_other_letters(
    policy: Policy, program: str, question: str, passes: bool | None
) -> None:
    verdict = judged(policy, PYTHON, program, question)
    kind = {True: Passed, False: Failed, None: Undecided}[passes]
    assert isinstance(verdict, kind), verdict


def test_what_a_generator_gave_is_told(policy: Policy) -> None:
    program = "def pairs(n):\n    for i in range(1, n): yield i"
    verdict = judged(policy, PYTHON, program, "list(pairs(2)) == [0, 1]")
    assert "list(pairs(2)) gave [1], and [0, 1] was expected" in shown(verdict)


def test_a_name_of_the_test_is_not_what_was_expected(policy: Policy) -> None:
    tests = (
        "import pytest\n@pytest.mark.parametrize('n, want', [(2, 4)])\n"
        "def test_f(n, want):\n    assert f(n) == want\n"
    )
    code = Code(PYTHON, (SourceFile("a.py", "def f(n): return 3"),))
    said = shown(judge(code, Brief(user_tests=tests), policy, QUICK).verdict)
    assert "f(2) gave 3\n" in said
    assert "assert f(n) == want" in said


def test_what_a_program_complained_of_is_told(policy: Policy) -> None:
    verdict = judged(policy, Language.SQL, "SELECT MAX(pay) FROM staff;", "Query the maximum.")
    assert isinstance(verdict, Undecided)
    assert "no such table: staff" in shown(verdict)


def test_deep_calls_do_not_push_the_line_aside() -> None:
    step = TraceStep(line=1, source="return f(n)", function="f", depth=400)
    assert row(step, Lang.EN)[1] == "│ × 400 return f(n)"
