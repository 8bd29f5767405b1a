"""Chinese is broken between letters, whatever stands among them; all else as ever."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich import _wrap as shown
from textual import _wrap as typed
from textual.content import Content

from tui.wrapping import break_between_letters

NEVER_FIRST = "，。；：！？、）》”"


@pytest.fixture(autouse=True)
def finely() -> None:
    break_between_letters()
    break_between_letters()  # twice is once


def lines(text: str, width: int) -> list[str]:
    return [line.plain for line in Content(text).wrap(width)]


def test_what_follows_a_foreign_word_begins_no_line_of_its_own() -> None:
    text = "我们用 Python 来写这个函数，它可以计算任意正整数的阶乘（见下）。"
    assert lines(text, 30) == [
        "我们用 Python 来写这个函数，它",
        "可以计算任意正整数的阶乘（见",
        "下）。",
    ]
    assert typed.compute_wrap_offsets("用 Python 来写这个函数，好", 20, 4) == [14]


def test_no_line_begins_with_what_closes_or_ends_with_what_opens() -> None:
    text = "一二三四，五六七八。九十（甲乙丙丁）“戊己庚辛”，壬癸！"
    for width in range(6, 30):
        for line in lines(text, width):
            assert line[0] not in NEVER_FIRST
            assert line[-1] not in "（“"


def test_text_without_chinese_is_broken_as_ever() -> None:
    text = " The (very) long-winded sentence, as ever: f(x) = [1, 2]; naïve café — 12 % of 안녕 "
    whole = re.compile(r"\s*\S+\s*")
    assert [word for _, _, word in shown.words(text)] == whole.findall(text)


@given(st.text(alphabet="中文字，。（）“” ab1(.)\t\u00a0é한🙂", max_size=60), st.integers(2, 20))
def test_no_letter_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    for parted in (shown.words, typed.chunks):
        at = list(parted(text))
        assert all(text[start:end] == part and part for start, end, part in at)
        assert "".join(part for _, _, part in at).strip() == text.strip()
    kept = "".join(lines(text.replace("\t", " "), width))
    assert "".join(kept.split()) == "".join(text.split())
    assert all(line.cell_length <= width for line in Content(text.expandtabs(1)).wrap(width))
