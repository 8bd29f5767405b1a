"""A question that is edited, and an answer that is written anew, stand beside the old ones."""

from __future__ import annotations

from pathlib import Path

from turns import USUAL, means, of, script

from assistant.events import Notice
from assistant.history import History, MessageId, open_history
from assistant.session.session import Session
from runtimes.base import Cancel


def asked(session: Session, text: str) -> tuple[MessageId, MessageId]:
    list(session.ask(text, Cancel()))
    assert session.numbers is not None
    return session.numbers


def texts(history: History, session: Session) -> list[tuple[str, str]]:
    assert session.conversation is not None
    turns = history.turns(session.conversation)
    return [(t.question.text, t.answer.text.strip() if t.answer else "") for t in turns]


def test_an_edited_question_is_a_branch_and_what_came_before_it_stays(tmp_path: Path) -> None:
    model = script(tmp_path, *([{"text": f"answer {n}\n"}] for n in range(5)))
    with open_history(None) as history, means(model) as given:
        session = Session(given, USUAL, history)
        first = asked(session, "one")
        second = asked(session, "two")
        asked(session, "three")
        number = session.conversation
        assert number is not None
        session.before(number, second[0])
        fourth = asked(session, "two, but better")
        assert texts(history, session) == [("one", "answer 0"), ("two, but better", "answer 3")]
        assert history.versions(number) == dict.fromkeys(
            (second[0], fourth[0]), (second[1], fourth[1])
        )
        session.before(number, first[0])
        asked(session, "something else")
        assert texts(history, session) == [("something else", "answer 4")]
        assert history.find(number).turns == 5


def test_an_answer_is_written_anew_below_the_same_question(tmp_path: Path) -> None:
    model = script(tmp_path, *([{"text": f"answer {n}\n"}] for n in range(3)))
    with open_history(None) as history, means(model) as given:
        session = Session(given, USUAL, history)
        first = asked(session, "one")
        assert session.conversation is not None
        session.before(session.conversation, first[0], again=True)
        second = asked(session, "one")
        assert second[0] == first[0]
        assert second[1] != first[1]
        assert history.versions(session.conversation) == {first[0]: (first[1], second[1])}
        third = asked(session, "two")
        assert third[0] != first[0]
        assert texts(history, session) == [("one", "answer 1"), ("two", "answer 2")]


def test_a_turn_that_was_never_stored_leaves_nothing_for_the_next_one(tmp_path: Path) -> None:
    model = script(tmp_path, *([{"text": f"answer {n}\n"}] for n in range(3)))
    with open_history(None) as history, means(model) as given:
        session = Session(given, USUAL, history)
        first = asked(session, "one")
        assert session.conversation is not None
        session.before(session.conversation, first[0], again=True)
        session.ask("one", Cancel()).close()
        events = session.ask("one", Cancel())
        next(events)
        events.close()
        second = asked(session, "another")
        assert second[0] != first[0]


def test_a_conversation_that_another_program_deleted_goes_on_as_a_new_one(tmp_path: Path) -> None:
    model = script(tmp_path, *([{"text": f"answer {n}\n"}] for n in range(3)))
    with open_history(None) as history, means(model) as given:
        session = Session(given, USUAL, history)
        asked(session, "one")
        old = session.conversation
        assert old is not None
        history.delete(old)
        told = [event.text for event in of(Notice, list(session.ask("two", Cancel())))]
        assert any("was deleted meanwhile" in text.en for text in told)
        assert session.conversation != old
        asked(session, "three")
        assert texts(history, session) == [("two", "answer 1"), ("three", "answer 2")]
