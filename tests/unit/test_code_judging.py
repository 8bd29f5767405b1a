"""Verdicts on code: what passes, what fails by which smallest example, and what is not decided."""

from __future__ import annotations

import dataclasses

import confined
import pytest

from assistant.coding.judging import judge
from assistant.coding.sandbox.policy import Policy, Way
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.telling import failure_lines, verdict_text
from assistant.coding.trial import TestOutcome
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
from runtimes.texts import Text

TWO_SUM = """def two_sum(nums, target):
    seen = {}
    for i, x in enumerate(nums):
        %s
"""
WRONG = TWO_SUM % "seen[x] = i\n        if target - x in seen: return [seen[target - x], i]"
RIGHT = TWO_SUM % "if target - x in seen: return [seen[target - x], i]\n        seen[x] = i"
ASKED = (
    "two_sum([2,7,11,15], 9) == [0,1]; two_sum([1,3,2,4], 6) == [2,3]; two_sum([3,3], 6) == [0,1]"
)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return confined.policy()


def judged(policy: Policy, program: str, question: str = "", **more: str) -> CodeReport:
    """One file of Python."""
    code = Code(Language.PYTHON, (SourceFile("solution.py", program),))
    return judge(code, Brief(question=question, **more), policy, QUICK)  # type: ignore[arg-type]


def told(texts: list[Text] | tuple[Text, ...]) -> str:
    return "\n".join(text.en.format(*text.args) for text in texts)


def failed(report: CodeReport) -> Failed:
    assert isinstance(report.verdict, Failed), report.verdict
    return report.verdict


def test_that_code_looks_at_the_clock_is_told(policy: Policy) -> None:
    program = "import time\ndef f(x):\n    return 0 if time.time() > 4e9 else 2 * x\n"
    assert "the clock" in told(judged(policy, program, "f(2) == 4").notes)
    assert not judged(policy, program, "f(2) == 4 at the current time").notes
    assert not judged(policy, "def f(x): return 2 * x", "f(2) == 4").notes


def test_examples_of_the_question_pass(policy: Policy) -> None:
    report = judged(policy, RIGHT, ASKED)
    assert report.verdict == Passed(3, Origin.QUESTION)
    said = told([verdict_text(report.verdict)])
    assert said == "passed 3 of 3 (the given examples)"
    assert "seccomp" in report.layers


def test_the_smallest_failing_example_is_told(policy: Policy) -> None:
    verdict = failed(judged(policy, WRONG, ASKED))
    assert (verdict.passed, verdict.total) == (1, 3)
    failure = verdict.failure
    assert (failure.call, failure.gave, failure.expected) == (
        "two_sum([3,3], 6)",
        "[0, 0]",
        "[0,1]",
    )
    assert "two_sum([3,3], 6) gave [0, 0], and [0,1] was expected" in told(
        list(failure_lines(failure))
    )


def test_an_exception_is_mapped_to_the_lines_of_the_answer(policy: Policy) -> None:
    program = "def f(x):\n    return g(x)\n\ndef g(x):\n    return [1][x]\n"
    code = Code(Language.PYTHON, (SourceFile("solution.py", program),), tuple(range(11, 16)))
    report = judge(code, Brief(question="f(2) returns 3"), policy, QUICK)
    failure = failed(report).failure
    assert failure.error == "IndexError: list index out of range"
    assert [(f.function, f.line, f.answer_line) for f in failure.frames] == [
        ("f", 2, 12),
        ("g", 5, 15),
    ]
    said = told(list(failure_lines(failure)))
    assert "line 15 of the answer, in g: return [1][x]" in said
    assert "positions go from 0" in said
    assert "x = 2" in said


def test_the_last_call_before_a_failure_is_told_and_not_the_twentieth(policy: Policy) -> None:
    tests = "def test_f():\n    for n in range(50):\n        assert f(n) == min(n, 40)\n"
    failure = failed(judged(policy, "def f(x): return x", user_tests=tests)).failure
    assert (failure.call, failure.gave) == ("f(41)", "41")


@pytest.mark.parametrize(
    ("program", "question"),
    [
        ("def f(x): return x / 3", "f(1) -> 0.33"),
        ("def f(x): return 0.1 + 0.2", "f(1) == 0.3"),
        ("def f(x): return 0.1 * 3 * 10", "f(1) -> 3"),
        ("def sort(nums): nums.sort()", "sort\n输入：[3,1,2]\n输出：[1,2,3]"),
        ("def g(b, a): return b - a", "g\nInput: a = 1, b = 3\nOutput: 2"),
        (
            "class Solution:\n    def twoSum(self, nums, target):\n        return [0, 1]",
            "输入：nums = [3,3], target = 6\n输出：[0,1]",
        ),
        ("def f(x): raise KeyError(x)", "f(1) raises LookupError"),
        ("def f(x):\n    print('a', x)", ">>> f(1)\na 1\n"),
        ("def f(x): return {x, 2}", ">>> f(1)\n{2, 1}\n"),
        ("n = int(input())\nprint(n * 2)", "输入：4\n输出：8"),
        ("class S:\n    def pop(self): return 1", ">>> s = S()\n>>> s.pop()\n1\n"),
        ("import os\ndef f(x): return x\nassert f(1) == 1\nassert f(2) == 2", ""),
    ],
)
def test_right_code_is_not_called_wrong(policy: Policy, program: str, question: str) -> None:
    report = judged(policy, program, question)
    assert isinstance(report.verdict, Passed), report.verdict


@pytest.mark.parametrize(
    ("program", "question"),
    [
        ("def f(x): return x / 3", "f(1) -> 0.34"),
        ("def f(x): return 0.3001", "f(1) == 0.3"),
        ("def sort(nums): pass", "sort\n输入：[3,1,2]\n输出：[1,2,3]"),
        ("def f(x): return x", "f(1) raises LookupError"),
        ("def f(x): raise TypeError(x)", "f(1) raises LookupError"),
        ("def f(x): return '1'", ">>> f(1)\n1\n"),
        ("def f(x): return (0, 1)", "f(1) == [0, 1]"),
        ("n = int(input())\nprint(n * 3)", "输入：4\n输出：8"),
        ("def g(x): return x", "f(1) == 1"),
        ("def f(:\n    pass", "f(1) == 1"),
        ("1 / 0", ""),
        ("def f(x): raise PermissionError('denied')", "f(1) == 1"),
        ("def f(x): return x\nassert f(1) == 2", ""),
    ],
)
def test_wrong_code_fails(policy: Policy, program: str, question: str) -> None:
    failed(judged(policy, program, question))


@pytest.mark.parametrize(
    "program",
    [
        "print('passed 1 of 1')\nimport os\nos._exit(0)\ndef f(x): pass",
        "class E:\n    def __eq__(self, other): return True\ndef f(x): return E()",
        "class I(int):\n    def __eq__(self, other): return True\ndef f(x): return I(7)",
        "import builtins, math\nmath.isclose = lambda *a, **k: True\n"
        "def _same(*a): return True\ndef f(x): return 7",
        "class R:\n    def __repr__(self): return '3'\n    __str__ = __repr__\n"
        "    def __eq__(self, other): return True\ndef f(x): return [R()]",
    ],
    ids=["exit", "equal", "subclass", "patched", "repr"],
)
@pytest.mark.parametrize("question", ["f(1) -> 3.0", ">>> f(1) == 3\nTrue"])
def test_no_code_passes_by_a_trick(policy: Policy, program: str, question: str) -> None:
    report = judged(policy, program, question)
    assert not isinstance(report.verdict, Passed)


@pytest.mark.parametrize(
    ("program", "question", "why"),
    [
        ("import no_such_package\ndef f(x): return 3", "f(2) == 3", "no_such_package"),
        ("n = int(input())\ndef f(x): return 3", "f(2) == 3", "reads input"),
        ("def f(x): return x", "", "no test"),
        (
            "import array\ndef f(x): return array.array('i', [x])\n"
            "assert bytes(memoryview(f(1)))[0] == 1",
            "",
            "kept apart",
        ),
        ("def f(x): return open('data.csv').read()", "f(2) == 3", "data.csv"),
        ("print(int(input('n: ')) * 2)", "输入：4\n输出：8", "more besides: n: 8"),
        ("print(len(input()))", "Input: a list of words. Output: the sum of them", "input"),
        ("while True: pass", "", "limit"),
        (
            "import socket\ndef f(x):\n    socket.create_connection(('127.0.0.1', 9))",
            "f(2) == 3",
            "network",
        ),
    ],
)
def test_what_says_nothing_of_the_code_decides_nothing(
    policy: Policy, program: str, question: str, why: str
) -> None:
    code = Code(Language.PYTHON, (SourceFile("solution.py", program),))
    short = dataclasses.replace(QUICK, seconds=1.0)
    verdict = judge(code, Brief(question=question), policy, short).verdict
    assert isinstance(verdict, Undecided), verdict
    assert why in told([verdict.why])


def test_the_users_tests_decide_and_the_models_own_do_not(policy: Policy) -> None:
    mine = "from anything import f\ndef test_f():\n    assert f(1) == 2\n"
    own = "def test_own():\n    assert f(1) == 3\n"
    program = "def f(x): return x + 1"
    report = judged(policy, program, user_tests=mine, model_tests=own)
    assert report.verdict == Passed(1, Origin.USER)
    assert "test_own" in told(report.notes)
    assert failed(judged(policy, program, user_tests=own, model_tests=mine)).by is Origin.USER
    alone = judged(policy, program, model_tests=own)
    assert failed(alone).by is Origin.MODEL


def test_tests_that_cannot_be_used_are_not_passed_over(policy: Policy) -> None:
    code = Code(Language.SHELL, (SourceFile("a.sh", "echo 1"),))
    verdict = judge(code, Brief(user_tests="def test_a(): pass"), policy, QUICK).verdict
    assert isinstance(verdict, Undecided)
    empty = judged(policy, "def f(x): return 3", "f(1) == 3", user_tests="x = 1").verdict
    assert isinstance(empty, Undecided)
    assert "no test" in empty.why.en
    broken = judged(policy, "def f(x): return 3", "f(1) == 3", user_tests="def (").verdict
    assert isinstance(broken, Undecided)


def test_a_models_tests_do_not_test_a_copy_of_their_own(policy: Policy) -> None:
    own = "def f(x):\n    return 3\n\ndef test_f():\n    assert f(1) == 3\n"
    assert failed(judged(policy, "def f(x): return 4", model_tests=own)).failure.gave == "4"


def test_tests_that_are_not_reached_count(policy: Policy) -> None:
    tests = "".join(f"def test_{n}():\n    assert f({n}) == {n}\n" for n in range(3))
    verdict = failed(judged(policy, "import sys\nsys.exit(3)", user_tests=tests))
    assert (verdict.passed, verdict.total) == (0, 3)


def test_nothing_runs_where_nothing_holds_it() -> None:
    loose = Policy(Way.LOOSE, ())
    report = judged(loose, "def f(x): return 3", "f(2) == 3")
    assert isinstance(report.verdict, Undecided)
    assert report.verdict.isolation
    assert report.layers == ()


def test_programs_of_other_languages_are_held_against_input_and_output(policy: Policy) -> None:
    asked = Brief(question="Input: 3 4\nOutput: 7\n\nInput: 1 1\nOutput: 2")
    programs = {
        Language.C: '#include <stdio.h>\nint main(void) { int a, b; scanf("%d %d", &a, &b); '
        'printf("%d\\n", a + b); return 0; }\n',
        Language.SHELL: "read a b\necho $((a + b))\n",
        Language.JAVASCRIPT: "const t = require('fs').readFileSync(0, 'utf8').trim().split(' ')\n"
        "console.log(t.map(Number).reduce((a, b) => a + b))\n",
    }
    for language, program in programs.items():
        code = Code(language, (SourceFile("solution", program),))
        name = {Language.C: "a.c", Language.SHELL: "a.sh", Language.JAVASCRIPT: "a.js"}[language]
        code = dataclasses.replace(code, files=(SourceFile(name, program),))
        right = judge(code, asked, policy, QUICK).verdict
        if isinstance(right, Undecided) and "not installed" in right.why.en:
            continue
        assert right == Passed(2, Origin.QUESTION), (language, right)
        worse = SourceFile(name, program.replace("a + b", "a - b"))
        verdict = failed(judge(dataclasses.replace(code, files=(worse,)), asked, policy, QUICK))
        assert (verdict.failure.gave, verdict.failure.expected) in (("-1", "7"), ("0", "2"))


def test_what_does_not_compile_fails_with_the_compilers_words(policy: Policy) -> None:
    code = Code(Language.C, (SourceFile("a.c", "int main(void) { return x; }\n"),))
    verdict = judge(code, Brief(), policy, QUICK).verdict
    if isinstance(verdict, Undecided):
        pytest.skip("no compiler")
    assert isinstance(verdict, Failed)
    assert "x" in told(list(failure_lines(verdict.failure)))


JS = Language.JAVASCRIPT


@pytest.mark.parametrize(
    ("language", "program", "question", "verdict"),
    [
        (JS, "function f(n) { return [n, 2] }", "f(1) == [1, 2]; f('a') -> ['a', 2]", Passed),
        (JS, "export const f = n => n / 3;", "f(1) -> 0.33", Passed),
        (JS, "const f = n => n + 1", "f(1) == True", Failed),
        (JS, "function f(n) { return n.a.b }", "f(1) == 2", Failed),
        (JS, "function f(n { }", "f(1) == 2", Failed),
        (JS, "console.log('=> 2'); process.exit(0); function f() {}", "f(1) == 3", Undecided),
        (JS, "const x = require('lodash'); function f() {}", "f(1) == 2", Undecided),
        (JS, "document.title = 'x'; function f() {}", "f(1) == 2", Undecided),
        (Language.C, "int add(int a, int b) { return a + b; }\n", "add(1, 2) == 3", Passed),
        (Language.C, "int add(int a) { return b; }\n", "add(1) == 3", Failed),
        (Language.SQL, "select 1;", "", Undecided),
    ],
)
def test_other_languages_are_judged_as_far_as_they_can_be(
    policy: Policy, language: Language, program: str, question: str, verdict: type
) -> None:
    name = {JS: "a.js", Language.C: "a.c", Language.SQL: "a.sql"}[language]
    found = judge(
        Code(language, (SourceFile(name, program),)), Brief(question=question), policy, QUICK
    ).verdict
    if isinstance(found, Undecided) and "not installed" in found.why.en:
        pytest.skip("no tool")
    assert isinstance(found, verdict), found


ADDING = 'if [ $# -lt 2 ]; then echo "usage: add A B" >&2; exit 1; fi\necho $(( $1 + $2 ))\n'


@pytest.mark.parametrize(
    ("program", "shown", "verdict"),
    [
        (ADDING, "$ ./a.sh 3 4\n7", Passed),
        (ADDING, "$ ./a.sh 3 4\n8", Failed),
        (ADDING, "$ ./a.sh\nusage: add A B", Undecided),
        (ADDING, "$ ./a.sh\nusage: add X Y", Failed),
        ('read -p "Who? " n\necho "Hello, $n!"\n', "$ ./a.sh\nWho? Ann\nHello, Ann!", Undecided),
    ],
)
def test_a_terminal_shows_more_than_what_is_printed(
    policy: Policy, program: str, shown: str, verdict: type
) -> None:
    code = Code(Language.SHELL, (SourceFile("a.sh", program),))
    question = f"Write a script. In a terminal:\n\n```console\n{shown}\n```\n"
    found = judge(code, Brief(question=question), policy, QUICK).verdict
    if isinstance(found, Undecided) and "not installed" in found.why.en:
        pytest.skip("no tool")
    assert isinstance(found, verdict), found


def test_examples_that_were_not_run_leave_it_open(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.coding.scripts.MOST_RUN", 1)
    monkeypatch.setattr("assistant.coding.programs.MOST_RUN", 1)
    code = Code(JS, (SourceFile("a.js", "const f = n => n"),))
    found = judge(code, Brief(question="f(1) === 1, f(2) === 3"), policy, QUICK).verdict
    assert isinstance(found, Undecided)
    assert "not installed" in found.why.en or "1 more" in found.why.en.format(*found.why.args)


@pytest.mark.parametrize(
    ("language", "program", "right"),
    [
        (JS, "const f = n => { if (n < 0) throw new TypeError(); return n }", "f(1) === 1"),
        (Language.CPP, "int f(int n) { return n; }\n", "f(1) == 1"),
    ],
)
def test_an_error_of_another_language_leaves_it_open(
    policy: Policy, language: Language, program: str, right: str
) -> None:
    name = {JS: "a.js", Language.CPP: "a.cpp"}[language]
    code = Code(language, (SourceFile(name, program),))
    found = judge(code, Brief(question=f"{right}\nf(-1) raises ValueError."), policy, QUICK)
    if isinstance(found.verdict, Undecided) and "not installed" in found.verdict.why.en:
        pytest.skip("no tool")
    assert isinstance(found.verdict, Undecided)
    assert "f(-1) → ValueError" in found.verdict.why.en.format(*found.verdict.why.args)
    outcomes = {test.name: test.outcome for test in found.tests}
    assert sorted(outcomes.values()) == [TestOutcome.PASSED, TestOutcome.UNJUDGED]
