"""A user's tests in C and C++: the code can neither end them nor write what they say."""

from __future__ import annotations

import shutil

import pytest

from assistant.coding.others import run_file
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, Limits, NotRun, SourceFile
from assistant.coding.trial import Verdict
from assistant.coding.types import Code, Filed
from runtimes.base import Cancel

SLOW = pytest.mark.slow
ADD = "int add(int a, int b) { return a + b; }\n"
ASSERTS = (
    "#include <assert.h>\nint main(void) {\n  assert(add(2, 3) == 5);\n"
    "  assert(add(0, 0) == 0);\n  return 0;\n}\n"
)


def held(
    policy: Policy,
    program: str,
    tests: str,
    language: Language = Language.C,
    seconds: float = 10,
) -> Filed | NotRun:
    tool, name = {
        Language.C: ("gcc", "solution.c"),
        Language.CPP: ("g++", "solution.cpp"),
    }[language]
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed here")
    code = Code(language, (SourceFile(name, program),))
    limits = Limits(seconds=seconds, cpu=max(1, round(seconds)))
    return run_file(
        code, Job(language=language, files=code.files, limits=limits), tests, policy, Cancel()
    )


def verdict(found: Filed | NotRun) -> Verdict:
    assert isinstance(found, Filed), found
    return found.report.verdict


@pytest.mark.slow
def test_asserts_decide(policy: Policy) -> None:
    assert verdict(held(policy, ADD, ASSERTS)) is Verdict.PASSED
    found = held(policy, ADD.replace("+", "-"), ASSERTS)
    assert isinstance(found, Filed)
    assert found.report.verdict is Verdict.FAILED
    assert found.report.failed is not None
    assert "line 3: assert(add(2, 3) == 5);" in found.report.failed.detail


HOSTILE = [
    "#include <unistd.h>\n__attribute__((constructor)) void first(void) { _exit(0); }\n",
    "#define assert(x) ((void)0)\n#define NDEBUG\n#define main hidden\n",
    "#include <stdlib.h>\n"
    "void __assert_fail(const char *a, const char *b, unsigned c, const char *d)"
    " { (void)a; (void)b; (void)c; (void)d; _Exit(0); }\nvoid abort(void) { _Exit(0); }\n",
    "#include <signal.h>\n#include <stdlib.h>\nstatic void calm(int s) { (void)s; _Exit(0); }\n"
    "__attribute__((constructor)) static void first(void) { signal(SIGABRT, calm); }\n",
]


@pytest.mark.parametrize(
    "hostile", [HOSTILE[0], *(pytest.param(h, marks=SLOW) for h in HOSTILE[1:])]
)
def test_code_that_would_end_the_tests_passes_none(policy: Policy, hostile: str) -> None:
    assert verdict(held(policy, hostile + ADD.replace("+", "-"), ASSERTS)) is not Verdict.PASSED


@SLOW
@pytest.mark.parametrize(
    "body",
    [
        "#include <unistd.h>\nint add(int a, int b) { (void)a; (void)b; _exit(0); }\n",
        "#include <unistd.h>\nint add(int a, int b) { for (int i = 3; i < 64; i++)"
        ' write(i, "passed", 6); return a + b; }\n',
        "#include <unistd.h>\nint add(int a, int b) { for (int i = 0; i < 64; i++) close(i);"
        " return a + b; }\n",
    ],
)
def test_code_that_ends_or_writes_as_it_is_asked_passes_none(policy: Policy, body: str) -> None:
    assert verdict(held(policy, body, ASSERTS)) is not Verdict.PASSED


@SLOW
@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        ('#include "solution.c"\n' + ASSERTS, Verdict.PASSED),
        ('#include "solution.h"\nint add(int, int);\n' + ASSERTS, Verdict.PASSED),
        ("int main(void) { if (add(1, 1) != 2) return 1; return 0; }", Verdict.PASSED),
        ("int main(void) { if (add(1, 1) != 3) return 1; return 0; }", Verdict.FAILED),
        ("#include <assert.h>\nvoid test_one(void) { assert(add(1, 1) == 2); }\n"
         "static void test_two(void) { assert(add(1, 1) == 3); }", Verdict.FAILED),
        ("#include <assert.h>\nint main(void) { assert(1 == 1); if (0) add(1, 1); return 0; }",
         Verdict.NOT_RUN),
        (ASSERTS.replace("add(0, 0)", "kept"), Verdict.NOT_RUN),
        (ASSERTS.replace("add(0, 0)", "missing(0)"), Verdict.NOT_RUN),
    ],
)  # fmt: skip
def test_a_file_of_tests_is_read_as_it_stands(
    policy: Policy, tests: str, expected: Verdict
) -> None:
    assert verdict(held(policy, f"int kept = 0;\n{ADD}", tests)) is expected


@pytest.mark.parametrize(
    "tests",
    [
        "", "int main(void) { add(1, 2); return 0; }", "#define NDEBUG\n" + ASSERTS,
        "// assert(add(1, 2) == 3)\nint main(void) { add(1, 2); return 0; }",
        "#include <assert.h>\nint main(void) { assert(1 + 1 == 2); return 0; }",
    ],
)  # fmt: skip
def test_what_tests_nothing_is_refused(policy: Policy, tests: str) -> None:
    found = held(policy, ADD, tests)
    assert isinstance(found, NotRun)
    assert found.input


@SLOW
def test_arrays_and_texts_cross_and_come_back(policy: Policy) -> None:
    program = (
        "#include <string.h>\nvoid reverse(char *s)\n{\n"
        "  for (size_t i = 0, n = strlen(s); i < n / 2;"
        " i++) { char c = s[i]; s[i] = s[n - 1 - i]; s[n - 1 - i] = c; }\n}\n"
        "int drop(int *a, int n) { int s = 0; for (int i = 0; i < n; i++) { s += a[i]; a[i] = 0; }"
        ' return s; }\nconst char *name(int n) { return n ? "one" : 0; }\n'
    )
    tests = (
        '#include <assert.h>\n#include <string.h>\nint main(void) {\n  char b[] = "abc";\n'
        '  int a[] = {1, 2};\n  reverse(b);\n  assert(!strcmp(b, "cba"));\n'
        "  assert(drop(a, 2) == 3 && a[0] == 0 && a[1] == 0);\n"
        '  assert(!strcmp(name(1), "one") && !name(0));\n  return 0;\n}\n'
    )
    assert verdict(held(policy, program, tests)) is Verdict.PASSED
    program = (
        "#include <string>\n#include <vector>\nstd::vector<int> twice(std::vector<int> v)"
        " { v.insert(v.end(), v.begin(), v.end()); return v; }\n"
        "void shout(std::string& s) { s += '!'; }\n"
        "struct Solution { int one(const std::vector<std::string>& v)"
        " { return (int)v.size(); } };\n"
    )
    tests = (
        "#include <cassert>\nint main() {\n  std::vector<int> a{1, 2}, b{1, 2, 1, 2};\n"
        '  assert(twice(a) == b);\n  std::string s = "a";\n  shout(s);\n  assert(s == "a!");\n'
        '  Solution solution;\n  assert(solution.one({"x", "y"}) == 2);\n}\n'
    )
    assert verdict(held(policy, program, tests, Language.CPP)) is Verdict.PASSED


@SLOW
def test_undefined_behaviour_under_tests_is_a_note(policy: Policy) -> None:
    found = held(policy, "int f(int n)\n{\n  return n + 1;\n}\n",
                   "int main(void) { if (f(2147483647) > 0) return 1; return 0; }")  # fmt: skip
    assert isinstance(found, Filed)
    assert any("signed integer overflow" in str(note.args) for note in found.notes)


@SLOW
def test_code_that_does_not_compile_or_end_fails(policy: Policy) -> None:
    assert (
        verdict(held(policy, "int add(int a, int b) { return a + c; }\n", ASSERTS))
        is Verdict.FAILED
    )
    looping = "int add(int a, int b) { while (a) a |= 1; return b; }\n"
    assert verdict(held(policy, looping, ASSERTS, seconds=1)) is Verdict.FAILED


@pytest.mark.parametrize(
    "tests",
    [
        "#define CHECK(c) do { if (!(c)) { puts(#c); failures++; } } while (0)\n"
        "#include <stdio.h>\nint failures;\nint main(void) { CHECK(add(1, 1) == 3); }\n",
        pytest.param(
            "#include <stdio.h>\nvoid check(int ok) { puts(ok ? \"ok\" : \"FAIL\"); }\n"
            "int main(void) { check(add(1, 1) == 3); return 0; }\n", marks=SLOW),
        pytest.param(
            "#include <stdio.h>\n#include <stdlib.h>\n"
            "int main(void) { if (add(1, 1) != 3) { puts(\"FAIL\"); exit(0); } }\n", marks=SLOW),
        pytest.param("static int twice(int a) { return 2 * a; }\n"
            "int main(void) { volatile int same = add(1, 1) == twice(3); (void)same; return 0; }\n",
            marks=SLOW),
    ],
)  # fmt: skip
def test_tests_that_cannot_fail_decide_nothing(policy: Policy, tests: str) -> None:
    assert verdict(held(policy, ADD, tests)) is Verdict.NOT_RUN


CHECKED = r"""
#include <stdbool.h>
#include <string.h>
bool even(int n) { return n % 2 == 0; }
double half(double x) { return x / 2; }
int sign(int n) { return (n > 0) - (n < 0); }
const char *name(int n) { return n ? "one" : 0; }
int *first(int *a, int n) { return n ? a : 0; }
void clear(int *a, int n) { for (int i = 0; i < n; i++) a[i] = 0; }
void append(char *to, const char *more) { strcat(to, more); }
"""


@SLOW
@pytest.mark.parametrize(
    "check",
    [
        "assert(even(2))", "assert(!even(3))", "assert(even(3) == even(5))",
        "assert(half(1) > 0)", "assert(half(4) == half(4))", "assert(sign(3) != 0)",
        "assert(sign(-3) < 0)", "if (sign(2) != 1) return 1", "assert(!name(0))",
        "assert(name(1))", "assert(strlen(name(1)) == 3)", "int a[2]; assert(first(a, 2) == a)",
        "assert(!first(0, 0))", "int a[] = {1, 2}; clear(a, 2); assert(a[0] == a[1])",
        'static char b[9] = "a"; append(b, "b"); assert(!strcmp(b, "ab"))',
    ],
)  # fmt: skip
def test_a_check_of_any_kind_of_answer_decides(policy: Policy, check: str) -> None:
    tests = f"#include <assert.h>\n#include <string.h>\nint main(void) {{ {check}; return 0; }}\n"
    assert verdict(held(policy, CHECKED, tests)) is Verdict.PASSED


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return add(1, 1) == 3;", None), ("if (add(1, 1) != 3) return 1; return 0;", None),
        ("assert(add(1, 1) == 2); return 0;", Verdict.PASSED),
        pytest.param("CHECK(add(1, 1) == 3); return 0;", Verdict.FAILED, marks=SLOW),
    ],
)  # fmt: skip
def test_what_a_test_gives_is_not_thrown_away(
    policy: Policy, body: str, expected: Verdict | None
) -> None:
    head = "#include <assert.h>\n#define CHECK(c) if (!(c)) return 1\n"
    found = held(policy, ADD, f"{head}int test_add(void) {{ {body} }}\n")
    if expected is None:
        assert isinstance(found, NotRun)
        assert found.input
        assert "test_add" in found.why.args
    else:
        assert verdict(found) is expected


@pytest.mark.parametrize("more", [40, pytest.param(9, marks=SLOW)])
def test_code_that_writes_over_the_memory_of_tests_passes_none(policy: Policy, more: int) -> None:
    program = f"void up(char *s) {{ for (int i = 0; i < {more}; i++) s[i] = 'x'; s[{more}] = 0; }}"
    tests = (
        '#include <assert.h>\n#include <string.h>\nstatic struct { char got[8]; char want[8]; } d'
        ' = {"abc", "ABC"};\n'
        "int main(void) { up(d.got); assert(d.got[1] == 'x'); return 0; }\n"
    )  # fmt: skip
    assert verdict(held(policy, program, tests)) is Verdict.NOT_RUN


@SLOW
def test_what_the_compiler_knows_by_default_is_known(policy: Policy) -> None:
    program = (
        "#include <math.h>\n#include <string.h>\nchar *twin(const char *s) { return strdup(s); }\n"
        "double area(double r) { return M_PI * r * r; }\n"
    )
    tests = (
        "#include <assert.h>\n#include <string.h>\n"
        'int main(void) { assert(!strcmp(twin("ab"), "ab")); assert(area(1) > 3.14); return 0; }\n'
    )
    assert verdict(held(policy, program, tests)) is Verdict.PASSED


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [(3, Verdict.NOT_RUN), pytest.param(2, Verdict.PASSED, marks=SLOW)],
)
def test_a_check_that_only_prints_is_heard_beside_one_that_ends(
    policy: Policy, wanted: int, expected: Verdict
) -> None:
    tests = (
        "#include <assert.h>\n#include <stdio.h>\nint bad;\nint main(void) {\n"
        f'  if (add(1, 1) != {wanted}) {{ bad++; puts("FAIL: add"); }}\n'
        '  assert(add(0, 0) == 0);\n  printf("%d failed\\n", bad);\n  return 0;\n}\n'
    )
    assert verdict(held(policy, ADD, tests)) is expected


POINTS = """#include <stdlib.h>
typedef struct { int x; int y; } Point;
Point add(Point a, Point b) { Point r = {a.x + b.x, a.y + b.y}; return r; }
int far(const Point *p, int n) { int s = 0; while (n--) s += abs(p[n].x) + abs(p[n].y); return s; }
"""
OF_POINTS = """#include <assert.h>
#include "solution.h"
int main(void) {
  Point a = {1, 2}, b = {3, 4}, c = add(a, b), many[] = {{1, 2}, {3, 4}};
  assert(c.x == 4 && c.y == 6);
  assert(far(many, 2) == 10);
}
"""
MORE = """#include <map>
#include <optional>
#include <string>
#include <vector>
using namespace std;
struct Person { string name; int age; };
optional<int> find(const vector<int> &v, int x) {
  for (size_t i = 0; i < v.size(); i++) if (v[i] == x) return i;
  return nullopt;
}
int twice(int n) { return 2 * n; }
string twice(const string &s) { return s + s; }
int area(int a, int b = 2) { return a * b; }
map<string, int> ages(vector<Person> v) {
  map<string, int> m;
  for (auto &p : v) m[p.name] = p.age;
  return m;
}
"""
OF_MORE = """#include <cassert>
int main() {
  assert(find({3, 4}, 4) == 1);
  assert(!find({3}, 9));
  assert(twice(2) == 4 && twice(std::string("ab")) == "abab");
  assert(area(2) == 4 && area(2, 3) == 6);
  assert(ages({{"Ann", 3}}).at("Ann") == 3);
}
"""


@SLOW
@pytest.mark.parametrize(
    ("language", "program", "tests", "right", "wrong"),
    [
        (Language.C, POINTS, OF_POINTS, "a.y + b.y", "a.y - b.y"),
        (Language.C, POINTS, OF_POINTS, "abs(p[n].x) +", ""),
        (Language.CPP, MORE, OF_MORE, "return nullopt", "return -1"),
        (Language.CPP, MORE, OF_MORE, "int b = 2", "int b = 3"),
        (Language.CPP, MORE, OF_MORE, "return s + s", "return s"),
        (Language.CPP, MORE, OF_MORE, "= p.age", "= -p.age"),
    ],
)
def test_structs_and_what_the_library_holds_are_handed_over(
    policy: Policy, language: Language, program: str, tests: str, right: str, wrong: str
) -> None:
    assert verdict(held(policy, program, tests, language)) is Verdict.PASSED
    found = held(policy, program.replace(right, wrong), tests, language)
    assert verdict(found) is Verdict.FAILED
