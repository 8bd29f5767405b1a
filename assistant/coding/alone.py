"""A program that nothing tests: run, and what can be said of how it ended."""

from __future__ import annotations

import re

from assistant.coding import failures, sandbox
from assistant.coding.programs import LACKS_MAIN, READS, uncompiled
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, Limits, NotRun, Outcome, ended_at
from assistant.coding.trial import WHOLE
from assistant.coding.types import Code, CodeVerdict, Failed, Failure, Origin, Undecided
from assistant.coding.wording import worded
from runtimes.base import Cancel
from runtimes.texts import Text

NO_MAIN = Text("it has no main function that could be run", "代码中没有可以运行的 main 函数")
RAN = Text(
    "it ran to its end; there was no test that it could fail",
    "程序运行结束；没有可供检验的测试",
)
ENDED = Text("it was ended at a limit, and there was no test", "程序达到限制而被终止，且没有测试")
STATUS = Text("it ended with status {0}, and there was no test", "程序以状态 {0} 结束，且没有测试")
STATUS_SAID = Text(
    "it ended with status {0}, and there was no test: {1}", "程序以状态 {0} 结束，且没有测试：{1}"
)
SIGNAL = Text("it was ended by signal {0}", "程序被信号 {0} 终止")
STARVED = Text(
    "it takes an input or arguments, and without them it broke off: {0}",
    "程序需要输入或参数，没有它们时中断：{0}",
)
_ASSERTS = re.compile(r"\bassert\b")
_BROKEN = re.compile(
    r"^.{0,300}?\bAssertion [`'].{0,500}' failed\.$"
    r"|^(?:Uncaught )?AssertionError\b.{0,500}(?:\n\n.{0,200})?|^Assertion failed.{0,500}",
    re.MULTILINE,
)
"""What C, C++ and JavaScript say of an assertion that does not hold."""
_MEANT = re.compile(
    r"(?:#|//|/\*)[^\n]{0,200}(?:AssertionError|\b(?:fail|rais|throw|trigger|abort)|失败|抛出|触发|报错|不成立)",
    re.IGNORECASE,
)
"""A comment that tells of an assertion which shall not hold."""
_ERROR = re.compile(r"(?:Uncaught )?\w*Error: ")
_UNCAUGHT = re.compile(
    r"^(?:Uncaught )?((?:Type|Range)Error: (?!fetch failed|.*\.\w+ is not a function).*)",
    re.MULTILINE,
)
_BY_NODE = "\nNode.js v"
"""How node tells of an exception that ended a program, and is none for want of a network, or of
what only browsers or newer versions have."""
_THROWN = re.compile(r"^\s*throw\b", re.MULTILINE)
"""The line that node shows, where the program itself throws; that may be what it is to show."""
_ARGUMENTS = re.compile(
    r"\b(?:argv|argc|getenv|environ|argparse|getopts?|parseArgs)\b|\$(?:[1-9@*#]|\{[1-9@*#])"
)
"""By what a program is seen to take arguments, or what its surroundings say."""


def asserts(code: Code) -> bool:
    """Does a program hold assertions of its own that it can come to without an input, and that are
    meant to hold?"""
    text = code.program.text
    return bool(_ASSERTS.search(text)) and not _MEANT.search(text) and not _takes_any(code)


def run_alone(
    code: Code, policy: Policy, limits: Limits, cancel: Cancel
) -> tuple[CodeVerdict, str, tuple[str, ...]]:
    """A program without any test: what it printed, and what held it.

    That it runs to its end decides nothing; that it does not compile or breaks off by an
    exception does, but where it was given none of the input that it takes.  An assertion of its
    own that does not hold is a test of the model's.
    """
    result = sandbox.run(
        Job(language=code.language, files=code.files, limits=limits), policy, cancel
    )
    if isinstance(result, NotRun):
        return Undecided(result.why, result.isolation), "", ()
    layers = tuple(layer.value for layer in result.layers)
    return _alone(code, result), result.stdout, layers


def _alone(code: Code, result: Outcome) -> CodeVerdict:
    if result.limits:
        return Undecided(ended_at(ENDED, result.limits))
    if result.compiling:
        if LACKS_MAIN.search(result.stderr):
            return Undecided(NO_MAIN)
        return Failed(0, 0, Origin.QUESTION, uncompiled(result))
    broken = _BROKEN.search(result.stderr) if asserts(code) else None
    caught = (
        result.succeeded and broken is not None and not broken[0].startswith("Assertion failed")
    )
    if broken is not None and not caught and code.language is not Language.PYTHON:
        said = failures.short(" ".join(broken[0].split()))
        return Failed(0, 0, Origin.MODEL, Failure(test=WHOLE, error=said))
    if result.exit == 0:
        return Undecided(RAN)
    if code.language is Language.PYTHON:
        lacks = failures.excuse(result.stderr, code)
        if lacks is not None:
            return Undecided(lacks)
        failure = failures.traced(result.stderr, code)
        if failure is not None and not failure.error.startswith(
            ("SystemExit", "KeyboardInterrupt")
        ):
            if _takes_any(code) and not failures.of_itself(failure.error):
                return Undecided(STARVED.of(failure.error))
            own = failure.error.startswith("AssertionError")
            return Failed(0, 0, Origin.MODEL if own else Origin.QUESTION, failure)
    script = code.language is Language.JAVASCRIPT and _BY_NODE in result.stderr
    thrown = _UNCAUGHT.search(result.stderr) if script else None
    meant = _THROWN.search(result.stderr) is not None
    if thrown is not None and not meant and not _takes_any(code):
        by = Origin.MODEL if asserts(code) else Origin.QUESTION
        return Failed(0, 0, by, Failure(test=WHOLE, error=failures.short(thrown[1])))
    if result.exit is None:
        why = SIGNAL.of(result.signal)
        if _takes_any(code):
            return Undecided(worded(STARVED, why))
        return Failed(
            0, 0, Origin.QUESTION, Failure(test=WHOLE, error=failures.short(result.stderr), why=why)
        )
    said = _complaint(result.stderr)
    if said and code.language is Language.SHELL and _takes_any(code):
        return Undecided(STARVED.of(said))
    return Undecided(STATUS_SAID.of(result.exit, said) if said else STATUS.of(result.exit))


def _complaint(stderr: str) -> str:
    """The line that says what went wrong: an error by its name, or the first."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    named = (line for line in lines if _ERROR.match(line))
    return failures.short(next(named, lines[0] if lines else ""))


def _takes_any(code: Code) -> bool:
    """May it have broken off for want of an input or an argument?"""
    texts = [file.text for file in code.files]
    return any(
        sign is not None and sign.search(text) is not None
        for sign in (READS.get(code.language), _ARGUMENTS)
        for text in texts
    )
