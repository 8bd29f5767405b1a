"""A user's file of tests in C or C++, held against code that it may not trust.

The tests are a program of their own world.  The functions that they call are there by name, and
ask the code in another world for its answers, so that the code cannot end the tests, nor write
what they say.  Then the same tests run once more with the code in one program: what differs
between the two is not judged.  Tests that pass must fail where the answers are falsified: what
passes then as well checks nothing.
"""

from __future__ import annotations

import re
import secrets
import signal
import sys
import threading
from dataclasses import dataclass, replace

from assistant.coding.inside import unjudged as reasons
from assistant.coding.native.building import (
    AROUND,
    ASKED,
    COMPILING_LIMIT,
    MOST_ANSWER,
    PROGRAM,
    START,
    WROTE,
    Built,
    Heard,
    Maker,
)
from assistant.coding.native.compiler import LONGEST, first_error, warnings_in
from assistant.coding.native.looking import doubt_of
from assistant.coding.native.mains import UntoldError, bare_of, main_of, may_test
from assistant.coding.native.prototypes import Function, functions_in
from assistant.coding.native.reports import whole_report
from assistant.coding.native.sources import KEY_SIZE, answering, asking, can_ask, including
from assistant.coding.native.undefined import faults_in, notes_of
from assistant.coding.sandbox import languages, runner
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, Limit, NotRun, Outcome, ended_at
from assistant.coding.sandbox.view import UnsuitableError
from assistant.coding.trial import (
    CANCELLED,
    CODE_ENDED,
    NO_TESTS,
    ONLY_APART,
    ONLY_LINUX,
    ONLY_TOGETHER,
    WHOLE,
    TestOutcome,
    TestReport,
    TestResult,
    Verdict,
    limits_of,
)
from assistant.coding.types import Code, Doubt, Filed
from assistant.coding.unjudging import REASONS
from assistant.coding.worlds import LONGER, Files, Pipes
from runtimes.base import Cancel
from runtimes.texts import Text

TESTS = "tests"
NO_FUNCTION = Text(
    "the tests call no function of the code that can be asked from outside",
    "测试没有调用任何可以从外部调用的函数",
)
STRANGE = Text(
    "{0} cannot be kept apart from its tests: its type {1} is none whose values can be handed over",
    "无法将 {0} 与测试隔离：不支持传递 {1} 类型的值",
)
MORE = Text(
    "the tests use more of the code than functions that take and give plain values: {0}",
    "测试用到的不只是以普通值为参数和返回值的函数：{0}",
)
NOT_TOGETHER = Text(
    "the tests and the code do not compile together: {0}", "测试与代码无法一起编译：{0}"
)
USELESS = Text(
    "the tests pass with wrong answers too: no assert, abort or exit status of theirs depends on "
    "what the code gives",
    "即使答案是错的，这些测试也会通过：没有任何 assert、abort 或退出状态取决于代码给出的结果",
)
SAYS_FAILED = Text(
    "the tests end as if all were well, and yet they print: {0}",
    "测试正常结束，却输出了：{0}",
)
ADMITTED = re.compile(
    r"^(?!.*\b(?:0|no|none|zero)\b).*\b(?:fail(?:ed|ures?)?|not ok)\b.*$",
    re.IGNORECASE | re.MULTILINE,
)
"""A check that only prints, beside others that end the tests."""
SPILT = Text(
    "the code writes a longer text than it was given, over what the tests keep behind it",
    "代码写入的文本比收到的更长，覆盖了测试存放在其后的数据",
)
FALSELY = "assistant_falsely"
FALSE = "1234"
"""The ways in which ``wire.c`` falsifies answers."""
FALSE_SECONDS = 3.0
OVERFLOW = re.compile(r"^==\d+==ERROR: AddressSanitizer: (?!ABRT|SEGV)", re.MULTILINE)
_FAILED = re.compile(r"\btests\.c(?:pp)?:(\d+):")
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"\n]{1,100})"', re.MULTILINE)


def run_file(code: Code, job: Job, tests: str, policy: Policy, cancel: Cancel) -> Filed | NotRun:
    """Run a file of tests (a ``main`` that fails by an assert or its status, or functions
    ``test…``) against code of the same language."""
    refusal = runner.refused(policy)
    if refusal is not None:
        return refusal
    if sys.platform != "linux":
        return NotRun(ONLY_LINUX)
    tool = languages.tool_of(job.language)
    if tool is None:
        name = languages.TOOLS[job.language][0]
        return NotRun(Text("{0} is not installed", "没有安装 {0}", (name,)))
    if not may_test(bare_of(tests)):
        return NotRun(NO_TESTS, input=True)
    try:
        main = main_of(tests, job.language)
        return _Tests(code, Maker(job, policy, cancel, tool), tests, main).run()
    except UntoldError as wrong:
        return NotRun(wrong.why, input=True)
    except UnsuitableError as wrong:
        return runner.unsuitable(wrong)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Both programs, and the key by which they know each other."""

    code: bytes
    tests: bytes
    key: str


@dataclass(frozen=True, slots=True)
class _Apart:
    """What became of the tests and of the code, and the letters that the tests' end said."""

    tests: Outcome
    code: Outcome | NotRun
    said: bytes


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the sanitizers see.  ``spilt``: the code uses memory that it was not given; ``doubt``:
    why its answers are not to be trusted."""

    notes: tuple[Text, ...] = ()
    spilt: bool = False
    doubt: Doubt | None = None


class _Tests:
    def __init__(self, code: Code, maker: Maker, tests: str, main: str) -> None:
        self._code = code
        self._maker = maker
        self._text = tests
        self._bare = bare_of(tests)
        self._main = main
        found = functions_in(code.program.text, code.language)
        self._strange = {name: of for name, of in found.strange.items() if self._named(name)}
        self._functions = [way for f in found.all if self._called(f) for way in f.ways]

    def _named(self, name: str) -> bool:
        return re.search(rf"\b{re.escape(name)}\b", self._bare) is not None

    def _called(self, function: Function) -> bool:
        return self._named(function.name) and can_ask(function)

    def run(self) -> Filed | NotRun:
        """All builds, then the tests apart from the code and beside it."""
        if not self._functions:
            why = next((STRANGE.of(*item) for item in self._strange.items()), NO_FUNCTION)
            return NotRun(why, input=True)
        around = self._maker.file(AROUND)
        code = self._maker.build(self._answering(), (around,))
        if not isinstance(code, Built):
            return self._not_built(code)
        beside = self._maker.build(self._beside(), (around,), wired=False)
        if not isinstance(beside, Built):
            return self._undecided(beside, NOT_TOGETHER)
        key = secrets.token_hex(KEY_SIZE // 2)
        options = (f'-DASSISTANT_ASKS="{key}"',)
        tests = self._maker.build(self._asking(), (around,), options, beside_code=False)
        if not isinstance(tests, Built):
            return self._undecided(tests, MORE)
        pair = _Pair(code.program, tests.program, key)
        apart = self._apart(pair)
        if isinstance(apart, NotRun):
            return apart
        together = self._together(beside.program)
        if isinstance(together, NotRun):
            return together
        seen = self._sanitized()
        report = self._report(pair, apart, together, seen)
        return Filed(report, warnings_in(code.said, self._code), seen.notes)

    # what is built

    def _answering(self) -> Files:
        language = self._code.language
        catching = language is Language.CPP
        text = answering(self._code.program.name, self._functions, language, catching=catching)
        return ((self._maker.file(AROUND), text.encode("utf-8", "replace")),)

    def _asking(self) -> Files:
        """The tests and nothing of the code: what they include of it is empty here."""
        text = asking(self._functions, self._code.language)
        return (self._around(text), *((name, b"") for name in self._included()))

    def _beside(self) -> Files:
        """Code and tests in one program; what they include of it is there already."""
        program, place = self._code.program, self._maker.file(ASKED)
        own = f'#line 1 "{program.name}"\n{program.text}'.encode("utf-8", "replace")
        others = {file.name for file in self._code.files[1:]}
        empty = {program.name, *self._included()} - others
        return (self._around(including(place)), (place, own), *((name, b"") for name in empty))

    def _around(self, before: str) -> tuple[str, bytes]:
        name = self._maker.file(TESTS)
        text = f'{before}#line 1 "{name}"\n{self._text}\n{self._main}'
        return self._maker.file(AROUND), text.encode("utf-8", "replace")

    def _included(self) -> set[str]:
        """The files of the code that the tests include, by what they are called."""
        mine = {file.name.rpartition(".")[0] for file in self._code.files}
        asked = {word for word in _INCLUDE.findall(self._text) if languages.is_plain(word)}
        return {word for word in asked if word.rpartition(".")[0] in mine}

    # what is run

    def _apart(self, pair: _Pair, falsely: str = "") -> _Apart | NotRun:
        """The tests and the code in worlds of their own; ``falsely``: how answers are falsified."""
        pipes = Pipes(3)
        ask, answer, report = pipes.ends
        stop = Cancel()
        remove = self._maker.cancel.listen(stop.set)
        limits = self._maker.limits
        files: Files = ((PROGRAM, pair.tests),)
        if falsely:
            files = (*files, (FALSELY, falsely.encode()))
            limits = replace(limits, seconds=min(limits.seconds, FALSE_SECONDS))
        gone: list[Outcome | NotRun] = []
        heard = Heard(report[0], MOST_ANSWER)
        try:
            behind = self._maker.started(
                ((PROGRAM, pair.code),), ((*START, pair.key),), (ask[0], answer[1]), limits
            )
            before = self._maker.started(files, (START,), (answer[0], ask[1], report[1]), limits)
            with behind as subject, before as tester:
                pipes.close(ask[0], answer[1], answer[0], ask[1], report[1])
                heard.start()

                def serve() -> None:
                    found = subject.communicate(b"", limits.seconds + LONGER, stop)
                    gone.append(runner.outcome(found, limits, 1))

                thread = threading.Thread(target=serve)
                thread.start()
                try:
                    found = tester.communicate(b"", limits.seconds, self._maker.cancel)
                finally:
                    stop.set()
                    thread.join()
        finally:
            remove()
            said = heard.all()
            pipes.close()
        outcome = runner.outcome(found, limits, 1)
        return outcome if isinstance(outcome, NotRun) else _Apart(outcome, gone[0], said)

    def _together(self, program: bytes, *, reserving: bool = False) -> Outcome | NotRun:
        limits = self._maker.limits
        files = ((PROGRAM, program),)
        with self._maker.started(files, (START,), (), limits, reserving=reserving) as process:
            found = process.communicate(b"", limits.seconds, self._maker.cancel)
        return runner.outcome(found, limits, 1)

    def _can_fail(self, pair: _Pair) -> bool:
        """Do the tests notice any wrong answer, by an assertion or their status?  A crash is no
        check."""
        for falsely in FALSE:
            apart = self._apart(pair, falsely)
            if isinstance(apart, NotRun) or self._maker.cancel.is_set():
                return False
            ended, whole = apart.tests, not {*b"lg"} & {*apart.said}
            if whole and not ended.limits and (ended.exit or ended.signal == signal.SIGABRT):
                return True
        return False

    def _sanitized(self) -> _Seen:
        """What the sanitizers see as the tests run beside the code."""
        if self._maker.cancel.is_set():
            return _Seen()
        around = (self._maker.file(AROUND),)
        built = self._maker.sanitized(self._beside(), around, wired=False)
        if built is None:
            return _Seen()
        outcome = self._together(built.program, reserving=True)
        if isinstance(outcome, NotRun):
            return _Seen()
        faults = faults_in(outcome.stderr, self._code)
        spilt = OVERFLOW.search(outcome.stderr) is not None
        return _Seen(notes_of(faults), spilt, doubt_of(faults))

    # the verdict

    def _report(self, pair: _Pair, apart: _Apart, together: Outcome, seen: _Seen) -> TestReport:
        """What both runs say; neither alone is believed."""
        limits = (*apart.tests.limits, *together.limits)
        if Limit.CANCELLED in limits:
            return _report(apart, TestOutcome.UNJUDGED, CANCELLED)
        if b"g" in apart.said:
            return _report(apart, TestOutcome.UNJUDGED, WROTE)
        if apart.tests.succeeded and b"c" not in apart.said:
            return _report(apart, TestOutcome.UNJUDGED, REASONS[reasons.NO_QUESTION].of(WHOLE))
        if apart.tests.succeeded != together.succeeded:
            why = ONLY_APART if apart.tests.succeeded else ONLY_TOGETHER
            return _report(apart, TestOutcome.UNJUDGED, why.of(WHOLE))
        if apart.tests.succeeded:
            if b"o" in apart.said or (b"m" in apart.said and seen.spilt):
                return _report(apart, TestOutcome.UNJUDGED, SPILT)
            if not self._can_fail(pair):
                why = CANCELLED if self._maker.cancel.is_set() else USELESS
                return _report(apart, TestOutcome.UNJUDGED, why)
            if said := ADMITTED.search(f"{apart.tests.stdout}\n{apart.tests.stderr}"):
                why = SAYS_FAILED.of(said[0].strip()[:LONGEST])
                return _report(apart, TestOutcome.UNJUDGED, why)
            if seen.doubt is not None:
                return self._doubted(apart, seen.doubt)
            return _report(apart, TestOutcome.PASSED)
        limits = (*apart.tests.limits, *limits_of(apart.code))
        ended = ended_at(CODE_ENDED, limits) if limits else None
        return _report(apart, TestOutcome.FAILED, ended, self._detail(apart, together))

    def _doubted(self, apart: _Apart, doubt: Doubt) -> TestReport:
        """They pass, and what the code does on the way is not defined."""
        if not (doubt.sure and doubt.frames):
            return _report(apart, TestOutcome.UNJUDGED, doubt.why)
        frame = doubt.frames[0]
        kind, said = doubt.why.args[1:3]
        detail = f"{frame.file}:{frame.line}: {kind}: {said}\n{frame.source}"
        return _report(apart, TestOutcome.FAILED, None, detail)

    def _detail(self, apart: _Apart, together: Outcome) -> str:
        """The line of the tests that failed, and what was said there."""
        said = apart.tests.stderr
        if b"l" in apart.said and isinstance(apart.code, Outcome):
            code = apart.code
            ended = f"signal {code.signal}" if code.exit is None else f"exit status {code.exit}"
            said = f"{code.stderr}\nthe code ended: {ended}"
        found = _FAILED.search(apart.tests.stderr) or _FAILED.search(together.stderr)
        lines = self._text.split("\n")
        at = int(found[1]) if found else 0
        shown = f"line {at}: {lines[at - 1].strip()}\n" if 0 < at <= len(lines) else ""
        if not said.strip():
            said = f"the tests ended with status {apart.tests.exit}"
        return f"{shown}{said.strip()[-2000:]}"

    def _not_built(self, built: Outcome | NotRun) -> Filed | NotRun:
        """The code cannot be compiled, or only what would answer for it cannot."""
        if isinstance(built, Outcome) and not built.limits:
            alone = self._maker.alone()
            if isinstance(alone, Outcome) and not alone.limits and not alone.succeeded:
                result = TestResult(WHOLE, TestOutcome.FAILED, first_error(alone.stderr))
                failed = replace(alone, compiling=True)
                return Filed(whole_report(Verdict.FAILED, result, failed, None))
        return self._undecided(built, MORE)

    def _undecided(self, built: Outcome | NotRun, head: Text) -> Filed | NotRun:
        if isinstance(built, NotRun):
            return built
        why = head.of(first_error(built.stderr))
        if built.limits:
            why = (
                CANCELLED
                if Limit.CANCELLED in built.limits
                else ended_at(COMPILING_LIMIT, built.limits)
            )
        result = TestResult(WHOLE, TestOutcome.UNJUDGED, why=why)
        return Filed(whole_report(Verdict.NOT_RUN, result, built, why))


def _report(
    apart: _Apart, outcome: TestOutcome, why: Text | None = None, detail: str = ""
) -> TestReport:
    verdicts = {TestOutcome.PASSED: Verdict.PASSED, TestOutcome.FAILED: Verdict.FAILED}
    unjudged = why if outcome is TestOutcome.UNJUDGED else None
    result = TestResult(WHOLE, outcome, detail, why=unjudged)
    return whole_report(
        verdicts.get(outcome, Verdict.NOT_RUN), result, apart.tests, why, apart.code
    )
