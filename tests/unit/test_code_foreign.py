"""Questions on other languages, read for their examples."""

from __future__ import annotations

import pytest

from assistant.coding.examples.asked import Example, examples_in
from assistant.coding.examples.foreign import pythonic, spelled
from assistant.coding.naming import asked_language, guess_language
from assistant.coding.sandbox.types import Language

C, CPP, JS = Language.C, Language.CPP, Language.JAVASCRIPT


@pytest.mark.parametrize(
    ("language", "question", "call", "wanted"),
    [
        (C, "is_even(4) returns true.", "is_even(4)", "True"),
        (C, "find(\"true\", 't') == NULL", "find(\"true\", 't')", "None"),
        (C, "sum((int[]){1, 2, 3}, 3) == 6", "sum({1, 2, 3}, 3)", "6"),
        (C, "max(2, 3) should be 3", "max(2, 3)", "3"),
        (C, "assert(add(2, 3) == 5);", "add(2, 3)", "5"),
        (C, "int add(int a, int b). For example add(2,3) == 5", "add(2,3)", "5"),
        (C, "例如 add(2, 3) 返回 5。", "add(2, 3)", "5"),
        (CPP, "top(std::vector<int>{3, 1}) == 3", "top({3, 1})", "3"),
        (CPP, "empty(\"\") == false", "empty(\"\")", "False"),
        (JS, "f(2) === 4", "f(2)", "4"),
        (JS, "f(2); // 4", "f(2)", "4"),
        (JS, "console.log(f(2)); // [4, null]", "f(2)", "[4, None]"),
        (JS, "`await f(2)` should resolve to 4", "f(2)", "4"),
        (JS, "f(2) resolves to {'a': true}.", "f(2)", "{'a': True}"),
    ],
)  # fmt: skip
def test_an_example_is_read_as_it_is_spelled_there(
    language: Language, question: str, call: str, wanted: str
) -> None:
    found = examples_in(pythonic(question, language), ("max", "sum", "print"))
    assert [(e.call, e.wanted) for e in found if isinstance(e, Example)] == [(call, wanted)]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        (C, "Why is is_even(3) true?"),
        (C, "add(2, 3) returns 6 instead of 5"),
        (JS, "f(2) === 4 is wrong"),
        (JS, "See https://example.org/f(2)//4"),
        (C, "sqrt(2) is about 1.41 or so"),
    ],
)
def test_what_is_not_plainly_claimed_is_no_example(language: Language, question: str) -> None:
    assert not examples_in(pythonic(question, language))


def test_a_value_is_shown_as_it_is_spelled_there() -> None:
    assert spelled("f([True, 'True'], None)", C) == "f([true, 'True'], NULL)"
    assert spelled("None", CPP) == "nullptr"
    assert spelled("[None, False]", JS) == "[null, false]"


@pytest.mark.parametrize(
    ("task", "language"),
    [
        ("Write a C function int add(int a, int b)", C),
        ("Mend the C code below", C),
        ("用 C 语言写一个函数", C),
        ("Write a C++ function", CPP),
        ("Write a C# function", None),
        ("Write a function c(x)", None),
    ],
)
def test_a_task_names_its_language(task: str, language: Language | None) -> None:
    assert asked_language(task) is language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("int add(int a, int b) {\n    return a + b;\n}\n", C),
        ("static const char *name(void)\n{\n    return 0;\n}\n", C),
        ("class A {\n    int add(int a) { return a; }\n}\n", None),
        ("int x = f(3);\n", None),
        ("std::vector<int> f(int a) { return {a}; }\n", CPP),
    ],
)
def test_a_function_shows_its_language(text: str, language: Language | None) -> None:
    assert guess_language(text) is language
