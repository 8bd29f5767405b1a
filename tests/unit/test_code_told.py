"""What is told of code that breaks off: the very step that failed, and no blame for an input that
it was not given."""

from __future__ import annotations

import dataclasses

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


FACTORIAL = "n = int(input(%s))\nr = 1\nfor i in range(1, n + 1): r *= i\nprint(%s)"


@pytest.mark.parametrize(
    ("program", "kind"),
    [
        (FACTORIAL % ("'请输入n：'", "r"), Undecided),
        (FACTORIAL % ("", "f'{n}的阶乘是{r}'"), Undecided),
        (FACTORIAL % ("", "r"), Passed),
        (FACTORIAL % ("", "-r"), Failed),
        (FACTORIAL % ("", "r + 0.5"), Failed),
        (FACTORIAL % ("'请输入n：'", "r + 1"), Failed),
    ],
)
def test_a_prompt_in_chinese_stands_right_before_the_value(
    policy: Policy, program: str, kind: type
) -> None:
    asked = "编写程序，输入整数 n，输出 n 的阶乘。\n样例输入：5\n样例输出：120"
    verdict = judged(policy, PYTHON, program, asked)
    assert isinstance(verdict, kind), verdict


MEMO = """def memo(f):
    seen = {}
    def g(n):
        return seen.setdefault(n, f(n))
    return g
"""
FIB = "```python\n@memo\ndef fib(n):\n    return n\nassert fib(5) == 5\n```"
NODES = "Invert a tree.\nInput: root = [2, 1, 3]\nOutput: [2, 3, 1]"
INVERT = """def invert(root):
    if root: root.left, root.right = invert(root.right), invert(root.left)
    return root
"""


def test_what_the_question_itself_defines_is_not_missed(policy: Policy) -> None:
    verdict = judged(policy, PYTHON, MEMO, f"Write a decorator memo.\n{FIB}")
    assert isinstance(verdict, Undecided), verdict
    verdict = judged(policy, PYTHON, "def memos(f): return f", f"Write a decorator memo.\n{FIB}")
    assert isinstance(verdict, Failed), verdict


def test_lists_that_stand_for_nodes_are_no_arguments(policy: Policy) -> None:
    assert isinstance(judged(policy, PYTHON, INVERT, NODES), Undecided)
    both = "const last = head => head.next ? last(head.next) : head.left ?? head.val;"
    code = Code(Language.JAVASCRIPT, (SourceFile("a.js", both),))
    asked = "Input: head = [1, 2]\nOutput: 2"
    assert isinstance(judge(code, Brief(question=asked), policy, QUICK).verdict, Undecided)


ACCOUNT = """class Account:
    def __init__(self): self.balance = 0
    def withdraw(self, x):
        if x > self.balance: raise ValueError
"""
SOLUTION = """class Solution:
    def pair(self, a, t):
        if not a: raise ValueError
        return %s
"""
TWO = "a = int(input())\nb = int(input())\nprint(a %s b)"


@pytest.mark.parametrize(
    ("program", "question", "kind"),
    [
        (ACCOUNT, "Write a class Account. withdraw(100) raises ValueError.", Undecided),
        (SOLUTION % "[0, 1]", "pair([2, 7], 9) == [0, 1]; pair([], 1) raises ValueError", Passed),
        (SOLUTION % "[1, 0]", "pair([2, 7], 9) == [0, 1]", Failed),
        (TWO % "+", "输入两个数，输出它们的和。输入：3 4\n输出：7", Undecided),
        (TWO % "-", "输入两个数，输出它们的和。输入：3 4\n输出：7", Failed),
    ],
)
def test_methods_are_asked_of_an_object_and_values_may_have_lines_of_their_own(
    policy: Policy, program: str, question: str, kind: type
) -> None:
    verdict = judged(policy, PYTHON, program, question)
    assert isinstance(verdict, kind), verdict


def test_a_call_that_does_not_end_is_told_in_both_languages(policy: Policy) -> None:
    code = Code(PYTHON, (SourceFile("a.py", "def f(n):\n    while n: pass"),))
    effort = dataclasses.replace(QUICK, seconds=1.0)
    verdict = judge(code, Brief(question="f(1) == 0"), policy, effort).verdict
    assert isinstance(verdict, Failed)
    assert "f(1)\nit did not come to its end, and was stopped at a limit: time" in shown(verdict)
    assert "它没有运行结束，在达到限制时被终止：时间" in shown(verdict, Lang.ZH)
