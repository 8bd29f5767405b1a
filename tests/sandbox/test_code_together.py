"""Blocks of an answer that are parts of one program, and what an answer says of the whole of it."""

from __future__ import annotations

import shutil
import time

import confined
import pytest

from assistant.coding.answers import code_in
from assistant.coding.judging import judge
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import (
    Brief,
    Code,
    CodeVerdict,
    Failed,
    Failure,
    Origin,
    Passed,
)
from assistant.session.code_checks import CodeChecks
from runtimes.base import Cancel

TOOLS = {"js": "node", "c": "gcc", "cpp": "g++"}
MERGE = "def merge(a, b):\n    return {body}\n\nif __name__ == '__main__':\n    print(input())"
GOOD, BAD = MERGE.format(body="sorted(a + b)"), MERGE.format(body="a + b")
FUNCTIONS = (
    "import pytest\nfrom your_module import merge\n\n"
    "@pytest.mark.parametrize('a,b', [([3], [1]), ([], [])])\n"
    "def test_it(a, b):\n    assert merge(a, b) == sorted([*a, *b])"
)
CLASSES = (
    "import unittest\nimport merging\n\nclass TestMerge(unittest.TestCase):\n"
    "    def test_it(self):\n        self.assertEqual(merging.merge([3], [1]), [1, 3])\n\n"
    "if __name__ == '__main__':\n    unittest.main()"
)
USE = "from .merging import merge\n\nprint(merge([3], [1]))  # [1, 3]"
CHUNK = (
    "function chunk(a, n) {{\n  const out = [];\n"
    "  for (let i = 0; i < a.length; i += n) out.push(a.slice({ends}));\n  return out;\n}}\n"
    "module.exports = {{ chunk }};"
)
CHUNKED = (
    "const { chunk } = require('./chunk');\nconst assert = require('assert');\n"
    "assert.deepStrictEqual(chunk([1, 2, 3], 2), [[1, 2], [3]]);"
)
C_GCD = "int gcd(int a, int b) {{ return b == 0 ? a : gcd(b, a {sign} b); }}"
C_MAIN = (
    '#include <stdio.h>\n#include "gcd.h"\nint gcd(int a, int b);\n'
    'int main(void) {\n    printf("%d\\n", gcd(12, 18)); // 6\n    return 0;\n}'
)
STRUCT = "struct Point { int x; int y; };"
CPP_MAIN = (
    "#include <iostream>\nint main() {\n    Point p{1, 2};\n    std::cout << p.x + p.y; // {sum}\n}"
)


def verdicts(question: str, *parts: tuple[str, str] | str) -> list[CodeVerdict]:
    """Of the blocks of an answer: each in its language, with words between them."""
    text = "".join(p if isinstance(p, str) else f"So:\n```{p[0]}\n{p[1]}\n```\n" for p in parts)
    needed = [TOOLS[p[0]] for p in parts if not isinstance(p, str) and p[0] in TOOLS]
    if any(shutil.which(tool) is None for tool in needed):
        pytest.skip("a compiler or interpreter is not installed here")
    confined.policy()
    checks = CodeChecks(question, Cancel())
    return [c.report.verdict for _, c in checks.whole(text) if c is not None]


@pytest.mark.parametrize(
    ("info", "good", "bad", "use", "by"),
    [
        ("python", GOOD, BAD, FUNCTIONS, Origin.MODEL),
        ("python", GOOD, BAD, CLASSES, Origin.MODEL),
        ("python", GOOD, BAD, USE, Origin.CLAIMED),
        ("js", CHUNK.format(ends="i, i + n"), CHUNK.format(ends="i, n"), CHUNKED, None),
        ("c", C_GCD.format(sign="%"), C_GCD.format(sign="/"), C_MAIN, None),
        pytest.param(
            "cpp", STRUCT, "", CPP_MAIN.replace("{sum}", "3"), Origin.CLAIMED,
            marks=pytest.mark.slow,
        ),
    ],
)  # fmt: skip
def test_a_block_is_run_with_those_that_define_what_it_lacks(
    info: str, good: str, bad: str, use: str, by: Origin | None
) -> None:
    right = verdicts("Write it.", (info, good), "Use it:\n", (info, use))
    assert all(isinstance(verdict, Passed) for verdict in right)
    assert by is None or [verdict.by for verdict in right if isinstance(verdict, Passed)] == [by]
    if bad:
        (wrong,) = verdicts("Write it.", (info, bad), "Use it:\n", (info, use))
        assert isinstance(wrong, Failed)


def test_two_versions_of_a_function_are_no_parts_of_one_program() -> None:
    first, second = "function f(x) { return g(x) }", "function f(x) { return h(x) }"
    other = "function h(x) { return 2 * x }\nfunction f(x) { return 3 * x }"
    last = "console.log(f(2)); // 4"
    found = verdicts("Write it.", ("js", other), ("js", second), ("js", last), ("js", first))
    assert not any(isinstance(verdict, Passed) for verdict in found)


@pytest.mark.parametrize(
    ("body", "kind"), [("a + b", Passed), ("a - b", Failed)], ids=["right", "wrong"]
)
def test_tests_that_are_asked_for_are_run_on_the_code_of_the_question(
    body: str, kind: type
) -> None:
    question = f"Write tests for:\n```python\ndef add(a, b):\n    return {body}\n```\n"
    tests = "from calc import add\n\ndef test_add():\n    assert add(1, 2) == 3"
    assert [type(v) for v in verdicts(question, ("python", tests))] == [kind]


def test_what_the_answer_writes_anew_goes_before_the_code_of_the_question() -> None:
    question = "Why is f wrong?\n```python\ndef f(x):\n    return x\n```\n"
    use, fixed = "print(f(2))  # 4", "def f(x):\n    return 2 * x"
    assert [type(v) for v in verdicts(question, ("python", use), ("python", fixed))] == [Passed]


def test_a_version_that_is_called_wrong_is_not_what_is_used() -> None:
    right, wrong = (f"def sq(n): return {body}" for body in ("n * n", "n + n"))
    said = ("So:", right), ("A wrong variant:", wrong), ("Use:", "print(sq(3))  # 9")
    text = "\n".join(f"{lead}\n```python\n{block}\n```" for lead, block in said)
    confined.policy()
    checks = CodeChecks("Write sq. sq(3) == 9", Cancel())
    told = [c.report.verdict for _, c in checks.whole(text) if c is not None]
    assert told
    assert all(isinstance(verdict, Passed) for verdict in told)


def test_the_code_of_an_answer_is_all_of_its_parts() -> None:
    def code(*blocks: str, info: str = "python") -> Code:
        found = code_in("\n".join(f"```{info}\n{block}\n```" for block in blocks))
        assert isinstance(found, Code)
        return found

    assert "def merge" in code(GOOD, FUNCTIONS).program.text
    assert "input()" not in code(GOOD, FUNCTIONS).program.text
    assert "import merge\n" not in code(GOOD, FUNCTIONS).program.text
    assert code(f"# merge.py\n{GOOD}", f"# test_merge.py\n{FUNCTIONS}").program.name == "merge.py"
    script = code(CHUNK.format(ends="i, i + n"), CHUNKED + "\n" * 500, info="js")
    assert script.language is Language.JAVASCRIPT
    assert "function chunk" in script.program.text
    assert "require('./chunk')" not in script.program.text
    assert len(script.lines) == script.program.text.count("\n")


LOOP = "for i in range(3):\n    print(i)\n"
AVERAGE = "def average(xs):\n    return sum(xs) / xs.count\n\nprint(average([1, 2]))  # 1.5"


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (f"{LOOP}# Output:\n# 0\n# 1\n# 2", Passed),
        (f"{LOOP}# Output:\n# 1\n# 2\n# 3", Failed),
        ("def f():\n    print(1)\n    print(2)\n\nf()\n# 输出：\n# 1\n# 3", Failed),
        (f"{LOOP}# Output: prints the numbers below 3", None),
        (f"{LOOP}# Output: item 1 etc.", None),
        (f"{LOOP}# Output:\n# 0\n# 1\n# 2\n# done", Failed),
        (f"{LOOP}# prints\n# three lines", None),
        ("print(max([]))  # 1\n", Failed),
        ("def f():\n    print(1)\n\nf()\n# Output:\n# 1\n# 1", Failed),
        ("print('Moves:', 7)  # Moves: 7", Passed),
        ("print('Moves:', 7)  # Moves: 8", Failed),
        ("print('x = 1, y = 2')  # x = 2, y = 1", Failed),
        ("print('x = 1, y = 2')  # x = 1; y = 2", None),
        ("print(sorted([2, 1]))\n# [1, 2]\n\nx = 3", Passed),
        ("print(sorted([2, 1]))\n# [2, 1]\n\nx = 3", Failed),
        ("print(sorted([2, 1]))\n# [2, 1]\nprint(max([2, 1]))", None),
        ("print(sorted([2, 1]))\n\n# [2, 1]\n", None),
        ("m = [[1, 2], [3]]\nprint(m[0])\n# [[1, 2], [3]]\n", None),
        (AVERAGE, Failed),
        ("d = {}\nprint(d['b'])  # KeyError", None),
        ("it = iter([1])\nnext(it)\nprint(next(it))  # StopIteration", None),
        ("x = 5  # 1\nprint(x)  # 2\nprint(x + 1)  # 3", None),
        (f"print('go')\n{LOOP}# Output:\n# 0\n# 1\n# 2", Passed),
        ("def w(x):\n    raise ValueError('no')\n\nprint(w(1))  # 1\n", None),
        ("print(unheard(1))  # 7", None),
    ],
)  # fmt: skip
def test_comments_at_the_end_and_programs_that_break_off(block: str, kind: type | None) -> None:
    found = verdicts("Show it.", ("python", block))
    assert [type(verdict) for verdict in found] == ([kind] if kind else [])


def test_an_exception_is_told_where_the_answer_speaks_of_none() -> None:
    (told,) = verdicts("Show it.", ("python", AVERAGE), "That is all.")
    assert isinstance(told, Failed)
    assert isinstance(told.failure, Failure)
    assert told.failure.error.startswith("TypeError")
    assert [frame.source for frame in told.failure.frames] == [
        "print(average([1, 2]))  # 1.5",
        "return sum(xs) / xs.count",
    ]
    assert not verdicts("Show it.", ("python", AVERAGE), "This raises a TypeError.")
    assert not verdicts("为什么报错？", ("python", AVERAGE))
    shown = "d = {'a': 1}\nprint(d['a'])\nprint(d['b'])"
    whole = "Output:\n```\n1\n{0}\n```\n"
    assert verdicts("Show it.", ("python", shown), whole.format("2"))
    assert not verdicts("Show it.", ("python", shown), whole.format("KeyError: 'b'"))


@pytest.mark.parametrize(("wanted", "kind"), [("('b', 2)", Passed), ("('a', 1)\n('b', 2)", Failed)])
def test_rows_in_brackets_are_no_remarks_on_an_output(wanted: str, kind: type) -> None:
    program = "for row in (('a', 1), ('b', 2))[1:]:\n    print(row)"
    found = verdicts("Show it.", ("python", program), f"Output:\n```\n{wanted}\n```\n")
    assert [type(verdict) for verdict in found] == [kind]


STATES = [
    ("python", ("nums = [1]", "nums.append(2)", "nums.pop()\nprint(nums)  # {}"), "[1]", "[2]"),
    ("python", ("x = 5", "x += 1", "x += 1\nprint(x)  # {}"), "7", "9"),
    (
        "python",
        ("def add(x, to=[]):\n    to.append(x)\n    return to", "add(1)", "print(add(2))  # {}"),
        "[1, 2]", "[3]",
    ),
    (
        "python",
        ("def f(x): return 2 * x", "while True:\n    print(f(input()))", "print(f(2))  # {}"),
        "4", "5",
    ),
    ("js", ("const nums = [1];", "nums.push(2);", "nums.push(3);\nconsole.log(nums); // {}"),
     "[1, 2, 3]", "[3]"),
]  # fmt: skip


@pytest.mark.parametrize(("info", "blocks", "right", "wrong"), STATES)
def test_what_is_told_in_turn_is_run_in_turn(
    info: str, blocks: tuple[str, ...], right: str, wrong: str
) -> None:
    *before, last = blocks
    for said, kind in ((right, Passed), (wrong, Failed)):
        found = verdicts("Show it.", *((info, b) for b in (*before, last.format(said))))
        assert [type(verdict) for verdict in found] == [kind]


def test_what_is_true_of_a_block_by_itself_is_left_open() -> None:
    blocks = ("nums = [1]", "nums.append(2)", "nums.append(3)\nprint(nums)  # [1, 3]")
    assert not verdicts("Show it.", *(("python", block) for block in blocks))


def test_a_block_that_is_there_to_be_seen_fails_no_other() -> None:
    account = "class Account:\n    def __init__(self): self.n = 0\n    def take(self, n):\n"
    account += "        if n > self.n:\n            raise ValueError('no')\n        self.n -= n"
    blocks = (account, "a = Account()\na.take(5)", "def test_it():\n    assert Account().n == {}")
    for wanted, kinds in (("0", []), ("1", [Failed])):
        parts = [("python", block.replace("{}", wanted)) for block in blocks]
        assert [type(verdict) for verdict in verdicts("Write it.", *parts)] == kinds


@pytest.mark.parametrize(
    "deep",
    ["x = 1\nif " + "not " * 900 + "x:\n    pass", "x" + "()" * 2000],
    ids=["signs", "calls"],
)
def test_code_that_is_nested_too_deeply_is_not_blamed(deep: str) -> None:
    """How deep we can look depends on where we are called; that it failed would be our fault."""
    code = f"def f(x):\n    return 2 * x\n\n{deep}"
    assert not any(isinstance(v, Failed) for v in verdicts("Write f. f(2) == 4", ("python", code)))
    report = judge(
        Code(Language.PYTHON, (SourceFile("a.py", code),)),
        Brief(question="f(2) == 4"),
        confined.policy(),
    )
    assert not isinstance(report.verdict, Failed)


def test_many_blocks_that_build_on_one_another_are_looked_at_soon() -> None:
    begun = time.monotonic()
    chain = [("python", f"a{n} = a{n - 1} + 1") for n in range(1, 100)]
    assert not verdicts("Show it.", *chain, ("python", "print(a99)  # 100"))
    assert time.monotonic() - begun < 10


def test_what_comes_from_a_package_is_no_block() -> None:
    own = "def accuracy_score(a, b):\n    return 0"
    use = "from sklearn.metrics import accuracy_score\n\nprint(accuracy_score([1], [1]))  # 1.0"
    assert not verdicts("Write it.", ("python", own), ("python", use))


def test_an_output_that_is_shown_is_that_of_the_block_before_it() -> None:
    blocks = ("nums = [1]\nprint(nums)", "nums.append(2)\nprint(nums)")
    for shown, kind in (("[1, 2]", Passed), ("[2]", Failed)):
        output = f"Output:\n```\n{shown}\n```\n"
        found = verdicts("Show it.", *(("python", block) for block in blocks), output)
        assert [type(verdict) for verdict in found] == [kind]


def test_a_class_of_cpp_may_be_told_in_three_files() -> None:
    header = "class Counter {\npublic:\n    int inc();\nprivate:\n    int n = 0;\n};"
    body = '#include "counter.h"\nint Counter::inc() { return ++n; }'
    main = (
        '#include <cstdio>\n#include "counter.h"\nint main() {\n    Counter c;\n    c.inc();\n'
        '    printf("%d\\n", c.inc()); // {}\n}'
    )
    text = code_in("\n".join(f"```cpp\n{b}\n```" for b in (header, body, main + " " * 300)))
    assert isinstance(text, Code)
    assert all(part in text.program.text for part in ("class Counter", "::inc", "main"))
    assert "counter.h" not in text.program.text
