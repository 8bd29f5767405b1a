"""A letter that may count: ``sin(pi n)`` has no limit for real n, and is 0 for whole n."""

from __future__ import annotations

import pytest
from asking import told

from assistant.maths.types import Proved


@pytest.mark.parametrize(
    "text",
    [r"\lim_{n\to\infty} \sin(\pi n)", r"\lim_{n\to\infty} n\cos(2\pi n)/n",
     r"\lim_{n\to\infty} \sin(\pi\sqrt{n^2+1})", r"求极限 \lim_{n\to\infty} \sin(n\pi)"],
)  # fmt: skip
def test_nothing_is_said_where_both_readings_differ(text: str) -> None:
    assert told(text)[0] == ""


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (r"\lim_{n\to\infty} \cos(\pi n)", "does not exist"),
        (r"\lim_{n\to\infty} \sin(\pi n/2)", "does not exist"),
        (r"\lim_{x\to\infty} \sin(\pi x)", "does not exist"),
        (r"\lim_{n\to\infty} \sin(n)", "does not exist"),
        (r"\lim_{n\to\infty} \sin(\pi n)/n", "0"),
        (r"\lim_{n\to\infty} n\sin(\pi/n)", "pi"),
    ],
)
def test_where_both_agree_it_is_proved(text: str, answer: str) -> None:
    found, verdict = told(text)
    assert found == answer
    assert isinstance(verdict, Proved)
