"""A server that does not say how large its window is answers like any other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from talkers import USUALLY, Talker, say, talking
from turns import USUAL, end, of

from assistant.events import Gist, Notice
from assistant.notes.attached import Attachments
from assistant.session.preparing import ASSUMED
from runtimes.base import Cancel
from runtimes.errors import Overflow
from runtimes.types import Capability

ASKED = "Tell me of love, at length."


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("thinks", [True, False])
def test_it_is_asked(*, counts: bool, thinks: bool) -> None:
    able = USUALLY | {Capability.THINKING} if thinks else USUALLY - {Capability.THINKING}
    model = Talker([say("Four.")], capabilities=able, context=0, counts=counts)
    with talking(model) as session:
        events = list(session.ask(ASKED, Cancel()))
    assert end(events).answer == "Four."
    assert end(events).account.context is None
    assert model.asked[0][1].max_tokens is None


def test_a_wish_for_its_answer_is_kept() -> None:
    model = Talker([say("Four.")], context=0)
    with talking(model, replace(USUAL, max_tokens=300)) as session:
        list(session.ask(ASKED, Cancel()))
    assert model.asked[0][1].max_tokens == 300


def test_nothing_is_folded_where_nobody_knows_when() -> None:
    model = Talker([say("word " * 20_000)], context=0)
    with talking(model) as session:
        for _ in range(3):
            events = list(session.ask(ASKED, Cancel()))
    assert end(events).failure is None
    assert not of(Gist, events)
    assert len(model.asked[-1][0]) >= 5


def test_attachments_keep_to_a_window_that_is_assumed() -> None:
    model = Talker([say("Four.")], context=0)
    attached = Attachments()
    attached.add_text("long.txt", "\n\n".join(f"passage {n} of it" for n in range(20_000)))
    with talking(model) as session:
        events = list(session.ask(ASKED, Cancel(), attached))
    assert end(events).answer == "Four."
    assert of(Notice, events)
    assert (model.count_tokens(model.asked[0][0]) or 0) < ASSUMED


@pytest.mark.parametrize("counts", [True, False])
def test_one_that_is_too_small_says_what_it_knows(*, counts: bool) -> None:
    model = Talker([say("Four.")], context=100, counts=counts)
    with talking(model) as session:
        failure = end(list(session.ask(ASKED, Cancel()))).failure
    assert isinstance(failure, Overflow)
    assert "100" in str(failure)
    assert ("has 0 tokens" in str(failure)) is False
    assert "--context" in str(failure.remedy and failure.remedy.en)
    assert not model.asked
