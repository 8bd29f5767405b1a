"""Code as an answer holds it, and what was found out about it by checking and running it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from assistant.coding.growth.types import Agreement, Growth, Order
from assistant.coding.mutation.types import MutationReport
from assistant.coding.properties.types import PropertyReport
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, Limits, Outcome, SourceFile
from assistant.coding.trial import TestOutcome, TestReport
from runtimes.base import Cancel
from runtimes.texts import Text


class Origin(StrEnum):
    """Who wrote a test.  The user's and the question's decide; a model's own decide only where
    there are no others, and the verdict says so."""

    USER = "user"
    QUESTION = "question"
    MODEL = "model"
    CLAIMED = "claimed"
    """What comments, or the answer around some code, say that it prints; it tells nothing of what
    the code should do."""
    ORACLE = "oracle"
    """Made-up inputs, compared with a function that the user has named."""


@dataclass(frozen=True, slots=True)
class Code:
    """Files of one language, the program first.

    ``lines`` are the lines of the answer (from 1) on which the lines of the program stand, 0 for
    one that stands in none; empty where there is no answer.
    """

    language: Language
    files: tuple[SourceFile, ...]
    lines: tuple[int, ...] = ()

    @property
    def program(self) -> SourceFile:
        """The file that is run or tested."""
        return self.files[0]

    def answer_line(self, line: int) -> int:
        """Where a line of the program stands in the answer; 0 for nowhere."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else 0


class FindingKind(StrEnum):
    """What a static check is about."""

    SYNTAX = "syntax"
    NAME = "name"
    LINT = "lint"
    TYPE = "type"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was seen without running the code.

    ``line`` and ``column`` count from 1 within ``file``; 0 where the tool does not say.
    ``fatal``: the code cannot be run as it stands.
    """

    kind: FindingKind
    file: str
    line: int
    column: int
    text: Text
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A line of the code that an error passed through; ``answer_line`` is the line of the
    answer, 0 where the code stands in none."""

    file: str
    line: int
    function: str
    source: str
    answer_line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """The smallest failing example.

    ``call`` is what was asked of the code (``f(2)``; where it was ``fed``, the input of a
    program), ``gave`` what it answered or raised, ``expected`` what the test says; each is empty
    where nobody knows.  ``error`` is the exception or the line of the test.  All of it is from
    outside: clean it before showing.
    ``why`` is said by us, where no test was reached; ``explained`` puts an exception into words,
    with the values that were there when the call was run once more.
    """

    test: str
    call: str = ""
    gave: str = ""
    expected: str = ""
    error: str = ""
    frames: tuple[Frame, ...] = ()
    fed: bool = False
    why: Text | None = None
    explained: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """All of ``total`` tests passed; that is not to say that the code is correct."""

    total: int
    by: Origin


@dataclass(frozen=True, slots=True)
class Failed:
    """At least one test failed, or the code cannot be loaded."""

    passed: int
    total: int
    by: Origin
    failure: Failure


@dataclass(frozen=True, slots=True)
class Undecided:
    """Nothing was tested, or what was tested decides nothing.

    ``isolation``: this machine cannot hold the code, so it was not run.
    """

    why: Text
    isolation: bool = False


CodeVerdict = Passed | Failed | Undecided


@dataclass(frozen=True, slots=True)
class JudgedTest:
    """One test and what became of it; ``why`` it decides nothing, where that is known."""

    name: str
    origin: Origin
    outcome: TestOutcome
    detail: str = ""
    why: Text | None = None


Judged = tuple[JudgedTest, Failure | None]
"""A test, and how it failed where it has."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why an answer that was wanted is not to be trusted; ``sure``: that is the code's fault."""

    why: Text
    frames: tuple[Frame, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """How code is asked what an example says of it.

    ``order``: as for ``alike.compared``; ``awaited``: a promise is waited for; ``nothing``: the
    one word for nothing that the question has, empty where it has none or several; ``strict``: it
    compares by ``===``; ``whole``: as in ``Brief``; ``closer`` looks more closely at a run that
    gave what was wanted.
    """

    policy: Policy
    limits: Limits
    cancel: Cancel
    order: str = ""
    awaited: bool = False
    nothing: str = ""
    strict: bool = False
    whole: bool = True
    closer: Callable[[Job, Outcome], Doubt | None] | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """Examples of a question and what became of them; what a compiler and its sanitizers said
    beside."""

    tests: tuple[Judged, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Filed:
    """A user's file of tests against code, and what a compiler and its sanitizers said beside."""

    report: TestReport
    findings: tuple[Finding, ...] = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeReport:
    """All that is known of one version of the code.

    ``growth`` and ``mutation`` are measured where the tests pass, and prove nothing.
    """

    code: Code
    verdict: CodeVerdict
    findings: tuple[Finding, ...] = ()
    tests: tuple[JudgedTest, ...] = ()
    notes: tuple[Text, ...] = ()
    printed: str = ""
    layers: tuple[str, ...] = ()
    """What held the code while it ran; empty where it did not run."""
    growth: Growth | None = None
    mutation: MutationReport | None = None
    oracle: PropertyReport | None = None
    seconds: float = 0.0

    @property
    def rank(self) -> tuple[int, int, int]:
        """The larger, the better: which of several versions is to be kept."""
        match self.verdict:
            case Passed(total):
                place, passed = 2, total
            case Undecided():
                place, passed = 1, 0
            case Failed(passed):
                place = 0
        slow = self.growth is not None and self.growth.agreement is Agreement.DISAGREES
        return place, -1 if slow else passed, -sum(f.fatal for f in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What the code is judged by.

    ``question`` holds the words that were asked (examples in them are tests); ``user_tests`` and
    ``model_tests`` are Python tests; ``own_tests`` are the user's too, and stand in the code
    itself; ``growth`` is the order that was asked for; ``like`` is a function of the language
    that the code must agree with on every input.  ``whole`` false: the code is a part, and
    examples that call what is not in it say nothing of it.
    """

    question: str = ""
    language: Language | None = None
    user_tests: str = ""
    model_tests: str = ""
    own_tests: str = ""
    growth: Order | None = None
    like: str = ""
    shown: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much may be spent on one judgement: ``seconds`` and bytes for each run; ``lint`` and
    ``types`` start tools of their own; ``growth`` is measured where it was asked for; ``mutants``
    are the seconds for trying small faults."""

    seconds: float = 10.0
    memory: int = 512 << 20
    lint: bool = True
    types: bool = False
    growth: bool = True
    mutants: float = 0.0

    @property
    def limits(self) -> Limits:
        """Those of a run."""
        cpu = max(1, round(self.seconds + 0.5))
        return Limits(seconds=self.seconds, cpu=cpu, memory=self.memory)


QUICK = Effort(seconds=5.0, lint=False, growth=False)
"""For blocks in a conversation."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why what stands in an answer cannot be taken as code."""

    why: Text
