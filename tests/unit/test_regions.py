"""Double integrals over a region that bounds describe."""

from __future__ import annotations

import pytest
from asking import proved, told

from assistant.maths import topics
from assistant.maths.checking.tasks.integrals import check_integral
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.solving.common import Draft
from assistant.maths.solving.integration.region import region
from assistant.maths.types import Proved, Request, Task


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("integrate x*y over 0<=x<=1, 0<=y<=2", "1"),
        ("Evaluate the double integral of x^2 + y over the region 0 ≤ x ≤ 1, 0 ≤ y ≤ x", "5/12"),
        ("计算二重积分∬_D xy dxdy, 其中D: 0≤x≤1, 0≤y≤2", "1"),
        ("计算二重积分 ∬_D (x+y) dσ，其中 D 是 0≤x≤1, x^2≤y≤x", "3/20"),
        ("integrate x*y over [0,1]×[0,2]", "1"),
        ("integrate x y over the region 0 <= y <= 1, y <= x <= 1", "1/8"),
        ("求xy在区域0≤x≤1, 0≤y≤2上的二重积分", "1"),
    ],
)
def test_answers(text: str, wanted: str) -> None:
    assert proved(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "integrate x y over the region 0 <= x <= 2, x <= y <= 1",  # the bounds cross
        "integrate x*y over 0<=x<=1",
        "integrate x*y over 0<=x<=1, 0<=y",
        "integrate x over x^2 + y^2 <= 1",
        "integrate x*y over 0<=x<=y, 0<=y<=x",
    ],
)
def test_no_other_region_is_taken(text: str) -> None:
    assert told(text)[1] is None


def test_the_check_looks_at_the_order_of_the_bounds() -> None:
    def verdict(*operands: str) -> object:
        request = Request(
            task=Task.INTEGRATE,
            topic=topics.REGION,
            operands=tuple(map(read_formula, operands)),
            variables=("y", "x"),
        )
        drafted = region(request)
        draft = drafted or Draft(answer=read_formula("-1"), variables=("x",))
        return check_integral(request, draft)

    assert isinstance(verdict("x*y", "0", "x", "0", "1"), Proved)
    assert not isinstance(verdict("x*y", "x", "1", "0", "2"), Proved)
    assert not isinstance(verdict("x*y", "x", "x - 1", "0", "1"), Proved)
