"""Structs, pairs, maps and rows of C and C++; calls that leave arguments out, or that mean one of
several functions; exceptions that an example wants."""

from __future__ import annotations

import shutil

import pytest

from assistant.coding.judging import judge
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import (
    Brief,
    Code,
    CodeReport,
    Effort,
    Failed,
    Origin,
    Passed,
    Undecided,
)

SLOW = pytest.mark.slow
C, CPP = Language.C, Language.CPP
NAMES = {C: ("gcc", "a.c"), CPP: ("g++", "a.cpp")}
ROWS = r"""
#include <stdlib.h>
#include <string.h>
typedef struct { int x, y; } Point;
struct span { double from; struct { int n; } *rest; };
struct rect { Point low; Point high; };
int apart(Point a, Point b) { return abs(a.x - b.x) + abs(a.y - b.y); }
Point moved(Point a, int by) { a.x += by; return a; }
int area(struct rect r) { return (r.high.x - r.low.x) * (r.high.y - r.low.y); }
int leftmost(const Point *many, int n) {
  int x = many[0].x;
  for (int i = 1; i < n; i++) if (many[i].x < x) x = many[i].x;
  return x;
}
double length(struct span s) { return s.from; }
void turn(Point *p) { int t = p->x; p->x = p->y; p->y = t; }
int often(const char **words, int n, const char *word) {
  int c = 0;
  for (int i = 0; i < n; i++) c += !strcmp(words[i], word);
  return c;
}
int total(int **grid, int rows, int cols) {
  int sum = 0;
  for (int i = 0; i < rows; i++) for (int j = 0; j < cols; j++) sum += grid[i][j];
  return sum;
}
void negate(int **grid, int rows, int cols) {
  for (int i = 0; i < rows; i++) for (int j = 0; j < cols; j++) grid[i][j] *= -1;
}
void sort(char **words, int n) {
  for (int i = 0; i < n; i++)
    for (int j = i + 1; j < n; j++)
      if (strcmp(words[j], words[i]) < 0) { char *t = words[i]; words[i] = words[j]; words[j] = t; }
}
"""
HEAD = r"""
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>
using namespace std;
"""
KINDS = (
    HEAD
    + r"""
struct Person { string name; int age = 0; bool old() const { return age > 60; } };
struct TooOld : invalid_argument { using invalid_argument::invalid_argument; };
Person older(Person p, int by = 1) { p.age += by; return p; }
string eldest(const vector<Person> &all) {
  Person best;
  for (auto &p : all) if (p.age > best.age) best = p;
  return best.name;
}
optional<Person> named(vector<Person> all, string name) {
  for (auto &p : all) if (p.name == name) return p;
  return nullopt;
}
map<char, int> counted(string s) { map<char, int> m; for (char c : s) m[c]++; return m; }
unordered_map<string, vector<int>> grouped(vector<pair<string, int>> v) {
  unordered_map<string, vector<int>> m; for (auto &p : v) m[p.first].push_back(p.second); return m;
}
set<int> unique(vector<int> v) { return set<int>(v.begin(), v.end()); }
tuple<int, string, double> mixed(int n) { return {n, string(n, 'x'), n / 2.0}; }
int twice(int n) { return 2 * n; }
string twice(string s) { return s + s; }
double twice(double d) { return 2 * d; }
int half(double d) { return d / 2; }
int half(long n) { return n / 2; }
int checked(int n) { if (n > 99) throw TooOld("old"); if (n < 0) throw n; return n; }
"""
)


def judged(policy: Policy, program: str, question: str, language: Language) -> CodeReport:
    tool, name = NAMES[language]
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed here")
    code = Code(language, (SourceFile(name, program),))
    return judge(code, Brief(question=question), policy, Effort(seconds=10))


@pytest.mark.slow
def test_structs_and_rows_of_c(policy: Policy) -> None:
    asked = """
apart({1, 2}, {4, 6}) == 7; moved({1, 2}, 5) == {6, 2}; moved({.y = 2, .x = 1}, 5) == Point{6, 2}
area({{0, 0}, {2, 3}}) == 6
turn({1, 2}) == {2, 1}; often(["a", "b"], 2, "a") == 1
leftmost([{3, 0}, {1, 5}], 2) == 1; leftmost([{3, 0}, {1, 5}]) == 1
total([[1, 2], [3, 4]], 2, 2) == 10; total([[1, 2], [3, 4]]) == 10
negate([[1], [2]]) == [[-1], [-2]]
sort(["b", "c", "a"], 3) == ["a", "b", "c"]
"""
    report = judged(policy, ROWS, asked, C)
    assert report.verdict == Passed(12, Origin.QUESTION), [(t.name, t.why) for t in report.tests]
    wrong = judged(policy, ROWS.replace("a.x += by", "a.y += by"), "moved({1, 2}, 5) == {6, 2}", C)
    assert isinstance(wrong.verdict, Failed)
    assert wrong.verdict.failure.gave == "{1, 7}"


@SLOW
@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("apart({1, 2, 3}, {4, 6}) == 7", "Point"),
        ("apart({1}, {4, 6}) == 7", "Point"),
        ("apart({'x': 1, 'z': 2}, {4, 6}) == 7", "Point"),
        ("length({1.0, None}) == 1.0", "struct span"),
        ("total([[1, 2], [3]], 2, 2) == 10", "[[1, 2], [3]]"),
        ("apart({1, 2}, {4, 6}) raises an error", "C has no exceptions"),
    ],
)
def test_what_cannot_be_handed_over_is_told(policy: Policy, question: str, why: str) -> None:
    verdict = judged(policy, ROWS, question, C).verdict
    assert isinstance(verdict, Undecided)
    assert why in verdict.why.en.format(*verdict.why.args)


@pytest.mark.slow
def test_what_the_library_of_cpp_holds(policy: Policy) -> None:
    asked = """
older({"Ann", 30}) == {"Ann", 31}; older({"Ann", 30}, 5) == {"name": "Ann", "age": 35}
eldest([{"Ann", 30}, {"Bob", 40}]) == "Bob"
named([{"Ann", 30}], "Ann") == {"Ann", 30}; named([], "Bob") == std::nullopt
counted("aab") == {"b": 1, "a": 2}
grouped([("x", 1), ("y", 2), ("x", 3)]) == {"y": [2], "x": [1, 3]}
unique([3, 1, 3]) == {1, 3}
mixed(3) == (3, "xxx", 1.5)
twice(2) == 4; twice("ab") == "abab"; twice(1.5) == 3.0
"""
    report = judged(policy, KINDS, asked, CPP)
    assert report.verdict == Passed(12, Origin.QUESTION), [(t.name, t.why) for t in report.tests]


WRONG = """
older({"Ann", 30}) == {"Ann", 32}
named([], "Bob") == {"Bob", 1}
counted("aab") == {"a": 2}
unique([3, 1]) == {1, 3, 4}
grouped([("x", 1), ("x", 3)]) == {"x": [3, 1]}
mixed(3) == (3, "xx", 1.5)
twice("ab") == "ab"
"""


@SLOW
def test_what_is_held_otherwise_fails(policy: Policy) -> None:
    report = judged(policy, KINDS, WRONG, CPP)
    assert [test.outcome.value for test in report.tests] == ["failed"] * 7


@SLOW
def test_where_several_functions_fit_none_is_taken(policy: Policy) -> None:
    verdict = judged(policy, KINDS, "half(4) == 2", CPP).verdict
    assert isinstance(verdict, Undecided)
    assert "several" in verdict.why.en.format(*verdict.why.args)


RAISED = "checked(100) throws {}; checked(3) == 3"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wanted", "verdict"),
    [
        ("TooOldError", Failed),
        pytest.param("std::invalid_argument", Passed, marks=SLOW),
        pytest.param("std::logic_error", Passed, marks=SLOW),
        pytest.param("an exception", Passed, marks=SLOW),
        pytest.param("std::runtime_error", Failed, marks=SLOW),
        pytest.param("ValueError", Undecided, marks=SLOW),
    ],
)
def test_an_exception_that_is_wanted_is_looked_for(
    policy: Policy, wanted: str, verdict: type
) -> None:
    found = judged(policy, KINDS, RAISED.format(wanted), CPP).verdict
    assert isinstance(found, verdict), found


@SLOW
def test_an_exception_is_told_by_what_it_says(policy: Policy) -> None:
    asked = "checked(100) == 1; checked(-1) throws std::exception; checked(5) 抛出异常"
    report = judged(policy, KINDS, asked, CPP)
    assert [test.outcome.value for test in report.tests] == ["failed"] * 3
    assert isinstance(report.verdict, Failed)
    assert report.verdict.failure.gave == "raised TooOld: old"
    assert [frame.function for frame in report.verdict.failure.frames][-1:] == ["checked"]


TEMPLATES = (
    HEAD
    + """
template <typename T> T larger(T a, T b) { return a < b ? b : a; }
template <class Item> Item last(const vector<Item> &all) { return all.back(); }
template <class A, class B> int both(A a, B b) { return 1; }
"""
)


@SLOW
def test_a_template_is_filled_with_the_type_of_what_it_is_given(policy: Policy) -> None:
    asked = (
        'larger(2, 3) == 3; larger("a", "b") == "b"; larger(1.5, 0.5) == 1.5; '
        'last([1, 2]) == 2; last(["x", "y"]) == "y"'
    )
    assert judged(policy, TEMPLATES, asked, CPP).verdict == Passed(5, Origin.QUESTION)
    assert isinstance(judged(policy, TEMPLATES, "larger(2, 3) == 2", CPP).verdict, Failed)
    assert isinstance(judged(policy, TEMPLATES, "both(2, 3) == 1", CPP).verdict, Undecided)


TWO_SUM = """#include <stdlib.h>
int *twoSum(int *nums, int numsSize, int target, int *returnSize) {
  for (int i = 0; i < numsSize; i++)
    for (int j = i + 1; j < numsSize; j++)
      if (nums[i] + nums[j] == target) {
        int *r = malloc(2 * sizeof *r);
        r[0] = i; r[1] = j; *returnSize = 2;
        return r;
      }
  *returnSize = 0; return NULL;
}
"""


@pytest.mark.parametrize(
    ("program", "question", "verdict"),
    [
        (TWO_SUM, "输入：nums = [2,7,11,15], target = 9\n输出：[0,1]", Passed),
        pytest.param(TWO_SUM, "Input: target = 9, nums = [2,7]\nOutput: [0,1]", Passed, marks=SLOW),
        pytest.param(TWO_SUM, "Input: nums = [2,7], target = 9\nOutput: [1,0]", Failed, marks=SLOW),
        ("int sq(int n) { return n * n; }", "It returns 9 for input 3.", Passed),
        pytest.param("int sq(int n) { return n + n; }", "输入 3 时返回 9。", Failed, marks=SLOW),
        pytest.param(
            "int sq(int n) { return 2 * n; }\nint main(void) { return sq(1) - 2; }",
            "It returns 9 for input 3.", Undecided, marks=SLOW,
        ),
        pytest.param(
            "void twice(int *a, int n) { for (int i = 0; i < n; i++) a[i] *= 2; }",
            "Input: [1, 2]\nOutput: [2, 4]", Passed, marks=SLOW,
        ),
    ],
)  # fmt: skip
def test_an_input_and_an_output_are_of_the_only_function(
    policy: Policy, program: str, question: str, verdict: type
) -> None:
    found = judged(policy, program, question, C).verdict
    assert isinstance(found, verdict), found


NAMED = r"""
#include <stdlib.h>
#include <string.h>
struct Person { const char *name; int age; };
const char *older(struct Person a, struct Person b) { return a.age > b.age ? a.name : b.name; }
struct Person made(const char *n, int age) { struct Person p = {strdup(n), age}; return p; }
void birthday(struct Person *p) { p->age++; }
int letters(const struct Person *p, int n) {
  int s = 0;
  while (n--) s += p[n].name ? strlen(p[n].name) : 0;
  return s;
}
"""


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ('older({"Ann", 30}, {"Bo", 20}) == "Ann"', ("a.age > b.age", "a.age < b.age")),
        pytest.param('made("Ann", 3) == {"Ann", 3}', ("strdup(n)", "n + 1"), marks=SLOW),
        pytest.param('made("Ann", 3) == {.name = "Ann", .age = 3}', ("age};", "0};"), marks=SLOW),
        pytest.param('birthday({"Ann", 3}) == {"Ann", 4}', ("++", "--"), marks=SLOW),
        pytest.param('letters([{"Ann", 3}, {NULL, 1}], 2) == 3', ("s = 0", "s = 1"), marks=SLOW),
    ],
)
def test_a_struct_may_hold_texts_by_a_pointer(
    policy: Policy, question: str, wrong: tuple[str, str]
) -> None:
    assert isinstance(judged(policy, NAMED, question, C).verdict, Passed)
    assert wrong[0] in NAMED
    assert isinstance(judged(policy, NAMED.replace(*wrong), question, C).verdict, Failed)
