"""Arrays of arrays, structs that hold arrays, and rows that a function of C or C++ gives."""

from __future__ import annotations

import shutil

import pytest

from assistant.coding.judging import judge
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.telling import failure_lines
from assistant.coding.trial import TestOutcome
from assistant.coding.types import Brief, Code, CodeReport, Effort, Failed, Origin, Passed
from assistant.records import say
from runtimes.texts import Lang

SLOW = pytest.mark.slow
C, CPP = Language.C, Language.CPP
NAMES = {C: ("gcc", "a.c"), CPP: ("g++", "a.cpp")}
PROGRAM = r"""
#include <stdlib.h>
#include <string.h>
#define N 3
typedef struct { char name[8]; int age; } Person;
struct grid { double cells[2][2]; };
int total(int m[2][3]) {
  int s = 0;
  for (int i = 0; i < 2; i++) for (int j = 0; j < 3; j++) s += m[i][j];
  return s;
}
int trace(int n, const int m[][N]) {
  int s = 0;
  for (int i = 0; i < n; i++) s += m[i][i];
  return s;
}
void turn(int (*m)[2]) { int t = m[0][1]; m[0][1] = m[1][0]; m[1][0] = t; }
char winner(char b[3][3]) { return b[0][0] == b[0][1] && b[0][1] == b[0][2] ? b[0][0] : '-'; }
int letters(char w[][10], int n) {
  int s = 0;
  for (int i = 0; i < n; i++) s += strlen(w[i]);
  return s;
}
int deep(int m[2][2][2]) {
  int s = 0;
  for (int i = 0; i < 8; i++) s += m[i / 4][i / 2 % 2][i % 2];
  return s;
}
Person older(Person p) { p.age++; return p; }
double det(const struct grid *g) {
  return g->cells[0][0] * g->cells[1][1] - g->cells[0][1] * g->cells[1][0];
}
int longest(char *w[], int n) {
  int b = 0;
  for (int i = 1; i < n; i++) if (strlen(w[i]) > strlen(w[b])) b = i;
  return b;
}
char **split(const char *s, int *count) {
  char **out = malloc(8 * sizeof *out), *copy = strdup(s);
  *count = 0;
  for (char *t = strtok(copy, " "); t; t = strtok(NULL, " ")) out[(*count)++] = t;
  return out;
}
int **across(int **m, int rowsSize, int *colSize, int *returnSize, int **returnColumnSizes) {
  int c = colSize[0], **out = malloc(c * sizeof *out);
  *returnSize = c;
  *returnColumnSizes = malloc(c * sizeof(int));
  for (int j = 0; j < c; j++) {
    (*returnColumnSizes)[j] = rowsSize;
    out[j] = malloc(rowsSize * sizeof(int));
    for (int i = 0; i < rowsSize; i++) out[j][i] = m[i][j];
  }
  return out;
}
int **untold(int n, int *returnSize, int **returnColumnSizes) {
  *returnSize = n;
  return calloc(n, sizeof(int *));
}
int **nobody(int n) { return calloc(n, sizeof(int *)); }
int *once(int *a, int n, int *count) {
  int *r = malloc(n * sizeof *r);
  *count = 0;
  for (int i = 0; i < n; i++) if (!i || a[i] != a[i - 1]) r[(*count)++] = a[i];
  return r;
}
"""
PLUS = r"""
#include <array>
#include <vector>
using namespace std;
constexpr int N = 2;
struct Vec { int data[3]; };
int sum(const Vec &v) { int s = 0; for (int x : v.data) s += x; return s; }
Vec doubled(Vec v) { for (int &x : v.data) x *= 2; return v; }
array<int, N> swapped(const array<int, N> &a) { return {a[1], a[0]}; }
vector<array<int, 2>> all(vector<array<int, 2>> v) { for (auto &a : v) a = swapped(a); return v; }
struct Point { int x, y; Point(int x, int y) : x(x), y(y) {} Point() : x(0), y(0) {} };
int area(Point a) { return a.x * a.y; }
Point moved(const Point &a, int by) { return Point(a.x + by, a.y); }
int det(const int m[N][N]) { return m[0][0] * m[1][1] - m[0][1] * m[1][0]; }
"""


def judged(
    policy: Policy, language: Language, program: str, question: str, tests: str = ""
) -> CodeReport:
    tool, name = NAMES[language]
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    code = Code(language, (SourceFile(name, program),))
    brief = Brief(question=question, user_tests=tests)
    return judge(code, brief, policy, Effort(lint=False, growth=False))


@pytest.mark.slow
def test_arrays_of_c_are_handed_over_and_back(policy: Policy) -> None:
    examples = """total({{1,2,3},{4,5,6}}) == 21
trace(3, {{1,2,3},{4,5,6},{7,8,9}}) == 15
turn({{1,2},{3,4}}) gives {{1,3},{2,4}}
winner({{'X','X','X'},{'O','O',' '},{' ',' ',' '}}) == 'X'
winner({"OXX", "   ", "   "}) == '-'
letters({"ab", "abc"}, 2) == 5
deep({{{1,2},{3,4}},{{5,6},{7,8}}}) == 36
older({"Bob", 3}) gives {"Bob", 4}
det({{{2,1},{1,3}}}) == 5
longest({"a","bbb","cc"}, 3) == 1
split("a b") gives ["a", "b"]
split("") gives []
across([[1,2,3],[4,5,6]]) gives [[1,4],[2,5],[3,6]]
once({1,1,2}, 3) gives {1,2}
"""
    report = judged(policy, C, PROGRAM, examples)
    assert report.verdict == Passed(14, Origin.QUESTION), [(t.name, t.why) for t in report.tests]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("total({{1,2,3},{4,5,6}}) == 20", "gave 21, and 20 was expected"),
        pytest.param(
            "turn({{1,2},{3,4}}) gives {{1,2},{3,4}}", "gave {{1, 3}, {2, 4}}", marks=SLOW
        ),
        pytest.param('older({"Bob", 3}) gives {"Bob", 3}', 'gave {"Bob", 4}', marks=SLOW),
        ('split("a b c") gives ["a", "b"]', 'gave {"a", "b", "c"}'),
        ("across([[1,2],[4,5]]) gives [[1,4],[5,2]]", "gave {{1, 4}, {2, 5}}"),
    ],
)
def test_what_an_array_holds_otherwise_fails(policy: Policy, question: str, said: str) -> None:
    verdict = judged(policy, C, PROGRAM, question).verdict
    assert isinstance(verdict, Failed)
    assert said in "\n".join(say(line, Lang.EN) for line in failure_lines(verdict.failure))


def test_what_does_not_fit_an_array_is_not_judged(policy: Policy) -> None:
    examples = """total({{1,2,3}}) == 6
trace(2, {{1,2},{3,4}}) == 5
older({"a name too long", 3}) gives {"a name too long", 4}
untold(2) gives [[0], [0]]
nobody(2) gives [[0], [0]]
"""
    report = judged(policy, C, PROGRAM, examples)
    assert [test.outcome for test in report.tests] == [TestOutcome.UNJUDGED] * 5
    assert "int[2][3]" in str(report.tests[0].why)


LENGTHS = """
struct item { int weight, value; };
int worth(const struct item *items, int n) {
  int s = 0;
  for (int i = 0; i < n; i++) s += items[i].value;
  return s;
}
int sum(const int *a, int n) { int s = 0; for (int i = 0; i < n; i++) s += a[i]; return s; }
int ones(char **grid, int rows, int cols) {
  int s = 0;
  for (int i = 0; i < rows; i++) for (int j = 0; j < cols; j++) s += grid[i][j] == '1';
  return s;
}
int land(char **grid, int gridSize, int *gridColSize) { return ones(grid, gridSize, *gridColSize); }
"""


def test_a_length_that_is_left_out_is_that_of_what_is_handed_over(policy: Policy) -> None:
    examples = """worth({1, 2}) == 2
worth({{1, 2}, {3, 4}}) == 6
sum([1, 2, 3]) == 6
ones(["101", "010"]) == 3
land(["101", "010"]) == 3
"""
    verdict = judged(policy, C, LENGTHS, examples).verdict
    assert isinstance(verdict, Passed), verdict
    assert verdict.total == 5


def test_an_example_that_tells_of_more_than_is_there_is_not_judged(policy: Policy) -> None:
    examples = """sum([1, 2, 3], 5) == 6
worth({1, 2}, 2) == 2
ones(["10", "010"]) == 2
"""
    report = judged(policy, C, LENGTHS, examples)
    assert [test.outcome for test in report.tests] == [TestOutcome.UNJUDGED] * 3
    why = report.tests[0].why
    assert why is not None
    assert say(why, Lang.ZH) == "示例告诉 sum 的元素个数比实际多：5，实际为 3"


@SLOW
def test_arrays_of_cpp(policy: Policy) -> None:
    examples = """sum({{1,2,3}}) == 6
doubled({{1,2,3}}) == {{2,4,6}}
swapped({1,2}) == {2,1}
all({{1,2},{3,4}}) == {{2,1},{4,3}}
det({{1,2},{3,4}}) == -2
area({2, 3}) == 6
moved({2, 3}, 1) == {3, 3}
"""
    verdict = judged(policy, CPP, PLUS, examples).verdict
    assert isinstance(verdict, Passed), verdict
    assert verdict.total == 7
    assert isinstance(judged(policy, CPP, PLUS, "swapped({1,2}) == {1,2}").verdict, Failed)


TESTS = r"""#include <assert.h>
#include <string.h>
int total(int m[2][3]);
int main(void) {
  int m[2][3] = {{1,2,3},{4,5,6}};
  assert(total(m) == 21);
  Person p = {"Bob", 3};
  p = older(p);
  assert(!strcmp(p.name, "Bob") && p.age == 4);
  return 0;
}
"""


@pytest.mark.parametrize(
    ("old", "new", "passes"),
    [
        ("", "", True),
        ("j < 3", "j < 2", False),
        pytest.param("p.age++;", "p.age++; p.name[0] = 'b';", False, marks=SLOW),
    ],
)
def test_a_file_of_tests_hands_arrays_over(
    policy: Policy, old: str, new: str, passes: bool
) -> None:
    program = PROGRAM.replace(old, new) if old else PROGRAM
    verdict = judged(policy, C, program, "", TESTS).verdict
    assert isinstance(verdict, Passed if passes else Failed), verdict
