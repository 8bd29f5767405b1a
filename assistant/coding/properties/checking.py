"""Runs a function on made-up examples, and tells the smallest that fails."""

from __future__ import annotations

import difflib
import json
import sys
from typing import assert_never

from assistant.coding import worlds
from assistant.coding.inside import shapes
from assistant.coding.properties.signature import (
    Signature,
    defines,
    functions_in,
    signature_of,
)
from assistant.coding.properties.types import (
    Counterexample,
    Law,
    Oracle,
    PropertyReport,
    Reference,
    RoundTrip,
)
from assistant.coding.sandbox import runner
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, Limit, NotRun, Outcome
from assistant.coding.sandbox.view import UnsuitableError
from assistant.coding.trial import CODE_ENDED, ONLY_LINUX, ONLY_PYTHON, Verdict
from runtimes.base import Cancel
from runtimes.texts import Text

EXAMPLES = 200
PART_OF_TIME = 0.6
"""Of the time that there is; no example is begun after it."""
PLAN, ORACLE = "plan.json", "oracle.py"
NO_PYTHON = Text("the code is no Python: {0}", "代码不是 Python：{0}")
NO_FUNCTION = Text("there is no function {0} in the file", "文件中没有函数 {0}")
OTHERS_THERE = Text(
    "there is no function {0} in the file; it has {1}", "文件中没有函数 {0}；其中有 {1}"
)
MOST_NAMED = 6
NOT_KNOWN = Text(
    "nothing tells what {0} of {1} takes; annotate it, or give an example of a call",
    "无法得知 {1} 的参数 {0} 接受什么；请加上类型注解，或给出调用示例",
)
NOT_CALLABLE = Text(
    "{0} takes no arguments by position that could be made up", "{0} 没有可以生成的位置参数"
)
GUESSED = Text(
    "{0} raised {1}, but what {2} takes was only guessed from the name; annotate it",
    "{0} 引发异常（{1}），但 {2} 的类型只是由名字猜测的；请加上类型注解",
)
NO_ORACLE = Text(
    "there is no function {0} to compare with, neither in the tests nor in Python",
    "没有可用来对比的函数 {0}：测试文件和 Python 中都没有",
)
UNJUDGED = Text(
    "the code answers with objects of its own, which would judge themselves",
    "代码返回了自定义对象，比较它们等于让代码自己下结论",
)
NONE_LEFT = Text(
    "the function to compare with takes none of the examples", "用来对比的函数不接受任何一个示例"
)
NO_ANSWER = Text(
    "no answer came for {0} in the time that there was", "在限定时间内没有得到 {0} 的结果"
)
BROKE_OFF = Text("it broke off: {0}", "中途中断：{0}")


def check_property(
    job: Job,
    function: str,
    oracle: Oracle,
    policy: Policy,
    *,
    examples: str = "",
    cancel: Cancel | None = None,
) -> PropertyReport | NotRun:
    """Try a function of the job's first file on ``EXAMPLES`` inputs, always the same ones.

    ``examples`` as for ``signature_of``; they are tried too.  ``NotRun`` where nothing was
    started, with ``input`` where there is no such function (or none to compare with) or a parameter
    tells no shape.
    """
    if refusal := runner.refused(policy):
        return refusal
    if sys.platform != "linux":
        return NotRun(ONLY_LINUX)
    if job.language is not Language.PYTHON:
        return NotRun(ONLY_PYTHON, input=True)
    found = understood(job, function, examples)
    if isinstance(found, NotRun):
        return found
    told = _Told()
    files = _files(job, oracle, found)
    try:
        outcome, code = worlds.examined(
            job, policy, ("prober", files), told.take, cancel or Cancel()
        )
    except UnsuitableError as wrong:
        return runner.unsuitable(wrong)
    if isinstance(outcome, NotRun):
        return outcome
    if told.end is not None and "missing" in told.end:
        missing = str(told.end["missing"])
        reference = isinstance(oracle, Reference) and missing == oracle.name
        return NotRun((NO_ORACLE if reference else NO_FUNCTION).of(missing), input=True)
    return _report(function, oracle, found, told, (outcome, code))


def understood(job: Job, function: str, examples: str) -> Signature | NotRun:
    """What the function takes, where all of it is known and can be made up."""
    try:
        found = signature_of(job.files[0].text, function, examples)
    except ValueError as wrong:
        return NotRun(NO_PYTHON.of(str(wrong)), input=True)
    if found is None:
        return NotRun(_no_function(job.files[0].text, function), input=True)
    if not found.callable or not found.parameters:
        return NotRun(NOT_CALLABLE.of(function), input=True)
    for parameter in found.parameters:
        if not parameter.shape:
            return NotRun(NOT_KNOWN.of(parameter.name, function), input=True)
    return found


def _no_function(text: str, function: str) -> Text:
    """With the functions that there are, the likeliest first."""
    there = functions_in(text)
    near = difflib.get_close_matches(function, there, MOST_NAMED, 0.5)
    named = list(dict.fromkeys((*near, *there)))[:MOST_NAMED]
    return OTHERS_THERE.of(function, ", ".join(named)) if named else NO_FUNCTION.of(function)


def _files(job: Job, oracle: Oracle, signature: Signature) -> worlds.Files:
    text = ""
    match oracle:
        case Law():
            kind, name = "law", oracle.value
        case Reference():
            kind, name = "reference", oracle.name
            text = oracle.text if defines(oracle.text, oracle.name) else ""
        case RoundTrip():
            kind, name = "back", oracle.back
        case _:
            assert_never(oracle)
    plan = {
        "function": signature.name,
        "shapes": [parameter.shape for parameter in signature.parameters],
        "given": signature.examples,
        "kind": kind,
        "name": name,
        "examples": EXAMPLES,
        "seed": 0,
        "seconds": PART_OF_TIME * job.limits.seconds,
    }
    files: worlds.Files = ((PLAN, json.dumps(plan).encode()),)
    return (*files, (ORACLE, text.encode("utf-8", "replace"))) if text else files


class _Told:
    """What the prober reported: it is ours, and runs in the tests' world."""

    def __init__(self) -> None:
        self.open = ""
        self.tried = 0
        self.discarded = 0
        self.end: dict[str, object] | None = None

    def take(self, record: dict[str, object]) -> None:
        """One record."""
        if "open" in record:
            self.open = str(record["open"])
            return
        end = record["end"]
        if not isinstance(end, dict):
            raise TypeError("no record")
        self.tried, self.discarded = int(str(record["tried"])), int(str(record["discarded"]))
        self.end = end


def _report(
    function: str,
    oracle: Oracle,
    signature: Signature,
    told: _Told,
    outcomes: tuple[Outcome, Outcome | NotRun],
) -> PropertyReport:
    outcome, code = outcomes
    verdict, why, failing = Verdict.NOT_RUN, _why(told, outcome, code), None
    if why is None and told.end is not None:
        found = told.end.get("failing")
        if isinstance(found, dict):
            verdict = Verdict.FAILED
            words = (str(found["call"]), str(found["gave"]), str(found["expected"]))
            failing = Counterexample(*words, shrunk=bool(found["shrunk"]))
            if (guessed := _guessed(signature, oracle, failing)) is not None:
                verdict, why = Verdict.NOT_RUN, guessed
        elif told.tried:
            verdict = Verdict.PASSED
        else:
            why = NONE_LEFT
    return PropertyReport(
        verdict=verdict,
        function=function,
        oracle=oracle,
        shapes=tuple(str(shapes.read(parameter.shape)) for parameter in signature.parameters),
        tried=told.tried,
        discarded=told.discarded,
        outcome=outcome,
        failing=failing,
        why=why,
    )


def _guessed(signature: Signature, oracle: Oracle, found: Counterexample) -> Text | None:
    """An error may only mean that a parameter takes something else than its name seemed to say."""
    names = ", ".join(parameter.name for parameter in signature.parameters if parameter.guessed)
    error = found.gave.startswith(("raised TypeError", "raised AttributeError"))
    error |= oracle is Law.NO_ERROR and found.gave.startswith("raised ")
    return (
        GUESSED.of(found.call, found.gave.removeprefix("raised "), names)
        if names and error
        else None
    )


def _why(told: _Told, outcome: Outcome, code: Outcome | NotRun) -> Text | None:
    """Why nothing was decided, where that is so."""
    if Limit.CANCELLED in outcome.limits:
        return Text("it was cancelled", "已取消")
    end = told.end
    if end is None:
        return NO_ANSWER.of(told.open) if told.open else BROKE_OFF.of(outcome.stderr[-300:])
    if "unjudged" in end:
        return UNJUDGED
    if "error" in end:
        if isinstance(code, Outcome) and set(code.limits) - {Limit.CANCELLED}:
            return CODE_ENDED
        return BROKE_OFF.of(str(end["error"]))
    return None
