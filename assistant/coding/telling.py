"""A report in words: for a person in both languages, and for the model that is to mend the code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.coding.growth.types import Agreement, Growth
from assistant.coding.mutation.types import MutationReport
from assistant.coding.trial import WHOLE, TestOutcome
from assistant.coding.types import (
    CodeReport,
    CodeVerdict,
    Failed,
    Failure,
    Finding,
    Frame,
    Origin,
    Passed,
    Undecided,
)
from assistant.coding.wording import worded
from runtimes.texts import Lang, Text

MOST_LINES = 12
MOST_SURVIVORS = 2
ORIGINS = {
    Origin.USER: Text("your tests and examples", "你的测试和示例"),
    Origin.QUESTION: Text("the given examples", "给出的示例"),
    Origin.MODEL: Text("tests that the model wrote itself", "模型自己写的测试"),
    Origin.CLAIMED: Text("the output that is written beside it", "旁边写明的输出"),
    Origin.ORACLE: Text(
        "made-up inputs, compared with the function that you named", "生成的输入，与指定函数比较"
    ),
}
PASSED = Text("passed {0} of {1} ({2})", "通过 {0}/{1}（{2}）")
FAILED = Text("failed: passed {0} of {1} ({2})", "未通过：{1} 项中通过 {0} 项（{2}）")
BROKEN = Text("failed", "未通过")
UNDECIDED = Text("not decided: {0}", "无法判定：{0}")
GAVE = Text("{0} gave {1}, and {2} was expected", "{0} 得到 {1}，应为 {2}")
RAISED = Text("{0} raised {1}", "{0} 引发 {1}")
RAISED_WANTED = Text("{0} raised {1}, and {2} was expected", "{0} 引发 {1}，应为 {2}")
ONLY_GAVE = Text("{0} gave {1}", "{0} 得到 {1}")
INPUT = Text("for the input {0} it printed {1}, and {2} was expected",
             "输入 {0} 时输出 {1}，应为 {2}")  # fmt: skip
PRINTED = Text("it printed {0}, and {1} was expected", "输出 {0}，应为 {1}")
AT_ANSWER = Text("line {0} of the answer, in {1}: {2}", "回答第 {0} 行，{1} 中：{2}")
AT_FILE = Text("{0}, line {1}, in {2}: {3}", "{0} 第 {1} 行，{2} 中：{3}")
GREW = Text(
    "growth as measured up to n = {3}: {0}; that {1} what was asked for, {2} (a measurement, "
    "not a proof)",
    "实测增长（测到 n = {3}）：{0}，与所要求的 {2} {1}（这是测量结果，不是证明）",
)
GREW_NOT = Text("growth: not decided ({0})", "增长：无法判定（{0}）")
FAULTS = Text(
    "the tests would notice {0} of {1} small faults put into the code",
    "在代码中植入 {1} 处小错误，测试能发现 {0} 处",
)
SURVIVOR = Text("not noticed: line {0}, {1} → {2}", "未发现：第 {0} 行，{1} → {2}")
ORACLE = Text(
    "agrees with {0} on {1} made-up inputs; that is no proof",
    "在 {1} 组生成的输入上与 {0} 一致；这不是证明",
)
AGREES = {
    Agreement.AGREES: Text("fits", "相符"),
    Agreement.DISAGREES: Text("does not fit", "不符"),
}
FINDING = Text("{0}:{1}:{2}: {3}", "{0}:{1}:{2}：{3}")


def verdict_text(verdict: CodeVerdict) -> Text:
    """The verdict in one line."""
    match verdict:
        case Passed(total, by):
            return worded(PASSED, total, total, ORIGINS[by])
        case Failed(_, 0, _):
            return BROKEN
        case Failed(passed, total, by):
            return worded(FAILED, passed, total, ORIGINS[by])
        case Undecided(why, isolation):
            return why if isolation else worded(UNDECIDED, why)  # "nothing was run: …"


def failure_lines(failure: Failure) -> Iterator[Text]:
    """The smallest failing example, and the lines of the code that it went through."""
    if (said := _example(failure)) is not None:
        yield said
    if failure.error and failure.error not in failure.gave:
        yield Text("{0}", "{0}", (failure.error,))
    if failure.why is not None:
        yield failure.why
    if said is None and not failure.error and failure.why is None and failure.test != WHOLE:
        yield Text("{0}", "{0}", (failure.test,))
    for frame in failure.frames[-3:]:
        yield _frame(frame)
    yield from failure.explained


def _example(failure: Failure) -> Text | None:
    call, gave, wanted = failure.call, failure.gave, failure.expected
    if not call:
        told = gave and wanted and failure.why is None
        return PRINTED.of(gave, wanted) if told else None
    if gave.startswith("raised "):
        kind = gave.removeprefix("raised ")
        return RAISED_WANTED.of(call, kind, wanted) if wanted else RAISED.of(call, kind)
    if failure.fed:
        return INPUT.of(call, gave or "∅", wanted)
    if gave and wanted:
        return GAVE.of(call, gave, wanted)
    return ONLY_GAVE.of(call, gave) if gave else Text("{0}", "{0}", (call,))


def _frame(frame: Frame) -> Text:
    function = frame.function or "<module>"
    if frame.answer_line:
        return AT_ANSWER.of(frame.answer_line, function, frame.source)
    return AT_FILE.of(frame.file, frame.line, function, frame.source)


def finding_text(finding: Finding) -> Text:
    """Where, and what."""
    return worded(FINDING, finding.file, finding.line, finding.column, finding.text)


def measured_lines(report: CodeReport) -> Iterator[Text]:
    """Growth, oracle and faults, as far as they were tried."""
    if report.growth is not None:
        yield growth_text(report.growth)
    if report.oracle is not None and isinstance(report.verdict, Passed):
        name = getattr(report.oracle.oracle, "name", "")
        yield ORACLE.of(name, report.oracle.tried)
    if report.mutation is not None and report.mutation.tried:
        yield faults_text(report.mutation)
        for mutant in report.mutation.survivors[:MOST_SURVIVORS]:
            yield SURVIVOR.of(mutant.line, mutant.before.strip(), mutant.after.strip())
    yield from report.notes


def growth_text(growth: Growth) -> Text:
    """What was measured, and whether it fits what was asked for."""
    orders = growth.plausible or ((growth.order,) if growth.order else ())
    if not orders or growth.agreement not in AGREES:
        return worded(GREW_NOT, growth.why or Text("?", "？"))
    asked = f"O({growth.asked.value})" if growth.asked else "–"
    names = [f"O({order.value})" for order in orders]
    told = Text(" or ".join(names), " 或 ".join(names))
    largest = growth.worst.points[-1].size if growth.worst and growth.worst.points else 0
    return worded(GREW, told, AGREES[growth.agreement], asked, largest)


def faults_text(report: MutationReport) -> Text:
    """The score, without more weight than it has."""
    return FAULTS.of(report.noticed, report.tried)


def for_model(report: CodeReport, lang: Lang) -> str:
    """What a model is told of a version that is to be mended: plain lines, nothing else."""
    from assistant.records import say

    lines = [say(verdict_text(report.verdict), lang)]
    if isinstance(report.verdict, Failed):
        failure = report.verdict.failure
        own = tuple(replace(frame, answer_line=0) for frame in failure.frames)
        lines += [say(text, lang) for text in failure_lines(replace(failure, frames=own))]
    if report.growth is not None and report.growth.agreement is Agreement.DISAGREES:
        lines.append(say(growth_text(report.growth), lang))
    lines += [say(finding_text(finding), lang) for finding in report.findings[:5]]
    lines += [
        test.name
        for test in report.tests
        if test.outcome is TestOutcome.FAILED and "→" in test.name
    ]
    return "\n".join(lines[:MOST_LINES])
