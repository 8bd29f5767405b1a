"""The course of one turn: who answers, with what, and what is said at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from assistant.events import (
    AnswerChecked,
    Notice,
    NoticeKind,
    Route,
    Routed,
    Solved,
    TurnEnd,
    TurnEvent,
    TurnFinished,
    VoteCounted,
)
from assistant.maths.answers.extract import extract_answer
from assistant.maths.types import (
    AnswerClaim,
    AnswerMark,
    Doubt,
    Failure,
    Refuted,
    Trouble,
    Undecided,
    Verdict,
)
from assistant.maths.types import Text as Said
from assistant.records import say
from assistant.session.answering import Answering, Desk
from assistant.session.checks import StepChecks
from assistant.session.draft import Draft
from assistant.session.exact import Found, solve_exactly
from assistant.session.means import Means
from assistant.session.options import TurnOptions
from assistant.session.orders import Order
from assistant.session.preparing import Prepared, Preparing
from assistant.session.pump import Pump
from assistant.session.route import Choice, choose_route
from assistant.session.tally import Outcome, Tally
from assistant.session.vote import Vote
from assistant.session.watch import ThoughtWatch
from runtimes.base import Cancel, Model
from runtimes.errors import RuntimeFailure
from runtimes.texts import Text
from runtimes.types import ReasoningDelta, SampleEvent, StreamEvent, TextDelta

CHECKED = frozenset({Route.MATHS, Route.TUTOR, Route.TALK, Route.EXACT})
"""Routes whose answers are read for steps; what stands around code is no mathematics."""
REPAIRED = frozenset({Route.MATHS, Route.TUTOR, Route.EXACT})

NAMED = Text("you named a model", "你指定了模型")
NOT_SOLVED = Text("the exact solver does not know: {0}", "精确求解器无法解答：{0}")
NOT_READ = Trouble(
    Failure.UNREADABLE,
    Said("the exact solver cannot read this question", "精确求解器无法读懂这个问题"),
)
ASKED_MODEL = Text("the exact solver could not do it", "精确求解器未能解答")
FINISH_SECONDS = 10.0
"""For the last look at all steps."""


class Turn:
    """One question on its way to an answer; ``events`` may be run once.

    Afterwards ``answer`` and ``reasoning`` are what the conversation remembers.
    """

    def __init__(self, means: Means, question: str, options: TurnOptions, cancel: Cancel) -> None:
        self._means = means
        self._question = question
        self._options = options
        self._cancel = cancel
        self._tally = Tally()
        self._draft = Draft()
        self._exact = ""
        self._end = TurnEnd.ANSWERED
        self._verdict: Verdict | None = None
        self._votes: VoteCounted | None = None
        self._repairs = 0
        self._may_repair = False
        self.desk: Desk | None = None

    def answer_now(self) -> None:
        """End the thinking; from any thread."""
        desk = self.desk
        if desk is not None:
            desk.now = True
            desk.pump.ring()

    @property
    def answer(self) -> str:
        """The answer as it stands."""
        return "\n\n".join(part for part in (self._exact, self._draft.text) if part)

    @property
    def reasoning(self) -> str:
        """The thinking before it."""
        return self._draft.reasoning

    def events(self, preparing: Preparing) -> Iterator[TurnEvent]:
        """The whole turn."""
        failure: RuntimeFailure | None = None
        try:
            yield from self._course(preparing)
        except RuntimeFailure as wrong:
            failure, self._end = wrong, TurnEnd.FAILED
            if self._cancel.is_set():  # it failed because it was stopped
                failure, self._end = None, TurnEnd.CANCELLED
        outcome = Outcome(
            steps=self._draft.counts(),
            answer_verdict=self._verdict,
            votes=self._votes,
            repairs=self._repairs,
        )
        yield TurnFinished(self._end, self.answer, self._tally.account(outcome), failure)

    def _course(self, preparing: Preparing) -> Iterator[TurnEvent]:
        means, options = self._means, self._options
        choice = choose_route(self._question, has_model=means.has_model, forced=options.route)
        routed = choice.routed
        if routed.route is Route.EXACT and not (options.exact_first or routed.forced):
            routed = Routed(Route.MATHS, NAMED)
        yield routed
        if options.check and routed.route in (Route.EXACT, Route.MATHS):
            means.pool()  # it loads while the model does
        route, found = routed.route, None
        if route is Route.EXACT:
            found = self._solved(choice)
            if isinstance(found, Found):
                self._verdict = found.solution.verdict
                yield Solved(found.problem, found.solution)
                self._exact = found.markdown(options.lang)
                if not (means.has_model and (options.explain or choice.words)):
                    return
            else:
                if found is None:
                    self._end = TurnEnd.CANCELLED
                    return
                yield Notice(
                    NoticeKind.ROUTE,
                    Said(NOT_SOLVED.en, NOT_SOLVED.zh, (say(found.message, options.lang),)),
                )
                if routed.forced or not means.has_model:
                    self._end = TurnEnd.UNSOLVED
                    return
                found, route = None, Route.MATHS
                yield Routed(route, ASKED_MODEL)
        model = means.model(self._cancel)
        if found is not None:
            prepared = yield from preparing.explanation(model, self._question, self._exact)
        else:
            prepared = yield from preparing.question(model, route, self._question, self._cancel)
        yield from self._answered(model, route, prepared, choice)

    def _solved(self, choice: Choice) -> Found | Trouble | None:
        """The exact solution; ``None`` where the user has stopped it."""
        if choice.problem is None:
            return NOT_READ
        return solve_exactly(self._means, choice.problem, self._cancel)

    def _answered(
        self, model: Model, route: Route, prepared: Prepared, choice: Choice
    ) -> Iterator[TurnEvent]:
        """The model's part, with all its checks."""
        checked = self._options.check and route in CHECKED and self._options.schema is None
        if not checked:
            yield from self._written(model, prepared, Pump(self._cancel), None)
            return
        problem = self._question if choice.problem is not None or route is Route.MATHS else ""
        pump: Pump[StreamEvent] = Pump(self._cancel)
        with closing(StepChecks(self._means, problem, pump.ring)) as checks:
            self._draft = Draft(checks)
            self._may_repair = route in REPAIRED and model.spec.defaults.instructions
            yield from self._written(model, prepared, pump, checks)
            if self._end in (TurnEnd.ANSWERED, TurnEnd.LENGTH):
                for mark in checks.finish(tuple(self._draft.steps), self._cancel, FINISH_SECONDS):
                    self._draft.note(mark)
                    yield mark
                yield from self._judged(choice)

    def _written(
        self, model: Model, prepared: Prepared, pump: Pump[StreamEvent], checks: StepChecks | None
    ) -> Iterator[TurnEvent]:
        order = prepared.order
        if self._options.samples > 1:
            yield from self._voted(model, order, checks)
            return
        self.desk = Desk(
            model, self._options, pump, self._cancel, self._tally, checks,
            prepared.toolbox, self._may_repair,
        )  # fmt: skip
        answering = Answering(self.desk, self._draft, ThoughtWatch(prepared.watched))
        try:
            yield from answering.run(order)
        finally:
            self._end, self._repairs, self.desk = answering.end, answering.repairs, None

    def _voted(self, model: Model, order: Order, checks: StepChecks | None) -> Iterator[TurnEvent]:
        """Several answers, of which one is shown."""
        vote = Vote(self._question, self._means, self._tally)
        samples: Pump[SampleEvent] = Pump(self._cancel)
        yield from vote.run(model, order, self._options.samples, samples)
        self._votes = vote.count
        if self._cancel.is_set():
            self._end = TurnEnd.CANCELLED
        if vote.chosen is None:
            return
        reasoning, text = "".join(vote.chosen.reasoning), "".join(vote.chosen.text)
        if reasoning:
            self._draft.think(reasoning)
            yield ReasoningDelta(reasoning)
        yield TextDelta(text)
        yield from self._draft.write(text)
        yield from self._draft.end()
        if checks is not None:
            for mark in checks.drain(self._cancel, FINISH_SECONDS):
                self._draft.note(mark)
                yield mark

    def _judged(self, choice: Choice) -> Iterator[TurnEvent]:
        """The final answer against the problem; the exact solution where the model failed."""
        answer = extract_answer(self._draft.text)
        if answer and choice.problem is not None:
            claim = AnswerClaim(self._question, answer)
            mark = self._means.compute("answer", claim, self._cancel)
            if isinstance(mark, AnswerMark) and not _no_claim(mark.verdict):
                self._verdict = mark.verdict
                yield AnswerChecked(answer, mark.verdict, mark.why, mark.exact)
        wrong = isinstance(self._verdict, Refuted) or self._draft.first_refuted() is not None
        if wrong and choice.problem is not None:
            found = self._solved(choice)
            if isinstance(found, Found):
                yield Solved(found.problem, found.solution, offered=True)


def _no_claim(verdict: Verdict) -> bool:
    return isinstance(verdict, Undecided) and verdict.doubt is Doubt.NOT_A_CLAIM
