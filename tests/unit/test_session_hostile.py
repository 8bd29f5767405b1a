"""Whole turns that go wrong: engines that die, consumers that leave, models that never stop."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from talkers import (
    DIES,
    EQUATION,
    LOVE,
    PLAIN,
    RIGHT,
    WRONG,
    Item,
    Talker,
    asked,
    held,
    say,
    sound,
    talking,
    think,
)
from turns import USUAL, end, of

from assistant.events import (
    Notice,
    NoticeKind,
    Rewound,
    TurnEnd,
    TurnEvent,
    TurnFinished,
    VoteCounted,
)
from assistant.history import HistoryFailure, State, open_history
from assistant.maths.pool import Pool
from assistant.session.options import TurnOptions
from assistant.session.session import Session
from assistant.tools.offered import calculator
from assistant.tools.toolbox import Job
from runtimes.base import Cancel
from runtimes.errors import EngineCrashed
from runtimes.texts import Text
from runtimes.types import (
    Finished,
    FinishReason,
    ReasoningDelta,
    TextDelta,
    ToolCall,
    Usage,
)

# engines that die


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ([[DIES]], ""),
        ([[think("Hm. "), DIES]], ""),
        ([[think("Hm. "), say("So "), DIES]], "So "),
        ([[say("2x + 3 = 11\n\n2x = 8\n\n"), DIES]], "2x + 3 = 11\n\n2x = 8\n\n"),
        ([WRONG, [DIES]], "2x + 3 = 11\n\n"),
        ([WRONG, [say("2x = "), DIES]], "2x + 3 = 11\n\n2x = "),
    ],
)
def test_an_engine_that_dies_anywhere_keeps_what_was_written(
    answers: list[list[Item]], kept: str, tmp_path: Path
) -> None:
    model = Talker(*answers, RIGHT)
    with open_history(tmp_path / "history.db") as history, talking(model, USUAL, history) as talk:
        first = list(talk.ask(EQUATION, Cancel()))
        second = list(talk.ask("Once more?", Cancel()))
        assert talk.conversation is not None
        turns = history.turns(talk.conversation)
    sound(first)
    assert (end(first).end, end(first).answer) == (TurnEnd.FAILED, kept)
    assert isinstance(end(first).failure, EngineCrashed)
    assert (end(second).end, end(second).answer) == (TurnEnd.ANSWERED, held(second))
    told = [(t.answer.text, t.answer.outcome, t.answer.state) for t in turns if t.answer]
    assert told == [
        (kept, "failed", State.CLOSED),
        (end(second).answer, "stop", State.CLOSED),
    ]


def test_an_engine_that_dies_in_a_vote_shows_the_best_that_was_written() -> None:
    model = Talker([say("It is \\boxed{4}.")], [say("Maybe "), DIES])
    with talking(model, replace(USUAL, samples=4)) as talk:
        events = list(talk.ask(LOVE, Cancel()))
    sound(events)
    assert (end(events).end, end(events).answer) == (TurnEnd.FAILED, "It is \\boxed{4}.")
    assert end(events).account.votes is not None


def test_a_vote_without_answers_and_one_that_is_cut_are_told() -> None:
    cut = Finished(FinishReason.LENGTH, Usage())
    events = asked(Talker([say("It is "), cut]), options=replace(USUAL, samples=3))
    assert of(VoteCounted, events)[-1].ballots == ()
    assert (end(events).end, end(events).answer) == (TurnEnd.LENGTH, "It is ")
    assert [n.kind for n in of(Notice, events)] == [NoticeKind.ANSWER_CUT]
    nothing = asked(Talker([]), options=replace(USUAL, samples=3))
    assert (end(nothing).end, end(nothing).answer) == (TurnEnd.ANSWERED, "")
    sound(nothing)


def test_an_engine_that_dies_while_old_turns_are_folded_lists_them(tmp_path: Path) -> None:
    long = [say(" ".join(f"w{n}" for n in range(400)))]
    model = Talker(long, long, long, [DIES], [say("the end")], context=2400)
    with open_history(tmp_path / "history.db") as history, talking(model, USUAL, history) as talk:
        for n in range(3):
            list(talk.ask(f"Tell me more about {n}.", Cancel()))
        events = list(talk.ask("And in the end?", Cancel()))
    assert (end(events).end, end(events).answer) == (TurnEnd.ANSWERED, "the end")
    folded = [n for n in of(Notice, events) if n.kind is NoticeKind.FOLDED]
    assert "Tell me more about" in folded[0].detail


def test_turns_without_an_answer_do_not_shift_what_is_folded(tmp_path: Path) -> None:
    long = [say(" ".join(f"w{n}" for n in range(400)))]
    model = Talker([DIES], long, long, long, [DIES], [say("the end")], context=2400)
    with open_history(tmp_path / "history.db") as history, talking(model, USUAL, history) as talk:
        for n in range(4):
            list(talk.ask(f"Tell me more about {n}.", Cancel()))
        events = list(talk.ask("And in the end?", Cancel()))
        assert [n for n in of(Notice, events) if n.kind is NoticeKind.FOLDED]
        assert talk.conversation is not None
        turns = history.turns(talk.conversation)
    last = max(n for n, turn in enumerate(turns) if turn.summary)
    told = turns[last].summary
    for n, turn in enumerate(turns[:-1]):
        if turn.answer is not None and turn.answer.text:
            assert (turn.question.text in told) == (n <= last)


# consumers that leave


LONG: list[Item] = [
    think("Take 3 on both sides. "),
    think("Then halve.\n"),
    say("2x + 3 = 11\n\n"),
    say("2x = 9\n\n"),
    say("x = 4.5\n\n"),
]


def events_of_a_long_turn() -> int:
    with talking(Talker(LONG, RIGHT)) as talk:
        events = list(talk.ask(EQUATION, Cancel()))
    sound(events)
    assert of(Rewound, events)
    return len(events)


def test_a_consumer_that_leaves_at_any_event_leaves_nothing_behind(tmp_path: Path) -> None:
    for count in range(events_of_a_long_turn()):
        model = Talker(LONG, RIGHT)
        name = tmp_path / f"history{count}.db"
        with open_history(name) as history, talking(model, USUAL, history) as talk:
            left = talk.ask(EQUATION, Cancel())
            seen = [next(left) for _ in range(count)]
            left.close()
            assert model.open == 0
            after = len(model.asked)
            again = list(talk.ask("And now?", Cancel()))
            assert end(again).end is TurnEnd.ANSWERED
            assert len(model.asked) > after
            assert talk.conversation is not None
            turns = history.turns(talk.conversation)
        texts = [t.answer for t in turns if t.answer is not None]
        assert all(a.state is State.CLOSED for a in texts)
        if count and held(seen):
            assert texts[0].text == held(seen)
            assert texts[0].outcome == "cancelled"


def test_a_stop_at_any_event_ends_the_turn_soon_and_in_order() -> None:
    for count in range(events_of_a_long_turn()):
        model, cancel = Talker(LONG, RIGHT), Cancel()
        with talking(model) as talk:
            events: list[TurnEvent] = []
            began = time.monotonic()
            for event in talk.ask(EQUATION, cancel):
                events.append(event)
                if len(events) == count + 1:
                    began = time.monotonic()
                    cancel.set()
            assert time.monotonic() - began < 3
        sound(events)
        if not isinstance(events[count], TurnFinished):
            assert end(events).end in (TurnEnd.CANCELLED, TurnEnd.ANSWERED)


def test_a_turn_that_was_left_is_remembered_as_the_history_has_it(tmp_path: Path) -> None:
    model = Talker([say("Love is "), 30.0], [say("more")])
    with open_history(tmp_path / "history.db") as history, talking(model, USUAL, history) as talk:
        with closing(talk.ask(LOVE, Cancel())) as events:
            next(e for e in events if isinstance(e, TextDelta))
        list(talk.ask("Go on?", Cancel()))
    assert "Love is " in [m.text for m in model.asked[-1][0]]


def test_the_answer_can_be_wanted_now_at_any_time() -> None:
    draw = random.Random(1)
    for seconds in [0.0, *(draw.uniform(0, 0.1) for _ in range(12))]:
        thinking: list[Item] = [think("Still. "), 0.02] * 4
        model = Talker([0.01, *thinking, say("Four. "), 0.02, say("Done.")], [say("Five.")])
        with talking(model) as talk:
            timer = threading.Timer(seconds, talk.answer_now)
            timer.start()
            events = list(talk.ask(LOVE, Cancel()))
            timer.join()
        sound(events)
        assert end(events).answer in ("Four. Done.", "Five.")


def test_an_interrupt_while_waiting_ends_the_stream() -> None:
    model = Talker([say("So "), 30.0])
    with talking(model) as talk:
        events = talk.ask(LOVE, Cancel())
        next(e for e in events if isinstance(e, TextDelta))
        with pytest.raises(KeyboardInterrupt):
            events.throw(KeyboardInterrupt())
        assert model.open == 0
        assert end(list(talk.ask("Again?", cancelled()))).end is TurnEnd.CANCELLED


CALL: Item = ToolCall("1", "calculate", '{"problem": "17*23"}')
COURSES: list[tuple[TurnOptions, list[list[Item]]]] = [
    (replace(USUAL, samples=3), [[think("Hm."), say("2 * 4 = 8, so \\boxed{8}.\n")]]),
    (replace(USUAL, tools=True), [[say("So "), CALL], [think("Oh."), say("It is 391.\n")]]),
    (replace(USUAL, think=3), [[think("Hm, so. Well.")] * 9, [say("It is so.\n")]]),
]


@pytest.mark.parametrize(("options", "answers"), COURSES)
def test_votes_tools_and_budgets_are_left_and_stopped_at_any_event(
    options: TurnOptions, answers: list[list[Item]]
) -> None:
    def tools(pool: Pool) -> tuple[Job, ...]:
        return (calculator(pool),)

    whole = len(asked(Talker(*answers), EQUATION, options, tools))
    for count in range(whole):
        model, cancel = Talker(*answers), Cancel()
        with talking(model, options, tools=tools) as talk:
            events = talk.ask(EQUATION, Cancel())
            for _ in range(count):
                next(events)
            events.close()
            assert model.open == 0
            model.asked.clear()
            stopped: list[TurnEvent] = []
            for event in talk.ask(EQUATION, cancel):
                stopped.append(event)
                if len(stopped) == count + 1:
                    cancel.set()
        sound(stopped)


def test_a_history_that_fails_for_a_while_loses_no_word(tmp_path: Path) -> None:
    talks: list[Session] = []

    def fail() -> None:
        while (writer := talks[0]._recorder._writer) is None:
            time.sleep(0.01)
        writer._failure = HistoryFailure(Text("the disk sleeps", "磁盘休眠"))

    model = Talker([say("a"), fail, say("b"), 0.1, say("c")])
    with open_history(tmp_path / "history.db") as history, talking(model, USUAL, history) as talk:
        talks.append(talk)
        events = list(talk.ask(LOVE, Cancel()))
        assert talk.conversation is not None
        kept = history.turns(talk.conversation)[0].answer
    assert [n.kind for n in of(Notice, events)] == [NoticeKind.HISTORY]
    assert kept is not None
    assert kept.text == end(events).answer == "abc"


def cancelled() -> Cancel:
    cancel = Cancel()
    cancel.set()
    return cancel


# models that never stop


def endless() -> Iterator[str]:
    n = 0
    while True:
        n += 1
        yield f"Word {n * n} follows {n}. "


def test_an_answer_that_never_stops_is_cut_and_told() -> None:
    words = endless()
    model = Talker([say(next(words)) for _ in range(3000)])
    events = asked(model, options=replace(USUAL, max_tokens=200))
    assert end(events).end is TurnEnd.LENGTH
    assert [n.kind for n in of(Notice, events)] == [NoticeKind.ANSWER_CUT]


@pytest.mark.parametrize("counts", [True, False])
def test_a_model_that_thinks_whatever_it_is_told_is_ended(*, counts: bool) -> None:
    words = endless()
    thoughts: list[Item] = [think(next(words)) for _ in range(2000)]
    model = Talker(thoughts, capabilities=PLAIN, counts=counts)
    events = asked(model, options=replace(USUAL, think=40))
    assert end(events).end is TurnEnd.LENGTH
    assert len(model.asked) <= 4
    assert of(Notice, events)[-1].kind is NoticeKind.ANSWER_CUT


def test_a_model_whose_thinking_runs_in_circles_again_and_again_is_ended() -> None:
    circle: list[Item] = [think("Wait, let me check that again. I think it is 5.\n")] * 60
    model = Talker(circle, capabilities=PLAIN, counts=False)
    events = asked(model)
    assert len(model.asked) <= 4
    assert end(events).answer == ""
    assert end(events).end is TurnEnd.LENGTH


def test_the_thinking_of_a_stopped_turn_is_kept_too(tmp_path: Path) -> None:
    model, cancel = Talker([think("Deep. "), 30.0]), Cancel()
    with open_history(tmp_path / "history.db") as history, talking(model, USUAL, history) as talk:
        for event in talk.ask(LOVE, cancel):
            if isinstance(event, ReasoningDelta):
                cancel.set()
        assert talk.conversation is not None
        kept = history.turns(talk.conversation)[0].answer
    assert kept is not None
    assert (kept.reasoning, kept.outcome) == ("Deep. ", "cancelled")
