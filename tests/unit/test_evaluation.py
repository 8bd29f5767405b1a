"""Sets as public ones are written, results that go on, shares and tests of statistics."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from turns import USUAL, means, script

from assistant.evaluation.results import BadResults, Outcome, Result, read_results, without_rest
from assistant.evaluation.running import evaluate, judged
from assistant.evaluation.sets import BadSet, Item, final, read_set
from assistant.evaluation.statistics import Comparison, Share, compare, share
from assistant.events import TurnEnd, TurnFinished
from assistant.maths.pool import Limits, Pool
from assistant.session.session import Session
from runtimes.base import Cancel
from runtimes.errors import EngineFailed


def test_the_names_of_public_sets_are_known() -> None:
    lines = [
        {"id": 7, "question": "2+3?", "answer": 5},
        {"problem": "4+4?", "solution": "It is $\\boxed{8}$."},
        {"input": "1/2 of 10?", "target": "Half of 10.\n#### 5"},
        {"id": "last", "prompt": "0?", "expected": "0", "more": [1]},
    ]
    items = read_set("\n\n".join(map(json.dumps, lines)))
    assert [item.gold for item in items] == ["5", "8", "5", "0"]
    assert [item.id for item in items] == ["7", "3", "5", "last"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no question"),
        ("x", "line 1 is no JSON"),
        ("[1]", "line 1 is no JSON"),
        ("\n" + "[" * 100_000, "line 2 is no JSON"),
        ('{"question": "x"}', "line 1 lacks"),
        ('{"question": "", "answer": "3"}', "line 1 lacks"),
        ('{"question": true, "answer": "3"}', "line 1 lacks"),
        ('{"id": 1, "question": "x", "answer": 1}\n' * 2, "line 2: the id 1"),
    ],
)
def test_what_is_no_set_says_where(text: str, told: str) -> None:
    with pytest.raises(BadSet) as wrong:
        read_set(text)
    said = wrong.value.why
    assert told in said.en.format(*said.args)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(BadSet):
        read_set(text)
    with suppress(BadResults):
        read_results(text, "a")
    assert isinstance(final(text), str)


def test_the_answer_behind_a_worked_solution_is_the_last_thing_in_it() -> None:
    assert final("#### Step 1\n2 + 3\n#### 5 ") == "5"
    slow = '{"question": "x", "answer": "#### a' + " " * 90_000 + 'b"}'
    began = time.monotonic()
    assert read_set(slow)[0].gold.endswith("b")
    assert time.monotonic() - began < 1


def test_half_of_a_pair_becomes_a_question_mark() -> None:
    (item,) = read_set('{"id": "\\ud800", "question": "x\\ud800", "answer": "\\udfff1"}')
    assert (item.id, item.question, item.gold) == ("?", "x?", "?1")


def result(name: str, outcome: Outcome, question: str = "题") -> Result:
    return Result(
        id=name, question=question, gold="1", answer="1\u2028\n\ud800", outcome=outcome,
        settings="m", tokens=3, seconds=0.5, refuted=1,
    )  # fmt: skip


def test_results_come_back_and_a_line_that_was_cut_off_is_passed_over() -> None:
    one, two = result("a", Outcome.RIGHT), result("b", Outcome.NONE)
    body = one.line() + two.line()
    assert read_results(body.decode(), "a") == (one, two)
    for cut in range(1, len(one.line()) - 1):
        assert without_rest(body + one.line()[:cut]) == body
    assert without_rest(body + one.line()[:-1]) == body + one.line()[:-1]
    again = body + result("a", Outcome.WRONG).line()
    assert read_results(again.decode(), "a")[0].outcome is Outcome.WRONG
    with pytest.raises(BadResults):
        read_results((one.line()[:20] + b"\n" + two.line()).decode(), "a")


@pytest.mark.parametrize(
    "body", [b"a note", b'{"id": "1", "question": "x", "answer": 5}', b"", b"\n", b"x\n[", b"\xff"]
)
def test_of_a_file_that_holds_something_else_nothing_goes(body: bytes) -> None:
    assert without_rest(body) == body


@pytest.mark.parametrize(
    ("field", "value"),
    [("tokens", "1e999"), ("tokens", "-1"), ("seconds", "NaN"), ("seconds", "1" + "0" * 400),
     ("refuted", "Infinity"), ("outcome", '"best"')],
)  # fmt: skip
def test_numbers_that_none_can_be_are_refused(field: str, value: str) -> None:
    record = json.loads(result("a", Outcome.RIGHT).line())
    text = json.dumps({**record, field: "here"}).replace('"here"', value)
    with pytest.raises(BadResults) as wrong:
        read_results(text, "mine.jsonl")
    said = wrong.value.why
    assert said.en.format(*said.args).startswith("mine.jsonl: line 1 ")


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 0, 0, 1), (0, 10, 0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1),
     (81, 263, 0.2553, 0.3662)],
)  # fmt: skip
def test_an_interval_is_wilsons(right: int, of: int, low: float, high: float) -> None:
    """Newcombe 1998, table I, method 3, for 81 of 263."""
    assert Share(right, of).interval == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize(
    ("first", "second", "p"),
    [(0, 0, 1), (1, 0, 1), (5, 5, 1), (1, 9, 22 / 1024), (0, 6, 2 / 64), (10, 2, 2 * 79 / 4096)],
)
def test_a_difference_is_tested_as_mcnemar_does(first: int, second: int, p: float) -> None:
    assert Comparison(3, first, second, 3).p_value == pytest.approx(p)
    assert Comparison(3, second, first, 3).p_value == pytest.approx(p)


def test_many_questions_take_no_time() -> None:
    began = time.monotonic()
    assert Comparison(0, 20_000, 20_000, 0).p_value == 1
    assert Comparison(0, 20_000, 0, 0).p_value == 0
    assert time.monotonic() - began < 2


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_a_probability_is_one(first: int, second: int) -> None:
    assert 0 <= Comparison(0, first, second, 0).p_value <= 1


def test_ways_are_compared_by_questions_that_both_were_asked() -> None:
    kinds = tuple(product((Outcome.RIGHT, Outcome.WRONG), repeat=2))
    first = [result(str(n), a) for n, (a, _) in enumerate(kinds)] + [result("x", Outcome.RIGHT)]
    second = [result(str(n), b) for n, (_, b) in enumerate(kinds)]
    assert compare(first, second) == Comparison(1, 1, 1, 1)
    assert share(first) == Share(3, 5)
    another = [result("0", Outcome.RIGHT, "another question of the same number")]
    assert compare(first, another) == Comparison(0, 0, 0, 0)


def asked(model: str, *items: Item) -> list[Result]:
    """What a scripted model comes to."""
    with means(model) as given:

        def ask(question: str) -> TurnFinished:
            last = list(Session(given, USUAL).ask(question, Cancel()))[-1]
            assert isinstance(last, TurnFinished)
            return last

        return list(evaluate(items, ask, given, "scripted"))


def test_answers_are_judged(tmp_path: Path) -> None:
    model = script(
        tmp_path,
        [{"text": "2x = 8\n\n\\boxed{x = 4}"}],
        [{"text": "\\boxed{7}"}],
        [{"text": "It is many."}],
        [{"text": "\\boxed{1"}, {"finish": "length"}],
    )
    items = [Item(str(n), "What is it?", gold) for n, gold in enumerate(("4", "8", "9", "1"))]
    results = asked(model, *items)
    right, wrong, cut = Outcome.RIGHT, Outcome.WRONG, Outcome.NONE
    assert [r.outcome for r in results[:2]] == [right, wrong]
    assert results[2].outcome in (Outcome.OPEN, Outcome.NONE)
    assert results[3].outcome is cut
    assert results[0].tokens > 0


JUDGED = [
    ("How long is it?", "5", "5 km", Outcome.OPEN),  # the unit stands only at one of them
    ("How many km is it?", "5", "5 km", Outcome.RIGHT),
    ("What solves it?", "x = 1 or x = 2", "x = 1", Outcome.OPEN),
    ("Work out 2^10.", "1024", "2^{10}", Outcome.OPEN),
    ("What is it?", "1/3", "0.33", Outcome.OPEN),
    ("What is it?", "1/3", "0.5", Outcome.WRONG),
]


def test_whatever_comparing_finds_is_an_outcome() -> None:
    with Pool(Limits()) as pool:
        for question, gold, answer, outcome in JUDGED:
            item = Item("1", question, gold)
            assert judged(pool, item, answer, TurnEnd.ANSWERED) is outcome, answer


def test_a_failing_engine_ends_the_evaluation(tmp_path: Path) -> None:
    model = script(tmp_path, [{"error": "it broke"}])
    with pytest.raises(EngineFailed):
        asked(model, Item("1", "What is it?", "4"))
