"""For which parameter an equation has equal, different, real or no roots."""

from __future__ import annotations

import pytest

from assistant.maths import terms as t
from assistant.maths.checking.verify import check_answer
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Solution


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Find k if x^2 + kx + 9 = 0 has equal roots", "{-6, 6}"),
        ("For what values of m does x^2 + mx + 1 = 0 have no real roots?", "(-2, 2)"),
        (
            "If the equation x^2 - 4x + c = 0 has two distinct real roots, find the range of c.",
            "(-oo, 4)",
        ),
        ("Find the values of p for which px^2 + 4x + 1 = 0 has two equal roots", "{4}"),
        ("若方程x^2+kx+9=0有两个相等的实数根，求k", "{-6, 6}"),
        ("关于x的一元二次方程 (k-1)x^2+2x+1=0 有实数根，求k的取值范围", "(-oo, 1) ∪ (1, 2]"),
        ("m取何值时，方程x^2+mx+4=0没有实数根", "(-4, 4)"),
        ("关于x的一元二次方程 (k-1)x^2+2x-2=0 有两个实数根，求k的取值范围", "[1/2, 1) ∪ (1, oo)"),
        ("方程 (k-1)x^2+2x-2=0 有两个实数根，求k的取值范围", "[1/2, 1) ∪ (1, oo)"),
        ("若关于x的方程 x^2+ax+1=0 有实数解，求a的取值范围", "(-oo, -2] ∪ [2, oo)"),
        # where there is no square, the equation is linear
        ("方程 (k-1)x^2+2x+1=0 有实数根，求k的取值范围", "(-oo, 2]"),
        ("For what values of p does px^2 + 4x + 1 = 0 have exactly one root?", "{0, 4}"),
        ("方程 (m^2-1)x^2 + (m-1)x + 1 = 0 没有实数根，求 m", "(-oo, -5/3) ∪ [1, oo)"),
        ("For which values of a does x^3-3x+a=0 have three distinct real roots?", "(-2, 2)"),
    ],
)
def test_the_parameter_is_found(text: str, expected: str) -> None:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution), solution
    assert isinstance(solution.verdict, Proved), solution.verdict
    assert solution.steps
    assert answer_text(solution) == expected


@pytest.mark.parametrize("wrong", ["(-oo, 2]", "(-oo, 1)", "(-oo, 1) ∪ (1, 2)", "[1, 2]"])
def test_one_value_too_many_or_too_few_is_refused(wrong: str) -> None:
    text = "关于x的一元二次方程 (k-1)x^2+2x+1=0 有实数根，求k的取值范围"
    member = read_formula(f"k in {wrong}")
    assert isinstance(member, t.Call)
    draft = Draft(answer=member.args[1], variables=("k",))
    assert not isinstance(check_answer(read_problem(text).request, draft), Proved)
