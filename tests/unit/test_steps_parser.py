"""The step parser: what is a step in a streamed answer, whatever way the stream was cut."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from data import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.events import SpokenStep
from assistant.maths.reading.claims.line import MAX_LINE, read_line
from assistant.steps import StepParser

PIECES = [
    "x = 3", "2 + 2 = 4", "$x = 3$", "$ y = 2 $", "\\(a+b=c\\)", "\\[ x = 1 \\]", "$$x=2$$", "$$",
    "\\[", "\\]", "\\begin{aligned}", "\\end{aligned}", "\\begin{cases}", "\\end{cases}", " & ",
    " \\\\ ", "\\Rightarrow", "⇒", "\n", "\n\n", "\r\n", "\r", "`", "```", "~~~", "**", "*", "***",
    "_", "# ", "- ", "1. ", "> ", "|", "|---|---|", "<!--", "-->", "[a](http://x.y/z?q=1)",
    "http://a.b/c=d", " or ", "或", "and", "So ", "If ", "then ", "所以", "。", "！", ". ", "? ",
    "! ", "5!", "= 7", "+ 4", "- 4", ": ", "：", ", ", "\\text{or}", "\\text{if }", "\\boxed{x=3}",
    "{", "}", "\\left(", "\\right)", "(", ")", "$5", "$", "which is false", " ", "  ", "Case 1:",
    "Then 180/2 = 90.", "(2)", "①", "\u202e", "\u200b", "<b>", "</b>", "&lt;", "~~", "Mr. ",
    "e.g. ", "3.14", "apples", "\t", "\\", "\\tag{1}", "\\quad", "假设", "不成立",
]  # fmt: skip


def found(answer: str, cuts: list[int] | None = None) -> list[SpokenStep]:
    """The steps of an answer that comes in the pieces between the cuts."""
    parser = StepParser()
    steps: list[SpokenStep] = []
    for start, end in pairwise([0, *sorted(cuts or []), len(answer)]):
        settled = parser.settled
        new = parser.feed(answer[start:end])
        assert all(step.start >= settled for step in new)
        steps += new
    settled = parser.settled
    rest = parser.flush()
    assert all(step.start >= settled for step in rest)
    return steps + rest


def texts(answer: str) -> list[str]:
    return [step.text for step in found(answer)]


def assert_sound(answer: str, steps: list[SpokenStep]) -> None:
    assert [step.index for step in steps] == list(range(len(steps)))
    for step in steps:
        assert 0 <= step.start < step.end <= len(answer)
        assert 0 < len(step.text) <= MAX_LINE
        assert step.text.isprintable()


answers = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@settings(max_examples=150, deadline=None)
@given(answers, st.data())
def test_any_cut_of_the_stream_gives_the_same_steps(answer: str, data: st.DataObject) -> None:
    whole = found(answer)
    assert_sound(answer, whole)
    places = st.lists(st.integers(0, len(answer)), max_size=12)
    for _ in range(3):
        assert found(answer, data.draw(places)) == whole


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read(answer: str) -> None:
    whole = found(answer)
    assert_sound(answer, whole)
    assert found(answer, list(range(1, len(answer)))) == whole


def cut_at_random(answers_: int, cuts: int) -> None:
    source = random.Random(20)
    for _ in range(answers_):
        answer = "".join(
            source.choice(PIECES) + source.choice(["", " ", "\n"])
            for _ in range(source.randint(1, 50))
        )
        whole = found(answer)
        for _ in range(cuts):
            count = source.randint(1, 20)
            places = [source.randint(0, len(answer)) for _ in range(count)]
            assert found(answer, places) == whole, (answer, places)


def test_a_thousand_streams_are_cut_at_random() -> None:
    cut_at_random(200, 5)


@pytest.mark.slow
def test_ten_thousand_streams_are_cut_at_random() -> None:
    cut_at_random(1000, 10)


CASES: dict[str, tuple[str, list[str]]] = {
    "sentences": (
        "So 3*60 = 180 video games. Then 180/2 = 90.",
        ["So 3*60 = 180 video games.", "Then 180/2 = 90"],
    ),
    "numbering is no number": (
        "2. 3x = 6\n3) x = 2\n(4) y = 1\n5、z = 0\n② a = 7",
        ["3x = 6", "x = 2", "y = 1", "z = 0", "a = 7"],
    ),
    "a decimal is no numbering": ("2.5x = 5", ["2.5x = 5"]),
    "a number of a question, or a factor": ("(2)2x = 4", []),
    "a heading": ("### Step 2: 3x = 6\n第二步：x = 2", ["3x = 6", "x = 2"]),
    "emphasis": ("**x = 3**\n*y = 4*", ["x = 3", "y = 4"]),
    "stars that multiply": ("2*3*4 = 24 and 2**3 = 8", ["2*3*4 = 24 and 2**3 = 8"]),
    "a box": ("$\\boxed{x = 5}$", ["x = 5"]),
    "a block quote": ("> So $x = 3$.\n> \\[\n> y = 4\n> \\]", ["So x = 3", "y = 4"]),
    "arrows in a display": (
        "$$x + 2 = 5 \\Rightarrow x = 3 \\iff 2x = 6$$",
        ["x + 2 = 5", "x = 3", "2x = 6"],
    ),
    "arrows within braces": ("$$\\lim_{x \\to 0} x = 0$$", ["\\lim_{x \\to 0} x = 0"]),
    "a system is one statement": (
        "$$\\begin{cases} x + y = 3 \\\\ x - y = 1 \\end{cases}$$",
        ["\\begin{cases} x + y = 3 \\\\ x - y = 1 \\end{cases}"],
    ),
    "two equations in a row": (
        "\\begin{align}x &= 3 & y &= 4\\end{align}",
        ["x = 3", "y = 4"],
    ),
    "a row that goes on": (
        "\\begin{align}S &= 1 + 2 \\\\ &\\quad + 3 \\\\ &= 6\\end{align}",
        ["S = 1 + 2 + 3", "= 6"],
    ),
    "a row with a minus of its own": (
        "$$\\begin{aligned}-2x &= 4 \\\\ -x &= 2\\end{aligned}$$",
        ["-2x = 4", "-x = 2"],
    ),
    "other letters do not continue": (
        "$$\\begin{aligned}A &= r^2 \\\\ &= 3^2 \\\\ &= 9\\end{aligned}$$",
        ["A = r^2", "r^2 = 3^2", "= 9"],
    ),
    "expressions alone are no steps": ("\\[3(x + 2)\\]\n- $x + 1$\n- $x - 1$\n\\boxed{7}", []),
    "the number of an equation": (
        "$$x + y = 5 \\quad (1)$$\n$$x - y = 1 \\tag{2}$$\n$$y = 2 \\cdots ③$$",
        ["x + y = 5", "x - y = 1", "y = 2"],
    ),
    "the number of an equation, or a factor": ("$$x - y = 1 (2)$$", []),
    "a supposition goes along": (
        "If $a > 0$, then:\n\n$$x = 1$$\n\n$$y = 2$$",
        ["If $a > 0$, then: $x = 1$", "(If): $y = 2$"],
    ),
    "a supposition in Chinese": (
        "假设下式成立：\n\\[\nx = 1\n\\]",
        ["假设下式成立： $x = 1$"],
    ),
    "a row below a supposition stands by itself": (
        "We need that:\n$$\\begin{aligned}x &= 1 + 2 \\\\ &= 3\\end{aligned}$$",
        ["We need that: $x = 1 + 2$", "1 + 2 = 3"],
    ),
    "what is only announced is no supposition": (
        "Let's simplify the left side:\n$$2(x+1) = 2x + 2$$",
        ["2(x+1) = 2x + 2"],
    ),
    "a denial behind a display": (
        "We get\n$$1 + 1 = 3$$\nwhich is false.\n代入得\n$$1 = 2$$\n矛盾。",
        ["1 + 1 = 3, which is false.", "1 = 2, 矛盾。"],
    ),
    "alternatives": (
        "$$x = 1$$\nor\n$$x = 2$$\n\n$$y = 1$$\n或\n$$y = 2$$",
        ["$x = 1$ or $x = 2$", "$y = 1$ 或 $y = 2$"],
    ),
    "money": (
        "It costs $5 and $7, so 5 + 7 = 12. He has $20 - $12 = $8.",
        ["It costs $5 and $7, so 5 + 7 = 12.", "He has $20 - $12 = $8."],
    ),
    "code": ("```\n1 = 2\n```\n`3 = 4` and 2 + 2 = 4.\n~~~text\n5 = 6", ["… and 2 + 2 = 4"]),
    "comments and addresses": (
        "<!-- 1 = 2 --> See [x = 3](https://a.org/?b=4) at https://c.org/?d=5.",
        ["… See x = 3… at …"],
    ),
    "a table": (
        "| n | m = 1 |\n|---|---|\n| 1 | 3*60 = 180 |\n| 2 | x = 2 |\n| 2+2=4 | $1+1=2$ |",
        ["3*60 = 180", "$2+2=4$; $1+1=2$"],
    ),
    "bars are no table": ("|x - 3| = |y|\n|x| = 2", ["|x - 3| = |y|", "|x| = 2"]),
    "soft line breaks": (
        "The sum of 3 and\n4 is 3 + 4 =\n7 apples.\nx + 2 = 5\nx = 3",
        ["The sum of 3 and 4 is 3 + 4 = 7 apples.", "x + 2 = 5", "x = 3"],
    ),
    "half a calculation": ("There are 5\n6 = 30", []),
    "words that set the scene": (
        "Let x be the number. Nothing here. **Case 1:** it rains.",
        ["Let x be the number.", "Case 1: it rains."],
    ),
    "a cry or a factorial": ("So x = 3!\n\n$120 = 5!$", ["$120 = 5!$"]),
    "an end of a sentence that is none": (
        "No. 3 costs 3.50, e.g. 2 * 3.5 = 7 and Mr. Smith pays 7.",
        ["No. 3 costs 3.50, e.g. 2 * 3.5 = 7 and Mr. Smith pays 7."],
    ),
    "an unclosed display ends with its paragraph": ("\\[ x = 3\n\n1 + 1 = 2\n", ["1 + 1 = 2"]),
    "an unclosed dollar sign": ("So $x = 3\nand more.\n\n1 + 1 = 2", ["1 + 1 = 2"]),
    "marks that are not seen": (
        "So \u202e1 +\u200b 1 = 2\u202c and \x1b[31m2 = 2\x07.",
        ["So 1 + 1 = 2 and 2 = 2"],
    ),
    "a product in a display is no numbering": (
        "$$(2) (3) = 6$$\n$$- 4 = -4$$",
        ["(2)(3) = 6", "-4 = -4"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_a_step(name: str) -> None:
    answer, steps = CASES[name]
    assert texts(answer) == steps
    assert [s.text for s in found(answer, list(range(1, len(answer))))] == steps


def test_a_step_is_certain_as_soon_as_its_line_has_ended() -> None:
    parser = StepParser()
    assert parser.feed("So 3*60 = 180 games.") == []
    assert [s.text for s in parser.feed("\n")] == ["So 3*60 = 180 games."]
    assert parser.feed("x = 2\n") == []
    assert [s.text for s in parser.feed("T")] == ["x = 2"]


def test_a_step_says_where_it_stands() -> None:
    answer = "## Sum\n\n- **So** $x = 3$.\r\n- Then\n  \\[\n  y = 4\n  \\]\n"
    assert [answer[s.start : s.end] for s in found(answer)] == ["So** $x = 3$.", "y = 4"]


def test_the_checker_reads_a_step_as_it_was_meant() -> None:
    for step in found(
        "2. $3x = 6$\n\n$$\\begin{aligned}f &= (x+1)^2\\\\&= x^2+2x+1\\end{aligned}$$"
    ):
        line = read_line(step.text)
        assert line.bare
        assert line.claims
        assert line.continues == step.text.startswith("=")
    supposed = found("Suppose that:\n\n$$x = 1$$")[0]
    assert read_line(supposed.text).supposed


HOSTILE: dict[str, tuple[str, int]] = {
    "no newline": ("a" * 1_000_000, 0),
    "nothing seen": ("\u200b" * 1_000_000, 0),
    "dollars": ("$x" * 500_000, 0),
    "backquotes": ("`a``b" * 200_000, 0),
    "links": ("[a](/b" * 150_000, 0),
    "openings": ("\\[" * 500_000, 0),
    "blanks of LaTeX": ("\\[ " + "\\quad" * 3_000 + "\\]", 0),
    "braces": ("\\[ x = " + "{" * 100_000 + "\\]", 0),
    "sentences without a newline": ("So 2 + 2 = 4 games. " * 5_000, 5_000),
    "ten thousand steps": ("1 + 1 = 2\n" * 10_000, 10_000),
    "rows of one formula": ("$$" + "x = 1 + \\\\ " * 1_300 + "$$", 0),
    "signs": ("=" * 1_000_000, 0),
    "newlines": ("\n" * 300_000, 0),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_little(name: str) -> None:
    answer, steps = HOSTILE[name]
    start = time.process_time()
    parser = StepParser()
    count = sum(len(parser.feed(answer[at : at + 999])) for at in range(0, len(answer), 999))
    count += len(parser.flush())
    assert count == steps
    assert time.process_time() - start < 10


def test_a_step_too_long_is_never_read_in_half() -> None:
    long = "x = 1" + " + 1" * MAX_LINE
    assert texts(f"{long}\n\n$${long}$$\n\n2 + 2 = 4") == ["2 + 2 = 4"]
    assert texts("2 + 2 = 4.\n" + "word " * MAX_LINE + "= 5. And 1 + 1 = 2.") == ["2 + 2 = 4"]


@pytest.mark.data
@pytest.mark.parametrize("name", ["worked_solutions", "worked_solutions_hard"])
def test_no_calculation_of_a_worked_solution_is_missed(name: str) -> None:
    missed = total = 0
    for row in rows(name):
        answer = "\n\n".join(row["steps"])
        steps = found(answer)
        at = 0
        for line in row["steps"]:
            start, at = at, at + len(line) + 2
            if "=" in line:
                total += 1
                missed += not any(s.start < at and s.end > start for s in steps)
    assert total > 500
    assert missed <= total // 100


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "打八折：200×0.8=160（元）\n再减 20 元：160-20=140（元）",
            ["打八折：200×0.8=160（元）", "再减 20 元：160-20=140（元）"],
        ),
        ("由 x+y=5 得 y=5-x\n代入得 x(5-x)=6", ["由 x+y=5 得 y=5-x", "代入得 x(5-x)=6"]),
        ("所以共有 3+4=7\n个苹果。", ["所以共有 3+4=7 个苹果。"]),
        ("设某数为 x\n2x+5=17\n2x=12\n", ["设某数为 x", "2x+5=17", "2x=12"]),
    ],
)
def test_a_line_of_chinese_that_ends_with_a_value_is_over(text: str, found: list[str]) -> None:
    parser = StepParser()
    assert [s.text for s in (*parser.feed(text), *parser.flush())] == found


@pytest.mark.parametrize(
    "text", ["No real solutions.", "So there is no solution.", "所以原方程无解。", "x 为任意实数。"]
)
def test_that_there_is_no_solution_is_a_step(text: str) -> None:
    parser = StepParser()
    assert len([*parser.feed(text), *parser.flush()]) == 1
