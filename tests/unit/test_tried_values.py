"""What a value gives is written down to see whether it is true: a false result is no mistake."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.types import Proved, Refuted, Supported, Work

TRIED = [
    "Substituting $x=-1$ gives $1 = -1$.",
    "Check $x=-1$: $1 = -1$, no.",
    "If $x=0$, then $0+2=5$.",
    "For $x=0$ we get $0+2=5$.",
    "当 $x=1$ 时，$3=4$",
    "把 $x=1$ 代入，得 $3=4$",
]


@pytest.mark.parametrize("line", TRIED)
def test_a_value_that_does_not_fit_is_no_mistake(line: str) -> None:
    mark = check_work(Work("", ("$x+2=5$", line))).marks[1]
    assert not isinstance(mark.verdict, Refuted | Proved | Supported), mark


@pytest.mark.parametrize(
    "line",
    [
        "Putting in $x=2$: $A = 3(2)^2 = 10$.",
        "So $2+2=5$.",
        "We get $x=3$, as $2+2=5$.",
        "所以 $2+2=5$",
    ],
)
def test_a_wrong_calculation_still_is(line: str) -> None:
    assert isinstance(check_work(Work("", ("$x+2=5$", line))).marks[1].verdict, Refuted)


@pytest.mark.parametrize(
    "lines",
    [
        ("Try $x=0$.", "So $0+2=5$."),
        ("Try x=0.", "So 0+2=5."),
        ("Test $x=1$.", "$1+2=5$"),
        ("试 $x=0$。", "得 $0+2=5$。"),
        ("代入 x=1", "1+2=5"),
    ],
)
def test_nor_is_it_one_on_the_line_behind(lines: tuple[str, ...]) -> None:
    mark = check_work(Work("Solve x+2=5", lines)).marks[1]
    assert not isinstance(mark.verdict, Refuted | Proved | Supported), mark


@pytest.mark.parametrize(
    "lines", [("Try $x=0$.", "So $4+4=9$."), ("Try $x=0$.", "$x=3$", "So $0+2=5$.")]
)
def test_a_mistake_that_has_nothing_to_do_with_it_is_one(lines: tuple[str, ...]) -> None:
    assert isinstance(check_work(Work("Solve 2x=6", lines)).marks[-1].verdict, Refuted)
