"""What comes back, what becomes of what was handed over, and numbers without bounds: a right
program passes, a wrong one does not, and what is not plain stays open."""

from __future__ import annotations

import pytest
from judging import judged, verdict

from assistant.coding.judging import judge
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import QUICK, Brief, Code, Failed, Passed, Undecided

PYTHON, SCRIPT, C, SHELL = Language.PYTHON, Language.JAVASCRIPT, Language.C, Language.SHELL
ARROWS = {
    PYTHON: (
        "sort([3, 1, 2]) -> [1, 2, 3]",
        {
            "def sort(a): a.sort()": Undecided,
            "def sort(a): print(sorted(a))": Undecided,
            "def sort(a): return sorted(a)": Passed,
            "def sort(a): sorted(a)": Failed,
            "def sort(a): return a": Failed,
        },
    ),
    SCRIPT: (
        "sort([3, 1, 2]) => [1, 2, 3]",
        {
            "function sort(a) { a.sort(); }": Undecided,
            "function sort(a) { console.log(a.sort()); }": Undecided,
            "function sort(a) { return [...a].sort(); }": Passed,
            "function sort(a) { [...a].sort(); }": Failed,
        },
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("language", ARROWS)
def test_an_arrow_may_lead_to_what_becomes_of_an_argument(
    language: Language, policy: Policy
) -> None:
    question, programs = ARROWS[language]
    for program, kind in programs.items():
        assert isinstance(verdict(policy, language, program + "\n", question), kind), program


@pytest.mark.slow
def test_an_arrow_behind_a_call_that_changes_something_is_left_open(policy: Policy) -> None:
    question = "```python\ns = Stack()\ns.push(1)  # -> [1]\ns.push(2)  # -> [1, 2]\n%s\n```"
    program = (
        "class Stack:\n    def __init__(self): self.items = []\n"
        "    def push(self, item): self.items.append(item)\n"
        "    def pop(self): return self.items.pop()\n"
    )
    first = program.replace("pop()", "pop(0)")
    asked = question % "print(s.pop())  # -> 2"
    assert isinstance(verdict(policy, PYTHON, program, asked), Undecided)
    assert isinstance(verdict(policy, PYTHON, first, asked), Failed)
    gives = program.replace("self.items.append(item)", "self.items.append(item); return self.items")
    assert isinstance(verdict(policy, PYTHON, gives, question % "s.pop()  # -> 2"), Passed)


ACCOUNT = """class Account:
    def __init__(self, held): self.held = held
    def take(self, x):
        if x > self.held: raise ValueError("no")
        self.held -= x
"""


@pytest.mark.parametrize(
    "told",
    ["raises ValueError", "should raise a ValueError.", "抛出 ValueError 异常", "-> ValueError"],
)
def test_an_exception_behind_a_line_is_what_it_raises(told: str, policy: Policy) -> None:
    question = f"```python\na = Account(5)\na.take(2)\nprint(a.held)  # 3\na.take(4)  # {told}\n```"
    assert isinstance(verdict(policy, PYTHON, ACCOUNT, question), Passed)
    wrong = ACCOUNT.replace("ValueError", "KeyError")
    assert isinstance(verdict(policy, PYTHON, wrong, question), Failed)


UNBOUNDED = {
    SCRIPT: (
        "f(0) returns NaN, f(1) returns [-Infinity, 1] and f(Infinity) returns 2",
        "const f = n => n === 0 ? 0 / 0 : n === 1 ? [-1 / 0, 1] : 2;\n",
        ("0 / 0", "null"),
    ),
    PYTHON: (
        "f(0) returns NaN, f(1) == [-math.inf, set()] and f(float('inf')) returns 2",
        "def f(n): return 1e999 - 1e999 if n == 0 else [-1e999, set()] if n == 1 else 2\n",
        ("1e999 - 1e999", "None"),
    ),
    C: (
        "f(0) returns NAN, f(1) returns -INFINITY, f(2) returns 2",
        "float f(int n) { return n == 0 ? 0.0 / 0.0 : n == 1 ? -1 / 0.0 : 2; }\n",
        ("-1 / 0.0", "-3e30"),
    ),
}


@pytest.mark.parametrize("language", UNBOUNDED)
def test_numbers_without_bounds_are_compared(language: Language, policy: Policy) -> None:
    question, program, (right, wrong) = UNBOUNDED[language]
    assert isinstance(verdict(policy, language, program, question), Passed)
    report = judged(policy, program.replace(right, wrong), question, language)
    assert isinstance(report.verdict, Failed)
    assert "float(" not in str(report.verdict.failure) or language is PYTHON


def test_spaces_within_a_line_that_an_example_shows_are_looked_at(policy: Policy) -> None:
    question = "Input:\n```\na  b\n```\nOutput:\n```\n<a  b>\n```"
    program = 'IFS= read -r name\necho "<$name>"\n'
    assert isinstance(verdict(policy, SHELL, program, question), Passed)
    bare = program.replace('"<$name>"', '"<"$name">"')
    assert isinstance(verdict(policy, SHELL, bare, question), Undecided)


@pytest.mark.slow
def test_what_is_undefined_is_no_pass_in_a_conversation_either(policy: Policy) -> None:
    program = (
        "int f(int *a, int n) { int m = 0; for (int i = 0; i <= n; i++) m |= a[i]; return 1; }"
    )
    brief = Brief(question="f([1, 2], 2) returns 1", language=C, whole=False)
    for text, kind in ((program, Failed), (program.replace("<=", "<"), Passed)):
        code = Code(C, (SourceFile("main.c", text + "\n"),))
        assert isinstance(judge(code, brief, policy, QUICK).verdict, kind)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("f(3) returns True; f(1) returns False", Undecided),
        ("f(3) -> True", Undecided),
        ("Write f(n).\nInput: 3\nOutput: True\n", Undecided),
        ("f(3) == True; f(1) == False", Passed),
        ("f(3) returns 1", Passed),
        ("f(1) returns True", Failed),
    ],
)
def test_a_number_is_no_truth_value_where_words_ask_for_one(
    question: str, kind: type, policy: Policy
) -> None:
    program = "def f(n): return 1 if n > 2 else 0\n"
    assert isinstance(verdict(policy, PYTHON, program, question), kind)
