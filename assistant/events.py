"""What happens in one turn: the words between ``Session.ask`` and whoever draws it.

A turn is any number of events and then exactly one ``TurnFinished``.  The answer is the joined
``TextDelta`` texts, where a ``Rewound`` takes back what stands after its offset: a front end
that draws at once says so, and one that keeps the text cuts it.  Offsets count characters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.maths.types import Mark, Problem, Solution, Verdict
from runtimes.errors import RuntimeFailure
from runtimes.texts import Text
from runtimes.types import PromptProgress, ReasoningDelta, TextDelta, ToolCall

if TYPE_CHECKING:
    from assistant.coding.types import CodeReport


class Route(StrEnum):
    """Which way a question goes."""

    EXACT = "exact"
    """The exact solver, without a model."""
    MATHS = "maths"
    CODE = "code"
    TUTOR = "tutor"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Routed:
    """The way that was taken, and why; ``forced`` by the user."""

    route: Route
    why: Text
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Solved:
    """The exact solver's solution of the problem as it was read, steps and answer checked.

    ``offered``: it stands beside a model's answer that was wrong, and is not the turn's own.
    """

    problem: Problem
    solution: Solution
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Gist:
    """What the model is doing now, in one short line; the next one replaces it."""

    text: Text


class NoticeKind(StrEnum):
    """What a ``Notice`` is about, for a front end that gives some a place of their own."""

    THINKING_CUT = "thinking cut"
    ANSWER_CUT = "answer cut"
    LOOP = "loop"
    FOLDED = "folded"
    WINDOW = "window"
    CITED = "cited"
    ROUTE = "route"
    REPAIR = "repair"
    HISTORY = "history"
    ATTACHED = "attached"
    TOOLS = "tools"
    VOTE = "vote"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the user should know; nothing is cut, folded or ended without one.

    ``detail`` is a longer text to read on request (the summary of folded turns).
    """

    kind: NoticeKind
    text: Text
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SpokenStep:
    """A step that the model wrote, as the checker reads it.

    ``index`` counts from 0 within the answer; ``text`` is one line, its decoration (bullets,
    emphasis, table bars) taken off; it stands at ``start:end`` of the answer.
    """

    index: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StepProposed:
    """A step is complete and goes to the checker."""

    step: SpokenStep


@dataclass(frozen=True, slots=True)
class StepChecked:
    """The mark on a step.  It may come again: what follows can decide what was undecided."""

    index: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Rewound:
    """The answer from ``offset`` on is taken back, with the steps from ``step`` on; the model is
    asked again from there for the ``attempt``-th time."""

    offset: int
    step: int
    attempt: int
    why: Text


@dataclass(frozen=True, slots=True)
class CodeChecked:
    """A block of code was run against its tests.

    ``index`` counts the blocks of the answer from 0; the block stands at ``start:end`` of it, its
    fences included, and falls with it where a ``Rewound`` takes it back.  Only blocks that
    something can test have one.
    """

    index: int
    start: int
    end: int
    report: CodeReport


@dataclass(frozen=True, slots=True)
class AnswerChecked:
    """The final answer against the problem itself.  ``exact`` is the solver's own answer, where
    it has one."""

    answer: str
    verdict: Verdict
    why: Text
    exact: str = ""


@dataclass(frozen=True, slots=True)
class ToolRan:
    """The result of a tool that the model asked for."""

    call: ToolCall
    result: str
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Ballot:
    """One answer among several, those that are mathematically equal counted together.

    ``refuted`` samples gave this answer but hold a refuted step, and do not count.
    """

    answer: str
    votes: int
    refuted: int = 0


@dataclass(frozen=True, slots=True)
class VoteCounted:
    """How the samples stand, most votes first; ``open`` are still being written.

    ``stopped``: the outcome could not change any more, and the others were ended.
    """

    ballots: tuple[Ballot, ...]
    samples: int
    open: int
    stopped: bool = False


class TurnEnd(StrEnum):
    """How a turn ended."""

    ANSWERED = "stop"
    LENGTH = "length"
    """The tokens or the window were used up."""
    CANCELLED = "cancelled"
    FAILED = "failed"
    """The engine failed; what was written before is kept."""
    UNSOLVED = "unsolved"
    """No model was to be asked, and the exact solver does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCounts:
    """How many steps ended with which verdict; lines that claim nothing are not counted."""

    proved: int = 0
    supported: int = 0
    undecided: int = 0
    refuted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCounts:
    """How many blocks of code that something tests ended with which verdict."""

    passed: int = 0
    failed: int = 0
    undecided: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The honest line under an answer: enough to judge it and to run it again.

    Times in seconds, ``first_token_seconds`` from the question on; ``tokens_per_second`` while
    writing; ``joules`` where the machine tells its energy.  ``model`` is empty where none ran.
    """

    steps: StepCounts = field(default_factory=StepCounts)
    code: CodeCounts = field(default_factory=CodeCounts)
    answer_verdict: Verdict | None = None
    votes: VoteCounted | None = None
    repairs: int = 0
    model: str = ""
    quantisation: str = ""
    seed: int | None = None
    temperature: float | None = None
    prompt_tokens: int = 0
    cached_tokens: int = 0
    reasoning_tokens: int = 0
    answer_tokens: int = 0
    first_token_seconds: float = 0.0
    tokens_per_second: float | None = None
    seconds: float = 0.0
    joules: float | None = None
    context: int | None = None


@dataclass(frozen=True, slots=True)
class TurnFinished:
    """The last event of every turn.  ``answer`` is the whole answer as it stands; ``failure`` is
    set where ``end`` is ``FAILED``."""

    end: TurnEnd
    answer: str
    account: Account
    failure: RuntimeFailure | None = None


TurnEvent = (
    Routed
    | Solved
    | Gist
    | Notice
    | PromptProgress
    | ReasoningDelta
    | TextDelta
    | ToolCall
    | ToolRan
    | StepProposed
    | StepChecked
    | Rewound
    | CodeChecked
    | AnswerChecked
    | VoteCounted
    | TurnFinished
)
