"""A value that is only put in for a letter is no ground for saying that the letter is it."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.types import Proved, Refuted, Supported, Work

CIRCULAR = [
    ("$x^2 = 8$", "Let $x = 2$.", "$x = 2$"),
    ("x^2 = 8", "Let x = 2", "x = 2"),
    ("设 $x=2$。", "所以 $x=2$。"),
    ("设 x=2", "所以 x=2", "x=2"),
    ("$x^2=4$", "Try $x=2$.", "$x=2$", "The solution is $x=2$."),
    ("$x^2=4$", "Let $x=2$.", "$2x=4$", "So $x=2$."),
    ("x^2=4", "Let x=2", "2x=4", "x=2"),
    ("If $x=2$", "then $x=2$.", "Hence $x=2$."),
    ("$x^2-4=0$", "Say $x = 2$.", "Then $x=2$."),
    ("Take $x=2$.", "So $x=2$."),
    ("Set $x=2$.", "The solution is $x=2$."),
    ("取 $x=2$。", "即 $x=2$。"),
]
FOUND = [
    ("$2x = 8$", "So $x = 4$.", "Putting in $x = 4$ gives $8 = 8$.", "The solution is $x = 4$."),
    ("Let $x = 2$.", "Then $x^2=4$."),
    ("$2x=8$", "If $x=3$, then $2x=6$.", "So $x=4$."),
    ("设 $x=1$。", "所以 $3x=3$。"),
]


@pytest.mark.parametrize("lines", CIRCULAR)
def test_a_value_put_in_proves_nothing_of_itself(lines: tuple[str, ...]) -> None:
    last = check_work(Work("", lines)).marks[-1]
    assert not isinstance(last.verdict, Proved | Refuted), last


@pytest.mark.parametrize("lines", FOUND)
def test_what_was_found_keeps_its_mark(lines: tuple[str, ...]) -> None:
    last = check_work(Work("", lines)).marks[-1]
    assert isinstance(last.verdict, Proved), last


def test_what_follows_from_an_equation_that_was_set_up_is_supported() -> None:
    lines = ("Let $x$ be the number. Then $2x+3=11$.", "$2x=8$", "So $x=4$.")
    last = check_work(Work("", lines)).marks[-1]
    assert isinstance(last.verdict, Supported), last
