"""Examples of several steps, layouts and colons: a right program passes, a wrong one does not."""

from __future__ import annotations

import pytest
from judging import judged, verdict

from assistant.coding.examples.asked import Example, examples_in
from assistant.coding.examples.chance import SEVERAL, other_values
from assistant.coding.judging import testable as has_tests
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import Brief, Code, Failed, Passed, Undecided

PYTHON, SCRIPT, C = Language.PYTHON, Language.JAVASCRIPT, Language.C
STACK = """class Stack:
    def __init__(self):
        self.items = []
    def push(self, item):
        self.items.append(item)
    def pop(self):
        return self.items.pop()
    def peek(self):
        return self.items[-1]
"""
QUEUE = STACK.replace(".pop()", ".pop(0)")
STEPS = [
    "```python\ns = Stack()\ns.push(1)\ns.push(2)\nassert s.pop() == 2\nassert s.peek() == 1\n```",
    "写一个栈：\n```python\ns = Stack()\ns.push(1)\ns.push(2)\nprint(s.pop())  # 输出 2\n```",
    "```\ns = Stack()\ns.push(1)\ns.push(2)\ns.pop()  # => 2\ns.peek()  # returns 1\n```",
    "```py\nfrom stack import Stack\ns = Stack()\nfor i in range(3):\n    s.push(i)\n"
    "print(s.pop())  # 2 (LIFO)\n```",
    's = Stack()\ns.push("a")\ns.push("b")\nassert s.pop() == "b"',
    'Input:\n["Stack", "push", "push", "pop", "peek"]\n[[], [1], [2], [], []]\n'
    "Output:\n[null, null, null, 2, 1]",
    '**输入**\n```\n["Stack","push","push","pop"]\n[[],[1],[2],[]]\n```\n'
    "**输出**\n```\n[null,null,null,2]\n```",
]


@pytest.mark.parametrize("example", STEPS)
def test_the_steps_of_an_example_follow_each_other(example: str, policy: Policy) -> None:
    question = f"Implement a stack.\n{example}"
    assert isinstance(verdict(policy, PYTHON, STACK, question), Passed)
    assert isinstance(verdict(policy, PYTHON, QUEUE, question), Failed)


ACCOUNT = """class Account:
    def __init__(self, balance):
        self.balance = balance
    def deposit(self, amount):
        self.balance += amount
    def is_empty(self):
        return self.balance == 0
"""
DEPOSITS = [
    "a.deposit(50)  # 150\na.deposit(30)  # 180\nprint(a.balance)  # 180",
    "a.deposit(50)  # balance is 150\na.deposit(30)  # {'balance': 180}\na.balance  # 180",
    "a.deposit(50)  # 1\na.deposit(30)  # 2\nassert a.balance == 180  # 3",
    "a.deposit(80)  # None\na.is_empty()  # False\na.balance + 1  # 181",
]


@pytest.mark.parametrize("lines", DEPOSITS)
@pytest.mark.parametrize("words", ["Write class Account.", "写一个账户类 Account。"])
def test_a_comment_may_tell_what_has_become_of_a_thing(
    words: str, lines: str, policy: Policy
) -> None:
    question = f"{words}\n```python\na = Account(100)\n{lines}\n```"
    wrong = ACCOUNT.replace("+=", "=")
    assert isinstance(verdict(policy, PYTHON, ACCOUNT, question), Passed)
    assert isinstance(verdict(policy, PYTHON, wrong, question), Failed)


SORT = "def sort(xs):\n    xs.sort()\n"


@pytest.mark.parametrize(
    ("program", "question"),
    [
        (STACK, "```\ns = Stack()\ns.push(1)  # [1]\ns.push(2)  # [1, 2]\ns.pop()  # [1]\n```"),
        (STACK, "```python\ns = Stack()\ns.push(5)  # 1\ns.push(6)  # 2\nprint(s.pop())  # 3\n```"),
        (STACK, "s = Stack()\ns.push(5)  # [1]\ns.push(6)  # [2]\nprint(s.pop())  # [3]"),
        (SORT, "Sort in place.\n```python\nxs = [3, 1]\nsort(xs)  # [1, 3]\n```"),
        (SORT, "原地排序：\n```\nxs = [3, 1]\nsort(xs)  # [1, 3]\nsort([2, 1])  # [1, 2]\n```"),
    ],
)  # fmt: skip
def test_comments_on_what_changes_fail_nothing(program: str, question: str, policy: Policy) -> None:
    assert isinstance(verdict(policy, PYTHON, program, question), Undecided)


TOTAL = "def total(items):\n    return sum(items)\n"


@pytest.mark.parametrize(
    "example",
    [
        "```python\ndef other():\n    pass\nx = [1, 2]\nassert total(x) == 4\n```",
        "With x as the list above:\nassert total(x) == 4",
        "```python\nx = [1, 2]\ntotal(x)  # raises an error\n```",
        "```python\nx = [1, 2]\ntotal(x)  # ValueError: not a list\n```",
        "Use it: x = memo(total); x([1, 2]) == 4",
        "My code is wrong:\n```python\nx = [1, 2]\nprint(total(x))  # 4\n```",
        "```python\nx = [1, 2]\nprint(max(x))  # 3\n```",
        "assert math.isclose(total([1, 2]), 4)",
        "```python\nx = [1, 2]\ntotal(x)  # 2\n```",
        "```python\nx = [1, 2]\nprint(total(x))  # 2\n```\nThe comments count the additions.",
        "```python\nx = [1, 2]\nprint(total(x))  # 1\n```\nLine 1 shows the list.",
        "```python\nx = [1, 2]\nprint(total(x))  # 2\n```\n注释是加法的次数。",
        "```python\nx = [1, 2]\nprint(total(x))  # 1\n```\n第1行用列表。",
    ],
)
def test_what_is_made_elsewhere_decides_nothing(example: str, policy: Policy) -> None:
    assert isinstance(verdict(policy, PYTHON, TOTAL, example), Undecided)


@pytest.mark.parametrize(("divides", "kind"), [("/", Passed), ("//", Failed)])
def test_a_step_may_tell_a_rounded_number(divides: str, kind: type, policy: Policy) -> None:
    program = f"def mean(a, b, c):\n    return (a + b + c) {divides} 3\n"
    question = "```python\nm = mean(1, 2, 4)\nprint(m)  # 2.33\n```"
    assert isinstance(verdict(policy, PYTHON, program, question), kind)


PYRAMID = "  *\n ***\n*****"
PICTURES = [
    f"Print a pyramid.\nInput:\n```\n3\n```\nOutput:\n```\n{PYRAMID}\n```",
    f"Print a pyramid.\n\nInput:\n3\nOutput:\n{PYRAMID}",
    f"打印金字塔。\n\n输入：3\n输出：\n{PYRAMID}",
    f"打印金字塔。\n\n输入样例：3\n输出样例：\n{PYRAMID}",
]
ROWS = "n = int(input())\nfor i in range(1, n + 1):\n    print({}'*' * (2 * i - 1))\n"


@pytest.mark.parametrize("question", PICTURES)
def test_a_drawing_is_more_than_its_signs(question: str, policy: Policy) -> None:
    right, flat = ROWS.format("' ' * (n - i) + "), ROWS.format("")
    assert isinstance(verdict(policy, PYTHON, right, question), Passed)
    report = judged(policy, flat, question, PYTHON)
    assert isinstance(report.verdict, Failed)
    assert report.verdict.failure.expected == repr(PYRAMID)


GRID = "Print it.\nInput:\n```\n2\n```\nOutput:\n```\n1 2\n3 4\n```"


@pytest.mark.parametrize(
    ("program", "kind"),
    [
        ("n = int(input())\nfor i in range(n):\n    print(i * n + 1, i * n + 2)\n", Passed),
        (
            "n = int(input())\nfor i in range(n):\n    print(f'{i * n + 1:4}{i * n + 2:4}')\n",
            Passed,
        ),
        ("n = int(input())\nprint(*range(1, n * n + 1))\n", Failed),
    ],
)
def test_rows_stand_on_lines_of_their_own(program: str, kind: type, policy: Policy) -> None:
    assert isinstance(verdict(policy, PYTHON, program, GRID), kind)


def test_the_first_line_of_a_block_is_not_set_in(policy: Policy) -> None:
    question = "Input:\n```\n2\n```\nOutput:\n```\nif a\n    b\n```"
    program = "input()\nprint('if a')\nprint('{}b')\n"
    assert isinstance(verdict(policy, PYTHON, program.format("    "), question), Passed)
    assert isinstance(verdict(policy, PYTHON, program.format(""), question), Failed)


def test_another_line_within_a_sentence_is_not_decided(policy: Policy) -> None:
    program = "for i in range(int(input())):\n    print(i)\n"
    assert isinstance(verdict(policy, PYTHON, program, "Input: 3\nOutput: 0 1 2"), Undecided)


def test_a_program_that_reads_more_than_there_is_fails(policy: Policy) -> None:
    question = "Print the largest.\nInput:\n```\n1\n5\n```\nOutput:\n```\n5\n```"
    endless = "m = 0\nwhile True:\n    m = max(m, int(input()))\nprint(m)\n"
    waits = "print(max(int(input()), int(input())))\ninput('Press Enter')\n"
    assert isinstance(verdict(policy, PYTHON, endless, question), Failed)
    assert isinstance(verdict(policy, PYTHON, waits, question), Undecided)


COLONS = [
    "f(2): 4\nf(3): 9",
    "Write f. Examples: f(2): 4, f(3): 9",
    "示例：\n- f(2)：4\n- `f(3)`：9",
    "写一个函数 f，求平方。\n- f(2)：4\n- `f(3)`：9",
    "Write f(n) that squares n.\n\n1. `f(2)`: 4\n2. `f(3)`: `9`",
    "## Expected results\n```\nf(2): 4\nf(3): 9\n```",
    "f(2): returns 4",
    "| test | expected value |\n|---|---|\n| f(2) | 4 |\n| f(3) | 9 |",
    "f(3)\nOutput: 9",
    "输入：f(3)\n输出：9",
]
SQUARES = {
    PYTHON: ("def f(n):\n    return n * n\n", "def f(n):\n    return n + 1\n"),
    SCRIPT: ("const f = n => n * n;\n", "const f = n => n + 1;\n"),
    C: ("int f(int n) { return n * n; }\n", "int f(int n) { return n + 1; }\n"),
}


@pytest.mark.parametrize("question", COLONS)
def test_a_colon_says_what_a_call_gives(question: str) -> None:
    found = [one for one in examples_in(question) if isinstance(one, Example)]
    told = {(example.call, example.wanted) for example in found}
    assert told
    assert told <= {("f(2)", "4"), ("f(3)", "9")}


@pytest.mark.parametrize("language", SQUARES)
def test_what_a_colon_says_is_asked_in_each_language(language: Language, policy: Policy) -> None:
    right, wrong = SQUARES[language]
    assert isinstance(verdict(policy, language, right, COLONS[0]), Passed)
    assert isinstance(verdict(policy, language, wrong, COLONS[0]), Failed)


@pytest.mark.parametrize(
    "question",
    [
        "Number of calls:\nf(2): 5\nf(3): 7",
        "f(2): 3 steps",
        "Suppose f(2): 5",
        "次数：f(2)：5",
        "Write f(n). Points per test:\n- f(2): 10\n- f(3): 5",
        "Write f(n). Each test has its points.\n- f(2): 10",
        "Write f, points for each: f(2): 10, f(3): 5",
        "Weight of each test:\n- f(2): 5",
        "Test weights\n- f(2): 5",
        "### Test ids\n\n```\nf(2): 1\nf(3): 2\n```",
        "Lengths of the inputs:\nf(2): 1",
        "Examples: f(2): 4. Points: f(3): 10",
        "评分：\n- f(2)：10\n- f(3)：5",
        "写一个函数 f。各测试的分值如下：\n- f(2)：10",
        "平方数的个数：\n- f(2)：2",
        "| test | points |\n|---|---|\n| f(2) | 10 |",
        "| 测试 | 分值 |\n|---|---|\n| f(2) | 10 |",
    ],
)
def test_a_colon_may_tell_of_other_things(question: str) -> None:
    assert examples_in(question) == ()


PEAK = "find_peak([1, 3, 1, 4, 1]) -> 1"
PEAKS = {
    PYTHON: "def find_peak(a):\n    return {}\n",
    SCRIPT: "const find_peak = a => {};\n",
}


@pytest.mark.parametrize(
    "words",
    [
        "If there are multiple valid answers, return any of them.",
        "Return the index of any of the peaks.",
        "Return any element of the list that is a peak.",
        "Find any peak and return its index.",
        "It returns an arbitrary index of a peak.",
        "Give the index of any peak.",
        "Any index of a peak may be returned.",
        "3 is also a valid answer.",
        "The answer is not unique.",
        "如果有多个答案，返回任意一个。",
        "返回列表中任意一个峰值的下标。",
        "返回任意下标均可。",
        "3 也是正确答案。",
        "答案不唯一。",
    ],
)
def test_words_on_any_value_leave_another_answer_open(words: str) -> None:
    assert other_values(PEAKS[PYTHON], f"{words}\n{PEAK}") is SEVERAL


@pytest.mark.parametrize("language", PEAKS)
def test_another_right_answer_fails_nothing(language: Language, policy: Policy) -> None:
    question = f"Find any peak and return its index.\n{PEAK}"
    one, other = (PEAKS[language].format(n) for n in (1, 3))
    assert isinstance(verdict(policy, language, one, question), Passed)
    assert isinstance(verdict(policy, language, other, question), Undecided)


@pytest.mark.parametrize(
    "words",
    [
        "Return 1 if any of the values is a peak.",
        "Explain another solution.",
        "It returns the peak of any list.",
        "Find any duplicates first.",
        "返回任意列表的峰值。",
        "输入任意一个整数列表。",
        "给出多种解释。",
    ],
)
def test_words_on_any_value_allow_no_other_answer(words: str) -> None:
    assert other_values(PEAKS[PYTHON], f"{PEAK}\n{words}") is None


def test_another_answer_than_that_of_the_example_fails(policy: Policy) -> None:
    question = f"{PEAK}\nFind any duplicates first."
    assert isinstance(verdict(policy, PYTHON, PEAKS[PYTHON].format(3), question), Failed)


BACK = "def back(s):\n    return s[::-1]\n"


@pytest.mark.parametrize(
    ("program", "question", "kind"),
    [
        (BACK, "Reverse a string.\nInput: hello\nOutput: olleh", Passed),
        (BACK, "反转字符串\n输入：hello world\n输出：dlrow olleh", Passed),
        (BACK, "Reverse a string.\nInput: 123\nOutput: 321", Passed),
        (BACK, "Input: 123\nOutput: 321", Undecided),
        (BACK, "Reverse an integer.\nInput: x = 123\nOutput: 321", Failed),
        (BACK, "Reverse it.\nInput: text\nOutput: the reversed text", Undecided),
        ("def back(s):\n    return s\n", "Input: hello\nOutput: olleh", Undecided),
        ("def back(s):\n    return s\n", "Input: text\nOutput: text", Undecided),
        ("def back(n):\n    return n\n", "Reverse a string.\nInput: 123\nOutput: 321", Failed),
        ("def vowels(s):\n    return 3\n", "Input: hello world\nOutput: 3", Passed),
        (f"{BACK}print(back(input()))\n", "Input: 123\nOutput: 321", Passed),
        (f"{BACK}print(back(input()))\n", "输入：hello\n输出：olleh", Passed),
        ("def back(s):\n    return s\nprint(back(input()))\n", "Input: 123\nOutput: 321", Failed),
    ],
)
def test_an_input_may_be_a_text_without_quotation_marks(
    program: str, question: str, kind: type, policy: Policy
) -> None:
    assert isinstance(verdict(policy, PYTHON, program, question), kind)


TWO_SUM = "Two sum.\nInput: nums = [2, 7, 11, 15], target = 9\nOutput: [0, 1]"


@pytest.mark.parametrize(
    ("language", "program", "asked"),
    [
        (PYTHON, "def pair(nums, target):\n    return [0, 1]\n", True),
        (PYTHON, "class Solution:\n    def pair(self, nums, target):\n        return 1\n", True),
        (PYTHON, "def pair(a, b):\n    return [0, 1]\n", False),
        (PYTHON, "def pair(nums):\n    return nums\n", False),
        (SCRIPT, "var pair = function(nums, target) { return [0, 1]; };\n", True),
        (SCRIPT, "var pair = function(a, b) { return [0, 1]; };\n", False),
    ],
)
def test_a_block_is_meant_that_takes_what_the_input_names(
    language: Language, program: str, asked: bool
) -> None:
    code = Code(language, (SourceFile("solution", program),))
    assert has_tests(code, Brief(question=TWO_SUM, language=language, whole=False)) is asked


def test_a_number_that_a_script_takes_as_text_decides_nothing(policy: Policy) -> None:
    question = "Input: 123\nOutput: 321"
    back = "const back = s => s.split('').reverse().join('');\n"
    assert isinstance(verdict(policy, SCRIPT, back, question), Undecided)
    assert isinstance(verdict(policy, SCRIPT, "const back = s => s;\n", question), Failed)


@pytest.mark.parametrize(
    ("language", "program"),
    [
        (PYTHON, "def greet(n):\n    return f'{}，{{n}}！'\n"),
        (SCRIPT, "const greet = n => '{}，' + n + '！';\n"),
    ],
)
@pytest.mark.parametrize(
    "question", ["greet(“小明”) 应返回 “你好，小明！”", "输入：n = “小明”\n输出：“你好，小明！”"]
)
def test_curly_quotation_marks_are_quotation_marks(
    language: Language, program: str, question: str, policy: Policy
) -> None:
    assert isinstance(verdict(policy, language, program.format("你好"), question), Passed)
    assert isinstance(verdict(policy, language, program.format("再见"), question), Failed)


def test_a_free_order_takes_no_example_back(policy: Policy) -> None:
    question = "unique([1, 2, 1]) 返回 [1, 2]，顺序不限"
    right, wrong = "sorted(set(items), reverse=True)", "items"
    program = "def unique(items):\n    return {}\n"
    assert isinstance(verdict(policy, PYTHON, program.format(right), question), Passed)
    assert isinstance(verdict(policy, PYTHON, program.format(wrong), question), Failed)
