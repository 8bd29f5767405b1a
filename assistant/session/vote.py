"""Several answers side by side: those that are mathematically equal are counted together.

Self-consistency (Wang et al. 2022, arXiv 2203.11171), with two differences: answers are grouped
by mathematical equality and not by their text, and a sample that holds a refuted step, or code
that fails an example of the question, has no vote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from assistant.events import (
    Ballot,
    CodeChecked,
    Gist,
    Notice,
    NoticeKind,
    TurnEvent,
    VoteCounted,
)
from assistant.maths.answers.extract import extract_answer
from assistant.maths.pool import Runner
from assistant.maths.types import Proved, Refuted, Supported, Work, WorkReport
from assistant.session.code_checks import CodeChecks, betters, fails_the_question, passes
from assistant.session.orders import Order
from assistant.session.patience import unless_cancelled
from assistant.session.pump import Bell, Pump
from assistant.session.tally import Tally
from assistant.steps import StepParser
from runtimes.base import Cancel, Model
from runtimes.errors import RuntimeFailure
from runtimes.texts import Text
from runtimes.types import (
    Finished,
    FinishReason,
    PromptProgress,
    ReasoningDelta,
    SampleEvent,
    StreamEvent,
    TextDelta,
    ToolCall,
)

ALL_THE_SAME = Text(
    "with a temperature of 0 all answers are the same: that they agree says nothing",
    "温度为 0 时所有回答都相同：它们一致并不说明什么",
)
WRITING = Text("{0} of {1} answers are written", "已写完 {0}/{1} 个回答")


@dataclass(slots=True)
class Sample:
    """One of the answers.  ``sound`` counts its steps that are proved or supported, and its blocks
    of code that pass; ``cut``: its tokens were used up.  ``code`` has run the blocks, and
    ``pieces`` are the text with the verdicts where they belong."""

    number: int
    reasoning: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    finished: bool = False
    cut: bool = False
    answer: str = ""
    refuted: bool = False
    sound: int = 0
    code: CodeChecks | None = None
    pieces: list[tuple[str, CodeChecked | None]] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """Samples with the same answer."""

    answer: str
    samples: list[Sample]

    @property
    def votes(self) -> list[Sample]:
        """Those in which nothing was refuted."""
        return [sample for sample in self.samples if not sample.refuted]


class Vote:
    """Counts one vote; afterwards ``chosen`` is the sample to show, ``count`` the result."""

    def __init__(
        self,
        problem: str | None,
        pool: Runner,
        tally: Tally,
        cancel: Cancel,
        question: str = "",
    ) -> None:
        """``problem`` is what the steps are checked against, ``None`` where nobody may say of a
        step that it is wrong; ``question`` holds the examples that code is run against, and
        without it none is run."""
        self._problem = problem
        self._question = question
        self._pool = pool
        self._tally = tally
        self._cancel = cancel
        self._samples: list[Sample] = []
        self._ranked: list[Group] = []
        """The groups at the last count, which comes with every answer that is whole."""
        self._stopped = False
        self.chosen: Sample | None = None
        self.count: VoteCounted | None = None

    def run(
        self, model: Model, order: Order, n: int, pump: Pump[SampleEvent]
    ) -> Iterator[TurnEvent]:
        """Write ``n`` answers and count them.

        Raises ``RuntimeFailure``; of what was written before, the best is chosen all the same.
        """
        if order.params.temperature <= 0:
            yield Notice(NoticeKind.VOTE, ALL_THE_SAME)
        self._samples = [Sample(number) for number in range(n)]
        self._tally.start(model, order.params)
        try:
            with closing(
                pump.run(lambda stop: model.stream_many(order.prompt, n, order.params, stop))
            ) as events:
                for item in events:
                    if isinstance(item, Bell):
                        continue
                    if self._take(self._samples[item.sample], item.event):
                        yield from self._counted(pump)
                    elif isinstance(item.event, PromptProgress):
                        yield item.event
            if self.count is None:
                yield from self._counted(pump)
        except RuntimeFailure:
            self.chosen = self._best()
            raise
        self.chosen = self._best()

    def _take(self, sample: Sample, event: StreamEvent) -> bool:
        """Note an event; is an answer whole with it?"""
        match event:
            case ReasoningDelta(text):
                self._tally.delta()
                sample.reasoning.append(text)
            case TextDelta(text):
                self._tally.delta()
                sample.text.append(text)
            case Finished(reason, usage):
                self._tally.add(usage)
                if reason is not FinishReason.CANCELLED:
                    sample.finished, sample.cut = True, reason is FinishReason.LENGTH
                    self._judge(sample)
                    return True
            case PromptProgress() | ToolCall():
                pass
        return False

    def _judge(self, sample: Sample) -> None:
        text = "".join(sample.text)
        sample.answer = extract_answer(text)
        parser = StepParser()
        lines = tuple(step.text for step in (*parser.feed(text), *parser.flush()))
        judged = self._problem is not None and lines
        report = self._run("check", Work(self._problem or "", lines)) if judged else None
        if isinstance(report, WorkReport):
            verdicts = [mark.verdict for mark in report.marks]
            sample.refuted = any(isinstance(v, Refuted) for v in verdicts)
            sample.sound = sum(isinstance(v, Proved | Supported) for v in verdicts)
        if self._question:
            self._run_code(sample, text)

    def _run_code(self, sample: Sample, text: str) -> None:
        """Its blocks of code, as of an answer that is written alone."""
        sample.code = CodeChecks(self._question, self._cancel)
        sample.pieces = list(sample.code.whole(text))
        reports = [checked.report for _, checked in sample.pieces if checked is not None]
        for number, report in enumerate(reports):
            mended = any(betters(later, report) for later in reports[number + 1 :])
            sample.refuted |= fails_the_question(report) and not mended
            sample.sound += passes(report)

    def _run(self, name: str, argument: object) -> object | None:
        """A job of the pool; ``None`` for a user who has stopped."""
        return unless_cancelled(lambda: self._pool.run(name, argument), self._cancel)

    def _counted(self, pump: Pump[SampleEvent]) -> Iterator[TurnEvent]:
        done = [sample for sample in self._samples if sample.finished]
        waiting = 0 if self._stopped else len(self._samples) - len(done)
        yield Gist(WRITING.of(len(done), len(self._samples)))
        groups = self._ranked = self._groups(done)
        if waiting and _decided(groups, waiting):
            self._stopped, waiting = True, 0
            pump.stop()
        ballots = tuple(
            Ballot(g.answer, len(g.votes), len(g.samples) - len(g.votes)) for g in groups
        )
        self.count = VoteCounted(ballots, len(self._samples), waiting, self._stopped)
        yield self.count

    def _groups(self, done: Sequence[Sample]) -> list[Group]:
        """Most votes first, then most sound steps; a sample without an answer is in none."""
        answered = [sample for sample in done if sample.answer]
        found = self._run("group", tuple(sample.answer for sample in answered))
        numbers = found if isinstance(found, Sequence) else range(len(answered))
        groups: dict[int, Group] = {}
        for sample, number in zip(answered, numbers, strict=True):
            groups.setdefault(number, Group(sample.answer, [])).samples.append(sample)
        return sorted(groups.values(), key=lambda g: (-len(g.votes), -_soundest(g).sound))

    def _best(self) -> Sample | None:
        """Of the group with most votes the sample with most sound steps; where nobody has a
        vote, the soundest that was written, if possible one in which nothing was refuted."""
        if self._ranked and self._ranked[0].votes:
            return max(self._ranked[0].votes, key=lambda s: s.sound)
        done = [sample for sample in self._samples if sample.finished]
        if done:
            return max(done, key=lambda s: (not s.refuted, s.sound if s.code else 0))
        return next((s for s in self._samples if s.text), None)


def _soundest(group: Group) -> Sample:
    return max(group.votes or group.samples, key=lambda s: s.sound)


def _decided(groups: Sequence[Group], waiting: int) -> bool:
    """Can the ``waiting`` answers no longer change which group leads?"""
    if not groups:
        return False
    lead = len(groups[0].votes)
    second = len(groups[1].votes) if len(groups) > 1 else 0
    return lead > second + waiting
