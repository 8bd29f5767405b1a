"""Functions of nodes that lists alone cannot ask, and functions that only look like such."""

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
TREE = """class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val, self.left, self.right = val, left, right

"""
ANCESTOR = """class Solution:
    def ancestor(self, root, p, q):
        if not root or root is p or root is q:
            return root
        left, right = self.ancestor(root.left, p, q), self.ancestor(root.right, p, q)
        return root if left and right else left or right
"""
SEARCHED = """def ancestor(root, p, q):
    while (root.val - p.val) * (root.val - q.val) > 0:
        root = root.left if p.val < root.val else root.right
    return root
"""
MEET = """def meet(headA, headB):
    a, b = headA, headB
    while a is not b:
        a = a.next if a else headB
        b = b.next if b else headA
    return a
"""
TOTAL = """def total(head):
    return head.value + total(head.next) if head else 0
"""
FROZEN = """from dataclasses import dataclass

@dataclass(frozen=True)
class Node:
    value: int
    next: "Node | None" = None

"""
NAMED = """from typing import NamedTuple

class Node(NamedTuple):
    value: int
    next: "Node | None" = None

"""
JS_ANCESTOR = (
    "/** @param {TreeNode} root */\nconst ancestor = (root, p, q) => { if (!root || root === p ||"
    " root === q) return root; const l = ancestor(root.left, p, q), r = ancestor(root.right, p, q);"
    " return l && r ? root : l || r; };\n"
)
JS_FROZEN = (
    "class Node { constructor(data, next = null) { this.data = data; this.next = next;"
    " Object.freeze(this); } }\nfunction size(head) { return head ? 1 + size(head.next) : 0; }\n"
)
JS_NODE = "class Node { constructor(data) { this.data = data; this.next = null; } }\n"
PLACES = "Input: root = [3,5,1,6,2,0,8], p = 5, q = 1\nOutput: 3"


@pytest.mark.parametrize(
    ("language", "program", "question"),
    [
        (PYTHON, TREE + ANCESTOR, PLACES),  # p and q are nodes of the tree
        (PYTHON, TREE + SEARCHED, PLACES),
        (PYTHON, TREE + SEARCHED, "输入：root = [2,1,3], p = 1, q = 3\n输出：2"),
        (PYTHON, LIST + MEET, "meet([1,2,3], [9,2,3]) == [2,3]"),  # they share their ends
        (PYTHON, FROZEN + TOTAL, "total([1,2,3]) == 6"),
        (PYTHON, NAMED + TOTAL, "total([1,2,3]) == 6"),
        (PYTHON, LIST + "def first(lists):\n    return [one.val for one in lists]\n",
         "first([[1,4],[2]]) == [1,2]"),  # nothing says that these are nodes
        (SCRIPT, JS_ANCESTOR, PLACES),
        (SCRIPT, JS_FROZEN, "size([1, 2]) => 2"),
    ],
)  # fmt: skip
def test_what_lists_cannot_tell_decides_nothing(
    policy: Policy, language: Language, program: str, question: str
) -> None:
    assert isinstance(verdict(policy, language, program, question), Undecided)


ROTATE = """def rotate(head, k=1):
    values = []
    while head:
        values.append(head.val)
        head = head.next
    first = None
    for value in reversed(values[-k:] + values[:-k]):
        first = ListNode(value, first)
    return first
"""


@pytest.mark.parametrize(
    ("language", "program", "question", "wrong"),
    [
        (PYTHON, LIST + ROTATE, "rotate([1,2,3], k=2) == [2,3,1]; rotate([1,2]) == [2,1]",
         ("values[-k:] +", "values[k:] +")),
        (PYTHON, LIST + ROTATE.replace(", k=1", ", *, k=1"), "rotate([1,2,3], k=2) == [2,3,1]",
         ("reversed(", "(")),
        (PYTHON, LIST + "def first(root):\n    return root[0]\n", "first([4, 5]) == 4",
         ("[0]", "[1]")),
        (PYTHON, LIST + "def total(tree):\n    return sum(tree)\n", "total([4, 5]) == 9",
         ("sum", "max")),
        (PYTHON, "def first(head):\n    return head[0]\n", "first([4, 5]) == 4", ("[0]", "[1]")),
        (PYTHON, "class Node:\n    __slots__ = ('val', 'next')\n    def __init__(self, val):\n"
         "        self.val = val\n        self.next = None\ndef last(head):\n"
         "    while head.next:\n        head = head.next\n    return head.val\n",
         "last([4, 5]) == 5", ("return head.val", "return 4")),
        (PYTHON, TREE + "def same(p, q):\n    if not p or not q:\n        return p is q\n    return"
         " p.val == q.val and same(p.left, q.left) and same(p.right, q.right)\n",
         "Input: p = [1,2], q = [1,2]\nOutput: true\nInput: p = [1,2], q = [1,null,2]\n"
         "Output: false", ("p is q", "True")),
        (SCRIPT, "const same = (p, q) => !p || !q ? p === q : p.val === q.val && same(p.left,"
         " q.left) && same(p.right, q.right);", "Input: p = [1,2], q = [1,2]\nOutput: true\n"
         "Input: p = [1,2], q = [1,null,2]\nOutput: false", ("p === q :", "true :")),
        (SCRIPT, "const moved = (p) => ({ left: p.left + 1, top: p.top });",
         "moved({'left': 1, 'top': 2}) => {'left': 2, 'top': 2}", ("+ 1", "+ 2")),
        (SCRIPT, "const read = (data) => data.value === undefined ? data.length : data.value;",
         "read([1, 2]) => 2", ("data.length", "0")),
        (SCRIPT, JS_NODE + "function first(head) { return head[0]; }", "first([4, 5]) => 4",
         ("[0]", "[1]")),
        (SCRIPT, JS_NODE + "function size(root) { return root.length; }", "size([4, 5]) => 2",
         ("length", "length - 1")),
    ],
)  # fmt: skip
def test_what_lists_can_tell_is_judged(
    policy: Policy, language: Language, program: str, question: str, wrong: tuple[str, str]
) -> None:
    assert isinstance(verdict(policy, language, program, question), Passed)
    assert wrong[0] in program
    assert isinstance(verdict(policy, language, program.replace(*wrong), question), Failed)


def test_too_many_arguments_are_not_left_out(policy: Policy) -> None:
    program = LIST + "def value(head):\n    return head.val\n"
    assert isinstance(verdict(policy, PYTHON, program, "value([1], 2, 3) == 1"), Failed)


def test_a_function_that_is_like_a_number_is_no_wrong_answer(policy: Policy) -> None:
    program = "function sum(a) { const f = (b) => sum(a + b); f.valueOf = () => a; return f; }"
    assert isinstance(verdict(policy, SCRIPT, program, "sum(1)(2)(3) == 6"), Undecided)
    plain = program.replace("f.valueOf = () => a; ", "")
    assert isinstance(verdict(policy, SCRIPT, plain, "sum(1)(2)(3) == 6"), Failed)


@pytest.mark.parametrize(
    "claim",
    ["assertFalse(square(2) == 5)", "EXPECT_FALSE(square(2) == 5)", "assert not square(2) == 5",
     "self.assertFalse( square(2) == 5 )", "if (!(square(2) == 5)) ...",
     "as soon as square(2) returns 5, stop", "In case square(2) returns 5, stop."],
)  # fmt: skip
def test_what_is_claimed_to_be_false_is_no_example(policy: Policy, claim: str) -> None:
    program = "def square(n):\n    return n * n\n"
    assert not isinstance(verdict(policy, PYTHON, program, claim), Failed)
    assert isinstance(verdict(policy, PYTHON, program, "assertTrue(square(2) == 5)"), Failed)
