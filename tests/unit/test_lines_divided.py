"""Lines that were divided by a letter: right where it is not zero, and that is told."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.showing import words
from assistant.maths.showing.plain import plain
from assistant.maths.types import Lang, Mark, Work, verdict_word

FOR_X = "Solve a(x-1) = b for x"


def last(problem: str, *lines: str) -> Mark:
    """The mark of the last line."""
    return check_work(Work(problem, lines)).marks[-1]


@pytest.mark.parametrize(
    ("problem", "lines", "condition"),
    [
        (FOR_X, ("x = (a+b)/a",), "a != 0"),
        (FOR_X, ("x - 1 = b/a",), "a != 0"),
        ("Solve A = (1/2) b h for h", ("h = 2A/b",), "b != 0"),
        ("Solve ax + b = cx + d for x", ("x(a - c) = d - b", "x = (d-b)/(a-c)"), "a - c != 0"),
        ("", ("ax = b", "x = b/a"), "a != 0"),
        ("Solve 1/x + 1/y = 1/z for z", ("z = xy/(x+y)",), "x + y != 0"),
    ],
)
def test_the_condition_is_told(problem: str, lines: tuple[str, ...], condition: str) -> None:
    mark = last(problem, *lines)
    assert verdict_word(mark.verdict) == "proved"
    for lang in Lang:
        assert condition in words.filled(mark.why, lang, plain)


@pytest.mark.parametrize(
    ("problem", "lines"),
    [
        (FOR_X, ("x = (a-b)/a",)),
        (FOR_X, ("x = a + b/a",)),
        ("Solve ax + b = cx + d for x", ("x = (d-b)/(a+c)",)),
        ("Solve xy = 3x for x", ("y = 3x/x",)),
        ("", ("xy = 3x", "y = 3x/x")),
        ("", ("ax = ab", "x = b")),
        ("", ("a(x - y) = b(x - y)", "a = b(x - y)/(x - y)")),
    ],
)
def test_nothing_else_is_proved_so(problem: str, lines: tuple[str, ...]) -> None:
    assert verdict_word(last(problem, *lines).verdict) not in ("proved", "supported")
