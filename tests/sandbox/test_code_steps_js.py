"""Examples of several steps in JavaScript: a right program passes, a wrong one does not."""

from __future__ import annotations

import pytest
from judging import verdict

from assistant.coding.examples.dialoguesjs import sessions_in, without
from assistant.coding.judging import testable as has_tests
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import Brief, Code, Failed, Passed, Undecided

SCRIPT = Language.JAVASCRIPT
STACK = (
    "class Stack {\n  constructor() { this.items = []; }\n  push(x) { this.items.push(x); }\n"
    "  pop() { return this.items.pop(); }\n  get size() { return this.items.length; }\n}\n"
)
QUEUE = STACK.replace("this.items.pop()", "this.items.shift()")
STEPS = (
    "Write a stack.\n```js\nconst s = new Stack();\ns.push(1);\ns.push(2);\n"
    "console.log(s.pop()); // 2\n%s\n```\n"
)
CASES = [
    (STEPS % "s.size; // 1", STACK, Passed),
    (STEPS % "s.size; // 1", QUEUE, Failed),
    (STEPS % "s.size // 0", STACK, Failed),
    (STEPS % "s.push(7) // and more\ns.items // [1, 7]", STACK, Passed),
    (STEPS % "s.pop() === 1;", STACK, Passed),
    (STEPS % "s.push(3); // => [1, 3]", STACK, Undecided),
    (
        "写一个函数 memoize。\n\nconst m = memoize(x => x * 2);\nm(2) === 4;\nm(3); // => 6\n",
        "const memoize = f => { const c = {}; return x => c[x] ??= f(x); };\n",
        Passed,
    ),
    (
        "Write memoize: const m = memoize(x => x * 2); m(2) === 4",
        "const memoize = f => f;\n",
        Undecided,
    ),
    (
        "```\nconst a = new Account(1);\na.take(2); // throws RangeError\n```",
        "class Account { take() { throw new RangeError('no'); } }\n",
        Passed,
    ),
    (
        "```\nconst a = new Account(1);\na.take(2); // throws RangeError\n```",
        "class Account { take() {} }\n",
        Failed,
    ),
    (
        "```js\nconst q = new Queue();\nawait q.add(3); // => 6\n```",
        "class Queue { async add(x) { return x * 3; } }\n",
        Failed,
    ),
    (
        "```js\ngroup([{k: 'a'}], 'k')\n// => { a: [{ k: 'a' }] }\n```",
        "const group = (all, k) => Object.groupBy ? {a: all} : {a: all};\n",
        Passed,
    ),
    ("```js\nconst x = other();\nf(x); // => 6\n```", "const f = x => x;\n", Undecided),
]


@pytest.mark.parametrize(("question", "program", "kind"), CASES)
def test_the_lines_follow_each_other(
    question: str, program: str, kind: type, policy: Policy
) -> None:
    assert isinstance(verdict(policy, SCRIPT, program, question), kind)


@pytest.mark.parametrize(
    "question",
    [
        "Why does this print 2?\n```js\nconst s = new Stack();\ns.pop(); // => 2\n```",
        "```js\nconst s = new Stack();\ns.pop(); // => 2 is wrong\n```",
        "```js\nconst s = new Stack();\nif (s) s.pop(); // => 2\n```",
        "```js\nconst s = new Stack(;\ns.pop(); // => 2\n```",
        "```py\nconst s = new Stack();\ns.pop(); // => 2\n```",
        "```js\nconst s = new Stack();\nconsole.log(s.a); // 1\nconsole.log(s.b); // 2\n```",
        "```js\nconst s = new Other();\ns.pop(); // => 2\n```",
        "```js\nconst Stack = require('./stack');\nconst s = new Stack();\ns.pop(); // => 2\n```",
        "```js\nconst Stack = class { pop() {} };\nconst s = new Stack();\ns.pop(); // => 2\n```",
        "```js\n" + "const s = new Stack();\n" * 3000 + "```",
    ],
)
def test_what_is_no_example_is_none(question: str) -> None:
    assert list(sessions_in(question, {"Stack"})) == []
    assert without(question, []) == question


def test_a_part_of_an_answer_is_asked_by_them() -> None:
    code = Code(SCRIPT, (SourceFile("main.js", STACK),))
    question = STEPS % "s.size; // 1"
    assert has_tests(code, Brief(question=question, language=SCRIPT, whole=False))
    found = list(sessions_in(question, {"Stack"}))
    assert "pop" not in without(question, found)
    assert len(without(question, found)) == len(question)
