"""A long diff shown to a model in portions: all of it, and what was left out is told."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from storing import gguf

from assistant.coding.diffs import difference
from assistant.coding.repair import CodeEnd, Written
from assistant.coding.reviewing import working
from assistant.coding.reviewing.patches import FilePatch, read_patches
from assistant.coding.reviewing.portions import Shown, Span, named
from assistant.coding.reviewing.reviewing import ReviewTask
from assistant.coding.reviewing.working import Asking, Remarked, ReviewFinished, work
from assistant.coding.sandbox.policy import Policy, Way
from assistant.coding.types import Effort
from assistant.events import Notice, TurnEnd, TurnEvent
from runtimes.errors import EngineFailed, Overflow
from runtimes.texts import Lang, Text
from runtimes.types import Message, ModelSpec, TextDelta

LONG = [f"value_{n} = {n}" for n in range(400)]


def patches(*files: tuple[str, list[str]]) -> tuple[FilePatch, ...]:
    """New files of these lines."""
    text = "".join(
        difference(name, "", "".join(f"{line}\n" for line in lines)).replace(
            f"--- a/{name}", "--- /dev/null"
        )
        for name, lines in files
    )
    return read_patches(text)


class Reader:
    """Writes down what it is shown; a prompt of more than ``room`` characters it cannot take."""

    def __init__(self, room: int = 1_000_000, fails_at: int = 0) -> None:
        self.spec: ModelSpec = gguf(name="reader")
        self.seen: list[str] = []
        self._room, self._fails_at = room, fails_at

    def write(self, messages: tuple[Message, ...]) -> Generator[TurnEvent, None, Written]:
        text = messages[-1].text
        if len(text) > self._room:
            raise Overflow(Text("too long", "过长"))
        self.seen.append(text)
        if len(self.seen) == self._fails_at:
            raise EngineFailed(Text("gone", "出错"))
        said = f"part {len(self.seen)}"
        yield TextDelta(said)
        return Written(said, TurnEnd.ANSWERED)


def reviewed(files: tuple[FilePatch, ...], reader: Reader, lang: Lang = Lang.EN) -> list[object]:
    task = ReviewTask(patches=files, folder=Path("/nowhere"), run=False, effort=Effort(lint=False))
    return list(work(task, ("", lang), reader, Policy(Way.LOOSE, ())))


def test_a_change_longer_than_a_portion_is_shown_whole() -> None:
    reader = Reader()
    events = reviewed(patches(("a.py", LONG * 4)), reader)
    asked = [event for event in events if isinstance(event, Asking)]
    assert len(asked) == len(reader.seen) > 1
    assert [(ask.number, ask.most) for ask in asked] == [
        (n + 1, len(asked)) for n in range(len(asked))
    ]
    assert [ask.shown[0].first for ask in asked[1:]] == [
        ask.shown[0].last + 1 for ask in asked[:-1]
    ]
    assert (asked[0].shown[0].first, asked[-1].shown[0].last) == (1, 1600)
    for number, line in enumerate(LONG * 4, 1):
        assert any(f"+ {number:>5}  {line}\n" in f"{text}\n" for text in reader.seen)
    assert f"part 2 of {len(asked)} of a long change" in reader.seen[1]
    last = events[-1]
    assert isinstance(last, ReviewFinished)
    assert last.answer.split("\n\n") == [f"part {n + 1}" for n in range(len(asked))]
    assert not last.unseen
    assert not any(isinstance(event, Notice) for event in events)
    assert sum(isinstance(event, Remarked) for event in events) == len(asked)


def test_a_small_window_gets_smaller_portions_and_nothing_is_lost() -> None:
    reader = Reader(room=4_500)
    events = reviewed(patches(("a.py", LONG), ("b.py", LONG[:5])), reader, Lang.ZH)
    asked = [event for event in events if isinstance(event, Asking)]
    assert [ask.number for ask in asked] == list(range(1, len(asked) + 1))
    assert asked[-1].shown[-1] == Span("b.py", 1, 5)
    assert f"第 2/{len(asked)} 部分" in reader.seen[1]
    assert all(any(f"  {line}\n" in f"{text}\n" for text in reader.seen) for line in LONG)


def test_a_window_that_holds_no_portion_is_a_failure() -> None:
    last = reviewed(patches(("a.py", LONG)), Reader(room=100))[-1]
    assert isinstance(last, ReviewFinished)
    assert (last.end, last.answer) == (CodeEnd.BROKEN, "")
    assert last.unseen == (Span("a.py", 1, 400),)


def test_what_is_left_out_is_told_with_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "MOST_PORTIONS", 2)
    monkeypatch.setattr(working, "SIZES", (2_000,))
    reader = Reader()
    events = reviewed(patches(("a.py", LONG), ("b.py", LONG[:9])), reader)
    (notice,) = [event for event in events if isinstance(event, Notice)]
    last = events[-1]
    assert isinstance(last, ReviewFinished)
    seen = [event for event in events if isinstance(event, Asking)][-1].shown[0].last
    assert last.unseen == (Span("a.py", seen + 1, 400), Span("b.py", 1, 9))
    assert notice.text.args == (f"a.py:{seen + 1}-400, b.py:1-9",)


def test_a_line_too_long_for_any_portion_is_cut_and_told() -> None:
    reader = Reader()
    events = reviewed(patches(("a.js", ["x" * 19_000, "y"])), reader)
    (notice,) = [event for event in events if isinstance(event, Notice)]
    assert "only their beginnings" in notice.text.en
    assert notice.text.args == ("a.js:1",)
    assert all("x" * 15_000 not in text or len(text) < 18_000 for text in reader.seen)
    assert any("+     2  y" in text for text in reader.seen)


def test_what_was_said_before_the_engine_failed_is_kept() -> None:
    last = reviewed(patches(("a.py", LONG * 4)), Reader(fails_at=2))[-1]
    assert isinstance(last, ReviewFinished)
    assert (last.end, last.answer) == (CodeEnd.BROKEN, "part 1")
    assert last.unseen[0].last == 1600


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 40)), min_size=1, max_size=30),
    st.integers(20, 400),
)
def test_portions_hold_every_line_once_and_no_more_than_they_may(
    sizes: list[tuple[int, int]], most: int
) -> None:
    files = [(f"f{n}.py", ["x" * width] * max(1, count)) for n, (width, count) in enumerate(sizes)]
    shown = Shown(patches(*files))
    count, expected = 0, shown.portions(most)
    lines: dict[str, int] = {}
    while not shown.over:
        portion = shown.next(most)
        assert len(portion.text) <= most
        for span in portion.spans:
            assert span.first == lines.get(span.file, 0) + 1
            lines[span.file] = span.last
        shown.taken(most)
        count += 1
    assert count == expected
    assert lines == {name: len(text) for name, text in files}


def test_many_spans_are_not_all_named() -> None:
    assert named([Span("a", 1, 1), Span("b", 2, 3)]) == "a:1, b:2-3"
    assert named([Span(f"f{n}", 1, 1) for n in range(50)]).endswith(", … (+30)")
