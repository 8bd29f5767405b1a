"""A task for code, worked on until its tests pass or the patience ends.

``work`` is one stream of events for every front end: what the model writes, then what running
it has shown, attempt after attempt.  All attempts are in the stream; the best one is the last
event.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from assistant.coding import static
from assistant.coding.answers import code_in, needs
from assistant.coding.blocks import blocks_of
from assistant.coding.diffs import difference
from assistant.coding.examples.asked import examples_in
from assistant.coding.failures import READS
from assistant.coding.gains import Gain, gain
from assistant.coding.growth.types import Agreement
from assistant.coding.judging import judge
from assistant.coding.naming import TITLES, asked_language, block_language
from assistant.coding.owntests import OwnTests, own_tests, put_back
from assistant.coding.sandbox.languages import language_of
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.splicing import whole
from assistant.coding.telling import for_model, verdict_text
from assistant.coding.trial import expected_tests
from assistant.coding.types import (
    Brief,
    Code,
    CodeReport,
    Effort,
    Failed,
    Passed,
    Refused,
    Undecided,
)
from assistant.events import Notice, NoticeKind, TurnEnd, TurnEvent
from assistant.prompts.code import fix_request, task_request, tests_request
from assistant.records import say
from runtimes.base import Cancel
from runtimes.errors import RuntimeFailure
from runtimes.texts import Lang, Text
from runtimes.types import Message, ModelSpec

REPAIRS = 3
"""How often a failure goes back to the model, where nobody says otherwise."""


class Writer(Protocol):
    """Has a model write one answer."""

    @property
    def spec(self) -> ModelSpec:
        """Who writes.  The model is loaded for it; raises ``RuntimeFailure``."""

    def write(self, messages: tuple[Message, ...]) -> Generator[TurnEvent, None, Written]:
        """The events of one answer as it is written; raises ``RuntimeFailure``."""


@dataclass(frozen=True, slots=True)
class Written:
    """An answer and how it ended: ``ANSWERED``, ``LENGTH`` or ``CANCELLED``."""

    text: str
    end: TurnEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTask:
    """What is to be done.

    ``original`` is a file of the user's that is to be mended; without it code is written anew.
    The tests in it are the user's, but for those of the meanings ``theirs``, which a model has
    written.  ``run`` false: nothing is run, and nothing is repaired.  ``ask_tests``: where nobody
    else has given a test, the model writes some before the code.
    """

    text: str
    brief: Brief
    lang: Lang
    original: SourceFile | None = None
    theirs: frozenset[str] = frozenset()
    repairs: int = REPAIRS
    run: bool = True
    ask_tests: bool = True
    effort: Effort = field(default_factory=Effort)


@dataclass(frozen=True, slots=True)
class TestsWritten:
    """The model's own tests, before there is any code."""

    __test__ = False
    tests: str
    count: int


@dataclass(frozen=True, slots=True)
class AttemptBegun:
    """The model writes: for the ``number``-th time (from 1) of at most ``most``.  0: its tests."""

    number: int
    most: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of an attempt; number 0 is the user's own file before any change."""

    number: int
    result: CodeReport | Refused


class CodeEnd(StrEnum):
    """How the work ended."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"
    """Nothing was run, or nothing is decided by what was run."""
    NO_CODE = "no code"
    CANCELLED = "cancelled"
    BROKEN = "broken"
    """The engine failed; what was found before is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFinished:
    """The last event.  ``best`` is the version to keep, of attempt ``number``; ``change`` the
    unified diff from the user's file to it, empty where it gains nothing."""

    end: CodeEnd
    best: CodeReport | None
    number: int
    attempts: int
    change: str = ""
    gain: Gain = Gain.NONE
    failure: RuntimeFailure | None = None


CodeEvent = TestsWritten | AttemptBegun | Judged | TurnEvent | CodeFinished

MEND = Text("Correct this program.", "请改正这个程序。")
THE_EXAMPLES = Text("the examples in the task", "任务中的示例")
SAME = Text(
    "the same code was written once more, and fails in the same way; another approach is needed",
    "再次写出了相同的代码，失败情况也相同；需要换一种思路",
)
SAME_ANSWER = Text(
    "the model gave the same answer again, word for word; asking once more would not help",
    "模型又给出了一字不差的相同回答；再问也没有帮助",
)
SPREAD = Text(
    "it needs {0} beside it; all of the code must stand in {1}",
    "代码还需要 {0}；所有代码都必须写在 {1} 中",
)
PUT_BACK = Text(
    "your own tests stay as they were; the model had changed or left out: {0}",
    "你自己的测试保持不变；模型曾改动或删去：{0}",
)
NOT_ASKED = Text("you asked not to run it", "已按要求不运行")


def work(
    task: CodeTask, writer: Writer | None, policy: Policy, cancel: Cancel | None = None
) -> Generator[CodeEvent, None, None]:
    """Work on a task to its end; the last event is ``CodeFinished``.

    Without a ``writer`` only a file of the user's can be judged.  Failures of the engine are in
    the last event, and nothing else is raised.
    """
    yield from _Work(task, writer, policy, cancel or Cancel()).events()


class _Work:
    def __init__(
        self, task: CodeTask, writer: Writer | None, policy: Policy, cancel: Cancel
    ) -> None:
        self._task = task
        self._writer = writer
        self._policy = policy
        self._cancel = cancel
        self._own = OwnTests()
        if task.original is not None and self._spoken is Language.PYTHON:
            self._own = own_tests(task.original.text, task.theirs)
        self._brief = replace(task.brief, own_tests=self._own.text)
        self._best: CodeReport | None = None
        self._number = self._attempts = 0
        self._first: CodeReport | None = None
        """Of the user's own file."""
        self._refused = ""
        self._answer: str | None = None
        """The last one, as the model wrote it."""

    def events(self) -> Generator[CodeEvent, None, None]:
        failure: RuntimeFailure | None = None
        end: CodeEnd | None = None
        try:
            end = yield from self._course()
        except RuntimeFailure as wrong:
            failure, end = wrong, CodeEnd.BROKEN
        if self._cancel.is_set():
            failure, end = None, CodeEnd.CANCELLED
        gain = self._gain()
        yield CodeFinished(
            end=end or self._end(),
            best=self._best,
            number=self._number,
            attempts=self._attempts,
            change=self._change() if gain is not Gain.NONE else "",
            gain=gain,
            failure=failure,
        )

    def _course(self) -> Generator[CodeEvent, None, CodeEnd | None]:
        original = self._task.original
        if original is not None:
            self._first = self._judged(Code(self._spoken, (original,)))
            self._best = self._first
            yield Judged(0, self._first)
            if not isinstance(self._first.verdict, Failed):
                if self._writer is None or (self._task.run and not self._task.text):
                    return None  # nothing fails, and nothing else was asked for
                self._best = None
        if self._writer is None or self._cancel.is_set():
            return None
        if self._task.ask_tests and self._task.run:
            yield from self._own_tests(self._writer)
        most = 1 + (self._task.repairs if self._task.run else 0)
        for number in range(1, most + 1):
            if self._cancel.is_set():
                return CodeEnd.CANCELLED
            yield AttemptBegun(number, most)
            self._attempts = number
            written = yield from self._writer.write(self._messages(self._writer.spec))
            if written.end is TurnEnd.CANCELLED:
                return CodeEnd.CANCELLED
            if written.text == self._answer:
                yield Notice(NoticeKind.REPAIR, SAME_ANSWER)
                return None
            self._answer = written.text
            result = self._taken(written.text)
            yield Judged(number, result)
            if isinstance(result, CodeReport):
                if self._is_better(result):
                    self._best, self._number = result, number
                if self._settled(result) and self._number == number:
                    return None
        return None

    def _is_better(self, result: CodeReport) -> bool:
        """The later of two that are as good; but nothing in the place of a failing file of the
        user's that does not better it."""
        best = self._best
        if best is None:
            return True
        if self._number == 0:
            undecided = isinstance(result.verdict, Undecided)
            return result.rank > best.rank and not (undecided and gain(best, result) is Gain.NONE)
        return result.rank >= best.rank

    # the tests that the model writes

    def _own_tests(self, writer: Writer) -> Generator[CodeEvent, None, None]:
        brief, spec = self._brief, writer.spec
        spoken = self._language or Language.PYTHON
        tests = brief.user_tests or brief.own_tests or brief.model_tests
        given = tests or examples_in(brief.question)
        if given or spoken is not Language.PYTHON or not spec.defaults.instructions:
            return
        yield AttemptBegun(0, 0)
        request = tests_request(self._task.text, TITLES[spoken], spec, self._task.lang)
        written = yield from writer.write(request)
        blocks = [b for b in blocks_of(written.text) if block_language(b) is Language.PYTHON]
        tests = blocks[0].text if blocks else ""
        try:
            names = expected_tests(tests) if tests else ()
        except ValueError:
            names = ()
        if names and not self._cancel.is_set():
            self._brief = replace(brief, model_tests=tests)
            yield TestsWritten(tests, len(names))

    # an attempt

    @property
    def _language(self) -> Language | None:
        return self._task.brief.language or asked_language(self._task.text)

    @property
    def _spoken(self) -> Language:
        """That of the user's file."""
        original = self._task.original
        named = language_of(original.name) if original is not None else None
        return self._language or named or Language.PYTHON

    def _messages(self, spec: ModelSpec) -> tuple[Message, ...]:
        task, lang = self._task, self._task.lang
        text = task.text or MEND.template(lang)
        if self._best is not None:
            name = self._best.code.language.value
            code = f"```{name}\n{self._best.code.program.text.rstrip()}\n```"
            failure = "\n".join(
                part for part in (self._refused, for_model(self._best, lang)) if part
            )
            return fix_request(text, code, failure, spec, lang)
        tests = self._brief.user_tests or self._own.source or self._brief.model_tests
        shown = f"```python\n{tests.rstrip()}\n```" if tests else THE_EXAMPLES.template(lang)
        language = TITLES[self._language or Language.PYTHON]
        if task.original is not None:
            text = f"{text}\n\n```{task.original.name}\n{task.original.text.rstrip()}\n```"
        if self._refused:
            text = f"{text}\n\n({self._refused})"
        return task_request(text, shown, language, spec, lang)

    def _taken(self, answer: str) -> CodeReport | Refused:
        """The code of an answer, judged."""
        best, original = self._best, self._task.original
        before = best.code.program if best is not None else original
        code = code_in(answer, self._language, before)
        self._refused = ""
        if isinstance(code, Refused):
            self._refused = say(code.why, self._task.lang)
            return code
        lost: tuple[str, ...] = ()
        if original is not None:
            if beside := needs(code):
                why = SPREAD.of(", ".join(beside), original.name)
                self._refused = say(why, self._task.lang)
                return Refused(why)
            code = whole(replace(code, files=code.files[:1]), original.text, self._own)
            code, lost = put_back(code, self._own)
        if best is not None and code.files == best.code.files:
            self._refused = say(SAME, self._task.lang)
            return replace(best, code=code)
        report = self._judged(code)
        if lost:
            report = replace(report, notes=(*report.notes, PUT_BACK.of(", ".join(lost))))
        if isinstance(report.verdict, Undecided):
            self._refused = say(verdict_text(report.verdict), self._task.lang)
        return report

    def _judged(self, code: Code) -> CodeReport:
        task = self._task
        if task.run:
            return judge(code, self._brief, self._policy, task.effort, self._cancel)
        return CodeReport(
            code=code,
            verdict=Undecided(NOT_ASKED),
            findings=static.check(code, task.effort),
        )

    @staticmethod
    def _settled(report: CodeReport) -> bool:
        """Is there nothing that a model could be told?"""
        match report.verdict:
            case Passed():
                growth = report.growth
                return growth is None or growth.agreement is not Agreement.DISAGREES
            case Undecided(why):
                return why != READS  # that it is a program, and no function, is the model's to mend
            case Failed():
                return False

    # the end

    def _end(self) -> CodeEnd:
        if self._best is None:
            return CodeEnd.NO_CODE
        match self._best.verdict:
            case Passed():
                return CodeEnd.PASSED if self._settled(self._best) else CodeEnd.FAILED
            case Failed():
                return CodeEnd.FAILED
            case Undecided():
                return CodeEnd.UNDECIDED

    def _gain(self) -> Gain:
        first, best = self._first, self._best
        return gain(first, best) if first and best and self._number else Gain.NONE

    def _change(self) -> str:
        """From the user's file to the version that is kept."""
        original, best = self._task.original, self._best
        if original is None or best is None:
            return ""
        return difference(original.name, original.text, best.code.program.text)
