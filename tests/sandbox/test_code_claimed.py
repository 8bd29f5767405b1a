"""What a program says of its own output, run: true words pass, false ones fail, and what is not
plain is left alone."""

from __future__ import annotations

import shutil

import confined
import pytest

from assistant.coding.claimed import run_claims, run_output
from assistant.coding.judging import judge
from assistant.coding.naming import default_name
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.trial import TestOutcome
from assistant.coding.types import QUICK, Asking, Brief, Code, Origin, Passed, Undecided
from runtimes.base import Cancel

PYTHON, SCRIPT, C, CPP = Language.PYTHON, Language.JAVASCRIPT, Language.C, Language.CPP
TOOLS = {SCRIPT: "node", C: "gcc", CPP: "g++"}
PROGRAMS = {
    PYTHON: """
def add(x, acc=[]):
    acc.append(x)
    return acc
print(add(1))  # [1]
print(add(2))  # [2]
print(1, 2)  # 1  2
print(1 / 3)  # 0.333
print(0.1 + 0.2 == 0.3)  # True
print("ab" * 2)  # "abab"
print("Sum:", 5)  # 5
print((1, 2))  # (2, 1)
print(list((3,)))  # [3]
add(3)  # [1, 2, 3]
for i in range(2): print(i)  # 0
print("olleh")
# Output: hello
print(7)  # prints the number
print("count", 2)  # count 1
print("count", 2)  # Count 1
print("mean", 2.5)  # mean 2
""",
    SCRIPT: """
console.log([10, 9, 1].sort()); // [1, 9, 10]
console.log({ a: [1, 2] }); // { a: [1, 2] }
console.log(NaN === NaN); // true
console.log(0 / 0); // NaN
console.log(undefined); // null
""",
    C: '#include <stdio.h>\nint main(void) {\n    printf("%d\\n", 7 / 2); // 3.5\n'
    '    printf("%d\\n", -7 % 3); // -1\n}\n',
    CPP: '#include <iostream>\nint main() {\n    std::cout << 7 / 2 << "\\n"; // 3\n'
    '    std::cout << "a;b" << std::endl; // a;c\n}\n',
}
FOUND = {
    PYTHON: [True, False, False, True, False, True, False, False],
    SCRIPT: [False, True, False, True],
    C: [False, True],
    CPP: [True],
}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return confined.policy()


def coded(text: str, language: Language) -> Code:
    if language in TOOLS and shutil.which(TOOLS[language]) is None:
        pytest.skip(f"{TOOLS[language]} is not installed here")
    return Code(language, (SourceFile(default_name(language), text),))


@pytest.mark.parametrize("language", PROGRAMS)
def test_comments_are_true_or_false_or_left_alone(language: Language, policy: Policy) -> None:
    code = coded(PROGRAMS[language], language)
    judged = run_claims(code, policy, QUICK.limits, Cancel())
    found = [test.outcome is TestOutcome.PASSED for test, _ in judged]
    assert found == FOUND[language], [test.name for test, _ in judged]
    assert all(
        (failure is None) is right for (_, failure), right in zip(judged, found, strict=True)
    )


LEFT_OPEN = """
def loud(x):
    print(1)
    return x
print(7)  # prints result
print([1])  # 打印列表中的所有元素
print(9)  # -> int
print("abc")  # Output: string
print("yes")  # Output: Yes
print(1234567)  # 1,000,000
print(1234)  # 1,234
print(*[1, 2])  # Output: 1, 2
print(7 // 2)  # 7 // 2 = 4
print("http://x.y")  # Output: http://x.y/
print(True)  # Output: true
print(0.1 + 0.2)  # 0.3
print(1 / 3)  # 0.333
print(3.0)  # 3
print([1])  # [True]
print(f"{3.14159:.2f}")  # 3.14159
print("banana".count("a"))  # "banana"
print((1,))  # 1
loud(3)  # 3
loud(3)  # returns 3
loud(3)  # -> None
"""


def test_words_and_values_that_may_tell_of_other_things_are_left_open(policy: Policy) -> None:
    judged = run_claims(coded(LEFT_OPEN, PYTHON), policy, QUICK.limits, Cancel())
    assert [(test.name, test.outcome) for test, _ in judged] == []
    told = "print(True)  # prints True.\nprint(3)  # 输出 3。\n"
    told += "print('odd')  # Output: even\nx = 'even'"
    judged = run_claims(coded(told, PYTHON), policy, QUICK.limits, Cancel())
    assert [failure is None for _, failure in judged] == [True, True, False]


@pytest.mark.parametrize(
    ("language", "program", "shown"),
    [
        (Language.SHELL, "ls", "a.txt"),
        (PYTHON, "print({'kiwi', 'fig', 'plum', 'pear'})", "{'fig', 'kiwi', 'pear', 'plum'}"),
        (PYTHON, "class A: pass\nprint(A())", "<__main__.A object at 0x7f3c2c0d5e50>"),
        (PYTHON, "import logging\nlogging.error('x')\nprint(3)", "ERROR:root:x\n3"),
        (PYTHON, "print(5)\nprint(6)", "5   # five\n6   # six"),
        (PYTHON, "print(2**0.5)", "1.414213562373095"),
        (PYTHON, "import sys\nprint(sys.version_info[0])", "2"),
        (PYTHON, "try: print(open('a').read())\nexcept OSError: print('none')", "text"),
        (SCRIPT, "console.log({ a: [1, 2] })", "{\n  a: [1, 2]\n}"),
        (
            CPP,
            "#include <iostream>\nint main() { int a = 1; std::cout << &a << '\\n'; }\n",
            "0x7ffe5367e044",
        ),
    ],
)
def test_what_may_be_otherwise_elsewhere_is_left_open(
    language: Language, program: str, shown: str, policy: Policy
) -> None:
    assert (
        run_output(coded(program, language), shown, Asking(policy, QUICK.limits, Cancel())) is None
    )


def test_two_programs_may_share_an_output(policy: Policy) -> None:
    code = coded("print(2)", PYTHON)
    asked = (code, "1\n2", Asking(policy, QUICK.limits, Cancel()))
    assert run_output(*asked, joint=True) is None
    assert run_output(*asked) is not None


def test_a_text_of_the_program_that_holds_a_claim_is_none(policy: Policy) -> None:
    text = "const s = `\nconsole.log(1); // Output: 2\n`;\nconsole.log(s);\n"
    assert run_claims(coded(text, SCRIPT), policy, QUICK.limits, Cancel()) == []


@pytest.mark.parametrize(
    "program",
    [
        "print(int(input()))  # 5",
        "import random\nprint(random.random())  # 0.5",
        "import time\nprint(time.time())  # 5",
        "import os\np = os.getpid()\nprint(p)  # 12345",
        "import sys\nn = sys.getsizeof([])\nprint(n)  # 1",
        "import threading\nn = 2\nprint(n)  # 1",
        "from pathlib import Path\nprint(Path('a').exists())  # True",
        "s = {'a', 'b', 'c'}\nprint(s.pop())  # Output: 'q'",
        "def f(): print(1)  # 2",
    ],
)
def test_what_hangs_on_other_things_is_left_alone(program: str, policy: Policy) -> None:
    assert run_claims(coded(program, PYTHON), policy, QUICK.limits, Cancel()) == []


@pytest.mark.parametrize(
    ("program", "shown", "found"),
    [
        ("for i in range(3): print(i)", "0\n1\n2\n", True),
        ("for i in range(3): print(i)", "1\n2\n3\n", False),
        ("for i in range(3): print(i)", "0\n1\n", None),
        ("for i in range(3): print(i)", "0\n1\n2\n3\n", False),
        ("for i in range(3): print(i)", "$ python a.py\n0\n1\n2\n", None),
        ("for i in range(3): print(i)", "0\n1\n...\n", None),
        ("print('a  b')", "a b\n", None),
        ("x = 1", "1\n", None),
        ("print(input())", "5\n", None),
    ],
)
def test_an_output_is_that_of_the_program(
    program: str, shown: str, found: bool | None, policy: Policy
) -> None:
    judged = run_output(coded(program, PYTHON), shown, Asking(policy, QUICK.limits, Cancel()))
    assert (None if judged is None else judged[1] is None) is found


def test_what_is_undefined_is_no_true_output(policy: Policy) -> None:
    program = (
        "#include <stdio.h>\n#include <limits.h>\n"
        'int main(void) { int x = INT_MAX; printf("%d\\n", x + 1); return 0; }\n'
    )
    judged = run_output(coded(program, C), "-2147483648\n", Asking(policy, QUICK.limits, Cancel()))
    assert judged is not None
    assert judged[1] is not None
    assert "signed integer overflow" in str(judged[1].why)


def test_comments_are_noted_and_decide_nothing_of_the_code(policy: Policy) -> None:
    code = coded("def f(x):\n    return x * x\n\nprint(f(3))  # 6\n", PYTHON)
    report = judge(code, Brief(question="f(2) == 4"), policy, QUICK)
    assert report.verdict == Passed(1, Origin.QUESTION)
    assert "a comment on line {0} says" in report.notes[0].en
    assert report.notes[0].args == (4, "f(3)", "6", "9")
    alone = judge(code, Brief(question="Square a number."), policy, QUICK)
    assert isinstance(alone.verdict, Undecided)  # nobody knows which of both is to be mended
    assert alone.notes == report.notes


def test_true_comments_pass_no_program(policy: Policy) -> None:
    code = coded("def f(x):\n    return x + 2\n\nprint(f(3))  # 5\n", PYTHON)
    report = judge(code, Brief(question="Square a number."), policy, QUICK)
    assert isinstance(report.verdict, Undecided)
    assert report.printed == "5\n"
