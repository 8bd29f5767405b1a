"""A turn from the question to its last event: what a front end is told, in which order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from talkers import DIES, Talker, say
from turns import USUAL, SharedPool, end, means, of, script, turn

from assistant.events import (
    AnswerChecked,
    Notice,
    NoticeKind,
    Rewound,
    Route,
    Routed,
    Solved,
    StepChecked,
    StepProposed,
    ToolRan,
    TurnEnd,
    TurnEvent,
)
from assistant.history import open_history
from assistant.maths.types import Proved, Refuted, Undecided, verdict_word
from assistant.session.answering import SILENT
from assistant.session.options import Sampling
from assistant.session.session import Session
from assistant.tools.offered import calculator
from runtimes.base import Cancel
from runtimes.errors import Busy, EngineFailed, NotFound, Unsupported
from runtimes.texts import Lang
from runtimes.types import ReasoningDelta, Role, TextDelta

WRONG: list[dict[str, object]] = [
    {"reasoning": "Subtract 3 on both sides. "},
    {"text": "2x + 3 = 11\n\n2x = 9\n\n"},
    {"after": 1.0, "text": "x = 4.5\n\n\\boxed{4.5}\n"},
    {"finish": "end"},
]
RIGHT: list[dict[str, object]] = [
    {"text": "2x = 8\n\nx = 4\n\nThe answer is \\boxed{x = 4}."},
    {"finish": "end"},
]


def told(events: list[TurnEvent]) -> str:
    """The answer as a front end holds it that obeys ``Rewound``."""
    text = ""
    for event in events:
        if isinstance(event, TextDelta):
            text += event.text
        elif isinstance(event, Rewound):
            text = text[: event.offset]
    return text


def many(words: int) -> str:
    """So many words, none of them twice."""
    return " ".join(f"w{n}" for n in range(words))


def test_a_wrong_step_is_caught_and_written_again(tmp_path: Path) -> None:
    events = turn(script(tmp_path, WRONG, RIGHT), "Solve 2x + 3 = 11")
    last = end(events)
    assert last.answer == told(events) == "2x + 3 = 11\n\n" + str(RIGHT[0]["text"])
    wrong = [e for e in of(StepChecked, events) if isinstance(e.mark.verdict, Refuted)]
    assert [e.index for e in wrong] == [1]
    assert (wrong[0].mark.verdict.witness) == "x = 4"  # type: ignore[union-attr]
    rewound = of(Rewound, events)
    assert [(e.offset, e.step, e.attempt) for e in rewound] == [(13, 1, 1)]
    assert (last.end, last.account.repairs) == (TurnEnd.ANSWERED, 1)
    assert (last.account.steps.refuted, last.account.steps.undecided) == (0, 0)
    assert last.account.steps.proved >= 3
    assert isinstance(of(AnswerChecked, events)[0].verdict, Proved)


def test_thinking_that_is_never_closed_is_followed_by_an_answer(tmp_path: Path) -> None:
    silent: list[dict[str, object]] = [{"text": "<think>2x = 6 gives"}, {"finish": "end"}]
    events = turn(script(tmp_path, silent, RIGHT), "Solve 2x + 3 = 11")
    assert SILENT in [notice.text for notice in of(Notice, events)]
    last = end(events)
    assert (last.end, last.answer) == (TurnEnd.ANSWERED, RIGHT[0]["text"])
    assert last.account.reasoning_tokens > 0


def test_each_step_is_proposed_once_and_marked_after_it(tmp_path: Path) -> None:
    events = turn(script(tmp_path, WRONG, RIGHT), "Solve 2x + 3 = 11")
    seen: dict[int, int] = {}
    for event in events:
        if isinstance(event, Rewound):
            seen = {n: c for n, c in seen.items() if n < event.step}
        elif isinstance(event, StepProposed):
            assert event.step.index not in seen
            seen[event.step.index] = 0
        elif isinstance(event, StepChecked):
            assert event.index in seen


def test_without_repairs_the_wrong_step_stays_and_the_exact_solution_is_offered(
    tmp_path: Path,
) -> None:
    model = script(tmp_path, WRONG)
    events = turn(model, "Solve 2x + 3 = 11", replace(USUAL, repairs=0))
    assert not of(Rewound, events)
    assert end(events).account.steps.refuted == 1
    assert [e.offered for e in of(Solved, events)] == [True]


def test_what_builds_on_a_wrong_step_wears_no_check_mark(tmp_path: Path) -> None:
    """In the end the answer is held against the problem, and its mark is that of a wrong one."""
    text = "2x + 3 = 11\n\n2x = 9\n\nx = 4.5\n\n2 * 4.5 = 9\n\nSo $x = 4.5$.\n"
    events = turn(
        script(tmp_path, [{"text": text}]), "Solve 2x + 3 = 11", replace(USUAL, repairs=0)
    )
    words = {e.index: verdict_word(e.mark.verdict) for e in of(StepChecked, events)}
    assert list(words.values()) == ["proved", "refuted", "undecided", "proved", "refuted"]


def test_what_stands_by_itself_keeps_its_mark_behind_a_wrong_step(tmp_path: Path) -> None:
    text = "The pens cost 4 × 2 = 9 dollars.\n\nThe books cost 3 × 5 = 15 dollars.\n"
    events = turn(
        script(tmp_path, [{"text": text}]), "What do they cost?", replace(USUAL, repairs=0)
    )
    words = {e.index: verdict_word(e.mark.verdict) for e in of(StepChecked, events)}
    assert list(words.values()) == ["refuted", "supported"]


def test_a_wrong_answer_of_right_looking_words_is_refuted(tmp_path: Path) -> None:
    model = script(tmp_path, [{"text": "It is easy to see that \\boxed{x = 5}."}])
    events = turn(model, "Solve 2x + 3 = 11", replace(USUAL, repairs=0))
    assert isinstance(of(AnswerChecked, events)[0].verdict, Refuted)
    assert of(Solved, events)[0].offered


def test_repairs_end(tmp_path: Path) -> None:
    stubborn: list[dict[str, object]] = [
        {"text": "2x = 9\n\nx = 4.5\n\n"},
        {"after": 0.5, "text": "Done.\n"},
    ]
    events = turn(script(tmp_path, WRONG, stubborn), "Solve 2x + 3 = 11", replace(USUAL, repairs=3))
    assert [e.attempt for e in of(Rewound, events)] == [1, 2, 3]
    assert end(events).account.steps.refuted == 1


def test_mathematics_is_solved_exactly_without_a_model() -> None:
    events = turn(None, "解方程 2x + 3 = 11", replace(USUAL, exact_first=True, lang=Lang.ZH))
    assert of(Routed, events)[0].route is Route.EXACT
    assert isinstance(of(Solved, events)[0].solution.verdict, Proved)
    assert end(events).end is TurnEnd.ANSWERED
    assert "x = 4" in end(events).answer
    assert end(events).account.model == ""


def test_without_a_model_the_rest_says_what_to_install() -> None:
    last = end(turn(None, "Why is the sky blue?"))
    assert (last.end, type(last.failure)) == (TurnEnd.FAILED, NotFound)
    assert last.failure is not None
    assert last.failure.remedy is not None
    assert "assistant pull" in last.failure.remedy.en


def test_what_the_exact_solver_cannot_do_goes_to_the_model(tmp_path: Path) -> None:
    options = replace(USUAL, exact_first=True)
    model = script(tmp_path, [{"text": "I do not know."}])
    events = turn(model, "solve x^5 + sin(x) = e^x - 3 x^x", options)
    assert [e.route for e in of(Routed, events)][-1] is not Route.EXACT
    assert end(events).answer == "I do not know."


@pytest.mark.parametrize("exact_first", [True, False])
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is x + y?", "x + y = 2 + 3 = 5\n\nThe answer is \\boxed{5}."),
        ("求 2x 的值", "2x = 4\n\n\\boxed{4}"),
        ("And f(2)?", "f(2) = 2^2 = 4\n\n\\boxed{4}"),
    ],
)
def test_letters_with_a_value_from_before_are_no_letters_of_any_value(
    question: str, answer: str, *, exact_first: bool
) -> None:
    before = "Here x is 2, y is 3 and f squares."
    model = Talker([say(before)], [say(answer)])
    with SharedPool(lambda _: model) as given:
        session = Session(given, replace(USUAL, exact_first=exact_first))
        list(session.ask("Tell me of two hidden quantities.", Cancel()))
        events = list(session.ask(question, Cancel()))
    assert end(events).answer == answer
    assert end(events).account.steps.refuted == 0
    assert not of(AnswerChecked, events)


def test_a_question_that_says_all_is_checked_in_a_conversation_too() -> None:
    model = Talker([say("Hello.")], [say("2x = 8\n\nx = 5\n\nThe answer is \\boxed{x = 5}.")])
    with SharedPool(lambda _: model) as given:
        session = Session(given, USUAL)
        list(session.ask("Hello", Cancel()))
        events = list(session.ask("Solve 2x + 3 = 11", Cancel()))
    assert isinstance(of(AnswerChecked, events)[0].verdict, Refuted)


def test_a_vote_with_tools_is_refused() -> None:
    model = Talker([say("4")])
    with SharedPool(lambda _: model) as given:
        events = list(Session(given, replace(USUAL, tools=True, samples=2)).ask("Why?", Cancel()))
    assert isinstance(end(events).failure, Unsupported)
    assert not model.asked


def test_a_turn_without_an_answer_is_in_no_later_prompt() -> None:
    with open_history(None) as history, SharedPool(lambda _: Talker([DIES])) as failing:
        session = Session(failing, USUAL, history)
        list(session.ask("What is hate?", Cancel()))
        model = Talker([say("Four.")])
        with SharedPool(lambda _: model) as given:
            later = Session(given, USUAL, history)
            assert session.conversation is not None
            later.resume(session.conversation)
            list(later.ask("What is love?", Cancel()))
        said = [m.text for m in model.asked[0][0] if m.role is not Role.SYSTEM]
        assert said == ["What is love?"]
        assert len(history.turns(session.conversation)) == 2


def test_answer_now_ends_the_thinking(tmp_path: Path) -> None:
    long: list[dict[str, object]] = [
        {"reasoning": "Hm. "},
        {"after": 30, "reasoning": "Still thinking. "},
    ]
    answer = [{"reasoning": "not said"}, {"text": "Four."}]
    with means(script(tmp_path, long, answer)) as given:
        session = Session(given, USUAL)
        events: list[TurnEvent] = []
        for event in session.ask("What is love?", Cancel()):
            events.append(event)
            if isinstance(event, ReasoningDelta):
                session.answer_now()
    assert end(events).answer == "Four."
    assert [n.kind for n in of(Notice, events)] == [NoticeKind.THINKING_CUT]
    assert "".join(e.text for e in of(ReasoningDelta, events)) == "Hm. "


def test_thinking_in_circles_is_broken(tmp_path: Path) -> None:
    circle = [{"reasoning": "Wait, let me check that again. I think it is 5.\n"}] * 60
    model = script(tmp_path, [{"reasoning": "First, add. "}, *circle], [{"text": "It is 5."}])
    events = turn(model, "What is love?")
    assert end(events).answer == "It is 5."
    assert [n.kind for n in of(Notice, events)] == [NoticeKind.LOOP]
    assert len(of(ReasoningDelta, events)) < 60


def test_an_answer_in_circles_is_written_again_and_in_the_end_cut(tmp_path: Path) -> None:
    circle = [{"text": "And so we see that it is true, and so on.\n"}] * 60
    model = script(tmp_path, [{"text": "The beginning.\n"}, *circle])
    events = turn(model, "What is love?")
    assert end(events).answer.startswith("The beginning.")
    assert len(end(events).answer) < 2000
    assert {n.kind for n in of(Notice, events)} == {NoticeKind.LOOP}
    assert told(events) == end(events).answer


def test_a_budget_that_the_engine_does_not_hold_is_watched(tmp_path: Path) -> None:
    words = [{"reasoning": f"Thought number {n} is here. "} for n in range(200)]
    model = script(tmp_path, [*words, {"text": "late"}], [{"text": "Now."}])
    events = turn(model, "What is love?", replace(USUAL, think=40))
    assert end(events).answer == "Now."
    assert [n.kind for n in of(Notice, events)] == [NoticeKind.THINKING_CUT]
    thought = "".join(e.text for e in of(ReasoningDelta, events)).strip()
    assert thought.endswith(".")
    assert len(thought.split()) < 60


def test_an_engine_that_dies_keeps_what_was_written_and_the_next_turn_works(
    tmp_path: Path,
) -> None:
    model = script(tmp_path, [{"text": "so far "}, {"error": "gone"}], [{"text": "again"}])
    with means(model) as given:
        session = Session(given, USUAL)
        first = list(session.ask("What is love?", Cancel()))
        second = list(session.ask("And now?", Cancel()))
    assert (end(first).end, end(first).answer) == (TurnEnd.FAILED, "so far ")
    assert isinstance(end(first).failure, EngineFailed)
    assert (end(second).end, end(second).answer) == (TurnEnd.ANSWERED, "again")


def test_stop_keeps_the_text(tmp_path: Path) -> None:
    model = script(tmp_path, [{"text": "2x = 8 "}, {"after": 30, "text": "late"}])
    cancel = Cancel()
    with means(model) as given:
        events = []
        for event in Session(given, USUAL).ask("Solve 2x + 3 = 11", cancel):
            events.append(event)
            if isinstance(event, TextDelta):
                cancel.set()
    assert (end(events).end, end(events).answer) == (TurnEnd.CANCELLED, "2x = 8 ")


def test_one_turn_at_a_time(tmp_path: Path) -> None:
    with means(script(tmp_path, [{"text": "a"}])) as given:
        session = Session(given, USUAL)
        first = session.ask("What is love?", Cancel())
        next(first)
        with pytest.raises(Busy):
            next(session.ask("And hate?", Cancel()))
        first.close()
        assert end(list(session.ask("And hate?", Cancel()))).answer == "a"


def test_a_tool_is_run_and_its_result_told(tmp_path: Path) -> None:
    call = {"tool": {"name": "calculate", "arguments": {"problem": "17*23"}}}
    model = script(tmp_path, [{"text": "Let me see. "}, call], [{"text": "It is 391."}])
    options = replace(USUAL, tools=True)
    events = turn(model, "What is 17 times 23 about?", options, tools=lambda p: (calculator(p),))
    assert [e.result for e in of(ToolRan, events)] == ["391 (proved)"]
    assert end(events).answer == "Let me see. It is 391."


def test_a_call_written_into_the_answer_is_run_too(tmp_path: Path) -> None:
    written = '<tool_call>\n{"name": "calculate", "arguments": {"problem": "2^10"}}\n</tool_call>'
    model = script(tmp_path, [{"text": f"So:\n{written}"}], [{"text": "It is 1024."}])
    options = replace(USUAL, tools=True)
    events = turn(model, "What about 2^10?", options, tools=lambda p: (calculator(p),))
    assert [e.result for e in of(ToolRan, events)] == ["1024 (proved)"]
    assert end(events).answer == "So:\nIt is 1024."


def test_a_model_that_calls_for_ever_is_ended(tmp_path: Path) -> None:
    call = {"tool": {"name": "nothing", "arguments": {}}}
    events = turn(
        script(tmp_path, [call]), "What is love?", replace(USUAL, tools=True), tools=lambda _: ()
    )
    assert end(events).end is TurnEnd.ANSWERED
    assert all(e.failed for e in of(ToolRan, events))
    assert [n.kind for n in of(Notice, events)] == [NoticeKind.TOOLS]


def test_the_temperature_falls_after_the_thinking(tmp_path: Path) -> None:
    model = script(tmp_path, [{"reasoning": "Hm."}, {"text": "hot"}], [{"text": "cool"}])
    options = replace(USUAL, sampling=Sampling(temperature=0.9, cool_down=0.1))
    assert end(turn(model, "What is love?", options)).answer == "cool"


def test_a_long_conversation_is_folded_and_said(tmp_path: Path) -> None:
    answers = [[{"text": f"Answer {n}: {many(400)}"}] for n in range(3)]
    summary = [{"text": "They spoke about words, again and again."}]
    model = script(tmp_path, *answers, summary, [{"text": "the last one"}])
    with means(model, context=2400) as given:
        session = Session(given, USUAL)
        for n in range(3):
            list(session.ask(f"Tell me more about {n}.", Cancel()))
        events = list(session.ask("And in the end?", Cancel()))
    notices = [n for n in of(Notice, events) if n.kind is NoticeKind.FOLDED]
    assert len(notices) == 1
    assert "They spoke about words" in notices[0].detail
    assert end(events).answer == "the last one"


def test_folding_can_be_refused(tmp_path: Path) -> None:
    model = script(tmp_path, [{"text": many(300)}])
    with means(model, context=500) as given:
        session = Session(given, replace(USUAL, fold=False))
        list(session.ask("Tell me more.", Cancel()))
        last = end(list(session.ask("And more?", Cancel())))
    assert last.end is TurnEnd.FAILED
    assert last.failure is not None
    assert "--no-fold" in str(last.failure.remedy)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("150", Proved), ("150 \\text{ 小时}", Undecided), ("150 小时", Undecided), ("1500", Refuted)],
)
def test_an_answer_in_another_unit_is_not_proved(tmp_path: Path, answer: str, kind: type) -> None:
    model = script(tmp_path, [{"text": f"\\boxed{{{answer}}}"}])
    events = turn(model, "把 2.5 小时换算成分钟", replace(USUAL, repairs=0))
    assert type(of(AnswerChecked, events)[0].verdict) is kind
