"""What goes in and what comes out: read under headings, in fences and in sentences."""

from __future__ import annotations

import time

import confined
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coding.examples.named import named_in
from assistant.coding.examples.pairs import Pair, pairs_in
from assistant.coding.judging import judge
from assistant.coding.programs import holds
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import QUICK, Brief, Code, Failed, Passed, Undecided

PROGRAM = "n = int(input())\nprint(n * n)\n"
SQUARE = "def square(n): return n * n\n"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return confined.policy()


@pytest.mark.parametrize(
    ("text", "given", "wanted"),
    [
        ("It returns 25 for input 5.", "5", "25"),
        ("square returns 25 for 5", "5", "25"),
        ("It should return `5` for inputs `2` and `3`.", "2, 3", "5"),
        ("For input [1, 2] the output should be 3", "[1, 2]", "3"),
        ("If the input is 5, the output is 25.", "5", "25"),
        ("When given 5, it should return 25.", "5", "25"),
        ("Given 2, 3 it returns 5.", "2, 3", "5"),
        ("For 7 it should return True.", "7", "True"),
        ("对于 [] 返回 0。", "[]", "0"),
        ("例如 'ab' 应返回 'ba'。", "'ab'", "'ba'"),
        ("输入 5，输出 25。", "5", "25"),
        ("当输入为 3 时返回 9。", "3", "9"),
        ("例如输入 [1, 2]，应输出 3。", "[1, 2]", "3"),
        ("输入 2 和 3 时返回 5。", "2, 3", "5"),
    ],
)
def test_a_sentence_tells_what_goes_in_and_comes_out(text: str, given: str, wanted: str) -> None:
    assert list(pairs_in(text)) == [Pair(given, wanted, inline=True, spoken=True)]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("nums = [3, 1], k = 1 → [3]", [("nums = [3, 1], k = 1", "[3]")]),
        ("- `a = 1, b = 2` → `3`\n- `a = 0, b = 0` => `0`",
         [("a = 1, b = 2", "3"), ("a = 0, b = 0", "0")]),
        ("It is asked for f(n), which for n=3 returns [3] and for n=0 returns [].",
         [("n = 3", "[3]"), ("n = 0", "[]")]),
        ("当 n = 3 时返回 6，n = 0 时返回 0。", [("n = 3", "6"), ("n = 0", "0")]),
        ("With k = 2 and s = 'a', the output should be 'aa'.", [("k = 2, s = 'a'", "'aa'")]),
        ("n = 0 → 1, n = 1 → 2", [("n = 0", "1"), ("n = 1", "2")]),
        ("n = 3 → 5 calls", []),
        ("n = 6 → 3 → 10", []),
        ("x = y = 3 → 4", []),
        ("2 * n = 3 → 4", []),
        ("f(x=3, y = 2 → 4", []),
        ("set x = 3 -> x = 4", []),
        ("If n = 3, it returns 4 but should return 5", []),
        ("My code, for n = 3, returns 4", []),
        ("n = 3 → 1,000", []),
        ("price = 3 returns 6 USD", []),
        (" and ".join(f"x{i} = {i}" for i in range(3000)) + " → 5", []),
    ],
)  # fmt: skip
def test_an_example_may_name_what_goes_in(text: str, pairs: list[tuple[str, str]]) -> None:
    found = list(named_in(text))
    assert [(pair.given, pair.wanted) for pair in found] == pairs
    assert all(pair.exact for pair in found)


@pytest.mark.parametrize(
    ("program", "kind"),
    [
        ("def cut(nums, k): return nums[:k]", Passed),
        ("def cut(k, nums): return nums[:k]", Passed),
        ("def cut(nums, k): return nums[k:]", Failed),
        ("def cut(xs, k): return xs[k:]", Undecided),
        ("def cut(k): return 0", Undecided),
        ("k = int(input())\nprint(k)", Undecided),
    ],
)
def test_only_a_function_with_these_names_is_asked(
    program: str, kind: type, policy: Policy
) -> None:
    code = Code(Language.PYTHON, (SourceFile("solution.py", program),))
    brief = Brief(question="Take the first k.\n\nnums = [3, 1, 2], k = 2 → [3, 1]")
    assert isinstance(judge(code, brief, policy, QUICK).verdict, kind)


@given(st.text(alphabet="ab=1 ,→>-[]'`.时返回\n", max_size=40))
def test_any_text_is_read(text: str) -> None:
    for pair in named_in(text):
        assert pair.exact


def test_several_are_told_in_one_sentence() -> None:
    found = pairs_in("It returns True for 'a' and False for 'b', and 0 for 1 and 2.")
    assert [(pair.given, pair.wanted) for pair in found] == [
        ("'a'", "True"), ("'b'", "False"), ("1, 2", "0"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "For 7 it should return True, for 8 False, and for 1 False.",
            [("7", "True"), ("8", "False"), ("1", "False")],
        ),
        ("For 7 it returns True, for 8 and 9 False.", [("7", "True")]),
        ("例如 'Aa' 应返回 True，'hello' 返回 False。", [("'Aa'", "True"), ("'hello'", "False")]),
    ],
)
def test_the_verb_may_be_told_once(text: str, pairs: list[tuple[str, str]]) -> None:
    assert [(pair.given, pair.wanted) for pair in pairs_in(text)] == pairs


@pytest.mark.parametrize(
    ("text", "given", "wanted"),
    [
        ("Example:\nInput: 3\n1 2 4\nOutput: 2.33", "3\n1 2 4", "2.33"),
        ("**Input:** 3\n1 2 3\n**Output:** YES\n\nExplanation: so", "3\n1 2 3", "YES"),
        ("Sample Input 1: 3\n1 2 3\nSample Output 1: 6", "3\n1 2 3", "6"),
        ("Input: 3\nOutput: 1\n2\n3\nPrint them.", "3", "1\n2\n3"),
        ("输入：2\n1 1\n输出：是\n解释：两数相等", "2\n1 1", "是"),
    ],
)
def test_data_begins_behind_its_heading(text: str, given: str, wanted: str) -> None:
    assert list(pairs_in(text)) == [Pair(f"{given}\n", f"{wanted}\n", inline=True)]


def test_each_output_ends_before_the_next_input() -> None:
    text = "Input: 3\n4\nOutput: 7\nInput: 1\n2\nOutput: 3\n4\n\nInput:\n5\nOutput:\n\nInput:\n6"
    pairs = [(pair.given, pair.wanted) for pair in pairs_in(text)]
    assert pairs == [("3\n4\n", "7\n"), ("1\n2\n", "3\n4\n")]


@pytest.mark.parametrize(
    "text",
    [
        "Input: n numbers\n1 2\nOutput: 3",
        "Input: 3\n1 2 4\nOutput: the average",
        "Input: 3\n1 2 4\nOutput: Sum",
        "Input: 3\n1 2 3\nOutput: 6\nbut it should be 7",
        "A ticket for 2 is 30. Write cost(n).",
        "My code for 7 returns False.",
        "For 7 it returns 3 but should return 4.",
        "It loops for 3 times.",
        "For 5 or more it returns 3.",
        "It returns 25 for 5 and 0 for zero.",
        "It returns 25 for 5 and 0 for 0 or 1.",
        "My function returns 3 for input 2.",
        "It returns 3 for input 2, but it should be 4.",
        "Does it return 3 for input 2?",
        "为什么输入 2 时返回 3？",
        "输入 2 时返回 3，不对。",
        "It returns 0 for invalid input.",
        "It returns 1 for input 2 or 3.",
        "It prints 5 for 3 seconds.",
        "It gives 10 for 5 people",
        "Given 5 apples, it returns 3.",
        "Input Format\nOne number.\nOutput Format\nOne number.",
        "Input\nThe first line holds n.\nOutput\nIts square.",
        "Input\nn\nOutput\nsquare",
        "Sample Input\n\nThere are two numbers:\n3 4\n\nSample Output\n\n7",
        "样例输入\n一行，两个整数。\n样例输出\n它们的和。",
    ],
)
def test_what_is_no_example_in_a_sentence(text: str) -> None:
    assert not list(pairs_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "Sample Input 1\n\n3\n1 2 3\n\nSample Output 1\n\n6\n\nIt is their sum.",
        "样例输入：\n3\n1 2 3\n样例输出：\n6\n\n说明：求和。",
        "输入描述\n若干整数\n样例输入\n3\n1 2 3\n样例输出\n6\n提示\n无",
        "Sample Input\n3\n1 2 3\nSample Output\n6\nExplanation: their sum",
        "### Input\n3\n1 2 3\n### Output\n6",
        "输入样例：\n```\n3\n1 2 3\n```\n输出样例：\n```\n6\n```",
    ],
)
def test_data_stands_below_a_heading(text: str) -> None:
    assert list(pairs_in(text)) == [Pair("3\n1 2 3\n", "6\n")]


@pytest.mark.parametrize(
    ("program", "question", "verdict"),
    [
        (PROGRAM, "输入 5，输出 25。", Passed),
        (PROGRAM.replace("*", "+"), "输入 5，输出 25。", Failed),
        (PROGRAM, "Sample Input\n4\nSample Output\n16", Passed),
        (PROGRAM.replace("*", "+"), "Sample Input\n4\nSample Output\n16", Failed),
        ("print(input()[::-1])", "It prints 'cba' for the input 'abc'.", Passed),
        ("print(input())", "It prints 'cba' for the input 'abc'.", Failed),
        (PROGRAM, "Input: n\nOutput: n squared", Undecided),
        (PROGRAM, "输入：一个整数\n输出：平方", Undecided),
        (PROGRAM, "Input: 3\nOutput: 9 (that is 3 * 3)", Passed),
        (PROGRAM.replace("*", "+"), "输入：3\n输出：9（3 的平方）", Failed),
        (
            "print('even' if int(input()) % 2 else 'odd')",
            "Input: 4\nOutput: even (4 = 2 * 2)",
            Undecided,
        ),
        (PROGRAM, "Input: 3, 4\nOutput: 9, 16", Undecided),
        (PROGRAM, "Input:\n```\nn\n```\nOutput:\n```\nn*n\n```", Undecided),
        (PROGRAM, "Input:\n```\n3\n```\nOutput:\n```\n9  # 3 * 3\n```", Undecided),
        ("print(sum(map(int, input().split(','))))", "Input: 3, 4\nOutput: 8", Failed),
        (PROGRAM, "输入：n=3\n输出：n²=9", Undecided),
        (SQUARE, "Input: n = 3\nOutput: 9  // 3 * 3", Passed),
        (PROGRAM, "输入 5 和 6，输出 25。", Undecided),
        (SQUARE, "It returns 25 for input 5.", Passed),
        (SQUARE, "It returns 24 for input 5.", Failed),
        (SQUARE, "It returns 5 for inputs 2 and 3.", Undecided),
    ],
)
def test_pairs_decide(policy: Policy, program: str, question: str, verdict: type) -> None:
    code = Code(Language.PYTHON, (SourceFile("a.py", program),))
    found = judge(code, Brief(question=question), policy, QUICK).verdict
    assert isinstance(found, verdict), found


@pytest.mark.parametrize(
    ("program", "question", "verdict"),
    [
        ("const add = (a, b) => a + b", "It returns 5 for inputs 2 and 3.", Passed),
        ("function add(a, b) { return a * b }", "输入：b = 3, a = 2\n输出：5", Failed),
        ("var less = function(a, b) { return a - b }", "Input: b = 3, a = 2\nOutput: -1", Passed),
        ("const sq = x => x * x; const cube = x => x * sq(x)", "输入 3 时返回 9。", Undecided),
        ("const sq = x => x * x; const cube = x => x * sq(x)", "sq：输入 3 时返回 9。", Passed),
        ("function f(a) { a.reverse() }", "Input: [1, 2]\nOutput: [2, 1]", Undecided),
        ("function f(a) { }", "Input: 1\nOutput: 2", Failed),
        ("export function sq(x) { return x + x }", "For input 3 it returns 9.", Failed),
    ],
)
def test_pairs_are_of_the_only_function_of_a_script(
    policy: Policy, program: str, question: str, verdict: type
) -> None:
    code = Code(Language.JAVASCRIPT, (SourceFile("a.js", program),))
    found = judge(code, Brief(question=question), policy, QUICK).verdict
    if isinstance(found, Undecided) and "not installed" in found.why.en:
        pytest.skip("no tool")
    assert isinstance(found, verdict), found


def test_what_is_told_again_and_again_is_read_at_once() -> None:
    start = time.process_time()
    (found,) = {*pairs_in("for 7 it returns True, " * 2000 + "for 7 it returns True.")}
    assert found.given == "7"
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("printed", "wanted", "held"),
    [
        ("答案是5。", "5", True),
        ("it is  1\n2 !", "1 2", True),
        ("15 5.1 a5 -5", "5", False),
        ("5.1 5.", "5", True),
        ("", "", False),
        ("1 " * 30_000 + "2", "1 " * 3000 + "3", False),
        ("a" * 200_000, "a" * 2000, False),
    ],
)
def test_what_is_wanted_is_found_among_other_words(printed: str, wanted: str, held: bool) -> None:
    start = time.process_time()
    assert holds(printed, wanted) is held
    assert time.process_time() - start < 0.5


STARS = "*\n**\n***"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Input:\n3\nOutput:\n{STARS}", [Pair("3", STARS)]),
        (f"输入：\n3\n输出：\n{STARS}\n\n说明：三角形", [Pair("3", STARS)]),
        ("Input: 3\nOutput: *\n**\n***\nNote: a triangle", [Pair("3", STARS)]),
        (f"样例输入：3\n样例输出：{STARS}", [Pair("3", STARS)]),
        ("Input: 2\nOutput: a\nb", [Pair("2", "a\nb", inline=True)]),
        ("Input: 3\nOutput: Fizz\nWrite a program.", [Pair("3", "Fizz", inline=True)]),
        ("Input: [3, 1]\nOutput: [1, 3]\nsort it", [Pair("[3, 1]", "[1, 3]", inline=True)]),
    ],
)
def test_an_output_of_several_lines_is_taken_whole(text: str, found: list[Pair]) -> None:
    assert list(pairs_in(text)) == found
