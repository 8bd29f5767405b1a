"""Linked lists, trees and grids of C and C++, as examples write them."""

from __future__ import annotations

import pytest
from judging import judged, slow

from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language
from assistant.coding.types import CodeVerdict, Failed, Passed, Undecided

SLOW = pytest.mark.slow
C_LIST = (
    "#include <stdlib.h>\ntypedef struct Node { int data; struct Node *next; } Node;\n"
    "Node *made(int v) { Node *n = malloc(sizeof *n); n->data = v; n->next = NULL; return n; }\n"
)
CPP_LIST = (
    "#include <vector>\n#include <set>\nusing namespace std;\nstruct ListNode { int val;"
    " ListNode *next; ListNode(int x) : val(x), next(nullptr) {} };\n"
)
CPP_TREE = (
    "#include <algorithm>\n#include <vector>\nusing namespace std;\nstruct TreeNode { int val;"
    " TreeNode *left, *right; TreeNode(int x) : val(x), left(nullptr), right(nullptr) {} };\n"
)


def verdict(
    policy: Policy, program: str, question: str, language: Language = Language.C
) -> CodeVerdict:
    return judged(policy, program, question, language).verdict


REVERSED = (
    "class Solution { public: ListNode *reverseList(ListNode *head) { ListNode *p = nullptr;"
    " while (head) { auto n = head->next; head->next = p; p = head; head = n; } return p; } };"
)
INVERTED = (
    "class Solution { public: TreeNode *invertTree(TreeNode *root) { if (!root) return root;"
    " swap(root->left, root->right); invertTree(root->left); invertTree(root->right);"
    " return root; } };"
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("program", "question", "wrong"),
    [
        (CPP_LIST + REVERSED, "Input: head = [1,2,3]\nOutput: [3,2,1]", ("return p;", "return 0;")),
        slow(CPP_LIST + REVERSED, "输入：head = [1,2,3]\n输出：[3,2,1]",
             ("p = head;", "p = head; p->next = p;")),
        slow(CPP_TREE + INVERTED, "输入：root = [4,2,7,null,3]\n输出：[4,7,2,null,null,3]",
             (" invertTree(root->right);", "")),
        slow(CPP_TREE + "int depth(TreeNode *t) { return t ? 1 + max(depth(t->left),"
             " depth(t->right)) : 0; }", "depth([3,9,20,null,null,15,7]) == 3; depth(null) == 0",
             ("1 + max", "2 + min")),
        slow(CPP_LIST + "class Solution { public: ListNode *merge(vector<ListNode *> &lists) {"
             " multiset<int> m; for (auto l : lists) for (; l; l = l->next) m.insert(l->val);"
             " ListNode d(0); auto p = &d; for (int x : m) { p->next = new ListNode(x);"
             " p = p->next; } return d.next; } };",
             "Input: lists = [[1,4],[],[2]]\nOutput: [1,2,4]", ("m.insert(l->val)", "m.insert(1)")),
        slow(CPP_LIST + "void twice(ListNode *h) { for (; h; h = h->next) h->val *= 2; }",
             "twice([1, 2]) → [2, 4]", ("*= 2", "*= 3")),
    ],
)  # fmt: skip
def test_nodes_of_cpp_are_written_as_lists(
    policy: Policy, program: str, question: str, wrong: tuple[str, str]
) -> None:
    assert isinstance(verdict(policy, program, question, Language.CPP), Passed)
    assert wrong[0] in program
    worse = program.replace(*wrong)
    assert isinstance(verdict(policy, worse, question, Language.CPP), Failed)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("program", "question", "wrong"),
    [
        ("void push(Node **head, int v) { Node *n = made(v); n->next = *head; *head = n; }",
         "push([1, 2], 3) == [3, 1, 2]", ("n->next = *head;", "")),
        slow("int length(const Node *h) { int n = 0; for (; h; h = h->next) n++; return n; }",
             "length([1, 2, 3]) == 3; length(NULL) == 0", ("n++", "n += 2")),
        slow("typedef Node *List;\nList drop(List h) { Node *n = h->next; free(h); return n; }",
             "drop([1, 2]) == [2]; drop([1]) == []", ("return n", "return h")),
        slow("Node *add(Node *h, int v) { h->next = made(v); return h; }",
             "add([1], 2) == [1, 2]", ("made(v)", "malloc(sizeof *h); h->next->data = v")),
    ],
)  # fmt: skip
def test_nodes_of_c_are_written_as_lists(
    policy: Policy, program: str, question: str, wrong: tuple[str, str]
) -> None:
    assert isinstance(verdict(policy, C_LIST + program, question), Passed)
    assert wrong[0] in program
    assert isinstance(verdict(policy, C_LIST + program.replace(*wrong), question), Failed)


@SLOW
def test_what_is_no_list_or_tree_decides_nothing(policy: Policy) -> None:
    program = CPP_TREE + "int depth(TreeNode *t) { return t ? 1 : 0; }"
    for asked in ("depth([null, 1]) == 0", "depth([1, null, null, 2]) == 1", "depth(3) == 1"):
        assert isinstance(verdict(policy, program, asked, Language.CPP), Undecided)
    both = "#include <stddef.h>\nstruct D { int v; struct D *next, *other; };\n"
    other = both + "int first(struct D *d) { return d ? d->v : 0; }"
    assert isinstance(verdict(policy, other, "first([1, 2]) == 1"), Undecided)


TURNED = (
    "#include <stddef.h>\ntypedef struct D { int v; struct D *prev, *next; } D;\n"
    "D *turned(D *h) { D *last = NULL; while (h) { D *n = h->next; h->next = last; h->prev = n;"
    " last = h; h = n; } return last; }\n"
)


@pytest.mark.slow
def test_lists_that_lead_back(policy: Policy) -> None:
    asked = "turned([1, 2, 3]) == [3, 2, 1]"
    assert isinstance(verdict(policy, TURNED, asked), Passed)
    hanging = TURNED.replace("return last", "last->prev = last; return last")
    for one_way in (TURNED.replace("h->prev = n;", ""), hanging):
        assert isinstance(verdict(policy, one_way, asked), Undecided)
    assert isinstance(verdict(policy, TURNED.replace("return last", "return h"), asked), Failed)


TRACE = (
    "int trace(int n, int m[n][n]) { int s = 0; for (int i = 0; i < n; i++) s += m[i][i];"
    " return s; }"
)


@pytest.mark.parametrize(
    ("program", "question", "wrong"),
    [
        (TRACE, "trace(2, [[1, 2], [3, 4]]) == 5; trace([[7]]) == 7", ("m[i][i]", "m[i][0]")),
        slow("double sum(int r, int c, const double m[r][c]) { double s = 0; for (int i = 0; i < r;"
             " i++) for (int j = 0; j < c; j++) s += m[i][j]; return s; }",
             "sum(2, 3, [[1, 2, 3], [4, 5, 6.5]]) == 21.5", ("i < r", "i <= r")),
        slow("void flip(int n, int m[n][n]) { for (int i = 0; i < n; i++)"
             " for (int j = 0; j < i; j++)"
             " { int t = m[i][j]; m[i][j] = m[j][i]; m[j][i] = t; } }",
             "flip(2, [[1, 2], [3, 4]]) -> [[1, 3], [2, 4]]", ("j < i", "j < n")),
    ],
)  # fmt: skip
def test_rows_whose_length_is_a_parameter(
    policy: Policy, program: str, question: str, wrong: tuple[str, str]
) -> None:
    assert isinstance(verdict(policy, program, question), Passed)
    assert isinstance(verdict(policy, program.replace(*wrong), question), Failed)


def test_rows_of_another_length_decide_nothing(policy: Policy) -> None:
    question = "trace(2, [[1, 2, 3], [4, 5, 6]]) == 5"
    assert isinstance(verdict(policy, TRACE, question), Undecided)


@SLOW
def test_nodes_that_two_lists_share_are_told_by_no_lists(policy: Policy) -> None:
    meet = (
        "ListNode *meet(ListNode *headA, ListNode *headB) { ListNode *a = headA, *b = headB;"
        " while (a != b) { a = a ? a->next : headB; b = b ? b->next : headA; } return a; }"
    )
    asked = "meet([1,2,3], [9,2,3]) == [2,3]"
    assert isinstance(verdict(policy, CPP_LIST + meet, asked, Language.CPP), Undecided)
    merge = "ListNode *merge(ListNode *a, ListNode *b) { if (!a || !b) return a ? a : b;"
    merge += " if (a->val > b->val) swap(a, b); a->next = merge(a->next, b); return a; }"
    asked = "merge([1,3], [2]) == [1,2,3]"
    assert isinstance(verdict(policy, CPP_LIST + merge, asked, Language.CPP), Passed)
