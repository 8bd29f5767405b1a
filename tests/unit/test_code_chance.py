"""What is not the same each time: an example of it is only one result of several."""

from __future__ import annotations

import shutil

import confined
import pytest

from assistant.coding.examples.chance import varies
from assistant.coding.judging import judge
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import QUICK, Brief, Code, CodeVerdict, Failed, Passed, Undecided

PICKS = (
    "import random\ndef random_list(n):\n    return [random.randint(10, 19) for _ in range(n)]\n"
)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return confined.policy()


def verdict(policy: Policy, language: Language, program: str, question: str) -> CodeVerdict:
    name = "a.py" if language is Language.PYTHON else "a.js"
    code = Code(language, (SourceFile(name, program),))
    return judge(code, Brief(question=question), policy, QUICK).verdict


@pytest.mark.parametrize(
    ("program", "question", "expected"),
    [
        (PICKS, "random_list(3) → [5, 1, 9]", Undecided),
        (PICKS, "随机列表：random_list(0) 返回 []", Passed),
        (PICKS, "random_list('x') → [5, 1, 9]", Failed),  # an exception is none of chance
        ("import datetime\ndef today(): return str(datetime.date.today())",
         "today() → '2001-01-01'", Undecided),
        ("import secrets\ndef made(n): return secrets.token_hex(n)",
         "Make a password: made(2) → 'ab3d'", Undecided),
        ("import datetime\ndef age(born): return datetime.date.today().year - born",
         "age(2000) == 999", Undecided),
        ("import datetime\ndef age(born): return datetime.date.today() - born",
         "年龄：age(2000) == 24", Failed),
        ("import random\ndef sort(a): return random.sample(a, 2)", "sort([2, 1]) → [0, 1]", Failed),
    ],
)  # fmt: skip
def test_another_result_of_chance_decides_nothing(
    policy: Policy, program: str, question: str, expected: type[CodeVerdict]
) -> None:
    assert isinstance(verdict(policy, Language.PYTHON, program, question), expected)


def test_it_is_so_in_javascript_too(policy: Policy) -> None:
    if shutil.which("node") is None:
        pytest.skip("Node is not installed here")
    program = "const rollDice = () => 10 + Math.floor(Math.random() * 6);"
    found = verdict(policy, Language.JAVASCRIPT, program, "rollDice() => 4")
    assert isinstance(found, Undecided)


@pytest.mark.parametrize(
    ("program", "question"),
    [
        ("import random\nrandom.seed(3)", "a random number"),
        ("def f(): return 4", "a random number, chosen by a fair roll of dice"),
        ("import random", "sort the list"),
        ("int f(void) { srand(7); return rand(); }", "a random number"),
    ],
)
def test_what_does_not_vary(program: str, question: str) -> None:
    assert not varies(program, question)
