"""Functions of C and C++ called by a question's examples: right, wrong, and hostile code."""

from __future__ import annotations

import shutil
import threading

import confined
import pytest
from judging import judged, slow

from assistant.coding.judging import judge
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.trial import TestOutcome
from assistant.coding.types import (
    Brief,
    Code,
    CodeReport,
    CodeVerdict,
    Effort,
    Failed,
    Origin,
    Passed,
    Undecided,
)
from runtimes.base import Cancel

SLOW = pytest.mark.slow
ADD = "int add(int a, int b) { return a + b; }\n"


def outcomes(report: CodeReport) -> list[str]:
    return [test.outcome.value for test in report.tests]


def failed(verdict: CodeVerdict) -> Failed:
    assert isinstance(verdict, Failed), verdict
    return verdict


def test_a_function_is_called_with_what_the_example_gives_it(policy: Policy) -> None:
    asked = "Write a C function int add(int a, int b). For example add(2,3) == 5"
    assert judged(policy, ADD, asked).verdict == Passed(1, Origin.QUESTION)
    wrong = failed(judged(policy, ADD.replace("+", "-"), asked).verdict)
    assert (wrong.failure.call, wrong.failure.gave, wrong.failure.expected) == (
        "add(2,3)", "-1", "5",
    )  # fmt: skip


EVERY_KIND = r"""
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef long long ll;
bool even(int n) { return n % 2 == 0; }
double half(double x) { return x / 2; }
float third(float x) { return x / 3; }
char next(char c) { return c + 1; }
uint8_t low(unsigned long n) { return n; }
ll big(ll n) { return n * 4; }
static size_t length(const char *s) { return strlen(s); }
char *twice(const char *s) {
  char *t = malloc(2 * strlen(s) + 1);
  sprintf(t, "%s%s", s, s);
  return t;
}
void reverse(char *s) {
  size_t n = strlen(s);
  for (size_t i = 0; i < n / 2; i++) {
    char c = s[i];
    s[i] = s[n - 1 - i];
    s[n - 1 - i] = c;
  }
}
int sum(const int *a, int n) { int s = 0; for (int i = 0; i < n; i++) s += a[i]; return s; }
void sort(int a[], int n) {
  for (int i = 0; i < n; i++)
    for (int j = i + 1; j < n; j++)
      if (a[j] < a[i]) { int t = a[i]; a[i] = a[j]; a[j] = t; }
}
int *twoSum(int *nums, int numsSize, int target, int *returnSize) {
  for (int i = 0; i < numsSize; i++)
    for (int j = i + 1; j < numsSize; j++)
      if (nums[i] + nums[j] == target) {
        int *r = malloc(2 * sizeof *r);
        r[0] = i;
        r[1] = j;
        *returnSize = 2;
        return r;
      }
  *returnSize = 0; return NULL;
}
int main(void) { puts("this is never called"); return 7; }
"""
ASKED = """
even(4) returns true. even(3) returns false.
half(3) == 1.5
third(1) == 0.333333333
next('a') == 'b'
low(257) == 1
big(4000000000) == 16000000000
length("héé") == 5
twice("ab") == "abab"
reverse("abc") == "cba"
sum({1, 2, 3}, 3) == 6; sum([], 0) == 0
sort([3, 1, 2], 3) == [1, 2, 3]
twoSum([2, 7, 11, 15], 9) == [0, 1]
"""


@pytest.mark.slow
def test_every_kind_of_value_is_handed_over_and_back(policy: Policy) -> None:
    report = judged(policy, EVERY_KIND, ASKED)
    assert outcomes(report) == ["passed"] * 14, [t for t in report.tests if t.why]
    assert report.verdict == Passed(14, Origin.QUESTION)


CLASSES = r"""
#include <string>
#include <vector>
using namespace std;
class Solution {
public:
  vector<int> twoSum(vector<int>& nums, int target) {
    for (int i = 0; i < (int)nums.size(); i++)
      for (int j = i + 1; j < (int)nums.size(); j++)
        if (nums[i] + nums[j] == target) return {i, j};
    return {};
  }
};
vector<string> split(const string& s) {
  vector<string> all(1);
  for (char c : s) if (c == ' ') all.emplace_back(); else all.back() += c;
  return all;
}
vector<vector<bool>> grid(int n) { return vector<vector<bool>>(n, vector<bool>(n, true)); }
void shout(string& s) { s += "!"; }
int broken(int n) { vector<int> v; return v.at(n); }
"""


@SLOW
def test_strings_and_vectors_of_cpp_and_an_exception(policy: Policy) -> None:
    asked = (
        "twoSum([2, 7], 9) == [0, 1]; split('a b') == ['a', 'b']; grid(1) == [[true]]; "
        "shout('a') == 'a!'; broken(3) == 0"
    )
    report = judged(policy, CLASSES, asked, Language.CPP)
    assert outcomes(report) == ["passed"] * 4 + ["failed"]
    failure = failed(report.verdict).failure
    assert failure.gave.startswith("raised std::out_of_range: ")
    assert [frame.line for frame in failure.frames] == [21]


@pytest.mark.parametrize(
    ("program", "question", "why"),
    [
        (ADD, "add(2.5, 1) == 3", "2.5"),
        slow(ADD, "add([1], 1) == 2", "[1]"),
        slow(ADD, "add(1) == 2", "2"),
        slow(ADD, "add(1, 2) == '3'", "'3'"),
        slow(ADD, "sub(1, 2) == 3", "sub"),
        slow(
            "struct p { int x; };\nint add(struct p *a, int b) { return b; }\n",
            "add(1, 2) == 3",
            "struct p",
        ),
        slow(
            "#define int long long\nint add(int a, int b) { return a + b; }\n",
            "add(1, 2) == 3",
            "add",
        ),
        slow(
            "int data[3];\nint *add(int a, int b) { data[0] = a + b; return data; }\n",
            "add(1, 2) == [3]",
            "add",
        ),
        slow("int add(int a, int b) { return 2 * (a + b > 0); }\n", "add(1, 2) is true", "2"),
    ],
)
def test_what_cannot_be_told_is_not_run_and_says_why(
    policy: Policy, program: str, question: str, why: str
) -> None:
    report = judged(policy, program, question)
    assert isinstance(report.verdict, Undecided), report.verdict
    assert why in str(report.verdict.why.args)


HOSTILE = [
    "#include <stdlib.h>\n__attribute__((constructor)) void first(void) { _Exit(0); }\n",
    "#include <stdlib.h>\n#include <stdio.h>\n"
    '__attribute__((constructor)) void first(void) { puts("passed\\n=> 5"); exit(0); }\n',
    "#include <unistd.h>\n__attribute__((constructor)) void first(void)\n"
    '{ for (int i = 0; i < 64; i++) write(i, "\\5\\0\\0\\0\\0\\0\\0\\0", 8); _exit(0); }\n',
    "#include <stdlib.h>\n#include <unistd.h>\n"
    "void last(void) { _exit(0); }\n__attribute__((constructor)) void first(void)\n"
    "{ atexit(last); }\n",
    "#define main hidden\n#define assistant_call other\n#define assistant_give_number(x) 5\n",
    "#include <signal.h>\n#include <stdlib.h>\nvoid caught(int s) { (void)s; _Exit(0); }\n"
    "__attribute__((constructor)) void first(void) { signal(SIGSEGV, caught); }\n",
]
BODIES = [
    "int add(int a, int b) { (void)a; (void)b; return 4; }\n",
    "#include <stdlib.h>\nint add(int a, int b) { (void)a; (void)b; exit(0); }\n",
    "#include <unistd.h>\nint add(int a, int b) { (void)a; (void)b; for (int i = 0; i < 64; i++)"
    ' write(i, "passed", 6); return 5; }\n',
    "#include <setjmp.h>\nint add(int a, int b) { (void)a; (void)b; jmp_buf to; __builtin_memset("
    "&to, 0, sizeof to); longjmp(to, 1); }\n",
    "#include <unistd.h>\nint add(int a, int b) { (void)a; (void)b; for (int i = 0; i < 64; i++)"
    " close(i); return 5; }\n",
]


@pytest.mark.parametrize(
    "hostile", HOSTILE[:2] + [pytest.param(h, marks=SLOW) for h in HOSTILE[2:]]
)
def test_code_that_ends_or_writes_early_passes_nothing(policy: Policy, hostile: str) -> None:
    report = judged(policy, hostile + BODIES[0], "add(2, 3) == 5")
    assert not isinstance(report.verdict, Passed)


@pytest.mark.parametrize("body", [BODIES[2], *(pytest.param(b, marks=SLOW) for b in BODIES[1:])])
def test_code_that_ends_or_writes_as_it_is_called_passes_nothing(policy: Policy, body: str) -> None:
    assert not isinstance(judged(policy, body, "add(2, 3) == 5").verdict, Passed)


@pytest.mark.slow
def test_a_crash_and_undefined_behaviour_are_told_with_their_lines(policy: Policy) -> None:
    program = (
        "int at(const int *a, int n)\n{\n  return a[n];\n}\n"
        "int more(int n)\n{\n  return n + 1;\n}\n"
        "int gone(int n)\n{\n  int *p = 0;\n  int unused;\n  return n ? *p : 1;\n}\n"
    )
    asked = "at([1, 2], 1) == 2; at([1, 2], 2) == 0; more(2147483647) == 3; gone(1) == 1"
    report = judged(policy, program, asked)
    assert outcomes(report) == ["passed", "failed", "failed", "failed"]
    notes = [str(note.args) for note in report.notes]
    assert any("signed integer overflow" in note and "'7'" in note for note in notes)
    assert any("heap-buffer-overflow" in note and "'3'" in note for note in notes)
    assert any(finding.line == 12 and "unused" in str(finding.text.args)
               for finding in report.findings)  # fmt: skip
    (crash,) = [judged_ for judged_ in report.tests if judged_.name.startswith("gone")]
    assert crash.outcome is TestOutcome.FAILED
    alone = failed(judged(policy, program, "gone(1) == 1").verdict).failure
    assert "SIGSEGV" in str(alone.why and alone.why.args)
    assert [(frame.line, frame.function) for frame in alone.frames] == [(13, "gone")]


@SLOW
def test_an_array_is_followed_by_what_is_no_zero(policy: Policy) -> None:
    program = (
        "int sum(int *a, int n) { int s = 0; for (int i = 0; i <= n; i++) s += a[i]; return s; }"
    )
    assert isinstance(judged(policy, program, "sum([1, 2, 3], 3) == 6").verdict, Failed)


@SLOW
def test_code_that_does_not_compile_fails_on_its_line(policy: Policy) -> None:
    verdict = failed(
        judged(policy, "\nint add(int a, int b) { return a + c; }\n", "add(1, 2) == 3").verdict
    )
    assert [frame.line for frame in verdict.failure.frames] == [2]


@SLOW
def test_a_call_that_never_ends_is_ended_at_the_limit(policy: Policy) -> None:
    program = "int f(int n) { while (n) n |= 1; return 2; }\n"
    report = judged(policy, program, "f(0) == 2; f(1) == 2", effort=Effort(seconds=1))
    assert outcomes(report) == ["passed", "failed"]
    assert "limit" in str(failed(report.verdict).failure.why)


def test_a_judgement_that_is_cancelled_leaves_nothing(policy: Policy) -> None:
    if shutil.which("gcc") is None:
        pytest.skip("gcc is not installed here")
    cancel, before = Cancel(), confined.descriptors()
    timer = threading.Timer(0.5, cancel.set)
    timer.start()
    code = Code(Language.C, (SourceFile("a.c", "int f(int n) { while (n) n |= 1; return n; }\n"),))
    report = judge(code, Brief(question="f(1) == 1"), policy, Effort(seconds=60), cancel)
    timer.join()
    assert isinstance(report.verdict, Undecided)
    assert report.seconds < 30
    assert confined.descriptors() <= before
    assert not confined.children()


AS_C_HAS_IT = r"""
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
void hi(int n) { for (int i = 0; i < n; i++) printf(i ? " hi" : "hi"); }
int square(int n) { printf("%d\n", n * n); return 0; }
unsigned long long fact(int n) { unsigned long long r = 1; while (n > 1) r *= n--; return r; }
float half(float x) { return x / 2; }
int upper(int c) { return toupper(c); }
size_t find(const char *s, char c) { char *p = strchr(s, c); return p ? (size_t)(p - s) : -1; }
double area(double r) { return M_PI * r * r; }
char *twin(const char *s) { return strdup(s); }
char *append(char *to, const char *more) { return strcat(to, more); }
"""


def test_what_c_writes_in_its_own_way_is_understood(policy: Policy) -> None:
    asked = (
        'hi(2) prints "hi hi". square(3) prints 9. fact(20) == 2432902008176640000ULL; '
        "half(0.5f) == 0.25f; upper('a') == 'A'; find(\"abc\", 'z') == -1; "
        "find(\"abc\", 'b') == 1; "
        'area(2.0) -> 12.566370614359172; twin("ab") == "ab"; append("ab", "cd") == "abcd"'
    )
    report = judged(policy, AS_C_HAS_IT, asked)
    assert outcomes(report) == ["passed"] * 10
    assert report.notes == ()  # how much room a text has is for those to say who call


@SLOW
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ('hi(2) prints "hi"', Undecided), ("find(\"abc\", 'b') == -1", Failed),
        ("half(0.5f) == 0.5f", Failed), ("upper('b') == 'A'", Undecided),
        ('upper("a") == 65', Undecided),
    ],
)  # fmt: skip
def test_what_c_writes_in_its_own_way_passes_nothing_wrong(
    policy: Policy, question: str, expected: type[CodeVerdict]
) -> None:
    assert isinstance(judged(policy, AS_C_HAS_IT, question).verdict, expected)


@SLOW
def test_items_of_a_vector_of_floats_are_floats(policy: Policy) -> None:
    program = (
        "#include <vector>\nstd::vector<float> half(std::vector<float> v)"
        " {{ for (auto &x : v) x {}= 2; return v; }}\n"
    )
    asked = "half({0.2, 0.6}) == {0.1, 0.3}"
    found = judged(policy, program.format("/"), asked, Language.CPP)
    assert found.verdict == Passed(1, Origin.QUESTION)
    failed(judged(policy, program.format("*"), asked, Language.CPP).verdict)


@SLOW
def test_every_example_is_tried(policy: Policy) -> None:
    asked = "\n".join(f"- f({n}) == {2 * n}" for n in range(1, 23))
    program = "int f(int x) { return x > 21 ? 0 : 2 * x; }\n"
    assert failed(judged(policy, program, asked).verdict).failure.call == "f(22)"


@SLOW
def test_calls_that_never_end_are_not_all_waited_for(policy: Policy) -> None:
    program = "int f(int n) { while (n) n |= 1; return 2; }\n"
    asked = "f(1) == 2; f(2) == 2; f(3) == 2; f(4) == 2; f(0) == 2"
    report = judged(policy, program, asked, effort=Effort(seconds=1))
    assert outcomes(report) == ["failed"] * 3 + ["unjudged"] * 2
    assert report.tests[3].why is not None
    assert report.tests[3].why.args == (3,)
