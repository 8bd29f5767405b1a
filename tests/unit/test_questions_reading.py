"""What a person may type: words around formulas, in English and Chinese."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths import topics
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.numerals import cardinal, chinese, fraction, ordinal
from assistant.maths.showing.plain import plain
from assistant.maths.types import Lang, Problem, Task


def operands(problem: Problem) -> list[str]:
    return [plain(o) for o in problem.request.operands]


@pytest.mark.parametrize(
    ("text", "task", "expected"),
    [
        ("2x + 3 = 11", Task.SOLVE, ["2*x + 3 = 11"]),
        ("Solve 2x + 3 = 11 for x.", Task.SOLVE, ["2*x + 3 = 11"]),
        ("please solve the equation 2x+3=11", Task.SOLVE, ["2*x + 3 = 11"]),
        ("Find t such that 4*t = 8", Task.SOLVE, ["4*t = 8"]),
        ("解方程 2(x-3)=x/2+1", Task.SOLVE, ["2*(x - 3) = x/2 + 1"]),
        ("解方程组 x+y=5, x-y=1", Task.SOLVE, ["x + y = 5", "x - y = 1"]),
        ("x+y=5; x-y=1", Task.SOLVE, ["x + y = 5", "x - y = 1"]),
        ("解不等式 2x-3<5", Task.SOLVE, ["2*x - 3 < 5"]),
        ("simplify 3x + 2x", Task.SIMPLIFY, ["3*x + 2*x"]),
        ("化简：3x+2x", Task.SIMPLIFY, ["3*x + 2*x"]),
        ("Factor x^2 - 9.", Task.FACTOR, ["x^2 - 9"]),
        ("因式分解：x^2-9=____", Task.FACTOR, ["x^2 - 9"]),
        ("展开 (x+1)^2", Task.EXPAND, ["(x + 1)^2"]),
        ("计算：1/2 + 1/3", Task.EVALUATE, ["1/2 + 1/3"]),
        ("What is 25% of 80?", Task.EVALUATE, ["25%*80"]),
        ("What is 5 plus 7?", Task.EVALUATE, ["5 + 7"]),
        ("Differentiate x^3 with respect to x", Task.DIFFERENTIATE, ["x^3"]),
        ("求函数 y = x^3 的导数", Task.DIFFERENTIATE, ["x^3"]),
        ("integrate x^2 from 0 to 1", Task.INTEGRATE, ["x^2", "0", "1"]),
        ("求极限 lim x→0 sin(x)/x", Task.LIMIT, ["sin(x)/x", "0"]),
        ("prove that (a+b)^2 = a^2+2ab+b^2", Task.PROVE, ["(a + b)^2 = a^2 + 2*a*b + b^2"]),
    ],
)
def test_an_instruction_around_a_formula(text: str, task: Task, expected: list[str]) -> None:
    problem = read_problem(text)
    assert problem.request.task is task
    assert operands(problem) == expected


@pytest.mark.parametrize(
    ("text", "task", "topic"),
    [
        ("What is the greatest common divisor of 12 and 18?", Task.NUMBER, topics.GCD),
        ("12和18的最大公约数是多少？", Task.NUMBER, topics.GCD),
        ("Is 91 prime?", Task.NUMBER, topics.IS_PRIME),
        ("What is the next term in 1, 4, 9, 16?", Task.SEQUENCE, topics.NEXT),
        ("How many meters are there in three tenths of a kilometer?", Task.MEASURE, topics.CONVERT),
        ("What is 30 minutes after 11:45 PM?", Task.MEASURE, topics.TIME_AFTER),
        ("Sort 3, -1, 2 in decreasing order.", Task.COMPARE, topics.DESCENDING),
        ("what is the domain of sqrt(x-1)", Task.FUNCTION, topics.DOMAIN),
        ("函数 y=1/(x-2) 中，自变量 x 的取值范围是____", Task.FUNCTION, topics.DOMAIN),
        ("find the area between y = x^2 and y = x", Task.FUNCTION, topics.AREA_BETWEEN),
        ("find the inverse of [[1,2],[3,4]]", Task.MATRIX, topics.INVERSE),
        ("find the inverse of f(x) = 2x+1", Task.FUNCTION, topics.INVERSE_FUNCTION),
        ("求 1,2,3,4 的平均数", Task.STATISTICS, topics.MEAN),
        ("10 choose 3", Task.NUMBER, topics.COMBINATIONS),
        ("distance between (1,2) and (4,6)", Task.GEOMETRY, topics.DISTANCE),
    ],
)
def test_a_question_about_a_topic(text: str, task: Task, topic: str) -> None:
    request = read_problem(text).request
    assert (request.task, request.topic) == (task, topic)


def test_definitions_build_on_one_another() -> None:
    problem = read_problem(
        "Let h = 5 - 3. Let k(a) be the second derivative of a**4 + h*a. Factor k(n)."
    )
    assert [d.name for d in problem.definitions] == ["h", "k"]
    assert problem.request.task is Task.FACTOR
    assert operands(problem) == ["k(n)"]


def test_several_values_asked_for_in_chinese() -> None:
    problem = read_problem("已知 f(x)=x²-2x，求 f(3) 和 f'(x)")
    assert problem.lang is Lang.ZH
    assert len(problem.more) == 1


def test_method_domain_and_rounding_are_kept_apart() -> None:
    by = read_problem("用配方法解方程 x^2-5x+6=0").request
    assert by.method == "completing_square"
    within = read_problem("sin(x) = 1/2 for x in [0, 2pi]").request
    assert within.domain is not None
    assert plain(within.domain) == "[0, 2*pi]"
    rounded = read_problem("计算 √2，结果保留两位小数").request
    assert (rounded.topic, rounded.order) == (topics.ROUND, 2)


def test_the_caller_names_task_and_variable() -> None:
    request = read_problem("a*x + b", Task.DIFFERENTIATE, "x").request
    assert (request.task, request.variables) == (Task.DIFFERENTIATE, ("x",))


@pytest.mark.parametrize(
    "text",
    [
        "hello world",
        "what is the meaning of life",
        "solve the riddle of 2x + 3 = 11 and tell me a joke",
        "Tom buys some apples for 2 dollars each. How much does he pay?",
        "小明有 3 个苹果，又买了 5 个梨，一共有多少个苹果？",
        "What is the banana of 3?",
        "定义新运算：a⊕b=ab+a-b，若 x=2，则 x⊕4=",
        "Let h = 5.",
        "",
    ],
)
def test_words_without_a_role_make_a_text_unreadable(text: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_problem(text)
    assert 0 <= caught.value.at <= len(text)


def test_the_letter_i_is_a_variable_where_the_text_uses_it_so() -> None:
    assert read_problem("Solve 3*i = 12 for i.").request.variables == ("i",)
    assert "i" in operands(read_problem("What is (1+i)^2?"))[0]


@pytest.mark.parametrize(
    "text", ["sum of " * 300 + "1", "and " * 500, "1 divided by " * 180 + "1", "(" * 10_000_000]
)
def test_tangled_texts_are_refused_soon(text: str) -> None:
    with pytest.raises(ReadingError):
        read_problem(text)


def test_number_words() -> None:
    assert cardinal("two hundred and five") == 205
    assert cardinal("one million") == 10**6
    assert cardinal("cats") is None
    assert ordinal("twenty-first") == 21
    assert str(fraction("thirty-one quarters")) == "31/4"
    assert str(chinese("四分之三")) == "3/4"
    assert chinese("27亿") == 27 * 10**8
    assert chinese("一亿零三万") == 10**8 + 30000
    assert chinese("一千零二十") == 1020
    assert chinese("一百五") is None  # 105 or 150
    assert chinese("三二") is None


def place_of_refusal(text: str) -> int:
    """Where the reader stopped; 0 if it did not."""
    try:
        read_problem(text)
    except ReadingError as wrong:
        return wrong.at
    return 0


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    assert place_of_refusal(text) <= max(len(text), 1)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (
                "let be is of the and what solve for 求 已知 则 的 "
                "x y 3 = + ( ) , . ? (a) (b) A. B. 若"
            ).split()
        ),
        max_size=14,
    )
)
def test_any_heap_of_words_is_read_or_refused(words: list[str]) -> None:
    text = " ".join(words)
    assert place_of_refusal(text) <= max(len(text), 1)
