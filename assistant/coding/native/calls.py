"""Calls of a function of C or C++, as an example asks for them.

The function is asked from outside: it is sent the arguments, and what it answers is compared
here, so that what is expected never comes near the code.  Each example has a process and a world
of its own; how it ended is the warden's word, not the code's.
"""

from __future__ import annotations

import ast
import re
import signal
import sys
from dataclasses import dataclass, field, replace

from assistant.coding import failures
from assistant.coding.examples.asked import Example, QuestionExample
from assistant.coding.examples.foreign import OTHERS_NAME, another_languages, spelled
from assistant.coding.examples.pairtests import places_of
from assistant.coding.examples.scanning import expression
from assistant.coding.inside import alike
from assistant.coding.native.answers import (
    Answer,
    Plain,
    agrees,
    answer_of,
    shown,
    told,
    wanted_slot,
)
from assistant.coding.native.building import AROUND, COMPILING_LIMIT, WROTE, Built, Maker
from assistant.coding.native.compiler import first_error, frame_at, said_by, warnings_in
from assistant.coding.native.looking import Asked, Looking, Seen
from assistant.coding.native.prototypes import Function, functions_in
from assistant.coding.native.raised import Raised
from assistant.coding.native.reading import BrokenError, UnfitError
from assistant.coding.native.slots import Sort
from assistant.coding.native.sources import MORE_ROOM, answering
from assistant.coding.native.undefined import notes_of
from assistant.coding.native.values import meant, packed, scalar_of, signs_marked
from assistant.coding.programs import AT_LIMIT, COMPILING, PRINTS
from assistant.coding.sandbox import languages, runner
from assistant.coding.sandbox.types import Job, Language, Limit, NotRun, Outcome, ended_at
from assistant.coding.sandbox.view import UnsuitableError
from assistant.coding.trial import CANCELLED, WHOLE, TestOutcome
from assistant.coding.types import Asking, Called, Code, Doubt, Failure, Judged, JudgedTest, Origin
from assistant.coding.worlds import Files
from runtimes.texts import Text

MOST = 200
STATUS = 8
"""Bytes that say whether an exception came, where one is caught."""
MOST_ENDED = 3
"""So many calls may be ended at a limit before the rest is left alone."""
NO_CALL = Text("it is no plain call of a function", "示例不是普通的函数调用")
NO_FUNCTION = Text("the code defines no function {0} of its own", "代码中没有定义函数 {0}")
STRANGE = Text(
    "{0} cannot be called from here: its type {1} is none whose values can be handed over",
    "无法从此处调用 {0}：不支持传递 {1} 类型的值",
)
SEVERAL = Text(
    "{0} cannot be called from here: it is a template, or it is not plain which of several of that "
    "name is meant",
    "无法从此处调用 {0}：它是模板，或无法确定指的是哪一个同名函数",
)
NO_EXCEPTIONS = Text("C has no exceptions, so it cannot raise one", "C 语言没有异常，无法抛出")
NO_CALLER = Text("nothing could be built that calls {0}: {1}", "无法生成调用 {0} 的程序：{1}")
NO_ANSWER = Text(
    "it ended, with status {0}, before it had answered", "它在给出结果之前就以状态 {0} 结束"
)
SIGNALLED = Text(
    "it was ended by a signal before it had answered: {0}", "它在给出结果之前被信号终止：{0}"
)
FAR = Text("what it gives is near to the example, but not the same", "结果与示例接近但不相同")
ORDER = Text("it gives the items of the example in another order", "结果与示例只有顺序不同")
AFTERWARDS = Text(
    "it gave what the example wants, and then broke off", "结果符合示例，但随后异常结束"
)
SHARED = Text(
    "it asks whether two nodes are the same one, and lists do not tell which nodes they share",
    "它会判断两个节点是否为同一个，而列表无法说明共用了哪些节点",
)
_SAME = re.compile(
    r"(?<![\w.>])[A-Za-z_]\w*\s{0,4}[!=]=\s{0,4}(?!NULL\b|nullptr\b)[A-Za-z_]\w*"
    r"(?!\w|\s{0,4}(?:[.(\[]|->))"
)
"""Two things that have names, held together."""
NOT_ASKED = Text("only the first {0} examples were tried", "只尝试了前 {0} 个示例")


@dataclass(frozen=True, slots=True)
class _Asked(Asked):
    """An example that can be put to a function."""

    wanted: ast.expr = field(default_factory=lambda: ast.Constant(None))


def run_calls(code: Code, examples: tuple[QuestionExample, ...], how: Asking) -> Called:
    """Each example that calls a function of the code."""
    called = [e for e in examples if isinstance(e, Example)]
    tool = languages.tool_of(code.language)
    if not called or tool is None or runner.refused(how.policy) is not None:
        return Called()  # a run without examples says why
    if sys.platform != "linux":
        return Called()
    job = Job(language=code.language, files=code.files, limits=how.limits)
    try:
        return _Calls(code, Maker(job, how.policy, how.cancel, tool), how).run(called)
    except UnsuitableError:
        return Called()


class _Calls:
    def __init__(self, code: Code, maker: Maker, how: Asking) -> None:
        self._code = code
        self._maker = maker
        self._how = how
        self._found = functions_in(code.program.text, code.language)
        self._functions: list[Function] = []
        self._raised: set[Example] = set()
        """Those in which an exception came that they do not want."""

    def run(self, examples: list[Example]) -> Called:
        """All of them."""
        found: dict[Example, Judged] = {}
        asked: list[_Asked] = []
        for example in examples:
            try:
                asked.append(self._asked(example))
            except UnfitError as wrong:
                found[example] = self._unjudged(example, wrong.why)
        called = self._called(asked, found) if asked else Called()
        return replace(called, tests=tuple(found[example] for example in examples))

    def _called(self, asked: list[_Asked], found: dict[Example, Judged]) -> Called:
        sources = self._sources(catching=True)
        built = self._maker.build(sources, (self._maker.file(AROUND),))
        if not isinstance(built, Built):
            found |= self._not_built(asked, built)
            return Called()
        broken: list[_Asked] = []
        whole: list[_Asked] = []
        ended = 0
        for n, one in enumerate(asked):
            if n == MOST or ended == MOST_ENDED:
                left = asked[n:]
                found |= {o.example: self._unjudged(o.example, NOT_ASKED.of(n)) for o in left}
                break
            outcome, said = self._maker.ask(built.program, [one.request])
            found[one.example] = self._judged(one, outcome, said)
            if isinstance(outcome, NotRun) or outcome.limits:
                ended += 1
                continue
            if outcome.signal or one.example in self._raised:
                broken.append(one)
            elif not one.example.raises:  # an exception would end what is asked behind it
                whole.append(replace(one, answer=said[0][STATUS:] if said else b""))
        if not self._how.whole:  # somebody waits for the rest of the answer: only what has passed
            passed = TestOutcome.PASSED
            broken, whole = [], [one for one in whole if found[one.example][0].outcome is passed]
        seen = self._looked_at(broken, whole)
        self._doubted(seen, found)
        shown = [failure.why for _, failure in found.values() if failure is not None]
        notes = tuple(note for note in notes_of(seen.faults) if note not in shown)
        return Called((), warnings_in(built.said, self._code), notes)

    def _looked_at(self, broken: list[_Asked], whole: list[_Asked]) -> Seen:
        """What the sanitizers say of the same calls."""
        if not (broken or whole) or self._maker.cancel.is_set():
            return Seen()
        around = (self._maker.file(AROUND),)
        built = self._maker.sanitized(self._sources(catching=False), around)
        if built is None:
            return Seen()
        wanted = {one.example: one.wanted for one in whole}

        def other(one: Asked, said: bytes) -> str:
            return self._other(one, said, wanted[one.example])

        return Looking(self._code, self._maker, built, other).at(broken, whole)

    def _other(self, one: Asked, said: bytes, wanted: ast.expr) -> str:
        """What an answer gives that is not what was wanted."""
        example = one.example
        places = places_of(example.wanted) if example.loose else None
        try:
            answer = answer_of(one.function, said)
            agree, got = agrees(one.function, answer, wanted, places, self._how.order)
        except (BrokenError, UnfitError, AssertionError):
            return ""
        return "" if agree or example.printed else failures.short(shown(got))

    def _doubted(self, seen: Seen, found: dict[Example, Judged]) -> None:
        """Take back what has passed, where it is not to be trusted."""
        for example, lines in seen.frames.items():
            test, failure = found[example]
            if failure is not None:
                found[example] = test, replace(failure, frames=lines)
        for example, doubt in seen.doubts.items():
            if found[example][0].outcome is TestOutcome.PASSED:
                found[example] = self._taken_back(example, doubt)

    def _taken_back(self, example: Example, doubt: Doubt) -> Judged:
        if not doubt.sure:
            return self._unjudged(example, doubt.why)
        call = self._spelled(example.call)
        failure = Failure(test=self._name(example), call=call, why=doubt.why, frames=doubt.frames)
        return self._test(example, TestOutcome.FAILED), failure

    def _sources(self, *, catching: bool) -> Files:
        """Where no exception is caught, the sanitizers tell of the line that it comes from."""
        name, language = self._code.program.name, self._code.language
        text = answering(name, self._functions, language, catching=catching)
        return ((self._maker.file(AROUND), text.encode()),)

    def _asked(self, example: Example) -> _Asked:
        """The example as a question to a function of the code.  Raises ``UnfitError``."""
        if example.raises and self._code.language is not Language.CPP:
            raise UnfitError(NO_EXCEPTIONS)
        if example.raises and another_languages(example.wanted, self._code):
            raise UnfitError(OTHERS_NAME.of(example.wanted))
        call = expression(example.call)
        wanted = ast.Constant(None) if example.raises else expression(example.wanted)
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or wanted is None:
            raise UnfitError(NO_CALL)
        name = call.func.id
        functions = self._found.functions.get(name)
        if functions is None:
            why = self._found.strange.get(name)
            if why is None:
                raise UnfitError(NO_FUNCTION.of(name))
            raise UnfitError(STRANGE.of(name, why) if why else SEVERAL.of(name))
        if call.keywords:
            raise UnfitError(NO_CALL)
        signs_marked(call, example.call.strip())
        function = meant(functions, call.args)
        if function is None:
            raise UnfitError(SEVERAL.of(name))
        if _may_share(function, self._code.program.text):
            raise UnfitError(SHARED)
        body = packed(function, call.args, _room(call.args, wanted))
        if not (example.printed or example.raises):
            wanted_slot(function)
        if function not in self._functions:
            self._functions.append(function)
        number = self._functions.index(function).to_bytes(8, "little")
        return _Asked(example, function, number + body, wanted=wanted)

    def _judged(self, one: _Asked, outcome: Outcome | NotRun, said: list[bytes] | None) -> Judged:
        example = one.example
        if isinstance(outcome, NotRun):
            return self._unjudged(example, outcome.why)
        if Limit.CANCELLED in outcome.limits:
            return self._unjudged(example, CANCELLED)
        if said is None:
            return self._unjudged(example, WROTE)
        if not said:
            return self._unanswered(example, outcome)
        try:
            answer = told(one.function, said[0])
            if isinstance(answer, Raised) or example.raises:
                return self._by_exception(one, answer)
            agree, got = self._compared(one, answer, outcome)
        except BrokenError:
            return self._unjudged(example, WROTE)
        except UnfitError as wrong:
            return self._unjudged(example, wrong.why)
        except AssertionError as wrong:
            return self._unjudged(example, FAR if str(wrong) == alike.NEAR else ORDER)
        if agree and outcome.succeeded:
            return self._test(example, TestOutcome.PASSED), None
        if agree:  # it has answered, and then did not end as it should
            limits = outcome.limits
            return self._unjudged(example, ended_at(AT_LIMIT, limits) if limits else AFTERWARDS)
        return self._test(example, TestOutcome.FAILED), self._failure(example, shown(got))

    def _by_exception(self, one: _Asked, answer: Answer | Raised) -> Judged:
        """An exception came, or one was wanted."""
        example = one.example
        if isinstance(answer, Raised):
            if example.raises and answer.is_a(example.wanted):
                return self._test(example, TestOutcome.PASSED), None
            if not example.raises:
                self._raised.add(example)
            gave = f"raised {answer.words}"
        else:
            gave = shown(answer.result) if one.function.result.kind is not None else "void"
        return self._test(example, TestOutcome.FAILED), self._failure(example, gave)

    def _failure(self, example: Example, gave: str) -> Failure:
        return Failure(
            test=self._name(example),
            call=self._spelled(example.call),
            gave=failures.short(gave),
            expected=self._spelled(example.wanted),
        )

    def _compared(self, one: _Asked, answer: Answer, outcome: Outcome) -> tuple[bool, Plain]:
        example = one.example
        places = places_of(example.wanted) if example.loose else None
        if example.printed:
            wanted = scalar_of(one.wanted)
            if wanted is not None and outcome.stdout.split() == str(wanted).split():
                return True, None
            if not answer.left and answer.result is None:
                raise UnfitError(PRINTS)
        agree, got = agrees(one.function, answer, one.wanted, places, self._how.order)
        if example.printed and not agree and outcome.stdout.strip():
            raise UnfitError(PRINTS)
        return agree, got

    def _unanswered(self, example: Example, outcome: Outcome) -> Judged:
        """It ended, or was ended, before it had answered."""
        if outcome.limits:
            why = ended_at(AT_LIMIT, outcome.limits)
            if not self._how.whole:
                return self._unjudged(example, why)
        elif outcome.signal is not None:
            why = SIGNALLED.of(_signal(outcome.signal))
        else:
            why = NO_ANSWER.of(outcome.exit)
        error = failures.short(outcome.stderr.strip())
        failure = Failure(
            test=self._name(example), call=self._spelled(example.call), error=error, why=why
        )
        return self._test(example, TestOutcome.FAILED), failure

    def _not_built(self, asked: list[_Asked], built: Outcome | NotRun) -> dict[Example, Judged]:
        """The code itself cannot be compiled, or only what would call it cannot."""
        if isinstance(built, NotRun):
            why = built.why
        elif built.limits:
            why = ended_at(COMPILING_LIMIT, built.limits)
        else:
            alone = self._maker.alone() if self._how.whole else built
            if alone is not built and isinstance(alone, Outcome) and _refused(alone):
                failure = self._uncompiled(alone)
                failed = TestOutcome.FAILED
                return {one.example: (self._test(one.example, failed), failure) for one in asked}
            why = NO_CALLER.of(asked[0].function.name, first_error(built.stderr))
        return {one.example: self._unjudged(one.example, why) for one in asked}

    def _uncompiled(self, outcome: Outcome) -> Failure:
        names = {file.name for file in self._code.files}
        found = [s for s in said_by(outcome.stderr) if s.error and s.file in names]
        frames = tuple(
            frame_at(self._code, said.file, said.line, said.within) for said in found[:1]
        )
        text = f"{found[0].file}:{found[0].line}: {found[0].text}" if found else outcome.stderr
        return Failure(test=WHOLE, why=COMPILING.of(failures.short(text)), frames=frames)

    def _name(self, example: Example) -> str:
        return f"{self._spelled(example.call)} → {self._spelled(example.wanted)}"

    def _spelled(self, text: str) -> str:
        return spelled(text, self._code.language)

    def _test(self, example: Example, outcome: TestOutcome) -> JudgedTest:
        return JudgedTest(self._name(example), Origin.QUESTION, outcome)

    def _unjudged(self, example: Example, why: Text) -> Judged:
        return replace(self._test(example, TestOutcome.UNJUDGED), why=why), None


def _room(arguments: list[ast.expr], wanted: ast.expr) -> int:
    """The bytes behind the texts of a call: who wants a longer text than was given has room for
    it; nobody else has more than the text takes."""
    texts = [node.value for node in (wanted, *arguments) if isinstance(node, ast.Constant)]
    sizes = [len(text) for text in texts if isinstance(text, str)]
    grows = isinstance(getattr(wanted, "value", None), str) and sizes[0] > min(sizes)
    return MORE_ROOM if grows else 0


def _refused(outcome: Outcome) -> bool:
    """Has the compiler come to its end, and not taken the code?"""
    return not outcome.limits and not outcome.succeeded


def _signal(number: int) -> str:
    try:
        return f"{number} ({signal.Signals(number).name})"
    except ValueError:
        return str(number)


def _may_share(function: Function, program: str) -> bool:
    """Does it give a node of several lists, by which of them are the same one?"""
    slots = (function.result, *function.parameters)
    linked = [s.kind is not None and s.kind.sort in (Sort.CHAIN, Sort.TREE) for s in slots]
    return linked[0] and sum(linked) > 2 and _SAME.search(program) is not None
