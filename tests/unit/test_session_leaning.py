"""A question is judged by itself only where nothing before it can say more of its letters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from talkers import Talker, say
from turns import USUAL, SharedPool, end, of

from assistant.events import AnswerChecked, Notice, Route, Routed, Solved
from assistant.maths.types import Refuted
from assistant.notes.attached import Attachments
from assistant.session.conversation import Conversation, Turn
from assistant.session.leaning import leans, may_stand_under
from assistant.session.session import Session
from assistant.session.turn import BY_ITSELF, LEANING
from runtimes.base import Cancel


def under(before: str, question: str, answer: str = "Understood.") -> bool:
    return may_stand_under(question, Conversation((Turn(before, answer),)))


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Let x be positive.", "x^2 = 9"),
        ("Let x be positive.", "Solve x^2 = 9"),
        ("let x>0", "solve x^2 = 9"),
        ("x > 0", "x^2 = 9"),
        ("设 x 是正数", "x^2 = 9"),
        ("设 x 是正数", "解方程 x^2 = 9"),
        ("Suppose x = 2.", "What is x^2 + 1?"),
        ("From now on we only use positive numbers.", "Solve x^2 = 9"),
        ("从现在起只考虑正整数", "解方程 x^2 = 9"),
        ("All letters are natural numbers.", "n^2 = 16"),
        ("Solve x^2 = 9 for x > 0", "Now solve x^4 = 81"),
        ("Solve 2x + 3 = 11", "x^2 = 16"),
        ("Solve 2x + 3 = 11", "Solve y + x = 10"),
        ("Suppose xy > 0.", "Solve x^2 = 9"),
        ("Take α in the first quadrant.", "Solve \\alpha^2 = 9"),
        ("Work in the field with 7 elements, modulo 7.", "Solve x^2 = 2"),
        ("Let A and B be matrices.", "Expand (A + B)^2"),
        ("Let f(x) = x^2. What is f(2)?", "Solve f(x) = 9"),
        ("We work in Z_5.", "Solve x^2 = 4"),
        ("Take everything in \\mathbb{Z}/5.", "Solve x^2 = 4"),
        ("以后只取较大的根。", "解方程 x^2 = 9"),
        ("I want only the larger root.", "Solve x^2 = 9"),
        ("From now on give the first root.", "Solve x^2 = 9"),
        ("Take all angles in degrees.", "Solve sin(x) = 1/2"),
    ],
)
def test_what_may_say_more_of_a_letter_is_heard(before: str, question: str) -> None:
    assert under(before, question)


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Hello", "Solve x^2 = 9"),
        ("Hello, how are you today?", "x^2 = 9"),
        ("Solve 2x + 3 = 11", "Solve x^2 = 9"),
        ("解方程 2x + 3 = 11", "解方程 x^2 = 9"),
        ("17*23", "Solve x^2 = 9"),
        ("Write a program that sorts a list.", "Solve x^2 = 9"),
        ("谢谢你的帮助", "解方程 x^2 = 9"),
        ("Let x be positive.", "What is 17*23?"),
        ("Let x be positive.", "Tell me more."),
        ("From now on, answer in Chinese.", "What is 17*23?"),
        ("以后请用中文回答", "计算 17*23"),
        ("Take all angles in degrees.", "What is 17*23?"),
        ("Let e = 2.", "What is 17*23?"),
        ("e.g. a joke, i.e. something funny", "evaluate e^2"),
        ("What is the base of this triangle called?", "What is 17*23?"),
        ("Evaluate log(100)", "Evaluate log(1000)"),
        ("What is cos(60°)?", "What is 17*23?"),
        ("请解释一下勾股定理", "解方程 x^2 = 9"),
    ],
)
def test_what_says_nothing_of_it_is_no_obstacle(before: str, question: str) -> None:
    assert not under(before, question)


EXPLAINED = "Move the numbers: from x + a = b you get x = b - a, where x is what you look for."


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("How do I find x in 2x + 3 = 11?", "Solve x^2 = 4"),
        ("What does x mean in algebra?", "Solve x^2 = 4"),
        ("I am confused about x. Can you explain?", "Solve x^2 = 4"),
        ("Explain the quadratic formula.", "Solve x^2 = 4"),
        ("What does the graph of y = x^2 look like?", "Differentiate x^3"),
        ("I don't understand how to move x to the other side.", "Factor x^2 - 9"),
        ("How do I solve for x?", "Solve x + y = 10, x - y = 4"),
        ("x 是什么意思？", "解方程 x^2 = 4"),
        ("怎么解含 x 的方程？", "解方程 x^2 = 4"),
        ("请解释二次公式", "化简 x^2 + x^2"),
    ],
)
def test_a_complete_task_behind_a_question_that_only_asks_stands_alone(
    before: str, question: str
) -> None:
    assert not under(before, question, EXPLAINED)


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("How do I find x in 2x + 3 = 11?", "x^2 = 4"),  # it sets no task
        ("What does x mean in algebra?", "Then solve x^2 = 4"),
        ("What does x mean in algebra?", "Also solve x^2 = 4"),
        ("How do I find x in 2x + 3 = 11?", "Solve x + y = 10"),
        ("How do I go on when x = 3?", "Solve x^2 = 4"),
        ("x is four. How do I go on?", "Solve x^2 = 16"),
        ("x four. How?", "Solve x^2 = 16"),
        ("Why can x only be positive here?", "Solve x^2 = 4"),
        ("Explain why x never exceeds ten.", "Solve x^2 = 400"),
        ("What is the largest x with x < 5?", "Solve x^2 = 4"),
        ("How do I find x? I don't want -3.", "Solve x^2 = 9"),
        ("How do I find x? No -3 please.", "Solve x^2 = 9"),
        ("How do I find x? I like x between 0 and 5.", "Solve x^2 = 9"),
        ("I call x 3. Why not?", "Solve x^2 = 9"),
        ("Why x := 3?", "Solve x^2 = 9"),
        ("Why x ≈ 3?", "Solve x^2 = 9"),
        ("How do I find x? We know |x| - x = 0.", "Solve x^2 = 9"),
        ("How do I find x? We know x^2 = 3x.", "Solve x^2 = 9"),
        ("How do I do x in 360?", "Solve sin(x) = 1/2"),
        ("为什么 x 不能要-3？", "解方程 x^2 = 9"),
        ("x 叫 3，怎么办", "解方程 x^2 = 9"),
        ("x 三，怎么办？", "解方程 x^2 = 9"),
        ("怎么求 x？不要 -3", "解方程 x^2 = 9"),
        ("设 x = 3，怎么办？", "解方程 x^2 = 9"),
        ("如何求 x，其中 x=3", "解方程 x^2 = 9"),
        ("x 是正数，怎么解？", "解方程 x^2 = 9"),
    ],
)
def test_what_binds_a_letter_is_heard_in_questions_too(before: str, question: str) -> None:
    assert under(before, question, EXPLAINED)


def test_to_simplify_is_a_task_of_its_own() -> None:
    assert not leans("Simplify 2x + 3x")
    assert not leans("化简 2x + 3x")
    assert under("Let x be positive.", "Simplify sqrt(x^2)")


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Explain the quadratic formula.", "Solve x^2 = 4"),
        ("请解释二次公式", "解方程 x^2 = 4"),
    ],
)
def test_the_exact_solver_answers_it_at_once(before: str, question: str) -> None:
    model = Talker([say(EXPLAINED)])
    with SharedPool(lambda _: model) as given:
        session = Session(given, replace(USUAL, exact_first=True, route=None))
        list(session.ask(before, Cancel(), options=replace(USUAL, route=Route.TALK)))
        events = list(session.ask(question, Cancel()))
    assert of(Solved, events)
    assert of(Routed, events)[0].route is Route.EXACT
    assert LEANING not in [notice.text for notice in of(Notice, events)]


@pytest.mark.parametrize(
    ("before", "question"), [("Let x = 3.", "Solve x^2 = 4"), ("设 x = 3。", "解方程 x^2 = 4")]
)
def test_a_letter_with_a_value_goes_to_the_model_and_that_is_said(
    before: str, question: str
) -> None:
    model = Talker([say("Understood.")], [say("x = 3 was given.")])
    with SharedPool(lambda _: model) as given:
        session = Session(given, replace(USUAL, exact_first=True, route=None))
        list(session.ask(before, Cancel(), options=replace(USUAL, route=Route.TALK)))
        events = list(session.ask(question, Cancel()))
    assert not of(Solved, events)
    assert LEANING in [notice.text for notice in of(Notice, events)]
    assert "/solve" in LEANING.en
    assert "/solve" in LEANING.zh


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Take all angles in degrees.", "Evaluate sin 30"),
        ("所有角都用角度制。", "求 sin 30 的值"),
        ("What is cos(60°)?", "Evaluate sin 30"),
        ("We use base 8 from now on.", "7+1"),
        ("以后都用八进制。", "7+1"),
        ("All numbers are hexadecimal.", "What is 10 + 10?"),
        ("Work modulo 7.", "What is 5 + 4?"),
        ("We calculate in Z_7.", "What is 5 + 4?"),
        ("log means base 10.", "Evaluate log 100"),
        ("对数以10为底。", "求 log 100 的值"),
        ("Let e = 2.", "evaluate e^2"),
        ("Let pi be 3.", "What is 2*pi?"),
        ("取圆周率为 3.14。", "计算 2π"),
        ("Let i be the index 2.", "What is i^2?"),
        ("Let * mean plus.", "What is 2*3?"),
        ("规定 * 表示加法。", "计算 2*3"),
        ("Round all answers to one place.", "What is 2/3?"),
        ("结果保留两位小数。", "计算 2/3"),
        ("From now on we add one to every result.", "What is 17*23?"),
    ],
)
def test_what_numbers_and_names_mean_may_have_been_laid_down(before: str, question: str) -> None:
    assert under(before, question)


def test_what_is_laid_down_is_heard_in_answers_and_attached_texts() -> None:
    assert under("What shall we use?", "Evaluate sin 30", "Let us measure angles in degrees.")
    assert may_stand_under("7 + 1", Conversation((), "They agreed to write in base 8."))
    attached = ("All angles are in degrees.",)
    assert may_stand_under("Evaluate sin 30", Conversation(), attached)
    assert not may_stand_under("What is 17*23?", Conversation(), attached)


def test_an_answer_can_lay_something_down_too() -> None:
    assert under("Give me a quantity to work with.", "x^2 = 9", "Take x, which is positive.")
    assert may_stand_under("Solve x^2 = 9", Conversation((), "They agreed that x > 0."))
    assert may_stand_under("Solve x^2 = 9", Conversation(), ("Here x is the length of a side.",))
    assert not may_stand_under("Solve x^2 = 9", Conversation())


@pytest.mark.parametrize("exact_first", [True, False])
@pytest.mark.parametrize(
    ("before", "question", "answer"),
    [
        ("Let x be positive.", "x^2 = 9", "x^2 = 9\n\nx = 3\n\nThe answer is \\boxed{x = 3}."),
        ("设 x 是正数。", "解方程 x^2 = 9", "x = 3\n\n所以 \\boxed{x = 3}"),
        ("Let x be positive.", "Simplify sqrt(x^2)", "sqrt(x^2) = x\n\n\\boxed{x}"),
        ("We have x = 4 here.", "x^2 = 16", "x = 4\n\nx^2 = 16\n\n\\boxed{4}"),
        ("Take all angles in degrees.", "Evaluate sin 30", "The answer is \\boxed{1/2}."),
        ("We use base 8 from now on.", "What is 7+1?", "The answer is \\boxed{10}."),
        ("log means base 10.", "Evaluate log 100", "The answer is \\boxed{2}."),
        ("Let e = 2.", "evaluate e^2", "The answer is \\boxed{4}."),
        ("We work in Z_5.", "Solve x^2 = 4", "The answer is \\boxed{x = 2, x = 3}."),
        ("以后只取较大的根。", "解方程 x^2 = 9", "所以 \\boxed{x = 3}"),
    ],
)
def test_an_answer_that_keeps_to_an_earlier_turn_is_never_refuted(
    before: str, question: str, answer: str, *, exact_first: bool
) -> None:
    model = Talker([say("Understood.")], [say(answer)])
    with SharedPool(lambda _: model) as given:
        session = Session(given, replace(USUAL, exact_first=exact_first, route=None))
        list(session.ask(before, Cancel(), options=replace(USUAL, route=Route.TALK)))
        events = list(session.ask(question, Cancel()))
    assert end(events).answer == answer
    assert end(events).account.steps.refuted == 0
    assert not of(AnswerChecked, events)
    assert not of(Solved, events)


@pytest.mark.parametrize(
    ("before", "question", "step"),
    [
        ("We use base 8 from now on.", "What is 7+1?", "7 + 1 = 10"),
        ("以后都用八进制。", "计算 7+1", "7 + 1 = 10"),
        ("Let e = 2.", "evaluate e^2", "$e^2 = 4$"),
        ("We work in Z_5.", "What is 3+4?", "$3 + 4 = 2$"),
        ("Take all angles in degrees.", "Evaluate sin 30", "sin 30 = 1/2"),
        ("We use base 8 from now on.", "What is 7+1?", "7 + 1 = 8"),
    ],
)
def test_no_step_is_decided_where_numbers_may_mean_something_else(
    before: str, question: str, step: str
) -> None:
    model = Talker([say("Understood.")], [say(f"{step}\n\nThat is all.")])
    with SharedPool(lambda _: model) as given:
        session = Session(given, replace(USUAL, exact_first=False, route=None))
        list(session.ask(before, Cancel(), options=replace(USUAL, route=Route.TALK)))
        steps = end(list(session.ask(question, Cancel()))).account.steps
    assert (steps.proved, steps.refuted) == (0, 0)
    assert steps.undecided == 1


def test_a_new_exercise_is_checked_after_a_complete_one() -> None:
    wrong = "x = 4\n\nThe answer is \\boxed{x = 4}."
    model = Talker([say("x = 4")], [say(wrong)])
    with SharedPool(lambda _: model) as given:
        session = Session(given, replace(USUAL, exact_first=False))
        list(session.ask("Solve 2x + 3 = 11", Cancel()))
        events = list(session.ask("Solve x + 3 = 11", Cancel()))
    assert isinstance(of(AnswerChecked, events)[0].verdict, Refuted)


def test_an_attached_text_may_say_what_a_letter_is() -> None:
    attached = Attachments()
    attached.add_text("task.txt", "In all tasks x stands for a positive number.")
    model = Talker([say("x = 3\n\n\\boxed{x = 3}")])
    with SharedPool(lambda _: model) as given:
        events = list(Session(given, USUAL).ask("Solve x^2 = 9", Cancel(), attached))
    assert of(Routed, events)[0].route is Route.MATHS
    assert end(events).account.steps.refuted == 0


def test_without_a_model_it_is_solved_by_itself_and_that_is_said() -> None:
    with SharedPool(None) as given:
        session = Session(given, replace(USUAL, exact_first=True))
        list(session.ask("x > 0", Cancel()))
        events = list(session.ask("x^2 = 9", Cancel()))
        other = list(session.ask("Solve y^2 = 9", Cancel()))
    assert of(Solved, events)
    assert BY_ITSELF in [notice.text for notice in of(Notice, events)]
    assert BY_ITSELF not in [notice.text for notice in of(Notice, other)]
