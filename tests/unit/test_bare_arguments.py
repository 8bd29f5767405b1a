"""``sin π/6`` without brackets: many people mean sin(π/6)."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.types import Refuted, Work

BARE = [
    r"$\sin \pi/6 = 1/2$",
    r"$\cos \pi/3 = 1/2$",
    r"$\sin 2\pi/3=\sqrt3/2$",
    r"$\tan\pi/4=1$",
    "sin π/6 = 1/2",
    r"So $\sin \pi/6 = 1/2$.",
]


@pytest.mark.parametrize("line", BARE)
def test_it_is_never_refuted(line: str) -> None:
    assert not isinstance(check_work(Work("", (line,))).marks[0].verdict, Refuted)
