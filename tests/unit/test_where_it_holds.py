"""Where an answer holds, and where a formula has no value: told with the answer, or refused."""

from __future__ import annotations

import pytest
from asking import proved, solved, told

from assistant.maths.showing.plain import plain
from assistant.maths.terms import Bracket, Collection, Expr
from assistant.maths.types import Proved, Text


def _said(text: Text) -> str:
    return text.en.format(*(plain(a) if isinstance(a, Expr) else a for a in text.args))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("where is x^4/x increasing", "(-oo, 0) ∪ (0, oo)"),
        ("where is x^2/x increasing", "(-oo, 0) ∪ (0, oo)"),
        ("求函数x^4/x的单调递增区间", "(-oo, 0) ∪ (0, oo)"),
        ("where is x^3/x convex", "(-oo, 0) ∪ (0, oo)"),
        ("where is x^3 increasing", "(-oo, oo)"),
        ("where is (x-1)^3 + x increasing", "(-oo, oo)"),
    ],
)
def test_a_curve_has_a_hole_where_its_formula_has_no_value(text: str, answer: str) -> None:
    found = solved(text)
    assert isinstance(found.verdict, Proved)
    assert isinstance(found.answer.value, Collection)
    assert plain(found.answer.value.items[0]) == answer


@pytest.mark.parametrize("text", ["extrema of x^3/x", "find the critical points of x^4/x"])
def test_no_point_of_a_curve_lies_in_a_hole(text: str) -> None:
    found = solved(text)
    assert found.answer.value == Collection(Bracket.LIST, ())


@pytest.mark.parametrize("text", ["where is sqrt(x)^4 increasing", "extrema of sqrt(x)^4"])
def test_a_curve_that_is_cut_off_in_silence_is_refused(text: str) -> None:
    assert told(text) == ("", None)


def _holds_for(text: str) -> list[str]:
    found = solved(text)
    assert isinstance(found.verdict, Proved)
    return [_said(c) for c in found.conditions]


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("simplify ln(x)+ln(x-1)", ["valid for x > 1"]),
        ("simplify ln(x-1)+ln(x+1)", ["valid for x > 1"]),
        ("化简 ln(x-1)+ln(x+1)", ["valid for x > 1"]),
        ("simplify ln(x)+ln(x-2)-ln(x-1)", ["valid for x > 2"]),
        ("prove ln(x)+ln(x-1)=ln(x^2-x)", ["valid for x > 1"]),
        ("simplify ln x + ln y", ["valid for x > 0", "valid for y > 0"]),
        ("simplify log_a(1)", ["valid for a > 0", "valid for a != 1"]),
        ("simplify log_a(a)", ["valid for a > 0", "valid for a != 1"]),
        ("simplify log_2(x) + log_2(x)", []),
        ("sum of 1/a^k from k = 1 to n", ["for a != 1"]),
        ("sum of a^k from k = 0 to n", ["for a != 1"]),
        ("sum of 1/(k(k+1)) from k = 1 to n", []),
    ],
)
def test_a_result_tells_where_it_holds(text: str, conditions: list[str]) -> None:
    assert _holds_for(text) == conditions


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("solve 2x + i = i for real x", "0"),
        ("已知复数 z 满足 z + 2 = 3 + i，求 z", "i + 1"),
        ("integrate |x| from -1 to a", "a*|a|/2 + 1/2"),
        ("integrate |x| from -1 to 2", "5/2"),
        ("solve ix = 3", "-3*i"),
    ],
)
def test_units_and_letters_where_numbers_are_expected(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "Let f(x) = |x|*h*k*s. Find f'(0).",
        "integrate x/|x| from 1 to a",
        "solve ix = 3 for real x",
    ],
)
def test_what_has_no_real_value_that_is_known_is_refused(text: str) -> None:
    assert told(text) == ("", None)


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("x/x = 1 for all x", ["valid for x != 0"]),
        ("对任意实数x, x/x=1", ["valid for x != 0"]),
        ("prove x/x = 1 for all x", ["valid for x != 0"]),
        ("x/x = 1 for all integers x", ["valid for x != 0"]),
        ("x/x = 1 for all positive x", []),
        ("对任意正整数n, n/n=1", []),
        ("(x^2-1)/(x-1) = x+1 for all x", ["valid for x != 1"]),
        ("1/(x-1) + x/(x-1) = (x+1)/(x-1) for all x", ["valid for x != 1"]),
        ("ln x = ln x for all x", ["valid for x > 0"]),
        ("tan x = sin x/cos x for all x", ["valid for cos(x) != 0"]),
        ("(x^4-1)/(x^2+1) = x^2-1 for all x", []),
        ("a/b = (2a)/(2b) for all a, b", ["valid for b != 0"]),
        ("a^2+b^2≥2ab for all a, b", []),
    ],
)
def test_what_is_said_of_all_values_is_told_for_which_it_holds(
    text: str, conditions: list[str]
) -> None:
    found = solved(text)
    assert proved(text) == "true"
    assert [_said(c) for c in found.conditions] == conditions


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("find the complex roots of x^2+x+1=0", "-1/2 - sqrt(3)*i/2, -1/2 + sqrt(3)*i/2"),
        ("find all complex solutions to the equation z^2+1=0", "-i, i"),
        ("find all complex solutions z of z^2+1=0", "-i, i"),
        ("find the complex zeros of x^2+4", "-2*i, 2*i"),
        ("find all complex solutions of 2x = 4", "2"),
        ("find the real roots of x^2-4=0", "-2, 2"),
    ],
)
def test_complex_roots_are_found_where_they_are_asked_for(text: str, answer: str) -> None:
    assert proved(text) == answer


def test_complex_solutions_that_no_method_finds_are_refused() -> None:
    assert told("find all complex solutions of e^x = 1") == ("", None)


@pytest.mark.parametrize(
    "text",
    [
        "商店里有3朵红花和2朵玫瑰，一共有多少朵？",
        "花店有3枝百合和5枝鲜花，一共有多少枝？",
        "图书馆有3本语文书和5本课本，一共有多少本？",
        "有3张电影票和5张门票，一共有多少张？",
        "有3件上衣和5件毛衣，一共有多少件？",
        "有3台电脑和5台笔记本，一共有多少台？",
        "鱼缸里有3条金鱼和5条热带鱼，一共有多少条？",
    ],
)
def test_a_sum_of_what_may_be_the_same_is_refused(text: str) -> None:
    assert told(text) == ("", None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("花园里有3朵红花和2朵黄花，一共有多少朵？", "5"),
        ("商店里有3朵玫瑰和2朵百合，一共有多少朵？", "5"),
        ("水果店有3个苹果和5个梨，一共有多少个？", "8"),
        ("苹果树有12棵，梨树有8棵，一共有多少棵树？", "20"),
    ],
)
def test_a_sum_of_different_things_is_told(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "商店有3个苹果，卖出2个水果，还剩多少个苹果？",
        "农场有8只公鸡，卖出3只鸡，还剩多少只公鸡？",
        "Tom has 8 red apples. He eats 3 apples. How many red apples are left?",
    ],
)
def test_what_is_taken_of_a_wider_sort_is_refused(text: str) -> None:
    assert told(text) == ("", None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("树上有8只小鸟，飞走3只鸟，还剩多少只鸟？", "5"),
        ("小明有5个苹果，吃了2个，还剩多少个苹果？", "3"),
        ("Tom has 8 apples. He eats 3 apples. How many apples are left?", "5"),
    ],
)
def test_what_is_taken_of_the_same_is_told(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "Let f(x)=a x^2. Find f'(a).",
        "设f(x)=ax^2，求f'(a)",
        "Let f(x)=|x-a|(x-a). Find f'(a).",
    ],
)
def test_a_derivative_by_a_letter_of_the_function_is_refused(text: str) -> None:
    assert told(text) == ("", None)


def test_a_derivative_at_another_letter_is_found() -> None:
    assert proved("Let f(x)=a x^2. Find f'(b).") == "2*a*b"
    assert proved("Let f(x)=x^2. Find f'(a).") == "2*a"


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("prove x/x = 1", ["valid for x != 0"]),
        ("is x/x = 1?", ["valid for x != 0"]),
        ("证明 x/x = 1", ["valid for x != 0"]),
        ("Is it true that x/x = 1 for all x > 0?", []),
        ("prove (x^2-1)/(x-1) = x+1", ["valid for x != 1"]),
        ("prove (x+1)/(x^2+x) = 1/x", ["valid for x != -1"]),
        ("prove sin(x)/(1+cos(x)) = (1-cos(x))/sin(x)",
         ["valid for 1 + cos(x) != 0", "valid for sin(x) != 0"]),
        ("prove tan(x)*cot(x) = 1", ["valid for cos(x) != 0", "valid for sin(x) != 0"]),
        ("prove tan(x) = sin(x)/cos(x)", []),
        ("prove sqrt(x)^2 = x", ["valid for x >= 0"]),
        ("prove sqrt(x^2) = x for x >= 0", []),
        ("prove ln(x*y) = ln(x) + ln(y)", ["valid for x > 0", "valid for y > 0"]),
        ("prove sqrt(a*b) = sqrt(a)*sqrt(b)", ["valid for a >= 0", "valid for b >= 0"]),
        ("prove (a^m)^n = a^(m*n)", ["valid for a > 0"]),
        ("prove x/sqrt(x) = sqrt(x)", ["valid for x != 0"]),
        ("prove 1/x^2 > 0", ["valid for x != 0"]),
        ("is sqrt(x) >= 0?", ["valid for x >= 0"]),
        ("prove 1/(x-1)^2 > 0 for all x > 0", ["valid for x != 1"]),
    ],
)  # fmt: skip
def test_a_claim_tells_where_it_has_a_meaning(text: str, conditions: list[str]) -> None:
    assert plain(solved(text).answer.value or Collection(Bracket.LIST, ())) == "true"
    assert _holds_for(text) == conditions


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("inverse function of (a*x+b)/(c*x+d)", "for a*d - b*c != 0"),
        ("inverse function of a*x+b", "for a != 0"),
    ],
)
def test_an_inverse_tells_for_which_letters_there_is_one(text: str, condition: str) -> None:
    assert condition in _holds_for(text)


@pytest.mark.parametrize(
    ("text", "answer", "condition"),
    [
        ("Solve (x-a)/(x-b) = 2", "2*b - a", "This holds for b - a != 0."),
        ("Solve x/(x-a) = 2", "2*a", "This holds for a != 0."),
        ("Solve a/x = b for x", "a/b", "This holds for a != 0."),
    ],
)
def test_a_denominator_is_a_condition_on_the_letters(
    text: str, answer: str, condition: str
) -> None:
    assert told(text)[0] == answer
    assert condition in [_said(c) for c in solved(text).conditions]
