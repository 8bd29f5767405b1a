"""Linked lists and trees of Python and JavaScript as examples write them, and calls of what a call
gives."""

from __future__ import annotations

import pytest
from judging import verdict

from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language
from assistant.coding.types import Failed, Passed, Undecided

PYTHON, SCRIPT = Language.PYTHON, Language.JAVASCRIPT


LIST = """class ListNode:
    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next

"""
DATA = """from __future__ import annotations
from dataclasses import dataclass
from typing import Optional

@dataclass
class Node:
    data: int
    next: Optional[Node] = None

"""
TREE = """from typing import List, Optional

class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val, self.left, self.right = val, left, right

"""
REVERSE = """def reverse(head):
    last = None
    while head:
        head.next, last, head = last, head, head.next
    return last
"""
REMOVE = """def remove(head, v):
    while head and head.val == v:
        head = head.next
    return head
"""
BUMP = """def bump(head: Node) -> None:
    while head:
        head.data += 1
        head = head.next
"""
MERGE = """class Solution:
    def mergeKLists(self, lists: List[Optional[ListNode]]) -> Optional[ListNode]:
        values = []
        for one in lists:
            while one:
                values.append(one.val)
                one = one.next
        first = last = ListNode()
        for value in sorted(values):
            last.next = ListNode(value)
            last = last.next
        return first.next
"""
INVERT = """def invert(root):
    if root:
        root.left, root.right = invert(root.right), invert(root.left)
    return root
"""
LEVELS = """class Solution:
    def levelOrder(self, root: Optional[TreeNode]) -> List[List[int]]:
        found, row = [], [root] if root else []
        while row:
            found.append([n.val for n in row])
            row = [c for n in row for c in (n.left, n.right) if c]
        return found
"""


DOUBLE = """class Node:
    def __init__(self, val, prev=None, next=None):
        self.val = val
        self.prev, self.next = prev, next

def remove(head, val):
    node = head
    while node:
        if node.val == val:
            if node.next:
                node.next.prev = node.prev
            if node.prev:
                node.prev.next = node.next
            else:
                head = node.next
        node = node.next
    return head
"""


def test_nodes_that_lead_back(policy: Policy) -> None:
    asked = "输入：head = [1,2,2,3], val = 2\n输出：[1,3]\n输入：head = [2], val = 2\n输出：[]"
    one_way = DOUBLE.replace("node.next.prev = node.prev", "pass")
    wrong = DOUBLE.replace("head = node.next", "pass")
    hanging = DOUBLE.replace("    return head", "    if head: head.prev = Node(0)\n    return head")
    undecided = ((one_way, Undecided), (hanging, Undecided))
    for program, kind in ((DOUBLE, Passed), *undecided, (wrong, Failed)):
        assert isinstance(verdict(policy, PYTHON, program, asked), kind)


@pytest.mark.parametrize(
    ("program", "question", "wrong"),
    [
        (LIST + REVERSE, "reverse([1,2,3]) == [3,2,1]", ("return last", "return head")),
        (LIST + REVERSE, "Input: head = [1,2,3]\nOutput: [3,2,1]", ("last, head,", "None, head,")),
        (LIST + REVERSE, ">>> reverse([1, 2])\n[2, 1]", ("return last", "return None")),
        (LIST + REVERSE, "assert reverse([1, 2]) == [2, 1]", ("last = None", "last = head")),
        (LIST + REMOVE, "remove([7,7], 7) == []; remove([1], 7) == [1]", ("==", "is not")),
        (DATA + BUMP, "bump([1, 2]) -> [2, 3]", ("+= 1", "+= 2")),
        ("from typing import List, Optional\n" + LIST + MERGE,
         "输入：lists = [[1,4],[],[2,6]]\n输出：[1,2,4,6]", ("sorted(values)", "values")),
        (TREE + INVERT, "invert([4,2,7,1,3]) == [4,7,2,null,null,3,1]",
         (", root.right =", ", _ =")),
        (TREE + LEVELS, "输入：root = [3,9,20,null,null,15,7]\n输出：[[3],[9,20],[15,7]]",
         ("(n.left, n.right)", "(n.right, n.left)")),
    ],
)  # fmt: skip
def test_nodes_of_python(
    policy: Policy, program: str, question: str, wrong: tuple[str, str]
) -> None:
    assert wrong[0] in program
    assert isinstance(verdict(policy, PYTHON, program, question), Passed)
    assert isinstance(verdict(policy, PYTHON, program.replace(*wrong), question), Failed)


@pytest.mark.parametrize(
    ("program", "question"),
    [
        (REVERSE, "reverse([1, 2]) == [2, 1]"),  # nobody says what a node is
        (LIST.replace("next", "link") + REVERSE, "reverse([1, 2]) == [2, 1]"),
        (LIST.replace("self.val = val", "self.val = self.old = val") + REVERSE,
         "Input: head = [1, 2]\nOutput: [2, 1]"),
    ],
)  # fmt: skip
def test_nodes_that_are_not_plain_decide_nothing(
    policy: Policy, program: str, question: str
) -> None:
    assert isinstance(verdict(policy, PYTHON, program, question), Undecided)


def test_a_session_may_make_its_nodes_itself(policy: Policy) -> None:
    helpers = (
        "def made(a):\n    h = None\n    for x in reversed(a):\n        h = ListNode(x, h)\n"
        "    return h\n\ndef listed(h):\n    return [h.val, *listed(h.next)] if h else []\n\n"
    )
    asked = ">>> listed(reverse(made([1, 2])))\n[2, 1]"
    assert isinstance(verdict(policy, PYTHON, LIST + helpers + REVERSE, asked), Passed)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ('Input: s = "aba"\nOutput: true', "s == s[::-1]", "False"),
        ("even(s): even(4) returns true, even(3) returns false", "s % 2 == 0", "True"),
        ("输入：s = 3\n输出：null", "None", "0"),
    ],
)
def test_words_of_other_languages_are_known_for_python(
    policy: Policy, question: str, right: str, wrong: str
) -> None:
    program = "def even(s):\n    return {}\n"
    assert isinstance(verdict(policy, PYTHON, program.format(right), question), Passed)
    assert isinstance(verdict(policy, PYTHON, program.format(wrong), question), Failed)


def test_a_word_that_a_program_prints_stays_as_it_is(policy: Policy) -> None:
    question = "Sample Input\n3\nSample Output\ntrue"
    program = "print('true' if int(input()) % 2 else 'false')\n"
    assert isinstance(verdict(policy, PYTHON, program, question), Passed)
    assert isinstance(verdict(policy, PYTHON, "print(int(input()) % 2 == 1)", question), Failed)


JS_LIST = (
    "function ListNode(val, next) { this.val = val === undefined ? 0 : val;"
    " this.next = next === undefined ? null : next; }\n"
)
JS_REVERSE = (
    "/**\n * @param {ListNode} head\n * @return {ListNode}\n */\nvar reverseList = function(head) {"
    " let p = null; while (head) { const n = head.next; head.next = p; p = head; head = n; }"
    " return p; };\n"
)
JS_DEPTH = (
    "/** @param {TreeNode} root */\nconst depth = (root) =>"
    " root ? 1 + Math.max(depth(root.left), depth(root.right)) : 0;\n"
)


@pytest.mark.parametrize(
    ("program", "question", "wrong"),
    [
        (JS_REVERSE, "Input: head = [1,2,3]\nOutput: [3,2,1]", ("return p", "return null")),
        (JS_REVERSE, "输入：head = []\n输出：[]", ("return p", "return {val: 1, next: null}")),
        (JS_REVERSE, "reverseList([1, 2]) => [2, 1]", ("p = head", "p = n")),
        (JS_DEPTH, "Input: root = [3,9,20,null,null,15,7]\nOutput: 3", ("1 + ", "2 + ")),
        (JS_LIST + "function drop(head, v) { const d = new ListNode(0, head); let p = d; while"
         " (p.next) { if (p.next.val === v) p.next = p.next.next; else p = p.next; }"
         " return d.next; }", "drop([7, 7], 7) => []; drop([1, 7], 7) => [1]", ("d.next;", "d;")),
        (JS_LIST + "function bump(head) { for (; head; head = head.next) head.val++; }",
         "bump([1, 2]) => [2, 3]", ("++", "--")),
    ],
)  # fmt: skip
def test_nodes_of_javascript(
    policy: Policy, program: str, question: str, wrong: tuple[str, str]
) -> None:
    assert wrong[0] in program
    assert isinstance(verdict(policy, SCRIPT, program, question), Passed)
    assert isinstance(verdict(policy, SCRIPT, program.replace(*wrong), question), Failed)


@pytest.mark.parametrize(
    ("language", "program", "question", "wrong"),
    [
        (SCRIPT, "const add = a => b => a + b;", "add(1)(2) => 3", ("+", "-")),
        (SCRIPT, "const mul = a => b => c => a * b * c;", "mul(2)(3)(4) === 24", ("c;", "1;")),
        (SCRIPT, "const add = a => b => a + b;", "console.log(add(1)(2)); // 3", ("+", "*")),
        (PYTHON, "def add(a):\n    return lambda b: a + b\n", "add(1)(2) == 3", ("+", "-")),
    ],
)  # fmt: skip
def test_what_a_call_gives_is_called(
    policy: Policy, language: Language, program: str, question: str, wrong: tuple[str, str]
) -> None:
    assert isinstance(verdict(policy, language, program, question), Passed)
    assert isinstance(verdict(policy, language, program.replace(*wrong), question), Failed)


@pytest.mark.parametrize(
    ("language", "program"),
    [(SCRIPT, "function add(a, b) { return a + b; }"), (PYTHON, "def add(a, b): return a + b")],
)
def test_what_gives_no_function_fails(policy: Policy, language: Language, program: str) -> None:
    assert isinstance(verdict(policy, language, program, "add(1)(2) == 3"), Failed)
