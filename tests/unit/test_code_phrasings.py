"""How people say what a function gives: what must be read as a test, and what must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coding.examples.asked import Claim, Example, Session, examples_in
from assistant.coding.examples.doubts import SIGN, any_order, blanked, order_is_free, plain
from assistant.coding.examples.pairs import Pair

READ = {
    "f(2) == 3": "3",
    "- f(2) == 3": "3",
    "* f(2) == 3": "3",
    "1. f(2) == 3": "3",
    "> f(2) == 3": "3",
    "(e.g. f(2) == 3)": "3",
    "Write f so that f(2) == 3, in Python.": "3",
    "Expected: f(2) == 3": "3",
    "Do not use loops. For instance f(2) returns 3.": "3",
    "Please write f without using recursion, e.g. f(2) = 3": "3",
    "f(2) returns 3.\nDo not use recursion.": "3",
    "f(2) returns 3 because 2 + 1 is 3": "3",
    "`f(2)` gives `[1, 2]`, a list": "[1, 2]",
    "The result of f(2) is 3.": "3",
    "f(2) should return 4 but currently returns 3": "4",
    "f(2) should return 4 instead of 3": "4",
    "My function is wrong: f(2) should return 4": "4",
    "f(2) must be 4, not 3": "4",
    "f(2) should give 1.25": "1.25",
    "f('not') is 'wrong'": "'wrong'",
    "Examples:\nf(2) -> 3\n": "3",
    "f(2) -> 3  # the simplest case": "3",
    "f(2) → -3。": "-3",
    "f(2) returns None (nothing found)": "None",
    "f(2) 返回 -1（未找到）": "-1",
    "Write f that returns the next number, so that f(2) == 3": "3",
    "Write f that returns 3 if n is 2, e.g. f(2) == 3": "3",
    "It returns the next number. f(2) == 3": "3",
    "Now write f with f(2) == 3.": "3",
    "Can you write a function f with f(2) == 3?": "3",
    "Fix it so that f(2) returns 4": "4",
    "修复这个函数，使 f(2) 返回 4：": "4",
    "现在写一个函数，f(2) 返回 3。": "3",
    "如果 n 是偶数就返回 3，例如 f(2) 返回 3。": "3",
    "f(2) 返回 3": "3",
    "f(2) 应该返回 4，但现在返回 3": "4",
    "f(2) 应返回 4，而不是 3": "4",
    "请写一个函数，例如 f(2) 等于 3。": "3",
    "不要使用循环，例如 f(2) 等于 3。": "3",
    "例如：\nf(2) 得到 3": "3",
    "设计一个函数 f，f(2) 的结果为 3。": "3",
    "f(2) 的返回值是 [1, 2]；": "[1, 2]",
    "f(2) 返回 3，因为 2 + 1 = 3": "3",
    "f(2) # => 3": "3",
}

UNREAD = [
    # an operator before the call, or more than one call
    "-f(2) == 3",
    "2 * f(2) == 6",
    "1 - f(2) = 3",
    "x + f(2) == 3",
    "2 f(2) = 6",
    "f(1) + f(2) == 3",
    "the sum of f(1) and f(2) is 3",
    "half of f(2) is 3",
    "twice f(2) is 6",
    "f(1) 和 f(2) 等于 3",
    "g(1) 加 f(2) 等于 3",
    "f(1), f(2) == 3",
    # more behind the value
    "f(2) == 3 + 1",
    "f(2) returns 1,000",
    "f(2) returns 1, 2",
    "f(2) returns 1 and 2",
    "f(2) returns 3 and 'a'",
    "f(2) == 3!",
    "f(2) returns 3:30",
    "f(2) returns 3.5.1",
    "f(2) returns 3-5",
    "f(2) returns 3..5",
    "f(2) returns 3 to 5",
    "f(2) returns 3%",
    "f(2) returns 3 times",
    "f(2) returns 3 with luck",
    "f(2) 返回 3 到 5",
    "f(2) 返回 3 或 4",
    "f(2) 返回 3 次",
    "f(2) 返回 1，2",
    "f(2) 返回 1、2",
    "f(2) == 3 == x",
    "f(2) == 3?",
    # a contrary word in the sentence
    "f(2) returns 3; expected 4",
    "f(2) 返回 3，应为 4",
    "f(2) 的结果是 3，希望是 4",
    "f(2) 得到 3，这有问题",
    "f(2) 返回 3，期望 4",
    "f(2) 返回 3，不对",
    "f(2) 返回 3 吗？",
    "f(2) == 3  # should be 4",
    "f(2) == 3  # wrong",
    "My function gives f(2) = 3, please repair it to be 4",
    "my function f(2) returns 3",
    "我的函数 f(2) 返回 3",
    "f(2) returns 3, I want 4",
    "f(2) == 3, fix it",
    "f(2) returns 3, sometimes 4",
    "f(2) throws TypeError, fix it",
    "f(2) raises ValueError, why?",
    "f(2) raises ValueError or TypeError",
    "f(2) 抛出 ValueError，请修复",
    "f(2) returns 3, hopefully",
    "f(2) == 3 or f(2) == 4",
    "❌ f(2) -> 3",
    "f(2) -> 3 ❌",
    "AssertionError: f(2) == 3",
    "When I call f(2) it returns 3",
    "f(2) == 3 is what I get",
    "f(2) gives 3 right now",
    "f(2) returns 3 (should be 4)",
    "f(2) 竟然返回 3",
    "f(2) = 1 000 000",
    "f(2) = 3i",
    "f(2) = 3/4",
    "f(2) = [1, 2][0]",
    "f(2) = 'a' 'b'",
    "f(2)! = 6",
    "f(2) is about 3",
    "abs f(2) == 3",
    "In math, let f(2) = 3. Write code to double",
    "Suppose f(2) = 3",
    "设 f(2) = 3，求 f(4)",
    "已知 f(2) = 3",
    "I think f(2) == 3",
    "explain f(2) == 3",
    "why f(2) should return 3",
    "f(2) should return 3, that is wrong",
    "f(2) should return 3? No",
    "I don't think f(2) should return 3",
    "Can you explain why f(2) == 3?",
    "Now f(2) == 3",
    "it returns f(2) = 3",
    "wrong, e.g. f(2) == 3",
    "This is broken, for example f(2) == 3",
    "这个函数有错，例如 f(2) 返回 3",
    "能写一个 f(2) 返回 3 的函数吗？",
    # in the next, the one before, or the head
    "f(2) returns 3. Expected 4.",
    "f(2) returns 3. It should return 4.",
    "f(2) returns 3. That's wrong.",
    "f(2) gives 3. 4 is right.",
    "f(2) gives 3\nThe right answer is 4",
    "f(2) 返回 3\n正确答案是 4",
    "f(2) returns 3, which\nis wrong",
    "f(2) == 3\n\nExpected: 4",
    "f(2) 返回 3。应该返回 4。",
    "f(2) 返回 3。这是错的。",
    "I get the wrong output. f(2) == 3",
    "My code is broken.\nf(2) == 3",
    "我的代码有问题。f(2) 等于 3",
    "Currently:\nf(2) -> 3\n",
    "This is the wrong output:\n\n```\nf(2) -> 3\n```",
    "This is my bug:\nassert f(2) == 3",
    "This is my bug:\nassert f(2) == 3\nassert f(3) == 4",
    "assert f(2) == 3  # should be 4",
    "assert f(2) == 3\nbut it should be 4",
    "Input: 2\nOutput: 3\nExpected: 4",
    "输入：2\n输出：3\n应为：4",
    "Wrong output:\nInput: 2\nOutput: 3",
    "Input: 2\nOutput: 3 (wrong)",
    "I get this wrong output:\n>>> f(2)\n3\n",
    ">>> f(2)\n3\nExpected: 4",
    ">>> f(2)\n3\n\nExpected: 4",
    "Currently:\n>>> f(2)\n3\n",
    "目前：\n>>> f(2)\n3\n",
    ">>> f(2)  # doctest: +SKIP\n3\n",
    ">>> f(2)\n...",
    ">>> f(2)\n",
    # of something else
    "Old version: f(2) -> 3",
    "The naive version gives f(2) == 3.",
    "旧版本中 f(2) 返回 3。",
    "反例：f(2) == 3",
    "运行结果：f(2) 返回 3",
    "f(1,000) == 3",
    # two that contradict each other
    "f(2) == 3, and f(2) == 4",
    "f(2) -> 3\nf(2) -> 4",
]


@pytest.mark.parametrize("text", READ)
def test_what_is_plainly_claimed_is_read(text: str) -> None:
    (example,) = examples_in(text)
    assert isinstance(example, Example)
    assert (example.call.startswith("f("), example.wanted) == (True, READ[text])


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_in_doubt_is_no_test(text: str) -> None:
    assert examples_in(text) == ()


@pytest.mark.parametrize("text", READ)
@pytest.mark.parametrize(
    "more",
    [
        ", which is wrong",
        "; expected 9",
        "，应为 9",
        "，这不对",
        ". It should be 9.",
        "。应该是 9。",
    ],
)
def test_any_claim_can_be_taken_back(text: str, more: str) -> None:
    firm = any(word in text for word in ("should", "must", "应", "so that", "使"))
    if not firm and "\nDo not" not in text:
        assert not examples_in(text.rstrip(".。；\n") + more)


def test_of_two_claims_the_one_that_says_what_should_be_is_read() -> None:
    found = examples_in("f(2) == 3 is printed. f(2) should return 4.")
    assert [(e.wanted) for e in found if isinstance(e, Example)] == ["4"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("f(1) is 2 and f(2) is 3", ["2", "3"]),
        ("f(1) == 2\nf(2) == 3\nRuns in O(n).", ["2", "3"]),
        ("f(1) 返回 2，f(2) 返回 3。", ["2", "3"]),
        ("f(1) should return 2, f(2) should return 3", ["2", "3"]),
        ("f(1) == 2, and\nf(2) == 3", ["2", "3"]),
        ("f(-1) raises ValueError if it is negative; f(2) raises TypeError.",
         ["ValueError", "TypeError"]),
        ("f(-1) 应抛出 ValueError（负数）。", ["ValueError"]),
    ],
)  # fmt: skip
def test_several_are_read(text: str, wanted: list[str]) -> None:
    assert [e.wanted for e in examples_in(text) if isinstance(e, Example)] == wanted


def test_what_is_printed_is_told_apart() -> None:
    for text in ('f("Bob") outputs "Hello"', 'f("Bob") 输出 "Hello"', "f(1) should print 'Hello'"):
        (example,) = examples_in(text)
        assert isinstance(example, Example)
        assert example.printed
    (example,) = examples_in("f(2) 的返回值是 3")
    assert isinstance(example, Example)
    assert not example.printed


def test_examples_of_other_kinds_are_still_read() -> None:
    assert examples_in("For example:\n>>> f(2)\n3\n") == (Session((("f(2)\n", "3\n", ""),)),)
    assert examples_in("Input: 2\nOutput: 3\nExplanation: 2 + 1, but not more.") == (
        Pair("2", "3", inline=True),
    )
    assert examples_in("输入：2\n预期输出：3") == (Pair("2", "3", inline=True),)
    assert examples_in("It must hold that\nassert f(2) == 3") == (Claim("assert f(2) == 3"),)
    (session,) = examples_in(">>> s = S()\n>>> s.push(1)\n>>> s.pop()\n1\n")
    assert isinstance(session, Session)


@pytest.mark.parametrize(
    ("question", "allowed", "free"),
    [
        ("You can return the answer in any order.", True, True),
        ("你可以按任意顺序返回答案。", True, True),
        ("答案的顺序不限。", True, True),
        ("The order of the output does not matter.", True, True),
        ("The input may be in any order; return the sorted list.", True, False),
        ("The input may come in any order.", True, False),
        ("返回升序排序的列表，输入可以按任意顺序给出。", True, False),
        ("Return the answer in order.", False, False),
        ("", False, False),
    ],
)
def test_a_free_order_is_read(question: str, allowed: bool, free: bool) -> None:
    assert any_order(question) is allowed
    assert order_is_free(question) is free


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 40))
def test_no_text_breaks_the_look_around(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    masked = blanked(text, [(start, end)])
    assert len(masked) == len(text)
    assert masked[start:end] == SIGN * (end - start)
    assert plain(masked, start, end) in (True, False)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "f(2) == 3 " * 20_000,
        "f(2) == 3\n" * 20_000,
        "assert f(2) == 3\n" * 10_000,
        ">>> f(2)\n3\n\n" * 10_000,
        "Input: 2\nOutput: 3\n" * 10_000,
        "not " * 50_000 + "f(2) == 3",
        "(" * 50_000 + "f(2) == 3",
    ],
    ids=["line", "lines", "asserts", "sessions", "pairs", "words", "brackets"],
)
def test_a_large_question_is_read_soon(text: str) -> None:
    assert len(examples_in(text)) <= 1


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("Write add(a, b), add(1, 2) == 3", ["add(1, 2)"]),
        ("写一个函数 add(a, b)，add(1, 2) 返回 3", ["add(1, 2)"]),
        ("f(1), f(2) == 3", []),
        ("f(True), f(False) == 3", []),
        ("g(f(x), f(2)) == 3", []),
    ],
)
def test_what_only_names_its_parameters_is_no_call_before_another(
    text: str, calls: list[str]
) -> None:
    assert [example.call for example in examples_in(text) if isinstance(example, Example)] == calls


@pytest.mark.parametrize(
    "text",
    [
        "self.assertEqual(f(2), 4)",
        "EXPECT_EQ(f(2), 4);",
        "assert.strictEqual(f(2), 4);",
        "expect(f(2)).toBe(4);",
        "expect( f(2) ).toEqual( 4 )",
    ],
)
def test_what_a_framework_of_tests_compares_is_an_example(text: str) -> None:
    assert list(examples_in(text)) == [Example("f(2)", "4")]


@pytest.mark.parametrize(
    "text",
    [
        "expect(f(2)).not.toBe(4)",
        "expect(f(2)).toBe(4 + x)",
        "self.assertNotEqual(f(2), 4)",
        "self.assertEqual(f(2), 4, msg)",
        "My test self.assertEqual(f(2), 4) is wrong.",
    ],
)
def test_what_a_framework_does_not_compare_is_none(text: str) -> None:
    assert examples_in(text) == ()


@pytest.mark.parametrize("text", ["f(2) ➞ 4", "f(2) ---> 4", "f(2) ⟹ 4", "调用 f(2)，返回 4"])
def test_arrows_of_every_kind_and_a_comma_before_the_verb(text: str) -> None:
    points = "返回" not in text
    assert list(examples_in(text)) == [Example("f(2)", "4", loose=True, points=points)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("f(2) returns float('inf')", "float('inf')"),
        ("f(2) == set(), f(3) == {1}", "set()"),
        ("f(2) -> range(3).", "range(3)"),
        ("f(2) 返回 -float('inf')。", "-float('inf')"),
    ],
)
def test_values_that_are_made_are_values(text: str, wanted: str) -> None:
    assert examples_in(text)[0] == Example(
        "f(2)", wanted, loose="==" not in text, points="->" in text
    )


@pytest.mark.parametrize("text", ["f(2) returns list(x)", "f(2) returns int(3", "f(2) is set(of)"])
def test_what_is_made_of_names_is_no_value(text: str) -> None:
    assert examples_in(text) == ()
