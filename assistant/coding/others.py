"""Code in other languages than Python, held against what a question or a user expects of it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from assistant.coding.examples import doubts
from assistant.coding.examples.asked import (
    MOST_EXAMPLES,
    Example,
    QuestionExample,
    examples_in,
    left_out,
    passed_over,
)
from assistant.coding.examples.chance import other_values
from assistant.coding.examples.dialoguesjs import sessions_in, without
from assistant.coding.examples.foreign import pythonic
from assistant.coding.examples.pairs import Pair
from assistant.coding.examples.terminal import runs_in
from assistant.coding.examples.testfiles import order_of
from assistant.coding.examples.unnamed import COMPILED, as_calls
from assistant.coding.native.building import Maker
from assistant.coding.native.calls import run_calls as run_native
from assistant.coding.native.filed import run_file as native_file
from assistant.coding.native.looking import Watched
from assistant.coding.native.prototypes import functions_in
from assistant.coding.programs import reads_input, run_pairs, run_shown, unasked
from assistant.coding.queries.asked import case_of
from assistant.coding.queries.running import run_file as query_file
from assistant.coding.queries.running import run_question
from assistant.coding.sandbox.languages import tool_of
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, NotRun, Outcome
from assistant.coding.scripts import run_calls as run_scripts
from assistant.coding.scripts import run_sessions
from assistant.coding.trial import TestOutcome
from assistant.coding.types import (
    Asking,
    Called,
    Code,
    Doubt,
    Failure,
    Filed,
    Judged,
    JudgedTest,
)
from assistant.coding.wording import worded
from runtimes.base import Cancel
from runtimes.texts import Text

NO_TESTS_OF = Text(
    "a file of tests is run for Python, C, C++ and SQL so far",
    "目前只能运行 Python、C、C++ 和 SQL 的测试文件",
)
MOST_TOLD = 3
NOT_TAKEN = Text(
    "not tested, as it names no plain value: {0}", "没有检验，因为其中没有给出明确的值：{0}"
)
UNJUDGED = Text("an example could not be judged: {0}", "有一个示例无法判断：{0}")
BECAUSE = Text("the example {0} could not be judged: {1}", "示例 {0} 无法判断：{1}")
_QUERY = re.compile(r"^\s*(?:select|with|values)\b", re.IGNORECASE | re.MULTILINE)
_MAIN = re.compile(r"\bmain\s*\(")
_NOTHINGS = re.compile(r"\bundefined\b|\bnull\b|\bNone\b")
_SCRIPT_NAMES = re.compile(r"\b(?:function\s*\*?|class)\s+(\w+)|\b(?:const|let|var)\s+(\w+)\s*=")


def examples_of(code: Code, question: str) -> tuple[QuestionExample, ...]:
    """The examples of a question, as far as they can be meant for this code."""
    if code.language is Language.PYTHON:
        return examples_in(question)
    found = examples_in(pythonic(question, code.language), _names(code))
    return found if reads_input(code) else as_calls(code, found, question)


def _names(code: Code) -> set[str]:
    """The functions that the code defines."""
    text = code.program.text
    if code.language in COMPILED:
        found = functions_in(text, code.language)
        return {*found.functions, *found.strange}
    if code.language is Language.JAVASCRIPT:
        return {name for pair in _SCRIPT_NAMES.findall(text) for name in pair if name}
    return set()


def concerned(code: Code, question: str) -> bool:
    """Does anything in a question test what a part of some code defines?"""
    if code.language is Language.JAVASCRIPT and any(sessions_in(question, _names(code))):
        return True
    return bool(concerning(code, question))


def asks_program(code: Code, question: str) -> bool:
    """Does a question show what a whole program reads and prints, or what a query gives, and is
    this one?"""
    if code.language is Language.SQL:
        return case_of(question) is not None and _QUERY.search(code.program.text) is not None
    whole = code.language not in COMPILED or _MAIN.search(code.program.text) is not None
    if not (whole and reads_input(code)):
        return False
    found = examples_of(code, question)
    return bool(runs_in(question)) or any(isinstance(e, Pair) and not e.exact for e in found)


def concerning(code: Code, question: str) -> tuple[QuestionExample, ...]:
    """Those examples that call what a part of some code defines."""
    names = _names(code)
    found = []
    for example in examples_of(code, question):
        name = example.call.partition("(")[0].strip() if isinstance(example, Example) else ""
        plain = isinstance(example, Example) and (example.named or not example.paired)
        if name in names and (plain or re.search(rf"\b{re.escape(name)}\b", question)):
            found.append(example)
    return tuple(found)


def run_file(
    code: Code, job: Job, tests: str, policy: Policy, cancel: Cancel, question: str = ""
) -> Filed | NotRun:
    """A user's file of tests, in the language of the code; the words of a ``question`` may name
    the database that is meant."""
    if code.language in COMPILED:
        return native_file(code, job, tests, policy, cancel)
    if code.language is Language.SQL:
        return query_file(job, tests, policy, cancel, question)
    return NotRun(NO_TESTS_OF, input=True)


def run_examples(code: Code, question: str, how: Asking) -> Called:
    """The question's examples put to the code: calls of its functions, or input and output."""
    awaited = doubts.awaited(question)
    how = replace(how, order=order_of(question), awaited=awaited, nothing=_nothing(question))
    how = replace(how, strict="===" in question)
    if code.language is Language.SQL:
        return Called(tuple(run_question(code, question, how))) if how.whole else Called()
    steps: list[Judged] = []
    if code.language is Language.JAVASCRIPT:
        found = list(sessions_in(question, _names(code)))
        steps = run_sessions(code, [steps for steps, _, _ in found], how)
        question = without(question, found)
    wanted = examples_of(code, question) if how.whole else concerning(code, question)
    called = Called()
    if code.language in COMPILED:
        called = run_native(code, wanted, how)
        how = replace(how, closer=closer_of(code, how))
    elif code.language is Language.JAVASCRIPT:
        called = Called((*steps, *run_scripts(code, wanted, how)))
    if not how.whole:
        return called
    tests = [*called.tests, *run_shown(code, runs_in(question), how)]
    if reads_input(code):
        tests += run_pairs(code, wanted, how)
    if (why := other_values(code.program.text, question)) is not None:
        tests = [_doubted(*one, why) for one in tests]
    return replace(called, tests=(*tests, *beyond(code, question)))


def _doubted(test: JudgedTest, failure: Failure | None, why: Text) -> Judged:
    """What another value decides where the example shows one of several: nothing."""
    if failure is None or not failure.gave or failure.gave.startswith("raised "):
        return test, failure
    return replace(test, outcome=TestOutcome.UNJUDGED, detail="", why=why), None


def closer_of(code: Code, how: Asking) -> Callable[[Job, Outcome], Doubt | None] | None:
    """Who looks more closely at a program of a compiled language."""
    tool = tool_of(code.language)
    if tool is None or sys.platform != "linux":
        return None
    job = Job(language=code.language, files=code.files, limits=how.limits)
    return Watched(code, Maker(job, how.policy, how.cancel, tool)).doubt


def untested(code: Code, question: str) -> Iterator[Text]:
    """What looks like an example of a question, and could not be taken as one."""
    asked = pythonic(question, code.language) if code.language is not Language.PYTHON else question
    for text in islice(dict.fromkeys(passed_over(asked, _names(code))), MOST_TOLD):
        yield NOT_TAKEN.of(text)


def beyond(code: Code, question: str) -> list[Judged]:
    """That a question has more examples than are looked at, where it is so."""
    asked = pythonic(question, code.language) if code.language is not Language.PYTHON else question
    return unasked(MOST_EXAMPLES + left_out(asked, _names(code)), MOST_EXAMPLES)


def _nothing(question: str) -> str:
    """``null`` and ``undefined`` are two values; examples have one word for both, and ``None``
    may mean either."""
    words = set(_NOTHINGS.findall(question))
    return words.pop() if len(words) == 1 else ""


def doubt_of(test: JudgedTest) -> Text:
    """Why an example decides nothing."""
    return worded(BECAUSE, test.name, test.why) if test.why else UNJUDGED.of(test.name)
