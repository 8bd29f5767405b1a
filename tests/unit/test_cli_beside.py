"""The answer on its way out: whole, once, with its marks, without what was taken back."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.cli.answering import Drawing
from assistant.cli.beside import Beside
from assistant.events import (
    Account,
    Ballot,
    Gist,
    Notice,
    NoticeKind,
    Rewound,
    SpokenStep,
    StepChecked,
    StepProposed,
    ToolRan,
    TurnEnd,
    TurnFinished,
    VoteCounted,
)
from assistant.maths.showing.look import Look
from assistant.maths.types import Doubt, Lang, Mark, Proved, Refuted, Text, Undecided
from assistant.session.draft import Draft
from assistant.steps import StepParser
from assistant.visible import visible
from runtimes.types import ReasoningDelta, TextDelta, ToolCall

GOOD = Mark(Proved("arithmetic"), 1, Text("", ""))
BAD = Mark(Refuted("x = 1", "1", "2"), 1, Text("because of {0}", "因为{0}", ("\x1b[2Jit",)))
OPEN = Mark(Undecided(Doubt.NO_METHOD), 1, Text("", ""))
EVIL = "\x1b]8;;http://evil\x1b\\x\x1b]52;c;aGk=\x07\x9b31m\u202e\u2066\ufeff\x00\ud800\r\x7f\u2028"
OBEYED = set("\x1b\x07\x9b\u202e\u2066\ufeff\x00\ud800\r\x7f\u2028")

FRAGMENTS = (
    "1 + 1 = 2", "2x = 8", "So ", "we get:", "\n", "\n", "\n\n", "- ", "1. ",
    "| a | b |\n|---|---|\n",
    "| 1 = 1 |", "$$", "$x = 3$", "\\begin{aligned}\n a &= b \\\\\n &= c\n\\end{aligned}", "```\n",
    "= 5", "or ", "if ", "x = 4", ". ", "，", "因此 x = 4。", "<!--", "-->", "\\[", "\\]", "> ",
)  # fmt: skip
ANSWERS = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)


class Checks:
    """Stands for the checks: what was submitted and has no mark yet, in order."""

    def __init__(self) -> None:
        self.steps: list[SpokenStep] = []
        self.told = 0

    def submit(self, step: SpokenStep) -> None:
        self.steps.append(step)

    def rewind(self, first: int) -> None:
        self.steps = [s for s in self.steps if s.index < first]
        self.told = min(self.told, len(self.steps))

    def next(self) -> SpokenStep | None:
        if self.told == len(self.steps):
            return None
        self.told += 1
        return self.steps[self.told - 1]


@dataclass
class Course:
    """One answer written into a ``Beside`` by way of the real ``Draft``."""

    marks: bool
    out: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.checks = Checks()
        self.draft = Draft(self.checks)  # type: ignore[arg-type]
        shows = (lambda _: None) if self.marks else None
        self.beside = Beside(self.out.append, shows)

    def write(self, text: str) -> None:
        self.written.append(text)
        steps = list(self.draft.write(text))
        self.beside.text(text)
        self.propose(steps)

    def propose(self, events: list[StepProposed]) -> None:
        for event in events:
            self.beside.proposed(event.step)

    def mark(self, mark: Mark) -> None:
        """The next mark; a step that is wrong is taken back."""
        step = self.checks.next()
        if step is None:
            return
        for event in self.draft.note(StepChecked(step.index, mark)):
            self.beside.checked(event.index, event.mark)
        if isinstance(mark.verdict, Refuted):
            if self.marks:
                self.beside.finish()
            self.draft.cut(step.start)
            self.beside.rewound(self.draft.text)

    def end(self) -> None:
        self.propose(list(self.draft.end()))
        while self.checks.told < len(self.checks.steps):
            self.mark(GOOD)
        self.beside.finish()


ACTIONS = st.lists(
    st.one_of(
        st.sampled_from(FRAGMENTS),
        st.text("ab=1 \n$|", max_size=6),
        st.sampled_from([GOOD, GOOD, OPEN, BAD]),
    ),
    max_size=40,
)


@settings(deadline=None, max_examples=300)
@given(ACTIONS)
def test_in_a_pipe_stands_the_answer_as_it_ends(actions: list[str | Mark]) -> None:
    course = Course(marks=False)
    for action in actions:
        course.write(action) if isinstance(action, str) else course.mark(action)
    course.end()
    assert "".join(course.out) == course.draft.text


@settings(deadline=None, max_examples=300)
@given(ACTIONS)
def test_on_a_terminal_stands_all_that_was_written_once(actions: list[str | Mark]) -> None:
    course = Course(marks=True)
    for action in actions:
        course.write(action) if isinstance(action, str) else course.mark(action)
    course.end()
    assert "".join(course.out) == "".join(course.written)


@settings(deadline=None, max_examples=300)
@given(ANSWERS)
@example("if \\[\nif \\]")
@example("if \\[\nif \\]1 + 1 = 2")
def test_steps_end_in_their_order(text: str) -> None:
    parser = StepParser()
    steps = [*parser.feed(text), *parser.flush()]
    assert [s.index for s in steps] == list(range(len(steps)))
    assert [s.end for s in steps] == sorted(s.end for s in steps)
    assert [s.start for s in steps] == sorted(s.start for s in steps)


@settings(deadline=None, max_examples=300)
@given(ANSWERS, st.integers(0, 400), ANSWERS)
def test_an_answer_that_is_cut_goes_on_as_if_it_had_never_been_longer(
    text: str, at: int, more: str
) -> None:
    checks, plain = Checks(), Checks()
    draft, fresh = Draft(checks), Draft(plain)  # type: ignore[arg-type]
    list(draft.write(text))
    offset = min(at, len(text))
    standing = draft.cut(offset)
    assert standing == len(checks.steps)
    list(draft.write(more))
    list(draft.end())
    list(fresh.write(text[:offset] + more))
    list(fresh.end())
    assert draft.steps == fresh.steps
    assert checks.steps == plain.steps


def test_the_first_line_that_waits_holds_what_follows() -> None:
    out: list[str] = []
    beside = Beside(out.append, None)
    beside.text("1 + 1 = 2\n\n2 + 2 = 4\n\n")
    beside.proposed(SpokenStep(0, "1 + 1 = 2", 0, 9))
    beside.proposed(SpokenStep(1, "2 + 2 = 4", 11, 20))
    beside.checked(1, GOOD)
    beside.text("And that is all.\n\n")
    assert "".join(out) == ""
    beside.checked(0, GOOD)
    beside.text("Really.\n")
    assert "".join(out).startswith("1 + 1 = 2\n\n2 + 2 = 4\n\n")


@pytest.mark.parametrize("marks", [True, False])
def test_what_waits_costs_the_same_however_much_it_is(*, marks: bool) -> None:
    out: list[str] = []
    beside = Beside(out.append, (lambda _: None) if marks else None)
    began = time.monotonic()
    for _ in range(1_000):
        beside.text("ten signs " * 100)
    beside.text("\n")
    at = 1_000_001
    for n in range(4_000):
        line = f"{n} = {n}\n\n"
        beside.text(line)
        beside.proposed(SpokenStep(n, line.strip(), at, at + len(line) - 2))
        at += len(line)
    for n in range(4_000):
        beside.checked(n, GOOD)
    beside.finish()
    assert time.monotonic() - began < 8
    assert len("".join(out)) == at


# the whole drawing


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


Made = Callable[..., tuple[Drawing, io.StringIO, io.StringIO]]


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> Made:
    def made(*, live: bool) -> tuple[Drawing, io.StringIO, io.StringIO]:
        out, err = Terminal(), Terminal()
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        look = Look(lang=Lang.EN, width=40, colour=live)
        return Drawing(look, live=live), out, err

    return made


def hostile_events() -> list[object]:
    text = Text("told {0}", "说 {0}", (EVIL,))
    step = SpokenStep(0, f"1 = 2 {EVIL}", 0, 5)
    call = ToolCall(EVIL, f"name{EVIL}\nfake", f'{{"x": "{EVIL}"}}\n✓ [proved] 1 = 2')
    return [
        Gist(text),
        ReasoningDelta(f"thought {EVIL}"),
        TextDelta(f"1 = 2 {EVIL}\n"),
        StepProposed(step),
        StepChecked(0, BAD),
        Rewound(0, 0, 1, BAD.why),
        call,
        ToolRan(call, f"result {EVIL}\n✓ fake"),
        Notice(NoticeKind.CITED, text, EVIL),
        VoteCounted((Ballot(f"4{EVIL}", 1),), 4, 3),
        TextDelta("after"),
        TurnFinished(
            TurnEnd.ANSWERED,
            "after",
            Account(
                model=f"m{EVIL}", quantisation=EVIL, votes=VoteCounted((Ballot(EVIL, 1),), 1, 0)
            ),
        ),
    ]


@pytest.mark.parametrize("live", [True, False])
def test_no_event_makes_a_terminal_obey(drawing: Made, *, live: bool) -> None:
    drawn, out, err = drawing(live=live)
    for event in hostile_events():
        drawn.draw(event)  # type: ignore[arg-type]
    for written in (out.getvalue(), err.getvalue()):
        ours = written.replace("\r\x1b[2K", "").replace("\r\x1b[2m", "").replace("\x1b[2m", "")
        for code in ("0", "31", "32", "33", "35", "36"):
            ours = ours.replace(f"\x1b[{code}m", "")
        assert not set(ours) & OBEYED
    assert "\n✓ [proved] 1 = 2" not in err.getvalue()
    assert "\n✓ fake" not in err.getvalue()


def test_a_status_line_is_no_wider_than_the_terminal(drawing: Made) -> None:
    drawn, _, err = drawing(live=True)
    ballots = tuple(Ballot(f"答案{n}", 1) for n in range(64))
    drawn.draw(VoteCounted(ballots, 64, 1))
    drawn.draw(Gist(Text("解" * 100, "解" * 100)))
    from rich.cells import cell_len

    for status in err.getvalue().split("\r")[1:]:
        bare = status.replace("\x1b[2m", "").replace("\x1b[0m", "").replace("\x1b[2K", "")
        assert cell_len(bare) < 40


def test_a_piped_answer_ends_as_the_turn_says(drawing: Made) -> None:
    drawn, out, _ = drawing(live=False)
    first, second = SpokenStep(0, "1 + 1 = 2", 0, 9), SpokenStep(1, "2 + 2 = 5", 11, 20)
    for event in (
        TextDelta("1 + 1 = 2\n\n2 + 2 = 5\n\n"),
        StepProposed(first),
        StepProposed(second),
        StepChecked(0, GOOD),
        StepChecked(1, BAD),
        Rewound(11, 1, 1, BAD.why),
        TextDelta("2 + 2 = 4\n"),
        StepProposed(SpokenStep(1, "2 + 2 = 4", 11, 20)),
        StepChecked(1, GOOD),
        TurnFinished(TurnEnd.ANSWERED, "1 + 1 = 2\n\n2 + 2 = 4\n", Account()),
    ):
        drawn.draw(event)
    assert out.getvalue() == "1 + 1 = 2\n\n2 + 2 = 4\n"


@given(st.text())
def test_what_is_shown_is_as_long_and_never_obeyed(text: str) -> None:
    told = visible(text)
    assert len(told) == len(text)
    assert not set(told) & OBEYED
