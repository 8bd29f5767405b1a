"""Keys and answer sheets as teachers and students write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.teaching.marking.headings import column_name, heading
from assistant.teaching.marking.key import BadKey, read_key
from assistant.teaching.marking.papers import BadTable, read_paper, read_table

NAMES = ("1", "2", "3", "4a")


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("1. x = 4", "1", "x = 4"),
        ("1.x = 4", "1", "x = 4"),
        ("2) 3/4", "2", "3/4"),
        ("(3) x + 1", "3", "x + 1"),
        ("（3）x + 1", "3", "x + 1"),
        ("(2) 3x = 5", "2", "3x = 5"),
        ("4a) y", "4a", "y"),
        ("Q1: x", "1", "x"),
        ("Question 12. x", "12", "x"),
        ("**Problem 2** x", "2", "x"),
        ("## 3. x", "3", "x"),
        ("第5题：x", "5", "x"),
        ("第 5 题 x", "5", "x"),
        ("题3、x", "3", "x"),
        ("5、x", "5", "x"),
        ("007. x", "7", "x"),
        ("1.", "1", ""),
        ("No. 2) -3", "2", "-3"),
        ("１．x", "1", "x"),
        ("（１）x", "1", "x"),
        ("Q1 x = 4", "1", "x = 4"),
        ("Problem #3: x", "3", "x"),
        ("1.) x", "1", "x"),
        ("[2] x", "2", "x"),
        ("1\tx", "1", "x"),
        ("## 4", "4", ""),
        ("第二题：x", "2", "x"),
        ("第十二小题 x", "12", "x"),
        ("问题1：x", "1", "x"),
        ("2(a) y", "2a", "y"),
    ],
)
def test_a_number_begins_an_answer(line: str, name: str, rest: str) -> None:
    found = heading(line)
    assert found is not None
    assert (found.name, found.rest) == (name, rest)


@pytest.mark.parametrize(
    "line",
    ["3x = 5", "1.5 = x", "x = 1", "(2) + 3 = 5", "(1)/2", "10:37", "3:4", "2 + 3 = 5", "", "= 4",
     "1/2", "5 apples", "12", "f(1) = 2", "-1. x", "2^3 = 8", "1 000", "2(a) = 4",
     "ex2 = 5", "第二天：x"],
)  # fmt: skip
def test_mathematics_begins_none(line: str) -> None:
    assert heading(line) is None


@given(st.text(max_size=60))
def test_any_line_is_read(line: str) -> None:
    found = heading(line)
    assert found is None or found.name
    assert column_name(line) == "" or column_name(line).isalnum()


KEY = """Test of 12 March
1. Solve x^2 = 4 (3 points)
# a remark
2) Simplify
   (x^2 - 1)/(x - 1)
   answer: x + 1
   答案：1 + x
   分值：2.5
3、答案：3/4
Q4a: 计算 1/2 + 1/3（2分）
"""


def test_a_key_is_read() -> None:
    one, two, three, four = read_key(KEY)
    assert (one.name, one.problem, one.answers, one.points) == (
        "1",
        "Solve x^2 = 4",
        (),
        Decimal(3),
    )
    assert (two.problem, two.answers) == ("Simplify\n(x^2 - 1)/(x - 1)", ("x + 1", "1 + x"))
    assert (two.points, two.line) == (Decimal("2.5"), 4)
    assert (three.problem, three.answers, three.points) == ("", ("3/4",), Decimal(1))
    assert (four.name, four.problem, four.points) == ("4a", "计算 1/2 + 1/3", Decimal(2))


@pytest.mark.parametrize(
    ("text", "problem", "answers"),
    [
        ("1. Solve 2x = 8. Answer: x = 4 (2 points)", "Solve 2x = 8.", ("x = 4",)),
        ("1. 解方程 2x = 8。答案：x = 4", "解方程 2x = 8。", ("x = 4",)),
        ("1. Solve x^2 = 4\nanswer:\nx = 2\nx = -2", "Solve x^2 = 4", ("x = 2, x = -2",)),
        ("1. Solve x^2 = 4\nanswer:\nx = 2\nanswer: 2", "Solve x^2 = 4", ("x = 2", "2")),
        ("1、解方程2x=8（3分）答案：x=4", "解方程2x=8", ("x=4",)),
        ("1. B", "", ("B",)),
        ("1. 3/4", "", ("3/4",)),
        ("1. x = -4", "", ("x = -4",)),
        ("1. 对", "", ("对",)),
        ("1. 6/8", "6/8", ()),
        ("1. 2x = 8", "2x = 8", ()),
        ("1. 3 + 4", "3 + 4", ()),
        ("1. 解方程组\n(1) x+y=3\n(2) x-y=1", "解方程组\n(1) x+y=3\n(2) x-y=1", ()),
        ("1. What is the answer to 3 + 4?", "What is the answer to 3 + 4?", ()),
    ],
)
def test_an_answer_stands_behind_its_problem_or_below(
    text: str, problem: str, answers: tuple[str, ...]
) -> None:
    (one,) = read_key(text)
    assert (one.problem, one.answers) == (problem, answers)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no question"),
        ("x = 4", "no question"),
        ("1. x\n1. y", "line 2: question 1 is there twice"),
        ("1. x\n2.\n", "line 2: question 2 has neither"),
        ("1. x\npoints: 5000", "line 2: the points"),
        ("\n".join(f"{n}. x" for n in range(1, 300)), "more than 200"),
    ],
)
def test_what_is_no_key_says_where(text: str, told: str) -> None:
    with pytest.raises(BadKey) as wrong:
        read_key(text)
    said = wrong.value.why
    assert told in said.en.format(*said.args)


@given(st.text(alphabet="1234. )(:\n答案answerx=第题分（）", max_size=80))
def test_any_key_is_read_or_refused(text: str) -> None:
    try:
        questions = read_key(text)
    except BadKey:
        return
    assert len({question.name for question in questions}) == len(questions)
    assert all(question.problem or question.answers for question in questions)


def test_a_paper_is_read() -> None:
    text = "Ann, class 7\n1. x^2 = 4\nx = 2 or -2\n\n2) x + 1\nQ4a: 5/6\n"
    paper = read_paper("ann", "ann.txt", text, NAMES)
    assert paper.answers == {"1": ("x^2 = 4", "x = 2 or -2"), "2": ("x + 1",), "4a": ("5/6",)}
    assert paper.stray == ("Ann, class 7",)
    assert not paper.doubts


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("1. x\n1. y\n", {"1"}),
        ("1. x\n2. first\n1. then\n", {"1", "2"}),
        ("3. x\n2. y\n", {"2", "3"}),
        ("2. x\n9. y\n", {"2"}),
        ("1. x\n3 m.\n2. y\n", set()),
    ],
)
def test_numbers_that_may_be_steps_are_no_questions_for_sure(text: str, doubted: set[str]) -> None:
    assert set(read_paper("ann", "ann.txt", text, NAMES).doubts) == doubted


@pytest.mark.parametrize(
    ("text", "answers", "doubted"),
    [
        # steps have another style than questions
        ("1. (1) a\n(2) b\n2. c", {"1": ("a", "b"), "2": ("c",)}, set()),
        ("Question 1:\n1) a\n2) b\nQuestion 2: c", {"1": ("a", "b"), "2": ("c",)}, set()),
        ("1. (1) a\n(2) b", {"1": ("a", "b")}, {"1", "2"}),
        # or the same: which is which is not known
        ("1. 1. a\n2. b\n2. c", {"1": ("1. a",), "2": ("b", "c")}, {"1", "2"}),
        ("1.\n3: 4\n2. c", {"3": ("4",), "2": ("c",)}, {"1", "2", "3"}),
        # parts
        ("4. a) a\n5 = 5", {"4a": ("a", "5 = 5")}, set()),
        ("2. a) a\nb) b", {"2": ("a) a", "b) b")}, set()),
        ("2a) a\n2b) b", {"2": ("a) a", "b) b")}, set()),
    ],
)
def test_lines_go_to_the_question_that_they_answer(
    text: str, answers: dict[str, tuple[str, ...]], doubted: set[str]
) -> None:
    paper = read_paper("ann", "ann.txt", text, NAMES)
    assert paper.answers == answers
    assert set(paper.doubts) == doubted


@pytest.mark.parametrize(
    "text", ["2. a) x\nb) y", "2a) x\n2b) y", "2.\na) x\nb) y", "2(a) x\n(b) y"]
)
def test_parts_are_questions_where_the_key_has_them(text: str) -> None:
    paper = read_paper("ann", "ann.txt", "1. w\n" + text, ("1", "2a", "2b"))
    assert paper.answers == {"1": ("w",), "2a": ("x",), "2b": ("y",)}
    assert not paper.doubts


def test_one_question_needs_no_number() -> None:
    paper = read_paper("ann", "ann.txt", "2x = 8\nx = 4\n", ("1",))
    assert paper.answers == {"1": ("2x = 8", "x = 4")}


def test_too_many_lines_are_told() -> None:
    paper = read_paper("ann", "ann.txt", "1. x\n" + "x = 1\n" * 500, NAMES)
    assert len(paper.answers["1"]) == 200
    assert "1" in paper.doubts


@pytest.mark.parametrize("comma", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_table_is_read(comma: str, mark: str) -> None:
    rows = [
        ["姓名", "Q1", "note", "第2题", "4A"],
        ["小明", "x = 2", "?", '"x + 1\nx + 2"', ""],
        ["", "3", "", "", "5"],
        ["", "", "", "", ""],
    ]
    text = mark + "\n".join(comma.join(row) for row in rows)
    one, two = read_table("class.csv", text, NAMES)
    assert (one.student, one.source) == ("小明", "class.csv:2")
    assert one.answers == {"1": ("x = 2",), "2": ("x + 1", "x + 2")}
    assert (two.student, two.answers) == ("class.csv:3", {"1": ("3",), "4a": ("5",)})


def test_a_table_of_a_form_is_read() -> None:
    text = "sep=;\nTime;Name;1 (3 points);2.\n10:15;Ann;4;5\n"
    (paper,) = read_table("class.csv", text, NAMES)
    assert (paper.student, paper.answers) == ("Ann", {"1": ("4",), "2": ("5",)})


def test_too_many_lines_of_a_cell_are_told() -> None:
    cell = "x\n" * 300
    (paper,) = read_table("class.csv", f'name,1\nann,"{cell}"\n', NAMES)
    assert set(paper.doubts) == {"1"}


@pytest.mark.parametrize("head", ["name,1,Q1", "student,1,points,open,1: remark", "学生,1,1 批注"])
def test_a_table_of_marks_or_with_two_columns_is_refused(head: str) -> None:
    with pytest.raises(BadTable):
        list(read_table("class.csv", head + "\nann,3,4\n", NAMES))


@pytest.mark.parametrize("text", ["", "name,age\nann,3\n", "\x00", "1" * 200_000])
def test_a_table_without_questions_is_refused(text: str) -> None:
    with pytest.raises(BadTable):
        list(read_table("class.csv", text, NAMES))


@given(st.text(max_size=200))
def test_any_table_is_read_or_refused(text: str) -> None:
    try:
        papers = list(read_table("class.csv", "name,1,2\n" + text, NAMES))
    except BadTable:
        return
    assert all(paper.student for paper in papers)
