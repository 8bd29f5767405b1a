"""Words are found in all that was asked, answered and thought, in any script; no query fails."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.history import History, Where, open_history

TURNS = (
    ("求不定积分", "答案是 x^2/2 + C", "先看被积函数，再用换元法"),
    ("Solve the QUADRATIC x^2 - 5x + 6 = 0", "x = 2 or x = 3", "Let me factor it. Wait, 龘"),
    ("What is a group?", "A set with an operation: 100% closed_under", "naïve Äpfel, İstanbul"),
)


def write(history: History, turns: tuple[tuple[str, str, str], ...]) -> None:
    for question, answer, reasoning in turns:
        number = history.begin()
        with history.answer(history.ask(number, None, question)) as writer:
            writer.reasoning(reasoning)
            writer.text(answer)


@pytest.fixture(scope="module")
def history() -> Iterator[History]:
    with open_history(None) as opened:
        write(opened, TURNS)
        history_fold = opened.turns(opened.list()[0].id)[0].answer
        assert history_fold is not None
        opened.fold(history_fold.id, "Groups were told of, 群论")
        yield opened


@pytest.mark.parametrize(
    ("query", "where", "title"),
    [
        ("积分", Where.QUESTION, "求不定积分"),
        ("分", Where.QUESTION, "求不定积分"),
        ("不定积分", Where.QUESTION, "求不定积分"),
        ("换元法", Where.REASONING, "求不定积分"),
        ("被积函数 换元", Where.REASONING, "求不定积分"),
        ("quadratic", Where.QUESTION, "Solve the QUADRATIC x^2 - 5x + 6 = 0"),
        ("uadrati", Where.QUESTION, "Solve the QUADRATIC x^2 - 5x + 6 = 0"),
        ("x^2 - 5x", Where.QUESTION, "Solve the QUADRATIC x^2 - 5x + 6 = 0"),
        ('"let me factor"', Where.REASONING, "Solve the QUADRATIC x^2 - 5x + 6 = 0"),
        ("FACTOR wait", Where.REASONING, "Solve the QUADRATIC x^2 - 5x + 6 = 0"),
        ("龘", Where.REASONING, "Solve the QUADRATIC x^2 - 5x + 6 = 0"),
        ("äpfel", Where.REASONING, "What is a group?"),
        ("ÄP", Where.REASONING, "What is a group?"),
        ("100%", Where.ANSWER, "What is a group?"),
        ("d_u", Where.ANSWER, "What is a group?"),
        ("群论", Where.SUMMARY, "What is a group?"),
    ],
)
def test_words_are_found(history: History, query: str, where: Where, title: str) -> None:
    hit = next(hit for hit in history.search(query) if hit.title == title)
    assert hit.where is where
    assert hit.spans
    first = query.strip('"').split()[0].lower()
    assert any(hit.snippet[a:b].lower() in (first, query.strip('"').lower()) for a, b in hit.spans)


@pytest.mark.parametrize(
    "query",
    ["", " ", "zebra", "quadratic zebra", "d%u", "1_0", "换元积", "closedunder", '"factor let"'],
)
def test_what_is_not_there_is_not_found(history: History, query: str) -> None:
    assert history.search(query) == ()


@pytest.mark.parametrize(
    "query",
    [
        '"', '""', '"a', "AND", "OR NOT", "NEAR(a b)", "part:x", "a*", "^a", "(", "-x", "'", "%",
        "{a}", "a AND", "\0", "\ud800", "x" * 100_000, "a " * 10_000, '" OR "" OR "', "*", "+",
    ],
)  # fmt: skip
def test_no_query_is_syntax(history: History, query: str) -> None:
    for hit in history.search(query):
        assert hit.title


@cache
def sample() -> History:
    history = open_history(None)
    write(history, TURNS)
    return history


@given(st.text(max_size=12))
def test_no_query_fails(query: str) -> None:
    sample().search(query)


CHARS = 'aA bB积分法,"%_ \n'


@settings(deadline=None, max_examples=50)
@given(st.text(CHARS, max_size=30), st.text(CHARS, max_size=30), st.data())
def test_every_piece_of_a_text_is_found_in_it(text: str, other: str, data: st.DataObject) -> None:
    with open_history(None) as history:
        write(history, ((other, "", text), (text, other, ""), (other, other, other)))
        start = data.draw(st.integers(0, len(text)))
        piece = text[start : start + data.draw(st.integers(1, 6))]
        wanted = [word for word in piece.replace('"', " ").split() if word]
        hits = history.search(" ".join(wanted))
        everything = [message for one in history.list() for message in history.messages(one.id)]
        holding = {
            message.id
            for message in everything
            if all(
                any(word.lower() in part.lower() for part in (message.text, message.reasoning))
                for word in wanted
            )
        }
        assert {hit.message for hit in hits} == (holding if wanted else set())


def test_the_newest_comes_first_and_the_number_is_bounded() -> None:
    with open_history(None) as history:
        write(history, tuple((f"common question {n}", "", "") for n in range(30)))
        hits = history.search("common", 5)
        assert [hit.title for hit in hits] == [f"common question {n}" for n in range(29, 24, -1)]


def test_an_answer_is_found_when_it_is_whole_and_again_when_its_text_changes() -> None:
    with open_history(None) as history:
        writer = history.answer(history.ask(history.begin(), None, "q"))
        writer.text("the zebra")
        assert not history.search("zebra")
        writer.rewind(4)
        writer.text("giraffe")
        writer.close("answered")
        assert history.search("giraffe")
        assert not history.search("zebra")
        history.fold(writer.id, "okapi")
        assert history.search("okapi giraffe")
        history.fold(writer.id, "")
        assert not history.search("okapi")


def test_a_snippet_is_one_line_that_no_terminal_obeys() -> None:
    with open_history(None) as history:
        write(history, (("\x1b[2J\nlook \u202ehere\r\n" + "x" * 500, "", ""),))
        (hit,) = history.search("here")
        assert hit.snippet.isprintable()
        assert [hit.snippet[a:b] for a, b in hit.spans] == ["here"]
