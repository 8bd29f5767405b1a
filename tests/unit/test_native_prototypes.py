"""The functions of C and C++ as they are read, and the values that fit them."""

from __future__ import annotations

import ast
import struct

import pytest

from assistant.coding.inside import alike
from assistant.coding.native.answers import (
    agrees,
    answer_of,
    shown,
)
from assistant.coding.native.prototypes import Function, functions_in
from assistant.coding.native.reading import BrokenError, UnfitError
from assistant.coding.native.values import packed
from assistant.coding.sandbox.types import Language

C, CPP = Language.C, Language.CPP


def spelled(function: Function) -> str:
    types = ", ".join(slot.spelled for slot in function.parameters)
    return f"{function.result.spelled} ({types})"


@pytest.mark.parametrize(
    ("language", "text", "types"),
    [
        (C, "int f(int a, int b) { return a; }", "int (int, int)"),
        (C, "int f(void) { return 1; }", "int ()"),
        (C, "static unsigned long int f(const short int a) { return a; }", "unsigned long (short)"),
        (C, "long unsigned f(long long int a) { return a; }", "unsigned long (long long)"),
        (C, "double f(const double *a, size_t n) {}", "double (const double *, __SIZE_TYPE__)"),
        (C, "void f(int a[], int n) {}", "void (int *, int)"),
        (C, "char const *f(char *const s) {}", "const char * (char *)"),
        (C, "typedef char *text;\ntext f(text s) {}", "char * (char *)"),
        (C, "typedef unsigned int u32;\nu32 f(u32 a) {}", "unsigned (unsigned)"),
        (C, "#define ll long long\nll f(ll a) {}", "long long (long long)"),
        (C, "#include <stdbool.h>\nbool f(uint8_t *a) {}", "_Bool (__UINT8_TYPE__ *)"),
        (C, "#ifdef X\nint f(int a) { return a; }\n#endif", "int (int)"),
        (CPP, "bool f(int a = 3) { return a; }", "bool (int)"),
        (CPP, "auto f(int a) -> long { return a; }", "long (int)"),
        (CPP, 'extern "C" int f(char a) { return a; }', "int (char)"),
        (
            CPP,
            "std::vector<int> f(const std::vector<std::string>& a, vector<vector<bool>> b) {}",
            "std::vector<int> (const std::vector<std::string> &, std::vector<std::vector<bool>>)",
        ),
        (CPP, "void f(string &s, vector<int>&) {}", "void (std::string &, std::vector<int> &)"),
        (CPP, "struct Solution { int f(string s) const { return 1; } };", "int (std::string)"),
        (C, "int f(int n, int a[n][n]) {}", "int (int, int (*)[*])"),
        (C, "int f(int **a, const char **b, int n) {}", "int (int **, const char **, int)"),
        (C, "typedef struct { int x, y; } P;\nP f(P a, P *b) {}", "P (P, P *)"),
        (C, "struct p { int x; };\nstruct p f(struct p a) {}", "struct p (struct p)"),
        (
            CPP,
            "struct P { string s; int n = 0; };\nstd::optional<P> f(map<int, vector<P>> m) {}",
            "std::optional<P> (std::map<int, std::vector<P>>)",
        ),
        (
            CPP,
            "pair<int, bool> f(set<char> a, tuple<int, double> b) {}",
            "std::pair<int, bool> (std::set<char>, std::tuple<int, double>)",
        ),
        (C, "int **f(char *a[]) {}", "int ** (char **)"),
        (C, "int f(int a[2][3]) {}", "int (__typeof__(int[3]) *)"),
        (
            C,
            "#define N 4\nint f(const char a[][N], int (*b)[2][3]) {}",
            "int (const __typeof__(char[4]) *, __typeof__(int[2][3]) *)",
        ),
        (C, "struct p { char a[9]; int b[2][2]; };\nint f(struct p a) {}", "int (struct p)"),
        (
            CPP,
            "struct p { int a; string b; p() = default;"
            " p(int x, const string &y) : a(x), b(y) {} };\np f(p a) {}",
            "p (p)",
        ),
        (CPP, "struct p { p(int b) { this->a = b; } int a; };\nint f(p a) {}", "int (p)"),
        (
            CPP,
            "const int N = 3;\narray<array<int, 2>, N> f(int a) {}",
            "std::array<std::array<int, 2>, 3> (int)",
        ),
    ],
)  # fmt: skip
def test_a_function_is_read_with_its_types(language: Language, text: str, types: str) -> None:
    assert spelled(function(text, language)) == types


@pytest.mark.parametrize(
    ("language", "text", "strange"),
    [
        (C, "struct node *f(int a) {}", "struct node"),
        (C, "int f(struct node *a) {}", "struct node"),
        (C, "int f(int ***a) {}", "int ***"),
        (C, "struct p { int a[N]; };\nint f(struct p a) {}", "struct p"),
        (C, "struct p { int *a[3]; };\nint f(struct p a) {}", "struct p"),
        (C, "struct p { struct p *next; };\nint f(struct p a) {}", "struct p"),
        (CPP, "class p { int a; };\nint f(p a) {}", "p"),
        (CPP, "struct p { private: int a; };\nint f(p a) {}", "p"),
        (CPP, "struct p { p(int b) : a(b + 1) {} int a; };\nint f(p a) {}", "p"),
        (CPP, "struct p { p(int b) : a(b) { a++; } int a; };\nint f(p a) {}", "p"),
        (CPP, "struct p { p(double b) : a(b) {} int a; };\nint f(p a) {}", "p"),
        (CPP, "struct p { int a, b; p(int b, int a) : a(a), b(b) {} };\nint f(p a) {}", "p"),
        (CPP, "struct p { int a; p() : a(0) {} };\nint f(p a) {}", "p"),
        (CPP, "struct p { int a; p(int b) : a(b) {} ~p() {} };\nint f(p a) {}", "p"),
        (CPP, "struct p { int a; };\nstruct q : p { int b; };\nint f(q a) {}", "q"),
        (C, "int f(int n, int a[n][2 * n]) {}", "[n]"),
        (C, "int f(int a[3][9999999]) {}", "[3][9999999]"),
        (C, "int f(int *a[3][3]) {}", "[3][3]"),
        (CPP, "int f(int (&a)[3]) {}", "int"),
        (C, "int f(int (*g)(int)) {}", "(*g)(int)"),
        (C, "int f(const char *form, ...) {}", "..."),
        (C, "long double f(long double a) {}", "long double"),
        (CPP, "template <class T, class U> T f(T a, U b) { return a; }", ""),
        (CPP, "int f(int a) { return a; }\nint f(std::any a) { return 1; }", ""),
        (CPP, "std::map<std::vector<int>, int> f(int a) {}", "std :: map"),
        (CPP, "std::array<int, N> f(int a) {}", "std :: array"),
        (CPP, "int f(std::vector<int> *a) {}", "std::vector<int>"),
    ],
)
def test_a_type_whose_values_cannot_be_handed_over_is_named(
    language: Language, text: str, strange: str
) -> None:
    found = functions_in(text, language)
    assert "f" not in found.functions
    assert strange in found.strange["f"]


@pytest.mark.parametrize(
    "text",
    ["int main(void) { return 0; }", "class Solution { int f(int a) { return a; } };",
     "class Other { public: int f(int a) { return a; } };", "int f(int a);", "", "int f(",
     "namespace x { int f(int a) { return a; } }"],
)  # fmt: skip
def test_what_nobody_outside_can_call_is_no_function(text: str) -> None:
    found = functions_in(text, CPP)
    assert not found.functions
    assert not found.strange


def function(text: str, language: Language = C) -> Function:
    (found,) = functions_in(text, language).functions["f"]
    return found


def arguments(text: str) -> list[ast.expr]:
    call = ast.parse(f"f({text})", mode="eval").body
    assert isinstance(call, ast.Call)
    return call.args


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("int f(int a) {}", "2.0"),
        ("int f(int a) {}", "2147483648"),
        ("int f(unsigned a) {}", "-1"),
        ("int f(unsigned char a) {}", "256"),
        ("int f(int a) {}", "'a'"),
        ("int f(int a) {}", "[1]"),
        ("int f(char a) {}", "'ab'"),
        ("int f(char a) {}", "'é'"),
        ("int f(char *s) {}", "'a\\0b'"),
        ("int f(char *s) {}", "5"),
        ("int f(float a) {}", "1e300"),
        ("int f(_Bool a) {}", "2"),
        ("int f(int *a, int b) {}", "[1, 'x'], 1"),
        ("int f(int *a, int b) {}", "None, 1"),
        ("int f(int a, int b) {}", "1"),
        ("int f(int a) {}", "1, 2"),
        ("int f(int *a, int b) {}", "[1]"),
    ],
)
def test_a_value_that_does_not_fit_is_not_handed_over(text: str, given: str) -> None:
    with pytest.raises(UnfitError):
        packed(function(text), arguments(given))


def number(*values: int) -> bytes:
    return b"".join(struct.pack("<Q", value % 2**64) for value in values)


@pytest.mark.parametrize(
    ("text", "given", "data"),
    [
        ("int f(int a, long b) {}", "-1, 5", number(-1, 5)),
        ("int f(char a) {}", "'a'", number(97)),
        ("int f(_Bool a) {}", "True", number(1)),
        ("int f(double a) {}", "2", struct.pack("<d", 2)),
        ("int f(const char *s) {}", "'héa'", number(4, 0) + "héa".encode()),
        ("int f(const char *s) {}", "None", number(-1)),
        ("int f(int *a, int n) {}", "{3, 1, 3}, 3", number(3, 3, 1, 3, 3)),
        ("int f(int *nums, int numsSize) {}", "[3, 1]", number(2, 3, 1, 2)),
        ("int f(int n, int *a) {}", "{}", number(0, 0)),
        ("int *f(int *a, int n, int *returnSize) {}", "[7], 1", number(1, 7, 1, 1, 0)),
        ("int *f(int *a, int n, int *returnSize) {}", "[7]", number(1, 7, 1, 1, 0)),
    ],
)
def test_arguments_become_bytes(text: str, given: str, data: bytes) -> None:
    assert packed(function(text), arguments(given)) == data


@pytest.mark.parametrize(
    ("text", "data", "wanted", "verdict", "told"),
    [
        ("int f(int a) {}", number(-3), "-3", True, "-3"),
        ("int f(int a) {}", number(2**63 + 5), "5", True, "5"),
        ("unsigned char f(int a) {}", number(-1), "255", True, "255"),
        ("unsigned long f(int a) {}", number(-1), "18446744073709551615", True, str(2**64 - 1)),
        ("int f(int a) {}", number(1), "True", True, "1"),
        ("int f(int a) {}", number(0), "True", False, "0"),
        ("int f(int a) {}", number(1), "1.5", False, "1"),
        ("int f(int a) {}", number(97), "'a'", True, "97"),
        ("char f(int a) {}", number(97), "'a'", True, '"a"'),
        ("char f(int a) {}", number(97), "98", False, '"a"'),
        ("_Bool f(int a) {}", number(1), "1", True, "true"),
        ("_Bool f(int a) {}", number(0), "True", False, "false"),
        ("double f(int a) {}", struct.pack("<d", 1 / 3), "0.33", True, "0.3333333333333333"),
        ("double f(int a) {}", struct.pack("<d", float("nan")), "1.0", False, "nan"),
        ("float f(int a) {}", struct.pack("<d", 0.10000000149011612), "0.1", True, "0.1"),
        ("float f(int a) {}", struct.pack("<d", 0.2), "0.1", False, "0.2"),
        ("char *f(int a) {}", number(2) + b"ab", "'ab'", True, '"ab"'),
        ("char *f(int a) {}", number(-1), "'ab'", False, "NULL"),
        ("char *f(int a) {}", number(-1), "None", True, "NULL"),
        ("void f(int *a, int n) {}", number(2, 1, 2), "[1, 2]", True, "{1, 2}"),
        ("void f(int *a, int n) {}", number(2, 1, 2), "[2, 1]", False, "{1, 2}"),
        ("void f(char *s) {}", number(1) + b"x", "'x'", True, '"x"'),
        ("int *f(int *a, int n) {}", number(2**64 - 17, 1, 4), "[4]", True, "{4}"),
        ("int *f(int a, int *retSize) {}", number(2, 1, 2, 1, 2), "[1, 2]", True, "{1, 2}"),
    ],
)
def test_an_answer_is_compared_by_its_type(
    text: str, data: bytes, wanted: str, verdict: bool, told: str
) -> None:
    asked = function(text)
    want = ast.parse(wanted, mode="eval").body
    agree, got = agrees(asked, answer_of(asked, data), want, 2, "")
    assert (agree, shown(got)) == (verdict, told)


@pytest.mark.parametrize(
    ("text", "data", "wanted"),
    [
        ("int f(int a) {}", number(2), "True"),
        ("int f(int a) {}", number(2), "'a'"),
        ("int f(int a) {}", number(2), "[2]"),
        ("int f(int a) {}", number(2), "None"),
        ("char *f(int a) {}", number(2**64 - 2), "'a'"),
        ("int *f(int a) {}", number(2**64 - 3), "[2]"),
        ("void f(int a) {}", b"", "2"),
        ("void f(int *a, int *b) {}", number(0, 0), "[]"),
        ("float f(int a) {}", struct.pack("<d", 0.100001), "0.1"),
    ],
)
def test_what_cannot_be_told_is_neither(text: str, data: bytes, wanted: str) -> None:
    asked = function(text)
    with pytest.raises((UnfitError, AssertionError)) as told:
        agrees(asked, answer_of(asked, data), ast.parse(wanted, mode="eval").body, None, "")
    assert isinstance(told.value, UnfitError) or str(told.value) == alike.NEAR


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("int f(int a) {}", b"passed"),
        ("int f(int a) {}", number(1, 2)),
        ("int f(int a) {}", b""),
        ("char *f(int a) {}", number(9) + b"a"),
        ("int *f(int a) {}", number(10**9)),
        ("void f(int *a, int n) {}", number(2**40, 1)),
        ("std::vector<int> f(int a) {}", number(2**40)),
        ("std::string f(int a) {}", number(5)),
    ],
)
def test_bytes_of_another_shape_are_no_answer(text: str, data: bytes) -> None:
    asked = function(text, CPP)
    with pytest.raises(BrokenError):
        answer_of(asked, data)
