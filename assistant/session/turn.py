"""The course of one turn: who answers, with what, and what is said at the end."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from assistant.events import (
    AnswerChecked,
    CodeCounts,
    Notice,
    NoticeKind,
    Route,
    Routed,
    Solved,
    StepCounts,
    TurnEnd,
    TurnEvent,
    TurnFinished,
    VoteCounted,
)
from assistant.maths.types import (
    AnswerClaim,
    AnswerMark,
    Doubt,
    Failure,
    Problem,
    Refuted,
    Solution,
    Trouble,
    Undecided,
    Verdict,
)
from assistant.maths.types import Text as Said
from assistant.records import say
from assistant.session.answering import ANSWER_CUT, Answering
from assistant.session.checks import UNREADABLE, StepChecks
from assistant.session.code_checks import CodeChecks
from assistant.session.desk import Desk
from assistant.session.draft import Draft, counted
from assistant.session.exact import Found, solve_exactly
from assistant.session.leaning import leans
from assistant.session.means import Means
from assistant.session.options import TurnOptions
from assistant.session.orders import Order
from assistant.session.preparing import Prepared, Preparing
from assistant.session.pump import Pump
from assistant.session.route import Choice, choose_route, read_exact
from assistant.session.tally import Outcome, Tally
from assistant.session.watch import ThoughtWatch
from runtimes.base import Cancel, Model
from runtimes.errors import RuntimeFailure, Unsupported
from runtimes.texts import Text
from runtimes.types import ReasoningDelta, SampleEvent, StreamEvent, TextDelta

if TYPE_CHECKING:
    from assistant.notes.types import Passage
    from assistant.session.vote import Vote

CHECKED = frozenset({Route.MATHS, Route.TUTOR, Route.TALK, Route.EXACT})
"""Routes whose answers are read for steps; what stands around code is no mathematics."""
REPAIRED = frozenset({Route.MATHS, Route.TUTOR, Route.EXACT})

NAMED = Text("you named a model", "你指定了模型")
NOT_SOLVED = Text("the exact solver does not know: {0}", "精确求解器无法解答：{0}")
NOT_READ = Trouble(
    Failure.UNREADABLE,
    Said("it cannot read this question", "它读不懂这个问题"),
)
CITED = Text("[{0}] {1}", "[{0}] {1}")
NOWHERE = Text("[{0}] points at nothing that was quoted", "[{0}] 没有对应的引用")
GOES_ON = Text("it goes on with what was spoken of", "承接前文")
SHORT = 80
"""Characters of a question that may be a mere "and then?"."""
NO_WORDS = Text(
    "nobody explains it in words: no model was named or set as the default",
    "没有文字讲解：未指定模型，也没有默认模型",
)
BY_ITSELF = Text(
    "solved by itself: what was said before is not taken into account",
    "仅就本题求解：未考虑前文",
)
LEANING = Text(
    "what was said before may say more of its letters and numbers, so the model answers; the exact "
    "solver takes it by itself: /solve …, or assistant solve",
    "前文可能限定了其中的字母或数字，因此由模型回答；"
    "若要精确求解器仅就本题求解：/solve …，或 assistant solve",
)
NOT_SIDE_BY_SIDE = Text(
    "a vote does not go with tools: the answers are written side by side",
    "投票不能与工具一起使用：多个回答是同时写的",
)
ONE_OF_THEM = Text("ask for one of them", "请只用其中之一")
ASKED_MODEL = Text("the exact solver could not do it", "精确求解器未能解答")
FINISH_SECONDS = 10.0
"""For the last look at all steps."""


class Turn:
    """One question on its way to an answer; ``events`` may be run once.

    Afterwards ``question``, ``answer`` and ``reasoning`` are what the conversation remembers.
    """

    def __init__(
        self,
        means: Means,
        question: str,
        options: TurnOptions,
        cancel: Cancel,
        earlier: Route | None = None,
    ) -> None:
        """``earlier`` is the route of the turn before."""
        self.route = Route.TALK
        self._earlier = earlier
        self._solution: Solution | None = None
        self._goes_on = False
        self._means = means
        self.question = question
        self._problem = question
        """What the checks know of it."""
        self._unsure = False
        self._options = options
        self._cancel = cancel
        self._tally = Tally()
        self._draft = Draft()
        self._exact = ""
        self._end = TurnEnd.ANSWERED
        self._verdict: Verdict | None = None
        """Of the model's answer; ``_solution`` has its own."""
        self._votes: VoteCounted | None = None
        self._repairs = 0
        self._may_repair = False
        self._code: CodeChecks | None = None
        self.desk: Desk | None = None

    def answer_now(self) -> None:
        """End the thinking; from any thread."""
        desk = self.desk
        if desk is not None:
            desk.now = True
            desk.pump.ring()

    @property
    def answer(self) -> str:
        """The answer as it stands: the model's words, else the exact solution."""
        return self._draft.text or self._exact

    @property
    def reasoning(self) -> str:
        """The thinking before it."""
        return self._draft.reasoning

    def events(self, preparing: Preparing) -> Generator[TurnEvent, None, None]:
        """The whole turn."""
        failure: RuntimeFailure | None = None
        try:
            yield from self._course(preparing)
        except RuntimeFailure as wrong:
            failure, self._end = wrong, TurnEnd.FAILED
            if self._cancel.is_set():  # it failed because it was stopped
                failure, self._end = None, TurnEnd.CANCELLED
        outcome = Outcome(
            steps=self._counts(),
            code=CodeCounts() if self._code is None else self._code.counts(),
            answer_verdict=self._answer_verdict(),
            votes=self._votes,
            repairs=self._repairs,
        )
        yield TurnFinished(self._end, self.answer, self._tally.account(outcome), failure)

    def _answer_verdict(self) -> Verdict | None:
        """Of the answer that stands: the model's, once it has written one."""
        if self._draft.text or self._solution is None:
            return self._verdict
        return self._solution.verdict

    def _counts(self) -> StepCounts:
        """Of the model's steps, else of the exact solution's."""
        if self._draft.text or self._solution is None:
            return self._draft.counts()
        return counted(step.verdict for step in self._solution.steps)

    def _course(self, preparing: Preparing) -> Iterator[TurnEvent]:
        means, options = self._means, self._options
        if preparing.context and (leans(self.question) or preparing.may_assume(self.question)):
            self._problem = UNREADABLE
            self._unsure = preparing.means_otherwise(self.question)
        choice = choose_route(
            self.question,
            has_model=means.has_model,
            forced=options.route,
            exact=options.exact_first and not (self._problem == UNREADABLE and means.has_model),
        )
        routed = self._routed(choice)
        yield routed
        if self._leans(routed):
            yield Notice(NoticeKind.ROUTE, LEANING)
        self.route = routed.route
        if options.check and self.route in (Route.EXACT, Route.MATHS):
            means.pool()  # it loads while the model does
        found: Found | Trouble | None = None
        if self.route is Route.EXACT:
            found = self._solved(choice.problem)
            yield from self._exact_part(found, routed)
            if not (self._goes_on and (isinstance(found, Trouble) or self._wants_words(choice))):
                return
        if options.tools and options.samples > 1:
            raise Unsupported(NOT_SIDE_BY_SIDE, ONE_OF_THEM)
        model = means.model(self._cancel, options.samples)
        if isinstance(found, Found):
            prepared = yield from preparing.explanation(
                model, self.question, self._exact, self._cancel
            )
        else:
            prepared = yield from preparing.question(model, self.route, self.question, self._cancel)
        yield from self._answered(model, prepared, choice)
        if prepared.passages:
            yield from self._cited(prepared.passages)

    def _leans(self, routed: Routed) -> bool:
        """Would the exact solver have known it, but for what was said before?"""
        if routed.forced or routed.route is Route.EXACT or not self._options.exact_first:
            return False
        return self._problem == UNREADABLE and read_exact(self.question) is not None

    def _cited(self, passages: Sequence[Passage]) -> Iterator[Notice]:
        """Where the marks of the answer, ``[1]`` and the like, point."""
        from assistant.notes.quoting import citations, reference

        found = {c.number: c.passage for c in citations(self.answer, passages)}
        for number, passage in sorted(found.items()):
            if passage is None:
                told = NOWHERE.of(number)
            else:
                told = CITED.of(number, reference(passage, passage.path))
            yield Notice(NoticeKind.CITED, told)

    def _routed(self, choice: Choice) -> Routed:
        """The way of the question; a short one that says nothing of itself goes on with what
        was spoken of."""
        routed = choice.routed
        if routed.forced:
            return routed
        if routed.route is Route.EXACT and not self._options.exact_first:
            return Routed(Route.MATHS, NAMED)
        short = len(self.question) <= SHORT
        if routed.route is Route.TALK and self._earlier is not None and short:
            return Routed(self._earlier, GOES_ON)
        return routed

    def _exact_part(self, found: Found | Trouble | None, routed: Routed) -> Iterator[TurnEvent]:
        """What the exact solver says, and whether a model is to be asked behind it."""
        options = self._options
        self._goes_on = False
        match found:
            case None:
                self._end = TurnEnd.CANCELLED
            case Found():
                self._solution = found.solution
                self._exact = found.markdown(options.lang)
                self._goes_on = self._means.has_model
                yield Solved(found.problem, found.solution)
                if self._problem == UNREADABLE:
                    yield Notice(NoticeKind.ROUTE, BY_ITSELF)
                if options.explain and not self._goes_on:
                    yield Notice(NoticeKind.ROUTE, NO_WORDS)
            case Trouble():
                why = say(found.message, options.lang)
                yield Notice(NoticeKind.ROUTE, NOT_SOLVED.of(why))
                self._goes_on = self._means.has_model and not routed.forced
                if self._goes_on:
                    self.route = Route.MATHS
                    yield Routed(self.route, ASKED_MODEL)
                else:
                    self._end = TurnEnd.UNSOLVED

    def _wants_words(self, choice: Choice) -> bool:
        return self._options.explain or choice.words

    def _solved(self, problem: Problem | None) -> Found | Trouble | None:
        """The exact solution; ``None`` where the user has stopped it."""
        if problem is None:
            return NOT_READ
        return solve_exactly(self._means, problem, self._cancel)

    def _answered(self, model: Model, prepared: Prepared, choice: Choice) -> Iterator[TurnEvent]:
        """The model's part, with all its checks."""
        route = self.route
        checked = self._options.check and route in CHECKED and self._options.schema is None
        if not checked:
            yield from self._written(model, prepared, Pump(self._cancel), None)
            return
        pump: Pump[StreamEvent] = Pump(self._cancel)
        judged = StepChecks(self._means, self._problem, pump.ring, unsure=self._unsure)
        with closing(judged) as checks:
            self._draft = Draft(checks)
            self._may_repair = route in REPAIRED and model.spec.defaults.instructions
            yield from self._written(model, prepared, pump, checks)
            if self._end in (TurnEnd.ANSWERED, TurnEnd.LENGTH):
                for mark in checks.finish(tuple(self._draft.steps), self._cancel, FINISH_SECONDS):
                    yield from self._draft.note(mark)
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
        if self._options.check and self._options.schema is None:
            self._code = self.desk.code = CodeChecks(self.question, self._cancel)
        answering = Answering(self.desk, self._draft, ThoughtWatch(prepared.watched))
        try:
            yield from answering.run(order)
        finally:
            self._end, self._repairs, self.desk = answering.end, answering.repairs, None

    def _voted(self, model: Model, order: Order, checks: StepChecks | None) -> Iterator[TurnEvent]:
        """Several answers, of which one is shown."""
        from assistant.session.vote import Vote

        runs = self._options.check and self._options.schema is None
        examples = self.question if runs else ""
        problem = None if checks is None or self._unsure else self._problem
        vote = Vote(problem, self._means, self._tally, self._cancel, examples)
        samples: Pump[SampleEvent] = Pump(self._cancel)
        try:
            yield from vote.run(model, order, self._options.samples, samples)
        except RuntimeFailure:
            yield from self._chosen(vote, checks)
            raise
        yield from self._chosen(vote, checks)
        if self._cancel.is_set():
            self._end = TurnEnd.CANCELLED
        elif vote.chosen is not None and vote.chosen.cut:
            self._end = TurnEnd.LENGTH
            yield Notice(NoticeKind.ANSWER_CUT, ANSWER_CUT)

    def _chosen(self, vote: Vote, checks: StepChecks | None) -> Iterator[TurnEvent]:
        """The answer that the vote shows, with the marks of its steps."""
        self._votes = vote.count
        if vote.chosen is None:
            return
        reasoning, text = "".join(vote.chosen.reasoning), "".join(vote.chosen.text)
        if reasoning:
            self._draft.think(reasoning)
            yield ReasoningDelta(reasoning)
        self._code = vote.chosen.code
        for piece, checked in vote.chosen.pieces or ([(text, None)] if text else []):
            if piece:
                steps = list(self._draft.write(piece))
                yield TextDelta(piece)
                yield from steps
            if checked is not None:
                yield checked
        yield from self._draft.end()
        if checks is not None:
            for mark in checks.drain(self._cancel, FINISH_SECONDS):
                yield from self._draft.note(mark)

    def _judged(self, choice: Choice) -> Iterator[TurnEvent]:
        """The final answer against the problem; the exact solution where the model failed."""
        from assistant.maths.answers.extract import extract_answer
        from assistant.session.measured import with_unit

        if self._problem == UNREADABLE:
            return
        answer, problem = extract_answer(self._draft.text), choice.problem
        if problem is None and self.route is not Route.TALK:
            problem = read_exact(self.question)  # nobody waits for it any more
        if problem is None:
            return
        if answer:
            claim = AnswerClaim(self.question, answer)
            mark = self._means.compute("answer", claim, self._cancel)
            if isinstance(mark, AnswerMark) and not _no_claim(mark.verdict):
                mark = with_unit(self.question, answer, mark)
                self._verdict = mark.verdict
                yield AnswerChecked(answer, mark.verdict, mark.why, mark.exact)
        wrong = isinstance(self._verdict, Refuted) or self._draft.first_refuted() is not None
        if wrong and self._solution is None:  # else it has been shown already
            found = self._solved(problem)
            if isinstance(found, Found):
                yield Solved(found.problem, found.solution, offered=True)


def _no_claim(verdict: Verdict) -> bool:
    return isinstance(verdict, Undecided) and verdict.doubt is Doubt.NOT_A_CLAIM
