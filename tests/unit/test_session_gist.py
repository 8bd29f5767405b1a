"""One short line says what the model is doing, in both languages, from its thinking alone."""

from __future__ import annotations

import time
import unicodedata
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.session.gist import COLUMNS, GistMachine, gist_of
from runtimes.texts import Lang, Text


def said(text: Text | None, lang: Lang = Lang.EN) -> str:
    return "" if text is None else text.template(lang).format(*text.args)


@pytest.mark.parametrize(
    ("sentence", "en", "zh"),
    [
        ("The problem says that a pen costs 3 dollars.", "reading the problem", "理解题意"),
        (
            "Let x be the number of apples, so 3x + 2 = 20.",
            "setting up the equations: 3x + 2 = 20",
            "列方程：3x + 2 = 20",
        ),
        ("Subtract 3 from both sides: 2x = 8.", "solving: 2x = 8", "求解：2x = 8"),
        ("Let me try x = 3.", "trying x = 3", "尝试 x = 3"),
        ("Suppose n=-5 for a moment.", "trying n=-5", "尝试 n=-5"),
        (
            "Let me plug x = 4 back in: 2*4 + 3 = 11.",
            "checking by substitution: 2*4 + 3 = 11",
            "代入检验：2*4 + 3 = 11",
        ),
        ("Wait, let me double-check that.", "checking the result", "检查结果"),
        ("Hmm, that is not right.", "having second thoughts", "重新考虑"),
        ("Alternatively, I could draw a picture.", "trying another way", "换一种方法"),
        ("There are two cases to look at.", "going through the cases", "分情况讨论"),
        ("How many ways are there to seat them?", "counting the cases", "计数"),
        ("This simplifies nicely.", "simplifying", "化简"),
        (
            "I factor it: $x^2 - 1 = (x-1)(x+1)$.",
            "factoring: x^2 - 1 = (x-1)(x+1)",
            "因式分解：x^2 - 1 = (x-1)(x+1)",
        ),
        ("By the chain rule that is simple.", "differentiating", "求导"),
        (r"So $\frac{x+1}{2} = \frac{3}{4}$.", "working on (x+1)/2 = 3/4", "计算 (x+1)/2 = 3/4"),
        (
            r"So the answer is \boxed{x = 4}.",
            "coming to the answer: x = 4",
            "得出答案：x = 4",
        ),
        ("I write the for loop now.", "working on the code", "编写代码"),
        ("What about an empty list?", "thinking of edge cases", "考虑边界情况"),
        ("Good.", "", ""),
        ("I take a long walk.", "", ""),
        ("题目要求面积和周长。", "reading the problem", "理解题意"),
        ("设每个 x 元，3x = 20。", "setting up the equations: 3x = 20", "列方程：3x = 20"),
        ("先移项，得到 3x = 15。", "solving: 3x = 15", "求解：3x = 15"),
        ("试试 x = 3。", "trying x = 3", "尝试 x = 3"),
        ("假设 n = 7。", "trying n = 7", "尝试 n = 7"),
        ("代入检验：3×5-5=10。", "checking by substitution: 3×5-5=10", "代入检验：3×5-5=10"),
        ("等等，让我再检查一遍。", "checking the result", "检查结果"),
        ("不对，符号弄反了。", "having second thoughts", "重新考虑"),
        ("换个思路。", "trying another way", "换一种方法"),
        ("需要分情况讨论。", "going through the cases", "分情况讨论"),
        ("所以面积是 8 × 5 = 40。", "working on 8 × 5 = 40", "计算 8 × 5 = 40"),
        ("所以答案是 x = 5。", "coming to the answer: x = 5", "得出答案：x = 5"),
        ("好的。", "", ""),
    ],
)  # fmt: skip
def test_a_sentence_tells_what_it_does(sentence: str, en: str, zh: str) -> None:
    assert (said(gist_of(sentence)), said(gist_of(sentence), Lang.ZH)) == (en, zh)


THINKING = (
    "Okay, the problem says 2x + 3 = 11. Good. I subtract 3 from both sides: 2x = 8. "
    "Then I divide both sides by 2, so x = 4.\nLet me check it. Let me check it again. "
    "先移项，得到 3x = 15。好的。代入检验：3×5-5=10。\n"
)
LINES = [
    "reading the problem",
    "solving: 2x = 8",
    "solving: x = 4",
    "checking the result",
    "solving: 3x = 15",
    "checking by substitution: 3×5-5=10",
]


def lines(text: str, sizes: list[int]) -> list[str]:
    machine, at = GistMachine(), 0
    found: list[str] = []
    for size in cycle(sizes):
        if at >= len(text):
            return found
        if (gist := machine.feed(text[at : at + size])) is not None:
            found.append(said(gist))
        at += size
    return found


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_a_new_line_comes_once_a_sentence_and_only_when_it_changes(sizes: list[int]) -> None:
    assert lines(THINKING, sizes) == LINES


def test_of_many_sentences_at_once_the_last_counts() -> None:
    assert lines(THINKING, [len(THINKING)]) == LINES[-1:]


def test_a_decimal_does_not_end_a_sentence() -> None:
    assert lines("We get x = 3.14 and stop. ", [1]) == ["working on x = 3.14"]


@given(st.text(alphabet="0123456789x+-*/^()=<> .,。\\{}$frac\x1b\u202e设代入try宽", max_size=300))
def test_a_line_is_short_and_clean(sentence: str) -> None:
    gist = gist_of(sentence)
    if gist is None:
        return
    for formula in map(str, gist.args):
        wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in formula)
        assert 0 < wide <= COLUMNS
        assert formula.isprintable()
        assert not set(formula) & set("{}$\\")


def test_a_long_formula_is_shortened() -> None:
    gist = gist_of("x = " + "1234567890 + " * 20 + "1.")
    assert gist is not None
    assert said(gist).endswith("…")
    assert len(str(gist.args[0])) <= COLUMNS


@pytest.mark.parametrize(
    "piece", ["a", "=", "x=1+", "(", "\\frac{", "put a ", "1", "求", ". ", "\\", "if x = "]
)
def test_a_long_text_without_an_end_is_looked_at_in_pieces(piece: str) -> None:
    machine = GistMachine()
    begin = time.process_time()
    text = piece * (8_000 // len(piece))
    for at in range(0, len(text), 1_000):
        machine.feed(text[at : at + 1_000])
    assert len(machine._sentence) <= 400
    assert time.process_time() - begin < 3
