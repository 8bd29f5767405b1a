"""Small faults put into code: each is one change, compiles, and is another program."""

from __future__ import annotations

import ast
import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.coding.mutation import Fault, mutants


def afters(code: str) -> set[str]:
    return {mutant.after.strip() for mutant in mutants(code)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("return a < b", {"return a <= b", "return a >= b", "return None"}),
        ("return a == b", {"return a != b", "return None"}),
        ("return a + b", {"return a - b", "return None"}),
        ("return a and b", {"return a or b", "return None"}),
        ("return not a", {"return a", "return None"}),
        ("return True", {"return False", "return None"}),
        ("return 'é'", {"return ''", "return None"}),
        ("a += 2", {"a -= 2", "a += 3", "a += 1", "pass"}),
        ("f(a)", {"pass"}),
        ("a[0] = b", {"pass", "a[1] = b"}),
        ("raise ValueError('too small')", {"pass"}),
        ("return 'é' + a", {"return '' + a", "return None"}),
        ("return (a + b) * 2", {"return (a - b) * 2", "return a + b + 2", "return None",
                                "return (a + b) * 3", "return (a + b) * 1"}),
        ("return a * -b", {"return a + -b", "return a * b", "return None"}),
        ("print('é', 1)", set()),
        ("x: list[int] = y", set()),
        ("assert a < b", set()),
    ],
)  # fmt: skip
def test_the_faults_of_a_line(line: str, expected: set[str]) -> None:
    assert afters(f"def g(a, b):\n    {line}\n") == expected


def test_loops_and_conditions() -> None:
    code = "def g(a):\n    while a:\n        if f(a):\n            break\n        continue\n"
    assert afters(code) == {"while False:", "if not (f(a)):", "continue", "break"}


def test_what_tests_do_not_see_has_no_faults() -> None:
    code = '"""1 < 2"""\nimport a\n__version__ = "1"\nif __name__ == "__main__":\n    f(1 + 2)\n'
    assert mutants(code) == ()


def test_a_text_over_several_lines_keeps_all_others() -> None:
    code = "def g(a, b):\r\n    # é\r\n    return (a +\r\n            b)  # end\r\n"
    found = {(m.fault, m.line, m.before, m.after) for m in mutants(code)}
    assert (Fault.ARITHMETIC, 3, "    return (a +\n            b)  # end",
            "    return (a - b)  # end") in found  # fmt: skip


SNIPPETS = st.lists(
    st.sampled_from(
        [
            "x = a < b < 3", "x = f'{a + 1:>{b}}'", "x = [i * 2 for i in a if i > 0]",
            "x = a if b else 1", "x = lambda q=1: q + 1", "a[1:-1] = b", "x = {1: a, 'é': b}",
            "x = (yield)", "try:\n  f(1)\nexcept E as e:\n  a += 1\nfinally:\n  g()",
            "match a:\n  case 1 | 2:\n    x = 1\n  case _:\n    x = a % 2",
            "with f(1) as x:\n  x -= a", "for i in range(1, a):\n  x = i", "x = a is not None",
            "x = '日本' * a; y = a * b", "del a[0]", "x = -a ** -b", "x = not a == b",
        ]
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(SNIPPETS)
def test_every_fault_is_one_place_in_a_program_of_its_own(parts: list[str]) -> None:
    body = "\n".join(parts).replace("\n", "\n    ")
    code = f"def g(a, b):\n    {body}\n"
    seen = set()
    for mutant in mutants(code):
        dumped = ast.dump(ast.parse(mutant.text))
        assert dumped != ast.dump(ast.parse(code))
        assert mutant.text not in seen
        seen.add(mutant.text)
        changed = list(difflib.unified_diff(code.split("\n"), mutant.text.split("\n"), n=0))
        assert sum(line.startswith("@@") for line in changed) == 1
        assert mutant.before in code
        assert mutant.after in mutant.text


def test_many_faults_are_a_sample_that_is_always_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.coding.mutation.faults.MOST", 40)
    code = "\n".join(f"x{n} = {n} + y" for n in range(60))
    found = mutants(code)
    assert 20 < len(found) <= 40
    assert found == mutants(code)


@pytest.mark.parametrize(
    "code",
    ["def (", "(" * 3000, "\0", "x" * 300_000, "x = " + "-" * 50_000],
    ids=["unfinished", "brackets", "null", "long", "deep"],
)
def test_what_is_no_python_is_said_to_be_none(code: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        mutants(code)
