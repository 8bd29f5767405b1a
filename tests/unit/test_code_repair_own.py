"""Tests in a user's own file outlive every version that a model writes of it."""

from __future__ import annotations

import ast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.coding.answers import code_in, needs
from assistant.coding.diffs import apply_diff, difference
from assistant.coding.owntests import beside, own_tests, put_back
from assistant.coding.parting import part
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.splicing import whole
from assistant.coding.types import Code

OWN = '''"""Doubles."""
import unittest

import pytest


def double(x):
    return x


# twice as much
@pytest.mark.parametrize("x", [1, 2])
def test_double(x):
    assert double(x) == 2 * x


class TestMore(unittest.TestCase):
    def test_zero(self):
        self.assertEqual(double(0), 0)


if __name__ == "__main__":
    unittest.main()
'''


def mended(own: str, version: str) -> tuple[str, tuple[str, ...]]:
    code = Code(Language.PYTHON, (SourceFile("own.py", version),))
    code, lost = put_back(code, own_tests(own))
    return code.program.text, lost


def test_what_tests_a_file_is_told_from_its_code() -> None:
    own = own_tests(OWN)
    assert [piece.name for piece in own.pieces] == ["test_double", "TestMore", ""]
    assert [piece.lines[0] for piece in own.imports] == ["import unittest", "import pytest"]
    assert "def double" not in own.text
    line = OWN.split("\n").index("def test_double(x):")
    assert own.text.split("\n")[line] == "def test_double(x):"


def test_tests_that_a_version_leaves_out_are_put_back() -> None:
    text, lost = mended(OWN, "def double(x):\n    return 2 * x\n")
    assert lost == ("test_double", "TestMore", 'if __name__ == "__main__":')
    assert text.startswith("import unittest\nimport pytest\ndef double(x):\n    return 2 * x\n")
    assert own_tests(text).meanings == own_tests(OWN).meanings
    assert text.rstrip().endswith("unittest.main()")


def test_a_test_that_a_version_rewrites_is_as_it_was_and_in_its_place() -> None:
    version = OWN.replace("return x", "return 3 * x").replace("== 2 * x", "== 3 * x")
    text, lost = mended(OWN, version)
    assert (text, lost) == (OWN.replace("return x", "return 3 * x"), ("test_double",))


def test_a_version_that_keeps_them_is_left_alone() -> None:
    version = OWN.replace("return x", "return 2 * x").replace("[1, 2]", "[1,2]")
    assert mended(OWN, version) == (version, ())


def test_a_test_is_put_back_before_the_line_that_starts_the_tests() -> None:
    start, end = OWN.index("# twice"), OWN.index("class TestMore")
    text, lost = mended(OWN, OWN[:start] + OWN[end:])
    assert lost == ("test_double",)
    assert text.index("def test_double") < text.index("unittest.main()")


@pytest.mark.parametrize("changed", ["assert f(1) == 1\n", "", "assert f(1)\nassert f(2)\n"])
def test_bare_asserts_are_tests_too(changed: str) -> None:
    own = "def f(x):\n    return x\n\nassert f(1) == 2\n"
    text, lost = mended(own, f"def f(x):\n    return 1\n\n{changed}")
    assert text == "def f(x):\n    return 1\n\nassert f(1) == 2\n"
    assert lost == ("assert f(1) == 2",)


def test_tests_are_found_in_a_file_that_cannot_be_loaded() -> None:
    own = "def f(x)\n    return x\n\n@mark\ndef test_f():\n    assert f(1) == 2\n"
    found = own_tests(own)
    assert [piece.lines[0] for piece in found.pieces] == ["@mark"]
    text, lost = mended(own, "def f(x):\n    return x\n\ndef test_f():\n    assert f(1) == 1\n")
    assert lost == ("test_f",)
    assert "assert f(1) == 2" in text
    assert "assert f(1) == 1" not in text


def test_tests_that_a_model_wrote_into_the_file_are_not_the_users() -> None:
    theirs = "def test_mine():\n    assert double(9) == 18\n"
    meanings = own_tests(f"x = 1\n{theirs}").meanings
    found = own_tests(OWN.replace("class Test", f"{theirs}\n\nclass Test"), meanings)
    assert [piece.name for piece in found.pieces] == ["test_double", "TestMore", ""]
    assert "test_mine" not in found.text
    assert own_tests(f"x = 1\n{theirs}", meanings).text == ""


def test_the_users_tests_are_not_counted_twice() -> None:
    own = part(OWN).tests
    assert beside(own, own) == ""
    more = f"{own}\n\ndef test_new():\n    assert double(1) == 2\n"
    left = beside(more, own)
    assert "test_new" in left
    assert "test_double" not in left


def test_the_lines_of_the_answer_go_with_their_lines() -> None:
    code = Code(
        Language.PYTHON, (SourceFile("own.py", "def double(x):\n    return 2 * x\n"),), (4, 5)
    )
    code, _ = put_back(code, own_tests(OWN))
    at = code.program.text.split("\n").index("    return 2 * x") + 1
    assert code.answer_line(at) == 5
    assert code.answer_line(at + 6) == 0


STATEMENTS = [
    "import os", "x = 1", "def f(x):\n    return x", "def test_f():\n    assert f(1)",
    "def test_f():\n    assert f(2)", "assert f(1) == 2", "assert f(3)", "class TestA:\n    x = 1",
    "if __name__ == '__main__':\n    test_f()", "# words", "for n in (1, 2):\n    assert f(n)",
    "def broken(:", "print(f(1))", "@mark\ndef test_g():\n    pass", "'''\nassert f(1)\n'''",
]  # fmt: skip
texts = st.lists(st.sampled_from(STATEMENTS), max_size=8).map(lambda parts: "\n".join(parts) + "\n")


@given(texts, texts)
@example("def f(x):\n    return x\nassert f(1) == 2\n", "def f(x):\n    return x\n")
def test_no_version_loses_a_test_of_the_users(own: str, version: str) -> None:
    text, _ = mended(own, version)
    found = own_tests(own)
    try:
        ast.parse(version)
    except SyntaxError:
        assert text == version
        return
    stand = {ast.dump(node) for node in ast.parse(text).body}
    assert found.meanings <= stand
    assert mended(own, text)[1] == ()


@given(
    st.text(st.sampled_from("ab \n\f\v\r\t\x1c\x85\u2028\u2029"), max_size=40),
    st.text(st.sampled_from("ab \n\f\v\r\t\x1c\x85\u2028\u2029"), max_size=40),
)
def test_a_diff_is_empty_only_for_the_same_text_and_breaks_lines_as_a_file_does(
    old: str, new: str
) -> None:
    diff = difference("a.py", old, new)
    assert bool(diff) == (old != new)
    if old.endswith("\n") and new.endswith("\n") and diff:
        assert apply_diff(old, diff) == new


def test_a_sign_that_some_take_for_a_line_end_is_no_change() -> None:
    old = "a = 'x\u2028y\f'\nb = 1\n"
    diff = difference("a.py", old, old.replace("b = 1", "b = 2"))
    assert [line for line in diff.split("\n") if line.startswith(("-b", "+b"))] == [
        "-b = 1",
        "+b = 2",
    ]
    assert " a = 'x\u2028y\f'" in diff.split("\n")


def test_of_several_files_the_one_that_is_mended_is_the_program() -> None:
    blocks = (
        '```python title="own.py"\nfrom helper import g\n\ndef f(x):\n    return g(x)\n```\n'
        '```python title="helper.py"\ndef g(x):\n    return 2 * x\n```\n'
    )
    code = code_in(blocks, Language.PYTHON, SourceFile("own.py", ""))
    assert isinstance(code, Code)
    assert "def f" in code.program.text
    assert needs(code) == ("helper.py",)
    alone = blocks.replace("from helper import g\n", "").replace("g(x)\n`", "2 * x\n`")
    code = code_in(alone, Language.PYTHON, SourceFile("own.py", ""))
    assert isinstance(code, Code)
    assert needs(code) == ()


LARGER = '''"""Two things."""
import os

LIMIT = 3


class Kept:
    """Stays."""


# doubles
def double(x):
    return x


def test_double():
    assert double(LIMIT) == 6
'''


def spliced(answer: str, original: str = LARGER) -> Code:
    code = code_in(f"Here:\n```python\n{answer}```\n", Language.PYTHON, SourceFile("own.py", ""))
    assert isinstance(code, Code)
    return whole(code, original, own_tests(original))


def test_an_answer_with_one_function_is_put_into_the_file() -> None:
    answer = (
        "import sys\n\nFACTOR = 2\n\ndef double(x):\n    return FACTOR * x\n\nprint(double(2))\n"
    )
    code = spliced(answer)
    lines = code.program.text.split("\n")
    expected = LARGER.replace("return x", "return FACTOR * x")
    expected = expected.replace("def double", "FACTOR = 2\n\ndef double")
    assert code.program.text == expected.replace("import os", "import sys\nimport os")
    assert code.answer_line(lines.index("    return FACTOR * x") + 1) == 8
    assert code.answer_line(1) == 0


@pytest.mark.parametrize(
    "answer",
    [
        LARGER.replace("return x", "return 2 * x"),
        LARGER.replace('class Kept:\n    """Stays."""\n', ""),  # the rest is repeated
        "def other(x):\n    return x\n",
        "LIMIT = 3\n\ndef double(x):\n    return 2 * x\n",
        "def double(x)\n",
    ],
)
def test_an_answer_with_the_whole_file_is_taken_as_it_is(answer: str) -> None:
    assert spliced(answer).program.text == answer


@given(texts, texts)
def test_a_part_that_is_put_into_a_file_drops_none_of_its_names(own: str, version: str) -> None:
    code = Code(Language.PYTHON, (SourceFile("own.py", version),), tuple(range(1, 99)))
    text = whole(code, own, own_tests(own)).program.text
    if text != version:
        names = {getattr(node, "name", "") for node in ast.parse(own).body}
        assert names <= {getattr(node, "name", "") for node in ast.parse(text).body}


def test_statements_that_share_a_line_are_not_torn_apart() -> None:
    answer = "a = 3\n"
    assert spliced(answer, "a = 1; b = 2\ndef f():\n    return b\n").program.text == answer


def test_the_words_and_the_ending_of_a_file_stay_too() -> None:
    original = '"""Doubles."""\n\n\ndef f(x):\n    return x\n\n\nprint(f(3))\n'
    answer = "def f(x):\n    return 2 * x\n"
    assert spliced(answer, original).program.text == original.replace("return x", "return 2 * x")
    other = f"{answer}\nprint(f(4))\n"  # it ends otherwise, so it is the whole
    assert spliced(other, original).program.text == other
