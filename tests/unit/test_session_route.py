"""Which way a question goes, in both languages, and never the wrong way at a guess."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from data import rows

from assistant.events import Route
from assistant.session.leaning import leans
from assistant.session.route import choose_route, read_exact, wants_words

EXACT, MATHS, CODE, TUTOR, TALK = Route.EXACT, Route.MATHS, Route.CODE, Route.TUTOR, Route.TALK

TABLE: list[tuple[str, Route]] = [
    # the exact solver reads it whole
    ("2x + 3 = 11", EXACT),
    ("Solve 2x+3=11", EXACT),
    ("How do I solve 2x+3=11?", EXACT),
    ("Solve 2x+3=11 step by step", EXACT),
    ("Solve 2x+3=11 and explain", EXACT),
    ("Explain how to solve 2x+3=11", EXACT),
    ("Can you show me how to factor x^2 - 1?", EXACT),
    ("Is 91 prime? Why?", EXACT),
    ("What is the derivative of sin x?", EXACT),
    ("derivative of x^3 + 2x", EXACT),
    ("Integrate 2x + 1", EXACT),
    ("factor x^2-1", EXACT),
    ("expand (x+1)^5", EXACT),
    ("limit of sin(x)/x as x approaches 0", EXACT),
    ("2+2", EXACT),
    ("2 + 2 = 5", EXACT),
    ("1/3 + 1/4", EXACT),
    ("15% of 80", EXACT),
    ("sqrt(50)", EXACT),
    ("mean of 3,4,5", EXACT),
    ("sort 3, 1, 2", EXACT),
    ("Is 7 prime?", EXACT),
    ("What is the difference between 7 and 3?", EXACT),
    ("convert 5 km to miles", EXACT),
    ("write 3/4 as a decimal", EXACT),
    ("the area of a circle with radius 3", EXACT),
    (r"\int_0^1 x^2 \, dx", EXACT),
    ("x^2 - 5x + 6 = 0", EXACT),
    ("|x - 1| < 3", EXACT),
    ("evaluate pi", EXACT),
    ("2, 4, 8, ?", EXACT),
    ("gcd of 12 and 18", EXACT),
    ("解方程 3x-5=10", EXACT),
    ("解方程3x-5=10并讲解", EXACT),
    ("解方程 3x-5=10，并说明理由。", EXACT),
    ("请讲解如何解方程 3x-5=10", EXACT),
    ("怎么解方程 2x+3=11", EXACT),
    ("求 x^2 的导数", EXACT),
    ("如何求 x^2 的导数", EXACT),
    ("因式分解 x^2-1", EXACT),
    ("一个长方形长 8 米，宽 5 米，求面积和周长", EXACT),
    ("计算 1/3 + 1/4", EXACT),
    ("求不定积分 ∫ x^2 dx", EXACT),
    ("化简 (x^2-1)/(x-1)", EXACT),
    ("Tom has 3 apples and buys 2 more. How many apples does Tom have?", EXACT),
    ("小明有3个苹果，又买了2个，一共有几个？", EXACT),
    ("A python eats 3 mice a week. How many mice does it eat in 6 weeks?", EXACT),
    # mathematics, but a story or beyond the reader
    ("Tom has 3 apples and gives some of them away. How many has he left?", MATHS),
    ("If the wages of 15 workers for 6 days is $9450, what are they for 19 workers?", MATHS),
    ("A train leaves at 9 and goes 80 km an hour. When will it have gone 200 km?", MATHS),
    ("Class A has 32 pupils, class B 28. How many more are in class A?", MATHS),
    ("A python eats 3 mice a week and rests for a while. How many mice does it eat?", MATHS),
    ("A TV program has 12 ads of 30 seconds. How long are they altogether?", MATHS),
    ("Ruby and Jack have 12 coins altogether, Ruby twice as many. How many has Jack?", MATHS),
    ("Prove that sqrt(2) is irrational", MATHS),
    ("Prove that there are infinitely many primes", MATHS),
    ("Find all functions with f(x+y) = f(x) + f(y) that are continuous", MATHS),
    ("Give me three hard exercises about quadratic equations", MATHS),
    ('"x^2=4"', MATHS),
    ("小明有3个苹果，送给同学一些，还剩几个？", MATHS),
    ("8只螃蟹有多少条腿呢？", MATHS),
    ("在暑假里，小璇借了一本《十万个为什么》，共64页，每天看8页，多少天看完？", MATHS),
    ("等腰三角形的顶角是40度，一个底角是多少度？按角分是什么三角形？", MATHS),
    ("证明 sqrt(2) 是无理数", MATHS),
    ("证明素数有无穷多个", MATHS),
    ("甲车每小时行60千米，乙车每小时行80千米，几小时后相距280千米？", MATHS),
    ("出三道关于二次方程的练习题", MATHS),
    # words are wanted
    ("1+1=2 why?", TUTOR),
    ("explain 2x+3=11", TUTOR),
    ("Why is 2x+3=11 solved by x=4?", TUTOR),
    ("Can you explain why the derivative of x^2 is 2x?", TUTOR),
    ("Why can't we divide by zero?", TUTOR),
    ("What is a prime number?", TUTOR),
    ("what is a function", TUTOR),
    ("Define the derivative", TUTOR),
    ("I don't understand fractions", TUTOR),
    ("What does the slope of a line mean?", TUTOR),
    ("teach me long division", TUTOR),
    ("What is the difference between a sequence and a series?", TUTOR),
    ("how does photosynthesis work", TUTOR),
    ("Why is the sky blue?", TUTOR),
    ("walk me through the chain rule", TUTOR),
    ("why", TUTOR),
    ("为什么0.999...=1", TUTOR),
    ("x^2 的导数是什么，为什么", TUTOR),
    ("讲解勾股定理", TUTOR),
    ("怎么理解极限", TUTOR),
    ("什么是导数", TUTOR),
    ("什么是函数？", TUTOR),
    ("无理数是什么？", TUTOR),
    ("为什么不能除以零？", TUTOR),
    ("我不懂分数", TUTOR),
    ("教我长除法", TUTOR),
    ("数列和级数有什么区别", TUTOR),
    ("天空为什么是蓝色的？", TUTOR),
    # code
    ("write a function that solves x^2=4", CODE),
    ("Write a Python function that tests whether a number is prime", CODE),
    ("Calculate the sum of 1 to 100 in Python", CODE),
    ("Compare Python and Java", CODE),
    ("sort a list in python", CODE),
    ("write a program to compute 3+4", CODE),
    ("implement quicksort in Rust", CODE),
    ("find the bug in this code", CODE),
    ("my code crashes when the list is empty", CODE),
    ("explain this function\n\ndef f(x):\n    return x + 1", CODE),
    ("review this\n\ndiff --git a/x.py b/x.py\n@@ -1 +1 @@\n-a\n+b", CODE),
    ("review this", CODE),
    ("print(1)", CODE),
    ("for i in range(10): print(i)", CODE),
    ("int x = 5;", CODE),
    ("SELECT * FROM users", CODE),
    ("const x = 3", CODE),
    ("git rebase after a merge conflict", CODE),
    ("```\nx = 1\n```", CODE),
    ("What does this mean?\nTraceback (most recent call last):\n  ...", CODE),
    ('{"name": "a", "size": 3}', CODE),
    ("fix my script", CODE),
    ("how do I reverse a string in javascript", CODE),
    ("写一个函数求x^2=4", CODE),
    ("用python求解x^2=4", CODE),
    ("用C语言写冒泡排序", CODE),
    ("帮我看看这段代码", CODE),
    ("Python 里怎么排序列表", CODE),
    ("程序报错了：list index out of range", CODE),
    ("实现一个二分查找算法", CODE),
    ("写一段程序计算1到100的和", CODE),
    # talk
    ("What is love?", TALK),
    ("hi", TALK),
    ("Hello", TALK),
    ("ok", TALK),
    ("lol", TALK),
    ("ab", TALK),
    ("AI", TALK),
    ("What is AI?", TALK),
    ("5", TALK),
    ("x", TALK),
    ("1,2,3", TALK),
    ("2024-01-01", TALK),
    ("ls -la", TALK),
    ("thank you", TALK),
    ("Who are you?", TALK),
    ("Who won the 1998 world cup?", TALK),
    ("What is the capital of France?", TALK),
    ("How many people live in China?", TALK),
    ("I have 3 apples", TALK),
    ("Tell me a long story", TALK),
    ("Write a poem about autumn", TALK),
    ('Translate "hello" to Chinese', TALK),
    ("What time is it?", TALK),
    ("", TALK),
    ("你好", TALK),
    ("谢谢", TALK),
    ("你是谁？", TALK),
    ("什么是爱", TALK),
    ("今天天气怎么样", TALK),
    ("写一首关于春天的诗", TALK),
    ("讲一个故事", TALK),
    ("中国的首都是哪里", TALK),
]


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 120
    assert len({text for text, _ in TABLE}) == len(TABLE)


@pytest.mark.parametrize(("text", "route"), TABLE, ids=[text[:40] for text, _ in TABLE])
def test_questions_go_the_right_way(text: str, route: Route) -> None:
    choice = choose_route(text, has_model=True)
    assert choice.routed.route is route
    assert not choice.routed.forced
    assert (choice.problem is not None) == (route is EXACT)
    assert choose_route(text, has_model=False).routed == choice.routed


WANTED = [
    ("Solve 2x+3=11 and explain", True),
    ("Explain how to solve 2x+3=11", True),
    ("Is 91 prime? Why?", True),
    ("解方程3x-5=10并讲解", True),
    ("解方程 3x-5=10，并说明理由。", True),
    ("请讲解如何解方程 3x-5=10", True),
    ("Solve 2x+3=11 step by step", False),
    ("解方程 3x-5=10，写出过程", False),
    ("2x + 3 = 11", False),
]


@pytest.mark.parametrize(("text", "words"), WANTED)
def test_an_exact_solution_is_explained_only_if_asked_and_only_by_a_model(
    text: str, words: bool
) -> None:
    assert wants_words(text) == words
    choice = choose_route(text, has_model=True)
    assert (choice.routed.route, choice.words) == (EXACT, words)
    assert not choose_route(text, has_model=False).words


@pytest.mark.parametrize("route", Route)
def test_a_user_may_force_the_way_and_only_the_exact_one_reads(route: Route) -> None:
    choice = choose_route("Solve 2x+3=11", has_model=True, forced=route)
    assert (choice.routed.route, choice.routed.forced) == (route, True)
    assert (choice.problem is not None) == (route is EXACT)
    assert choose_route("hello there", has_model=True, forced=route).problem is None


def test_where_a_model_answers_anyway_nothing_is_read() -> None:
    choice = choose_route("Solve 2x+3=11", has_model=True, exact=False)
    assert (choice.routed.route, choice.problem) == (Route.MATHS, None)


def test_the_wish_for_words_is_no_part_of_the_problem() -> None:
    plain, asked = read_exact("解方程3x-5=10"), read_exact("解方程3x-5=10，并解释原因")
    assert plain is not None
    assert asked is not None
    assert plain.request == asked.request


HOSTILE = {
    "megabyte": "a" * 1_000_000,
    "formulas": "x^2+" * 250_000,
    "one word": "a" * 1_200,
    "characters": "求" * 1_200,
    "brackets": "(" * 600 + ")" * 600,
    "commas": "1," * 600,
    "lines": "\n" * 7_000 + "x",
    "blanks": " " * 7_000 + "x",
    "frames": "explain and " * 580,
    "verbs": "write a " * 870,
    "dollars": "$" * 7_000,
    "escapes": "\x1b[31m" * 1_400,
    "overrides": "\u202e" * 1_200,
    "ifs": "if " * 400,
    "story": "小明有3个苹果，" * 150,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_question_is_routed_at_once(text: str) -> None:
    begin = time.process_time()
    choose_route(text, has_model=True)
    assert time.process_time() - begin < 4  # a quiet machine takes less than one second


def routes(name: str, every: int = 1) -> Counter[Route]:
    return Counter(
        choose_route(row["input"], has_model=True).routed.route for row in rows(name)[::every]
    )


@pytest.mark.data
@pytest.mark.parametrize("name", ["deepmind", "equations"])
def test_school_questions_are_solved_exactly(name: str) -> None:
    found = routes(name, 4)
    assert found[EXACT] >= 0.97 * found.total()


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.parametrize("name", ["word_problems_en", "word_problems_zh"])
def test_word_problems_are_mathematics_and_never_code(name: str) -> None:
    found = routes(name, 5)
    assert found[CODE] == 0
    assert found[MATHS] + found[EXACT] >= 0.98 * found.total()


@pytest.mark.parametrize(
    "text",
    ["What is f(2)?", "What is x + y?", "求 f(2)", "what is 2x?", "find AB", "求 x+y", "Find m"],
)
def test_what_asks_for_letters_leans_on_what_was_said(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "Solve 2x + 3 = 11", "解方程 3x - 5 = 10", "Let f(x) = x^2. What is f(2)?", "17*23",
        "Suppose x = 2. What is x + 1?", "Differentiate x^2", "integrate x e^x", "x^2 > 4", "",
        "Tell me more.", "x + " * 5_000,
    ],
)  # fmt: skip
def test_what_says_all_leans_on_nothing(text: str) -> None:
    assert not leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "Solve |2x - 1| = 5",
        "Convert 3.5 km to m.",
        "Evaluate 15% of 80",
        "What is 17 mod 5?",
        "What is the area of a square with side 5 cm?",
        "把 2.5 小时换算成分钟",
        "Round 3.14159 to the nearest hundredth.",
    ],
)
def test_a_task_with_a_number_looks_like_mathematics(text: str) -> None:
    assert choose_route(text, has_model=True, exact=False).routed.route is MATHS
