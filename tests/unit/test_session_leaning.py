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
from assistant.session.leaning import may_stand_under
from assistant.session.session import Session
from assistant.session.turn import BY_ITSELF
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
    ],
)
def test_what_says_nothing_of_it_is_no_obstacle(before: str, question: str) -> None:
    assert not under(before, question)


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
