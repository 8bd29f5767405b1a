"""An answer that comes all at once is drawn in portions."""

from __future__ import annotations

from assistant.events import TurnEvent
from runtimes.types import ReasoningDelta, TextDelta
from tui.turn.mailbox import MOST, Mailbox


def test_a_flood_is_given_out_in_portions_in_its_order() -> None:
    rung: list[int] = []
    box = Mailbox(lambda: rung.append(1))
    given: list[TurnEvent] = [
        TextDelta("ab" * MOST),
        ReasoningDelta("hm"),
        TextDelta("c"),
        TextDelta("d" * MOST),
    ]
    for event in given:
        box.put(event)
    taken: list[TurnEvent] = []
    while box.more:
        events = box.take()
        assert sum(len(e.text) for e in events if isinstance(e, TextDelta)) <= MOST
        taken += events
        box.again()
    kinds = [(type(e), e.text[:1]) for e in taken if isinstance(e, TextDelta | ReasoningDelta)]
    assert kinds == [(TextDelta, "a"), (TextDelta, "a"), (ReasoningDelta, "h"), (TextDelta, "c"),
                     (TextDelta, "d")]  # fmt: skip
    whole = "".join(e.text for e in taken if isinstance(e, TextDelta))
    assert whole == "ab" * MOST + "c" + "d" * MOST
    assert len(rung) == 1 + 3  # for the first, and for each portion that is left
    assert box.take() == ()
