"""What the app tells of a turn, line by line."""

from __future__ import annotations

import pytest

from assistant.events import (
    Account,
    Notice,
    NoticeKind,
    Rewound,
    TurnEnd,
    TurnFinished,
    VoteCounted,
)
from runtimes.texts import Lang, Text
from runtimes.types import TextDelta
from tui.messages import Asked
from tui.turn.mailbox import Pace
from tui.turn.measuring import Gauges
from tui.turn.said import Line, Said
from tui.turn.telling import Teller, account_line

WHY = Text("it ran in circles: {0}", "陷入重复：{0}", ("word word",))


@pytest.mark.parametrize("lang", Lang)
def test_why_something_is_taken_back_is_told_once(lang: Lang) -> None:
    teller = Teller(Said(Asked("?")), lang)
    teller.tell(TextDelta("word word word"))
    told = [*teller.tell(Notice(NoticeKind.LOOP, WHY)), *teller.tell(Rewound(4, 0, 1, WHY))]
    lines = [one.text for one in told if isinstance(one, Line)]
    assert len(lines) == 1
    assert "word word" in lines[0]
    assert teller.said.answer == "word"
    again = teller.tell(Rewound(2, 0, 2, Text("a step is wrong", "这一步错了")))
    assert sum(isinstance(one, Line) for one in again) == 1


@pytest.mark.parametrize("lang", Lang)
def test_what_was_stopped_before_its_first_token_has_no_speed(lang: Lang) -> None:
    account = Account(model="micro", answer_tokens=1, tokens_per_second=0.0)
    assert "0.0" not in account_line(account, TurnEnd.CANCELLED, lang).replace("0.00", "")

    class Bar:
        rate: float | None = None

        def change(self, **what: float | None) -> None:
            self.rate = what.get("rate", self.rate)

    bar = Bar()
    gauges = Gauges(None, bar)  # type: ignore[arg-type]  # of which it asks nothing here
    gauges.turn((TurnFinished(TurnEnd.CANCELLED, "", account),), Pace())
    assert bar.rate is None


def test_each_answer_of_a_vote_fills_a_window_of_its_own() -> None:
    votes = VoteCounted((), 8, 0)
    account = Account(
        model="micro", prompt_tokens=100, answer_tokens=8_000, context=2_048, votes=votes
    )
    told: dict[str, int] = {}

    class Bar:
        def change(self, **what: int) -> None:
            told.update(what)

    gauges = Gauges(None, Bar())  # type: ignore[arg-type]  # of which it asks nothing here
    gauges.turn((TurnFinished(TurnEnd.ANSWERED, "", account),), Pace())
    assert told == {"used": 1_100, "window": 2_048}
