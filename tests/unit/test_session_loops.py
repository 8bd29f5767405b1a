"""A model that runs in circles is noticed soon, and nobody who repeats by right is stopped."""

from __future__ import annotations

import itertools
import random
import time
from pathlib import Path
from typing import Any

import pytest
from data import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.session.loops import Loop, LoopDetector

ROOT = Path(__file__).resolve().parents[2]


def found(text: str, step: int = 13) -> Loop | None:
    """What one detector finds in a stream."""
    detector = LoopDetector()
    for start in range(0, len(text), step):
        if (loop := detector.feed(text[start : start + step])) is not None:
            return loop
    return detector.feed("\n")


INTRO_EN = (
    "Okay, so I need to solve the equation 2x + 3 = 11 for x. I remember that whatever I do to "
    "one side I have to do to the other side as well. First I take away 3, then I halve.\n\n"
)
INTRO_ZH = "好的，我需要解方程 2x + 3 = 11。先把常数移到右边，再把系数化为一，最后代入检验。\n\n"
OPENERS = ["Wait", "Hmm", "Actually", "But wait", "Alternatively", "Hold on"]
ZH_OPENERS = ["等等", "嗯", "不对", "再想想", "另外", "还是"]
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()

LOOPS: dict[str, str] = {
    "one sentence": "Wait, let me check again. " * 40,
    "one word": "again " * 300,
    "two words": "no, wait, " * 120,
    "a paragraph": (
        "So 2x = 8 and x = 4. Let me verify: 2*4 + 3 = 11, which is right. "
        "Hmm, but is it really right? Let me do it once more.\n\n"
    )
    * 8,
    "a long paragraph": (INTRO_EN + "Therefore the solution must be four, as I said.\n\n") * 5,
    "a counted check": "".join(
        f"Attempt {n}: let me check the calculation again. Both sides are equal, so it is right. "
        for n in range(1, 150)
    ),
    "a check counted in words": "".join(
        f"Let me check it for the {ORDINALS[n % 10]} time. Both sides are equal, so it is right. "
        for n in range(150)
    ),
    "changing openings": "".join(
        f"{w}, let me verify that the sum of both roots is five. It is five, so that holds. "
        for w in OPENERS * 12
    ),
    "two paragraphs in turn": (
        "Maybe I should use the quadratic formula here and see what comes out of it.\n\n"
        "But the discriminant is negative, so there is no real solution at all.\n\n"
    )
    * 12,
    "sentences in any order": " ".join(
        random.Random(seed).choice(
            [
                "So the answer must be four.",
                "But wait, is that correct?",
                "Let me think about this differently.",
                "I am not sure about this step.",
                "Perhaps I made a mistake somewhere.",
            ]
        )
        for seed in range(200)
    ),
    "a formula in a sentence": "So x = \\frac{8}{2} = 4, and hence $x = 4$. " * 30,
    "a list that starts over": "1. Subtract three.\n2. Divide by two.\n3. Check the result.\n\n"
    * 20,
    "blank lines between": "The answer is four.\n\n\n" * 40,
    "emphasis": "**Final Answer**\n\n\\boxed{4}\n\n" * 40,
    "one letter": "a" * 900,
    "dashes": "-" * 900,
    "newlines": "\n" * 900,
    "blanks of all kinds": " \n\t" * 400,
    "one digit": "0.3" + "3" * 4_000,
    "a sign and a digit": "+ 1 " * 1_200,
    "zeros and bars": "0 & " * 1_200,
    "emoji": "\U0001f600" * 500,
    "tags": "</think>\n" * 100,
    "a code line": "```python\n" + "    total += values[index]\n" * 200,
    "zh: 一句话": "等等，让我再检查一遍。" * 40,
    "zh: 一个词": "所以" * 200,
    "zh: 一段话": "所以 2x = 8，x = 4。代入检验：2×4+3=11，成立。但是真的对吗？再算一遍。\n\n" * 10,
    "zh: 计数": "".join(
        f"让我第{n}次检查这个结果，两边相等，所以这个解是正确的。" for n in range(1, 120)
    ),
    "zh: 开头不同": "".join(
        f"{w}，让我验证一下两根之和是不是五。确实是五，所以成立。" for w in ZH_OPENERS * 10
    ),
    "zh: 两段轮流": "也许应该用求根公式来算。\n\n可是判别式小于零，没有实数解。\n\n" * 16,
    "zh: 句子乱序": "".join(
        random.Random(seed).choice(
            ["所以答案应该是四。", "等等，这样对吗？", "换个思路想一想。", "这一步我不太确定。"]
        )
        for seed in range(120)
    ),
    "zh: 步骤重来": "1. 两边减三。\n2. 两边除以二。\n3. 检验结果。\n\n" * 20,
}


def test_there_are_enough_patterns() -> None:
    assert len(LOOPS) >= 20
    assert sum(name.startswith("zh") for name in LOOPS) >= 6


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_is_noticed(name: str) -> None:
    intro = INTRO_ZH if name.startswith("zh") else INTRO_EN
    text = intro + LOOPS[name]
    loop = found(text)
    assert loop is not None
    # what is kept has the beginning, and of the repetition little more than its first time
    assert len(intro.rstrip()) <= loop.start < len(text)
    assert loop.times >= 3
    assert loop.period >= 1
    assert loop.sample in " ".join(text.split()) or not loop.sample.strip("0123456789 ")
    assert "\n" not in loop.sample
    assert len(loop.sample) <= 40


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("one sentence", 450),
        ("a paragraph", 700),
        ("changing openings", 2_500),
        ("zh: 一句话", 300),
    ],
)
def test_a_loop_is_noticed_soon(name: str, most: int) -> None:
    assert found(INTRO_EN + LOOPS[name][:most]) is not None


def test_an_exact_loop_tells_its_period_and_keeps_the_first_time() -> None:
    unit = "So x is four, and four is right because both sides then agree with each other. "
    loop = found(INTRO_EN + unit * 9)
    assert loop is not None
    assert loop.period == len(unit)
    assert loop.start == pytest.approx(len(INTRO_EN) + len(unit), abs=3)
    assert "So x is four" in loop.sample


def yes(truth: bool) -> str:
    return "yes" if truth else "no"


FREE: dict[str, str] = {
    "additions": "".join(f"{a}+{b}={a + b}, " for a in range(25) for b in range(25)),
    "times table": "".join(f"{a} × {b} = {a * b}\n" for a in range(1, 20) for b in range(1, 20)),
    "digits of 1/7": "1/7 = 0." + "142857" * 160,
    "digits of 1/3": "1/3 = 0." + "3" * 1_000,
    "a googol": "1" + "0" * 100,
    "trials": "".join(f"Try x = {n}: 2*{n} + 3 = {2 * n + 3}, no. " for n in range(150)),
    "cases": "".join(
        f"Case {n}: if x = {n} then x squared is {n * n}, which leaves {n * n % 7} when divided "
        "by seven, so this is no solution. "
        for n in range(1, 30)
    ),
    "squares in words": "".join(f"The square of {n} is {n * n}. " for n in range(200)),
    "long division": "".join(
        f"{n * 37 % 900} divided by 7 is {n * 37 % 900 // 7}, remainder {n * 37 % 900 % 7}. "
        "Bring down the next digit. "
        for n in range(1, 14)
    ),
    "a table": "| n | even | odd |\n|---|---|---|\n"
    + "".join(f"| {n} | {yes(n % 2 == 0)} | {yes(n % 2 == 1)} |\n" for n in range(200)),
    "a truth table": "| p | q | r | s | t | u |\n"
    + "".join(
        "| " + " | ".join(["false", "true"][n >> k & 1] for k in range(6)) + " |\n"
        for n in range(64)
    ),
    "a matrix of zeros": "\\begin{pmatrix}\n" + ("0 & " * 11 + "0 \\\\\n") * 12 + "\\end{pmatrix}",
    "ruled lines": ("-" * 120 + "\n") * 2 + "=" * 120,
    "a wide table rule": "|" + "---|" * 60,
    "tests in code": "```python\n"
    + "".join(f"assert collatz({n}) == {n % 9}\n" for n in range(300))
    + "```\n",
    "branches in code": "```python\n" + "    else:\n        return False\n" * 30 + "```\n",
    "a list in code": "```python\nboard = [" + "None, " * 100 + "]\n```\n",
    "a refrain": (
        "The sea is wide and the night is long,\nand nobody knows the end of the song.\n"
        "Sail on, sail on, my lonely boat,\nas long as the stars and the planks may float.\n\n"
        "{}\n\n"
    ).format("Another verse, with other words, about the storm, the gulls and the light.")
    * 2,
    "a check after the solution": (INTRO_EN + "So 2x = 8, and x = 4. Then 2*4 + 3 = 11.\n\n") * 2,
    "series": "1 + " + " + ".join(f"\\frac{{1}}{{{2**n}}}" for n in range(1, 40)),
    "a countdown": ", ".join(str(n) for n in range(500, 0, -1)),
    "permutations": ", ".join(
        " ".join(p) for p in itertools.permutations(["red", "blue", "green", "white"])
    ),
    "zh: 分类讨论": "".join(
        f"第{n}种情况：当 x = {n} 时，x 的平方是 {n * n}，除以七余 {n * n % 7}，所以不是解。"
        for n in range(1, 25)
    ),
    "zh: 竖式": "".join(f"{n}×{n + 1}={n * (n + 1)}，" for n in range(1, 200)),
    "zh: 叠句": "床前明月光，疑是地上霜。举头望明月，低头思故乡。\n" * 2,
    "zh: 九九表": "".join(f"{a}乘{b}得{a * b}；" for a in range(1, 10) for b in range(1, 10)),
}


@pytest.mark.parametrize("name", FREE)
def test_nobody_who_repeats_by_right_is_stopped(name: str) -> None:
    assert found(INTRO_EN + FREE[name]) is None


@pytest.mark.parametrize("path", ["README.md", "CHANGELOG.md", "DECISIONS.md", "LICENSE"])
def test_our_own_texts_are_no_loops(path: str) -> None:
    assert found((ROOT / path).read_text(encoding="utf-8"), 97) is None


def prose(row: dict[str, Any]) -> str:
    """All longer texts of a row."""
    parts = [row.get(key) for key in ("solution", "steps", "answer", "input", "problem")]
    lines = ["\n".join(map(str, p)) if isinstance(p, list) else p for p in parts]
    return "\n".join(line for line in lines if isinstance(line, str))


@pytest.mark.data
@pytest.mark.parametrize(
    "name",
    ["worked_solutions", "worked_solutions_hard", "word_problems_en", "school_zh"],
)
def test_worked_solutions_are_no_loops(name: str) -> None:
    texts = [prose(row) for row in rows(name)[::2]]
    assert [text for text in texts if found(text, 997)] == []


@pytest.mark.data
def test_many_different_problems_after_each_other_are_no_loop() -> None:
    text = "\n".join(prose(row) for row in rows("word_problems_zh")[:400])
    assert found(text, 997) is None


PIECES = st.text(min_size=1, max_size=12) | st.sampled_from(
    ["Wait, let me check. ", "等等，再检查。", "0", "\\frac{1}{2}", "|", "```\n", "\n", "ab" * 20]
)


@settings(max_examples=100)
@given(
    st.lists(st.tuples(PIECES, st.integers(1, 60)), min_size=1, max_size=5),
    st.lists(st.integers(1, 40), min_size=1, max_size=8),
)
def test_any_cut_of_the_stream_gives_the_same_loop(
    parts: list[tuple[str, int]], cuts: list[int]
) -> None:
    text = "".join(piece * times for piece, times in parts)
    whole = LoopDetector()
    whole.feed(text)
    cut = LoopDetector()
    at = 0
    for size in itertools.cycle(cuts):
        if at >= len(text):
            break
        cut.feed(text[at : at + size])
        at += size
    assert cut.loop == whole.loop


def test_a_loop_that_was_found_stays_found() -> None:
    detector = LoopDetector()
    loop = detector.feed("once more " * 100)
    assert loop is not None
    assert detector.feed("something else entirely") is loop


def test_a_long_stream_costs_the_same_at_its_end() -> None:
    chosen = random.Random(1)
    words = ["".join(chosen.choices("abcdefghijklmnop", k=5)) + " " for _ in range(3_000)]
    detector = LoopDetector()

    def read(tokens: int) -> float:
        stream = [chosen.choice(words) for _ in range(tokens)]
        begin = time.process_time()
        for word in stream:
            assert detector.feed(word) is None
        return time.process_time() - begin

    first = read(8_000)
    read(16_000)
    assert read(8_000) < 3 * first + 0.2
    assert len(detector._tokens) <= 20_000


@pytest.mark.parametrize(
    "text",
    ["\x1b[31m" * 300, "\u202e" * 1_000, "\ud800" * 600, "é" * 1_000, "\\" * 1_000, "`" * 1_000],
)
def test_hostile_signs_are_only_signs(text: str) -> None:
    assert found(text, 1) == found(text, 7)
