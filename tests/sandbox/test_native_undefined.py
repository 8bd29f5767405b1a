"""Undefined behaviour of C and C++ is no pass, whatever it happens to give."""

from __future__ import annotations

import pytest
from judging import judged, slow

from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language
from assistant.coding.telling import failure_lines
from assistant.coding.types import CodeReport, Failed, Passed, Undecided
from assistant.records import say
from runtimes.texts import Lang

SLOW = pytest.mark.slow
HEAD = "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n"


def told(report: CodeReport, lang: Lang = Lang.EN) -> str:
    assert isinstance(report.verdict, Failed), report.verdict
    return "\n".join(say(line, lang) for line in failure_lines(report.verdict.failure))


@pytest.mark.slow
def test_an_overflow_of_the_heap_fails_with_its_line(policy: Policy) -> None:
    program = HEAD + (
        "int f(int n)\n{\n  int *p = malloc(n * sizeof *p);\n  for (int i = 0; i <= n; i++)\n"
        "    p[i] = i;\n  int r = p[n];\n  free(p);\n  return r;\n}\n"
    )
    report = judged(policy, program, "f(3) == 3")
    assert "undefined behaviour on line 8 (ASan): heap-buffer-overflow" in told(report)
    assert "第 8 行有未定义行为" in told(report, Lang.ZH)
    assert "p[i] = i;" in told(report)
    mended = judged(policy, program.replace("malloc(n", "malloc((n + 1)"), "f(3) == 3")
    assert isinstance(mended.verdict, Passed)


@pytest.mark.parametrize(
    ("body", "question", "said"),
    [
        ("int f(int n) { return n * n; }", "f(100000) == 1410065408", "signed integer overflow"),
        slow("int f(int n) { int d[4]; for (int i = 0; i <= n; i++) d[i] = i; return d[n]; }",
             "f(4) == 4", "index 4 out of bounds"),
        slow("int g[4]; int f(int n) { volatile int x = g[n]; (void)x; return n; }",
             "f(4) == 4", "index 4 out of bounds"),
        slow("int f(int n) { int *p = malloc(4); *p = n; free(p); volatile int x = *p;"
             " (void)x; return n; }",
             "f(4) == 4", "use-after-free"),
        slow("int f(int *a, int n) { int s = 0; for (int i = 0; i <= n; i++)"
             " if (a[i] < 9) s += a[i] * (i < n); return s; }", "f([1, 2], 2) == 3",
             "heap-buffer-overflow"),
        slow("int f(int n) { int x; if (n > 99) x = 1; if (x > 0 || x <= 0) x += n - x;"
             " return x > 9 ? x : n + (x & 0); }", "f(3) == 3", ""),
        slow("char *f(const char *s) { char *r = malloc(strlen(s)); strcpy(r, s); return r; }",
             'f("abc") == "abc"', "heap-buffer-overflow"),
    ],
)  # fmt: skip
def test_what_is_undefined_in_c_is_no_pass(
    policy: Policy, body: str, question: str, said: str
) -> None:
    report = judged(policy, HEAD + body, question)
    if said:
        assert said in told(report)


@SLOW
@pytest.mark.parametrize(
    "body",
    [
        "int f(int n) { int s; for (int i = 0; i <= n; i++) s += i; return s; }",
        "int f(int n) { int *s = malloc(4); for (int i = 0; i <= n; i++) *s += i; return *s; }",
    ],
)
def test_a_sum_that_is_never_set_to_begin_with_fails(policy: Policy, body: str) -> None:
    report = judged(policy, HEAD + body, "f(3) == 6")
    assert isinstance(report.verdict, Failed)


@pytest.mark.parametrize(
    ("body", "question"),
    [
        ("int f(int n) { int *p = calloc(n, 4); return p[0] + n; }", "f(3) == 3"),  # leaks
        slow("int f(int n) { return 1 << n; }", "f(31) == -2147483648"),
        slow("void f(char *s) { strcat(s, \"!\"); }", 'f("ab") == "ab!"'),
        slow("int f(int n) { return n ? f(n - 1) + 1 : 0; }", "f(20000) == 20000"),
        slow("unsigned f(unsigned n) { return n * n; }", "f(100000) == 1410065408"),
    ],
)  # fmt: skip
def test_what_is_no_fault_still_passes(policy: Policy, body: str, question: str) -> None:
    assert isinstance(judged(policy, HEAD + body, question).verdict, Passed)


@SLOW
@pytest.mark.parametrize(
    ("body", "question"),
    [
        ("int f(vector<int> v) { int x = v[v.size() - 1 + v.size() / 3]; return x ? 3 : 3; }",
         "f({1, 2, 3}) == 3"),
        ("int f(vector<int> v) { int m = v.front(); return v.empty() ? 0 : m; }", "f({}) == 0"),
        ("int f(vector<int> v) { int &x = v[0]; for (int i = 0; i < 99; i++) v.push_back(i);"
         " volatile int y = x; (void)y; return 1; }",
         "f({1}) == 1"),
        ("struct N { int v; N *n; }; int f(int k) { N *h = 0; for (int i = 0; i < k; i++)"
         " h = new N{i, h}; int s = 0; for (N *p = h; p; p = p->n) { s++; delete p; }"
         " return s; }", "f(3) == 3"),
    ],
)  # fmt: skip
def test_what_is_undefined_in_cpp_is_no_pass(policy: Policy, body: str, question: str) -> None:
    program = f"#include <vector>\nusing namespace std;\n{body}\n"
    assert isinstance(judged(policy, program, question, Language.CPP).verdict, Failed)


@SLOW
def test_memory_that_nothing_tells_the_length_of_decides_nothing(policy: Policy) -> None:
    body = "int f(int *a) { int s = 0; for (int i = 0; i < 4; i++) s += a[i] != 7; return s; }"
    report = judged(policy, HEAD + body, "f([1, 2, 3]) == 4")
    assert isinstance(report.verdict, Undecided)
    grown = judged(policy, HEAD + "void f(int *a, int n, int x) { a[n] = x; }",
                   "f([1, 2], 2, 3) == [1, 2, 3]")  # fmt: skip
    assert isinstance(grown.verdict, Undecided)


SUM = (
    HEAD + "int main(void)\n{\n  int n, s{}, a[3];\n"
    '  if (scanf("%d", &n) != 1) return 1;\n'
    "  for (int i = {}; i < n + {}; i++)\n"
    '    if (scanf("%d", &a[i]) == 1) s += a[i];\n'
    '  printf("%d\\n", s);\n  return 0;\n}\n'
)


@pytest.mark.parametrize(
    ("parts", "right"),
    [((" = 0", "0", "0"), True), ((" = 0", "1", "1"), False), slow(("", "0", "0"), False)],
)
def test_a_whole_program_is_looked_at_too(
    policy: Policy, parts: tuple[str, str, str], right: bool
) -> None:
    program = SUM
    for part in parts:
        program = program.replace("{}", part, 1)
    report = judged(policy, program, "Input:\n```\n3\n1 2 3\n```\nOutput:\n```\n6\n```\n")
    assert isinstance(report.verdict, Passed if right else Failed), report.verdict


@SLOW
def test_a_file_of_tests_does_not_pass_code_that_is_undefined(policy: Policy) -> None:
    program = "int twice(int n)\n{\n  int a[2] = {0};\n  a[n / 2] = n;\n  return 2 * n;\n}\n"
    tests = "#include <assert.h>\nint main(void) { assert(twice(2) == 4); assert(twice(4) == 8); }"
    report = judged(policy, program, "", tests=tests)
    assert "solution.c:4" in told(report)
    inside = tests.replace("twice(4) == 8", "1")
    assert isinstance(judged(policy, program, "", tests=inside).verdict, Passed)
