"""Several answers side by side: equal ones are counted together, wrong ones have no vote."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from turns import USUAL, end, means, of, script, turn

from assistant.events import Notice, NoticeKind, VoteCounted
from assistant.session.options import Sampling, TurnOptions
from assistant.session.session import Session
from runtimes.base import Cancel


def test_equal_answers_are_counted_together(tmp_path: Path) -> None:
    model = script(
        tmp_path,
        [{"text": "\\boxed{2/3}"}],
        [{"text": "\\boxed{\\frac{1}{2}}"}],
        [{"text": "\\boxed{0.5}"}],
        [{"text": "2 + 2 = 5\n\n\\boxed{2/3}"}],
        [{"text": "\\boxed{50\\%}"}],
    )
    events = turn(model, "What is the chance?", replace(USUAL, samples=5))
    count = of(VoteCounted, events)[-1]
    assert [(b.votes, b.refuted) for b in count.ballots] == [(3, 0), (1, 1)]
    assert end(events).answer == "\\boxed{\\frac{1}{2}}"
    assert end(events).account.votes == count


@pytest.mark.parametrize(
    ("options", "talk"),
    [
        (USUAL, "From now on we write all numbers in base 8."),
        (replace(USUAL, check=False), ""),
    ],
)
def test_a_vote_holds_no_step_against_a_sample_where_none_is_judged(
    tmp_path: Path, options: TurnOptions, talk: str
) -> None:
    sample = [{"text": "7 + 1 = 10\n\n\\boxed{10}"}]
    model = script(tmp_path, *([[{"text": "I will."}]] if talk else []), sample, sample)
    with means(model) as given:
        session = Session(given, options)
        if talk:
            list(session.ask(talk, Cancel()))
        voting = replace(options, samples=2)
        events = list(session.ask("What is 7 + 1?", Cancel(), options=voting))
    assert [(b.votes, b.refuted) for b in of(VoteCounted, events)[-1].ballots] == [(2, 0)]


@pytest.mark.parametrize(("temperature", "told"), [(0.0, 1), (0.6, 0)])
def test_a_vote_of_copies_is_told(tmp_path: Path, temperature: float, told: int) -> None:
    model = script(tmp_path, *[[{"text": "\\boxed{1}"}]] * 2)
    options = replace(USUAL, samples=2, sampling=Sampling(temperature=temperature))
    events = turn(model, "What is the chance?", options)
    assert [n.kind for n in of(Notice, events)].count(NoticeKind.VOTE) == told


def test_a_vote_stops_when_it_is_decided(tmp_path: Path) -> None:
    answers = [[{"text": "\\boxed{4}"}]] * 3 + [[{"after": 30, "text": "\\boxed{5}"}]]
    events = turn(script(tmp_path, *answers), "What?", replace(USUAL, samples=4))
    last = of(VoteCounted, events)[-1]
    assert last.stopped
    assert last.ballots[0].votes == 3
