"""Formulas set as images: which are, and that nothing else comes of what is hostile."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from latex2mathml import converter

from assistant.maths import typesetter
from assistant.maths.showing import raster
from assistant.maths.showing.mathml import displayed
from assistant.maths.showing.raster import Order, ink
from assistant.maths.terms import Pow, Symbol, equation, integer
from assistant.maths.typesetter import Typesetter

GOOD = (
    r"x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}",
    r"\int_0^{\infty} e^{-x^2}\,dx=\frac{\sqrt{\pi}}{2}",
    r"A=\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    r"f(x)=\begin{cases}x^2,&x\ge 0\\-x,&\text{otherwise}\end{cases}",
    r"\begin{aligned}x+y&=3\\2x-y&=0\end{aligned}",
    r"\begin{align}x&=1\\y&=2\end{align}",
    r"\lim_{n\to\infty}\left(1+\frac1n\right)^n=e",
    r"\left|\begin{matrix}a&b\\c&d\end{matrix}\right|=ad-bc",
    r"|x|<1\implies\sum_{k=0}^\infty x^k=\frac1{1-x}",
    r"\color{red}{x}=1",
    r"x=1\\y=2",
)
REFUSED = (
    r"\foo{x}+1",
    r"x=3\quad\text{（因为 }x>0\text{）}",
    r"\begin{array}{c|c}1&2\\3&4\end{array}",
    r"\cancel{x}",
    r"\phantom{x}y",
    r"1\hspace{-3em}2",
    r"\colorbox{black}{x}",
    r"a\not=b",
    "x" * 3000,
    r"\frac",
    "",
)
HOSTILE = (
    r"\href{file:///etc/passwd}{x}",
    r"\includegraphics{/etc/passwd}",
    r"\input{/etc/passwd}",
    r'\color{red" href="file:///etc/passwd}{x}',
    r"\text{&#60;image href='file:///etc/passwd'/&#62;}",
    r"\text{</mtext><image href='file:///etc/passwd'/><mtext>}",
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    r"\hspace{1e9em}x",
    "{" * 1000,
    r"\begin{matrix}" * 100,
    r"\sqrt{" * 100 + "x" + "}" * 100,
    "\x1b[2Jx",
)


def order(source: str, *, tex: bool = True) -> Order:
    return Order(source=source, tex=tex, em=20, widest=1000, highest=600)


@pytest.mark.parametrize("source", GOOD)
def test_what_a_tutor_writes_is_set(source: str) -> None:
    found = ink(order(source))
    assert found is not None
    assert len(found.cover) == found.width * found.height
    assert 15 < found.width <= 1000
    assert max(found.cover) > 200
    assert found.cover.count(0) > len(found.cover) // 3


@pytest.mark.parametrize("source", REFUSED)
def test_what_would_not_be_shown_as_it_was_written_stays_text(source: str) -> None:
    assert ink(order(source)) is None


def test_a_formula_of_the_solver_is_set() -> None:
    square = equation(Pow(Symbol("x"), integer(2)), integer(4))
    assert ink(order(displayed(square), tex=False)) is not None
    assert ink(order("<math><mi>x</mi><img src='a'/></math>", tex=False)) is None


@pytest.mark.parametrize(
    ("source", "lost"),
    [("x+2=5", "2"), (r"x\neq 5", "≠"), (r"\frac{a}{b}", "b"), ("-x", "−"), (r"\sin x", "sin")],
)
def test_what_the_other_reader_loses_is_not_drawn_without_it(
    monkeypatch: pytest.MonkeyPatch, source: str, lost: str
) -> None:
    assert ink(order(source)) is not None
    convert = converter.convert

    def losing(text: str, display: str) -> str:
        tree = ET.fromstring(convert(text, display=display))
        for each in tree.iter():
            if each.text == lost:
                each.text = ""
        return ET.tostring(tree, encoding="unicode")

    monkeypatch.setattr(converter, "convert", losing)
    assert ink(order(source)) is None


def test_only_paths_are_filled() -> None:
    assert raster._only_paths(ET.fromstring("<svg><g><path d='M0 0'/></g></svg>"))
    for tag in ("image", "use", "text", "style", "foreignObject"):
        assert not raster._only_paths(ET.fromstring(f"<svg><{tag}/></svg>"))


def test_there_is_no_picture_larger_than_the_room() -> None:
    assert ink(Order(source="x+y", tex=True, em=20, widest=20, highest=600)) is None
    assert ink(Order(source=r"\frac{x}{y}", tex=True, em=20, widest=1000, highest=20)) is None


PARTS = st.sampled_from(
    r"\frac \sqrt { } ^ _ & \\ \left( \right) \begin{matrix} \end{matrix} \text{ x 1 < > - + = ' "
    r"\hspace{ em $ # ~ \color{ \overline \binom \not \mathbb \int \sum 中".split(" ")
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PARTS, max_size=14).map(" ".join))
def test_whatever_is_written_gives_an_image_within_its_bounds_or_none(source: str) -> None:
    found = ink(order(source))
    assert found is None or (found.width <= 1001 and found.height <= 601)


def test_a_hostile_formula_opens_no_file() -> None:
    code = (
        "import sys\n"
        "from assistant.maths.showing.raster import Order, ink, load\n"
        "load()\n"
        "def make(s): return Order(source=s, tex=True, em=20, widest=1000, highest=600)\n"
        "ink(make('x^2'))\n"
        "seen = []\n"
        "sys.addaudithook(lambda name, args: seen.append((name, args[0]))"
        " if name in ('open', 'socket.connect', 'subprocess.Popen', 'os.system') else None)\n"
        f"for source in {HOSTILE!r}: ink(make(source))\n"
        "assert not [one for one in seen if 'site-packages' not in str(one) and"
        " '/python3' not in str(one)], seen\n"
        "print(len(seen))"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, cwd=root)


@pytest.mark.slow
def test_a_formula_that_takes_too_long_is_given_up_and_the_next_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(typesetter, "SECONDS", 0.1)
    one = Typesetter()
    wide = Order(source="a" * 1990, tex=True, em=20, widest=100_000, highest=600)
    try:
        assert one.ink(wide) is None
        monkeypatch.setattr(typesetter, "SECONDS", 20.0)
        assert one.ink(order("x^2")) is not None
        one.close()
        assert one.ink(order("x^3")) is None
    finally:
        one.close()
