"""Exceptions in words: what they mean in general, and here."""

from __future__ import annotations

import builtins

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coding.sandbox.types import SourceFile
from assistant.coding.tracing import Change, Explanation, Frame, Raised, explain, located


def explained(kind: str, text: str, source: str, **values: str) -> Explanation:
    frame = Frame(3, source, "f", tuple(Change(*item) for item in values.items()))
    return explain(Raised(kind, text, (frame,), kind))


def filled(found: Explanation) -> str:
    assert found.here is not None
    return found.here.en.format(*found.here.args)


@pytest.mark.parametrize(
    ("kind", "text", "source", "values", "said"),
    [
        ("ZeroDivisionError", "division by zero", "return a / b", {"a": "1", "b": "0"},
         "the divisor `b` is 0"),
        ("ZeroDivisionError", "division by zero", "    return sum(xs) / len(xs)", {"xs": "[]"},
         "`xs` is empty"),
        ("ZeroDivisionError", "float floor division by zero", "a //= b", {"a": "1", "b": "0.0"},
         "the divisor `b` is 0"),
        ("IndexError", "list index out of range", "if xs[i] > 0:", {"xs": "[1, 2]", "i": "2"},
         "`xs` has 2 elements, and position 2 was asked for"),
        ("IndexError", "list index out of range", "y = xs[i + 1]",
         {"xs": "[1, … (50)]", "i": "49"}, "`xs` has 50 elements, and position 50 was asked for"),
        ("IndexError", "pop from empty list", "x = xs.pop()", {"xs": "[]"}, "`xs` is empty"),
        ("KeyError", "'b'", "return d[k]", {"d": "{'a': 1}", "k": "'b'"},
         "`d` has no key 'b'; it is {'a': 1}"),
        ("AttributeError", "'NoneType' object has no attribute 'x'", "return node.x",
         {"node": "None"},
         "`node` is None: nothing was put into it, or a function gave nothing back"),
        ("NameError", "name 'totl' is not defined", "return totl", {"total": "3"},
         "did you mean `total`?"),
        ("ValueError", "bad", "elif check(a, b):", {"a": "1", "b": "'x'", "c": "2"},
         "there, a = 1, b = 'x'"),
        ("IndexError", "list index out of range", "y = xs[[1][0]]", {"xs": "[[1, … (50)]]"},
         "there, xs = [[1, … (50)]]"),
    ],
)  # fmt: skip
def test_what_it_means_with_these_values(
    kind: str, text: str, source: str, values: dict[str, str], said: str
) -> None:
    assert filled(explained(kind, text, source, **values)) == said


def test_nothing_is_said_of_values_that_are_not_known() -> None:
    assert explained("IndexError", "list index out of range", "return f()[3]").here is None
    assert explained("ZeroDivisionError", "division by zero", "x = (", b="0").here is None


@pytest.mark.parametrize(
    "kind",
    [
        name
        for name, kind in vars(builtins).items()
        if isinstance(kind, type) and issubclass(kind, Exception) and "Warning" not in name
    ],
)
def test_every_exception_of_the_language_has_a_meaning(kind: str) -> None:
    found = explain(Raised(kind, "", (), kind))
    assert found.meaning.en
    assert found.meaning.zh


def test_an_exception_of_the_codes_own_is_told_by_what_it_derives_from() -> None:
    assert "itself defines" in explain(Raised("Odd", "", (), "Exception")).meaning.en
    assert "looked up" in explain(Raised("Odd", "", (), "LookupError")).meaning.en


STDERR = """before
Traceback (most recent call last):
  File "/tmp/answer.py", line 5, in <module>
    f()
    ^^^
  File "/tmp/answer.py", line 2, in f
    return [][0]
           ~~^^^
IndexError: list index out of range
"""
FILE = SourceFile("answer.py", "def f():\n    return [][0]\n\n\nf()\n")


def test_a_traceback_is_mapped_to_the_lines_of_the_file() -> None:
    found = located(STDERR, FILE)
    assert found is not None
    assert (found.kind, found.text) == ("IndexError", "list index out of range")
    assert [(f.line, f.function) for f in found.frames] == [(5, "<module>"), (2, "f")]
    assert explain(found).where.args[1:] == (2, "return [][0]")


def test_the_last_of_several_tracebacks_counts_and_lines_must_be_there() -> None:
    again = STDERR.replace("IndexError: list index", "own.module.Odd: it").replace("5,", "99,")
    found = located(STDERR + "\nDuring handling of the above exception, another\n\n" + again, FILE)
    assert found is not None
    assert (found.kind, found.builtin) == ("Odd", "Exception")
    assert [f.line for f in found.frames] == [2]


def test_what_python_cannot_read_has_its_line_too() -> None:
    stderr = (
        '  File "/tmp/answer.py", line 2\n    return [\n           ^\nSyntaxError: never closed\n'
    )
    found = located(stderr, FILE)
    assert found is not None
    assert (found.kind, found.frames[0].line) == ("SyntaxError", 2)
    assert "as Python wants it" in explain(found).meaning.en


@given(st.text(max_size=300))
def test_other_text_has_no_exception(text: str) -> None:
    assert located(f"{text}\n.", FILE) is None
    located(f"Traceback (most recent call last):\n{text}\n", FILE)


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_hostile_words_are_only_words(source: str, text: str, value: str) -> None:
    for kind in ("IndexError", "KeyError", "NameError", "ZeroDivisionError", "TypeError"):
        explained(kind, text, source, a=value, b=value)


@pytest.mark.parametrize(
    ("source", "itself"),
    [
        ("    raise ValueError('negative')", True),
        ("if n < 0: raise TypeError", True),
        ("else: raise TypeError", True),
        ("return int(raised)", False),
        ("x = 'raise the bar'", False),
    ],
)
def test_what_the_code_raises_itself_is_not_explained_as_python_means_it(
    source: str, itself: bool
) -> None:
    meaning = explained("ValueError", "negative", source).meaning
    assert ("raises this itself" in meaning.en) is itself
    assert ("自己用 `raise` 引发" in meaning.zh) is itself
