"""Answers are right, wrong, unfinished or left open; a wrong key gives and takes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.maths.pool import Limits, Pool, Runner
from assistant.maths.types import Text
from assistant.teaching.marking.choices import chosen
from assistant.teaching.marking.grading import grade
from assistant.teaching.marking.judging import Judge
from assistant.teaching.marking.key import read_key
from assistant.teaching.marking.lines import final, tidy
from assistant.teaching.marking.papers import read_paper
from assistant.teaching.marking.tally import accounts, score, total
from assistant.teaching.marking.types import Mark, Marked, Outcome

RIGHT, WRONG, OPEN = Outcome.RIGHT, Outcome.WRONG, Outcome.OPEN
UNFINISHED, MISSING = Outcome.UNFINISHED, Outcome.MISSING


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(Limits(seconds=30)) as pool:
        yield pool


def marked(pool: Runner, question: str, answer: str) -> Mark:
    """The mark of an answer to a question, as a key has it."""
    judge = Judge(pool)
    (one,) = read_key("1. " + question)
    return judge.mark(judge.ruler(one), tuple(filter(None, answer.splitlines())))


@pytest.mark.parametrize(
    ("question", "answer", "outcome"),
    [
        ("Solve x^2 - 5x + 6 = 0", "(x-2)(x-3) = 0\nx = 2 or x = 3", RIGHT),
        ("Solve x^2 - 5x + 6 = 0", "x = 3, x = 2", RIGHT),
        ("Solve x^2 - 5x + 6 = 0", "x = 2", UNFINISHED),
        ("Solve x^2 - 5x + 6 = 0", "(x-2)(x-3) = 0", UNFINISHED),
        ("Solve x^2 - 5x + 6 = 0", "x = -2 or x = -3", WRONG),
        ("Solve x^2 - 5x + 6 = 0", "x = 2 or x = 3 or x = 4", OPEN),
        ("Solve x^2 - 5x + 6 = 0", "I do not know", OPEN),
        ("Solve 2x + 3 = 11\nanswer: x = 4", "2x = 8\nx = 4", RIGHT),
        ("解方程 2x + 3 = 11", "2x = 8\nx = 4", RIGHT),
        ("解方程 2x + 3 = 11", "2x = 14\nx = 7", WRONG),
        # the form is asked for too: the problem itself is no answer
        ("Factor x^2 - 9", "(x-3)(x+3)", RIGHT),
        ("Factor x^2 - 9", "x^2 - 9", UNFINISHED),
        ("Simplify (x^2 - 1)/(x - 1)\nanswer: x + 1", "(x^2 - 1)/(x - 1)", OPEN),
        ("Find the derivative of x^3 + 2x", "3x^2 + 2", RIGHT),
        ("Find the derivative of x^3 + 2x", "3x^2", WRONG),
        # by the key alone
        ("answer: 3/4", "0.75", RIGHT),
        ("answer: 3/4", "6/8", RIGHT),
        ("answer: 3/4", "4/3", WRONG),
        ("answer: 3/4", "so many", OPEN),
        ("answer: x = 2 or x = -2", "x = ±2", RIGHT),
        ("answer: 5 m\nanswer: 500 cm", "500 cm", RIGHT),
        ("answer: B", "b", RIGHT),
        ("Name the capital of France.\nanswer: Paris", "paris", RIGHT),
        ("Name the capital of France.\nanswer: Paris", "London", OPEN),
        ("answer: yes", "no", WRONG),
        ("answer: 2", "", MISSING),
        ("answer: 2", "?", OPEN),
        ("answer: B", "(c)", WRONG),
        ("answer: 8", "5 + 3 = 8", RIGHT),
        ("answer: 8", "5 + 4 = 9", WRONG),
        ("answer: 4", "4 = x", OPEN),
        ("answer: x = 4", "2x = 8", OPEN),
        ("answer: 5/6", "0.83", OPEN),
        ("answer: 3.14", "pi", OPEN),
        ("answer: 5/6", "0.84", WRONG),
        ("answer: 1/2", "0.5 or so", OPEN),
        ("answer: yes", "no way", OPEN),
        ("answer: 2x - y = 1", "y = 2x - 1", RIGHT),
        ("answer: x^2 = 4", "2x^2 = 8", RIGHT),
        pytest.param("answer: 2", "1" * 5000, OPEN, id="long"),
        ("answer: 2", "\x1b[31m2", OPEN),
    ],
)
def test_what_becomes_of_an_answer(
    pool: Pool, question: str, answer: str, outcome: Outcome
) -> None:
    assert marked(pool, question, answer).outcome is outcome


@pytest.mark.parametrize(
    ("question", "answer", "outcome"),
    [
        # a sign, a unit, a form
        ("answer: 4", "-4", WRONG),
        ("answer: -4", "- 4", RIGHT),
        ("answer: -4", "–4", RIGHT),
        ("answer: 5 m", "5", OPEN),
        ("answer: 5", "5 m", OPEN),
        ("Measure it in cm.\nanswer: 5", "5 cm", RIGHT),
        ("Measure it in cm.\nanswer: 5", "5 m", OPEN),
        ("A car drives 120 km in 2 hours. What is its speed?", "60 km", OPEN),
        ("answer: 7", "3 + 4", OPEN),
        ("answer: 7", "√49", OPEN),
        ("Find the prime factorization of 60", "60", OPEN),
        ("Shorten this as far as you can! (x^2-1)/(x-1)\nanswer: x + 1", "(x^2-1)/(x-1)", OPEN),
        ("Find the prime factorization of 60", "4*15", OPEN),
        ("把60分解质因数", "60=2²×3×5", RIGHT),
        ("Write 3/4 as a percent", "75", OPEN),
        ("Write 3/4 as a percent", "75%", RIGHT),
        # words that take it back
        ("answer: 7", "not 7", OPEN),
        ("answer: 7", "> 7", OPEN),
        ("answer: 7", "≈ 7", OPEN),
        ("answer: 7", "答：不是7", OPEN),
        ("answer: 7", "答：7", RIGHT),
        ("answer: x = 1, y = 2", "x=1 or y=2", OPEN),
        ("Solve x + y = 5, x - y = 1", "x = 3 or y = 2", OPEN),
        ("Solve x^2 - 5x + 6 = 0", "~~x = 2 or x = 3~~", OPEN),
        ("Solve x^2 - 5x + 6 = 0", "~~x = 7~~\nx = 2 or x = 3", RIGHT),
        # several lines
        ("Solve x^2 - 5x + 6 = 0", "x = 2\nx = 3", RIGHT),
        ("Solve x^2 - 5x + 6 = 0", "x = 1\nx = 2\nx = 3", OPEN),
        ("Solve x^2 - 5x + 6 = 0", "x = 1\nx = 2 or x = 3", RIGHT),
        ("Solve x^2 - 5x + 6 = 0", "x = 2 or x = 3\nx = 2", OPEN),
        ("Solve x^2 - 5x + 6 = 0", "x = 2 or x = 3\nx = 3 is extraneous, so x = 2", OPEN),
        ("answer: a = 4, b = 5", "a = 4\nb = 5", RIGHT),
        ("answer: a = 4, b = 5", "a = 4", UNFINISHED),
        ("answer: x = 2 or x = 3", "x = 1\nx = 2\nx = 3", OPEN),
        ("answer: 4", "x = 4\n2*4 + 3 = 11", OPEN),
        ("answer: -1 < x < 2", "x > -1\nx < 2", OPEN),
        # other ways to say it
        ("Solve x^2 - 5x + 6 = 0", "x1=2 x2=3", RIGHT),
        ("Solve x^2 = 9", "x = +-3", RIGHT),
        ("answer: x = 2 or x = 3", "x = 2 and x = 3", OPEN),
        ("answer: x < 2 or x > 3", "x < 2, x > 3", OPEN),
        ("answer: f(x) = 2x + 1", "y = 2x + 1", OPEN),
        ("answer: x^2", "x^2 + K", OPEN),
        ("answer: 1.5", "1,5", OPEN),
        ("answer: 7", "7!", OPEN),
        ("答案：全体实数", "R", OPEN),
        ("answer: yes", "Yes.", RIGHT),
        ("答案：是", "否", WRONG),
        ("答案：对", "√", RIGHT),
        ("答案：√", "×", WRONG),
        # options
        ("answer: AC", "A、C", RIGHT),
        ("answer: AC", "CA", RIGHT),
        ("answer: AC", "A", WRONG),
        ("答案：A", "故选B", WRONG),
        ("答案：A", "选Ａ", RIGHT),
        ("answer: B (5)", "5", OPEN),
        ("answer: B. 5", "B", RIGHT),
        ("answer: B", "B or C", OPEN),
        ("答案：C", "不选C", OPEN),
        ("写出点P的坐标\n答案：(2, 3)", "（3，2）", WRONG),
        ("答案：5厘米", "5米", WRONG),
        ("answer: ln 2", "log 2", OPEN),
    ],
)
def test_what_may_be_meant_otherwise_is_for_a_person(
    pool: Pool, question: str, answer: str, outcome: Outcome
) -> None:
    assert marked(pool, question, answer).outcome is outcome


def test_the_first_wrong_line_is_named_and_the_mistake_behind_it(pool: Pool) -> None:
    mark = marked(pool, "Solve 2x + 3 = 11", "2x + 3 = 11\n2x = 14\nx = 7")
    assert (mark.outcome, mark.wrong_line, mark.given) == (WRONG, 1, "x = 7")
    assert mark.slip is not None
    assert "without changing its sign" in mark.slip.en


def test_a_right_answer_with_a_wrong_line_is_right_and_told(pool: Pool) -> None:
    mark = marked(pool, "Factor x^2 - 9", "(x-3)^2\n(x-3)(x+3)")
    assert (mark.outcome, mark.wrong_line) == (RIGHT, 0)
    mark = marked(pool, "answer: 8", "2 + 2 = 5\n5 + 3 = 8")
    assert (mark.outcome, mark.wrong_line) == (RIGHT, 0)


def test_an_answer_that_is_taken_back_is_for_a_person(pool: Pool) -> None:
    mark = marked(pool, "Solve 2x + 3 = 11", "x = 4\nx = 5")
    assert mark.outcome in (OPEN, WRONG)


def test_lines_are_counted_where_one_cannot_be_read(pool: Pool) -> None:
    mark = marked(pool, "Solve 2x + 3 = 11", "~~so~~\nx = 7")
    assert (mark.outcome, mark.wrong_line) == (WRONG, 1)
    mark = marked(pool, "Solve 2x + 3 = 11", "x = 4\n" + "x + " * 500)
    assert mark.outcome is OPEN


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        (["-4"], "-4"),
        (["2x = 8", "so x = 4."], "x = 4"),
        (["so many"], "so many"),
        (["答：不是7"], "不是7"),
        (["答：一共有5个。"], "5"),
        (["Answer: 3", "Check: 3 = 3"], "3"),
        (["\\boxed{7}", "8"], "7"),
        (["x = 2", "  "], "x = 2"),
    ],
)
def test_which_line_is_the_answer(lines: list[str], answer: str) -> None:
    assert final(lines) == answer


@given(st.text(max_size=80))
def test_any_line_is_tidied(line: str) -> None:
    assert tidy(line) == tidy(line).strip()
    assert chosen(line, line) in (True, None)
    assert final([line]) == final([line, ""])


KEY = """
1. Solve 2x + 3 = 11 (2 points)
   answer: x = 5
2. Explain why the sky is blue.
3. answer: 1/2 (0.5 points)
4. Solve x^2 = 9 (3 points)
"""
PAPERS = {
    "ann": "1. x = 4\n2. Scattering.\n3. 0.5\n4. x = 3 or x = -3",
    "ben": "1. x = 5\n3. 0.25\n4. x = 3",
    "cat": "3. 0.25\n3. 0.5\n4. x^2 - 9 = 0\nx = 3, -3",
    "dan": "",
}


@pytest.fixture(scope="module")
def group(pool: Pool) -> Marked:
    questions = read_key(KEY)
    names = [question.name for question in questions]
    papers = [read_paper(who, f"{who}.txt", text, names) for who, text in PAPERS.items()]
    return grade(pool, questions, papers, 1, lambda done, of: None)


def test_by_a_wrong_key_nobody_is_marked(group: Marked) -> None:
    assert [(f.question.name, f.contradicted) for f in group.faults] == [("1", True), ("2", False)]
    assert [paper.marks[0].outcome for paper in group.papers] == [OPEN, OPEN, MISSING, MISSING]


def test_points_are_certain_or_open(group: Marked) -> None:
    assert total(group.questions) == Decimal("6.5")
    scores = [score(paper, group.questions) for paper in group.papers]
    assert [(s.points, s.open) for s in scores] == [
        (Decimal("3.5"), 3), (0, 5), (3, Decimal("0.5")), (0, 0),
    ]  # fmt: skip


def test_each_question_is_counted(group: Marked) -> None:
    third = accounts(group)[2]
    assert dict(third.outcomes) == {RIGHT: 1, WRONG: 1, OPEN: 1, MISSING: 1}
    assert third.wrong == (("0.25", 1),)


class Failing:
    """A runner with a bug."""

    def run(self, name: str, argument: object, seconds: float | None = None) -> object:
        raise ZeroDivisionError(name)


def test_a_failure_leaves_an_answer_open() -> None:
    questions = read_key("1. answer: 4")
    paper = read_paper("ann", "ann.txt", "1. 4", ["1"])
    done = grade(Failing(), questions, [paper], 1, lambda done, of: None)
    assert done.papers[0].marks[0].outcome is OPEN
    assert isinstance(done.papers[0].marks[0].why, Text)


def test_what_many_wrote_is_marked_once() -> None:
    seen: list[tuple[int, int]] = []
    questions = read_key("1. answer: 4")
    papers = [read_paper(str(n), f"{n}.txt", f"1. {n % 3}", ["1"]) for n in range(30)]
    grade(Failing(), questions, papers, 2, lambda done, of: seen.append((done, of)))
    assert seen[-1] == (3, 3)
