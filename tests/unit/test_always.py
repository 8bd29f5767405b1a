"""For which parameter an inequality holds for every, or for some, value of its unknown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from asking import proved, solved, unanswered
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.logic.statements import as_statement
from assistant.maths.checking.numerics.algebraic import exact_holds
from assistant.maths.checking.verify import check_answer
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve_request
from assistant.maths.types import Proved, Request, Solution, Task


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Find all values of k for which x^2 + kx + 4 > 0 for all real x", "(-4, 4)"),
        ("For what values of m is x^2 + 2mx + m + 2 always positive?", "(-1, 2)"),
        ("For which a does (a-1)x^2 + 2x + 1 >= 0 hold for all x?", "[2, oo)"),
        ("Given that x^2 + kx + k + 3 > 0 for all real x, find the range of k", "(-2, 6)"),
        ("For which real k is kx^2 + 2x + k negative for all x?", "(-oo, -1)"),
        ("Find the range of a such that x^2 - 2x + a > 0 for all x in [2, 3]", "(0, oo)"),
        (
            "Find all real numbers $a$ such that $x^2 + ax + 4 > 0$ for all $x > 0$.",
            "(-4, oo)",
        ),
        ("For which c does cx > 1 hold for all x > 2?", "[1/2, oo)"),
        ("Find the range of values of p for which px^2 + 2x + p > 0 has no solution", "(-oo, -1]"),
        ("若不等式 x^2 - ax + 1 > 0 对一切实数 x 恒成立，求 a 的取值范围", "(-2, 2)"),
        ("不等式 mx^2 + 2mx - 4 < 0 对任意实数 x 恒成立，求 m 的取值范围", "(-4, 0]"),
        ("若关于x的不等式 ax^2+2ax+1≥0 的解集为 R，求实数 a 的取值范围", "[0, 1]"),
        ("一元二次不等式 kx^2+2kx-(k+2)<0 对一切实数x恒成立，求k的取值范围", "(-1, 0)"),
        ("若对任意 x∈[1,3]，x^2-mx+4≥0 恒成立，求实数 m 的取值范围", "(-oo, 4]"),
        ("若对任意 a∈[-1,1]，x^2+(a-4)x+4-2a>0 恒成立，求 x 的取值范围", "(-oo, 1) ∪ (3, oo)"),
        ("k 为何值时，不等式 x^2+kx+1≥0 对一切实数 x 恒成立", "[-2, 2]"),
        ("若关于x的不等式 x^2-2x+a<0 的解集为空集，求 a 的取值范围", "[1, oo)"),
        ("存在 x∈[1,3]，使得 x^2-mx+4<0 成立，求 m 的取值范围", "(4, oo)"),
        ("若存在实数x使得 x^2+ax+1<0，求a的取值范围", "(-oo, -2) ∪ (2, oo)"),
        ("不等式 kx+1>0 对任意 x∈[-1,2] 恒成立，求k的取值范围", "(-1/2, 1)"),
        ("若不等式$ax^2-x+1>0$对任意$x\\in\\mathbb{R}$恒成立，求实数$a$的取值范围", "(1/4, oo)"),
        ("函数 f(x)=sqrt(kx^2+4kx+3) 的定义域为 R，求 k 的取值范围", "[0, 3/4]"),
        ("函数 y=1/(x^2+ax+1) 的定义域为 R，求 a 的取值范围", "(-2, 2)"),
        ("If the domain of f(x)=ln(x^2+ax+1) is all real numbers, find a", "(-2, 2)"),
    ],
)
def test_by_discriminant_and_ends(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("当 x>0 时，x + 4/x ≥ a 恒成立，求 a 的最大值", "4"),
        ("不等式 x^2+ax+4≥0 在区间 (0,+∞) 上恒成立，求 a 的最小值", "-4"),
        ("Find the largest k such that x^2 + 4/x^2 >= k for all x > 0", "4"),
        ("Find all a such that |x - 2| + |x + 3| >= a for all real x", "(-oo, 5]"),
        ("关于 x 的不等式 |x-3|+|x-4|<a 有解，求 a 的取值范围", "(1, oo)"),
        pytest.param("若 ln x ≤ ax 恒成立，求 a 的取值范围", "[e^(-1), oo)",
                     marks=pytest.mark.slow),
        pytest.param("若不等式 e^x ≥ ax 对任意 x>0 恒成立，则 a 的取值范围是", "(-oo, e]",
                     marks=pytest.mark.slow),
    ],
)  # fmt: skip
def test_by_the_range_of_the_other_side(text: str, answer: str) -> None:
    assert proved(text) == answer


def test_the_reading_says_for_which_values() -> None:
    found = solved("若不等式 x^2-ax+1>0 对 x∈(0,2] 恒成立，求 a 的取值范围")
    assert isinstance(found.verdict, Proved)


@pytest.mark.parametrize(
    "wrong", ["(-2, 2]", "[-2, 2]", "(-2, 1)", "(-2, 2) ∪ {5}", "(-2, 0) ∪ (0, 2)"]
)
def test_one_value_too_many_or_too_few_is_refused(wrong: str) -> None:
    member = read_formula(f"a in {wrong}")
    assert isinstance(member, t.Call)
    asked = read_problem("若不等式 x^2-ax+1>0 对一切实数 x 恒成立，求 a 的取值范围").request
    draft = Draft(answer=member.args[1], variables=("a",))
    assert not isinstance(check_answer(asked, draft), Proved)


@pytest.mark.parametrize(
    "text",
    [
        "若 ax + b > 0 对一切实数 x 恒成立，求 a 的取值范围",
        "若 ln x < a 对一切实数 x∈[-1,1] 恒成立，求 a 的取值范围",
        "若 sqrt(x) > a 对任意 x∈[-1,1] 恒成立，求 a 的取值范围",
        "For which y does x^2 + k > 0 hold for all x?",
    ],
)
def test_what_has_no_meaning_is_not_answered(text: str) -> None:
    assert unanswered(text)


OPS = (t.Comparison.GT, t.Comparison.GE, t.Comparison.LT, t.Comparison.LE)
small = st.integers(-3, 3)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(small, min_size=6, max_size=6), st.sampled_from(OPS), st.booleans(), st.booleans())
def test_every_tried_parameter_agrees(
    numbers: list[int], op: t.Comparison, everywhere: bool, some: bool
) -> None:
    """The answer against many values of the unknown, put in one by one."""
    a, b, c, d, e, f = map(t.integer, numbers)
    k, x = t.Symbol("k"), t.Symbol("x")
    coefficients = [t.add(t.mul(m, k), n) for m, n in ((a, b), (c, d), (e, f))]
    left = t.add(t.mul(coefficients[0], t.Pow(x, t.integer(2))), t.mul(coefficients[1], x),
                 coefficients[2])  # fmt: skip
    asked = Request(
        task=Task.NUMBER, topic=topics.ALWAYS, operands=(t.Relation(op, left, t.integer(0)),),
        variables=("x", "k"), words=("some" if some else "all",),
        domain=None if everywhere else t.Interval(t.integer(-1), t.integer(2), False, False),
    )  # fmt: skip
    found = solve_request(asked)
    if not isinstance(found, Solution) or not isinstance(found.verdict, Proved):
        return
    assert found.answer.value is not None
    members = as_statement(found.answer.value, ("k",))
    assert members is not None
    places = [Fraction(n, 8) for n in (range(-400, 401, 7) if everywhere else range(-8, 17))]
    for at in (Fraction(n, 3) for n in range(-9, 10)):
        truths = [_holds(numbers, op, at, p) for p in places]
        claimed = exact_holds(members, {"k": at})
        if some and any(truths):
            assert claimed
        if not some and not all(truths):
            assert not claimed


def _holds(numbers: list[int], op: t.Comparison, k: Fraction, x: Fraction) -> bool:
    a, b, c, d, e, f = numbers
    value = (a * k + b) * x * x + (c * k + d) * x + e * k + f
    return {t.Comparison.GT: value > 0, t.Comparison.GE: value >= 0,
            t.Comparison.LT: value < 0, t.Comparison.LE: value <= 0}[op]  # fmt: skip
