"""A model explains what the exact solver has found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from turns import USUAL, end, of, script, turn

from assistant.events import Notice, Solved, TurnEnd
from assistant.maths.types import Proved
from assistant.session.turn import NO_WORDS
from runtimes.types import TextDelta


def test_an_exact_solution_is_explained_when_asked(tmp_path: Path) -> None:
    options = replace(USUAL, exact_first=True, explain=True)
    model = script(tmp_path, [{"text": "We take 3 from both sides: $2x = 8$."}])
    events = turn(model, "Solve 2x + 3 = 11", options)
    assert of(Solved, events)
    assert of(TextDelta, events)
    assert "We take 3" in end(events).answer


def test_a_wrong_explanation_does_not_wear_the_verdict_of_the_exact_solution(
    tmp_path: Path,
) -> None:
    options = replace(USUAL, exact_first=True, explain=True)
    wrong = [{"text": "$2x + 3 = 11$\n\n$2x = 9$\n\nSo $\\boxed{x = 9/2}$.\n"}]
    events = turn(script(tmp_path, wrong), "Solve 2x + 3 = 11", options)
    finished = end(events)
    assert "9/2" in finished.answer
    assert not isinstance(finished.account.answer_verdict, Proved)
    assert sum(isinstance(event, Solved) for event in events) == 1


def test_without_a_model_nobody_explains_and_that_is_said() -> None:
    events = turn(None, "Solve 2x + 3 = 11", replace(USUAL, exact_first=True, explain=True))
    assert [n.text for n in of(Notice, events)] == [NO_WORDS]
    assert end(events).end is TurnEnd.ANSWERED
