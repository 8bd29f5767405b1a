"""Conversations are kept as they come: as a tree, whole or cut, whatever is in the text."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.history import (
    NAME,
    Attachment,
    ConversationId,
    Form,
    History,
    HistoryFailure,
    Message,
    MessageId,
    Role,
    State,
    StoredTurn,
    folded,
    open_history,
    rows,
)
from assistant.history.clean import TITLE_COLUMNS, title_of
from assistant.history.failures import NoSuchMessage
from assistant.history.writer import INTERVAL
from assistant.maths.showing.boxes import columns
from runtimes.errors import NotFound
from runtimes.texts import Lang


@pytest.fixture(params=["file", "incognito"])
def history(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[History]:
    path = tmp_path / "data" / NAME if request.param == "file" else None
    with open_history(path) as opened:
        yield opened
    assert path or not list(tmp_path.iterdir())


def exchange(
    history: History, conversation: ConversationId, parent: MessageId | None, question: str
) -> MessageId:
    with history.answer(history.ask(conversation, parent, question), "micro") as writer:
        writer.reasoning("thinking of " + question)
        writer.text("answer to " + question)
        writer.close("answered", '{"steps": []}')
    return writer.id


def shown(turns: tuple[StoredTurn, ...]) -> list[str]:
    return [turn.question.text for turn in turns]


def test_a_turn_is_given_back_as_it_was_written(history: History) -> None:
    number = history.begin()
    question = history.ask(number, None, "2x = 4?", [Attachment("a.txt", "notes")])
    writer = history.answer(question, "micro")
    writer.reasoning("let me ")
    writer.reasoning("see")
    writer.text("x = 3, no")
    writer.rewind(4)
    writer.text("2")
    writer.close("answered", '{"steps": [1]}')
    (turn,) = history.turns(number)
    assert (turn.question.text, turn.question.attachments) == (
        "2x = 4?",
        (Attachment("a.txt", "notes"),),
    )
    answer = turn.answer
    assert answer is not None
    assert (answer.text, answer.reasoning, answer.label) == ("x = 2", "let me see", "micro")
    assert (answer.state, answer.outcome, answer.record) == (
        State.CLOSED,
        "answered",
        '{"steps": [1]}',
    )
    assert not answer.imported
    history.record(answer.id, "{}")
    assert history.message(answer.id).record == "{}"


def test_closing_twice_keeps_the_first_end(history: History) -> None:
    number = history.begin()
    writer = history.answer(history.ask(number, None, "q"))
    writer.text("half of the ans")
    writer.close("cancelled")
    writer.close("answered")
    assert history.message(writer.id).outcome == "cancelled"
    assert history.message(writer.id).text == "half of the ans"


def test_an_answer_that_pauses_is_stored_within_a_second(tmp_path: Path) -> None:
    with open_history(tmp_path / NAME) as writing, open_history(tmp_path / NAME) as reading:
        writer = writing.answer(writing.ask(writing.begin(), None, "q"))
        writer.reasoning("hmm")
        writer.text("and then silence")
        end = time.monotonic() + 1
        while not reading.message(writer.id).text and time.monotonic() < end:
            time.sleep(0.02)
        stored = reading.message(writer.id)
        assert (stored.text, stored.reasoning) == ("and then silence", "hmm")
        assert stored.state is State.OPEN
        writer.rewind(0)
        time.sleep(INTERVAL * 2)
        assert reading.message(writer.id).text == ""
        writer.close("answered")


def test_an_edited_question_and_a_new_answer_lose_nothing(history: History) -> None:
    number = history.begin()
    first = exchange(history, number, None, "one")
    second = exchange(history, number, first, "two")
    edited = exchange(history, number, first, "two, better")
    assert shown(history.turns(number)) == ["one", "two, better"]
    assert shown(history.turns(number, second)) == ["one", "two"]
    question = history.message(edited).parent
    assert question is not None
    again = history.answer(question, "other")
    again.text("another answer")
    again.close("answered")
    answers = history.siblings(again.id)
    assert [(b.message, b.current) for b in answers] == [(edited, False), (again.id, True)]
    assert [b.current for b in history.siblings(question)] == [False, True]
    assert [b.leaf for b in history.branches(number)] == [second, edited, again.id]
    assert history.switch(number, history.turns(number, second)[1].question.id) == second
    assert shown(history.turns(number)) == ["one", "two"]
    assert history.leaf(number) == second


def test_a_summary_stands_for_the_turns_up_to_its_place(history: History) -> None:
    number, at = history.begin(), None
    answers = []
    for n in range(4):
        at = exchange(history, number, at, str(n))
        answers.append(at)
    other = exchange(history, number, answers[0], "elsewhere")
    history.fold(answers[1], "0 and 1")
    summary, rest = folded(history.turns(number, answers[3]))
    assert (summary, shown(rest)) == ("0 and 1", ["2", "3"])
    assert folded(history.turns(number, other))[0] == ""
    history.fold(answers[2], "0 to 2")
    assert folded(history.turns(number, answers[3]))[0] == "0 to 2"


def test_the_last_turns_of_a_long_conversation(history: History) -> None:
    number, at = history.begin(), None
    for n in range(5):
        at = exchange(history, number, at, str(n))
    assert shown(history.turns(number, last=2)) == ["3", "4"]
    history.ask(number, at, "5")
    turns = history.turns(number, last=2)
    assert shown(turns) == ["4", "5"]
    assert turns[0].answer is not None
    assert turns[1].answer is None


def test_the_list_goes_on_where_it_ended_and_leaves_out_what_is_empty(history: History) -> None:
    assert history.latest() is None
    numbers = []
    for n in range(5):
        numbers.append(history.begin())
        exchange(history, numbers[-1], None, f"question {n}")
    history.begin()
    assert history.latest() == numbers[4]
    exchange(history, numbers[0], None, "again")
    order = [numbers[0], *reversed(numbers[1:])]
    page = history.list(3)
    assert [one.id for one in page] == order[:3]
    assert [one.id for one in history.list(9, page[-1].id)] == order[3:]
    assert page[0].turns == 2
    history.rename(numbers[0], "  other\n name ")
    assert history.find(numbers[0]).title == "other name"


def test_what_is_not_there_is_told_by_its_number(history: History) -> None:
    number = history.begin()
    answer = exchange(history, number, None, "q")
    question = history.message(answer).parent
    assert question is not None
    nowhere = ConversationId(99)
    for work in (
        lambda: history.turns(nowhere),
        lambda: history.rename(nowhere, "x"),
        lambda: history.delete(nowhere),
        lambda: history.ask(nowhere, None, "x"),
        lambda: history.ask(number, question, "a question below a question"),
        lambda: history.ask(history.begin(), answer, "a question in another conversation"),
        lambda: history.answer(answer),
        lambda: history.message(MessageId(99)),
        lambda: history.switch(history.begin(), answer),
        lambda: history.fold(MessageId(99), "x"),
    ):
        with pytest.raises(NoSuchMessage) as caught:
            work()
        assert isinstance(caught.value, HistoryFailure | NotFound)


HOSTILE = [
    "half \ud83d a pair",
    "nul \0 and more",
    "\x1b[2J\x1b]0;title\x07",
    "\u202eright to left\u2066",
    "x" * 1_000_000,
    "�\U0010ffff\ufeff",
    "'; DROP TABLE message; --",
    "",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: ascii(t[:12]))
def test_any_text_is_stored(history: History, text: str) -> None:
    number = history.begin()
    writer = history.answer(history.ask(number, None, text, [Attachment(text[:99], text)]), text)
    writer.reasoning(text)
    writer.text(text)
    writer.close(text[:99], text)
    (turn,) = history.turns(number)
    kept = text.replace("\ud83d", "�").replace("\0", "�")
    assert turn.answer is not None
    assert turn.question.text == turn.answer.text == turn.answer.reasoning == kept
    assert turn.question.attachments[0].text == kept
    title = history.find(number).title
    assert title.isprintable()
    assert columns(title) <= TITLE_COLUMNS


def test_ten_thousand_messages_in_one_conversation() -> None:
    with open_history(None) as history:
        number, parent = history.begin(), None
        with history._database.writing() as connection:
            for n in range(10_000):
                role = Role.ANSWER if n % 2 else Role.QUESTION
                message = Message(
                    id=MessageId(0), conversation=number, parent=parent, role=role, text="t", made=n
                )
                parent = rows.insert(connection, message)
            assert parent is not None
            rows.stand_on(connection, number, parent)
        turns = history.turns(number)
        assert len(turns) == 5_000
        assert history.switch(number, turns[0].question.id) == parent
        assert len(history.branches(number)) == 1


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## Solve\n\n  x^2 = 4  ", "Solve x^2 = 4"),
        ("a" * 70, "a" * 59 + "…"),
        ("word " * 30, "word " * 11 + "word…"),
        ("求函数的单调区间" * 8, "求函数的单调区间求函数的单调区间求函数的单调区间求函数的单…"),
        ("解" * 30, "解" * 30),
        ("\x1b[31mred\u202e", "[31mred"),
        ("", ""),
    ],
)
def test_a_title_is_the_first_words_of_a_question(text: str, title: str) -> None:
    assert title_of(text) == title


@given(st.text(max_size=200))
def test_a_title_fits_on_a_line_and_stays_as_it_is(text: str) -> None:
    title = title_of(text)
    assert columns(title) <= TITLE_COLUMNS
    assert title.isprintable()
    assert title_of(title) == title


def test_what_was_asked_last_is_told_of_all_conversations(history: History) -> None:
    first, second = history.begin(), history.begin()
    exchange(history, first, None, "一")
    last = exchange(history, second, None, "two")
    exchange(history, second, last, "")
    exchange(history, second, last, "a pasted book " * 10_000)
    exchange(history, first, None, "three")
    assert history.asked() == ("一", "two", "three")
    assert history.asked(2) == ("two", "three")
    history.bring(history.export(first, Form.JSON, Lang.EN))
    assert history.asked() == ("一", "two", "three")
    history.delete(first)
    assert history.asked() == ("two",)
