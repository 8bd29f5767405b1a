"""Examples in questions: what is a test, and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coding.examples.asked import Claim, Example, Session, examples_in
from assistant.coding.examples.pairs import Pair
from assistant.coding.examples.testfiles import from_examples
from assistant.coding.naming import parses
from assistant.coding.parting import part


@pytest.mark.parametrize(
    ("text", "call", "wanted"),
    [
        ("two_sum([2,7,11,15], 9) == [0,1]", "two_sum([2,7,11,15], 9)", "[0,1]"),
        ("f(2) -> 3", "f(2)", "3"),
        ("f(2) → 3.", "f(2)", "3"),
        ("For example, f(2) == 3", "f(2)", "3"),
        ("例如 f(2) == 3", "f(2)", "3"),
        ("`f(2)` returns `3`.", "f(2)", "3"),
        ("f('a(b') should return 'x, y' for it", "f('a(b')", "'x, y'"),
        ("`f(2)` should return 4 but returns 3", "f(2)", "4"),
        ("f(2) 返回 3。", "f(2)", "3"),
        ("f(2) 应返回 [1, 2]，", "f(2)", "[1, 2]"),
        ("f(2) 的结果是 -1.5", "f(2)", "-1.5"),
        ("print(f(2))  # 3", "f(2)", "3"),
        ("f(f(2)) = {'a': None}", "f(f(2))", "{'a': None}"),
        ("f(set()) is True", "f(set())", "True"),
        ("is_prime(7) returns True, and more", "is_prime(7)", "True"),
    ],
)
def test_a_plain_claim_is_a_test(text: str, call: str, wanted: str) -> None:
    assert [(e.call, e.wanted) for e in examples_in(text) if isinstance(e, Example)] == [
        (call, wanted)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "f(2) returns 3 instead of 4",
        "why is f(2) == 3?",
        "f(2) returns 3, which is wrong",
        "f(2) 却返回 3",
        "为什么 f(2) 返回 3？",
        "f(2) == 3 * 4",
        "f(2) returns 3 or 4",
        "f(2) returns 3 items",
        "f(x) == 3",
        "f(2) == g(3)",
        "print(2) == 3",
        "def f(2) -> 3",
        "f(2)\n= 3",
        "f(__import__('os').system('ls')) == 0",
        "f(2) == __import__('os')",
        "f(2 == 3",
        "if f(2) == 3:",
        "    return f(2) == 3",
        "x = f(2) == 3",
        "I get:\nf(2) -> 3\n",
        "f(2) -> 3\nbut it should be 4",
        "目前的结果：\nf(2) 返回 3",
        "",
    ],
)
def test_what_is_not_plainly_claimed_is_none(text: str) -> None:
    assert not examples_in(text)


def test_several_claims_on_a_line() -> None:
    found = examples_in("Write fib(n): fib(10) should return 55, fib(0) is 0.")
    assert [e.call for e in found if isinstance(e, Example)] == ["fib(10)", "fib(0)"]


def test_what_is_raised() -> None:
    assert examples_in("divide(1, 0) raises ZeroDivisionError; f(2) 应抛出 ValueError") == (
        Example("divide(1, 0)", "ZeroDivisionError", raises=True),
        Example("f(2)", "ValueError", raises=True),
    )


def test_input_and_output() -> None:
    assert examples_in("输入：nums = [3,3], target = 6\n输出：[0,1]") == (
        Pair("nums = [3,3], target = 6", "[0,1]", inline=True),
    )
    assert examples_in("Input:\n```\n3 4\n```\nOutput:\n```\n7\n```") == (Pair("3 4\n", "7\n"),)


def test_doctests_and_assertions() -> None:
    assert examples_in('def f(x):\n    """It.\n\n    >>> f(2)\n    3\n    """\n') == (
        Session((("f(2)\n", "3\n", ""),)),
    )
    assert examples_in(">>> f(2)\n3\n\nand\n>>> f(3)\n4\n") == (
        Session((("f(2)\n", "3\n", ""),)),
        Session((("f(3)\n", "4\n", ""),)),
    )
    (session,) = examples_in("```python\n>>> s = S()\n>>> s.pop()\n1\n```")
    assert isinstance(session, Session)
    assert len(session.lines) == 2
    assert examples_in("assert f(1) == 2\nassert True") == (Claim("assert f(1) == 2"),)


@given(
    st.text(alphabet="f(2)=3'\"[]{},.->:#\n \\输入出：返回assert>x1", max_size=120),
    st.text(max_size=40),
)
def test_whatever_is_asked_the_tests_are_python(question: str, more: str) -> None:
    made = from_examples(examples_in(question + more), "def f(x): return x", question)
    assert parses(made.text)
    assert set(made.cases) <= set(made.text.replace("(", " ").split())


def test_assertions_are_parted_from_the_code_line_by_line() -> None:
    source = (
        "import math\ndef f(x):\n    return math.sqrt(x)\n\n"
        "assert math.isclose(f(4), 2)\nassert f(9) == (\n    3)\n"
    )
    parted = part(source)
    assert parted.code == "import math\ndef f(x):\n    return math.sqrt(x)\n\n\n\n\n"
    assert parted.tests.split("\n")[0] == "import math"
    assert parted.tests.split("\n")[4] == "def test_line_5(): assert math.isclose(f(4), 2)"
    assert parses(parted.tests)


@pytest.mark.parametrize(
    "source",
    [
        "def f(x): return x\nprint(f(2))\n",
        "x = 1; assert x\n",
        "def f(): return CACHE\nCACHE = {}\nassert f() == {}\n",
        "def f(): pass\nn = int(input())\nassert f() is None\n",
        "assert f(",
        "items = []\ndef add(x): items.append(x)\nadd(1)\nassert items == [1]\n",
        "x = []\nassert not x\nx.append(1)\ndef f(): return x\nassert f() == [1]\n",
    ],
    ids=["no test", "shared line", "bound", "input", "no python", "changing", "order"],
)
def test_what_cannot_be_parted_stays_whole(source: str) -> None:
    assert part(source).code == source


def test_tests_go_with_what_starts_them() -> None:
    source = (
        "import unittest\ndef f(): return 1\n\nclass TestF(unittest.TestCase):\n"
        "    def test_f(self):\n        self.assertEqual(f(), 1)\n\n"
        "if __name__ == '__main__':\n    unittest.main()\n"
    )
    parted = part(source)
    assert "TestF" not in parted.code
    assert "unittest.main" not in parted.code + parted.tests
    assert "import unittest" in parted.tests


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("调用求和(1, 2) == 3", ["求和(1, 2)"]),
        ("调用f求和(1) == 3，求f(2) == 4", ["f求和(1)", "f(2)"]),
        ("对于f (2) == 4", ["f (2)"]),
        ("x.f(2) == 4，和(2) == 4", []),
    ],
)
def test_names_of_other_letters_are_told_from_the_words_before_them(
    text: str, calls: list[str]
) -> None:
    own = ("求和", "f求和")
    assert [e.call for e in examples_in(text, own) if isinstance(e, Example)] == calls


def test_thousands_of_names_cost_no_more_than_one() -> None:
    names = [f"求和{n}" for n in range(8000)]
    start = time.process_time()
    (found,) = examples_in("求和" * 10_000 + "，求和17(2) == 4", names)
    assert isinstance(found, Example)
    assert found.call == "求和17(2)"
    assert time.process_time() - start < 3
